//! One pass over a value: everything goes to a writer, but for names and strings, which a handler is asked about.

use crate::charset::encode::Encoding;
use crate::emit::Emit;
use crate::event::{Event, Start};
use crate::sink::{Sink, WriteError};
use crate::token::{AttrStart, Tag, global};
use crate::writer::Writer;

/// Where a string stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In an element's content.
    Content,
    /// In the content of an element whose text is a document of its own, and stays in one piece.
    Whole,
    /// In an attribute's value.
    Value,
}

/// What a pass does with names, strings and elements without content.
pub(super) trait Handler<S> {
    /// Whether the content of the element that is written next is empty, so that it is written without: of all elements
    /// with content it is this one by its number.
    fn is_empty(&mut self, out: &Writer<'_, S>, element: usize) -> bool;

    /// Ends this element, of whose content nothing has been written.
    fn close_empty(&mut self, out: &mut Writer<'_, S>, element: usize) -> Result<(), WriteError>;

    /// The string-table index of a name that is no token, which is written behind the token that comes next.
    fn index_of(&mut self, out: &Writer<'_, S>, name: &str) -> Result<u32, WriteError>;

    /// Writes characters that the charset has, at least one.
    fn string(&mut self, out: &mut Writer<'_, S>, string: &str, place: Place) -> Result<(), WriteError>;
}

/// One pass over a value.
pub(super) struct Pass<'v, S, H> {
    writer: Writer<'v, S>,
    encoding: Encoding,
    handler: H,
    /// How many elements with content there were.
    elements: usize,
    /// The element that was opened last, while nothing of its content is written.
    fresh: Option<Fresh>,
    /// The place of text that comes now. It is not known any more behind a child, and then cut as any other.
    place: Place,
    /// How many elements are open.
    depth: usize,
    /// As long as this many are, a media type is named.
    typed: Option<usize>,
}

/// An element with content of which nothing is written yet.
#[derive(Clone, Copy)]
struct Fresh {
    element: usize,
    /// Whether it was written without content, so that its end is none.
    is_empty: bool,
}

impl<'v, S, H> Pass<'v, S, H> {
    /// A pass that goes on with `writer`.
    pub(super) const fn over(writer: Writer<'v, S>, encoding: Encoding, handler: H) -> Self {
        Self { writer, encoding, handler, elements: 0, fresh: None, place: Place::Content, depth: 0, typed: None }
    }
}

impl<'v, S: Sink, H: Handler<S>> Pass<'v, S, H> {
    pub(super) fn into_parts(self) -> (Writer<'v, S>, H) {
        (self.writer, self.handler)
    }

    /// Something of an element's content comes.
    fn touch(&mut self) -> Result<(), WriteError> {
        match self.fresh.take() {
            // it was empty the first time
            Some(Fresh { is_empty: true, .. }) => Err(WriteError::Changed),
            _ => Ok(()),
        }
    }

    /// The number of an element with content that is written next, and whether it was empty the first time.
    #[inline]
    fn count(&mut self) -> (usize, bool) {
        let element = self.elements;
        self.elements = element.saturating_add(1);
        (element, self.handler.is_empty(&self.writer, element))
    }

    /// The place of text in an element of this tag, which is written next; it may name a media type.
    // ADVICE: few tags have to do with media types, and the others are told in line.
    #[inline]
    fn place_in(&mut self, tag: Tag) -> Place {
        let is_typed = |(data, media_type): &(Tag, Tag)| tag == if self.typed.is_some() { *data } else { *media_type };
        if self.writer.vocabulary.typed_texts.iter().any(is_typed) { self.typed_place_in(tag) } else { Place::Content }
    }

    /// The same of a tag that has to do with media types.
    #[inline(never)]
    fn typed_place_in(&mut self, tag: Tag) -> Place {
        let mut place = Place::Content;
        for (data, media_type) in self.writer.vocabulary.typed_texts {
            if *data == tag && self.typed.is_some() {
                place = Place::Whole;
            }
            if *media_type == tag && self.typed.is_none() {
                // it stands in a child of the element that it is said of
                self.typed = self.depth.checked_sub(1);
            }
        }
        place
    }

    #[inline]
    fn string(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        match text.is_empty() {
            true => Ok(()),
            false if self.encoding.is_verbatim(text) => self.handler.string(&mut self.writer, text, place),
            false => self.string_in_parts(text, place),
        }
    }

    #[inline(never)]
    fn string_in_parts(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        let mut rest = text;
        while !rest.is_empty() {
            let (run, strange, behind) = self.encoding.split(rest);
            if !run.is_empty() {
                self.handler.string(&mut self.writer, run, place)?;
            }
            if let Some(character) = strange {
                self.writer.tokens.entity(character)?;
            }
            rest = behind;
        }
        Ok(())
    }

    fn value(&mut self, value: &str) -> Result<(), WriteError> {
        self.string(value, Place::Value)
    }
}

impl<S: Sink, H: Handler<S>> Emit for Pass<'_, S, H> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.touch()?;
        if !start.has_content() {
            self.place = Place::Content;
            return self.writer.start(start);
        }
        let (element, is_empty) = self.count();
        self.fresh = Some(Fresh { element, is_empty });
        self.place = self.place_in(start.tag);
        self.depth = self.depth.saturating_add(1);
        self.writer.start(if is_empty { start.without_content() } else { start })
    }

    fn start_named(&mut self, name: &str, mut start: Start) -> Result<(), WriteError> {
        start.tag = match self.writer.tag_of(name) {
            Some(tag) => tag,
            None => {
                start.literal = self.handler.index_of(&self.writer, name)?;
                Tag::LITERAL
            }
        };
        self.start(start)
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.touch()?;
        self.writer.tokens.token(global::PI)?;
        self.attribute(target, data)?;
        self.attributes_end()
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let rest = match self.writer.attribute_of(name, value) {
            Some((start, rest)) => {
                self.writer.tokens.attribute(start.page(), start.code())?;
                rest
            }
            None => {
                let index = self.handler.index_of(&self.writer, name)?;
                self.writer.tokens.numbered(global::LITERAL, index)?;
                value
            }
        };
        self.value(rest)
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        self.writer.tokens.attribute(token.page(), token.code())?;
        self.value(value)
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        let in_attributes = self.writer.tokens.at.in_attributes;
        match *event {
            Event::Start(start) => self.start(start),
            Event::End => self.end(),
            Event::Opaque(octets) => self.opaque(octets),
            Event::Text(text) => match text.to_str() {
                Ok(text) if in_attributes => self.value(text),
                Ok(text) => self.text(text),
                Err(_) => {
                    self.touch()?;
                    self.writer.token(event)
                }
            },
            _ => {
                if !in_attributes {
                    self.touch()?;
                }
                self.writer.token(event)
            }
        }
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.writer.attributes_end()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        if text.is_empty() {
            return Ok(());
        }
        self.touch()?;
        self.string(text, self.place)
    }

    // ADVICE: `start`, `text` and `end` together, without what they tell one another: an element that holds text is not
    // empty, and none is open behind it that was not before.
    fn leaf(&mut self, tag: Tag, text: &str) -> Result<(), WriteError> {
        if text.is_empty() {
            return self.start(Start::new(tag).without_content());
        }
        self.touch()?;
        if self.count().1 {
            return Err(WriteError::Changed);
        }
        let place = self.place_in(tag);
        self.writer.start(Start::new(tag))?;
        self.string(text, place)?;
        self.place = Place::Content;
        self.writer.end()
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        let in_attributes = self.writer.tokens.at.in_attributes;
        match self.writer.opaque_as_text(octets)? {
            Some(text) if in_attributes => self.value(text),
            Some(text) => self.text(text),
            None => {
                if !in_attributes {
                    self.touch()?;
                }
                self.writer.tokens.opaque(octets)
            }
        }
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.place = Place::Content;
        self.depth = self.depth.saturating_sub(1);
        self.typed = self.typed.filter(|&typed| typed <= self.depth);
        match self.fresh.take() {
            Some(Fresh { is_empty: true, .. }) => Ok(()),
            Some(Fresh { element, .. }) => self.handler.close_empty(&mut self.writer, element),
            None => self.writer.end(),
        }
    }
}
