//! The others: the C library that everybody uses, a reader of XML, typed XML, and a lean binary format.

#[cfg(feature = "libwbxml")]
mod libwbxml;
mod model;
mod postcard;
mod quick_xml;

use crate::case::Case;
use crate::inputs::{Input, Kind};

/// Adds what the peers do with `input`.
pub(crate) fn add<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    #[cfg(feature = "libwbxml")]
    libwbxml::add(cases, input);
    quick_xml::add_events(cases, input);
    if input.kind == Kind::Message {
        quick_xml::add_typed(cases, input);
        postcard::add_typed(cases, input);
    }
}

/// Adds how the peers write the commands of the message `input`.
pub(crate) fn add_writing<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    quick_xml::add_writing(cases, input);
    postcard::add_writing(cases, input);
}

/// Whether libwbxml is there, and if not, why.
///
/// # Errors
/// A sentence on what is missing.
pub fn libwbxml() -> Result<(), String> {
    #[cfg(feature = "libwbxml")]
    return libwbxml::found();
    #[cfg(not(feature = "libwbxml"))]
    return Err(String::from("the feature libwbxml is off"));
}
