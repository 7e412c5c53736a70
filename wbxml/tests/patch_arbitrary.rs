//! Any edits of any document: the result says what the document says with these edits made to its elements, and the
//! tokens that are left have the octets they had.

#![cfg(feature = "alloc")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use proptest::prelude::*;
use support::generate;
use support::patch::{Seen, seen};
use wbxml::{
    AttrStart, Emit, Event, Fragment, Options, Patch, PatchError, Reader, Site, SiteKind, Start, Tag, WriteError,
};

/// The string table of the documents: "ab" and "c".
const TABLE: &[u8] = b"ab\0c\0";

type Write = fn(&mut Fragment<'_>) -> Result<(), WriteError>;

/// What can be put into a document, and its octets at a place where both pages are 0.
const FRAGMENTS: &[(Write, &[u8])] = &[
    (|out| out.start(Start::new(Tag::new(0, 0x05)).without_content()), b"\x05"),
    (|out| out.start(Start::new(Tag::new(1, 0x05)).without_content()), b"\x00\x01\x05"),
    (
        |out| {
            out.start(Start::new(Tag::new(0, 0x06)).with_attributes().without_content())?;
            out.unnamed_attribute(AttrStart::new(1, 0x07), "v")?;
            out.attributes_end()
        },
        b"\x86\x00\x01\x07\x03v\0\x01",
    ),
    (|out| out.text("x"), b"\x03x\0"),
    (
        |out| {
            out.start(Start::new(Tag::new(2, 0x05)).with_attributes())?;
            out.unnamed_attribute(AttrStart::new(2, 0x05), "")?;
            out.attributes_end()?;
            out.start(Start::new(Tag::new(0, 0x07)).without_content())?;
            out.text("y")?;
            out.end()
        },
        b"\x00\x02\xC5\x00\x02\x05\x01\x00\x00\x07\x03y\0\x01",
    ),
    // "b" is the end of a string of the table
    (
        |out| {
            out.start_named("b", Start::new(Tag::LITERAL).with_attributes().without_content())?;
            out.attribute("c", "z")?;
            out.attributes_end()
        },
        b"\x84\x01\x04\x03\x03z\0\x01",
    ),
    (|_| Ok(()), b""),
];

/// An event with the page of an extension, and the octets of its token if they stood in the document.
type Said<'a> = (Event<'a>, u8, Option<&'a [u8]>);

/// A node of the document as the edits are made to it.
#[derive(Clone, Debug, Default)]
struct Node<'a> {
    before: Vec<Said<'a>>,
    after: Vec<Said<'a>>,
    /// What stands there, but for elements.
    own: Vec<Said<'a>>,
    element: Option<Element<'a>>,
}

#[derive(Clone, Debug)]
struct Element<'a> {
    start: Start,
    octets: &'a [u8],
    attributes: Vec<usize>,
    more: Vec<Said<'a>>,
    list_end: Option<Said<'a>>,
    first: Vec<Said<'a>>,
    content: Content<'a>,
    last: Vec<Said<'a>>,
    end: Option<Said<'a>>,
}

#[derive(Clone, Debug)]
enum Content<'a> {
    Old(Vec<usize>),
    New(Vec<Said<'a>>),
}

#[derive(Debug, Default)]
struct Model<'a> {
    nodes: Vec<Node<'a>>,
    roots: Vec<usize>,
    /// The nodes of elements, attributes and texts, in the order of the document.
    sites: Vec<usize>,
}

impl<'a> Model<'a> {
    fn new(document: &'a [u8], seen: &[Seen<'a>]) -> Self {
        let mut model = Self::default();
        let mut open: Vec<usize> = Vec::new();
        // the element or instruction whose list is read, and the attribute or text that a piece belongs to
        let (mut owner, mut run) = (None, None);
        for seen in seen {
            let said = (seen.event, seen.page, Some(&document[seen.span.clone()]));
            match seen.event {
                Event::Start(start) => {
                    run = None;
                    let element = Element {
                        start,
                        octets: said.2.unwrap(),
                        attributes: Vec::new(),
                        more: Vec::new(),
                        list_end: None,
                        first: Vec::new(),
                        content: Content::Old(Vec::new()),
                        last: Vec::new(),
                        end: None,
                    };
                    let at = model.add(&open, Node { element: Some(element), ..Node::default() }, true);
                    if start.has_content() {
                        open.push(at);
                    }
                    owner = start.has_attributes().then_some(at);
                }
                Event::AttributeStart(_) if owner.is_some() => {
                    let at = model.nodes.len();
                    model.nodes.push(Node { own: vec![said], ..Node::default() });
                    model.sites.push(at);
                    model.nodes[owner.unwrap()].element.as_mut().unwrap().attributes.push(at);
                    run = Some(at);
                }
                Event::AttributesEnd if owner.is_some() => {
                    model.nodes[owner.unwrap()].element.as_mut().unwrap().list_end = Some(said);
                    (owner, run) = (None, None);
                }
                Event::AttributesEnd => {
                    model.nodes[run.unwrap()].own.push(said);
                    run = None;
                }
                Event::Pi => run = Some(model.add(&open, Node { own: vec![said], ..Node::default() }, false)),
                Event::End => {
                    run = None;
                    model.nodes[open.pop().unwrap()].element.as_mut().unwrap().end = Some(said);
                }
                _ => match run {
                    Some(run) => model.nodes[run].own.push(said),
                    None => run = Some(model.add(&open, Node { own: vec![said], ..Node::default() }, true)),
                },
            }
        }
        model
    }

    fn add(&mut self, open: &[usize], node: Node<'a>, is_site: bool) -> usize {
        let at = self.nodes.len();
        self.nodes.push(node);
        if is_site {
            self.sites.push(at);
        }
        match open.last().map(|open| &mut self.nodes[*open].element.as_mut().unwrap().content) {
            Some(Content::Old(children)) => children.push(at),
            Some(Content::New(_)) => unreachable!(),
            None => self.roots.push(at),
        }
        at
    }

    fn said(&self) -> Vec<Said<'a>> {
        let mut said = Vec::new();
        self.roots.iter().for_each(|root| self.write(*root, &mut said));
        said
    }

    fn write(&self, at: usize, said: &mut Vec<Said<'a>>) {
        let node = &self.nodes[at];
        said.extend(&node.before);
        said.extend(&node.own);
        if let Some(element) = &node.element {
            let mut attributes: Vec<_> = element.attributes.iter().flat_map(|at| self.nodes[*at].own.clone()).collect();
            attributes.extend(&element.more);
            let mut content = element.first.clone();
            match &element.content {
                Content::Old(children) => children.iter().for_each(|child| self.write(*child, &mut content)),
                Content::New(new) => content.extend(new),
            }
            content.extend(&element.last);
            let has_content = element.start.has_content() || !content.is_empty();
            let mut start = Start::new(element.start.tag);
            start.literal = element.start.literal;
            start = if attributes.is_empty() { start } else { start.with_attributes() };
            start = if has_content { start } else { start.without_content() };
            said.push((Event::Start(start), 0, (start == element.start).then_some(element.octets)));
            if !attributes.is_empty() {
                said.extend(attributes);
                said.push(element.list_end.unwrap_or((Event::AttributesEnd, 0, None)));
            }
            if has_content {
                said.extend(content);
                said.push(element.end.unwrap_or((Event::End, 0, None)));
            }
        }
        said.extend(&node.after);
    }

    /// Makes an edit that the patch has accepted.
    fn edit(&mut self, site: usize, what: What, new: Vec<Said<'a>>) {
        let node = &mut self.nodes[self.sites[site]];
        match (what, &mut node.element) {
            (What::Replace | What::Delete, element) => {
                *element = None;
                node.own = new;
            }
            (What::Before, _) => node.before.extend(new),
            (What::After, _) => node.after.extend(new),
            (What::Prepend, Some(element)) => element.first.extend(new),
            (What::Append, Some(element)) => element.last.extend(new),
            (What::Content | What::Text, Some(element)) => element.content = Content::New(new),
            (What::Attribute, Some(element)) => element.more.extend(new),
            // the start of an attribute stays
            (What::Text, None) => {
                let is_attribute = matches!(node.own[0].0, Event::AttributeStart(_));
                node.own.truncate(usize::from(is_attribute));
                node.own.extend(new);
            }
            (what, None) => panic!("{what:?} of what is no element"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Replace,
    Delete,
    Before,
    After,
    Prepend,
    Append,
    Content,
    Text,
    Attribute,
}

const WHAT: [What; 9] = [
    What::Replace,
    What::Delete,
    What::Before,
    What::After,
    What::Prepend,
    What::Append,
    What::Content,
    What::Text,
    What::Attribute,
];

fn make(patch: &mut Patch<'_>, site: Site, what: What, fragment: usize) -> Result<(), PatchError> {
    let write = FRAGMENTS[fragment].0;
    match what {
        What::Replace => patch.replace(site, write),
        What::Delete => patch.delete(site),
        What::Before => patch.insert_before(site, write),
        What::After => patch.insert_after(site, write),
        What::Prepend => patch.prepend(site, write),
        What::Append => patch.append(site, write),
        What::Content => patch.set_content(site, write),
        What::Text => patch.set_text(site, "x"),
        // the name is at the end of a string of the table
        What::Attribute => patch.set_attribute(site, "b", "x"),
    }
}

type Call = (prop::sample::Index, What, prop::sample::Index);

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (any::<prop::sample::Index>(), prop::sample::select(&WHAT), any::<prop::sample::Index>());
    prop::collection::vec(call, 1..8)
}

/// Makes all edits that can be made; how many there were.
fn check(document: &[u8], calls: &[Call]) -> Result<usize, TestCaseError> {
    let mut patch = Patch::new(document, Options::new()).unwrap();
    let events = seen(document, Options::new()).unwrap();
    let header = *Reader::new(document, Options::new()).unwrap().header();
    let fragment = |octets: &[u8]| [&document[..header.len()], b"\x45", octets, b"\x01"].concat();
    let fragments: Vec<Vec<u8>> = FRAGMENTS.iter().map(|(_, octets)| fragment(octets)).collect();
    let (text, attribute) = (fragment(b"\x03x\0"), fragment(b"\x85\x04\x01\x03x\0\x01"));
    let events_of = |document, skip: usize| -> Vec<Said<'_>> {
        let seen = seen(document, Options::new()).unwrap();
        seen[skip..seen.len() - skip].iter().map(|seen| (seen.event, seen.page, None)).collect()
    };
    let mut model = Model::new(document, &events);
    let sites: Vec<Site> = patch.sites().collect();
    prop_assert_eq!(sites.len(), model.sites.len());
    let mut made = 0;
    for (site, what, new) in calls {
        let (site, new) = (site.index(sites.len()), new.index(FRAGMENTS.len()));
        match make(&mut patch, sites[site], *what, new) {
            Ok(()) => {
                let new = match what {
                    What::Delete => Vec::new(),
                    What::Text => events_of(&text, 1),
                    What::Attribute => events_of(&attribute, 2),
                    _ => events_of(&fragments[new], 1),
                };
                // an attribute of that name is given a new value
                let old =
                    (*what == What::Attribute).then(|| attribute_of_the_name(&model, model.sites[site])).flatten();
                match old {
                    Some(old) => {
                        model.nodes[old].own.truncate(1);
                        model.nodes[old].own.extend(&new[1..]);
                    }
                    None => model.edit(site, *what, new),
                }
                made += 1;
            }
            Err(PatchError::Overlap(_) | PatchError::Root(_)) => {}
            Err(PatchError::Misplaced(_)) => {
                prop_assert!(sites[site].kind() != SiteKind::Element, "{:?} of an element", what);
            }
            Err(error) => panic!("{what:?}: {error}"),
        }
    }
    let expected = model.said();
    let result = match patch.finish() {
        Err(PatchError::Root(_)) if expected.is_empty() => return Ok(made),
        result => result.unwrap(),
    };
    let found =
        seen(&result, Options::new()).map_err(|error| TestCaseError::fail(format!("{error}: {result:02X?}")))?;
    for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
        prop_assert_eq!((found.event, found.page), (expected.0, expected.1), "event {} of {:02X?}", at, &result);
        if let Some(octets) = expected.2 {
            prop_assert_eq!(&result[found.span.clone()], octets, "event {} of {:02X?}", at, &result);
        }
    }
    prop_assert_eq!(found.len(), expected.len(), "{:02X?}", &result);
    Ok(made)
}

/// The attribute of this element with the literal name `b`.
fn attribute_of_the_name(model: &Model<'_>, element: usize) -> Option<usize> {
    let attributes = &model.nodes[element].element.as_ref()?.attributes;
    attributes.iter().copied().find(|at| {
        matches!(model.nodes[*at].own.first(), Some((Event::AttributeStart(start), ..)) if start.token == AttrStart::LITERAL && start.literal == 1)
    })
}

fn joined<S: Strategy<Value = Vec<u8>>>(of: S, count: core::ops::Range<usize>) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(of, count).prop_map(|parts| parts.concat())
}

fn switch() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => Just(Vec::new()), 2 => (0_u8..3).prop_map(|page| vec![0, page]), 1 => Just(vec![0, 1, 0, 0])]
}

fn one_of(octets: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(octets).prop_map(<[u8]>::to_vec)
}

fn behind_switch(token: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (switch(), token).prop_map(|(switch, token)| [switch, token].concat())
}

/// A piece of an attribute's value or of text.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    one_of(&[b"\x03s\0", b"\x83\x00", b"\x83\x80\x01", b"\x02\x26", b"\x80\x05", b"\xC1", b"\x41e\0"])
}

fn attribute() -> impl Strategy<Value = Vec<u8>> {
    let start = behind_switch(one_of(&[b"\x05", b"\x06", b"\x04\x00", b"\x04\x80\x03", b"\x04\x01"]));
    let value = joined(behind_switch(prop_oneof![piece(), one_of(&[b"\x85", b"\xC6"])]), 0..3);
    (start, value).prop_map(|(start, value)| [start, value].concat())
}

fn instruction() -> impl Strategy<Value = Vec<u8>> {
    let start = behind_switch(one_of(&[b"\x05", b"\x04\x00"]));
    (start, joined(behind_switch(piece()), 0..2))
        .prop_map(|(start, data)| [&b"\x43"[..], &start, &data, b"\x01"].concat())
}

/// An element with this content.
fn element(content: impl Strategy<Value = Option<Vec<u8>>>) -> impl Strategy<Value = Vec<u8>> {
    let tag = one_of(&[b"\x05", b"\x06", b"\x07", b"\x04\x00", b"\x04\x80\x03"]);
    let list = prop::option::of((joined(attribute(), 1..4), switch()));
    (switch(), tag, list, content).prop_map(|(switch, mut tag, list, content)| {
        tag[0] |= if list.is_some() { 0x80 } else { 0 } | if content.is_some() { 0x40 } else { 0 };
        let list = list.map_or(Vec::new(), |(list, switch)| [list, switch, vec![1]].concat());
        let content = content.map_or(Vec::new(), |content| [content, vec![1]].concat());
        [switch, tag, list, content].concat()
    })
}

fn node() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![3 => element(Just(None)), 2 => piece(), 1 => instruction(), 1 => switch()];
    leaf.prop_recursive(4, 24, 4, |inner| element(prop::option::of(joined(inner, 0..5))))
}

/// A document that is right: version 1.3 with one root, or 1.0 with any number of anything.
fn document() -> impl Strategy<Value = Vec<u8>> {
    let table = [&[u8::try_from(TABLE.len()).unwrap()], TABLE].concat();
    let one =
        (joined(instruction(), 0..2), element(prop::option::of(joined(node(), 0..6))), joined(instruction(), 0..2));
    let several = joined(node(), 1..5);
    let at_1_3 = {
        let table = table.clone();
        one.prop_map(move |(before, root, after)| [&b"\x03\x01\x6A"[..], &table, &before, &root, &after].concat())
    };
    prop_oneof![3 => at_1_3, 1 => several.prop_map(move |roots| [&b"\x00\x01"[..], &table, &roots].concat())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_that_are_right(document in document(), calls in calls()) {
        prop_assume!(Patch::new(&document, Options::new()).is_ok_and(|patch| patch.sites().next().is_some()));
        check(&document, &calls)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_by_chance(document in (generate::header(), generate::body()).prop_map(|(header, body)| [header, body].concat())) {
        // those that are faulty are no documents; those that are right are edited everywhere
        let Ok(patch) = Patch::new(&document, Options::new()) else { return Ok(()) };
        for site in patch.sites() {
            for what in WHAT {
                let mut patch = patch.clone();
                if make(&mut patch, site, what, 0).is_ok() {
                    match patch.finish() {
                        Ok(result) => prop_assert!(seen(&result, Options::new()).is_ok(), "{:?}: {:02X?}", what, result),
                        Err(error) => prop_assert!(matches!(error, PatchError::Root(_)), "{:?}: {}", what, error),
                    }
                }
            }
        }
    }
}
