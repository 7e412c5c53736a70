//! Device information: what a device is and what it can synchronise (OMA-TS-DS-DevInf 1.0, 1.1, 1.2).
//!
//! A [`DevInf`] is a document of its own in WBXML, also inside a message, where it is the `OPAQUE` of an item's `Data`;
//! in XML it stands there as elements. One piece of code reads all of them, and takes elements by their names where
//! the vocabulary of the document around is another one. Which of them it is, is seen by looking at the data and not by
//! trusting the type that is declared beside it: there are peers that say `+xml` of WBXML.
//!
//! All lists are vectors of the whole document, so that reading allocates a number of times that is logarithmic in its
//! size: a row knows which of the rows below are its own, and the document hands them out.
//!
//! ```
//! use syncml::devinf::{ContentType, CtCap, DataStore, DevInf, Property, Transfer, Way};
//! use wbxml::{Encoder, Text};
//!
//! let card = ContentType::new("text/x-vcard", "2.1");
//! let mut device = DevInf::new("1.2", "IMEI:490154203237518", "phone");
//! device
//!     .add_data_store(DataStore::new("./contacts"))
//!     .add_transfer(Transfer::new(Way::RxPref, card))
//!     .add_transfer(Transfer::new(Way::TxPref, card))
//!     .add_ct_cap(CtCap::new(card))
//!     .add_property(Property::new("VERSION"))
//!     .add_property_value(Text::new("2.1"))
//!     .add_sync_type(Text::new("1"));
//!
//! let octets = Encoder::new(device.vocabulary()).encode(&device)?;
//! let read = DevInf::parse(&octets).unwrap();
//! let store = &read.data_stores()[0];
//! assert_eq!(read.transfers(store)[1].content.ct_type.unwrap(), "text/x-vcard");
//! let version = &read.properties(&read.ct_caps(store)[0])[0];
//! assert_eq!((version.name.unwrap(), read.values(version)), (Text::new("VERSION"), &[Text::new("2.1")][..]));
//! # Ok::<(), wbxml::WriteError>(())
//! ```

mod build;
mod find;
mod read;
mod rows;
mod write;

use alloc::vec::Vec;

use wbxml::vocabulary::devinf::{ALL, DEVINF_1_2};
use wbxml::{AttrStart, Limits, Markup, Options, Start, Text, Vocabulary};

use rows::Span;

pub use rows::{ContentType, CtCap, DataStore, DsMem, Ext, FilterCap, Form, PropParam, Property, Transfer, Way};

/// What a device is and what it can synchronise: the element `DevInf`.
///
/// Everything is optional here: what a peer left out is for the receiver to answer. Where an element stands twice that
/// may stand once, the last one counts. Elements that none of the versions has are [`others`](Self::others); they are
/// written again behind the elements that are known there.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct DevInf<'a> {
    /// `VerDTD`: the version of the document, `1.2`.
    pub ver_dtd: Option<Text<'a>>,
    /// `Man`: the manufacturer.
    pub man: Option<Text<'a>>,
    /// `Mod`: the model.
    pub model: Option<Text<'a>>,
    /// `OEM`: who sells it.
    pub oem: Option<Text<'a>>,
    /// `FwV`: the version of the firmware.
    pub fw_v: Option<Text<'a>>,
    /// `SwV`: the version of the software.
    pub sw_v: Option<Text<'a>>,
    /// `HwV`: the version of the hardware.
    pub hw_v: Option<Text<'a>>,
    /// `DevID`: the identifier of the device, unique in the world.
    pub dev_id: Option<Text<'a>>,
    /// `DevTyp`: `phone`, `pda`, `server`, …
    pub dev_typ: Option<Text<'a>>,
    /// `UTC`: the device takes times in UTC; from 1.1 on.
    pub utc: bool,
    /// `SupportLargeObjs`: the device takes objects in chunks; from 1.1 on.
    pub support_large_objs: bool,
    /// `SupportNumberOfChanges`: the device makes use of `NumberOfChanges`; from 1.1 on.
    pub support_number_of_changes: bool,
    data_stores: Vec<DataStore<'a>>,
    transfers: Vec<Transfer<'a>>,
    filter_rx: Vec<ContentType<'a>>,
    ct_caps: Vec<CtCap<'a>>,
    shared_ct_caps: Vec<CtCap<'a>>,
    /// Whether the list of the capabilities that were added last is the shared one.
    is_shared_last: bool,
    properties: Vec<Property<'a>>,
    values: Vec<Text<'a>>,
    params: Vec<PropParam<'a>>,
    param_values: Vec<Text<'a>>,
    sync_types: Vec<Text<'a>>,
    filter_caps: Vec<FilterCap<'a>>,
    keywords: Vec<Text<'a>>,
    filter_properties: Vec<Text<'a>>,
    exts: Vec<Ext<'a>>,
    ext_values: Vec<Text<'a>>,
    /// In the order of their places.
    others: Vec<Other<'a>>,
    other_attributes: Vec<OtherAttribute<'a>>,
}

/// An element that no version of DevInf has where it stands.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Other<'a> {
    /// The element around it.
    pub place: Place,
    /// How it begins in its document.
    pub start: Start,
    /// The name, if the vocabulary of its document knows it.
    pub name: Option<Text<'a>>,
    /// What is in it, if anything is.
    pub content: Option<Markup<'a>>,
    attributes: Span,
}

/// An attribute of an element that no version of DevInf has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherAttribute<'a> {
    /// The token.
    pub start: AttrStart,
    /// The name, if the vocabulary of its document knows it.
    pub name: Option<Text<'a>>,
    /// The value.
    pub value: Text<'a>,
}

/// The element around another one. Numbers are indexes in the list of all rows of this kind in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// `DevInf`.
    DevInf,
    /// `DataStore`, of this index.
    DataStore(usize),
    /// `Rx-Pref`, `Rx`, `Tx-Pref` or `Tx`, of this index among the four.
    Transfer(usize),
    /// `DSMem` of the `DataStore` of this index.
    DsMem(usize),
    /// `SyncCap` of the `DataStore` of this index.
    SyncCap(usize),
    /// `Filter-Rx`, of this index.
    FilterRx(usize),
    /// `FilterCap`, of this index.
    FilterCap(usize),
    /// The capabilities of this index among those of data stores.
    CtCap(usize),
    /// The capabilities of this index among those of the whole device.
    SharedCtCap(usize),
    /// `Property`, of this index.
    Property(usize),
    /// `PropParam`, of this index.
    PropParam(usize),
    /// `Ext`, of this index.
    Ext(usize),
}

/// How device information is read: with the vocabularies of all versions, 1.2 where a document names none, and the usual
/// limits.
#[must_use]
pub const fn options() -> Options<'static> {
    Options::new().vocabularies(&ALL).assume(&DEVINF_1_2).limits(Limits::DEFAULT)
}

impl<'a> DevInf<'a> {
    /// A device without data stores.
    #[must_use]
    pub fn new(ver_dtd: &'a str, dev_id: &'a str, dev_typ: &'a str) -> Self {
        let [ver_dtd, dev_id, dev_typ] = [ver_dtd, dev_id, dev_typ].map(|text| Some(Text::new(text)));
        Self { ver_dtd, dev_id, dev_typ, ..Self::default() }
    }

    /// The vocabulary of the version that `VerDTD` says, of 1.2 where it says another one: what a writer is given.
    #[must_use]
    pub fn vocabulary(&self) -> &'static Vocabulary<'static> {
        let is_named = |vocabulary: &Vocabulary<'_>| {
            self.ver_dtd
                .is_some_and(|version| vocabulary.name.strip_prefix("DevInf ").is_some_and(|own| version == own))
        };
        ALL.into_iter().find(|vocabulary| is_named(vocabulary)).unwrap_or(&DEVINF_1_2)
    }

    /// `DataStore`: what is synchronised.
    #[must_use]
    pub fn data_stores(&self) -> &[DataStore<'a>] {
        &self.data_stores
    }

    /// `Rx-Pref`, `Rx`, `Tx-Pref` and `Tx` of a data store, in the order of the document.
    #[must_use]
    pub fn transfers(&self, store: &DataStore<'a>) -> &[Transfer<'a>] {
        store.transfers.of(&self.transfers)
    }

    /// `CTCap` of a data store: DevInf 1.2.
    #[must_use]
    pub fn ct_caps(&self, store: &DataStore<'a>) -> &[CtCap<'a>] {
        store.ct_caps.of(&self.ct_caps)
    }

    /// `CTCap` of the whole device, one for each `CTType` in it: DevInf 1.0 and 1.1.
    #[must_use]
    pub fn shared_ct_caps(&self) -> &[CtCap<'a>] {
        &self.shared_ct_caps
    }

    /// `Property` of a content type, or `PropName` and what follows it up to the next one.
    #[must_use]
    pub fn properties(&self, ct_cap: &CtCap<'a>) -> &[Property<'a>] {
        ct_cap.properties.of(&self.properties)
    }

    /// `ValEnum` of a property: the values that it can have.
    #[must_use]
    pub fn values(&self, property: &Property<'a>) -> &[Text<'a>] {
        property.values.of(&self.values)
    }

    /// `PropParam` of a property, or `ParamName` and what follows it up to the next name.
    #[must_use]
    pub fn params(&self, property: &Property<'a>) -> &[PropParam<'a>] {
        property.params.of(&self.params)
    }

    /// `ValEnum` of a parameter: the values that it can have.
    #[must_use]
    pub fn param_values(&self, param: &PropParam<'a>) -> &[Text<'a>] {
        param.values.of(&self.param_values)
    }

    /// `SyncType`, all in `SyncCap` of a data store: 1 is two-way, 2 slow, 3 and 5 one-way from client and server, 4 and
    /// 6 refresh from client and server, 7 server-alerted.
    #[must_use]
    pub fn sync_types(&self, store: &DataStore<'a>) -> &[Text<'a>] {
        store.sync_types.of(&self.sync_types)
    }

    /// `Filter-Rx` of a data store: the types of filters that it takes.
    #[must_use]
    pub fn filter_rx(&self, store: &DataStore<'a>) -> &[ContentType<'a>] {
        store.filter_rx.of(&self.filter_rx)
    }

    /// `FilterCap` of a data store.
    #[must_use]
    pub fn filter_caps(&self, store: &DataStore<'a>) -> &[FilterCap<'a>] {
        store.filter_caps.of(&self.filter_caps)
    }

    /// `FilterKeyword`: what a filter can ask for.
    #[must_use]
    pub fn keywords(&self, filter: &FilterCap<'a>) -> &[Text<'a>] {
        filter.keywords.of(&self.keywords)
    }

    /// `PropName`: the properties that a filter can ask for.
    #[must_use]
    pub fn filter_properties(&self, filter: &FilterCap<'a>) -> &[Text<'a>] {
        filter.properties.of(&self.filter_properties)
    }

    /// `Ext`: what the manufacturer adds.
    #[must_use]
    pub fn exts(&self) -> &[Ext<'a>] {
        &self.exts
    }

    /// `XVal` of an addition.
    #[must_use]
    pub fn ext_values(&self, ext: &Ext<'a>) -> &[Text<'a>] {
        ext.values.of(&self.ext_values)
    }

    /// The elements that no version has where they stand, in the order of their [`Place`]s.
    #[must_use]
    pub fn others(&self) -> &[Other<'a>] {
        &self.others
    }

    /// The attributes of such an element.
    #[must_use]
    pub fn other_attributes(&self, other: &Other<'a>) -> &[OtherAttribute<'a>] {
        other.attributes.of(&self.other_attributes)
    }
}
