//! Builds the SMS that set up an operator's access point, protected by a PIN.
//!
//! ```text
//! segments --name NAME --apn APN --pin DIGITS [--user NAME] [--password SECRET] [--reference NUMBER]
//! ```
//!
//! Prints the user data of each SMS in hexadecimal digits, one on each line: to be sent as 8-bit data (DCS 0xF5) with a
//! user-data header (TP-UDHI). `--reference` (0 to 255, else 1) tells the message from others to the same phone. The
//! example `settings` reads the lines.

use core::error::Error;
use std::process::ExitCode;

use omacp::ProvisioningDoc;
use omacp::push::{ContentType, MediaType, Port, Ports, Push, Reference, segment};
use omacp::security::Key;

/// What is asked for.
#[derive(Default)]
pub(crate) struct Request {
    pub(crate) name: String,
    pub(crate) apn: String,
    pub(crate) pin: String,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) reference: u8,
}

fn main() -> ExitCode {
    match request(std::env::args().skip(1)).and_then(|request| segments(&request)) {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("segments: {error}");
            ExitCode::from(2)
        }
    }
}

fn request(mut arguments: impl Iterator<Item = String>) -> Result<Request, Box<dyn Error>> {
    let mut request = Request { reference: 1, ..Request::default() };
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or(format!("{option} wants a value"))?;
        match &option[..] {
            "--name" => request.name = value,
            "--apn" => request.apn = value,
            "--pin" => request.pin = value,
            "--user" => request.user = Some(value),
            "--password" => request.password = Some(value),
            "--reference" => request.reference = value.parse().map_err(|_| format!("{value}: not 0 to 255"))?,
            _ => return Err(format!("no option is called {option}").into()),
        }
    }
    let wanted = [("--name", &request.name), ("--apn", &request.apn), ("--pin", &request.pin)];
    if let Some((option, _)) = wanted.iter().find(|(_, value)| value.is_empty()) {
        return Err(format!("{option} is wanted").into());
    }
    Ok(request)
}

/// The user data of the SMS, in hexadecimal digits.
pub(crate) fn segments(request: &Request) -> Result<Vec<String>, Box<dyn Error>> {
    let document = document(request).to_wbxml()?;
    let key = Key::userpin(&request.pin)?;
    let mac = key.sign(&document);
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
    let pdu = Push::new(content_type, &document).to_vec()?;
    let ports = Ports { destination: Port::PUSH, source: Port::WSP };
    let parts = segment(&pdu, ports, Reference::Short(request.reference))?;
    Ok(parts.iter().map(|part| part.iter().map(|octet| format!("{octet:02X}")).collect()).collect())
}

/// An access point, and a browser account that uses it.
fn document(request: &Request) -> ProvisioningDoc<'_> {
    let mut builder = ProvisioningDoc::builder();
    builder.version("1.0");
    builder.start("BOOTSTRAP").parm("NAME", &request.name).end();
    builder.start("NAPDEF").parm("NAPID", "NAP1").parm("NAME", &request.name).parm("BEARER", "GSM-GPRS");
    builder.parm("NAP-ADDRESS", &request.apn).parm("NAP-ADDRTYPE", "APN").flag("INTERNET");
    if let Some(user) = &request.user {
        builder.start("NAPAUTHINFO").parm("AUTHTYPE", "PAP").parm("AUTHNAME", user);
        if let Some(password) = &request.password {
            builder.parm("AUTHSECRET", password);
        }
        builder.end();
    }
    builder.end();
    builder.start("APPLICATION").parm("APPID", "w2").parm("NAME", &request.name).parm("TO-NAPID", "NAP1").end();
    builder.build()
}
