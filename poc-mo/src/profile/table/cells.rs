//! The columns of a table, and what may stand in a cell.

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Field,
    CpName,
    CpAliases,
    DmName,
    DmAliases,
    Format,
    Occurrence,
    Access,
    Confirmed,
    Distinctive,
}

impl Column {
    /// All of them, in the order in which they are written.
    pub(super) const ALL: [Self; 10] = [
        Self::Field,
        Self::CpName,
        Self::CpAliases,
        Self::DmName,
        Self::DmAliases,
        Self::Format,
        Self::Occurrence,
        Self::Access,
        Self::Confirmed,
        Self::Distinctive,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::CpName => "cp name",
            Self::CpAliases => "cp aliases",
            Self::DmName => "dm name",
            Self::DmAliases => "dm aliases",
            Self::Format => "format",
            Self::Occurrence => "occurrence",
            Self::Access => "access",
            Self::Confirmed => "confirmed",
            Self::Distinctive => "distinctive",
        }
    }
}

/// The rows that are no settings.
pub(super) const APP_IDS: &str = "app_ids";
pub(super) const OBJECT_IDS: &str = "object_ids";
pub(super) const INTERIOR: &str = "interior";

/// The cell of an empty list.
pub(super) const NONE: &str = "-";

/// The entries of `confirmed`.
pub(super) const CP: &str = "cp";
pub(super) const DM: &str = "dm";

pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// The most names in the path of a node: no account reaches deeper.
const DEEPEST: usize = 16;

/// Whether a parm or an identifier can be called so in a table.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text != NONE && text.trim() == text && !text.contains(|c: char| c.is_control() || c == ',')
}

/// Whether a node can stand at this path, and be written in a table.
pub(super) fn is_path(text: &str) -> bool {
    let is_segment = |name: &str| !matches!(name, "" | "." | "..");
    is_name(text)
        && !text.contains(|c: char| c == '?' || c.is_whitespace())
        && text.split('/').take(DEEPEST.saturating_add(1)).count() <= DEEPEST
        && text.split('/').all(is_segment)
}
