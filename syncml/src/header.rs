//! What precedes the commands of a message (SyncML Representation Protocol, `SyncHdr`).

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Decode, Emit, Encode, Fields, Markup, Slot, Start, Tag, Text, WriteError};

use crate::cred::Cred;
use crate::error::{Error, Result};
use crate::field::{field, flag};
use crate::item::{Location, ends_and_meta};
use crate::meta::Meta;
use crate::more;

/// What precedes the commands of a message.
///
/// Everything is optional here: what a peer left out is for the receiver to answer, not for the reader to refuse.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct SyncHdr<'a> {
    /// `VerDTD`: the version of the representation, `1.2`.
    pub ver_dtd: Option<Text<'a>>,
    /// `VerProto`: the protocol, `DM/1.2`.
    pub ver_proto: Option<Text<'a>>,
    /// `SessionID`.
    pub session_id: Option<Text<'a>>,
    /// `MsgID`.
    pub msg_id: Option<Text<'a>>,
    /// `Target`: the receiver.
    pub target: Option<Location<'a>>,
    /// `Source`: the sender.
    pub source: Option<Location<'a>>,
    /// `RespURI`: where the answer goes.
    pub resp_uri: Option<Text<'a>>,
    /// `NoResp`.
    pub no_resp: bool,
    /// `Cred`: the credentials of the sender.
    pub cred: Option<Cred<'a>>,
    /// `Meta`: what the sender takes at most.
    pub meta: Meta<'a>,
    /// All that stands in the header, in the order of the document: whatever the fields do not hold is here.
    pub content: Option<Markup<'a>>,
    /// Whether anything is in it that no field holds.
    has_rest: bool,
}

/// The elements of the header that have a field.
const FIELDS: [Tag; 10] = [
    tag::VER_DTD,
    tag::VER_PROTO,
    tag::SESSION_ID,
    tag::MSG_ID,
    tag::TARGET,
    tag::SOURCE,
    tag::RESP_URI,
    tag::NO_RESP,
    tag::CRED,
    tag::META,
];

impl core::fmt::Debug for SyncHdr<'_> {
    /// Keeps the credentials, which may be a password, and so what stands around them.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("SyncHdr")
            .field("ver_dtd", &self.ver_dtd)
            .field("ver_proto", &self.ver_proto)
            .field("session_id", &self.session_id)
            .field("msg_id", &self.msg_id)
            .field("target", &self.target)
            .field("source", &self.source)
            .field("resp_uri", &self.resp_uri)
            .field("no_resp", &self.no_resp)
            .field("cred", &self.cred)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

impl<'a> SyncHdr<'a> {
    /// The header of an OMA Device Management 1.2 message.
    #[must_use]
    pub fn dm_1_2(session_id: &'a str, msg_id: &'a str, target: Location<'a>, source: Location<'a>) -> Self {
        Self {
            ver_dtd: Some(Text::new("1.2")),
            ver_proto: Some(Text::new("DM/1.2")),
            session_id: Some(Text::new(session_id)),
            msg_id: Some(Text::new(msg_id)),
            target: Some(target),
            source: Some(source),
            ..Self::default()
        }
    }

    /// The same header with these credentials.
    #[must_use]
    pub const fn with_cred(self, cred: &Cred<'a>) -> Self {
        Self { cred: Some(*cred), ..self }
    }
}

impl<'a> Decode<'a> for SyncHdr<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut header = Self::default();
        header.read(cursor, start)?;
        Ok(header)
    }
}

impl<'a> SyncHdr<'a> {
    /// Reads the fields of `start`.
    #[inline(never)]
    pub(crate) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut begin = None;
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut begin))? {
            match child.tag {
                tag::TARGET => self.target = Some(Location::decode(cursor, child)?),
                tag::SOURCE => self.source = Some(Location::decode(cursor, child)?),
                tag::META => self.meta.read(cursor, child)?,
                tag::CRED => self.cred = Some(Cred::decode(cursor, child)?),
                other => {
                    match other {
                        tag::NO_RESP => self.no_resp = true,
                        _ => self.has_rest = true,
                    }
                    cursor.skip(child)?;
                }
            }
        }
        self.content = begin.map(|begin| cursor.markup(begin));
        Ok(())
    }
}

impl<'a> Fields<'a> for SyncHdr<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::VER_DTD => &mut self.ver_dtd,
            tag::VER_PROTO => &mut self.ver_proto,
            tag::SESSION_ID => &mut self.session_id,
            tag::MSG_ID => &mut self.msg_id,
            tag::RESP_URI => &mut self.resp_uri,
            _ => return None,
        }))
    }

    #[inline(always)]
    fn fields_of(&mut self, tag: Tag) -> Option<&mut (dyn Fields<'a> + '_)> {
        ends_and_meta(tag, &mut self.target, &mut self.source, &mut self.meta)
    }
}

impl Encode for SyncHdr<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::SYNC_HDR))?;
        field(out, tag::VER_DTD, &self.ver_dtd)?;
        field(out, tag::VER_PROTO, &self.ver_proto)?;
        field(out, tag::SESSION_ID, &self.session_id)?;
        field(out, tag::MSG_ID, &self.msg_id)?;
        if let Some(target) = &self.target {
            target.encode_as(out, tag::TARGET)?;
        }
        if let Some(source) = &self.source {
            source.encode_as(out, tag::SOURCE)?;
        }
        field(out, tag::RESP_URI, &self.resp_uri)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        if let Some(cred) = &self.cred {
            cred.encode(out)?;
        }
        self.meta.encode(out)?;
        if let Some(content) = self.content.filter(|_| self.has_rest) {
            more::copy(out, content, |child| !FIELDS.contains(&child))?;
        }
        out.end()
    }
}
