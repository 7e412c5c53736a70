//! A whole document.

use wbxml::vocabulary::prov::PROV_1_0;
use wbxml::{AnyReader, Cursor, Decode, Limits, Options, Reader, Text, Vocabulary};

use crate::builder::ProvisioningDocBuilder;
use crate::characteristic::{self, Characteristic};
use crate::error::Result;
use crate::foreign::{self, ForeignElement};
use crate::node::{Kind, Nodes};

/// A provisioning document: everything that stands in it, in the order in which it stands there.
///
/// Order is priority in these documents, and what is unknown today is somebody's extension: nothing is sorted, merged
/// or dropped. Documents are equal if they say the same, in whichever encoding and spelling. Texts are borrowed from
/// the octets. Elements may be nested as deep as [`Limits`] allow: nothing recurses.
///
/// ```
/// use omacp::ProvisioningDoc;
///
/// let octets = b"\x03\x0B\x6A\x00\xC5\x46\x01\xC6\x55\x01\x87\x11\x06\x03NAP1\0\x01\x87\x14\x01\x01\x01";
/// let document = ProvisioningDoc::parse(octets)?;
/// assert_eq!(document.version().unwrap(), "1.0");
/// for napdef in document.characteristics_of_type("NAPDEF") {
///     assert_eq!(napdef.value("NAPID").unwrap(), "NAP1");
///     assert!(napdef.parm("INTERNET").unwrap().value.is_none());
/// }
/// # Ok::<(), omacp::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisioningDoc<'a> {
    pub(crate) nodes: Nodes<'a>,
}

/// The vocabularies among which a document names its own.
static KNOWN: [&Vocabulary<'static>; 1] = [&PROV_1_0];

pub(crate) const fn options<'a>(limits: Limits) -> Options<'a> {
    Options::new().vocabularies(&KNOWN).assume(&PROV_1_0).limits(limits)
}

impl<'a> ProvisioningDoc<'a> {
    /// Reads a document, in WBXML or, with the feature `xml`, in XML: [`wbxml::is_xml`] tells which.
    ///
    /// # Errors
    /// [`Error`](crate::Error), with the offset of what is wrong.
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        Self::parse_with(octets, Limits::DEFAULT)
    }

    /// The same within other limits.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_with(octets: &'a [u8], limits: Limits) -> Result<Self> {
        Self::from_reader(&mut AnyReader::new(octets, options(limits))?)
    }

    /// Reads the document that a file of a smart card begins with: WBXML, and behind it nothing but octets 0xFF or 0x00 up
    /// to the file's size (OMA-WAP-TS-ProvSC).
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    ///
    /// let document = ProvisioningDoc::parse_file(b"\x03\x0B\x6A\x00\x45\x01\xFF\xFF\xFF")?;
    /// assert_eq!(document.characteristics().count(), 0);
    /// # Ok::<(), omacp::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`parse`](Self::parse); [`TrailingData`](wbxml::ErrorKind::TrailingData) if anything else follows.
    pub fn parse_file(octets: &'a [u8]) -> Result<Self> {
        let mut reader = Reader::new(octets, options(Limits::DEFAULT))?;
        let root = reader.root()?;
        let document = Self::decode(&mut reader, root)?;
        let end = reader.span().end;
        let padding = octets.get(end..).unwrap_or_default();
        if [0x00, 0xFF].iter().any(|filler| padding.iter().all(|octet| octet == filler)) {
            Ok(document)
        } else {
            Err(wbxml::Error::new(wbxml::ErrorKind::TrailingData, end).into())
        }
    }

    /// Reads a document from its first octet to its last, with the options that `reader` has been given.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn from_reader(reader: &mut impl Cursor<'a>) -> Result<Self> {
        let root = reader.root()?;
        let document = Self::decode(reader, root)?;
        reader.finish()?;
        Ok(document)
    }

    /// A document to be written, without anything in it yet.
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    ///
    /// let document = ProvisioningDoc::builder()
    ///     .start("NAPDEF")
    ///     .parm("NAPID", "NAP1")
    ///     .flag("INTERNET")
    ///     .start("VALIDITY")
    ///     .parm("COUNTRY", "228")
    ///     .end()
    ///     .end()
    ///     .build();
    /// let octets = document.to_wbxml()?;
    /// assert_eq!(octets[..21], *b"\x03\x0B\x6A\x00\x45\xC6\x55\x01\x87\x11\x06\x03NAP1\0\x01\x87\x14\x01");
    /// assert_eq!(octets[21..], *b"\xC6\x54\x01\x87\x12\x06\x03228\0\x01\x01\x01\x01");
    /// # Ok::<(), wbxml::WriteError>(())
    /// ```
    #[must_use]
    pub fn builder() -> ProvisioningDocBuilder<'a> {
        ProvisioningDocBuilder::new()
    }

    /// `version` of the root element: `1.0` in all versions of the specification, and often left out.
    #[must_use]
    pub fn version(&self) -> Option<Text<'a>> {
        match self.nodes.get(0)?.kind {
            Kind::Root { version } => version,
            _ => None,
        }
    }

    /// The characteristics at the top of the document.
    pub fn characteristics(&self) -> impl Iterator<Item = Characteristic<'_, 'a>> + Clone {
        characteristic::below(&self.nodes, 0)
    }

    /// What stands at the top of the document and is no characteristic.
    pub fn foreign_elements(&self) -> impl Iterator<Item = ForeignElement<'_, 'a>> + Clone {
        foreign::below(&self.nodes, 0)
    }

    /// The characteristics of one type at the top of the document.
    pub fn characteristics_of_type<'d>(
        &'d self,
        type_: &'d str,
    ) -> impl Iterator<Item = Characteristic<'d, 'a>> + Clone {
        self.characteristics().filter(move |characteristic| characteristic.type_() == *type_)
    }
}
