//! The place of an element, without anything borrowed from its document.

use core::ops::Range;

use crate::any::AnyReader;
use crate::cursor::Mark;
use crate::error::Result;
use crate::options::Options;

/// Where an element begins, and what is in scope there: to be looked at again, in the same document or in a copy of it.
///
/// An index of a document is made of these: it borrows nothing, so that document and index can be kept together.
///
/// ```
/// use wbxml::{AnyReader, Bookmark, Cursor, Options, Start, vocabulary::syncml::{self, tag}};
///
/// // <SyncBody><Get/><Add><CmdID>7</CmdID></Add></SyncBody>
/// let document = b"\x03\xA4\x01\x6A\x00\x6B\x13\x45\x4B\x037\0\x01\x01\x01";
/// let options = Options::new().vocabularies(&syncml::ALL);
/// let mut reader = AnyReader::new(document, options)?;
/// let root = reader.root()?;
/// let mut bookmarks = Vec::new();
/// while let Some(child) = reader.next_child(root)? {
///     bookmarks.push(Bookmark::new(&reader, reader.mark(child)));
///     reader.skip(child)?;
/// }
///
/// let copy = document.to_vec();
/// let mut reader = bookmarks[1].reader(&copy, options)?;
/// let add = reader.next_child(Start::CONTENT)?.unwrap();
/// assert_eq!(add.tag, tag::ADD);
/// let cmd_id = reader.next_child(add)?.unwrap();
/// assert_eq!(reader.text(cmd_id)?, "7");
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    position: usize,
    depth: u32,
    tag_page: u8,
    attribute_page: u8,
    /// Of an XML document: the default namespace, and the tag of the root.
    namespace: Option<Range<usize>>,
    root: Range<usize>,
}

impl Bookmark {
    /// The place of a mark that this reader gave.
    #[must_use]
    pub fn new<'a>(reader: &AnyReader<'a>, mark: Mark<'a>) -> Self {
        let document = reader.document();
        Self {
            position: mark.position,
            depth: mark.depth,
            tag_page: mark.tag_page,
            attribute_page: mark.attribute_page,
            namespace: mark.namespace.and_then(|namespace| range_of(namespace, document)),
            root: range_of(mark.root, document).unwrap_or_default(),
        }
    }

    /// A reader in front of the element, to be asked for the first child of [`Start::CONTENT`](crate::Start::CONTENT).
    /// What is behind the element is not to be asked for.
    ///
    /// In another document than that of the bookmark it reads something, or finds a fault.
    ///
    /// # Errors
    /// As [`AnyReader::new`].
    pub fn reader<'a>(&self, document: &'a [u8], options: Options<'a>) -> Result<AnyReader<'a>> {
        let reader = AnyReader::new(document, options)?;
        let document = reader.document();
        let text = |range: &Range<usize>| core::str::from_utf8(document.get(range.clone())?).ok();
        let mark = Mark {
            position: self.position,
            depth: self.depth,
            tag_page: self.tag_page,
            attribute_page: self.attribute_page,
            namespace: self.namespace.as_ref().and_then(text),
            root: text(&self.root).unwrap_or_default(),
        };
        reader.markup_from(mark).reader(options.asked_limits())
    }
}

/// Where a part of a document stands in it.
fn range_of(part: &str, document: &[u8]) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(document.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= document.len()).then_some(start..end)
}
