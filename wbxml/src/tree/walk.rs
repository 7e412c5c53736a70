//! The way through a tree without recursion: the links are the stack.

use super::Tree;
use super::arena::NodeId;

/// A step of the way through a node and all that is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// Enters and leaves `top` and every node in it, in the document's order.
#[derive(Clone, Debug)]
pub(super) struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    top: NodeId,
    next: Option<Step>,
}

impl<'t, 'a> Walk<'t, 'a> {
    pub(super) const fn new(tree: &'t Tree<'a>, top: NodeId) -> Self {
        Self { tree, top, next: Some(Step::Enter(top)) }
    }
}

impl Iterator for Walk<'_, '_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => Some(self.tree.arena.node(id).first.map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) if id == self.top => None,
            Step::Leave(id) => {
                let node = self.tree.arena.node(id);
                node.next.map(Step::Enter).or(node.parent.map(Step::Leave))
            }
        };
        Some(step)
    }
}
