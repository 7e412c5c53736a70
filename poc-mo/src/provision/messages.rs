//! Commands in messages.

use alloc::vec::Vec;

use syncml::{Command, Item, Package};
use wbxml::Encoding;

use super::device::Device;
use super::error::ProvisionError;
use crate::form::Edit;

/// As many messages as the device needs: one, unless it takes small ones only.
pub(super) fn messages(
    edits: &[Edit],
    device: &Device<'_>,
    encoding: Encoding<'_>,
) -> Result<Vec<Vec<u8>>, ProvisionError> {
    let items: Vec<Vec<Item<'_>>> = edits.iter().map(Edit::items).collect();
    // the package numbers them
    let commands: Vec<Command<'_>> = edits.iter().zip(&items).map(|(edit, items)| edit.command("0", items)).collect();
    let header = device.header();
    let mut package = Package::new(encoding, 1, &commands);
    let mut messages = Vec::new();
    loop {
        let mut octets = Vec::new();
        if package.next_message(&header, &[], device.max_msg_size, &mut octets)?.is_none() {
            return Ok(messages);
        }
        messages.push(octets);
    }
}
