//! A document that is read, as a value that is written.

use crate::any::AnyReader;
use crate::cursor::Cursor;
use crate::emit::{Emit, Encode};
use crate::error::Error;
use crate::options::Options;
use crate::sink::WriteError;
use crate::transcode::{TranscodeError, transcode};
use crate::vocabulary::Vocabulary;

/// A document in either encoding, to be encoded as WBXML: it is read each time that it is written.
///
/// ```
/// use wbxml::{Encoder, Options, Transcript, vocabulary::prov::PROV_1_0};
///
/// // <parm name="ADDR" value="10.0.0.1"/>, twice
/// let document = b"\x03\x0B\x6A\x00\x45\
///     \x87\x00\x01\x34\x06\x0310.0.0.1\0\x01\x87\x34\x06\x0310.0.0.1\0\x01\x01";
/// let known = [&PROV_1_0];
/// let transcript = Transcript::new(document, Options::new().vocabularies(&known))?;
/// let encoder = Encoder::new(transcript.vocabulary());
/// assert_eq!(encoder.encoded_len(&transcript)?, document.len() - 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Transcript<'a> {
    /// In front of the root.
    reader: AnyReader<'a>,
}

impl<'a> Transcript<'a> {
    /// The document `document`, to be read with `options`.
    ///
    /// # Errors
    /// Those of [`AnyReader::new`].
    pub fn new(document: &'a [u8], options: Options<'a>) -> Result<Self, Error> {
        AnyReader::new(document, options).map(|reader| Self { reader })
    }

    /// The vocabulary that the document names, for the [`Encoder`](crate::Encoder).
    #[must_use]
    pub fn vocabulary(&self) -> &'a Vocabulary<'a> {
        Cursor::vocabulary(&self.reader)
    }
}

impl Encode for Transcript<'_> {
    /// Writes the document's elements.
    ///
    /// # Errors
    /// [`WriteError::Unreadable`] if the document is faulty, and what [`transcode`] reports of `out`.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        transcode(&mut self.reader.clone(), out).map_err(|error| match error {
            TranscodeError::Read(error) => WriteError::Unreadable(error),
            TranscodeError::Write(error, _) => error,
        })
    }
}
