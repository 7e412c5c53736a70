//! One edit anywhere in any document of the corpus: what stands in front of it and behind it stays, octet for octet, and
//! says what it said.

#![cfg(feature = "alloc")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::ops::Range;
use support::patch::{Seen, seen};
use wbxml::{
    AttrStart, Emit, Event, Fragment, Limits, Options, Patch, PatchError, Reader, SiteKind, Start, Tag, Version,
    WriteError,
};

/// How many elements, and how many attributes and texts, of one document are edited at most; which, chance decides.
const SAMPLE: usize = 200;

fn options() -> Options<'static> {
    Options::new().limits(Limits { depth: 100_000, ..Limits::NONE })
}

/// The element that is put everywhere: on pages of its own, and with an attribute on one.
fn fixed(out: &mut Fragment<'_>) -> Result<(), WriteError> {
    out.start(Start::new(Tag::new(0xEE, 0x3F)).with_attributes())?;
    out.unnamed_attribute(AttrStart::new(0xDD, 0x3F), "")?;
    out.attributes_end()?;
    out.start(Start::new(Tag::new(0, 0x3E)).without_content())?;
    out.end()
}

/// Its octets, but for the switches.
const FIXED: [u8; 5] = [0xFF, 0x3F, 0x01, 0x3E, 0x01];

/// What its tokens say.
fn fixed_events() -> Vec<(Event<'static>, u8)> {
    let document = b"\x03\x01\x6A\x00\x00\xEE\xFF\x00\xDD\x3F\x01\x00\x00\x3E\x01";
    seen(document, options()).unwrap().into_iter().map(|seen| (seen.event, seen.page)).collect()
}

/// A document, and what its events say.
struct Case<'a> {
    name: &'a str,
    document: &'a [u8],
    head: usize,
    seen: Vec<Seen<'a>>,
}

impl Case<'_> {
    /// Where the octets of event `at` begin, with the switches in front of them.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(self.head, |before| self.seen[before].span.end)
    }

    /// Holds a result against the document, where events and octets in `gone` have become `come`, of not more than
    /// `length` octets; `flagged` is the tag that has got these flags by it.
    fn check(
        &self,
        what: &str,
        result: Result<Vec<u8>, PatchError>,
        (gone, events): (Range<usize>, Range<usize>),
        (come, length): (&[(Event<'_>, u8)], usize),
        flagged: Option<(usize, Start)>,
    ) {
        let context = || format!("{}: {what} at octet {} ({:#x})", self.name, gone.start, gone.start);
        let result = result.unwrap_or_else(|error| panic!("{}: {error}", context()));
        let found = seen(&result, options()).unwrap_or_else(|error| panic!("{}: the result: {error}", context()));
        let mut expected: Vec<_> = self.seen[..events.start].iter().map(Seen::said).collect();
        let mut prefix = self.document[self.head..gone.start].to_vec();
        if let Some((tag, start)) = flagged {
            expected[tag].0 = Event::Start(start);
            let octet = &mut prefix[self.seen[tag].span.start - self.head];
            *octet = *octet & 0x3F | start.flags();
        }
        expected.extend_from_slice(come);
        expected.extend(self.seen[events.end..].iter().map(Seen::said));
        let found: Vec<_> = found.iter().map(Seen::said).collect();
        if found != expected {
            let at = found.iter().zip(&expected).take_while(|(this, that)| this == that).count();
            panic!("{}: event {at}: {:?} is not {:?}", context(), found.get(at), expected.get(at));
        }
        let head = Reader::new(&result, options()).unwrap().header().len();
        let rest = result[head..].strip_prefix(&prefix[..]);
        let rest = rest.unwrap_or_else(|| panic!("{}: what stands in front of it", context()));
        let middle = without_suffix(rest, &self.document[gone.end..]);
        let middle = middle.unwrap_or_else(|| panic!("{}: what stands behind it", context()));
        assert!(middle <= length, "{}: {middle} octets", context());
    }

    /// The event behind element `at`, and all that is in it.
    fn behind(&self, at: usize) -> usize {
        let mut open = 0_usize;
        let mut in_list = false;
        for (next, seen) in self.seen.iter().enumerate().skip(at) {
            match seen.event {
                Event::Start(start) => {
                    open += usize::from(start.has_content());
                    in_list = start.has_attributes();
                }
                Event::Pi => in_list = true,
                Event::AttributesEnd => in_list = false,
                Event::End => open -= 1,
                _ => {}
            }
            if open == 0 && !in_list {
                return next + 1;
            }
        }
        panic!("{}: an element has no end", self.name);
    }
}

/// How many octets are in front of `suffix`; a switch of two octets may have come into it, at one place.
fn without_suffix(octets: &[u8], suffix: &[u8]) -> Option<usize> {
    if octets.ends_with(suffix) {
        return Some(octets.len() - suffix.len());
    }
    let same = octets.iter().rev().zip(suffix.iter().rev()).take_while(|(this, that)| this == that).count();
    (same.saturating_sub(2)..=same).find_map(|same| {
        let (front, _) = octets.split_at(octets.len() - same);
        let (front, switch) = front.split_at_checked(front.len().checked_sub(2)?)?;
        let front = (switch[0] == 0).then_some(front)?.strip_suffix(&suffix[..suffix.len() - same])?;
        Some(front.len())
    })
}

/// All numbers below `count`, or `SAMPLE` of them.
fn sample(count: usize) -> Vec<usize> {
    let mut state = 0x2545_F491_u64;
    let step = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % count
    };
    if count <= SAMPLE { (0..count).collect() } else { (0..SAMPLE).map(step).collect() }
}

#[derive(Debug, Default)]
struct Counts {
    documents: usize,
    elements: usize,
    values: usize,
    results: usize,
}

/// Edits every element, attribute and text of a document, one at a time.
fn check(name: &str, document: &[u8], counts: &mut Counts) {
    let Ok(patch) = Patch::new(document, options()) else { return };
    let header = *Reader::new(document, options()).unwrap().header();
    let case = Case { name, document, head: header.len(), seen: seen(document, options()).unwrap() };
    counts.documents += 1;
    let starts: Vec<usize> =
        (0..case.seen.len()).filter(|at| matches!(case.seen[*at].event, Event::Start(_))).collect();
    assert_eq!(starts.len(), patch.sites().filter(|site| site.kind() == SiteKind::Element).count(), "{name}");
    for at in sample(starts.len()) {
        elements(&case, &patch, starts[at], header.version, counts);
    }
    let others: Vec<_> = patch.sites().filter(|site| site.kind() != SiteKind::Element).collect();
    for at in sample(others.len()) {
        let site = others[at];
        let span = patch.span(site).unwrap();
        // the events of the attribute or text, which has no others in it
        let first = case.seen.partition_point(|seen| seen.span.end <= span.start);
        let last = case.seen.partition_point(|seen| seen.span.end <= span.end);
        counts.values += 1;
        if site.kind() == SiteKind::Text {
            edit(
                &patch,
                |patch| patch.delete(site),
                |result| {
                    case.check("delete the text", result, (span.clone(), first..last), (&[], 2), None);
                },
            );
            counts.results += 1;
        }
        let begin = if site.kind() == SiteKind::Text { first } else { first + 1 };
        let mut copy = patch.clone();
        copy.set_text(site, "new").unwrap();
        let result = copy.finish().unwrap();
        let new = seen(&result, options()).unwrap();
        // in a charset that is not written, one ENTITY for each character
        let count = if matches!(new[begin].event, Event::Entity(_)) { "new".len() } else { 1 };
        let come: Vec<_> = new[begin..begin + count].iter().map(Seen::said).collect();
        let text: String = come.iter().map(|(event, _)| string(event)).collect();
        assert_eq!(text, "new", "{name}: {span:?}");
        let gone = if site.kind() == SiteKind::Text { span } else { case.seen[first].span.end..span.end };
        let length = 2 + "new".len() * 4 + 4 + 2;
        case.check("set the text", Ok(result.clone()), (gone, begin..last), (&come, length), None);
        counts.results += 1;
    }
}

/// The ASCII text of an event, in whatever charset.
fn string(event: &Event<'_>) -> String {
    match event {
        Event::Entity(character) => character.to_string(),
        Event::Text(text) => {
            text.octets().iter().filter(|octet| **octet != 0).map(|octet| char::from(*octet)).collect()
        }
        event => panic!("{event:?} is no text"),
    }
}

fn edit<'a>(
    patch: &Patch<'a>,
    make: impl FnOnce(&mut Patch<'a>) -> Result<(), PatchError>,
    check: impl FnOnce(Result<Vec<u8>, PatchError>),
) {
    let mut patch = patch.clone();
    check(make(&mut patch).and_then(|()| patch.finish()));
}

fn elements(case: &Case<'_>, patch: &Patch<'_>, at: usize, version: Version, counts: &mut Counts) {
    let Event::Start(start) = case.seen[at].event else { unreachable!() };
    let behind = case.behind(at);
    let (token, begin, end) = (case.seen[at].span.start, case.start(at), case.seen[behind - 1].span.end);
    let site = patch.at(token).unwrap();
    assert_eq!(patch.span(site).unwrap(), begin..end, "{}", case.name);
    let fixed_events = fixed_events();
    // a switch for each of its three tokens, and one behind it
    let come = (&fixed_events[..], FIXED.len() + 8);
    counts.elements += 1;

    edit(
        patch,
        |patch| patch.replace(site, fixed),
        |result| {
            case.check("replace", result, (begin..end, at..behind), come, None);
        },
    );
    counts.results += 1;
    let is_root = patch.parent(site).is_none();
    if !is_root || version == Version::V1_0 {
        edit(
            patch,
            |patch| patch.insert_before(site, fixed),
            |result| {
                case.check("insert before", result, (begin..begin, at..at), come, None);
            },
        );
        edit(
            patch,
            |patch| patch.insert_after(site, fixed),
            |result| {
                case.check("insert after", result, (end..end, behind..behind), come, None);
            },
        );
        counts.results += 2;
    } else {
        assert!(matches!(patch.clone().delete(site), Err(PatchError::Root(_))), "{}", case.name);
    }
    if !is_root {
        edit(
            patch,
            |patch| patch.delete(site),
            |result| {
                case.check("delete", result, (begin..end, at..behind), (&[], 2), None);
            },
        );
        counts.results += 1;
    }
    let list = (at..behind).find(|next| matches!(case.seen[*next].event, Event::AttributesEnd));
    let list = list.filter(|_| start.has_attributes());
    let inside = list.unwrap_or(at) + 1;
    if start.has_content() {
        let content = case.seen[inside - 1].span.end;
        let close = case.seen[behind - 1].span.start;
        edit(
            patch,
            |patch| patch.prepend(site, fixed),
            |result| {
                case.check("prepend", result, (content..content, inside..inside), come, None);
            },
        );
        edit(
            patch,
            |patch| patch.append(site, fixed),
            |result| {
                case.check("append", result, (close..close, behind - 1..behind - 1), come, None);
            },
        );
        edit(
            patch,
            |patch| patch.set_content(site, fixed),
            |result| {
                case.check("set the content", result, (content..close, inside..behind - 1), come, None);
            },
        );
        counts.results += 3;
    } else {
        let with_end: Vec<_> = fixed_events.iter().copied().chain([(Event::End, 0)]).collect();
        let flagged = with_flags(start, start.has_attributes(), true);
        edit(
            patch,
            |patch| patch.append(site, fixed),
            |result| {
                case.check("append", result, (end..end, behind..behind), (&with_end, come.1 + 1), Some((at, flagged)));
            },
        );
        counts.results += 1;
    }
    // the name is in no table
    let mut copy = patch.clone();
    match copy.set_attribute(site, "\u{2713}-of-the-test", "") {
        Err(PatchError::Write(WriteError::Charset(_) | WriteError::NotInCharset(_))) => {}
        made => {
            made.unwrap();
            let result = copy.finish().unwrap();
            let new = seen(&result, options()).unwrap();
            let place = list.unwrap_or(at + 1);
            let gone = if start.has_attributes() { case.seen[place].span.start } else { case.seen[at].span.end };
            let flagged = with_flags(start, true, start.has_content());
            let come: Vec<_> =
                new[place..=place + usize::from(!start.has_attributes())].iter().map(Seen::said).collect();
            assert!(
                matches!(come[0].0, Event::AttributeStart(new) if new.token == AttrStart::LITERAL),
                "{}",
                case.name
            );
            case.check("an attribute", Ok(result.clone()), (gone..gone, place..place), (&come, 7), Some((at, flagged)));
            let (old, new) = (case.document, &result[..]);
            let headers = [old, new].map(|document| *Reader::new(document, options()).unwrap().header());
            let [table, longer] = headers.map(|header| header.string_table.octets());
            let name = &longer.strip_prefix(table).unwrap_or_else(|| panic!("{}: the table", case.name));
            assert!(name.len() > 13, "{}: {name:?}", case.name);
            let [fields, others] = headers.map(|header| (header.version, header.public_id, header.charset));
            assert_eq!(fields, others, "{}", case.name);
            counts.results += 1;
        }
    }
}

fn with_flags(start: Start, attributes: bool, content: bool) -> Start {
    let mut flagged = Start::new(start.tag);
    flagged.literal = start.literal;
    let flagged = if attributes { flagged.with_attributes() } else { flagged };
    if content { flagged } else { flagged.without_content() }
}

#[test]
fn fixtures() {
    let mut counts = Counts::default();
    for fixture in support::fixtures() {
        check(&fixture.name, &fixture.octets, &mut counts);
    }
    println!("{counts:?}");
    assert!(counts.documents > 0 && counts.values > 0);
}

#[test]
fn corpus() {
    let mut counts = Counts::default();
    support::corpus("patch", |path, document| check(path, document, &mut counts));
    println!("{counts:?}");
}
