//! Every rule, with a document that breaks it: what is found, how bad it is, and what clients make of it.

#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::BTreeSet;

use omacp::ProvisioningDoc;
use omacp::resolve::Target;
use omacp::validate::{Rule, Severity, Strictness};
use support::notation::document;
use support::{fixtures, named};

/// An access point and a proxy with which nothing is wrong.
const NAP: &str = "NAPDEF{ NAPID=NAP NAME=n BEARER=GSM-GPRS NAP-ADDRESS=internet NAP-ADDRTYPE=APN }";
const PHYSICAL: &str = "PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=10.0.0.1 TO-NAPID=NAP }";

/// `NAP` and `PROXY{` … `}` written out.
fn expanded(line: &str) -> String {
    line.replace("$NAP", NAP)
        .replace("$PX{", "PXLOGICAL{ PROXY-ID=PX NAME=n $PHYSICAL")
        .replace("$PHYSICAL", PHYSICAL)
        .replace("$DM{", "APPLICATION{ APPID=w7 PROVIDER-ID=dm.example ADDR=http://dm.example")
        .replace("$W2{", "APPLICATION{ APPID=w2 NAME=n")
}

/// A rule, a document that breaks it and no other, where (type, number, about), and what is left of it.
type Row = (Rule, &'static str, (&'static str, u32, &'static str), Option<&'static str>);

/// What clients do, from "Validation actions" of the notes on the CP client of reference; each rule at least once.
const ROWS: &[Row] = &[
    (Rule::Empty, "@1.0", ("", 0, ""), None),
    (Rule::NoVersion, "$NAP", ("", 0, ""), Some("$NAP")),
    (Rule::OddVersion, "@1.01.0 $NAP", ("", 0, ""), Some("@1.01.0 $NAP")),
    (Rule::OddVersion, "@1.1 $NAP", ("", 0, ""), Some("@1.1 $NAP")),
    (Rule::OtherVersion, "@2.0 $NAP", ("", 0, ""), None),
    (Rule::OtherVersion, "@ $NAP", ("", 0, ""), None),
    (Rule::OtherVersion, "@10.0 $NAP", ("", 0, ""), None),
    (Rule::Misplaced, "@1.0 NAPID=NAP $NAP", ("", 0, ""), Some("@1.0 $NAP")),
    (Rule::UnknownCharacteristic, "@1.0 $NAP napdef{ A{ } }", ("napdef", 1, ""), Some("@1.0 $NAP")),
    (Rule::UnknownCharacteristic, "@1.0 $NAP PXPHYSICAL{ }", ("PXPHYSICAL", 1, ""), Some("@1.0 $NAP")),
    (
        Rule::UnknownCharacteristic,
        "@1.0 CLIENTIDENTITY{ CLIENT-ID=a PORT{ } }",
        ("PORT", 1, ""),
        Some("@1.0 CLIENTIDENTITY{ CLIENT-ID=a }"),
    ),
    (
        Rule::UnknownParm,
        "@1.0 CLIENTIDENTITY{ CLIENT-ID=a X=1 }",
        ("CLIENTIDENTITY", 1, "X"),
        Some("@1.0 CLIENTIDENTITY{ CLIENT-ID=a }"),
    ),
    (Rule::UnknownApplicationParm, "@1.0 $W2{ X=1 }", ("APPLICATION", 1, "X"), Some("@1.0 $W2{ X=1 }")),
    (
        Rule::MissingParm,
        "@1.0 $NAP NAPDEF{ NAPID=N2 NAME=n BEARER=WLAN }",
        ("NAPDEF", 2, "NAP-ADDRESS"),
        Some("@1.0 $NAP"),
    ),
    (Rule::MissingParm, "@1.0 CLIENTIDENTITY{ }", ("CLIENTIDENTITY", 1, "CLIENT-ID"), None),
    (
        Rule::MissingPhysicalProxyId,
        "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n PXPHYSICAL{ PXADDR=10.0.0.1 TO-NAPID=NAP } }",
        ("PXPHYSICAL", 1, "PHYSICAL-PROXY-ID"),
        Some("@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n PXPHYSICAL{ PXADDR=10.0.0.1 TO-NAPID=NAP } }"),
    ),
    (
        Rule::NoPhysicalProxy,
        "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n }",
        ("PXLOGICAL", 1, "PXPHYSICAL"),
        Some("@1.0 $NAP"),
    ),
    (
        Rule::RepeatedParm,
        "@1.0 CLIENTIDENTITY{ CLIENT-ID=a CLIENT-ID=b }",
        ("CLIENTIDENTITY", 1, "CLIENT-ID"),
        Some("@1.0 CLIENTIDENTITY{ CLIENT-ID=a }"),
    ),
    (
        Rule::TooMany,
        "@1.0 $NAP $PX{ DOMAIN=a DOMAIN=b DOMAIN=c DOMAIN=d DOMAIN=e }",
        ("PXLOGICAL", 1, "DOMAIN"),
        Some("@1.0 $NAP $PX{ DOMAIN=a DOMAIN=b DOMAIN=c DOMAIN=d DOMAIN=e }"),
    ),
    (
        Rule::RepeatedValue,
        "@1.0 $NAP $PX{ DOMAIN=a DOMAIN=b DOMAIN=a }",
        ("PXLOGICAL", 1, "DOMAIN"),
        Some("@1.0 $NAP $PX{ DOMAIN=a DOMAIN=b }"),
    ),
    (Rule::NoValue, "@1.0 $NAP $PX{ STARTPAGE }", ("PXLOGICAL", 1, "STARTPAGE"), Some("@1.0 $NAP $PX{ }")),
    (Rule::NoValue, "@1.0 CLIENTIDENTITY{ CLIENT-ID }", ("CLIENTIDENTITY", 1, "CLIENT-ID"), None),
    (
        Rule::EmptyValue,
        "@1.0 $NAP $PX{ STARTPAGE= }",
        ("PXLOGICAL", 1, "STARTPAGE"),
        Some("@1.0 $NAP $PX{ STARTPAGE= }"),
    ),
    (Rule::FlagWithValue, "@1.0 $NAP $PX{ TRUST= }", ("PXLOGICAL", 1, "TRUST"), Some("@1.0 $NAP $PX{ TRUST= }")),
    (Rule::NotDecimal, "@1.0 $NAP $PX{ PUSHENABLED=+1 }", ("PXLOGICAL", 1, "PUSHENABLED"), Some("@1.0 $NAP $PX{ }")),
    (
        Rule::NotDecimal,
        "@1.0 $NAP $PX{ PUSHENABLED=4294967296 }",
        ("PXLOGICAL", 1, "PUSHENABLED"),
        Some("@1.0 $NAP $PX{ }"),
    ),
    (
        Rule::NotHexadecimal,
        "@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 RESIDUAL-BER=0x1F }",
        ("NAPDEF", 1, "RESIDUAL-BER"),
        Some("@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 }"),
    ),
    // without its number, a port is none
    (Rule::OutOfRange, "@1.0 $NAP $PX{ PORT{ PORTNBR=65536 } }", ("PORT", 1, "PORTNBR"), Some("@1.0 $NAP $PX{ }")),
    (
        Rule::OutOfRange,
        "@1.0 BOOTSTRAP{ CONTEXT-ALLOW=256 }",
        ("BOOTSTRAP", 1, "CONTEXT-ALLOW"),
        Some("@1.0 BOOTSTRAP{ }"),
    ),
    (
        Rule::UnknownValue,
        "@1.0 NAPDEF{ NAPID=N NAME=n BEARER=gsm-gprs NAP-ADDRESS=1 }",
        ("NAPDEF", 1, "BEARER"),
        Some("@1.0 NAPDEF{ NAPID=N NAME=n BEARER=gsm-gprs NAP-ADDRESS=1 }"),
    ),
    (
        Rule::NotAnAddress,
        "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=10.0.0.256 TO-NAPID=NAP } }",
        ("PXPHYSICAL", 1, "PXADDR"),
        Some(
            "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=10.0.0.256 TO-NAPID=NAP } }",
        ),
    ),
    (
        Rule::NotAnAddress,
        "@1.0 $DM{ } APPLICATION{ APPID=w4 APPADDR{ ADDR=::1::2 ADDRTYPE=IPV6 } }",
        ("APPADDR", 1, "ADDR"),
        Some("@1.0 $DM{ } APPLICATION{ APPID=w4 APPADDR{ ADDR=::1::2 ADDRTYPE=IPV6 } }"),
    ),
    (
        Rule::LeadingZeros,
        "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=010.000.0.1 TO-NAPID=NAP } }",
        ("PXPHYSICAL", 1, "PXADDR"),
        Some(
            "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=010.000.0.1 TO-NAPID=NAP } }",
        ),
    ),
    (
        Rule::DuplicateProxy,
        "@1.0 $NAP $PX{ DOMAIN=a } PXLOGICAL{ PROXY-ID=PX NAME=other DOMAIN=a DOMAIN=b TRUST \
         PXPHYSICAL{ PHYSICAL-PROXY-ID=2 PXADDR=10.0.0.2 TO-NAPID=NAP } PORT{ PORTNBR=1 } }",
        ("PXLOGICAL", 2, "PROXY-ID"),
        Some(
            "@1.0 $NAP $PX{ DOMAIN=a DOMAIN=b TRUST \
             PXPHYSICAL{ PHYSICAL-PROXY-ID=2 PXADDR=10.0.0.2 TO-NAPID=NAP } PORT{ PORTNBR=1 } }",
        ),
    ),
    (
        Rule::DuplicateProxy,
        "@1.0 $NAP $PX{ PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=10.0.0.2 TO-NAPID=NAP TO-NAPID=INTERNET PORT{ PORTNBR=1 } } }",
        ("PXPHYSICAL", 2, "PHYSICAL-PROXY-ID"),
        Some(
            "@1.0 $NAP PXLOGICAL{ PROXY-ID=PX NAME=n \
             PXPHYSICAL{ PHYSICAL-PROXY-ID=1 PXADDR=10.0.0.1 TO-NAPID=NAP TO-NAPID=INTERNET PORT{ PORTNBR=1 } } }",
        ),
    ),
    (
        Rule::Duplicate,
        "@1.0 $NAP NAPDEF{ NAPID=NAP NAME=other BEARER=WLAN NAP-ADDRESS=other }",
        ("NAPDEF", 2, "NAPID"),
        Some("@1.0 $NAP"),
    ),
    (
        Rule::Duplicate,
        "@1.0 VENDORCONFIG{ NAME=a X } VENDORCONFIG{ NAME=a Y }",
        ("VENDORCONFIG", 2, "NAME"),
        Some("@1.0 VENDORCONFIG{ NAME=a X }"),
    ),
    (Rule::Duplicate, "@1.0 $DM{ } $DM{ NAME=second }", ("APPLICATION", 2, "APPID"), Some("@1.0 $DM{ }")),
    (Rule::Duplicate, "@1.0 $W2{ } $W2{ PROVIDER-ID=x }", ("APPLICATION", 2, "APPID"), Some("@1.0 $W2{ }")),
    (
        Rule::Duplicate,
        "@1.0 APPLICATION{ APPID=w4 ADDR=a } APPLICATION{ APPID=w4 PROVIDER-ID=x NAME=y ADDR=b }",
        ("APPLICATION", 2, "APPID"),
        Some("@1.0 APPLICATION{ APPID=w4 ADDR=a }"),
    ),
    (
        Rule::Duplicate,
        "@1.0 $NAP $PX{ PORT{ PORTNBR=1 } PORT{ PORTNBR=1 } }",
        ("PORT", 2, "PORTNBR"),
        Some("@1.0 $NAP $PX{ PORT{ PORTNBR=1 } }"),
    ),
    (
        Rule::Duplicate,
        "@1.0 $NAP $PX{ PXAUTHINFO{ PXAUTH-TYPE=HTTP-BASIC } PXAUTHINFO{ PXAUTH-TYPE=HTTP-BASIC PXAUTH-ID=i } }",
        ("PXAUTHINFO", 2, "PXAUTH-TYPE"),
        Some("@1.0 $NAP $PX{ PXAUTHINFO{ PXAUTH-TYPE=HTTP-BASIC } }"),
    ),
    (
        Rule::Duplicate,
        "@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 NAPAUTHINFO{ AUTHTYPE=PAP } NAPAUTHINFO{ AUTHTYPE=PAP } }",
        ("NAPAUTHINFO", 2, "AUTHTYPE"),
        Some("@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 NAPAUTHINFO{ AUTHTYPE=PAP } }"),
    ),
    (
        Rule::Duplicate,
        "@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 VALIDITY{ COUNTRY=1 } VALIDITY{ COUNTRY=1 NETWORK=2 } }",
        ("VALIDITY", 2, "COUNTRY"),
        Some("@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 VALIDITY{ COUNTRY=1 } }"),
    ),
    (
        Rule::SecondClientIdentity,
        "@1.0 CLIENTIDENTITY{ CLIENT-ID=a } CLIENTIDENTITY{ CLIENT-ID=b }",
        ("CLIENTIDENTITY", 2, ""),
        Some("@1.0 CLIENTIDENTITY{ CLIENT-ID=a }"),
    ),
    (
        Rule::SecondServer,
        "@1.0 BOOTSTRAP{ PROVURL=a } BOOTSTRAP{ } BOOTSTRAP{ PROVURL=b }",
        ("BOOTSTRAP", 3, ""),
        Some("@1.0 BOOTSTRAP{ PROVURL=a } BOOTSTRAP{ }"),
    ),
    (
        Rule::NetworkWithoutCountry,
        "@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 VALIDITY{ NETWORK=2 } }",
        ("VALIDITY", 1, "NETWORK"),
        Some("@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 }"),
    ),
    (Rule::NetworkWithoutCountry, "@1.0 $NAP BOOTSTRAP{ NETWORK=2 }", ("BOOTSTRAP", 1, "NETWORK"), Some("@1.0 $NAP")),
    (
        Rule::SidWithoutSoc,
        "@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 VALIDITY{ SID=2 } }",
        ("VALIDITY", 1, "SID"),
        Some("@1.0 NAPDEF{ NAPID=N NAME=n BEARER=WLAN NAP-ADDRESS=1 }"),
    ),
    (
        Rule::ServerWithNetwork,
        "@1.0 BOOTSTRAP{ PROVURL=a COUNTRY=1 }",
        ("BOOTSTRAP", 1, "COUNTRY"),
        Some("@1.0 BOOTSTRAP{ PROVURL=a }"),
    ),
    (Rule::RuleNotFirst, "@1.0 $NAP ACCESS{ APPID=w2 RULE TO-NAPID=NAP }", ("ACCESS", 1, "RULE"), Some("@1.0 $NAP")),
    (
        Rule::TargetNotLast,
        "@1.0 $NAP ACCESS{ RULE TO-NAPID=NAP PORTNBR=80 }",
        ("ACCESS", 1, "PORTNBR"),
        Some("@1.0 $NAP"),
    ),
    (Rule::NoTarget, "@1.0 $NAP ACCESS{ RULE=r APPID=w2 }", ("ACCESS", 1, ""), Some("@1.0 $NAP")),
    (Rule::Dangling, "@1.0 $W2{ TO-NAPID=GONE }", ("APPLICATION", 1, "TO-NAPID"), Some("@1.0 $W2{ }")),
    (Rule::Dangling, "@1.0 $W2{ TO-PROXY=GONE }", ("APPLICATION", 1, "TO-PROXY"), Some("@1.0 $W2{ }")),
    (
        Rule::Dangling,
        "@1.0 $NAP BOOTSTRAP{ PROXY-ID=GONE }",
        ("BOOTSTRAP", 1, "PROXY-ID"),
        Some("@1.0 $NAP BOOTSTRAP{ }"),
    ),
    // what has nothing left to refer to is gone too
    (Rule::Dangling, "@1.0 $NAP ACCESS{ RULE TO-PROXY=GONE }", ("ACCESS", 1, "TO-PROXY"), Some("@1.0 $NAP")),
    (
        Rule::Dangling,
        "@1.0 $PX{ } $W2{ TO-PROXY=PX } ACCESS{ RULE TO-PROXY=PX }",
        ("PXPHYSICAL", 1, "TO-NAPID"),
        Some("@1.0 $W2{ }"),
    ),
    (
        Rule::Cycle,
        "@1.0 $DM{ APPREF=a TO-APPREF=b } APPLICATION{ APPID=w2 APPREF=b TO-APPREF=a }",
        ("APPLICATION", 2, "TO-APPREF"),
        Some("@1.0 $DM{ APPREF=a TO-APPREF=b } APPLICATION{ APPID=w2 APPREF=b }"),
    ),
    (Rule::Cycle, "@1.0 $W2{ APPREF=a TO-APPREF=a }", ("APPLICATION", 1, "TO-APPREF"), Some("@1.0 $W2{ APPREF=a }")),
    (Rule::ApplicationNeeds, "@1.0 $W2{ } APPLICATION{ APPID=w4 }", ("APPLICATION", 2, "ADDR"), Some("@1.0 $W2{ }")),
    (
        Rule::ApplicationNeeds,
        "@1.0 $W2{ } APPLICATION{ APPID=w7 ADDR=a }",
        ("APPLICATION", 2, "PROVIDER-ID"),
        Some("@1.0 $W2{ }"),
    ),
    (
        Rule::ApplicationNeeds,
        "@1.0 $W2{ } APPLICATION{ APPID=wa ADDR=a }",
        ("APPLICATION", 2, "AACCEPT"),
        Some("@1.0 $W2{ }"),
    ),
    (
        Rule::ApplicationNeeds,
        "@1.0 $W2{ } APPLICATION{ APPID=110 APPADDR{ ADDR=a } }",
        ("APPLICATION", 2, "PORT"),
        Some("@1.0 $W2{ }"),
    ),
    (
        Rule::ApplicationNeeds,
        "@1.0 $W2{ } APPLICATION{ APPID=25 APPADDR{ ADDR=a PORT{ PORTNBR=25 } } }",
        ("APPLICATION", 2, "FROM"),
        Some("@1.0 $W2{ }"),
    ),
    (
        Rule::ApplicationNeeds,
        "@1.0 $W2{ } APPLICATION{ APPID=w5 ADDR=a }",
        ("APPLICATION", 2, "RESOURCE"),
        Some("@1.0 $W2{ }"),
    ),
    // the application goes with its last resource
    (
        Rule::ApplicationNeeds,
        "@1.0 $W2{ } APPLICATION{ APPID=w5 ADDR=a RESOURCE{ URI=./contacts } }",
        ("RESOURCE", 1, "AACCEPT"),
        Some("@1.0 $W2{ }"),
    ),
    (
        Rule::TwoKindsOfAddress,
        "@1.0 $DM{ APPADDR{ ADDR=b } }",
        ("APPLICATION", 1, "ADDR"),
        Some("@1.0 APPLICATION{ APPID=w7 PROVIDER-ID=dm.example APPADDR{ ADDR=b } }"),
    ),
    (
        Rule::UnknownApplication,
        "@1.0 APPLICATION{ APPID=w99 X=1 RESOURCE{ URI=u Y=1 } }",
        ("APPLICATION", 1, "APPID"),
        Some("@1.0 APPLICATION{ APPID=w99 X=1 RESOURCE{ URI=u Y=1 } }"),
    ),
];

#[test]
fn each_rule_is_found_alone_and_clients_do_what_its_row_says() {
    for (rule, line, place, left) in ROWS {
        let line = expanded(line);
        let document = document(&line);
        for strictness in [Strictness::Strict, Strictness::Field] {
            let findings = document.validate(strictness);
            let [finding] = &findings[..] else { panic!("{line}: {findings:#?}") };
            let about = finding.about.map(|about| about.to_string()).unwrap_or_default();
            let found = (finding.rule, finding.characteristic.to_string(), finding.number, about);
            assert_eq!(found, (*rule, place.0.into(), place.1, place.2.into()), "{line}");
            assert_eq!(finding.severity, rule.severity(strictness), "{line}");
        }
        let left = left.map(expanded);
        assert_eq!(document.pruned(), left.as_deref().map(support::notation::document), "{line}");
    }
}

#[test]
fn each_rule_has_a_row() {
    let rows: BTreeSet<String> = ROWS.iter().map(|(rule, ..)| format!("{rule:?}")).collect();
    // no line of characters has it: see below
    let elsewhere = BTreeSet::from(["NotText".to_owned()]);
    let all: BTreeSet<String> = Rule::ALL.iter().map(|rule| format!("{rule:?}")).collect();
    assert_eq!(&rows | &elsewhere, all);
}

#[test]
fn no_rule_is_worse_in_the_field_than_by_the_letter() {
    for rule in Rule::ALL {
        assert!(rule.severity(Strictness::Field) <= rule.severity(Strictness::Strict), "{rule:?}");
    }
}

/// An inline string 0xFF in UTF-8, as a value and as a name.
#[test]
fn what_is_no_text_is_passed_over() {
    let head = b"\x03\x0B\x6A\x00\xC5\x46\x01\xC6\x58\x01\x87\x30\x06\x03me\0\x01";
    for (parm, offset) in [(&b"\x87\x30\x06\x03\xFF\0\x01"[..], 18), (b"\x87\x05\x03\xFF\0\x01", 18)] {
        let octets = [head, parm, b"\x01\x01"].concat();
        let document = ProvisioningDoc::parse(&octets).unwrap();
        let findings = document.validate(Strictness::Strict);
        let finding = findings.iter().find(|finding| finding.rule == Rule::NotText).unwrap();
        assert_eq!(finding.offset, offset);
        let left = document.pruned().unwrap();
        assert_eq!(left, support::notation::document("@1.0 CLIENTIDENTITY{ CLIENT-ID=me }"));
    }
}

/// What stands inside a parm, and an element that is none of ours.
#[test]
fn foreign_elements_are_passed_over() {
    let fixture = named("foreign");
    let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
    let found = document.validate(Strictness::Strict).iter().filter(|finding| finding.rule == Rule::Misplaced).count();
    assert!(found > 0);
    // <parm name="CLIENT-ID" value="me"><parm name="X"/></parm>
    let octets = b"\x03\x0B\x6A\x00\xC5\x46\x01\xC6\x58\x01\xC7\x30\x06\x03me\0\x01\x87\x07\x01\x01\x01\x01";
    let document = ProvisioningDoc::parse(octets).unwrap();
    let findings = document.validate(Strictness::Strict);
    assert_eq!(
        findings.iter().map(|finding| (finding.rule, finding.offset)).collect::<Vec<_>>(),
        [(Rule::Misplaced, 18)]
    );
    assert_eq!(document.pruned().unwrap(), support::notation::document("@1.0 CLIENTIDENTITY{ CLIENT-ID=me }"));
}

/// WBXML 1.2, an empty inline string behind a value token, `version="1.01.0"` from a token and a string.
#[test]
fn what_operators_encode_is_read() {
    let octets = b"\x02\x0B\x6A\x00\xC5\x46\x031.0\0\x01\xC6\x55\x01\x87\x11\x06\x03N\0\x01\x87\x07\x06\x03n\0\x01\
        \x87\x10\x06\xAB\x03\0\x01\x87\x08\x06\x03a\0\x01\x01\x01";
    let document = ProvisioningDoc::parse(octets).unwrap();
    assert_eq!(document.version().unwrap(), "1.01.0");
    assert_eq!(document.characteristics().next().unwrap().value("BEARER").unwrap(), "GSM-GPRS");
    let rules: Vec<Rule> = document.validate(Strictness::Field).iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::OddVersion]);
}

#[test]
fn what_the_phone_has_stays_referred_to() {
    let line = expanded("@1.0 $W2{ TO-NAPID=HOME TO-NAPID=GONE TO-PROXY=HOME }");
    let left = document(&line).pruned_for(|target, name| (target, name) == (Target::AccessPoint, "HOME")).unwrap();
    assert_eq!(left, document(&expanded("@1.0 $W2{ TO-NAPID=HOME }")));
}

#[test]
fn what_is_pruned_has_nothing_left_to_prune() {
    for fixture in fixtures() {
        let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
        if let Some(left) = document.pruned() {
            assert_eq!(left.pruned().as_ref(), Some(&left), "{}", fixture.name);
            let octets = left.to_wbxml().unwrap();
            assert_eq!(ProvisioningDoc::parse(&octets).unwrap(), left, "{}", fixture.name);
        }
    }
}

#[test]
fn findings_name_their_place() {
    let octets = b"\x03\x0B\x6A\x00\x45\xC6\x58\x01\x01\x01";
    let findings = ProvisioningDoc::parse(octets).unwrap().validate(Strictness::Strict);
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "document, at octet 4: has no version; clients take it as it is",
            "CLIENTIDENTITY 1, at octet 5: CLIENT-ID is missing; clients pass over the characteristic",
        ]
    );
    assert_eq!(findings[0].severity, Severity::Note);
}
