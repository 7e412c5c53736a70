//! A root element that is held back until it is known where line ends change nothing.

use alloc::string::String;
use alloc::vec::Vec;

/// What is written so far of an element and those around it.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) text: String,
    breaks: Vec<Break>,
    /// For each element: the one around it, and whether its content must stay as it is.
    elements: Vec<(usize, bool)>,
    open: Vec<usize>,
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug)]
struct Break {
    at: usize,
    depth: usize,
    /// The element whose content it is in.
    within: usize,
}

impl Held {
    pub(super) const fn new() -> Self {
        Self { text: String::new(), breaks: Vec::new(), elements: Vec::new(), open: Vec::new() }
    }

    /// A line may end here, in the content of the innermost element, before one more thing that is no text.
    pub(super) fn may_break(&mut self, depth: usize) {
        if let Some(&within) = self.open.last() {
            self.breaks.push(Break { at: self.text.len(), depth, within });
        }
    }

    pub(super) fn start(&mut self) {
        let around = self.open.last().copied().unwrap_or_default();
        self.open.push(self.elements.len());
        self.elements.push((around, false));
    }

    /// The content of the innermost element stays as it is.
    pub(super) fn keep(&mut self) {
        if let Some((_, is_kept)) = self.open.last().and_then(|&index| self.elements.get_mut(index)) {
            *is_kept = true;
        }
    }

    /// Before the end tag of the innermost element.
    pub(super) fn end(&mut self) {
        let depth = self.open.len().saturating_sub(1);
        // a line ends before the end tag where one ended behind the start tag
        let last = self.open.last().copied();
        if self.breaks.last().is_some_and(|last_break| Some(last_break.within) >= last) {
            self.may_break(depth);
        }
        self.open.pop();
    }

    /// Hands over all that is held, piece by piece, with the line ends that may stand in it.
    pub(super) fn release<E>(&mut self, width: u8, mut put: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        // an element stands behind the one around it
        for index in 1..self.elements.len() {
            let around = self.elements.get(index).and_then(|&(around, _)| self.elements.get(around));
            let is_kept = around.is_some_and(|&(_, is_kept)| is_kept);
            if let Some(element) = self.elements.get_mut(index) {
                element.1 |= is_kept;
            }
        }
        let mut from = 0;
        for line in self.breaks.drain(..) {
            if self.elements.get(line.within).is_some_and(|&(_, is_kept)| is_kept) {
                continue;
            }
            put(self.text.get(from..line.at).unwrap_or_default())?;
            put("\n")?;
            put(BLANKS.get(..line.depth.saturating_mul(usize::from(width))).unwrap_or(BLANKS))?;
            from = line.at;
        }
        put(self.text.get(from..).unwrap_or_default())?;
        self.text.clear();
        self.elements.clear();
        Ok(())
    }
}

/// The widest indentation: without a bound, a document that is nothing but depth would grow with its square.
const BLANKS: &str = "                                                                ";
