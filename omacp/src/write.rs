//! From a document to octets.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use wbxml::vocabulary::prov::{PROV_1_0, tag};
use wbxml::{AttrStart, Emit, Encode, Sink, Start, Tag, Text, WriteError, Writer};

use crate::document::ProvisioningDoc;
use crate::node::{Kind, Name, Nodes};

impl ProvisioningDoc<'_> {
    /// The document in WBXML.
    ///
    /// # Errors
    /// [`WriteError`], if something in it cannot be written: [`Nul`](WriteError::Nul),
    /// [`TooLong`](WriteError::TooLong), [`Text`](WriteError::Text).
    pub fn to_wbxml(&self) -> Result<Vec<u8>, WriteError> {
        let mut octets = Vec::new();
        self.write_wbxml(&mut octets)?;
        Ok(octets)
    }

    /// Writes the document to `sink` in WBXML 1.3 and UTF-8. There is a string table only if the document has names
    /// that are no token of the vocabulary.
    ///
    /// # Errors
    /// As [`to_wbxml`](Self::to_wbxml), and [`Full`](WriteError::Full).
    pub fn write_wbxml(&self, sink: impl Sink) -> Result<(), WriteError> {
        let names = self.literal_names()?;
        self.encode(&mut Writer::with_names(sink, &PROV_1_0, &names)?)
    }

    /// The document in XML, with XML declaration and `DOCTYPE`.
    ///
    /// # Errors
    /// [`WriteError`], if XML cannot hold something in it: [`NotXml`](WriteError::NotXml),
    /// [`OpaqueInXml`](WriteError::OpaqueInXml), [`UnknownName`](WriteError::UnknownName), [`Text`](WriteError::Text).
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn to_xml(&self) -> Result<alloc::string::String, WriteError> {
        let mut octets = Vec::new();
        self.encode(&mut wbxml::xml::Writer::document(&mut octets, &PROV_1_0))?;
        alloc::string::String::from_utf8(octets).map_err(|_| WriteError::Text(wbxml::TextFault::Invalid))
    }

    /// The names that are no token, in ascending order, each with its index in the string table.
    fn literal_names(&self) -> Result<Vec<(&str, u32)>, WriteError> {
        let names: BTreeSet<&str> = self
            .nodes
            .as_slice()
            .iter()
            .filter_map(|node| match node.kind {
                Kind::Element(Name::Named(name)) if PROV_1_0.tag(name).is_none() => Some(name),
                Kind::Attribute { name: Name::Named(name), .. } if PROV_1_0.attribute_start(name, "", 0).is_none() => {
                    Some(name)
                }
                _ => None,
            })
            .collect();
        let mut index = 0_u32;
        let mut rows = Vec::new();
        for name in names {
            rows.push((name, index));
            let length = u32::try_from(name.len()).map_err(|_| WriteError::TooLong)?;
            index = index.checked_add(length).and_then(|index| index.checked_add(1)).ok_or(WriteError::TooLong)?;
        }
        Ok(rows)
    }
}

impl Encode for ProvisioningDoc<'_> {
    /// Writes the root element with all that is in it, for an `out` of the vocabulary [`PROV_1_0`].
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        self.nodes.encode(out)
    }
}

impl Encode for Nodes<'_> {
    /// Writes the first node with all that is below it.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let mut ends: Vec<usize> = Vec::new();
        for (index, node) in self.as_slice().iter().enumerate() {
            while ends.last() == Some(&index) {
                ends.pop();
                out.end()?;
            }
            let (name, attributes) = match &node.kind {
                Kind::Root { version } => (Name::Token(tag::WAP_PROVISIONINGDOC), [("version", *version), ("", None)]),
                Kind::Characteristic { type_ } => {
                    (Name::Token(tag::CHARACTERISTIC), [("type", Some(*type_)), ("", None)])
                }
                Kind::Parm { name, value } => (Name::Token(tag::PARM), [("name", Some(*name)), ("value", *value)]),
                Kind::Element(name) => (*name, [("", None); 2]),
                // written with its element
                Kind::Attribute { .. } => continue,
                Kind::Text(text) => {
                    out.text(text)?;
                    continue;
                }
                Kind::Opaque(octets) => {
                    out.opaque(octets)?;
                    continue;
                }
            };
            let own = || attributes.iter().filter_map(|(name, value)| Some((Name::Named(name), (*value)?)));
            let has_attributes = own().next().is_some() || self.attributes(index).next().is_some();
            let last_attribute = index.saturating_add(self.attributes(index).count());
            let has_content = node.has_content || node.end > last_attribute.saturating_add(1);
            start(out, name, has_attributes, has_content)?;
            if has_attributes {
                for (name, value) in own().chain(self.attributes(index).map(|(name, value)| (*name, value))) {
                    attribute(out, name, value)?;
                }
                out.attributes_end()?;
            }
            if has_content {
                ends.push(node.end);
            }
        }
        for _ in ends {
            out.end()?;
        }
        Ok(())
    }
}

fn start(out: &mut impl Emit, name: Name<'_, Tag>, has_attributes: bool, has_content: bool) -> Result<(), WriteError> {
    let mut start = match name {
        Name::Named(_) => Start::new(Tag::LITERAL),
        Name::Token(tag) => Start::new(tag),
    };
    if has_attributes {
        start = start.with_attributes();
    }
    if !has_content {
        start = start.without_content();
    }
    match name {
        Name::Named(name) => out.start_named(name, start),
        Name::Token(_) => out.start(start),
    }
}

fn attribute(out: &mut impl Emit, name: Name<'_, AttrStart>, value: Text<'_>) -> Result<(), WriteError> {
    let value = value.to_cow()?;
    match name {
        Name::Named(name) => out.attribute(name, &value),
        Name::Token(token) => out.unnamed_attribute(token, &value),
    }
}
