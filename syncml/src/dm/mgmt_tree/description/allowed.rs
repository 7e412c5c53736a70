//! The values that a description allows, in the extensions of Windows (DDF v2, `MSFT:AllowedValues`).

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::index::spelled;
use crate::dm::mgmt_tree::node::Element;

/// What a value may be.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    rule: Rule,
    /// What stands between values, if there may be several.
    delimiter: Option<String>,
    has_case: bool,
}

#[derive(Clone, Debug)]
enum Rule {
    /// `None`: anything.
    Any,
    /// A pattern, a schema, a policy: nothing here reads them.
    Unchecked,
    /// `ENUM`: one of these.
    Values(BTreeSet<String>),
    /// `Range`: a number, by the lowest number of each range; with the highest one of it and those in front of it.
    Ranges(Vec<(i64, i64)>),
    /// `Flag`: a number of these bits.
    Flags(i64),
}

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing is said, or any value is right.
    Any,
    /// It is one of those that are listed.
    Allowed,
    Forbidden,
    Unchecked,
}

impl Allowed {
    /// What the element says, if it is the one that says which values are allowed.
    pub(super) fn read(element: &Element<'_, '_>, has_case: bool) -> Option<Self> {
        if local(element)? != "AllowedValues" {
            return None;
        }
        let type_ = element.attribute("ValueType").map(|type_| spelled(type_).into_owned()).unwrap_or_default();
        let children = || element.elements();
        let mut values = Vec::new();
        for child in children() {
            match local(&child) {
                Some("Value") => values.push(text(&child)),
                Some("Enum") => {
                    values.extend(
                        child.elements().filter(|value| local(value) == Some("Value")).map(|value| text(&value)),
                    );
                }
                _ => {}
            }
        }
        let numbers = || values.iter().map(|value| number(value)).collect::<Option<Vec<_>>>();
        let rule = match type_.to_ascii_lowercase().as_str() {
            "none" => Rule::Any,
            "enum" => Rule::Values(values.iter().map(|value| normal(value, has_case)).collect()),
            "range" => ranges(&values).map_or(Rule::Unchecked, Rule::Ranges),
            "flag" => numbers().map_or(Rule::Unchecked, |bits| Rule::Flags(bits.iter().fold(0, |all, bit| all | bit))),
            _ => Rule::Unchecked,
        };
        let list = children().find(|child| local(child) == Some("List"));
        let delimiter = list.and_then(|list| list.attribute("Delimiter")).map(|text| delimiter(&spelled(text)));
        Some(Self { rule, delimiter: delimiter.filter(|delimiter| !delimiter.is_empty()), has_case })
    }

    /// What is known of this value.
    pub(super) fn verdict(&self, value: &str) -> Verdict {
        match &self.rule {
            Rule::Any => Verdict::Any,
            Rule::Unchecked => Verdict::Unchecked,
            _ => {
                let is_allowed = match &self.delimiter {
                    Some(delimiter) => value.split(delimiter.as_str()).all(|value| self.allows(value)),
                    None => self.allows(value),
                };
                if is_allowed { Verdict::Allowed } else { Verdict::Forbidden }
            }
        }
    }

    fn allows(&self, value: &str) -> bool {
        let in_ranges = |ranges: &[(i64, i64)], value| {
            let end = ranges.partition_point(|(low, _)| *low <= value);
            let last = end.checked_sub(1).and_then(|last| ranges.get(last));
            last.is_some_and(|(_, high)| value <= *high)
        };
        match &self.rule {
            Rule::Any | Rule::Unchecked => true,
            Rule::Values(values) => values.contains(&normal(value, self.has_case)),
            Rule::Ranges(ranges) => number(value).is_some_and(|value| in_ranges(ranges, value)),
            Rule::Flags(bits) => number(value).is_some_and(|value| value & !bits == 0),
        }
    }
}

/// The name of an element without its prefix.
fn local<'a>(element: &Element<'_, 'a>) -> Option<&'a str> {
    element.name()?.rsplit(':').next()
}

fn text(element: &Element<'_, '_>) -> String {
    element.text().map(|text| spelled(text).trim_ascii().to_owned()).unwrap_or_default()
}

/// A value to be compared: a number in decimal digits, or as it stands.
fn normal(value: &str, has_case: bool) -> String {
    let value = value.trim_ascii();
    match number(value) {
        Some(number) => number.to_string(),
        None if has_case => value.to_owned(),
        None => value.to_ascii_lowercase(),
    }
}

/// A number, decimal or hexadecimal.
fn number(value: &str) -> Option<i64> {
    let value = value.trim_ascii();
    match value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")) {
        Some(digits) if !digits.starts_with(['+', '-']) => i64::from_str_radix(digits, 16).ok(),
        Some(_) => None,
        None => value.parse().ok(),
    }
}

/// Ranges such as `[0-100]`, by the lowest number.
fn ranges(values: &[String]) -> Option<Vec<(i64, i64)>> {
    let mut ranges = values.iter().map(|value| range(value)).collect::<Option<Vec<_>>>()?;
    ranges.sort_unstable();
    let mut highest = i64::MIN;
    for (_, high) in &mut ranges {
        highest = highest.max(*high);
        *high = highest;
    }
    Some(ranges)
}

fn range(value: &str) -> Option<(i64, i64)> {
    let inside = value.strip_prefix('[')?.strip_suffix(']')?;
    // the first character may be a sign
    let dash = inside.char_indices().skip(1).find(|(_, character)| *character == '-').map(|(at, _)| at)?;
    let (low, high) = (inside.get(..dash)?, inside.get(dash.saturating_add(1)..)?);
    Some((number(low)?, number(high)?))
}

/// What stands between values: as it is written, or a character by its number.
fn delimiter(text: &str) -> String {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("\\x"));
    let character = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    character.map_or_else(|| text.to_owned(), String::from)
}
