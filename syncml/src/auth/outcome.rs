//! What a status code says of the credentials of the message that it answers (OMA Device Management Security, 5.1;
//! OMA Device Management Protocol, 9).

use super::scheme::Scheme;
use crate::code::StatusCode;

/// What the status of `SyncHdr` says of the credentials of the message that it answers, one row for each code.
///
/// ```
/// use syncml::StatusCode;
/// use syncml::auth::{Need, NonceUse, Outcome, Verdict};
///
/// let outcome = Outcome::of(StatusCode::AUTHENTICATION_ACCEPTED).unwrap();
/// assert_eq!(outcome.verdict(), Verdict::AcceptedForSession);
/// assert_eq!((outcome.chal(), outcome.nonce_use()), (Need::Optional, Some(NonceUse::NextSession)));
/// assert_eq!(Outcome::of(StatusCode::INVALID_CREDENTIALS).unwrap().chal(), Need::Required);
/// assert!(Outcome::of(StatusCode::NOT_FOUND).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    status: StatusCode,
    verdict: Verdict,
    chal: Need,
    nonce_use: Option<NonceUse>,
}

/// What became of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Accepted for this message: the next one has credentials again.
    AcceptedForMessage,
    /// Accepted for the session: no message in it has any more credentials.
    AcceptedForSession,
    /// Wrong: the message may be sent again with others.
    Wrong,
    /// There were none: the message may be sent again with some.
    Missing,
    /// Not accepted, and no others would be.
    Refused,
}

/// Whether something stands in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// It has to.
    Required,
    /// It may.
    Optional,
    /// It has no meaning there.
    Meaningless,
}

/// What the `NextNonce` of a challenge is for.
///
/// One from a peer that has not authenticated itself makes the answer, but is not stored over the one that is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NonceUse {
    /// The next message.
    NextMessage,
    /// The first message of the next session.
    NextSession,
}

const ROWS: [Outcome; 6] = [
    row(StatusCode::OK, Verdict::AcceptedForMessage, Need::Optional, Some(NonceUse::NextMessage)),
    row(StatusCode::AUTHENTICATION_ACCEPTED, Verdict::AcceptedForSession, Need::Optional, Some(NonceUse::NextSession)),
    row(StatusCode::INVALID_CREDENTIALS, Verdict::Wrong, Need::Required, Some(NonceUse::NextMessage)),
    row(StatusCode::PAYMENT_NEEDED, Verdict::Refused, Need::Meaningless, None),
    row(StatusCode::FORBIDDEN, Verdict::Refused, Need::Meaningless, None),
    row(StatusCode::MISSING_CREDENTIALS, Verdict::Missing, Need::Required, Some(NonceUse::NextMessage)),
];

/// Under [`Scheme::Mac`] every message has a MAC, and every status the nonce of the next one.
const MAC_ACCEPTED: Outcome =
    row(StatusCode::OK, Verdict::AcceptedForMessage, Need::Required, Some(NonceUse::NextMessage));

const fn row(status: StatusCode, verdict: Verdict, chal: Need, nonce_use: Option<NonceUse>) -> Outcome {
    Outcome { status, verdict, chal, nonce_use }
}

impl Outcome {
    /// What this status code says; `None` for those that say nothing of credentials.
    #[must_use]
    pub fn of(status: StatusCode) -> Option<&'static Self> {
        ROWS.iter().find(|row| row.status == status)
    }

    /// What to answer to right credentials: 212, they hold for the session; 200 under [`Scheme::Mac`], which every
    /// message has.
    #[must_use]
    pub fn of_accepted(scheme: Scheme) -> &'static Self {
        let [_, accepted_for_session, ..] = &ROWS;
        if scheme == Scheme::Mac { &MAC_ACCEPTED } else { accepted_for_session }
    }

    /// The status code.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// What became of the credentials.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Whether the status has a challenge.
    #[must_use]
    pub const fn chal(&self) -> Need {
        self.chal
    }

    /// What the nonce of the challenge is for.
    #[must_use]
    pub const fn nonce_use(&self) -> Option<NonceUse> {
        self.nonce_use
    }
}
