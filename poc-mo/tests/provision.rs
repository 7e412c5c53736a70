//! What a server provisions, through every form and back: nothing differs but what the form has reported.
#![cfg(all(feature = "cp", feature = "dm", feature = "mac", feature = "xml"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

#[path = "support/accounts.rs"]
mod accounts;
#[path = "support/losses.rs"]
mod losses;

use alloc::collections::BTreeMap;

use losses::left;
use omacp::push::{ErrorKind as PushErrorKind, MediaType, Push, Reassembler, Reference, Sec};
use omacp::security::{Key, NetworkSecret};
use omacp::typed::Settings;
use omacp::{ProvisioningDoc, Unverified};
use poc_mo::convert::{self, LossKind, Options, Places, ServiceNames};
use poc_mo::profile::{PROVISIONAL, Profile};
use poc_mo::provision::push::{Secrets, SignedPush};
use poc_mo::provision::{Bootstrap, Device, DmProvisioning, Finding, Loss, ProvisionError, Provisioning, Update};
use poc_mo::{Edit, ErrorKind, Field, PocAccount, PocSettings, omacp, syncml};
use proptest::prelude::*;
use proptest::sample::select;
use syncml::dm::bootstrap::{Addition, BootstrapKey, ImsiSecret, Placement, additions};
use syncml::dm::mgmt_tree::{DfProperties, MgmtTree, NodeItems, NodeType, TndsObject};
use syncml::{Command, Location, MessageReader, MessageWriter, Request, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Limits, Text, Writer};

const IMEI: &str = "IMEI:490154203237518";
const SERVER: &str = "https://dm.harbour.example";
const IMSI: &str = "466923103145252";

const DEVICES: [(Device<'static>, Options<'static>); 2] =
    [(Device::dm_1_2(IMEI, SERVER), Options::dm_1_2()), (Device::dm_1_1_2(IMEI, SERVER), Options::dm_1_1_2())];

// --- what is provisioned ---

/// Names of access points: those of accounts too.
fn companions(names: Vec<String>) -> impl Strategy<Value = Vec<String>> {
    let names = prop::collection::vec(select(names), 0..4);
    let others = prop::sample::subsequence(
        vec![
            r#"<characteristic type="APPLICATION"><parm name="APPID" value="w7"/>
                <parm name="PROVIDER-ID" value="dm.harbour.example"/><parm name="TO-NAPID" value="N"/>
                <characteristic type="APPADDR"><parm name="ADDR" value="https://dm.harbour.example"/></characteristic>
                <characteristic type="APPAUTH"><parm name="AAUTHLEVEL" value="APPSRV"/>
                  <parm name="AAUTHNAME" value="boat"/></characteristic></characteristic>"#,
            r#"<characteristic type="APPLICATION"><parm name="APPID" value="w7"/>
                <parm name="PROVIDER-ID" value="dm.port.example"/></characteristic>"#,
            r#"<characteristic type="APPLICATION"><parm name="APPID" value="ap2001"/>
                <parm name="APPREF" value="IMS"/></characteristic>"#,
            r#"<characteristic type="PXLOGICAL"><parm name="PROXY-ID" value="P"/>
                <characteristic type="PXPHYSICAL"><parm name="PHYSICAL-PROXY-ID" value="1"/>
                  <parm name="PXADDR" value="10.0.0.1"/><parm name="TO-NAPID" value="N"/></characteristic>
              </characteristic>"#,
            r#"<characteristic type="X-VENDOR"><parm name="A"/><parm name="A" value=""/><parm name="A" value="b"/>
                <characteristic type="IN"><characteristic type="DEEP"/></characteristic></characteristic>"#,
        ],
        0..=5,
    );
    (names, others).prop_map(|(names, others)| {
        let points = names.iter().map(|name| {
            let name = wbxml_escaped(name);
            format!(
                r#"<characteristic type="NAPDEF"><parm name="NAPID" value="{name}"/><parm name="NAP-ADDRESS" value="ptt"/>
                </characteristic>"#
            )
        });
        others.into_iter().map(String::from).chain(points).collect()
    })
}

fn wbxml_escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => escaped.push(character),
            other => escaped += &format!("&#{};", u32::from(other)),
        }
    }
    escaped
}

/// Whether documents can hold the text (XML 1.0, 2.2).
fn is_text(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..))
}

fn with(accounts: Vec<PocAccount>, companions: &[String]) -> Provisioning {
    let xml = format!("<wap-provisioningdoc>{}</wap-provisioningdoc>", companions.concat());
    let mut provisioning = Provisioning::new(accounts);
    provisioning.add_document(&ProvisioningDoc::parse(xml.as_bytes()).unwrap(), &PROVISIONAL).unwrap();
    provisioning
}

/// Accounts of all kinds, some of them of one provider, and companions.
fn provisioning() -> impl Strategy<Value = Provisioning> {
    let provider =
        prop::option::weighted(0.7, select(vec!["ptt.harbour.example", "b", "..", ".", "*", "B", "a/b c", ""]));
    let accounts = prop::collection::vec((accounts::account(), provider), 0..4);
    accounts
        .prop_flat_map(|accounts| {
            let accounts: Vec<PocAccount> = accounts
                .into_iter()
                .map(|(mut account, provider)| {
                    if let Some(provider) = provider {
                        account.set(Field::ProviderId, provider).unwrap();
                    }
                    account
                })
                .collect();
            let refs =
                accounts.iter().flat_map(|account| account.con_refs.iter().map(|reference| reference.to.clone()));
            let names: Vec<String> = refs.filter(|to| is_text(to)).chain(["N", "M"].map(String::from)).collect();
            (Just(accounts), companions(names))
        })
        .prop_map(|(accounts, companions)| with(accounts, &companions))
}

fn account(settings: &[(Field, &str)]) -> PocAccount {
    let mut account = PocAccount::default();
    settings.iter().for_each(|(field, value)| account.set(*field, value).unwrap());
    account
}

// --- what is read ---

/// Whether the account that is read is the one of this number without what is lost of it.
fn check_account(provisioning: &Provisioning, number: usize, losses: &[Loss], read: &PocAccount) {
    let mut expected = provisioning.accounts[number].clone();
    let mut lost = Vec::new();
    let mut is_lossless = true;
    for loss in losses {
        match loss {
            Loss::Account { account, loss } if *account == number => lost.push(loss.clone()),
            Loss::Resolved { account, field, index, uri } if *account == number => {
                let is_con_ref = *field == Field::ConRef;
                let list = if is_con_ref { &mut expected.con_refs } else { &mut expected.app_refs };
                assert_ne!(&list[*index].to, uri);
                list[*index].to.clone_from(uri);
            }
            _ => continue,
        }
        is_lossless = false;
    }
    if is_lossless {
        assert_eq!(read, &provisioning.accounts[number]);
    } else {
        assert_ne!(read, &provisioning.accounts[number], "{losses:?}");
        assert_eq!(&left(&expected, &lost, read), read, "{losses:?}");
    }
}

fn check_accounts(provisioning: &Provisioning, losses: &[Loss], read: &PocSettings<'_>) {
    let is_gone = |number: usize| {
        losses
            .iter()
            .any(|loss| matches!(loss, Loss::Account { account, loss: poc_mo::Loss::Account } if *account == number))
    };
    let there: Vec<usize> = (0..provisioning.accounts.len()).filter(|number| !is_gone(*number)).collect();
    assert_eq!(read.accounts().count(), there.len(), "{losses:?}");
    for (number, account) in there.into_iter().zip(read.accounts()) {
        check_account(provisioning, number, losses, account);
    }
}

/// Nodes with format, type and value, and access control lists by address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Nodes {
    nodes: BTreeMap<String, (String, Option<String>, Option<String>)>,
    lists: BTreeMap<String, String>,
}

impl Nodes {
    fn add(&mut self, items: &mut NodeItems<'_, '_>) {
        let text = |text: Text<'_>| text.to_string();
        while let Some(item) = items.next_item().unwrap() {
            let value = item.data_text().map(text);
            let node = (item.meta.format.map(text).unwrap(), item.meta.type_.map(text), value);
            assert_eq!(self.nodes.insert(text(item.uri().unwrap()), node), None);
        }
    }

    fn add_lists(&mut self, items: &mut NodeItems<'_, '_>) {
        while let Some(item) = items.next_item().unwrap() {
            let uri = item.uri().unwrap().to_string().replace("?prop=ACL", "");
            assert_eq!(self.lists.insert(uri, item.data_text().unwrap().to_string()), None);
        }
    }

    fn of_tree(tree: &MgmtTree<'_>) -> Self {
        let mut nodes = Self::default();
        nodes.add(&mut tree.adds("."));
        nodes.add_lists(&mut tree.acl_replaces("."));
        nodes
    }

    /// Does what a message says, as strictly as a device does; `None` if that would refuse something.
    fn message(&mut self, octets: &[u8]) -> Option<()> {
        let text = |text: Text<'_>| text.to_string();
        let mut message = MessageReader::parse(octets).unwrap();
        while let Some(command) = message.next_command().unwrap() {
            let (Command::Add(request) | Command::Replace(request) | Command::Delete(request)) = command else {
                panic!("{command:?}")
            };
            for item in &request.items {
                let item = item.unwrap();
                let uri = text(item.uri().unwrap());
                let value = item.data_text().map(text);
                let node = || (item.meta.format.map(text).unwrap(), item.meta.type_.map(text), value.clone());
                match command {
                    Command::Add(_) => {
                        if self.nodes.contains_key(&uri) {
                            return None;
                        }
                        self.nodes.insert(uri, node());
                    }
                    Command::Replace(_) => match uri.strip_suffix("?prop=ACL") {
                        Some(uri) => {
                            self.nodes.get(uri)?;
                            self.lists.insert(uri.into(), value.unwrap());
                        }
                        None => *self.nodes.get_mut(&uri)? = node(),
                    },
                    _ => {
                        self.nodes.get(&uri)?;
                        let inside = format!("{uri}/");
                        let is_left = |other: &str| other != uri && !other.starts_with(&inside);
                        self.nodes.retain(|other, _| is_left(other));
                        self.lists.retain(|other, _| is_left(other));
                    }
                }
            }
        }
        self.lists.retain(|_, list| !list.is_empty());
        Some(())
    }

    fn messages(messages: &[Vec<u8>]) -> Self {
        let mut nodes = Self::default();
        messages.iter().for_each(|octets| nodes.message(octets).unwrap());
        nodes
    }

    /// What does not stand where accounts of PoC stand.
    fn beside_poc(mut self) -> Self {
        self.nodes.retain(|uri, _| !uri.starts_with("./PoC"));
        self.lists.retain(|uri, _| !uri.starts_with("./PoC"));
        self
    }
}

/// The addresses of the objects of a tree.
fn addresses(tree: &MgmtTree<'_>) -> Vec<String> {
    tree.nodes().map(|node| format!("{}/{}", node.path().unwrap(), node.name().unwrap())).collect()
}

fn settings_after<'o>(messages: impl IntoIterator<Item = &'o Vec<u8>>) -> PocSettings<'static> {
    let mut settings = PocSettings::new();
    messages.into_iter().for_each(|octets| _ = settings.apply_dm(octets).unwrap());
    settings
}

/// A message in WBXML.
fn message(write: impl FnOnce(&mut MessageWriter<Writer<'_, &mut Vec<u8>>>)) -> Vec<u8> {
    let header = SyncHdr::dm_1_2("1", "1", Location::new(IMEI), Location::new(SERVER));
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header).unwrap();
    write(&mut message);
    message.finish(true).unwrap();
    octets
}

/// A message with one serialised tree.
fn added(tree: &MgmtTree<'_>) -> Vec<u8> {
    let object = TndsObject::elements(tree).unwrap();
    let add = Command::Add(Request::of_item("1", object.item(".").unwrap()));
    let is_empty = tree.nodes().next().is_none();
    message(|message| {
        if !is_empty {
            message.command(&add).unwrap();
        }
    })
}

/// A message with these commands.
fn commands(edits: &[&Edit]) -> Vec<u8> {
    message(|message| edits.iter().for_each(|edit| edit.write_to(message, "1").unwrap()))
}

// --- forms ---

/// OMA-WAP-TS-ProvCont; OMA-WAP-TS-ProvBoot, 5.2.
fn check_cp(provisioning: &Provisioning) {
    let cp = provisioning.cp(&PROVISIONAL);
    let wbxml = cp.document().to_wbxml().unwrap();
    let xml = cp.document().to_xml().unwrap();
    for octets in [wbxml.as_slice(), xml.as_bytes()] {
        let document = ProvisioningDoc::parse(octets).unwrap();
        let mut settings = PocSettings::new();
        settings.apply_document(&document).unwrap();
        check_accounts(provisioning, cp.losses(), &settings);
        let again = Provisioning::of_document(&document, &PROVISIONAL).unwrap();
        assert_eq!(again.companions(), provisioning.companions());
        assert!(again.accounts.iter().eq(settings.accounts()));
    }
    let network = NetworkSecret::from_imsi(IMSI).unwrap();
    let secrets = Secrets::new().with_pin("12345").with_imsi(IMSI);
    for sec in [Sec::NETWPIN, Sec::USERPIN, Sec::USERNETWPIN, Sec::USERPINMAC] {
        let push = SignedPush::of_document(&wbxml, sec, &secrets).unwrap();
        assert_eq!(push.pin().is_some(), sec == Sec::USERPINMAC);
        let key = match sec {
            Sec::NETWPIN => Key::netwpin(&network),
            Sec::USERPIN => Key::userpin("12345").unwrap(),
            Sec::USERNETWPIN => Key::usernetwpin(&network, "12345").unwrap(),
            _ => Key::userpinmac(push.pin().unwrap()).unwrap(),
        };
        let datagram = reassembled(&push);
        let received = Push::parse(&datagram).unwrap();
        let message = Unverified::from_push(&received).unwrap();
        let document = message.verify(&key).unwrap();
        assert_eq!(document, cp.document());
        assert!(message.verify(&Key::userpin("54321").unwrap()).is_err());
    }
}

/// The push after its SMS have come in the wrong order.
fn reassembled(push: &SignedPush) -> Vec<u8> {
    for reference in [Reference::Short(7), Reference::Long(700)] {
        let mut phone = Reassembler::new();
        let mut whole = None;
        let segments = match push.segments(reference) {
            // a concatenation has 255 segments of 127 or 128 octets at most (3GPP TS 23.040, 9.2.3.24)
            Err(ProvisionError::Push(error)) if error.kind() == PushErrorKind::TooManySegments => {
                assert!(push.octets().len() > 255 * 127);
                continue;
            }
            segments => segments.unwrap(),
        };
        for user_data in segments.iter().rev() {
            assert!(user_data.len() <= 140);
            assert_eq!(whole, None);
            whole = phone.receive("+44770012345", user_data).unwrap();
        }
        assert_eq!(whole.unwrap().octets, push.octets());
    }
    push.octets().to_vec()
}

/// OMA-TS-DM_RepPro 1.2, `Add`, `Replace`; OMA-TS-DM-TNDS.
fn check_dm(provisioning: &Provisioning, device: &Device<'_>, options: &Options<'_>) {
    let dm = provisioning.dm(device).unwrap();
    let tree = dm.tree();
    let all = Nodes::of_tree(&tree);
    let small = provisioning.dm(&device.max_msg_size(4000)).unwrap();
    for messages in [dm.to_wbxml().unwrap(), dm.to_xml().unwrap(), small.to_wbxml().unwrap()] {
        check_accounts(provisioning, dm.losses(), &settings_after(&messages));
        assert_eq!(Nodes::messages(&messages), all);
    }
    let (wbxml, xml) = (tree.to_wbxml().unwrap(), tree.to_xml().unwrap());
    for octets in [wbxml.as_slice(), xml.as_bytes()] {
        let read = MgmtTree::parse(octets).unwrap();
        assert_eq!(Nodes::of_tree(&read), all);
        check_accounts(provisioning, dm.losses(), &settings_after([&added(&read)]));
    }
    check_companions(provisioning, device, options);
    check_bootstrap(provisioning, &all, &dm, device);
}

/// Companions come back as conversions say, where nothing is lost of them.
fn check_companions(provisioning: &Provisioning, device: &Device<'_>, options: &Options<'_>) {
    let alone = Provisioning::of_document(&provisioning.companions(), &PROVISIONAL).unwrap();
    let dm = alone.dm(device).unwrap();
    let is_lost = |loss: &Loss| matches!(loss, Loss::Companion(loss) if loss.kind() != LossKind::Unresolved);
    if !dm.losses().iter().any(is_lost) {
        let back = convert::to_cp(&dm.tree(), options).unwrap();
        let back = Provisioning::of_document(&back.document(), &PROVISIONAL).unwrap();
        assert_eq!(Settings::read(&back.companions()), Settings::read(&alone.companions()));
    }
}

/// OMA-TS-DM_Bootstrap 1.2, OMA DM profile: a device that puts each object where a server would have put it has the
/// same nodes.
fn check_bootstrap(provisioning: &Provisioning, all: &Nodes, dm: &DmProvisioning<'_>, device: &Device<'_>) {
    let bootstrap: Bootstrap<'_> = provisioning.bootstrap(device).unwrap();
    let octets = bootstrap.to_wbxml().unwrap();
    check_accounts(provisioning, bootstrap.losses(), &settings_after([&octets]));
    let mut nodes = Nodes::default();
    let mut message = MessageReader::parse(&octets).unwrap();
    let mut is_tree = false;
    while let Some(command) = message.next_command().unwrap() {
        for addition in additions(command) {
            let Addition::Object { target, object } = addition.unwrap() else { continue };
            assert_eq!(target.unwrap(), "./Inbox");
            let tree = object.tree(Limits::DEFAULT).unwrap();
            let names: Vec<String> = tree.nodes().map(|node| node.name().unwrap().to_string()).collect();
            let places = addresses(&dm.tree());
            let placed: Vec<_> = names.iter().zip(&places).map(|(from, to)| Placement { from, to }).collect();
            nodes.add(&mut tree.adds("./Inbox").placed(&placed));
            nodes.add_lists(&mut tree.acl_replaces("./Inbox").placed(&placed));
            is_tree = true;
        }
    }
    if !is_tree {
        nodes = Nodes::messages(core::slice::from_ref(&octets));
    }
    assert_eq!(&nodes, all);

    let secret = ImsiSecret::new(IMSI).unwrap();
    let secrets = Secrets::new().with_pin("12345").with_imsi(IMSI);
    for (sec, key) in [
        (Sec::NETWPIN, BootstrapKey::networkid(secret.octets())),
        (Sec::USERPIN, BootstrapKey::userpin(b"12345")),
        (Sec::USERNETWPIN, BootstrapKey::userpin_networkid(b"12345", secret.octets())),
    ] {
        let push = SignedPush::of_bootstrap(&octets, sec, &secrets).unwrap();
        let datagram = reassembled(&push);
        let received = Push::parse(&datagram).unwrap();
        assert_eq!(received.content_type.media_type, MediaType::SYNCML_DM_WBXML);
        let claimed = syncml::dm::bootstrap::Sec(received.content_type.sec().unwrap().value());
        let body = received.unverified_body();
        key.unwrap().verify(body, Some(claimed), received.content_type.mac()).unwrap();
        assert_eq!(body, octets);
    }
}

// --- updates ---

/// The device after the update has the new accounts but for the losses, and the companions.
fn check_update(old: &Provisioning, new: &Provisioning, device: &Device<'_>) {
    let before = old.dm(device).unwrap();
    let update = Update::new(old, new, device).unwrap();
    let first = before.to_wbxml().unwrap();
    for messages in [update.to_wbxml().unwrap(), update.to_xml().unwrap()] {
        let settings = settings_after(first.iter().chain(&messages));
        assert_eq!(settings.instances().len(), new.accounts.len());
        for (number, node) in update.nodes().enumerate() {
            let instances = settings.instances().iter();
            let mut own = instances.filter(|instance| instance.node.as_deref() == node.strip_prefix("./"));
            check_account(new, number, update.losses(), &own.next().unwrap().account);
        }
    }
    // companions are what they are on a device that has never had others, and all have their rights
    let mut after = Nodes::messages(&first);
    update.to_wbxml().unwrap().iter().for_each(|octets| after.message(octets).unwrap());
    let fresh = Nodes::of_tree(&new.dm(device).unwrap().tree());
    assert_eq!(after.clone().beside_poc(), fresh.clone().beside_poc());
    let lists = |nodes: &Nodes| nodes.lists.values().cloned().collect::<Vec<_>>();
    assert_eq!(lists(&after).len(), lists(&fresh).len());
    assert!(update.nodes().all(|node| after.nodes.contains_key(node)));
    // accounts of which nothing is lost are left alone
    let is_lossless = !new.dm(device).unwrap().losses().iter().any(|loss| matches!(loss, Loss::Account { .. }));
    assert!(!is_lossless || Update::new(new, new, device).unwrap().edits().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_from_a_document_differs_by_the_losses(provisioning in provisioning()) {
        check_cp(&provisioning);
    }

    #[test]
    fn what_is_read_from_objects_differs_by_the_losses(provisioning in provisioning()) {
        for (device, options) in &DEVICES {
            check_dm(&provisioning, device, options);
        }
    }

    #[test]
    fn an_update_leads_to_the_new_provisioning(old in provisioning(), new in provisioning(), keep in any::<[bool; 2]>()) {
        let mut new = new;
        if keep[0] {
            new.accounts.extend(old.accounts.iter().cloned());
        }
        if keep[1] {
            new.add_document(&old.companions(), &PROVISIONAL).unwrap();
        }
        for (device, _) in &DEVICES {
            check_update(&old, &new, device);
            check_update(&old, &Provisioning::default(), device);
        }
    }
}

// --- each rule ---

fn xml(text: &str) -> ProvisioningDoc<'_> {
    ProvisioningDoc::parse(text.as_bytes()).unwrap()
}

#[test]
fn what_is_referred_to_comes_first() {
    let document = xml(r#"<wap-provisioningdoc><characteristic type="ACCESS"/>
        <characteristic type="APPLICATION"><parm name="APPID" value="ap0003"/></characteristic>
        <characteristic type="APPLICATION"><parm name="APPID" value="ap0006"/></characteristic>
        <characteristic type="APPLICATION"><parm name="APPID" value="AP2001"/></characteristic>
        <characteristic type="NAPDEF"><parm name="NAPID" value="2"/></characteristic>
        <characteristic type="APPLICATION"><parm name="APPID" value="w7"/></characteristic>
        <characteristic type="PXLOGICAL"/>
        <characteristic type="NAPDEF"><parm name="NAPID" value="1"/></characteristic>
        <characteristic type="BOOTSTRAP"/></wap-provisioningdoc>"#);
    let provisioning = Provisioning::of_document(&document, &PROVISIONAL).unwrap();
    let cp = provisioning.cp(&PROVISIONAL);
    let document = cp.document();
    let names: Vec<String> = document
        .characteristics()
        .map(|characteristic| {
            let id = ["APPID", "NAPID"].iter().find_map(|parm| characteristic.value(parm));
            format!("{} {}", characteristic.type_(), id.map(|id| id.to_string()).unwrap_or_default())
        })
        .collect();
    let expected = [
        "BOOTSTRAP ",
        "NAPDEF 2",
        "NAPDEF 1",
        "PXLOGICAL ",
        "APPLICATION w7",
        "APPLICATION AP2001",
        "APPLICATION ap0003",
        "ACCESS ",
        "APPLICATION ap0006",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_document_that_cannot_be_kept_adds_nothing() {
    let deep = |levels: usize| {
        let (start, end) = (r#"<characteristic type="A">"#.repeat(levels), "</characteristic>".repeat(levels));
        format!("<wap-provisioningdoc>{start}{end}</wap-provisioningdoc>")
    };
    let poc = r#"<characteristic type="APPLICATION"><parm name="APPID" value="ap0001"/></characteristic>"#;
    type Case = (String, fn(&ProvisionError) -> bool);
    let cases: [Case; 6] = [
        (deep(16), |_| false),
        (deep(17), |error| matches!(error, ProvisionError::TooDeep { offset: 421 })),
        (deep(100), |error| matches!(error, ProvisionError::TooDeep { .. })),
        (
            format!(
                r#"<wap-provisioningdoc>{poc}<characteristic type="A"><noparm name="B"/></characteristic></wap-provisioningdoc>"#
            ),
            |error| matches!(error, ProvisionError::Dialect { offset } if *offset > 0),
        ),
        (
            format!(
                r#"<wap-provisioningdoc>{poc}<characteristic type="A"><parm name="B" value="1" datatype="integer"/></characteristic></wap-provisioningdoc>"#
            ),
            |error| matches!(error, ProvisionError::Dialect { offset } if *offset > 0),
        ),
        (
            String::from(
                r#"<wap-provisioningdoc><characteristic type="APPLICATION"><parm name="APPID" value="ap0001"/>
                <parm name="T10" value="soon"/></characteristic></wap-provisioningdoc>"#,
            ),
            |error| matches!(error, ProvisionError::Settings(error) if matches!(error.kind(), ErrorKind::Value { .. })),
        ),
    ];
    for (text, is_right) in cases {
        let mut provisioning = Provisioning::default();
        match provisioning.add_document(&xml(&text), &PROVISIONAL) {
            Ok(()) => assert!(provisioning != Provisioning::default(), "{text}"),
            Err(error) => {
                assert!(is_right(&error), "{error}: {text}");
                assert_eq!(provisioning, Provisioning::default());
            }
        }
    }
    // XML has no such characters, but WBXML may (WAP-192, 5.8.4.1)
    let mut builder = ProvisioningDoc::builder();
    builder.start("NAPDEF").parm("NAPID", "a\u{1}");
    let error = Provisioning::of_document(&builder.build(), &PROVISIONAL).unwrap_err();
    assert!(
        matches!(&error, ProvisionError::Settings(error) if matches!(error.kind(), ErrorKind::NotText(_))),
        "{error}"
    );
}

#[test]
fn accounts_and_document_are_validated() {
    let mut provisioning = Provisioning::new(vec![account(&[(Field::AppId, "ap0001"), (Field::ConRef, "N")])]);
    let dangling = |provisioning: &Provisioning| {
        let findings = provisioning.validate(&PROVISIONAL);
        assert!(findings.iter().any(|finding| matches!(finding, Finding::Account { account: 0, .. })));
        findings
            .iter()
            .filter(|finding| matches!(finding, Finding::Document { rule: omacp::validate::Rule::Dangling, .. }))
            .count()
    };
    assert_eq!(dangling(&provisioning), 1);
    let document = xml(
        r#"<wap-provisioningdoc><characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic></wap-provisioningdoc>"#,
    );
    provisioning.add_document(&document, &PROVISIONAL).unwrap();
    assert_eq!(dangling(&provisioning), 0);
}

#[test]
fn nodes_are_called_after_providers() {
    let providers = ["b", "B", "a/b c", "..", "", "*", "b"];
    let accounts = providers.map(|provider| account(&[(Field::AppId, "ap0001"), (Field::ProviderId, provider)]));
    let provisioning = Provisioning::new(accounts.to_vec());
    let nodes = |device: &Device<'_>| {
        let dm = provisioning.dm(device).unwrap();
        dm.nodes().map(String::from).collect::<Vec<_>>()
    };
    let names = ["b", "B-2", "a%2Fb%20c", "__", "APPLICATION", "_", "b-3"];
    assert_eq!(nodes(&DEVICES[0].0), names.map(|name| format!("./PoC/{name}")));
    let places = Places { poc: "Oma/PoC", ..Places::DM_1_2 };
    let others = DEVICES[0].0.at(places).node("./Oma/PoC/B-2");
    let names = ["B-2", "B", "a%2Fb%20c", "__", "APPLICATION", "_", "b-3"];
    assert_eq!(nodes(&others), names.map(|name| format!("./Oma/PoC/{name}")));
    let error = provisioning.dm(&DEVICES[0].0.node("A B")).unwrap_err();
    assert!(
        matches!(&error, ProvisionError::Settings(error) if matches!(error.kind(), ErrorKind::Address(_))),
        "{error}"
    );
}

/// The identifiers of the object in the order of the applications.
/// The objects of services have the names that the device has for them.
#[test]
fn services_have_the_names_of_the_device() {
    const XDM: &str = "urn:oma:mo:oma-xdm:2.0";
    let mut builder = MgmtTree::builder();
    builder.start("").path(".").df_properties(&DfProperties::default(), &[NodeType::DdfName(Text::new(XDM))]).end();
    let names = ServiceNames::new(&builder.build()).with(XDM, "XCAPRootURI", "Root");
    let service = r#"<characteristic type="APPLICATION"><parm name="APPID" value="ap0003"/>
        <parm name="APPREF" value="XDM"/><parm name="URI" value="https://x"/></characteristic>"#;
    let provisioning = with(Vec::new(), &[String::from(service)]);
    for (device, name) in [(DEVICES[0].0, "XCAPRootURI"), (DEVICES[0].0.service_names(&names), "Root")] {
        let dm = provisioning.dm(&device).unwrap();
        assert!(dm.tree().find(&format!("./XDM/XDM/{name}")).is_some(), "{:?}", dm.edits());
    }
}

#[test]
fn an_object_is_that_of_the_application() {
    let types = |device: &Device<'_>| -> Vec<String> {
        let accounts = ["ap0001", "AP0006", "w7"].map(|app_id| account(&[(Field::AppId, app_id)]));
        let dm = Provisioning::new(accounts.to_vec()).dm(device).unwrap();
        dm.edits()
            .iter()
            .map(|edit| match edit {
                Edit::Add(nodes) => nodes[0].type_.clone().unwrap(),
                edit => panic!("{edit:?}"),
            })
            .collect()
    };
    let [poc_1_0, poc_2_0, poc_2_1, _] = PROVISIONAL.object_ids else { panic!() };
    assert_eq!(types(&DEVICES[0].0), [*poc_1_0, poc_2_0, poc_1_0]);
    assert_eq!(types(&DEVICES[0].0.object_id(poc_2_1)), [*poc_2_1; 3]);
    let profile = Profile { object_ids: &[], ..PROVISIONAL };
    let error = Provisioning::new(vec![PocAccount::default()]).dm(&DEVICES[0].0.profile(profile)).unwrap_err();
    assert!(
        matches!(&error, ProvisionError::Settings(error) if matches!(error.kind(), ErrorKind::ObjectId(_))),
        "{error}"
    );
}

/// OMA-WAP-TS-ProvBoot, 4.2; OMA-TS-DM_Bootstrap 1.2, which has no `USERPINMAC`.
#[test]
fn a_method_of_protection_needs_its_secrets() {
    let none = Secrets::new();
    let (pin, imsi) = (none.with_pin("12345"), none.with_imsi(IMSI));
    let sign = [SignedPush::of_document, SignedPush::of_bootstrap];
    for (index, sign) in sign.into_iter().enumerate() {
        let error = |sec, secrets: &Secrets<'_>| sign(b"\x03", sec, secrets).unwrap_err();
        assert_eq!(error(Sec::USERPIN, &imsi), ProvisionError::NoPin(Sec::USERPIN));
        assert_eq!(error(Sec::NETWPIN, &pin), ProvisionError::NoImsi(Sec::NETWPIN));
        assert_eq!(error(Sec::USERNETWPIN, &pin), ProvisionError::NoImsi(Sec::USERNETWPIN));
        assert_eq!(error(Sec::USERNETWPIN, &imsi), ProvisionError::NoPin(Sec::USERNETWPIN));
        assert_eq!(error(Sec::new(9), &pin), ProvisionError::Method(Sec::new(9)));
        let method = error(Sec::USERPINMAC, &imsi);
        let expected = [ProvisionError::NoPin(Sec::USERPINMAC), ProvisionError::Method(Sec::USERPINMAC)];
        assert_eq!(method, expected[index]);
        error(Sec::NETWPIN, &none.with_imsi("12"));
        error(Sec::USERPIN, &none.with_pin(""));
    }
    let error = SignedPush::of_document(b"\x03", Sec::USERPINMAC, &none.with_pin("123")).unwrap_err();
    assert_eq!(error, ProvisionError::Key(omacp::security::KeyError::PinMac));
    // nothing is shown of secrets
    let push = SignedPush::of_document(b"\x03", Sec::USERPINMAC, &pin).unwrap();
    assert!(!format!("{pin:?}{push:?}").contains("12345"));
}

/// What gets the address of something that is withdrawn comes behind the withdrawal.
#[test]
fn an_address_is_free_before_it_is_given_away() {
    let places = Places { access_points: "./Shared", poc: "./Shared", ..Places::DM_1_2 };
    let device = DEVICES[0].0.at(places);
    let old = Provisioning::new(vec![account(&[(Field::AppId, "ap0001"), (Field::ProviderId, "N")])]);
    let point = r#"<wap-provisioningdoc><characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic></wap-provisioningdoc>"#;
    let new = Provisioning::of_document(&xml(point), &PROVISIONAL).unwrap();
    let update = Update::new(&old, &new, &device).unwrap();
    let [Edit::Delete(gone), Edit::Add(nodes)] = update.edits() else { panic!("{update:?}") };
    assert_eq!((&**gone, &*nodes[0].uri), ("./Shared/N", "./Shared/N"));
    let update = Update::new(&new, &old, &device).unwrap();
    let mut device_nodes = Nodes::messages(&new.dm(&device).unwrap().to_wbxml().unwrap());
    update.to_wbxml().unwrap().iter().for_each(|octets| device_nodes.message(octets).unwrap());
    assert_eq!(device_nodes.nodes["./Shared/N-2"].1.as_deref(), Some(PROVISIONAL.object_ids[0]));
}

/// Companions change node by node, and no command can be left out.
#[test]
fn companions_change_by_few_commands() {
    let document = |parms: &str, rest: &str| {
        let text = format!(
            r#"<wap-provisioningdoc><characteristic type="NAPDEF"><parm name="NAPID" value="N"/>{parms}</characteristic>{rest}
            </wap-provisioningdoc>"#
        );
        Provisioning::of_document(&xml(&text), &PROVISIONAL).unwrap()
    };
    let parm = |name: &str, value: &str| format!(r#"<parm name="{name}" value="{value}"/>"#);
    let server = r#"<characteristic type="APPLICATION"><parm name="APPID" value="w7"/><parm name="PROVIDER-ID" value="s"/></characteristic>"#;
    let acl = "Replace ./NAP/N?prop=ACL Delete=s&amp;Get=s&amp;Replace=s".replace("&amp;", "&");
    let cases: [(Provisioning, Provisioning, Vec<&str>); 6] = [
        (document("", ""), document("", ""), vec![]),
        (document(&parm("NAME", "a"), ""), document(&parm("NAME", "b"), ""), vec!["Replace ./NAP/N/Name b"]),
        (document(&parm("NAME", "a"), ""), document("", ""), vec!["Delete ./NAP/N/Name"]),
        (document("", ""), document(&parm("NAME", "b"), ""), vec!["Add ./NAP/N/Name"]),
        (
            document("", ""),
            document("", server),
            vec![&acl, "Add ./DMAcc/s", "Replace ./DMAcc/s?prop=ACL Delete=s&Get=s&Replace=s"],
        ),
        (document("", server), document("", ""), vec!["Replace ./NAP/N?prop=ACL ", "Delete ./DMAcc/s"]),
    ];
    for (old, new, expected) in cases {
        let update = Update::new(&old, &new, &DEVICES[0].0).unwrap();
        let shown = |edit: &Edit| match edit {
            Edit::Add(nodes) => format!("Add {}", nodes[0].uri),
            Edit::Replace(node) => format!("Replace {} {}", node.uri, node.value.as_deref().unwrap()),
            Edit::Delete(uri) => format!("Delete {uri}"),
        };
        assert_eq!(update.edits().iter().map(shown).collect::<Vec<_>>(), expected);
        let after = |edits: &[&Edit]| {
            let mut nodes = Nodes::messages(&old.dm(&DEVICES[0].0).unwrap().to_wbxml().unwrap());
            nodes.message(&commands(edits)).map(|()| nodes)
        };
        let all: Vec<&Edit> = update.edits().iter().collect();
        let result = after(&all);
        assert_eq!(result, Some(Nodes::of_tree(&new.dm(&DEVICES[0].0).unwrap().tree())));
        for dropped in 0..all.len() {
            let mut fewer = all.clone();
            fewer.remove(dropped);
            assert_ne!(after(&fewer), result, "{:?}", all[dropped]);
        }
    }
}

#[test]
fn losses_are_sentences() {
    let provisioning = with(
        vec![account(&[(Field::AppId, "w7")]), account(&[(Field::AppId, "ap0001"), (Field::ConRef, "N")])],
        &[
            r#"<characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic>"#.into(),
            r#"<characteristic type="ACCESS"/>"#.into(),
        ],
    );
    let shown = |losses: &[Loss]| losses.iter().map(ToString::to_string).collect::<Vec<_>>();
    let cp = provisioning.cp(&PROVISIONAL);
    assert_eq!(shown(cp.losses()), ["account 1: the account: its application is none of PoC"]);
    assert_eq!(cp.unconfirmed().count(), 0);
    let dm = provisioning.dm(&DEVICES[0].0).unwrap();
    let expected = [
        "ACCESS[1]: there is no counterpart, and it is lost",
        "account 2: con_refs, number 1: it is written as the address ./NAP/N",
    ];
    assert_eq!(shown(dm.losses()), expected);
    assert_eq!(dm.unconfirmed().collect::<Vec<_>>(), ["AppID", "ToConRef/*/ConRef"]);
}

#[cfg(feature = "cli")]
#[test]
fn settings_are_an_array_of_accounts_or_an_object() {
    let provisioning = with(
        vec![account(&[(Field::AppId, "ap0001")])],
        &[r#"<characteristic type="NAPDEF"><parm name="NAPID" value="N"/><parm name="INTERNET"/>
            <characteristic type="NAPAUTHINFO"><parm name="AUTHNAME" value=""/></characteristic></characteristic>"#
            .into()],
    );
    let value = serde_json::to_value(&provisioning).unwrap();
    let expected = serde_json::json!([{
        "type": "NAPDEF",
        "parms": [{"name": "NAPID", "value": "N"}, {"name": "INTERNET"}],
        "characteristics": [
            {"type": "NAPAUTHINFO", "parms": [{"name": "AUTHNAME", "value": ""}], "characteristics": []},
        ],
    }]);
    assert_eq!(value["companions"], expected);
    assert_eq!(serde_json::from_value::<Provisioning>(value).unwrap(), provisioning);
    let read = |text: &str| serde_json::from_str::<Provisioning>(text);
    assert_eq!(read(r#"[{"app_id": "ap0001"}]"#).unwrap().accounts, provisioning.accounts);
    // keys in any order, and what is empty left out
    let others = r#"{"companions": [{"characteristics": [{"type": "B"}], "parms": [{"name": "A"}], "type": "C"}]}"#;
    assert_eq!(read(others).unwrap().companions().characteristics().next().unwrap().parms().count(), 1);
    let deep = |levels: usize| {
        let (start, end) = (r#"{"type": "A", "characteristics": ["#.repeat(levels), "]}".repeat(levels));
        format!(r#"{{"companions": [{start}{end}]}}"#)
    };
    assert!(read(&deep(16)).is_ok());
    for (text, told) in [
        (deep(17), "more than 16 levels"),
        (r#"{"account": []}"#.into(), "unknown field `account`"),
        (r#"{"accounts": [], "accounts": []}"#.into(), "duplicate field `accounts`"),
        (r#"{"companions": [{}]}"#.into(), "missing field `type`"),
        (r#"{"companions": [{"type": "A", "type": "A"}]}"#.into(), "duplicate field `type`"),
        (r#"{"companions": [{"type": "A", "parm": []}]}"#.into(), "unknown field `parm`"),
        (
            r#"{"companions": [{"type": "A", "parms": [{"name": "B", "datatype": "c"}]}]}"#.into(),
            "unknown field `datatype`",
        ),
        (r#"{"companions": [{"type": "\u0001"}]}"#.into(), "documents cannot hold"),
        (r#"[{"timer": 1}]"#.into(), "unknown field `timer`"),
        ("3".into(), "an array of PoC accounts"),
    ] {
        let error = read(&text).unwrap_err().to_string();
        assert!(error.contains(told), "{text}: {error}");
    }
}

#[cfg(feature = "cli")]
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn settings_are_read_as_they_are_written(provisioning in provisioning()) {
        let text = serde_json::to_string(&provisioning).unwrap();
        let read: Provisioning = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read, provisioning);
    }
}
