//! Surgical edits: some octets of a document change, all others stay.

mod edits;
mod error;
mod find;
mod fragment;
mod index;
mod names;
mod put;
mod site;
mod splice;
mod spot;

pub use error::PatchError;
pub use fragment::Fragment;
pub use site::{Site, SiteKind};

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::Error;
use crate::emit::Emit;
use crate::event::{AttributeStart, Start};
use crate::options::Options;
use crate::reader::{Reader, Run};
use crate::sink::{Sink, WriteError};
use crate::text::{Piece, PlainText, Repr, Text};
use crate::token::{AttrStart, HAS_ATTRIBUTES, Tag};

use edits::{Edits, Slot};
use fragment::Content;
use index::{Kind, Node};
use names::Names;
use spot::Spot;

/// Edits of a document that leave every octet outside of them as it is: overlong integers, needless page switches and
/// the layout of the string table, whatever its encoder chose.
///
/// Edits are made at a [`Site`], found by its path ([`find`](Self::find)), its octets ([`at`](Self::at)) or by going
/// through all of them ([`sites`](Self::sites)). They are collected in any order, and are put into the document by
/// [`finish`](Self::finish). The sites are those of the document as it was read. Edits of the same octets are refused;
/// insertions at one place stand in the order of the calls, and beside what another edit puts in the place of its
/// neighbour.
///
/// ```
/// use wbxml::{Emit, Options, Patch, Start, vocabulary::prov::{PROV_1_0, tag}};
///
/// // <characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic>
/// let document = b"\x03\x0B\x6A\x00\xC6\x55\x01\x87\x11\x06\x03N\0\x01\x01";
/// let known = [&PROV_1_0];
/// let mut patch = Patch::new(document, Options::new().vocabularies(&known))?;
/// let name = patch.at(8).unwrap();
/// assert_eq!((patch.name(name).unwrap(), patch.text(name).unwrap().as_str()), ("name".into(), Some("NAPID")));
/// let value = patch.at(9).unwrap();
/// patch.set_text(value, "NAP 1")?;
/// let parm = patch.parent(value).unwrap();
/// patch.insert_after(parm, |out| {
///     out.start(Start::new(tag::PARM).with_attributes().without_content())?;
///     out.attribute("name", "BEARER")?;
///     out.attributes_end()
/// })?;
/// assert_eq!(
///     patch.finish()?,
///     b"\x03\x0B\x6A\x00\xC6\x55\x01\x87\x11\x06\x03NAP 1\0\x01\x87\x10\x01\x01"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What changes outside an edit
/// - The flag bits of a tag's octet, and the `END` that belongs to them, where an element is given its first attribute
///   or child, or loses its last attribute: an attribute list holds one at least (WAP-192, 5.3).
/// - Names that are no token of the vocabulary are literals. Where the string table has such a name, as a string or as
///   the end of one, its index is taken; else the name is appended to the table, behind the terminator that the table's
///   last string may lack. All indexes stay valid; the table's length in the header grows.
/// - The code page of attributes can only be switched in an attribute list. Where an edit leaves another page in force
///   than the document behind it relies on, and not in the same list, `SWITCH_PAGE` is inserted in front of the
///   first token that relies on it. The page of tags is switched back at the end of the edit. Neither is done where
///   nothing relies on it before the next switch.
///
/// # Documents in documents
/// A document inside an `OPAQUE` is patched on its own, and put back with [`set_opaque`](Self::set_opaque):
///
/// ```
/// use wbxml::{Options, Patch};
///
/// // an element that holds a document: <a><b>old</b></a>
/// let outer = b"\x03\x01\x6A\x00\x45\xC3\x0D\x03\x01\x6A\x00\x45\x46\x03old\0\x01\x01\x01";
/// let mut patch = Patch::new(outer, Options::new())?;
/// let inner = patch.at(5).unwrap();
/// let mut inside = Patch::new(patch.opaque(inner).unwrap(), Options::new())?;
/// let b = inside.at(5).unwrap();
/// inside.set_text(b, "newer")?;
/// patch.set_opaque(inner, &inside.finish()?)?;
/// assert_eq!(patch.finish()?, b"\x03\x01\x6A\x00\x45\xC3\x0F\x03\x01\x6A\x00\x45\x46\x03newer\0\x01\x01\x01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Patch<'a> {
    document: &'a [u8],
    /// Before the first token.
    reader: Reader<'a>,
    nodes: Vec<Node>,
    edits: Edits,
    names: Names<'a>,
    /// What becomes of the attributes of elements that lose some.
    lists: BTreeMap<usize, List>,
    /// Attributes that elements are given, by name.
    given: BTreeSet<(usize, String)>,
}

/// How many attributes of an element go, and whether new ones come.
#[derive(Clone, Copy, Debug, Default)]
struct List {
    deleted: usize,
    grows: bool,
}

impl<'a> Patch<'a> {
    /// A patch of `document`, which is read once to its end.
    ///
    /// # Errors
    /// Every fault of the document; with [`Options::lenient`] none of those that are forgiven, which stay in it.
    pub fn new(document: &'a [u8], options: Options<'a>) -> Result<Self, Error> {
        let nodes = index::index(Reader::new(document, options)?)?;
        // what is read again is not reported again
        let options = if options.report().is_some() { options.lenient(&()) } else { options };
        let reader = Reader::new(document, options)?;
        Ok(Self {
            document,
            nodes,
            names: Names::new(reader.string_table()),
            reader,
            edits: Edits::default(),
            lists: BTreeMap::new(),
            given: BTreeSet::new(),
        })
    }

    /// All elements, attributes and texts, in the order of the document.
    ///
    /// ```
    /// use wbxml::{Options, Patch, SiteKind};
    ///
    /// let patch = Patch::new(b"\x03\x01\x6A\x00\x45\x86\x07\x01\x03text\0\x01", Options::new())?;
    /// let kinds: Vec<_> = patch.sites().map(|site| site.kind()).collect();
    /// assert_eq!(kinds, [SiteKind::Element, SiteKind::Element, SiteKind::Attribute, SiteKind::Text]);
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    pub fn sites(&self) -> impl Iterator<Item = Site> {
        self.nodes.iter().enumerate().map(|(at, node)| Site::of(at, node))
    }

    /// The innermost element, attribute or text that octet `offset` of the document belongs to; `None` for the header
    /// and for processing instructions outside the root. A reader's [`span`](Reader::span) begins at such an octet.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<Site> {
        let mut at = self.nodes.partition_point(|node| node.start <= offset).checked_sub(1);
        while let Some((candidate, node)) = at.and_then(|at| Some((at, self.nodes.get(at)?))) {
            if offset < node.end {
                return Some(Site::of(candidate, node));
            }
            at = node.parent;
        }
        None
    }

    /// The element around an element or a text, or that an attribute belongs to.
    #[must_use]
    pub fn parent(&self, site: Site) -> Option<Site> {
        let parent = self.node(site).ok()?.parent?;
        Some(Site::of(parent, self.nodes.get(parent)?))
    }

    /// The octets of an element, an attribute or a text, with the `SWITCH_PAGE`s in front of its token (5.3).
    ///
    /// # Errors
    /// [`PatchError::UnknownSite`]
    pub fn span(&self, site: Site) -> Result<Range<usize>, PatchError> {
        self.node(site).map(|node| node.start..node.end)
    }

    /// The name of an element or an attribute, if its token is one of the vocabulary, or its literal name is text.
    #[must_use]
    pub fn name(&self, site: Site) -> Option<Cow<'a, str>> {
        let vocabulary = self.reader.vocabulary();
        match self.node(site).ok()?.kind {
            Kind::Element(Start { tag: Tag::LITERAL, literal: index, .. })
            | Kind::Attribute(AttributeStart { token: AttrStart::LITERAL, literal: index }) => {
                let octets = self.reader.string_table().get(index)?;
                PlainText::in_table(octets, self.reader.charset(), index).to_cow().ok()
            }
            Kind::Element(start) => vocabulary.tag_name(start.tag).map(Cow::Borrowed),
            Kind::Attribute(start) => vocabulary.attribute(start.token).map(|(name, _)| Cow::Borrowed(name)),
            Kind::Text => None,
        }
    }

    /// The value of an attribute, or a text.
    #[must_use]
    pub fn text(&self, site: Site) -> Option<Text<'a>> {
        let node = self.node(site).ok()?;
        let is_attribute = matches!(node.kind, Kind::Attribute(_));
        if matches!(node.kind, Kind::Element(_)) {
            return None;
        }
        let length = node.end.saturating_sub(node.start);
        let run = Run::new(
            self.document.get(..node.end)?,
            length,
            self.reader.header(),
            self.reader.vocabulary(),
            node.before.attribute,
            is_attribute,
        );
        let text = Text(Repr::Joined(run.ok()?));
        let mut pieces = text.pieces();
        match (pieces.next(), pieces.next()) {
            (Some(Ok(Piece::Text(plain))), None) => Some(Text(Repr::Plain(plain))),
            _ => Some(text),
        }
    }

    /// The octets of a text that is one `OPAQUE`.
    #[must_use]
    pub fn opaque(&self, site: Site) -> Option<&'a [u8]> {
        let node = self.node(site).ok()?;
        let mut lexer = crate::Lexer::new(self.document.get(node.start..node.end)?, self.reader.charset(), 0);
        match (lexer.next_token().ok()?, lexer.next_token().ok()?) {
            (Some(crate::Token::Opaque(octets)), None) => Some(octets),
            _ => None,
        }
    }

    /// Puts what `write` writes in the place of an element or a text: elements, text and octets in any number; for the
    /// root, one element.
    ///
    /// ```
    /// use wbxml::{Encode, Emit, Options, Patch, Start, WriteError, vocabulary::syncml::{SYNCML_1_2, tag}};
    ///
    /// struct VerDtd;
    /// impl Encode for VerDtd {
    ///     fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
    ///         out.leaf(tag::VER_DTD, "1.2")
    ///     }
    /// }
    ///
    /// let known = [&SYNCML_1_2];
    /// let document = b"\x03\xA4\x01\x6A\x00\x6C\x71\x031.1\0\x01\x01";
    /// let mut patch = Patch::new(document, Options::new().vocabularies(&known))?;
    /// let old = patch.at(6).unwrap();
    /// patch.replace(old, |out| VerDtd.encode(out))?;
    /// assert_eq!(patch.finish()?, b"\x03\xA4\x01\x6A\x00\x6C\x71\x031.2\0\x01\x01");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`PatchError::Misplaced`] for an attribute; [`PatchError::Root`]; [`PatchError::Overlap`]; [`PatchError::Write`]
    /// with what `write` returns, or with [`WriteError::Misplaced`] if what it writes is not whole. After an error all is
    /// as it was.
    pub fn replace(
        &mut self,
        site: Site,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.put_beside(
            site,
            |node| Spot::content(node.start..node.end, Slot::Span, node.before).outside(node, 1),
            write,
        )
    }

    /// Deletes an element, an attribute or a text.
    ///
    /// # Errors
    /// [`PatchError::Root`] for a root; [`PatchError::Overlap`]. That all of several roots are deleted is found by
    /// [`finish`](Self::finish).
    pub fn delete(&mut self, site: Site) -> Result<(), PatchError> {
        let node = *self.node(site)?;
        self.put(Spot::content(node.start..node.end, Slot::Span, node.before).outside(&node, 1), |_| Ok(()))?;
        if let (Kind::Attribute(_), Some(parent)) = (node.kind, node.parent) {
            let list = self.lists.entry(parent).or_default();
            list.deleted = list.deleted.saturating_add(1);
        }
        Ok(())
    }

    /// Inserts what `write` writes in front of an element or a text.
    ///
    /// # Errors
    /// As [`replace`](Self::replace); [`PatchError::Root`] too if there are elements to be put beside the root.
    pub fn insert_before(
        &mut self,
        site: Site,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.put_beside(
            site,
            |node| Spot::content(node.start..node.start, Slot::Before, node.before).outside(node, 0),
            write,
        )
    }

    /// Inserts what `write` writes behind an element or a text.
    ///
    /// # Errors
    /// As [`insert_before`](Self::insert_before).
    pub fn insert_after(
        &mut self,
        site: Site,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.put_beside(site, |node| Spot::content(node.end..node.end, Slot::After, node.after).outside(node, 0), write)
    }

    /// Inserts what `write` writes in front of all content of an element.
    ///
    /// # Errors
    /// As [`replace`](Self::replace), but for that of roots; [`PatchError::Misplaced`] for a text too.
    pub fn prepend(
        &mut self,
        site: Site,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.put_inside(
            site,
            |node| Spot::content(node.content..node.content, Slot::First, node.inside),
            Slot::NewFirst,
            write,
        )
    }

    /// Inserts what `write` writes behind all content of an element.
    ///
    /// # Errors
    /// As [`prepend`](Self::prepend).
    pub fn append(
        &mut self,
        site: Site,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.put_inside(
            site,
            |node| Spot::content(node.close..node.close, Slot::Last, node.after),
            Slot::NewLast,
            write,
        )
    }

    /// Puts what `write` writes in the place of all content of an element.
    ///
    /// # Errors
    /// As [`prepend`](Self::prepend).
    pub fn set_content(
        &mut self,
        site: Site,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.put_inside(
            site,
            |node| Spot::content(node.content..node.close, Slot::Content, node.inside),
            Slot::NewContent,
            write,
        )
    }

    /// Puts `text` in the place of all content of an element, of the value of an attribute, or of a text.
    ///
    /// A string of the string table stays there, where others may refer to it; the new one stands inline. The value of
    /// an attribute whose token the vocabulary does not know is what follows that token.
    ///
    /// # Errors
    /// [`PatchError::Overlap`]; [`PatchError::Write`]: [`WriteError::Nul`], [`WriteError::TooLong`]
    pub fn set_text(&mut self, site: Site, text: &str) -> Result<(), PatchError> {
        let written = |out: &mut Fragment<'a>| if text.is_empty() { Ok(()) } else { out.text(text) };
        match site.kind() {
            SiteKind::Element => self.set_content(site, written),
            SiteKind::Text => self.replace(site, written),
            SiteKind::Attribute => self.set_value(site, text),
        }
    }

    /// Puts an `OPAQUE` in the place of all content of an element, or of a text.
    ///
    /// # Errors
    /// [`PatchError::Misplaced`] for an attribute; [`PatchError::Overlap`]; [`PatchError::Write`]:
    /// [`WriteError::TooLong`], and in version 1.0, which has no `OPAQUE`, [`WriteError::Misplaced`].
    pub fn set_opaque(&mut self, site: Site, octets: &[u8]) -> Result<(), PatchError> {
        match site.kind() {
            SiteKind::Element => self.set_content(site, |out| out.opaque(octets)),
            SiteKind::Text | SiteKind::Attribute => self.replace(site, |out| out.opaque(octets)),
        }
    }

    /// Gives an element an attribute: a new value, if it has one of this name, or a new one behind those it has.
    ///
    /// Takes time linear in the number of attributes of the element.
    ///
    /// # Errors
    /// [`PatchError::Misplaced`] if it is no element; [`PatchError::Overlap`]; [`PatchError::Write`]:
    /// [`WriteError::Nul`], [`WriteError::TooLong`], [`WriteError::UnknownName`] for an empty name
    pub fn set_attribute(&mut self, site: Site, name: &str, value: &str) -> Result<(), PatchError> {
        let (node, start) = self.element(site)?;
        if let Some(old) = self.attribute(site, name) {
            return self.set_value(old, value);
        }
        let given = (site.node, String::from(name));
        if self.given.contains(&given) {
            return Err(PatchError::Overlap(node.head));
        }
        if start.has_attributes() {
            // in front of the END of the list
            let end = node.content.saturating_sub(1);
            let spot = Spot { are_attributes: true, ..Spot::content(end..end, Slot::Last, node.inside) };
            self.put(spot, |out| out.attribute(name, value))?;
            self.lists.entry(site.node).or_default().grows = true;
        } else {
            let spot = Spot::content(node.head..node.head, Slot::NewAttributes, node.inside);
            let spot = Spot { are_attributes: true, ..spot.flag(&node, HAS_ATTRIBUTES) };
            self.put(spot, |out| out.attribute(name, value))?;
        }
        self.given.insert(given);
        Ok(())
    }

    /// The document with all edits.
    ///
    /// # Errors
    /// [`PatchError::Root`] if nothing is left of its body; [`PatchError::Write`]: [`WriteError::TooLong`] if the string
    /// table is longer than 2³²−1 octets.
    pub fn finish(self) -> Result<Vec<u8>, PatchError> {
        let document = self.document;
        self.finish_into(Vec::with_capacity(document.len()))
    }

    /// The same, into a sink; gives it back.
    ///
    /// # Errors
    /// As [`finish`](Self::finish); [`WriteError::Full`] if there is no room left.
    pub fn finish_into<S: Sink>(mut self, mut sink: S) -> Result<S, PatchError> {
        self.close_lists();
        let header = self.reader.header();
        let mut parts = splice::table(header, self.names.appendix())?;
        splice::edit(self.document, self.reader.clone(), &self.edits, &mut parts)?;
        if self.edits.leave_nothing(header.len()..self.document.len()) {
            return Err(PatchError::Root(header.len()));
        }
        splice::write(self.document, &parts, &mut sink)?;
        Ok(sink)
    }

    /// Takes away the `END` of attribute lists that have lost all they had, and the flags that announce them.
    fn close_lists(&mut self) {
        for (element, list) in core::mem::take(&mut self.lists) {
            let (count, last) = self
                .attributes(element)
                .fold((0_usize, None), |(count, _), last| (count.saturating_add(1), Some(last)));
            let nodes = (self.nodes.get(element), last.and_then(|last| self.nodes.get(last.node)));
            if let ((Some(node), Some(last)), true) = (nodes, list.deleted == count && !list.grows) {
                self.edits.flags(node.token, 0, HAS_ATTRIBUTES);
                self.edits.put(last.end..node.content, Slot::Span, Content::default());
            }
        }
    }

    /// The attributes of an element.
    fn attributes(&self, element: usize) -> impl Iterator<Item = Site> {
        let behind = self.nodes.iter().enumerate().skip(element.saturating_add(1));
        behind.take_while(|(_, node)| matches!(node.kind, Kind::Attribute(_))).map(|(at, node)| Site::of(at, node))
    }

    fn set_value(&mut self, site: Site, value: &str) -> Result<(), PatchError> {
        let node = *self.node(site)?;
        let Kind::Attribute(start) = node.kind else { return Err(PatchError::Misplaced(node.token)) };
        let spot = Spot { are_attributes: true, ..Spot::content(node.token..node.end, Slot::Span, node.inside) };
        match self.reader.vocabulary().attribute(start.token) {
            Some((name, _)) => self.put(spot, |out| out.attribute(name, value)),
            // a literal, or a token that the vocabulary does not know
            None => self.put(Spot { kept: node.token..node.head, ..spot }, |out| out.value(value)),
        }
    }

    fn node(&self, site: Site) -> Result<&Node, PatchError> {
        let node = self.nodes.get(site.node).ok_or(PatchError::UnknownSite)?;
        if Site::of(site.node, node) == site { Ok(node) } else { Err(PatchError::UnknownSite) }
    }

    fn element(&self, site: Site) -> Result<(Node, Start), PatchError> {
        let node = self.node(site)?;
        match node.kind {
            Kind::Element(start) => Ok((*node, start)),
            _ => Err(PatchError::Misplaced(node.token)),
        }
    }
}
