//! `poc-mo settings`

use std::io::Write;

use clap::ValueEnum;
use poc_mo::{Field, PocAccount, PocSettings};
use syncml::MessageReader;

use crate::Failure;
use crate::input::{Kind, Source};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// A line a setting.
    Text,
    /// A JSON array of accounts.
    Json,
}

pub(crate) fn run(source: &Source, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let mut settings = PocSettings::new();
    for input in source.read()? {
        match input.kind()? {
            Kind::Provisioning => settings.apply_cp(&input.octets),
            Kind::Message => settings.apply_dm(&input.octets),
            Kind::Commands => MessageReader::fragment(&input.octets)
                .map_err(poc_mo::Error::from)
                .and_then(|commands| settings.apply_commands(commands)),
            Kind::Tree => return Err(Failure::of(&input, "a management tree holds no settings of a phone")),
        }
        .map_err(|error| Failure::of(&input, error))?;
    }
    let accounts: Vec<_> = settings.accounts().collect();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &accounts).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Text if accounts.is_empty() => writeln!(out, "no PoC account")?,
        Format::Text => {
            for account in accounts {
                print(account, out)?;
            }
        }
    }
    Ok(())
}

/// Prints a line a setting, those that nothing has set left out.
fn print(account: &PocAccount, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "PoC account")?;
    let mut line = |name: &str, value: &str| writeln!(out, "  {name:<26} {}", value.escape_debug());
    for field in Field::ALL {
        for value in account.values(field) {
            line(field.name(), &value)?;
        }
    }
    for extension in &account.extensions {
        let name = format!("[{}]", extension.name.escape_debug());
        line(&name, extension.value.as_deref().unwrap_or("(no value)"))?;
    }
    Ok(())
}
