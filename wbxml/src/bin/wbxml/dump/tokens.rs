//! What the tokens of a body mean: XML that is taken apart.

use wbxml::{AttrStart, AttributeStart, Cursor, Event, PlainText, Reader, Start, Tag, Text, Vocabulary};

use super::sheet::Row;
use super::words::{decoded, escaped};

/// Where in a body the next token stands.
pub(crate) struct Tokens {
    /// The level of the root.
    level: usize,
    /// The elements that are open.
    open: Vec<Start>,
    list: Option<List>,
}

/// The attribute list or processing instruction that is open.
#[derive(Clone, Copy)]
struct List {
    /// The level of what it belongs to.
    level: usize,
    /// What ends it.
    end: &'static str,
}

/// What ends a processing instruction.
const PI_END: &str = "?>";

/// A name as it is shown, and what is wrong with it.
struct Name {
    name: String,
    fault: String,
}

impl Tokens {
    /// The first token of a body, whose root stands at `level`.
    pub(crate) const fn new(level: usize) -> Self {
        Self { level, open: Vec::new(), list: None }
    }

    /// The level of the next element, attribute, text or piece of a value.
    fn level_of(&self, event: &Event<'_>) -> usize {
        match (event, self.list) {
            (Event::AttributeStart(_) | Event::SwitchPage(_), Some(list)) => list.level.saturating_add(1),
            (_, Some(list)) => list.level.saturating_add(2),
            (_, None) => self.level.saturating_add(self.open.len()),
        }
    }

    /// The row of the event that `reader` has read last. Of `OPAQUE`, it tells how many octets it has.
    pub(crate) fn row<'a>(&mut self, event: &Event<'a>, reader: &Reader<'a>) -> Row<'a> {
        let level = self.level_of(event);
        match *event {
            Event::SwitchPage(page) => {
                let tags = if self.list.is_none() { reader.vocabulary().tag_page(page) } else { None };
                let kind = if self.list.is_none() { "tags" } else { "attributes" };
                let namespace = tags.map_or("", |page| page.namespace());
                let blank = if namespace.is_empty() { "" } else { ", " };
                Row::line("SWITCH_PAGE", level, format!("{kind} of page {page:02X}{blank}{}", escaped(namespace)))
            }
            Event::Start(start) => {
                let end = if start.has_content() { ">" } else { "/>" };
                if start.has_content() {
                    self.open.push(start);
                }
                self.list = start.has_attributes().then_some(List { level, end });
                let Name { name, fault } = Name::of_tag(start, reader);
                let end = if start.has_attributes() { "" } else { end };
                Row::line(tag_token(start), level, format!("<{name}{end}")).with_fault(fault)
            }
            Event::End => {
                let name = self.open.pop().map_or(String::new(), |start| Name::of_tag(start, reader).name);
                Row::line("END", self.level_of(event), format!("</{name}>"))
            }
            Event::Pi => {
                self.list = Some(List { level, end: PI_END });
                Row::line("PI", level, "<?")
            }
            Event::AttributeStart(start) => {
                let (Name { name, fault }, prefix) = attribute(start, reader);
                let value = if prefix.is_empty() { String::new() } else { format!("\"{}\"", escaped(prefix)) };
                // the target of a processing instruction is followed by its data
                let is_target = self.list.is_some_and(|list| list.end == PI_END);
                let between = if is_target { if value.is_empty() { "" } else { " " } } else { "=" };
                let token = match start.token {
                    AttrStart::LITERAL => format!("LITERAL {}", start.literal),
                    token => format!("ATTRSTART {:02X}:{:02X}", token.page(), token.code()),
                };
                Row::line(token, level, format!("{name}{between}{value}")).with_fault(fault)
            }
            Event::AttributeValue(value) => {
                let token = format!("ATTRVALUE {:02X}:{:02X}", value.page(), value.code());
                match reader.vocabulary().attribute_value(value) {
                    Some(string) => Row::text(token, level, string),
                    None => Row::line(token, level, number(value.page(), value.code()))
                        .with_fault(not_in(reader.vocabulary())),
                }
            }
            Event::AttributesEnd => {
                let list = self.list.take();
                let (level, end) = list.map_or((level, ""), |list| (list.level, list.end));
                Row::line("END", level, end)
            }
            Event::Text(text) => string(text, level),
            Event::Entity(character) => {
                let number = u32::from(character);
                Row::text(format!("ENTITY {number}"), level, String::from(character))
                    .with_note(format!("U+{number:04X}"))
            }
            Event::ExtI(kind, octets) => {
                let token = format!("EXT_I_{kind}");
                match decoded(octets, reader.charset()) {
                    Ok(text) => Row::text(token, level, text),
                    Err(fault) => Row::octets(token, level).with_fault(fault.to_string()),
                }
            }
            Event::ExtT(kind, value) => Row::line(format!("EXT_T_{kind} {value}"), level, "extension"),
            Event::Ext(kind) => Row::line(format!("EXT_{kind}"), level, "extension"),
            Event::Opaque(octets) => Row::line(format!("OPAQUE {}", octets.len()), level, "octets"),
            _ => Row::octets("?", level).marked(),
        }
    }
}

/// The token of a tag, as the specification calls it.
fn tag_token(start: Start) -> String {
    if start.tag != Tag::LITERAL {
        return format!("TAG {:02X}:{:02X}", start.tag.page(), start.tag.code());
    }
    let name = match (start.has_attributes(), start.has_content()) {
        (false, false) => "LITERAL",
        (false, true) => "LITERAL_C",
        (true, false) => "LITERAL_A",
        (true, true) => "LITERAL_AC",
    };
    format!("{name} {}", start.literal)
}

/// An attribute's name, and the beginning of its value that the token stands for.
fn attribute<'a>(start: AttributeStart, reader: &Reader<'a>) -> (Name, &'a str) {
    let known = if start.token == AttrStart::LITERAL { None } else { reader.vocabulary().attribute(start.token) };
    let name = Name::new(reader.attribute_name(start), start.token.page(), start.token.code(), reader);
    (name, known.map_or("", |(_, prefix)| prefix))
}

fn string(text: PlainText<'_>, level: usize) -> Row<'_> {
    let token = text.index().map_or(String::from("STR_I"), |index| format!("STR_T {index}"));
    match (decoded(text.octets(), text.charset()), text.index()) {
        (Ok(text), _) => Row::text(token, level, text),
        (Err(fault), None) => Row::octets(token, level).with_fault(fault.to_string()),
        (Err(fault), Some(index)) => Row::line(token, level, format!("string {index}")).with_fault(fault.to_string()),
    }
}

impl Name {
    fn of_tag(start: Start, reader: &Reader<'_>) -> Self {
        Self::new(reader.name_text(start), start.tag.page(), start.tag.code(), reader)
    }

    /// The name that `reader` has for the token `code` of `page`.
    fn new(name: wbxml::Result<Option<Text<'_>>>, page: u8, code: u8, reader: &Reader<'_>) -> Self {
        match name.map(|name| name.map(|name| name.to_cow())) {
            Ok(Some(Ok(name))) => Self { name: escaped(&name), fault: String::new() },
            Ok(Some(Err(fault))) => Self { name: String::from("?"), fault: fault.to_string() },
            Ok(None) => Self { name: number(page, code), fault: not_in(reader.vocabulary()) },
            Err(fault) => Self { name: String::from("?"), fault: fault.kind().to_string() },
        }
    }
}

/// A token without a name.
fn number(page: u8, code: u8) -> String {
    format!("{page:02X}:{code:02X}")
}

/// What is wrong with a token without a name: nothing, where no token has one.
fn not_in(vocabulary: &Vocabulary<'_>) -> String {
    if vocabulary.name.is_empty() { String::new() } else { format!("not in {}", vocabulary.name) }
}
