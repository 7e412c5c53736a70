//! Where a phone is, and what it wants to reach.

use crate::characteristic::Characteristic;
use crate::typed::{Validity, number};

/// Where a phone is, when, and what it wants to reach: what `VALIDITY`, `ACCESS` and `DOMAIN` depend on.
///
/// With no network and no time known, every access point is valid. An `ACCESS` for a `DOMAIN` or a `PORTNBR` is only for
/// who says what is to be reached.
///
/// ```
/// use omacp::resolve::Situation;
///
/// let situation = Situation::new().in_network("228", "01").at(1_700_000_000).reaching("www.example.com/wap").on_port(80);
/// assert_eq!(situation.port, Some(80));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Situation<'s> {
    /// The network that the phone is in.
    pub network: Option<Network<'s>>,
    /// The time, in seconds since the beginning of 1970, UTC.
    pub time: Option<u64>,
    /// The host that is to be reached, and perhaps a path on it.
    pub domain: Option<&'s str>,
    /// The port that is to be reached.
    pub port: Option<u16>,
}

/// A network, by its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Network<'s> {
    /// GSM and its successors.
    Gsm {
        /// The mobile country code.
        mcc: &'s str,
        /// The mobile network code: `01` and `001` are two networks.
        mnc: &'s str,
    },
    /// CDMA.
    Cdma {
        /// The system identifier.
        sid: &'s str,
        /// The system operator code.
        soc: &'s str,
    },
}

impl<'s> Situation<'s> {
    /// A phone of which nothing is known.
    #[must_use]
    pub const fn new() -> Self {
        Self { network: None, time: None, domain: None, port: None }
    }

    /// In the network with these codes: of the country, and of the network.
    #[must_use]
    pub const fn in_network(self, mcc: &'s str, mnc: &'s str) -> Self {
        Self { network: Some(Network::Gsm { mcc, mnc }), ..self }
    }

    /// In the CDMA network with this system identifier and this system operator code.
    #[must_use]
    pub const fn in_cdma_network(self, sid: &'s str, soc: &'s str) -> Self {
        Self { network: Some(Network::Cdma { sid, soc }), ..self }
    }

    /// At this time, in seconds since the beginning of 1970, UTC.
    #[must_use]
    pub const fn at(self, time: u64) -> Self {
        Self { time: Some(time), ..self }
    }

    /// On the way to this host, perhaps with a path: `www.example.com/wap`.
    #[must_use]
    pub const fn reaching(self, domain: &'s str) -> Self {
        Self { domain: Some(domain), ..self }
    }

    /// On the way to this port.
    #[must_use]
    pub const fn on_port(self, port: u16) -> Self {
        Self { port: Some(port), ..self }
    }

    /// Whether an access point may be used: one of its `VALIDITY` says so, or it has none.
    pub(super) fn allows(&self, access_point: &Characteristic<'_, '_>) -> bool {
        let mut validities = access_point.characteristics_of_type(Validity::TYPE).peekable();
        validities.peek().is_none() || validities.any(|validity| self.is_in(&validity))
    }

    fn is_in(&self, validity: &Characteristic<'_, '_>) -> bool {
        let is_network = match self.network {
            None => true,
            Some(network) => {
                [("COUNTRY", network.mcc()), ("NETWORK", network.mnc()), ("SID", network.sid()), ("SOC", network.soc())]
                    .iter()
                    .all(|(parm, here)| {
                        validity.value(parm).is_none_or(|there| here.is_some_and(|here| there == *here))
                    })
            }
        };
        let until = validity.value("VALIDUNTIL").and_then(|until| number(&until.to_cow().ok()?, 10)).map(u64::from);
        is_network && until.is_none_or(|until| self.time.is_none_or(|time| time <= until))
    }

    /// How well one of these domains fits what is to be reached: the length of the longest that does, 0 if there is none
    /// among them or an empty one fits everything, `None` if none fits.
    pub(super) fn fit(&self, of: &Characteristic<'_, '_>) -> Option<usize> {
        let mut domains = of.values("DOMAIN").peekable();
        if domains.peek().is_none() {
            return Some(0);
        }
        domains.filter_map(|domain| fit(&domain.to_cow().ok()?, self.domain)).max()
    }
}

/// The length of `domain` if `wanted` lies in it: the host ends with its labels, the path begins with its segments.
fn fit(domain: &str, wanted: Option<&str>) -> Option<usize> {
    if domain.is_empty() {
        return Some(0);
    }
    let (host, path) = halves(domain);
    let host = host.strip_prefix('.').unwrap_or(host);
    let (wanted_host, wanted_path) = halves(wanted?);
    let labels = wanted_host.len().checked_sub(host.len()).and_then(|at| wanted_host.split_at_checked(at));
    let is_host = labels.is_some_and(|(front, back)| {
        back.eq_ignore_ascii_case(host) && (host.is_empty() || front.is_empty() || front.ends_with('.'))
    });
    let is_path = wanted_path
        .strip_prefix(path)
        .is_some_and(|rest| path.is_empty() || rest.is_empty() || path.ends_with('/') || rest.starts_with('/'));
    (is_host && is_path).then_some(domain.len())
}

/// Host and path, the path with its slash.
fn halves(domain: &str) -> (&str, &str) {
    let at = domain.find('/').unwrap_or(domain.len());
    domain.split_at_checked(at).unwrap_or((domain, ""))
}

impl<'s> Network<'s> {
    const fn mcc(self) -> Option<&'s str> {
        match self {
            Self::Gsm { mcc, .. } => Some(mcc),
            Self::Cdma { .. } => None,
        }
    }

    const fn mnc(self) -> Option<&'s str> {
        match self {
            Self::Gsm { mnc, .. } => Some(mnc),
            Self::Cdma { .. } => None,
        }
    }

    const fn sid(self) -> Option<&'s str> {
        match self {
            Self::Cdma { sid, .. } => Some(sid),
            Self::Gsm { .. } => None,
        }
    }

    const fn soc(self) -> Option<&'s str> {
        match self {
            Self::Cdma { soc, .. } => Some(soc),
            Self::Gsm { .. } => None,
        }
    }
}
