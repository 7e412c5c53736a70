//! The two kinds of nodes (OMA DM Tree and Description).

/// Whether a node has others below it or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a node is one or the other")]
pub enum NodeKind {
    /// It has nodes below it, and no value: its format is `node`.
    Interior,
    /// It has a value, and never a node below it.
    Leaf,
}
