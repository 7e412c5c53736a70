//! What a document has done to the settings beside what it says.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::error::Shown;
use crate::profile::Field;

/// What applying a document has brought to light.
///
/// ```
/// # #[cfg(all(feature = "cp", feature = "dm", feature = "xml"))] {
/// use poc_mo::{Field, Held, PocSettings, Setting};
///
/// let mut settings = PocSettings::new();
/// settings.apply_cp(
///     br#"<wap-provisioningdoc><characteristic type="APPLICATION">
///         <parm name="APPID" value="ap0001"/><parm name="T11" value="5000"/>
///       </characteristic></wap-provisioningdoc>"#,
/// )?;
/// let bootstrap = b"<SyncML><SyncHdr/><SyncBody><Add><CmdID>1</CmdID><Item>
///     <Target><LocURI>./PoC/Example/T11Timer</LocURI></Target><Data>6000</Data>
///   </Item></Add></SyncBody></SyncML>";
/// let applied = settings.apply_dm(bootstrap)?;
/// let conflict = &applied.conflicts[0];
/// assert_eq!(conflict.setting, Setting::Field(Field::T11));
/// assert_eq!((&conflict.was, &conflict.is), (&Held::Text("5000".into()), &Held::Text("6000".into())));
/// assert_eq!(conflict.to_string(), "t11_ms of PoC/Example was \"5000\" and is \"6000\", at octet 49 (0x31)");
/// # }
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The settings that had one value and were given another one as if they had none, in the order of the document.
    pub conflicts: Vec<Conflict>,
    /// What may belong to a PoC account and could not be taken, in the order of the document.
    pub passed_over: Vec<PassedOver>,
}

/// A setting that had one value and was given another one as its initial value: by a provisioning document for an
/// account that is there, or by `Add`. The later one counts. `Replace` and `Delete` are updates, and no conflicts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// The setting.
    pub setting: Setting,
    /// The node of its account in the management tree, if it is known.
    pub node: Option<String>,
    /// What it was.
    pub was: Held,
    /// What it is.
    pub is: Held,
    /// The first octet of the parm or item that says so, from the start of the document; of the `APPLICATION`, if that
    /// leaves the setting out.
    pub offset: usize,
}

/// Which setting of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// One that the profile knows; of references, the one with this value.
    Field(Field),
    /// The extension of this name.
    Extension(String),
}

/// What a setting holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Held {
    /// It is not there.
    Unset,
    /// It is there without a value: a parm that has none, an interior node.
    NoValue,
    /// A value, as text.
    Text(String),
}

/// Something in a document that may belong to a PoC account, and could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassedOver {
    /// The path of the node, as far as it has one, without `./` in front; `?` and a number stand for a name that only
    /// the device knows.
    pub node: String,
    /// Why it was passed over.
    pub cause: Cause,
    /// The first octet of its item, from the start of the document.
    pub offset: usize,
}

/// Why something was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The item names no node.
    NoTarget,
    /// A serialised tree for something that is no node.
    Address,
    /// A node of an account that is no setting, and whose name or place only the device knows (OMA-TS-DM-TNDS,
    /// `NodeName`).
    Unnamed,
    /// What came to the inbox is no serialised tree (OMA-TS-DM_Bootstrap 1.2).
    NotATree,
}

impl Cause {
    const fn sentence(self) -> &'static str {
        match self {
            Self::NoTarget => "the item names no node",
            Self::Address => "a tree cannot stand there",
            Self::Unnamed => "only the device knows its name",
            Self::NotATree => "what came to the inbox is no serialised tree",
        }
    }
}

#[cfg(any(feature = "cp", feature = "dm"))]
impl Held {
    /// What an extension that is there holds.
    pub(crate) fn of(value: Option<&str>) -> Self {
        value.map_or(Self::NoValue, |value| Self::Text(value.into()))
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Unset | Self::NoValue => 0,
            Self::Text(text) => text.len(),
        }
    }
}

/// Whether two values of a setting are the same: the case of an application identifier does not matter.
#[cfg(any(feature = "cp", feature = "dm"))]
pub(crate) fn is_same(field: Field, this: &str, that: &str) -> bool {
    this == that || (field == Field::AppId && this.eq_ignore_ascii_case(that))
}

impl fmt::Display for Conflict {
    /// Writes what is in conflict, both values, and where.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.setting)?;
        if let Some(node) = &self.node {
            write!(f, " of {node}")?;
        }
        write!(f, " was {} and is {}, at octet {2} ({2:#x})", self.was, self.is, self.offset)
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => write!(f, "{field}"),
            Self::Extension(name) => write!(f, "{}", Shown(name)),
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unset => f.write_str("not set"),
            Self::NoValue => f.write_str("without a value"),
            Self::Text(text) => write!(f, "{}", Shown(text)),
        }
    }
}

impl fmt::Display for PassedOver {
    /// Writes what was passed over, why, and where.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, at octet {2} ({2:#x})", Shown(&self.node), self.cause.sentence(), self.offset)
    }
}
