//! Paths: where in a tree an element stands.

use alloc::vec::Vec;
use core::iter::FusedIterator;

use super::Tree;
use super::arena::NodeId;
use super::node::{Element, Node};

/// A way from an element to others, in a small part of the syntax of `XPath`.
///
/// | in a path | means |
/// | --- | --- |
/// | `SyncBody/Add` | the elements of this name in those of that name in the element the path starts from |
/// | `/SyncML/SyncHdr` | the same from the document: the first name is the root element's |
/// | `*` | elements of any name, and of none |
/// | `Add[2]` | the second of them in each element around |
/// | `parm[@name='NAME']`, `parm[@name="NAME"]` | those with this attribute and value |
/// | `parm[@name]` | those with this attribute |
/// | `parm[@name='NAME'][2]` | the second of those |
///
/// Names are compared as they are, without their code page and namespace. A search is lazy and looks at every child of
/// the elements on its way once. There is no `//`: [`Node::descendants`] goes through everything.
///
/// ```
/// use wbxml::tree::{Path, PathError, PathFault};
///
/// assert!(Path::parse("SyncBody/Add[2]/Item/*").is_ok());
/// let error = Path::parse("SyncBody//Add").unwrap_err();
/// assert_eq!((error.fault(), error.offset()), (PathFault::Name, 9));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'p> {
    is_absolute: bool,
    steps: Vec<PathStep<'p>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathStep<'p> {
    /// `None` for `*`.
    name: Option<&'p str>,
    predicates: Vec<Predicate<'p>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Predicate<'p> {
    Position(u32),
    Attribute(&'p str, Option<&'p str>),
}

/// Why a string is no [`Path`], and at which octet of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}, at octet {offset} of the path")]
pub struct PathError {
    fault: PathFault,
    offset: usize,
}

impl PathError {
    /// What is wrong.
    #[must_use]
    pub const fn fault(&self) -> PathFault {
        self.fault
    }

    /// The first octet that is wrong, or the path's length.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathFault {
    /// A name or `*` is missing.
    #[error("a name is missing")]
    Name,
    /// A position that is no number from 1 to 2³²−1.
    #[error("a position is no number from 1 to 2^32-1")]
    Position,
    /// A value without quotes around it.
    #[error("a value has no quotes around it")]
    Quote,
    /// `]` is missing.
    #[error("']' is missing")]
    Bracket,
    /// Something else than `/` behind a step.
    #[error("'/' is missing")]
    Slash,
}

impl<'p> Path<'p> {
    /// Reads a path.
    ///
    /// # Errors
    /// [`PathError`]
    pub fn parse(path: &'p str) -> Result<Self, PathError> {
        let mut parser = Parser { path, rest: path };
        let is_absolute = parser.take("/");
        let mut steps = Vec::new();
        loop {
            let name = if parser.take("*") { None } else { Some(parser.name()?) };
            let mut predicates = Vec::new();
            while parser.take("[") {
                predicates.push(parser.predicate()?);
                parser.expect("]", PathFault::Bracket)?;
            }
            steps.push(PathStep { name, predicates });
            if parser.rest.is_empty() {
                return Ok(Self { is_absolute, steps });
            }
            parser.expect("/", PathFault::Slash)?;
        }
    }
}

struct Parser<'p> {
    path: &'p str,
    rest: &'p str,
}

impl<'p> Parser<'p> {
    fn fault(&self, fault: PathFault) -> PathError {
        PathError { fault, offset: self.path.len().saturating_sub(self.rest.len()) }
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str, fault: PathFault) -> Result<(), PathError> {
        if self.take(token) { Ok(()) } else { Err(self.fault(fault)) }
    }

    /// Everything in front of the first character that `ends` it.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'p str {
        let (taken, rest) =
            self.rest.find(ends).and_then(|length| self.rest.split_at_checked(length)).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn name(&mut self) -> Result<&'p str, PathError> {
        let before = self.rest;
        let name = self.until(|character| matches!(character, '/' | '[' | ']' | '*' | '@' | '=' | '\'' | '"'));
        if name.is_empty() {
            self.rest = before;
            return Err(self.fault(PathFault::Name));
        }
        Ok(name)
    }

    fn predicate(&mut self) -> Result<Predicate<'p>, PathError> {
        if self.take("@") {
            let name = self.name()?;
            let value = if self.take("=") { Some(self.quoted()?) } else { None };
            return Ok(Predicate::Attribute(name, value));
        }
        let before = self.rest;
        let digits = self.until(|character| !character.is_ascii_digit());
        match digits.parse() {
            Ok(position) if position > 0 => Ok(Predicate::Position(position)),
            _ => {
                self.rest = before;
                Err(self.fault(PathFault::Position))
            }
        }
    }

    fn quoted(&mut self) -> Result<&'p str, PathError> {
        let quote = if self.take("'") { "'" } else { "\"" };
        if quote == "\"" {
            self.expect(quote, PathFault::Quote)?;
        }
        let value = self.until(|character| quote.contains(character));
        self.expect(quote, PathFault::Quote)?;
        Ok(value)
    }
}

/// What a step may lead to.
pub(crate) trait Candidate {
    fn is_named(&self, name: &str) -> bool;

    /// Whether it has this attribute, with this value if there is one.
    fn has_attribute(&self, name: &str, value: Option<&str>) -> bool;
}

impl Candidate for Element<'_, '_> {
    fn is_named(&self, name: &str) -> bool {
        self.name() == name
    }

    fn has_attribute(&self, name: &str, value: Option<&str>) -> bool {
        self.attribute(name).is_some_and(|attribute| value.is_none_or(|value| attribute.as_str() == Some(value)))
    }
}

impl<'p> Path<'p> {
    /// Whether the first step is taken from the document, not from the root element.
    pub(crate) const fn is_absolute(&self) -> bool {
        self.is_absolute
    }

    pub(crate) fn steps(&self) -> &[PathStep<'p>] {
        &self.steps
    }
}

impl PathStep<'_> {
    /// One 0 for each predicate: what [`leads_to`](Self::leads_to) counts in.
    pub(crate) fn none_passed(&self) -> Vec<u32> {
        alloc::vec![0; self.predicates.len()]
    }

    /// Whether the step leads to this one; `passed` counts those that each predicate has let through or refused.
    pub(crate) fn leads_to(&self, candidate: &impl Candidate, passed: &mut [u32]) -> bool {
        self.name.is_none_or(|name| candidate.is_named(name))
            && self.predicates.iter().zip(passed).all(|(predicate, passed)| match *predicate {
                Predicate::Position(position) => {
                    *passed = passed.saturating_add(1);
                    *passed == position
                }
                Predicate::Attribute(name, value) => candidate.has_attribute(name, value),
            })
    }
}

/// The elements that a [`Path`] leads to: [`Tree::find_all`].
#[derive(Clone, Debug)]
pub struct Found<'t, 'a, 'p> {
    tree: &'t Tree<'a>,
    path: Path<'p>,
    /// One for each step of the path.
    levels: Vec<Level>,
    /// How many of the steps are being taken.
    depth: usize,
}

/// The candidates of one step: the next one, and how many came to each of the step's predicates.
#[derive(Clone, Debug)]
struct Level {
    next: Option<NodeId>,
    passed: Vec<u32>,
}

impl<'t, 'a, 'p> Found<'t, 'a, 'p> {
    pub(super) fn new(from: Node<'t, 'a>, path: Path<'p>) -> Self {
        let top = if path.is_absolute { from.tree.document() } else { from.id };
        let level = |step: &PathStep<'_>| Level { next: None, passed: step.none_passed() };
        let levels = path.steps.iter().map(level).collect();
        let mut found = Self { tree: from.tree, path, levels, depth: 0 };
        found.enter(top);
        found
    }

    /// Takes the next step, among the children of `parent`.
    fn enter(&mut self, parent: NodeId) {
        if let Some(level) = self.levels.get_mut(self.depth) {
            level.next = self.tree.arena.node(parent).first;
            level.passed.fill(0);
            self.depth = self.depth.saturating_add(1);
        }
    }
}

impl<'t, 'a> Iterator for Found<'t, 'a, '_> {
    type Item = Element<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.depth.checked_sub(1)?;
            let (level, step) = (self.levels.get_mut(at)?, self.path.steps.get(at)?);
            let Some(id) = level.next else {
                self.depth = at;
                continue;
            };
            level.next = self.tree.arena.node(id).next;
            let Some(element) = (Node { tree: self.tree, id }).as_element() else { continue };
            if !step.leads_to(&element, &mut level.passed) {
                continue;
            }
            if self.depth == self.path.steps.len() {
                return Some(element);
            }
            self.enter(id);
        }
    }
}

impl FusedIterator for Found<'_, '_, '_> {}
