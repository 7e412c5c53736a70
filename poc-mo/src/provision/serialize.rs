//! Settings of other programs: serialised and read again.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Provisioning;
use super::companions::{Companions, DEEPEST, Fault, Inside, Kept};

impl Serialize for Provisioning {
    /// An object of `accounts` and `companions`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Provisioning", 2)?;
        object.serialize_field("accounts", &self.accounts)?;
        object.serialize_field("companions", &Characteristics(self.companions.inside()))?;
        object.end()
    }
}

/// The characteristics of a list: in as few levels as are kept.
struct Characteristics<'c>(Inside<'c>);

struct Characteristic<'c>(&'c str, Inside<'c>);

struct Parms<'c>(Inside<'c>);

impl Serialize for Characteristics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.characteristics().map(|(type_, inside)| Characteristic(type_, inside)))
    }
}

impl Serialize for Parms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.parms())
    }
}

impl Serialize for Characteristic<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Characteristic", 3)?;
        object.serialize_field("type", self.0)?;
        object.serialize_field("parms", &Parms(self.1))?;
        object.serialize_field("characteristics", &Characteristics(self.1))?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for Provisioning {
    /// An object of `accounts` and `companions`, or an array of accounts.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ProvisioningVisitor)
    }
}

struct ProvisioningVisitor;

impl<'de> Visitor<'de> for ProvisioningVisitor {
    type Value = Provisioning;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of PoC accounts, or an object of `accounts` and `companions`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, accounts: A) -> Result<Provisioning, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(accounts)).map(Provisioning::new)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Provisioning, A::Error> {
        let (mut accounts, mut companions) = (None, None);
        while let Some(key) = object.next_key::<String>()? {
            match &*key {
                "accounts" => once(&mut accounts, "accounts", object.next_value()?)?,
                "companions" => once(&mut companions, "companions", object.next_value_seed(List { depth: 0 })?)?,
                key => return Err(A::Error::unknown_field(key, &["accounts", "companions"])),
            }
        }
        let mut provisioning = Provisioning::new(accounts.unwrap_or_default());
        provisioning.companions.add(companions.unwrap_or_default());
        Ok(provisioning)
    }
}

/// A list of characteristics, so many levels below the top.
struct List {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for List {
    type Value = Companions;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Companions, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List {
    type Value = Companions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of characteristics")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut characteristics: A) -> Result<Companions, A::Error> {
        let mut list = Companions::default();
        while let Some(one) = characteristics.next_element_seed(One { depth: self.depth.saturating_add(1) })? {
            list.append(one);
        }
        Ok(list)
    }
}

/// A characteristic, so many levels below the top.
struct One {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for One {
    type Value = Companions;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Companions, D::Error> {
        if self.depth > DEEPEST {
            return Err(D::Error::custom(Fault::TooDeep));
        }
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for One {
    type Value = Companions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of `type`, `parms` and `characteristics`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Companions, A::Error> {
        let (mut type_, mut parms, mut inside) = (None, None, None);
        while let Some(key) = object.next_key::<String>()? {
            match &*key {
                "type" => once(&mut type_, "type", object.next_value()?)?,
                "parms" => once(&mut parms, "parms", object.next_value()?)?,
                "characteristics" => {
                    once(&mut inside, "characteristics", object.next_value_seed(List { depth: self.depth })?)?;
                }
                key => return Err(A::Error::unknown_field(key, &["type", "parms", "characteristics"])),
            }
        }
        let type_: String = type_.ok_or_else(|| A::Error::missing_field("type"))?;
        let parms: Vec<Kept> = parms.unwrap_or_default();
        Companions::one(type_, parms, inside.unwrap_or_default()).map_err(A::Error::custom)
    }
}

/// Takes the value of a key that may stand once.
fn once<T, E: Error>(slot: &mut Option<T>, key: &'static str, value: T) -> Result<(), E> {
    if slot.replace(value).is_some() { Err(E::duplicate_field(key)) } else { Ok(()) }
}
