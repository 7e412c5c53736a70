//! What comes in a push, verified.

use std::sync::LazyLock;

use omacp::Unverified;
use omacp::push::Push;
use omacp::security::Key;
use poc_mo::{Field, PocSettings};
use syncml::auth::Nonce;
use syncml::dm::notification::{Initiator, Notification, SessionId, Trigger};

use crate::inputs::PIN;

/// A push's octets to the verified document.
#[must_use]
pub fn push(octets: &[u8]) -> usize {
    let push = Push::parse(octets).expect("the inputs are pushes");
    let key = Key::userpin(PIN).expect("a PIN of digits");
    let document = Unverified::from_push(&push).and_then(|document| document.verify(&key)).expect("it is signed");
    document.characteristics().count()
}

/// A push's octets to the PoC accounts in it.
#[must_use]
pub fn settings(octets: &[u8]) -> usize {
    let push = Push::parse(octets).expect("the inputs are pushes");
    let key = Key::userpin(PIN).expect("a PIN of digits");
    let document = Unverified::from_push(&push).and_then(|document| document.verify(&key)).expect("it is signed");
    let mut settings = PocSettings::new();
    settings.apply_document(&document).expect("the inputs are settings");
    let values = settings.accounts().flat_map(|account| Field::ALL.map(|field| account.values(field).count()));
    values.sum()
}

const PASSWORD: &[u8] = b"srv-9";

/// What the server has sent before.
static NONCE: LazyLock<Nonce> = LazyLock::new(|| Nonce::new(b"harbour"));

/// A notification with a digest.
#[must_use]
pub fn signed_notification() -> Vec<u8> {
    let mut trigger = Trigger::new(b"dm.example.net", SessionId(0x4711)).expect("a short identifier");
    trigger.initiator = Initiator::Server;
    let mut octets = Vec::new();
    Notification::sign(trigger, PASSWORD, &NONCE).write(&mut octets).expect("a vector has room");
    octets
}

/// A notification's octets to its verified trigger.
#[must_use]
pub fn notification(octets: &[u8]) -> usize {
    let notification = Notification::parse(octets).expect("the input is a notification");
    notification.verify(PASSWORD, &NONCE).expect("it is signed").server_id().len()
}
