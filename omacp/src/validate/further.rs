//! What the rows of parms cannot say: rules of one type of characteristics.

use super::check::Check;
use super::place::{Account, Place};
use super::rule::Rule;
use crate::application::Need;
use crate::characteristic::Characteristic;
use crate::typed::{Access, AppAddr, Application, Bootstrap, Port, PxLogical, PxPhysical, Resource, Validity};

type Rules = for<'c, 'd, 'a> fn(&mut Check<'c, 'a>, &Place<'d, 'a>);

const ROWS: &[(&str, Rules)] = &[
    (PxLogical::TYPE, proxy),
    (Validity::TYPE, validity),
    (Bootstrap::TYPE, bootstrap),
    (Access::TYPE, access),
    (Application::TYPE, application),
];

pub(super) fn check<'a>(check: &mut Check<'_, 'a>, place: &Place<'_, 'a>) {
    for (_, rules) in ROWS.iter().filter(|(type_, _)| *type_ == place.schema.type_) {
        rules(check, place);
    }
}

/// Section PXLOGICAL: at least one PXPHYSICAL.
fn proxy<'a>(check: &mut Check<'_, 'a>, Place { characteristic, .. }: &Place<'_, 'a>) {
    if characteristic.characteristics_of_type(PxPhysical::TYPE).next().is_none() {
        check.lack(Rule::NoPhysicalProxy, characteristic, PxPhysical::TYPE);
    }
}

fn validity<'a>(check: &mut Check<'_, 'a>, Place { characteristic, .. }: &Place<'_, 'a>) {
    needs(check, characteristic, "NETWORK", "COUNTRY", Rule::NetworkWithoutCountry);
    needs(check, characteristic, "SID", "SOC", Rule::SidWithoutSoc);
}

fn bootstrap<'a>(check: &mut Check<'_, 'a>, Place { characteristic, .. }: &Place<'_, 'a>) {
    if characteristic.parm("PROVURL").is_none() {
        return needs(check, characteristic, "NETWORK", "COUNTRY", Rule::NetworkWithoutCountry);
    }
    for (node, parm) in characteristic.numbered_parms() {
        if parm.name == *"NETWORK" || parm.name == *"COUNTRY" {
            check.parm(Rule::ServerWithNetwork, characteristic, node, &parm);
        }
    }
}

/// Looks whether the first parm stands without the second.
fn needs<'a>(check: &mut Check<'_, 'a>, of: &Characteristic<'_, 'a>, parm: &str, needed: &str, rule: Rule) {
    let first = of.numbered_parms().find(|(_, found)| found.name == *parm);
    if let (Some((node, parm)), None) = (first, of.parm(needed)) {
        check.parm(rule, of, node, &parm);
    }
}

/// The order of the parms in an ACCESS.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Rule,
    Condition,
    Target,
}

const PARTS: &[(&str, Part)] = &[
    ("RULE", Part::Rule),
    ("APPID", Part::Condition),
    ("DOMAIN", Part::Condition),
    ("PORTNBR", Part::Condition),
    ("TO-NAPID", Part::Target),
    ("TO-PROXY", Part::Target),
];

fn access<'a>(check: &mut Check<'_, 'a>, Place { characteristic, .. }: &Place<'_, 'a>) {
    let mut latest = Part::Rule;
    for (node, parm) in characteristic.numbered_parms() {
        let Some((_, part)) = PARTS.iter().find(|(name, _)| parm.name == **name) else { continue };
        if *part < latest {
            let rule = if *part == Part::Rule { Rule::RuleNotFirst } else { Rule::TargetNotLast };
            check.parm(rule, characteristic, node, &parm);
        }
        latest = latest.max(*part);
    }
    if latest < Part::Target {
        check.whole(Rule::NoTarget, characteristic);
    }
}

fn application<'a>(check: &mut Check<'_, 'a>, place: &Place<'_, 'a>) {
    let account = &place.characteristic;
    match place.account {
        Account::Registered(application) => {
            for need in application.needs {
                satisfies(check, account, *need);
            }
        }
        Account::None | Account::Unregistered => {
            let appid = account.numbered_parms().find(|(_, parm)| parm.name == *"APPID");
            if let Some((node, parm)) = appid {
                check.parm(Rule::UnknownApplication, account, node, &parm);
            }
        }
    }
}

/// Looks whether an account has what its application needs.
fn satisfies<'a>(check: &mut Check<'_, 'a>, account: &Characteristic<'_, 'a>, need: Need) {
    let mut servers = account.characteristics_of_type(AppAddr::TYPE);
    let mut resources = account.characteristics_of_type(Resource::TYPE);
    let missing = match need {
        Need::Parm(parm) => (!has(account, parm)).then_some(parm),
        Need::Address => (!(has(account, "ADDR") || servers.any(|server| has(&server, "ADDR")))).then_some("ADDR"),
        Need::Port => {
            let is_port = |server: Characteristic<'_, '_>| server.characteristics_of_type(Port::TYPE).next().is_some();
            (!servers.any(is_port)).then_some(Port::TYPE)
        }
        Need::Resource => resources.next().is_none().then_some(Resource::TYPE),
        Need::ResourceParm(parm) => {
            for resource in resources.filter(|resource| !has(resource, parm)) {
                check.lack(Rule::ApplicationNeeds, &resource, parm);
            }
            None
        }
        Need::OneKindOfAddress => {
            if servers.any(|server| has(&server, "ADDR")) {
                for (node, parm) in account.numbered_parms().filter(|(_, parm)| parm.name == *"ADDR") {
                    check.parm(Rule::TwoKindsOfAddress, account, node, &parm);
                }
            }
            None
        }
    };
    if let Some(missing) = missing {
        check.lack(Rule::ApplicationNeeds, account, missing);
    }
}

/// Whether a parm stands there and is not empty.
fn has(characteristic: &Characteristic<'_, '_>, parm: &str) -> bool {
    characteristic.values(parm).any(|value| !value.is_empty())
}
