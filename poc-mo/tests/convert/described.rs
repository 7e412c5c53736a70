//! What is converted is as the standard objects are described.

use alloc::collections::BTreeSet;

use poc_mo::convert::{self, Options};
use poc_mo::object::{Store, standard};
use poc_mo::profile::PROVISIONAL;
use poc_mo::syncml::dm::mgmt_tree::{AccessTypes, Description, MgmtTree, Rule};

use crate::model::Document;

/// The nodes that an object has to have and a document need not say, and why none is made up: object, node, reason. The
/// list may only shrink.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("DMAcc", "ServerID", "ProvCont, APPLICATION: PROVIDER-ID may be left out"),
    ("DMAcc", "AppAddr", "ProvCont, APPLICATION: APPADDR may be left out"),
    ("DMAcc", "AppAddr/*/Addr", "ProvCont, APPADDR: ADDR may be left out"),
    ("DMAcc", "AppAuth", "ProvCont, APPLICATION: APPAUTH may be left out"),
    ("DMAcc", "AppAuth/*/AAuthType", "ProvCont, APPAUTH: AAUTHTYPE may be left out"),
    ("SyncML/DMAcc", "Addr", "ProvCont, APPADDR: ADDR may be left out"),
    ("SyncML/DMAcc", "AddrType", "ProvCont, APPADDR: ADDRTYPE may be left out, and the leaf's default is not known"),
    ("SyncML/DMAcc", "ServerId", "ProvCont, APPLICATION: PROVIDER-ID may be left out"),
    ("NAP", "ID", "ProvCont, NAPDEF: one without NAPID is faulty, and has no name"),
    ("NAP", "Addr", "ProvCont, NAPDEF: NAP-ADDRESS may be left out"),
    ("NAP", "BearerType", "ProvCont, NAPDEF: BEARER may be left out, and any bearer is meant"),
    ("NAP", "AuthInfo/AuthType", "ProvCont, NAPAUTHINFO: one without AUTHTYPE is faulty"),
    ("Proxy", "ProxyId", "ProvCont, PXLOGICAL: one without PROXY-ID is faulty, and has no name"),
    ("Proxy", "Addr", "ProvCont, PXPHYSICAL: one without PXADDR is faulty, and there may be none"),
    ("Proxy", "AuthInfo/AuthType", "ProvCont, PXAUTHINFO: one without PXAUTH-TYPE is faulty"),
    ("IMS", "ConRefs", "TS 24.167, ConRefs: GSMA's documents may leave them out, and any access point is meant"),
    ("IMS", "ICSI_List/*/ICSI", "TS 24.167, ICSI: a list without one is faulty"),
    ("IMS", "LBO_P-CSCF_Address/*/Address", "TS 24.167, Address: one without it is faulty"),
    ("IMS", "LBO_P-CSCF_Address/*/AddressType", "TS 24.167, AddressType: one without it is faulty"),
    ("IMS", "PhoneContext_List/*/PhoneContext", "TS 24.167, PhoneContext: one without it is faulty"),
    ("IMS", "PhoneContext_List/*/Public_user_identity", "TS 24.167, Public_user_identity: one without it is faulty"),
];

/// The nodes that are missing, each with its object, in the places of `Options`.
fn missing(tree: &MgmtTree<'_>, of: &str) -> BTreeSet<(String, String)> {
    let objects = [
        standard::DM_ACC.tree("./DMAcc", AccessTypes::EMPTY),
        standard::DM_ACC_1_1_2.tree("", AccessTypes::EMPTY),
        standard::NAP.tree("./NAP", AccessTypes::EMPTY),
        standard::PROXY.tree("./Proxy", AccessTypes::EMPTY),
        standard::IMS.tree("./IMS", AccessTypes::EMPTY),
        standard::XDM.tree("./XDM", AccessTypes::EMPTY),
        standard::PRESENCE.tree("./Presence", AccessTypes::EMPTY),
        PROVISIONAL.tree("./PoC", AccessTypes::EMPTY),
    ];
    let description = Description::of(&objects);
    let mut store = Store::new(&description);
    store.load(tree, ".").unwrap_or_else(|error| panic!("{of}: {error}"));
    let mut missing = BTreeSet::new();
    store.check(|finding| {
        let path: Vec<&str> = finding.path.trim_start_matches("./").split('/').collect();
        let roots = ["DMAcc", "SyncML/DMAcc", "NAP", "Proxy", "IMS", "XDM", "Presence"];
        let root =
            roots.into_iter().find(|root| finding.path.trim_start_matches("./").starts_with(&format!("{root}/")));
        match (finding.rule, root) {
            (Rule::Missing(_), Some(root)) => {
                // below the node of the object; the names of those between are chosen at run time
                let is_number = |name: &str| name.bytes().all(|octet| octet.is_ascii_digit());
                let below = path.iter().skip(root.split('/').count() + 1);
                let below: Vec<&str> = below.map(|name| if is_number(name) { "*" } else { *name }).collect();
                missing.insert((root.to_owned(), below.join("/")));
            }
            // what a PoC account lacks, validation says
            (Rule::Missing(_), None) if path.first() == Some(&"PoC") => {}
            _ => panic!("{of}: {finding}"),
        }
    });
    missing
}

/// The tree is as described, but for nodes that are excused.
pub(crate) fn check(tree: &MgmtTree<'_>, of: &str) {
    for (object, node) in missing(tree, of) {
        assert!(EXCUSED.iter().any(|(known, path, _)| (*known, *path) == (&*object, &*node)), "{of}: {object}/{node}");
    }
}

/// A document that says the least leaves out exactly what is excused; interior nodes without parms, and leaves with a
/// default, are there.
#[test]
fn what_is_left_out_is_what_a_document_need_not_say() {
    let source = Document::of_lines(
        "NAPDEF\n NAME=x\n NAPAUTHINFO\n  AUTHNAME=x\nPXLOGICAL\n NAME=x\n PXAUTHINFO\n  PXAUTH-ID=x\n PORT\n  \
         SERVICE=x\nAPPLICATION\n APPID=w7\nAPPLICATION\n APPID=w7\n APPADDR\n  ADDRTYPE=IPV4\n APPAUTH\n  \
         AAUTHNAME=x\nAPPLICATION\n AppID=ap2001\n ICSI_List\n  ICSI_Resource_Allocation_Mode=1\n LBO_P-CSCF_Address\n  \
         Address=x\n LBO_P-CSCF_Address\n  AddressType=x\n PhoneContext_List\n  PhoneContext=x\n PhoneContext_List\n  \
         Public_user_identity=x\nAPPLICATION\n APPID=ap0003\nAPPLICATION\n APPID=ap0002",
    );
    let mut found = BTreeSet::new();
    for options in [Options::dm_1_2(), Options::dm_1_1_2()] {
        let objects = convert::to_dm(&source.build(), &options).unwrap();
        found.extend(missing(&objects.tree(), "the least"));
    }
    let excused = EXCUSED.iter().map(|(object, node, _)| ((*object).to_owned(), (*node).to_owned())).collect();
    assert_eq!(found, excused);
}
