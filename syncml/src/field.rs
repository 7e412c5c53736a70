//! Writing one field of a message.

use wbxml::{Data, Emit, Encode, Start, Tag, Text, WriteError};

/// Writes an element that holds a text, if there is one.
#[inline]
pub(crate) fn field<E: Emit>(out: &mut E, tag: Tag, text: &Option<Text<'_>>) -> Result<(), WriteError> {
    match text {
        None => Ok(()),
        Some(text) => out.leaf_text(tag, text),
    }
}

/// Writes an empty element, if it is there.
#[inline]
pub(crate) fn flag<E: Emit>(out: &mut E, tag: Tag, is_there: bool) -> Result<(), WriteError> {
    if is_there { out.start(Start::new(tag).without_content()) } else { Ok(()) }
}

/// Writes an element that holds data.
#[inline]
pub(crate) fn element<E: Emit>(out: &mut E, tag: Tag, data: &Data<'_>) -> Result<(), WriteError> {
    match data {
        Data::Text(text) => out.leaf_text(tag, text),
        _ => element_around(out, tag, data),
    }
}

/// The same where the data is no text.
#[inline(never)]
fn element_around<E: Emit>(out: &mut E, tag: Tag, data: &Data<'_>) -> Result<(), WriteError> {
    out.start(Start::new(tag))?;
    content(out, data)?;
    out.end()
}

/// Writes data, without the element around it.
pub(crate) fn content<E: Emit>(out: &mut E, data: &Data<'_>) -> Result<(), WriteError> {
    match data {
        Data::Text(text) => text.encode(out),
        Data::Opaque(octets) => out.opaque(octets),
        Data::Markup(markup) => markup.encode(out),
    }
}
