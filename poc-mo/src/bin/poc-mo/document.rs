//! Documents: what one is, by its root element and by the library that reads all of it.

use std::sync::LazyLock;

use omacp::ProvisioningDoc;
use syncml::devinf::DevInf;
use syncml::dm::mgmt_tree::MgmtTree;
use syncml::{Command, MessageReader};
use wbxml::vocabulary::{ALL, prov::PROV_1_0, syncml::SYNCML_1_2};
use wbxml::{AnyReader, AttrStart, Cursor, Event, Options, PublicId, Tree, Vocabulary, is_xml, xml};

use crate::failure::{Fault, Layer};
use crate::services::{CO, EMN, OTA_SETTINGS, SI, SL};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An OMA Client Provisioning document.
    Provisioning,
    /// A SyncML message.
    Message,
    /// Commands of a SyncML message, in XML without their message.
    Commands,
    /// A serialised management tree (TNDS).
    Tree,
    /// The description of one (DDF).
    Description,
    /// Device information (DevInf).
    DeviceInformation,
    /// A document of another service that comes by push.
    Service,
}

/// A document that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Document<'a> {
    pub(crate) layer: Layer<'a>,
    pub(crate) kind: Kind,
    /// What it is, in a few words.
    pub(crate) what: String,
    /// The vocabulary of WBXML that names none.
    assumed: Option<&'static Vocabulary<'static>>,
}

/// What a document turns out to be, when all of it has been read.
type Told = Result<(Kind, String), Fault>;

/// A kind of document: its root element, and what reads all of it and says what it is.
struct Row {
    root: &'static str,
    read: fn(&[u8]) -> Told,
}

/// The kinds, by their root elements.
const ROWS: [Row; 9] = [
    Row { root: "wap-provisioningdoc", read: provisioning },
    Row { root: "SyncML", read: message },
    Row { root: "MgmtTree", read: tree },
    Row { root: "DevInf", read: device_information },
    Row { root: "si", read: |octets| service(octets, "service indication (SI)", None) },
    Row { root: "sl", read: |octets| service(octets, "service loading (SL)", None) },
    Row { root: "co", read: |octets| service(octets, "cache operation (CO)", None) },
    Row { root: "emn", read: |octets| service(octets, "e-mail notification (EMN)", None) },
    Row {
        root: "CHARACTERISTIC-LIST",
        read: |octets| service(octets, "document of OTA settings", Some(&OTA_SETTINGS)),
    },
];

/// The vocabularies of the documents above.
static KNOWN: LazyLock<Vec<&Vocabulary<'static>>> =
    LazyLock::new(|| [&ALL[..], &[&SI, &SL, &CO, &EMN, &OTA_SETTINGS]].concat());

/// The vocabularies that WBXML without one may be in, the likeliest first.
static UNNAMED: [&Vocabulary<'static>; 3] = [&PROV_1_0, &SYNCML_1_2, &OTA_SETTINGS];

impl<'a> Document<'a> {
    /// The document that these octets are, from the first to the last.
    pub(crate) fn read(layer: Layer<'a>) -> Result<Self, Fault> {
        let octets = layer.octets();
        let mut furthest: Option<Fault> = None;
        for assumed in assumptions(octets)? {
            match Self::read_as(layer, assumed) {
                Ok(document) => return Ok(document),
                Err(fault) if furthest.as_ref().is_none_or(|known| known.offset <= fault.offset) => {
                    furthest = Some(fault);
                }
                Err(_) => {}
            }
        }
        Err(furthest.unwrap_or_else(|| Fault::at("nothing is in it", 0)))
    }

    fn read_as(layer: Layer<'a>, assumed: Option<&'static Vocabulary<'static>>) -> Result<Self, Fault> {
        let octets = layer.octets();
        let mut reader = reader_as(octets, assumed)?;
        let root = reader.root()?;
        let offset = reader.span().start;
        let name = reader.name(root)?.unwrap_or_default();
        let read = match ROWS.iter().find(|row| row.root == name) {
            Some(row) => row.read,
            None if is_xml(octets) && SYNCML_1_2.tag_in_page(0, name).is_some() => commands,
            None => {
                let root = if name.is_empty() { format!("{:?}", root.tag) } else { format!("{name:?}") };
                let what = "neither a provisioning document nor a device management message";
                return Err(Fault::at(format!("{what}: its root is {root}"), offset));
            }
        };
        let (kind, what) = read(octets)?;
        Ok(Self { layer, kind, what, assumed })
    }

    /// What it is, without what is in it.
    pub(crate) fn name(&self) -> &str {
        self.what.split(',').next().unwrap_or_default()
    }

    /// Everything in it.
    pub(crate) fn tree(&self) -> Result<Tree<'a>, Fault> {
        Ok(Tree::read_from(&mut self.reader()?)?)
    }

    fn reader(&self) -> Result<AnyReader<'a>, Fault> {
        let octets = self.layer.octets();
        Ok(if self.kind == Kind::Commands { content_reader(octets) } else { reader_as(octets, self.assumed) }?)
    }

    /// How it is encoded, in words.
    pub(crate) fn encoding(&self) -> Result<String, Fault> {
        let reader = self.reader()?;
        let name = match reader.vocabulary().name {
            "" => "unknown vocabulary",
            name => name,
        };
        Ok(match &reader {
            AnyReader::Wbxml(reader) => {
                let header = reader.header();
                format!(
                    "WBXML {}, {name}, {}, string table of {} octets",
                    header.version,
                    header.charset,
                    header.string_table.octets().len(),
                )
            }
            AnyReader::Xml(_) => format!("XML, {name}"),
        })
    }
}

/// What vocabulary a document is read in: its own, or, if it names none, those whose root tag it begins with.
fn assumptions(octets: &[u8]) -> Result<Vec<Option<&'static Vocabulary<'static>>>, Fault> {
    let mut reader = reader_as(octets, None)?;
    let is_unnamed = matches!(&reader, AnyReader::Wbxml(reader) if reader.header().public_id == PublicId::UNKNOWN);
    let root = reader.root()?.tag;
    let is_it = |vocabulary: &&Vocabulary<'static>| vocabulary.tag_name(root) == Some(vocabulary.root);
    let likely: Vec<_> = UNNAMED.into_iter().filter(is_it).map(Some).collect();
    Ok(if is_unnamed && !likely.is_empty() { likely } else { Vec::from([None]) })
}

/// A reader of whatever these octets may be, for what of it can be read.
pub(crate) fn any_reader(octets: &[u8]) -> Option<AnyReader<'_>> {
    if let Ok(document) = Document::read(Layer::new("", octets)) {
        return document.reader().ok();
    }
    let assumed = assumptions(octets).ok().and_then(|assumed| assumed.into_iter().next()).flatten();
    reader_as(octets, assumed).or_else(|_| content_reader(octets)).ok()
}

fn reader_as<'a>(
    octets: &'a [u8],
    assumed: Option<&'static Vocabulary<'static>>,
) -> Result<AnyReader<'a>, wbxml::Error> {
    let options = Options::new().vocabularies(&KNOWN);
    AnyReader::new(octets, assumed.map_or(options, |vocabulary| options.assume(vocabulary)))
}

/// A reader of commands without a message, perhaps several of them.
fn content_reader(octets: &[u8]) -> Result<AnyReader<'_>, wbxml::Error> {
    xml::Reader::content(octets, Options::new().assume(&SYNCML_1_2)).map(AnyReader::Xml)
}

fn provisioning(octets: &[u8]) -> Told {
    ProvisioningDoc::parse(octets)?;
    Ok((Kind::Provisioning, String::from("OMA Client Provisioning document")))
}

fn message(octets: &[u8]) -> Told {
    let commands = words(MessageReader::parse(octets)?)?;
    Ok((Kind::Message, format!("SyncML message, {commands}")))
}

fn commands(octets: &[u8]) -> Told {
    let commands = words(MessageReader::fragment(octets)?)?;
    Ok((Kind::Commands, format!("SyncML without a message, {commands}")))
}

fn tree(octets: &[u8]) -> Told {
    let tree = MgmtTree::parse(octets)?;
    let count = tree.walk().count();
    let is_description = tree.walk().any(|node| node.df_properties().is_some());
    let (kind, name) = if is_description {
        (Kind::Description, "device description (DDF)")
    } else {
        (Kind::Tree, "serialised management tree (TNDS)")
    };
    Ok((kind, format!("{name}, {count} {}", if count == 1 { "node" } else { "nodes" })))
}

fn device_information(octets: &[u8]) -> Told {
    let devinf = DevInf::parse(octets)?;
    let count = devinf.data_stores().len();
    let noun = if count == 1 { "data store" } else { "data stores" };
    Ok((Kind::DeviceInformation, format!("device information (DevInf), {count} {noun}")))
}

/// Reads a document that is shown and nothing else; one whose vocabulary is assumed must not have anything that this
/// vocabulary does not.
fn service(octets: &[u8], name: &str, assumed: Option<&'static Vocabulary<'static>>) -> Told {
    let mut reader = reader_as(octets, assumed)?;
    loop {
        let event = reader.next_event()?;
        let is_known = match event {
            Event::Eof => return Ok((Kind::Service, String::from(name))),
            Event::Start(start) => reader.name(start)?.is_some(),
            Event::AttributeStart(start) => {
                start.token == AttrStart::LITERAL || reader.vocabulary().attribute(start.token).is_some()
            }
            _ => true,
        };
        if assumed.is_some() && !is_known {
            return Err(Fault::at(format!("a {name} has no such token"), reader.span().start));
        }
    }
}

/// What commands a message has, in a few words.
fn words<'a, C: Cursor<'a>>(mut message: MessageReader<'a, C>) -> Result<String, syncml::Error> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    while let Some(command) = message.next_command()? {
        let name = match command {
            Command::Other(other) => other.name.unwrap_or("an unknown element"),
            _ => match command.tag() {
                Some(tag) => SYNCML_1_2.tag_name(tag).unwrap_or("another command"),
                None => continue,
            },
        };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((name, 1)),
        }
    }
    let mut words: Vec<_> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    if message.is_final() {
        words.push(String::from("final"));
    }
    Ok(if words.is_empty() { String::from("no command") } else { words.join(", ") })
}
