//! Octets, or characteristics by choice → provisioning document → management objects → provisioning document.
//!
//! Every parm comes back, but for those that were reported as lost, and none besides; the way from there is the same
//! again, and loses nothing more.

use std::collections::{BTreeMap, BTreeSet};

use omacp::{Characteristic, ProvisioningDoc, ProvisioningDocBuilder};
use poc_mo::convert::{self, Loss, LossKind, Options, Places};
use syncml::dm::mgmt_tree::{MgmtTree, Value};
use wbxml::Text;

use crate::choices::Choices;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, octets)) = Choices::of(input) else { return };
    let ways = [
        Options::dm_1_2(),
        Options::dm_1_2().at(Places::INBOX),
        Options::dm_1_2().name_octets(0),
        Options::dm_1_1_2(),
        Options::dm_1_1_2().name_octets(0),
    ];
    let options = choices.from(&ways);
    if let Ok(document) = ProvisioningDoc::parse(octets) {
        there_and_back(&document, &options);
    }
    let entries: Vec<Entry> = (0..choices.below(6)).map(|_| top(&mut choices)).collect();
    let mut builder = ProvisioningDoc::builder();
    entries.iter().for_each(|entry| entry.write(&mut builder));
    there_and_back(&builder.build(), &options);
    if let Ok(tree) = MgmtTree::parse(octets) {
        let back = convert::to_cp(&tree, &options).expect("the document is short");
        there_and_back(&back.document(), &options);
    }
}

fn there_and_back(document: &ProvisioningDoc<'_>, options: &Options<'_>) {
    let objects = convert::to_dm(document, options).expect("the document is short");
    let octets = objects.tree().to_wbxml().expect("objects can be written");
    let tree = MgmtTree::parse(&octets).expect("what was written can be read");
    let back = convert::to_cp(&tree, options).expect("the document is short");
    let shown = || format!("{document:#?}\n{:#?}", objects.losses());
    assert_eq!(kept(document, objects.losses()), kept(&back.document(), &[]), "{}", shown());
    let further: Vec<&Loss> = back.losses().iter().filter(|loss| loss.kind() != LossKind::Unresolved).collect();
    assert!(further.is_empty(), "{further:#?}\n{}", shown());
    let again = convert::to_dm(&back.document(), options).expect("the document is short");
    assert_eq!(leaves(&again.tree()), leaves(&tree), "{}", shown());
    let lost: Vec<&Loss> = again.losses().iter().filter(|loss| is_lost(loss)).collect();
    assert!(lost.is_empty(), "{lost:#?}\n{}", shown());
    let last = convert::to_cp(&again.tree(), options).expect("the document is short");
    assert_eq!(last.document(), back.document(), "{}", shown());
}

fn is_lost(loss: &Loss) -> bool {
    loss.kind().is_lost() && loss.kind() != LossKind::Acl
}

/// The parms that are not lost: the type at the top, name and value, however they are spelled, sorted. What stands for
/// itself where there is no parm is none.
fn kept(document: &ProvisioningDoc<'_>, losses: &[Loss]) -> Vec<(String, String, Option<String>)> {
    let lost: BTreeSet<&str> = losses.iter().filter(|loss| is_lost(loss)).map(Loss::at).collect();
    let mut parms = Vec::new();
    let mut counts = BTreeMap::new();
    for characteristic in document.characteristics() {
        let type_ = text(characteristic.type_());
        let at = place(&mut counts, "", &type_);
        keep(&mut parms, &characteristic, &type_, &at, &lost);
    }
    parms.sort();
    parms
}

fn keep(
    parms: &mut Vec<(String, String, Option<String>)>,
    characteristic: &Characteristic<'_, '_>,
    top: &str,
    at: &str,
    lost: &BTreeSet<&str>,
) {
    if lost.contains(at) {
        return;
    }
    let mut counts = BTreeMap::new();
    for parm in characteristic.parms() {
        let name = text(parm.name);
        let at = place(&mut counts, at, &name);
        let name = match name.to_ascii_uppercase() {
            // of an IMS core, in the two spellings
            name if name == "CONREF" => String::from("TO-NAPID"),
            name => name,
        };
        let value = parm.value.map(|value| match (&*name, &*text(value)) {
            (_, "true") => String::from("1"),
            (_, "false") => String::from("0"),
            ("APPID" | "AAUTHLEVEL", value) => value.to_ascii_uppercase(),
            (_, value) => String::from(value),
        });
        let is_default =
            matches!((&*name, value.as_deref()), ("ADDRTYPE", Some("URI")) | ("PDP_CONTEXTOPERPREF", Some("0")));
        // the name by which a service is referred to may become another one, everywhere
        let is_reference = matches!(&*name, "APPREF" | "TO-APPREF");
        if !lost.contains(&*at) && !is_default && !is_reference {
            parms.push((String::from(top), name, value));
        }
    }
    for child in characteristic.characteristics() {
        let at = place(&mut counts, at, &text(child.type_()));
        keep(parms, &child, top, &at, lost);
    }
}

/// Where something stands among those of its name, as losses say it.
fn place(counts: &mut BTreeMap<String, usize>, at: &str, name: &str) -> String {
    let count = counts.entry(name.into()).or_default();
    *count += 1;
    if at.is_empty() { format!("{name}[{count}]") } else { format!("{at}/{name}[{count}]") }
}

fn text(text: Text<'_>) -> String {
    text.to_cow().map_or_else(|_| String::from("?"), String::from)
}

/// The leaves of a tree with their values, sorted.
fn leaves(tree: &MgmtTree<'_>) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let mut walk = tree.walk();
    while let Some(node) = walk.next() {
        if let Some(Value::Text(value)) = node.value() {
            leaves.push((String::from(walk.path()), text(value)));
        }
    }
    leaves.sort();
    leaves
}

/// A characteristic by choice.
struct Entry {
    type_: &'static str,
    parms: Vec<(&'static str, Option<&'static str>)>,
    children: Vec<Self>,
}

impl Entry {
    fn write<'a>(&'a self, builder: &mut ProvisioningDocBuilder<'a>) {
        builder.start(self.type_);
        for (name, value) in &self.parms {
            match value {
                Some(value) => builder.parm(name, value),
                None => builder.flag(name),
            };
        }
        self.children.iter().for_each(|child| child.write(builder));
        builder.end();
    }
}

/// A characteristic at the top, with what belongs into it more often than not.
fn top(choices: &mut Choices) -> Entry {
    let type_ = choices.from(&["APPLICATION", "APPLICATION", "APPLICATION", "NAPDEF", "PXLOGICAL", "BOOTSTRAP"]);
    entry(type_, 2, choices)
}

fn entry(type_: &'static str, depth: usize, choices: &mut Choices) -> Entry {
    let parms = match type_ {
        "APPLICATION" => &APPLICATION[..],
        "NAPDEF" => &NAPDEF,
        "PXLOGICAL" => &PXLOGICAL,
        _ => &INSIDE,
    };
    let mut entry = Entry { type_, parms: Vec::new(), children: Vec::new() };
    if type_ == "APPLICATION" && !choices.one_in(12) {
        let id = choices.from(&["w7", "W7", "ap0001", "ap0006", "AP0001", "ap2001", "ap0007", "ap0002"]);
        entry.parms.push(("APPID", Some(id)));
    }
    for _ in 0..choices.below(8) {
        let parms = if choices.one_in(8) { &INSIDE[..] } else { parms };
        let (name, values) = choices.from(parms);
        let value = if choices.one_in(4) { choices.from(&VALUES) } else { choices.from(values) };
        entry.parms.push((name, (!choices.one_in(16)).then_some(value)));
    }
    for _ in 0..if depth == 0 { 0 } else { choices.below(4) } {
        let child = choices.from(&TYPES);
        entry.children.push(self::entry(child, depth - 1, choices));
    }
    entry
}

type Parm = (&'static str, &'static [&'static str]);

const TYPES: [&str; 10] = [
    "APPADDR",
    "APPAUTH",
    "PORT",
    "NAPAUTHINFO",
    "VALIDITY",
    "PXAUTHINFO",
    "PXPHYSICAL",
    "RESOURCE",
    "APPADDR",
    "APPAUTH",
];

const VALUES: [&str; 22] = [
    "",
    " x ",
    "N1",
    "N2",
    "P1",
    "s",
    "p",
    "./NAP/N1",
    "./Proxy/P1",
    "INTERNET",
    "10.0.0.1",
    "fe80::1",
    "60",
    "007",
    "-1",
    "4294967296",
    "true",
    "0",
    "bm9uY2U=",
    "ü/🚢%",
    "a very long name that does not fit a node of thirty-two octets",
    "URI",
];

const APPLICATION: [Parm; 24] = [
    ("APPREF", &["IMS", "XDM", "."]),
    ("PDP_ContextOperPref", &["1", "0"]),
    ("Timer_T1", &["2000"]),
    ("AAUTHNAME", &["n"]),
    ("CLIENT-OBJ-DATA-LIMIT", &["4096"]),
    ("APPID", &["w7", "ap0001"]),
    ("PROVIDER-ID", &["s", "p"]),
    ("NAME", &["Harbour"]),
    ("ADDR", &["https://s.example"]),
    ("TO-NAPID", &["N1", "N2", "INTERNET"]),
    ("TO-PROXY", &["P1", "P2"]),
    ("TO-APPREF", &["IMS"]),
    ("INIT", &[""]),
    ("PRE-EST-SESS", &["0", "1", "true"]),
    ("SIMUL-SESS", &["3"]),
    ("MAX-ADHOC-GROUP-SIZE", &["24"]),
    ("CONF-FCTY-URI", &["sip:c@p"]),
    ("EXPLODER-URI", &["sip:e@p"]),
    ("CONF-URI-TMPLT", &["sip:t@p"]),
    ("T10", &["2000"]),
    ("T11", &["5000"]),
    ("T13", &["3500"]),
    ("PRES-SRV-CAP", &["0", "true"]),
    ("OTHER", &["x"]),
];

const NAPDEF: [Parm; 11] = [
    ("NAPID", &["N1", "N2"]),
    ("NAME", &["Harbour"]),
    ("BEARER", &["GSM-GPRS", "WLAN"]),
    ("INTERNET", &[""]),
    ("NAP-ADDRESS", &["apn"]),
    ("NAP-ADDRTYPE", &["APN"]),
    ("DNS-ADDR", &["10.0.0.1", "fe80::1"]),
    ("LINGER", &["60"]),
    ("T-BIT", &["x"]),
    ("IFNETWORKS", &["x"]),
    ("NAPID", &["N1"]),
];

const PXLOGICAL: [Parm; 5] = [
    ("PROXY-ID", &["P1", "P2"]),
    ("NAME", &["Harbour"]),
    ("DOMAIN", &["x"]),
    ("STARTPAGE", &["http://h"]),
    ("PXADDR", &["10.0.0.2"]),
];

const INSIDE: [Parm; 24] = [
    ("ADDR", &["https://s.example", "10.0.0.1"]),
    ("ADDRTYPE", &["URI", "IPV4", "E164"]),
    ("PORTNBR", &["80", "443"]),
    ("SERVICE", &["x"]),
    ("AAUTHLEVEL", &["CLIENT", "APPSRV", "OBEX", "HTTP"]),
    ("AAUTHTYPE", &["DIGEST", "BASIC", "DIGEST,BASIC", "HMAC", "HTTP-BASIC"]),
    ("AAUTHNAME", &["n"]),
    ("AAUTHSECRET", &["p"]),
    ("AAUTHDATA", &["bm9uY2U=", "nonce"]),
    ("AUTHTYPE", &["PAP", "CHAP"]),
    ("AUTHNAME", &["n"]),
    ("AUTHSECRET", &["p"]),
    ("COUNTRY", &["262"]),
    ("NETWORK", &["02"]),
    ("VALIDUNTIL", &["1700000000"]),
    ("PXAUTH-TYPE", &["HTTP-BASIC"]),
    ("PXAUTH-ID", &["n"]),
    ("PXAUTH-PW", &["p"]),
    ("PHYSICAL-PROXY-ID", &["x"]),
    ("PXADDR", &["10.0.0.2"]),
    ("PXADDRTYPE", &["IPV4"]),
    ("TO-NAPID", &["N1", "N2"]),
    ("URI", &["http://x"]),
    ("NAME", &["x"]),
];

#[test]
fn smoke() {
    crate::smoke(2000, run);
}
