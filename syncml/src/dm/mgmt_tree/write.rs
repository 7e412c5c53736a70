//! From a document to octets.

use alloc::vec::Vec;

use wbxml::vocabulary::dmddf::DM_DDF_1_2;
use wbxml::{Emit, Encode, Encoder, Start, Tag, WriteError};

use super::MgmtTree;
use super::arena::{AttributeName, Kind, Name};

impl MgmtTree<'_> {
    /// The document in WBXML 1.3 and UTF-8, on code page 2; [`wbxml::Encoder`] has other choices, and the length.
    ///
    /// # Errors
    /// [`WriteError`], if something in it cannot be written: [`Nul`](WriteError::Nul),
    /// [`TooLong`](WriteError::TooLong), [`Text`](WriteError::Text).
    pub fn to_wbxml(&self) -> Result<Vec<u8>, WriteError> {
        Encoder::new(&DM_DDF_1_2).encode(self)
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
        self.encode(&mut wbxml::xml::Writer::document(&mut octets, &DM_DDF_1_2))?;
        alloc::string::String::from_utf8(octets).map_err(|_| WriteError::Text(wbxml::TextFault::Invalid))
    }
}

impl Encode for MgmtTree<'_> {
    /// Writes `MgmtTree` with all that is in it: as a document, or into an element of a message, such as `Data`.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let mut ends = Vec::new();
        for (index, entry) in self.entries.as_slice().iter().enumerate() {
            while ends.last().is_some_and(|end| *end <= index) {
                ends.pop();
                out.end()?;
            }
            match &entry.kind {
                Kind::Element(name) => {
                    let below = self.entries.children(index);
                    let attributes =
                        below.take_while(|(_, entry)| matches!(entry.kind, Kind::Attribute { .. })).count();
                    let has_content = entry.end > index.saturating_add(attributes).saturating_add(1);
                    start(out, *name, attributes > 0, has_content)?;
                    for (_, entry) in self.entries.children(index).take(attributes) {
                        let Kind::Attribute { name, value } = &entry.kind else { continue };
                        let value = value.to_cow().map_err(WriteError::Text)?;
                        match name {
                            AttributeName::Named(name) => out.attribute(name, &value)?,
                            AttributeName::Token(token) => out.unnamed_attribute(*token, &value)?,
                        }
                    }
                    if attributes > 0 {
                        out.attributes_end()?;
                    }
                    if has_content {
                        ends.push(entry.end);
                    }
                }
                // written with its element
                Kind::Attribute { .. } => {}
                Kind::Text(text) => text.encode(out)?,
                Kind::Joined(text) => out.text(text)?,
                Kind::Opaque(octets) => out.opaque(octets)?,
            }
        }
        for _ in ends {
            out.end()?;
        }
        Ok(())
    }
}

fn start(out: &mut impl Emit, name: Name<'_>, has_attributes: bool, has_content: bool) -> Result<(), WriteError> {
    let mut start = match name {
        Name::Named(_) => Start::new(Tag::LITERAL),
        Name::Known(tag) | Name::Token(tag) => Start::new(tag),
    };
    if has_attributes {
        start = start.with_attributes();
    }
    if !has_content {
        start = start.without_content();
    }
    match name {
        Name::Named(name) => out.start_named(name, start),
        Name::Known(_) | Name::Token(_) => out.start(start),
    }
}
