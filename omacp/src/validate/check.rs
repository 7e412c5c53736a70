//! What has been found in a document so far.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use wbxml::Text;

use super::finding::Finding;
use super::rule::{Rule, Severity};
use crate::characteristic::{Characteristic, Parm};
use crate::node::Nodes;

/// A document while it is looked at.
pub(super) struct Check<'d, 'a> {
    pub(super) nodes: &'d Nodes<'a>,
    pub(super) findings: Vec<Finding<'a>>,
    pub(super) merges: BTreeMap<usize, usize>,
}

impl<'a> Check<'_, 'a> {
    /// Finds something wrong with a parm.
    pub(super) fn parm(&mut self, rule: Rule, of: &Characteristic<'_, 'a>, node: usize, parm: &Parm<'a>) {
        self.push(rule, of, Some(parm.name), node, parm.offset);
    }

    /// Finds something wrong with a characteristic.
    pub(super) fn whole(&mut self, rule: Rule, of: &Characteristic<'_, 'a>) {
        self.push(rule, of, None, of.index(), of.offset());
    }

    /// Finds that a characteristic lacks something.
    pub(super) fn lack(&mut self, rule: Rule, of: &Characteristic<'_, 'a>, what: &'static str) {
        self.push(rule, of, Some(Text::new(what)), of.index(), of.offset());
    }

    /// Finds something wrong with a node.
    pub(super) fn push(
        &mut self,
        rule: Rule,
        of: &Characteristic<'_, 'a>,
        about: Option<Text<'a>>,
        node: usize,
        offset: usize,
    ) {
        self.findings.push(Finding {
            rule,
            severity: Severity::Note,
            characteristic: of.type_(),
            number: 0,
            about,
            offset,
            node,
            owner: of.index(),
        });
    }

    /// Finds something wrong with the document.
    pub(super) fn document(&mut self, rule: Rule, node: usize) {
        let offset = self.nodes.get(node).map_or(0, |node| node.offset);
        self.findings.push(Finding {
            rule,
            severity: Severity::Note,
            characteristic: Text::EMPTY,
            number: 0,
            about: None,
            offset,
            node,
            owner: 0,
        });
    }
}
