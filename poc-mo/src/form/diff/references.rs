//! Which references stay in their nodes.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::align::align;
use super::plan::Plan;
use crate::account::Reference;
use crate::form::nodes::{is_address, placed, row_of};
use crate::profile::{Field, Profile, Row, matches};

/// Plans what makes one list of references of another; `None` if the profile has no name for them.
pub(super) fn plan(
    plan: &mut Plan<'_>,
    field: Field,
    old: &[Reference],
    new: &[Reference],
    profile: &Profile<'_>,
) -> Option<()> {
    let nodes: Option<Vec<&str>> = old.iter().map(|reference| reference.node.as_deref()).collect();
    if old == new {
        nodes.into_iter().flatten().for_each(|node| plan.keep(node));
        return Some(());
    }
    let row = row_of(profile, field).ok()?;
    let pattern = row.dm.name;
    let patterns: Vec<&str> = row.dm.all().collect();
    // the nodes that hold nothing but references of this list
    let mut roots = BTreeSet::new();
    for node in nodes.iter().flatten() {
        let pattern = patterns.iter().find(|pattern| matches(pattern, node))?;
        roots.insert(root_of(node, pattern));
    }
    if nodes.is_none() {
        // where they stand, nobody has said: they stand where they would be written
        roots.insert(root_of(pattern, pattern));
    }
    let becomes = nodes.as_ref().and_then(|_| align(old, new)).filter(|becomes| {
        let kept = becomes.iter().flatten().count();
        let changed =
            becomes.iter().zip(old).filter(|(to, reference)| to.is_some_and(|to| new.get(to) != Some(reference)));
        let removed_and_added = old.len().saturating_add(new.len()).saturating_sub(kept.saturating_mul(2));
        kept > 0 && changed.count().saturating_add(removed_and_added) <= roots.len().saturating_add(new.len())
    });
    let Some(becomes) = becomes else {
        roots.iter().for_each(|root| plan.delete(root));
        add(plan, row, new, &BTreeSet::new());
        return Some(());
    };
    let nodes = nodes?;
    for ((node, to), reference) in nodes.iter().zip(&becomes).zip(old) {
        let Some(to) = to.and_then(|to| new.get(to)) else {
            let pattern = patterns.iter().find(|pattern| matches(pattern, node))?;
            plan.delete(&own_of(node, pattern));
            continue;
        };
        if to == reference { plan.keep(node) } else { plan.replace(node, row.format.as_str(), &to.to) }
    }
    let kept = becomes.iter().flatten().count();
    add(plan, row, new.get(kept..).unwrap_or_default(), &nodes.into_iter().collect());
    Some(())
}

/// Plans the references behind the others: where they want to stand, or else under numbers.
fn add(plan: &mut Plan<'_>, row: &Row<'_>, references: &[Reference], taken: &BTreeSet<&str>) {
    let pattern = row.dm.name;
    let wanted = |reference: &Reference| {
        let node = reference.node.clone()?;
        let is_place = pattern.contains('*') && matches(pattern, &node) && is_address(&node);
        (is_place && !taken.contains(&*node)).then_some(node)
    };
    let mut given: BTreeSet<String> = references.iter().filter_map(wanted).collect();
    let mut places = given.clone();
    let mut number = 0_usize;
    for reference in references {
        let place = wanted(reference).filter(|node| places.remove(node)).unwrap_or_else(|| {
            loop {
                number = number.saturating_add(1);
                let place = placed(pattern, number);
                // without a number in it, there is one place
                if !pattern.contains('*') || (!taken.contains(&*place) && given.insert(String::from(&*place))) {
                    return place.into_owned();
                }
            }
        });
        plan.add(&place, Some((row.format.as_str(), &reference.to)));
    }
}

/// The part of a node's path in front of the names that are chosen at run time.
fn root_of(node: &str, pattern: &str) -> String {
    let fixed = pattern.split('/').take_while(|segment| *segment != "*").count();
    node.split('/').take(fixed.max(1)).collect::<Vec<_>>().join("/")
}

/// The part of a node's path that belongs to one reference: up to the last name that is chosen at run time.
fn own_of(node: &str, pattern: &str) -> String {
    let all = pattern.split('/').count();
    let fixed = pattern.rsplit('/').take_while(|segment| *segment != "*").count();
    let own = if fixed == all { all } else { all.saturating_sub(fixed) };
    node.split('/').take(own).collect::<Vec<_>>().join("/")
}
