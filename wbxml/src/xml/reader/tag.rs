//! What a tag says: which element it is, which namespaces it brings into scope, which attributes it has.

use alloc::borrow::Cow;

use quick_xml::events::attributes::{AttrError, Attribute as RawAttribute, Attributes};

use crate::error::{ErrorKind, Limit, Result};
use crate::event::Start;
use crate::token::{HAS_ATTRIBUTES, HAS_CONTENT, Tag};

use super::super::{Fault, is_name_of, notation};
use super::{Mode, Namespace, Node, Reader, Scope, plain};

/// Octets of a root's tag that is looked at again for its prefixes, by each reader of markup.
const LONGEST_ROOT: usize = 4096;
/// Attributes that are compared with each other for names that stand twice.
pub(super) const FEW: usize = 8;
/// Namespace declarations in scope at once: each name is looked up among them.
const MOST_NAMESPACES: usize = 256;

impl<'a> Reader<'a> {
    /// The tag at hand, without its first angle bracket, if it is one of those that most documents consist of: a name that
    /// the vocabulary has, with attributes that stand as they are, or with the declaration that was made before.
    #[inline(always)]
    pub(super) fn known_node(&mut self, tag: &'a [u8]) -> Option<Node<'a>> {
        let length = plain::name(tag);
        let (name, behind) = tag.split_at_checked(length)?;
        let at = self.next.wrapping_add(1).wrapping_add(length);
        let (flags, end) = match behind {
            [b'>', ..] => (HAS_CONTENT, at.wrapping_add(1)),
            [b'/', b'>', ..] => (0, at.wrapping_add(2)),
            // what is no tag has no attributes, and may be long
            [b' ', ..] if !matches!(name, [b'?' | b'!', ..]) => {
                if let Some(node) = self.node_that_declares(name, behind, at) {
                    return Some(node);
                }
                let end = plain::attributes(self.text, at, &mut self.attributes)?;
                if self.attributes.len() > self.most_attributes {
                    return None;
                }
                let content = if end.is_empty { 0 } else { HAS_CONTENT };
                (if self.attributes.is_empty() { content } else { content | HAS_ATTRIBUTES }, end.at)
            }
            _ => return None,
        };
        let tag = self.plain_tag(name, self.open.last()?.default)?;
        self.go_to(end);
        Some(Node::Known { tag, name, flags, declares: false })
    }

    /// The tag of this name, if what stands behind it, at the offset `at`, is the declaration that was made last.
    #[inline(always)]
    pub(super) fn node_that_declares(&mut self, name: &'a [u8], behind: &[u8], at: usize) -> Option<Node<'a>> {
        let (declaration, namespace) = self.declaration?;
        if !behind.starts_with(declaration) || behind.get(declaration.len()) != Some(&b'>') {
            return None;
        }
        let tag = self.vocabulary.tag_page(namespace.page?)?.plain_tag(name)?;
        if self.namespaces.len() >= MOST_NAMESPACES {
            return None;
        }
        self.go_to(at.wrapping_add(declaration.len()).wrapping_add(1));
        Some(Node::Known { tag, name, flags: HAS_CONTENT, declares: true })
    }

    /// An error where no further element may be entered.
    #[inline(always)]
    pub(super) fn check_depth(&self) -> Result<()> {
        match self.open.len() < self.most_open {
            true => Ok(()),
            false => Err(self.fault(ErrorKind::Limit(Limit::Depth))),
        }
    }

    /// Enters an element whose attributes are read; one that `declares` brings the last declaration into scope.
    #[inline(always)]
    pub(super) fn enter(&mut self, tag: Tag, name: &'a [u8], flags: u8, declares: bool) -> Result<Start> {
        if flags & HAS_ATTRIBUTES != 0 {
            self.mode = Mode::Attributes(0);
        }
        if flags & HAS_CONTENT != 0 {
            self.check_depth()?;
            let namespaces = self.namespaces.len();
            let mut default = self.open.last().and_then(|scope| scope.default);
            if declares {
                self.namespaces.extend(self.declaration.map(|(_, namespace)| namespace));
                default = self.declaration.map(|(_, namespace)| namespace.page);
            }
            self.open.push(Scope { name, page: tag.page(), default, namespaces });
        }
        Ok(Start::from_octet(tag, self.place(name), flags))
    }

    /// The tag of a name inside the root, if it is one of those that most documents consist of; `default` is the code page
    /// of the default namespace.
    #[inline(always)]
    pub(super) fn plain_tag(&self, name: &[u8], default: Option<Option<u8>>) -> Option<Tag> {
        let page = match default {
            Some(page) => page?,
            None => self.open.last()?.page,
        };
        self.vocabulary.tag_page(page)?.plain_tag(name)
    }

    /// Enters the element whose tag is `raw`, without its angle brackets, of which the name takes `length` octets.
    #[inline(never)]
    pub(super) fn start(&mut self, raw: &'a [u8], length: usize, is_empty: bool) -> Result<Start> {
        self.check_lawful(raw, false)?;
        if !is_empty {
            self.check_depth()?;
        }
        let Some(text) = self.known_text(raw) else { return Err(self.fault(ErrorKind::Xml(Fault::Encoding))) };
        let qualified = text.get(..length).unwrap_or_default();
        if !is_name_of(qualified.as_bytes()) {
            return Err(self.fault(ErrorKind::Xml(Fault::Syntax)));
        }
        if self.around == 0 && self.open.is_empty() {
            self.root = if text.len() <= LONGEST_ROOT { text } else { "" };
        }

        // the declarations come first: they are in scope in the tag itself
        let outer = self.namespaces.len();
        let (mut seen, mut count, mut has_many) = ([""; FEW], 0_usize, false);
        self.attributes.clear();
        // most tags are nothing but their name
        let mut attributes = Attributes::new(text, length);
        // ADVICE: the parser remembers names on the heap to find one that stands twice; most tags have few to compare
        attributes.with_checks(false);
        for attribute in attributes {
            let (name, value) = self.raw(attribute)?;
            if count >= self.most_attributes {
                return Err(self.fault(ErrorKind::Limit(Limit::Attributes)));
            }
            if seen.iter().take(count).any(|seen| *seen == name) {
                return Err(self.fault(ErrorKind::Xml(Fault::Attribute)));
            }
            match seen.get_mut(count) {
                Some(room) => *room = name,
                None => has_many = true,
            }
            count = count.saturating_add(1);
            if let Some(prefix) = declared_prefix(name) {
                if self.namespaces.len() >= MOST_NAMESPACES {
                    return Err(self.fault(ErrorKind::Limit(Limit::Attributes)));
                }
                let declared = Namespace::new(prefix, value, self.vocabulary);
                self.namespaces.push(declared);
                if self.is_implied(&declared) {
                    continue;
                }
            }
            self.attributes.push((name, value));
        }
        if has_many && Attributes::new(text, length).any(|attribute| attribute.is_err()) {
            return Err(self.fault(ErrorKind::Xml(Fault::Attribute)));
        }
        let has_attributes = !self.attributes.is_empty();
        if let (1, false, Some(namespace)) = (count, has_attributes, self.namespaces.last()) {
            if namespace.prefix.is_empty() {
                self.declaration = raw.get(length..).map(|declaration| (declaration, *namespace));
            }
        }
        let default = self.namespaces.iter().rfind(|namespace| namespace.prefix.is_empty()).map(|default| default.page);
        let known = if self.open.is_empty() { None } else { self.plain_tag(qualified.as_bytes(), default) };
        let tag = known.unwrap_or_else(|| self.resolve(qualified, outer));
        let page = if tag == Tag::LITERAL { self.page() } else { tag.page() };
        if is_empty {
            // scopes end with the element; an empty one has ended already
            self.namespaces.truncate(outer);
        } else {
            self.open.push(Scope { name: qualified.as_bytes(), page, default, namespaces: outer });
        }
        self.root_seen = true;
        if has_attributes {
            self.mode = Mode::Attributes(0);
        }
        let content = if is_empty { 0 } else { HAS_CONTENT };
        let flags = if has_attributes { content | HAS_ATTRIBUTES } else { content };
        Ok(Start::from_octet(tag, self.place(qualified.as_bytes()), flags))
    }

    /// The tag of a name, where `outer` namespaces are those of the elements around.
    pub(super) fn resolve(&self, qualified: &str, outer: usize) -> Tag {
        if let Some(tag) = notation::tag(qualified) {
            return tag;
        }
        let (prefix, local) = match qualified.as_bytes().contains(&b':') {
            true => qualified.split_once(':').unwrap_or_default(),
            false => ("", qualified),
        };
        let declared = self.namespaces.iter().rposition(|namespace| namespace.prefix == prefix);
        let page = match declared.and_then(|index| self.namespaces.get(index)) {
            Some(namespace) => match namespace.page {
                Some(page) => page,
                // a namespace that is none of the vocabulary's is foreign, but on the root it is only unusual
                None if !self.vocabulary.has_namespaces()
                    || self.around == 0 && self.open.is_empty()
                    || (prefix.is_empty() && declared.is_some_and(|index| index < self.root_namespaces(outer))) =>
                {
                    self.page()
                }
                // no namespace at all: that of a page without one, else the peer only means to leave it out
                None if namespace.name.is_empty() => {
                    let mut pages = self.vocabulary.tag_pages.iter().filter(|page| page.namespace().is_empty());
                    match pages.find_map(|page| page.tag(local)) {
                        Some(tag) => return tag,
                        None => self.page(),
                    }
                }
                None => return Tag::LITERAL,
            },
            None if prefix.is_empty() => self.page(),
            None => return Tag::LITERAL,
        };
        self.vocabulary
            .tag_in_page(page, local)
            .or_else(|| self.vocabulary.tag_in_page(self.page(), local))
            .or_else(|| self.vocabulary.tag(local))
            .unwrap_or(Tag::LITERAL)
    }

    /// How many of the namespaces in scope the root element declares, where it is read here; `outer` are those of the
    /// elements around the one at hand.
    pub(super) fn root_namespaces(&self, outer: usize) -> usize {
        if self.around > 0 { 0 } else { self.open.get(1).map_or(outer, |scope| scope.namespaces) }
    }

    /// The code page of the element around.
    pub(super) fn page(&self) -> u8 {
        self.open.last().map_or(self.outer_page, |scope| scope.page)
    }

    /// The name and the value of an attribute of the parser's.
    pub(super) fn raw(
        &self,
        attribute: core::result::Result<RawAttribute<'a>, AttrError>,
    ) -> Result<(&'a str, &'a str)> {
        let known = match attribute {
            // `<` in a value is not allowed (3.1), so that a tag that lacks its end does not reach too far
            Ok(RawAttribute { key, value: Cow::Borrowed(value) }) if is_name_of(key.0) && !value.contains(&b'<') => {
                self.known_text(key.0).zip(self.known_text(value))
            }
            _ => None,
        };
        known.ok_or_else(|| self.fault(ErrorKind::Xml(Fault::Attribute)))
    }

    /// Whether a declaration is only of a namespace that the tags' pages imply, or of none.
    pub(super) fn is_implied(&self, declared: &Namespace<'_>) -> bool {
        declared.page.is_some() || declared.name.is_empty() && self.vocabulary.has_namespaces()
    }
}

/// The prefix that an attribute of this name declares a namespace for; empty for the default namespace.
pub(super) fn declared_prefix(name: &str) -> Option<&str> {
    match name.strip_prefix("xmlns")? {
        "" => Some(""),
        prefix => prefix.strip_prefix(':'),
    }
}
