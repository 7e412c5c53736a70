//! References that lead nowhere.

use super::check::Check;
use super::rule::Rule;
use crate::document::ProvisioningDoc;
use crate::resolve::{Target, To};

/// Looks at all references, for a phone of which `is_on_phone` says what it has.
pub(super) fn check<'a>(
    check: &mut Check<'_, 'a>,
    document: &ProvisioningDoc<'a>,
    mut is_on_phone: impl FnMut(Target, &str) -> bool,
) {
    for reference in document.resolve().references() {
        let rule = match reference.to {
            To::Unresolved => Rule::Dangling,
            To::Cycle(_) => Rule::Cycle,
            To::Found(_) | To::Internet => continue,
        };
        let is_there = reference.name.to_cow().is_ok_and(|name| is_on_phone(reference.target, &name));
        if rule == Rule::Cycle || !is_there {
            check.push(rule, &reference.from, Some(reference.parm), reference.node, reference.offset);
        }
    }
}
