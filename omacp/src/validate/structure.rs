//! The root element, and elements that stand where they have no meaning.

use super::check::Check;
use super::rule::Rule;
use crate::characteristic::Characteristic;
use crate::document::ProvisioningDoc;
use crate::node::Kind;

/// The root element, and what stands there that is no characteristic.
pub(super) fn root<'a>(check: &mut Check<'_, 'a>, document: &ProvisioningDoc<'a>) {
    let rule = match document.version().map(|version| version.to_cow()) {
        None => Some(Rule::NoVersion),
        Some(Ok(version)) if version == "1.0" => None,
        Some(Ok(version)) if version.split('.').next() == Some("1") => Some(Rule::OddVersion),
        Some(_) => Some(Rule::OtherVersion),
    };
    if let Some(rule) = rule {
        check.document(rule, 0);
    }
    if document.characteristics().next().is_none() {
        check.document(Rule::Empty, 0);
    }
    for (node, element) in check.nodes.children(0) {
        if !matches!(element.kind, Kind::Characteristic { .. } | Kind::Attribute { .. }) {
            check.document(Rule::Misplaced, node);
        }
    }
}

/// What stands in a characteristic and is neither characteristic nor parm, and what stands in its parms.
pub(super) fn elements<'a>(check: &mut Check<'_, 'a>, of: &Characteristic<'_, 'a>) {
    for (node, element) in check.nodes.children(of.index()) {
        match element.kind {
            Kind::Characteristic { .. } | Kind::Attribute { .. } => {}
            Kind::Parm { .. } => {
                for (inner, element) in check.nodes.children(node) {
                    if !matches!(element.kind, Kind::Attribute { .. }) {
                        check.push(Rule::Misplaced, of, None, inner, element.offset);
                    }
                }
            }
            _ => check.push(Rule::Misplaced, of, None, node, element.offset),
        }
    }
}
