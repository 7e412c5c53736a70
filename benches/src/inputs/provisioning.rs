//! Provisioning documents: access points, proxies and applications, as operators send them.

use omacp::push::{ContentType, MediaType, Push};
use omacp::security::Key;
use omacp::{ProvisioningDoc, ProvisioningDocBuilder};
use wbxml::vocabulary::prov::PROV_1_0;

use super::inline;

/// The PIN that a [`push`] is signed with.
pub const PIN: &str = "1234";

/// An access point: some 200 octets.
pub(super) fn access_point() -> Vec<u8> {
    document(|builder| {
        nap(builder);
        builder.start("APPLICATION").parm("APPID", "w2").parm("NAME", "Start").parm("TO-NAPID", "NAP0_PTT");
        builder.start("RESOURCE").parm("URI", "http://start.example.net/").flag("STARTPAGE").end().end();
    })
}

/// An access point, a proxy and an application: some 440 octets.
pub(super) fn push_to_talk() -> Vec<u8> {
    document(|builder| {
        nap(builder);
        proxy(builder);
        builder.start("APPLICATION").parm("APPID", "ap0001").parm("PROVIDER-ID", "poc0.example.net");
        builder.parm("NAME", "Push to talk").parm("TO-NAPID", "NAP0_PTT").parm("AAUTHNAME", "sip:alice@example.net");
        builder.parm("AAUTHSECRET", "hunter2").parm("ADDR", "sip:poc.example.net;lr").end();
    })
}

/// All that a push-to-talk client needs: some 1,200 octets.
pub(super) fn whole() -> Vec<u8> {
    document(|builder| {
        nap(builder);
        proxy(builder);
        builder.start("APPLICATION").parm("APPID", "w7").parm("PROVIDER-ID", "dm.example.net").parm("NAME", "Updates");
        builder.parm("TO-NAPID", "NAP0_PTT").start("APPADDR").parm("ADDR", "https://dm.example.net/server");
        builder.start("PORT").parm("PORTNBR", "443").end().end();
        builder.start("APPAUTH").parm("AAUTHLEVEL", "CLIENT").parm("AAUTHTYPE", "DIGEST").parm("AAUTHSECRET", "srv-9");
        builder.end().start("APPAUTH").parm("AAUTHLEVEL", "APPSRV").parm("AAUTHTYPE", "DIGEST");
        builder.parm("AAUTHNAME", "493005100592800").parm("AAUTHSECRET", "cl-77").end().end();
        builder.start("APPLICATION").parm("APPID", "ap2001").parm("NAME", "Core").parm("APPREF", "CORE");
        builder.parm("TO-NAPID", "NAP0_PTT").parm("HOME_NETWORK_DOMAIN_NAME", "ims.example.net").end();
        builder.start("APPLICATION").parm("APPID", "ap0007").parm("PROVIDER-ID", "poc0.example.net");
        builder.parm("NAME", "Groups").parm("TO-NAPID", "NAP0_PTT").parm("TO-APPREF", "CORE");
        builder.parm("URI", "https://xcap.example.net/services").parm("AAUTHTYPE", "HTTP-DIGEST");
        builder.parm("AAUTHNAME", "sip:alice@example.net").parm("AAUTHSECRET", "hunter2").end();
        builder.start("APPLICATION").parm("APPID", "ap0006").parm("PROVIDER-ID", "poc0.example.net");
        builder.parm("NAME", "Push to talk").parm("TO-NAPID", "NAP0_PTT").parm("TO-APPREF", "CORE");
        builder.parm("PRE-EST-SESS", "1").parm("SIMUL-SESS", "3").parm("MAX-ADHOC-GROUP-SIZE", "40");
        builder.parm("CONF-FCTY-URI", "sip:conference@poc.example.net");
        builder.parm("EXPLODER-URI", "sip:exploder@poc.example.net");
        builder.parm("CONF-URI-TMPLT", "sip:<xui>.group@poc.example.net");
        builder.parm("T10", "2000").parm("T11", "5000").parm("T13", "3500").parm("PRES-SRV-CAP", "0").end();
    })
}

/// A document, signed with [`PIN`], in a WSP push.
///
/// # Panics
/// Never: what is written here can be written.
#[must_use]
pub fn push(document: &[u8]) -> Vec<u8> {
    let key = Key::userpin(PIN).expect("a PIN of digits");
    let mac = key.sign(document);
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
    Push::new(content_type, document).to_vec().expect("a push of a few headers")
}

fn document(fill: impl FnOnce(&mut ProvisioningDocBuilder<'_>)) -> Vec<u8> {
    let mut builder = ProvisioningDoc::builder();
    builder.version("1.1");
    fill(&mut builder);
    inline(&builder.build(), &PROV_1_0)
}

fn nap(builder: &mut ProvisioningDocBuilder<'_>) {
    builder.start("NAPDEF").parm("NAPID", "NAP0_PTT").parm("BEARER", "GSM-GPRS").parm("NAME", "Example Mobile PTT");
    builder.parm("NAP-ADDRESS", "ptt.example.net").parm("NAP-ADDRTYPE", "APN");
    builder.start("NAPAUTHINFO").parm("AUTHTYPE", "PAP").parm("AUTHNAME", "user@example.net");
    builder.parm("AUTHSECRET", "s3cr3t-pass").end().end();
}

fn proxy(builder: &mut ProvisioningDocBuilder<'_>) {
    builder.start("PXLOGICAL").parm("PROXY-ID", "proxy0.example.net").parm("NAME", "Example Proxy");
    builder.parm("STARTPAGE", "http://start.example.net/").start("PXPHYSICAL").parm("PHYSICAL-PROXY-ID", "PX1");
    builder.parm("PXADDR", "192.0.2.17").parm("PXADDRTYPE", "IPV4").parm("TO-NAPID", "NAP0_PTT");
    builder.start("PORT").parm("PORTNBR", "9201").parm("SERVICE", "CO-WSP").end().end().end();
}
