//! Characteristics that are the same one: what clients tell them by, and which rule they break.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::check::Check;
use super::place::{Account, Place};
use super::rule::{Action, Rule};
use crate::application;
use crate::typed::{
    Application, Bootstrap, ClientIdentity, NapAuthInfo, NapDef, Port, PxAuthInfo, PxLogical, PxPhysical, Validity,
    VendorConfig,
};

/// The parms that tell one characteristic from another of its type in the same place, and the rule if they do not. The
/// first of them must have a value, or there is nothing to tell it by.
const ROWS: &[(&str, &[&str], Rule)] = &[
    (PxLogical::TYPE, &["PROXY-ID"], Rule::DuplicateProxy),
    (PxPhysical::TYPE, &["PHYSICAL-PROXY-ID"], Rule::DuplicateProxy),
    (PxAuthInfo::TYPE, &["PXAUTH-TYPE"], Rule::Duplicate),
    (Port::TYPE, &["PORTNBR"], Rule::Duplicate),
    (NapDef::TYPE, &["NAPID"], Rule::Duplicate),
    (NapAuthInfo::TYPE, &["AUTHTYPE"], Rule::Duplicate),
    (Validity::TYPE, &["COUNTRY"], Rule::Duplicate),
    (VendorConfig::TYPE, &["NAME"], Rule::Duplicate),
    (ClientIdentity::TYPE, &[], Rule::SecondClientIdentity),
    (Bootstrap::TYPE, &[], Rule::SecondServer),
];

/// Looks at all characteristics but those that clients pass over anyway.
pub(super) fn check<'a>(check: &mut Check<'_, 'a>, places: &[Place<'_, 'a>]) {
    let ignored: BTreeSet<usize> = check
        .findings
        .iter()
        .filter(|finding| finding.action() == Action::IgnoreCharacteristic)
        .map(|finding| finding.owner)
        .collect();
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    for place in places.iter().filter(|place| !ignored.contains(&place.characteristic.index())) {
        let Some((parms, rule)) = identity(place) else { continue };
        let Some(values) = values(place, parms) else { continue };
        let node = place.characteristic.index();
        let key = (place.parent, place.schema.type_, values);
        match first.get(&key) {
            None => {
                first.insert(key, node);
            }
            Some(first) => {
                check.merges.extend((rule.action() == Action::Merge).then_some((node, *first)));
                match parms.first() {
                    Some(parm) => check.lack(rule, &place.characteristic, parm),
                    None => check.whole(rule, &place.characteristic),
                }
            }
        }
    }
}

fn identity(place: &Place<'_, '_>) -> Option<(&'static [&'static str], Rule)> {
    match place.schema.type_ {
        Application::TYPE => {
            let parms = match place.account {
                Account::Registered(application) => application.identity,
                Account::None | Account::Unregistered => application::BY_PROVIDER,
            };
            Some((parms, Rule::Duplicate))
        }
        // one without a server is no second one
        Bootstrap::TYPE if place.characteristic.value("PROVURL").is_none() => None,
        type_ => ROWS.iter().find(|(row, ..)| *row == type_).map(|(_, parms, rule)| (*parms, *rule)),
    }
}

/// The values of these parms, if the first one has one.
fn values<'a>(place: &Place<'_, 'a>, parms: &[&str]) -> Option<Vec<Cow<'a, str>>> {
    let value =
        |parm: &&str| place.characteristic.value(parm).and_then(|value| value.to_cow().ok()).unwrap_or_default();
    let values: Vec<_> = parms.iter().map(value).collect();
    values.first().is_none_or(|first| !first.is_empty()).then_some(values)
}
