//! Accounts, access points and proxies, there and back (OMA-TS-DM-Bootstrap, mapping of `w7`; `ConnMO`).
#![cfg(all(feature = "cp", feature = "dm"))]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod arbitrary;
mod corpus;
mod described;
mod model;
mod services;
#[path = "../support/mod.rs"]
mod support;

use model::{Document, leaves};
use omacp::typed::Settings;
use poc_mo::convert::{self, LossKind, Options, Places};
use poc_mo::{omacp, syncml};
use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, NodeType, RtProperties};
use wbxml::Text;

/// One parm or characteristic of a document that has what it needs, and the leaves that it becomes.
struct Case {
    /// What stands in the characteristic, a line each: `TYPE`, `NAME=VALUE`, or `NAME` for a flag, indented by nesting.
    cp: &'static str,
    /// The leaves of the instance.
    dm: &'static [(&'static str, &'static str)],
    losses: &'static [(&'static str, LossKind)],
}

const fn case(
    cp: &'static str,
    dm: &'static [(&'static str, &'static str)],
    losses: &'static [(&'static str, LossKind)],
) -> Case {
    Case { cp, dm, losses }
}

/// Converts each case to nodes, compares, and converts it back: what comes is the document without what is lost.
fn check(options: &Options<'_>, cases: &[Case]) {
    for Case { cp, dm, losses } in cases {
        let source = Document::of_lines(cp);
        let objects = convert::to_dm(&source.build(), options).unwrap();
        let reported: Vec<_> = objects.losses().iter().map(|loss| (loss.at(), loss.kind())).collect();
        assert_eq!(reported, *losses, "{cp}");
        let octets = objects.tree().to_wbxml().unwrap();
        let tree = MgmtTree::parse(&octets).unwrap();
        let written = leaves(&tree);
        let written: Vec<_> = written.iter().map(|(uri, value)| (uri.as_str(), value.as_str())).collect();
        assert_eq!(written, *dm, "{cp}");
        check_back(&source, objects.losses(), &tree, options);
    }
}

/// The way back gives the document without what is lost, and nothing else.
fn check_back(source: &Document, losses: &[convert::Loss], tree: &MgmtTree<'_>, options: &Options<'_>) {
    let back = convert::to_cp(tree, options).unwrap();
    let expected = source.without(losses);
    let document = back.document();
    let is_renamed = |loss: &convert::Loss| {
        let parm = loss.at().rsplit('/').next().unwrap_or_default().to_ascii_uppercase();
        loss.kind() == LossKind::Respelled && parm.starts_with("APPREF[")
    };
    let comparable = |document: Document| match losses.iter().any(is_renamed) {
        true => document.numbered().sorted(),
        false => document.sorted(),
    };
    let (expected, found) = (comparable(expected), comparable(Document::of(&document)));
    let (expected, found) = (expected.build(), found.build());
    assert_eq!(Settings::read(&found), Settings::read(&expected), "{losses:#?}\n{:#?}", leaves(tree));
    let further = back.losses().iter().filter(|loss| loss.kind() != LossKind::Unresolved);
    assert_eq!(further.collect::<Vec<_>>(), Vec::<&convert::Loss>::new());
    // and from there one comes to the same leaves again
    let again = convert::to_dm(&document, options).unwrap();
    let sorted = |tree: &MgmtTree<'_>| {
        let mut leaves = leaves(tree);
        leaves.sort();
        leaves
    };
    assert_eq!(sorted(&again.tree()), sorted(tree));
}

/// OMA-TS-DM-StdObj, `DMAcc`; OMA-TS-DM-Bootstrap, mapping of `w7`.
#[test]
fn each_row_of_a_w7_is_a_leaf_of_dmacc_1_2() {
    use LossKind::{NoCounterpart, Repeated, Respelled, Unresolved, Value};
    check(
        &Options::dm_1_2(),
        &[
            case("APPLICATION\n APPID=w7\n PROVIDER-ID=s", &[("DMAcc/s/AppID", "w7"), ("DMAcc/s/ServerID", "s")], &[]),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n NAME=Harbour\n NAME=Other\n INIT",
                &[("DMAcc/s/AppID", "w7"), ("DMAcc/s/ServerID", "s"), ("DMAcc/s/Name", "Harbour")],
                &[("APPLICATION[1]/NAME[2]", Repeated), ("APPLICATION[1]/INIT[1]", NoCounterpart)],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n TO-NAPID=N",
                &[("DMAcc/s/AppID", "w7"), ("DMAcc/s/ServerID", "s"), ("DMAcc/s/PrefConRef", "N")],
                &[("APPLICATION[1]/TO-NAPID[1]", Unresolved)],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n TO-NAPID=INTERNET\n TO-NAPID=INTERNET",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/ToConRef/1/ConRef", "INTERNET"),
                    ("DMAcc/s/ToConRef/2/ConRef", "INTERNET"),
                ],
                &[],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n ADDR=http://a",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/AppAddr/1/Addr", "http://a"),
                    ("DMAcc/s/AppAddr/1/AddrType", "URI"),
                ],
                &[("APPLICATION[1]/ADDR[1]", Respelled)],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n APPADDR\n  ADDR=10.0.0.1\n  ADDRTYPE=IPV4\n  PORT\n   \
                 PORTNBR=80\n   SERVICE=http\n  PORT\n   PORTNBR=443\n APPADDR\n  ADDR=a\n  ADDRTYPE=E164",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/AppAddr/1/Addr", "10.0.0.1"),
                    ("DMAcc/s/AppAddr/1/AddrType", "IPv4"),
                    ("DMAcc/s/AppAddr/1/Port/1/PortNbr", "80"),
                    ("DMAcc/s/AppAddr/1/Port/2/PortNbr", "443"),
                    ("DMAcc/s/AppAddr/2/Addr", "a"),
                    ("DMAcc/s/AppAddr/2/AddrType", "URI"),
                ],
                &[
                    ("APPLICATION[1]/APPADDR[1]/PORT[1]/SERVICE[1]", NoCounterpart),
                    ("APPLICATION[1]/APPADDR[2]/ADDRTYPE[1]", Value),
                ],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n APPAUTH\n  AAUTHLEVEL=APPSRV\n  AAUTHTYPE=DIGEST,BASIC\n  \
                 AAUTHNAME=n\n  AAUTHSECRET=p\n  AAUTHDATA=bm9uY2U=\n APPAUTH\n  AAUTHLEVEL=CLIENT\n APPAUTH\n  \
                 AAUTHLEVEL=OBEX\n APPAUTH\n  AAUTHTYPE=HTTP-DIGEST\n APPAUTH\n  AAUTHLEVEL=OTHER\n  AAUTHDATA=!",
                &[
                    ("DMAcc/s/AppID", "w7"),
                    ("DMAcc/s/ServerID", "s"),
                    ("DMAcc/s/AppAuth/1/AAuthLevel", "CLCRED"),
                    ("DMAcc/s/AppAuth/1/AAuthType", "DIGEST,BASIC"),
                    ("DMAcc/s/AppAuth/1/AAuthName", "n"),
                    ("DMAcc/s/AppAuth/1/AAuthSecret", "p"),
                    ("DMAcc/s/AppAuth/1/AAuthData", "bm9uY2U="),
                    ("DMAcc/s/AppAuth/2/AAuthLevel", "SRVCRED"),
                    ("DMAcc/s/AppAuth/3/AAuthLevel", "OBEX"),
                    ("DMAcc/s/AppAuth/4/AAuthType", "HTTP-DIGEST"),
                    ("DMAcc/s/AppAuth/4/AAuthLevel", "HTTP"),
                    ("DMAcc/s/AppAuth/5/AAuthLevel", "HTTP"),
                ],
                &[
                    ("APPLICATION[1]/APPAUTH[5]/AAUTHLEVEL[1]", Value),
                    ("APPLICATION[1]/APPAUTH[5]/AAUTHDATA[1]", Value),
                ],
            ),
        ],
    );
}

/// The object of DM 1.1.2: one of each, and credentials of client and server by name.
#[test]
fn each_row_of_a_w7_is_a_leaf_of_the_account_of_dm_1_1_2() {
    use LossKind::{Empty, NoCounterpart, Repeated, Respelled, Unresolved};
    check(
        &Options::dm_1_1_2(),
        &[
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n NAME=Harbour\n TO-NAPID=N\n TO-NAPID=M\n APPADDR\n  ADDR=a\n  \
                 ADDRTYPE=IPV4\n  PORT\n   PORTNBR=80\n  PORT\n   PORTNBR=81\n APPADDR\n  ADDR=b",
                &[
                    ("SyncML/DMAcc/s/ServerId", "s"),
                    ("SyncML/DMAcc/s/Name", "Harbour"),
                    ("SyncML/DMAcc/s/ConRef", "N"),
                    ("SyncML/DMAcc/s/Addr", "a"),
                    ("SyncML/DMAcc/s/AddrType", "IPV4"),
                    ("SyncML/DMAcc/s/PortNbr", "80"),
                ],
                &[
                    ("APPLICATION[1]/TO-NAPID[1]", Unresolved),
                    ("APPLICATION[1]/TO-NAPID[2]", Repeated),
                    ("APPLICATION[1]/APPADDR[1]/PORT[2]", Repeated),
                    ("APPLICATION[1]/APPADDR[2]", Repeated),
                ],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n APPAUTH\n  AAUTHLEVEL=CLIENT\n  AAUTHNAME=s\n  \
                 AAUTHSECRET=q\n  AAUTHDATA=bm9uY2U=\n APPAUTH\n  AAUTHLEVEL=APPSRV\n  AAUTHTYPE=DIGEST\n  \
                 AAUTHNAME=n\n  AAUTHSECRET=p\n  AAUTHDATA=bm9uY2Uy\n APPAUTH\n  AAUTHTYPE=HTTP-BASIC",
                &[
                    ("SyncML/DMAcc/s/ServerId", "s"),
                    ("SyncML/DMAcc/s/ServerPW", "q"),
                    ("SyncML/DMAcc/s/ServerNonce", "bm9uY2U="),
                    ("SyncML/DMAcc/s/AuthPref", "DIGEST"),
                    ("SyncML/DMAcc/s/UserName", "n"),
                    ("SyncML/DMAcc/s/ClientPW", "p"),
                    ("SyncML/DMAcc/s/ClientNonce", "bm9uY2Uy"),
                ],
                &[
                    ("APPLICATION[1]/APPAUTH[1]/AAUTHNAME[1]", NoCounterpart),
                    ("APPLICATION[1]/APPAUTH[2]", Respelled),
                    ("APPLICATION[1]/APPAUTH[3]", NoCounterpart),
                ],
            ),
            case(
                "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n APPAUTH\n  AAUTHLEVEL=CLIENT\n  AAUTHNAME=s",
                &[("SyncML/DMAcc/s/ServerId", "s")],
                &[("APPLICATION[1]/APPAUTH[1]/AAUTHNAME[1]", NoCounterpart), ("APPLICATION[1]/APPAUTH[1]", Empty)],
            ),
        ],
    );
}

/// `ConnMO`, `NAP` and `Proxy`; references by the URIs of their nodes.
#[test]
fn each_row_of_an_access_point_and_a_proxy_is_a_leaf_of_connmo() {
    use LossKind::{Dangling, NoCounterpart, Repeated, Respelled, Value};
    const NO_SERVER: (&str, LossKind) = ("APPLICATION[1]", LossKind::Acl);

    check(
        &Options::dm_1_2(),
        &[
            case(
                "NAPDEF\n NAPID=N 1\n NAME=Harbour\n BEARER=GSM-GPRS\n BEARER=WLAN\n INTERNET\n NAP-ADDRESS=apn\n \
                 NAP-ADDRTYPE=APN\n DNS-ADDR=fe80::1\n DNS-ADDR=10.0.0.1\n DNS-ADDR=10.0.0.2\n LINGER=60\n \
                 IFNETWORKS=x\n NAPAUTHINFO\n  AUTHTYPE=PAP\n  AUTHNAME=n\n  AUTHSECRET=p\n NAPAUTHINFO\n  \
                 AUTHTYPE=CHAP\n VALIDITY\n  COUNTRY=262\n  NETWORK=02\n  VALIDUNTIL=1700000000",
                &[
                    ("NAP/N%201/ID", "N 1"),
                    ("NAP/N%201/Name", "Harbour"),
                    ("NAP/N%201/BearerType", "GSM-GPRS"),
                    ("NAP/N%201/Addr", "apn"),
                    ("NAP/N%201/AddrType", "APN"),
                    ("NAP/N%201/IP/IPv6/DNS/Servers/1/Addr", "fe80::1"),
                    ("NAP/N%201/IP/IPv4/DNS/Servers/1/Addr", "10.0.0.1"),
                    ("NAP/N%201/IP/IPv4/DNS/Servers/2/Addr", "10.0.0.2"),
                    ("NAP/N%201/Linger", "60"),
                    ("NAP/N%201/IFNetworks", "x"),
                    ("NAP/N%201/AuthInfo/AuthType", "PAP"),
                    ("NAP/N%201/AuthInfo/AuthName", "n"),
                    ("NAP/N%201/AuthInfo/AuthSecret", "p"),
                    ("NAP/N%201/Validity/Country", "262"),
                    ("NAP/N%201/Validity/Network", "02"),
                    ("NAP/N%201/Validity/ValidUntil", "1700000000"),
                ],
                &[
                    ("NAPDEF[1]/BEARER[2]", Repeated),
                    ("NAPDEF[1]/INTERNET[1]", NoCounterpart),
                    ("NAPDEF[1]/DNS-ADDR[2]", Respelled),
                    ("NAPDEF[1]/DNS-ADDR[3]", Respelled),
                    ("NAPDEF[1]/NAPAUTHINFO[2]", Repeated),
                ],
            ),
            case("NAPDEF\n NAPID=N\n LINGER=soon", &[("NAP/N/ID", "N")], &[("NAPDEF[1]/LINGER[1]", Value)]),
            case(
                "PXLOGICAL\n PROXY-ID=P\n NAME=Harbour\n STARTPAGE=http://h\n PXAUTHINFO\n  PXAUTH-TYPE=HTTP-BASIC\n  \
                 PXAUTH-ID=n\n  PXAUTH-PW=p\n PORT\n  PORTNBR=80\n PXPHYSICAL\n  PXADDR=10.0.0.1\n  PXADDRTYPE=IPV4\n  \
                 TO-NAPID=N\n  PORT\n   PORTNBR=81\n PXPHYSICAL\n  PXADDR=10.0.0.2\nNAPDEF\n NAPID=N",
                &[
                    ("Proxy/P/ProxyId", "P"),
                    ("Proxy/P/Name", "Harbour"),
                    ("Proxy/P/ProxyParams/WAP/Startpg", "http://h"),
                    ("Proxy/P/AuthInfo/AuthType", "HTTP-BASIC"),
                    ("Proxy/P/AuthInfo/AuthName", "n"),
                    ("Proxy/P/AuthInfo/AuthSecret", "p"),
                    ("Proxy/P/Ports/1/PortNbr", "80"),
                    ("Proxy/P/Ports/2/PortNbr", "81"),
                    ("Proxy/P/Addr", "10.0.0.1"),
                    ("Proxy/P/AddrType", "IPV4"),
                    ("Proxy/P/ToConRef/1/ConRef", "./NAP/N"),
                    ("NAP/N/ID", "N"),
                ],
                &[("PXLOGICAL[1]/PORT[1]", Respelled), ("PXLOGICAL[1]/PXPHYSICAL[2]", Repeated)],
            ),
            // the proxies first, which are tried first; an access point that would be taken for another is lost
            case(
                "PXLOGICAL\n PROXY-ID=P\nNAPDEF\n NAPID=N\nAPPLICATION\n APPID=w7\n TO-NAPID=N\n TO-NAPID=./NAP/N\n \
                 TO-PROXY=P\n TO-PROXY=Q",
                &[
                    ("Proxy/P/ProxyId", "P"),
                    ("NAP/N/ID", "N"),
                    ("DMAcc/APPLICATION/AppID", "w7"),
                    ("DMAcc/APPLICATION/ToConRef/1/ConRef", "./Proxy/P"),
                    ("DMAcc/APPLICATION/ToConRef/2/ConRef", "./NAP/N"),
                ],
                &[NO_SERVER, ("APPLICATION[1]/TO-PROXY[2]", Dangling), ("APPLICATION[1]/TO-NAPID[2]", Dangling)],
            ),
            // two access points of one name: references mean the first one
            case(
                "NAPDEF\n NAPID=N\nNAPDEF\n NAPID=N\nAPPLICATION\n APPID=w7\n TO-NAPID=N",
                &[
                    ("NAP/N/ID", "N"),
                    ("NAP/N-2/ID", "N"),
                    ("DMAcc/APPLICATION/AppID", "w7"),
                    ("DMAcc/APPLICATION/PrefConRef", "./NAP/N"),
                ],
                &[NO_SERVER],
            ),
        ],
    );
}

/// The PoC object, by the rows of the profile; other applications have no object here.
#[test]
fn each_row_of_a_poc_account_is_a_leaf_of_its_object() {
    use LossKind::{NoCounterpart, Respelled, Unresolved, Value};
    check(
        &Options::dm_1_2(),
        &[
            case(
                "APPLICATION\n APPID=ap0006\n NAME=PoC\n PROVIDER-ID=p\n TO-NAPID=N\n TO-APPREF=IMS\n PRE-EST-SESS=1\n \
                 SIMUL-SESS=3\n MAX-ADHOC-GROUP-SIZE=24\n CONF-FCTY-URI=sip:c@p\n EXPLODER-URI=sip:e@p\n \
                 CONF-URI-TMPLT=sip:t@p\n T10=2000\n T11=5000\n T13=3500\n PRES-SRV-CAP=true\n OTHER=x\nNAPDEF\n NAPID=N",
                &[
                    ("PoC/p/AppID", "ap0006"),
                    ("PoC/p/Name", "PoC"),
                    ("PoC/p/Provider-ID", "p"),
                    ("PoC/p/PreEstSessSupport", "true"),
                    ("PoC/p/SimulSessNum", "3"),
                    ("PoC/p/MaxAdHocGroupSize", "24"),
                    ("PoC/p/ConfFactoryURI", "sip:c@p"),
                    ("PoC/p/ExploderURI", "sip:e@p"),
                    ("PoC/p/ConfURITemplate", "sip:t@p"),
                    ("PoC/p/T10Timer", "2000"),
                    ("PoC/p/T11Timer", "5000"),
                    ("PoC/p/T13Timer", "3500"),
                    ("PoC/p/PresenceSrvSupport", "true"),
                    ("PoC/p/ToConRef/1/ConRef", "./NAP/N"),
                    ("PoC/p/ToAppRef/1/AppRef", "IMS"),
                    ("NAP/N/ID", "N"),
                ],
                &[
                    ("APPLICATION[1]/PRES-SRV-CAP[1]", Respelled),
                    ("APPLICATION[1]/OTHER[1]", NoCounterpart),
                    ("APPLICATION[1]/TO-APPREF[1]", Unresolved),
                ],
            ),
            case(
                "APPLICATION\n APPID=ap0001\n T10=soon\n PRE-EST-SESS=perhaps\nAPPLICATION\n APPID=w9010",
                &[("PoC/APPLICATION/AppID", "ap0001")],
                &[
                    ("APPLICATION[2]", NoCounterpart),
                    ("APPLICATION[1]/T10[1]", Value),
                    ("APPLICATION[1]/PRE-EST-SESS[1]", Value),
                ],
            ),
        ],
    );
}

/// OMA-TS-DM-Bootstrap: the server of `w7` may get, replace and delete what is mapped; without one nobody may.
#[test]
fn the_server_has_rights_to_what_it_bootstrapped() {
    let acls = |lines: &str| {
        let source = Document::of_lines(lines);
        let objects = convert::to_dm(&source.build(), &Options::dm_1_2()).unwrap();
        let tree = objects.tree();
        let acl =
            |node: syncml::dm::mgmt_tree::Node<'_, '_>| node.rt_properties().unwrap().acl.map(|acl| acl.to_string());
        let acls: Vec<_> = tree.nodes().map(acl).collect();
        (acls, objects.losses().iter().filter(|loss| loss.kind() == LossKind::Acl).count())
    };
    let of = |servers: &str| Some(format!("Delete={servers}&Get={servers}&Replace={servers}"));
    for (lines, expected, losses) in [
        ("NAPDEF\n NAPID=N", vec![None], 0),
        ("NAPDEF\n NAPID=N\nAPPLICATION\n APPID=w7\n PROVIDER-ID=a", vec![of("a"), of("a")], 0),
        (
            "NAPDEF\n NAPID=N\nAPPLICATION\n APPID=w7\n PROVIDER-ID=a\nAPPLICATION\n APPID=w7\n PROVIDER-ID=b",
            vec![of("a+b"), of("a"), of("b")],
            0,
        ),
        ("NAPDEF\n NAPID=N\nAPPLICATION\n APPID=w7\n PROVIDER-ID=not a name", vec![None, None], 1),
    ] {
        assert_eq!(acls(lines), (expected, losses), "{lines}");
    }
}

/// What a tree says that no document says, and what stands there instead.
#[test]
fn what_a_document_cannot_say_is_reported() {
    use LossKind::{Acl, Dangling, NoCounterpart, Respelled, Unresolved, Value};
    let parms = |tree: &MgmtTree<'_>| {
        let back = convert::to_cp(tree, &Options::dm_1_2()).unwrap();
        let losses: Vec<_> = back.losses().iter().map(|loss| (loss.at().to_owned(), loss.kind())).collect();
        (Document::of(&back.document()).lines(), losses)
    };
    let mut builder = MgmtTree::builder();
    let acl = |acl| RtProperties { acl: Some(Text::new(acl)), ..RtProperties::default() };
    builder.start("x").path("./DMAcc").rt_properties(&acl("Get=s&Delete=s&Replace=s"));
    builder.start("ServerID").value("s").end();
    builder.start("PrefConRef").value("./NAP/gone").end();
    builder.start("ToConRef").start("1").start("ConRef").value("./NAP/gone").end().end();
    builder.start("2").start("ConRef").value("NAP/y").end().end();
    builder.start("3").start("ConRef").value("home").end().end().end();
    builder.start("AAuthPref").rt_properties(&acl("Get=*")).value("DIGEST").end();
    builder.start("AppAddr").start("a").start("Addr").value("10.0.0.1").end();
    builder.start("AddrType").value("").end().end().end();
    builder.start("AppAuth").rt_properties(&acl("Get=*")).start("a");
    builder.start("AAuthLevel").value("OTHER").end();
    let octets = RtProperties { format: Some(Format::BIN), ..RtProperties::default() };
    builder.start("AAuthData").rt_properties(&octets).octets(b"nonce").end().end().end();
    builder.start("Ext").start("Vendor").value("x").end().end().end();
    let nap = RtProperties {
        acl: Some(Text::new("Get=*")),
        type_: Some(NodeType::DdfName(Text::new("urn:oma:mo:oma-connmo-nap:1.0"))),
        ..RtProperties::default()
    };
    builder.start("NAP").start("y").rt_properties(&nap).start("ID").value("N").end().end().end();
    builder.start("DevInfo").path(".").start("Man").value("x").end().end();
    let octets = builder.build().to_wbxml().unwrap();
    let tree = MgmtTree::parse(&octets).unwrap();
    let (lines, losses) = parms(&tree);
    assert_eq!(
        lines,
        "APPLICATION\n APPID=w7\n PROVIDER-ID=s\n TO-NAPID=N\n TO-NAPID=home\n APPADDR\n  ADDR=10.0.0.1\n APPAUTH\n  \
         AAUTHDATA=bm9uY2U=\nNAPDEF\n NAPID=N\n"
    );
    let expected = [
        ("./DMAcc/x/PrefConRef", Dangling),
        ("./DMAcc/x/ToConRef/3/ConRef", Unresolved),
        ("./DMAcc/x/AppAddr/a/AddrType", Respelled),
        ("./DMAcc/x/AppAuth/a/AAuthLevel", Value),
        ("./NAP/y", Acl),
        ("./DMAcc/x/AAuthPref", NoCounterpart),
        ("./DMAcc/x/AppAuth", Acl),
        ("./DMAcc/x/Ext", NoCounterpart),
        ("./DevInfo", NoCounterpart),
    ];
    assert_eq!(losses, expected.map(|(at, kind)| (at.to_owned(), kind)));
}

/// Objects go into the inbox as a tree, or to their places as commands.
#[test]
fn objects_are_written_as_a_tree_or_as_commands() {
    let source = Document::of_lines("NAPDEF\n NAPID=N\nAPPLICATION\n APPID=w7\n PROVIDER-ID=N\n TO-NAPID=N");
    let document = source.build();
    // below one node no two have one name
    let inbox = convert::to_dm(&document, &Options::dm_1_2().at(Places::INBOX)).unwrap();
    let tree = inbox.tree();
    let expected = [
        ("Inbox/N/ID", "N"),
        ("Inbox/N-2/AppID", "w7"),
        ("Inbox/N-2/ServerID", "N"),
        ("Inbox/N-2/PrefConRef", "./Inbox/N"),
    ];
    assert_eq!(leaves(&tree), expected.map(|(uri, value)| (uri.to_owned(), value.to_owned())));
    assert_eq!(inbox.losses(), []);
    #[cfg(feature = "xml")]
    assert_eq!(leaves(&MgmtTree::parse(tree.to_xml().unwrap().as_bytes()).unwrap()), leaves(&tree));

    let objects = convert::to_dm(&document, &Options::dm_1_2()).unwrap();
    let tree = objects.tree();
    let mut uris = Vec::new();
    let mut adds = tree.adds(".");
    while let Some(item) = adds.next_item().unwrap() {
        uris.push(item.uri().unwrap().to_string());
    }
    assert_eq!(
        uris,
        [
            "./NAP/N",
            "./NAP/N/ID",
            "./NAP/N/IP",
            "./NAP/N/BearerParams",
            "./DMAcc/N",
            "./DMAcc/N/AppID",
            "./DMAcc/N/ServerID",
            "./DMAcc/N/PrefConRef"
        ]
    );
    let mut acls = tree.acl_replaces(".");
    assert_eq!(acls.next_item().unwrap().unwrap().uri().unwrap(), "./NAP/N?prop=ACL");
    assert_eq!(objects.unconfirmed().count(), 0);
}

/// Many objects with one name, and many servers: linear, or an error, but no standstill.
#[test]
fn hostile_documents_end() {
    let many = |line: &str, count| Document::of_lines(&line.repeat(count));
    let started = std::time::Instant::now();
    let one_name = many("NAPDEF\n NAPID=N\n", 20_000);
    let objects = convert::to_dm(&one_name.build(), &Options::dm_1_2()).unwrap();
    let tree = objects.tree();
    assert!(tree.find("./NAP/N-20000").is_some());
    assert_eq!(convert::to_cp(&tree, &Options::dm_1_2()).unwrap().losses(), []);
    let one_reference = "APPLICATION\n AppID=ap2001\n AppRef=A\nAPPLICATION\n APPID=ap0003\n APPREF=A\n TO-APPREF=A\n";
    let services = many(one_reference, 5_000);
    let objects = convert::to_dm(&services.build(), &Options::dm_1_2()).unwrap();
    let tree = objects.tree();
    assert!(tree.find("./XDM/A-10000").is_some());
    assert_eq!(convert::to_cp(&tree, &Options::dm_1_2()).unwrap().losses(), []);
    // each of the access points would have a list of all servers
    let mut servers: String = (0..2_000).map(|n| format!("APPLICATION\n APPID=w7\n PROVIDER-ID=s{n}\n")).collect();
    servers.push_str(&"NAPDEF\n NAPID=N\n".repeat(2_000));
    let error = convert::to_dm(&Document::of_lines(&servers).build(), &Options::dm_1_2()).unwrap_err();
    assert!(matches!(error.kind(), poc_mo::ErrorKind::TooLong(_)));
    assert!(started.elapsed().as_secs() < 60);
}
