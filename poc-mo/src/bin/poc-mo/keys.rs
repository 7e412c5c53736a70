//! Keys from what is typed, and whether a push is what the holder of them sent.

use clap::Args;
use omacp::Unverified;
use omacp::push::{Push, Sec};
use omacp::security::{Key, NetworkSecret};
use syncml::dm::bootstrap::{BootstrapKey, ImsiSecret, Sec as BootstrapSec};

use crate::content::{Carried, Content};
use crate::document::Kind;

/// What sender and phone share.
#[derive(Debug, Args)]
pub(crate) struct Keys {
    /// The PIN that the user was told, for USERPIN, USERNETWPIN and USERPINMAC.
    #[arg(long, value_name = "DIGITS")]
    pub(crate) pin: Option<String>,
    /// The IMSI of the subscription, for NETWPIN and USERNETWPIN.
    #[arg(long, value_name = "DIGITS")]
    pub(crate) imsi: Option<String>,
}

/// Why a push is not known to be what its sender sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// There is something to check, and it is not as it should be.
    NotVerified(String),
    /// What is needed to check it is not there, or cannot be.
    Missing(String),
}

/// What a key is for: what the documents of a push protect it by, and the options that make the key.
const OPTIONS: [(Sec, &str); 4] = [
    (Sec::NETWPIN, "--imsi"),
    (Sec::USERPIN, "--pin"),
    (Sec::USERNETWPIN, "--pin and --imsi"),
    (Sec::USERPINMAC, "--pin"),
];

impl Keys {
    /// The key of a document of Client Provisioning that is protected by this method.
    pub(crate) fn provisioning(&self, sec: Sec) -> Result<Key, Doubt> {
        let secret = || NetworkSecret::from_imsi(self.imsi(sec)?).map_err(|error| Doubt::Missing(error.to_string()));
        let key = match sec {
            Sec::NETWPIN => Ok(Key::netwpin(&secret()?)),
            Sec::USERPIN => Key::userpin(self.pin(sec)?),
            Sec::USERNETWPIN => Key::usernetwpin(&secret()?, self.pin(sec)?),
            Sec::USERPINMAC => Key::userpinmac(self.pin(sec)?),
            sec => return Err(Doubt::NotVerified(format!("{sec} is no method that is known"))),
        };
        key.map_err(|error| Doubt::Missing(error.to_string()))
    }

    /// The key of a bootstrap message of Device Management that is protected by this method; to verify, the one that
    /// Client Provisioning would have is good too.
    pub(crate) fn bootstrap(&self, sec: Sec) -> Result<Vec<BootstrapKey>, Doubt> {
        let secret = || ImsiSecret::new(self.imsi(sec)?).map_err(|error| Doubt::Missing(error.to_string()));
        let keys = match sec {
            Sec::NETWPIN => [BootstrapKey::networkid(secret()?.octets())].into_iter().collect(),
            Sec::USERPIN => [BootstrapKey::userpin(self.pin(sec)?.as_bytes())].into_iter().collect(),
            Sec::USERNETWPIN => {
                let (pin, secret) = (self.pin(sec)?.as_bytes(), secret()?);
                [
                    BootstrapKey::userpin_networkid(pin, secret.octets()),
                    BootstrapKey::userpin_networkid_as_in_cp(pin, secret.octets()),
                ]
                .into_iter()
                .collect()
            }
            sec => return Err(Doubt::NotVerified(format!("{sec} is no method of bootstrap messages"))),
        };
        let keys: Result<Vec<_>, _> = keys;
        keys.map_err(|error| Doubt::Missing(error.to_string()))
    }

    fn pin(&self, sec: Sec) -> Result<&str, Doubt> {
        self.pin.as_deref().ok_or_else(|| needed(sec))
    }

    fn imsi(&self, sec: Sec) -> Result<&str, Doubt> {
        self.imsi.as_deref().ok_or_else(|| needed(sec))
    }

    /// Whether the document in a push is what the holder of the keys sent: what with, in words.
    pub(crate) fn verify(&self, carried: &Carried<'_>) -> Result<String, Doubt> {
        match &carried.content {
            Content::Document(document) if document.kind == Kind::Provisioning => {
                self.verify_provisioning(&carried.push)
            }
            Content::Document(document) if document.kind == Kind::Message => self.verify_bootstrap(&carried.push),
            _ => Err(Doubt::Missing(String::from("nothing that a MAC is made for"))),
        }
    }

    fn verify_provisioning(&self, push: &Push<'_>) -> Result<String, Doubt> {
        let message = Unverified::from_push(push).map_err(|error| Doubt::NotVerified(error.kind().to_string()))?;
        let sec = message.sec().ok_or_else(not_protected)?;
        let key = self.provisioning(sec)?;
        message.verify(&key).map_err(|error| Doubt::NotVerified(format!("{sec}: {}", error.kind())))?;
        Ok(format!("{sec}: the MAC is that of {}", option(sec)))
    }

    fn verify_bootstrap(&self, push: &Push<'_>) -> Result<String, Doubt> {
        let sec = push.content_type.sec().ok_or_else(not_protected)?;
        let named = BootstrapSec(sec.value());
        let mut doubt = not_protected();
        for key in self.bootstrap(sec)? {
            match key.verify(push.unverified_body(), Some(named), push.content_type.mac()) {
                Ok(()) => return Ok(format!("{named}: the MAC is that of {}", option(sec))),
                Err(error) => doubt = Doubt::NotVerified(format!("{named}: {error}")),
            }
        }
        Err(doubt)
    }
}

/// The name of a method of protection, which bootstraps of Device Management call otherwise.
pub(crate) fn method(content: &Content<'_>, sec: Sec) -> String {
    let is_message = matches!(content, Content::Document(document) if document.kind == Kind::Message);
    let name = if is_message { BootstrapSec(sec.value()).name() } else { None };
    name.map_or_else(|| sec.to_string(), str::to_owned)
}

fn not_protected() -> Doubt {
    Doubt::NotVerified(String::from("the message is not protected"))
}

/// The options that make the key of a method.
fn option(sec: Sec) -> &'static str {
    OPTIONS.iter().find(|(known, _)| *known == sec).map_or("a key", |(_, option)| option)
}

fn needed(sec: Sec) -> Doubt {
    Doubt::Missing(format!("the message is protected by {sec}: {} must be given", option(sec)))
}
