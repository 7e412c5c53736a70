#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod any;
mod bookmark;
mod charset;
#[cfg(feature = "alloc")]
mod contents;
mod cursor;
mod diagnostic;
mod emit;
#[cfg(feature = "alloc")]
mod encoder;
mod error;
mod event;
mod header;
mod lexer;
mod limits;
pub mod mb_u_int32;
mod options;
#[cfg(feature = "alloc")]
mod patch;
mod reader;
mod scan;
mod sink;
#[cfg(feature = "alloc")]
mod stream;
mod string_table;
mod text;
pub mod token;
#[cfg(feature = "alloc")]
mod transcode;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub mod tree;
pub mod vocabulary;
mod writer;
#[cfg(feature = "xml")]
#[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
pub mod xml;

pub use any::{AnyReader, AnyWriter, Encoding, Markup, is_xml};
pub use bookmark::Bookmark;
pub use charset::{Chars, Charset};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use contents::{Content, Contents};
pub use cursor::{Attribute, Cursor, Data, Decode, Fields, Mark, Slot};
#[cfg(feature = "std")]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub use diagnostic::Diagnostics;
pub use diagnostic::{Diagnostic, DiagnosticKind, Report};
pub use emit::{Emit, Encode};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use encoder::{Encoder, Identifier, Strings, Transcript};
pub use error::{Error, ErrorKind, Limit, Place, Result};
pub use event::{AttributeStart, Event, Start};
pub use header::{Header, PublicId, Version};
pub use lexer::{Lexer, Token};
pub use limits::Limits;
pub use options::Options;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use patch::{Fragment, Patch, PatchError, Site, SiteKind};
pub use reader::{Reader, State};
pub use sink::{Count, Sink, WriteError};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use stream::Decoder;
#[cfg(feature = "std")]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub use stream::{IoSink, StreamError, StreamReader};
pub use string_table::StringTable;
pub use text::{Form, Piece, Pieces, PlainText, Text, TextFault};
pub use token::{AttrStart, AttrValue, Tag};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use transcode::{TranscodeError, transcode};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use tree::Tree;
pub use vocabulary::Vocabulary;
pub use writer::Writer;
