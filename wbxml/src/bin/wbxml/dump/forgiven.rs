//! What lenient reading has forgiven, until it is shown.

use core::mem;
use std::sync::{Mutex, PoisonError};

use wbxml::{Diagnostic, Report};

/// Takes note of everything that is forgiven, and hands it out once.
#[derive(Debug, Default)]
pub(crate) struct Forgiven(Mutex<Vec<Diagnostic>>);

impl Forgiven {
    /// What has been forgiven since the last time.
    pub(crate) fn take(&self) -> Vec<Diagnostic> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Report for Forgiven {
    fn forgiven(&self, diagnostic: Diagnostic) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }
}
