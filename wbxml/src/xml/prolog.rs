//! Which vocabulary an XML document says it has, before its root element is read: `DOCTYPE`, root name, root namespace.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::str;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::options::Options;
use crate::vocabulary::Vocabulary;

/// The vocabulary of a document: by public identifier, else by root element and namespace, else by root element alone,
/// else the assumed one.
///
/// What is wrong with the start of the document, the reader that reads it will say.
pub(super) fn vocabulary<'v>(document: &[u8], options: &Options<'v>) -> &'v Vocabulary<'v> {
    let mut parser = Reader::from_reader(document);
    let found = loop {
        match parser.read_event() {
            Ok(Event::DocType(doctype)) => {
                let named = public_id(&doctype)
                    .and_then(|id| options.find(|vocabulary| vocabulary.has_formal_public_id(id.as_bytes())));
                if named.is_some() {
                    break named;
                }
            }
            Ok(Event::Start(root) | Event::Empty(root)) => break by_root(&root, options),
            Ok(Event::Eof) | Err(_) => break None,
            Ok(_) => {}
        }
    };
    found.unwrap_or(options.assumed())
}

/// The public identifier in `name PUBLIC "…" "…" […]`, with blanks as in XML 1.0, 4.2.2: one is as good as many.
fn public_id(doctype: &[u8]) -> Option<Cow<'_, str>> {
    let text = str::from_utf8(doctype).ok()?;
    let (_, behind) = text.trim_start().split_once(|character: char| character.is_ascii_whitespace())?;
    let literal = behind.trim_start().strip_prefix("PUBLIC")?.trim_start();
    let quote = literal.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (id, _) = literal.get(1..)?.split_once(quote)?;
    // most have single blanks
    if id.split(' ').eq(id.split_ascii_whitespace()) {
        return Some(Cow::Borrowed(id));
    }
    let words: Vec<&str> = id.split_ascii_whitespace().collect();
    Some(Cow::Owned(words.join(" ")))
}

/// The vocabulary of this root element: by its namespace, where one has that, else by its name alone.
fn by_root<'v>(root: &BytesStart<'_>, options: &Options<'v>) -> Option<&'v Vocabulary<'v>> {
    let (name, prefix) = (root.local_name(), root.name().prefix());
    let name = str::from_utf8(name.as_ref()).ok()?;
    let declares = |key: &[u8]| match (prefix, key.strip_prefix(b"xmlns")) {
        (None, Some(rest)) => rest.is_empty(),
        (Some(prefix), Some([b':', rest @ ..])) => rest == prefix.as_ref(),
        _ => false,
    };
    let mut attributes = root.attributes();
    let declaration =
        attributes.with_checks(false).map_while(Result::ok).find(|attribute| declares(attribute.key.as_ref()));
    let namespace = declaration.as_ref().and_then(|declaration| str::from_utf8(&declaration.value).ok());
    let is_root = |vocabulary: &Vocabulary<'_>| vocabulary.root == name;
    let has_namespace = |vocabulary: &Vocabulary<'_>| {
        let page = namespace.and_then(|namespace| vocabulary.namespace_page(namespace));
        is_root(vocabulary) && page.is_some_and(|page| page.tag(name).is_some())
    };
    options.find(has_namespace).or_else(|| options.find(is_root))
}
