//! Prints the settings that came by SMS.
//!
//! ```text
//! settings [--pin DIGITS] [--imsi DIGITS] [--unverified] [FILE]
//! ```
//!
//! The file (or standard input) has the hexadecimal digits of one SMS on each line, in any order, as a phone's log or a
//! modem has them: the user data, an SMS-DELIVER TPDU, or one behind the address of the service centre. What stands in
//! front of the digits on a line (`+CMGR: …`, a time, a sender) is passed over, if a blank stands between.
//!
//! The message is verified with the key that its `SEC` asks for: `--imsi` for NETWPIN, `--pin` for USERPIN and
//! USERPINMAC, both for USERNETWPIN. With `--unverified` it is printed whoever sent it.

use core::error::Error;
use core::fmt::{self, Write as _};
use std::io::Read as _;
use std::process::ExitCode;

use omacp::push::{Deliver, Push, Reassembler, Sec, UserData};
use omacp::security::{Key, NetworkSecret};
use omacp::{Characteristic, ProvisioningDoc, Unverified};

/// What is asked for.
#[derive(Default)]
pub(crate) struct Request {
    pub(crate) pin: Option<String>,
    pub(crate) imsi: Option<String>,
    pub(crate) is_unverified: bool,
    pub(crate) file: Option<String>,
}

fn main() -> ExitCode {
    let result = request(std::env::args().skip(1)).and_then(|request| {
        let log = match &request.file {
            Some(file) => std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?,
            None => {
                let mut log = String::new();
                std::io::stdin().read_to_string(&mut log)?;
                log
            }
        };
        settings(&log, &request)
    });
    match result {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("settings: {error}");
            ExitCode::from(2)
        }
    }
}

fn request(mut arguments: impl Iterator<Item = String>) -> Result<Request, Box<dyn Error>> {
    let mut request = Request::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants digits"));
        match &argument[..] {
            "--pin" => request.pin = Some(value()?),
            "--imsi" => request.imsi = Some(value()?),
            "--unverified" => request.is_unverified = true,
            option if option.starts_with('-') => return Err(format!("no option is called {option}").into()),
            _ => request.file = Some(argument),
        }
    }
    Ok(request)
}

/// The settings in the SMS of `log`, as text.
pub(crate) fn settings(log: &str, request: &Request) -> Result<String, Box<dyn Error>> {
    let mut phone = Reassembler::new();
    let mut text = String::new();
    for (number, line) in (1_usize..).zip(log.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let octets = line.split_whitespace().next_back().and_then(octets);
        let octets = octets.ok_or(format!("line {number}: no hexadecimal digits"))?;
        let (sender, user_data) = user_data(&octets).ok_or(format!("line {number}: no SMS with a user-data header"))?;
        let datagram = phone.receive(&sender, user_data).map_err(|error| format!("line {number}: {error}"))?;
        if let Some(datagram) = datagram {
            text.push_str(&message(&datagram.octets, request)?);
        }
    }
    if let Some(missing) = phone.missing().next() {
        return Err(format!("SMS missing: {:?} of a message", missing.numbers).into());
    }
    if text.is_empty() { Err("no SMS".into()) } else { Ok(text) }
}

/// The octets that hexadecimal digits are.
fn octets(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes().chunks(2).map(|pair| match pair {
        [_, _] => u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok(),
        _ => None,
    });
    digits.collect()
}

/// Who sends, and the user data, of octets in one of the forms of a log.
fn user_data(octets: &[u8]) -> Option<(String, &[u8])> {
    let with_centre = Deliver::parse_with_service_centre(octets);
    if let Ok(sms) = with_centre.or_else(|_| Deliver::parse(octets)) {
        return Some((sms.originator, sms.user_data));
    }
    UserData::parse(octets).ok().map(|_| (String::new(), octets))
}

/// The settings in a push.
fn message(pdu: &[u8], request: &Request) -> Result<String, Box<dyn Error>> {
    let push = Push::parse(pdu)?;
    let message = Unverified::from_push(&push)?;
    let method = message.sec().map_or(String::from("not protected"), |sec| sec.to_string());
    let (document, trust) = if request.is_unverified {
        (message.unverified_document()?, "not verified")
    } else {
        (message.verify(&key(message.sec(), request)?)?, "verified")
    };
    let mut text = format!("{method}, {trust}\n");
    print(&document, &mut text)?;
    Ok(text)
}

/// The key that this method wants.
fn key(sec: Option<Sec>, request: &Request) -> Result<Key, Box<dyn Error>> {
    let sec = sec.ok_or("the message is not protected (--unverified prints it)")?;
    let pin = || request.pin.as_deref().ok_or(format!("the message is protected by {sec}: --pin is wanted"));
    let network = || -> Result<NetworkSecret, Box<dyn Error>> {
        let imsi = request.imsi.as_deref().ok_or(format!("the message is protected by {sec}: --imsi is wanted"))?;
        Ok(NetworkSecret::from_imsi(imsi)?)
    };
    Ok(match sec {
        Sec::NETWPIN => Key::netwpin(&network()?),
        Sec::USERPIN => Key::userpin(pin()?)?,
        Sec::USERNETWPIN => Key::usernetwpin(&network()?, pin()?)?,
        Sec::USERPINMAC => Key::userpinmac(pin()?)?,
        other => return Err(format!("the message is protected by {other}, which nobody knows").into()),
    })
}

/// A line for each characteristic and parm, in order, those inside indented.
fn print(document: &ProvisioningDoc<'_>, text: &mut String) -> fmt::Result {
    let mut open: Vec<(usize, Characteristic<'_, '_>)> = document.characteristics().map(|it| (0, it)).collect();
    open.reverse();
    while let Some((depth, characteristic)) = open.pop() {
        let indent = "  ".repeat(depth);
        writeln!(text, "{indent}{}", characteristic.type_())?;
        for parm in characteristic.parms() {
            match parm.value {
                Some(value) => writeln!(text, "{indent}  {} = {value}", parm.name)?,
                None => writeln!(text, "{indent}  {}", parm.name)?,
            }
        }
        let inside = open.len();
        open.extend(characteristic.characteristics().map(|it| (depth.saturating_add(1), it)));
        if let Some(inside) = open.get_mut(inside..) {
            inside.reverse();
        }
    }
    Ok(())
}
