//! What losses leave of an account.

use poc_mo::{Extension, Field, Loss, PocAccount};

/// What the losses leave of the account; its extensions in the order of `read`, if order is among them.
pub(crate) fn left(account: &PocAccount, losses: &[Loss], read: &PocAccount) -> PocAccount {
    let mut left = account.clone();
    let mut extensions: Vec<_> = account.extensions.iter().cloned().map(Some).collect();
    let (mut con_refs, mut app_refs): (Vec<_>, Vec<_>) =
        (account.con_refs.iter().cloned().map(Some).collect(), account.app_refs.iter().cloned().map(Some).collect());
    let mut added = Vec::new();
    let mut is_in_order = true;
    for loss in losses {
        match loss {
            Loss::Field(field, _) => {
                assert!(account.values(*field).next().is_some(), "{loss}");
                left.clear(*field);
            }
            Loss::Reference { field: Field::ConRef, index, .. } => assert!(con_refs[*index].take().is_some()),
            Loss::Reference { index, .. } => assert!(app_refs[*index].take().is_some()),
            Loss::Extension { index, name, .. } => assert_eq!(&extensions[*index].take().unwrap().name, name),
            Loss::Node(name) => added.push(Extension::new(name, None)),
            Loss::Order => is_in_order = false,
            loss => panic!("{loss}"),
        }
    }
    left.con_refs = con_refs.into_iter().flatten().collect();
    left.app_refs = app_refs.into_iter().flatten().collect();
    left.extensions = extensions.into_iter().flatten().collect();
    if is_in_order {
        // nodes that are added stand in front of what stands below them: where, the one that is read shows
        let is_kept = |extension: &&Extension| !added.contains(extension);
        assert!(left.extensions.iter().eq(read.extensions.iter().filter(is_kept)), "{losses:?} {read:?}");
    } else {
        assert!(!left.extensions.iter().eq(&read.extensions), "there is no other order");
    }
    left.extensions.extend(added);
    assert_eq!(left.extensions.len(), read.extensions.len(), "{losses:?} {read:?}");
    // of equal ones, each has a place of its own
    let mut places: Vec<Option<&Extension>> = read.extensions.iter().map(Some).collect();
    let placed = left.extensions.into_iter().map(|extension| {
        let place = places.iter().position(|other| *other == Some(&extension));
        (place.and_then(|place| places[place].take().map(|_| place)), extension)
    });
    let mut placed: Vec<(Option<usize>, Extension)> = placed.collect();
    placed.sort_by_key(|(place, _)| *place);
    left.extensions = placed.into_iter().map(|(_, extension)| extension).collect();
    left
}
