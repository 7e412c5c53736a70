//! Characteristics that are kept: what stands beside PoC accounts.

use alloc::string::String;
use alloc::vec::Vec;
#[cfg(feature = "serde")]
use core::fmt;

use omacp::{Characteristic, Parm, ProvisioningDocBuilder};
use wbxml::Text;

use super::error::ProvisionError;
use crate::error::{Error, ErrorKind};
use crate::form::is_text;
use crate::room::Room;

/// How many levels of characteristics there may be: those of the specification have four.
pub(super) const DEEPEST: usize = 16;

/// In which order companions stand: type, and application if there are several rows of the type. Read it as a table;
/// what has no row comes last.
const ORDER: [(&str, Option<&str>); 7] = [
    ("BOOTSTRAP", None),
    ("CLIENTIDENTITY", None),
    ("NAPDEF", None),
    ("PXLOGICAL", None),
    ("APPLICATION", Some("w7")),
    ("APPLICATION", Some("ap2001")),
    ("APPLICATION", None),
];

/// Characteristics in order, each with all that is in it between its start and its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Companions {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Start {
        type_: String,
        /// How many parts it has with its start and its end.
        len: usize,
    },
    Parm(Kept),
    End,
}

/// A parm: without a value it is a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct Kept {
    name: String,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    value: Option<String>,
}

/// Why something cannot be kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    NotText,
    TooDeep,
}

impl Companions {
    /// Adds the others, each to its kind.
    pub(super) fn add(&mut self, others: Self) {
        let lists = [core::mem::take(self), others];
        let mut tops: Vec<&[Part]> = lists.iter().flat_map(|list| tops(&list.parts)).collect();
        tops.sort_by_cached_key(|parts| rank(parts));
        self.parts = tops.concat();
    }

    /// Adds them to a document that is being built: to its end.
    pub(super) fn add_to<'a>(&'a self, builder: &mut ProvisioningDocBuilder<'a>) {
        for part in &self.parts {
            match part {
                Part::Start { type_, .. } => builder.start(type_),
                Part::Parm(Kept { name, value: Some(value) }) => builder.parm(name, value),
                Part::Parm(Kept { name, value: None }) => builder.flag(name),
                Part::End => builder.end(),
            };
        }
    }

    /// Adds the others behind these.
    #[cfg(feature = "serde")]
    pub(super) fn append(&mut self, mut others: Self) {
        self.parts.append(&mut others.parts);
    }

    /// One characteristic with what is in it.
    #[cfg(feature = "serde")]
    pub(super) fn one(type_: String, parms: Vec<Kept>, inside: Self) -> Result<Self, Fault> {
        let mut builder = CompanionsBuilder::default();
        builder.start(type_)?;
        for Kept { name, value } in parms {
            builder.parm(name, value)?;
        }
        builder.parts.extend(inside.parts);
        builder.end();
        Ok(Self { parts: builder.parts })
    }

    /// What stands at the top.
    #[cfg(feature = "serde")]
    pub(super) fn inside(&self) -> Inside<'_> {
        Inside(&self.parts)
    }
}

/// The parts of each characteristic at the top.
fn tops(mut parts: &[Part]) -> impl Iterator<Item = &[Part]> {
    core::iter::from_fn(move || {
        let Some(Part::Start { len, .. }) = parts.first() else { return None };
        let (top, rest) = parts.split_at_checked(*len)?;
        parts = rest;
        Some(top)
    })
}

/// Where in the order a characteristic stands.
fn rank(parts: &[Part]) -> usize {
    let Some((Part::Start { type_, .. }, inside)) = parts.split_first() else { return ORDER.len() };
    let parms = inside.iter().map_while(|part| if let Part::Parm(parm) = part { Some(parm) } else { None });
    let mut app_ids = parms.filter(|parm| parm.name == "APPID").filter_map(|parm| parm.value.as_deref());
    let app_id = app_ids.next().unwrap_or_default();
    let is_it = |(of_type, app): &(&str, Option<&str>)| {
        of_type == type_ && app.is_none_or(|known| known.eq_ignore_ascii_case(app_id))
    };
    ORDER.iter().position(is_it).unwrap_or(ORDER.len())
}

/// What is inside a characteristic, or all.
#[cfg(feature = "serde")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside<'c>(&'c [Part]);

#[cfg(feature = "serde")]
impl<'c> Inside<'c> {
    pub(super) fn parms(self) -> impl Iterator<Item = &'c Kept> {
        self.0.iter().map_while(|part| if let Part::Parm(parm) = part { Some(parm) } else { None })
    }

    /// The characteristics, each with its type.
    pub(super) fn characteristics(self) -> impl Iterator<Item = (&'c str, Self)> {
        let parms = self.parms().count();
        let characteristics = tops(self.0.get(parms..).unwrap_or_default());
        characteristics.filter_map(|parts| match parts {
            [Part::Start { type_, .. }, inside @ .., Part::End] => Some((&**type_, Self(inside))),
            _ => None,
        })
    }
}

/// Keeps characteristics, one after the other: parms first, then the characteristics inside.
#[derive(Debug, Default)]
pub(super) struct CompanionsBuilder {
    parts: Vec<Part>,
    /// The indexes of the starts that have no end yet.
    open: Vec<usize>,
}

impl CompanionsBuilder {
    pub(super) fn start(&mut self, type_: String) -> Result<(), Fault> {
        if self.open.len() >= DEEPEST {
            return Err(Fault::TooDeep);
        }
        let type_ = text(type_)?;
        self.open.push(self.parts.len());
        self.parts.push(Part::Start { type_, len: 0 });
        Ok(())
    }

    pub(super) fn parm(&mut self, name: String, value: Option<String>) -> Result<(), Fault> {
        let parm = Kept { name: text(name)?, value: value.map(text).transpose()? };
        self.parts.push(Part::Parm(parm));
        Ok(())
    }

    pub(super) fn end(&mut self) {
        let Some(start) = self.open.pop() else { return };
        self.parts.push(Part::End);
        let all = self.parts.len().saturating_sub(start);
        if let Some(Part::Start { len, .. }) = self.parts.get_mut(start) {
            *len = all;
        }
    }

    /// Keeps a characteristic of a document, with all that is in it.
    pub(super) fn read(
        &mut self,
        characteristic: Characteristic<'_, '_>,
        room: &mut Room,
    ) -> Result<(), ProvisionError> {
        self.enter(characteristic, room)?;
        // the characteristics to come at each level
        let mut levels = Vec::from([characteristic.characteristics()]);
        while let Some(level) = levels.last_mut() {
            match level.next() {
                Some(characteristic) => {
                    self.enter(characteristic, room)?;
                    levels.push(characteristic.characteristics());
                }
                None => {
                    levels.pop();
                    self.end();
                }
            }
        }
        Ok(())
    }

    /// Starts a characteristic of a document, with its parms.
    fn enter(&mut self, characteristic: Characteristic<'_, '_>, room: &mut Room) -> Result<(), ProvisionError> {
        let offset = characteristic.offset();
        if let Some(element) = characteristic.foreign_elements().next() {
            return Err(ProvisionError::Dialect { offset: element.offset() });
        }
        let what = "the type of a characteristic";
        let type_ = string(room, characteristic.type_(), what, offset)?;
        self.start(type_).map_err(|fault| fault.at(what, offset))?;
        for Parm { name, value, datatype, offset, .. } in characteristic.parms() {
            if datatype.is_some() {
                return Err(ProvisionError::Dialect { offset });
            }
            let name = string(room, name, "the name of a parm", offset)?;
            let value = value.map(|value| string(room, value, &name, offset)).transpose()?;
            let of = name.clone();
            self.parm(name, value).map_err(|fault| fault.at(&of, offset))?;
        }
        Ok(())
    }

    /// What has been kept, each in its place.
    pub(super) fn finish(mut self) -> Companions {
        while !self.open.is_empty() {
            self.end();
        }
        let mut companions = Companions::default();
        companions.add(Companions { parts: self.parts });
        companions
    }
}

#[cfg(feature = "serde")]
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotText => "a text has a character that documents cannot hold",
            Self::TooDeep => "there are more than 16 levels of characteristics",
        })
    }
}

impl Fault {
    fn at(self, of: &str, offset: usize) -> ProvisionError {
        match self {
            Self::NotText => Error::new(ErrorKind::NotText(of.into()), Some(offset)).into(),
            Self::TooDeep => ProvisionError::TooDeep { offset },
        }
    }
}

fn text(text: String) -> Result<String, Fault> {
    if is_text(&text) { Ok(text) } else { Err(Fault::NotText) }
}

fn string(room: &mut Room, text: Text<'_>, of: &str, offset: usize) -> Result<String, Error> {
    room.string(text, of).map_err(|error| error.or_at(offset))
}
