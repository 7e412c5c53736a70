//! Reading: one piece of code for WBXML and XML, alone and inside a message.

use wbxml::vocabulary::devinf::{DEVINF_1_0, DEVINF_1_2, tag};
use wbxml::{Cursor, Decode, Start, Tag, Text};

use super::rows::Span;
use super::{
    ContentType, CtCap, DataStore, DevInf, DsMem, Ext, FilterCap, Form, Other, OtherAttribute, Place, PropParam,
    Property, Transfer, Way,
};
use crate::error::{Error, Result};

/// The tag of DevInf for an element: by its token where the document is one of DevInf, else by its name.
pub(super) fn known<'a, C: Cursor<'a>>(cursor: &C, start: Start) -> Result<Option<Tag>> {
    if start.tag != Tag::LITERAL && cursor.vocabulary().root == DEVINF_1_2.root {
        return Ok(Some(start.tag));
    }
    let Some(name) = cursor.name_text(start)?.and_then(|name| name.as_str()) else { return Ok(None) };
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    // of the names of 1.0, one is another in 1.2
    Ok(DEVINF_1_2.tag(local).or_else(|| DEVINF_1_0.tag(local)))
}

/// What a name, a value or a type in capabilities belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Property,
    Param,
}

impl<'a> Decode<'a> for DevInf<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut device = Self::default();
        while let Some(child) = cursor.next_child(start)? {
            let tag = known(cursor, child)?;
            let field = match tag {
                Some(tag::VER_DTD) => &mut device.ver_dtd,
                Some(tag::MAN) => &mut device.man,
                Some(tag::MOD) => &mut device.model,
                Some(tag::OEM) => &mut device.oem,
                Some(tag::FW_V) => &mut device.fw_v,
                Some(tag::SW_V) => &mut device.sw_v,
                Some(tag::HW_V) => &mut device.hw_v,
                Some(tag::DEV_ID) => &mut device.dev_id,
                Some(tag::DEV_TYP) => &mut device.dev_typ,
                _ => {
                    device.child(cursor, child, tag)?;
                    continue;
                }
            };
            *field = Some(cursor.text(child)?);
        }
        // one after the other at the same place
        device.others.sort_by_key(|other| other.place);
        Ok(device)
    }
}

impl<'a> DevInf<'a> {
    /// Reads a child of `DevInf` that holds no text.
    fn child<C: Cursor<'a>>(&mut self, cursor: &mut C, child: Start, tag: Option<Tag>) -> Result<()> {
        let flag = match tag {
            Some(tag::DATA_STORE) => return self.read_data_store(cursor, child),
            Some(tag::CT_CAP) => return self.read_ct_cap(cursor, child, true),
            Some(tag::EXT) => return self.read_ext(cursor, child),
            Some(tag::UTC) => &mut self.utc,
            Some(tag::SUPPORT_LARGE_OBJS) => &mut self.support_large_objs,
            Some(tag::SUPPORT_NUMBER_OF_CHANGES) => &mut self.support_number_of_changes,
            _ => return self.keep(cursor, child, Place::DevInf),
        };
        *flag = true;
        Ok(cursor.skip(child)?)
    }

    /// Keeps an element that no version has here.
    fn keep<C: Cursor<'a>>(&mut self, cursor: &mut C, child: Start, place: Place) -> Result<()> {
        let name = cursor.name_text(child)?;
        let mut attributes = Span::at(self.other_attributes.len());
        while let Some(attribute) = cursor.next_attribute(child)? {
            let name = cursor.attribute_name(attribute.attribute_start())?;
            self.other_attributes.push(OtherAttribute { start: attribute.start, name, value: attribute.value });
        }
        attributes.grow(self.other_attributes.len());
        let content = cursor.content(child)?;
        self.others.push(Other { place, start: child, name, content, attributes });
        Ok(())
    }

    fn read_data_store<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let index = self.data_stores.len();
        self.add_data_store(DataStore::default());
        while let Some(child) = cursor.next_child(start)? {
            let tag = known(cursor, child)?;
            if let Some(way) = tag.and_then(Way::of) {
                let content = self.read_content_type(cursor, child, Place::Transfer(self.transfers.len()))?;
                self.add_transfer(Transfer { way, content });
                continue;
            }
            match tag {
                Some(tag::CT_CAP) => self.read_ct_cap(cursor, child, false)?,
                Some(tag::DS_MEM) => {
                    let memory = self.read_ds_mem(cursor, child, Place::DsMem(index))?;
                    self.with_store(|store| store.ds_mem = Some(memory));
                }
                Some(tag::SYNC_CAP) => self.read_sync_cap(cursor, child, Place::SyncCap(index))?,
                Some(tag::FILTER_RX) => {
                    let content = self.read_content_type(cursor, child, Place::FilterRx(self.filter_rx.len()))?;
                    self.add_filter_rx(content);
                }
                Some(tag::FILTER_CAP) => self.read_filter_cap(cursor, child)?,
                Some(tag::SUPPORT_HIERARCHICAL_SYNC) => {
                    self.with_store(|store| store.support_hierarchical_sync = true);
                    cursor.skip(child)?;
                }
                Some(tag::SOURCE_REF) => {
                    let text = Some(cursor.text(child)?);
                    self.with_store(|store| store.source_ref = text);
                }
                Some(tag::DISPLAY_NAME) => {
                    let text = Some(cursor.text(child)?);
                    self.with_store(|store| store.display_name = text);
                }
                Some(tag::MAX_GUID_SIZE) => {
                    let text = Some(cursor.text(child)?);
                    self.with_store(|store| store.max_guid_size = text);
                }
                _ => self.keep(cursor, child, Place::DataStore(index))?,
            }
        }
        Ok(())
    }

    /// Changes the data store that is read.
    fn with_store(&mut self, change: impl FnOnce(&mut DataStore<'a>)) {
        if let Some(row) = self.data_stores.last_mut() {
            change(row);
        }
    }

    fn read_content_type<C: Cursor<'a>>(
        &mut self,
        cursor: &mut C,
        start: Start,
        place: Place,
    ) -> Result<ContentType<'a>> {
        let mut content = ContentType::default();
        while let Some(child) = cursor.next_child(start)? {
            match known(cursor, child)? {
                Some(tag::CT_TYPE) => content.ct_type = Some(cursor.text(child)?),
                Some(tag::VER_CT) => content.ver_ct = Some(cursor.text(child)?),
                _ => self.keep(cursor, child, place)?,
            }
        }
        Ok(content)
    }

    fn read_ds_mem<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start, place: Place) -> Result<DsMem<'a>> {
        let mut memory = DsMem::default();
        while let Some(child) = cursor.next_child(start)? {
            match known(cursor, child)? {
                Some(tag::SHARED_MEM) => {
                    memory.shared_mem = true;
                    cursor.skip(child)?;
                }
                Some(tag::MAX_MEM) => memory.max_mem = Some(cursor.text(child)?),
                Some(tag::MAX_ID) => memory.max_id = Some(cursor.text(child)?),
                _ => self.keep(cursor, child, place)?,
            }
        }
        Ok(memory)
    }

    fn read_sync_cap<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start, place: Place) -> Result<()> {
        while let Some(child) = cursor.next_child(start)? {
            match known(cursor, child)? {
                Some(tag::SYNC_TYPE) => {
                    self.add_sync_type(cursor.text(child)?);
                }
                _ => self.keep(cursor, child, place)?,
            }
        }
        Ok(())
    }

    fn read_filter_cap<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let place = Place::FilterCap(self.filter_caps.len());
        self.add_filter_cap(FilterCap::default());
        let mut content = ContentType::default();
        while let Some(child) = cursor.next_child(start)? {
            match known(cursor, child)? {
                Some(tag::CT_TYPE) => content.ct_type = Some(cursor.text(child)?),
                Some(tag::VER_CT) => content.ver_ct = Some(cursor.text(child)?),
                Some(tag::FILTER_KEYWORD) => {
                    self.add_filter_keyword(cursor.text(child)?);
                }
                Some(tag::PROP_NAME) => {
                    self.add_filter_property(cursor.text(child)?);
                }
                _ => self.keep(cursor, child, place)?,
            }
        }
        if let Some(filter) = self.filter_caps.last_mut() {
            filter.content = content;
        }
        Ok(())
    }

    fn read_ext<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let place = Place::Ext(self.exts.len());
        self.add_ext(Ext::default());
        let mut name = None;
        while let Some(child) = cursor.next_child(start)? {
            match known(cursor, child)? {
                Some(tag::XNAM) => name = Some(cursor.text(child)?),
                Some(tag::XVAL) => {
                    self.add_ext_value(cursor.text(child)?);
                }
                _ => self.keep(cursor, child, place)?,
            }
        }
        if let Some(ext) = self.exts.last_mut() {
            ext.name = name;
        }
        Ok(())
    }

    /// Reads `CTCap` in either form: each type but the first begins capabilities of its own.
    fn read_ct_cap<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start, is_shared: bool) -> Result<()> {
        self.begin_ct_cap(is_shared);
        let mut owner = None;
        while let Some(child) = cursor.next_child(start)? {
            let tag = known(cursor, child)?;
            match tag {
                Some(tag::CT_TYPE) => {
                    let ct_type = cursor.text(child)?;
                    if self.last_ct_cap().is_some_and(|ct_cap| ct_cap.content.ct_type.is_some()) {
                        self.begin_ct_cap(is_shared);
                        owner = None;
                    }
                    self.with_ct_cap(|ct_cap| ct_cap.content.ct_type = Some(ct_type));
                }
                Some(tag::VER_CT) => {
                    let ver_ct = Some(cursor.text(child)?);
                    self.with_ct_cap(|ct_cap| ct_cap.content.ver_ct = ver_ct);
                }
                Some(tag::FIELD_LEVEL) => {
                    self.with_ct_cap(|ct_cap| ct_cap.field_level = true);
                    cursor.skip(child)?;
                }
                Some(tag::PROPERTY) => {
                    self.with_ct_cap(|ct_cap| ct_cap.form = Form::Nested);
                    self.read_property(cursor, child)?;
                    owner = None;
                }
                Some(tag::PROP_NAME) => {
                    let name = Some(cursor.text(child)?);
                    self.with_ct_cap(|ct_cap| ct_cap.form = Form::Flat);
                    self.add_property(Property { name, ..Property::default() });
                    owner = Some(Owner::Property);
                }
                Some(tag::PARAM_NAME) if owner.is_some() => {
                    let name = Some(cursor.text(child)?);
                    self.add_param(PropParam { name, ..PropParam::default() });
                    owner = Some(Owner::Param);
                }
                _ => {
                    let place = match is_shared {
                        true => Place::SharedCtCap(self.shared_ct_caps.len().saturating_sub(1)),
                        false => Place::CtCap(self.ct_caps.len().saturating_sub(1)),
                    };
                    self.detail(cursor, child, tag, owner, place)?;
                }
            }
        }
        Ok(())
    }

    fn begin_ct_cap(&mut self, is_shared: bool) {
        if is_shared {
            self.add_shared_ct_cap(CtCap { form: Form::Flat, ..CtCap::default() });
        } else {
            self.add_ct_cap(CtCap::default());
        }
    }

    /// Changes the capabilities that are read.
    fn with_ct_cap(&mut self, change: impl FnOnce(&mut CtCap<'a>)) {
        if let Some(row) = self.last_ct_cap() {
            change(row);
        }
    }

    fn read_property<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let place = Place::Property(self.properties.len());
        self.add_property(Property::default());
        let mut owner = Owner::Property;
        while let Some(child) = cursor.next_child(start)? {
            let tag = known(cursor, child)?;
            match tag {
                Some(tag::PROP_NAME) => {
                    let name = Some(cursor.text(child)?);
                    self.with_property(|property| property.name = name);
                }
                Some(tag::PROP_PARAM) => self.read_param(cursor, child)?,
                // there are peers that write the parameters of 1.2 as 1.1 does
                Some(tag::PARAM_NAME) => {
                    let name = Some(cursor.text(child)?);
                    self.add_param(PropParam { name, ..PropParam::default() });
                    owner = Owner::Param;
                }
                _ => self.detail(cursor, child, tag, Some(owner), place)?,
            }
        }
        Ok(())
    }

    fn read_param<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let place = Place::PropParam(self.params.len());
        self.add_param(PropParam::default());
        while let Some(child) = cursor.next_child(start)? {
            let tag = known(cursor, child)?;
            match tag {
                Some(tag::PARAM_NAME) => {
                    let name = Some(cursor.text(child)?);
                    self.with_param(|param| param.name = name);
                }
                _ => self.detail(cursor, child, tag, Some(Owner::Param), place)?,
            }
        }
        Ok(())
    }

    /// Changes the property that is read.
    fn with_property(&mut self, change: impl FnOnce(&mut Property<'a>)) {
        if let Some(row) = self.properties.last_mut() {
            change(row);
        }
    }

    /// Changes the parameter that is read.
    fn with_param(&mut self, change: impl FnOnce(&mut PropParam<'a>)) {
        if let Some(row) = self.params.last_mut() {
            change(row);
        }
    }

    /// Reads what is said of a property or a parameter, but its name; both have most of it, in either form.
    fn detail<C: Cursor<'a>>(
        &mut self,
        cursor: &mut C,
        child: Start,
        tag: Option<Tag>,
        owner: Option<Owner>,
        place: Place,
    ) -> Result<()> {
        match (tag, owner) {
            (Some(tag::NO_TRUNCATE), Some(Owner::Property)) => {
                self.with_property(|property| property.no_truncate = true);
                Ok(cursor.skip(child)?)
            }
            (
                Some(tag @ (tag::VAL_ENUM | tag::DATA_TYPE | tag::DISPLAY_NAME | tag::MAX_SIZE | tag::MAX_OCCUR)),
                Some(Owner::Property),
            ) => {
                let text = cursor.text(child)?;
                self.property_text(tag, text);
                Ok(())
            }
            (Some(tag @ (tag::VAL_ENUM | tag::DATA_TYPE | tag::DISPLAY_NAME | tag::MAX_SIZE)), Some(Owner::Param)) => {
                let text = cursor.text(child)?;
                self.param_text(tag, text);
                Ok(())
            }
            _ => self.keep(cursor, child, place),
        }
    }

    fn property_text(&mut self, tag: Tag, text: Text<'a>) {
        if tag == tag::VAL_ENUM {
            self.add_property_value(text);
            return;
        }
        self.with_property(|property| {
            let field = match tag {
                tag::DATA_TYPE => &mut property.data_type,
                tag::DISPLAY_NAME => &mut property.display_name,
                tag::MAX_OCCUR => &mut property.max_occur,
                _ => &mut property.max_size,
            };
            *field = Some(text);
        });
    }

    fn param_text(&mut self, tag: Tag, text: Text<'a>) {
        if tag == tag::VAL_ENUM {
            self.add_param_value(text);
            return;
        }
        self.with_param(|param| {
            let field = match tag {
                tag::DATA_TYPE => &mut param.data_type,
                tag::DISPLAY_NAME => &mut param.display_name,
                _ => &mut param.size,
            };
            *field = Some(text);
        });
    }
}
