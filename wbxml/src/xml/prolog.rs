//! What an XML document says of its vocabulary before its root element is read: `DOCTYPE`, root name, root namespace.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use alloc::string::String;
use alloc::vec::Vec;

use crate::options::Options;
use crate::vocabulary::Vocabulary;

#[derive(Debug, Default)]
pub(super) struct Prolog {
    formal_public_id: Option<String>,
    root: String,
    namespace: String,
}

impl Prolog {
    /// Looks at the start of a document. What is wrong with it, the reader that reads it will say.
    pub(super) fn of(document: &[u8]) -> Self {
        let mut reader = Reader::from_reader(document);
        let mut prolog = Self::default();
        loop {
            match reader.read_event() {
                Ok(Event::DocType(doctype)) => prolog.formal_public_id = public_id(&doctype),
                Ok(Event::Start(start) | Event::Empty(start)) => {
                    prolog.root(&start);
                    return prolog;
                }
                Ok(Event::Eof) | Err(_) => return prolog,
                Ok(_) => {}
            }
        }
    }

    fn root(&mut self, start: &BytesStart<'_>) {
        let name = start.name();
        let declaration = match name.prefix() {
            Some(prefix) => [b"xmlns:", prefix.as_ref()].concat(),
            None => b"xmlns".to_vec(),
        };
        self.root = String::from_utf8_lossy(name.local_name().as_ref()).into_owned();
        if let Ok(Some(namespace)) = start.try_get_attribute(declaration) {
            self.namespace = String::from_utf8_lossy(&namespace.value).into_owned();
        }
    }

    /// The vocabulary of the document: by public identifier, else by root element and namespace, else by root element
    /// alone, else the assumed one.
    pub(super) fn vocabulary<'a>(&self, options: &Options<'a>) -> &'a Vocabulary<'a> {
        let by_id = |vocabulary: &Vocabulary<'a>| {
            self.formal_public_id.as_ref().is_some_and(|id| vocabulary.has_formal_public_id(id.as_bytes()))
        };
        let by_root = |vocabulary: &Vocabulary<'a>| vocabulary.root == self.root;
        let by_namespace = |vocabulary: &Vocabulary<'a>| {
            by_root(vocabulary)
                && vocabulary.namespace_page(&self.namespace).is_some_and(|page| page.tag(&self.root).is_some())
        };
        options
            .find(by_id)
            .or_else(|| options.find(by_namespace))
            .or_else(|| options.find(by_root))
            .unwrap_or(options.assumed())
    }
}

/// The public identifier in `name PUBLIC "…" "…" […]`, with blanks as in XML 1.0, 4.2.2.
fn public_id(doctype: &[u8]) -> Option<String> {
    let text = core::str::from_utf8(doctype).ok()?;
    let (_, behind) = text.trim_start().split_once(|character: char| character.is_ascii_whitespace())?;
    let literal = behind.trim_start().strip_prefix("PUBLIC")?.trim_start();
    let quote = literal.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (id, _) = literal.get(1..)?.split_once(quote)?;
    let words: Vec<&str> = id.split_ascii_whitespace().collect();
    Some(words.join(" "))
}
