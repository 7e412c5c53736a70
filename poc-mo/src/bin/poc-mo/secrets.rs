//! What is not shown unless it is asked for: passwords, keys and nonces.

use std::collections::HashMap;

use wbxml::tree::{Attribute, Element, NodeId};

/// The parms and leaves whose values are secrets, without regard to case.
const NAMES: [&str; 18] = [
    // Client Provisioning: APPAUTH, RESOURCE; NAPAUTHINFO; PXAUTHINFO; PXLOGICAL. DM 1.2 and ConnMO have leaves of the
    // same names.
    "AAUTHSECRET",
    "AAUTHDATA",
    "AUTHSECRET",
    "PXAUTH-PW",
    "BASAUTH-PW",
    "PROXY-PW",
    // Client Provisioning: WLAN and EAP
    "PASSWORD",
    "WPA-PRES-KEY-ASC",
    "WPA-PRES-KEY-HEX",
    // IMS (ap2001): APPAUTH
    "UserPwd",
    "UserPassword",
    // older phones
    "PROXY_AUTHSECRET",
    "PPP_AUTHSECRET",
    // DM 1.1.2: DMAcc
    "ClientPW",
    "ServerPW",
    "ClientNonce",
    "ServerNonce",
    // ConnMO: proxies
    "AuthPW",
];

/// The elements of SyncML that hold secrets: name, element around it.
const ELEMENTS: [(&str, Option<&str>); 2] = [("Data", Some("Cred")), ("NextNonce", None)];

/// The elements that hold the value of something with a name: value, element around it, ways to the name.
const VALUES: [(&str, &str, &[&[&str]]); 2] =
    [("Data", "Item", &[&["Target", "LocURI"], &["Source", "LocURI"]]), ("Value", "Node", &[&["NodeName"]])];

/// Tells secrets from what may be shown.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    /// Whether nothing is hidden.
    are_shown: bool,
    /// Whether an element's name is that of a secret: what it has many values of, is asked for once.
    named: HashMap<NodeId, bool>,
}

impl Secrets {
    pub(crate) fn new(are_shown: bool) -> Self {
        Self { are_shown, ..Self::default() }
    }

    /// Whether this is a name whose value is a secret: that of a parm, or a URI that ends with the name of a leaf.
    pub(crate) fn is_name(name: &str) -> bool {
        let path = name.split('?').next().unwrap_or_default();
        let leaf = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().trim();
        NAMES.iter().any(|known| known.eq_ignore_ascii_case(leaf))
    }

    /// Whether what is in the element is a secret.
    pub(crate) fn hides(&mut self, element: Element<'_, '_>) -> bool {
        if self.are_shown {
            return false;
        }
        let parent = element.node().parent().and_then(|parent| parent.as_element());
        let parent_name = parent.map(Element::name);
        let name = element.name();
        if ELEMENTS.iter().any(|(known, around)| *known == name && (around.is_none() || *around == parent_name)) {
            return true;
        }
        let row = VALUES.iter().find(|(known, around, _)| *known == name && Some(*around) == parent_name);
        let (Some((.., ways)), Some(parent)) = (row, parent) else { return false };
        *self.named.entry(parent.id()).or_insert_with(|| {
            ways.iter().flat_map(|way| reached(parent, way)).any(|element| Self::is_name(&element.text()))
        })
    }

    /// Whether the attribute is the value of a parm that is a secret.
    pub(crate) fn hides_attribute(&self, element: Element<'_, '_>, attribute: Attribute<'_, '_>) -> bool {
        !self.are_shown
            && element.name().eq_ignore_ascii_case("parm")
            && attribute.name().eq_ignore_ascii_case("value")
            && element
                .attributes()
                .filter(|other| other.name().eq_ignore_ascii_case("name"))
                .any(|name| name.as_str().is_none_or(Self::is_name))
    }
}

/// The elements that a way leads to, by any elements of its names.
fn reached<'t, 'a>(from: Element<'t, 'a>, way: &[&str]) -> Vec<Element<'t, 'a>> {
    way.iter().fold(Vec::from([from]), |elements, name| {
        elements.into_iter().flat_map(Element::elements).filter(|element| element.name() == *name).collect()
    })
}
