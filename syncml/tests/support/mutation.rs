//! Our own documents, damaged.

use proptest::prelude::*;

use crate::support::fixtures;

/// A fixture with one to three octets replaced, inserted or deleted.
pub(crate) fn mutated_fixture() -> impl Strategy<Value = Vec<u8>> {
    let fixtures: Vec<Vec<u8>> = ["hex", "xml"].into_iter().flat_map(fixtures).map(|fixture| fixture.octets).collect();
    let mutation = (any::<prop::sample::Index>(), prop::option::of(any::<u8>()), any::<bool>());
    (prop::sample::select(fixtures), prop::collection::vec(mutation, 1..4)).prop_map(|(mut octets, mutations)| {
        for (at, octet, replaces) in mutations {
            let at = at.index(octets.len());
            octets.splice(at..at + usize::from(replaces || octet.is_none()), octet);
        }
        octets
    })
}
