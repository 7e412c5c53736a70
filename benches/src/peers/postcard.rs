//! postcard, on the same structs, in its own format.

use std::hint::black_box;

use super::model::Message;
use crate::case::{Case, Task, Who};
use crate::inputs::Input;

fn octets(message: &Message<'_>) -> Vec<u8> {
    postcard::to_allocvec(message).expect("the structs can be written")
}

pub(super) fn add_typed<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    let Some(message) = Message::of(&input.xml) else { return };
    for task in [Task::Typed, Task::TypedStr] {
        let octets = octets(&message);
        let len = octets.len();
        let run = move || {
            let message: Message<'_> = postcard::from_bytes(black_box(&octets)).expect("they can be read");
            message.weigh()
        };
        cases.push(Case::new(task, Who::Postcard, &input.name, len, run));
    }
}

pub(super) fn add_writing<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    let Some(message) = Message::of(&input.xml) else { return };
    let mut buffer = octets(&message);
    let len = buffer.len();
    let run = move || postcard::to_slice(black_box(&message), &mut buffer).map_or(0, |written| written.len());
    cases.push(Case::new(Task::EncodeTyped, Who::Postcard, &input.name, len, run));
}
