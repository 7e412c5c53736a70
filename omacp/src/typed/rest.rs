//! What a type has no field for.

use alloc::vec::Vec;

use wbxml::vocabulary::prov::tag;
use wbxml::{Emit, Encode, Start, Text, WriteError};

use crate::characteristic::{self, Characteristic, Parm};
use crate::node::Nodes;

/// What stands in a characteristic and is none of its type's fields, in the order in which it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest<'a> {
    /// Parms: unknown ones, and known ones that stand too often or have a value that they cannot have.
    pub parms: Vec<Parm<'a>>,
    /// Characteristics of types that may not stand here.
    pub characteristics: Vec<Subtree<'a>>,
}

impl<'a> Rest<'a> {
    /// The first parm of this name.
    #[must_use]
    pub fn parm(&self, name: &str) -> Option<Parm<'a>> {
        self.parms.iter().copied().find(|parm| parm.name == *name)
    }

    /// The value of the first parm of this name; `None` too if that is a flag.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Text<'a>> {
        self.parm(name)?.value
    }

    pub(super) fn write<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        for parm in &self.parms {
            out.start(Start::new(tag::PARM).with_attributes().without_content())?;
            let attributes = [("name", Some(parm.name)), ("value", parm.value), ("datatype", parm.datatype)];
            for (name, value) in attributes {
                if let Some(value) = value {
                    out.attribute(name, &value.to_cow()?)?;
                }
            }
            out.attributes_end()?;
        }
        self.characteristics.iter().try_for_each(|subtree| subtree.encode(out))
    }
}

/// A characteristic of any type with all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtree<'a> {
    nodes: Nodes<'a>,
}

impl<'a> Subtree<'a> {
    pub(super) fn of(characteristic: &Characteristic<'_, 'a>) -> Self {
        Self { nodes: characteristic.subtree() }
    }

    /// The characteristic.
    #[must_use]
    pub fn characteristic(&self) -> Option<Characteristic<'_, 'a>> {
        characteristic::at(&self.nodes, 0)
    }
}

impl Encode for Subtree<'_> {
    /// Writes the characteristic.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        self.nodes.encode(out)
    }
}
