//! Where device information is found: alone, or as the data of an item.

use wbxml::{
    AnyReader, Cursor, Data, Decode, Limits, Piece, PlainText, Start, Tag, Text, is_xml, vocabulary::devinf::tag,
};

use super::read::known;
use super::{DevInf, options};
use crate::error::{Error, ErrorKind, Result};

impl<'a> DevInf<'a> {
    /// Reads a document, WBXML or XML, whichever it is.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] if the document is faulty, [`ErrorKind::NotDevInf`] if its root is another one.
    pub fn parse(document: &'a [u8]) -> Result<Self> {
        Self::read_all(&mut AnyReader::new(document, options())?)
    }

    /// Reads a whole document with a reader that has just been made, say by [`Cursor::embedded`] with [`options`]: then
    /// offsets count from the start of the document around it.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] if the document is faulty, [`ErrorKind::NotDevInf`] if its root is another one.
    pub fn read_all<C: Cursor<'a>>(cursor: &mut C) -> Result<Self> {
        let root = cursor.root()?;
        if known(cursor, root)? != Some(tag::DEV_INF) {
            return Err(Error::new(ErrorKind::NotDevInf, cursor.span().start));
        }
        let device = Self::decode(cursor, root)?;
        cursor.finish()?;
        Ok(device)
    }

    /// Reads the data of an item, where it is device information: a document in octets or in text that is XML and stands
    /// there in one piece (as in `CDATA`), or the element; white space may stand around it. `None` is for data that is
    /// something else. Offsets of errors in octets and in text count from their start.
    ///
    /// ```
    /// use syncml::{Command, MessageReader, devinf::DevInf};
    ///
    /// // <Put> with an <Item> whose <Data> is OPAQUE: <DevInf><Man>X</Man></DevInf>; no type is declared
    /// let octets = b"\x03\xA4\x01\x6A\x00\x6D\x2C\x6B\x5F\x54\x4F\xC3\x0C\
    ///     \x03\xA4\x03\x6A\x00\x4A\x51\x03X\0\x01\x01\x01\x01\x01\x01\x01";
    /// let mut message = MessageReader::parse(octets)?;
    /// let Some(Command::Put(put)) = message.next_command()? else { panic!() };
    /// let data = put.items.first().and_then(|item| item.data).unwrap();
    /// assert_eq!(DevInf::of_data(&data)?.unwrap().man.unwrap(), "X");
    /// # Ok::<(), syncml::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Document`] if the data is device information and faulty.
    pub fn of_data(data: &Data<'a>) -> Result<Option<Self>> {
        match data {
            Data::Opaque(octets) => Self::of_octets(octets),
            Data::Text(text) => match only_piece(text) {
                Some(piece) if piece.to_str().is_ok() || !is_xml(piece.octets()) => Self::of_octets(piece.octets()),
                _ => Ok(None),
            },
            Data::Markup(markup) => {
                let mut reader = markup.reader(Limits::NONE)?;
                while let Some(child) = reader.next_child(Start::CONTENT)? {
                    if known(&reader, child)? == Some(tag::DEV_INF) {
                        return Self::decode(&mut reader, child).map(Some);
                    }
                    reader.skip(child)?;
                }
                Ok(None)
            }
        }
    }

    /// Reads octets, where they begin as a document of this kind.
    fn of_octets(octets: &'a [u8]) -> Result<Option<Self>> {
        match root_of(octets) {
            Ok(Some(tag::DEV_INF)) => Self::parse(octets).map(Some),
            _ => Ok(None),
        }
    }

    /// The data of an item that is to hold device information: `document` is one, in WBXML or, without a prolog, in XML.
    /// A message in WBXML takes the first, a message in XML the second.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] if the document is faulty, [`ErrorKind::NotDevInf`] if its root is another one.
    ///
    /// ```
    /// # #[cfg(feature = "xml")] {
    /// use syncml::devinf::DevInf;
    /// use syncml::{Command, Item, MessageReader, MessageWriter, Meta, Request, SyncHdr};
    /// use wbxml::{Encode, Writer, vocabulary::syncml::SYNCML_1_2, xml};
    ///
    /// let device = DevInf::new("1.2", "IMEI:490154203237518", "phone");
    /// let mut document = Vec::new();
    /// device.encode(&mut xml::Writer::new(&mut document, device.vocabulary()))?;
    ///
    /// let mut item = Item::leaf("./devinf12", Meta::EMPTY, "");
    /// item.data = Some(DevInf::data_of(&document)?);
    /// let mut octets = Vec::new();
    /// let mut message = MessageWriter::new(xml::Writer::new(&mut octets, &SYNCML_1_2), &SyncHdr::default())?;
    /// message.command(&Command::Put(Request::of_item("1", item)))?;
    /// message.finish(true)?;
    ///
    /// let text = std::str::from_utf8(&octets)?;
    /// assert!(text.contains("<Data><DevInf xmlns=\"syncml:devinf\"><VerDTD>1.2</VerDTD>"), "{text}");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn data_of(document: &'a [u8]) -> Result<Data<'a>> {
        Self::parse(document)?;
        #[cfg(feature = "xml")]
        if is_xml(document) {
            return Ok(Data::Markup(element_of_message(document)?));
        }
        Ok(Data::Opaque(document))
    }
}

/// The only piece of a text that is not white space. Encoders that keep the white space of their XML write it around
/// the `OPAQUE`: together, the three are a text.
fn only_piece<'a>(text: &Text<'a>) -> Option<PlainText<'a>> {
    let mut only = None;
    for piece in text.pieces() {
        match piece.ok()? {
            Piece::Text(piece) if piece.to_str().is_ok_and(|text| text.trim_ascii().is_empty()) => {}
            Piece::Text(piece) if only.is_none() => only = Some(piece),
            _ => return None,
        }
    }
    only
}

/// The root element of a document.
fn root_of(document: &[u8]) -> Result<Option<Tag>> {
    let mut reader = AnyReader::new(document, options())?;
    let root = reader.root()?;
    known(&reader, root)
}

/// The document as an element of a message, whose vocabulary has other names.
#[cfg(feature = "xml")]
fn element_of_message(document: &[u8]) -> Result<wbxml::Markup<'_>> {
    // with no vocabulary, every name stays the document's own, and its namespace is an attribute
    let options = wbxml::Options::new().limits(Limits::DEFAULT);
    let mut reader = wbxml::xml::Reader::content(document, options)?;
    let Some(element) = reader.next_child(Start::CONTENT)? else {
        return Err(Error::new(ErrorKind::NotDevInf, reader.span().start));
    };
    let mark = reader.mark(element);
    reader.skip(element)?;
    while let Some(element) = reader.next_child(Start::CONTENT)? {
        reader.skip(element)?;
    }
    Ok(reader.markup(mark))
}
