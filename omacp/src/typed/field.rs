//! A field of a characteristic: how it takes a parm, and writes it again.

use alloc::vec::Vec;
use core::fmt::Write;

use wbxml::vocabulary::prov::tag;
use wbxml::{Emit, Start, Text, WriteError};

use super::schema::ValueKind;
use crate::characteristic::Parm;

/// A number that documents have in hexadecimal digits: the parameters of a quality of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hex(pub u32);

/// The type of a field.
pub(crate) trait Field<'a> {
    /// What the wire has for it.
    const VALUE: ValueKind;

    /// Takes the parm, unless it has no room or the value is none of this type.
    fn accept(&mut self, parm: Parm<'a>) -> bool;

    /// Writes a parm of this name for each value.
    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError>;
}

/// A value on the wire.
trait Value<'a>: Sized {
    const KIND: ValueKind;

    fn read(value: Option<Text<'a>>) -> Option<Self>;

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError>;
}

impl<'a> Value<'a> for Text<'a> {
    const KIND: ValueKind = ValueKind::Text;

    fn read(value: Option<Self>) -> Option<Self> {
        value
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        parm(out, name, Some(&self.to_cow()?))
    }
}

impl<'a> Value<'a> for Option<Text<'a>> {
    const KIND: ValueKind = ValueKind::TextOrFlag;

    fn read(value: Self) -> Option<Self> {
        Some(value)
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        match self {
            Some(text) => text.write(name, out),
            None => parm(out, name, None),
        }
    }
}

impl<'a> Value<'a> for u32 {
    const KIND: ValueKind = ValueKind::Decimal;

    fn read(value: Option<Text<'a>>) -> Option<Self> {
        number(&value?.to_cow().ok()?, 10)
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        parm(out, name, Some(Digits::new(format_args!("{self}")).as_str()))
    }
}

impl<'a> Value<'a> for Hex {
    const KIND: ValueKind = ValueKind::Hex;

    fn read(value: Option<Text<'a>>) -> Option<Self> {
        number(&value?.to_cow().ok()?, 16).map(Self)
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        parm(out, name, Some(Digits::new(format_args!("{:X}", self.0)).as_str()))
    }
}

impl<'a, T: Value<'a>> Field<'a> for Option<T> {
    const VALUE: ValueKind = T::KIND;

    /// The first one counts.
    fn accept(&mut self, parm: Parm<'a>) -> bool {
        match (&self, T::read(parm.value)) {
            (None, Some(value)) => {
                *self = Some(value);
                true
            }
            _ => false,
        }
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        self.iter().try_for_each(|value| value.write(name, out))
    }
}

impl<'a, T: Value<'a>> Field<'a> for Vec<T> {
    const VALUE: ValueKind = T::KIND;

    fn accept(&mut self, parm: Parm<'a>) -> bool {
        T::read(parm.value).map(|value| self.push(value)).is_some()
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        self.iter().try_for_each(|value| value.write(name, out))
    }
}

impl<'a> Field<'a> for bool {
    const VALUE: ValueKind = ValueKind::Flag;

    fn accept(&mut self, parm: Parm<'a>) -> bool {
        let is_first = parm.value.is_none() && !*self;
        *self |= is_first;
        is_first
    }

    fn write<E: Emit>(&self, name: &str, out: &mut E) -> Result<(), WriteError> {
        if *self { parm(out, name, None) } else { Ok(()) }
    }
}

/// Writes a parm.
pub(super) fn parm(out: &mut impl Emit, name: &str, value: Option<&str>) -> Result<(), WriteError> {
    out.start(Start::new(tag::PARM).with_attributes().without_content())?;
    out.attribute("name", name)?;
    if let Some(value) = value {
        out.attribute("value", value)?;
    }
    out.attributes_end()
}

/// The number that a text is, in digits alone: no sign, no blank, at most 32 bits.
pub(crate) fn number(text: &str, radix: u32) -> Option<u32> {
    let is_number = !text.is_empty() && text.chars().all(|character| character.is_digit(radix));
    is_number.then(|| u32::from_str_radix(text, radix).ok()).flatten()
}

/// The digits of a number of 32 bits.
struct Digits {
    octets: [u8; 10],
    length: usize,
}

impl Digits {
    fn new(number: core::fmt::Arguments<'_>) -> Self {
        let mut digits = Self { octets: [0; 10], length: 0 };
        // no number of 32 bits has more than ten digits
        let _ = digits.write_fmt(number);
        digits
    }

    fn as_str(&self) -> &str {
        self.octets.get(..self.length).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default()
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        let end = self.length.saturating_add(text.len());
        let room = self.octets.get_mut(self.length..end).ok_or(core::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
