//! Documents of the shapes that are met: a provisioning document of a few hundred octets, device management messages of
//! a few kilobytes.

use omacp::ProvisioningDoc;
use syncml::{Command, Item, Location, MessageWriter, Meta, Request, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Text, Writer};

/// A provisioning document with `accesses` access points, each with a proxy and an application.
#[must_use]
pub fn provisioning(accesses: usize) -> Vec<u8> {
    let names: Vec<[String; 4]> = (0..accesses)
        .map(|number| {
            [
                format!("NAP{number}"),
                format!("access{number}.example.net"),
                format!("PX{number}"),
                format!("192.0.2.{}", number % 256),
            ]
        })
        .collect();
    let mut document = ProvisioningDoc::builder();
    document.version("1.1");
    for [nap, host, proxy, address] in &names {
        document.start("NAPDEF").parm("NAPID", nap).parm("NAME", "Example access").parm("BEARER", "GSM-GPRS");
        document.parm("NAP-ADDRESS", host).parm("NAP-ADDRTYPE", "APN").flag("INTERNET");
        document.start("NAPAUTHINFO").parm("AUTHTYPE", "CHAP").parm("AUTHNAME", "user").parm("AUTHSECRET", "word");
        document.end().end();
        document.start("PXLOGICAL").parm("PROXY-ID", proxy).parm("NAME", "Example proxy");
        document.start("PXPHYSICAL").parm("PHYSICAL-PROXY-ID", proxy).parm("PXADDR", address);
        document.parm("PXADDRTYPE", "IPV4").parm("TO-NAPID", nap).start("PORT").parm("PORTNBR", "8080");
        document.end().end().end();
        document.start("APPLICATION").parm("APPID", "w2").parm("TO-PROXY", proxy).parm("ADDR", host).end();
    }
    document.build().to_wbxml().expect("a built document can be written")
}

/// A device management message with `commands` commands, in turn `Get` and `Replace`.
#[must_use]
pub fn message(commands: usize) -> Vec<u8> {
    let header =
        SyncHdr::dm_1_2("1", "1", Location::new("IMEI:356938035643809"), Location::new("https://dm.example.net"));
    let writer = Writer::new(Vec::new(), &SYNCML_1_2).expect("a vector has room");
    let mut message = MessageWriter::new(writer, &header).expect("a vector has room");
    for number in 0..commands {
        let (id, node) = ((number + 1).to_string(), format!("./PoC/Account{number}/T11Timer"));
        let command = if number % 2 == 0 {
            let mut request = Request::of_item(&id, Item::leaf(&node, Meta::EMPTY, ""));
            request.cmd_id = Some(Text::new(&id));
            Command::Get(request)
        } else {
            Command::Replace(Request::of_item(&id, Item::leaf(&node, Meta::of_data("int", "text/plain"), "6000")))
        };
        message.command(&command).expect("a vector has room");
    }
    message.finish(true).expect("a vector has room").into_sink()
}
