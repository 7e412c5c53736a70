//! The vocabulary of the management tree, rule by rule (OMA DM Tree and Description 1.2).

use core::fmt::Write as _;
use core::hash::{BuildHasher, BuildHasherDefault};
use proptest::prelude::*;
use std::hash::DefaultHasher;
use syncml::dm::{
    Acl, AclBuilder, AclCommand, AclErrorKind, Case, Date, Format, List, NodeKind, Property, PropertyErrorKind,
    PropertyValue, Query, Segment, Support, Time, Timestamp, TndsList, TndsPart, Uri, UriErrorKind, UriRules, Value,
    ValueErrorKind, may_replace_acl,
};

/// What is wrong and where.
type Wrong = (UriErrorKind, usize);

/// Segments, or what is wrong.
type Read = Result<&'static [&'static str], Wrong>;

/// `MaxDepth`, `MaxTotLen` and `MaxSegLen`, an address, and whether it is within.
type Limited = ((u16, u16, u16), &'static str, Result<(), Wrong>);

fn check(table: &[(&str, Read)], rules: &UriRules) {
    for (text, expected) in table {
        let read = Uri::parse_with(text, rules);
        let read = read.map(|uri| uri.segments().map(|segment| segment.as_str()).collect::<Vec<_>>());
        let read = read.map_err(|error| (error.kind(), error.offset()));
        assert_eq!(read, expected.map(<[&str]>::to_vec), "{text:?}");
    }
}

/// Addressing of nodes: relative to the root, `.` is the root, no `/` at the end, no `..`, `./` only at the start.
#[test]
fn addresses() {
    use UriErrorKind::{Character, DotSegment, Empty, EmptySegment, Escape, LeadingSlash, TrailingSlash};
    let table: &[(&str, Read)] = &[
        (".", Ok(&[])),
        ("./A", Ok(&["A"])),
        ("A", Ok(&["A"])),
        ("./A/B", Ok(&["A", "B"])),
        ("A/B", Ok(&["A", "B"])),
        (".A/..B/C.", Ok(&[".A", "..B", "C."])),
        (" \r\n\t./A \n", Ok(&["A"])),
        ("./Ä/世/😀", Ok(&["Ä", "世", "😀"])),
        ("./A%2fB", Ok(&["A%2fB"])),
        ("./-_.!~*'();:@&=+$,", Ok(&["-_.!~*'();:@&=+$,"])),
        ("./*", Ok(&["*"])),
        ("", Err((Empty, 0))),
        ("  ", Err((Empty, 2))),
        ("?prop=ACL", Err((Empty, 0))),
        ("./", Err((TrailingSlash, 1))),
        ("./A/", Err((TrailingSlash, 3))),
        ("A/", Err((TrailingSlash, 1))),
        ("/A", Err((LeadingSlash, 0))),
        ("/", Err((LeadingSlash, 0))),
        ("A//B", Err((EmptySegment, 2))),
        (".//A", Err((EmptySegment, 2))),
        ("http://dm.example.com", Err((EmptySegment, 6))),
        ("..", Err((DotSegment, 0))),
        ("../A", Err((DotSegment, 0))),
        ("./../A", Err((DotSegment, 2))),
        ("./A/..", Err((DotSegment, 4))),
        ("./A/./B", Err((DotSegment, 4))),
        ("./A/.", Err((DotSegment, 4))),
        ("././A", Err((DotSegment, 2))),
        ("./A/%2E%2e", Err((DotSegment, 4))),
        ("./A/.%2E/B", Err((DotSegment, 4))),
        ("./A B", Err((Character(' '), 3))),
        ("./A/<B>", Err((Character('<'), 4))),
        ("./A#B", Err((Character('#'), 3))),
        ("./A\\B", Err((Character('\\'), 3))),
        ("./A\u{7F}", Err((Character('\u{7F}'), 3))),
        ("./A\0", Err((Character('\0'), 3))),
        ("./A%00", Err((Character('\0'), 3))),
        ("./A%", Err((Escape, 3))),
        ("./A%2", Err((Escape, 3))),
        ("./A%2G", Err((Escape, 3))),
        ("./A%é1", Err((Escape, 3))),
    ];
    check(table, &UriRules::STRICT);
}

/// Windows has no `*` and no leading `/`, and takes characters as they are; the lenient rules take a leading `/` too.
#[test]
fn addresses_by_other_rules() {
    use UriErrorKind::{Character, DotSegment, LeadingSlash, Star, TrailingSlash};
    let windows: &[(&str, Read)] = &[
        ("./A B/{C}", Ok(&["A B", "{C}"])),
        ("./100%", Ok(&["100%"])),
        ("./*a", Ok(&["*a"])),
        ("./A/*", Err((Star, 4))),
        ("/A", Err((LeadingSlash, 0))),
        ("./A\nB", Err((Character('\n'), 3))),
        ("./A%0A", Err((Character('\n'), 3))),
        ("./%2e%2e/A", Err((DotSegment, 2))),
    ];
    check(windows, &UriRules::WINDOWS);
    let lenient: &[(&str, Read)] = &[
        ("/OperatorX", Ok(&["OperatorX"])),
        ("./A/*", Ok(&["A", "*"])),
        ("/", Err((TrailingSlash, 0))),
        ("/A/..", Err((DotSegment, 3))),
    ];
    check(lenient, &UriRules::LENIENT);
    assert_eq!(Uri::parse_with("/A", &UriRules::LENIENT).unwrap().to_string(), "./A");
}

/// `./DevDetail/URI`: `MaxDepth` counts segments, `MaxTotLen` and `MaxSegLen` characters, 0 is no limit.
#[test]
fn limits() {
    use UriErrorKind::{SegmentTooLong, TooDeep, TooLong};
    let table: &[Limited] = &[
        ((0, 0, 0), "./A/B/C", Ok(())),
        ((3, 7, 1), "./A/B/C", Ok(())),
        ((1, 1, 1), ".", Ok(())),
        ((2, 0, 0), "./A/B/C", Err((TooDeep, 6))),
        ((2, 0, 0), "A/B/C", Err((TooDeep, 4))),
        ((0, 6, 0), "./A/B/C", Err((TooLong, 6))),
        ((0, 6, 0), "./A?prop=ACL", Err((TooLong, 6))),
        ((0, 4, 0), "./éé", Ok(())),
        ((0, 3, 0), "./éé", Err((TooLong, 4))),
        ((0, 3, 0), "  ./A  ", Ok(())),
        ((0, 3, 0), "  ./AB  ", Err((TooLong, 5))),
        ((0, 0, 2), "./AB/CD", Ok(())),
        ((0, 0, 2), "./AB/éüö", Err((SegmentTooLong, 9))),
        ((0, 0, 2), "./%41", Err((SegmentTooLong, 4))),
        ((1, 3, 1), "./AB/..", Err((TooLong, 3))),
    ];
    for ((depth, total, segment), text, expected) in table {
        let rules = UriRules::STRICT.with_limits(*depth, *total, *segment);
        let read = Uri::parse_with(text, &rules).map(|_| ());
        assert_eq!(read.map_err(|error| (error.kind(), error.offset())), *expected, "{text:?}");
        assert!(read.is_ok() || read.unwrap_err().kind().is_limit(), "{text:?}");
    }
    assert!(!UriErrorKind::DotSegment.is_limit());
}

/// `./A/B` and `A/B` are one address; escapes are undone before names are compared (RFC 2396, 2.4.2); an escaped slash
/// does not separate; case counts where the tree says so (`CaseSense`).
#[test]
fn comparison() {
    let table = [
        ("./A/B", "A/B", true, true),
        ("./A/B", "./a/b", false, true),
        ("./A%42", "./AB", true, true),
        ("./%c3%89", "./É", true, true),
        ("./É", "./é", false, false),
        ("./A%2FB", "./A/B", false, false),
        ("./AB", "./A/B", false, false),
        ("./A", "./A/B", false, false),
        (".", "./A", false, false),
    ];
    for (one, other, is_equal, is_equal_without_case) in table {
        let (one, other) = (Uri::parse(one).unwrap(), Uri::parse(other).unwrap());
        for (a, b) in [(one, other), (other, one)] {
            assert_eq!(a == b, is_equal, "{a} {b}");
            assert_eq!(a.is_same_node(&b, Case::Sensitive), is_equal, "{a} {b}");
            assert_eq!(a.is_same_node(&b, Case::Insensitive), is_equal_without_case, "{a} {b}");
        }
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        assert_eq!(hasher.hash_one(one) == hasher.hash_one(other), is_equal, "{one} {other}");
    }
    assert_ne!(Uri::parse("./A?prop=ACL").unwrap(), Uri::parse("./A").unwrap());
}

#[test]
fn relations() {
    fn uri(text: &str) -> Uri<'_> {
        Uri::parse(text).unwrap()
    }
    assert_eq!(uri("./A/B").parent().map(|above| above.to_string()).as_deref(), Some("./A"));
    assert_eq!(uri("A").parent().map(|above| above.to_string()).as_deref(), Some("."));
    assert_eq!(uri(".").parent(), None);
    assert_eq!(uri(".").name(), None);
    assert_eq!(uri("./A/B?prop=ACL").name().unwrap().as_str(), "B");
    assert_eq!(uri("./A/B?prop=ACL").ancestors().map(|node| node.depth()).collect::<Vec<_>>(), [2, 1, 0]);
    assert!(uri("./A/B").is_child_of(&uri("A"), Case::Sensitive));
    assert!(uri("./A").is_child_of(&Uri::ROOT, Case::Sensitive));
    assert!(uri("./a/B").is_child_of(&uri("A"), Case::Insensitive));
    assert!(!uri("./a/B").is_child_of(&uri("A"), Case::Sensitive));
    assert!(!uri("./A").is_child_of(&uri("./A"), Case::Sensitive));
    assert!(!Uri::ROOT.is_child_of(&Uri::ROOT, Case::Sensitive));
    // base, tail, joined
    let joined = [
        (".", ".", "."),
        (".", "A/B", "./A/B"),
        ("./A", ".", "./A"),
        ("./A", "B/C", "./A/B/C"),
        ("A", "./B", "A/B"),
        ("./A?prop=ACL", "B?list=Struct", "./A/B?list=Struct"),
        ("./A", ".?prop=Name", "./A?prop=Name"),
    ];
    for (base, tail, expected) in joined {
        let joined = uri(base).join(uri(tail)).to_string();
        assert_eq!(joined, expected);
        assert_eq!(uri(&joined).below(&uri(base), Case::Sensitive), Some(uri(tail)), "{base} {tail}");
    }
}

/// OMA DM Bootstrap: objects and the references in them stand below `./Inbox`.
#[test]
fn inbox() {
    let path = |text| Uri::parse(text).unwrap().inbox_path().map(|path| path.to_string());
    assert_eq!(path("./Inbox").as_deref(), Some("."));
    assert_eq!(path("Inbox/A/B").as_deref(), Some("A/B"));
    assert_eq!(path("./inbox/A"), None);
    assert_eq!(path("./InboxA"), None);
    assert_eq!(path("."), None);
}

/// `?prop=` and `?list=`: keys and values case-sensitive; `+` and `-` are not mixed; what is unknown is kept.
#[test]
fn queries() {
    let query = |text| {
        let uri = Uri::parse(text).map_err(|error| (error.kind(), error.offset()))?;
        assert_eq!(uri.to_string(), text);
        Ok(uri.query())
    };
    for property in Property::ALL {
        let text = format!("./A?prop={property}");
        assert_eq!(Uri::parse(&text).unwrap().query(), Some(Query::Prop(*property)));
    }
    assert_eq!(query("./A"), Ok(None));
    assert_eq!(query(".?prop=Size"), Ok(Some(Query::Prop(Property::Size))));
    assert_eq!(query("./A?list=Struct"), Ok(Some(Query::List(List::Struct))));
    assert_eq!(query("./A?list=StructData"), Ok(Some(Query::List(List::StructData))));
    assert_eq!(query("./A?list=TNDS"), Ok(Some(Query::List(List::Tnds(TndsList::All)))));
    for unknown in ["acl", "", "ACL=", "ACL?x"] {
        let text = format!("./A?prop={unknown}");
        assert_eq!(Uri::parse(&text).unwrap().query(), Some(Query::UnknownProp(unknown)));
    }
    for unknown in ["struct", "", "TNDSX", "TNDS=Value"] {
        let text = format!("./A?list={unknown}");
        assert_eq!(Uri::parse(&text).unwrap().query(), Some(Query::List(List::Unknown(unknown))));
    }
    for unknown in ["", "Prop=ACL", "LIST=Struct", "prop"] {
        let text = format!("./A?{unknown}");
        assert_eq!(Uri::parse(&text).unwrap().query(), Some(Query::Unknown(unknown)));
        assert_eq!(Uri::parse(&text).unwrap().to_string(), text);
    }
    for (text, at) in [
        ("./A?list=TNDS+", 13),
        ("./A?list=TNDS-", 13),
        ("./A?list=TNDS+ACL+", 17),
        ("./A?list=TNDS++ACL", 13),
        ("./A?list=TNDS+ACL-Format", 17),
        ("./A?list=TNDS-ACL+Format", 17),
    ] {
        assert_eq!(query(text), Err((UriErrorKind::PropertyList, at)), "{text}");
    }
    assert_eq!(query("./A?prop=A B"), Err((UriErrorKind::Character(' '), 10)));
}

#[test]
fn parts_of_serialized_objects() {
    let list = |text| match Uri::parse(text).unwrap().query() {
        Some(Query::List(List::Tnds(list))) => list,
        other => panic!("{other:?}"),
    };
    let (acl, format) = (TndsPart::Property(Property::Acl), TndsPart::Property(Property::Format));
    let TndsList::Only(parts) = list("./A?list=TNDS+Value+ACL+X") else { panic!() };
    assert!(parts.iter().eq([TndsPart::Value, acl, TndsPart::Unknown("X")]));
    // list, has Value, ACL, Format
    for (text, expected) in [
        ("./A?list=TNDS", [true, true, true]),
        ("./A?list=TNDS+Value+ACL", [true, true, false]),
        ("./A?list=TNDS-Format", [true, true, false]),
        ("./A?list=TNDS-Value-ACL", [false, false, true]),
    ] {
        assert_eq!([TndsPart::Value, acl, format].map(|part| list(text).has(part)), expected, "{text}");
    }
}

/// Names become segments that are read as one segment of that name.
#[test]
fn names_are_escaped() {
    for name in ["A", "a/b", "100 %", ".", "..", "*", "%2F", "Ä世", "<{}>?#"] {
        let text = format!("./X/{}", Segment::escape(name));
        let rules = if matches!(name, "." | "..") { None } else { Some(UriRules::WINDOWS) };
        match rules {
            // the name of no node, however it is written
            None => assert_eq!(Uri::parse(&text).unwrap_err().kind(), UriErrorKind::DotSegment),
            Some(rules) => {
                let uri = Uri::parse_with(&text, &rules).unwrap();
                assert_eq!((uri.depth(), uri.name().unwrap().to_cow().unwrap().as_ref()), (2, name));
            }
        }
    }
    assert_eq!(Uri::parse("./%FF").unwrap().name().unwrap().to_cow(), None);
}

/// The grammar of `ACL`: entries, each command once, identifiers without `=`, `&`, `*`, `+` and white space.
#[test]
fn access_control_lists() {
    use AclErrorKind::{Character, NoCommand, NoServer, Repeated};
    for text in ["", "Get=*", "Add=a+b&Get=*", "Exec=com.example:8080/x", "Copy=a&Add=b", "Get=a+*", "Copy=a&Copy=b"] {
        let acl = Acl::parse(text).unwrap();
        assert_eq!((acl.as_str(), acl.to_string().as_str(), acl.is_empty()), (text, text, text.is_empty()));
    }
    assert_eq!(Acl::parse("\n Get=*\n").unwrap().as_str(), "Get=*");
    for (text, kind, at) in [
        ("Get", NoCommand, 0),
        ("=a", NoCommand, 0),
        ("&", NoCommand, 0),
        ("Get=a&", NoCommand, 6),
        ("Get=a&&Add=b", NoCommand, 6),
        ("Get=", NoServer, 4),
        ("Get=+a", NoServer, 4),
        ("Get=a+", NoServer, 6),
        ("Add=b&Get=&Exec=c", NoServer, 10),
        ("Get=a&Get=b", Repeated, 6),
        ("Get=a b", Character(' '), 5),
        ("Get=a=b", Character('='), 5),
        ("Get=**", Character('*'), 4),
        ("Get=a*", Character('*'), 5),
        ("G*t=a", Character('*'), 1),
        (" Get=a\u{1}", Character('\u{1}'), 6),
        ("Get=a\u{A0}", Character('\u{A0}'), 5),
    ] {
        let error = Acl::parse(text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, at), "{text:?}");
    }
    let acl = Acl::parse("Copy=a&Add=b+c").unwrap();
    let entries = acl.entries().map(|entry| (entry.command(), entry.servers().collect::<Vec<_>>()));
    assert!(entries.eq([(AclCommand::new("Copy").unwrap(), vec!["a"]), (AclCommand::ADD, vec!["b", "c"])]));
    assert!(!AclCommand::new("Copy").unwrap().is_known() && AclCommand::GET.is_known());
    assert_eq!(AclCommand::new("").unwrap_err().kind(), NoCommand);
    assert_eq!(AclCommand::new("a=").unwrap_err().offset(), 1);
}

/// Identifiers are compared whole and with case; `*` is everybody; a command that is not named is nobody's.
#[test]
fn rights() {
    for (acl, command, server, expected) in [
        ("Get=*", "Get", "a", true),
        ("Get=*", "Add", "a", false),
        ("Get=a+b", "Get", "b", true),
        ("Get=a+b", "Get", "c", false),
        ("Get=ab", "Get", "a", false),
        ("Get=a", "Get", "A", false),
        ("Get=a", "get", "a", false),
        ("Get=a", "Get", "*", false),
        ("Get=a", "Get", "", false),
        ("Get=a+*", "Get", "z", true),
        ("Copy=a", "Copy", "a", true),
        ("", "Get", "a", false),
    ] {
        let (acl, command) = (Acl::parse(acl).unwrap(), AclCommand::new(command).unwrap());
        assert_eq!(acl.allows(command, server), expected, "{acl} {command} {server}");
        assert_eq!(AclBuilder::from(acl).allows(command, server), expected, "{acl} {command} {server}");
    }
}

/// Inheritance is all or nothing, and the root always has a list.
#[test]
fn inheritance() {
    let [get, add] = ["Get=a", "Add=b"].map(|text| Acl::parse(text).unwrap());
    for (from_node_to_root, expected) in [
        (vec![], Acl::ROOT),
        (vec![Acl::EMPTY, Acl::EMPTY], Acl::ROOT),
        (vec![get, add], get),
        (vec![Acl::EMPTY, add, get], add),
    ] {
        assert_eq!(Acl::effective(from_node_to_root).as_str(), expected.as_str());
    }
}

/// Interior: Replace on the node or on the one above. Leaf: on the one above only.
#[test]
fn who_may_change_a_list() {
    let [mine, other] = ["Replace=a", "Replace=b"].map(|text| Acl::parse(text).unwrap());
    for (kind, node, above, expected) in [
        (NodeKind::Interior, mine, Some(other), true),
        (NodeKind::Interior, other, Some(mine), true),
        (NodeKind::Interior, other, Some(other), false),
        (NodeKind::Interior, mine, None, true),
        (NodeKind::Interior, Acl::ROOT, None, false),
        (NodeKind::Leaf, mine, Some(other), false),
        (NodeKind::Leaf, other, Some(mine), true),
        (NodeKind::Leaf, other, Some(other), false),
    ] {
        assert_eq!(may_replace_acl("a", kind, node, above), expected, "{kind:?} {node} {above:?}");
    }
}

/// What devices do to lists of their own: on Add, and when a server is gone.
#[test]
fn changes_of_lists() {
    let builder = |text| AclBuilder::from(Acl::parse(text).unwrap());
    let [none, right] = ["Add=*", "Add=*&Replace=a"].map(|text| Acl::parse(text).unwrap());
    for (kind, above, expected) in [
        (NodeKind::Interior, none, "Add=a&Delete=a&Replace=a"),
        (NodeKind::Interior, right, ""),
        (NodeKind::Leaf, none, ""),
    ] {
        assert_eq!(AclBuilder::of_added("a", kind, above).unwrap().to_string(), expected);
    }
    assert!(AclBuilder::of_added("a b", NodeKind::Interior, none).is_err());
    assert_eq!(builder("Get=b+a&Copy=c&Add=a+*+b").to_string(), "Add=*&Copy=c&Get=a+b");
    assert_eq!(builder("Add=a&Get=a+b").remove_server("a").to_string(), "Get=b");
    assert!(builder("Add=a").remove_server("a").is_empty());
    assert_eq!(builder("Add=*").remove_server("a").to_string(), "Add=*");
    assert_eq!(builder("Add=a&Get=a+b").remove_server_from_root("a").to_string(), "Add=*&Get=b");
    assert_eq!(builder("Add=a").merge(Acl::parse("Add=b&Get=*").unwrap()).to_string(), "Add=a+b&Get=*");
    assert_eq!(builder("Add=a&Get=b").revoke(AclCommand::ADD, "a").to_string(), "Get=b");
    assert_eq!(builder("Get=*").revoke(AclCommand::GET, "a").to_string(), "Get=*");
    for (server, kind) in [("", AclErrorKind::NoServer), ("a+b", AclErrorKind::Character('+'))] {
        assert_eq!(AclBuilder::new().grant(AclCommand::GET, server).unwrap_err().kind(), kind);
    }
    // what they say counts, not how they are written
    assert_eq!(Acl::parse("Get=b+a&Add=*+x").unwrap(), Acl::parse("Add=*&Get=a+b").unwrap());
    assert_ne!(Acl::parse("Get=a").unwrap(), Acl::parse("Get=b").unwrap());
}

/// Properties of nodes: support on the device, and commands.
#[test]
fn properties() {
    use Support::{May, Must, MustNot};
    // name, leaf, interior, whether Replace is allowed
    let table = [
        ("ACL", Must, Must, true),
        ("Format", Must, Must, false),
        ("Name", Must, Must, true),
        ("Size", May, MustNot, false),
        ("Title", May, May, true),
        ("TStamp", May, May, false),
        ("Type", Must, Must, false),
        ("VerNo", May, May, false),
    ];
    assert_eq!(Property::ALL.len(), table.len());
    for (name, leaf, interior, is_changeable) in table {
        let property = Property::find(name).unwrap();
        let support = [NodeKind::Leaf, NodeKind::Interior].map(|kind| property.support(kind));
        assert_eq!((property.name(), support), (name, [leaf, interior]));
        for command in AclCommand::ALL {
            let expected = command == AclCommand::GET || (is_changeable && command == AclCommand::REPLACE);
            assert_eq!(property.takes(command), expected, "{property} {command}");
        }
    }
    assert_eq!(Property::find("acl"), None);
}

#[test]
fn values_of_properties() {
    use PropertyErrorKind::{Empty, Number, Slash, TooLong};
    let stamp = Timestamp::new(Date::new(2006, 8, 14).unwrap(), Time::new(16, 39, 0).unwrap()).unwrap();
    for (property, text, value) in [
        (Property::Acl, "", PropertyValue::Acl(Acl::EMPTY)),
        (Property::Acl, "Get=*", PropertyValue::Acl(Acl::parse("Get=*").unwrap())),
        (Property::Format, "chr", PropertyValue::Format(Format::CHR)),
        (Property::Name, "A B", PropertyValue::Name("A B")),
        (Property::Size, "4294967295", PropertyValue::Size(u32::MAX)),
        (Property::Title, "", PropertyValue::Title("")),
        (Property::TStamp, "20060814T163900Z", PropertyValue::TStamp(stamp)),
        (Property::Type, "", PropertyValue::Type("")),
        (Property::VerNo, "0", PropertyValue::VerNo(0)),
    ] {
        let read = PropertyValue::parse(property, text).unwrap();
        assert_eq!((read, read.property(), read.to_string().as_str()), (value, property, text));
    }
    for (property, text, kind, at) in [
        (Property::Acl, " Get=", PropertyErrorKind::Acl(AclErrorKind::NoServer), 5),
        (Property::Format, " ", Empty, 1),
        (Property::Name, "", Empty, 0),
        (Property::Name, "A/B", Slash, 1),
        (Property::Size, "4294967296", Number, 0),
        (Property::Size, "", Number, 0),
        (Property::Size, "+1", Number, 0),
        (Property::VerNo, " 65536", Number, 1),
        (Property::TStamp, "2006-08-14T16:39:00Z", PropertyErrorKind::Timestamp, 0),
        (Property::TStamp, "20060814T163900", PropertyErrorKind::Timestamp, 0),
        (Property::TStamp, "20060832T163900Z", PropertyErrorKind::Timestamp, 0),
        (Property::TStamp, "2006081éT16390Z", PropertyErrorKind::Timestamp, 0),
    ] {
        let error = PropertyValue::parse(property, text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, at), "{property} {text:?}");
    }
    let title = "x".repeat(PropertyValue::MAX_TITLE + 1);
    let error = PropertyValue::parse(Property::Title, &title).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (TooLong, 255));
    assert!(PropertyValue::parse(Property::Title, &title[1..]).is_ok());
}

/// `date`, `float` and `time` came with version 1.2.
#[test]
fn formats() {
    for format in Format::ALL {
        let expected = if ["date", "float", "time"].contains(&format.as_str()) { "1.2" } else { "1.1" };
        assert_eq!(format.ver_dtd(), Some(expected), "{format}");
        assert_eq!(format.node_kind() == NodeKind::Interior, format.as_str() == "node");
    }
    assert_eq!(Format::ALL.len(), 11);
    assert_eq!(Format::new(" int\n"), Format::INT);
    assert!(!Format::new("INT").is_known());
    assert_eq!(Format::new("uint").value(Some(b"\xFF")), Ok(Value::Unknown(b"\xFF")));
}

/// Meta-Information, `Format`: the values of each.
#[test]
fn values() {
    let date = Date::new(1999, 12, 31).map(Value::Date).unwrap();
    let time = Time::new(23, 59, 60).map(Value::Time).unwrap();
    for (format, text, value) in [
        ("chr", "", Value::Chr("")),
        ("chr", " é ", Value::Chr(" é ")),
        ("b64", "", Value::B64("")),
        ("b64", " QUJD\r\n RA== ", Value::B64("QUJD\r\n RA==")),
        ("bin", "x", Value::Bin(b"x")),
        ("bool", "true", Value::Bool(true)),
        ("bool", "0", Value::Bool(false)),
        ("int", "-2147483648", Value::Int(i32::MIN)),
        ("int", " 007 ", Value::Int(7)),
        ("float", "-1.5E-3", Value::Float(-0.0015)),
        ("float", "-INF", Value::Float(f32::NEG_INFINITY)),
        ("float", ".5", Value::Float(0.5)),
        ("date", "19991231", date),
        ("date", "1999-12-31", date),
        ("time", "T235960", time),
        ("time", "23:59:60", time),
        ("node", "", Value::Node(Some(""))),
        ("node", "A/B", Value::Node(Some("A/B"))),
        ("null", " ", Value::Null),
        ("xml", "<a><b/></a>", Value::Xml("<a><b/></a>")),
    ] {
        assert_eq!(Format::new(format).value(Some(text.as_bytes())), Ok(value), "{format} {text:?}");
    }
    let not_a_number = Format::FLOAT.value(Some(b"NaN"));
    assert!(matches!(not_a_number, Ok(Value::Float(number)) if number.is_nan()));
    for (format, text) in [
        ("b64", "QUJ"),
        ("b64", "QUJDR==="),
        ("b64", "QQ=A"),
        ("b64", "QU-D"),
        ("bool", "True"),
        ("bool", ""),
        ("int", "2147483648"),
        ("int", "+1"),
        ("int", "--1"),
        ("int", ""),
        ("int", "0x1"),
        ("float", "inf"),
        ("float", "nan"),
        ("float", "infinity"),
        ("float", "1,5"),
        ("float", "."),
        ("float", "e5"),
        ("date", "991231"),
        ("date", "1999-1231"),
        ("date", "19990229"),
        ("date", "+9991231"),
        ("time", "24:00:01"),
        ("time", "12:60"),
        ("time", "1"),
        ("time", "12.5"),
        ("time", "12:00:00+24:00"),
        ("time", "12:00:00."),
        ("time", "24:00:00.1"),
    ] {
        let error = Format::new(format).value(Some(text.as_bytes())).unwrap_err();
        assert_eq!(error.kind(), ValueErrorKind::Malformed, "{format} {text:?}");
    }
    for format in Format::ALL {
        let absent = format.value(None).map_err(|error| error.kind());
        match format.as_str() {
            "node" => assert_eq!(absent, Ok(Value::Node(None))),
            "null" => assert_eq!(absent, Ok(Value::Null)),
            _ => assert_eq!(absent, Err(ValueErrorKind::Absent), "{format}"),
        }
        let binary = format.value(Some(b"a\xFF")).map_err(|error| (error.kind(), error.offset()));
        match format.as_str() {
            "bin" => assert_eq!(binary, Ok(Value::Bin(b"a\xFF"))),
            _ => assert_eq!(binary, Err((ValueErrorKind::NotText, 1)), "{format}"),
        }
    }
    let error = Format::NULL.value(Some(b" x")).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ValueErrorKind::NotEmpty, 1));
}

#[cfg(feature = "xml")]
#[test]
fn xml_is_well_formed() {
    for text in ["", "a", "<a>", "<a></b>", "<a/><b/>", "<a b=1/>"] {
        let error = Format::XML.value(Some(text.as_bytes())).unwrap_err();
        assert_eq!(error.kind(), ValueErrorKind::Malformed, "{text:?}");
        assert!(error.offset() <= text.len(), "{text:?}");
    }
}

/// Lengths that nobody needs take linear time: an hour each if it were quadratic.
#[test]
fn hostile_lengths() {
    let count = 500_000;
    let deep = format!(".{}", "/A".repeat(count));
    let uri = Uri::parse(&deep).unwrap();
    assert_eq!(uri.depth(), count);
    assert_eq!(uri.ancestors().take(3).count(), 3);
    assert!(uri.is_same_node(&Uri::parse(&deep[2..]).unwrap(), Case::Insensitive));
    assert!(uri.below(&uri, Case::Sensitive).unwrap().is_root());
    let limited = UriRules::STRICT.with_limits(8, 127, 32);
    assert_eq!(Uri::parse_with(&deep, &limited).unwrap_err().offset(), 127);
    let escapes = format!("./{}", "%2E".repeat(count));
    assert_eq!(Uri::parse(&escapes).unwrap().name().unwrap().octets().count(), count);
    let list = format!("./A?list=TNDS{}", "+ACL".repeat(count));
    assert!(matches!(Uri::parse(&list).unwrap().query(), Some(Query::List(List::Tnds(TndsList::Only(parts))))
        if parts.iter().count() == count));

    let mut servers = String::from("Get=x");
    let mut commands = String::from("Get=x");
    for index in 0..200_000 {
        write!(servers, "+{index}").unwrap();
        write!(commands, "&C{index}=x").unwrap();
    }
    for text in [servers, commands] {
        let acl = Acl::parse(&text).unwrap();
        assert!(!acl.allows(AclCommand::GET, "y"));
        assert_eq!(Acl::parse(&AclBuilder::from(acl).to_string()).unwrap(), acl);
    }
    let base64 = "A".repeat(4 * count);
    assert!(Format::B64.value(Some(base64.as_bytes())).is_ok());
    let number = "1".repeat(count);
    assert!(Format::INT.value(Some(number.as_bytes())).is_err());
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![Just("*".to_owned()), Just("A/B%".to_owned()), "[A-Za-z0-9]{1,6}", "[^\\p{Cc}]{1,6}"]
        .prop_filter("no way", |name| !matches!(name.as_str(), "." | ".."))
}

proptest! {
    /// An address printed and read again is the same address, with the names it was made of.
    #[test]
    fn addresses_come_back(names in prop::collection::vec(name(), 0..6), prefix: bool, query in 0..6_usize) {
        let queries = ["", "?prop=ACL", "?list=StructData", "?list=TNDS-Value-X", "?x", "?"];
        let mut text = if prefix || names.is_empty() { ".".to_owned() } else { String::new() };
        for name in &names {
            if !text.is_empty() {
                text.push('/');
            }
            write!(text, "{}", Segment::escape(name)).unwrap();
        }
        text.push_str(queries[query]);
        let uri = Uri::parse(&text).unwrap();
        let printed = uri.to_string();
        prop_assert_eq!(&printed, &text);
        let read: Vec<_> = uri.segments().map(|segment| segment.to_cow().unwrap().into_owned()).collect();
        prop_assert_eq!(read, names);
        for node in uri.ancestors() {
            let tail = uri.below(&node, Case::Sensitive).unwrap();
            let joined = node.join(tail).to_string();
            prop_assert_eq!(Uri::parse(&joined).unwrap(), uri);
        }
    }

    /// Whatever is read is printed and read as the same; a fault lies inside the text.
    #[test]
    fn any_text(text in "[./A*%2Ee?=+ &\\-a-zé]{0,24}") {
        for rules in [UriRules::STRICT, UriRules::WINDOWS, UriRules::LENIENT] {
            match Uri::parse_with(&text, &rules) {
                Ok(uri) => {
                    let printed = uri.to_string();
                    prop_assert_eq!(Uri::parse_with(&printed, &rules).unwrap(), uri);
                }
                Err(error) => prop_assert!(text.get(error.offset()..).is_some()),
            }
        }
        match Acl::parse(&text) {
            Ok(acl) => {
                let printed = AclBuilder::from(acl).to_string();
                prop_assert_eq!(Acl::parse(&printed).unwrap(), acl);
            }
            Err(error) => prop_assert!(text.get(error.offset()..).is_some()),
        }
    }

    /// A list printed and read again lets the same servers do the same.
    #[test]
    fn lists_come_back(grants in prop::collection::vec((0..5_usize, "[a-c.]{1,2}|\\*"), 0..12)) {
        let mut builder = AclBuilder::new();
        for (command, server) in &grants {
            builder.grant(AclCommand::ALL[*command], server).unwrap();
        }
        let printed = builder.to_string();
        let acl = Acl::parse(&printed).unwrap();
        prop_assert_eq!(AclBuilder::from(acl), builder);
        for command in AclCommand::ALL {
            for server in ["a", "bb", "z"] {
                let expected = grants.iter().any(|(index, listed)| {
                    AclCommand::ALL[*index] == command && (listed == "*" || listed == server)
                });
                prop_assert_eq!(acl.allows(command, server), expected);
            }
        }
    }

    /// Values printed and read again are the same.
    #[test]
    fn values_come_back(
        number: i32,
        float in prop::num::f32::NORMAL | prop::num::f32::ZERO | prop::num::f32::INFINITE,
        (hour, minute, second) in (0..24_u8, 0..60_u8, 0..61_u8),
        nanosecond in 0..1_000_000_000_u32,
        zone in prop::option::of((any::<bool>(), 0..24_u8, 0..60_u8)),
        (year, month, day) in (0..10_000_u16, 1..13_u8, 1..29_u8),
    ) {
        let mut time = format!("{hour:02}{minute:02}{second:02}.{nanosecond:09}");
        if let Some((is_ahead, hours, minutes)) = zone {
            write!(time, "{}{hours:02}{minutes:02}", if is_ahead { '+' } else { '-' }).unwrap();
        }
        let time = Time::parse(&time).unwrap();
        prop_assert_eq!(time.nanosecond(), nanosecond);
        let date = Date::new(year, month, day).unwrap();
        for (format, value) in [
            (Format::INT, Value::Int(number)),
            (Format::FLOAT, Value::Float(float)),
            (Format::TIME, Value::Time(time)),
            (Format::DATE, Value::Date(date)),
            (Format::BOOL, Value::Bool(number > 0)),
        ] {
            let printed = value.to_string();
            prop_assert_eq!(format.value(Some(printed.as_bytes())), Ok(value));
        }
        let stamp = Timestamp::new(date, Time::new(hour, minute, second).unwrap()).unwrap();
        prop_assert_eq!(Timestamp::parse(&stamp.to_string()), Some(stamp));
    }
}
