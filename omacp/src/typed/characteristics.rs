//! The characteristics in rows: field, type, parm, how often.

use alloc::vec::Vec;

use wbxml::vocabulary::prov::tag;
use wbxml::{Emit, Encode, Start, Text, WriteError};

use super::field::{Field, Hex};
use super::rest::{Rest, Subtree};
use super::schema::{Occurrence, ParmRow, Schema};
use crate::characteristic::Characteristic;

/// Types of characteristics. Each is read from and written to the wire by its rows, and validated by them.
macro_rules! characteristics {
    ($(
        $(#[$doc:meta])*
        $type:ident = $wire:literal {
            $( $(#[$field_doc:meta])* $field:ident: $value:ty = $name:literal, $occurrence:expr; )*
            $( [ $( $(#[$child_doc:meta])* $child:ident: $child_type:ident; )* ] )?
        }
    )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $type<'a> {
            $( #[doc = concat!("`", $name, "`: ")] $(#[$field_doc])* pub $field: $value, )*
            $($( $(#[$child_doc])* pub $child: Vec<$child_type<'a>>, )*)?
            /// What else stands there.
            pub rest: Rest<'a>,
        }

        impl<'a> $type<'a> {
            /// The `type` of the characteristic.
            pub const TYPE: &'static str = $wire;

            /// Its parms, and the characteristics in it.
            pub const SCHEMA: Schema = Schema {
                type_: $wire,
                parms: &[$( ParmRow {
                    name: $name,
                    value: <$value as Field<'a>>::VALUE,
                    occurrence: $occurrence,
                } ),*],
                children: &[$($( &$child_type::SCHEMA ),*)?],
            };

            /// Reads a characteristic of this type.
            ///
            /// Whether it is one is not looked at.
            #[must_use]
            pub fn read(characteristic: &Characteristic<'_, 'a>) -> Self {
                let mut this = Self::default();
                for parm in characteristic.parms() {
                    let is_taken = false $( || parm.name == *$name && this.$field.accept(parm) )*;
                    if !is_taken {
                        this.rest.parms.push(parm);
                    }
                }
                for child in characteristic.characteristics() {
                    $($(
                        if child.type_() == *$child_type::TYPE {
                            this.$child.push($child_type::read(&child));
                            continue;
                        }
                    )*)?
                    this.rest.characteristics.push(Subtree::of(&child));
                }
                this
            }
        }

        impl Encode for $type<'_> {
            /// Writes the characteristic.
            fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
                out.start(Start::new(tag::CHARACTERISTIC).with_attributes())?;
                out.attribute("type", $wire)?;
                out.attributes_end()?;
                $( self.$field.write($name, out)?; )*
                $($( self.$child.iter().try_for_each(|child| child.encode(out))?; )*)?
                self.rest.write(out)?;
                out.end()
            }
        }
    )* };
}

const ONE: Occurrence = Occurrence::One;
const OPTIONAL: Occurrence = Occurrence::Optional;
const MANY: Occurrence = Occurrence::Many;
const ONE_OR_MORE: Occurrence = Occurrence::OneOrMore;
/// Domains of a proxy.
const UP_TO_FOUR: Occurrence = Occurrence::UpTo(4);

characteristics! {
    /// `PXLOGICAL`: a logical proxy.
    PxLogical = "PXLOGICAL" {
        /// what references to the proxy say.
        proxy_id: Option<Text<'a>> = "PROXY-ID", ONE;
        /// what the user reads.
        name: Option<Text<'a>> = "NAME", ONE;
        /// the password of the proxy itself.
        proxy_pw: Option<Text<'a>> = "PROXY-PW", OPTIONAL;
        /// how a push proxy gateway proves who it is.
        ppgauth_type: Option<Text<'a>> = "PPGAUTH-TYPE", OPTIONAL;
        /// who runs the proxy.
        proxy_provider_id: Option<Text<'a>> = "PROXY-PROVIDER-ID", OPTIONAL;
        /// the domains that are reached through it.
        domains: Vec<Text<'a>> = "DOMAIN", UP_TO_FOUR;
        /// pushes from it are trusted.
        trust: bool = "TRUST", OPTIONAL;
        /// it says where the other proxies are.
        master: bool = "MASTER", OPTIONAL;
        /// the page to begin with.
        startpage: Option<Text<'a>> = "STARTPAGE", OPTIONAL;
        /// user name of HTTP basic authentication.
        basauth_id: Option<Text<'a>> = "BASAUTH-ID", OPTIONAL;
        /// password of HTTP basic authentication.
        basauth_pw: Option<Text<'a>> = "BASAUTH-PW", OPTIONAL;
        /// the version of WSP, `1.2` if it is not said.
        wsp_version: Option<Text<'a>> = "WSP-VERSION", OPTIONAL;
        /// 1: pushes from it are accepted; 0 if it is not said.
        pushenabled: Option<u32> = "PUSHENABLED", OPTIONAL;
        /// 1: it may be used for browsing.
        pullenabled: Option<u32> = "PULLENABLED", OPTIONAL;
        [
            /// How the phone proves who it is.
            auth_infos: PxAuthInfo;
            /// The ports of all physical proxies.
            ports: Port;
            /// The proxies themselves, by priority.
            physicals: PxPhysical;
        ]
    }

    /// `PXAUTHINFO`: how a phone proves to a proxy who it is.
    PxAuthInfo = "PXAUTHINFO" {
        /// `HTTP-BASIC`, `HTTP-DIGEST` or `WTLS-SS`.
        auth_type: Option<Text<'a>> = "PXAUTH-TYPE", ONE;
        /// the user name.
        id: Option<Text<'a>> = "PXAUTH-ID", OPTIONAL;
        /// the password.
        pw: Option<Text<'a>> = "PXAUTH-PW", OPTIONAL;
    }

    /// `PXPHYSICAL`: an address of a logical proxy.
    PxPhysical = "PXPHYSICAL" {
        /// the name of the physical proxy.
        physical_proxy_id: Option<Text<'a>> = "PHYSICAL-PROXY-ID", ONE;
        /// the domains that are reached through it.
        domains: Vec<Text<'a>> = "DOMAIN", UP_TO_FOUR;
        /// the address.
        pxaddr: Option<Text<'a>> = "PXADDR", ONE;
        /// what the address is, `IPV4` if it is not said.
        pxaddrtype: Option<Text<'a>> = "PXADDRTYPE", OPTIONAL;
        /// the fully qualified domain name.
        pxaddr_fqdn: Option<Text<'a>> = "PXADDR-FQDN", OPTIONAL;
        /// the version of WSP.
        wsp_version: Option<Text<'a>> = "WSP-VERSION", OPTIONAL;
        /// 1: pushes from it are accepted.
        pushenabled: Option<u32> = "PUSHENABLED", OPTIONAL;
        /// 1: it may be used for browsing.
        pullenabled: Option<u32> = "PULLENABLED", OPTIONAL;
        /// the access points to it, by priority; `INTERNET` is any that offers the Internet.
        to_napids: Vec<Text<'a>> = "TO-NAPID", ONE_OR_MORE;
        [
            /// The ports.
            ports: Port;
        ]
    }

    /// `PORT`: a port of a proxy or of an application's server.
    Port = "PORT" {
        /// the number, up to 65535.
        portnbr: Option<u32> = "PORTNBR", ONE;
        /// what is spoken there.
        services: Vec<Text<'a>> = "SERVICE", MANY;
    }

    /// `NAPDEF`: a network access point.
    NapDef = "NAPDEF" {
        /// what references to the access point say.
        napid: Option<Text<'a>> = "NAPID", ONE;
        /// what the user reads.
        name: Option<Text<'a>> = "NAME", ONE;
        /// the bearers, `GSM-GPRS` for example.
        bearers: Vec<Text<'a>> = "BEARER", ONE_OR_MORE;
        /// it offers the Internet: references to `INTERNET` mean it.
        internet: bool = "INTERNET", OPTIONAL;
        /// the address: an APN or a telephone number.
        nap_address: Option<Text<'a>> = "NAP-ADDRESS", ONE;
        /// what the address is, `E164` if it is not said.
        nap_addrtype: Option<Text<'a>> = "NAP-ADDRTYPE", OPTIONAL;
        /// the name servers.
        dns_addrs: Vec<Text<'a>> = "DNS-ADDR", MANY;
        /// the kind of call, `ANALOG-MODEM` if it is not said.
        calltype: Option<Text<'a>> = "CALLTYPE", OPTIONAL;
        /// the phone's address.
        local_addr: Option<Text<'a>> = "LOCAL-ADDR", OPTIONAL;
        /// what that address is, `IPV6` if it is not said.
        local_addrtype: Option<Text<'a>> = "LOCAL-ADDRTYPE", OPTIONAL;
        /// bits per second, or `AUTOBAUDING`.
        linkspeed: Option<Text<'a>> = "LINKSPEED", OPTIONAL;
        /// bits per second towards the phone.
        dnlinkspeed: Option<Text<'a>> = "DNLINKSPEED", OPTIONAL;
        /// seconds after which an idle connection ends.
        linger: Option<u32> = "LINGER", OPTIONAL;
        /// quality of service: delivery of erroneous SDUs.
        delivery_err_sdu: Option<Hex> = "DELIVERY-ERR-SDU", OPTIONAL;
        /// quality of service: delivery order.
        delivery_order: Option<Hex> = "DELIVERY-ORDER", OPTIONAL;
        /// quality of service: traffic class.
        traffic_class: Option<Hex> = "TRAFFIC-CLASS", OPTIONAL;
        /// quality of service: maximum SDU size.
        max_sdu_size: Option<Hex> = "MAX-SDU-SIZE", OPTIONAL;
        /// quality of service: maximum bit rate from the phone.
        max_bitrate_uplink: Option<Hex> = "MAX-BITRATE-UPLINK", OPTIONAL;
        /// quality of service: maximum bit rate to the phone.
        max_bitrate_dnlink: Option<Hex> = "MAX-BITRATE-DNLINK", OPTIONAL;
        /// quality of service: residual bit error rate.
        residual_ber: Option<Hex> = "RESIDUAL-BER", OPTIONAL;
        /// quality of service: SDU error ratio.
        sdu_error_ratio: Option<Hex> = "SDU-ERROR-RATIO", OPTIONAL;
        /// quality of service: traffic handling priority.
        traffic_handl_prio: Option<Hex> = "TRAFFIC-HANDL-PRIO", OPTIONAL;
        /// quality of service: transfer delay.
        transfer_delay: Option<Hex> = "TRANSFER-DELAY", OPTIONAL;
        /// quality of service: guaranteed bit rate from the phone.
        guaranteed_bitrate_uplink: Option<Hex> = "GUARANTEED-BITRATE-UPLINK", OPTIONAL;
        /// quality of service: guaranteed bit rate to the phone.
        guaranteed_bitrate_dnlink: Option<Hex> = "GUARANTEED-BITRATE-DNLINK", OPTIONAL;
        /// Mobile IP: how often registration is tried again.
        max_num_retry: Option<Hex> = "MAX-NUM-RETRY", OPTIONAL;
        /// Mobile IP: when it is tried again first.
        first_retry_timeout: Option<Hex> = "FIRST-RETRY-TIMEOUT", OPTIONAL;
        /// Mobile IP: when registration is renewed.
        rereg_threshold: Option<Hex> = "REREG-THRESHOLD", OPTIONAL;
        /// Mobile IP: reverse tunnelling.
        t_bit: bool = "T-BIT", OPTIONAL;
        [
            /// How the phone proves who it is.
            auth_infos: NapAuthInfo;
            /// Where and until when the access point may be used; everywhere, if there are none.
            validities: Validity;
        ]
    }

    /// `NAPAUTHINFO`: how a phone proves to an access point who it is.
    NapAuthInfo = "NAPAUTHINFO" {
        /// `PAP`, `CHAP` or `MD5`.
        auth_type: Option<Text<'a>> = "AUTHTYPE", ONE;
        /// the user name.
        auth_name: Option<Text<'a>> = "AUTHNAME", OPTIONAL;
        /// the password.
        auth_secret: Option<Text<'a>> = "AUTHSECRET", OPTIONAL;
        /// Mobile IP: `AAA` or `HA`.
        auth_entities: Vec<Text<'a>> = "AUTH-ENTITY", MANY;
        /// Mobile IP: the security parameter index, in hexadecimal digits.
        spi: Option<Text<'a>> = "SPI", OPTIONAL;
    }

    /// `VALIDITY`: where and until when an access point may be used.
    Validity = "VALIDITY" {
        /// mobile country code.
        country: Option<Text<'a>> = "COUNTRY", OPTIONAL;
        /// mobile network code; there is a country too.
        network: Option<Text<'a>> = "NETWORK", OPTIONAL;
        /// system identifier of CDMA; there is an SOC too.
        sid: Option<Text<'a>> = "SID", OPTIONAL;
        /// system operator code.
        soc: Option<Text<'a>> = "SOC", OPTIONAL;
        /// seconds since the beginning of 1970, UTC.
        validuntil: Option<u32> = "VALIDUNTIL", OPTIONAL;
    }

    /// `BOOTSTRAP`: who may provision from now on.
    Bootstrap = "BOOTSTRAP" {
        /// what the user reads.
        name: Option<Text<'a>> = "NAME", OPTIONAL;
        /// mobile network codes where the document counts.
        networks: Vec<Text<'a>> = "NETWORK", MANY;
        /// mobile country codes where the document counts.
        countries: Vec<Text<'a>> = "COUNTRY", MANY;
        /// proxies through which provisioning comes.
        proxy_ids: Vec<Text<'a>> = "PROXY-ID", MANY;
        /// the trusted provisioning server.
        provurl: Option<Text<'a>> = "PROVURL", OPTIONAL;
        /// how many more configuration contexts may be bootstrapped, 0 to 255.
        context_allow: Option<u32> = "CONTEXT-ALLOW", OPTIONAL;
    }

    /// `CLIENTIDENTITY`: what the phone is called.
    ClientIdentity = "CLIENTIDENTITY" {
        /// the name.
        client_id: Option<Text<'a>> = "CLIENT-ID", ONE;
    }

    /// `VENDORCONFIG`: anything, under the name of a vendor. It is in [`rest`](Self::rest).
    VendorConfig = "VENDORCONFIG" {
        /// who knows what it means.
        name: Option<Text<'a>> = "NAME", ONE;
    }

    /// `APPLICATION`: an application's account. The parms of the application's own are in [`rest`](Self::rest).
    Application = "APPLICATION" {
        /// which application: see [`application`](crate::application).
        appid: Option<Text<'a>> = "APPID", ONE;
        /// whose service it is.
        provider_id: Option<Text<'a>> = "PROVIDER-ID", OPTIONAL;
        /// what the user reads.
        name: Option<Text<'a>> = "NAME", OPTIONAL;
        /// media types that it takes, separated by commas.
        aaccept: Option<Text<'a>> = "AACCEPT", OPTIONAL;
        /// the protocol.
        aprotocol: Option<Text<'a>> = "APROTOCOL", OPTIONAL;
        /// the name that references of other applications have for it.
        appref: Option<Text<'a>> = "APPREF", OPTIONAL;
        /// applications that it builds on.
        to_apprefs: Vec<Text<'a>> = "TO-APPREF", MANY;
        /// the proxies to it, by priority.
        to_proxies: Vec<Text<'a>> = "TO-PROXY", MANY;
        /// the access points to it, by priority; `INTERNET` is any that offers the Internet.
        to_napids: Vec<Text<'a>> = "TO-NAPID", MANY;
        /// addresses of its servers.
        addrs: Vec<Text<'a>> = "ADDR", MANY;
        [
            /// Addresses of its servers with ports.
            app_addrs: AppAddr;
            /// How phone and server prove who they are.
            app_auths: AppAuth;
            /// What it may use.
            resources: Resource;
        ]
    }

    /// `APPADDR`: an address of an application's server.
    AppAddr = "APPADDR" {
        /// the address.
        addr: Option<Text<'a>> = "ADDR", ONE;
        /// what the address is, `IPV4` if it is not said.
        addrtype: Option<Text<'a>> = "ADDRTYPE", OPTIONAL;
        [
            /// The ports.
            ports: Port;
        ]
    }

    /// `APPAUTH`: how an application proves who it is, or its server.
    AppAuth = "APPAUTH" {
        /// who proves what: `APPSRV`, `CLIENT`, `OBEX`.
        aauthlevel: Option<Text<'a>> = "AAUTHLEVEL", OPTIONAL;
        /// how: `HTTP-BASIC`, `DIGEST`, `HMAC`, …
        aauthtype: Option<Text<'a>> = "AAUTHTYPE", OPTIONAL;
        /// the user name.
        aauthname: Option<Text<'a>> = "AAUTHNAME", OPTIONAL;
        /// the password.
        aauthsecret: Option<Text<'a>> = "AAUTHSECRET", OPTIONAL;
        /// a nonce or the like, in base64.
        aauthdata: Option<Text<'a>> = "AAUTHDATA", OPTIONAL;
    }

    /// `RESOURCE`: something that an application may use: a page, a database.
    Resource = "RESOURCE" {
        /// where it is.
        uri: Option<Text<'a>> = "URI", ONE;
        /// what the user reads.
        name: Option<Text<'a>> = "NAME", OPTIONAL;
        /// media types that it takes, separated by commas.
        aaccept: Option<Text<'a>> = "AACCEPT", OPTIONAL;
        /// how the application proves who it is.
        aauthtype: Option<Text<'a>> = "AAUTHTYPE", OPTIONAL;
        /// the user name.
        aauthname: Option<Text<'a>> = "AAUTHNAME", OPTIONAL;
        /// the password.
        aauthsecret: Option<Text<'a>> = "AAUTHSECRET", OPTIONAL;
        /// a nonce or the like, in base64.
        aauthdata: Option<Text<'a>> = "AAUTHDATA", OPTIONAL;
        /// it is the one to begin with.
        startpage: bool = "STARTPAGE", OPTIONAL;
    }

    /// `ACCESS`: which access points and proxies are for what.
    Access = "ACCESS" {
        /// a rule's name, or none; it stands in front of all others.
        rules: Vec<Option<Text<'a>>> = "RULE", ONE_OR_MORE;
        /// the applications that it is for; all, if none is named.
        appids: Vec<Text<'a>> = "APPID", MANY;
        /// the domains that it is for.
        domains: Vec<Text<'a>> = "DOMAIN", MANY;
        /// the ports that it is for.
        portnbrs: Vec<u32> = "PORTNBR", MANY;
        /// the proxies to use, by priority.
        to_proxies: Vec<Text<'a>> = "TO-PROXY", MANY;
        /// the access points to use, by priority.
        to_napids: Vec<Text<'a>> = "TO-NAPID", MANY;
    }
}
