//! What octets are, and what they carry.

use omacp::push::{MediaType, Push};
use syncml::dm::notification::{self, Notification, Version};
use wbxml::{Header, is_xml};

use crate::document::Document;
use crate::failure::{Fault, Layer};

/// What octets are.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    Document(Document<'a>),
    Notification(Notification<'a>),
    Push(Box<Carried<'a>>),
    /// The body of a push whose content type says nothing of ours.
    Octets(&'a [u8]),
}

/// A push, with its body.
#[derive(Debug)]
pub(crate) struct Carried<'a> {
    pub(crate) push: Push<'a>,
    pub(crate) layer: Layer<'a>,
    pub(crate) body: Layer<'a>,
    pub(crate) content: Content<'a>,
}

/// Reads octets as one kind of content.
type Reading = for<'a> fn(Layer<'a>) -> Result<Content<'a>, Fault>;

/// The kinds, the most certain first: a document has a root that is known, a bare notification passes tests that other
/// octets seldom do, and a push has a type of PDU and headers that can be read.
const READINGS: [(&str, Reading); 3] = [(DOCUMENT, document), ("a notification", bare_notification), ("a push", push)];
const DOCUMENT: &str = "a document";

/// What the body of a push is by its media type, and how it is read; everything else may be a document.
const BODIES: [(MediaType<'static>, Reading); 9] = [
    (MediaType::CONNECTIVITY_WBXML, document),
    (MediaType::CONNECTIVITY_XML, document),
    (MediaType::SYNCML_DM_WBXML, document),
    (MediaType::SYNCML_DM_XML, document),
    (MediaType::SYNCML_WBXML, document),
    (MediaType::SYNCML_XML, document),
    (MediaType::SYNCML_NOTIFICATION, notification),
    (MediaType::SYNCML_DM_NOTIFICATION, notification),
    (MediaType::SYNCML_DS_NOTIFICATION, notification),
];

impl<'a> Content<'a> {
    /// What these octets are. The fault of octets that are nothing is that of the reading that came furthest.
    pub(crate) fn read(layer: Layer<'a>) -> Result<Self, Fault> {
        let mut furthest: Option<(&str, Fault)> = None;
        for (kind, reading) in READINGS {
            match reading(layer) {
                Ok(content) => return Ok(content),
                Err(fault) if furthest.as_ref().is_none_or(|(_, known)| known.offset < fault.offset) => {
                    furthest = Some((kind, fault));
                }
                Err(_) => {}
            }
            // nothing else begins so
            if is_xml(layer.octets()) {
                break;
            }
        }
        let (kind, fault) = furthest.unwrap_or_else(|| ("anything", Fault::at("nothing is in it", 0)));
        let message = match kind {
            _ if fault.start > 0 => format!("in the body of a push: {}", fault.message),
            DOCUMENT if is_document(layer.octets()) => fault.message,
            kind => format!("neither XML, WBXML, SMS, a notification nor a push; as {kind}: {}", fault.message),
        };
        Err(Fault { message, ..fault })
    }

    /// What it is, in a few words.
    pub(crate) fn what(&self) -> String {
        match self {
            Self::Document(document) => document.what.clone(),
            Self::Notification(_) => String::from("notification, package #0"),
            Self::Push(carried) => format!("push of {}", carried.words()),
            Self::Octets(octets) => format!("{} octets", octets.len()),
        }
    }

    /// The same without the numbers, and with an article.
    pub(crate) fn what_in_short(&self) -> String {
        let what = match self {
            Self::Document(document) => document.name().to_owned(),
            content => content.what(),
        };
        format!("{} {what}", if what.starts_with(['e', 'O']) { "an" } else { "a" })
    }
}

impl Carried<'_> {
    fn words(&self) -> String {
        match &self.content {
            Content::Octets(_) => self.push.content_type.media_type.to_string(),
            content => content.what_in_short(),
        }
    }
}

/// Whether these octets begin as a document does.
fn is_document(octets: &[u8]) -> bool {
    is_xml(octets) || Header::parse(octets).is_ok()
}

/// Whether these octets are of a kind that is more certain than an SMS is.
pub(crate) fn is_certain(octets: &[u8]) -> bool {
    let layer = Layer::new("", octets);
    is_xml(octets) || document(layer).is_ok() || bare_notification(layer).is_ok()
}

fn document(layer: Layer<'_>) -> Result<Content<'_>, Fault> {
    Document::read(layer).map(Content::Document)
}

fn notification(layer: Layer<'_>) -> Result<Content<'_>, Fault> {
    Ok(Content::Notification(Notification::parse(layer.octets())?))
}

/// A notification that nothing says to be one: of a version that there is, from a server that has a name.
fn bare_notification(layer: Layer<'_>) -> Result<Content<'_>, Fault> {
    const VERSIONS: [Version; 3] = [Version::V1_0, Version::V1_1, Version::V1_2];
    let octets = layer.octets();
    // the first ten bits behind the digest
    let version = match octets.get(16..18) {
        Some(&[high, low]) => Version::new(u16::from_be_bytes([high, low]) >> 6),
        _ => None,
    };
    if !version.is_some_and(|version| VERSIONS.contains(&version)) {
        return Err(Fault::at("no version of a notification", 0));
    }
    let notification = Notification::parse(octets)?;
    let trigger = notification.unverified_trigger();
    let is_name =
        !trigger.server_id().is_empty() && trigger.server_id().iter().all(|octet| matches!(octet, b' '..=b'~'));
    if trigger.future_use.get() == 0 && is_name {
        Ok(Content::Notification(notification))
    } else {
        Err(Fault::at("not the trigger of a notification", 0))
    }
}

fn push(layer: Layer<'_>) -> Result<Content<'_>, Fault> {
    let push = Push::parse(layer.octets())?;
    let octets = push.unverified_body();
    let body = layer.last(octets.len());
    let media_type = push.content_type.media_type;
    let content = match BODIES.iter().find(|(known, _)| *known == media_type) {
        Some((_, reading)) => reading(body).map_err(|fault| inside(fault, layer, body))?,
        None => document(body).unwrap_or(Content::Octets(octets)),
    };
    Ok(Content::Push(Box::new(Carried { push, layer, body, content })))
}

/// A fault of the body, counted in the push.
fn inside(fault: Fault, push: Layer<'_>, body: Layer<'_>) -> Fault {
    let start = push.octets().len().saturating_sub(body.octets().len());
    Fault { offset: fault.offset.map(|offset| offset.saturating_add(start)), start, ..fault }
}

/// The media types of notifications of data synchronisation, whose bodies are lists.
pub(crate) fn is_data_synchronisation(push: &Push<'_>) -> bool {
    push.content_type.media_type == MediaType::Name(notification::DS_MEDIA_TYPE)
}
