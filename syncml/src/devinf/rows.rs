//! The rows of the lists.

use wbxml::{Tag, Text, vocabulary::devinf::tag};

/// Which rows of a list of the document are those of one row: they follow each other, since a row is only ever added to
/// the row that was added last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    begin: usize,
    end: usize,
}

impl Span {
    /// No rows yet, of a list with so many.
    pub(super) const fn at(length: usize) -> Self {
        Self { begin: length, end: length }
    }

    /// The same up to the end of a list with so many rows.
    pub(super) const fn grow(&mut self, length: usize) {
        self.end = length;
    }

    /// The rows.
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.begin..self.end).unwrap_or_default()
    }

    /// The rows, each with its index in the list.
    pub(super) fn indexed<T>(self, list: &[T]) -> impl Iterator<Item = (usize, &T)> {
        (self.begin..).zip(self.of(list))
    }
}

/// A type of content and its version: `CTType` and `VerCT`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContentType<'a> {
    /// `CTType`: a media type.
    pub ct_type: Option<Text<'a>>,
    /// `VerCT`: the version of the format.
    pub ver_ct: Option<Text<'a>>,
}

impl<'a> ContentType<'a> {
    /// This type in this version.
    #[must_use]
    pub const fn new(ct_type: &'a str, ver_ct: &'a str) -> Self {
        Self { ct_type: Some(Text::new(ct_type)), ver_ct: Some(Text::new(ver_ct)) }
    }
}

/// Something that is synchronised: `DataStore`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataStore<'a> {
    /// `SourceRef`: its address.
    pub source_ref: Option<Text<'a>>,
    /// `DisplayName`: a name to show.
    pub display_name: Option<Text<'a>>,
    /// `MaxGUIDSize`: octets of the longest identifier that it takes.
    pub max_guid_size: Option<Text<'a>>,
    /// `DSMem`: how much it holds.
    pub ds_mem: Option<DsMem<'a>>,
    /// `SupportHierarchicalSync`: it knows folders; 1.2.
    pub support_hierarchical_sync: bool,
    pub(super) transfers: Span,
    pub(super) ct_caps: Span,
    pub(super) sync_types: Span,
    pub(super) filter_rx: Span,
    pub(super) filter_caps: Span,
}

impl<'a> DataStore<'a> {
    /// The data store of this address.
    #[must_use]
    pub fn new(source_ref: &'a str) -> Self {
        Self { source_ref: Some(Text::new(source_ref)), ..Self::default() }
    }
}

/// How much a data store holds: `DSMem`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: these are its elements")]
pub struct DsMem<'a> {
    /// `SharedMem`: the memory is that of other data stores as well.
    pub shared_mem: bool,
    /// `MaxMem`: octets.
    pub max_mem: Option<Text<'a>>,
    /// `MaxID`: the number of items.
    pub max_id: Option<Text<'a>>,
}

/// A type of content that a data store takes or gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transfer<'a> {
    /// Which way, and whether it is preferred.
    pub way: Way,
    /// The type.
    pub content: ContentType<'a>,
}

impl<'a> Transfer<'a> {
    /// This type goes this way.
    #[must_use]
    pub const fn new(way: Way, content: ContentType<'a>) -> Self {
        Self { way, content }
    }
}

/// Which way content goes. The content model of `DataStore` has them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the content model has these")]
pub enum Way {
    /// `Rx-Pref`: what it likes to receive.
    RxPref,
    /// `Rx`: what it receives too.
    Rx,
    /// `Tx-Pref`: what it likes to send.
    TxPref,
    /// `Tx`: what it sends too.
    Tx,
}

impl Way {
    pub(super) const fn of(tag: Tag) -> Option<Self> {
        match tag {
            tag::RX_PREF => Some(Self::RxPref),
            tag::RX => Some(Self::Rx),
            tag::TX_PREF => Some(Self::TxPref),
            tag::TX => Some(Self::Tx),
            _ => None,
        }
    }

    pub(super) const fn tag(self) -> Tag {
        match self {
            Self::RxPref => tag::RX_PREF,
            Self::Rx => tag::RX,
            Self::TxPref => tag::TX_PREF,
            Self::Tx => tag::TX,
        }
    }
}

/// What of a type of content is supported: `CTCap`, or in its flat form one `CTType` with what follows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CtCap<'a> {
    /// How it is written.
    pub form: Form,
    /// The type.
    pub content: ContentType<'a>,
    /// `FieldLevel`: single fields can be replaced; 1.2.
    pub field_level: bool,
    pub(super) properties: Span,
}

impl<'a> CtCap<'a> {
    /// The capabilities for this type, in the form of DevInf 1.2.
    #[must_use]
    pub fn new(content: ContentType<'a>) -> Self {
        Self { content, ..Self::default() }
    }

    /// The same for this type in any version, in the form of DevInf 1.0 and 1.1.
    #[must_use]
    pub fn flat(ct_type: &'a str) -> Self {
        let content = ContentType { ct_type: Some(Text::new(ct_type)), ver_ct: None };
        Self { form: Form::Flat, content, ..Self::default() }
    }
}

/// How capabilities are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the versions have these two")]
pub enum Form {
    /// Elements `Property` and `PropParam`: DevInf 1.2.
    #[default]
    Nested,
    /// One after the other, each name the begin of a property or a parameter: DevInf 1.0 and 1.1. Whatever is without a
    /// name there belongs to the one before.
    Flat,
}

/// A property of a type of content: `Property`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Property<'a> {
    /// `PropName`.
    pub name: Option<Text<'a>>,
    /// `DataType`: `chr`, `int`, `bool`, `bin`, `datetime`, `phonenum`.
    pub data_type: Option<Text<'a>>,
    /// `MaxOccur`: how often it can be there; 1.2.
    pub max_occur: Option<Text<'a>>,
    /// `MaxSize`, in 1.0 and 1.1 `Size`: the number of characters at most.
    pub max_size: Option<Text<'a>>,
    /// `NoTruncate`: not to be sent cut; 1.2.
    pub no_truncate: bool,
    /// `DisplayName`: a name to show.
    pub display_name: Option<Text<'a>>,
    pub(super) values: Span,
    pub(super) params: Span,
}

impl<'a> Property<'a> {
    /// The property of this name.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self { name: Some(Text::new(name)), ..Self::default() }
    }
}

/// A parameter of a property: `PropParam`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropParam<'a> {
    /// `ParamName`.
    pub name: Option<Text<'a>>,
    /// `DataType`.
    pub data_type: Option<Text<'a>>,
    /// `Size`: 1.0 and 1.1.
    pub size: Option<Text<'a>>,
    /// `DisplayName`: a name to show.
    pub display_name: Option<Text<'a>>,
    pub(super) values: Span,
}

impl<'a> PropParam<'a> {
    /// The parameter of this name.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self { name: Some(Text::new(name)), ..Self::default() }
    }
}

/// What can be filtered: `FilterCap`, 1.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FilterCap<'a> {
    /// The type of the filter.
    pub content: ContentType<'a>,
    pub(super) keywords: Span,
    pub(super) properties: Span,
}

impl<'a> FilterCap<'a> {
    /// Filters of this type.
    #[must_use]
    pub fn new(content: ContentType<'a>) -> Self {
        Self { content, ..Self::default() }
    }
}

/// What a manufacturer adds: `Ext`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ext<'a> {
    /// `XNam`: its name.
    pub name: Option<Text<'a>>,
    pub(super) values: Span,
}

impl<'a> Ext<'a> {
    /// The addition of this name.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self { name: Some(Text::new(name)), ..Self::default() }
    }
}
