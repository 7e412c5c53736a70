//! What is left to the parser: every construct that is none of those that most documents consist of.

use quick_xml::events::Event as Markers;

use crate::error::{Error, ErrorKind, Result};
use crate::scan;

use super::super::name::not_xml;
use super::super::pieces::{Pieces, Place, cdata};
use super::super::{Fault, is_blank, is_name_of};
use super::{Node, Reader, plain};

impl<'a> Reader<'a> {
    /// Any construct, as the parser reads it; `None` of one that is passed over.
    #[cold]
    #[inline(never)]
    pub(super) fn rare_node(&mut self) -> Result<Option<Node<'a>>> {
        let rest = self.document.get(self.mark..).unwrap_or_default();
        let event = match rest {
            [] => Markers::Eof,
            // the parser would take U+FEFF for a byte order mark
            [octet, ..] if !matches!(octet, b'<' | b'&') => {
                let ends = |octet| (octet == b'<') | (octet == b'&');
                self.go_to(self.mark.saturating_add(scan::find(rest, ends, ends)));
                return self.rare_text();
            }
            // the parser remembers names on the heap
            [b'<', ..] if plain::is_tag(rest) && !self.is_by_parser() => match plain::tag(rest) {
                Some(length) => {
                    self.go_to(self.mark.saturating_add(length));
                    return self.rare_tag().map(Some);
                }
                None => self.parse(rest)?,
            },
            _ => self.parse(rest)?,
        };
        let raw = self.document.get(self.mark..self.position).unwrap_or_default();
        let inside = self.is_inside();
        if let Markers::End(end) = event {
            return match self.open.last() {
                Some(scope) if scope.name == end.name().0 => {
                    self.leave();
                    Ok(Some(Node::End))
                }
                _ => Err(self.fault(ErrorKind::Xml(Fault::EndTag))),
            };
        }
        if let Markers::Start(_) | Markers::Empty(_) = event {
            return self.rare_tag().map(Some);
        }
        self.check_lawful(raw, false)?;
        Ok(Some(match event {
            Markers::CData(_) | Markers::GeneralRef(_) if !inside => return Err(self.text_outside()),
            Markers::GeneralRef(_) => Node::Text(Pieces::new(raw, Place::Content)),
            Markers::CData(_) => Node::Text(Pieces::new(cdata(raw), Place::CData)),
            Markers::PI(_) => {
                let raw = inner(raw, b"<?", b"?>");
                match raw.split(is_blank).next() {
                    // 2.6 reserves `xml` in any case of its letters
                    Some(target) if is_name_of(target) && !target.eq_ignore_ascii_case(b"xml") => Node::Pi(raw),
                    _ => return Err(self.fault(ErrorKind::Xml(Fault::Syntax))),
                }
            }
            Markers::Eof if !self.open.is_empty() || !self.root_seen && !self.is_content => {
                return Err(self.fault(ErrorKind::UnexpectedEof));
            }
            Markers::Eof => Node::Eof,
            _ => return Ok(None),
        }))
    }

    /// The tag from the mark to the position.
    pub(super) fn rare_tag(&mut self) -> Result<Node<'a>> {
        let raw = self.document.get(self.mark..self.position).unwrap_or_default();
        self.check_lawful(raw, false)?;
        if self.root_seen && !self.is_inside() {
            return Err(self.fault(ErrorKind::TrailingData));
        }
        let is_empty = raw.ends_with(b"/>");
        let raw = inner(raw, b"<", if is_empty { b"/>" } else { b">" });
        let name = raw.iter().position(is_blank).unwrap_or(raw.len());
        Ok(Node::Start { raw, name, is_empty })
    }

    /// The construct that `rest` begins with, which is no text.
    pub(super) fn parse(&mut self, rest: &'a [u8]) -> Result<Markers<'a>> {
        let mut parser = quick_xml::Reader::from_reader(rest);
        // the names of ends are compared with those that are open here
        parser.config_mut().check_end_names = false;
        parser.config_mut().allow_unmatched_ends = true;
        parser.config_mut().check_comments = true;
        let place = |at| usize::try_from(at).unwrap_or(rest.len());
        match parser.read_event() {
            Ok(event) => {
                self.go_to(self.mark.saturating_add(place(parser.buffer_position())));
                Ok(event)
            }
            Err(error) => {
                self.mark = self.mark.saturating_add(place(parser.error_position()));
                Err(self.fault(ErrorKind::Xml(error.into())))
            }
        }
    }

    /// The text from the mark to the position; `None` of white space outside the root element.
    pub(super) fn rare_text(&mut self) -> Result<Option<Node<'a>>> {
        let raw = self.document.get(self.mark..self.position).unwrap_or_default();
        self.check_lawful(raw, true)?;
        match self.is_inside() {
            true => Ok(Some(Node::Text(Pieces::new(raw, Place::Content)))),
            false if raw.iter().all(is_blank) => Ok(None),
            false => Err(self.text_outside()),
        }
    }

    /// Whether what stands here is in the content of an element.
    pub(super) fn is_inside(&self) -> bool {
        !self.open.is_empty() || self.is_content
    }

    pub(super) fn text_outside(&self) -> Error {
        self.fault(if self.root_seen { ErrorKind::TrailingData } else { ErrorKind::UnexpectedText })
    }

    /// An error where the construct that ends here may not hold one of its characters.
    #[inline(never)]
    pub(super) fn check_lawful(&mut self, raw: &[u8], is_text: bool) -> Result<()> {
        let Some(at) = unlawful(raw, is_text) else { return Ok(()) };
        self.mark = self.offset_of(raw).saturating_add(at);
        Err(self.fault(ErrorKind::Xml(Fault::Character)))
    }
}

/// Where octets begin that the document may not hold: a character that XML does not have (2.2), `]]>` in text (2.4).
fn unlawful(raw: &[u8], is_text: bool) -> Option<usize> {
    let not_xml = not_xml(raw);
    // most text has no `>` at all
    let may_end = is_text && raw.contains(&b'>');
    let end = if may_end { raw.windows(3).position(|octets| octets == b"]]>") } else { None };
    match (not_xml, end) {
        (Some(this), Some(that)) => Some(this.min(that)),
        (this, that) => this.or(that),
    }
}

/// The octets of a construct without what opens and closes it.
fn inner<'a>(raw: &'a [u8], open: &[u8], close: &[u8]) -> &'a [u8] {
    raw.strip_prefix(open).and_then(|raw| raw.strip_suffix(close)).unwrap_or_default()
}
