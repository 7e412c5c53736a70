//! Which characteristic refers to which, and what that means: the access points and proxies of an application
//! (OMA-WAP-TS-ProvCont, 4; OMA-WAP-TS-ProvUAB).
//!
//! ```
//! use omacp::ProvisioningDoc;
//! use omacp::resolve::Situation;
//!
//! let mut builder = ProvisioningDoc::builder();
//! builder.start("NAPDEF").parm("NAPID", "HOME").parm("NAP-ADDRESS", "internet").flag("INTERNET");
//! builder.start("VALIDITY").parm("COUNTRY", "228").end().end();
//! builder.start("PXLOGICAL").parm("PROXY-ID", "PX").start("PXPHYSICAL").parm("PXADDR", "10.0.0.1");
//! builder.parm("TO-NAPID", "INTERNET").end().end();
//! builder.start("APPLICATION").parm("APPID", "w2").parm("TO-PROXY", "PX").parm("TO-NAPID", "ROAMING").end();
//! let document = builder.build();
//!
//! let resolution = document.resolve();
//! let browser = document.characteristics_of_type("APPLICATION").next().unwrap();
//! let at_home = Situation::new().in_network("228", "01");
//! let connection = resolution.connections(&browser, &at_home).next().unwrap();
//! assert_eq!(connection.access_point.value("NAP-ADDRESS").unwrap(), "internet");
//! assert_eq!(connection.physical.unwrap().value("PXADDR").unwrap(), "10.0.0.1");
//!
//! let abroad = Situation::new().in_network("310", "260");
//! assert_eq!(resolution.connections(&browser, &abroad).count(), 0);
//!
//! // perhaps the phone has it already
//! let unresolved: Vec<_> = resolution.unresolved().map(|reference| reference.name.to_string()).collect();
//! assert_eq!(unresolved, ["ROAMING"]);
//! ```

mod connections;
mod situation;

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;

use wbxml::Text;

use crate::characteristic::Characteristic;
use crate::document::ProvisioningDoc;
use crate::typed::{Access, Application, Bootstrap, NapDef, PxLogical, PxPhysical};

pub use connections::{Connection, Connections};
pub use situation::{Network, Situation};

/// What a reference refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The `NAPDEF` with this `NAPID`.
    AccessPoint,
    /// The `PXLOGICAL` with this `PROXY-ID`.
    Proxy,
    /// The `APPLICATION` with this `APPREF`.
    Application,
}

/// Where references stand, and what they refer to.
const ROWS: &[(&str, &str, Target)] = &[
    (PxPhysical::TYPE, "TO-NAPID", Target::AccessPoint),
    (Application::TYPE, "TO-NAPID", Target::AccessPoint),
    (Access::TYPE, "TO-NAPID", Target::AccessPoint),
    (Application::TYPE, "TO-PROXY", Target::Proxy),
    (Access::TYPE, "TO-PROXY", Target::Proxy),
    (Bootstrap::TYPE, "PROXY-ID", Target::Proxy),
    (Application::TYPE, "TO-APPREF", Target::Application),
];

/// The types that references refer to, each with the parm that has its name.
const NAMED: &[(&str, &str, Target)] = &[
    (NapDef::TYPE, "NAPID", Target::AccessPoint),
    (PxLogical::TYPE, "PROXY-ID", Target::Proxy),
    (Application::TYPE, "APPREF", Target::Application),
];

/// The name that stands for every access point with the flag `INTERNET`, on the phone or in the document.
const INTERNET: &str = "INTERNET";

/// A reference from one characteristic to another.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Reference<'d, 'a> {
    /// The characteristic that has the reference.
    pub from: Characteristic<'d, 'a>,
    /// The name of its parm.
    pub parm: Text<'a>,
    /// What it refers to.
    pub target: Target,
    /// The name by which it does.
    pub name: Text<'a>,
    /// What has that name.
    pub to: To<'d, 'a>,
    /// The first octet of the parm.
    pub offset: usize,
    /// The index of the parm's node.
    pub(crate) node: usize,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum To<'d, 'a> {
    /// A characteristic of the document: the first one of that name.
    Found(Characteristic<'d, 'a>),
    /// Every access point with the flag `INTERNET`.
    Internet,
    /// Nothing in the document. It may be on the phone.
    Unresolved,
    /// An application of the document that builds, through others perhaps, on the one that has the reference.
    Cycle(Characteristic<'d, 'a>),
}

/// The references of a document, followed: [`ProvisioningDoc::resolve`].
///
/// Where several characteristics have one name, references mean the first one.
#[derive(Clone, Debug)]
pub struct Resolution<'d, 'a> {
    access_points: Vec<Characteristic<'d, 'a>>,
    proxies: Vec<Characteristic<'d, 'a>>,
    accesses: Vec<Characteristic<'d, 'a>>,
    /// The first characteristic of each name.
    names: BTreeMap<(Target, Cow<'a, str>), Characteristic<'d, 'a>>,
    references: Vec<Reference<'d, 'a>>,
}

impl<'a> ProvisioningDoc<'a> {
    /// Follows the references of the document, in time that grows with its size and no faster than a sort.
    #[must_use]
    pub fn resolve(&self) -> Resolution<'_, 'a> {
        Resolution::new(self)
    }
}

impl<'d, 'a> Resolution<'d, 'a> {
    fn new(document: &'d ProvisioningDoc<'a>) -> Self {
        let mut this = Self {
            access_points: Vec::new(),
            proxies: Vec::new(),
            accesses: Vec::new(),
            names: BTreeMap::new(),
            references: Vec::new(),
        };
        for characteristic in document.characteristics() {
            let type_ = characteristic.type_();
            let lists = [
                (NapDef::TYPE, &mut this.access_points),
                (PxLogical::TYPE, &mut this.proxies),
                (Access::TYPE, &mut this.accesses),
            ];
            for (_, list) in lists.into_iter().filter(|(of, _)| type_ == **of) {
                list.push(characteristic);
            }
            for (_, parm, target) in NAMED.iter().filter(|(named, ..)| type_ == **named) {
                if let Some(name) = name(characteristic.value(parm)) {
                    this.names.entry((*target, name)).or_insert(characteristic);
                }
            }
        }
        for characteristic in document.characteristics() {
            this.refer(characteristic);
            if characteristic.type_() == *PxLogical::TYPE {
                characteristic.characteristics_of_type(PxPhysical::TYPE).for_each(|physical| this.refer(physical));
            }
        }
        this.mark_cycles();
        this
    }

    /// Follows the references of one characteristic.
    fn refer(&mut self, from: Characteristic<'d, 'a>) {
        let type_ = from.type_();
        if !ROWS.iter().any(|(row, ..)| type_ == **row) {
            return;
        }
        for (node, parm) in from.numbered_parms() {
            let row = ROWS.iter().find(|(row, referring, _)| type_ == **row && parm.name == **referring);
            if let (Some((_, _, target)), Some(value)) = (row, parm.value) {
                let to = self.follow(*target, value);
                self.references.push(Reference {
                    from,
                    parm: parm.name,
                    target: *target,
                    name: value,
                    to,
                    offset: parm.offset,
                    node,
                });
            }
        }
    }

    fn follow(&self, target: Target, value: Text<'a>) -> To<'d, 'a> {
        if target == Target::AccessPoint && value == *INTERNET {
            return To::Internet;
        }
        self.named(target, value).map_or(To::Unresolved, To::Found)
    }

    fn named(&self, target: Target, value: Text<'a>) -> Option<Characteristic<'d, 'a>> {
        self.names.get(&(target, name(Some(value))?)).copied()
    }

    /// Marks each reference that closes a cycle of applications.
    ///
    /// A walk into the depth, without recursion: each application is entered once and each reference followed once.
    fn mark_cycles(&mut self) {
        // the references of each application, in a row, because they were found in its order
        let mut of: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, reference) in self.references.iter().enumerate() {
            if let (Target::Application, To::Found(to)) = (reference.target, reference.to) {
                of.entry(reference.from.index()).or_default().push((place, to.index()));
            }
        }
        let mut closing = Vec::new();
        // true while the walk is below it
        let mut seen: BTreeMap<usize, bool> = BTreeMap::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for start in of.keys().copied() {
            if seen.contains_key(&start) {
                continue;
            }
            seen.insert(start, true);
            open.push((start, 0));
            while let Some((application, next)) = open.last_mut() {
                let Some(&(place, to)) = of.get(application).and_then(|references| references.get(*next)) else {
                    seen.insert(*application, false);
                    open.pop();
                    continue;
                };
                *next = next.saturating_add(1);
                match seen.get(&to) {
                    Some(true) => closing.push(place),
                    Some(false) => {}
                    None => {
                        seen.insert(to, true);
                        open.push((to, 0));
                    }
                }
            }
        }
        for place in closing {
            let Some(reference) = self.references.get_mut(place) else { continue };
            if let To::Found(to) = reference.to {
                reference.to = To::Cycle(to);
            }
        }
    }

    /// All references, in the order of the document.
    #[must_use]
    pub fn references(&self) -> &[Reference<'d, 'a>] {
        &self.references
    }

    /// The references that lead to nothing in the document: to settings that the phone may have.
    pub fn unresolved(&self) -> impl Iterator<Item = &Reference<'d, 'a>> + Clone {
        self.references.iter().filter(|reference| matches!(reference.to, To::Unresolved))
    }

    /// The references that close a cycle: without them there is none.
    pub fn cycles(&self) -> impl Iterator<Item = &Reference<'d, 'a>> + Clone {
        self.references.iter().filter(|reference| matches!(reference.to, To::Cycle(_)))
    }

    /// The characteristic to which references by this name lead.
    #[must_use]
    pub fn find(&self, target: Target, name: &str) -> Option<Characteristic<'d, 'a>> {
        // the names do not have to live longer than the one that is looked for
        let names: &BTreeMap<(Target, Cow<'_, str>), _> = &self.names;
        names.get(&(target, Cow::Borrowed(name))).copied()
    }

    /// The applications that this one builds on, through others too, each once: those that it names first come first.
    #[must_use]
    pub fn foundations(&self, application: &Characteristic<'d, 'a>) -> Vec<Characteristic<'d, 'a>> {
        let mut seen = BTreeSet::from([application.index()]);
        let mut found = Vec::new();
        let mut queue = vec![*application];
        let mut next = 0_usize;
        while let Some(application) = queue.get(next).copied() {
            next = next.saturating_add(1);
            for value in application.values("TO-APPREF") {
                let to = self.named(Target::Application, value).filter(|to| seen.insert(to.index()));
                found.extend(to);
                queue.extend(to);
            }
        }
        found
    }
}

/// A name, if it is one: a text that is not empty.
fn name(text: Option<Text<'_>>) -> Option<Cow<'_, str>> {
    text?.to_cow().ok().filter(|name| !name.is_empty())
}
