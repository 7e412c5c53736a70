//! Characteristics as a provisioning server sends them: what its types are built with, so that they are right.

use alloc::vec;
use core::fmt;

use wbxml::Text;

use super::characteristics::{
    AppAddr, AppAuth, Application, Bootstrap, NapAuthInfo, NapDef, Port, PxAuthInfo, PxLogical, PxPhysical, Resource,
    Validity,
};
use super::settings::Settings;
use crate::characteristic::Parm;

/// Who an account is, and how it proves it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Auth<'a> {
    /// `AAUTHTYPE`: `HTTP-BASIC`, `HTTP-DIGEST`, `BASIC`, `DIGEST`, `HMAC`, …
    pub type_: &'a str,
    /// `AAUTHNAME`: the user name.
    pub name: &'a str,
    /// `AAUTHSECRET`: the password.
    pub secret: &'a str,
}

impl<'a> Auth<'a> {
    /// A user name and a password, to be used in this way.
    #[must_use]
    pub const fn new(type_: &'a str, name: &'a str, secret: &'a str) -> Self {
        Self { type_, name, secret }
    }
}

impl fmt::Debug for Auth<'_> {
    /// Writes all but the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").field("type_", &self.type_).field("name", &self.name).finish_non_exhaustive()
    }
}

const fn text(text: &str) -> Option<Text<'_>> {
    Some(Text::new(text))
}

impl<'a> NapDef<'a> {
    /// A packet-switched access point by its APN: GPRS and what came after it.
    ///
    /// ```
    /// use omacp::typed::NapDef;
    ///
    /// let access_point = NapDef::gprs("NAP1", "Operator", "internet").with_login("PAP", "guest", "guest").for_internet();
    /// assert_eq!(access_point.nap_addrtype.unwrap(), "APN");
    /// assert!(access_point.internet);
    /// ```
    #[must_use]
    pub fn gprs(napid: &'a str, name: &'a str, apn: &'a str) -> Self {
        Self {
            napid: text(napid),
            name: text(name),
            bearers: vec![Text::new("GSM-GPRS")],
            nap_address: text(apn),
            nap_addrtype: text("APN"),
            ..Self::default()
        }
    }

    /// With user name and password: `auth_type` is `PAP` or `CHAP`.
    #[must_use]
    pub fn with_login(mut self, auth_type: &'a str, name: &'a str, secret: &'a str) -> Self {
        self.auth_infos.push(NapAuthInfo {
            auth_type: text(auth_type),
            auth_name: text(name),
            auth_secret: text(secret),
            ..NapAuthInfo::default()
        });
        self
    }

    /// One that offers the Internet, so that references to `INTERNET` mean it too.
    #[must_use]
    pub const fn for_internet(mut self) -> Self {
        self.internet = true;
        self
    }

    /// Valid in the network with these codes, of the country and of the network. Clients take one network of each
    /// country, the first.
    #[must_use]
    pub fn valid_in(mut self, mcc: &'a str, mnc: &'a str) -> Self {
        self.validities.push(Validity { country: text(mcc), network: text(mnc), ..Validity::default() });
        self
    }

    /// Whether it offers the Internet: it has the flag, or the parm with a value, which some operators write.
    #[must_use]
    pub fn offers_internet(&self) -> bool {
        self.internet || self.rest.parm("INTERNET").is_some()
    }
}

impl<'a> PxLogical<'a> {
    /// A proxy with one address of IPv4 and one port, reached through one access point.
    ///
    /// ```
    /// use omacp::typed::PxLogical;
    ///
    /// let proxy = PxLogical::new("PX1", "Operator", "10.0.0.1", 8080, "NAP1");
    /// assert_eq!(proxy.physicals[0].to_napids[0], "NAP1");
    /// ```
    #[must_use]
    pub fn new(proxy_id: &'a str, name: &'a str, address: &'a str, port: u16, to_napid: &'a str) -> Self {
        let physical = PxPhysical {
            physical_proxy_id: text(proxy_id),
            pxaddr: text(address),
            pxaddrtype: text("IPV4"),
            to_napids: vec![Text::new(to_napid)],
            ports: vec![Port::new(port)],
            ..PxPhysical::default()
        };
        Self { proxy_id: text(proxy_id), name: text(name), physicals: vec![physical], ..Self::default() }
    }

    /// With user name and password: `auth_type` is `HTTP-BASIC`, `HTTP-DIGEST` or `WTLS-SS`.
    #[must_use]
    pub fn with_login(mut self, auth_type: &'a str, id: &'a str, pw: &'a str) -> Self {
        self.auth_infos.push(PxAuthInfo {
            auth_type: text(auth_type),
            id: text(id),
            pw: text(pw),
            ..PxAuthInfo::default()
        });
        self
    }

    /// With the page to begin with.
    #[must_use]
    pub const fn with_startpage(mut self, uri: &'a str) -> Self {
        self.startpage = text(uri);
        self
    }
}

impl<'a> Port<'a> {
    /// A port by its number.
    #[must_use]
    pub fn new(number: u16) -> Self {
        Self { portnbr: Some(u32::from(number)), ..Self::default() }
    }

    /// With what is spoken there: `HTTP`, `CO-WSP`, …
    #[must_use]
    pub fn with_service(mut self, service: &'a str) -> Self {
        self.services.push(Text::new(service));
        self
    }
}

impl<'a> Bootstrap<'a> {
    /// Who provisions from now on: the server at this URL.
    #[must_use]
    pub fn server(name: &'a str, provurl: &'a str) -> Self {
        Self { name: text(name), provurl: text(provurl), ..Self::default() }
    }
}

impl<'a> Application<'a> {
    /// An account of the application with this `APPID`. What it needs, [`application::find`](crate::application::find)
    /// says.
    #[must_use]
    pub fn new(appid: &'a str) -> Self {
        Self { appid: text(appid), ..Self::default() }
    }

    /// Browsing (`w2`), with the page to begin with.
    ///
    /// ```
    /// use omacp::typed::Application;
    ///
    /// let browser = Application::browsing("Operator", "http://wap.example.com").through_proxy("PX1");
    /// assert!(browser.resources[0].startpage);
    /// ```
    #[must_use]
    pub fn browsing(name: &'a str, startpage: &'a str) -> Self {
        let page = Resource { uri: text(startpage), startpage: true, ..Resource::default() };
        Self { name: text(name), resources: vec![page], ..Self::new("w2") }
    }

    /// Multimedia messages (`w4`), with the URL of the MMSC.
    #[must_use]
    pub fn mms(name: &'a str, mmsc: &'a str) -> Self {
        Self { name: text(name), addrs: vec![Text::new(mmsc)], ..Self::new("w4") }
    }

    /// Device management (`w7`): the identifier of the server, its URL and its port.
    ///
    /// ```
    /// use omacp::typed::{Application, Auth};
    ///
    /// let dm = Application::dm("com.example.dm", "Example", "http://dm.example.com/dm", 80)
    ///     .with_client_auth(Auth::new("DIGEST", "phone", "secret"))
    ///     .with_server_auth(Auth::new("DIGEST", "com.example.dm", "other secret"));
    /// assert_eq!(dm.app_auths[0].aauthlevel.unwrap(), "APPSRV");
    /// ```
    #[must_use]
    pub fn dm(server_id: &'a str, name: &'a str, url: &'a str, port: u16) -> Self {
        Self { provider_id: text(server_id), name: text(name), ..Self::new("w7") }.with_server(url, port)
    }

    /// Data synchronization (`w5`): the URL of the server and its port. Databases come with
    /// [`with_database`](Self::with_database); there has to be one.
    #[must_use]
    pub fn ds(provider_id: &'a str, name: &'a str, url: &'a str, port: u16) -> Self {
        Self { provider_id: text(provider_id), name: text(name), ..Self::new("w5") }.with_server(url, port)
    }

    /// With a database to synchronize, and the media types in it: `./contacts`, `text/x-vcard`.
    #[must_use]
    pub fn with_database(mut self, uri: &'a str, media_types: &'a str) -> Self {
        self.resources.push(Resource { uri: text(uri), aaccept: text(media_types), ..Resource::default() });
        self
    }

    /// A mailbox: `110` (POP3) or `143` (IMAP4), and where it is. What has the same `provider_id` belongs together.
    #[must_use]
    pub fn mailbox(appid: &'a str, provider_id: &'a str, host: &'a str, port: u16) -> Self {
        Self { provider_id: text(provider_id), ..Self::new(appid) }.with_server(host, port)
    }

    /// Sending mail (`25`), from this address, through this host.
    #[must_use]
    pub fn smtp(provider_id: &'a str, from: &'a str, host: &'a str, port: u16) -> Self {
        let mut this = Self { provider_id: text(provider_id), ..Self::new("25") }.with_server(host, port);
        this.rest.parms.push(Parm { name: Text::new("FROM"), value: text(from), datatype: None, offset: 0 });
        this
    }

    /// With the address of a server and its port. What kind of address that is, is not said, as in most messages: it may
    /// be a URL, for which there is no type.
    #[must_use]
    pub fn with_server(mut self, addr: &'a str, port: u16) -> Self {
        self.app_addrs.push(AppAddr { addr: text(addr), ports: vec![Port::new(port)], ..AppAddr::default() });
        self
    }

    /// Reached through this proxy; of several, the first is tried first.
    #[must_use]
    pub fn through_proxy(mut self, proxy_id: &'a str) -> Self {
        self.to_proxies.push(Text::new(proxy_id));
        self
    }

    /// Reached through this access point, if none of the proxies works; `INTERNET` is any that offers the Internet.
    #[must_use]
    pub fn through_access_point(mut self, napid: &'a str) -> Self {
        self.to_napids.push(Text::new(napid));
        self
    }

    /// With what the phone proves to the server.
    #[must_use]
    pub fn with_client_auth(self, auth: Auth<'a>) -> Self {
        self.with_auth(text("APPSRV"), auth)
    }

    /// With what the server proves to the phone.
    #[must_use]
    pub fn with_server_auth(self, auth: Auth<'a>) -> Self {
        self.with_auth(text("CLIENT"), auth)
    }

    /// With what the phone proves to HTTP.
    #[must_use]
    pub fn with_http_auth(self, auth: Auth<'a>) -> Self {
        self.with_auth(None, auth)
    }

    fn with_auth(mut self, aauthlevel: Option<Text<'a>>, auth: Auth<'a>) -> Self {
        self.app_auths.push(AppAuth {
            aauthlevel,
            aauthtype: text(auth.type_),
            aauthname: text(auth.name),
            aauthsecret: text(auth.secret),
            ..AppAuth::default()
        });
        self
    }
}

impl<'a> Settings<'a> {
    /// A document of version 1.0 without anything in it yet.
    #[must_use]
    pub fn new() -> Self {
        Self { version: text("1.0"), ..Self::default() }
    }

    /// With an access point.
    #[must_use]
    pub fn with_access_point(mut self, access_point: NapDef<'a>) -> Self {
        self.nap_defs.push(access_point);
        self
    }

    /// With a proxy.
    #[must_use]
    pub fn with_proxy(mut self, proxy: PxLogical<'a>) -> Self {
        self.px_logicals.push(proxy);
        self
    }

    /// With an account of an application.
    #[must_use]
    pub fn with_application(mut self, application: Application<'a>) -> Self {
        self.applications.push(application);
        self
    }

    /// With a provisioning server.
    #[must_use]
    pub fn with_bootstrap(mut self, bootstrap: Bootstrap<'a>) -> Self {
        self.bootstraps.push(bootstrap);
        self
    }
}
