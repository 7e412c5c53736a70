//! What few elements have: read when somebody asks, and copied when nobody did.

use wbxml::{AttrStart, Cursor, Emit, Encode, Event, Markup, Start, Tag, WriteError};

/// Fields beside those that nearly every element of a kind has.
#[derive(Debug, Default)]
pub(crate) enum More<'a, T> {
    #[default]
    None,
    Given(&'a T),
    /// The content of the element.
    Unread(Markup<'a>),
}

impl<T> Clone for More<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for More<'_, T> {}

/// The next child of this tag in the content that `cursor` reads; the others are passed over.
pub(crate) fn next<'a, C: Cursor<'a>>(cursor: &mut C, tag: Tag) -> wbxml::Result<Option<Start>> {
    while let Some(child) = cursor.next_child(Start::CONTENT)? {
        if child.tag == tag {
            return Ok(Some(child));
        }
        cursor.skip(child)?;
    }
    Ok(None)
}

/// Writes the children of an element that are wanted, as they stand in its `content`.
#[cold]
#[inline(never)]
pub(crate) fn copy<E: Emit>(
    out: &mut E,
    content: Markup<'_>,
    is_wanted: impl FnMut(Tag) -> bool,
) -> Result<(), WriteError> {
    content.encode(&mut Chosen { out, around: None, is_around: true, is_wanted, is_chosen: false, open: 0 })
}

/// Writes those children of each child `around` of an element that are wanted, as they stand in its `content`.
#[cold]
#[inline(never)]
pub(crate) fn copy_within<E: Emit>(
    out: &mut E,
    content: Markup<'_>,
    around: Tag,
    is_wanted: impl FnMut(Tag) -> bool,
) -> Result<(), WriteError> {
    let around = Some(around);
    content.encode(&mut Chosen { out, around, is_around: false, is_wanted, is_chosen: false, open: 0 })
}

/// Lets some elements through with all that is in them.
struct Chosen<'e, E, F> {
    out: &'e mut E,
    /// The element that those are in, if it is not the outermost.
    around: Option<Tag>,
    /// Whether that element has begun last.
    is_around: bool,
    is_wanted: F,
    /// Whether the element that began last where there is something to choose is one of those.
    is_chosen: bool,
    /// The elements that are open.
    open: u32,
}

impl<E: Emit, F: FnMut(Tag) -> bool> Chosen<'_, E, F> {
    /// How many elements are open where there is something to choose.
    fn level(&self) -> u32 {
        u32::from(self.around.is_some())
    }

    /// The element that begins; gives whether it is let through.
    fn begin(&mut self, start: Start) -> bool {
        if self.open < self.level() {
            self.is_around = self.around == Some(start.tag);
            self.is_chosen = false;
        } else if self.open == self.level() {
            self.is_chosen = self.is_around && (self.is_wanted)(start.tag);
        }
        self.open = self.open.saturating_add(u32::from(start.has_content()));
        self.is_chosen
    }

    /// Whether content is let through.
    fn is_in(&self) -> bool {
        self.is_chosen && self.open > self.level()
    }
}

impl<E: Emit, F: FnMut(Tag) -> bool> Emit for Chosen<'_, E, F> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        if self.begin(start) { self.out.start(start) } else { Ok(()) }
    }

    fn start_named(&mut self, name: &str, start: Start) -> Result<(), WriteError> {
        if self.begin(start) { self.out.start_named(name, start) } else { Ok(()) }
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        if self.is_chosen { self.out.attribute(name, value) } else { Ok(()) }
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        if self.is_chosen { self.out.unnamed_attribute(token, value) } else { Ok(()) }
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        if self.is_chosen { self.out.attributes_end() } else { Ok(()) }
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        if self.is_in() { self.out.text(text) } else { Ok(()) }
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        if self.is_in() { self.out.opaque(octets) } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), WriteError> {
        let is_in = self.is_in();
        self.open = self.open.saturating_sub(1);
        if is_in { self.out.end() } else { Ok(()) }
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        if self.is_in() { self.out.pi(target, data) } else { Ok(()) }
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        let is_let_through = match event {
            Event::Start(start) => self.begin(*start),
            Event::AttributeStart(_) | Event::AttributeValue(_) | Event::AttributesEnd => self.is_chosen,
            _ => self.is_in(),
        };
        if is_let_through { self.out.token(event) } else { Ok(()) }
    }
}
