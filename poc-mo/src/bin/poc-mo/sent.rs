//! What `provision` and `update` have in common: settings that are read, who gets them, and where the result goes.

use core::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::{Args, ValueEnum};
use poc_mo::provision::{Device, Loss, Provisioning};

use crate::{Failure, input};

/// Who gets it, and who sends it.
#[derive(Debug, Args)]
pub(crate) struct Receiver {
    /// The device: what it calls itself.
    #[arg(long, value_name = "URI", default_value = "IMEI:000000000000000")]
    device: String,
    /// The address of the device management server.
    #[arg(long, value_name = "URI", default_value = "https://dm.example")]
    server: String,
    /// Which device management the device has.
    #[arg(long, value_enum, default_value_t = Version::V1_2)]
    dm: Version,
    /// The node of the first PoC account; if it is not given, it is called after its provider, below ./PoC.
    #[arg(long, value_name = "URI")]
    node: Option<String>,
    /// The object identifier of PoC accounts; if it is not given, it is that of their application.
    #[arg(long, value_name = "URN")]
    object_id: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Version {
    #[value(name = "1.2")]
    V1_2,
    #[value(name = "1.1.2")]
    V1_1_2,
}

impl Receiver {
    pub(crate) fn device(&self) -> Device<'_> {
        let mut device = match self.dm {
            Version::V1_2 => Device::dm_1_2(&self.device, &self.server),
            Version::V1_1_2 => Device::dm_1_1_2(&self.device, &self.server),
        };
        if let Some(node) = &self.node {
            device = device.node(node);
        }
        if let Some(object_id) = &self.object_id {
            device = device.object_id(object_id);
        }
        device
    }
}

/// The settings in a file, and what that is called.
pub(crate) fn read(path: &Path) -> Result<(String, Provisioning), Failure> {
    let (name, text) = input::read(path)?;
    let provisioning = serde_json::from_slice(&text).map_err(|error| refused(&name, &error))?;
    Ok((name, provisioning))
}

/// What cannot be done with the settings of this file.
pub(crate) fn refused(name: &str, error: &(impl Display + ?Sized)) -> Failure {
    Failure::Input(format!("{name}: {error}"))
}

/// Says what gets lost, and which names are not confirmed.
pub(crate) fn warn<'n>(losses: &[Loss], unconfirmed: impl Iterator<Item = &'n str>) {
    for loss in losses {
        eprintln!("poc-mo: warning: {loss}");
    }
    let names: Vec<&str> = unconfirmed.collect();
    if !names.is_empty() {
        eprintln!("poc-mo: warning: names that are not confirmed: {}", names.join(", "));
    }
}

/// Writes the result; a terminal gets text only.
pub(crate) fn put(octets: &[u8], is_text: bool, path: Option<&Path>, out: &mut impl Write) -> Result<(), Failure> {
    if let Some(path) = path.filter(|path| path.as_os_str() != "-") {
        return std::fs::write(path, octets).map_err(|error| Failure::File(path.display().to_string(), error));
    }
    if !is_text && io::stdout().is_terminal() {
        return Err(Failure::Input(String::from("standard output: the result is binary: -o says where it is to go")));
    }
    out.write_all(octets)?;
    if is_text && !octets.ends_with(b"\n") {
        writeln!(out)?;
    }
    Ok(())
}
