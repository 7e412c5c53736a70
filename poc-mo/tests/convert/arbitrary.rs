//! Arbitrary documents: what is not lost comes back.

use poc_mo::convert::{self, Options, Places};
use poc_mo::syncml::dm::mgmt_tree::MgmtTree;
use proptest::prelude::*;

use crate::model::{Document, Entry};
use crate::{check_back, described};

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
            parms("TO-APPREF", 3, app_ref()),
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

fn app_ref() -> BoxedStrategy<String> {
    one_of(&[
        "IMS",
        "XDM",
        "xdm",
        "PRS",
        "./IMS/IMS",
        "XDM/XDM",
        "~x",
        "a name that is longer than a node's",
        "IMS-2",
        "",
    ])
}

/// Up to so many parms of a name, which stands there in one of these spellings.
fn spelled(names: &'static [&'static str], most: usize, value: BoxedStrategy<String>) -> Parms {
    (parms("", most, value), proptest::collection::vec(proptest::sample::select(names), most))
        .prop_map(|(parms, names)| {
            parms.into_iter().zip(names).map(|((_, value), name)| (String::from(name), value)).collect()
        })
        .boxed()
}

/// The characteristics in one of these spellings.
fn called(types: &'static [&'static str], most: usize, of: Vec<Parms>) -> Entries {
    let types = proptest::collection::vec(proptest::sample::select(types), most);
    (entries("", most, of, vec![]), types)
        .prop_map(|(entries, types)| {
            entries.into_iter().zip(types).map(|(entry, type_)| Entry { type_: type_.into(), ..entry }).collect()
        })
        .boxed()
}

fn ims() -> Entries {
    let truth = || one_of(&["0", "1", "true", "false"]);
    let number = || one_of(&["0", "2000", "007", "-1"]);
    entries(
        "APPLICATION",
        2,
        vec![
            proptest::sample::select(&["AppID", "APPID"][..])
                .prop_map(|name| vec![(name.into(), Some("ap2001".into()))])
                .boxed(),
            spelled(&["Name", "NAME"], 2, text()),
            spelled(&["AppRef", "APPREF"], 2, app_ref()),
            parms("TO-NAPID", 2, referred()),
            spelled(&["PDP_ContextOperPref", "Pdp_ContextOperPref"], 2, truth()),
            parms("P-CSCF_Address", 2, text()),
            spelled(&["Timer_T1", "TIMER_T1"], 2, number()),
            parms("Timer_T4", 1, number()),
            spelled(&["Private_User_Identity", "Private_user_identity"], 2, text()),
            parms("Keep_Alive_Enabled", 1, truth()),
            parms("Voice_Domain_Preference_E_UTRAN", 1, number()),
            parms("RegRetryMaxTime", 2, number()),
            parms("OTHER", 1, text()),
        ],
        vec![
            called(
                &["ConRefs", "CONREFS"],
                2,
                vec![spelled(&["ConRef", "CONREF"], 2, referred()), parms("TO-NAPID", 1, referred())],
            ),
            called(
                &["Public_user_identity_List", "Public_User_Identity_List"],
                2,
                vec![spelled(&["Public_user_Identity", "Public_user_identity"], 2, text())],
            ),
            called(
                &["ICSI_List", "icsi_list"],
                2,
                vec![parms("ICSI", 2, text()), parms("ICSI_Resource_Allocation_Mode", 1, truth())],
            ),
            called(
                &["LBO_P-CSCF_Address"],
                2,
                vec![parms("Address", 1, text()), parms("AddressType", 1, one_of(&["FQDN", "IPv4"]))],
            ),
            called(
                &["PhoneContext_List"],
                2,
                vec![parms("PhoneContext", 1, text()), parms("Public_user_identity", 1, text())],
            ),
            called(
                &["APPAUTH", "AppAuth"],
                2,
                vec![
                    parms("AuthType", 1, one_of(&["Digest", "AKA"])),
                    parms("Realm", 1, text()),
                    parms("UserName", 1, text()),
                    spelled(&["UserPwd", "USERPWD"], 2, text()),
                ],
            ),
            entries("Ext", 1, vec![parms("Q-Value", 1, text())], vec![]),
        ],
    )
}

fn service(ids: &'static [&'static str], more: Vec<Parms>, children: Vec<Entries>) -> Entries {
    let id = proptest::sample::select(ids).prop_map(|id| vec![("APPID".into(), Some(id.into()))]).boxed();
    let mut all = vec![
        id,
        spelled(&["NAME", "Name"], 2, text()),
        parms("PROVIDER-ID", 1, text()),
        spelled(&["APPREF", "AppRef"], 2, app_ref()),
        parms("TO-NAPID", 2, referred()),
        spelled(&["TO-APPREF", "To-AppRef"], 2, app_ref()),
        parms("OTHER", 1, text()),
    ];
    all.extend(more);
    entries("APPLICATION", 2, all, children)
}

fn xdm() -> Entries {
    let auth = || {
        vec![
            parms("AAUTHTYPE", 1, one_of(&["GAA", "HTTP-DIGEST"])),
            spelled(&["AAUTHNAME", "AAuthName"], 1, text()),
            parms("AAUTHSECRET", 2, text()),
            parms("AAUTHDATA", 1, text()),
        ]
    };
    let resource = entries("RESOURCE", 2, [auth(), vec![parms("URI", 1, text())]].concat(), vec![]);
    let flat = [auth(), vec![parms("URI", 2, text())]].concat();
    service(&["ap0003", "ap0007"], flat, vec![resource, entries("APPAUTH", 2, auth(), vec![])])
}

fn presence() -> Entries {
    let number = || one_of(&["0", "8192", "007", "-1"]);
    let parms = vec![
        parms("CLIENT-OBJ-DATA-LIMIT", 2, number()),
        parms("CONTENT-SERVER-URI", 1, text()),
        parms("SOURCE-THROTTLE-PUBLISH", 1, number()),
        parms("MAX-NUMBER-OF-PRESENCE-SUBSCRIPTIONS", 1, number()),
        parms("MAX-NUMBER-OF-SUBSCRIPTIONS-IN-PRESENCE-LIST", 1, number()),
        parms("SERVICE-URI-TEMPLATE", 1, text()),
        spelled(&["RLS-URI", "rls-uri"], 2, text()),
    ];
    service(&["ap0002", "ap0009"], parms, vec![entries("Ext", 1, vec![], vec![])])
}

fn document() -> impl Strategy<Value = Document> {
    let other = entries("APPLICATION", 1, vec![parms("APPID", 1, one_of(&["ap2002", "w9010", "w2"]))], vec![]);
    let bootstrap = entries("BOOTSTRAP", 1, vec![parms("NAME", 1, text())], vec![]);
    let application = prop_oneof![2 => w7(), 2 => poc(), 2 => ims(), 1 => xdm(), 1 => presence(), 1 => other];
    (proxy(), nap(), proptest::collection::vec(application, 0..4), bootstrap).prop_map(
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
            described::check(&tree, "an arbitrary document");
        }
    }
}
