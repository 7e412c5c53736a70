//! Documents that come, or go, a piece at a time.
//!
//! There is one reader, [`Reader`](crate::Reader), and it reads slices. What comes in pieces is laid into a window that
//! it can read: head, octets of a token that is not whole yet, octets that have just come.

mod decoder;
mod head;
mod window;

#[cfg(feature = "std")]
mod reader;
#[cfg(feature = "std")]
mod sink;

pub use decoder::Decoder;
#[cfg(feature = "std")]
pub use reader::{StreamError, StreamReader};
#[cfg(feature = "std")]
pub use sink::IoSink;
