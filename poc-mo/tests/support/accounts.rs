//! Accounts of all kinds, for tests of every form.

use poc_mo::{Field, PocAccount};
use proptest::prelude::*;
use proptest::sample::select;

/// Texts that are hard to carry: empty, with markup, with white space at the ends, with control characters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z0-9:@. <>&\"']{0,12}",
        1 => select(vec!["", " ", " a ", "\t\r\n", "\u{0}", "a\u{1}b", "\u{FFFE}", "ü🚢", "]]>", "true", "7"]).prop_map(String::from),
        1 => any::<String>().prop_map(|text| text.chars().take(8).collect()),
    ]
}

/// Parts of names: those of settings, nodes that they stand in, and such that cannot be.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-cA-C]{1,2}",
        4 => select(vec![
            "T10", "T10Timer", "TO-NAPID", "APPID", "AppID", "NAME", "Name", "ToConRef", "ConRef", "ConRefs", "ToAppRef", "AppRef", "1", "2",
            "APPADDR", "PORT", "ADDR", "Ext", "Provider-ID", "INIT", "APPLICATION",
        ]).prop_map(String::from),
        1 => select(vec!["", " ", ".", "..", "*", "%41", "%2F", "%20", "a?b", "é", "\u{2}", "x y", "prop=ACL"]).prop_map(String::from),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => prop::collection::vec(part(), 1..4).prop_map(|parts| parts.join("/")),
        1 => (100_usize..150).prop_map(|depth| vec!["d"; depth].join("/")),
    ]
}

/// A value that a setting can have.
fn value(field: Field) -> BoxedStrategy<String> {
    match field {
        Field::AppId => select(vec!["ap0001", "ap0006", "AP0001", "w7", ""]).prop_map(String::from).boxed(),
        Field::PreEstablishedSessions | Field::ServerPresence => any::<bool>().prop_map(|is| is.to_string()).boxed(),
        Field::MaxSimultaneousSessions | Field::MaxAdhocGroupSize | Field::T10 | Field::T11 | Field::T13 => {
            any::<u32>().prop_map(|number| number.to_string()).boxed()
        }
        _ => text().boxed(),
    }
}

/// Settings, each with a value; of references several.
fn settings() -> impl Strategy<Value = Vec<(Field, String)>> {
    let one = |field: Field| {
        let many = if matches!(field, Field::ConRef | Field::AppRef) { 4 } else { 1 };
        prop::collection::vec(value(field), 0..=many)
            .prop_map(move |values| values.into_iter().map(|value| (field, value)).collect::<Vec<_>>())
    };
    Field::ALL.map(one).to_vec().prop_map(|settings| settings.concat())
}

/// An account: of PoC mostly, and with names in extensions that fit one form, several or none.
pub(crate) fn account() -> impl Strategy<Value = PocAccount> {
    let extension = (name(), prop::option::weighted(0.7, text()));
    let node = prop_oneof![
        2 => Just(None),
        1 => "[1-4]".prop_map(|number| Some(format!("ToConRef/{number}/ConRef"))),
        1 => "[1-4]".prop_map(|number| Some(format!("ConRefs/{number}/ConRef"))),
    ];
    (settings(), prop::collection::vec(extension, 0..6), prop::collection::vec(node, 4)).prop_map(
        |(settings, extensions, nodes)| {
            let mut account = PocAccount::default();
            for (field, value) in settings {
                account.set(field, &value).unwrap();
            }
            for (reference, node) in account.con_refs.iter_mut().zip(nodes) {
                reference.node = node;
            }
            account
                .extensions
                .extend(extensions.into_iter().map(|(name, value)| poc_mo::Extension::new(&name, value.as_deref())));
            account
        },
    )
}
