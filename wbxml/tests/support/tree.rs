//! What a document means, whatever its encoding: elements, attributes and text as plain values.

use wbxml::{
    AnyReader, AttrStart, Charset, Cursor, Data, Error, ErrorKind, Event, Limits, Options, PlainText, Start, Tag,
};

/// An element or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// An element with all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) tag: Tag,
    /// Empty for a tag that the vocabulary does not know.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) content: Vec<Node>,
}

/// The roots of `document` as the events have them: all texts, also those that are nothing but white space.
pub(crate) fn of_events(document: &[u8], options: Options<'_>) -> Result<Vec<Node>, Error> {
    of_events_with(document, options, |octets| String::from_utf8_lossy(octets).into_owned())
}

/// The same, where `opaque` makes text of octets.
pub(crate) fn of_events_with(
    document: &[u8],
    options: Options<'_>,
    opaque: fn(&[u8]) -> String,
) -> Result<Vec<Node>, Error> {
    let reader = &mut AnyReader::new(document, options)?;
    let mut around: Vec<Element> = Vec::new();
    let mut content = Vec::new();
    loop {
        match reader.next_event()? {
            Event::Eof => return Ok(content),
            Event::Start(start) => {
                let name = reader.name_text(start)?.unwrap_or_default().to_string();
                let attributes =
                    if start.has_attributes() { attributes_of_events(document, reader)? } else { Vec::new() };
                let element = Element { tag: start.tag, name, attributes, content: Vec::new() };
                if start.has_content() {
                    around.push(Element { content: core::mem::take(&mut content), ..element });
                } else {
                    content.push(Node::Element(element));
                }
            }
            Event::End => {
                let element = around.pop().unwrap();
                let inner = core::mem::replace(&mut content, element.content);
                content.push(Node::Element(Element { content: inner, ..element }));
            }
            Event::Pi => while reader.next_event()? != Event::AttributesEnd {},
            Event::SwitchPage(_) => {}
            Event::Opaque(octets) => push_text(&mut content, &opaque(octets)),
            piece => push_text(&mut content, &string(&piece, reader)),
        }
    }
}

fn attributes_of_events(document: &[u8], reader: &mut AnyReader<'_>) -> Result<Vec<(String, String)>, Error> {
    #[cfg(not(feature = "xml"))]
    let _ = document; // only XML has names that stand in it
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        match reader.next_event()? {
            Event::AttributesEnd => return Ok(attributes),
            Event::SwitchPage(_) => {}
            Event::AttributeStart(start) => {
                let (name, prefix) = match (start.token, &reader) {
                    (AttrStart::LITERAL, AnyReader::Wbxml(reader)) => {
                        (lossy(reader.string_table().text(start.literal).unwrap()), "")
                    }
                    #[cfg(feature = "xml")]
                    (AttrStart::LITERAL, AnyReader::Xml(_)) => {
                        let text = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
                        let text =
                            core::str::from_utf8(text.get(usize::try_from(start.literal).unwrap()..).unwrap()).unwrap();
                        (text.split([' ', '\t', '\r', '\n', '=']).next().unwrap().to_owned(), "")
                    }
                    _ => {
                        let (name, prefix) = reader.vocabulary().attribute(start.token).unwrap_or_default();
                        (name.to_owned(), prefix)
                    }
                };
                attributes.push((name, prefix.to_owned()));
            }
            piece => {
                let piece = string(&piece, reader);
                attributes.last_mut().unwrap().1.push_str(&piece);
            }
        }
    }
}

/// The string of an event that is a piece of text; what is none becomes U+FFFD, as in `Display` of `Text`.
fn string(event: &Event<'_>, reader: &AnyReader<'_>) -> String {
    match event {
        Event::Text(text) => lossy(*text),
        Event::Entity(character) => character.to_string(),
        Event::Opaque(octets) => String::from_utf8_lossy(octets).into_owned(),
        Event::AttributeValue(value) => reader.vocabulary().attribute_value(*value).unwrap_or("\u{FFFD}").to_owned(),
        Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => String::from("\u{FFFD}"),
        event => unreachable!("{event:?} is no piece of text"),
    }
}

fn lossy(text: PlainText<'_>) -> String {
    match text.charset() {
        Charset::UTF_8 => String::from_utf8_lossy(text.octets()).into_owned(),
        _ => text.chars().map(|character| character.unwrap_or('\u{FFFD}')).collect(),
    }
}

/// The root as the cursor has it: no white space between elements.
pub(crate) fn of_cursor<'a>(cursor: &mut impl Cursor<'a>) -> Result<Node, Error> {
    let root = cursor.root()?;
    let root = element(cursor, root)?;
    cursor.finish()?;
    Ok(root)
}

/// The children that the cursor has in the content of `of`.
pub(crate) fn children<'a>(cursor: &mut impl Cursor<'a>, of: Start) -> Result<Vec<Node>, Error> {
    let mut nodes = Vec::new();
    while let Some(child) = cursor.next_child(of)? {
        nodes.push(element(cursor, child)?);
    }
    Ok(nodes)
}

/// The element that the cursor has just opened, read with `data`.
fn element<'a>(cursor: &mut impl Cursor<'a>, start: Start) -> Result<Node, Error> {
    let name = cursor.name_text(start)?.unwrap_or_default().to_string();
    let mut attributes = Vec::new();
    while let Some(attribute) = cursor.next_attribute(start)? {
        let name = cursor.attribute_name(attribute.attribute_start())?.unwrap_or_default();
        attributes.push((name.to_string(), attribute.value.to_string()));
    }
    let mut content = Vec::new();
    match cursor.data(start)? {
        Data::Text(text) => push_text(&mut content, &text.to_string()),
        Data::Opaque(octets) => push_text(&mut content, &String::from_utf8_lossy(octets)),
        Data::Markup(markup) => {
            let limits = Limits { depth: u32::MAX, ..Limits::DEFAULT };
            content = children(&mut markup.reader(limits)?, Start::CONTENT)?;
        }
    }
    Ok(Node::Element(Element { tag: start.tag, name, attributes, content }))
}

/// The root as `next_child` has it: what holds an element is read child by child, what does not with `text`.
pub(crate) fn of_children<'a>(cursor: &mut (impl Cursor<'a> + Clone)) -> Result<Node, Error> {
    let root = cursor.root()?;
    child_by_child(cursor, root)
}

fn child_by_child<'a>(cursor: &mut (impl Cursor<'a> + Clone), start: Start) -> Result<Node, Error> {
    let name = cursor.name_text(start)?.unwrap_or_default().to_string();
    let mut attributes = Vec::new();
    while let Some(attribute) = cursor.next_attribute(start)? {
        let name = cursor.attribute_name(attribute.attribute_start())?.unwrap_or_default();
        attributes.push((name.to_string(), attribute.value.to_string()));
    }
    let mut content = Vec::new();
    let mut ahead = cursor.clone();
    match ahead.text(start) {
        Ok(text) => {
            push_text(&mut content, &text.to_string());
            *cursor = ahead;
        }
        Err(error) if error.kind() == ErrorKind::UnexpectedElement => {
            while let Some(child) = cursor.next_child(start)? {
                content.push(child_by_child(cursor, child)?);
            }
        }
        Err(error) => return Err(error),
    }
    Ok(Node::Element(Element { tag: start.tag, name, attributes, content }))
}

fn push_text(content: &mut Vec<Node>, text: &str) {
    match content.last_mut() {
        _ if text.is_empty() => {}
        Some(Node::Text(before)) => before.push_str(text),
        _ => content.push(Node::Text(text.to_owned())),
    }
}

/// The same without white space between elements.
pub(crate) fn without_ignorable(mut nodes: Vec<Node>) -> Vec<Node> {
    if nodes.iter().any(|node| matches!(node, Node::Element(_))) {
        nodes.retain(|node| !matches!(node, Node::Text(text) if is_blank(text)));
    }
    for node in &mut nodes {
        if let Node::Element(element) = node {
            element.content = without_ignorable(core::mem::take(&mut element.content));
        }
    }
    nodes
}

/// The same without white space around texts, and without texts that are nothing else: what a tool keeps that takes all
/// of it for ignorable.
pub(crate) fn trimmed(nodes: Vec<Node>) -> Vec<Node> {
    let mut kept = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) if is_blank(&text) => {}
            Node::Text(text) => kept.push(Node::Text(text.trim_ascii().to_owned())),
            Node::Element(element) => {
                let content = trimmed(element.content);
                kept.push(Node::Element(Element { content, ..element }));
            }
        }
    }
    kept
}

/// Whether text stands beside an element: what the cursor refuses.
pub(crate) fn is_mixed(nodes: &[Node]) -> bool {
    let has_element = nodes.iter().any(|node| matches!(node, Node::Element(_)));
    nodes.iter().any(|node| match node {
        Node::Text(text) => has_element && !is_blank(text),
        Node::Element(element) => is_mixed(&element.content),
    })
}

fn is_blank(text: &str) -> bool {
    // XML 1.0, production 3: a form feed is none
    text.bytes().all(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The first place where two documents differ, to be read by people.
pub(crate) fn difference(these: &[Node], those: &[Node]) -> Option<String> {
    let mut pairs = these.iter().zip(those);
    let first = pairs.find_map(|(this, that)| match (this, that) {
        (Node::Element(this), Node::Element(that)) => {
            if (this.tag, &this.name, &this.attributes) == (that.tag, &that.name, &that.attributes) {
                difference(&this.content, &that.content).map(|inner| format!("{}/{inner}", this.name))
            } else {
                let shown = |e: &Element| format!("{:?} {} {:?}", e.tag, e.name, e.attributes);
                Some(format!("{} != {}", shown(this), shown(that)))
            }
        }
        (Node::Text(this), Node::Text(that)) if this != that => {
            let same = this.chars().zip(that.chars()).take_while(|(this, that)| this == that).count();
            let from = |text: &str| text.chars().skip(same).take(60).collect::<String>();
            Some(format!("text, behind {same} characters: {:?} != {:?}", from(this), from(that)))
        }
        (Node::Text(_), Node::Text(_)) => None,
        _ => Some(format!("{} != {}", shown(Some(this)), shown(Some(that)))),
    });
    first.or_else(|| {
        let shorter = these.len().min(those.len());
        (these.len() != those.len()).then(|| format!("{} != {}", shown(these.get(shorter)), shown(those.get(shorter))))
    })
}

fn shown(node: Option<&Node>) -> String {
    match node {
        None => "nothing".to_owned(),
        Some(Node::Element(element)) => format!("<{}>", element.name),
        Some(Node::Text(text)) => format!("{text:?}"),
    }
}
