//! Documents made to cost time: whatever is asked of them, the time grows with their size.

#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::time::Duration;
use std::time::Instant;

use omacp::ProvisioningDoc;
use omacp::resolve::Situation;
use omacp::typed::Settings;
use omacp::validate::{Rule, Strictness};
use support::notation::document;

const COUNT: usize = 10_000;

/// Ten thousand of a kind, each with its number.
fn many(of: impl Fn(usize) -> String) -> String {
    (0..COUNT).map(|number| format!("{} ", of(number))).collect()
}

/// Everything that can be asked of a document, in bounded time. What takes milliseconds when it is linear takes minutes
/// when it is not.
fn ask(name: &str, line: &str) -> usize {
    let document: ProvisioningDoc<'_> = document(line);
    let begin = Instant::now();
    let findings = document.validate(Strictness::Field).len();
    let left = document.pruned();
    let resolution = document.resolve();
    if let Some(application) = document.characteristics_of_type("APPLICATION").next() {
        let situation = Situation::new().in_network("228", "01").reaching("example.com");
        let _ = resolution.connections(&application, &situation).take(COUNT).count();
        let _ = resolution.foundations(&application).len();
    }
    let _ = Settings::read(&document);
    let took = begin.elapsed();
    println!("{name}: {findings} findings, {took:?}, {} left", left.map_or(0, |left| left.characteristics().count()));
    assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    findings
}

#[test]
fn ten_thousand_access_points_of_one_name() {
    let line = many(|number| format!("NAPDEF{{ NAPID=A NAME={number} BEARER=WLAN NAP-ADDRESS=a INTERNET }}"));
    assert_eq!(ask("one name", &line), COUNT);
}

#[test]
fn ten_thousand_proxies_to_be_merged() {
    let line = many(|number| {
        format!(
            "PXLOGICAL{{ PROXY-ID=P NAME=n PXPHYSICAL{{ PHYSICAL-PROXY-ID={} PXADDR=1.1.1.1 TO-NAPID=INTERNET }} }}",
            number / 2
        )
    });
    assert_eq!(ask("to be merged", &line), COUNT);
}

#[test]
fn ten_thousand_applications_in_a_ring() {
    let next = |number| (number + 1) % COUNT;
    let line = many(|number| format!("APPLICATION{{ APPID=a{number} APPREF={number} TO-APPREF={} }}", next(number)));
    let document = document(&line);
    assert_eq!(document.resolve().cycles().count(), 1);
    let cycles = document.validate(Strictness::Strict).iter().filter(|finding| finding.rule == Rule::Cycle).count();
    assert_eq!(cycles, 1);
    ask("a ring", &line);
}

#[test]
fn ten_thousand_references_to_one_another() {
    let references = many(|number| format!("TO-PROXY=P{number} TO-NAPID=INTERNET"));
    let proxies = many(|number| {
        format!(
            "PXLOGICAL{{ PROXY-ID=P{number} NAME=n DOMAIN=d{number} PXPHYSICAL{{ PXADDR=1.1.1.1 TO-NAPID=INTERNET }} }}"
        )
    });
    let naps = many(|number| format!("NAPDEF{{ NAPID=N{number} INTERNET VALIDITY{{ COUNTRY=1 }} }}"));
    ask("references", &format!("APPLICATION{{ APPID=w2 {references} }} {proxies} {naps}"));
    ask("no references", &format!("APPLICATION{{ APPID=w2 }} {proxies} {naps}"));
}

#[test]
fn ten_thousand_of_everything_else() {
    ask(
        "access",
        &format!(
            "APPLICATION{{ APPID=w2 }} {}",
            many(|number| format!("ACCESS{{ RULE DOMAIN=d{number} TO-NAPID=N }}"))
        ),
    );
    ask("unknown", &many(|number| format!("X{number}{{ Y{{ Z }} }}")));
    ask("parms", &format!("NAPDEF{{ {} }}", many(|number| format!("DNS-ADDR={number} NAPID={number} X{number}"))));
    ask("ports", &format!("PXLOGICAL{{ {} }}", many(|number| format!("PORT{{ PORTNBR={} }}", number / 2))));
    ask("resources", &format!("APPLICATION{{ APPID=w5 {} }}", many(|_| "RESOURCE{ }".to_owned())));
    ask("deep", &many(|number| format!("PXLOGICAL{{ PXPHYSICAL{{ PORT{{ {number}{{")));
}
