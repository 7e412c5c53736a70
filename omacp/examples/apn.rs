//! Changes an access point in a captured push and signs it again: every other octet stays as its sender wrote it.
//!
//! ```text
//! apn --pin DIGITS | --imsi DIGITS [--path PATH] [--unverified] APN < push.bin > changed.bin
//! ```
//!
//! The push is the whole WSP PDU, as the example `settings` puts it together from SMS. It is verified with the key before
//! it is changed and signed with it afterwards: `--pin` for USERPIN, `--imsi` for NETWPIN, both for USERNETWPIN. With
//! `--unverified` it is signed whoever sent it. `--path` leads to the parm that changes, if it is not the first
//! `NAPDEF/NAP-ADDRESS`.

use core::error::Error;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use omacp::resign::Edit;
use omacp::security::{Key, NetworkSecret};

/// What is asked for.
pub(crate) struct Request {
    pub(crate) key: Key,
    pub(crate) path: String,
    pub(crate) apn: String,
    pub(crate) is_unverified: bool,
}

fn main() -> ExitCode {
    let result = request(std::env::args().skip(1)).and_then(|request| {
        let mut pdu = Vec::new();
        std::io::stdin().read_to_end(&mut pdu)?;
        Ok(std::io::stdout().write_all(&changed(&pdu, &request)?)?)
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("apn: {error}");
            ExitCode::from(2)
        }
    }
}

fn request(mut arguments: impl Iterator<Item = String>) -> Result<Request, Box<dyn Error>> {
    let (mut pin, mut imsi, mut path, mut apn) = (None, None, None, None);
    let mut is_unverified = false;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match &argument[..] {
            "--pin" => pin = Some(value()?),
            "--imsi" => imsi = Some(value()?),
            "--path" => path = Some(value()?),
            "--unverified" => is_unverified = true,
            option if option.starts_with('-') => return Err(format!("no option is called {option}").into()),
            _ => apn = Some(argument),
        }
    }
    let secret = imsi.map(|imsi| NetworkSecret::from_imsi(&imsi)).transpose()?;
    let key = match (secret, pin) {
        (Some(secret), Some(pin)) => Key::usernetwpin(&secret, &pin)?,
        (Some(secret), None) => Key::netwpin(&secret),
        (None, Some(pin)) => Key::userpin(&pin)?,
        (None, None) => return Err("--pin or --imsi is wanted".into()),
    };
    let path = path.unwrap_or_else(|| String::from("NAPDEF/NAP-ADDRESS"));
    Ok(Request { key, path, apn: apn.ok_or("the new access point is wanted")?, is_unverified })
}

/// The push with the other access point.
pub(crate) fn changed(pdu: &[u8], request: &Request) -> Result<Vec<u8>, Box<dyn Error>> {
    let edit = if request.is_unverified { Edit::new_unverified(pdu) } else { Edit::new(pdu, &request.key) }?;
    Ok(edit
        .set(&request.path, &request.apn)
        .map_err(|error| format!("{}: {error}", request.path))?
        .sign(&request.key)?)
}
