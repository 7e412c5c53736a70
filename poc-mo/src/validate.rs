//! What is wrong with an account, for who is about to send it.

use alloc::vec::Vec;
use core::fmt;

use crate::account::PocAccount;
use crate::profile::{Field, Format, Profile};

/// A rule that an account breaks, and the setting that breaks it.
///
/// ```
/// use poc_mo::{Field, PocAccount, profile::PROVISIONAL};
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "w7")?;
/// account.set(Field::ExploderUri, "exploder@ptt.example")?;
/// let findings = account.validate(&PROVISIONAL);
/// assert_eq!(findings[0].to_string(), "app_id: it is no application of PoC");
/// assert!(findings.iter().any(|finding| finding.to_string() == "exploder_uri: it is no SIP URI"));
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The setting.
    pub field: Field,
    /// What is wrong with it.
    pub rule: Rule,
}

/// What is wrong with a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// It is not set, and clients need it.
    Missing,
    /// There are several, and clients take one.
    TooMany,
    /// It is there, with nothing in it.
    Empty,
    /// The profile does not know the application.
    Application,
    /// It is no `sip:` or `sips:` URI (RFC 3261, 19.1).
    SipUri,
    /// It is less than 1: there is no group without anybody.
    Zero,
    /// It is more than 2147483647, the most that its node, of the format `int`, holds.
    TooLarge,
    /// It has more octets than a known handset keeps: 256 of a URI, 32 of an identifier or a name.
    TooLong,
}

/// What the value of a setting has to be.
struct Wanted {
    field: Field,
    /// The most octets of a text.
    octets: usize,
    is_sip_uri: bool,
    /// The least number.
    least: u32,
}

const fn text(field: Field, octets: usize, is_sip_uri: bool) -> Wanted {
    Wanted { field, octets, is_sip_uri, least: 0 }
}

const fn number(field: Field, least: u32) -> Wanted {
    Wanted { field, octets: usize::MAX, is_sip_uri: false, least }
}

/// What is no column of a profile, as it is not about nodes.
///
/// Read it as a table: setting, octets of its text, whether that is a SIP URI; or its least number.
const WANTED: [Wanted; 15] = [
    text(Field::AppId, 32, false),
    text(Field::Name, 32, false),
    text(Field::ProviderId, 32, false),
    text(Field::ConRef, 32, false),
    text(Field::AppRef, 32, false),
    number(Field::PreEstablishedSessions, 0),
    number(Field::MaxSimultaneousSessions, 0),
    number(Field::MaxAdhocGroupSize, 1),
    text(Field::ConferenceFactoryUri, 256, true),
    text(Field::ExploderUri, 256, true),
    text(Field::ConferenceUriTemplate, 256, false),
    number(Field::T10, 0),
    number(Field::T11, 0),
    number(Field::T13, 0),
    number(Field::ServerPresence, 0),
];

/// The most that a node of the format `int` holds (OMA DM Tree and Description 1.2, `Format`).
const LARGEST: u32 = i32::MAX.unsigned_abs();

impl PocAccount {
    /// What is wrong with the account, setting by setting; nothing, if it is right. Reading does not look at this: what
    /// a phone gets, it has.
    ///
    /// What clients need, how much of it they take, and which numbers are those of a node, the rows of the profile say:
    /// a setting that has none may be there or not.
    #[must_use]
    pub fn validate(&self, profile: &Profile<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for wanted in &WANTED {
            let field = wanted.field;
            let mut find = |rule| findings.push(Finding { field, rule });
            let row = profile.row(field);
            let count = self.values(field).count();
            if count == 0 && row.is_some_and(|row| row.occurrence.is_required()) {
                find(Rule::Missing);
            } else if count > 1 && row.is_some_and(|row| !row.occurrence.is_many()) {
                find(Rule::TooMany);
            }
            for value in self.values(field) {
                if value.is_empty() {
                    find(Rule::Empty);
                } else if field == Field::AppId && !profile.has_app_id(&value) {
                    find(Rule::Application);
                } else if wanted.is_sip_uri && !is_sip_uri(&value) {
                    find(Rule::SipUri);
                }
                if value.len() > wanted.octets {
                    find(Rule::TooLong);
                }
            }
            match self.number(field) {
                Some(number) if number < wanted.least => find(Rule::Zero),
                Some(number) if number > LARGEST && row.is_some_and(|row| row.format == Format::Int) => {
                    find(Rule::TooLarge);
                }
                _ => {}
            }
        }
        findings
    }

    const fn number(&self, field: Field) -> Option<u32> {
        match field {
            Field::MaxSimultaneousSessions => self.max_simultaneous_sessions,
            Field::MaxAdhocGroupSize => self.max_adhoc_group_size,
            Field::T10 => self.t10_ms,
            Field::T11 => self.t11_ms,
            Field::T13 => self.t13_ms,
            _ => None,
        }
    }
}

/// Whether it looks like a SIP URI: the scheme, and something behind it of the characters that URIs have
/// (RFC 3986, 2).
fn is_sip_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = ["sip", "sips"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let is_uri_character = |octet: u8| octet.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&octet);
    let host = rest.rsplit('@').next().unwrap_or_default();
    is_scheme && !host.is_empty() && !host.starts_with([':', ';', '?']) && rest.bytes().all(is_uri_character)
}

impl Rule {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "it is not set, and clients need it",
            Self::TooMany => "there are several, and clients take one",
            Self::Empty => "it is empty",
            Self::Application => "it is no application of PoC",
            Self::SipUri => "it is no SIP URI",
            Self::Zero => "it is less than 1",
            Self::TooLarge => "it is more than 2147483647",
            Self::TooLong => "it is longer than handsets keep",
        }
    }
}

impl fmt::Display for Finding {
    /// Writes the setting and the rule.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.rule.sentence())
    }
}
