//! Items: their addresses, formats and data, and the chunks of large objects.

use alloc::borrow::Cow;

use wbxml::vocabulary::{metinf, syncml::tag};
use wbxml::{Data, Tag};

use super::check::{Check, Said, keep, known_name};
use super::walk::Owner;
use super::{Party, Rule};
use crate::dm::{Format, Uri, Value, ValueErrorKind};

/// `Meta`, as far as it is looked at.
#[derive(Default)]
pub(super) struct Meta<'a> {
    pub(super) format: Option<Said<'a>>,
    pub(super) type_: Option<Said<'a>>,
    size: Option<Said<'a>>,
    pub(super) has_nonce: bool,
}

/// An item, as far as it has been read.
#[derive(Default)]
pub(super) struct Item<'a> {
    offset: usize,
    pub(super) uri: Option<Said<'a>>,
    pub(super) meta: Meta<'a>,
    pub(super) data: Option<(Data<'a>, usize)>,
    /// Where `MoreData` stands.
    pub(super) more_data: Option<usize>,
}

/// The large object of a message, and how its package ends.
#[derive(Default)]
pub(super) struct Objects {
    /// Whether there has been an object.
    has_data: bool,
    /// Whether there has been a chunk with more to come.
    is_open: bool,
    /// Where `Final` stands.
    end: Option<usize>,
    /// Whether the next message is asked for.
    pub(super) asks_for_next: bool,
    /// Where the alert stands that ends the session.
    pub(super) abort: Option<usize>,
}

/// The commands whose items are nodes.
const ADDRESSED: &[Tag] = &[tag::ADD, tag::COPY, tag::DELETE, tag::EXEC, tag::GET, tag::MOVE, tag::REPLACE];

/// The commands whose data is what its format says.
const FORMATTED: &[Tag] = &[tag::ADD, tag::COPY, tag::EXEC, tag::PUT, tag::REPLACE, tag::RESULTS];

/// The commands that bring the data of a node.
const FILLED: &[Tag] = &[tag::ADD, tag::REPLACE];

impl Objects {
    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }

    pub(super) fn end_package(&mut self, offset: usize) {
        self.end.get_or_insert(offset);
    }
}

impl<'a> Check<'_, 'a> {
    pub(super) fn begin_item(&mut self, offset: usize) {
        let is_another = self.command.items > 0;
        self.command.items = self.command.items.saturating_add(1);
        if is_another && self.objects.is_open && self.command.tag != Some(tag::STATUS) {
            self.find(Rule::BehindChunk, "Item", offset);
        }
        self.item = Item { offset, ..Item::default() };
    }

    /// A text of `Meta`.
    pub(super) fn meta(&mut self, owner: Owner, tag: Tag, said: Said<'a>) {
        use metinf::tag::{FORMAT, FREE_ID, FREE_MEM, MAX_MSG_SIZE, MAX_OBJ_SIZE, NEXT_NONCE, SIZE, TYPE};

        if matches!(tag, SIZE | MAX_MSG_SIZE | MAX_OBJ_SIZE | FREE_MEM | FREE_ID) {
            self.decimal(known_name(tag), &said);
        }
        let meta = match owner {
            Owner::Header => return,
            Owner::Command => &mut self.command.meta,
            Owner::Item => &mut self.item.meta,
            Owner::Proof => &mut self.proof,
        };
        match tag {
            FORMAT => {
                keep(&mut meta.format, said.clone());
                if owner != Owner::Proof {
                    self.format(&said);
                }
            }
            TYPE => keep(&mut meta.type_, said),
            SIZE => keep(&mut meta.size, said),
            NEXT_NONCE => meta.has_nonce = true,
            _ => {}
        }
    }

    fn format(&mut self, said: &Said<'a>) {
        if !self.header.is_dm() || !self.command.tag.is_some_and(|tag| FORMATTED.contains(&tag)) {
            return;
        }
        match Format::new(&said.text).ver_dtd() {
            None => self.find(Rule::UnknownFormat, "Format", said.offset),
            Some("1.2") if self.header.is_of_dm_1_1() => self.find(Rule::FormatNotInVersion, "Format", said.offset),
            Some(_) => {}
        }
    }

    pub(super) fn end_item(&mut self) {
        let item = core::mem::take(&mut self.item);
        let command = core::mem::take(&mut self.command.meta);
        self.address(&item);
        self.alert_type(&item);
        let size = item.meta.size.as_ref().or(command.size.as_ref());
        // the data of a status, or for the user, is no object
        let is_object = item.data.is_some() && (self.is_in(FORMATTED) || self.is_in_generic_alert());
        let is_next_chunk = is_object && self.validator.continues && !self.objects.has_data;
        self.objects.has_data |= is_object;
        if is_next_chunk {
            if let Some(size) = size {
                self.find(Rule::SizeRepeated, "Size", size.offset);
            }
        } else {
            if is_object {
                self.object(&item, size);
            }
            if item.more_data.is_none() {
                let type_ = item.meta.type_.as_ref().or(command.type_.as_ref());
                // such a document is no value of any format, `xml` and `chr` though they say
                if !type_.is_some_and(|said| said.text.ends_with("wbxml")) {
                    self.value(&item, item.meta.format.as_ref().or(command.format.as_ref()));
                }
            }
        }
        self.objects.is_open |= item.more_data.is_some();
        self.command.meta = command;
    }

    fn is_in(&self, commands: &[Tag]) -> bool {
        self.command.tag.is_some_and(|tag| commands.contains(&tag))
    }

    fn address(&mut self, item: &Item<'a>) {
        if !self.is_in(ADDRESSED) {
            return;
        }
        match &item.uri {
            None => self.find(Rule::NoAddress, "Item", item.offset),
            Some(uri) if self.header.is_dm() && Uri::parse(&uri.text).is_err() => {
                self.find(Rule::BadAddress, "LocURI", uri.offset);
            }
            Some(uri) if self.is_strange(&uri.text) => self.find(Rule::OutsideDevInfo, "LocURI", uri.offset),
            Some(_) => {}
        }
    }

    /// Whether a client may not replace the node.
    fn is_strange(&self, uri: &str) -> bool {
        let is_from_client = self.header.is_dm() && self.validator.party == Some(Party::Client);
        let is_in_dev_info =
            Uri::parse(uri).is_ok_and(|uri| uri.segments().next().is_some_and(|first| first.as_str() == "DevInfo"));
        is_from_client && self.is_in(&[tag::REPLACE]) && !is_in_dev_info
    }

    fn alert_type(&mut self, item: &Item<'a>) {
        if !self.is_in_generic_alert() {
            return;
        }
        match &item.meta.type_ {
            None => self.find(Rule::NoAlertType, "Type", item.offset),
            Some(said) if !said.text.contains([':', '.']) => self.find(Rule::OddAlertType, "Type", said.offset),
            Some(_) => {}
        }
    }

    /// An object, or the first chunk of one.
    fn object(&mut self, item: &Item<'a>, size: Option<&Said<'a>>) {
        let length = item.data.as_ref().and_then(|(data, _)| length(data));
        let announced = size.and_then(Said::number);
        if let Some(more_data) = item.more_data {
            match (announced, length) {
                (None, _) if size.is_none() => self.find(Rule::NoSize, "Size", item.offset),
                (Some(announced), Some(length)) if length > announced => {
                    self.find(Rule::SizeMismatch, "Data", item.data.as_ref().map_or(more_data, |(_, offset)| *offset));
                }
                _ => {}
            }
        }
        let largest = announced.max(length);
        if let (Some(most), Some(largest)) = (self.validator.max_obj_size, largest) {
            if largest > most {
                self.find(Rule::ObjectTooLarge, "Item", item.offset);
            }
        }
    }

    /// The data of an item, against its format.
    fn value(&mut self, item: &Item<'a>, format: Option<&Said<'a>>) {
        // the values of properties are text, whatever their node is
        let is_query = item.uri.as_ref().is_some_and(|uri| uri.text.contains('?'));
        if is_query || !self.is_in(FORMATTED) {
            return;
        }
        let name = format.map_or("chr", |said| &*said.text);
        let format = Format::new(name);
        let Some((data, offset)) = &item.data else {
            if self.is_in(FILLED) && self.header.is_dm() && format.value(None).is_err() {
                self.find(Rule::NoData, "Data", item.offset);
            }
            return;
        };
        let octets = match data {
            Data::Text(text) => match text.to_cow() {
                Ok(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
                Ok(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
                Err(_) => return self.find(Rule::NotText, "Data", *offset),
            },
            Data::Opaque(octets) => Cow::Borrowed(*octets),
            Data::Markup(_) => {
                if self.is_xml() && self.header.is_dm() {
                    self.find(Rule::UnescapedMarkup, "Data", *offset);
                }
                return;
            }
        };
        if format == Format::BIN && self.is_xml() && !octets.is_empty() {
            return self.find(Rule::BinInXml, "Data", *offset);
        }
        match format.value(Some(&octets)).map_err(|fault| fault.kind()) {
            Ok(Value::Bool(_)) if matches!(octets.trim_ascii(), b"0" | b"1") => {
                self.find(Rule::OddBool, "Data", *offset);
            }
            Ok(Value::Node(Some(names))) if !names.is_empty() && self.is_in(FILLED) => {
                self.find(Rule::UnexpectedData, "Data", *offset);
            }
            Ok(_) => {}
            // data synchronisation has text in any charset
            Err(ValueErrorKind::NotText) if !self.header.is_dm() => {}
            Err(ValueErrorKind::NotEmpty) => self.find(Rule::UnexpectedData, "Data", *offset),
            Err(_) => self.find(Rule::MalformedData, "Data", *offset),
        }
    }

    pub(super) fn end_body(&mut self) {
        if let Some(status) = self.answers.without_header() {
            self.find(Rule::NoHeaderStatus, "SyncBody", status);
        }
        let Objects { is_open, end, asks_for_next, abort, .. } = self.objects;
        match (end, abort) {
            (Some(end), _) if is_open => self.find(Rule::FinalInObject, "Final", end),
            (Some(end), None) if asks_for_next && self.header.is_dm() => {
                self.find(Rule::FinalWithNextMessage, "Final", end);
            }
            (None, Some(abort)) => self.find(Rule::AbortWithoutFinal, "Final", abort),
            _ => {}
        }
    }
}

/// The octets of data, where they are counted.
fn length(data: &Data<'_>) -> Option<u64> {
    let octets = match data {
        Data::Text(text) => text.to_cow().ok()?.len(),
        Data::Opaque(octets) => octets.len(),
        Data::Markup(_) => return None,
    };
    u64::try_from(octets).ok()
}
