//! Which entries of a list become which of another one.

use alloc::vec::Vec;

/// The most comparisons: two lists of some 250 entries.
const COMPARISONS: usize = 1 << 16;

/// For each entry of `old` the one of `new` that it becomes, so that the fewest entries are changed, removed and added:
/// the first ones of `new` are entries of `old`, in their order, and the others are added behind them. `None` if the
/// lists are too long to tell.
pub(super) fn align<T: PartialEq>(old: &[T], new: &[T]) -> Option<Vec<Option<usize>>> {
    if old.len().checked_mul(new.len())? > COMPARISONS {
        return None;
    }
    // how many entries change at least if the first ones of `old` become so many of `new`
    let mut changed: Vec<Option<usize>> = core::iter::once(Some(0)).chain(new.iter().map(|_| None)).collect();
    let mut is_taken: Vec<Vec<bool>> = Vec::new();
    for entry in old {
        let mut row = Vec::from([false]);
        let mut next = Vec::from([Some(0)]);
        for (target, pair) in new.iter().zip(changed.windows(2)) {
            let (taken, left) = match pair {
                [before, left] => (before.map(|changes| changes.saturating_add(usize::from(entry != target))), *left),
                _ => (None, None),
            };
            let is_better = taken.is_some_and(|taken| left.is_none_or(|left| taken <= left));
            row.push(is_better);
            next.push(if is_better { taken } else { left });
        }
        is_taken.push(row);
        changed = next;
    }
    let cost = |(kept, changes): (usize, &Option<usize>)| {
        let (removed, added) = (old.len().saturating_sub(kept), new.len().saturating_sub(kept));
        Some((changes.as_ref()?.saturating_add(removed).saturating_add(added), kept))
    };
    let mut kept =
        changed.iter().enumerate().filter_map(cost).min_by_key(|(cost, kept)| (*cost, core::cmp::Reverse(*kept)))?.1;
    let mut becomes: Vec<Option<usize>> = Vec::new();
    for row in is_taken.iter().rev() {
        let is_taken = kept > 0 && row.get(kept) == Some(&true);
        if is_taken {
            kept = kept.saturating_sub(1);
        }
        becomes.push(is_taken.then_some(kept));
    }
    becomes.reverse();
    Some(becomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_entries_change() {
        let aligned = |old: &str, new: &str| {
            let (old, new): (Vec<_>, Vec<_>) = (old.chars().collect(), new.chars().collect());
            align(&old, &new).unwrap()
        };
        assert_eq!(aligned("abc", "abc"), [Some(0), Some(1), Some(2)]);
        assert_eq!(aligned("abc", "bc"), [None, Some(0), Some(1)]);
        assert_eq!(aligned("abc", "axc"), [Some(0), Some(1), Some(2)]);
        assert_eq!(aligned("ab", "abc"), [Some(0), Some(1)]);
        assert_eq!(aligned("", "abc"), []);
        assert_eq!(aligned("abc", ""), [None, None, None]);
        assert_eq!(align(&[0; 300], &[0; 300]), None);
    }
}
