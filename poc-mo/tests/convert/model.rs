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

    /// The same with parms and characteristics of an application in the order of their names: that of different names
    /// means nothing.
    pub(crate) fn sorted(mut self) -> Self {
        for entry in self.0.iter_mut().filter(|entry| entry.type_ == "APPLICATION") {
            entry.parms.sort_by(|(one, _), (other, _)| one.cmp(other));
            entry.children.sort_by(|one, other| one.type_.cmp(&other.type_));
        }
        self
    }

    /// The same with the names by which applications are referred to replaced by numbers: another name says the same.
    pub(crate) fn numbered(mut self) -> Self {
        let mut names = BTreeMap::new();
        for (number, entry) in self.0.iter_mut().enumerate().filter(|(_, entry)| entry.service().is_some()) {
            for (_, value) in entry.parms.iter_mut().filter(|(name, _)| name.eq_ignore_ascii_case("APPREF")) {
                let number = number.to_string();
                names.entry(value.replace(number.clone())).or_insert(number);
            }
        }
        for (name, value) in self.0.iter_mut().flat_map(|entry| &mut entry.parms) {
            if let Some(number) = names.get(value).filter(|_| name == "TO-APPREF") {
                *value = Some(number.clone());
            }
        }
        self
    }
}

/// A service below PoC.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Service {
    Ims,
    Xdm,
    Presence,
}

/// The parms of `ap2001` as they come back.
const OF_IMS: [&str; 29] = [
    "AppID",
    "Name",
    "AppRef",
    "ConRef",
    "PDP_ContextOperPref",
    "P-CSCF_Address",
    "Timer_T1",
    "Timer_T2",
    "Timer_T4",
    "Private_User_Identity",
    "Home_network_domain_name",
    "ICSI",
    "ICSI_Resource_Allocation_Mode",
    "Address",
    "AddressType",
    "Resource_Allocation_Mode",
    "Voice_Domain_Preference_E_UTRAN",
    "SMS_Over_IP_Networks_Indication",
    "Keep_Alive_Enabled",
    "Voice_Domain_Preference_UTRAN",
    "Mobility_Management_IMS_Voice_Termination",
    "RegRetryBaseTime",
    "RegRetryMaxTime",
    "PhoneContext",
    "Public_user_identity",
    "AuthType",
    "Realm",
    "UserName",
    "UserPwd",
];

/// The characteristics inside it.
const IN_IMS: [&str; 6] =
    ["ConRefs", "Public_user_identity_List", "ICSI_List", "LBO_P-CSCF_Address", "PhoneContext_List", "APPAUTH"];

/// The name as it comes back, in a characteristic of `type_`.
fn spelled(service: Service, type_: &str, name: &str) -> String {
    if service != Service::Ims {
        return name.to_ascii_uppercase();
    }
    let known = OF_IMS.iter().chain(&IN_IMS).find(|known| known.eq_ignore_ascii_case(name));
    match (type_, known) {
        ("Public_user_identity_List", Some(_)) => "Public_user_Identity".into(),
        (_, known) => known.map_or(name, |known| *known).into(),
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

    /// The service that an application is.
    fn service(&self) -> Option<Service> {
        let mut ids = self.parms.iter().filter(|(name, _)| name.eq_ignore_ascii_case("APPID"));
        match ids.find_map(|(_, value)| value.as_deref()).map(str::to_ascii_lowercase).as_deref() {
            Some("ap2001") => Some(Service::Ims),
            Some("ap0003" | "ap0007") => Some(Service::Xdm),
            Some("ap0002" | "ap0009") => Some(Service::Presence),
            _ => None,
        }
    }

    /// Takes away what is lost and puts what is respelled where it comes back.
    fn strip(&mut self, at: &str, losses: &[Loss]) {
        let service = self.service();
        self.strip_in(service, at, losses);
    }

    fn strip_in(&mut self, service: Option<Service>, at: &str, losses: &[Loss]) {
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
        for (mut name, mut value) in core::mem::take(&mut self.parms) {
            let at = place(&name);
            if is_lost(&at) {
                continue;
            }
            let mut is_explained = !is_respelled(&at);
            if let Some(service) = service.filter(|_| !is_explained) {
                let spelled = spelled(service, &self.type_, &name);
                is_explained = spelled != name || spelled.eq_ignore_ascii_case("APPREF");
                name = spelled;
                // is what is meant where there is none
                if name == "PDP_ContextOperPref" && matches!(value.as_deref(), Some("0" | "false")) {
                    continue;
                }
                if service == Service::Ims && name == "TO-NAPID" {
                    let con_ref = ("ConRef".into(), value);
                    if self.type_ == "APPLICATION" {
                        match children.first_mut() {
                            Some(Self { parms, .. }) => parms.push(con_ref),
                            None => children.push(Self {
                                type_: "ConRefs".into(),
                                parms: vec![con_ref],
                                children: Vec::new(),
                            }),
                        }
                    } else {
                        parms.push(con_ref);
                    }
                    continue;
                }
            }
            match (&*name, value.as_deref()) {
                // stands for a characteristic
                ("ADDR", _) if is_respelled(&at) => {
                    let child = Self { type_: "APPADDR".into(), parms: vec![(name, value)], children: Vec::new() };
                    children.push(child);
                    continue;
                }
                // is what is meant where there is none
                ("ADDRTYPE", Some("URI")) if is_respelled(&at) => continue,
                ("DNS-ADDR", _) => {
                    late |= is_respelled(&at);
                    is_explained = true;
                }
                (_, Some("true" | "false")) if is_respelled(&at) => {
                    value = value.map(|value| if value == "true" { "1".into() } else { "0".into() });
                    is_explained = true;
                }
                _ => {}
            }
            assert!(is_explained, "{at}");
            parms.push((name, value));
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
            let type_ = service.map_or_else(|| child.type_.clone(), |of| spelled(of, "", &child.type_));
            match service.filter(|_| is_respelled(&at)) {
                Some(Service::Xdm) => {
                    // what stands in it stands in the application
                    child.strip_in(service, &at, losses);
                    parms.append(&mut child.parms);
                    continue;
                }
                Some(_) => {
                    let is_other = child.type_ != type_;
                    child.type_ = type_;
                    child.strip_in(service, &at, losses);
                    match children.iter_mut().find(|other| other.type_ == child.type_) {
                        // two lists are one
                        Some(first) if matches!(&*first.type_, "ConRefs" | "Public_user_identity_List") => {
                            first.parms.append(&mut child.parms);
                        }
                        _ => {
                            assert!(is_other, "{at}");
                            children.push(child);
                        }
                    }
                }
                None => {
                    match service {
                        Some(_) => child.strip_in(service, &at, losses),
                        None => child.strip(&at, losses),
                    }
                    let list = if is_respelled(&at) { &mut moved } else { &mut children };
                    list.push(child);
                }
            }
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
