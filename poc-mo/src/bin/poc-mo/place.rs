//! The path to the element that an octet stands in.

use std::collections::HashMap;

use wbxml::{AnyReader, Cursor, Event};

use crate::document;

/// Steps that are shown of each end of a long path.
const STEPS: usize = 12;

/// An element that is open: its step in the path, and how many of each name it has had.
struct Level {
    step: String,
    counts: HashMap<String, usize>,
}

/// The way from the root to octet `offset` of a document, as far as the document can be read:
/// `wap-provisioningdoc/characteristic[2]/parm`. A number counts elements of one name, and stands where it is not 1.
pub(crate) fn path(document: &[u8], offset: usize) -> Option<String> {
    let mut reader = document::any_reader(document)?;
    let mut levels = vec![Level { step: String::new(), counts: HashMap::new() }];
    while let Ok(event) = reader.next_event() {
        let span = reader.span();
        if span.start > offset {
            break;
        }
        match event {
            Event::Start(start) => {
                let step = step(&reader, start, levels.last_mut()?);
                levels.push(Level { step, counts: HashMap::new() });
                let is_it = span.end > offset && !start.has_attributes();
                if is_it {
                    break;
                }
                if start.has_attributes() {
                    loop {
                        match reader.next_attribute(start) {
                            Ok(Some(_)) if reader.span().end <= offset => {}
                            Ok(Some(_)) | Err(_) => return joined(&levels),
                            Ok(None) => break,
                        }
                    }
                }
                if !start.has_content() {
                    levels.pop();
                }
            }
            Event::End if span.end <= offset => {
                levels.pop();
            }
            Event::End | Event::Eof => break,
            _ => {}
        }
    }
    joined(&levels)
}

fn step(reader: &AnyReader<'_>, start: wbxml::Start, parent: &mut Level) -> String {
    let name = match reader.name(start) {
        Ok(Some(name)) => name.escape_debug().to_string(),
        _ => format!("{:?}", start.tag),
    };
    let count = parent.counts.entry(name.clone()).or_default();
    *count = count.saturating_add(1);
    if *count == 1 { name } else { format!("{name}[{count}]") }
}

fn joined(levels: &[Level]) -> Option<String> {
    let mut steps: Vec<&str> = levels.iter().skip(1).map(|level| level.step.as_str()).collect();
    let left_out = steps.len().saturating_sub(STEPS.saturating_mul(2));
    if left_out > 0 {
        steps.splice(STEPS..STEPS.saturating_add(left_out), ["…"]);
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}
