//! Octets → octets, with edits.
//!
//! A patch without edits is the document. Whatever edits are made of a document that can be read, the result can be
//! read in the same way; an edit that is refused changes nothing.

use wbxml::{
    AttrStart, Emit, Event, Fragment, Limits, Options, Patch, PatchError, Reader, Site, Start, Tag, WriteError,
};

use crate::choices::Choices;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let options = choices.options().limits(Limits::NONE);
    // octets behind the body stay, and an edit in front of them may make them something else
    let options = if choices.one_in(4) && reads(document, options) { options.lenient(&()) } else { options };
    let Ok(mut patch) = Patch::new(document, options) else {
        assert!(!reads(document, options), "a document that can be read cannot be patched");
        return;
    };
    let sites: Vec<Site> = patch.sites().collect();
    for &site in &sites {
        let span = patch.span(site).unwrap();
        assert!(span.start < span.end && span.end <= document.len());
        assert!(patch.at(span.start).is_some());
        let _ = (patch.name(site), patch.parent(site), patch.opaque(site));
        if let Some(text) = patch.text(site) {
            let _ = text.to_string();
        }
    }
    match patch.clone().finish() {
        Ok(result) => assert_eq!(result, document, "a patch without edits"),
        // text is no root, but all that a document of version 1.0 needs
        Err(error) => assert!(sites.is_empty() && matches!(error, PatchError::Root(_)), "{error}"),
    }
    if sites.is_empty() {
        return;
    }
    let mut made = Vec::new();
    for _ in 0..=choices.below(6) {
        let site = choices.from(&sites);
        let what = choices.below(12);
        let before = patch.clone();
        match edit(&mut patch, site, what, &mut choices) {
            Ok(()) => made.push((what, site)),
            Err(error) => assert_eq!(patch.clone().finish(), before.finish(), "{error} changed something"),
        }
    }
    match patch.finish() {
        Ok(result) => assert!(reads(&result, options), "{made:?} give {result:02X?}"),
        Err(error) => assert!(matches!(error, PatchError::Root(_)), "{made:?}: {error}"),
    }
}

fn edit<'a>(patch: &mut Patch<'a>, site: Site, what: usize, choices: &mut Choices) -> Result<(), PatchError> {
    let mut seed = choices.clone();
    choices.below(2);
    let text = seed.from(&["", "x", "äöü €", "\u{1F600}", "a string that is longer than others", "nul\0"]);
    let name = seed.from(&["name", "value", "colour", "size", "ab", ""]);
    let write = |out: &mut Fragment<'a>| fragment(out, &mut seed);
    match what {
        0 | 1 => patch.replace(site, write),
        2 => patch.delete(site),
        3 => patch.insert_before(site, write),
        4 => patch.insert_after(site, write),
        5 => patch.prepend(site, write),
        6 => patch.append(site, write),
        7 => patch.set_content(site, write),
        8 => patch.set_text(site, text),
        9 => patch.set_opaque(site, text.as_bytes()),
        _ => patch.set_attribute(site, name, text),
    }
}

/// Elements, texts and octets by chance, not all of them whole.
fn fragment(out: &mut Fragment<'_>, choices: &mut Choices) -> Result<(), WriteError> {
    let mut open = 0_usize;
    for _ in 0..choices.below(5) {
        match choices.below(7) {
            0 => {
                let tag = Tag::new(choices.below(3) as u8, 0x05 + choices.below(4) as u8);
                out.start(Start::new(tag).without_content())?;
            }
            1 => {
                out.start(Start::new(Tag::new(choices.below(2) as u8, 0x06)))?;
                open += 1;
            }
            2 => {
                let name = choices.from(&["name", "colour", "b"]);
                out.start_named(name, Start::new(Tag::LITERAL).with_attributes())?;
                out.attribute(choices.from(&["value", "c"]), "z")?;
                out.attributes_end()?;
                open += 1;
            }
            3 => {
                out.start(Start::new(Tag::new(0, 0x07)).with_attributes().without_content())?;
                out.unnamed_attribute(AttrStart::new(choices.below(3) as u8, 0x09), "v")?;
                out.attributes_end()?;
            }
            4 => out.text(choices.from(&["", "t", "ä€"]))?,
            5 => out.opaque(b"\x00\xFF")?,
            _ if open > 0 => {
                out.end()?;
                open -= 1;
            }
            _ => {}
        }
    }
    // one in eight is left open, and has to be refused
    if open > 0 && choices.one_in(8) {
        return Ok(());
    }
    (0..open).try_for_each(|_| out.end())
}

fn reads(document: &[u8], options: Options<'_>) -> bool {
    let Ok(mut reader) = Reader::new(document, options) else { return false };
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[test]
fn smoke() {
    crate::smoke(3000, run);
}
