//! Documents and messages, made of what stands in them.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use syncml::{Location, MessageWriter, SyncHdr};
use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2, xml};

/// A provisioning document of these applications, each given by what stands in it.
pub(crate) fn cp(applications: &[&str]) -> String {
    let body: String = applications
        .iter()
        .map(|body| format!("<characteristic type=\"APPLICATION\">{body}</characteristic>"))
        .collect();
    format!("<wap-provisioningdoc>{body}</wap-provisioningdoc>")
}

pub(crate) fn parm(name: &str, value: &str) -> String {
    format!("<parm name=\"{name}\" value=\"{value}\"/>")
}

/// A device management message with these commands.
pub(crate) fn dm(commands: &str) -> String {
    format!("<SyncML><SyncHdr/><SyncBody>{commands}<Final/></SyncBody></SyncML>")
}

pub(crate) fn leaf(uri: &str, value: &str) -> String {
    format!("<Item><Target><LocURI>{uri}</LocURI></Target><Data>{value}</Data></Item>")
}

pub(crate) fn interior(uri: &str, type_: &str) -> String {
    let type_ = if type_.is_empty() { String::new() } else { format!("<Type>{type_}</Type>") };
    format!("<Item><Target><LocURI>{uri}</LocURI></Target><Meta><Format>node</Format>{type_}</Meta></Item>")
}

pub(crate) fn command(name: &str, items: &[&str]) -> String {
    format!("<{name}><CmdID>1</CmdID>{}</{name}>", items.concat())
}

pub(crate) fn target(uri: &str) -> String {
    format!("<Item><Target><LocURI>{uri}</LocURI></Target></Item>")
}

fn header() -> SyncHdr<'static> {
    SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.harbour.example"))
}

/// A message in WBXML.
pub(crate) fn in_wbxml(write: impl Fn(&mut MessageWriter<Writer<'_, &mut Vec<u8>>>)) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header()).unwrap();
    write(&mut message);
    message.finish(true).unwrap();
    octets
}

/// The same in XML.
pub(crate) fn in_xml(write: impl Fn(&mut MessageWriter<xml::Writer<'_, &mut Vec<u8>>>)) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(xml::Writer::document(&mut octets, &SYNCML_1_2), &header()).unwrap();
    write(&mut message);
    message.finish(true).unwrap();
    octets
}
