//! Which vocabulary an XML document says it has, before its root element is read: `DOCTYPE`, root name, root namespace.

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
                if let Some(vocabulary) = public_id(&doctype).and_then(|id| by_public_id(id, options)) {
                    break Some(vocabulary);
                }
            }
            Ok(Event::Start(root) | Event::Empty(root)) => break by_root(&root, options),
            Ok(Event::Eof) | Err(_) => break None,
            Ok(_) => {}
        }
    };
    found.unwrap_or(options.assumed())
}

/// The public identifier in `name PUBLIC "…" "…" […]`.
fn public_id(doctype: &[u8]) -> Option<&str> {
    let text = str::from_utf8(doctype).ok()?;
    let (_, behind) = text.trim_start().split_once(|character: char| character.is_ascii_whitespace())?;
    let literal = behind.trim_start().strip_prefix("PUBLIC")?.trim_start();
    let quote = literal.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    literal.get(1..)?.split_once(quote).map(|(id, _)| id)
}

/// The vocabulary of this public identifier, in which blanks are as in XML 1.0, 4.2.2: one is as good as many.
fn by_public_id<'v>(id: &str, options: &Options<'v>) -> Option<&'v Vocabulary<'v>> {
    options.find(|vocabulary| {
        let (mut words, mut own) = (id.split_ascii_whitespace(), vocabulary.formal_public_id.split_ascii_whitespace());
        let is_same = own.all(|own| words.next().is_some_and(|word| word.eq_ignore_ascii_case(own)));
        !vocabulary.formal_public_id.is_empty() && is_same && words.next().is_none()
    })
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
