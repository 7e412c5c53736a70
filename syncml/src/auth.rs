//! Who sent a message: credentials, challenges and the MAC of the transport's header (OMA Device Management Security).
//!
//! Three schemes are computed and checked here: basic, MD5, and the MAC in the header `x-syncml-hmac`, which is no HMAC
//! of RFC 2104. The others are named.
//!
//! | scheme | where | what |
//! | --- | --- | --- |
//! | `syncml:auth-basic` | `Cred` | `B64(user:password)` |
//! | `syncml:auth-md5` | `Cred` | `B64(H(B64(H(user:password)):nonce))` |
//! | `syncml:auth-MAC` | header `x-syncml-hmac` | `B64(H(B64(H(user:password)):nonce:B64(H(body))))` |
//!
//! [`Cred`](crate::Cred) is what [`SyncHdr`](crate::SyncHdr) holds, a [`Chal`] a view of what [`Status`](crate::Status)
//! does. A [`Verifier`] checks one scheme in constant time and accepts nothing but the right form, unless its user asks for
//! [`Variants`] that peers are known for. What a status code means for the next message is in [`Outcome`] and
//! [`Negotiation`].
//!
//! ```
//! use syncml::auth::{Chal, Credentials, Negotiation, NextStep, Nonce, Scheme, Variants, Verifier, VerifyError};
//! use syncml::{Status, StatusCode, SyncHdr};
//!
//! // the server has no credentials yet: 407, and a challenge
//! let (credentials, nonce) = (Credentials::new("Bruce2", "OhBehave"), Nonce::new(b"Nonce"));
//! let verifier = Verifier::md5(&credentials, &nonce);
//! let missing = verifier.cred(None).unwrap_err();
//! assert_eq!((missing, missing.status()), (VerifyError::Missing, StatusCode::MISSING_CREDENTIALS));
//! let challenge = Chal::md5(&nonce);
//! let fields = challenge.fields();
//! let mut status = Status::default();
//! status.chal = Some(challenge.meta(&fields));
//!
//! // the client is to try again, with MD5
//! let received = Chal::of_status(&status)?;
//! let next = Negotiation::new().answered(missing.status(), received.as_ref());
//! assert_eq!(next, NextStep::Retry(Scheme::Md5));
//! let nonce = received.unwrap().nonce(Variants::NONE)?.unwrap();
//! let data = Credentials::new("Bruce2", "OhBehave").md5(&nonce);
//! let header = SyncHdr::default().with_cred(&data.cred());
//!
//! // and the server sees who it is
//! assert_eq!(verifier.cred(header.cred.as_ref()), Ok(Variants::NONE));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod base64;
mod chal;
mod cred;
mod credentials;
mod digest;
mod header_mac;
mod negotiation;
mod nonce;
mod outcome;
mod scheme;
mod variant;
mod verifier;

pub use chal::Chal;
pub use cred::{Basic, CredData, CredError};
pub use credentials::Credentials;
pub use digest::Digest;
pub use header_mac::{HeaderError, HeaderMac};
pub use negotiation::{Negotiation, NextStep, StopReason};
pub use nonce::{Nonce, NonceError};
pub use outcome::{Need, NonceUse, Outcome, Verdict};
pub use scheme::Scheme;
pub use variant::{Variant, Variants};
pub use verifier::{Verifier, VerifyError};
