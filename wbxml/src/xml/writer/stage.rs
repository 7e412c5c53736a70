//! Octets on their way to a sink that is not to be asked for each name and each angle bracket.

use crate::sink::{Sink, WriteError};

/// As much as is handed to the sink at once. What is longer goes past it.
const ROOM: usize = 1024;

pub(super) struct Stage {
    octets: [u8; ROOM],
    length: usize,
}

impl Stage {
    pub(super) const fn new() -> Self {
        Self { octets: [0; ROOM], length: 0 }
    }

    /// Takes `name` and what stands before and behind it.
    #[inline(always)]
    pub(super) fn put_within<const A: usize, const B: usize>(
        &mut self,
        sink: &mut impl Sink,
        before: &[u8; A],
        name: &str,
        behind: &[u8; B],
    ) -> Result<(), WriteError> {
        // ADVICE: one look whether there is room for all of it
        let end = self.length.wrapping_add(name.len()).wrapping_add(A.wrapping_add(B));
        if let Some((first, rest)) = self.octets.get_mut(self.length..end).and_then(<[u8]>::split_first_chunk_mut) {
            if let Some((middle, last)) = rest.split_last_chunk_mut() {
                *first = *before;
                copy(middle, name.as_bytes());
                *last = *behind;
                self.length = end;
                return Ok(());
            }
        }
        self.put_past(sink, before)?;
        self.put(sink, name.as_bytes())?;
        self.put(sink, behind)
    }

    #[inline(always)]
    pub(super) fn put(&mut self, sink: &mut impl Sink, octets: &[u8]) -> Result<(), WriteError> {
        let end = self.length.wrapping_add(octets.len());
        match self.octets.get_mut(self.length..end) {
            Some(room) => {
                copy(room, octets);
                self.length = end;
                Ok(())
            }
            None => self.put_past(sink, octets),
        }
    }

    #[cold]
    #[inline(never)]
    fn put_past(&mut self, sink: &mut impl Sink, octets: &[u8]) -> Result<(), WriteError> {
        self.hand_over(sink)?;
        match self.octets.get_mut(..octets.len()) {
            Some(room) => {
                room.copy_from_slice(octets);
                self.length = octets.len();
                Ok(())
            }
            None => sink.put(octets),
        }
    }

    /// Gives the sink what it has not got by now.
    pub(super) fn hand_over(&mut self, sink: &mut impl Sink) -> Result<(), WriteError> {
        let length = core::mem::take(&mut self.length);
        sink.put(self.octets.get(..length).unwrap_or_default())
    }
}

// ADVICE: a call of `memcpy` costs more than to copy a name: its first octets and its last ones, which may overlap.
/// Copies `from` to `to`, which has its length.
#[inline(always)]
fn copy(to: &mut [u8], from: &[u8]) {
    if from.len() > 16 || !(copy_ends::<8>(to, from) || copy_ends::<4>(to, from)) {
        to.copy_from_slice(from);
    }
}

/// Copies the first and the last `N` octets, where there are as many.
#[inline(always)]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) -> bool {
    let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) else { return false };
    if let Some(room) = to.first_chunk_mut() {
        *room = *first;
    }
    if let Some(room) = to.last_chunk_mut() {
        *room = *last;
    }
    true
}
