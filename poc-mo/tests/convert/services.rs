//! The services below PoC: the IMS core, group management, presence, and the references to them.

use poc_mo::convert::{self, LossKind, Options, Places, ServiceNames};
use poc_mo::syncml::dm::Format;
use poc_mo::syncml::dm::mgmt_tree::{DfProperties, MgmtTree, NodeType};
use poc_mo::wbxml::Text;

use crate::model::{Document, leaves};
use crate::{case, check};

/// 3GPP TS 24.167 and GSMA's profile of `ap2001`: a leaf each, in whichever case and, where documents have it so, by the
/// parms of every application; what the object has no node for is lost.
#[test]
fn each_row_of_an_ims_core_is_a_leaf_of_its_object() {
    use LossKind::{Dangling, Empty, NoCounterpart, Repeated, Respelled, Unresolved, Value};
    check(
        &Options::dm_1_2(),
        &[
            case(
                "APPLICATION\n AppID=ap2001\n Name=Core\n AppRef=IMS 1\n PDP_ContextOperPref=1\n P-CSCF_Address=p\n \
                 Timer_T1=2000\n Timer_T2=16000\n Timer_T4=17000\n Private_User_Identity=u@h\n \
                 Home_network_domain_name=h\n Resource_Allocation_Mode=1\n Voice_Domain_Preference_E_UTRAN=1\n \
                 SMS_Over_IP_Networks_Indication=0\n Keep_Alive_Enabled=0\n Voice_Domain_Preference_UTRAN=2\n \
                 Mobility_Management_IMS_Voice_Termination=0\n RegRetryBaseTime=30\n RegRetryMaxTime=1800\n Other=x\n \
                 ConRefs\n  ConRef=N\n  ConRef=M\n Public_user_identity_List\n  Public_user_Identity=sip:u@h\n  \
                 Public_user_Identity=tel:1\n ICSI_List\n  ICSI=a\n  ICSI_Resource_Allocation_Mode=1\n ICSI_List\n  \
                 ICSI=b\n LBO_P-CSCF_Address\n  Address=h\n  AddressType=FQDN\n PhoneContext_List\n  PhoneContext=h\n  \
                 Public_user_identity=sip:u@h\n APPAUTH\n  AuthType=Digest\n  Realm=h\n  UserName=u\n  UserPwd=p\n \
                 Ext\n  Q-Value=0.5\nNAPDEF\n NAPID=N",
                &[
                    ("IMS/IMS%201/AppID", "ap2001"),
                    ("IMS/IMS%201/Name", "Core"),
                    ("IMS/IMS%201/PDP_ContextOperPref", "true"),
                    ("IMS/IMS%201/P-CSCF_Address", "p"),
                    ("IMS/IMS%201/Timer_T1", "2000"),
                    ("IMS/IMS%201/Timer_T2", "16000"),
                    ("IMS/IMS%201/Timer_T4", "17000"),
                    ("IMS/IMS%201/Private_user_identity", "u@h"),
                    ("IMS/IMS%201/Home_network_domain_name", "h"),
                    ("IMS/IMS%201/Resource_Allocation_Mode", "true"),
                    ("IMS/IMS%201/Voice_Domain_Preference_E_UTRAN", "1"),
                    ("IMS/IMS%201/SMS_Over_IP_Networks_Indication", "false"),
                    ("IMS/IMS%201/Keep_Alive_Enabled", "false"),
                    ("IMS/IMS%201/Voice_Domain_Preference_UTRAN", "2"),
                    ("IMS/IMS%201/Mobility_Management_IMS_Voice_Termination", "false"),
                    ("IMS/IMS%201/RegRetryBaseTime", "30"),
                    ("IMS/IMS%201/RegRetryMaxTime", "1800"),
                    ("IMS/IMS%201/ConRefs/1/ConRef", "./NAP/N"),
                    ("IMS/IMS%201/ConRefs/2/ConRef", "M"),
                    ("IMS/IMS%201/Public_user_identity_List/1/Public_user_identity", "sip:u@h"),
                    ("IMS/IMS%201/Public_user_identity_List/2/Public_user_identity", "tel:1"),
                    ("IMS/IMS%201/ICSI_List/1/ICSI", "a"),
                    ("IMS/IMS%201/ICSI_List/1/ICSI_Resource_Allocation_Mode", "true"),
                    ("IMS/IMS%201/ICSI_List/2/ICSI", "b"),
                    ("IMS/IMS%201/LBO_P-CSCF_Address/1/Address", "h"),
                    ("IMS/IMS%201/LBO_P-CSCF_Address/1/AddressType", "FQDN"),
                    ("IMS/IMS%201/PhoneContext_List/1/PhoneContext", "h"),
                    ("IMS/IMS%201/PhoneContext_List/1/Public_user_identity", "sip:u@h"),
                    ("IMS/IMS%201/Ext/APPAUTH/AuthType", "Digest"),
                    ("IMS/IMS%201/Ext/APPAUTH/Realm", "h"),
                    ("IMS/IMS%201/Ext/APPAUTH/UserName", "u"),
                    ("IMS/IMS%201/Ext/APPAUTH/UserPwd", "p"),
                    ("NAP/N/ID", "N"),
                ],
                &[
                    ("APPLICATION[1]/Other[1]", NoCounterpart),
                    ("APPLICATION[1]/ConRefs[1]/ConRef[2]", Unresolved),
                    ("APPLICATION[1]/Ext[1]", NoCounterpart),
                ],
            ),
            // the parms of every application; a list that comes twice, or empty; no preference
            case(
                "APPLICATION\n APPID=ap2001\n APPREF=IMS\n TO-NAPID=N\n TO-NAPID=./NAP/N\n TO-NAPID=INTERNET\n \
                 Timer_t1=soon\n PDP_ContextOperPref=0\n ConRefs\n  TO-NAPID=N\n ICSI_List\n  Other=x\n LBO_P-CSCF_Address\n  \
                 Other=x\n APPADDR\n  ADDR=p\n APPAUTH\n  AuthType=Digest\n APPAUTH\n  AuthType=AKA\nNAPDEF\n NAPID=N",
                &[
                    ("IMS/IMS/AppID", "ap2001"),
                    ("IMS/IMS/ConRefs/1/ConRef", "./NAP/N"),
                    ("IMS/IMS/ConRefs/2/ConRef", "INTERNET"),
                    ("IMS/IMS/ConRefs/3/ConRef", "./NAP/N"),
                    ("IMS/IMS/PDP_ContextOperPref", "false"),
                    ("IMS/IMS/Ext/APPAUTH/AuthType", "Digest"),
                    ("NAP/N/ID", "N"),
                ],
                &[
                    ("APPLICATION[1]/APPID[1]", Respelled),
                    ("APPLICATION[1]/APPREF[1]", Respelled),
                    ("APPLICATION[1]/TO-NAPID[1]", Respelled),
                    ("APPLICATION[1]/TO-NAPID[2]", Dangling),
                    ("APPLICATION[1]/TO-NAPID[3]", Respelled),
                    ("APPLICATION[1]/Timer_t1[1]", Value),
                    ("APPLICATION[1]/PDP_ContextOperPref[1]", Respelled),
                    ("APPLICATION[1]/ConRefs[1]/TO-NAPID[1]", Respelled),
                    ("APPLICATION[1]/ConRefs[1]", Respelled),
                    ("APPLICATION[1]/ICSI_List[1]/Other[1]", NoCounterpart),
                    ("APPLICATION[1]/ICSI_List[1]", Empty),
                    ("APPLICATION[1]/LBO_P-CSCF_Address[1]/Other[1]", NoCounterpart),
                    ("APPLICATION[1]/LBO_P-CSCF_Address[1]", Empty),
                    ("APPLICATION[1]/APPADDR[1]", NoCounterpart),
                    ("APPLICATION[1]/APPAUTH[2]", Repeated),
                ],
            ),
        ],
    );
}

/// Group management and presence, by reconstructed names.
#[test]
fn each_row_of_a_service_is_a_leaf_of_its_object() {
    use LossKind::{NoCounterpart, Repeated, Respelled};
    check(
        &Options::dm_1_2(),
        &[
            case(
                "APPLICATION\n APPID=ap0007\n NAME=Groups\n PROVIDER-ID=p\n APPREF=XDM\n TO-NAPID=INTERNET\n \
                 TO-APPREF=IMS\n URI=https://x\n AAUTHNAME=u\n AAUTHSECRET=s\n AAUTHTYPE=HTTP-DIGEST\nAPPLICATION\n \
                 AppID=ap2001\n AppRef=IMS",
                &[
                    ("XDM/XDM/AppID", "ap0007"),
                    ("XDM/XDM/Name", "Groups"),
                    ("XDM/XDM/Provider-ID", "p"),
                    ("XDM/XDM/XCAPRootURI", "https://x"),
                    ("XDM/XDM/XCAPAuthenticationUserName", "u"),
                    ("XDM/XDM/XCAPAuthenticationSecret", "s"),
                    ("XDM/XDM/XCAPAuthenticationType", "HTTP-DIGEST"),
                    ("XDM/XDM/ToConRef/1/ConRef", "INTERNET"),
                    ("XDM/XDM/ToAppRef/1/AppRef", "./IMS/IMS"),
                    ("IMS/IMS/AppID", "ap2001"),
                    ("IMS/IMS/PDP_ContextOperPref", "false"),
                ],
                &[],
            ),
            case(
                "APPLICATION\n APPID=ap0003\n RESOURCE\n  URI=https://x\n  AACCEPT=y\n APPAUTH\n  AAUTHTYPE=GAA\n  \
                 AAUTHNAME=u\n APPAUTH\n  AAUTHNAME=v",
                &[
                    ("XDM/~APPLICATION/AppID", "ap0003"),
                    ("XDM/~APPLICATION/XCAPRootURI", "https://x"),
                    ("XDM/~APPLICATION/XCAPAuthenticationType", "GAA"),
                    ("XDM/~APPLICATION/XCAPAuthenticationUserName", "u"),
                ],
                &[
                    ("APPLICATION[1]/RESOURCE[1]/AACCEPT[1]", NoCounterpart),
                    ("APPLICATION[1]/RESOURCE[1]", Respelled),
                    ("APPLICATION[1]/APPAUTH[1]", Respelled),
                    ("APPLICATION[1]/APPAUTH[2]", Repeated),
                ],
            ),
            case(
                "APPLICATION\n APPID=ap0009\n NAME=Presence\n PROVIDER-ID=p\n APPREF=PRS\n TO-APPREF=PRS\n \
                 CLIENT-OBJ-DATA-LIMIT=8192\n CONTENT-SERVER-URI=sip:c\n SOURCE-THROTTLE-PUBLISH=32\n \
                 MAX-NUMBER-OF-PRESENCE-SUBSCRIPTIONS=8\n MAX-NUMBER-OF-SUBSCRIPTIONS-IN-PRESENCE-LIST=16\n \
                 SERVICE-URI-TEMPLATE=sip:t\n RLS-URI=sip:r",
                &[
                    ("Presence/PRS/AppID", "ap0009"),
                    ("Presence/PRS/Name", "Presence"),
                    ("Presence/PRS/Provider-ID", "p"),
                    ("Presence/PRS/client-obj-data-limit", "8192"),
                    ("Presence/PRS/content-server-uri", "sip:c"),
                    ("Presence/PRS/source-throttle-publish", "32"),
                    ("Presence/PRS/max-number-of-presence-subscriptions", "8"),
                    ("Presence/PRS/max-number-of-subscriptions-in-presence-list", "16"),
                    ("Presence/PRS/service-uri-template", "sip:t"),
                    ("Presence/PRS/RLS-URI", "sip:r"),
                    ("Presence/PRS/ToAppRef/1/AppRef", "./Presence/PRS"),
                ],
                &[],
            ),
        ],
    );
}

/// An application refers to another by `APPREF`, which is the name of that one's node: it is unique, has an end, and
/// `~` in front where there is none.
#[test]
fn the_name_of_a_service_is_that_of_its_node() {
    use LossKind::{Dangling, Repeated, Respelled, Unresolved, Value};
    check(
        &Options::dm_1_2().name_octets(12),
        &[case(
            "APPLICATION\n APPID=ap0001\n TO-APPREF=A\n TO-APPREF=B\n TO-APPREF=./XDM/a-2\n TO-APPREF=a-2\n \
                 TO-APPREF=~x\n TO-APPREF=long ago and far\nAPPLICATION\n AppID=ap2001\n AppRef=A\n \
                 AppRef=B\nAPPLICATION\n APPID=ap0003\n APPREF=a\nAPPLICATION\n APPID=ap0002\n \
                 APPREF=~x\nAPPLICATION\n APPID=ap0003\nAPPLICATION\n APPID=ap0009\n APPREF=long ago and far",
            &[
                ("PoC/APPLICATION/AppID", "ap0001"),
                ("PoC/APPLICATION/ToAppRef/1/AppRef", "./IMS/A"),
                ("PoC/APPLICATION/ToAppRef/2/AppRef", "B"),
                ("PoC/APPLICATION/ToAppRef/3/AppRef", "~x"),
                ("PoC/APPLICATION/ToAppRef/4/AppRef", "./Presence/long%20ago"),
                ("IMS/A/AppID", "ap2001"),
                ("IMS/A/PDP_ContextOperPref", "false"),
                ("XDM/a-2/AppID", "ap0003"),
                ("Presence/~APPLICATION/AppID", "ap0002"),
                ("XDM/~APPLICATION/AppID", "ap0003"),
                ("Presence/long%20ago/AppID", "ap0009"),
            ],
            &[
                ("APPLICATION[1]/TO-APPREF[3]", Dangling),
                ("APPLICATION[1]/TO-APPREF[4]", Dangling),
                ("APPLICATION[1]/TO-APPREF[2]", Unresolved),
                ("APPLICATION[1]/TO-APPREF[5]", Unresolved),
                ("APPLICATION[2]/AppRef[2]", Repeated),
                ("APPLICATION[3]/APPREF[1]", Respelled),
                ("APPLICATION[4]/APPREF[1]", Value),
                ("APPLICATION[6]/APPREF[1]", Respelled),
            ],
        )],
    );
    // a phone calls its nodes as it likes: names are unique in a document
    let mut builder = MgmtTree::builder();
    for (path, id) in [("./IMS", "ap2001"), ("./XDM", "ap0007"), ("./Presence", "ap0002")] {
        builder.start("1").path(path).start("AppID").value(id).end().end();
    }
    builder.start("poc").path("./PoC").start("AppID").value("ap0006").end().start("ToAppRef");
    for (name, uri) in [("1", "./XDM/1"), ("2", "./IMS/1"), ("3", "./IMS/2")] {
        builder.start(name).start("AppRef").value(uri).end().end();
    }
    let tree = builder.build();
    let back = convert::to_cp(&tree, &Options::dm_1_2()).unwrap();
    assert_eq!(
        Document::of(&back.document()).lines(),
        "APPLICATION\n AppID=ap2001\n AppRef=1\nAPPLICATION\n APPID=ap0007\n APPREF=1-2\nAPPLICATION\n \
         APPID=ap0002\n APPREF=1-3\nAPPLICATION\n APPID=ap0006\n TO-APPREF=1-2\n TO-APPREF=1\n"
    );
    let losses: Vec<_> = back.losses().iter().map(|loss| (loss.at(), loss.kind())).collect();
    assert_eq!(losses, [("./PoC/poc/ToAppRef/3/AppRef", Dangling)]);
}

/// A phone's whole set-up for PoC, there and back without a loss; every name that is reconstructed is told.
#[test]
fn a_whole_set_up_goes_there_and_back() {
    let source = Document::of_lines(
        "NAPDEF\n NAPID=NAP1\n NAME=Harbour\n BEARER=GSM-GPRS\n NAP-ADDRESS=poc\nAPPLICATION\n APPID=w7\n \
         PROVIDER-ID=dm.example\n TO-NAPID=NAP1\n APPADDR\n  ADDR=https://dm.example\nAPPLICATION\n AppID=ap2001\n \
         AppRef=IMS\n Home_network_domain_name=example.net\n ConRefs\n  ConRef=NAP1\n APPAUTH\n  \
         UserPwd=buoy\nAPPLICATION\n APPID=ap0007\n APPREF=XDM\n TO-NAPID=NAP1\n TO-APPREF=IMS\n \
         URI=https://xcap\nAPPLICATION\n APPID=ap0009\n APPREF=PRS\n TO-APPREF=IMS\n TO-APPREF=XDM\n \
         CLIENT-OBJ-DATA-LIMIT=8192\nAPPLICATION\n APPID=ap0006\n PROVIDER-ID=poc.example\n TO-NAPID=NAP1\n \
         TO-APPREF=IMS\n TO-APPREF=XDM\n TO-APPREF=PRS\n CONF-FCTY-URI=sip:c@poc\n T10=3000",
    );
    for options in [Options::dm_1_2(), Options::dm_1_1_2(), Options::dm_1_2().at(Places::INBOX)] {
        let objects = convert::to_dm(&source.build(), &options).unwrap();
        assert_eq!(objects.losses(), []);
        let tree = objects.tree();
        let acl = Some("Delete=dm.example&Get=dm.example&Replace=dm.example".to_owned());
        assert!(tree.nodes().all(|node| node.rt_properties().unwrap().acl.map(|acl| acl.to_string()) == acl));
        let back = convert::to_cp(&tree, &options).unwrap();
        assert_eq!(back.losses(), []);
        assert_eq!(Document::of(&back.document()).sorted().lines(), source.clone().sorted().lines());
        for name in ["XCAPRootURI", "URI", "client-obj-data-limit", "ToAppRef/*/AppRef", "Ext/APPAUTH", "T10Timer"] {
            assert!(objects.unconfirmed().any(|known| known == name), "{name}");
        }
        assert!(!objects.unconfirmed().any(|known| known == "Home_network_domain_name"));
    }
}

/// Other names of nodes, from a description at run time or one by one: they are written and read, and are confirmed.
#[test]
fn a_description_gives_services_their_names() {
    const XDM: &str = "urn:oma:mo:oma-xdm:2.0";
    const PRESENCE: &str = "urn:oma:mo:oma-prs:2.0";
    let of = |format| DfProperties { format: Some(format), ..DfProperties::default() };
    let mut builder = MgmtTree::builder();
    for (id, names) in [(XDM, &["APPID", "XCAP-Root-Uri", "User"][..]), (PRESENCE, &["ClientObjDataLimit"])] {
        builder.start("").path(".").df_properties(&of(Format::NODE), &[NodeType::DdfName(Text::new(id))]);
        for name in names {
            builder.start(name).df_properties(&of(Format::CHR), &[]).end();
        }
        builder.start("To-App-Ref").df_properties(&of(Format::NODE), &[]);
        builder.start("").df_properties(&of(Format::NODE), &[]);
        builder.start("AppRef").df_properties(&of(Format::CHR), &[]);
        builder.end().end().end().end();
    }
    let names = ServiceNames::new(&builder.build());
    assert_eq!(names.unknown().collect::<Vec<_>>(), ["User"]);
    assert_eq!(names.missing().filter(|name| *name == "XCAPAuthenticationUserName").count(), 1);
    assert_eq!(names.missing().filter(|name| *name == "XCAPRootURI").count(), 0);
    let names = names.with(XDM, "XCAPAuthenticationUserName", "User").with(XDM, "Tide", "User").with("x", "Name", "x");
    assert_eq!(names.unknown().count(), 0);
    assert_eq!(names.missing().filter(|name| *name == "XCAPAuthenticationUserName").count(), 0);

    let source = Document::of_lines(
        "APPLICATION\n APPID=ap0007\n APPREF=XDM\n URI=https://x\n AAUTHNAME=u\nAPPLICATION\n APPID=ap0009\n \
         TO-APPREF=XDM\n CLIENT-OBJ-DATA-LIMIT=8192\nAPPLICATION\n APPID=ap0003\n APPAUTH\n  AAUTHNAME=v",
    );
    let options = Options::dm_1_2().service_names(&names);
    let objects = convert::to_dm(&source.build(), &options).unwrap();
    let tree = objects.tree();
    let expected = [
        ("XDM/XDM/APPID", "ap0007"),
        ("XDM/XDM/XCAP-Root-Uri", "https://x"),
        ("XDM/XDM/User", "u"),
        ("Presence/~APPLICATION/AppID", "ap0009"),
        ("Presence/~APPLICATION/ClientObjDataLimit", "8192"),
        ("Presence/~APPLICATION/To-App-Ref/1/AppRef", "./XDM/XDM"),
        ("XDM/~APPLICATION/APPID", "ap0003"),
        ("XDM/~APPLICATION/User", "v"),
    ];
    assert_eq!(leaves(&tree), expected.map(|(uri, value)| (uri.to_owned(), value.to_owned())));
    // a description confirms nodes, not parms; and this one has no AppID for presence
    assert_eq!(objects.unconfirmed().collect::<Vec<_>>(), ["AAUTHNAME", "AppID", "URI"]);
    let back = convert::to_cp(&tree, &options).unwrap();
    assert_eq!(back.losses(), []);
    assert_eq!(
        Document::of(&back.document()).lines(),
        "APPLICATION\n APPID=ap0007\n APPREF=XDM\n URI=https://x\n AAUTHNAME=u\nAPPLICATION\n APPID=ap0009\n \
         TO-APPREF=XDM\n CLIENT-OBJ-DATA-LIMIT=8192\nAPPLICATION\n APPID=ap0003\n AAUTHNAME=v\n"
    );
}
