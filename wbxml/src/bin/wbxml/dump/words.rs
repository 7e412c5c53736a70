//! Strings of a document as they can be shown: on a terminal, and on lines that are not too long.

use wbxml::{Charset, TextFault};

/// Characters of a line of words, which seldom are as many.
const WIDTH: usize = 100;
/// Characters of a line of a string.
const QUOTED_WIDTH: usize = 60;

/// A string of a document.
pub(crate) fn decoded(octets: &[u8], charset: Charset) -> Result<String, TextFault> {
    charset.decode(octets).collect()
}

/// The lines of `text`, at least one.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = String> {
    wrapped(text, WIDTH, String::push)
}

/// The lines of `text`, at least one, each in quotes; what is not printable is escaped.
pub(crate) fn quoted_lines(text: &str) -> impl Iterator<Item = String> {
    wrapped(text, QUOTED_WIDTH, push_escaped).map(|line| format!("\"{line}\""))
}

fn wrapped(text: &str, limit: usize, push: fn(&mut String, char)) -> impl Iterator<Item = String> {
    let mut characters = text.chars().peekable();
    let mut is_first = true;
    core::iter::from_fn(move || {
        if characters.peek().is_none() && !is_first {
            return None;
        }
        is_first = false;
        let mut line = String::new();
        let mut width = 0_usize;
        while width < limit {
            let Some(character) = characters.next() else { break };
            let from = line.len();
            push(&mut line, character);
            width = width.saturating_add(line.get(from..).unwrap_or_default().chars().count());
        }
        Some(line)
    })
}

/// The text with everything escaped that is not printable.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        push_escaped(&mut escaped, character);
    }
    escaped
}

fn push_escaped(line: &mut String, character: char) {
    match character {
        // it ends no string here
        '\'' => line.push(character),
        _ => line.extend(character.escape_debug()),
    }
}
