//! A provisioning document as tests see it: what stands in it, to be taken away by path.

use alloc::collections::BTreeMap;

use poc_mo::convert::{Loss, LossKind};
use poc_mo::omacp::{Characteristic, ProvisioningDoc, ProvisioningDocBuilder};
use poc_mo::syncml::dm::mgmt_tree::{MgmtTree, Value};

#[derive(Clone, Debug, Default)]
pub(crate) struct Document(pub(crate) Vec<Entry>);

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) type_: String,
    pub(crate) parms: Vec<(String, Option<String>)>,
    pub(crate) children: Vec<Self>,
}

impl Document {
    pub(crate) fn of(document: &ProvisioningDoc<'_>) -> Self {
        Self(document.characteristics().map(|characteristic| Entry::of(&characteristic)).collect())
    }

    /// A line each: `TYPE`, `NAME=VALUE`, or `NAME` for a flag, indented by nesting; a type has lines inside or is at
    /// the top.
    pub(crate) fn of_lines(text: &str) -> Self {
        let lines: Vec<(usize, &str)> =
            text.lines().map(|line| (line.len() - line.trim_start().len(), line.trim())).collect();
        Self(Entry::of_lines(&lines, 0).children)
    }

    pub(crate) fn build(&self) -> ProvisioningDoc<'_> {
        let mut builder = ProvisioningDoc::builder();
        builder.version("1.0");
        self.0.iter().for_each(|entry| entry.write(&mut builder));
        builder.build()
    }

    /// The lines that [`of_lines`](Self::of_lines) reads.
    pub(crate) fn lines(&self) -> String {
        let mut lines = String::new();
        self.0.iter().for_each(|entry| entry.lines(0, &mut lines));
        lines
    }

    /// What is left of it, in the form in which it comes back.
    pub(crate) fn without(&self, losses: &[Loss]) -> Self {
        let mut top = Entry { type_: String::new(), parms: Vec::new(), children: self.0.clone() };
        top.strip("", losses);
        Self(top.children)
    }
}

impl Entry {
    fn of(characteristic: &Characteristic<'_, '_>) -> Self {
        let text = |text: wbxml::Text<'_>| text.to_cow().unwrap_or("?".into()).into_owned();
        Self {
            type_: text(characteristic.type_()),
            parms: characteristic.parms().map(|parm| (text(parm.name), parm.value.map(text))).collect(),
            children: characteristic.characteristics().map(|child| Self::of(&child)).collect(),
        }
    }

    fn of_lines(lines: &[(usize, &str)], depth: usize) -> Self {
        let mut entry = Self { type_: String::new(), parms: Vec::new(), children: Vec::new() };
        for (index, (indent, line)) in lines.iter().enumerate() {
            if *indent < depth {
                break;
            }
            if *indent > depth {
                continue;
            }
            let inside = lines.get(index + 1..).unwrap_or_default();
            match line.split_once('=') {
                Some((name, value)) => entry.parms.push((name.into(), Some(value.into()))),
                None if depth == 0 || inside.first().is_some_and(|(indent, _)| *indent > depth) => {
                    let child = Self { type_: (*line).into(), ..Self::of_lines(inside, depth + 1) };
                    entry.children.push(child);
                }
                None => entry.parms.push(((*line).into(), None)),
            }
        }
        entry
    }

    fn lines(&self, depth: usize, lines: &mut String) {
        let indent = |depth| " ".repeat(depth);
        *lines += &format!("{}{}\n", indent(depth), self.type_);
        for (name, value) in &self.parms {
            let value = value.as_deref().map_or(String::new(), |value| format!("={value}"));
            *lines += &format!("{}{name}{value}\n", indent(depth + 1));
        }
        self.children.iter().for_each(|child| child.lines(depth + 1, lines));
    }

    fn write<'a>(&'a self, builder: &mut ProvisioningDocBuilder<'a>) {
        builder.start(&self.type_);
        for (name, value) in &self.parms {
            match value {
                Some(value) => builder.parm(name, value),
                None => builder.flag(name),
            };
        }
        self.children.iter().for_each(|child| child.write(builder));
        builder.end();
    }

    /// Takes away what is lost and puts what is respelled where it comes back.
    fn strip(&mut self, at: &str, losses: &[Loss]) {
        let mut counts = BTreeMap::<String, usize>::new();
        let mut place = |name: &str| {
            let count = counts.entry(name.into()).or_default();
            *count += 1;
            if at.is_empty() { format!("{name}[{count}]") } else { format!("{at}/{name}[{count}]") }
        };
        let has =
            |at: &str, kinds: fn(LossKind) -> bool| losses.iter().any(|loss| loss.at() == at && kinds(loss.kind()));
        let is_lost = |at: &str| has(at, |kind| kind.is_lost() && kind != LossKind::Acl);
        let is_respelled = |at: &str| has(at, |kind| kind == LossKind::Respelled);
        let (mut parms, mut children, mut moved, mut late) = (Vec::new(), Vec::new(), Vec::new(), false);
        for (name, value) in core::mem::take(&mut self.parms) {
            let at = place(&name);
            if is_lost(&at) {
                continue;
            }
            match (&*name, value.as_deref()) {
                // stands for a characteristic
                ("ADDR", _) if is_respelled(&at) => {
                    let child = Self { type_: "APPADDR".into(), parms: vec![(name, value)], children: Vec::new() };
                    children.push(child);
                }
                // is what is meant where there is none
                ("ADDRTYPE", Some("URI")) if is_respelled(&at) => {}
                ("DNS-ADDR", _) => {
                    late |= is_respelled(&at);
                    parms.push((name, value));
                }
                (_, Some("true")) if is_respelled(&at) => parms.push((name, Some("1".into()))),
                (_, Some("false")) if is_respelled(&at) => parms.push((name, Some("0".into()))),
                _ => {
                    assert!(!is_respelled(&at), "{at}");
                    parms.push((name, value));
                }
            }
        }
        if late {
            // addresses of IPv4 come in front of those of IPv6
            parms.sort_by_key(|(name, value)| {
                name == "DNS-ADDR" && value.as_deref().is_some_and(|value| value.contains(':'))
            });
        }
        for mut child in core::mem::take(&mut self.children) {
            let at = place(&child.type_);
            if is_lost(&at) {
                continue;
            }
            child.strip(&at, losses);
            let list = if is_respelled(&at) { &mut moved } else { &mut children };
            list.push(child);
        }
        if self.type_ == "APPLICATION" {
            // what the client proves comes in front of what the server proves
            moved.append(&mut children);
            children = moved;
        } else if !moved.is_empty() {
            // ports of a logical proxy are those of its physical one
            assert_eq!(self.type_, "PXLOGICAL");
            match children.iter_mut().find(|child| child.type_ == "PXPHYSICAL") {
                Some(physical) => {
                    moved.append(&mut physical.children);
                    physical.children = moved;
                }
                None => children.push(Self { type_: "PXPHYSICAL".into(), parms: Vec::new(), children: moved }),
            }
        }
        (self.parms, self.children) = (parms, children);
    }
}

/// The leaves of a tree with their values.
pub(crate) fn leaves(tree: &MgmtTree<'_>) -> Vec<(String, String)> {
    let mut walk = tree.walk();
    let mut leaves = Vec::new();
    while let Some(node) = walk.next() {
        if let Some(Value::Text(value)) = node.value() {
            let path = walk.path();
            leaves.push((path.strip_prefix("./").unwrap_or(path).into(), value.to_cow().unwrap().into_owned()));
        }
    }
    leaves
}
