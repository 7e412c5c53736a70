//! How elements are shown to people: which of those inside stand on the line of the element around them.

use syncml::{AlertCode, StatusCode};

/// Where something stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// In the place of a name, behind the element's.
    Title,
    /// Behind this name.
    Named(&'static str),
    /// At the end, as the value.
    Value,
}

/// What a number means.
pub(crate) type Meaning = fn(&str) -> Option<&'static str>;

/// An element that is shown on the line of one around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) path: &'static [&'static str],
    pub(crate) label: Label,
    pub(crate) meaning: Option<Meaning>,
}

/// How elements of a name are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) element: &'static str,
    /// The attribute whose value is shown in the place of the element's name.
    pub(crate) name: Option<&'static str>,
    /// The attribute whose value is shown as that of the element.
    pub(crate) value: Option<&'static str>,
    pub(crate) parts: &'static [Part],
}

/// The shape of elements of this name.
pub(crate) fn find(element: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.element == element)
}

const fn title(path: &'static [&'static str]) -> Part {
    Part { path, label: Label::Title, meaning: None }
}

const fn named(path: &'static [&'static str], name: &'static str) -> Part {
    Part { path, label: Label::Named(name), meaning: None }
}

const fn value(path: &'static [&'static str]) -> Part {
    Part { path, label: Label::Value, meaning: None }
}

const fn parts(element: &'static str, parts: &'static [Part]) -> Shape {
    Shape { element, name: None, value: None, parts }
}

const COMMAND: &[Part] = &[
    named(&["CmdID"], "CmdID"),
    named(&["NoResp"], "NoResp"),
    named(&["Correlator"], "Correlator"),
    named(&["MsgRef"], "MsgRef"),
    named(&["CmdRef"], "CmdRef"),
];

/// Client Provisioning, SyncML, serialised trees and descriptions.
static SHAPES: [Shape; 24] = [
    Shape { element: "characteristic", name: Some("type"), value: None, parts: &[] },
    Shape { element: "parm", name: Some("name"), value: Some("value"), parts: &[] },
    parts(
        "Item",
        &[
            title(&["Target", "LocURI"]),
            named(&["Source", "LocURI"], "Source"),
            named(&["Meta", "Format"], "Format"),
            named(&["Meta", "Type"], "Type"),
            named(&["Meta", "Size"], "Size"),
            named(&["Meta", "Mark"], "Mark"),
            named(&["MoreData"], "MoreData"),
            value(&["Data"]),
        ],
    ),
    parts("Target", &[title(&["LocURI"]), named(&["LocName"], "LocName")]),
    parts("Source", &[title(&["LocURI"]), named(&["LocName"], "LocName")]),
    parts(
        "Meta",
        &[
            named(&["Format"], "Format"),
            named(&["Type"], "Type"),
            named(&["Size"], "Size"),
            named(&["Mark"], "Mark"),
            named(&["NextNonce"], "NextNonce"),
            named(&["MaxMsgSize"], "MaxMsgSize"),
            named(&["MaxObjSize"], "MaxObjSize"),
        ],
    ),
    parts(
        "Status",
        &[
            named(&["CmdID"], "CmdID"),
            named(&["MsgRef"], "MsgRef"),
            named(&["CmdRef"], "CmdRef"),
            named(&["Cmd"], "Cmd"),
            named(&["TargetRef"], "TargetRef"),
            named(&["SourceRef"], "SourceRef"),
            Part { path: &["Data"], label: Label::Named("Data"), meaning: Some(status) },
        ],
    ),
    parts(
        "Alert",
        &[
            named(&["CmdID"], "CmdID"),
            named(&["NoResp"], "NoResp"),
            named(&["Correlator"], "Correlator"),
            Part { path: &["Data"], label: Label::Named("Data"), meaning: Some(alert) },
        ],
    ),
    parts("Add", COMMAND),
    parts("Replace", COMMAND),
    parts("Delete", COMMAND),
    parts("Get", COMMAND),
    parts("Put", COMMAND),
    parts("Copy", COMMAND),
    parts("Move", COMMAND),
    parts("Exec", COMMAND),
    parts("Atomic", COMMAND),
    parts("Sequence", COMMAND),
    parts("Sync", COMMAND),
    parts("Map", COMMAND),
    parts("Search", COMMAND),
    parts("Results", COMMAND),
    parts(
        "Node",
        &[
            title(&["NodeName"]),
            named(&["Path"], "Path"),
            named(&["RTProperties", "Format"], "Format"),
            named(&["RTProperties", "Type", "MIME"], "Type"),
            named(&["RTProperties", "Type", "DDFName"], "DDFName"),
            named(&["RTProperties", "Type"], "Type"),
            named(&["RTProperties", "ACL"], "ACL"),
            named(&["DFProperties", "DFFormat"], "DFFormat"),
            named(&["DFProperties", "AccessType"], "AccessType"),
            named(&["DFProperties", "Occurrence"], "Occurrence"),
            named(&["DFProperties", "Scope"], "Scope"),
            named(&["DFProperties", "DFType", "MIME"], "DFType"),
            named(&["DFProperties", "DFType", "DDFName"], "DDFName"),
            named(&["DFProperties", "DefaultValue"], "DefaultValue"),
            named(&["DFProperties", "DFTitle"], "DFTitle"),
            value(&["Value"]),
        ],
    ),
    parts("Ext", &[title(&["XNam"]), value(&["XVal"])]),
];

fn status(code: &str) -> Option<&'static str> {
    code.trim().parse::<StatusCode>().ok()?.name()
}

fn alert(code: &str) -> Option<&'static str> {
    code.trim().parse::<AlertCode>().ok()?.name()
}
