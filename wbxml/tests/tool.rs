//! The tool as people run it: what it prints and writes, and how it fails.
#![cfg(feature = "cli")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use support::{fixtures, octets};

/// A folder that is there as long as this is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wbxml-tool-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A file in it.
    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        names_below(&self.0)
    }
}

/// The files in a folder and in its folders, by name.
fn names_below(root: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

impl Drop for Folder {
    fn drop(&mut self) {
        // what is left behind is in the folder for what may be left behind
        _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the tool with `input` on its standard input.
fn tool(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wbxml"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // who does not read it need not
    _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// What the tool prints, where it succeeds.
fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The one line on standard error of a run that fails and prints nothing.
fn failure(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{arguments:?}");
    assert_eq!(message.matches('\n').count(), 1, "{arguments:?}: {message}");
    message.trim_end().to_owned()
}

/// A dump's column of octets, each line at the offset that it names.
fn dumped_octets(dump: &str) -> Vec<u8> {
    let title = dump.lines().next().unwrap();
    let column = |name: &str| title.find(name).unwrap();
    let mut all = Vec::new();
    for line in dump.lines().skip(1) {
        assert!(line.starts_with("  ") || line.starts_with("! "), "{line:?}");
        let end = line.len().min(column("token"));
        let shown = octets(line.get(column("octets")..end).unwrap_or_default());
        if !shown.is_empty() {
            let offset = usize::from_str_radix(line[column("offset")..column("octets")].trim(), 16).unwrap();
            assert_eq!(offset, all.len(), "{line:?}");
        }
        all.extend(shown);
    }
    all
}

/// Dumps these files in one run: each octet of each is there once and in order. How many of them have a fault.
fn dump_shows_every_octet(files: &[(String, Vec<u8>)]) -> usize {
    assert!(files.len() > 1);
    let arguments: Vec<&str> = ["dump"].into_iter().chain(files.iter().map(|(path, _)| path.as_str())).collect();
    let output = tool(&arguments, b"");
    let faults = String::from_utf8(output.stderr).unwrap().lines().count();
    assert_eq!(output.status.code(), Some(if faults > 0 { 2 } else { 0 }));
    let dump = String::from_utf8(output.stdout).unwrap();
    let mut dumps = dump.split("==> ").skip(1);
    for (path, content) in files {
        let one = dumps.next().unwrap().strip_prefix(&format!("{path} <==\n")).unwrap();
        assert_eq!(dumped_octets(one.trim_end_matches('\n')), *content, "{path}");
    }
    assert_eq!(dumps.next(), None);
    faults
}

#[test]
fn dump_shows_every_octet_of_every_fixture_whole_or_cut_off() {
    let folder = Folder::new("cuts");
    let mut files = Vec::new();
    for fixture in fixtures() {
        for length in 0..=fixture.octets.len() {
            let cut = &fixture.octets[..length];
            files.push((folder.file(&format!("{}-{length}.wbxml", fixture.name), cut), cut.to_vec()));
        }
    }
    for (name, xml) in support::xml_fixtures() {
        files.push((folder.file(&format!("{name}.xml"), &xml), xml));
    }
    let faults = dump_shows_every_octet(&files);
    println!("dump: {} documents and cuts of them, {faults} with a fault", files.len());
}

#[test]
fn dump_shows_every_octet_of_documents_with_one_octet_changed_and_of_noise() {
    let folder = Folder::new("noise");
    let mut files = Vec::new();
    // xorshift: the same octets in every run
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for fixture in fixtures() {
        for round in 0..40 {
            let mut changed = fixture.octets.clone();
            let at = usize::try_from(random()).unwrap() % changed.len();
            changed[at] = random().to_le_bytes()[3];
            files.push((folder.file(&format!("{}-{round}.wbxml", fixture.name), &changed), changed));
        }
    }
    for round in 0..200 {
        let length = usize::try_from(random()).unwrap() % 300;
        let mut noise: Vec<u8> = (0..length).map(|_| random().to_le_bytes()[3]).collect();
        // half of them with a header in front, so that there is a body
        if round % 2 == 0 {
            noise.splice(..0, *b"\x03\x0B\x6A\x00\x45");
        }
        files.push((folder.file(&format!("noise-{round}.wbxml"), &noise), noise));
    }
    let faults = dump_shows_every_octet(&files);
    println!("dump: {} changed documents and noise, {faults} with a fault", files.len());
    // and as XML: what is not written is a line that says why, strict or not
    for (index, arguments) in [&["to-xml"][..], &["to-xml", "--lenient", "--lossy"]].into_iter().enumerate() {
        let out = format!("out-{index}");
        let output = tool(&[arguments, &["-o", &folder.path(&out), &folder.path("")]].concat(), b"");
        let messages = String::from_utf8(output.stderr).unwrap();
        let failures = messages.lines().filter(|line| !line.starts_with("wbxml: warning: ")).count();
        let written = names_below(&folder.0.join(&out)).len();
        assert_eq!((output.status.code(), written + failures), (Some(2), files.len()), "{messages}");
        println!("{arguments:?}: {written} of them are written as XML");
    }
}

#[test]
fn dump_shows_every_octet_of_the_corpus() {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    for kind in ["wbxml", "bin"] {
        support::corpus_of(kind, "dump", |path, document| {
            files.push((root.join(path).to_str().unwrap().to_owned(), document.to_vec()));
        });
    }
    if !files.is_empty() {
        let faults = dump_shows_every_octet(&files);
        println!("dump: {} files of the corpus, {faults} with a fault", files.len());
    }
}

/// Whatever there is in the corpus is converted, or a line says why not.
#[test]
fn the_corpus_is_converted_both_ways() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    for (command, kind, ending) in [("to-xml", "wbxml", "xml"), ("from-xml", "xml", "wbxml")] {
        let mut is_there = false;
        support::corpus_of(kind, command, |_, _| is_there = true);
        if !is_there {
            continue;
        }
        let ending_before = format!(".{kind}");
        let expected = names_below(&root).iter().filter(|name| name.to_lowercase().ends_with(&ending_before)).count();
        let folder = Folder::new(&format!("corpus-{command}"));
        let out = folder.path("");
        let output = tool(&[command, "-o", &out, root.to_str().unwrap()], b"");
        let messages = String::from_utf8(output.stderr).unwrap();
        let failures = messages.lines().filter(|line| line.starts_with(&format!("wbxml: {}", root.display()))).count();
        assert_eq!(failures, messages.lines().count(), "{messages}");
        assert_eq!(output.status.code(), Some(if failures > 0 { 2 } else { 0 }));
        let names = folder.names();
        assert!(names.iter().all(|name| name.ends_with(ending)), "{names:?}");
        assert_eq!(names.len() + failures, expected);
        println!("{command}: {} documents of the corpus converted, {failures} faulty", names.len());
    }
}

/// What a person sees, line by line: every construct of an attribute list, and documents inside documents.
#[test]
fn dump_is_a_table_of_offset_octets_token_and_meaning() {
    for (name, expected) in
        [("attributes", include_str!("data/attributes.dump")), ("embedded", include_str!("data/embedded.dump"))]
    {
        let fixture = fixtures().into_iter().find(|fixture| fixture.name == name).unwrap();
        assert_eq!(printed(&["dump", "-"], &fixture.octets), expected, "{name}");
    }
}

#[test]
fn dump_says_of_xml_that_it_is_xml() {
    let xml = b"<?xml version=\"1.0\"?>\n<SyncML/>\n";
    let output = tool(&["dump", "-"], xml);
    let dump = String::from_utf8(output.stdout).unwrap();
    assert!(dump.lines().nth(1).unwrap().contains("this is XML, not WBXML"), "{dump}");
    assert_eq!(dumped_octets(&dump), xml);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message, "wbxml: standard input: this is XML, not WBXML: `wbxml from-xml` makes WBXML of it\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn dump_wraps_long_strings_and_escapes_what_no_terminal_should_see() {
    let mut document = b"\x03\x01\x6A\x00\x45\x03".to_vec();
    let text = format!("\u{1B}[2J\u{202E}\"\\{}", "0123456789".repeat(40));
    document.extend(text.as_bytes());
    document.extend(b"\0\x01");
    let dump = printed(&["dump", "-"], &document);
    assert_eq!(dumped_octets(&dump), document);
    let shown: String =
        dump.lines().filter_map(|line| Some(line.split_once('"')?.1.strip_suffix('"').unwrap())).collect();
    assert_eq!(shown, format!("\\u{{1b}}[2J\\u{{202e}}\\\"\\\\{}", "0123456789".repeat(40)));
    assert!(dump.lines().all(|line| line.chars().count() <= 130), "{dump}");
}

/// Nothing grows with the depth but the number that tells it, and nothing recurses.
#[test]
fn dump_of_deep_elements_stays_narrow() {
    let document = [b"\x03\x01\x6A\x00", &[0x45; 200][..], &[0x01; 200]].concat();
    let dump = printed(&["dump", "-"], &document);
    assert_eq!(dumped_octets(&dump), document);
    assert!(dump.contains("(199) <00:05>\n") && dump.contains("(199) </00:05>\n"), "{dump}");
    assert!(dump.lines().all(|line| line.len() <= 130));
}

#[test]
fn vocabularies_are_listed_and_taken_by_all_that_the_list_says() {
    let list = printed(&["vocabularies"], b"");
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines[0].split_whitespace().next(), Some("name"));
    assert!(lines.contains(
        &"PROV 1.0         0x0B  -//WAPFORUM//DTD PROV 1.0//EN  wap-provisioningdoc      4     5         110      67"
    ), "{list}");
    assert_eq!(lines.len(), 12);
    // <root/> of a document that names nothing
    let anonymous = b"\x03\x01\x6A\x00\x05";
    for line in &lines[1..] {
        let name = &line[..10];
        let formal = &line[line.find("-//").unwrap()..line.find("//EN").unwrap() + 4];
        let number = line[10..].split_whitespace().next().unwrap();
        let root = format!("read as {}\n", name.trim());
        let mut names = vec![name.trim().to_owned(), name.replace(' ', "").to_uppercase(), name.to_lowercase()];
        names.push(formal.to_owned());
        if let Some(digits) = number.strip_prefix("0x") {
            names.push(number.to_owned());
            names.push(u32::from_str_radix(digits, 16).unwrap().to_string());
        }
        for name in names {
            let dump = printed(&["dump", "-l", &name, "-"], anonymous);
            assert!(dump.contains(&root) || name == number, "{name}: {dump}");
        }
    }
}

#[test]
fn a_vocabulary_that_is_asked_for_overrules_the_document() {
    for (document, is_unknown) in [
        (&b"\x03\x0B\x6A\x00\x2D"[..], false),
        (b"\x03\x84\x3A\x6A\x00\x2D", true),
        (b"\x03\x00\x00\x6A\x1E-//WAPFORUM//DTD PROV 1.0//EN\0\x2D", false),
        (b"\x03\x00\x00\x6A\x06-//XY\0\x2D", true),
        (b"\x03\x00\x09\x6A\x06-//XY\0\x2D", true),
    ] {
        let own = printed(&["dump", "-"], document);
        assert_eq!(own.contains("not known, tokens stay numbers"), is_unknown, "{own}");
        assert!(!own.contains("SyncML"), "{own}");
        let asked = printed(&["dump", "-l", "syncml1.2", "-"], document);
        assert!(asked.ends_with(" <SyncML/>\n"), "{asked}");
    }
}

#[test]
fn one_document_goes_from_standard_input_to_standard_output_or_into_a_file() {
    let folder = Folder::new("one");
    let document = b"\x03\x0B\x6A\x00\x45\x01";
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE wap-provisioningdoc PUBLIC \
               \"-//WAPFORUM//DTD PROV 1.0//EN\" \"http://www.wapforum.org/DTD/prov.dtd\">\n\
               <wap-provisioningdoc></wap-provisioningdoc>\n";
    let file = folder.file("a.wbxml", document);
    for arguments in [&["to-xml", "-"][..], &["to-xml", "-o", "-", "-"], &["to-xml", &file]] {
        assert_eq!(printed(arguments, document), xml, "{arguments:?}");
    }
    // into a file, over a file, into a folder that is there and into one that is not
    let (out, new) = (folder.path("out.xml"), folder.path("new/folder/"));
    for _ in 0..2 {
        assert_eq!(printed(&["to-xml", "-o", &out, "-"], document), "");
        assert_eq!(folder.read("out.xml"), xml.as_bytes());
    }
    assert_eq!(printed(&["to-xml", "-o", &folder.path(""), &file], b""), "");
    assert_eq!(printed(&["to-xml", "-o", &new, "-"], document), "");
    assert_eq!(folder.names(), ["a.wbxml", "a.xml", "new/folder/stdin.xml", "out.xml"]);
    assert_eq!((folder.read("a.xml"), folder.read("new/folder/stdin.xml")), (xml.into(), xml.into()));
}

#[test]
fn a_folder_becomes_a_folder_and_what_fails_stops_nothing_else() {
    let folder = Folder::new("folders");
    let (good, bad) = (&b"\x03\x01\x6A\x02x\0\x44\x00\x01"[..], &b"\x03\x01\x6A\x02x\0\x44\x00\x03abc"[..]);
    folder.file("in/a.wbxml", good);
    folder.file("in/b.wbxml", bad);
    folder.file("in/c/a.WBXML", good);
    folder.file("in/c/d.e.wbxml", good);
    folder.file("in/read.me", b"no document");
    let other = folder.file("capture.bin", good);
    let again = folder.file("again/a.wbxml", good);
    // a file that stood in the way of one that cannot be converted stays
    folder.file("out/b.xml", b"what was here");
    let output = tool(&["to-xml", "-o", &folder.path("out"), &folder.path("in"), &other, &again], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let messages = String::from_utf8(output.stderr).unwrap();
    let path = |name| folder.path(name);
    assert_eq!(
        messages,
        format!(
            "wbxml: {}: the document ends inside this token, at octet 8 (0x8): 03 01 6A 02 78 00 44 00 [03] 61 62 63\n\
             wbxml: {again}: another file of this run went there already: {}\n",
            path("in/b.wbxml"),
            path("out/a.xml")
        )
    );
    let mut names = folder.names();
    names.retain(|name| name.starts_with("out"));
    assert_eq!(names, ["out/a.xml", "out/b.xml", "out/c/a.xml", "out/c/d.e.xml", "out/capture.bin.xml"]);
    assert_eq!(folder.read("out/b.xml"), b"what was here");
    assert!(folder.read("out/c/a.xml").ends_with(b"<x></x>\n"));
}

/// A link stays a link, permissions stay, and what is no file is written to as it is.
#[cfg(unix)]
#[test]
fn what_is_written_over_stays_what_it_is() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("links");
    let file = folder.file("file.xml", b"");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, folder.path("link.xml")).unwrap();
    let document = b"\x03\x01\x6A\x02x\0\x04\x00";
    assert_eq!(printed(&["to-xml", "-o", &folder.path("link.xml"), "-"], document), "");
    assert!(fs::symlink_metadata(folder.path("link.xml")).unwrap().is_symlink());
    assert!(folder.read("file.xml").ends_with(b"<x/>\n"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(printed(&["to-xml", "-o", "/dev/null", "-"], document), "");
    assert_eq!(folder.names(), ["file.xml", "link.xml"]);
}

/// The whole document, by its dump's lines from this token on.
fn dumped_from(document: &[u8], token: &str) -> Vec<String> {
    let dump = printed(&["dump", "-"], document);
    let column = dump.find("token").unwrap();
    let rows = dump.lines().skip(1).map(|line| line.get(column..).unwrap_or_default());
    let mut rows: Vec<String> = rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let start = rows.iter().position(|row| row.starts_with(token)).unwrap();
    rows.split_off(start)
}

fn wbxml(arguments: &[&str], xml: &[u8]) -> Vec<u8> {
    let arguments = [&["from-xml"], arguments, &["-"]].concat();
    let output = tool(&arguments, xml);
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
    output.stdout
}

#[test]
fn xml_is_written_as_it_is_asked_for() {
    let xml = b"<SyncML><SyncHdr><VerDTD>a long text</VerDTD><VerProto>a long text</VerProto></SyncHdr></SyncML>";
    let body = b"\x6D\x6C\x71\x83\x00\x01\x72\x83\x00\x01\x01\x01";
    let inline = b"\x6D\x6C\x71\x03a long text\0\x01\x72\x03a long text\0\x01\x01\x01";
    let table = b"\x0Ca long text\0";
    for (arguments, expected) in [
        (&[][..], [b"\x03\xA4\x01\x6A", &table[..], body].concat()),
        (&["--version", "1.3"], [b"\x03\xA4\x01\x6A", &table[..], body].concat()),
        (&["--version", "1.2"], [b"\x02\xA4\x01\x6A", &table[..], body].concat()),
        (&["--version", "1.1"], [b"\x01\xA4\x01\x6A", &table[..], body].concat()),
        (&["--version", "1.0"], [b"\x00\xA4\x01", &table[..], body].concat()),
        (&["--no-string-table"], [&b"\x03\xA4\x01\x6A\x00"[..], inline].concat()),
        (&["--anonymous"], [b"\x03\x01\x6A", &table[..], body].concat()),
        (&["--anonymous", "--no-string-table"], [&b"\x03\x01\x6A\x00"[..], inline].concat()),
        (&["-l", "SyncML1.1"], [b"\x03\x9F\x53\x6A", &table[..], body].concat()),
        (&["-l", "0x0FD1", "--version", "1.1"], [b"\x01\x9F\x51\x6A", &table[..], body].concat()),
    ] {
        assert_eq!(wbxml(arguments, xml), expected, "{arguments:?}");
    }
}

/// What lays out XML is not in the WBXML, and what may be text is (XML 1.0, 2.10).
#[test]
fn white_space_between_elements_is_left_out_where_it_can_be_nothing_but_layout() {
    for (xml, layout, text) in [
        // elements in elements, and in those only
        ("<a>\n  <b/>\n\t<b> </b> \r\n</a>", "<a><b/><b> </b></a>", "<a>\n  <b/>\n\t<b> </b> \r\n</a>"),
        // text beside elements, in an element around them, behind them
        ("<a>t <b/> <b/></a>", "<a>t <b/> <b/></a>", "<a>t <b/> <b/></a>"),
        ("<a>t<b> <c/> </b></a>", "<a>t<b> <c/> </b></a>", "<a>t<b> <c/> </b></a>"),
        ("<a> <b> <c/> </b>t</a>", "<a> <b> <c/> </b>t</a>", "<a> <b> <c/> </b>t</a>"),
        ("<a> <b> <c/>t</b> </a>", "<a><b> <c/>t</b></a>", "<a> <b> <c/>t</b> </a>"),
        // a character that somebody has written as one, and a CDATA section
        ("<a>&#32;<b/> </a>", "<a> <b/> </a>", "<a> <b/> </a>"),
        ("<a><![CDATA[ ]]><b/> </a>", "<a> <b/> </a>", "<a> <b/> </a>"),
        // no element, no layout
        ("<a>\n</a>", "<a>\n</a>", "<a>\n</a>"),
        // comments are nothing
        ("<a> <!-- --> <b/></a>", "<a><b/></a>", "<a>  <b/></a>"),
    ] {
        let (layout, text) = (layout.replace('\r', ""), text.replace('\r', ""));
        let with_all = wbxml(&["--keep-white-space", "--no-string-table"], text.as_bytes());
        let without = wbxml(&["--keep-white-space", "--no-string-table"], layout.as_bytes());
        assert_eq!(wbxml(&["--no-string-table"], xml.as_bytes()), without, "{xml}");
        assert_eq!(wbxml(&["--no-string-table", "--keep-white-space"], xml.as_bytes()), with_all, "{xml}");
    }
    let preserved = "<a> <b xml:space=\"preserve\"> <c/> </b> </a>";
    let rows = dumped_from(&wbxml(&[], preserved.as_bytes()), "LITERAL_C");
    assert_eq!(rows.iter().filter(|row| row.starts_with("STR_")).count(), 3, "{rows:?}"); // the value, and two blanks
}

#[test]
fn wbxml_is_written_as_it_is_asked_for() {
    let document =
        b"\x03\x01\x6A\x0Ba\0bb\0cc\0dd\0\xC4\x00\x04\x05\x03v\0\x04\x02\x03u\0\x01\x44\x05\x01\x44\x08\x03t\0\x01\x01";
    for (arguments, expected) in [
        (&["--compact"][..], "<a cc=\"v\" bb=\"u\"><cc></cc><dd>t</dd></a>"),
        (&[], "<a cc=\"v\" bb=\"u\">\n  <cc></cc>\n  <dd>t</dd>\n</a>\n"),
        (&["--indent", "2"], "<a cc=\"v\" bb=\"u\">\n  <cc></cc>\n  <dd>t</dd>\n</a>\n"),
        (&["--indent", "0"], "<a cc=\"v\" bb=\"u\">\n<cc></cc>\n<dd>t</dd>\n</a>\n"),
        (&["--canonical"], "<a bb=\"u\" cc=\"v\"><cc></cc><dd>t</dd></a>"),
    ] {
        let xml = printed(&[&["to-xml"], arguments, &["-"]].concat(), document);
        let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap_or(&xml);
        assert_eq!(body, expected, "{arguments:?}");
        assert_eq!(body.len() == xml.len(), arguments == ["--canonical"]);
    }
    let other = tool(&["to-xml", "--compact", "--canonical", "-"], document);
    assert_eq!((other.status.code(), other.stdout.len()), (Some(2), 0));
}

#[test]
fn what_xml_cannot_say_is_an_error_or_lost_on_demand() {
    for (document, fault, lossy) in [
        (&b"\x03\x01\x6A\x02a\0\x44\x00\x03x\x02y\0\x01"[..], "U+0002", "<a>x\u{FFFD}y</a>"),
        (b"\x03\x0B\x6A\x00\x85\x05\x03v\0\x05\x03w\0\x01", "twice", "<wap-provisioningdoc name=\"v\"/>"),
    ] {
        assert!(failure(&["to-xml", "-"], document).contains(fault));
        assert!(printed(&["to-xml", "--compact", "--lossy", "-"], document).ends_with(lossy));
    }
}

/// To XML, back and to XML again: the same canonical form, in all layouts, with names and without, whatever the string
/// table.
#[test]
fn every_fixture_that_xml_can_say_comes_back() {
    /// A doubled attribute, octets that are no text, text outside of an element.
    const NOT_IN_XML: [&str; 3] = ["attributes", "utf-16le", "version-1.0"];
    let folder = Folder::new("back");
    let mut count = 0;
    for fixture in fixtures().iter().filter(|fixture| !NOT_IN_XML.contains(&fixture.name.as_str())) {
        folder.file(&format!("wbxml/{}.wbxml", fixture.name), &fixture.octets);
        count += 1;
    }
    let all = |command: &[&str], from: &str, to: &str| {
        let (from, to) = (folder.path(from), folder.path(to));
        assert_eq!(printed(&[command, &["-o", &to, &from]].concat(), b""), "");
        names_below(Path::new(&to)).iter().map(|name| fs::read(Path::new(&to).join(name)).unwrap()).collect::<Vec<_>>()
    };
    for (index, (layout, back)) in [
        (&["--compact"][..], &["--keep-white-space"][..]),
        (&["--canonical"], &["--no-string-table"]),
        (&["--indent", "3"], &[]),
        (&[], &[]),
    ]
    .into_iter()
    .enumerate()
    {
        let (first, again) = (format!("xml-{index}"), format!("again-{index}"));
        let canonical = all(&["to-xml", "--canonical"], "wbxml", "canonical");
        assert_eq!(canonical.len(), count);
        all(&[&["to-xml"], layout].concat(), "wbxml", &first);
        all(&[&["from-xml"], back].concat(), &first, &again);
        assert_eq!(all(&["to-xml", "--canonical"], &again, &format!("end-{index}")), canonical, "{layout:?}");
    }
    println!("there and back: {count} fixtures, four times each");
}

/// The same from XML, with a document that does not say what it is.
#[test]
fn every_xml_fixture_comes_back() {
    for (name, xml) in support::xml_fixtures() {
        let canonical = |octets: &[u8], vocabulary: &[&str]| {
            printed(&[&["to-xml", "--canonical"], vocabulary, &["-"]].concat(), octets)
        };
        let named = canonical(&wbxml(&[], &xml), &[]);
        let vocabulary = if named.starts_with("<wap") {
            "PROV1.0"
        } else if named.starts_with("<Mgmt") {
            "DMDDF1.2"
        } else {
            "SYNCML1.2"
        };
        assert_eq!(canonical(&wbxml(&["--anonymous"], &xml), &["-l", vocabulary]), named, "{name}");
        assert_eq!(canonical(&wbxml(&["--version", "1.1"], named.as_bytes()), &[]), named, "{name}");
    }
}

#[test]
fn xml_in_another_charset_is_read() {
    let utf16: Vec<u8> = "\u{FEFF}<Data>\u{E9}\u{4E2D}</Data>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Data>\xE9</Data>";
    for (xml, text) in [(&utf16[..], "\u{E9}\u{4E2D}"), (latin, "\u{E9}")] {
        let rows = dumped_from(&wbxml(&["-l", "SyncML1.2"], xml), "TAG");
        assert_eq!(rows, ["TAG 00:0F <Data>", &format!("STR_I \"{text}\""), "END </Data>"]);
    }
}

#[test]
fn text_is_shown_in_the_charset_of_the_document_or_in_the_one_that_is_asked_for() {
    let document = |charset: &[u8], text: &[u8]| [b"\x03\x01", charset, b"\x00\x45\x03", text, b"\x01"].concat();
    for (charset, text, arguments, shown) in [
        (&b"\x6A"[..], &b"caf\xC3\xA9\0"[..], &[][..], "\"café\""),
        (b"\x04", b"caf\xE9\0", &[], "\"café\""),
        (b"\x00", b"caf\xC3\xA9\0", &[], "\"café\""),
        (b"\x00", b"caf\xE9\0", &["-c", "ISO-8859-1"], "\"café\""),
        (b"\x00", b"caf\xE9\0", &["-c", "4"], "\"café\""),
        (b"\x6A", b"caf\xC3\xA9\0", &["-c", "latin1"], "\"café\""),
        (b"\x11", b"\x83J\0", &[], "\"カ\""),
        (b"\x87\x77", b"\x30\xAB\0\0", &[], "\"カ\""),
        (b"\x6A", b"caf\xE9\0", &[], "|.caf..|  the octets are no text in the document's charset"),
    ] {
        let document = document(charset, text);
        let arguments = [&["dump"], arguments, &["-"]].concat();
        let output = tool(&arguments, &document);
        let dump = String::from_utf8(output.stdout).unwrap();
        assert!(dump.contains(&format!("  {shown}\n")), "{dump}");
        assert_eq!(dumped_octets(&dump), document);
        assert_eq!(dump.contains("\n! "), shown.starts_with('|'), "{dump}");
    }
}

/// Lenient reading goes on, and each thing forgiven is said once: in its place, or as a warning.
#[test]
fn what_is_forgiven_is_said() {
    // version 1.1 with OPAQUE in a value, an empty attribute list, octets behind the body
    let document = b"\x01\x0B\x6A\x00\x45\x87\x06\xC3\x01v\x01\x87\x01\x01tail";
    let strict = failure(&["to-xml", "-"], document);
    assert!(strict.starts_with("wbxml: standard input: token 0xc3 is not allowed in an attribute list, at octet 7"));
    let output = tool(&["to-xml", "--compact", "--lenient", "-"], document);
    let xml = String::from_utf8(output.stdout).unwrap();
    assert!(xml.ends_with("<wap-provisioningdoc><parm value=\"v\"/><parm/></wap-provisioningdoc>"), "{xml}");
    assert_eq!(output.status.code(), Some(0));
    let warnings = String::from_utf8(output.stderr).unwrap();
    let of = |what, around| format!("wbxml: warning: standard input: {what}: {around}\n");
    assert_eq!(
        warnings,
        [
            of(
                "this version has no opaque data in an attribute list, at octet 7 (0x7)",
                "01 0B 6A 00 45 87 06 [C3] 01 76 01 87 01 01 74 61"
            ),
            of("an attribute list is empty, at octet 12 (0xc)", "45 87 06 C3 01 76 01 87 [01] 01 74 61 69 6C"),
            of("octets follow the end of the body, at octet 14 (0xe)", "06 C3 01 76 01 87 01 01 [74] 61 69 6C"),
        ]
        .concat()
    );
    let dump = printed(&["dump", "--lenient", "-"], document);
    assert_eq!(dumped_octets(&dump), document);
    let marked: Vec<&str> = dump.lines().filter(|line| line.starts_with('!')).collect();
    assert_eq!(marked.len(), 4, "{dump}");
    for (line, part) in marked.iter().zip(["opaque data in", "list is empty", "octets follow", "|tail|"]) {
        assert!(line.contains(part), "{dump}");
    }
    // more than anybody wants to read
    let many = [b"\x03\x0B\x6A\x00\x45", &b"\x87\x01".repeat(100)[..], b"\x01"].concat();
    let output = tool(&["to-xml", "--lenient", "-"], &many);
    let warnings = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), warnings.lines().count()), (Some(0), 65));
    assert!(warnings.ends_with("wbxml: warning: standard input: 36 more\n"), "{warnings}");
    assert_eq!(printed(&["dump", "--lenient", "-"], &many).matches("an attribute list is empty").count(), 100);
}

/// A document inside a document is one more level, with the offsets of the file.
#[test]
fn a_document_inside_a_document_is_shown_as_one() {
    let inner = b"\x03\x0B\x6A\x00\x45\x87\x07\x01\x01";
    let outer = |inner: &[u8]| {
        let length = u8::try_from(inner.len()).unwrap();
        [b"\x03\xA4\x01\x6A\x00\x6D\x4F\xC3", &[length][..], inner, b"\x01\x0F\x01"].concat()
    };
    let document = outer(&outer(inner));
    let dump = printed(&["dump", "-"], &document);
    assert_eq!(dumped_octets(&dump), document);
    for line in [
        "  000013  0B                       public id                    0x0B: PROV 1.0\n",
        "  000016  45                       TAG 00:05                    <wap-provisioningdoc>\n",
        "  000018  07                       ATTRSTART 00:07                  name=\"NAME\"\n",
        "  00001A  01                       END                          </wap-provisioningdoc>\n",
        "  00001D  01                       END                    </SyncML>\n",
        "  000020  01                       END              </SyncML>\n",
    ] {
        assert!(dump.contains(line), "{line}: {dump}");
    }
    // what has a fault is no document, but octets
    let broken = outer(&outer(b"\x03\x0B\x6A\x00\x45\x87\x43\x01\x01"));
    let dump = printed(&["dump", "-"], &broken);
    assert_eq!(dumped_octets(&dump), broken);
    assert_eq!(dump.matches("a WBXML document").count(), 1, "{dump}");
    assert!(dump.contains("  |..j.E.C.|\n"), "{dump}");
}

#[test]
fn what_is_wrong_is_said_in_one_line_with_its_octet() {
    let folder = Folder::new("errors");
    folder.file("empty/read.me", b"");
    let empty = folder.path("empty");
    let (nowhere, under) = (folder.path("nowhere.wbxml"), folder.path("empty/read.me/x.xml"));
    let lost = folder.path("lost/x.xml");
    let good = b"\x03\x01\x6A\x02x\0\x04\x00";
    for (arguments, input, expected) in [
        (&["to-xml", &nowhere][..], &b""[..], format!("{nowhere}: No such file or directory (os error 2)")),
        (&["dump", &nowhere], b"", format!("{nowhere}: No such file or directory (os error 2)")),
        (&["to-xml", &empty, "-o", &empty], b"", format!("{empty}: no .wbxml file is in this folder")),
        (&["dump", &empty], b"", format!("{empty}: no .wbxml file is in this folder")),
        (&["to-xml", "-o", &under, "-"], good, format!("{under}: Not a directory (os error 20)")),
        (&["to-xml", "-o", &lost, "-"], good, format!("{lost}: No such file or directory (os error 2)")),
        (&["to-xml", &nowhere, "-"], good, String::from("several files need a folder to go to: -o FOLDER")),
        (&["to-xml", &empty], good, String::from("several files need a folder to go to: -o FOLDER")),
        (
            &["to-xml", "-"],
            b"",
            String::from("standard input: the document ends inside this token, at octet 0 (0x0): [end]"),
        ),
        (
            &["to-xml", "-"],
            b"\x47\x49\x46\x38\x39\x61",
            String::from("standard input: version octet 0x47 is not WBXML 1.x, at octet 0 (0x0): [47] 49 46 38 39 61"),
        ),
        (
            &["to-xml", "-"],
            b"\x03\x0B\x6A\x00\xC5\x05\x03v\0\x43\x05\x01\x01",
            String::from(
                "standard input: token 0x43 is not allowed in an attribute list, at octet 9 (0x9): \
                 0B 6A 00 C5 05 03 76 00 [43] 05 01 01",
            ),
        ),
        (&["to-xml", "-"], b" <x/>", String::from("standard input: this is XML already")),
    ] {
        assert_eq!(failure(arguments, input), format!("wbxml: {expected}"), "{arguments:?}");
    }
}

#[test]
fn help_has_examples_and_usage_errors_have_status_2() {
    for (arguments, parts) in [
        (&["--help"][..], &["Examples:", "wbxml to-xml message.wbxml", "Exit status:"][..]),
        (&["to-xml", "--help"], &["Examples:", "wbxml to-xml -o readable captures", "--vocabulary <VOCABULARY>"]),
        (&["from-xml", "--help"], &["Examples:", "wbxml from-xml -o message.wbxml message.xml", "1.0, 1.1, 1.2, 1.3"]),
        (&["dump", "--help"], &["Examples:", "wbxml dump message.wbxml", "--vocabulary <VOCABULARY>"]),
        (&["vocabularies", "--help"], &["Examples:", "wbxml vocabularies"]),
    ] {
        let help = printed(arguments, b"");
        for part in parts {
            assert!(help.contains(part), "{part}: {help}");
        }
    }
    assert_eq!(printed(&["--version"], b""), concat!("wbxml ", env!("CARGO_PKG_VERSION"), "\n"));
    for arguments in [
        &[][..],
        &["to-xml"],
        &["dump"],
        &["from-xml"],
        &["from-xml", "--version", "2.0", "-"],
        &["dump", "-c", "EBCDIC", "-"],
        &["dump", "-l", "WML 9", "-"],
        &["vocabularies", "-"],
    ] {
        let output = tool(arguments, b"");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    let unknown = String::from_utf8(tool(&["dump", "-l", "WML 9", "-"], b"").stderr).unwrap();
    assert!(unknown.contains("no such vocabulary; `wbxml vocabularies` lists those there are"), "{unknown}");
}

/// Whoever reads the output may have seen enough: `wbxml dump FILE | head`.
#[test]
fn a_broken_pipe_is_no_error() {
    let folder = Folder::new("pipe");
    let document = [b"\x03\x01\x6A\x00\x45", &[0x05; 100_000][..], b"\x01"].concat();
    let file = folder.file("long.wbxml", &document);
    let named = folder.file("named.wbxml", &[b"\x03\x0B\x6A\x00\x45", &[0x07; 100_000][..], b"\x01"].concat());
    for (command, file) in [("dump", &file), ("to-xml", &named)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wbxml"))
            .args([command, file])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
    }
}
