//! Trees that a command carries (OMA-TS-DM-TNDS).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use wbxml::vocabulary::dmddf::{DM_DDF_1_2, tag};
use wbxml::vocabulary::syncml::{SYNCML_1_2, tag as syncml};
use wbxml::{
    AnyReader, Cursor, Data, Emit, Encode, Encoder, Limits, Markup, Options, Start, Text, Vocabulary, WriteError,
};

use super::MgmtTree;
use crate::error::{Error, ErrorKind, Result};
use crate::item::Item;
use crate::meta::Meta;

/// The media types of a serialised tree.
const WBXML: &str = "application/vnd.syncml.dmtnds+wbxml";
const XML: &str = "application/vnd.syncml.dmtnds+xml";

/// A serialised tree as the data of an item: made for a command to carry, or found in one.
///
/// There are three forms, and all are read: elements in the message, on code page 2 if it is WBXML; a WBXML document
/// of its own in octets; XML in text. A document of its own may be in base64 too.
///
/// ```
/// use syncml::dm::mgmt_tree::{MgmtTree, TndsObject};
/// use syncml::{Command, Location, MessageReader, MessageWriter, Meta, Request, SyncHdr};
/// use wbxml::{Limits, Writer, vocabulary::syncml::SYNCML_1_2};
///
/// let mut builder = MgmtTree::builder();
/// builder.start("Harbour").start("T11Timer").value("6000");
/// let tree = builder.build();
///
/// // a server adds it in one command
/// let header = SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.example"));
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &header)?;
/// let object = TndsObject::elements(&tree)?;
/// message.command(&Command::Add(Request::of_item("1", object.item("./PoC")?)))?;
/// message.finish(true)?;
///
/// // a device finds it there
/// let mut message = MessageReader::parse(&octets)?;
/// let Some(Command::Add(add)) = message.next_command()? else { panic!() };
/// let item = add.items.first().unwrap();
/// let object = TndsObject::in_item(item, &add.meta)?.unwrap();
/// assert_eq!(item.uri().unwrap(), "./PoC");
/// assert_eq!(object.tree(Limits::DEFAULT)?, tree);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TndsObject<'a>(Form<'a>);

#[derive(Clone, Debug)]
enum Form<'a> {
    /// Elements of a message that was read.
    Read(Markup<'a>),
    /// `Data` of a message, with the elements in it.
    Elements(Vec<u8>),
    /// A document of its own, in WBXML, or in XML that octets hold.
    Document(Cow<'a, [u8]>),
    /// XML in text.
    Xml(Cow<'a, str>),
}

impl<'a> TndsObject<'a> {
    /// `tree` as elements, for a message in WBXML: the form that takes the fewest octets, and that of the
    /// specification.
    ///
    /// # Errors
    /// As [`MgmtTree::to_wbxml`].
    pub fn elements(tree: &MgmtTree<'_>) -> Result<Self, WriteError> {
        Encoder::new(&SYNCML_1_2).encode(&InData(tree)).map(|octets| Self(Form::Elements(octets)))
    }

    /// `tree` as a WBXML document of its own in octets, for a message in WBXML.
    ///
    /// # Errors
    /// As [`MgmtTree::to_wbxml`].
    pub fn document(tree: &MgmtTree<'_>) -> Result<Self, WriteError> {
        Ok(Self(Form::Document(Cow::Owned(tree.to_wbxml()?))))
    }

    /// `tree` as XML in text, for a message in either encoding.
    ///
    /// # Errors
    /// As [`MgmtTree::to_xml`].
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn xml(tree: &MgmtTree<'_>) -> Result<Self, WriteError> {
        Ok(Self(Form::Xml(Cow::Owned(tree.to_xml()?))))
    }

    /// The serialised tree that is the data of `item`, if it is one: elements by the name of the first, text and octets
    /// by the media type. `meta` is that of the command, and holds for an item that says nothing else.
    ///
    /// # Errors
    /// [`Document`](ErrorKind::Document) if format, type or data is no text where it should be.
    pub fn in_item(item: &Item<'a>, meta: &Meta<'a>) -> Result<Option<Self>> {
        let Some(data) = item.data else { return Ok(None) };
        if let Data::Markup(markup) = data {
            let mut reader = markup.reader(Limits::NONE)?;
            let Some(root) = reader.next_child(Start::CONTENT)? else { return Ok(None) };
            let is_tree = root.tag == tag::MGMT_TREE || reader.name(root)? == DM_DDF_1_2.tag_name(tag::MGMT_TREE);
            return Ok(is_tree.then_some(Self(Form::Read(markup))));
        }
        let type_ = string(item.meta.type_.or(meta.type_))?;
        // parameters, such as a charset, may follow
        let type_ = type_.split(';').next().unwrap_or_default().trim_ascii();
        if ![WBXML, XML].iter().any(|known| type_.eq_ignore_ascii_case(known)) {
            return Ok(None);
        }
        let text = match data {
            Data::Opaque(octets) => return Ok(Some(Self(Form::Document(Cow::Borrowed(octets))))),
            data => string(if let Data::Text(text) = data { Some(text) } else { None })?,
        };
        let is_base64 = string(item.meta.format.or(meta.format))?.trim_ascii() == "b64";
        Ok(Some(Self(if is_base64 {
            Form::Document(Cow::Owned(from_base64(&text).ok_or(Error::new(ErrorKind::NotAMgmtTree, 0))?))
        } else {
            Form::Xml(text)
        })))
    }

    /// The tree, read within these limits.
    ///
    /// # Errors
    /// As [`MgmtTree::parse`]; offsets in a document of its own, or in text, are counted from its first octet.
    pub fn tree(&self, limits: Limits) -> Result<MgmtTree<'_>> {
        match &self.0 {
            Form::Read(markup) => MgmtTree::from_markup(markup, limits),
            Form::Elements(octets) => MgmtTree::from_markup(&content(octets)?, limits),
            Form::Document(octets) => MgmtTree::parse_with(octets, limits),
            Form::Xml(text) => MgmtTree::parse_with(text.trim_ascii_start().as_bytes(), limits),
        }
    }

    /// The item that carries the object to `target`, with format and type; elements are for a message in WBXML.
    ///
    /// # Errors
    /// None for an object that was made of a tree or found in an item.
    pub fn item<'i>(&'i self, target: &'i str) -> Result<Item<'i>> {
        let (format, type_, data) = match &self.0 {
            Form::Read(markup) => ("xml", WBXML, Data::Markup(*markup)),
            Form::Elements(octets) => ("xml", WBXML, Data::Markup(content(octets)?)),
            Form::Document(octets) => ("bin", WBXML, Data::Opaque(octets)),
            Form::Xml(text) => ("xml", XML, Data::Text(Text::new(text))),
        };
        let mut item = Item::leaf(target, Meta::of_data(format, type_), "");
        item.data = Some(data);
        Ok(item)
    }
}

/// A tree with `Data` around it: markup ends where the element around it does.
struct InData<'t, 'a>(&'t MgmtTree<'a>);

impl Encode for InData<'_, '_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(syncml::DATA))?;
        self.0.encode(out)?;
        out.end()
    }
}

/// The elements in the root of a document.
fn content(octets: &[u8]) -> Result<Markup<'_>> {
    let options = Options::new().vocabularies(&MESSAGE).assume(&SYNCML_1_2).limits(Limits::NONE);
    let mut reader = AnyReader::new(octets, options)?;
    let root = reader.root()?;
    match reader.data(root)? {
        Data::Markup(markup) => Ok(markup),
        _ => Err(Error::new(ErrorKind::NotAMgmtTree, 0)),
    }
}

static MESSAGE: [&Vocabulary<'static>; 1] = [&SYNCML_1_2];

fn string(text: Option<Text<'_>>) -> Result<Cow<'_, str>> {
    let string = text.map_or(Ok(Cow::Borrowed("")), |text| text.to_cow());
    string.map_err(|fault| fault.at(0).into())
}

/// The octets that base64 says, white space and padding or not (RFC 2045, 6.8).
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_ascii_end().trim_end_matches('=').bytes();
    let digits: Vec<u8> = digits.filter(|octet| !octet.is_ascii_whitespace()).collect();
    data_encoding::BASE64_NOPAD.decode(&digits).ok()
}
