//! One PoC account.

#[cfg(feature = "serde")]
mod reference;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::error::{Error, ErrorKind};
#[cfg(feature = "dm")]
use crate::loss::Loss;
use crate::profile::Field;

/// The settings of one push-to-talk service, however they came to the phone.
///
/// Times are in milliseconds. A setting that nothing has set is `None` or empty; what the profile has no row for is in
/// [`extensions`](Self::extensions).
///
/// ```
/// use poc_mo::{Field, PocAccount};
///
/// let mut account = PocAccount::default();
/// account.set(Field::T11, "6000")?;
/// assert_eq!(account.t11_ms, Some(6000));
/// let error = account.set(Field::T11, "soon").unwrap_err();
/// assert_eq!(error.to_string(), "t11_ms cannot be \"soon\": a decimal number up to 4294967295");
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct PocAccount {
    /// Which application this is: `ap0001` for PoC 1.0, `ap0006` for PoC 2.0 and 2.1.
    pub app_id: Option<String>,
    /// The service's name, as the user sees it.
    pub name: Option<String>,
    /// Which provider's access point of the service this is.
    pub provider_id: Option<String>,
    /// The network access points to use, the preferred one first.
    pub con_refs: Vec<Reference>,
    /// The other applications that PoC needs.
    pub app_refs: Vec<Reference>,
    /// The server supports pre-established sessions.
    pub pre_established_sessions: Option<bool>,
    /// The most sessions at once; 0 means that there can be one only.
    pub max_simultaneous_sessions: Option<u32>,
    /// The most participants of an ad-hoc group.
    pub max_adhoc_group_size: Option<u32>,
    /// The SIP URI that sets up ad-hoc group and one-to-one sessions.
    pub conference_factory_uri: Option<String>,
    /// The SIP URI to which a message to many is sent.
    pub exploder_uri: Option<String>,
    /// The pattern of the conference URIs that a client proposes.
    pub conference_uri_template: Option<String>,
    /// The talk burst release timer, in milliseconds.
    pub t10_ms: Option<u32>,
    /// The talk burst request timer, in milliseconds.
    pub t11_ms: Option<u32>,
    /// The end of media timer, in milliseconds.
    pub t13_ms: Option<u32>,
    /// The server publishes the user's PoC status as presence.
    pub server_presence: Option<bool>,
    /// What the profile has no row for: parms of the application, nodes of the object.
    pub extensions: Vec<Extension>,
}

/// A reference to an access point or to another application.
///
/// Two references are equal if they refer to the same thing, whatever node they stand in. With the feature `serde`, one
/// without a node is a string, and one with a node a map of `to` and `node`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reference {
    /// What is referred to: a `NAPID` or the URI of a connectivity object; an `APPREF`.
    pub to: String,
    /// The path of the node that holds it below the account's, if it came by Device Management.
    pub node: Option<String>,
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        self.to == other.to
    }
}

impl Eq for Reference {}

/// A setting that the profile has no row for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Extension {
    /// Its name: of a parm, with the characteristics around it (`APPADDR/ADDR`), or the path of a node below the
    /// account's.
    pub name: String,
    /// Its value; `None` for a parm without one and for an interior node.
    pub value: Option<String>,
}

impl Reference {
    /// A reference to `to`, in no node yet.
    #[must_use]
    pub fn new(to: &str) -> Self {
        Self { to: to.into(), node: None }
    }
}

impl Extension {
    /// The extension of this name, with a value or without.
    #[must_use]
    pub fn new(name: &str, value: Option<&str>) -> Self {
        Self { name: name.into(), value: value.map(Into::into) }
    }
}

/// The place of a setting in an account, by what it holds.
enum Slot<'s> {
    Text(&'s mut Option<String>),
    Truth(&'s mut Option<bool>),
    Number(&'s mut Option<u32>),
    References(&'s mut Vec<Reference>),
}

impl PocAccount {
    /// Sets a setting from its text. A reference is added to those that are there.
    ///
    /// # Errors
    /// [`ErrorKind::Value`] if the setting is a number or a truth value, and the text is none.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), Error> {
        match self.slot(field) {
            Slot::Text(slot) => *slot = Some(text.into()),
            Slot::Truth(slot) => *slot = Some(truth(field, text)?),
            Slot::Number(slot) => *slot = Some(number(field, text)?),
            Slot::References(list) => list.push(Reference { to: text.into(), node: None }),
        }
        Ok(())
    }

    /// Unsets a setting; all references of a list at once.
    pub fn clear(&mut self, field: Field) {
        match self.slot(field) {
            Slot::Text(slot) => *slot = None,
            Slot::Truth(slot) => *slot = None,
            Slot::Number(slot) => *slot = None,
            Slot::References(list) => list.clear(),
        }
    }

    /// The values of a setting as texts: one or none, but of a list all references in order.
    ///
    /// ```
    /// use poc_mo::{Field, PocAccount};
    ///
    /// let mut account = PocAccount::default();
    /// account.set(Field::T11, "6000")?;
    /// account.set(Field::ConRef, "NAP1")?;
    /// account.set(Field::ConRef, "NAP2")?;
    /// assert!(account.values(Field::T11).eq(["6000"]));
    /// assert!(account.values(Field::ConRef).eq(["NAP1", "NAP2"]));
    /// assert_eq!(account.values(Field::T13).count(), 0);
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    pub fn values(&self, field: Field) -> impl Iterator<Item = Cow<'_, str>> {
        let (value, list): (_, &[Reference]) = match field {
            Field::AppId => (text(&self.app_id), &[]),
            Field::Name => (text(&self.name), &[]),
            Field::ProviderId => (text(&self.provider_id), &[]),
            Field::ConRef => (None, &self.con_refs),
            Field::AppRef => (None, &self.app_refs),
            Field::PreEstablishedSessions => (shown(self.pre_established_sessions), &[]),
            Field::MaxSimultaneousSessions => (shown(self.max_simultaneous_sessions), &[]),
            Field::MaxAdhocGroupSize => (shown(self.max_adhoc_group_size), &[]),
            Field::ConferenceFactoryUri => (text(&self.conference_factory_uri), &[]),
            Field::ExploderUri => (text(&self.exploder_uri), &[]),
            Field::ConferenceUriTemplate => (text(&self.conference_uri_template), &[]),
            Field::T10 => (shown(self.t10_ms), &[]),
            Field::T11 => (shown(self.t11_ms), &[]),
            Field::T13 => (shown(self.t13_ms), &[]),
            Field::ServerPresence => (shown(self.server_presence), &[]),
        };
        value.into_iter().chain(list.iter().map(|reference| Cow::Borrowed(&*reference.to)))
    }

    /// The account without what is lost of it.
    #[cfg(feature = "dm")]
    pub(crate) fn without(&self, losses: &[Loss]) -> Self {
        let mut left = self.clone();
        let mut extensions: Vec<_> = left.extensions.drain(..).map(Some).collect();
        let mut con_refs: Vec<_> = left.con_refs.drain(..).map(Some).collect();
        let mut app_refs: Vec<_> = left.app_refs.drain(..).map(Some).collect();
        for loss in losses {
            match loss {
                Loss::Field(field, _) => left.clear(*field),
                Loss::Reference { field: Field::ConRef, index, .. } => forget(&mut con_refs, *index),
                Loss::Reference { index, .. } => forget(&mut app_refs, *index),
                Loss::Extension { index, .. } => forget(&mut extensions, *index),
                Loss::Account | Loss::Node(_) | Loss::Order => {}
            }
        }
        left.extensions = extensions.into_iter().flatten().collect();
        left.con_refs = con_refs.into_iter().flatten().collect();
        left.app_refs = app_refs.into_iter().flatten().collect();
        left
    }

    const fn slot(&mut self, field: Field) -> Slot<'_> {
        match field {
            Field::AppId => Slot::Text(&mut self.app_id),
            Field::Name => Slot::Text(&mut self.name),
            Field::ProviderId => Slot::Text(&mut self.provider_id),
            Field::ConRef => Slot::References(&mut self.con_refs),
            Field::AppRef => Slot::References(&mut self.app_refs),
            Field::PreEstablishedSessions => Slot::Truth(&mut self.pre_established_sessions),
            Field::MaxSimultaneousSessions => Slot::Number(&mut self.max_simultaneous_sessions),
            Field::MaxAdhocGroupSize => Slot::Number(&mut self.max_adhoc_group_size),
            Field::ConferenceFactoryUri => Slot::Text(&mut self.conference_factory_uri),
            Field::ExploderUri => Slot::Text(&mut self.exploder_uri),
            Field::ConferenceUriTemplate => Slot::Text(&mut self.conference_uri_template),
            Field::T10 => Slot::Number(&mut self.t10_ms),
            Field::T11 => Slot::Number(&mut self.t11_ms),
            Field::T13 => Slot::Number(&mut self.t13_ms),
            Field::ServerPresence => Slot::Truth(&mut self.server_presence),
        }
    }
}

#[cfg(feature = "dm")]
fn forget<T>(list: &mut [Option<T>], index: usize) {
    if let Some(entry) = list.get_mut(index) {
        *entry = None;
    }
}

fn text(value: &Option<String>) -> Option<Cow<'_, str>> {
    value.as_deref().map(Cow::Borrowed)
}

fn shown<'a>(value: Option<impl ToString>) -> Option<Cow<'a, str>> {
    value.map(|value| Cow::Owned(value.to_string()))
}

fn number(field: Field, text: &str) -> Result<u32, Error> {
    let digits = text.trim();
    // `parse` takes a sign, too
    let number = if digits.starts_with('+') { None } else { digits.parse().ok() };
    number.ok_or_else(|| refuse(field, text, "a decimal number up to 4294967295"))
}

fn truth(field: Field, text: &str) -> Result<bool, Error> {
    match text.trim() {
        "1" => Ok(true),
        "0" => Ok(false),
        word if word.eq_ignore_ascii_case("true") => Ok(true),
        word if word.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(refuse(field, text, "true, false, 1 or 0")),
    }
}

#[cold]
fn refuse(field: Field, text: &str, expected: &'static str) -> Error {
    Error::new(ErrorKind::Value { field, value: Box::from(text), expected }, None)
}
