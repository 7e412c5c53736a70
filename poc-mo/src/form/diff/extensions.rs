//! Which extensions stay where they are.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::has_below;
use super::plan::Plan;
use crate::account::Extension;
use crate::profile::Profile;

/// Plans what makes one list of extensions of another. Those at the begin of the new list stay, as long as they stand in
/// the old one in the same order; all others go, or come behind them.
///
/// `None` if one that goes is called as something of the profile is, which would go with it.
pub(super) fn plan(plan: &mut Plan<'_>, old: &[Extension], new: &[Extension], profile: &Profile<'_>) -> Option<()> {
    if old == new {
        old.iter().for_each(|extension| plan.keep(&extension.name));
        return Some(());
    }
    let mut places = BTreeMap::new();
    for (index, extension) in old.iter().enumerate() {
        places.entry(&*extension.name).or_insert((index, extension));
    }
    let mut least = 0;
    let mut staying = BTreeSet::new();
    let mut values = new.iter();
    let mut rest = values.as_slice();
    while let Some(extension) = values.next() {
        let Some((place, before)) = places.get(&*extension.name).filter(|(place, _)| *place >= least) else { break };
        match (&before.value, &extension.value) {
            (this, that) if this == that => plan.keep(&extension.name),
            (Some(_), Some(value)) => plan.replace(&extension.name, "chr", value),
            _ => break,
        }
        least = place.saturating_add(1);
        staying.insert(*place);
        rest = values.as_slice();
    }
    let names: BTreeSet<&str> = new.iter().map(|extension| &*extension.name).collect();
    let leaving = old.iter().enumerate().filter(|(place, _)| !staying.contains(place));
    for (_, Extension { name, value }) in leaving {
        // what the new account does not name, and needs for others, stays as well
        let is_needed = value.is_none() && !names.contains(&**name) && has_below(&names, name);
        if is_needed {
            plan.keep(name);
        } else if profile.is_interior(name) || profile.row_of_node(name).is_some() {
            return None;
        } else {
            plan.delete(name);
        }
    }
    for Extension { name, value } in rest {
        plan.add(name, value.as_deref().map(|value| ("chr", value)));
    }
    Some(())
}

/// Puts each interior node in front of the nodes below it, as it comes with the first of them at the latest; says whether
/// one stood elsewhere.
pub(super) fn put_in_order(extensions: &mut [Extension]) -> bool {
    let mut first = BTreeMap::new();
    for (index, Extension { name, .. }) in extensions.iter().enumerate() {
        for (end, _) in name.match_indices('/') {
            first.entry(String::from(name.get(..end).unwrap_or_default())).or_insert(index);
        }
    }
    let place = |(index, Extension { name, value }): (usize, &Extension)| match first.get(name) {
        Some(first) if value.is_none() && *first < index => (*first, 0, name.len()),
        _ => (index, 1, 0),
    };
    let places: Vec<_> = extensions.iter().enumerate().map(place).collect();
    if places.is_sorted() {
        return false;
    }
    let mut places = places.into_iter();
    extensions.sort_by_cached_key(|_| places.next());
    true
}
