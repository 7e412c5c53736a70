//! A document against all rules.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use wbxml::Text;

use super::{Finding, Rule, Severity, address, further, identity, parms};
use crate::application::{self, Application};
use crate::characteristic::{self, Characteristic, Parm};
use crate::document::ProvisioningDoc;
use crate::node::{Kind, Nodes};
use crate::resolve::{Target, To};
use crate::typed::{self, Schema, VendorConfig};

/// What came out of it.
pub(crate) struct Checked<'a> {
    /// The findings, in the order of the document.
    pub(crate) findings: Vec<Finding<'a>>,
    /// Each node that is to be merged, with the one that it is merged into.
    pub(crate) merges: BTreeMap<usize, usize>,
}

/// A document while it is looked at.
pub(super) struct Check<'d, 'a> {
    pub(super) nodes: &'d Nodes<'a>,
    pub(super) findings: Vec<Finding<'a>>,
    pub(super) merges: BTreeMap<usize, usize>,
}

/// A characteristic that stands where it may.
#[derive(Clone, Copy)]
pub(super) struct Place<'d, 'a> {
    pub(super) characteristic: Characteristic<'d, 'a>,
    pub(super) schema: &'static Schema,
    /// The node of what it stands in.
    pub(super) parent: usize,
    /// The application whose account it belongs to.
    pub(super) account: Account,
}

/// The application whose account a characteristic belongs to.
#[derive(Clone, Copy)]
pub(super) enum Account {
    /// None.
    None,
    /// One that is in no register.
    Unregistered,
    Registered(&'static Application),
}

impl<'a> Checked<'a> {
    /// Looks at a document, for a phone of which `is_on_phone` says what it has.
    pub(crate) fn new(document: &ProvisioningDoc<'a>, is_on_phone: impl FnMut(Target, &str) -> bool) -> Self {
        let mut check = Check { nodes: &document.nodes, findings: Vec::new(), merges: BTreeMap::new() };
        check.root(document);
        let places = check.places(document);
        for place in &places {
            check.elements(&place.characteristic);
            parms::check(&mut check, place);
            address::check(&mut check, place);
            further::check(&mut check, place);
        }
        identity::check(&mut check, &places);
        check.references(document, is_on_phone);
        let Check { nodes, mut findings, merges } = check;
        findings.sort_by_key(|finding| finding.node);
        number(nodes, &mut findings);
        Self { findings, merges }
    }
}

impl<'d, 'a> Check<'d, 'a> {
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

    fn push(&mut self, rule: Rule, of: &Characteristic<'_, 'a>, about: Option<Text<'a>>, node: usize, offset: usize) {
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
    fn document(&mut self, rule: Rule, node: usize) {
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

    /// The root element, and what stands there that is no characteristic.
    fn root(&mut self, document: &ProvisioningDoc<'a>) {
        let rule = match document.version().map(|version| version.to_cow()) {
            None => Some(Rule::NoVersion),
            Some(Ok(version)) if version == "1.0" => None,
            Some(Ok(version)) if version.split('.').next() == Some("1") => Some(Rule::OddVersion),
            Some(_) => Some(Rule::OtherVersion),
        };
        if let Some(rule) = rule {
            self.document(rule, 0);
        }
        if document.characteristics().next().is_none() {
            self.document(Rule::Empty, 0);
        }
        for (node, element) in self.nodes.children(0) {
            if !matches!(element.kind, Kind::Characteristic { .. } | Kind::Attribute { .. }) {
                self.document(Rule::Misplaced, node);
            }
        }
    }

    /// The characteristics that stand where they may, in the order of the document.
    fn places(&mut self, document: &ProvisioningDoc<'a>) -> Vec<Place<'d, 'a>> {
        let mut places = Vec::new();
        for (index, _) in document.nodes.children(0) {
            self.place(&mut places, index, 0, typed::SCHEMA, Account::None);
        }
        let mut next = 0_usize;
        while let Some(&Place { characteristic, schema, account, .. }) = places.get(next) {
            next = next.saturating_add(1);
            // what is in there, the vendor knows
            if schema.type_ == VendorConfig::TYPE {
                continue;
            }
            for inner in characteristic.characteristics() {
                self.place(&mut places, inner.index(), characteristic.index(), schema.children, account);
            }
        }
        places.sort_by_key(|place| place.characteristic.index());
        places
    }

    fn place(
        &mut self,
        places: &mut Vec<Place<'d, 'a>>,
        index: usize,
        parent: usize,
        schemas: &[&'static Schema],
        account: Account,
    ) {
        let Some(characteristic) = characteristic::at(self.nodes, index) else { return };
        let type_ = characteristic.type_();
        match schemas.iter().find(|schema| type_ == *schema.type_) {
            Some(schema) => {
                let account = if schema.type_ == typed::Application::TYPE { of(&characteristic) } else { account };
                places.push(Place { characteristic, schema, parent, account });
            }
            None => self.whole(Rule::UnknownCharacteristic, &characteristic),
        }
    }

    /// What stands in a characteristic and is neither characteristic nor parm, and what stands in its parms.
    fn elements(&mut self, of: &Characteristic<'_, 'a>) {
        for (node, element) in self.nodes.children(of.index()) {
            match element.kind {
                Kind::Characteristic { .. } | Kind::Attribute { .. } => {}
                Kind::Parm { .. } => {
                    for (inner, element) in self.nodes.children(node) {
                        if !matches!(element.kind, Kind::Attribute { .. }) {
                            self.push(Rule::Misplaced, of, None, inner, element.offset);
                        }
                    }
                }
                _ => self.push(Rule::Misplaced, of, None, node, element.offset),
            }
        }
    }

    fn references(&mut self, document: &ProvisioningDoc<'a>, mut is_on_phone: impl FnMut(Target, &str) -> bool) {
        for reference in document.resolve().references() {
            let rule = match reference.to {
                To::Unresolved => Rule::Dangling,
                To::Cycle(_) => Rule::Cycle,
                To::Found(_) | To::Internet => continue,
            };
            let is_there = reference.name.to_cow().is_ok_and(|name| is_on_phone(reference.target, &name));
            if rule == Rule::Cycle || !is_there {
                self.push(rule, &reference.from, Some(reference.parm), reference.node, reference.offset);
            }
        }
    }
}

/// The application of an account.
fn of(characteristic: &Characteristic<'_, '_>) -> Account {
    let appid = characteristic.value("APPID").and_then(|appid| appid.to_cow().ok());
    appid.and_then(|appid| application::find(&appid)).map_or(Account::Unregistered, Account::Registered)
}

/// Says of each finding which characteristic of its type it is about.
fn number(nodes: &Nodes<'_>, findings: &mut [Finding<'_>]) {
    if findings.is_empty() {
        return;
    }
    let mut last: BTreeMap<Cow<'_, str>, u32> = BTreeMap::new();
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    for (index, node) in nodes.as_slice().iter().enumerate() {
        if let Kind::Characteristic { type_ } = node.kind {
            let number = last.entry(type_.to_cow().unwrap_or_default()).or_default();
            *number = number.saturating_add(1);
            numbers.insert(index, *number);
        }
    }
    for finding in findings {
        finding.number = numbers.get(&finding.owner).copied().unwrap_or_default();
    }
}
