//! Octets on their way to a sink that is not to be asked for each name and each angle bracket.

use crate::sink::{Sink, WriteError};

/// When as much is taken, it is handed to the sink. What is longer goes past it.
const ROOM: usize = 1024;

// ADVICE: a margin of a length that is known lets the compiler leave out all tests of whether there is room but one. So what
// is short may end behind `ROOM`; what comes next finds no margin then, and is put with the sink at hand.
/// As much can be taken behind what leaves some of the room.
const MARGIN: usize = 64;

/// The longest name that is written into the margin, with what stands around it.
const SHORT: usize = 32;

pub(super) struct Stage {
    octets: [u8; ROOM + MARGIN],
    length: usize,
    /// Why the sink did not take what it was given.
    pub(super) fault: Option<WriteError>,
}

impl Stage {
    pub(super) const fn new() -> Self {
        Self { octets: [0; ROOM + MARGIN], length: 0, fault: None }
    }

    /// Takes `name` and what stands before and behind it; `false` if the sink fails.
    #[inline(always)]
    pub(super) fn put_within<const A: usize, const B: usize>(
        &mut self,
        sink: &mut impl Sink,
        before: &[u8; A],
        name: &str,
        behind: &[u8; B],
    ) -> bool {
        self.put_short(before, name.as_bytes(), behind).is_some()
            || self.put_each(sink, [before, name.as_bytes(), behind])
    }

    // ADVICE: out of line, since in line at each of its callers it takes the registers of the hot loop (3 to 7 %).
    /// The same where it is not short, or there may be no room for it.
    #[cold]
    #[inline(never)]
    fn put_each(&mut self, sink: &mut impl Sink, parts: [&[u8]; 3]) -> bool {
        parts.into_iter().all(|part| self.put(sink, part))
    }

    /// Takes what stands alone.
    #[inline(always)]
    pub(super) fn put_few<const N: usize>(&mut self, sink: &mut impl Sink, octets: &[u8; N]) -> bool {
        self.put_within(sink, octets, "", b"")
    }

    /// Takes a name and what stands around it, where the name is short, as all but a few are, and
    /// there is room.
    #[inline(always)]
    fn put_short<const A: usize, const B: usize>(
        &mut self,
        before: &[u8; A],
        name: &[u8],
        behind: &[u8; B],
    ) -> Option<()> {
        if name.len() > SHORT {
            return None;
        }
        let end = self.length.wrapping_add(name.len()).wrapping_add(A.wrapping_add(B));
        let (first, room) = self.margin()?.split_first_chunk_mut()?;
        let (middle, room) = room.split_at_mut_checked(name.len())?;
        *first = *before;
        copy(middle, name);
        *room.first_chunk_mut()? = *behind;
        self.length = end;
        Some(())
    }

    /// The octets behind those that are taken, if they leave some of the room.
    #[inline(always)]
    fn margin(&mut self) -> Option<&mut [u8; MARGIN]> {
        if self.length > ROOM {
            return None;
        }
        self.octets.get_mut(self.length..)?.first_chunk_mut()
    }

    #[inline(always)]
    pub(super) fn put(&mut self, sink: &mut impl Sink, octets: &[u8]) -> bool {
        let end = self.length.wrapping_add(octets.len());
        match self.octets.first_chunk_mut::<ROOM>().and_then(|room| room.get_mut(self.length..end)) {
            Some(room) => {
                copy(room, octets);
                self.length = end;
                true
            }
            None => self.put_past(sink, octets),
        }
    }

    // ADVICE: where there are as many octets, those behind the few that are taken are copied with them: to copy as many as
    // are known when this is compiled takes no call and no loop.
    /// Takes the first `length` of `octets`.
    #[inline(always)]
    pub(super) fn put_first(&mut self, sink: &mut impl Sink, octets: &[u8], length: usize) -> bool {
        if let Some(few) = octets.first_chunk::<SHORT>().filter(|_| length <= SHORT) {
            if let Some(room) = self.margin().and_then(|margin| margin.first_chunk_mut()) {
                *room = *few;
                self.length = self.length.wrapping_add(length);
                return true;
            }
        }
        self.put(sink, octets.get(..length).unwrap_or_default())
    }

    // ADVICE: the end of the string, what is special in it and its copy in one pass.
    /// Takes the string at the start of `octets`, whose length it gives, if it is short, there is room for it, it has a
    /// terminator, and nothing in it is special: `specials` has the high bit of each octet that is, and of the terminator.
    #[inline(never)]
    pub(super) fn put_string(&mut self, octets: &[u8], specials: impl Fn([u8; 8]) -> u64) -> Option<usize> {
        let mut length = 0_usize;
        for (to, from) in self.margin()?.chunks_exact_mut(8).zip(octets.chunks_exact(8)) {
            let word = *from.first_chunk()?;
            *to.first_chunk_mut()? = word;
            let specials = specials(word);
            if specials != 0 {
                length = length.wrapping_add((specials.trailing_zeros() >> 3) as usize);
                if octets.get(length) != Some(&0) {
                    return None;
                }
                self.length = self.length.wrapping_add(length);
                return Some(length);
            }
            length = length.wrapping_add(8);
        }
        None
    }

    #[cold]
    #[inline(never)]
    fn put_past(&mut self, sink: &mut impl Sink, octets: &[u8]) -> bool {
        if let Err(fault) = self.hand_over(sink) {
            return self.fail(fault);
        }
        match self.octets.get_mut(..ROOM).unwrap_or_default().get_mut(..octets.len()) {
            Some(room) => {
                room.copy_from_slice(octets);
                self.length = octets.len();
                true
            }
            None => sink.put(octets).map_or_else(|fault| self.fail(fault), |()| true),
        }
    }

    /// Keeps why something could not be written.
    #[cold]
    pub(super) fn fail(&mut self, fault: WriteError) -> bool {
        self.fault = Some(fault);
        false
    }

    /// Gives the sink what it has not got by now.
    pub(super) fn hand_over(&mut self, sink: &mut impl Sink) -> Result<(), WriteError> {
        let length = core::mem::take(&mut self.length);
        sink.put(self.octets.get(..length).unwrap_or_default())
    }
}

// ADVICE: a call of `memcpy` costs more than to copy a name: its first octets and its last ones, which may overlap. Most
// names have four to eight: they are asked for first.
/// Copies `from` to `to`, which has its length.
#[inline(always)]
fn copy(to: &mut [u8], from: &[u8]) {
    match from.len() {
        4..=8 => copy_ends::<4>(to, from),
        9..=16 => copy_ends::<8>(to, from),
        2 | 3 => copy_ends::<2>(to, from),
        _ => to.copy_from_slice(from),
    }
}

/// Copies the first and the last `N` octets, where there are as many.
#[inline(always)]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) {
    let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) else { return };
    if let Some(room) = to.first_chunk_mut() {
        *room = *first;
    }
    if let Some(room) = to.last_chunk_mut() {
        *room = *last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::plain_text::specials_in_text;
    use crate::xml::writer::plain::specials;
    use alloc::vec;
    use alloc::vec::Vec;

    /// What is written does not depend on how much was taken before it.
    #[test]
    fn at_each_fill() {
        for filled in ROOM - 80..=ROOM {
            for string in [&b""[..], b"abc", &[b'a'; 63], &[b'a'; 64]] {
                let mut sink = Vec::new();
                let mut stage = Stage::new();
                let mut written = vec![b'-'; filled];
                assert!(stage.put(&mut sink, &written));
                let document = [string, b"\0\x01\x01\x01\x01\x01\x01\x01\x01"].concat();
                if let Some(length) = stage.put_string(&document, specials) {
                    assert_eq!(length, string.len());
                    written.extend_from_slice(string);
                }
                assert!(stage.put_within(&mut sink, b"</", "name", b">"));
                assert!(stage.put_within(&mut sink, b"<", core::str::from_utf8(&[b'n'; 40]).unwrap(), b"/>"));
                stage.hand_over(&mut sink).unwrap();
                written.extend_from_slice(b"</name><");
                written.extend_from_slice(&[b'n'; 40]);
                written.extend_from_slice(b"/>");
                assert_eq!(sink, written, "{filled}");
            }
        }
    }

    #[test]
    fn strings_that_are_not_taken() {
        let mut stage = Stage::new();
        for document in
            ["a<b\0.......", "a>b\0.......", "a&b\0.......", "a\"b\0.......", "a\tb\0.......", "a\u{E9}\0......."]
        {
            assert_eq!(stage.put_string(document.as_bytes(), specials), None, "{document}");
            let stands = document.starts_with("a\"").then_some(3);
            assert_eq!(Stage::new().put_string(document.as_bytes(), specials_in_text), stands, "{document}");
        }
        // without a terminator, or too near the end of the document
        assert_eq!(stage.put_string(b"aaaaaaaaaaaaaaaaaaaaaaaa", specials), None);
        assert_eq!(stage.put_string(b"a\0.....", specials), None);
        assert_eq!(stage.length, 0);
    }
}
