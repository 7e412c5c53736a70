//! References as data: a string, or a map where the node is known too.

use alloc::string::String;
use core::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Reference;

/// A reference whose node is known.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "Reference", deny_unknown_fields)]
struct Placed<T> {
    to: T,
    node: Option<T>,
}

impl Serialize for Reference {
    /// The thing that is referred to, as a string; with the node, if that is known, as a map.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.node.as_deref() {
            None => serializer.serialize_str(&self.to),
            node => Placed { to: &*self.to, node }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Reference {
    /// From a string or a map: from a format that tells which of them there is, such as JSON.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either)
    }
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Reference;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reference: a string, or a map of `to` and `node`")
    }

    fn visit_str<E>(self, to: &str) -> Result<Reference, E> {
        Ok(Reference::new(to))
    }

    fn visit_string<E>(self, to: String) -> Result<Reference, E> {
        Ok(Reference { to, node: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Reference, A::Error> {
        let Placed { to, node } = Placed::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Reference { to, node })
    }
}
