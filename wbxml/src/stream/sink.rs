//! Octets for `std::io::Write`.

use std::io::{self, Write};

use crate::sink::{Sink, WriteError};

/// A [`Sink`] that writes to a file, a socket or whatever else is [`Write`], and keeps its error.
///
/// Writers put a token, or a part of one, at a time: wrap what costs a system call for each in a
/// [`BufWriter`](io::BufWriter).
///
/// ```
/// use std::io::BufWriter;
/// use wbxml::{Emit, IoSink, Start, Writer, vocabulary::syncml::{SYNCML_1_2, tag}};
///
/// # let file = Vec::new();
/// let mut sink = IoSink::new(BufWriter::new(file));
/// let mut writer = Writer::new(&mut sink, &SYNCML_1_2)?;
/// writer.start(Start::new(tag::SYNC_HDR))?;
/// writer.leaf(tag::VER_DTD, "1.2")?;
/// writer.end()?;
/// let file = sink.finish()?.into_inner()?;
/// assert_eq!(file, b"\x03\xA4\x01\x6A\x00\x6C\x71\x031.2\0\x01\x01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct IoSink<W> {
    target: W,
    error: Option<io::Error>,
}

impl<W> IoSink<W> {
    /// A sink that writes to `target`.
    #[must_use]
    pub const fn new(target: W) -> Self {
        Self { target, error: None }
    }

    /// What `target` failed with, after a [`WriteError::Failed`].
    #[must_use]
    pub const fn error(&self) -> Option<&io::Error> {
        self.error.as_ref()
    }

    /// The target as it is: neither flushed, nor asked whether it failed.
    pub fn into_inner(self) -> W {
        self.target
    }
}

impl<W: Write> IoSink<W> {
    /// Flushes the target and gives it back.
    ///
    /// # Errors
    /// What the target failed with, now or before.
    pub fn finish(mut self) -> io::Result<W> {
        match self.error {
            Some(error) => Err(error),
            None => self.target.flush().map(|()| self.target),
        }
    }
}

impl<W: Write> Sink for IoSink<W> {
    /// Takes all of `octets`, unless the target fails: then some of them may have been written, and nothing is written
    /// from then on.
    ///
    /// # Errors
    /// [`WriteError::Failed`]
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        if self.error.is_some() {
            return Err(WriteError::Failed);
        }
        self.target.write_all(octets).map_err(|error| {
            self.error = Some(error);
            WriteError::Failed
        })
    }
}

impl<W: Write> Sink for &mut IoSink<W> {
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        (**self).put(octets)
    }
}
