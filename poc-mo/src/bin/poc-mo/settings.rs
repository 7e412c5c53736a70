//! `poc-mo settings`

use std::io::Write;

use clap::Args;
use poc_mo::{Applied, Field, PocAccount, PocSettings, Setting};
use syncml::MessageReader;
use syncml::dm::bootstrap::BootstrapWriter;
use syncml::dm::mgmt_tree::MgmtTree;

use crate::Failure;
use crate::content::Content;
use crate::document::{Document, Kind};
use crate::failure::{Fault, Layer};
use crate::input::Source;
use crate::keys::{Doubt, Keys};
use crate::profile::Named;
use crate::secrets::Secrets;
use crate::sheet::{Format, hidden};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// How to print them: JSON is an array of accounts.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    keys: Keys,
    /// Take pushes whose sender is not known too.
    #[arg(long)]
    unverified: bool,
    #[command(flatten)]
    named: Named,
    /// Show passwords and keys among what the profile does not know too; JSON always has them.
    #[arg(long)]
    show_secrets: bool,
    #[command(flatten)]
    source: Source,
}

const EXAMPLES: &str =
    "Each file is a document of Client Provisioning, a message of Device Management or a serialised tree
(TNDS), in WBXML or XML; or a push, or SMS segments, that carry one. A push is taken if its MAC is right under
--pin or --imsi, or with --unverified.

Examples:
  poc-mo settings poc-cp.wbxml poc-dm-update.wbxml      the account after both, in this order
  poc-mo settings --format json poc-cp.xml              the same for programs
  poc-mo settings --pin 1234 poc-push.hex               a push that the holder of the PIN has sent
  poc-mo settings --unverified poc-sms.hex              SMS segments, whoever has sent them
  poc-mo settings --profile poc-other-names.ddf poc-dm.wbxml
  poc-mo settings --profile poc-other-names.tsv poc-cp.wbxml";

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    arguments.named.with(|profile| {
        let mut settings = PocSettings::with_profile(profile);
        for input in arguments.source.read()? {
            for layer in input.whole_layers()? {
                apply(arguments, layer, &mut settings)?;
            }
        }
        let accounts: Vec<_> = settings.accounts().collect();
        match arguments.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &accounts).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Text if accounts.is_empty() => writeln!(out, "no PoC account")?,
            Format::Text => {
                for account in accounts {
                    print(account, arguments.show_secrets, out)?;
                }
            }
        }
        Ok(())
    })
}

fn apply(arguments: &Arguments, layer: Layer<'_>, settings: &mut PocSettings<'_>) -> Result<(), Failure> {
    let content = Content::read(layer).map_err(|fault| layer.failure(fault))?;
    let document = match &content {
        Content::Document(document) => document,
        Content::Push(carried) => {
            let Content::Document(document) = &carried.content else {
                return Err(layer.refusal(no_settings(&content)));
            };
            if !arguments.unverified {
                arguments.keys.verify(carried).map_err(|doubt| match doubt {
                    Doubt::NotVerified(why) | Doubt::Missing(why) => {
                        layer.refusal(format!("{why} (--unverified takes it nevertheless)"))
                    }
                })?;
            }
            document
        }
        Content::Notification(_) | Content::Octets(_) => {
            return Err(layer.refusal(no_settings(&content)));
        }
    };
    let applied = apply_document(document, settings).map_err(|fault| document.layer.failure(fault))?;
    say(&applied, layer, arguments.show_secrets);
    Ok(())
}

fn apply_document(document: &Document<'_>, settings: &mut PocSettings<'_>) -> Result<Applied, Fault> {
    let octets = document.layer.octets();
    Ok(match document.kind {
        Kind::Provisioning => settings.apply_cp(octets)?,
        Kind::Message => settings.apply_dm(octets)?,
        Kind::Commands => settings.apply_commands(MessageReader::fragment(octets)?)?,
        Kind::Tree => apply_tree(octets, settings)?,
        Kind::Description | Kind::DeviceInformation | Kind::Service => {
            return Err(Fault::new(no_settings(&Content::Document(document.clone()))));
        }
    })
}

/// Says on standard error which values gave way to others, and what was passed over.
fn say(applied: &Applied, layer: Layer<'_>, shows_secrets: bool) {
    for conflict in &applied.conflicts {
        match &conflict.setting {
            Setting::Extension(name) if Secrets::is_name(name) && !shows_secrets => {
                eprintln!("poc-mo: {}", layer.remark(format_args!("{:?} gives way to another value", name)));
            }
            _ => eprintln!("poc-mo: {}", layer.remark(conflict)),
        }
    }
    for passed_over in &applied.passed_over {
        eprintln!("poc-mo: {}", layer.remark(format_args!("passed over: {passed_over}")));
    }
}

fn no_settings(content: &Content<'_>) -> String {
    format!("{} holds no settings of a phone", content.what_in_short())
}

/// Adds the nodes of a serialised tree, as a bootstrap message would.
fn apply_tree(octets: &[u8], settings: &mut PocSettings<'_>) -> Result<Applied, Fault> {
    let tree = MgmtTree::parse(octets)?;
    let mut message = Vec::new();
    let written =
        BootstrapWriter::dm_1_2(&mut message, "", "").map_err(|error| error.to_string()).and_then(|mut writer| {
            writer.add("./Inbox", &tree).map_err(|error| error.to_string())?;
            writer.finish().map_err(|error| error.to_string())
        });
    written.map_err(Fault::new)?;
    // offsets in that message are of no use to anybody
    settings.apply_dm(&message).map_err(|error| Fault::new(error.kind().to_string()))
}

/// Prints a line a setting, those that nothing has set left out.
fn print(account: &PocAccount, shows_secrets: bool, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "PoC account")?;
    let mut line = |name: &str, value: &str| writeln!(out, "  {name:<26} {}", value.escape_debug());
    for field in Field::ALL {
        for value in account.values(field) {
            line(field.name(), &value)?;
        }
    }
    for extension in &account.extensions {
        let name = format!("[{}]", extension.name.escape_debug());
        match extension.value.as_deref() {
            None => line(&name, "(no value)")?,
            Some(value) if Secrets::is_name(&extension.name) && !shows_secrets => line(&name, &hidden(value.len()))?,
            Some(value) => line(&name, value)?,
        }
    }
    Ok(())
}
