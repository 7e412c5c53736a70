//! Messages: a header, and commands one after the other (SyncML Representation Protocol, `SyncML`, `SyncHdr`).

use wbxml::vocabulary::syncml::{self, SYNCML_1_2, tag};
use wbxml::{AnyReader, Cursor, Decode, Emit, Encode, Limits, Markup, Options, Reader, Start, Tag, Text, WriteError};

use crate::command::{Command, Group, GroupKind};
use crate::cred::Cred;
use crate::error::{Error, ErrorKind, Result};
use crate::field::{field, flag};
use crate::item::Location;
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
        let mut begin = None;
        while let Some(child) = cursor.next_child(start)? {
            begin.get_or_insert_with(|| cursor.mark(child));
            match child.tag {
                tag::VER_DTD => header.ver_dtd = Some(cursor.text(child)?),
                tag::VER_PROTO => header.ver_proto = Some(cursor.text(child)?),
                tag::SESSION_ID => header.session_id = Some(cursor.text(child)?),
                tag::MSG_ID => header.msg_id = Some(cursor.text(child)?),
                tag::TARGET => header.target = Some(Location::decode(cursor, child)?),
                tag::SOURCE => header.source = Some(Location::decode(cursor, child)?),
                tag::RESP_URI => header.resp_uri = Some(cursor.text(child)?),
                tag::META => header.meta.read(cursor, child)?,
                tag::CRED => header.cred = Some(Cred::decode(cursor, child)?),
                _ => {
                    match child.tag {
                        tag::NO_RESP => header.no_resp = true,
                        _ => header.has_rest = true,
                    }
                    cursor.skip(child)?;
                }
            }
        }
        header.content = begin.map(|begin| cursor.markup(begin));
        Ok(header)
    }
}

impl Encode for SyncHdr<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::SYNC_HDR))?;
        field(out, tag::VER_DTD, self.ver_dtd)?;
        field(out, tag::VER_PROTO, self.ver_proto)?;
        field(out, tag::SESSION_ID, self.session_id)?;
        field(out, tag::MSG_ID, self.msg_id)?;
        if let Some(target) = &self.target {
            target.encode_as(out, tag::TARGET)?;
        }
        if let Some(source) = &self.source {
            source.encode_as(out, tag::SOURCE)?;
        }
        field(out, tag::RESP_URI, self.resp_uri)?;
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

/// Reads a message: its header at once, its commands one by one, without allocating.
///
/// Groups are flat: [`Command::Begin`], the commands, [`Command::End`]; nesting costs nothing extra. An element of the
/// body that is no command is handed out as [`Command::Other`]; one beside `SyncHdr` and `SyncBody` is passed over.
///
/// ```
/// use syncml::{Command, MessageReader};
///
/// // <SyncML><SyncHdr><VerDTD>1.2</VerDTD></SyncHdr><SyncBody><Get><CmdID>1</CmdID>
/// // <Item><Target><LocURI>./DevInfo</LocURI></Target></Item></Get><Final/></SyncBody></SyncML>
/// let octets = b"\x03\xA4\x01\x6A\x00\x6D\x6C\x71\x031.2\0\x01\x01\x6B\x53\x4B\x031\0\x01\
///     \x54\x6E\x57\x03./DevInfo\0\x01\x01\x01\x01\x12\x01\x01";
/// let mut message = MessageReader::parse(octets)?;
/// assert_eq!(message.header().unwrap().ver_dtd.unwrap(), "1.2");
/// let Some(Command::Get(get)) = message.next_command()? else { panic!() };
/// assert_eq!(get.items.first().unwrap().uri().unwrap(), "./DevInfo");
/// assert!(message.next_command()?.is_none());
/// assert!(message.is_final());
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MessageReader<'a, C = AnyReader<'a>> {
    cursor: C,
    header: Option<SyncHdr<'a>>,
    /// The element whose children the commands are.
    body: Start,
    /// A command whose start has been read.
    pending: Option<Start>,
    /// The command that was read last.
    current: Command<'a>,
    groups: u32,
    /// Whether the group that began last has ended already: it has no command.
    is_group_empty: bool,
    /// The root, if the end of the body is not the end of the document.
    root: Option<Start>,
    is_final: bool,
    is_done: bool,
    /// The fault behind which nothing is read any more.
    fault: Option<Error>,
}

impl<'a> MessageReader<'a> {
    /// A reader of the message in `octets`, WBXML or, with the feature `xml`, XML.
    ///
    /// # Errors
    /// [`ErrorKind::NotAMessage`], [`ErrorKind::NoBody`], [`ErrorKind::Misplaced`], [`ErrorKind::Document`]
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        Self::from_cursor(AnyReader::new(octets, options())?)
    }

    /// A reader of commands in XML without `SyncML` around them, or of `SyncHdr` and `SyncBody`: examples in documents,
    /// excerpts of logs. Whole messages are read as by [`parse`](Self::parse).
    ///
    /// ```
    /// let mut commands = syncml::MessageReader::fragment(b"<Get><CmdID>1</CmdID></Get><Exec/>")?;
    /// assert!(commands.header().is_none());
    /// assert!(matches!(commands.next_command()?, Some(syncml::Command::Get(_))));
    /// assert!(matches!(commands.next_command()?, Some(syncml::Command::Exec(_))));
    /// assert!(commands.next_command()?.is_none());
    /// # Ok::<(), syncml::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Misplaced`], [`ErrorKind::Document`]
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn fragment(octets: &'a [u8]) -> Result<Self> {
        let mut cursor = AnyReader::Xml(wbxml::xml::Reader::content(octets, options())?);
        match cursor.next_child(Start::CONTENT)? {
            Some(root) if root.tag == tag::SYNC_ML => Self::parse(octets),
            first @ Some(Start { tag: tag::SYNC_HDR | tag::SYNC_BODY, .. }) => {
                let (header, body) = head(&mut cursor, Start::CONTENT, first)?;
                let reader = Self::new(cursor, body.unwrap_or(Start::CONTENT));
                Ok(Self { header, root: Some(Start::CONTENT), is_done: body.is_none(), ..reader })
            }
            first => Ok(Self { pending: first, is_done: first.is_none(), ..Self::new(cursor, Start::CONTENT) }),
        }
    }
}

impl<'a> MessageReader<'a, Reader<'a>> {
    /// A reader of the message in `octets`, which are WBXML: the fastest way.
    ///
    /// # Errors
    /// As [`parse`](MessageReader::parse).
    pub fn from_wbxml(octets: &'a [u8]) -> Result<Self> {
        Self::from_cursor(Reader::new(octets, options())?)
    }
}

impl<'a, C: Cursor<'a>> MessageReader<'a, C> {
    /// A reader of the message that `cursor` stands in front of.
    ///
    /// # Errors
    /// As [`parse`](MessageReader::parse).
    pub fn from_cursor(mut cursor: C) -> Result<Self> {
        let root = cursor.root()?;
        let at = cursor.span().start;
        if root.tag != tag::SYNC_ML {
            return Err(Error::new(ErrorKind::NotAMessage, at));
        }
        let (header, body) = head(&mut cursor, root, None)?;
        let body = body.ok_or(Error::new(ErrorKind::NoBody, at))?;
        Ok(Self { header, root: Some(root), ..Self::new(cursor, body) })
    }

    const fn new(cursor: C, body: Start) -> Self {
        Self {
            cursor,
            header: None,
            body,
            pending: None,
            current: Command::End,
            groups: 0,
            is_group_empty: false,
            root: None,
            is_final: false,
            is_done: false,
            fault: None,
        }
    }

    /// The header, if the message has one.
    #[must_use]
    pub const fn header(&self) -> Option<&SyncHdr<'a>> {
        self.header.as_ref()
    }

    /// Whether `Final` has been read: the message is the last of its package.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.is_final
    }

    /// The offset of what was read last, from the start of the document.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.cursor.span().start
    }

    /// The next command, or `None` when the message has been read to its end.
    ///
    /// The command stays in the reader until the next one is asked for; what it borrows from the document outlives
    /// both, and so does a copy of it.
    ///
    /// # Errors
    /// [`ErrorKind::Document`], [`ErrorKind::Misplaced`]; the same again, when asked again.
    pub fn next_command(&mut self) -> Result<Option<&Command<'a>>> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        match self.step() {
            Ok(is_there) => Ok(is_there.then_some(&self.current)),
            Err(fault) => {
                self.fault = Some(fault);
                Err(fault)
            }
        }
    }

    /// Reads the next command into its place; gives whether there is one.
    fn step(&mut self) -> Result<bool> {
        if core::mem::take(&mut self.is_group_empty) {
            self.current = Command::End;
            return Ok(true);
        }
        while !self.is_done {
            let child = match self.pending.take() {
                None => self.cursor.next_child(self.body)?,
                pending => pending,
            };
            match child {
                Some(start) if start.tag == tag::FINAL && self.groups == 0 => {
                    self.is_final = true;
                    self.cursor.skip(start)?;
                }
                Some(start) => {
                    match GroupKind::of(start.tag) {
                        Some(kind) => self.current = self.begin(kind, start)?,
                        None => self.current.read(&mut self.cursor, start)?,
                    }
                    return Ok(true);
                }
                None if self.groups > 0 => {
                    self.groups = self.groups.saturating_sub(1);
                    self.current = Command::End;
                    return Ok(true);
                }
                None => self.finish()?,
            }
        }
        Ok(false)
    }

    /// Reads what precedes the first command of a group.
    fn begin(&mut self, kind: GroupKind, start: Start) -> Result<Command<'a>> {
        let (group, first) = Group::read(&mut self.cursor, kind, start)?;
        if first.is_some() {
            self.groups = self.groups.saturating_add(1);
            self.pending = first;
        } else {
            self.is_group_empty = true;
        }
        Ok(Command::Begin(group))
    }

    /// Reads what follows the body.
    fn finish(&mut self) -> Result<()> {
        if let Some(root) = self.root {
            while let Some(child) = self.cursor.next_child(root)? {
                if matches!(child.tag, tag::SYNC_HDR | tag::SYNC_BODY) {
                    return Err(Error::new(ErrorKind::Misplaced, self.offset()));
                }
                self.cursor.skip(child)?;
            }
            self.cursor.finish()?;
        }
        self.is_done = true;
        Ok(())
    }
}

/// Reads the children of `root`, `first` among them, up to the start of the body.
fn head<'a, C: Cursor<'a>>(
    cursor: &mut C,
    root: Start,
    first: Option<Start>,
) -> Result<(Option<SyncHdr<'a>>, Option<Start>)> {
    let mut header = None;
    let mut next = first;
    loop {
        let child = match next.take() {
            None => cursor.next_child(root)?,
            first => first,
        };
        match child {
            Some(start) if start.tag == tag::SYNC_HDR => {
                if header.is_some() {
                    return Err(Error::new(ErrorKind::Misplaced, cursor.span().start));
                }
                header = Some(SyncHdr::decode(cursor, start)?);
            }
            Some(start) if start.tag == tag::SYNC_BODY => return Ok((header, child)),
            Some(start) => cursor.skip(start)?,
            None => return Ok((header, None)),
        }
    }
}

const fn options() -> Options<'static> {
    Options::new().vocabularies(&syncml::ALL).assume(&SYNCML_1_2).limits(Limits::DEFAULT)
}
