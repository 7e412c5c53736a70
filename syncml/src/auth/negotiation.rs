//! What the sender of credentials does next (OMA Device Management Protocol, 9).

use super::chal::Chal;
use super::outcome::{Outcome, Verdict};
use super::scheme::Scheme;
use crate::code::StatusCode;

/// What one side of a session has sent of credentials, and what it is to do next.
///
/// ```
/// use syncml::StatusCode;
/// use syncml::auth::{Chal, Negotiation, NextStep, Nonce, Scheme, StopReason};
///
/// let nonce = Nonce::new(b"Nonce");
/// let (challenge, mut negotiation) = (Chal::md5(&nonce), Negotiation::new());
/// let wrong = StatusCode::INVALID_CREDENTIALS;
/// // the first nonce is stale, the second time the password is wrong
/// negotiation.sent(Scheme::Md5);
/// assert_eq!(negotiation.answered(wrong, Some(&challenge)), NextStep::Retry(Scheme::Md5));
/// negotiation.sent(Scheme::Md5);
/// assert_eq!(negotiation.answered(wrong, Some(&challenge)), NextStep::Stop(StopReason::Wrong));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Negotiation {
    /// The scheme of the last message, if it had credentials.
    sent: Option<Scheme>,
    /// The scheme that has been accepted.
    accepted: Option<Scheme>,
    /// The scheme of the challenge that was answered last.
    challenged: Option<Scheme>,
}

/// What the sender of credentials does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextStep {
    /// Go on; the next message has credentials of this scheme, under the nonce of the challenge if there is one.
    GoOn(Scheme),
    /// Go on without credentials; the nonce of the challenge, if there is one, is for the next session.
    GoOnWithout,
    /// Send the same package again with credentials of this scheme, under the nonce of the challenge: in the same
    /// session, with the next `MsgID`, to `RespURI` if there is one, with the status of `SyncHdr` in it.
    Retry(Scheme),
    /// End the session.
    Stop(StopReason),
    /// The status code says nothing of credentials.
    Unrelated,
}

/// Why a session ends over credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StopReason {
    /// The same scheme has been tried under the nonce of a challenge already: the user or the password is wrong.
    #[error("the user or the password is wrong")]
    Wrong,
    /// The other side wants none of this user's credentials.
    #[error("the credentials are refused")]
    Refused,
    /// A status that has to have a challenge has none.
    #[error("the challenge is missing")]
    NoChallenge,
    /// The challenge is for a scheme that is not done here.
    #[error("the scheme of the challenge is not supported")]
    UnknownScheme,
    /// The challenge is for a scheme with a nonce, and has none.
    #[error("the nonce of the challenge is missing")]
    NoNonce,
    /// The challenge is for another scheme than the one that has been accepted in this session.
    #[error("the scheme changes during the session")]
    SchemeChanged,
}

impl Negotiation {
    /// The begin of a session.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A message has been sent with credentials of this scheme.
    pub const fn sent(&mut self, scheme: Scheme) {
        self.sent = Some(scheme);
    }

    /// The status of the `SyncHdr` of the last message has come, with this challenge: what to do next.
    pub fn answered(&mut self, status: StatusCode, chal: Option<&Chal<'_>>) -> NextStep {
        let Some(outcome) = Outcome::of(status) else { return NextStep::Unrelated };
        let sent = self.sent.take();
        match outcome.verdict() {
            Verdict::AcceptedForMessage | Verdict::AcceptedForSession => {
                self.accepted = sent.or(self.accepted);
                self.challenged = None;
                match (outcome.verdict(), self.accepted) {
                    // a MAC is in every message, whatever the status says
                    (Verdict::AcceptedForMessage, Some(scheme)) | (_, Some(scheme @ Scheme::Mac)) => {
                        NextStep::GoOn(scheme)
                    }
                    _ => NextStep::GoOnWithout,
                }
            }
            Verdict::Wrong | Verdict::Missing => self.challenge(outcome.verdict(), sent, chal),
            Verdict::Refused => NextStep::Stop(StopReason::Refused),
        }
    }

    fn challenge(&mut self, verdict: Verdict, sent: Option<Scheme>, chal: Option<&Chal<'_>>) -> NextStep {
        let Some(chal) = chal else { return NextStep::Stop(StopReason::NoChallenge) };
        let Some(scheme) = chal.scheme().filter(|scheme| scheme.is_computed()) else {
            return NextStep::Stop(StopReason::UnknownScheme);
        };
        let changes = self.accepted.is_some_and(|accepted| accepted != scheme);
        // without a nonce nothing is different the next time
        let is_tried = match scheme {
            Scheme::Basic => verdict == Verdict::Wrong && sent == Some(scheme),
            _ => self.challenged == Some(scheme),
        };
        if changes {
            NextStep::Stop(StopReason::SchemeChanged)
        } else if is_tried {
            NextStep::Stop(StopReason::Wrong)
        } else if scheme != Scheme::Basic && !chal.has_nonce() {
            NextStep::Stop(StopReason::NoNonce)
        } else {
            self.challenged = Some(scheme);
            NextStep::Retry(scheme)
        }
    }
}
