//! The ways from an application to the network, in the order in which a phone tries them.

use alloc::collections::BTreeSet;
use alloc::vec::{self, Vec};
use core::cmp::Reverse;
use core::fmt;

use super::{ROWS, Resolution, Situation, Target, To};
use crate::characteristic::Characteristic;
use crate::typed::{Access, Application, PxPhysical, number};

/// A way to the network: an access point, behind a proxy or not.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Connection<'d, 'a> {
    /// The logical proxy (`PXLOGICAL`).
    pub proxy: Option<Characteristic<'d, 'a>>,
    /// The address of it to use (`PXPHYSICAL`).
    pub physical: Option<Characteristic<'d, 'a>>,
    /// The access point (`NAPDEF`).
    pub access_point: Characteristic<'d, 'a>,
}

/// The ways of an application to the network: [`Resolution::connections`].
#[derive(Clone)]
pub struct Connections<'d, 'a> {
    hops: vec::IntoIter<Hop<'d, 'a>>,
    /// The access points that `INTERNET` stands for.
    internet: Vec<Characteristic<'d, 'a>>,
    /// A hop by `INTERNET`, and how many of its access points have been.
    open: Option<(Hop<'d, 'a>, usize)>,
}

/// A step through a proxy or past all proxies.
#[derive(Clone, Copy)]
struct Hop<'d, 'a> {
    proxy: Option<Characteristic<'d, 'a>>,
    physical: Option<Characteristic<'d, 'a>>,
    /// The access point; `INTERNET`, if there is none.
    access_point: Option<Characteristic<'d, 'a>>,
}

impl<'d, 'a> Resolution<'d, 'a> {
    /// The ways of `application` to the network in this situation, in the order in which a phone tries them: if one
    /// fails, it takes the next.
    ///
    /// 1. What the application names with `TO-PROXY` and `TO-NAPID`, in order.
    /// 2. Else what the `ACCESS` for it names: of those whose `APPID`, `PORTNBR` and `DOMAIN` fit the application and the
    ///    situation (a parm that is not there fits everything), the one with the longest `DOMAIN`, and of several the
    ///    first.
    /// 3. Else every proxy of the document, those with the longest `DOMAIN` first, then every access point.
    ///
    /// A proxy whose `DOMAIN` does not fit what is to be reached is left out, if that is known. The addresses of a proxy
    /// and the access points of an address come in order, too. `INTERNET` stands for all access points with that flag.
    /// Access points that are not valid in this situation are left out, and so are references that lead out of the
    /// document: [`unresolved`](Self::unresolved) has them.
    ///
    /// Each call looks at the document once; what the iterator gives, it finds while it goes.
    #[must_use]
    pub fn connections(&self, application: &Characteristic<'d, 'a>, situation: &Situation<'_>) -> Connections<'d, 'a> {
        let valid: BTreeSet<usize> = self
            .access_points
            .iter()
            .filter(|access_point| situation.allows(access_point))
            .map(Characteristic::index)
            .collect();
        let is_internet = |access_point: &&Characteristic<'_, '_>| {
            valid.contains(&access_point.index()) && access_point.parm("INTERNET").is_some()
        };
        let internet = self.access_points.iter().filter(is_internet).copied().collect();
        let mut route = Route { resolution: self, situation, valid, taken: BTreeSet::new(), hops: Vec::new() };
        if has_targets(application, Application::TYPE) {
            route.follow(application, Application::TYPE);
        } else if let Some(access) = self.access(application, situation) {
            route.follow(&access, Access::TYPE);
        } else {
            let mut proxies: Vec<_> =
                self.proxies.iter().filter_map(|proxy| Some((fit(proxy, situation)?, proxy))).collect();
            proxies.sort_by_key(|(length, _)| Reverse(*length));
            for (_, proxy) in proxies {
                route.through(proxy);
            }
            for access_point in &self.access_points {
                route.hop(None, None, Some(*access_point));
            }
        }
        Connections { hops: route.hops.into_iter(), internet, open: None }
    }

    /// The `ACCESS` that is for this application in this situation.
    #[must_use]
    pub fn access(
        &self,
        application: &Characteristic<'d, 'a>,
        situation: &Situation<'_>,
    ) -> Option<Characteristic<'d, 'a>> {
        let appid = application.value("APPID");
        let mut best: Option<(usize, Characteristic<'d, 'a>)> = None;
        for access in &self.accesses {
            let is_application = all_or_any(access.values("APPID"), |value| {
                // phones are not particular about case
                let (Ok(value), Some(Ok(appid))) = (value.to_cow(), appid.map(|appid| appid.to_cow())) else {
                    return false;
                };
                value.eq_ignore_ascii_case(&appid)
            });
            let is_port = all_or_any(access.values("PORTNBR"), |value| {
                let port = value.to_cow().ok().and_then(|value| number(&value, 10));
                port.is_some() && port == situation.port.map(u32::from)
            });
            let longest = best.map(|(longest, _)| longest);
            let length = situation.fit(access).filter(|length| is_application && is_port && longest < Some(*length));
            best = length.map(|length| (length, *access)).or(best);
        }
        best.map(|(_, access)| access)
    }
}

/// Whether there is none of them, or one of which `is_right` says so.
fn all_or_any<T>(values: impl Iterator<Item = T>, is_right: impl FnMut(T) -> bool) -> bool {
    let mut values = values.peekable();
    values.peek().is_none() || values.any(is_right)
}

/// How well the domains of a proxy fit what is to be reached. If that is not known, all do.
fn fit(proxy: &Characteristic<'_, '_>, situation: &Situation<'_>) -> Option<usize> {
    if situation.domain.is_none() { Some(0) } else { situation.fit(proxy) }
}

/// Whether a characteristic says where its connections go.
fn has_targets(of: &Characteristic<'_, '_>, type_: &str) -> bool {
    of.parms().any(|parm| parm.value.is_some() && target(type_, &parm.name).is_some())
}

fn target(type_: &str, parm: &wbxml::Text<'_>) -> Option<Target> {
    let row = ROWS.iter().find(|(row, name, _)| *row == type_ && *parm == **name);
    row.map(|(.., target)| *target).filter(|target| *target != Target::Application)
}

/// Steps, as they are found.
struct Route<'r, 'd, 'a> {
    resolution: &'r Resolution<'d, 'a>,
    situation: &'r Situation<'r>,
    /// The access points that are valid.
    valid: BTreeSet<usize>,
    /// The proxies that have been: each is tried once, so that there are no more steps than references.
    taken: BTreeSet<usize>,
    hops: Vec<Hop<'d, 'a>>,
}

impl<'d, 'a> Route<'_, 'd, 'a> {
    /// Through what a characteristic refers to.
    fn follow(&mut self, from: &Characteristic<'d, 'a>, type_: &str) {
        for parm in from.parms() {
            let (Some(target), Some(value)) = (target(type_, &parm.name), parm.value) else { continue };
            match (target, self.resolution.follow(target, value)) {
                (Target::Proxy, To::Found(proxy)) if fit(&proxy, self.situation).is_some() => self.through(&proxy),
                (Target::AccessPoint, To::Found(access_point)) => self.hop(None, None, Some(access_point)),
                (_, To::Internet) => self.hop(None, None, None),
                _ => {}
            }
        }
    }

    fn through(&mut self, proxy: &Characteristic<'d, 'a>) {
        if !self.taken.insert(proxy.index()) {
            return;
        }
        for physical in proxy.characteristics_of_type(PxPhysical::TYPE) {
            if fit(&physical, self.situation).is_none() {
                continue;
            }
            for value in physical.values("TO-NAPID") {
                match self.resolution.follow(Target::AccessPoint, value) {
                    To::Found(access_point) => self.hop(Some(*proxy), Some(physical), Some(access_point)),
                    To::Internet => self.hop(Some(*proxy), Some(physical), None),
                    _ => {}
                }
            }
        }
    }

    fn hop(
        &mut self,
        proxy: Option<Characteristic<'d, 'a>>,
        physical: Option<Characteristic<'d, 'a>>,
        access_point: Option<Characteristic<'d, 'a>>,
    ) {
        if access_point.is_none_or(|access_point| self.valid.contains(&access_point.index())) {
            self.hops.push(Hop { proxy, physical, access_point });
        }
    }
}

impl<'d, 'a> Iterator for Connections<'d, 'a> {
    type Item = Connection<'d, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (hop, access_point) = match self.open.take() {
                Some((hop, place)) => match self.internet.get(place) {
                    Some(access_point) => {
                        self.open = Some((hop, place.saturating_add(1)));
                        (hop, *access_point)
                    }
                    None => continue,
                },
                None => {
                    let hop = self.hops.next()?;
                    match hop.access_point {
                        Some(access_point) => (hop, access_point),
                        None => {
                            self.open = Some((hop, 0));
                            continue;
                        }
                    }
                }
            };
            return Some(Connection { proxy: hop.proxy, physical: hop.physical, access_point });
        }
    }
}

impl fmt::Debug for Connections<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}
