//! The table of applications against the register.

#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::{BTreeMap, BTreeSet};
use std::fs;

use omacp::application::{ALL, Need, find};
use omacp::typed;

/// Those that the register has and that have no account on a phone that this crate would know anything about:
/// entitlement and activation services of the GSMA.
const LEFT_OUT: core::ops::RangeInclusive<u32> = 2003..=2016;

#[test]
fn the_register_has_the_same_namespaces() {
    let mut count = 0;
    if let Some(path) = support::shared("spec/appid-registry.tsv") {
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let head = lines.next().unwrap();
        let [appid, group, namespace] =
            ["appid", "group", "namespace"].map(|name| head.iter().position(|column| *column == name).unwrap());
        let registered: BTreeMap<&str, &str> = lines
            .filter(|row| !row[group].starts_with("vendor") && !row[appid].contains(','))
            .map(|row| (row[appid], if row[namespace] == "tbp" { "" } else { row[namespace] }))
            .collect();
        for application in ALL {
            assert_eq!(registered.get(application.appid), Some(&application.namespace), "{}", application.appid);
            count += 1;
        }
        let known: BTreeSet<&str> = ALL.iter().map(|application| application.appid).collect();
        for appid in registered.keys().filter(|appid| !known.contains(*appid)) {
            let number: u32 = appid.strip_prefix("ap").unwrap().parse().unwrap();
            assert!(LEFT_OUT.contains(&number), "{appid} is in the register and not in the table");
        }
    }
    println!("{count} applications are in the register");
}

#[test]
fn every_application_is_found_by_its_appid_in_any_case() {
    let listed = [
        "w2", "w4", "w5", "w7", "wA", "25", "110", "143", "554", "ap0001", "ap0002", "ap0003", "ap0004", "ap0005",
        "ap0006", "ap0007", "ap0008", "ap0009", "ap0010", "ap2001", "ap2002",
    ];
    assert_eq!(ALL.len(), listed.len());
    for appid in listed {
        assert_eq!(find(appid).unwrap().appid, appid);
        assert_eq!(find(&appid.to_uppercase()).unwrap().appid, appid);
    }
    for appid in ["", "w", "w22", "ap0011", "ap20011", "DL"] {
        assert_eq!(find(appid), None, "{appid}");
    }
}

/// A parm that every application may have is none of one application's own, and a parm that is needed exists.
#[test]
fn parms_of_applications_are_beyond_those_of_all() {
    for application in ALL {
        for parm in application.parms.unwrap_or_default() {
            assert!(typed::Application::SCHEMA.parm(parm).is_none(), "{}: {parm}", application.appid);
        }
        for parm in application.identity {
            assert!(typed::Application::SCHEMA.parm(parm).is_some(), "{}: {parm}", application.appid);
        }
        for need in application.needs {
            let is_there = match need {
                Need::Parm(parm) => {
                    typed::Application::SCHEMA.parm(parm).is_some()
                        || application.parms.is_some_and(|parms| parms.contains(parm))
                }
                Need::ResourceParm(parm) => typed::Resource::SCHEMA.parm(parm).is_some(),
                _ => true,
            };
            assert!(is_there, "{}: {need:?}", application.appid);
        }
    }
}
