//! What is measured: who does what to which document.

use std::hint::black_box;

/// What is done to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// The tokens of the body, without vocabulary.
    Lex,
    /// All events, driven, with the names of tags, attributes and values.
    Drive,
    /// The same, pulled.
    NextEvent,
    /// All that the document says as typed values, its texts unchecked.
    Typed,
    /// The same, each text read as `&str`.
    TypedStr,
    /// The commands of a message, kept.
    Collect,
    /// The events, written into a buffer that is used again.
    Encode,
    /// Typed commands, written into a buffer that is used again.
    EncodeTyped,
    /// From WBXML to XML.
    ToXml,
    /// From XML to WBXML, all text inline.
    FromXml,
    /// From XML to WBXML, with the strings in a table that make it shorter.
    FromXmlTable,
    /// A push's octets to the verified document.
    Push,
    /// A push's octets to the verified PoC account.
    Settings,
    /// A notification's octets to its verified trigger.
    Notification,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The crates of this family.
    Us,
    /// libwbxml, the C library: its parser for events, its converter for XML.
    Libwbxml,
    /// quick-xml's `Reader` for events, on the same document as XML.
    QuickXml,
    /// quick-xml with serde, on the same document as XML.
    QuickXmlSerde,
    /// postcard, on the same structs in its own format.
    Postcard,
}

/// One thing that is measured, ready to run.
pub struct Case<'i> {
    /// What is done.
    pub task: Task,
    /// Who does it.
    pub who: Who,
    /// The name of the document.
    pub input: &'i str,
    /// The octets of the document, as the task reads or writes it.
    pub octets: usize,
    pub(crate) run: Box<dyn FnMut() -> usize + 'i>,
}

impl Task {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Lex,
        Self::Drive,
        Self::NextEvent,
        Self::Typed,
        Self::TypedStr,
        Self::Collect,
        Self::Encode,
        Self::EncodeTyped,
        Self::ToXml,
        Self::FromXml,
        Self::FromXmlTable,
        Self::Push,
        Self::Settings,
        Self::Notification,
    ];

    /// The name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lex => "lex",
            Self::Drive => "drive",
            Self::NextEvent => "next_event",
            Self::Typed => "typed",
            Self::TypedStr => "typed_str",
            Self::Collect => "collect",
            Self::Encode => "encode",
            Self::EncodeTyped => "encode_typed",
            Self::ToXml => "to_xml",
            Self::FromXml => "from_xml",
            Self::FromXmlTable => "from_xml_table",
            Self::Push => "push",
            Self::Settings => "settings",
            Self::Notification => "notification",
        }
    }

    /// Whether it reads WBXML, and makes nothing that is as large.
    #[must_use]
    pub const fn is_reading(self) -> bool {
        matches!(self, Self::Lex | Self::Drive | Self::NextEvent | Self::Typed | Self::TypedStr | Self::Collect)
    }
}

impl Who {
    /// Everybody, in the order of the table's columns.
    pub const ALL: [Self; 5] = [Self::Us, Self::Libwbxml, Self::QuickXml, Self::QuickXmlSerde, Self::Postcard];

    /// The name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Libwbxml => "libwbxml",
            Self::QuickXml => "quick-xml",
            Self::QuickXmlSerde => "quick-xml serde",
            Self::Postcard => "postcard",
        }
    }
}

impl<'i> Case<'i> {
    pub(crate) fn new(task: Task, who: Who, input: &'i str, octets: usize, run: impl FnMut() -> usize + 'i) -> Self {
        Self { task, who, input, octets, run: Box::new(run) }
    }

    /// Runs it once; the number depends on all that was read or written.
    pub fn run(&mut self) -> usize {
        black_box((self.run)())
    }
}
