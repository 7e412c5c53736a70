//! The names of settings, from a file.

use std::path::Path;

use poc_mo::profile::{DdfNames, PROVISIONAL, Profile};
use syncml::dm::mgmt_tree::MgmtTree;

use crate::Failure;
use crate::failure::Layer;

/// Calls `run` with the profile that the file makes of the provisional one, or with that.
pub(crate) fn with<T>(file: Option<&Path>, run: impl FnOnce(Profile<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
    let Some(path) = file else { return run(PROVISIONAL) };
    let name = path.display().to_string();
    let octets = std::fs::read(path).map_err(|error| Failure::File(name.clone(), error))?;
    let layer = Layer::new(&name, &octets);
    let description = MgmtTree::parse(layer.octets()).map_err(|error| layer.failure(error))?;
    let names = DdfNames::new(&description, &PROVISIONAL);
    for mismatch in names.mismatches() {
        eprintln!("poc-mo: warning: {name}: {mismatch}");
    }
    let rows = names.rows(&PROVISIONAL);
    run(Profile { rows: &rows, ..PROVISIONAL })
}
