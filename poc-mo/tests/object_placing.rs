//! Where a device puts what it is left to place, and what nodes are where nobody has said it (OMA-TS-DM-StdObj, `Inbox`;
//! OMA-TS-DM-TNDS; OMA DM Tree and Description 1.2, properties of nodes).

#![cfg(all(feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

use poc_mo::object::{Answer, Options, Sender, Store};
use poc_mo::syncml::dm::Timestamp;
use poc_mo::syncml::dm::mgmt_tree::{Description, MgmtTree, TndsObject};
use poc_mo::syncml::{Command, Item, MessageReader, MessageWriter, Meta, Request, StatusCode, SyncHdr};
use poc_mo::wbxml::vocabulary::syncml::SYNCML_1_2;
use poc_mo::wbxml::{Limits, Writer, xml};

const PILOT: Sender<'static> = Sender::Server("com.example.pilot");

/// Two kinds of object that get their names at run time, one of them below a node of which that is so too, and one that
/// stands where it stands.
const DDF: &str = "<MgmtTree><VerDTD>1.2</VerDTD>
    <Node><NodeName/><Path>./Set/Radio</Path>
        <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat>
            <Occurrence><ZeroOrN>3</ZeroOrN></Occurrence><DFType><DDFName>urn:x:radio</DDFName></DFType></DFProperties>
        <Node><NodeName>Via</NodeName>
            <DFProperties><AccessType><Get/><Replace/></AccessType><DFFormat><chr/></DFFormat>
                <Occurrence><ZeroOrOne/></Occurrence><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node>
        <Node><NodeName>Port</NodeName>
            <DFProperties><AccessType><Get/><Replace/></AccessType><DFFormat><int/><chr/></DFFormat>
                <Occurrence><ZeroOrOne/></Occurrence><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node>
        <Node><NodeName>Chart</NodeName>
            <DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><bin/></DFFormat>
                <Occurrence><ZeroOrOne/></Occurrence><DFType><MIME>image/tiff</MIME></DFType></DFProperties></Node>
        <Node><NodeName>Note</NodeName>
            <DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><chr/></DFFormat>
                <Occurrence><ZeroOrOne/></Occurrence>
                <DFType><MIME>text/plain</MIME><MIME>text/html</MIME></DFType></DFProperties></Node>
        <Node><NodeName>Channels</NodeName>
            <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat>
                <Occurrence><ZeroOrOne/></Occurrence><DFType><DDFName/></DFType></DFProperties>
            <Node><NodeName/>
                <DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><int/></DFFormat>
                    <Occurrence><ZeroOrMore/></Occurrence><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node>
            <Node><NodeName>Deep</NodeName>
                <DFProperties><AccessType><Add/></AccessType><DFFormat><node/></DFFormat>
                    <Occurrence><ZeroOrOne/></Occurrence><DFType><DDFName>urn:x:deep</DDFName></DFType></DFProperties>
            </Node></Node></Node>
    <Node><NodeName>Mast</NodeName><Path>./Set</Path>
        <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat>
            <Occurrence><ZeroOrOne/></Occurrence><DFType><DDFName>urn:x:mast</DDFName></DFType></DFProperties>
        <Node><NodeName>Use</NodeName>
            <DFProperties><AccessType><Get/></AccessType><DFFormat><chr/></DFFormat>
                <Occurrence><ZeroOrOne/></Occurrence><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node></Node>
    </MgmtTree>";

/// Runs a test on a store with nothing in it.
fn with_store(options: Options, test: impl FnOnce(&mut Store<'_>)) {
    let ddf = MgmtTree::parse(DDF.as_bytes()).unwrap();
    let description = Description::new(&ddf);
    test(&mut Store::with_options(&description, options));
}

/// An object: its name, its identifier, what is below it.
fn object(name: &str, identifier: &str, below: &str) -> String {
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><Format><node/></Format>\
         <Type><DDFName>{identifier}</DDFName></Type></RTProperties>{below}</Node>"
    )
}

fn leaf(name: &str, value: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>")
}

/// Adds a serialised tree, as an item that no message has carried.
fn add(store: &mut Store<'_>, sender: Sender<'_>, target: &str, nodes: &str) -> Answer {
    let document = format!("<MgmtTree><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>");
    let tree = MgmtTree::parse(document.as_bytes()).unwrap();
    let object = TndsObject::elements(&tree).unwrap();
    one(store, sender, &Command::Add(Request::of_item("1", object.item(target).unwrap())))
}

fn one(store: &mut Store<'_>, sender: Sender<'_>, command: &Command<'_>) -> Answer {
    let mut transaction = store.transaction(sender);
    transaction.command(command, |_| StatusCode::OK).unwrap();
    transaction.finish().remove(0)
}

fn item<'a>(uri: &'a str, format: Option<&'a str>, value: &'a str) -> Item<'a> {
    let mut meta = Meta::EMPTY;
    meta.format = format.map(wbxml::Text::new);
    Item::leaf(uri, meta, value)
}

fn get(store: &mut Store<'_>, uri: &str) -> (u16, Option<String>) {
    let answer = one(store, Sender::Device, &Command::Get(Request::of_item("1", item(uri, None, ""))));
    (answer.status.get(), answer.results.first().and_then(|reply| reply.text()).map(str::to_owned))
}

/// What was placed where.
fn placed(answer: &Answer) -> Vec<(&str, &str)> {
    answer.placed.iter().map(|placed| (placed.from.as_str(), placed.to.as_str())).collect()
}

/// What comes to the inbox goes where the device has such objects, under its own name or another one, and references in
/// the same tree follow it (OMA-TS-DM-Bootstrap 1.2; `./Inbox`).
#[test]
fn objects_in_the_inbox_go_where_they_belong() {
    with_store(Options::DEFAULT, |store| {
        let via = leaf("Via", "./Inbox/Mast/Use") + &leaf("Port", "7");
        let both =
            object("North", "urn:x:radio", &via) + &object("Mast", "urn:x:mast", &leaf("Use", "./Inbox/Nowhere"));
        let answer = add(store, PILOT, "./Inbox", &both);
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(placed(&answer), [("North", "./Set/Radio/North"), ("Mast", "./Set/Mast")]);
        assert_eq!(store.text("./Set/Radio/North/Via"), Some("./Set/Mast/Use"));
        // what refers to nothing of the tree stays
        assert_eq!(store.text("./Set/Mast/Use"), Some("./Inbox/Nowhere"));
        // the name is taken, and there is none; the path says inbox, too
        let answer = add(store, PILOT, "./Inbox", &object("North", "urn:x:radio", &leaf("Via", "./Inbox/North/Port")));
        assert_eq!(placed(&answer), [("North", "./Set/Radio/2")]);
        assert_eq!(store.text("./Set/Radio/2/Via"), Some("./Set/Radio/2/Port"));
        let unnamed = object("", "urn:x:radio", "").replace("<RTP", "<Path>./Inbox</Path><RTP");
        let answer = add(store, Sender::Device, ".", &unnamed);
        assert_eq!(placed(&answer), [("", "./Set/Radio/3")]);
        let mut findings = Vec::new();
        store.check(|finding| findings.push(finding.to_string()));
        assert_eq!(findings, Vec::<String>::new());
    });
}

/// Which objects find no place, and what else there is at the inbox: nothing (`./Inbox`: `Add` only, `Get` is 405).
#[test]
fn the_inbox_takes_objects_and_nothing_else() {
    let radio = object("North", "urn:x:radio", "");
    let rows = [
        ("one that is not described: 406", object("A", "urn:x:unknown", ""), 406, 0),
        ("one of a node without an identifier: 406", leaf("A", "1"), 406, 0),
        ("one for which there is no one place: 406", object("A", "urn:x:deep", ""), 406, 0),
        (
            "one that is not described beside one that is",
            object("A", "urn:x:unknown", &leaf("B", "1")) + &radio,
            200,
            3,
        ),
        ("what is described otherwise: 415", object("A", "urn:x:radio", &leaf("Port", "x")), 415, 0),
        ("one too many: 405", radio.replace("North", "") + &radio + &radio.repeat(2), 405, 0),
        ("nothing", String::new(), 200, 0),
    ];
    for (what, nodes, code, count) in rows {
        with_store(Options::DEFAULT, |store| {
            let answer = add(store, PILOT, "./Inbox", &nodes);
            assert_eq!((answer.status.get(), store.len()), (code, count), "{what}");
            assert!(code == 200 || answer.placed.is_empty(), "{what}");
        });
    }
    with_store(Options::DEFAULT, |store| {
        // one that has a place is there once
        let mast = object("A", "urn:x:mast", "");
        assert_eq!(add(store, PILOT, "./Inbox", &mast).status, StatusCode::OK);
        assert_eq!(add(store, PILOT, "./Inbox", &mast).status, StatusCode::ALREADY_EXISTS);
        for uri in ["./Inbox", "./Inbox/A", "./Inbox?list=TNDS", "Inbox/North?prop=ACL", "./%49nbox"] {
            assert_eq!(get(store, uri).0, 405, "{uri}");
            for command in [Command::Add, Command::Replace, Command::Delete, Command::Exec] {
                let command = command(Request::of_item("1", item(uri, Some("node"), "")));
                assert_eq!(one(store, PILOT, &command).status.get(), 405, "{command:?}");
            }
        }
    });
    let mut options = Options::DEFAULT;
    options.has_inbox = false;
    with_store(options, |store| {
        assert_eq!(add(store, PILOT, "./Inbox", &radio.replace("urn:x:radio", "")).status, StatusCode::OK);
        assert_eq!(store.len(), 2);
        assert_eq!(get(store, "./Inbox"), (200, Some("North".to_owned())));
    });
}

/// A node without a name gets a number that no other node there has; the answer says which (OMA-TS-DM-TNDS, `NodeName`).
#[test]
fn nodes_without_a_name_get_numbers() {
    with_store(Options::DEFAULT, |store| {
        let channels = leaf("2", "20") + &leaf("", "30") + &leaf("", "40");
        let channels = format!("<Node><NodeName>Channels</NodeName>{channels}</Node>");
        let answer = add(store, PILOT, "./Inbox", &object("North", "urn:x:radio", &channels));
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            placed(&answer),
            [
                ("North", "./Set/Radio/North"),
                ("North/Channels/<X>", "./Set/Radio/North/Channels/3"),
                ("North/Channels/<X>", "./Set/Radio/North/Channels/4"),
            ]
        );
        let answer = add(store, PILOT, "./Set/Radio/North/Channels", &leaf("", "50"));
        assert_eq!(placed(&answer), [("<X>", "./Set/Radio/North/Channels/5")]);
        assert_eq!(store.text("./Set/Radio/North/Channels/5"), Some("50"));
        // as with any other name, what is described there counts
        assert_eq!(add(store, PILOT, "./Set/Radio/North/Channels", &leaf("", "x")).status.get(), 415);
        assert_eq!(add(store, PILOT, "./Set/Radio", &object("", "urn:x:radio", "")).status.get(), 405);
    });
}

/// Of several formats either is right; of none, the first one is meant (`DFFormat`).
#[test]
fn one_format_or_another() {
    for (format, value, code) in [
        (Some("int"), "7", 200),
        (Some("chr"), "seven", 200),
        (None, "7", 200),
        (None, "x", 415),
        (Some("bool"), "true", 415),
    ] {
        with_store(Options::DEFAULT, |store| {
            add(store, PILOT, "./Inbox", &object("A", "urn:x:radio", &leaf("Port", "1")));
            let command = Command::Replace(Request::of_item("1", item("./Set/Radio/A/Port", format, value)));
            assert_eq!(one(store, PILOT, &command).status.get(), code, "{format:?} {value}");
        });
    }
}

/// A leaf of which nobody has said the type has the one that is described, if there is one only (`Type`).
#[test]
fn the_type_is_the_one_that_is_described() {
    with_store(Options::DEFAULT, |store| {
        add(store, PILOT, "./Inbox", &object("A", "urn:x:radio", &leaf("Port", "1")));
        for (name, format, expected) in
            [("Chart", "bin", "image/tiff"), ("Note", "chr", "text/plain"), ("Ext", "bin", "application/octet-stream")]
        {
            let uri = format!("./Set/Radio/A/{name}");
            let command = Command::Add(Request::of_item("1", item(&uri, Some(format), "x")));
            assert_eq!(one(store, PILOT, &command).status, StatusCode::OK);
            assert_eq!(get(store, &format!("{uri}?prop=Type")), (200, Some(expected.to_owned())));
        }
    });
}

/// `VerNo` counts what is done to the node itself, modulo 2¹⁶, and `TStamp` has the time of it; what is undone does not
/// count (OMA DM Tree and Description 1.2, properties of nodes).
#[test]
fn versions() {
    let mut options = Options::DEFAULT;
    options.has_versions = true;
    with_store(options, |store| {
        let uri = "./Set/Radio/A/Via";
        let version = |store: &mut Store<'_>, uri: &str| {
            (get(store, &format!("{uri}?prop=VerNo")).1.unwrap(), get(store, &format!("{uri}?prop=TStamp")))
        };
        let at = |time: &str| (200, Some(time.to_owned()));
        let replace = |store: &mut Store<'_>, uri: &str, value: &str| {
            one(store, PILOT, &Command::Replace(Request::of_item("1", item(uri, None, value)))).status.get()
        };
        add(store, PILOT, "./Inbox", &object("A", "urn:x:radio", &leaf("Via", "x")));
        assert_eq!(version(store, uri), ("0".to_owned(), (406, None)));
        let (first, second) = ("20261123T024500Z", "20261123T024600Z");
        store.set_time(Timestamp::parse(first));
        assert_eq!(replace(store, uri, "y"), 200);
        assert_eq!(version(store, uri), ("1".to_owned(), at(first)));
        store.set_time(Timestamp::parse(second));
        assert_eq!(replace(store, &format!("{uri}?prop=Title"), "way"), 200);
        assert_eq!(version(store, uri), ("2".to_owned(), at(second)));
        // a refusal counts nothing, nor does what an Atomic undoes
        assert_eq!(replace(store, "./Set/Radio/A/Port", "x"), 404);
        let message = format!(
            "<SyncML><SyncHdr/><SyncBody><Atomic><CmdID>1</CmdID><Replace><CmdID>2</CmdID><Item><Target><LocURI>{uri}\
             </LocURI></Target><Data>z</Data></Item></Replace><Delete><CmdID>3</CmdID><Item><Target><LocURI>./No</LocURI>\
             </Target></Item></Delete></Atomic></SyncBody></SyncML>"
        );
        store.set_time(Timestamp::parse(first));
        store.apply(PILOT, MessageReader::parse(message.as_bytes()).unwrap(), |_| StatusCode::OK).unwrap();
        assert_eq!(version(store, uri), ("2".to_owned(), at(second)));
        // the node above has not changed; a new name is a change
        assert_eq!(version(store, "./Set/Radio/A"), ("0".to_owned(), (406, None)));
        assert_eq!(replace(store, "./Set/Radio/A?prop=Name", "B"), 200);
        assert_eq!(version(store, "./Set/Radio/B"), ("1".to_owned(), at(first)));
        let uri = "./Set/Radio/B/Via";
        for _ in 2..u16::MAX {
            replace(store, uri, "z");
        }
        assert_eq!(version(store, uri).0, u16::MAX.to_string());
        replace(store, uri, "z");
        assert_eq!(version(store, uri).0, "0");
        // and in a list, as far as it asks for them
        let answer =
            one(store, Sender::Device, &Command::Get(Request::of_item("1", item("./Set?list=TNDS", None, ""))));
        let reply = answer.results.into_iter().next().unwrap();
        let poc_mo::object::ReplyData::Object(object) = &reply.data else { unreachable!() };
        let tree = object.tree(Limits::DEFAULT).unwrap();
        let properties = tree.find("./Set/Radio/B").unwrap().rt_properties().unwrap();
        assert_eq!(
            (properties.ver_no.unwrap().to_string(), properties.t_stamp.unwrap().to_string()),
            ("1".into(), first.into())
        );
        assert_eq!(tree.find("./Set/Radio").unwrap().rt_properties().unwrap().t_stamp, None);
    });
}

fn results(item: Item<'_>) -> Command<'_> {
    let mut results = syncml::Results::default();
    results.cmd_id = Some(wbxml::Text::new("1"));
    results.items = syncml::Items::one(item);
    Command::Results(results)
}

/// Octets as they are, and in base64.
const OCTETS: &str = "Some(Octets([1, 2])) \"bin\"";
const BASE64: &str = "Some(Text(Text(\"AQI=\"))) \"b64\"";

/// The answer to `?list=TNDS` is the same tree in either encoding; in XML octets are in base64.
#[test]
fn lists_go_out_in_either_encoding() {
    with_store(Options::DEFAULT, |store| {
        let via = leaf("Via", "a &lt; b") + &leaf("", "chart");
        add(store, PILOT, "./Inbox", &object("A", "urn:x:radio", &via));
        let chart = Command::Add(Request::of_item("1", item("./Set/Radio/A/Chart", Some("bin"), "\u{1}\u{2}")));
        assert_eq!(one(store, PILOT, &chart).status, StatusCode::OK);
        let list = Command::Get(Request::of_item("1", item("./Set/Radio/A?list=TNDS", None, "")));
        let reply = one(store, Sender::Device, &list).results.remove(0);
        let text = reply.clone().into_xml().unwrap();

        let (mut octets, mut document) = (Vec::new(), Vec::new());
        let mut message =
            MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &SyncHdr::default()).unwrap();
        message.command(&results(reply.item().unwrap())).unwrap();
        message.finish(true).unwrap();
        let out = xml::Writer::document(&mut document, &SYNCML_1_2);
        let mut message = MessageWriter::new(out, &SyncHdr::default()).unwrap();
        message.command(&results(text.item().unwrap())).unwrap();
        message.finish(true).unwrap();

        let mut read = Vec::new();
        for octets in [&octets, &document] {
            let mut message = MessageReader::parse(octets).unwrap();
            let Some(Command::Results(results)) = message.next_command().unwrap() else { unreachable!() };
            let item = results.items.first().unwrap();
            let object = TndsObject::in_item(item, &Meta::EMPTY).unwrap().unwrap();
            let tree = object.tree(Limits::DEFAULT).unwrap();
            let mut walk = tree.walk();
            let mut nodes = Vec::new();
            while let Some(node) = walk.next() {
                let value = format!("{:?} {:?}", node.value(), node.rt_properties().unwrap().format.unwrap().as_str());
                nodes.push((walk.path().to_owned(), value.replace(OCTETS, BASE64)));
            }
            assert_eq!(nodes.iter().filter(|(_, value)| value == BASE64).count(), 1, "{nodes:?}");
            assert_eq!(nodes.len(), 4, "{nodes:?}");
            read.push(nodes);
        }
        assert_eq!(read.first(), read.last());
    });
}
