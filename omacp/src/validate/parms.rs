//! The parms of a characteristic against its rows: which there are, how often, and with which values.

use alloc::collections::BTreeSet;
use alloc::vec;

use super::check::Check;
use super::place::{Account, Place};
use super::rule::Rule;
use super::values;
use crate::characteristic::Parm;
use crate::typed::{Application, Bootstrap, ParmRow, Port, PxPhysical, Resource, ValueKind, VendorConfig, number};

/// Parms that are missing without harm, and the rule that says so.
const MILD: &[(&str, &str, Rule)] = &[(PxPhysical::TYPE, "PHYSICAL-PROXY-ID", Rule::MissingPhysicalProxyId)];

/// The largest numbers that a parm may have.
const LARGEST: &[(&str, &str, u32)] = &[(Port::TYPE, "PORTNBR", 65535), (Bootstrap::TYPE, "CONTEXT-ALLOW", 255)];

/// Where applications have parms of their own.
const OPEN: &[&str] = &[Application::TYPE, Resource::TYPE];

pub(super) fn check<'a>(check: &mut Check<'_, 'a>, place: &Place<'_, 'a>) {
    let Place { characteristic, schema, .. } = place;
    let mut counts = vec![0_usize; schema.parms.len()];
    let mut values = BTreeSet::new();
    for (node, parm) in characteristic.numbered_parms() {
        let rows = schema.parms.iter().zip(&mut counts).enumerate();
        let Some((column, (row, count))) = rows.into_iter().find(|(_, (row, _))| parm.name == *row.name) else {
            if let Some(rule) = unknown(place, &parm) {
                check.parm(rule, characteristic, node, &parm);
            }
            continue;
        };
        *count = count.saturating_add(1);
        let (_, most) = row.occurrence.range();
        if *count > most {
            let rule = if most == 1 { Rule::RepeatedParm } else { Rule::TooMany };
            check.parm(rule, characteristic, node, &parm);
        }
        let text = match parm.value.map(|value| value.to_cow()) {
            Some(Err(_)) => {
                check.parm(Rule::NotText, characteristic, node, &parm);
                continue;
            }
            Some(Ok(text)) => Some(text),
            None => None,
        };
        if let Some(rule) = value(schema.type_, row, text.as_deref()) {
            check.parm(rule, characteristic, node, &parm);
        }
        let is_one_of_many = most > 1 && row.value == ValueKind::Text;
        if text.is_some_and(|text| is_one_of_many && !values.insert((column, text))) {
            check.parm(Rule::RepeatedValue, characteristic, node, &parm);
        }
    }
    for (row, count) in schema.parms.iter().zip(&counts) {
        if *count < row.occurrence.range().0 {
            let mild = MILD.iter().find(|(type_, name, _)| *type_ == schema.type_ && *name == row.name);
            check.lack(mild.map_or(Rule::MissingParm, |(.., rule)| *rule), characteristic, row.name);
        }
    }
}

/// What to say about a parm that has no row.
fn unknown(place: &Place<'_, '_>, parm: &Parm<'_>) -> Option<Rule> {
    if place.schema.type_ == VendorConfig::TYPE {
        return None;
    }
    if parm.name.to_cow().is_err() {
        return Some(Rule::NotText);
    }
    match place.account {
        Account::Registered(application) if OPEN.contains(&place.schema.type_) => {
            let is_known = application.parms.is_none_or(|parms| parms.iter().any(|known| parm.name == **known));
            (!is_known).then_some(Rule::UnknownApplicationParm)
        }
        Account::Unregistered if OPEN.contains(&place.schema.type_) => None,
        _ => Some(Rule::UnknownParm),
    }
}

/// What is wrong with a value.
fn value(type_: &str, row: &ParmRow, value: Option<&str>) -> Option<Rule> {
    match (row.value, value) {
        (ValueKind::Flag, None) | (ValueKind::TextOrFlag, _) => None,
        (ValueKind::Flag, Some(_)) => Some(Rule::FlagWithValue),
        (_, None) => Some(Rule::NoValue),
        (_, Some("")) => Some(Rule::EmptyValue),
        (ValueKind::Text, Some(text)) => {
            let is_known = values::known(row.name).is_none_or(|values| values.contains(&text));
            (!is_known).then_some(Rule::UnknownValue)
        }
        (ValueKind::Decimal, Some(text)) => {
            let Some(number) = number(text, 10) else { return Some(Rule::NotDecimal) };
            let largest = LARGEST.iter().find(|(of, name, _)| *of == type_ && *name == row.name);
            largest.is_some_and(|(.., largest)| number > *largest).then_some(Rule::OutOfRange)
        }
        (ValueKind::Hex, Some(text)) => number(text, 16).is_none().then_some(Rule::NotHexadecimal),
    }
}
