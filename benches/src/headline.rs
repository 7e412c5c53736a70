//! What the README shows of all that is measured: its table and its picture have the same rows.

use crate::case::Task;

/// A row: what is done to which document, and what a person calls it.
pub const ROWS: [(Task, &str, &str); 8] = [
    (Task::Drive, "cp_440", "events of a provisioning document"),
    (Task::Drive, "dm_16k", "events of a DM message"),
    (Task::TypedStr, "dm_16k", "typed commands of a DM message"),
    (Task::Encode, "dm_16k", "writing the events of a DM message"),
    (Task::EncodeTyped, "dm_16k", "writing typed commands"),
    (Task::ToXml, "dm_16k", "DM message to XML"),
    (Task::FromXml, "dm_16k", "DM message from XML"),
    (Task::FromXmlTable, "dm_16k", "the same, with a string table"),
];
