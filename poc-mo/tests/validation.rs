//! What is wrong with accounts: each rule alone. And accounts as JSON, both ways.
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

#[cfg(feature = "cli")]
#[path = "support/accounts.rs"]
mod accounts;

use poc_mo::profile::{Format, Occurrence, PROVISIONAL, Profile, Row};
use poc_mo::{Field, PocAccount, Rule};

fn right() -> PocAccount {
    let mut account = PocAccount::default();
    for (field, value) in [
        (Field::AppId, "AP0006"),
        (Field::Name, "Harbour radio"),
        (Field::ConRef, "PTT-NAP"),
        (Field::PreEstablishedSessions, "true"),
        (Field::MaxSimultaneousSessions, "0"),
        (Field::MaxAdhocGroupSize, "1"),
        (Field::ConferenceFactoryUri, "sip:conference@ptt.harbour.example;user=phone"),
        (Field::T10, "2000"),
        (Field::T11, "2147483647"),
        (Field::T13, "0"),
    ] {
        account.set(field, value).unwrap();
    }
    account
}

fn rules(account: &PocAccount) -> Vec<(Field, Rule)> {
    account.validate(&PROVISIONAL).iter().map(|finding| (finding.field, finding.rule)).collect()
}

#[test]
fn each_rule_is_found_alone() {
    assert_eq!(rules(&right()), []);
    let long = "x".repeat(33);
    let long_uri = format!("sip:{}", "x".repeat(253));
    for (field, value, rule) in [
        (Field::AppId, "w7", Rule::Application),
        (Field::AppId, "", Rule::Empty),
        (Field::Name, "", Rule::Empty),
        (Field::Name, &long, Rule::TooLong),
        (Field::ConRef, "", Rule::Empty),
        (Field::MaxAdhocGroupSize, "0", Rule::Zero),
        (Field::MaxSimultaneousSessions, "2147483648", Rule::TooLarge),
        (Field::T13, "4294967295", Rule::TooLarge),
        (Field::ExploderUri, "sip:", Rule::SipUri),
        (Field::ExploderUri, "sip:user@", Rule::SipUri),
        (Field::ExploderUri, "sip:a b", Rule::SipUri),
        (Field::ExploderUri, "sip:<a>", Rule::SipUri),
        (Field::ExploderUri, "tel:+4930123", Rule::SipUri),
        (Field::ExploderUri, "a.example", Rule::SipUri),
        (Field::ConferenceFactoryUri, &long_uri, Rule::TooLong),
    ] {
        let mut account = right();
        account.set(field, value).unwrap();
        assert_eq!(rules(&account), [(field, rule)], "{value}");
    }
    for uri in ["sip:a", "SIPS:a@b.example:5061;transport=tcp?x=%20", "sip:+49@[::1]"] {
        let mut account = right();
        account.set(Field::ExploderUri, uri).unwrap();
        assert_eq!(rules(&account), [], "{uri}");
    }
}

#[test]
fn what_clients_need_is_missed() {
    let missing = rules(&PocAccount::default());
    assert_eq!(missing.len(), 8);
    for (field, rule) in missing {
        assert_eq!(rule, Rule::Missing);
        let mut account = right();
        account.clear(field);
        assert_eq!(rules(&account), [(field, Rule::Missing)]);
    }
}

/// What is required, how many there may be and whether a node bounds a number, the rows say.
#[test]
fn the_rows_say_what_clients_need_and_take() {
    let profile = |field, row: &dyn Fn(&Row<'static>) -> Row<'static>| -> Vec<Row<'static>> {
        PROVISIONAL.rows.iter().map(|old| if old.field == field { row(old) } else { *old }).collect()
    };
    let found = |account: &PocAccount, rows: &[Row<'_>]| {
        let findings = account.validate(&Profile { rows, ..PROVISIONAL });
        findings.iter().map(|finding| (finding.field, finding.rule)).collect::<Vec<_>>()
    };
    let mut several = right();
    several.set(Field::ConRef, "NAP2").unwrap();
    assert_eq!(rules(&several), []);
    for occurrence in Occurrence::ALL {
        let rows = profile(Field::ConRef, &|row| Row { occurrence, ..*row });
        let expected = if occurrence.is_many() { vec![] } else { vec![(Field::ConRef, Rule::TooMany)] };
        assert_eq!(found(&several, &rows), expected);
        let rows = profile(Field::ExploderUri, &|row| Row { occurrence, ..*row });
        let expected = if occurrence.is_required() { vec![(Field::ExploderUri, Rule::Missing)] } else { vec![] };
        assert_eq!(found(&right(), &rows), expected);
    }
    let mut large = right();
    large.set(Field::T13, "4294967295").unwrap();
    let rows = profile(Field::T13, &|row| Row { format: Format::Chr, ..*row });
    assert_eq!(found(&large, &rows), []);
    // what has no row need not be there
    assert_eq!(PocAccount::default().validate(&Profile { rows: &[], ..PROVISIONAL }), []);
}

#[cfg(feature = "cli")]
mod json {
    use poc_mo::{Instance, Reference};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_stored_comes_back(account in accounts::account(), node in prop::option::of(any::<String>())) {
            let instance = Instance::new(account, node.as_deref());
            let text = serde_json::to_string(&instance).unwrap();
            let read: Instance = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, &instance);
            // references are equal wherever they stand
            let nodes = |list: &[Reference]| list.iter().map(|reference| reference.node.clone()).collect::<Vec<_>>();
            prop_assert_eq!(nodes(&read.account.con_refs), nodes(&instance.account.con_refs));
            prop_assert_eq!(nodes(&read.account.app_refs), nodes(&instance.account.app_refs));
        }
    }

    #[test]
    fn a_reference_is_a_string_or_has_a_node() {
        let read = |text: &str| serde_json::from_str::<Reference>(text).map(|reference| (reference.to, reference.node));
        let node = Some(String::from("ToConRef/1/ConRef"));
        for (text, expected) in [
            (r#""NAP""#, None),
            (r#""N\u0041P""#, None),
            (r#"{"to": "NAP"}"#, None),
            (r#"{"to": "NAP", "node": null}"#, None),
            (r#"{"node": "ToConRef/1/ConRef", "to": "NAP"}"#, node),
        ] {
            assert_eq!(read(text).unwrap(), (String::from("NAP"), expected), "{text}");
        }
        assert_eq!(serde_json::to_string(&Reference::new("NAP")).unwrap(), r#""NAP""#);
        for (text, expected) in [
            (r#"{"to": "NAP", "nod": "x"}"#, "unknown field `nod`"),
            (r#"{"node": "x"}"#, "missing field `to`"),
            (r#"{"to": 5}"#, "expected a string"),
            ("5", "expected a reference: a string, or a map of `to` and `node`"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
        for text in [r#"{"node": "P/Q"}"#, r#"{"account": {}, "nod": "P/Q"}"#] {
            assert!(serde_json::from_str::<Instance>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_account_is_read_as_it_is_written() {
        let mut account = right();
        account.extensions.push(poc_mo::Extension::new("Ext/Colour", Some("red")));
        account.extensions.push(poc_mo::Extension::new("INIT", None));
        let text = serde_json::to_string(&account).unwrap();
        assert_eq!(serde_json::from_str::<PocAccount>(&text).unwrap(), account);
        assert_eq!(serde_json::from_str::<PocAccount>("{}").unwrap(), PocAccount::default());
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_name() {
        for (text, key) in
            [(r#"{"t10_ms": 5, "t12_ms": 6}"#, "t12_ms"), (r#"{"extensions": [{"name": "A", "valeu": "x"}]}"#, "valeu")]
        {
            let error = serde_json::from_str::<PocAccount>(text).unwrap_err().to_string();
            assert!(error.contains(&format!("unknown field `{key}`")), "{error}");
        }
        for text in [r#"{"t10_ms": "5"}"#, r#"{"t10_ms": -1}"#, r#"{"con_refs": [5]}"#, r#"{"extensions": [{}]}"#] {
            assert!(serde_json::from_str::<PocAccount>(text).is_err(), "{text}");
        }
    }
}
