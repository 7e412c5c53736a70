//! Meta information: format, type and size of data, nonces, limits (SyncML Meta-Information).

use wbxml::vocabulary::metinf::tag;
use wbxml::vocabulary::syncml::tag as syncml;
use wbxml::{Cursor, Decode, Emit, Encode, Error, Fields, Limits, Markup, Result, Slot, Start, Tag, Text, WriteError};

use crate::field::{field, flag};
use crate::more::{self, More};

/// What `Meta` says of the data, the credentials or the message beside it.
///
/// Format and type, which nearly every item has, are read with it; what else it says is read when somebody asks for
/// the [`fields`](Self::fields).
///
/// ```
/// use syncml::{Meta, MetaFields};
/// use wbxml::Text;
///
/// let fields = MetaFields { size: Some(Text::new("4000")), ..MetaFields::default() };
/// let meta = Meta::of_data("bin", "image/png").with_fields(&fields);
/// assert_eq!(meta.fields()?.size.unwrap(), "4000");
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Meta<'a> {
    /// `Format`: how the data is encoded (`chr`, `int`, `b64`, `node`, …); `chr` where it is absent.
    pub format: Option<Text<'a>>,
    /// `Type`: a media type, an authentication scheme or a management object identifier.
    pub type_: Option<Text<'a>>,
    more: More<'a, MetaFields<'a>>,
}

/// What `Meta` says apart from format and type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: these are the elements of MetInf")]
pub struct MetaFields<'a> {
    /// `FieldLevel`: only some fields of a record are sent.
    pub field_level: bool,
    /// `Mark`: the importance of a generic alert.
    pub mark: Option<Text<'a>>,
    /// `Size`: octets of the whole object, in the first chunk of a large one.
    pub size: Option<Text<'a>>,
    /// `Anchor`: of a synchronisation.
    pub anchor: Option<Anchor<'a>>,
    /// `Version`.
    pub version: Option<Text<'a>>,
    /// `NextNonce`: in a challenge.
    pub next_nonce: Option<Text<'a>>,
    /// `MaxMsgSize`: octets of the largest message that the sender takes.
    pub max_msg_size: Option<Text<'a>>,
    /// `MaxObjSize`: octets of the largest object that the sender takes.
    pub max_obj_size: Option<Text<'a>>,
    /// The last `EMI`: what a vendor says.
    pub emi: Option<Text<'a>>,
    /// `Mem`: what is free on a device.
    pub mem: Option<Mem<'a>>,
}

/// The anchors of a synchronisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Anchor<'a> {
    /// `Last`: of the synchronisation before.
    pub last: Option<Text<'a>>,
    /// `Next`: of this one.
    pub next: Option<Text<'a>>,
}

/// What is free on a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mem<'a> {
    /// `SharedMem`: the memory is shared between databases.
    pub shared: bool,
    /// `FreeMem`: octets.
    pub free_mem: Option<Text<'a>>,
    /// `FreeID`: how many more items there may be.
    pub free_id: Option<Text<'a>>,
}

impl<'a> Meta<'a> {
    /// No meta information.
    pub const EMPTY: Self = Self { format: None, type_: None, more: More::None };

    /// Format and type, the two that data has.
    #[must_use]
    pub const fn of_data(format: &'a str, type_: &'a str) -> Self {
        Self { format: Some(Text::new(format)), type_: Some(Text::new(type_)), more: More::None }
    }

    /// The same with these fields.
    #[must_use]
    pub const fn with_fields(self, fields: &'a MetaFields<'a>) -> Self {
        Self { more: More::Given(fields), ..self }
    }

    /// What it says apart from format and type. Elements that are not among the fields are passed over here; written
    /// again, they are there.
    ///
    /// # Errors
    /// On an element with children where there should be text, at its offset.
    pub fn fields(&self) -> crate::Result<MetaFields<'a>> {
        match self.more {
            More::None => Ok(MetaFields::default()),
            More::Given(fields) => Ok(*fields),
            More::Unread(content) => Ok(MetaFields::read(&mut content.reader(Limits::NONE)?)?),
        }
    }

    /// Reads the children of `start`.
    pub(crate) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut begin = None;
        let mut has_more = false;
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut begin))? {
            match child.tag {
                tag::MET_INF => has_more |= self.read_wrapped(cursor, child)?,
                _ => {
                    has_more = true;
                    cursor.skip(child)?;
                }
            }
        }
        if let (Some(begin), true) = (begin, has_more) {
            self.more = More::Unread(cursor.markup(begin));
        }
        Ok(())
    }

    /// Reads the children of the `MetInf` that some peers put around the others; gives whether there are any but
    /// format and type. A wrapper has no wrapper in it.
    fn read_wrapped<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<bool> {
        let mut has_more = false;
        while let Some(child) = cursor.next_child_beside(start, self, None)? {
            has_more = true;
            cursor.skip(child)?;
        }
        Ok(has_more)
    }

    const fn is_empty(&self) -> bool {
        matches!(self, Self { format: None, type_: None, more: More::None })
    }
}

impl<'a> Fields<'a> for Meta<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::FORMAT => &mut self.format,
            tag::TYPE => &mut self.type_,
            _ => return None,
        }))
    }
}

impl PartialEq for Meta<'_> {
    /// Compares what the two say, read already or not.
    fn eq(&self, other: &Self) -> bool {
        self.format == other.format && self.type_ == other.type_ && self.fields() == other.fields()
    }
}

impl Eq for Meta<'_> {}

impl<'a> MetaFields<'a> {
    fn read<C: Cursor<'a>>(cursor: &mut C) -> Result<Self> {
        let mut fields = Self::default();
        while let Some(child) = cursor.next_child(Start::CONTENT)? {
            if child.tag == tag::MET_INF {
                while let Some(inner) = cursor.next_child(child)? {
                    fields.field(cursor, inner)?;
                }
            } else {
                fields.field(cursor, child)?;
            }
        }
        Ok(fields)
    }

    fn field<C: Cursor<'a>>(&mut self, cursor: &mut C, child: Start) -> Result<()> {
        let field = match child.tag {
            tag::FIELD_LEVEL => {
                self.field_level = true;
                return cursor.skip(child);
            }
            tag::MEM => {
                self.mem = Some(Mem::decode(cursor, child)?);
                return Ok(());
            }
            tag::EMI => &mut self.emi,
            tag::MARK => &mut self.mark,
            tag::SIZE => &mut self.size,
            tag::VERSION => &mut self.version,
            tag::NEXT_NONCE => &mut self.next_nonce,
            tag::MAX_MSG_SIZE => &mut self.max_msg_size,
            tag::MAX_OBJ_SIZE => &mut self.max_obj_size,
            tag::ANCHOR => {
                self.anchor = Some(Anchor::decode(cursor, child)?);
                return Ok(());
            }
            _ => return cursor.skip(child),
        };
        *field = Some(cursor.text(child)?);
        Ok(())
    }
}

impl<'a> Decode<'a> for Anchor<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut anchor = Self::default();
        while let Some(child) = cursor.next_child(start)? {
            match child.tag {
                tag::LAST => anchor.last = Some(cursor.text(child)?),
                tag::NEXT => anchor.next = Some(cursor.text(child)?),
                _ => cursor.skip(child)?,
            }
        }
        Ok(anchor)
    }
}

impl<'a> Decode<'a> for Mem<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut mem = Self::default();
        while let Some(child) = cursor.next_child(start)? {
            match child.tag {
                tag::FREE_MEM => mem.free_mem = Some(cursor.text(child)?),
                tag::FREE_ID => mem.free_id = Some(cursor.text(child)?),
                _ => {
                    mem.shared |= child.tag == tag::SHARED_MEM;
                    cursor.skip(child)?;
                }
            }
        }
        Ok(mem)
    }
}

impl Encode for Meta<'_> {
    /// Writes `Meta`, or nothing if there is nothing in it. What has not been read is written as it stands, without the
    /// wrapper `MetInf`.
    #[inline]
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        // ADVICE: two of three are empty, and are not worth a call.
        if self.is_empty() { Ok(()) } else { self.encode_fields(out) }
    }
}

impl Meta<'_> {
    #[inline(never)]
    fn encode_fields<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(syncml::META))?;
        match self.more {
            More::None => {}
            More::Given(fields) => flag(out, tag::FIELD_LEVEL, fields.field_level)?,
            More::Unread(content) => copy_fields(out, content, |child| child == tag::FIELD_LEVEL)?,
        }
        field(out, tag::FORMAT, &self.format)?;
        field(out, tag::TYPE, &self.type_)?;
        match self.more {
            More::None => {}
            More::Given(fields) => fields.encode_rest(out)?,
            More::Unread(content) => {
                copy_fields(out, content, |child| !matches!(child, tag::FIELD_LEVEL | tag::FORMAT | tag::TYPE))?;
            }
        }
        out.end()
    }
}

/// Writes the elements of MetInf that are wanted: those in `Meta`, and those in the wrapper. One in that one is none:
/// without the outer one it would be read.
fn copy_fields<E: Emit>(
    out: &mut E,
    content: Markup<'_>,
    is_wanted: impl Fn(Tag) -> bool,
) -> core::result::Result<(), WriteError> {
    let is_field = |child| child != tag::MET_INF && is_wanted(child);
    more::copy(out, content, is_field)?;
    more::copy_within(out, content, tag::MET_INF, is_field)
}

impl MetaFields<'_> {
    /// Writes the fields that stand behind format and type.
    fn encode_rest<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        field(out, tag::MARK, &self.mark)?;
        field(out, tag::SIZE, &self.size)?;
        if let Some(anchor) = &self.anchor {
            out.start(Start::new(tag::ANCHOR))?;
            field(out, tag::LAST, &anchor.last)?;
            field(out, tag::NEXT, &anchor.next)?;
            out.end()?;
        }
        field(out, tag::VERSION, &self.version)?;
        field(out, tag::NEXT_NONCE, &self.next_nonce)?;
        field(out, tag::MAX_MSG_SIZE, &self.max_msg_size)?;
        field(out, tag::MAX_OBJ_SIZE, &self.max_obj_size)?;
        field(out, tag::EMI, &self.emi)?;
        if let Some(mem) = &self.mem {
            out.start(Start::new(tag::MEM))?;
            flag(out, tag::SHARED_MEM, mem.shared)?;
            field(out, tag::FREE_MEM, &mem.free_mem)?;
            field(out, tag::FREE_ID, &mem.free_id)?;
            out.end()?;
        }
        Ok(())
    }
}
