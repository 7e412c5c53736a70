//! Why the tool could not do what it was asked, and the octets that it was asked to do it with.

use core::fmt::Display;
use std::io;

/// Why the tool could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// An input is faulty, or is not what is needed; the octets around the fault stand behind the first line.
    #[error("{0}")]
    Input(String),
}

/// What is wrong with octets, and at which of them.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) offset: Option<usize>,
    /// Where the document begins that the fault is in.
    pub(crate) start: usize,
}

impl Fault {
    pub(crate) fn at(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), offset: Some(offset), start: 0 }
    }

    /// One that no octet can be named for.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), offset: None, start: 0 }
    }
}

/// The errors that have a kind and an offset.
macro_rules! located {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self::at(error.kind().to_string(), error.offset())
            }
        }
    )*};
}

located!(wbxml::Error, omacp::Error, omacp::push::Error, syncml::Error, syncml::dm::notification::Error);

impl From<poc_mo::Error> for Fault {
    fn from(error: poc_mo::Error) -> Self {
        Self { message: error.kind().to_string(), offset: error.offset(), start: 0 }
    }
}

/// Octets that are looked at: those of an input from an offset on, as the body of a push is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer<'a> {
    /// What they are called.
    pub(crate) name: &'a str,
    pub(crate) whole: &'a [u8],
    pub(crate) start: usize,
}

impl<'a> Layer<'a> {
    pub(crate) const fn new(name: &'a str, octets: &'a [u8]) -> Self {
        Self { name, whole: octets, start: 0 }
    }

    pub(crate) fn octets(&self) -> &'a [u8] {
        self.whole.get(self.start..).unwrap_or_default()
    }

    /// The last `length` octets.
    pub(crate) const fn last(self, length: usize) -> Self {
        Self { start: self.whole.len().saturating_sub(length), ..self }
    }

    /// What cannot be done with them.
    pub(crate) fn refusal(&self, message: impl Display) -> Failure {
        Failure::Input(self.remark(message))
    }

    /// What there is to say of them.
    pub(crate) fn remark(&self, message: impl Display) -> String {
        format!("{}: {message}", self.name)
    }
}
