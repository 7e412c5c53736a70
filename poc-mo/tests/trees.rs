//! Accounts in serialised trees (OMA-TS-DM-TNDS), and those that come to the inbox (OMA-TS-DM_Bootstrap 1.2).
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/documents.rs"]
mod documents;

use data_encoding::BASE64;
use documents::{command, cp, dm, in_wbxml, in_xml, interior, leaf, parm};
use poc_mo::{Applied, Cause, ErrorKind, Field, PassedOver, PocSettings};
use syncml::dm::Format;
use syncml::dm::bootstrap::{BootstrapWriter, Placement};
use syncml::dm::mgmt_tree::{MgmtTree, MgmtTreeBuilder, NodeType, RtProperties, TndsObject};
use syncml::{Command, Item, Meta, Request};
use wbxml::{Data, Text};

const POC: &str = "urn:oma:mo:oma_poc:2.1";

/// Opens an interior node of this type.
fn open<'b>(
    builder: &'b mut MgmtTreeBuilder<'static>,
    name: &'static str,
    type_: &'static str,
) -> &'b mut MgmtTreeBuilder<'static> {
    let type_ = (!type_.is_empty()).then_some(NodeType::DdfName(Text::new(type_)));
    builder.start(name).rt_properties(&RtProperties { format: Some(Format::NODE), type_, ..RtProperties::default() })
}

/// A tree with one account: its name, and the names and values of its leaves.
fn account(name: &'static str, leaves: &[(&'static str, &'static str)]) -> MgmtTree<'static> {
    let mut builder = MgmtTree::builder();
    open(&mut builder, name, POC);
    for (leaf, value) in leaves {
        builder.start(leaf).value(value).end();
    }
    builder.end().build()
}

/// A bootstrap message of OMA DM 1.2 with these trees.
fn bootstrap(trees: &[&MgmtTree<'_>]) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message =
        BootstrapWriter::dm_1_2(&mut octets, "IMEI:490154203237518", "https://dm.harbour.example").unwrap();
    trees.iter().for_each(|tree| message.add("./Inbox", tree).unwrap());
    message.finish().unwrap();
    octets
}

/// The accounts: node, provider, T11.
fn found<'s>(settings: &'s PocSettings<'_>) -> Vec<(Option<&'s str>, Option<&'s str>, Option<u32>)> {
    let found = settings.instances().iter();
    found.map(|one| (one.node.as_deref(), one.account.provider_id.as_deref(), one.account.t11_ms)).collect()
}

#[test]
fn an_account_from_the_inbox_has_no_node_until_a_message_names_it() {
    let leaves = [("AppID", "ap0001"), ("Provider-ID", "a"), ("T11Timer", "5000")];
    // the device may call what came to its inbox as it likes; it need not have a name
    for name in ["Harbour", ""] {
        let first = bootstrap(&[&account(name, &leaves)]);
        let mut settings = PocSettings::new();
        assert_eq!(settings.apply_dm(&first).unwrap(), Applied::default());
        assert_eq!(found(&settings), [(None, Some("a"), Some(5000))], "{name:?}");
        // again it is the same one
        assert_eq!(settings.apply_dm(&first).unwrap(), Applied::default());
        assert_eq!(found(&settings), [(None, Some("a"), Some(5000))], "{name:?}");
        // another one is another one
        settings.apply_dm(&bootstrap(&[&account(name, &[("AppID", "ap0001"), ("Provider-ID", "b")])])).unwrap();
        let update = dm(&command("Replace", &[&leaf("./PoC/1/T11Timer", "6000"), &leaf("./PoC/1/Provider-ID", "a")]));
        assert_eq!(settings.apply_dm(update.as_bytes()).unwrap(), Applied::default());
        assert_eq!(found(&settings), [(Some("PoC/1"), Some("a"), Some(6000)), (None, Some("b"), None)], "{name:?}");
        // a bootstrap of one that has a node is that one, and tells what has changed since
        let applied = settings.apply_dm(&first).unwrap();
        let conflicts: Vec<_> = applied.conflicts.iter().map(ToString::to_string).collect();
        assert_eq!(conflicts.len(), 1, "{conflicts:?}");
        assert!(conflicts[0].starts_with("t11_ms of PoC/1 was \"6000\" and is \"5000\", at octet "), "{conflicts:?}");
        assert_eq!(found(&settings), [(Some("PoC/1"), Some("a"), Some(5000)), (None, Some("b"), None)], "{name:?}");
    }
}

#[test]
fn an_account_from_the_inbox_is_the_one_that_came_by_client_provisioning() {
    let document =
        |provider: &str| cp(&[&(parm("APPID", "ap0001") + &parm("PROVIDER-ID", provider) + &parm("T11", "1"))]);
    let mut settings = PocSettings::new();
    for provider in ["a", "b"] {
        settings.apply_cp(document(provider).as_bytes()).unwrap();
    }
    for (leaves, expected) in [
        (&[("Provider-ID", "b"), ("T11Timer", "2")][..], [Some(1), Some(2)]),
        (&[("AppID", "ap0001"), ("T11Timer", "3")], [Some(3), Some(2)]),
    ] {
        settings.apply_dm(&bootstrap(&[&account("", leaves)])).unwrap();
        assert_eq!(settings.accounts().map(|account| account.t11_ms).collect::<Vec<_>>(), expected);
    }
    // and the other way round
    let mut settings = PocSettings::new();
    settings.apply_dm(&bootstrap(&[&account("", &[("Provider-ID", "a"), ("T11Timer", "2")])])).unwrap();
    let applied = settings.apply_cp(document("a").as_bytes()).unwrap();
    assert_eq!(found(&settings), [(None, Some("a"), Some(1))]);
    assert_eq!(applied.conflicts.len(), 1);
}

#[test]
fn several_objects_in_one_bootstrap_are_several_accounts() {
    let tree = |provider: &'static str| account("Harbour", &[("Provider-ID", provider), ("T11Timer", "1")]);
    for (providers, expected) in [
        (["a", "b"], [(None, Some("a"), Some(1)), (None, Some("b"), Some(1))]),
        // whatever tells them apart
        (["a", "a"], [(None, Some("a"), Some(1)), (None, Some("a"), Some(1))]),
    ] {
        let octets = bootstrap(&[&tree(providers[0]), &tree(providers[1])]);
        let mut settings = PocSettings::new();
        // and again they are these
        for _ in 0..2 {
            assert_eq!(settings.apply_dm(&octets).unwrap(), Applied::default());
            assert_eq!(found(&settings), expected);
        }
    }
    // two objects in one tree, one of them further down; what is none of PoC's is not there
    let mut builder = MgmtTree::builder();
    open(&mut builder, "PoC", "");
    open(&mut builder, "One", POC).start("T11Timer").value("1").end().end();
    open(&mut builder, "Two", "").start("T11Timer").value("2").end().end().end();
    open(&mut builder, "Internet", "urn:oma:mo:oma-connmo-nap:1.0").start("Name").value("n").end().end();
    let mut settings = PocSettings::new();
    settings.apply_dm(&bootstrap(&[&builder.build()])).unwrap();
    assert_eq!(found(&settings), [(None, None, Some(1)), (None, None, Some(2))]);
}

#[test]
fn nodes_that_are_added_to_the_inbox_one_by_one_have_no_place_either() {
    for (add, delete) in [("./Inbox/P", "./Inbox/P"), ("Inbox/P/Q", "./Inbox"), ("./Inbox", "./Inbox/T11Timer")] {
        let leaf = |name: &str, value: &str| leaf(&format!("{add}/{name}"), value);
        let message = dm(&command("Add", &[&leaf("T11Timer", "1"), &leaf("Name", "n")]));
        let mut settings = PocSettings::new();
        settings.apply_dm(message.as_bytes()).unwrap();
        assert_eq!(found(&settings), [(None, None, Some(1))], "{add}");
        assert_eq!(settings.accounts().next().unwrap().name.as_deref(), Some("n"), "{add}");
        // nothing is there any more
        let message = dm(&command("Delete", &[&documents::target(delete)]));
        assert_eq!(settings.apply_dm(message.as_bytes()).unwrap(), Applied::default());
        assert_eq!(found(&settings), [(None, None, Some(1))], "{add}");
    }
}

#[test]
fn references_into_the_inbox_are_rewritten_when_the_device_has_placed_the_objects() {
    let mut builder = MgmtTree::builder();
    open(&mut builder, "Harbour", POC);
    for (list, leaf, values) in [
        ("ToConRef", "ConRef", ["./Inbox/Internet", "./NAP/Old"]),
        ("ToAppRef", "AppRef", ["Inbox/Ims/1", "./Inbox/No"]),
    ] {
        builder.start(list);
        for (name, value) in ["1", "2"].into_iter().zip(values) {
            builder.start(name).start(leaf).value(value).end().end();
        }
        builder.end();
    }
    let mut settings = PocSettings::new();
    settings.apply_dm(&bootstrap(&[&builder.end().build()])).unwrap();
    settings.relocate(&[Placement { from: "Internet", to: "./NAP/1" }, Placement { from: "./Ims", to: "./IMS/7" }]);
    let account = settings.accounts().next().unwrap();
    assert!(account.values(Field::ConRef).eq(["./NAP/1", "./NAP/Old"]), "{account:?}");
    assert!(account.values(Field::AppRef).eq(["./IMS/7/1", "./Inbox/No"]), "{account:?}");
}

/// OMA-TS-DM-TNDS, `NodeName`: the device gives a name to a node that has none.
#[test]
fn nodes_without_a_name_are_read_as_far_as_they_can_be() {
    let mut builder = MgmtTree::builder();
    open(&mut builder, "", POC).start("T11Timer").value("1").end().start("AppID").value("ap0001").end();
    builder.start("ToConRef");
    for value in ["A", "B"] {
        builder.start("").start("ConRef").value(value).end().end();
    }
    builder
        .end()
        .start("Ext")
        .start("")
        .start("Colour")
        .value("red")
        .end()
        .end()
        .start("Shape")
        .value("round")
        .end()
        .end();
    builder.start("").value("lost").end();
    let object = TndsObject::xml(&builder.end().build()).unwrap();
    let message = in_xml(|message| {
        message.command(&Command::Add(Request::of_item("1", object.item("./PoC").unwrap()))).unwrap();
    });
    let mut settings = PocSettings::new();
    // no second account, no second reference
    for _ in 0..2 {
        let applied = settings.apply_dm(&message).unwrap();
        assert_eq!(applied.conflicts, []);
        let at = message.windows(6).position(|part| part == b"<Item>").unwrap();
        let passed_over: Vec<_> = applied
            .passed_over
            .iter()
            .map(|PassedOver { node, cause, offset, .. }| (&**node, *cause, *offset))
            .collect();
        assert_eq!(
            passed_over,
            [
                ("PoC/?1/Ext/?4", Cause::Unnamed, at),
                ("PoC/?1/Ext/?4/Colour", Cause::Unnamed, at),
                ("PoC/?1/?5", Cause::Unnamed, at),
            ]
        );
        assert_eq!(
            applied.passed_over[2].to_string(),
            format!("\"PoC/?1/?5\": only the device knows its name, at octet {at} ({at:#x})")
        );
        assert_eq!(found(&settings), [(None, None, Some(1))]);
        let account = settings.accounts().next().unwrap();
        assert!(account.values(Field::ConRef).eq(["A", "B"]));
        assert!(account.con_refs.iter().all(|reference| reference.node.is_none()));
        let extensions: Vec<_> = account.extensions.iter().map(|one| (&*one.name, one.value.as_deref())).collect();
        assert_eq!(extensions, [("Ext", None), ("Ext/Shape", Some("round"))]);
    }
    // the nodes become known when a message names them
    let update = dm(&command(
        "Replace",
        &[
            &leaf("./PoC/x/T11Timer", "2"),
            &leaf("./PoC/x/ToConRef/u/ConRef", "C"),
            &leaf("./PoC/x/ToConRef/v/ConRef", "B"),
        ],
    ));
    settings.apply_dm(update.as_bytes()).unwrap();
    assert_eq!(found(&settings), [(Some("PoC/x"), None, Some(2))]);
    let account = settings.accounts().next().unwrap();
    assert!(account.values(Field::ConRef).eq(["C", "B"]));
    assert_eq!(account.con_refs[1].node.as_deref(), Some("ToConRef/v/ConRef"));
}

/// Names and paths in all spellings; what cannot stand in an address is escaped.
#[test]
fn a_node_of_a_tree_is_the_one_that_a_uri_names() {
    for (target, path, name, node) in [
        ("./PoC", "", "Harbour", "PoC/Harbour"),
        ("PoC/", "", "Harbour", "PoC/Harbour"),
        (".", "", "Harbour", "Harbour"),
        ("", "", "Harbour", "Harbour"),
        (".", "./PoC", "Harbour", "PoC/Harbour"),
        (".", "./PoC/", "/Harbour", "PoC/Harbour"),
        ("./PoC", "", "a b", "PoC/a%20b"),
        ("./PoC", "", "a?b", "PoC/a%3Fb"),
        ("./PoC", "", "%48arbour", "PoC/Harbour"),
        ("./%50oC", "", "100%", "PoC/100%25"),
        ("./PoC", "", "ü", "PoC/ü"),
    ] {
        let mut builder = MgmtTree::builder();
        builder.start(name);
        if !path.is_empty() {
            builder.path(path);
        }
        let tree = builder.start("T11Timer").value("1").end().end().build();
        let object = TndsObject::elements(&tree).unwrap();
        let octets = in_wbxml(|message| {
            message.command(&Command::Add(Request::of_item("1", object.item(target).unwrap()))).unwrap();
        });
        let mut settings = PocSettings::new();
        assert_eq!(settings.apply_dm(&octets).unwrap(), Applied::default());
        assert_eq!(found(&settings), [(Some(node), None, Some(1))], "{target} {path} {name}");
    }
}

/// OMA-TS-DM-TNDS: as elements in the message, as a document of its own, as text; and values in each form.
#[test]
fn a_tree_is_read_in_whatever_form_it_comes() {
    let xml = "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>Harbour</NodeName><Path>./PoC</Path>\
        <Node><NodeName>T11Timer</NodeName><Value>1</Value></Node>\
        <Node><NodeName>Name</NodeName><Value><![CDATA[a & b]]></Value></Node></Node></MgmtTree>";
    let tree = MgmtTree::parse(xml.as_bytes()).unwrap();
    let wbxml = tree.to_wbxml().unwrap();
    let escaped = xml.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let item = |meta: &str, data: &str| {
        let item = format!("<Item><Target><LocURI>.</LocURI></Target>{meta}<Data>{data}</Data></Item>");
        dm(&command("Add", &[&item])).into_bytes()
    };
    let meta = |format: &str, type_: &str| {
        format!("<Meta><Format>{format}</Format><Type>application/vnd.syncml.dmtnds+{type_}</Type></Meta>")
    };
    let of_data = |format: &str, type_: &str, data: Data<'_>| {
        in_wbxml(|message| {
            let type_ = format!("application/vnd.syncml.dmtnds+{type_}");
            let mut item = Item::leaf(".", Meta::of_data(format, &type_), "");
            item.data = Some(data);
            message.command(&Command::Add(Request::of_item("1", item))).unwrap();
        })
    };
    let elements = TndsObject::elements(&tree).unwrap();
    for (what, octets) in [
        ("elements in XML, not escaped, without a type", item("", xml)),
        ("elements in XML, not escaped", item(&meta("xml", "xml"), xml)),
        ("elements in XML of another format", item(&meta("chr", "wbxml"), xml)),
        ("elements of a namespace", item("", &xml.replace("<MgmtTree>", "<MgmtTree xmlns=\"syncml:dmddf1.2\">"))),
        ("text in CDATA", item(&meta("xml", "xml"), &format!("<![CDATA[{}]]>", xml.replace("]]>", "]]]]><![CDATA[>")))),
        ("escaped text", item(&meta("xml", "xml"), &escaped)),
        ("base64", item(&meta("b64", "wbxml"), &BASE64.encode(&wbxml))),
        (
            "elements in WBXML",
            in_wbxml(|message| {
                message.command(&Command::Add(Request::of_item("1", elements.item(".").unwrap()))).unwrap();
            }),
        ),
        ("octets", of_data("bin", "wbxml", Data::Opaque(&wbxml))),
        ("text in WBXML", of_data("xml", "xml", Data::Text(Text::new(xml)))),
        ("XML in octets", of_data("xml", "xml", Data::Opaque(xml.as_bytes()))),
    ] {
        let mut settings = PocSettings::new();
        assert_eq!(settings.apply_dm(&octets).unwrap(), Applied::default(), "{what}");
        assert_eq!(found(&settings), [(Some("PoC/Harbour"), None, Some(1))], "{what}");
        assert_eq!(settings.accounts().next().unwrap().name.as_deref(), Some("a & b"), "{what}");
    }
}

/// A value that is elements is no text: an error of an account, no matter of ours elsewhere.
#[test]
fn a_value_of_elements_is_an_error_at_its_item() {
    let tree = |name: &str, value: &str| {
        format!(
            "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>Harbour</NodeName><Path>./PoC</Path>\
            <Node><NodeName>T11Timer</NodeName><Value>1</Value></Node></Node>\
            <Node><NodeName>{name}</NodeName><Value>{value}</Value></Node></MgmtTree>"
        )
    };
    let message = |name: &str, value: &str| {
        let item = format!("<Item><Target><LocURI>.</LocURI></Target><Data>{}</Data></Item>", tree(name, value));
        (dm(&command("Add", &[&leaf("./DevInfo/X", "x"), &item])), item)
    };
    for name in ["PoC/Harbour/ConfURITemplate", "PoC/Harbour/Ext/Logo"] {
        let (message, item) = message(name, "sip:<xui/>.group@ptt.harbour.example");
        let mut settings = PocSettings::new();
        let error = settings.apply_dm(message.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::NotText(name.into()));
        assert_eq!(error.offset(), message.find(&item));
        assert_eq!(settings.instances(), []);
    }
    let (message, _) = message("DevDetail/Ext/Logo", "<svg/>");
    let mut settings = PocSettings::new();
    assert_eq!(settings.apply_dm(message.as_bytes()).unwrap(), Applied::default());
    assert_eq!(found(&settings), [(Some("PoC/Harbour"), None, Some(1))]);
}

#[test]
fn what_has_no_place_is_reported() {
    let tree = "<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>";
    let item =
        |uri: &str, data: &str| format!("<Item><Target><LocURI>{uri}</LocURI></Target><Data>{data}</Data></Item>");
    let nowhere = "<Item><Data>x</Data></Item>";
    for (name, item, node, cause) in [
        ("Add", nowhere, "", Cause::NoTarget),
        ("Delete", nowhere, "", Cause::NoTarget),
        ("Add", &item("./PoC?list=Struct", tree), "./PoC?list=Struct", Cause::Address),
        ("Add", &item("./Inbox", "x"), "Inbox", Cause::NotATree),
        ("Replace", &item("Inbox/", "<Node/>"), "Inbox", Cause::NotATree),
    ] {
        let message = dm(&command(name, &[&leaf("./DevInfo/X", "x"), item, &interior("./PoC/P", POC)]));
        let mut settings = PocSettings::new();
        let applied = settings.apply_dm(message.as_bytes()).unwrap();
        let found: Vec<_> = applied.passed_over.iter().map(|one| (&*one.node, one.cause, Some(one.offset))).collect();
        assert_eq!(found, [(node, cause, message.find(item))], "{item}");
        assert_eq!(settings.accounts().count(), usize::from(name != "Delete"), "{item}");
    }
    // what other objects have there is no matter of ours
    let message = dm(&command("Replace", &[&leaf("./DevInfo/X?prop=ACL", "x"), &leaf("./Inbox/X", "x")]));
    assert_eq!(PocSettings::new().apply_dm(message.as_bytes()).unwrap(), Applied::default());
}
