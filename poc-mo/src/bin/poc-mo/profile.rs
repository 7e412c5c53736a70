//! `poc-mo profile`, and the names of settings from a file for other subcommands.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use poc_mo::profile::{Names, PROVISIONAL, Profile};

use crate::Failure;
use crate::failure::Layer;

#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The names of nodes and parms: a table as `poc-mo profile` prints it, or the description (DDF) of the PoC object.
    ///
    /// What the file and the names that are known do not have in common is said on standard error.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
}

impl Named {
    /// Calls `run` with the profile that the file makes of the provisional one, or with that.
    pub(crate) fn with<T>(&self, run: impl FnOnce(Profile<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let Some(path) = &self.profile else { return run(PROVISIONAL) };
        let name = path.display().to_string();
        let octets = std::fs::read(path).map_err(|error| Failure::File(name.clone(), error))?;
        let layer = Layer::new(&name, &octets);
        let names = Names::read(layer.octets(), &PROVISIONAL).map_err(|error| layer.failure(error))?;
        for mismatch in names.mismatches() {
            eprintln!("poc-mo: warning: {}", layer.remark(mismatch));
        }
        run(names.correct(&PROVISIONAL).profile())
    }
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    named: Named,
}

const EXAMPLES: &str = "The table has a line for each setting, with tabs between its columns. Correct what is not
confirmed, leave out lines and columns as you like, and hand it to the other subcommands with --profile.

Examples:
  poc-mo profile                                        the names that are known
  poc-mo profile --profile poc-other-names.ddf          those of a description
  poc-mo profile --profile poc-other-names.tsv          those of a table, with all others";

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    arguments.named.with(|profile| {
        let table = profile.to_table().map_err(|error| Failure::Input(error.to_string()))?;
        Ok(write!(out, "{table}")?)
    })
}
