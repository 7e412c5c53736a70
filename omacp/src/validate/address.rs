//! Addresses: whether they are what their type says.

use core::net::Ipv6Addr;

use super::check::Check;
use super::place::Place;
use super::rule::Rule;
use crate::typed::{AppAddr, NapDef, PxPhysical};

/// An address: where it stands, which parm has its type, and the type if there is none.
///
/// Of the address of an application, nobody relies on the default: it is mostly a URL.
const ROWS: &[(&str, &str, Option<&str>, &str)] = &[
    (PxPhysical::TYPE, "PXADDR", Some("PXADDRTYPE"), "IPV4"),
    (AppAddr::TYPE, "ADDR", Some("ADDRTYPE"), ""),
    (NapDef::TYPE, "NAP-ADDRESS", Some("NAP-ADDRTYPE"), "E164"),
    (NapDef::TYPE, "LOCAL-ADDR", Some("LOCAL-ADDRTYPE"), "IPV6"),
    (NapDef::TYPE, "DNS-ADDR", None, IP),
];

/// An address of either version.
const IP: &str = "IPV4 or IPV6";

pub(super) fn check<'a>(check: &mut Check<'_, 'a>, place: &Place<'_, 'a>) {
    for (_, name, type_parm, default) in ROWS.iter().filter(|(type_, ..)| *type_ == place.schema.type_) {
        let type_ = type_parm.and_then(|parm| place.characteristic.value(parm)).and_then(|type_| type_.to_cow().ok());
        let type_ = type_.as_deref().unwrap_or(default);
        for (node, parm) in place.characteristic.numbered_parms().filter(|(_, parm)| parm.name == **name) {
            let text = parm.value.and_then(|value| value.to_cow().ok()).filter(|text| !text.is_empty());
            if let Some(rule) = text.and_then(|text| fault(&text, type_)) {
                check.parm(rule, &place.characteristic, node, &parm);
            }
        }
    }
}

/// What is wrong with an address of this type.
fn fault(text: &str, type_: &str) -> Option<Rule> {
    let is_ipv6 = || text.parse::<Ipv6Addr>().is_ok();
    match type_ {
        "IPV6" => (!is_ipv6()).then_some(Rule::NotAnAddress),
        IP if is_ipv6() => None,
        "IPV4" | IP => ipv4(text),
        _ => None,
    }
}

/// What is wrong with an IPv4 address. The standard library's would not read leading zeros.
fn ipv4(text: &str) -> Option<Rule> {
    let is_number = |part: &str| {
        (1..=3).contains(&part.len())
            && part.bytes().all(|octet| octet.is_ascii_digit())
            && part.parse::<u16>().is_ok_and(|number| number <= 255)
    };
    if text.split('.').count() != 4 || !text.split('.').all(is_number) {
        return Some(Rule::NotAnAddress);
    }
    text.split('.').any(|part| part.len() > 1 && part.starts_with('0')).then_some(Rule::LeadingZeros)
}
