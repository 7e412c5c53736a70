//! Octets → trees, descriptions, device information, notifications, addresses → octets.
//!
//! What was read is the same when it is written and read again; a tree is beside itself, as its own description, without
//! an end; every text is an address or an access control list, or not.

use syncml::devinf::DevInf;
use syncml::dm::mgmt_tree::{Description, MgmtTree};
use syncml::dm::notification::{Notification, SyncList};
use syncml::dm::{Acl, Uri};
use wbxml::{Encode, Writer};

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    tree(input);
    device(input);
    notification(input);
    if let Ok(text) = core::str::from_utf8(input) {
        if let Ok(uri) = Uri::parse(text) {
            assert_eq!(Uri::parse(&uri.to_string()).as_ref(), Ok(&uri));
        }
        if let Ok(acl) = Acl::parse(text) {
            assert_eq!(Acl::parse(&acl.to_string()).as_ref(), Ok(&acl));
        }
    }
}

fn tree(input: &[u8]) {
    let Ok(tree) = MgmtTree::parse(input) else { return };
    for finding in Description::new(&tree).check(&tree).take(1000) {
        assert!(!finding.to_string().is_empty());
    }
    // octets that are no text in their charset, and names that no vocabulary has, can be read only
    if let Ok(octets) = tree.to_wbxml() {
        let again = MgmtTree::parse(&octets).expect("what was written can be read");
        assert_eq!(again.walk().count(), tree.walk().count());
        assert_eq!(again.to_wbxml().as_ref(), Ok(&octets), "the tree differs when it is written again");
    }
    if let Ok(text) = tree.to_xml() {
        let again = MgmtTree::parse(text.as_bytes()).expect("what was written can be read");
        assert_eq!(again.to_xml().as_ref(), Ok(&text), "the tree differs when it is written again");
    }
}

fn device(input: &[u8]) {
    let Ok(device) = DevInf::parse(input) else { return };
    let mut octets = Vec::new();
    if device.encode(&mut Writer::new(&mut octets, device.vocabulary()).expect("there is room")).is_ok() {
        let again = DevInf::parse(&octets).expect("what was written can be read");
        assert_eq!(again.data_stores().len(), device.data_stores().len());
    }
}

fn notification(input: &[u8]) {
    let Ok(notification) = Notification::parse(input) else { return };
    let mut octets = Vec::new();
    notification.write(&mut octets).expect("there is room");
    assert_eq!(octets, input, "a notification loses bits");
    if let Ok(list) = SyncList::parse(notification.unverified_trigger().body) {
        assert_eq!(list.iter().count(), list.len());
    }
}

#[test]
fn smoke() {
    // the octets to choose by are for other oracles
    crate::smoke(8000, |input| run(input.get(4..).unwrap_or_default()));
}
