//! Where the characteristics stand that stand where they may.

use alloc::vec::Vec;

use super::check::Check;
use super::rule::Rule;
use crate::application::{self, Application};
use crate::characteristic::{self, Characteristic};
use crate::document::ProvisioningDoc;
use crate::typed::{self, Schema, VendorConfig};

/// A characteristic that stands where it may.
#[derive(Clone, Copy)]
pub(super) struct Place<'d, 'a> {
    pub(super) characteristic: Characteristic<'d, 'a>,
    pub(super) schema: &'static Schema,
    /// The node of what it stands in.
    pub(super) parent: usize,
    /// The application whose account it belongs to.
    pub(super) account: Account,
}

/// The application whose account a characteristic belongs to.
#[derive(Clone, Copy)]
pub(super) enum Account {
    /// None.
    None,
    /// One that is in no register.
    Unregistered,
    Registered(&'static Application),
}

/// The characteristics that stand where they may, in the order of the document.
pub(super) fn places<'d, 'a>(check: &mut Check<'d, 'a>, document: &ProvisioningDoc<'a>) -> Vec<Place<'d, 'a>> {
    let mut places = Vec::new();
    for (index, _) in document.nodes.children(0) {
        place(check, &mut places, index, 0, typed::SCHEMA, Account::None);
    }
    let mut next = 0_usize;
    while let Some(&Place { characteristic, schema, account, .. }) = places.get(next) {
        next = next.saturating_add(1);
        // what is in there, the vendor knows
        if schema.type_ == VendorConfig::TYPE {
            continue;
        }
        for inner in characteristic.characteristics() {
            place(check, &mut places, inner.index(), characteristic.index(), schema.children, account);
        }
    }
    places.sort_by_key(|place| place.characteristic.index());
    places
}

/// Adds a characteristic, if one of these schemas is its.
fn place<'d, 'a>(
    check: &mut Check<'d, 'a>,
    places: &mut Vec<Place<'d, 'a>>,
    index: usize,
    parent: usize,
    schemas: &[&'static Schema],
    account: Account,
) {
    let Some(characteristic) = characteristic::at(check.nodes, index) else { return };
    let type_ = characteristic.type_();
    match schemas.iter().find(|schema| type_ == *schema.type_) {
        Some(schema) => {
            let account = if schema.type_ == typed::Application::TYPE { of(&characteristic) } else { account };
            places.push(Place { characteristic, schema, parent, account });
        }
        None => check.whole(Rule::UnknownCharacteristic, &characteristic),
    }
}

/// The application of an account.
fn of(characteristic: &Characteristic<'_, '_>) -> Account {
    let appid = characteristic.value("APPID").and_then(|appid| appid.to_cow().ok());
    appid.and_then(|appid| application::find(&appid)).map_or(Account::Unregistered, Account::Registered)
}
