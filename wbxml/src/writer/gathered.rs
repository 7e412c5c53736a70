//! Octets on their way to a sink that is asked once for many tokens.

use crate::sink::{LENT, Sink, WriteError};

/// Where more than this many octets are gathered, the sink is given them first.
const ROOM: usize = 256 - LENT;

/// A sink in front of another one, which is asked when the octets of several tokens are there.
pub(super) struct Gathered<'s, S> {
    octets: [u8; ROOM + LENT],
    length: usize,
    sink: &'s mut S,
}

impl<'s, S: Sink> Gathered<'s, S> {
    pub(super) const fn new(sink: &'s mut S) -> Self {
        Self { octets: [0; ROOM + LENT], length: 0, sink }
    }

    /// Gives the sink what it has not got by now.
    #[inline]
    pub(super) fn hand_over(&mut self) -> Result<(), WriteError> {
        let length = core::mem::take(&mut self.length);
        self.sink.put(self.octets.get(..length).unwrap_or_default())
    }

    /// Takes what there is no room for.
    #[cold]
    #[inline(never)]
    fn put_past(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.hand_over()?;
        match self.octets.get_mut(..octets.len()) {
            Some(room) => {
                room.copy_from_slice(octets);
                self.length = octets.len();
                Ok(())
            }
            None => self.sink.put(octets),
        }
    }
}

impl<S: Sink> Sink for Gathered<'_, S> {
    #[inline(always)]
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        match self.lend().and_then(|room| room.get_mut(..octets.len())) {
            Some(room) => {
                room.copy_from_slice(octets);
                self.keep(octets.len());
                Ok(())
            }
            None => self.put_past(octets),
        }
    }

    // ADVICE: the room has a length that is known, so the compiler leaves out all tests of whether there is room but one.
    #[inline(always)]
    fn lend(&mut self) -> Option<&mut [u8; LENT]> {
        if self.length > ROOM {
            return None;
        }
        self.octets.get_mut(self.length..)?.first_chunk_mut()
    }

    #[inline(always)]
    fn keep(&mut self, octets: usize) {
        self.length = self.length.wrapping_add(octets);
    }
}
