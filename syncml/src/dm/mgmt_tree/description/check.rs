//! A tree beside its description.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec;
use alloc::vec::Vec;

use super::allowed::Verdict;
use super::index::{Kind, Names, spelled, split};
use super::{Described, Description, Finding, Rule, media_type};
use crate::dm::mgmt_tree::node::{Node, Value};
use crate::dm::mgmt_tree::properties::{AccessType, NodeType, RtProperties};
use crate::dm::mgmt_tree::{MgmtTree, path};
use crate::dm::{Format, ValueErrorKind};

/// What of a tree is not as it is described: [`Description::check`].
///
/// One node after the other is looked at when somebody asks for findings.
#[derive(Clone, Debug)]
pub struct Findings<'c> {
    description: &'c Description<'c>,
    access: Option<AccessType>,
    names: Names<'c>,
    /// What stands at each place of `names`.
    rows: Vec<Row<'c>>,
    /// How many nodes below each place of the tree there are for each place of the description.
    counts: BTreeMap<(usize, usize), u32>,
    next: usize,
    found: VecDeque<Finding<'c>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Row<'c> {
    /// `None` where a path leads through.
    node: Option<Node<'c, 'c>>,
    /// The place of the description.
    place: Option<usize>,
    is_doubled: bool,
}

impl<'c> Findings<'c> {
    pub(super) fn new(
        description: &'c Description<'c>,
        tree: &'c MgmtTree<'c>,
        target: &str,
        access: Option<AccessType>,
    ) -> Self {
        let mut findings = Self {
            description,
            access,
            names: Names::new(),
            rows: vec![Row { place: Some(Names::ROOT), ..Row::default() }],
            counts: BTreeMap::new(),
            next: 0,
            found: VecDeque::new(),
        };
        let target = path::segments(target).map(|name| Cow::Owned(name.into()));
        let target = target.fold(Names::ROOT, |above, name| findings.pass(above, name));
        let mut walk = tree.walk();
        let mut open = Vec::new();
        while let Some(node) = walk.next() {
            open.truncate(walk.depth());
            let is_top = open.is_empty();
            let mut above = open.last().copied().unwrap_or(target);
            if is_top {
                above =
                    split(node.path().unwrap_or_default()).into_iter().fold(above, |at, name| findings.pass(at, name));
            }
            let at = findings.stand(above, node, is_top);
            open.push(at);
        }
        findings
    }

    /// The row that a name leads to, whether a node is there or not.
    fn pass(&mut self, above: usize, name: Cow<'c, str>) -> usize {
        self.names.named(above, &name).unwrap_or_else(|| {
            let at = self.names.name_or_push(above, name);
            self.row(above, at, Kind::Interior, None);
            at
        })
    }

    /// Gives the node a row.
    fn stand(&mut self, above: usize, node: Node<'c, 'c>, is_top: bool) -> usize {
        let properties = node.rt_properties().unwrap_or_default();
        let kind = Kind::of(properties.format.or_else(|| node.value().map(|_| Format::CHR)));
        let object = match properties.type_ {
            Some(NodeType::DdfName(name)) if is_top => self.description.objects.get(&*spelled(name)).copied(),
            _ => None,
        };
        let Some(name) = node.name() else {
            let at = self.names.push(above, None);
            self.row(above, at, kind, object);
            return self.take(at, node);
        };
        let mut names = split(name);
        // a name with a slash is several; the root is where one is already
        let Some(last) = names.pop() else { return self.take(above, node) };
        let above = names.into_iter().fold(above, |at, name| self.pass(at, name));
        let at = match self.names.named(above, &last) {
            Some(at) if self.rows.get(at).is_some_and(|row| row.node.is_none()) => at,
            Some(first) => {
                let at = self.names.push(above, Some(last));
                let place = self.rows.get(first).and_then(|row| row.place);
                self.rows.push(Row { node: None, place, is_doubled: true });
                at
            }
            None => {
                let at = self.names.name_or_push(above, last);
                self.row(above, at, kind, object);
                at
            }
        };
        self.take(at, node)
    }

    fn take(&mut self, at: usize, node: Node<'c, 'c>) -> usize {
        if let Some(row) = self.rows.get_mut(at) {
            row.node = Some(node);
        }
        at
    }

    /// Adds the row at `at`, which has just been named, and counts it.
    fn row(&mut self, above: usize, at: usize, kind: Kind, object: Option<usize>) {
        let around = self.rows.get(above).and_then(|row| row.place);
        let here = around.and_then(|around| self.description.names.lookup(around, self.names.name(at), kind));
        let place = here.or(object);
        if let Some(place) = place {
            let count = self.counts.entry((above, place)).or_default();
            *count = count.saturating_add(1);
        }
        self.rows.push(Row { node: None, place, is_doubled: false });
    }

    /// Looks at the row `at`.
    fn look(&mut self, at: usize) {
        let Some(row @ Row { node: Some(node), .. }) = self.rows.get(at).copied() else { return };
        if row.is_doubled {
            self.report(at, Rule::Doubled);
        }
        match row.place {
            Some(place) => {
                let described = self.description.at(place);
                if described.properties.is_some() {
                    self.look_at_node(at, &node, &described, place);
                }
                self.look_below(at, &node, place);
            }
            None => self.look_at_stranger(at),
        }
    }

    /// A node that is not described, if it is the topmost one.
    fn look_at_stranger(&mut self, at: usize) {
        let above = self.names.above(at);
        let Some(around) = self.rows.get(above).copied() else { return };
        match around.place {
            Some(place) if self.description.names.name(place) == Some("Ext") => self.report(at, Rule::Extension),
            None if around.node.is_some() => {}
            _ => self.report(at, Rule::Unknown),
        }
    }

    fn look_at_node(&mut self, at: usize, node: &Node<'c, 'c>, described: &Described<'c>, place: usize) {
        let properties = node.rt_properties().unwrap_or_default();
        let value = node.value();
        let is_interior = described.format().or(properties.format) == Some(Format::NODE);
        if let (Some(found), Some(described)) = (properties.format, described.format()) {
            if !self.description.has_format(place, found) {
                self.report(at, Rule::Format { found, described });
            }
        }
        self.look_at_type(at, &properties, described, place, is_interior);
        if is_interior {
            if value.is_some_and(|value| !matches!(value, Value::Text(text) if text.is_blank())) {
                self.report(at, Rule::ValueOfInterior);
            }
        } else if described.format().is_some() && node.children().next().is_some() {
            self.report(at, Rule::NodesBelowLeaf);
        } else {
            self.look_at_value(at, value, properties.format.or(described.format()), described, place);
        }
        let is_meant = match self.access {
            Some(AccessType::Add) => true,
            Some(_) => !is_interior && value.is_some(),
            None => false,
        };
        if let Some(access) = self.access.filter(|access| is_meant && !described.access().contains(*access)) {
            self.report(at, Rule::Access(access));
        }
    }

    fn look_at_type(
        &mut self,
        at: usize,
        properties: &RtProperties<'_>,
        described: &Described<'_>,
        place: usize,
        is_interior: bool,
    ) {
        match properties.type_ {
            Some(NodeType::Mime(name)) if !is_interior && described.has_media_types => {
                let name = media_type(&spelled(name));
                if !name.is_empty() && !self.description.media_types.contains(&(place, name)) {
                    self.report(at, Rule::MediaType);
                }
            }
            Some(NodeType::DdfName(name))
                if !name.is_empty()
                    && described.object.is_some_and(|object| object != name)
                    // a description may have several identifiers for one object
                    && self.description.objects.get(&*spelled(name)) != Some(&place) =>
            {
                self.report(at, Rule::Object);
            }
            _ => {}
        }
    }

    fn look_at_value(
        &mut self,
        at: usize,
        value: Option<Value<'c, 'c>>,
        format: Option<Format<'_>>,
        described: &Described<'_>,
        place: usize,
    ) {
        let Some(format) = format else { return };
        let text = match value {
            None => {
                let is_run = described.access().iter().all(|access| access == AccessType::Exec);
                if !described.has_default && !is_run && format != Format::NULL {
                    self.report(at, Rule::NoValue);
                }
                return;
            }
            Some(Value::Octets(octets)) => {
                if let Err(error) = format.value(Some(octets)) {
                    self.report(at, Rule::Value(error.kind()));
                }
                return;
            }
            Some(Value::Text(text)) => text,
            Some(Value::Markup(element)) => match element.text() {
                Some(text) => text,
                None if format == Format::XML => return,
                None => return self.report(at, Rule::Value(ValueErrorKind::NotText)),
            },
        };
        let text = spelled(text);
        let allowed = self.description.allowed.get(&place).map_or(Verdict::Any, |allowed| allowed.verdict(&text));
        // Windows has unsigned integers, and says so in the ranges
        let is_listed = allowed == Verdict::Allowed && format == Format::INT;
        match format.value(Some(text.as_bytes())) {
            Err(error) if !is_listed => self.report(at, Rule::Value(error.kind())),
            _ => match allowed {
                Verdict::Forbidden => self.report(at, Rule::NotAllowed),
                Verdict::Unchecked => self.report(at, Rule::Unchecked),
                Verdict::Any | Verdict::Allowed => {}
            },
        }
    }

    /// How many nodes there are below, and which are missing.
    fn look_below(&mut self, at: usize, node: &Node<'c, 'c>, place: usize) {
        let description = self.description;
        let report = |below: usize, rule| {
            let name = description.names.name(below).unwrap_or(path::UNNAMED);
            Finding { path: self.names.uri(at, Some(name)), rule, offset: node.offset() }
        };
        for (&(_, below), &count) in self.counts.range((at, 0)..=(at, usize::MAX)) {
            let Some(occurrence) = description.at(below).occurrence() else { continue };
            if !occurrence.admits(count) {
                self.found.push_back(report(below, Rule::TooMany(occurrence)));
            }
        }
        // a Replace of values leaves out what stays as it is
        if self.access.is_none_or(|access| access == AccessType::Add) {
            for below in description.required_below(place) {
                let Some(occurrence) = description.at(below).occurrence() else { continue };
                if !self.counts.contains_key(&(at, below)) {
                    self.found.push_back(report(below, Rule::Missing(occurrence)));
                }
            }
        }
    }

    fn report(&mut self, at: usize, rule: Rule<'c>) {
        let offset = self.rows.get(at).and_then(|row| row.node).map_or(0, |node| node.offset());
        self.found.push_back(Finding { path: self.names.uri(at, None), rule, offset });
    }
}

impl<'c> Iterator for Findings<'c> {
    type Item = Finding<'c>;

    fn next(&mut self) -> Option<Finding<'c>> {
        while self.found.is_empty() && self.next < self.rows.len() {
            let at = self.next;
            self.next = at.saturating_add(1);
            self.look(at);
        }
        self.found.pop_front()
    }
}
