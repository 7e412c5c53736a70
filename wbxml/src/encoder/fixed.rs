//! What a plan does not change.

use crate::charset::encode::Encoding;

use super::draft::Draft;
use super::layout::Entry;

/// What is to be written, and what stands in the string table whatever the policy is: names that are no token, and the
/// public identifier.
#[derive(Clone, Copy)]
pub(super) struct Fixed<'f> {
    pub(super) encoding: Encoding,
    pub(super) draft: &'f Draft,
    pub(super) formal: Option<&'f str>,
}

impl<'f> Fixed<'f> {
    /// What stands in the table anyhow.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'f>> + use<'f> {
        let names = &self.draft.names;
        let named = names.list().iter().map(|name| Entry { string: names.get(name), uses: name.uses });
        named.chain(self.formal.map(|string| Entry { string, uses: 1 }))
    }

    /// How many octets a piece of the text of all strings takes.
    #[inline]
    pub(super) fn len(&self, start: usize, end: usize) -> usize {
        match self.encoding {
            Encoding::Utf8 => end.saturating_sub(start),
            _ => self.encoding.len(self.draft.strings.text().get(start..end).unwrap_or_default()),
        }
    }
}
