//! Adding rows: each to the row that was added last.

use alloc::vec::Vec;

use wbxml::Text;

use super::rows::Span;
use super::{ContentType, CtCap, DataStore, DevInf, Ext, FilterCap, PropParam, Property, Transfer};

/// The row that was added last; the first one where there is none.
fn last<T: Default>(list: &mut Vec<T>) -> Option<&mut T> {
    if list.is_empty() {
        list.push(T::default());
    }
    list.last_mut()
}

/// Adds a row to a list, and to the span of the row that it belongs to.
fn add<T>(list: &mut Vec<T>, row: T, span: Option<&mut Span>) {
    list.push(row);
    if let Some(span) = span {
        span.grow(list.len());
    }
}

/// Each row belongs to the one that was added last of those above it; where there is none yet, one without a name is
/// added first.
impl<'a> DevInf<'a> {
    /// Adds a data store.
    pub fn add_data_store(&mut self, store: DataStore<'a>) -> &mut Self {
        self.data_stores.push(DataStore {
            transfers: Span::at(self.transfers.len()),
            ct_caps: Span::at(self.ct_caps.len()),
            sync_types: Span::at(self.sync_types.len()),
            filter_rx: Span::at(self.filter_rx.len()),
            filter_caps: Span::at(self.filter_caps.len()),
            ..store
        });
        self
    }

    /// Adds a type that the data store takes or gives: in the order of [`Way`](super::Way), says the content model.
    pub fn add_transfer(&mut self, transfer: Transfer<'a>) -> &mut Self {
        let store = last(&mut self.data_stores);
        add(&mut self.transfers, transfer, store.map(|store| &mut store.transfers));
        self
    }

    /// Adds capabilities to the data store: DevInf 1.2.
    pub fn add_ct_cap(&mut self, ct_cap: CtCap<'a>) -> &mut Self {
        let ct_cap = CtCap { properties: Span::at(self.properties.len()), ..ct_cap };
        let store = last(&mut self.data_stores);
        add(&mut self.ct_caps, ct_cap, store.map(|store| &mut store.ct_caps));
        self.is_shared_last = false;
        self
    }

    /// Adds capabilities of the whole device: DevInf 1.0 and 1.1.
    pub fn add_shared_ct_cap(&mut self, ct_cap: CtCap<'a>) -> &mut Self {
        self.shared_ct_caps.push(CtCap { properties: Span::at(self.properties.len()), ..ct_cap });
        self.is_shared_last = true;
        self
    }

    /// The capabilities that were added last.
    pub(super) fn last_ct_cap(&mut self) -> Option<&mut CtCap<'a>> {
        if self.is_shared_last {
            return self.shared_ct_caps.last_mut();
        }
        if self.ct_caps.is_empty() {
            self.add_ct_cap(CtCap::default());
        }
        self.ct_caps.last_mut()
    }

    /// Adds a property to the capabilities.
    pub fn add_property(&mut self, property: Property<'a>) -> &mut Self {
        let (values, params) = (Span::at(self.values.len()), Span::at(self.params.len()));
        let length = self.properties.len().saturating_add(1);
        if let Some(ct_cap) = self.last_ct_cap() {
            ct_cap.properties.grow(length);
        }
        self.properties.push(Property { values, params, ..property });
        self
    }

    /// The property that was added last.
    fn last_property(&mut self) -> Option<&mut Property<'a>> {
        if self.properties.is_empty() {
            self.add_property(Property::default());
        }
        self.properties.last_mut()
    }

    /// Adds a value that the property can have.
    pub fn add_property_value(&mut self, value: Text<'a>) -> &mut Self {
        let length = self.values.len().saturating_add(1);
        if let Some(property) = self.last_property() {
            property.values.grow(length);
        }
        self.values.push(value);
        self
    }

    /// Adds a parameter to the property.
    pub fn add_param(&mut self, param: PropParam<'a>) -> &mut Self {
        let length = self.params.len().saturating_add(1);
        if let Some(property) = self.last_property() {
            property.params.grow(length);
        }
        self.params.push(PropParam { values: Span::at(self.param_values.len()), ..param });
        self
    }

    /// Adds a value that the parameter can have.
    pub fn add_param_value(&mut self, value: Text<'a>) -> &mut Self {
        if self.params.is_empty() {
            self.add_param(PropParam::default());
        }
        let param = self.params.last_mut();
        add(&mut self.param_values, value, param.map(|param| &mut param.values));
        self
    }

    /// Adds a way in which the data store can be synchronised.
    pub fn add_sync_type(&mut self, sync_type: Text<'a>) -> &mut Self {
        let store = last(&mut self.data_stores);
        add(&mut self.sync_types, sync_type, store.map(|store| &mut store.sync_types));
        self
    }

    /// Adds a type of filters that the data store takes: DevInf 1.2.
    pub fn add_filter_rx(&mut self, content: ContentType<'a>) -> &mut Self {
        let store = last(&mut self.data_stores);
        add(&mut self.filter_rx, content, store.map(|store| &mut store.filter_rx));
        self
    }

    /// Adds what filters of the data store can ask for: DevInf 1.2.
    pub fn add_filter_cap(&mut self, filter: FilterCap<'a>) -> &mut Self {
        let keywords = Span::at(self.keywords.len());
        let filter = FilterCap { keywords, properties: Span::at(self.filter_properties.len()), ..filter };
        let store = last(&mut self.data_stores);
        add(&mut self.filter_caps, filter, store.map(|store| &mut store.filter_caps));
        self
    }

    /// The filters that were added last.
    fn last_filter_cap(&mut self) -> Option<&mut FilterCap<'a>> {
        if self.filter_caps.is_empty() {
            self.add_filter_cap(FilterCap::default());
        }
        self.filter_caps.last_mut()
    }

    /// Adds a keyword that filters can ask for.
    pub fn add_filter_keyword(&mut self, keyword: Text<'a>) -> &mut Self {
        let length = self.keywords.len().saturating_add(1);
        if let Some(filter) = self.last_filter_cap() {
            filter.keywords.grow(length);
        }
        self.keywords.push(keyword);
        self
    }

    /// Adds a property that filters can ask for.
    pub fn add_filter_property(&mut self, name: Text<'a>) -> &mut Self {
        let length = self.filter_properties.len().saturating_add(1);
        if let Some(filter) = self.last_filter_cap() {
            filter.properties.grow(length);
        }
        self.filter_properties.push(name);
        self
    }

    /// Adds what the manufacturer adds.
    pub fn add_ext(&mut self, ext: Ext<'a>) -> &mut Self {
        self.exts.push(Ext { values: Span::at(self.ext_values.len()), ..ext });
        self
    }

    /// Adds a value to what the manufacturer adds.
    pub fn add_ext_value(&mut self, value: Text<'a>) -> &mut Self {
        if self.exts.is_empty() {
            self.add_ext(Ext::default());
        }
        let ext = self.exts.last_mut();
        add(&mut self.ext_values, value, ext.map(|ext| &mut ext.values));
        self
    }
}
