//! Documents by chance: right in places, wrong in others.

use proptest::prelude::*;

/// An integer in its shortest form or not.
pub(crate) fn integer() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => (0_u8..0x10).prop_map(|octet| vec![octet]),
        2 => (0x80_u8..=0x8F, 0_u8..0x80).prop_map(|(first, last)| vec![first, last]),
        1 => prop::collection::vec(0x80_u8..=0xFF, 0..6).prop_flat_map(|head| {
            (0_u8..0x80).prop_map(move |last| [&head[..], &[last]].concat())
        }),
    ]
}

pub(crate) fn header() -> impl Strategy<Value = Vec<u8>> {
    let version = prop_oneof![8 => 0_u8..4, 1 => any::<u8>()];
    let charset = prop_oneof![
        4 => Just(vec![0x6A]),
        1 => Just(vec![0x00]),
        1 => Just(vec![0x87, 0x75]), // UTF-16BE
        1 => Just(vec![0x87, 0x69]), // UCS-4
        1 => integer(),
    ];
    let table = prop::collection::vec(prop_oneof![Just(0_u8), Just(b'a'), any::<u8>()], 0..12);
    (version, integer(), integer(), charset, table).prop_map(|(version, public_id, index, charset, table)| {
        let mut header = vec![version];
        header.extend(&public_id);
        if public_id.iter().all(|octet| octet & 0x7F == 0) {
            header.extend(index);
        }
        if version != 0 {
            header.extend(charset);
        }
        header.push(u8::try_from(table.len()).unwrap());
        header.extend(table);
        header
    })
}

/// A body with more structure than chance gives it: mostly whole tokens, in any order.
pub(crate) fn body() -> impl Strategy<Value = Vec<u8>> {
    let argument = prop_oneof![
        Just(Vec::new()),
        integer(),
        prop::collection::vec(any::<u8>(), 0..4).prop_map(|mut octets| {
            octets.push(0);
            octets
        }),
        prop::collection::vec(any::<u8>(), 0..4).prop_map(|octets| {
            let length = u8::try_from(octets.len()).unwrap();
            [&[length], &octets[..]].concat()
        }),
    ];
    let global = (prop::sample::select(&[0x00_u8, 0x40, 0x80, 0xC0]), 0_u8..5)
        .prop_map(|(quarter, low)| quarter + low)
        .prop_flat_map(move |octet| argument.clone().prop_map(move |argument| [&[octet], &argument[..]].concat()));
    let token = prop_oneof![
        3 => prop::sample::select(&[0x05_u8, 0x45, 0x85, 0xC5]).prop_map(|octet| vec![octet]),
        2 => Just(vec![0x01]),
        1 => any::<u8>().prop_map(|octet| vec![octet]),
        4 => global.boxed(),
    ];
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

/// What happens to an octet of a document on its way.
#[derive(Clone, Copy, Debug)]
enum Mutation {
    Flip(u8),
    Replace(u8),
    Insert(u8),
    Delete,
}

fn mutation() -> impl Strategy<Value = (prop::sample::Index, Mutation)> {
    let what = prop_oneof![
        (0_u32..8).prop_map(|bit| Mutation::Flip(1 << bit)),
        any::<u8>().prop_map(Mutation::Replace),
        any::<u8>().prop_map(Mutation::Insert),
        Just(Mutation::Delete),
    ];
    (any::<prop::sample::Index>(), what)
}

fn mutate(octets: &mut Vec<u8>, at: usize, mutation: Mutation) {
    match mutation {
        Mutation::Flip(bits) => {
            let flipped = octets.remove(at) ^ bits;
            octets.insert(at, flipped);
        }
        Mutation::Replace(octet) => drop(octets.splice(at..=at, [octet])),
        Mutation::Insert(octet) => octets.insert(at, octet),
        Mutation::Delete => drop(octets.remove(at)),
    }
}

/// A fixture with one to three octets changed.
pub(crate) fn mutated_fixture() -> impl Strategy<Value = Vec<u8>> {
    let documents: Vec<Vec<u8>> = super::fixtures().into_iter().map(|fixture| fixture.octets).collect();
    (prop::sample::select(documents), prop::collection::vec(mutation(), 1..4)).prop_map(|(mut octets, mutations)| {
        for (at, mutation) in mutations {
            let at = at.index(octets.len());
            mutate(&mut octets, at, mutation);
        }
        octets
    })
}
