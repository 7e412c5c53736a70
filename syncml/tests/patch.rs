//! Edits of messages in WBXML by [`wbxml::Patch`]: the octets outside of an edit stay, and what the message says differs
//! in the edit alone. Every leaf's data, every status code, every item and every command, one at a time, of our own
//! messages and those of the corpus.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::ops::Range;
use support::{Said, said_by, said_by_command};
use syncml::{Command, Item, MessageReader, Meta, Request};
use wbxml::vocabulary::syncml::{ALL, SYNCML_1_2};
use wbxml::{Encode, Options, Patch, Site, SiteKind};

/// A text that no message has.
const MARK: &str = "put here by a test";

fn patch(document: &[u8]) -> Patch<'_> {
    Patch::new(document, Options::new().vocabularies(&ALL).assume(&SYNCML_1_2)).unwrap()
}

/// The names of an element, of that around it and so on.
fn path(patch: &Patch<'_>, site: Site) -> Vec<String> {
    let mut path = Vec::new();
    let mut next = Some(site);
    while let Some(site) = next {
        path.push(patch.name(site).unwrap_or_default().into_owned());
        next = patch.parent(site);
    }
    path
}

fn is_below(path: &[String], names: &[&str]) -> bool {
    path.len() >= names.len() && path.iter().zip(names).all(|(name, expected)| name == expected)
}

/// What a message says, in one text.
fn all(said: &Said) -> String {
    let header = said.header.as_deref().unwrap_or("no header");
    format!("{header}\n{}\nFinal: {}", said.commands.join("\n"), said.is_final)
}

/// Whether the octets in front of `span` and behind it are as they were; how many stand between them.
fn middle(context: &str, document: &[u8], edited: &[u8], span: &Range<usize>) -> usize {
    let rest = edited.strip_prefix(&document[..span.start]);
    let rest = rest.unwrap_or_else(|| panic!("{context}: what stands in front of octet {}", span.start));
    let middle = rest.strip_suffix(&document[span.end..]);
    middle.unwrap_or_else(|| panic!("{context}: what stands behind octet {}", span.end)).len()
}

#[derive(Debug, Default)]
struct Counts {
    messages: usize,
    data: usize,
    codes: usize,
    items: usize,
    commands: usize,
}

/// The text at `site` becomes another one.
fn check_text(name: &str, document: &[u8], before: &str, patch: &Patch<'_>, site: Site) {
    let span = patch.span(site).unwrap();
    let is_text = patch.text(site).unwrap().to_cow().is_ok();
    let mut patch = patch.clone();
    patch.set_text(site, MARK).unwrap();
    let edited = patch.finish().unwrap();
    // STR_I, the text, its end
    assert_eq!(middle(name, document, &edited, &span), MARK.len() + 2, "{name}");

    let after = all(&said_by(&edited).unwrap());
    let (mut front, mut back) = after.split_once(MARK).unwrap_or_else(|| panic!("{name} at {span:?}: {after}"));
    if !is_text {
        // octets are not said in quotes
        (front, back) = (front.strip_suffix("Text(\"").unwrap(), back.strip_prefix("\")").unwrap());
    }
    assert!(before.starts_with(front) && before.ends_with(back), "{name} at {span:?}:\n{before}\n{after}");
    assert!(front.len() + back.len() <= before.len(), "{name} at {span:?}");
}

/// The item at `site` goes.
fn check_deletion(name: &str, document: &[u8], before: &str, patch: &Patch<'_>, site: Site) {
    let span = patch.span(site).unwrap();
    let mut patch = patch.clone();
    patch.delete(site).unwrap();
    let edited = patch.finish().unwrap();
    // nothing, or the page that what stands behind relies on
    assert!(matches!(middle(name, document, &edited, &span), 0 | 2), "{name}");

    let after = all(&said_by(&edited).unwrap());
    let gone = before.len() - after.len();
    let same = before.bytes().zip(after.bytes()).take_while(|(before, after)| before == after).count();
    assert_eq!(before.as_bytes()[same + gone..], after.as_bytes()[same..], "{name} at {span:?}:\n{before}\n{after}");
    let [items, left] = [before, &after].map(|said| said.matches("\n  Item ").count());
    assert_eq!(items, left + 1, "{name} at {span:?}");
}

/// A command comes in front of the one at `site`, and behind it.
fn check_insertion(name: &str, document: &[u8], before: &str, patch: &Patch<'_>, site: Site) {
    let item = Item::leaf("./Vendor/Example", Meta::of_data("chr", "text/plain"), MARK);
    let command = Command::Replace(Request::of_item("9999", item));
    let said = format!("{}\n", said_by_command(&command).unwrap());
    let span = patch.span(site).unwrap();
    for is_behind in [false, true] {
        let mut patch = patch.clone();
        let place = if is_behind {
            patch.insert_after(site, |out| command.encode(out)).unwrap();
            span.end
        } else {
            patch.insert_before(site, |out| command.encode(out)).unwrap();
            span.start
        };
        let edited = patch.finish().unwrap();
        assert!(middle(name, document, &edited, &(place..place)) > MARK.len(), "{name}");

        let after = all(&said_by(&edited).unwrap());
        let (front, back) = after.split_once(&said).unwrap_or_else(|| panic!("{name} at {place}: {after}"));
        assert_eq!(format!("{front}{back}"), before, "{name} at {place}");
    }
}

fn check(name: &str, document: &[u8], counts: &mut Counts) {
    const COMMANDS: [&str; 10] =
        ["Add", "Alert", "Copy", "Delete", "Exec", "Get", "Put", "Replace", "Results", "Status"];
    let Ok(said) = said_by(document) else { return };
    let (before, patch) = (all(&said), patch(document));
    counts.messages += 1;
    for site in patch.sites() {
        let path = path(&patch, site);
        if site.kind() == SiteKind::Text && is_below(&path, &["", "Data", "Item"]) {
            check_text(name, document, &before, &patch, site);
            counts.data += 1;
        } else if site.kind() == SiteKind::Text && is_below(&path, &["", "Data", "Status"]) {
            check_text(name, document, &before, &patch, site);
            counts.codes += 1;
        } else if is_below(&path, &["Item"]) && path.get(1).is_some_and(|name| COMMANDS.contains(&&name[..])) {
            check_deletion(name, document, &before, &patch, site);
            counts.items += 1;
        } else if path.first().is_some_and(|name| COMMANDS.contains(&&name[..])) && is_below(&path[1..], &["SyncBody"])
        {
            check_insertion(name, document, &before, &patch, site);
            counts.commands += 1;
        }
    }
}

#[test]
fn fixtures() {
    let mut counts = Counts::default();
    for fixture in support::fixtures("hex") {
        check(&fixture.name, &fixture.octets, &mut counts);
    }
    for fixture in support::fixtures("xml") {
        let octets = support::to_wbxml(MessageReader::parse(&fixture.octets).unwrap()).unwrap();
        check(&fixture.name, &octets, &mut counts);
    }
    println!("{counts:?}");
    assert!(counts.data > 0 && counts.codes > 0 && counts.items > 0 && counts.commands > 0);
}

#[test]
fn corpus() {
    let mut counts = Counts::default();
    for document in ["syncml-dm/", "syncml-ds/", "misc/"].into_iter().flat_map(support::corpus) {
        if document.kind == "wbxml" {
            check(&document.path, &document.octets, &mut counts);
        }
    }
    println!("{counts:?}");
}
