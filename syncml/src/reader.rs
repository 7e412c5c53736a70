//! Reading messages: the header, and commands one after the other (SyncML Representation Protocol, `SyncML`).

use wbxml::vocabulary::syncml::{self, SYNCML_1_2, tag};
use wbxml::{AnyReader, Cursor, Decode, Limits, Mark, Options, Reader, Start};

use crate::command::{Command, Group, GroupKind};
use crate::error::{Error, ErrorKind, Result};
use crate::header::SyncHdr;

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
    /// Where the header begins.
    header_mark: Option<Mark<'a>>,
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
    /// Whether there are any number of roots.
    is_fragment: bool,
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

    /// A reader of excerpts in XML, such as examples in documents and logs: any number of commands, headers, bodies and
    /// whole messages, one after the other. It hands out the commands of all of them in order; [`header`](Self::header)
    /// and [`is_final`](Self::is_final) are those of the message that the last command is from.
    ///
    /// ```
    /// use syncml::{Command, MessageReader};
    ///
    /// let mut commands = MessageReader::fragment(b"<Get><CmdID>1</CmdID></Get> <!-- or --> <Exec/>")?;
    /// assert!(commands.header().is_none());
    /// assert!(matches!(commands.next_command()?, Some(Command::Get(_))));
    /// assert!(matches!(commands.next_command()?, Some(Command::Exec(_))));
    /// assert!(commands.next_command()?.is_none());
    ///
    /// // a log of two messages
    /// let mut log = MessageReader::fragment(
    ///     b"<SyncML><SyncHdr><MsgID>1</MsgID></SyncHdr><SyncBody><Alert/></SyncBody></SyncML>
    ///       <SyncML><SyncHdr><MsgID>2</MsgID></SyncHdr><SyncBody><Status/></SyncBody></SyncML>",
    /// )?;
    /// assert!(matches!(log.next_command()?, Some(Command::Alert(_))));
    /// assert_eq!(log.header().unwrap().msg_id.unwrap(), "1");
    /// assert!(matches!(log.next_command()?, Some(Command::Status(_))));
    /// assert_eq!(log.header().unwrap().msg_id.unwrap(), "2");
    /// # Ok::<(), syncml::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NoBody`], [`ErrorKind::Misplaced`], [`ErrorKind::Document`]
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn fragment(octets: &'a [u8]) -> Result<Self> {
        let cursor = AnyReader::Xml(wbxml::xml::Reader::content(octets, options())?);
        let mut reader = Self { is_fragment: true, ..Self::new(cursor, Start::CONTENT) };
        match reader.cursor.next_child(Start::CONTENT)? {
            // a header is there before the first command
            Some(start) if matches!(start.tag, tag::SYNC_ML | tag::SYNC_HDR | tag::SYNC_BODY) => reader.enter(start)?,
            first => reader.pending = first,
        }
        Ok(reader)
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
        let mut header = None;
        let mut header_mark = None;
        let body = read_head(&mut cursor, root, &mut header, &mut header_mark)?;
        let body = body.ok_or(Error::new(ErrorKind::NoBody, at))?;
        Ok(Self { header, header_mark, root: Some(root), ..Self::new(cursor, body) })
    }

    const fn new(cursor: C, body: Start) -> Self {
        Self {
            cursor,
            header: None,
            header_mark: None,
            body,
            pending: None,
            current: Command::End,
            groups: 0,
            is_group_empty: false,
            root: None,
            is_fragment: false,
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
        match self.step(|_, _| ()) {
            Ok(is_there) => Ok(is_there.then_some(&self.current)),
            Err(fault) => {
                self.fault = Some(fault);
                Err(fault)
            }
        }
    }

    /// Reads the next command into its place; gives whether there is one. Where it begins, `note` is told.
    #[inline(always)]
    fn step(&mut self, note: impl FnOnce(&C, Start)) -> Result<bool> {
        if self.is_group_empty {
            self.is_group_empty = false;
            self.current = Command::End;
            return Ok(true);
        }
        while !self.is_done {
            let child = if self.pending.is_none() { self.cursor.next_child(self.body)? } else { self.pending.take() };
            let Some(start) = child else {
                if self.groups > 0 {
                    self.groups = self.groups.saturating_sub(1);
                    self.current = Command::End;
                    return Ok(true);
                }
                self.finish()?;
                continue;
            };
            match start.tag {
                tag::FINAL if self.groups == 0 => {
                    self.is_final = true;
                    self.cursor.skip(start)?;
                }
                tag::SYNC_ML | tag::SYNC_HDR | tag::SYNC_BODY if self.is_outside() => self.enter(start)?,
                other => {
                    note(&self.cursor, start);
                    match GroupKind::of(other) {
                        Some(kind) => self.begin(kind, start)?,
                        None => self.current.read(&mut self.cursor, start)?,
                    }
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The next command; `note` is told where it begins, if it is no end of a group.
    pub(crate) fn next_noted(&mut self, note: impl FnOnce(&C, Start)) -> Result<Option<&Command<'a>>> {
        let is_there = self.step(note)?;
        Ok(is_there.then_some(&self.current))
    }

    /// Where the header begins, if the message has one.
    pub(crate) const fn header_mark(&self) -> Option<Mark<'a>> {
        self.header_mark
    }

    pub(crate) const fn cursor(&self) -> &C {
        &self.cursor
    }

    /// Reads what precedes the first command of a group.
    #[inline(never)]
    fn begin(&mut self, kind: GroupKind, start: Start) -> Result<()> {
        let (group, first) = Group::read(&mut self.cursor, kind, start)?;
        if first.is_some() {
            self.groups = self.groups.saturating_add(1);
            self.pending = first;
        } else {
            self.is_group_empty = true;
        }
        self.current = Command::Begin(group);
        Ok(())
    }

    /// Whether the next element is a root of a fragment.
    fn is_outside(&self) -> bool {
        self.is_fragment && self.body == Start::CONTENT && self.groups == 0
    }

    /// Reads a root of a fragment that is no command, up to its first command.
    #[cold]
    #[inline(never)]
    fn enter(&mut self, start: Start) -> Result<()> {
        self.body = match start.tag {
            tag::SYNC_HDR => {
                self.header_mark = Some(self.cursor.mark(start));
                self.header = Some(SyncHdr::decode(&mut self.cursor, start)?);
                return Ok(());
            }
            tag::SYNC_BODY => start,
            _ => {
                let at = self.offset();
                (self.header, self.header_mark, self.root) = (None, None, Some(start));
                let body = read_head(&mut self.cursor, start, &mut self.header, &mut self.header_mark)?;
                body.ok_or(Error::new(ErrorKind::NoBody, at))?
            }
        };
        self.is_final = false;
        Ok(())
    }

    /// Reads what follows the body.
    #[inline(never)]
    fn finish(&mut self) -> Result<()> {
        if let Some(root) = self.root.take() {
            while let Some(child) = self.cursor.next_child(root)? {
                if matches!(child.tag, tag::SYNC_HDR | tag::SYNC_BODY) {
                    return Err(Error::new(ErrorKind::Misplaced, self.offset()));
                }
                self.cursor.skip(child)?;
            }
            if !self.is_fragment {
                self.cursor.finish()?;
            }
        }
        self.is_done = !self.is_fragment || self.is_outside();
        self.body = Start::CONTENT;
        Ok(())
    }
}

/// Reads the children of `root` up to the body, the header and its mark into their places; gives the start of the body.
fn read_head<'a, C: Cursor<'a>>(
    cursor: &mut C,
    root: Start,
    header: &mut Option<SyncHdr<'a>>,
    mark: &mut Option<Mark<'a>>,
) -> Result<Option<Start>> {
    loop {
        let child = cursor.next_child(root)?;
        match child {
            Some(start) if start.tag == tag::SYNC_HDR => {
                if header.is_some() {
                    return Err(Error::new(ErrorKind::Misplaced, cursor.span().start));
                }
                *mark = Some(cursor.mark(start));
                header.insert(SyncHdr::default()).read(cursor, start)?;
            }
            Some(start) if start.tag == tag::SYNC_BODY => return Ok(child),
            Some(start) => cursor.skip(start)?,
            None => return Ok(None),
        }
    }
}

pub(crate) const fn options() -> Options<'static> {
    Options::new().vocabularies(&syncml::ALL).assume(&SYNCML_1_2).limits(Limits::DEFAULT)
}
