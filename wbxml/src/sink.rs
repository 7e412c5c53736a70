//! Where octets go, and what can go wrong on the way.

use crate::text::TextFault;

/// The room that is lent by a sink that gathers octets for another one: some for a short string, with what stands around it.
pub(crate) const LENT: usize = 66;

/// Where octets go: with the feature `alloc` every [`bytes::BufMut`] (`Vec<u8>`, `BytesMut`, `&mut [u8]`, …), without
/// it `&mut [u8]`, which shrinks to the room that is left; with the feature `std` every `std::io::Write`, in an
/// [`IoSink`](crate::IoSink).
///
/// ```
/// use wbxml::{Sink, WriteError};
///
/// let mut room = [0; 4];
/// let mut sink = &mut room[..];
/// sink.put(b"abc")?;
/// assert_eq!(sink.put(b"de"), Err(WriteError::Full));
/// # Ok::<(), WriteError>(())
/// ```
pub trait Sink {
    /// Takes all of `octets`, or nothing.
    ///
    /// # Errors
    /// [`WriteError::Full`] if there is no room for them, [`WriteError::Failed`] if the sink has failed for a reason of
    /// its own.
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError>;

    /// Takes `octets` between `head` and `tail`: a token and its string are put like this. A sink that does not
    /// implement this takes them one by one, and may have taken the first of them where it has no room for the others.
    ///
    /// # Errors
    /// Those of [`put`](Self::put).
    #[inline]
    fn put_framed(&mut self, head: &[u8], octets: &[u8], tail: &[u8]) -> Result<(), WriteError> {
        self.put(head)?;
        self.put(octets)?;
        self.put(tail)
    }

    /// Room to write into, of which so many octets count as [`keep`](Self::keep) is told; `None` if the sink has none to
    /// lend.
    #[doc(hidden)]
    #[inline(always)]
    fn lend(&mut self) -> Option<&mut [u8; LENT]> {
        None
    }

    /// Takes the first octets of the room that was lent.
    #[doc(hidden)]
    #[inline(always)]
    fn keep(&mut self, octets: usize) {
        let _ = octets;
    }
}

#[cfg(feature = "alloc")]
impl<B: bytes::BufMut> Sink for B {
    // ADVICE: most octets are put one, two or three at a time, and those are fewer instructions than a call. Inlined by
    // force, since LLVM stops doing so.
    #[inline(always)]
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        if self.remaining_mut() < octets.len() {
            return Err(WriteError::Full);
        }
        self.put_slice(octets);
        Ok(())
    }

    #[inline]
    fn put_framed(&mut self, head: &[u8], octets: &[u8], tail: &[u8]) -> Result<(), WriteError> {
        // the room is asked for once
        if self.remaining_mut() < head.len().saturating_add(octets.len()).saturating_add(tail.len()) {
            return Err(WriteError::Full);
        }
        self.put_slice(head);
        self.put_slice(octets);
        self.put_slice(tail);
        Ok(())
    }
}

#[cfg(not(feature = "alloc"))]
impl Sink for &mut [u8] {
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        if self.len() < octets.len() {
            return Err(WriteError::Full);
        }
        let (taken, left) = core::mem::take(self).split_at_mut_checked(octets.len()).ok_or(WriteError::Full)?;
        taken.copy_from_slice(octets);
        *self = left;
        Ok(())
    }
}

/// A sink that counts what it is given and keeps nothing: what a [`Writer`](crate::Writer) puts into it has exactly the
/// length that the same calls write elsewhere.
///
/// ```
/// use wbxml::{Count, Emit, Sink, WriteError, Writer, vocabulary::syncml::{SYNCML_1_2, tag}};
///
/// let mut writer = Writer::new(Count::default(), &SYNCML_1_2)?;
/// writer.leaf(tag::LOC_URI, "./DevInfo")?;
/// assert_eq!(writer.into_sink().octets(), 18);
///
/// // what does not fit is found at the first octet that is too many
/// let mut count = Count::up_to(4);
/// count.put(b"abc")?;
/// assert_eq!(count.put(b"de"), Err(WriteError::Full));
/// assert_eq!(count.octets(), 3);
/// # Ok::<(), WriteError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    octets: usize,
    limit: usize,
}

impl Count {
    /// A sink with room for `limit` octets.
    #[must_use]
    pub const fn up_to(limit: usize) -> Self {
        Self { octets: 0, limit }
    }

    /// How many octets it has taken.
    #[must_use]
    pub const fn octets(&self) -> usize {
        self.octets
    }
}

impl Default for Count {
    /// A sink with room for everything.
    fn default() -> Self {
        Self::up_to(usize::MAX)
    }
}

impl Sink for Count {
    #[inline]
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        let octets = self.octets.checked_add(octets.len()).filter(|octets| *octets <= self.limit);
        self.octets = octets.ok_or(WriteError::Full)?;
        Ok(())
    }
}

impl Sink for &mut Count {
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        (**self).put(octets)
    }
}

/// Why something could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The sink has no room left.
    #[error("the sink has no room left")]
    Full,
    /// The sink has failed, and knows why: see [`IoSink::error`](crate::IoSink::error).
    #[error("the sink has failed")]
    Failed,
    /// A string or octets longer than 2³²−1.
    #[error("a value is longer than 2^32-1 octets")]
    TooLong,
    /// A NUL character, which would end an inline string.
    #[error("text holds a NUL character")]
    Nul,
    /// A name that is no token of the vocabulary, where only tokens can be written.
    #[error("a name is no token of the vocabulary")]
    UnknownName,
    /// A part of a document that was to be written again, and is faulty.
    #[error("{0}")]
    Unreadable(crate::Error),
    /// A character that XML cannot hold (XML 1.0, production 2).
    #[error("XML cannot hold U+{:04X}", u32::from(*.0))]
    NotXml(char),
    /// `?>` in the data of a processing instruction, which nothing can stand for (XML 1.0, 2.6).
    #[error("a processing instruction ends at its first `?>`")]
    PiData,
    /// A second attribute of one name in one tag (XML 1.0, 3.1).
    #[error("an attribute stands twice in one tag")]
    DuplicateAttribute,
    /// Octets that XML cannot hold.
    #[error("XML cannot hold opaque octets")]
    OpaqueInXml,
    /// An end without a start, or an attribute behind the content.
    #[error("an event that cannot stand here")]
    Misplaced,
    /// A charset that is not written.
    #[error("text in charset {0} is not written")]
    Charset(crate::Charset),
    /// A character of a name that the document's charset does not have; in text, `ENTITY` stands for it.
    #[error("the charset has no U+{:04X}, which a name holds", u32::from(*.0))]
    NotInCharset(char),
    /// Octets that are no text, where the version has no `OPAQUE`: it came with 1.1 (WAP-192, 7.1), and to the values
    /// of attributes with 1.2.
    #[error("this version of WBXML cannot hold opaque octets here")]
    NoOpaque,
    /// A value that was written twice, and not the same both times.
    #[error("a value wrote something else the second time")]
    Changed,
    /// An event that cannot be written in this many octets: see [`Writer::event_of_len`](crate::Writer::event_of_len).
    #[error("an event cannot be written in {0} octets")]
    Length(usize),
    /// A value that was read and is no text.
    #[error(transparent)]
    Text(#[from] TextFault),
}
