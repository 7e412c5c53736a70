//! What a conversion could not carry over.

use alloc::string::String;
use core::fmt;

/// Something that the other side cannot say, or says in another way.
///
/// Printed, it is a sentence: where it was, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {kind}")]
pub struct Loss {
    kind: LossKind,
    at: String,
    offset: usize,
}

/// What became of something that the other side cannot say as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LossKind {
    /// No row of the tables is for it: it is lost, with all that is in it.
    NoCounterpart,
    /// A second one, where the other side has room for one: it is lost.
    Repeated,
    /// The other side has no such value: it is lost, or its default is there.
    Value,
    /// It is no text: it is lost.
    NotText,
    /// A reference to nothing that is there: it is lost, because its name alone would mean something else.
    Dangling,
    /// A reference to nothing that is there: its name is kept, for the phone may know it.
    Unresolved,
    /// Nothing in it has a counterpart, so that it has none itself: it is lost.
    Empty,
    /// It arrives in another form or order, and says the same.
    Respelled,
    /// The server cannot be given rights, or has other rights than a bootstrap gives: they are lost.
    Acl,
}

impl LossKind {
    /// Whether something is lost: else it is there in another form.
    #[must_use]
    pub const fn is_lost(self) -> bool {
        !matches!(self, Self::Unresolved | Self::Respelled)
    }
}

impl fmt::Display for LossKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoCounterpart => "there is no counterpart, and it is lost",
            Self::Repeated => "there is room for one, and this further one is lost",
            Self::Value => "there is no such value on the other side, and it is lost",
            Self::NotText => "it is no text, and is lost",
            Self::Dangling => "it refers to nothing that is there, and is lost",
            Self::Unresolved => "it refers to nothing that is there, and is kept as a name",
            Self::Empty => "nothing in it has a counterpart, and it is lost",
            Self::Respelled => "it arrives in another form, and says the same",
            Self::Acl => "the rights are none that a bootstrap gives, and are lost",
        })
    }
}

impl Loss {
    pub(crate) const fn new(kind: LossKind, at: String, offset: usize) -> Self {
        Self { kind, at, offset }
    }

    /// What became of it.
    #[must_use]
    pub const fn kind(&self) -> LossKind {
        self.kind
    }

    /// Where it was: the URI of a node, or the types of characteristics and the name of the parm, each with its place
    /// among those of that name, from 1: `APPLICATION[1]/APPAUTH[2]/AAUTHNAME[1]`.
    #[must_use]
    pub fn at(&self) -> &str {
        &self.at
    }

    /// The first octet in the document that it was read from; 0 if that was built.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}
