//! A device description in the official style, with other names, makes the same account without a line of code.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

use poc_mo::profile::{DdfNames, Mismatch, PROVISIONAL, Profile};
use poc_mo::{DmForm, Field, PocAccount, PocSettings};
use syncml::dm::mgmt_tree::MgmtTree;
use syncml::{Location, MessageWriter, SyncHdr};
use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};

const DDF: &[u8] = include_bytes!("data/poc-other-names.ddf");

fn account() -> PocAccount {
    let mut settings = PocSettings::new();
    settings.apply_cp(include_bytes!("data/poc-cp.wbxml")).unwrap();
    settings.accounts().next().unwrap().clone()
}

/// What each setting is called in the description.
const NAMES: [(Field, &str); 15] = [
    (Field::AppId, "App_ID"),
    (Field::Name, "ServiceName"),
    (Field::ProviderId, "ProviderID"),
    (Field::ConRef, "ConRefs/*/ConRef"),
    (Field::AppRef, "AppRefs/*/AppRef"),
    (Field::PreEstablishedSessions, "Pre_Established_Session_Support"),
    (Field::MaxSimultaneousSessions, "Simultaneous_Sessions"),
    (Field::MaxAdhocGroupSize, "Max_AdHoc_Participants"),
    (Field::ConferenceFactoryUri, "Conf_Factory_URI"),
    (Field::ExploderUri, "Exploder_Address"),
    (Field::ConferenceUriTemplate, "Group_URI_Template"),
    (Field::T10, "Timers/Release_T10"),
    (Field::T11, "Timers/Request_T11"),
    (Field::T13, "Timers/Media_T13"),
    (Field::ServerPresence, "Presence_Publication"),
];

#[test]
fn every_setting_finds_its_leaf() {
    let names = DdfNames::new(&MgmtTree::parse(DDF).unwrap(), &PROVISIONAL);
    assert_eq!(names.object_id(), Some("urn:oma:mo:oma_poc:2.1"));
    assert_eq!(names.mismatches(), [Mismatch::Leaf(String::from("MediaBurst"))]);
    let rows = names.rows(&PROVISIONAL);
    for (field, name) in NAMES {
        let row = rows.iter().find(|row| row.field == field).unwrap();
        assert_eq!(row.dm.name, name);
        assert!(row.dm.is_confirmed, "{name}");
    }
}

#[test]
fn the_account_goes_through_the_other_names_and_back() {
    let names = DdfNames::new(&MgmtTree::parse(DDF).unwrap(), &PROVISIONAL);
    let rows = names.rows(&PROVISIONAL);
    let profile = Profile { rows: &rows, ..PROVISIONAL };
    let account = account();
    let form = DmForm::new(&account, &profile, "./PoC/Harbour", names.object_id().unwrap()).unwrap();
    assert_eq!(form.losses(), []);
    assert_eq!(form.unconfirmed(), []);
    let provisional = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", names.object_id().unwrap()).unwrap();
    assert_eq!(provisional.unconfirmed(), Field::ALL);
    let header = SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.example"));
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header).unwrap();
    form.add().write_to(&mut message, "1").unwrap();
    message.finish(true).unwrap();
    assert!(octets.windows(18).any(|part| part == b"Timers/Request_T11"));

    let mut settings = PocSettings::with_profile(profile);
    settings.apply_dm(&octets).unwrap();
    assert_eq!(settings.accounts().collect::<Vec<_>>(), [&account]);
    // who does not know the names finds the account, and none of what they stand for
    let mut settings = PocSettings::new();
    settings.apply_dm(&octets).unwrap();
    assert_eq!(settings.accounts().next().unwrap().t11_ms, None);
}

#[test]
fn what_does_not_match_is_reported() {
    let tree = |names: &[&'static str]| {
        let mut builder = MgmtTree::builder();
        builder.start("Object");
        for name in names {
            builder.start(name).end();
        }
        builder.build()
    };
    // of two leaves that a setting could be, neither is; the object is none of the profile
    let names = DdfNames::new(&tree(&["ExploderA", "ExploderB", "Provider-ID"]), &PROVISIONAL);
    let expected: Vec<Mismatch> = core::iter::once(Mismatch::Object)
        .chain(Field::ALL.into_iter().filter(|field| *field != Field::ProviderId).map(Mismatch::Field))
        .chain(["ExploderA", "ExploderB"].map(|name| Mismatch::Leaf(String::from(name))))
        .collect();
    assert_eq!(names.mismatches(), expected);
    assert_eq!(DdfNames::new(&MgmtTree::builder().build(), &PROVISIONAL).mismatches().len(), 16);
}
