//! Profiles as tables in text: what is read, what is refused and where, and what is written.
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

use poc_mo::profile::{
    Access, Format, Interior, Mismatch, Name, Names, Occurrence, PROVISIONAL, Profile, Row, TableFault, TableNames,
};
use poc_mo::{ErrorKind, Field};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The row of a setting as a table has it.
fn row(table: &str, field: Field) -> Row<'_> {
    let names = Box::leak(Box::new(TableNames::new(table, &PROVISIONAL).unwrap()));
    *names.rows(&PROVISIONAL).iter().find(|row| row.field == field).unwrap()
}

const T11: fn() -> Row<'static> = || *PROVISIONAL.row(Field::T11).unwrap();

#[test]
fn each_column_is_read_alone() {
    let name = |name, aliases| Name { name, aliases, is_confirmed: false };
    let confirmed = |name: Name<'static>| Name { is_confirmed: true, ..name };
    let (cp, dm) = (T11().cp, T11().dm);
    for (table, expected) in [
        ("field\nt11_ms", T11()),
        ("field\tcp name\nt11_ms\tA B", Row { cp: name("A B", &[]), ..T11() }),
        ("cp aliases\tfield\nA, B c ,d\tt11_ms", Row { cp: name("T11", &["A", "B c", "d"]), ..T11() }),
        ("FIELD\tdm Name\r\nt11_ms\tA/*/B\r\n", Row { dm: name("A/*/B", &[]), ..T11() }),
        ("field\tdm aliases\nt11_ms\tA,b/C", Row { dm: name("T11Timer", &["A", "b/C"]), ..T11() }),
        ("field\tformat\nt11_ms\tchr", Row { format: Format::Chr, ..T11() }),
        ("field\toccurrence\nt11_ms\tZeroOrOne", Row { occurrence: Occurrence::ZeroOrOne, ..T11() }),
        ("field\taccess\nt11_ms\tExec, Add", Row { access: Access::ADD.with(Access::EXEC), ..T11() }),
        ("field\taccess\nt11_ms\t-", Row { access: Access::NONE, ..T11() }),
        ("field\tconfirmed\nt11_ms\tcp", Row { cp: confirmed(cp), ..T11() }),
        ("field\tconfirmed\nt11_ms\tdm,cp", Row { cp: confirmed(cp), dm: confirmed(dm), ..T11() }),
        ("field\tdistinctive\nt11_ms\tno", Row { is_distinctive: false, ..T11() }),
        ("\u{FEFF}\n# x\n \t \n  # y\nfield\tformat\taccess\n\nt11_ms\t \t\t\t", T11()),
    ] {
        assert_eq!(row(table, Field::T11), expected, "{table:?}");
        assert_eq!(row(table, Field::T13), *PROVISIONAL.row(Field::T13).unwrap(), "{table:?}");
    }
}

/// Confirmed is a name, not a setting: another name is not, unless the table says so.
#[test]
fn a_confirmed_name_does_not_confirm_another() {
    for (table, name, is_confirmed) in [
        ("field\tcp name\nname\tNAME", "NAME", true),
        ("field\tcp name\nname\tTITLE", "TITLE", false),
        ("field\tcp name\tconfirmed\nname\tTITLE\tcp", "TITLE", true),
        ("field\tcp name\tconfirmed\nname\tNAME\t-", "NAME", false),
    ] {
        let cp = row(table, Field::Name).cp;
        assert_eq!((cp.name, cp.is_confirmed), (name, is_confirmed), "{table:?}");
    }
}

#[test]
fn lists_take_the_place_of_lists() {
    let table = "field\tcp name\tcp aliases\tdm name\tdm aliases\toccurrence\taccess\tconfirmed\n\
                 app_ids\tx1\tx2,AP0006\n\
                 object_ids\t\t\turn:x\n\
                 interior\t\t\tA\t\tOne\tAdd,Get\tdm\n\
                 interior\t\t\tA/*\n\
                 interior\t\t\tB\n";
    let names = TableNames::new(table, &PROVISIONAL).unwrap();
    let corrected = names.correct(&PROVISIONAL);
    let profile = corrected.profile();
    assert_eq!((profile.app_ids, profile.object_ids), (&["x1", "x2", "AP0006"][..], &["urn:x"][..]));
    let interior = |path, occurrence, access, is_confirmed| Interior { path, occurrence, access, is_confirmed };
    let expected = [
        interior("A", Occurrence::One, Access::GET.with(Access::ADD), true),
        interior("A/*", Occurrence::OneOrMore, Access::GET, false),
        interior("B", Occurrence::ZeroOrOne, Access::GET, false),
    ];
    assert_eq!(profile.interiors, expected);
    assert_eq!(profile.rows, PROVISIONAL.rows);
    let gone = ["ap0001"].into_iter().chain(PROVISIONAL.object_ids.iter().copied());
    assert_eq!(names.mismatches(), gone.map(|id| Mismatch::Identifier(id.into())).collect::<Vec<_>>());

    let empty = "field\tcp name\tdm name\napp_ids\t-\nobject_ids\t\t-\ninterior\t\t-\n";
    let names = TableNames::new(empty, &PROVISIONAL).unwrap();
    let corrected = names.correct(&PROVISIONAL);
    let profile = corrected.profile();
    assert!(profile.app_ids.is_empty() && profile.object_ids.is_empty() && profile.interiors.is_empty());
}

/// What stood above a setting that stands elsewhere now is no longer there, and what is no way to a setting stays.
#[test]
fn interior_nodes_go_with_their_settings() {
    let names = TableNames::new("field\tdm name\ncon_refs\tRefs/*/ConRef\n", &PROVISIONAL).unwrap();
    let corrected = names.correct(&PROVISIONAL);
    let paths: Vec<_> = corrected.profile().interiors.iter().map(|interior| interior.path).collect();
    assert_eq!(paths, ["ToAppRef", "ToAppRef/*", "Ext"]);
}

#[test]
fn a_profile_need_not_have_the_row() {
    let base = Profile { rows: &[], ..PROVISIONAL };
    let names = TableNames::new("field\tcp name\tdm name\tformat\nt11_ms\tA\tB\tchr\n", &base).unwrap();
    let name = |name| Name { name, aliases: &[], is_confirmed: false };
    let row = Row { format: Format::Chr, ..Row::new(Field::T11, name("A"), name("B")) };
    assert_eq!(names.rows(&base), [row]);
}

/// Every fault is told with its line and octet.
#[test]
fn a_fault_is_told_where_it_stands() {
    let value = |column, value: &str, expected| TableFault::Value { column, value: value.into(), expected };
    let access = "of Add, Copy, Delete, Exec, Get and Replace with commas, or -";
    let path = "the path of a node below the account's, 16 names at most";
    let name = "a name without control characters and commas";
    let occurrence = "One, ZeroOrOne, ZeroOrMore or OneOrMore";
    let nothing = "such a row has nothing there";
    let deep = format!("field\tdm name\nt11_ms\t{}", ["d"; 17].join("/"));
    for (table, line, offset, fault) in [
        ("", 1, 0, TableFault::Header),
        ("\n# nothing\n", 1, 0, TableFault::Header),
        ("\ncp name\n", 2, 1, TableFault::Header),
        ("field\tcolour", 1, 6, TableFault::Column("colour".into())),
        ("field\t\tformat", 1, 6, TableFault::Column("".into())),
        ("field\tcp name\tCP NAME", 1, 14, TableFault::Repeated("CP NAME".into())),
        ("field\nt12_ms", 2, 6, TableFault::Field("t12_ms".into())),
        ("\u{FEFF}field\n  T11_MS", 2, 11, TableFault::Field("T11_MS".into())),
        ("field\tcp name\n\tx", 2, 14, TableFault::Field("".into())),
        ("field\nt11_ms\n# x\nt11_ms", 4, 17, TableFault::Repeated("t11_ms".into())),
        ("field\tcp name\napp_ids\ta\napp_ids\ta", 3, 24, TableFault::Repeated("app_ids".into())),
        ("field\nobject_ids\nobject_ids", 3, 17, TableFault::Repeated("object_ids".into())),
        ("field\tdm name\ninterior\tA\ninterior\tA", 3, 25, TableFault::Repeated("A".into())),
        ("field\nt11_ms\t\tx", 2, 14, TableFault::Cell("x".into())),
        ("field\tcp name\nt11_ms\t-", 2, 21, value("cp name", "-", name)),
        ("field\tcp name\nt11_ms\ta,b", 2, 21, value("cp name", "a,b", name)),
        ("field\tcp name\nt11_ms\ta\u{1}", 2, 21, value("cp name", "a\u{1}", name)),
        ("field\tcp aliases\nt11_ms\ta,,b", 2, 24, value("cp aliases", "a,,b", name)),
        ("field\tdm name\nt11_ms\ta//b", 2, 21, value("dm name", "a//b", path)),
        ("field\tdm name\nt11_ms\t./a", 2, 21, value("dm name", "./a", path)),
        ("field\tdm name\nt11_ms\ta?b", 2, 21, value("dm name", "a?b", path)),
        ("field\tdm name\nt11_ms\ta b", 2, 21, value("dm name", "a b", path)),
        (&deep, 2, 21, value("dm name", deep.rsplit('\t').next().unwrap(), path)),
        ("field\tdm aliases\nt11_ms\ta,/b", 2, 24, value("dm aliases", "a,/b", path)),
        ("field\tformat\nt11_ms\tbool", 2, 20, value("format", "bool", "int or chr")),
        ("field\tformat\nname\tint", 2, 18, value("format", "int", "chr")),
        ("field\tformat\nserver_presence\tnode", 2, 29, value("format", "node", "bool, int or chr")),
        ("field\toccurrence\nt11_ms\tOneOrMore", 2, 24, value("occurrence", "OneOrMore", "One or ZeroOrOne")),
        ("field\toccurrence\ncon_refs\tone", 2, 26, value("occurrence", "one", occurrence)),
        ("field\taccess\nt11_ms\tGet,Set", 2, 20, value("access", "Get,Set", access)),
        ("field\tconfirmed\nt11_ms\tyes", 2, 23, value("confirmed", "yes", "cp, dm, both with a comma, or -")),
        ("field\tdistinctive\nt11_ms\t1", 2, 25, value("distinctive", "1", "yes or no")),
        ("field\tformat\napp_ids\tchr", 2, 21, value("format", "chr", nothing)),
        ("field\tdm name\napp_ids\tx", 2, 22, value("dm name", "x", nothing)),
        ("field\tdm name\tformat\ninterior\tA\tchr", 2, 32, value("format", "chr", nothing)),
        ("field\tdm name\taccess\ninterior\t-\tGet", 2, 32, value("access", "Get", nothing)),
        ("field\ninterior", 2, 6, value("field", "interior", "an interior node has a dm name")),
    ] {
        let error = TableNames::new(table, &PROVISIONAL).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (&ErrorKind::Table { line, fault }, Some(offset)), "{table:?}");
        assert_eq!(Names::read(table.as_bytes(), &PROVISIONAL).unwrap_err(), error);
    }
    let base = Profile { rows: &[], ..PROVISIONAL };
    let error = TableNames::new("field\tcp name\nt11_ms\tA\n", &base).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2: t11_ms needs a cp name and a dm name, for the profile has none, at octet 14 (0xe)"
    );
    let error = Names::read(b"field\tcp name\nt11_ms\t\xFF", &PROVISIONAL).unwrap_err();
    assert_eq!(error.to_string(), "\"the table\" is no text, at octet 21 (0x15)");
}

/// A table that differs from what is confirmed, or says one thing of two settings, is read, and this is said.
#[test]
fn what_does_not_meet_the_profile_is_said() {
    for (table, expected) in [
        ("field\tcp name\nt11_ms\tA", vec![]),
        ("field\tcp name\nname\tname", vec!["name is called name, but the confirmed name is NAME"]),
        ("field\tcp name\nt11_ms\tt10", vec!["t10 stands for t10_ms, and for t11_ms as well"]),
        ("field\tcp aliases\nt10_ms\tname,a,A", vec!["name stands for name, and for t10_ms as well"]),
        ("field\tdm name\nt11_ms\tT10Timer", vec!["T10Timer stands for t10_ms, and for t11_ms as well"]),
        ("field\tdm name\nt11_ms\tt10timer", vec![]),
        ("field\tdm aliases\nt13_ms\tAppID", vec!["AppID stands for app_id, and for t13_ms as well"]),
        ("field\tcp name\napp_ids\tAP0001", vec!["the identifier ap0006 is no longer known"]),
    ] {
        let names = TableNames::new(table, &PROVISIONAL).unwrap();
        assert_eq!(names.mismatches().iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{table:?}");
    }
}

/// The cost of a table grows with its length, not faster: each one here has about a megabyte.
#[test]
fn no_table_takes_long() {
    let many = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<Vec<_>>();
    let aliases = many(100_000, &|at| format!("alias{at}")).join(",");
    let interiors = many(60_000, &|at| format!("interior\tNode{at}")).join("\n");
    for table in [
        format!("field\tcp aliases\tdm aliases\nt11_ms\t{aliases}\t{aliases}"),
        format!("field\tdm name\n{interiors}"),
        format!("field\n{}", "\n".repeat(1_000_000)),
        format!("field\nt11_ms{}", "\t".repeat(1_000_000)),
        format!("field\tdm name\nt11_ms\t{}", "a/".repeat(500_000)),
    ] {
        let start = std::time::Instant::now();
        let _ = TableNames::new(&table, &PROVISIONAL);
        let time = start.elapsed();
        assert!(time.as_secs() < 10, "{time:?}");
    }
}

#[test]
fn a_name_that_no_table_can_hold_is_refused() {
    let with = |cp: &'static str, dm: &'static str| {
        let name = |name| Name { name, aliases: &[], is_confirmed: false };
        [Row::new(Field::T11, name(cp), name(dm))]
    };
    for (rows, refused) in [
        (with("", "A"), "\"\""),
        (with("-", "A"), "\"-\""),
        (with("a\tb", "A"), "\"a\\tb\""),
        (with("a,b", "A"), "\"a,b\""),
        (with(" a", "A"), "\" a\""),
        (with("a", "A/"), "\"A/\""),
        (with("a", "A B"), "\"A B\""),
    ] {
        let error = Profile { rows: &rows, ..PROVISIONAL }.to_table().unwrap_err();
        assert_eq!(error.to_string(), format!("{refused} cannot stand in a table"));
    }
    let twice = [T11(), T11()];
    let error = Profile { rows: &twice, ..PROVISIONAL }.to_table().unwrap_err();
    assert_eq!(error.to_string(), "\"t11_ms\" cannot stand in a table");
    let interiors = PROVISIONAL.interiors.repeat(2);
    let error = Profile { interiors: &interiors, ..PROVISIONAL }.to_table().unwrap_err();
    assert_eq!(error.to_string(), "\"ToConRef\" cannot stand in a table");
}

/// Name, aliases, and whether it is confirmed.
type OwnedName = (String, Vec<String>, bool);
type OwnedRow = (Field, [OwnedName; 2], Format, Occurrence, Access, bool);

/// A profile that holds its texts.
#[derive(Clone, Debug)]
struct Owned {
    ids: [Vec<String>; 2],
    rows: Vec<OwnedRow>,
    interiors: Vec<(String, Occurrence, Access, bool)>,
}

fn access() -> impl Strategy<Value = Access> {
    let all = vec![Access::ADD, Access::COPY, Access::DELETE, Access::EXEC, Access::GET, Access::REPLACE];
    subsequence(all, 0..=6).prop_map(|some| some.into_iter().fold(Access::NONE, Access::with))
}

/// Names as they can stand in a table.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9#:. /&-]{1,8}".prop_map(|name| name.trim().to_owned()),
        1 => any::<String>().prop_map(|name| name.replace(|c: char| c.is_control() || c == ',', "x").trim().to_owned()),
    ]
    .prop_filter("a name", |name| !matches!(&**name, "" | "-"))
}

fn path() -> impl Strategy<Value = String> {
    let segment = prop_oneof![4 => "[a-zA-Z0-9_#%-]{1,6}", 1 => Just(String::from("*"))];
    prop::collection::vec(segment, 1..5).prop_map(|path| path.join("/")).prop_filter("a path", |path| path != "-")
}

fn row_of(field: Field) -> impl Strategy<Value = OwnedRow> {
    let format = match PROVISIONAL.row(field).unwrap().format {
        Format::Chr => vec![Format::Chr],
        Format::Bool => Format::ALL.to_vec(),
        Format::Int => vec![Format::Int, Format::Chr],
    };
    let is_list = matches!(field, Field::ConRef | Field::AppRef);
    let occurrences: Vec<_> = Occurrence::ALL.into_iter().filter(|own| is_list || !own.is_many()).collect();
    let cp = (name(), prop::collection::vec(name(), 0..3), any::<bool>());
    let dm = (path(), prop::collection::vec(path(), 0..3), any::<bool>());
    (Just(field), [cp.boxed(), dm.boxed()], select(format), select(occurrences), access(), any::<bool>())
}

fn owned() -> impl Strategy<Value = Owned> {
    let rows = subsequence(Field::ALL.to_vec(), 0..=15)
        .prop_shuffle()
        .prop_flat_map(|fields| fields.into_iter().map(|field| row_of(field).boxed()).collect::<Vec<_>>());
    let interior = (select(Occurrence::ALL.to_vec()), access(), any::<bool>());
    let interiors = prop::collection::btree_map(path(), interior, 0..4);
    let ids = || prop::collection::vec(name(), 0..3);
    ([ids().boxed(), ids().boxed()], rows, interiors).prop_map(|(ids, rows, interiors)| Owned {
        ids,
        rows,
        interiors: interiors
            .into_iter()
            .map(|(path, (occurrence, access, is))| (path, occurrence, access, is))
            .collect(),
    })
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

impl Owned {
    fn with<R>(&self, receive: impl FnOnce(&Profile<'_>) -> R) -> R {
        let aliases: Vec<[Vec<&str>; 2]> =
            self.rows.iter().map(|(_, names, ..)| names.each_ref().map(|(_, aliases, _)| texts(aliases))).collect();
        let rows: Vec<Row<'_>> = self
            .rows
            .iter()
            .zip(&aliases)
            .map(|((field, [cp, dm], format, occurrence, access, is_distinctive), aliases)| Row {
                field: *field,
                cp: Name { name: &cp.0, aliases: &aliases[0], is_confirmed: cp.2 },
                dm: Name { name: &dm.0, aliases: &aliases[1], is_confirmed: dm.2 },
                format: *format,
                occurrence: *occurrence,
                access: *access,
                is_distinctive: *is_distinctive,
            })
            .collect();
        let interiors: Vec<_> = self
            .interiors
            .iter()
            .map(|(path, occurrence, access, is_confirmed)| Interior {
                path,
                occurrence: *occurrence,
                access: *access,
                is_confirmed: *is_confirmed,
            })
            .collect();
        let [app_ids, object_ids] = self.ids.each_ref().map(|ids| texts(ids));
        receive(&Profile { app_ids: &app_ids, object_ids: &object_ids, rows: &rows, interiors: &interiors })
    }
}

proptest! {
    /// Any profile that can stand in a table is the same when it has been read from there, whatever it corrects.
    #[test]
    fn a_profile_is_read_as_it_is_written(owned in owned()) {
        owned.with(|profile| {
            let table = profile.to_table().unwrap();
            let empty = Profile { app_ids: &[], object_ids: &[], rows: &[], interiors: &[] };
            for base in [&empty, profile] {
                let names = TableNames::new(&table, base).unwrap();
                let corrected = names.correct(base);
                prop_assert_eq!(&corrected.profile(), profile);
            }
            let names = Names::read(table.as_bytes(), &PROVISIONAL).unwrap();
            let corrected = names.correct(&PROVISIONAL);
            let read = corrected.profile();
            for row in profile.rows {
                prop_assert_eq!(read.row(row.field), Some(row));
            }
            prop_assert_eq!((read.app_ids, read.object_ids), (profile.app_ids, profile.object_ids));
            prop_assert_eq!(read.interiors, profile.interiors);
            Ok(())
        })?;
    }

    /// No text is more than an error.
    #[test]
    fn no_text_does_harm(
        text in "(field|cp name|t11_ms|con_refs|interior|app_ids|dm name|access|Get|-|#|[a-z/,*]|\\PC|\t|\t|\n|\n|\r){0,40}",
        has_header in any::<bool>(),
    ) {
        let text = if has_header { format!("field\tcp name\tdm name\taccess\n{text}") } else { text };
        if let Ok(names) = TableNames::new(&text, &PROVISIONAL) {
            let corrected = names.correct(&PROVISIONAL);
            let table = corrected.profile().to_table().unwrap();
            let again = TableNames::new(&table, &PROVISIONAL).unwrap();
            prop_assert_eq!(again.correct(&PROVISIONAL), corrected);
        }
    }
}
