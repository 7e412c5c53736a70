//! Documents inside documents: a whole WBXML document as the octets of an `OPAQUE`.

use crate::event::Event;
use crate::header::{Header, Version};
use crate::options::Options;

use super::Reader;

impl<'a> Reader<'a> {
    /// A reader of the document that the octets of an `OPAQUE` are, if they are one; it has a header, a string table and
    /// code pages of its own.
    ///
    /// SyncML carries device information and management trees so. What the octets are is seen by looking at them, not by
    /// trusting a type that is declared beside them: their header can be read and names a vocabulary (one of the
    /// options', or any by its formal public identifier; with
    /// [`Options::any_registered_vocabulary`](crate::Options::any_registered_vocabulary) any registered one), and the
    /// whole of them is one document, to the last octet and within the limits. So they are read once to be sure and once
    /// by the caller: linear time for each level of documents in documents, of which there can be as many as
    /// [`Limits::depth`](crate::Limits::depth) allows.
    ///
    /// `opaque` is what [`Event::Opaque`], [`Data::Opaque`](crate::Data::Opaque) or a piece of a
    /// [`Text`](crate::Text) has handed out, asked about at once: depth counts on from here, at least one level for each
    /// document. Offsets count from the start of the outermost document. Octets that are no part of this reader's input
    /// (a copy, what was base64) are none of its documents; [`Reader::nested`] reads those.
    ///
    /// ```
    /// use wbxml::{Cursor, Data, Options, Reader, vocabulary::{dmddf, syncml}};
    ///
    /// // <Data> with an OPAQUE: a management tree with a formal public identifier of its own
    /// let inner = b"\x03\x00\x00\x6A\x1B-//OMA//DTD-DM-DDF 1.2//EN\0\x00\x02\x60\x01";
    /// let document = [&b"\x03\xA4\x01\x6A\x00\x4F\xC3\x24"[..], inner, b"\x01"].concat();
    /// let known = [&syncml::SYNCML_1_2, &dmddf::DM_DDF_1_2];
    /// let options = Options::new().vocabularies(&known);
    /// let mut reader = Reader::new(&document, options)?;
    /// let root = reader.root()?;
    /// let Data::Opaque(octets) = reader.data(root)? else { panic!() };
    /// let mut tree = reader.embedded(octets, options).unwrap();
    /// assert_eq!(tree.vocabulary(), &dmddf::DM_DDF_1_2);
    /// assert_eq!(tree.root()?.tag, dmddf::tag::MGMT_TREE);
    /// assert_eq!((tree.span(), tree.depth()), (42..43, 2));
    /// assert!(reader.embedded(b"\x03\x01just text", options).is_none());
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub fn embedded(&self, opaque: &'a [u8], options: Options<'a>) -> Option<Self> {
        let header = Header::parse_with(opaque, options.has_charset_in_1_0()).ok()?;
        if header.version > Version::V1_3 || !options.recognises(&header) {
            return None;
        }
        let begin = self.position_of(opaque)?;
        let base = self.base.checked_add(begin)?;
        let depth = self.depth_around(begin.checked_add(opaque.len())?);
        if depth >= options.asked_limits().depth {
            return None;
        }
        let ahead = Self::nested(opaque, options.silent(), base, depth).ok()?;
        if ahead.reads_to_the_end() { Self::nested(opaque, options, base, depth).ok() } else { None }
    }

    /// Where octets of the body stand in the slice that is read.
    fn position_of(&self, octets: &[u8]) -> Option<usize> {
        // a slice that lies in another one is a part of it: no two borrowed objects share an address
        let begin = octets.as_ptr().addr().checked_sub(self.document.as_ptr().addr())?;
        let end = begin.checked_add(octets.len())?;
        (begin >= self.header.len() && end <= self.document.len()).then_some(begin)
    }

    /// How many elements are open around the octets that end at `end` and were read last.
    fn depth_around(&self, end: usize) -> u32 {
        // the cursor has read the end of the element too
        let left = u32::from(self.hot.position > end);
        // a document is a level of its own also where its host has no element open: in an attribute of the root
        self.depth().saturating_add(left).max(self.floor.saturating_add(1))
    }

    /// Whether there is no fault to the end of the octets.
    fn reads_to_the_end(mut self) -> bool {
        loop {
            match self.slow_event() {
                // lenient reading ends before octets that it does not read
                Ok(Event::Eof) => return self.rest().is_empty(),
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }
}
