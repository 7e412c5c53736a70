//! References, and the ways that they lead an application to the network.

#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::fmt::Write;

use omacp::resolve::{Situation, Target, To};
use omacp::{Characteristic, ProvisioningDoc};
use support::notation::document;

/// Each connection as `PROXY/PHYSICAL>NAPID`, without what there is not.
fn ways(document: &ProvisioningDoc<'_>, appid: &str, situation: &Situation<'_>) -> String {
    let resolution = document.resolve();
    let of = |characteristic: Option<Characteristic<'_, '_>>, parm: &str| {
        characteristic.map(|found| found.value(parm).unwrap().to_string()).unwrap_or_default()
    };
    let application = document
        .characteristics_of_type("APPLICATION")
        .find(|application| application.value("APPID").is_some_and(|found| found == *appid))
        .unwrap();
    let mut line = String::new();
    for way in resolution.connections(&application, situation) {
        let (proxy, physical) = (of(way.proxy, "PROXY-ID"), of(way.physical, "PHYSICAL-PROXY-ID"));
        write!(line, " {proxy}/{physical}>{}", of(Some(way.access_point), "NAPID")).unwrap();
    }
    line.trim_start().to_owned()
}

const PHONE: &str = "NAPDEF{ NAPID=A INTERNET } NAPDEF{ NAPID=B VALIDITY{ COUNTRY=228 NETWORK=01 } VALIDITY{ COUNTRY=310 } } \
    NAPDEF{ NAPID=C INTERNET= VALIDITY{ VALIDUNTIL=1000 } } NAPDEF{ NAPID=D VALIDITY{ SID=7 SOC=8 } } \
    PXLOGICAL{ PROXY-ID=P PXPHYSICAL{ PHYSICAL-PROXY-ID=1 TO-NAPID=B TO-NAPID=INTERNET } \
    PXPHYSICAL{ PHYSICAL-PROXY-ID=2 TO-NAPID=D } } \
    PXLOGICAL{ PROXY-ID=Q DOMAIN=example.com PXPHYSICAL{ PHYSICAL-PROXY-ID=1 TO-NAPID=A } }";

#[test]
fn an_application_goes_where_it_says_in_its_order() {
    let line = format!(
        "{PHONE} APPLICATION{{ APPID=a TO-NAPID=C TO-PROXY=P TO-NAPID=A TO-PROXY=GONE TO-PROXY=P }} \
         APPLICATION{{ APPID=b TO-NAPID=INTERNET TO-NAPID=GONE }} ACCESS{{ RULE TO-NAPID=A }}"
    );
    let document = document(&line);
    let nothing = Situation::new();
    assert_eq!(ways(&document, "a", &nothing), "/>C P/1>B P/1>A P/1>C P/2>D />A");
    assert_eq!(ways(&document, "b", &nothing), "/>A />C");
    let resolution = document.resolve();
    let unresolved: Vec<(Target, String)> =
        resolution.unresolved().map(|found| (found.target, found.name.to_string())).collect();
    assert_eq!(unresolved, [(Target::Proxy, "GONE".into()), (Target::AccessPoint, "GONE".into())]);
    assert_eq!(resolution.references().len(), 4 + 5 + 2 + 1);
    assert_eq!(resolution.find(Target::Proxy, "Q").unwrap().value("DOMAIN").unwrap(), "example.com");
    assert!(resolution.find(Target::Proxy, "A").is_none());
}

#[test]
fn an_access_point_counts_where_and_when_it_is_valid() {
    let line = format!("{PHONE} APPLICATION{{ APPID=a TO-NAPID=A TO-NAPID=B TO-NAPID=C TO-NAPID=D }}");
    let document = document(&line);
    for (situation, expected) in [
        (Situation::new(), "/>A />B />C />D"),
        (Situation::new().in_network("228", "01"), "/>A />B />C"),
        (Situation::new().in_network("228", "1"), "/>A />C"),
        (Situation::new().in_network("228", "02"), "/>A />C"),
        (Situation::new().in_network("310", "02"), "/>A />B />C"),
        (Situation::new().in_cdma_network("7", "8"), "/>A />C />D"),
        (Situation::new().in_cdma_network("7", "9"), "/>A />C"),
        (Situation::new().at(1000), "/>A />B />C />D"),
        (Situation::new().at(1001), "/>A />B />D"),
        (Situation::new().in_network("310", "02").at(2000), "/>A />B"),
    ] {
        assert_eq!(ways(&document, "a", &situation), expected, "{situation:?}");
    }
}

#[test]
fn an_application_that_says_nothing_goes_where_access_sends_it() {
    let accesses = "ACCESS{ RULE APPID=w4 APPID=W7 TO-NAPID=B } ACCESS{ RULE PORTNBR=110 PORTNBR=25 TO-NAPID=C } \
        ACCESS{ RULE DOMAIN=example.com TO-NAPID=D } ACCESS{ RULE DOMAIN=www.example.com/wap TO-PROXY=Q } \
        ACCESS{ RULE TO-NAPID=A } ACCESS{ RULE TO-NAPID=B }";
    let line = format!("{PHONE} APPLICATION{{ APPID=w7 }} APPLICATION{{ APPID=w2 TO-APPREF=x }} {accesses}");
    let document = document(&line);
    let nothing = Situation::new();
    assert_eq!(ways(&document, "w7", &nothing), "/>B", "the first that fits, in any case");
    assert_eq!(ways(&document, "w2", &nothing), "/>A");
    assert_eq!(ways(&document, "w2", &nothing.on_port(25)), "/>C");
    assert_eq!(ways(&document, "w2", &nothing.on_port(26)), "/>A");
    for (domain, expected) in [
        ("example.com", "/>D"),
        ("a.EXAMPLE.com", "/>D"),
        ("badexample.com", "/>A"),
        ("com", "/>A"),
        ("www.example.com", "/>D"),
        ("www.example.com/wap", "Q/1>A"),
        ("www.example.com/wap/x", "Q/1>A"),
        ("www.example.com/wapx", "/>D"),
    ] {
        assert_eq!(ways(&document, "w2", &nothing.reaching(domain)), expected, "{domain}");
    }
    assert_eq!(ways(&document, "w7", &nothing.reaching("example.com")), "/>D", "the longest domain counts more");
}

#[test]
fn without_access_everything_is_tried() {
    let line = format!("{PHONE} APPLICATION{{ APPID=w2 }} ACCESS{{ RULE APPID=w4 TO-NAPID=B }}");
    let document = document(&line);
    let rest = "/>A />B />C />D";
    let proxy = "P/1>B P/1>A P/1>C P/2>D";
    let nothing = Situation::new();
    assert_eq!(ways(&document, "w2", &nothing), format!("{proxy} Q/1>A {rest}"));
    assert_eq!(ways(&document, "w2", &nothing.reaching("a.example.com")), format!("Q/1>A {proxy} {rest}"));
    assert_eq!(ways(&document, "w2", &nothing.reaching("example.org")), format!("{proxy} {rest}"));
}

#[test]
fn applications_build_on_each_other() {
    let document = document(
        "APPLICATION{ APPID=ap0001 TO-APPREF=ims TO-APPREF=xdm TO-APPREF=gone } \
         APPLICATION{ APPID=ap0003 APPREF=xdm TO-APPREF=ims } APPLICATION{ APPID=ap2001 APPREF=ims TO-APPREF=sip } \
         APPLICATION{ APPID=w9010 APPREF=sip TO-APPREF=xdm }",
    );
    let resolution = document.resolve();
    let poc = document.characteristics().next().unwrap();
    let appids: Vec<String> =
        resolution.foundations(&poc).iter().map(|found| found.value("APPID").unwrap().to_string()).collect();
    assert_eq!(appids, ["ap2001", "ap0003", "w9010"]);
    let cycles: Vec<_> = resolution.cycles().collect();
    let [cycle] = &cycles[..] else { panic!("{cycles:?}") };
    assert_eq!(
        (cycle.from.value("APPID").unwrap().to_string(), cycle.name.to_string()),
        ("ap0003".into(), "ims".into())
    );
    assert!(matches!(cycle.to, To::Cycle(ims) if ims.value("APPID").unwrap() == "ap2001"));
    assert_eq!(resolution.unresolved().count(), 1);
}

#[test]
fn of_several_by_one_name_the_first_is_meant() {
    let document =
        document("NAPDEF{ NAPID=A NAME=1 } NAPDEF{ NAPID=A NAME=2 } APPLICATION{ APPID=a TO-NAPID=A TO-NAPID= }");
    let resolution = document.resolve();
    assert_eq!(resolution.find(Target::AccessPoint, "A").unwrap().value("NAME").unwrap(), "1");
    assert_eq!(ways(&document, "a", &Situation::new()), "/>A");
    assert_eq!(resolution.unresolved().count(), 1);
}
