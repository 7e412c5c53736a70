//! quick-xml, on the same document as XML.

use std::hint::black_box;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::model::Message;
use crate::case::{Case, Task, Who};
use crate::inputs::Input;

pub(super) fn add_events<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    for task in [Task::Drive, Task::NextEvent] {
        let run = || events(black_box(&input.xml));
        cases.push(Case::new(task, Who::QuickXml, &input.name, input.xml.len(), run));
    }
}

/// All events, with names, attributes and texts.
fn events(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut sum = 0;
    loop {
        match reader.read_event().expect("the inputs are documents") {
            Event::Start(start) | Event::Empty(start) => {
                sum += start.name().as_ref().len();
                for attribute in start.attributes() {
                    let attribute = attribute.expect("the inputs are documents");
                    sum += attribute.key.as_ref().len() + attribute.value.len();
                }
            }
            Event::Text(text) => sum += text.len(),
            Event::CData(text) => sum += text.len(),
            Event::Eof => return sum,
            _ => {}
        }
    }
}

pub(super) fn add_typed<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    if Message::of(&input.xml).is_none() {
        return;
    }
    for task in [Task::Typed, Task::TypedStr] {
        let run = || Message::of(black_box(&input.xml)).map_or(0, |message| message.weigh());
        cases.push(Case::new(task, Who::QuickXmlSerde, &input.name, input.xml.len(), run));
    }
}

pub(super) fn add_writing<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    let Some(message) = Message::of(&input.xml) else { return };
    let mut buffer = String::new();
    let mut run = move || {
        buffer.clear();
        quick_xml::se::to_writer(&mut buffer, black_box(&message)).expect("a string has room");
        buffer.len()
    };
    let octets = run();
    cases.push(Case::new(Task::EncodeTyped, Who::QuickXmlSerde, &input.name, octets, run));
}
