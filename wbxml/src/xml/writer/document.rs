//! What stands around the root element.

use crate::sink::{Sink, WriteError};
use crate::xml::policy::Layout;

use super::{Part, Writer};

impl<'v, S: Sink> Writer<'v, S> {
    /// Goes on to something that stands outside every element.
    #[cold]
    pub(super) fn top(&mut self, is_element: bool) -> Result<(), WriteError> {
        if self.part == Part::Prolog {
            self.part = Part::BeforeRoot;
            if self.layout != Layout::Canonical {
                self.prolog()?;
            }
        }
        match self.part {
            Part::BeforeRoot if is_element => self.part = Part::Root,
            Part::BehindRoot if is_element => return Err(WriteError::Misplaced),
            _ => {}
        }
        Ok(())
    }

    fn prolog(&mut self) -> Result<(), WriteError> {
        self.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        let vocabulary = self.vocabulary;
        if vocabulary.formal_public_id.is_empty() || vocabulary.root.is_empty() {
            return Ok(());
        }
        for part in [
            "<!DOCTYPE ",
            vocabulary.root,
            " PUBLIC \"",
            vocabulary.formal_public_id,
            "\" \"",
            vocabulary.system_id,
            "\">\n",
        ] {
            self.put(part)?;
        }
        Ok(())
    }

    /// Something that stands outside every element has ended.
    #[cold]
    pub(super) fn top_ended(&mut self) -> Result<(), WriteError> {
        if self.part == Part::Root {
            self.part = Part::BehindRoot;
        }
        self.release()
    }

    pub(super) fn release(&mut self) -> Result<(), WriteError> {
        match self.layout {
            Layout::Indented(width) => {
                let sink = &mut self.sink;
                self.held.release(width, |text| sink.put(text.as_bytes()))
            }
            _ => Ok(()),
        }
    }
}
