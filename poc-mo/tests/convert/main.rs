//! Accounts, access points and proxies, there and back (OMA-TS-DM-Bootstrap, mapping of `w7`; `ConnMO`).
#![cfg(all(feature = "cp", feature = "dm"))]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod corpus;
mod model;
#[path = "../support/mod.rs"]
mod support;

use model::{Document, Entry, leaves};
use omacp::typed::Settings;
use poc_mo::convert::{self, LossKind, Options, Places};
use poc_mo::{omacp, syncml};
use proptest::prelude::*;
use syncml::dm::mgmt_tree::MgmtTree;

/// One parm or characteristic of a document that has what it needs, and the leaves that it becomes.
struct Case {
    /// What stands in the characteristic, a line each: `TYPE`, `NAME=VALUE`, or `NAME` for a flag, indented by nesting.
    cp: &'static str,
    /// The leaves of the instance.
    dm: &'static [(&'static str, &'static str)],
    losses: &'static [(&'static str, LossKind)],
}

const fn case(
    cp: &'static str,
    dm: &'static [(&'static str, &'static str)],
    losses: &'static [(&'static str, LossKind)],
) -> Case {
    Case { cp, dm, losses }
}

/// Converts each case to nodes, compares, and converts it back: what comes is the document without what is lost.
fn check(options: &Options<'_>, cases: &[Case]) {
    for Case { cp, dm, losses } in cases {
        let source = Document::of_lines(cp);
        let objects = convert::to_dm(&source.build(), options).unwrap();
        let reported: Vec<_> = objects.losses().iter().map(|loss| (loss.at(), loss.kind())).collect();
        assert_eq!(reported, *losses, "{cp}");
        let octets = objects.tree().to_wbxml().unwrap();
        let tree = MgmtTree::parse(&octets).unwrap();
        let written = leaves(&tree);
        let written: Vec<_> = written.iter().map(|(uri, value)| (uri.as_str(), value.as_str())).collect();
        assert_eq!(written, *dm, "{cp}");
        check_back(&source, objects.losses(), &tree, options);
    }
}

/// The way back gives the document without what is lost, and nothing else.
fn check_back(source: &Document, losses: &[convert::Loss], tree: &MgmtTree<'_>, options: &Options<'_>) {
    let back = convert::to_cp(tree, options).unwrap();
    let expected = source.without(losses);
    let (expected, document) = (expected.build(), back.document());
    assert_eq!(Settings::read(&document), Settings::read(&expected), "{losses:#?}\n{:#?}", leaves(tree));
    let further = back.losses().iter().filter(|loss| loss.kind() != LossKind::Unresolved);
    assert_eq!(further.collect::<Vec<_>>(), Vec::<&convert::Loss>::new());
}

/// OMA-TS-DM-StdObj, `DMAcc`; OMA-TS-DM-Bootstrap, mapping of `w7`.
#[test]
fn each_row_of_a_w7_is_a_leaf_of_dmacc_1_2() {
    use LossKind::{NoCounterpart, Repeated, Respelled, Unresolved, Value};
    check(
        &Options::dm_1_2(),
        &[
            case("APPLICATION\n APPID=w7\n PROVIDER-ID=s", &[("DMAcc/s/AppID", "w7"), ("DMAcc/s/ServerID", "s")], &[]),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n NAME=Harbour\n NAME=Other\n INIT",
                &[("DMAcc/s/AppID", "w7"), ("DMAcc/s/ServerID", "s"), ("DMAcc/s/Name", "Harbour")],
                &[("APPLICATION[1]/NAME[2]", Repeated), ("APPLICATION[1]/INIT[1]", NoCounterpart)],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n TO-NAPID=N",
                &[("DMAcc/s/AppID", "w7"), ("DMAcc/s/ServerID", "s"), ("DMAcc/s/PrefConRef", "N")],
                &[("APPLICATION[1]/TO-NAPID[1]", Unresolved)],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n TO-NAPID=INTERNET\n TO-NAPID=INTERNET",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/ToConRef/1/ConRef", "INTERNET"),
                    ("DMAcc/s/ToConRef/2/ConRef", "INTERNET"),
                ],
                &[],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n ADDR=http://a",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/AppAddr/1/Addr", "http://a"),
                    ("DMAcc/s/AppAddr/1/AddrType", "URI"),
                ],
                &[("APPLICATION[1]/ADDR[1]", Respelled)],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n APPADDR\n  ADDR=10.0.0.1\n  ADDRTYPE=IPV4\n  PORT\n   \
                 PORTNBR=80\n   SERVICE=http\n  PORT\n   PORTNBR=443\n APPADDR\n  ADDR=a\n  ADDRTYPE=E164",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/AppAddr/1/Addr", "10.0.0.1"),
                    ("DMAcc/s/AppAddr/1/AddrType", "IPv4"),
                    ("DMAcc/s/AppAddr/1/Port/1/PortNbr", "80"),
                    ("DMAcc/s/AppAddr/1/Port/2/PortNbr", "443"),
                    ("DMAcc/s/AppAddr/2/Addr", "a"),
                    ("DMAcc/s/AppAddr/2/AddrType", "URI"),
                ],
                &[
                    ("APPLICATION[1]/APPADDR[1]/PORT[1]/SERVICE[1]", NoCounterpart),
                    ("APPLICATION[1]/APPADDR[2]/ADDRTYPE[1]", Value),
                ],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n APPAUTH\n  AAUTHLEVEL=APPSRV\n  AAUTHTYPE=DIGEST,BASIC\n  \
                 AAUTHNAME=n\n  AAUTHSECRET=p\n  AAUTHDATA=bm9uY2U=\n APPAUTH\n  AAUTHLEVEL=CLIENT\n APPAUTH\n  \
                 AAUTHLEVEL=OBEX\n APPAUTH\n  AAUTHTYPE=HTTP-DIGEST\n APPAUTH\n  AAUTHLEVEL=OTHER\n  AAUTHDATA=!",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/AppAuth/1/AAuthLevel", "CLCRED"),
                    ("DMAcc/s/AppAuth/1/AAuthType", "DIGEST,BASIC"),
                    ("DMAcc/s/AppAuth/1/AAuthName", "n"),
                    ("DMAcc/s/AppAuth/1/AAuthSecret", "p"),
                    ("DMAcc/s/AppAuth/1/AAuthData", "bm9uY2U="),
                    ("DMAcc/s/AppAuth/2/AAuthLevel", "SRVCRED"),
                    ("DMAcc/s/AppAuth/3/AAuthLevel", "OBEX"),
                    ("DMAcc/s/AppAuth/4/AAuthType", "HTTP-DIGEST"),
                    ("DMAcc/s/AppAuth/4/AAuthLevel", "HTTP"),
                    ("DMAcc/s/AppAuth/5/AAuthLevel", "HTTP"),
                ],
                &[
                    ("APPLICATION[1]/APPAUTH[5]/AAUTHLEVEL[1]", Value),
                    ("APPLICATION[1]/APPAUTH[5]/AAUTHDATA[1]", Value),
                ],
            ),
        ],
    );
}

type Parms = BoxedStrategy<Vec<(String, Option<String>)>>;
type Entries = BoxedStrategy<Vec<Entry>>;

fn text() -> BoxedStrategy<String> {
    prop_oneof![3 => "[a-zA-Z0-9./:-]{0,9}", 1 => "[ -~é€]{0,40}"].boxed()
}

fn one_of(values: &'static [&'static str]) -> BoxedStrategy<String> {
    prop_oneof![3 => proptest::sample::select(values).prop_map(String::from), 1 => text()].boxed()
}

/// Up to so many parms of a name.
fn parms(name: &'static str, most: usize, value: BoxedStrategy<String>) -> Parms {
    let value = prop_oneof![9 => value.prop_map(Some), 1 => Just(None)];
    proptest::collection::vec(value.prop_map(move |value| (String::from(name), value)), 0..=most).boxed()
}

/// Up to so many characteristics of a type.
fn entries(type_: &'static str, most: usize, parms: Vec<Parms>, children: Vec<Entries>) -> Entries {
    let entry = (parms, children).prop_map(move |(parms, children)| Entry {
        type_: type_.into(),
        parms: parms.concat(),
        children: children.concat(),
    });
    proptest::collection::vec(entry, 0..=most).boxed()
}

fn port() -> Entries {
    entries(
        "PORT",
        2,
        vec![parms("PORTNBR", 2, one_of(&["80", "0080", "443", "65536"])), parms("SERVICE", 1, text())],
        vec![],
    )
}

fn referred() -> BoxedStrategy<String> {
    one_of(&["N1", "N2", "P1", "P2", "INTERNET", "./NAP/N1", "NAP/N2", "x y", ""])
}

fn w7() -> Entries {
    let address = vec![parms("ADDR", 1, text()), parms("ADDRTYPE", 2, one_of(&["IPV4", "IPV6", "E164", "URI"]))];
    let auth = vec![
        parms("AAUTHLEVEL", 1, one_of(&["APPSRV", "CLIENT", "OBEX", "HTTP"])),
        parms("AAUTHTYPE", 1, one_of(&["DIGEST,BASIC", "HMAC"])),
        parms("AAUTHNAME", 1, text()),
        parms("AAUTHSECRET", 2, text()),
        parms("AAUTHDATA", 1, one_of(&["bm9uY2U=", "bm9uY2U", " bm9u Y2U= "])),
    ];
    entries(
        "APPLICATION",
        3,
        vec![
            Just(vec![("APPID".into(), Some("w7".into()))]).boxed(),
            parms("PROVIDER-ID", 2, one_of(&["s", "S", "com.example.dm"])),
            parms("NAME", 2, text()),
            parms("AACCEPT", 1, text()),
            parms("TO-PROXY", 2, referred()),
            parms("TO-NAPID", 3, referred()),
            parms("ADDR", 1, text()),
            parms("INIT", 1, text()),
        ],
        vec![
            entries("APPADDR", 2, address, vec![port()]),
            entries("APPAUTH", 3, auth, vec![]),
            entries("RESOURCE", 1, vec![parms("URI", 1, text())], vec![]),
        ],
    )
}

fn nap() -> Entries {
    entries(
        "NAPDEF",
        3,
        vec![
            parms("NAPID", 2, one_of(&["N1", "N2", "n2", "INTERNET", "a name that is longer than a node's"])),
            parms("NAME", 1, text()),
            parms("BEARER", 2, one_of(&["GSM-GPRS"])),
            parms("INTERNET", 1, text()),
            parms("NAP-ADDRESS", 1, text()),
            parms("NAP-ADDRTYPE", 1, one_of(&["APN"])),
            parms("DNS-ADDR", 3, one_of(&["10.0.0.1", "fe80::1"])),
            parms("LINGER", 2, one_of(&["60", "060", "-1", "4294967296"])),
            parms("T-BIT", 1, text()),
            parms("IFNETWORKS", 2, text()),
        ],
        vec![
            entries(
                "NAPAUTHINFO",
                2,
                vec![
                    parms("AUTHTYPE", 1, one_of(&["PAP", "CHAP"])),
                    parms("AUTHNAME", 1, text()),
                    parms("AUTHSECRET", 1, text()),
                    parms("AUTH-ENTITY", 1, text()),
                ],
                vec![],
            ),
            entries(
                "VALIDITY",
                2,
                vec![
                    parms("COUNTRY", 1, one_of(&["262"])),
                    parms("NETWORK", 1, one_of(&["02"])),
                    parms("VALIDUNTIL", 1, one_of(&["1700000000"])),
                ],
                vec![],
            ),
        ],
    )
}

fn proxy() -> Entries {
    let physical = vec![
        parms("PHYSICAL-PROXY-ID", 1, text()),
        parms("PXADDR", 2, one_of(&["10.0.0.2"])),
        parms("PXADDRTYPE", 1, one_of(&["IPV4"])),
        parms("TO-NAPID", 2, referred()),
    ];
    entries(
        "PXLOGICAL",
        2,
        vec![
            parms("PROXY-ID", 2, one_of(&["P1", "P2"])),
            parms("NAME", 1, text()),
            parms("DOMAIN", 1, text()),
            parms("STARTPAGE", 1, text()),
        ],
        vec![
            entries(
                "PXAUTHINFO",
                2,
                vec![
                    parms("PXAUTH-TYPE", 1, one_of(&["HTTP-BASIC"])),
                    parms("PXAUTH-ID", 1, text()),
                    parms("PXAUTH-PW", 1, text()),
                ],
                vec![],
            ),
            port(),
            entries("PXPHYSICAL", 2, physical, vec![port()]),
        ],
    )
}

/// Parms in the order of the profile: types have no field for most of them, and keep their order.
fn poc() -> Entries {
    let truth = || one_of(&["0", "1", "true", "false"]);
    let number = || one_of(&["0", "3", "007", "-1"]);
    entries(
        "APPLICATION",
        2,
        vec![
            Just(vec![("APPID".into(), Some("ap0001".into()))]).boxed(),
            parms("NAME", 1, text()),
            parms("PROVIDER-ID", 2, one_of(&["p", "s"])),
            parms("TO-NAPID", 2, referred()),
            parms("TO-APPREF", 2, text()),
            parms("PRE-EST-SESS", 2, truth()),
            parms("SIMUL-SESS", 2, number()),
            parms("MAX-ADHOC-GROUP-SIZE", 1, number()),
            parms("CONF-FCTY-URI", 1, text()),
            parms("EXPLODER-URI", 1, text()),
            parms("CONF-URI-TMPLT", 1, text()),
            parms("T10", 1, number()),
            parms("T11", 1, number()),
            parms("T13", 1, number()),
            parms("PRES-SRV-CAP", 1, truth()),
            parms("OTHER", 1, text()),
        ],
        vec![entries("APPADDR", 1, vec![parms("ADDR", 1, text())], vec![])],
    )
}

fn document() -> impl Strategy<Value = Document> {
    let other = entries("APPLICATION", 1, vec![parms("APPID", 1, one_of(&["ap2001", "w2"]))], vec![]);
    let bootstrap = entries("BOOTSTRAP", 1, vec![parms("NAME", 1, text())], vec![]);
    (proxy(), nap(), proptest::collection::vec(prop_oneof![w7(), poc(), other], 0..3), bootstrap).prop_map(
        |(proxies, naps, applications, bootstraps)| {
            Document([proxies, naps, applications.concat(), bootstraps].concat())
        },
    )
}

proptest! {
    /// Without losses the way there and back is an identity; else what comes is the document without what is lost.
    #[test]
    fn what_is_not_lost_comes_back(document in document()) {
        let ways = [
            Options::dm_1_2(),
            Options::dm_1_2().at(Places::INBOX),
            Options::dm_1_1_2(),
            Options::dm_1_1_2().name_octets(0),
        ];
        for options in ways {
            let source = document.build();
            let objects = convert::to_dm(&source, &options).unwrap();
            let octets = objects.tree().to_wbxml().unwrap();
            let tree = MgmtTree::parse(&octets).unwrap();
            check_back(&document, objects.losses(), &tree, &options);
        }
    }
}
