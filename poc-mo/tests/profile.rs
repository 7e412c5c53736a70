//! A device description in the official style, with other names, makes the same account without a line of code; and
//! what the rows of a profile say beside the names.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/accounts.rs"]
mod accounts;
mod support;

use poc_mo::object::Store;
use poc_mo::profile::{Access, DdfNames, Format, Mismatch, Names, Occurrence, PROVISIONAL, Profile, Row};
use poc_mo::{CpForm, Diff, DmForm, Edit, ErrorKind, Field, Loss, PocAccount, PocSettings, Rule};
use proptest::prelude::*;
use syncml::dm::mgmt_tree::{self, AccessType, AccessTypes, Description, MgmtTree};
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
    let octets = message(&account, &profile);
    assert!(octets.windows(18).any(|part| part == b"Timers/Request_T11"));

    let mut settings = PocSettings::with_profile(profile);
    settings.apply_dm(&octets).unwrap();
    assert_eq!(settings.accounts().collect::<Vec<_>>(), [&account]);
    // who does not know the names finds the account, and none of what they stand for
    let mut settings = PocSettings::new();
    settings.apply_dm(&octets).unwrap();
    assert_eq!(settings.accounts().next().unwrap().t11_ms, None);
}

/// Path, format, occurrence and access types of each node below the first one.
fn described(tree: &MgmtTree<'_>) -> Vec<(String, String, mgmt_tree::Occurrence, AccessTypes)> {
    let mut nodes = Vec::new();
    let mut way: Vec<String> = Vec::new();
    let mut walk = tree.walk();
    while let Some(node) = walk.next() {
        way.truncate(walk.depth());
        way.push(node.name().map_or_else(|| String::from("*"), |name| name.to_cow().unwrap().into_owned()));
        let properties = node.df_properties().unwrap();
        let format = properties.format.unwrap().as_str().to_owned();
        nodes.push((way.get(1..).unwrap().join("/"), format, properties.occurrence.unwrap(), properties.access));
    }
    nodes.remove(0);
    nodes.sort_by(|one, other| one.0.cmp(&other.0));
    nodes
}

/// All that a description says of the nodes goes into the profile, and comes out of it again.
#[test]
fn formats_occurrences_and_access_types_come_with_the_names() {
    let ddf = MgmtTree::parse(DDF).unwrap();
    let names = DdfNames::new(&ddf, &PROVISIONAL);
    let (rows, interiors) = (names.rows(&PROVISIONAL), names.interiors());
    let profile = Profile { rows: &rows, interiors: &interiors, ..PROVISIONAL };
    let again = profile.tree("./PoC", AccessTypes::EMPTY);
    let known = described(&ddf).into_iter().filter(|(path, ..)| path != "MediaBurst");
    assert_eq!(described(&again), known.collect::<Vec<_>>());
    let row = profile.row(Field::ConRef).unwrap();
    assert_eq!((row.format, row.occurrence), (Format::Chr, Occurrence::ZeroOrMore));
}

/// The rows say of each node what the reconstructed description beside this project says (PoC 1.0, 2.0 and 2.1).
#[test]
fn the_profile_is_the_reconstructed_description() {
    let Some(corpus) = support::corpus() else { return };
    let file = std::fs::read(corpus.join("poc/synthetic/oma_poc-RECONSTRUCTED.ddf.xml")).unwrap();
    let tree = PROVISIONAL.tree("./PoC", AccessTypes::EMPTY);
    assert_eq!(described(&tree), described(&MgmtTree::parse(&file).unwrap()));
    println!("{} nodes", described(&tree).len());
}

const OBJECT: &str = "urn:oma:mo:oma_poc:2.1";

/// What is not as described of an account in the tree, apart from what is left to vendors.
fn violations(account: &PocAccount, profile: &Profile<'_>) -> Vec<String> {
    let ddf = profile.tree("./PoC", AccessTypes::EMPTY);
    let description = Description::new(&ddf);
    let mut store = Store::new(&description);
    let form = DmForm::new(account, profile, "./PoC/Harbour", OBJECT).unwrap();
    store.load(&form.tree(), &form.target()).unwrap();
    let mut violations = Vec::new();
    store.check(|finding| violations.extend(finding.rule.is_violation().then(|| finding.to_string())));
    violations
}

#[test]
fn an_account_is_as_it_is_described() {
    assert_eq!(violations(&account(), &PROVISIONAL), [""; 0]);
    for row in PROVISIONAL.rows {
        let mut account = account();
        account.clear(row.field);
        let missing =
            format!("./PoC/Harbour/{}: it is missing, but is described to be there exactly once", row.dm.name);
        let expected = row.occurrence.is_required().then_some(missing);
        assert_eq!(violations(&account, &PROVISIONAL), expected.into_iter().collect::<Vec<_>>());
    }
}

proptest! {
    /// Of any account, what the description misses is what `validate` misses, and a number that is too large for one is
    /// too large for the other.
    #[test]
    fn description_and_validation_miss_the_same(account in accounts::account()) {
        let mut account = account;
        account.extensions.clear();
        let form = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", OBJECT).unwrap();
        let losses = form.losses().to_vec();
        for loss in losses {
            if let Loss::Field(field, _) = loss {
                account.clear(field);
            }
        }
        let mut expected: Vec<String> = account
            .validate(&PROVISIONAL)
            .iter()
            .filter_map(|finding| {
                let path = PROVISIONAL.row(finding.field).unwrap().dm.name;
                let said = match finding.rule {
                    Rule::Missing => "it is missing, but is described to be there exactly once",
                    Rule::TooLarge => "its value is none of the format: the data is no value of its format",
                    _ => return None,
                };
                Some(format!("./PoC/Harbour/{path}: {said}"))
            })
            .collect();
        let mut found = violations(&account, &PROVISIONAL);
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
    }
}

/// A truth may be a number or a text, and a number a text: it is written as the row says, and read all the same.
#[test]
fn a_value_is_written_in_the_format_of_its_row() {
    for (field, format, before, after) in [
        (Field::ServerPresence, Format::Int, "1", "0"),
        (Field::ServerPresence, Format::Bool, "true", "false"),
        (Field::ServerPresence, Format::Chr, "true", "false"),
        (Field::T11, Format::Chr, "5000", "6000"),
    ] {
        let with = |row: &Row<'static>| if row.field == field { Row { format, ..*row } } else { *row };
        let rows: Vec<_> = PROVISIONAL.rows.iter().map(with).collect();
        let profile = Profile { rows: &rows, ..PROVISIONAL };
        let (mut old, mut new) = (account(), account());
        for (account, value) in [(&mut old, before), (&mut new, after)] {
            account.clear(field);
            account.set(field, value).unwrap();
        }
        assert_eq!(violations(&old, &profile), [""; 0]);
        let Edit::Add(nodes) = DmForm::new(&old, &profile, "./PoC/Harbour", OBJECT).unwrap().add() else { panic!() };
        let path = profile.row(field).unwrap().dm.name;
        let node = nodes.iter().find(|node| node.uri.ends_with(path)).unwrap();
        assert_eq!((node.format, node.value.as_deref()), (format.as_str(), Some(before)));
        let diff = Diff::new(&old, &new, &profile, "./PoC/Harbour", OBJECT).unwrap();
        let [Edit::Replace(node)] = diff.edits() else { panic!("{diff:?}") };
        assert_eq!((node.format, node.value.as_deref()), (format.as_str(), Some(after)));
        assert_eq!(diff.losses(), []);
    }
}

/// Servers may do what the rows say, and what the device lets them do beyond; deeper nodes than accounts have are left
/// out, and a node on the way to several settings stands there once.
#[test]
fn a_description_is_made_of_any_rows() {
    let deep = ["d"; 17].join("/");
    let names = [(Field::T10, "Timers/T10"), (Field::Name, "Name"), (Field::T11, "Timers/T11"), (Field::T13, &*deep)];
    let rows: Vec<_> = names
        .iter()
        .map(|(field, name)| {
            let row = PROVISIONAL.row(*field).unwrap();
            Row { dm: poc_mo::profile::Name { name, ..row.dm }, ..*row }
        })
        .collect();
    let profile = Profile { rows: &rows, interiors: &[], ..PROVISIONAL };
    let tree = profile.tree("./PoC", AccessTypes::from_iter([AccessType::Delete]));
    let access = AccessTypes::from(Access::GET.with(Access::REPLACE).with(Access::DELETE));
    let get = AccessTypes::from(Access::GET.with(Access::DELETE));
    let node = |path: &str, format: &str, occurrence, access| (path.to_owned(), format.to_owned(), occurrence, access);
    assert_eq!(
        described(&tree),
        [
            node("Name", "chr", mgmt_tree::Occurrence::ZeroOrOne, get),
            node("Timers", "node", mgmt_tree::Occurrence::One, get),
            node("Timers/T10", "int", mgmt_tree::Occurrence::One, access),
            node("Timers/T11", "int", mgmt_tree::Occurrence::One, access),
        ]
    );
    assert_eq!(Access::from(access).to_string(), "Delete,Get,Replace");
}

/// A file is a description or a table, as it begins.
#[test]
fn a_file_is_read_as_what_it_is() {
    let from_ddf = DdfNames::new(&MgmtTree::parse(DDF).unwrap(), &PROVISIONAL);
    let corrected = from_ddf.correct(&PROVISIONAL);
    let wbxml = MgmtTree::parse(DDF).unwrap().to_wbxml().unwrap();
    for octets in [DDF, &[b"\xEF\xBB\xBF\r\n ", DDF.strip_prefix(XML).unwrap()].concat(), &wbxml] {
        let names = Names::read(octets, &PROVISIONAL).unwrap();
        assert_eq!(names.mismatches(), from_ddf.mismatches());
        assert_eq!(names.correct(&PROVISIONAL), corrected);
    }
    let table = corrected.profile().to_table().unwrap();
    let names = Names::read(table.as_bytes(), &PROVISIONAL).unwrap();
    assert_eq!(names.correct(&PROVISIONAL), corrected);
    let utf_16: Vec<u8> = "\u{FEFF}<MgmtTree/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for faulty in [&b"<MgmtTree><Node>"[..], b"\x03\x01", b"\x00", &utf_16] {
        let error = Names::read(faulty, &PROVISIONAL).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Dm(_)), "{error}");
    }
    let error = Names::read(b"wap-provisioningdoc", &PROVISIONAL).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Table { line: 1, .. }), "{error}");
}

const XML: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// What stands in front of the tree in the files of the Open Mobile Alliance, and could stand there (XML 1.0, 2.8):
/// a long comment, a document type with an internal subset, processing instructions.
#[test]
fn a_description_in_the_official_style_loads() {
    let text = str::from_utf8(DDF).unwrap();
    let (head, rest) = text.split_once("<!DOCTYPE").unwrap();
    assert!(head.contains("<!--") && head.len() > 3000, "a long comment stands in front");
    let subset = "[<?oma-dm-ddf-ver supported-versions=\"1.2\"?>]>";
    let (_, tree) =
        rest.split_once(subset).expect("a document type with a processing instruction in its internal subset");
    let expected = described(&MgmtTree::parse(DDF).unwrap());
    assert_eq!(expected.len(), 22);
    let public = "<!DOCTYPE MgmtTree PUBLIC \" -//OMA//DTD-DM-DDF 1.2//EN\" \"http://www.openmobilealliance.org/tech/DTD/DM_DDF-V1_2.dtd\"";
    let long = format!("<!-- {} -->", "no terms > of use < here ".repeat(20_000));
    for head in [
        String::new(),
        String::from("<!DOCTYPE MgmtTree>"),
        String::from("<!DOCTYPE MgmtTree[]>"),
        format!("{public}>{long}"),
        format!("{long}{public}{subset}"),
        format!("{public} {subset}{long}<?a b?>"),
        format!("{public} [ <!-- ]> ' --> <?x ]> \" ?> <!ENTITY e \"]>\"> <!ELEMENT a (b)> ] >"),
    ] {
        for declaration in
            ["", "<?xml version=\"1.0\"?>", "\u{FEFF}<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\r\n"]
        {
            let file = format!("{declaration}{head}{tree}");
            let read = MgmtTree::parse(file.as_bytes()).map_err(|error| format!("{error}: {}", &head)).unwrap();
            assert_eq!(described(&read), expected);
        }
    }
}

/// What of an account goes through a provisioning document and through the tree, with these names.
fn kept(account: &PocAccount, profile: &Profile<'_>) -> PocAccount {
    let mut account = account.clone();
    account.app_id = Some(String::from("ap0006"));
    loop {
        let dm = DmForm::new(&account, profile, "./PoC/Harbour", OBJECT).unwrap().losses().to_vec();
        let cp = CpForm::new(&account, profile).losses().to_vec();
        let Some(loss) = dm.into_iter().chain(cp).next() else { return account };
        match loss {
            Loss::Field(field, _) => account.clear(field),
            Loss::Reference { field: Field::ConRef, index, .. } => _ = account.con_refs.remove(index),
            Loss::Reference { index, .. } => _ = account.app_refs.remove(index),
            Loss::Extension { index, .. } => _ = account.extensions.remove(index),
            Loss::Node(_) => account.extensions.clear(),
            other => {
                assert_eq!(other, Loss::Order);
                account.extensions.clear();
            }
        }
    }
}

/// The message that adds an account.
fn message(account: &PocAccount, profile: &Profile<'_>) -> Vec<u8> {
    let header = SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.example"));
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header).unwrap();
    DmForm::new(account, profile, "./PoC/Harbour", OBJECT).unwrap().add().write_to(&mut message, "1").unwrap();
    message.finish(true).unwrap();
    octets
}

proptest! {
    /// Any account: by Client Provisioning, by Device Management under the names of the description, and back again.
    #[test]
    fn any_account_goes_through_the_other_names_and_back(account in accounts::account()) {
        let names = Names::read(DDF, &PROVISIONAL).unwrap();
        let corrected = names.correct(&PROVISIONAL);
        let profile = corrected.profile();
        let account = kept(&account, &profile);

        let form = CpForm::new(&account, &profile);
        let document = form.document().to_wbxml().unwrap();
        let mut phone = PocSettings::with_profile(profile);
        phone.apply_cp(&document).unwrap();
        let by_cp = phone.accounts().next().unwrap().clone();
        prop_assert_eq!(&by_cp, &account);

        let octets = message(&by_cp, &profile);
        let mut phone = PocSettings::with_profile(profile);
        phone.apply_dm(&octets).unwrap();
        let by_dm = phone.accounts().next().unwrap().clone();
        prop_assert_eq!(&by_dm, &account);
        prop_assert_eq!(phone.instances()[0].node.as_deref(), Some("PoC/Harbour"));

        // the same phone, whatever comes first
        let mut phone = PocSettings::with_profile(profile);
        phone.apply_cp(&document).unwrap();
        phone.apply_dm(&octets).unwrap();
        prop_assert_eq!(phone.accounts().count(), 1);
        let again = CpForm::new(&by_dm, &profile).document().to_wbxml().unwrap();
        prop_assert_eq!(again, document);
    }
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
