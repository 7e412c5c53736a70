//! A message as a whole: an index of its commands (SyncML Representation Protocol, `SyncML`).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use wbxml::{AnyReader, Bookmark, Cursor, Decode, Emit, Start, Tag, WriteError};

use crate::command::{Command, Group, GroupKind};
use crate::error::{Error, ErrorKind, Result};
use crate::header::SyncHdr;
use crate::reader::{MessageReader, options};
use crate::writer::MessageWriter;

/// A message, read to its end, whose commands can be asked for in any order.
///
/// It holds the octets of the message, borrowed or its own, and an index: one entry of some 100 octets for each command,
/// all of them in one list. A command is read again when it is asked for, as [`MessageReader`] reads it; that allocates
/// nothing in WBXML. Collecting allocates a number of times that is logarithmic in the number of commands.
///
/// ```
/// use syncml::{Command, Message};
///
/// # #[cfg(feature = "xml")] {
/// let message = Message::parse(
///     b"<SyncML><SyncHdr><MsgID>1</MsgID></SyncHdr><SyncBody>
///         <Atomic><CmdID>1</CmdID><Add><CmdID>2</CmdID></Add><Add><CmdID>3</CmdID></Add></Atomic>
///         <Get><CmdID>4</CmdID></Get><Final/></SyncBody></SyncML>",
/// )?;
/// let message: Message<'static> = message.into_owned();
///
/// assert_eq!(message.header()?.unwrap().msg_id.unwrap(), "1");
/// let commands: Vec<_> = message.commands().collect();
/// assert_eq!(commands.len(), 4);
/// assert_eq!(commands[0].members().count(), 2);
/// assert!(matches!(commands[3].command()?, Command::Get(_)));
/// let add = message.find("3")?.unwrap();
/// assert_eq!(add.group().unwrap().index(), 0);
/// # }
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Message<'a> {
    document: Cow<'a, [u8]>,
    header: Option<Bookmark>,
    entries: Vec<Entry>,
    is_final: bool,
}

/// A command in the index.
#[derive(Clone, Debug)]
struct Entry {
    begin: Bookmark,
    tag: Tag,
    /// From the start of the document.
    offset: usize,
    /// The index of the group that it stands in.
    group: Option<usize>,
    /// The index of what stands behind it, and behind all that is in it.
    next: usize,
}

impl<'a> Message<'a> {
    /// Reads the message in `document`, WBXML or, with the feature `xml`, XML, to its end.
    ///
    /// # Errors
    /// As [`MessageReader::parse`] and [`MessageReader::next_command`].
    pub fn parse(document: &'a [u8]) -> Result<Self> {
        let mut reader = MessageReader::parse(document)?;
        let header = reader.header_mark().map(|mark| Bookmark::new(reader.cursor(), mark));
        let mut entries: Vec<Entry> = Vec::new();
        let mut group = None;
        loop {
            let mut mark = None;
            let note = |cursor: &AnyReader<'a>, start| mark = Some((cursor.mark(start), cursor.span().start));
            let Some(command) = reader.next_noted(note)? else { break };
            let (tag, is_group) = (command.tag(), matches!(command, Command::Begin(_)));
            let index = entries.len();
            if let (Some(tag), Some((mark, offset))) = (tag, mark) {
                let begin = Bookmark::new(reader.cursor(), mark);
                entries.push(Entry { begin, tag, offset, group, next: index.saturating_add(1) });
                group = if is_group { Some(index) } else { group };
            } else if let Some(ended) = group.and_then(|group| entries.get_mut(group)) {
                ended.next = index;
                group = ended.group;
            }
        }
        Ok(Self { document: Cow::Borrowed(document), header, entries, is_final: reader.is_final() })
    }

    /// The same, with octets of its own: it can be kept, and sent to another thread.
    #[must_use]
    pub fn into_owned(self) -> Message<'static> {
        Message { document: Cow::Owned(self.document.into_owned()), ..self }
    }
}

impl Message<'_> {
    /// The octets of the message.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.document
    }

    /// The header, if the message has one.
    ///
    /// # Errors
    /// None that [`parse`](Self::parse) has not reported.
    pub fn header(&self) -> Result<Option<SyncHdr<'_>>> {
        let Some(begin) = &self.header else { return Ok(None) };
        let mut reader = begin.reader(&self.document, options())?;
        let start = reader.next_child(Start::CONTENT)?;
        start.map(|start| SyncHdr::decode(&mut reader, start)).transpose()
    }

    /// Whether the message is the last of its package (`Final`).
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.is_final
    }

    /// How many commands there are; a group is one, and so is each command in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no command.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The command of this index, in the order of the document.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<MessageCommand<'_>> {
        self.entries.get(index)?;
        Some(MessageCommand { document: &self.document, entries: &self.entries, index })
    }

    /// All commands, in the order of the document: a group, what is in it, what is behind it.
    pub fn commands(&self) -> impl Iterator<Item = MessageCommand<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The first command with this `CmdID`, white space around it aside.
    ///
    /// # Errors
    /// None that [`parse`](Self::parse) has not reported.
    pub fn find(&self, cmd_id: &str) -> Result<Option<MessageCommand<'_>>> {
        for entry in self.commands() {
            let id = entry.command()?.cmd_id();
            if id.is_some_and(|id| id.to_cow().is_ok_and(|id| id.trim() == cmd_id)) {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// Writes the message, to WBXML or XML alike.
    ///
    /// ```
    /// use syncml::Message;
    /// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
    ///
    /// # #[cfg(feature = "xml")] {
    /// let message = Message::parse(b"<SyncML><SyncBody><Get><CmdID>1</CmdID></Get></SyncBody></SyncML>")?;
    /// let mut wbxml = Vec::new();
    /// message.write(Writer::new(&mut wbxml, &SYNCML_1_2)?)?;
    /// assert_eq!(Message::parse(&wbxml)?.len(), 1);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`WriteError`]
    pub fn write<E: Emit>(&self, out: E) -> Result<E, WriteError> {
        let unreadable = |error: Error| WriteError::Unreadable(error.into());
        let mut writer = MessageWriter::new(out, &self.header().map_err(unreadable)?.unwrap_or_default())?;
        let mut ends = Vec::new();
        for command in self.commands() {
            while ends.last().is_some_and(|end| *end <= command.index) {
                ends.pop();
                writer.command(&Command::End)?;
            }
            writer.command(&command.command().map_err(unreadable)?)?;
            if command.is_group() {
                ends.push(command.next());
            }
        }
        for _ in ends {
            writer.command(&Command::End)?;
        }
        writer.finish(self.is_final)
    }
}

/// A command of a [`Message`].
#[derive(Clone, Copy, Debug)]
pub struct MessageCommand<'m> {
    document: &'m [u8],
    entries: &'m [Entry],
    index: usize,
}

impl<'m> MessageCommand<'m> {
    fn entry(&self) -> Option<&'m Entry> {
        self.entries.get(self.index)
    }

    const fn at(&self, index: usize) -> Self {
        Self { index, ..*self }
    }

    fn is_group(&self) -> bool {
        GroupKind::of(self.tag()).is_some()
    }

    /// The index of what stands behind the command and all that is in it.
    fn next(&self) -> usize {
        self.entry().map_or(self.entries.len(), |entry| entry.next)
    }

    /// The index of the command, from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Its element.
    #[must_use]
    pub fn tag(&self) -> Tag {
        self.entry().map_or(Tag::LITERAL, |entry| entry.tag)
    }

    /// Where it begins, from the start of the message.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.entry().map_or(0, |entry| entry.offset)
    }

    /// The command; of a group, [`Command::Begin`].
    ///
    /// # Errors
    /// None that [`Message::parse`] has not reported.
    pub fn command(&self) -> Result<Command<'m>> {
        let missing = Error::new(ErrorKind::Misplaced, self.offset());
        let mut reader = self.entry().ok_or(missing)?.begin.reader(self.document, options())?;
        let start = reader.next_child(Start::CONTENT)?.ok_or(missing)?;
        if let Some(kind) = GroupKind::of(start.tag) {
            return Group::read(&mut reader, kind, start).map(|(group, _)| Command::Begin(group));
        }
        let mut command = Command::End;
        command.read(&mut reader, start)?;
        Ok(command)
    }

    /// The group that it stands in, if it is in one.
    #[must_use]
    pub fn group(&self) -> Option<Self> {
        self.entry()?.group.map(|group| self.at(group))
    }

    /// What is directly in it, if it is a group.
    pub fn members(&self) -> impl Iterator<Item = Self> {
        let (group, end) = (*self, self.next());
        let first = group.index.saturating_add(1);
        core::iter::successors(Some(group.at(first)), |member| Some(member.at(member.next())))
            .take_while(move |member| member.index < end)
    }
}
