//! Writing: in the order of the content models, what they do not have behind what they have.

use wbxml::vocabulary::devinf::tag;
use wbxml::{Emit, Encode, Event, Start, Tag, Text, WriteError};

use super::{ContentType, CtCap, DataStore, DevInf, Form, Other, Place, PropParam, Property};
use crate::field::{field, flag};

impl Encode for DevInf<'_> {
    /// Writes the element `DevInf`, for a document in its [`vocabulary`](DevInf::vocabulary). In WBXML, a name that the
    /// vocabulary does not have takes an [`Encoder`](wbxml::Encoder): a [`Writer`](wbxml::Writer) without it in its string
    /// table answers [`WriteError::UnknownName`].
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::DEV_INF))?;
        field(out, tag::VER_DTD, &self.ver_dtd)?;
        field(out, tag::MAN, &self.man)?;
        field(out, tag::MOD, &self.model)?;
        field(out, tag::OEM, &self.oem)?;
        field(out, tag::FW_V, &self.fw_v)?;
        field(out, tag::SW_V, &self.sw_v)?;
        field(out, tag::HW_V, &self.hw_v)?;
        field(out, tag::DEV_ID, &self.dev_id)?;
        field(out, tag::DEV_TYP, &self.dev_typ)?;
        flag(out, tag::UTC, self.utc)?;
        flag(out, tag::SUPPORT_LARGE_OBJS, self.support_large_objs)?;
        flag(out, tag::SUPPORT_NUMBER_OF_CHANGES, self.support_number_of_changes)?;
        for (index, store) in self.data_stores.iter().enumerate() {
            self.write_data_store(out, index, store)?;
        }
        self.write_ct_caps(out, self.shared_ct_caps.iter().enumerate(), Place::SharedCtCap)?;
        for (index, ext) in self.exts.iter().enumerate() {
            out.start(Start::new(tag::EXT))?;
            field(out, tag::XNAM, &ext.name)?;
            fields(out, tag::XVAL, self.ext_values(ext))?;
            self.end(out, Place::Ext(index))?;
        }
        self.end(out, Place::DevInf)
    }
}

impl<'a> DevInf<'a> {
    fn write_data_store<E: Emit>(&self, out: &mut E, index: usize, store: &DataStore<'a>) -> Result<(), WriteError> {
        out.start(Start::new(tag::DATA_STORE))?;
        field(out, tag::SOURCE_REF, &store.source_ref)?;
        field(out, tag::DISPLAY_NAME, &store.display_name)?;
        field(out, tag::MAX_GUID_SIZE, &store.max_guid_size)?;
        for (index, transfer) in store.transfers.indexed(&self.transfers) {
            self.write_content_type(out, transfer.way.tag(), &transfer.content, Place::Transfer(index))?;
        }
        self.write_ct_caps(out, store.ct_caps.indexed(&self.ct_caps), Place::CtCap)?;
        if let Some(memory) = &store.ds_mem {
            out.start(Start::new(tag::DS_MEM))?;
            flag(out, tag::SHARED_MEM, memory.shared_mem)?;
            field(out, tag::MAX_MEM, &memory.max_mem)?;
            field(out, tag::MAX_ID, &memory.max_id)?;
            self.end(out, Place::DsMem(index))?;
        }
        flag(out, tag::SUPPORT_HIERARCHICAL_SYNC, store.support_hierarchical_sync)?;
        let (sync_types, place) = (self.sync_types(store), Place::SyncCap(index));
        if !sync_types.is_empty() || self.others_at(place).next().is_some() {
            out.start(Start::new(tag::SYNC_CAP))?;
            fields(out, tag::SYNC_TYPE, sync_types)?;
            self.end(out, place)?;
        }
        for (index, content) in store.filter_rx.indexed(&self.filter_rx) {
            self.write_content_type(out, tag::FILTER_RX, content, Place::FilterRx(index))?;
        }
        for (index, filter) in store.filter_caps.indexed(&self.filter_caps) {
            out.start(Start::new(tag::FILTER_CAP))?;
            field(out, tag::CT_TYPE, &filter.content.ct_type)?;
            field(out, tag::VER_CT, &filter.content.ver_ct)?;
            fields(out, tag::FILTER_KEYWORD, self.keywords(filter))?;
            fields(out, tag::PROP_NAME, self.filter_properties(filter))?;
            self.end(out, Place::FilterCap(index))?;
        }
        self.end(out, Place::DataStore(index))
    }

    fn write_content_type<E: Emit>(
        &self,
        out: &mut E,
        tag: Tag,
        content: &ContentType<'a>,
        place: Place,
    ) -> Result<(), WriteError> {
        out.start(Start::new(tag))?;
        field(out, tag::CT_TYPE, &content.ct_type)?;
        field(out, tag::VER_CT, &content.ver_ct)?;
        self.end(out, place)
    }

    /// Writes each of the capabilities as an element `CTCap`; flat ones that follow each other share one.
    fn write_ct_caps<'d, E: Emit>(
        &'d self,
        out: &mut E,
        ct_caps: impl Iterator<Item = (usize, &'d CtCap<'a>)>,
        place: fn(usize) -> Place,
    ) -> Result<(), WriteError>
    where
        'a: 'd,
    {
        let mut open: Option<&CtCap<'_>> = None;
        for (index, ct_cap) in ct_caps {
            // in one element, a type is where other capabilities begin
            let is_continued = |before: &CtCap<'_>| {
                let are_flat = before.form == Form::Flat && ct_cap.form == Form::Flat;
                are_flat && before.content.ct_type.is_some() && ct_cap.content.ct_type.is_some()
            };
            if !open.is_some_and(is_continued) {
                if open.is_some() {
                    out.end()?;
                }
                out.start(Start::new(tag::CT_CAP))?;
            }
            open = Some(ct_cap);
            field(out, tag::CT_TYPE, &ct_cap.content.ct_type)?;
            field(out, tag::VER_CT, &ct_cap.content.ver_ct)?;
            flag(out, tag::FIELD_LEVEL, ct_cap.field_level)?;
            for (index, property) in ct_cap.properties.indexed(&self.properties) {
                self.write_property(out, index, property, ct_cap.form)?;
            }
            self.write_others(out, place(index))?;
        }
        if open.is_some() { out.end() } else { Ok(()) }
    }

    fn write_property<E: Emit>(
        &self,
        out: &mut E,
        index: usize,
        property: &Property<'a>,
        form: Form,
    ) -> Result<(), WriteError> {
        if form == Form::Nested {
            out.start(Start::new(tag::PROPERTY))?;
        }
        field(out, tag::PROP_NAME, &property.name)?;
        field(out, tag::DATA_TYPE, &property.data_type)?;
        field(out, tag::MAX_OCCUR, &property.max_occur)?;
        field(out, tag::MAX_SIZE, &property.max_size)?;
        flag(out, tag::NO_TRUNCATE, property.no_truncate)?;
        fields(out, tag::VAL_ENUM, self.values(property))?;
        field(out, tag::DISPLAY_NAME, &property.display_name)?;
        for (index, param) in property.params.indexed(&self.params) {
            self.write_param(out, index, param, form)?;
        }
        match form {
            Form::Nested => self.end(out, Place::Property(index)),
            Form::Flat => self.write_others(out, Place::Property(index)),
        }
    }

    fn write_param<E: Emit>(
        &self,
        out: &mut E,
        index: usize,
        param: &PropParam<'a>,
        form: Form,
    ) -> Result<(), WriteError> {
        if form == Form::Nested {
            out.start(Start::new(tag::PROP_PARAM))?;
        }
        field(out, tag::PARAM_NAME, &param.name)?;
        field(out, tag::DATA_TYPE, &param.data_type)?;
        field(out, tag::MAX_SIZE, &param.size)?;
        fields(out, tag::VAL_ENUM, self.param_values(param))?;
        field(out, tag::DISPLAY_NAME, &param.display_name)?;
        match form {
            Form::Nested => self.end(out, Place::PropParam(index)),
            Form::Flat => self.write_others(out, Place::PropParam(index)),
        }
    }

    /// Writes what else stands at a place, and its end.
    fn end<E: Emit>(&self, out: &mut E, place: Place) -> Result<(), WriteError> {
        self.write_others(out, place)?;
        out.end()
    }

    fn write_others<E: Emit>(&self, out: &mut E, place: Place) -> Result<(), WriteError> {
        self.others_at(place).try_for_each(|other| self.write_other(out, other))
    }

    fn write_other<E: Emit>(&self, out: &mut E, other: &Other<'a>) -> Result<(), WriteError> {
        let attributes = self.other_attributes(other);
        let mut start = Start::new(other.start.tag);
        if !attributes.is_empty() {
            start = start.with_attributes();
        }
        if other.content.is_none() {
            start = start.without_content();
        }
        match other.name {
            Some(name) => out.start_named(&name.to_cow()?, start)?,
            None => out.token(&Event::Start(start))?,
        }
        for attribute in attributes {
            let value = attribute.value.to_cow()?;
            match attribute.name {
                Some(name) => out.attribute(&name.to_cow()?, &value)?,
                None => out.unnamed_attribute(attribute.start, &value)?,
            }
        }
        if !attributes.is_empty() {
            out.attributes_end()?;
        }
        match &other.content {
            Some(content) => {
                content.encode(out)?;
                out.end()
            }
            None => Ok(()),
        }
    }

    fn others_at(&self, place: Place) -> impl Iterator<Item = &Other<'a>> {
        let begin = self.others.partition_point(|other| other.place < place);
        self.others.iter().skip(begin).take_while(move |other| other.place == place)
    }
}

/// Writes an element for each of the texts.
fn fields<E: Emit>(out: &mut E, tag: Tag, texts: &[Text<'_>]) -> Result<(), WriteError> {
    texts.iter().try_for_each(|text| out.leaf_text(tag, text))
}
