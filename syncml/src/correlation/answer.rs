//! An answer, and what it refers to.

use alloc::vec::Vec;

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Limits, Markup, Start, Text};

use super::SentCommand;
use crate::command::Status;

/// What a `Status` or `Results` answers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Answer<'c> {
    /// The command that it refers to, with what it has made of it.
    pub command: Option<&'c SentCommand>,
    /// What is wrong with it. One that is [`BeforeStatus`](AnswerFault::BeforeStatus) counts; of one that is
    /// [`Duplicate`](AnswerFault::Duplicate), the items count that had no answer; all others do not count.
    pub fault: Option<AnswerFault>,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerFault {
    /// It has no `CmdRef` (SyncML Representation Protocol, `CmdRef`).
    #[error("the answer has no CmdRef")]
    NoReference,
    /// It refers to a command that was not sent, that cannot be answered, or that is forgotten.
    #[error("the answer refers to no command that waits for one")]
    Unknown,
    /// Its `Cmd` names another command than the one that its `CmdRef` refers to (SyncML Representation Protocol, `Cmd`).
    #[error("the answer names another command than the one it refers to")]
    OtherCommand,
    /// The command, or an item that it names, has a status already.
    #[error("the command has been answered before")]
    Duplicate,
    /// Results stand in front of the status of their command (OMA DM Representation Protocol 1.2, `Results`).
    #[error("the results come before the status")]
    BeforeStatus,
    /// Results of a command that is neither `Get` nor `Search` (SyncML Representation Protocol, `Results`).
    #[error("the results answer a command that asks for none")]
    NoResultsWanted,
}

/// The items that a status names, each by a number made of its `TargetRef` and `SourceRef`.
#[derive(Default)]
pub(super) struct Parts {
    targets: Vec<u64>,
    sources: Vec<u64>,
}

impl Parts {
    /// Those of `TargetRef` and `SourceRef`, else those of its items.
    pub(super) fn of(status: &Status<'_>) -> Self {
        let mut parts = match status.content {
            Some(content) => Self::read(content).unwrap_or_default(),
            None => Self {
                targets: status.target_ref.iter().map(hash).collect(),
                sources: status.source_ref.iter().map(hash).collect(),
            },
        };
        if parts.is_empty() {
            let items = status.items.iter().map_while(Result::ok);
            parts.targets = items.filter_map(|item| item.uri()).map(|uri| hash(&uri)).collect();
        }
        parts
    }

    fn read(content: Markup<'_>) -> Option<Self> {
        let mut parts = Self::default();
        let mut reader = content.reader(Limits::NONE).ok()?;
        while let Some(child) = reader.next_child(Start::CONTENT).ok()? {
            match child.tag {
                tag::TARGET_REF => parts.targets.push(hash(&reader.text(child).ok()?)),
                tag::SOURCE_REF => parts.sources.push(hash(&reader.text(child).ok()?)),
                _ => reader.skip(child).ok()?,
            }
        }
        Some(parts)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.targets.is_empty() && self.sources.is_empty()
    }

    /// The n-th `TargetRef` and the n-th `SourceRef` are one item.
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> {
        let count = self.targets.len().max(self.sources.len());
        (0..count).map(|index| {
            let target = self.targets.get(index).copied().unwrap_or_default();
            let source = self.sources.get(index).copied().unwrap_or_default();
            target ^ source.rotate_left(32)
        })
    }
}

/// A number for an address (FNV-1a). Whoever makes two addresses of one number gains that the second is taken for a
/// repetition of the first.
fn hash(address: &Text<'_>) -> u64 {
    const BASIS: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let address = address.to_cow().unwrap_or_default();
    address.trim().bytes().fold(BASIS, |hash, octet| (hash ^ u64::from(octet)).wrapping_mul(PRIME))
}
