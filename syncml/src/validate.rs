//! What is wrong with a message, how bad that is, and what receivers do about it (SyncML Representation Protocol, OMA
//! DM Representation Protocol 1.2).
//!
//! Whoever sends a message wants no finding for [`Role::Sender`] above a note. Whoever receives one copes with more,
//! and wants to know what to answer: [`Finding::action`].
//!
//! ```
//! # #[cfg(feature = "xml")] {
//! use syncml::validate::{Party, Role, Rule, Severity, Validator};
//!
//! let message = br#"<SyncML xmlns="SYNCML:SYNCML1.2">
//!     <SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>
//!         <Target><LocURI>IMEI:490154203237518</LocURI></Target>
//!         <Source><LocURI>https://dm.example.net</LocURI></Source></SyncHdr>
//!     <SyncBody>
//!         <Replace><CmdID>1</CmdID><Item><Target><LocURI>./PoC/Port</LocURI></Target>
//!             <Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>many</Data></Item></Replace>
//!         <Get><Item><Target><LocURI>./DevInfo</LocURI></Target></Item></Get>
//!         <Final/>
//!     </SyncBody>
//! </SyncML>"#;
//! let findings = Validator::new(Role::Sender).party(Party::Server).validate(message);
//! assert_eq!(findings.len(), 2);
//! assert_eq!((findings[0].rule, findings[0].severity), (Rule::MalformedData, Severity::Error));
//! assert_eq!(
//!     findings[1].to_string(),
//!     "command 2, Get, at octet 482: CmdID is missing; the answer is 400 (Bad request)"
//! );
//! # }
//! ```

mod answers;
mod check;
mod credentials;
mod header;
mod items;
mod model;
mod rule;
mod walk;

use core::fmt;

use alloc::vec::Vec;
use wbxml::vocabulary::syncml::{self, SYNCML_1_0, SYNCML_1_1, SYNCML_1_2};
use wbxml::{AnyReader, Cursor, Options, Text, Vocabulary};

pub use rule::{Action, Rule, Severity};

use crate::error::Error;
use check::Check;

/// For whom a message is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are these two")]
pub enum Role {
    /// By the letter of the specification: for who sends messages.
    Sender,
    /// As receivers have to look at them: what they have to cope with is no error.
    Receiver,
}

/// A side of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a session has two sides")]
pub enum Party {
    /// The device.
    Client,
    /// The server.
    Server,
}

/// Looks at messages, and finds what is wrong with them.
///
/// Nothing is needed but the octets of a message; what more is known finds more. Rules of device management hold for
/// messages whose `VerProto` is one of its, those of a version by `VerDTD`, else by the namespace or the public
/// identifier.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use syncml::validate::{Role, Rule, Validator};
///
/// let validator = Validator::new(Role::Receiver).max_msg_size(100);
/// let findings = validator.validate(b"<SyncML xmlns='SYNCML:SYNCML1.2'/>");
/// assert!(findings.iter().map(|finding| finding.rule).eq([Rule::Missing, Rule::Missing]));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validator {
    role: Role,
    party: Option<Party>,
    is_dm: bool,
    max_msg_size: Option<usize>,
    max_obj_size: Option<u64>,
    continues: bool,
    limit: usize,
}

impl Validator {
    /// The most findings that are listed unless [`limit`](Self::limit) says otherwise.
    pub const DEFAULT_LIMIT: usize = 1000;

    /// A validator that knows nothing but the message.
    #[must_use]
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            party: None,
            is_dm: false,
            max_msg_size: None,
            max_obj_size: None,
            continues: false,
            limit: Self::DEFAULT_LIMIT,
        }
    }

    /// Which side sends the message: in device management, not every command comes from both.
    #[must_use]
    pub const fn party(self, party: Party) -> Self {
        Self { party: Some(party), ..self }
    }

    /// The message is one of device management, whatever its `VerProto` says: what arrives as
    /// `application/vnd.syncml.dm+wbxml`, or an excerpt without a header.
    #[must_use]
    pub const fn device_management(self) -> Self {
        Self { is_dm: true, ..self }
    }

    /// The most octets of a message that its receiver takes (`MaxMsgSize`).
    #[must_use]
    pub const fn max_msg_size(self, octets: usize) -> Self {
        Self { max_msg_size: Some(octets), ..self }
    }

    /// The most octets of an object that its receiver takes (`MaxObjSize`).
    #[must_use]
    pub const fn max_obj_size(self, octets: u64) -> Self {
        Self { max_obj_size: Some(octets), ..self }
    }

    /// The message before this one has ended within a large object: the first data in this one is its next chunk, which
    /// has no size and is no value of its own.
    #[must_use]
    pub const fn continues(self) -> Self {
        Self { continues: true, ..self }
    }

    /// The most findings that are listed; one more says that there are others ([`Rule::TooMany`]).
    #[must_use]
    pub const fn limit(self, findings: usize) -> Self {
        Self { limit: findings, ..self }
    }

    /// What is wrong with the message in `octets`, WBXML or, with the feature `xml`, XML, in its order; nothing, if it is
    /// right.
    ///
    /// What cannot be read is a finding too, [`Rule::Unreadable`], with what was found before it. Nothing recurses; the
    /// time grows with the message and no faster than a sort.
    #[must_use]
    pub fn validate<'a>(&self, octets: &'a [u8]) -> Vec<Finding<'a>> {
        let mut check = Check::new(self);
        check.size(octets.len());
        let read = open(octets, AnyReader::new).and_then(|(mut reader, declared)| {
            check.declare(&reader, declared);
            check.message(&mut reader)
        });
        check.finish(read)
    }

    /// The same for commands in XML without `SyncML` around them, or for `SyncHdr` and `SyncBody`: examples in documents,
    /// excerpts of logs. See [`MessageReader::fragment`](crate::MessageReader::fragment).
    ///
    /// ```
    /// use syncml::validate::{Role, Rule, Validator};
    ///
    /// let findings = Validator::new(Role::Sender).validate_fragment(b"<Get><CmdID>0</CmdID></Get>");
    /// assert!(findings.iter().map(|finding| finding.rule).eq([Rule::Missing, Rule::ZeroCmdId]));
    /// ```
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    #[must_use]
    pub fn validate_fragment<'a>(&self, octets: &'a [u8]) -> Vec<Finding<'a>> {
        use wbxml::vocabulary::syncml::tag::SYNC_ML;

        let content = |octets, options| wbxml::xml::Reader::content(octets, options).map(AnyReader::Xml);
        let mut check = Check::new(self);
        let read = open(octets, content).and_then(|(mut reader, declared)| {
            check.declare(&reader, declared);
            match reader.next_child(wbxml::Start::CONTENT)? {
                Some(root) if root.tag == SYNC_ML => Ok(None),
                first => check.fragment(&mut reader, first).map(Some),
            }
        });
        match read {
            Ok(None) => self.validate(octets),
            Ok(Some(())) => check.finish(Ok(())),
            Err(error) => check.finish(Err(error)),
        }
    }
}

/// A reader, and the version that the document names by its namespace or its public identifier.
fn open<'a>(
    octets: &'a [u8],
    reader: impl Fn(&'a [u8], Options<'a>) -> wbxml::Result<AnyReader<'a>>,
) -> wbxml::Result<(AnyReader<'a>, Option<&'a Vocabulary<'a>>)> {
    static OLDEST_FIRST: [&Vocabulary<'static>; 3] = [&SYNCML_1_0, &SYNCML_1_1, &SYNCML_1_2];

    let newest = reader(octets, Options::new().vocabularies(&syncml::ALL).assume(&SYNCML_1_2))?;
    // a document that names none has whichever comes first
    let oldest = reader(octets, Options::new().vocabularies(&OLDEST_FIRST).assume(&SYNCML_1_0))?;
    let named = newest.vocabulary();
    Ok((newest, (named.name == oldest.vocabulary().name).then_some(named)))
}

/// A rule that a message breaks, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// Which rule.
    pub rule: Rule,
    /// How bad that is.
    pub severity: Severity,
    /// Which command of the message it is about, from 1, each counted where it begins; 0 for the header and the message.
    pub number: u32,
    /// The name of the command, or `SyncHdr`; `None` for the message.
    pub command: Option<&'static str>,
    /// The command's `CmdID`, if it has one.
    pub cmd_id: Option<Text<'a>>,
    /// What it is about: the name of an element, be it there or missing.
    pub about: Option<Text<'a>>,
    /// The first octet of the element that is wrong, or in which something is missing, in the document.
    pub offset: usize,
    /// What cannot be read, of [`Rule::Unreadable`].
    pub error: Option<Error>,
}

impl Finding<'_> {
    /// What a receiver does about it: [`Rule::action`], but that nobody answers a `Status`.
    #[must_use]
    pub fn action(&self) -> Action {
        match self.rule.action() {
            Action::Answer(_) if self.command == Some("Status") => Action::IgnoreElement,
            action => action,
        }
    }
}

impl fmt::Display for Finding<'_> {
    /// Writes place, rule and action.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.number > 0 {
            write!(f, "command {}, ", self.number)?;
        }
        f.write_str(self.command.unwrap_or("message"))?;
        if let Some(cmd_id) = self.cmd_id {
            write!(f, " with CmdID {cmd_id}")?;
        }
        write!(f, ", at octet {}: ", self.offset)?;
        if let Some(about) = self.about {
            write!(f, "{about} ")?;
        }
        write!(f, "{}; ", self.rule)?;
        if let Some(error) = self.error {
            write!(f, "{}; ", error.kind())?;
        }
        write!(f, "{}", self.action())
    }
}
