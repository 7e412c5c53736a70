//! What lenient reading forgives, and whom it tells.

use crate::diagnostic::{Diagnostic, DiagnosticKind, Report};
use crate::error::{ErrorKind, Result};
use crate::event::Event;
use crate::header::PublicId;

use super::Reader;

/// Told, it tells nobody: what is read again has been reported.
pub(super) const SILENT: &dyn Report = &();

impl<'a> Reader<'a> {
    /// Whom lenient reading tells what it forgives.
    #[cfg(feature = "alloc")]
    pub(crate) const fn report(&self) -> Option<&'a dyn Report> {
        self.report
    }

    /// What lenient reading forgives, or the error.
    pub(super) fn forgive(&self, pardon: Option<DiagnosticKind>, kind: ErrorKind) -> Result<Option<DiagnosticKind>> {
        if self.report.is_some() && pardon.is_some() { Ok(pardon) } else { Err(self.fault(kind)) }
    }

    /// Says that something is forgiven at the token at hand.
    pub(super) fn tell(&self, kind: DiagnosticKind) {
        if let Some(report) = self.report {
            report.forgiven(Diagnostic::new(kind, self.mark_offset()));
        }
    }

    /// Ends the document here, though octets follow.
    pub(super) fn leave_the_rest(&mut self) -> Event<'a> {
        if !self.is_over {
            self.tell(DiagnosticKind::TrailingData);
        }
        self.is_over = true;
        Event::Eof
    }

    /// Forgives on, but says so no more; gives whom it told, to be told again.
    pub(super) fn silence(&mut self) -> Option<&'a dyn Report> {
        let report = self.report;
        self.report = report.map(|_| SILENT);
        report
    }

    /// Whether lenient reading takes a literal attribute name at this index for `xmlns`: no name stands there.
    pub(super) fn is_xmlns(&self, index: u32) -> bool {
        let table = self.string_table().octets();
        // the identifier's end is not looked for: nothing counts how often that is asked
        let begins_id =
            || usize::try_from(index).ok().and_then(|at| table.get(at..)).is_some_and(|id| id.starts_with(b"-//"));
        self.report.is_some()
            && (index == 0 && table.is_empty() || self.header.public_id == PublicId::Index(index) && begins_id())
    }
}
