//! The table as far as it is known.

use super::Profile;
use super::field::Field;
use super::properties::{Access, Format, Occurrence};
use super::row::{Interior, Name, Row, confirmed, provisional};
use Format::{Bool, Chr, Int};
use Occurrence::{One, OneOrMore, ZeroOrMore, ZeroOrOne};

const GET: Access = Access::GET;
const GET_REPLACE: Access = GET.with(Access::REPLACE);

/// Whether other objects have nodes of the same name, too, or PoC alone.
const COMMON: bool = false;
const ONLY_POC: bool = true;

const fn row<'p>(
    field: Field,
    (format, occurrence, access): (Format, Occurrence, Access),
    is_distinctive: bool,
    cp: Name<'p>,
    dm: Name<'p>,
) -> Row<'p> {
    Row { field, cp, dm, format, occurrence, access, is_distinctive }
}

const fn interior(path: &str, occurrence: Occurrence) -> Interior<'_> {
    Interior { path, occurrence, access: GET, is_confirmed: false }
}

/// The names as far as they are known: PoC 1.0, 2.0 and 2.1, and PCPS 1.0, which succeeded them.
///
/// PoC 1.0 has every row. What later versions have beyond that is not known, and is kept as extensions. Formats,
/// occurrences and access types are reconstructed wherever the name of the node is.
///
/// Read it as a table: setting; format, occurrence and access; whether only PoC has such a node; parm; node.
pub static PROVISIONAL: Profile<'static> = Profile {
    app_ids: &["ap0001", "ap0006"],
    object_ids: &[
        "urn:oma:mo:oma_poc:1.0",
        "urn:oma:mo:oma_poc:2.0",
        "urn:oma:mo:oma_poc:2.1",
        // with a hyphen before the version, as it is registered
        "urn:oma:mo:oma_pcps-1.0",
    ],
    rows: &[
        row(Field::AppId, (Chr, One, GET), COMMON, confirmed("APPID", &[]), provisional("AppID", &[])),
        row(Field::Name, (Chr, ZeroOrOne, GET), COMMON, confirmed("NAME", &[]), provisional("Name", &[])),
        row(
            Field::ProviderId,
            (Chr, ZeroOrOne, GET),
            COMMON,
            confirmed("PROVIDER-ID", &[]),
            provisional("Provider-ID", &["ProviderID", "PROVIDER-ID"]),
        ),
        row(
            Field::ConRef,
            (Chr, ZeroOrMore, GET_REPLACE),
            COMMON,
            confirmed("TO-NAPID", &[]),
            provisional("ToConRef/*/ConRef", &["ConRefs/*/ConRef", "To-NapID"]),
        ),
        row(
            Field::AppRef,
            (Chr, ZeroOrMore, GET_REPLACE),
            COMMON,
            confirmed("TO-APPREF", &[]),
            provisional("ToAppRef/*/AppRef", &["To-AppRef", "TO-APPREF"]),
        ),
        row(
            Field::PreEstablishedSessions,
            (Bool, One, GET_REPLACE),
            ONLY_POC,
            provisional("PRE-EST-SESS", &[]),
            provisional("PreEstSessSupport", &[]),
        ),
        row(
            Field::MaxSimultaneousSessions,
            (Int, One, GET_REPLACE),
            ONLY_POC,
            provisional("SIMUL-SESS", &[]),
            provisional("SimulSessNum", &[]),
        ),
        row(
            Field::MaxAdhocGroupSize,
            (Int, One, GET_REPLACE),
            ONLY_POC,
            provisional("MAX-ADHOC-GROUP-SIZE", &[]),
            provisional("MaxAdHocGroupSize", &["MAX-ADHOC-GROUP-SIZE", "max_adhoc_group_size"]),
        ),
        row(
            Field::ConferenceFactoryUri,
            (Chr, One, GET_REPLACE),
            ONLY_POC,
            provisional("CONF-FCTY-URI", &[]),
            provisional("ConfFactoryURI", &["Conf_Factory_URI", "CONF-FCTY-URI", "conf-fcty-uri"]),
        ),
        row(
            Field::ExploderUri,
            (Chr, ZeroOrOne, GET_REPLACE),
            ONLY_POC,
            provisional("EXPLODER-URI", &[]),
            provisional("ExploderURI", &["EXPLODER-URI", "exploder-uri"]),
        ),
        row(
            Field::ConferenceUriTemplate,
            (Chr, ZeroOrOne, GET_REPLACE),
            ONLY_POC,
            provisional("CONF-URI-TMPLT", &[]),
            provisional("ConfURITemplate", &[]),
        ),
        row(Field::T10, (Int, One, GET_REPLACE), ONLY_POC, provisional("T10", &[]), provisional("T10Timer", &[])),
        row(Field::T11, (Int, One, GET_REPLACE), ONLY_POC, provisional("T11", &[]), provisional("T11Timer", &[])),
        row(Field::T13, (Int, One, GET_REPLACE), ONLY_POC, provisional("T13", &[]), provisional("T13Timer", &[])),
        row(
            Field::ServerPresence,
            (Bool, ZeroOrOne, GET_REPLACE),
            ONLY_POC,
            provisional("PRES-SRV-CAP", &[]),
            provisional("PresenceSrvSupport", &["PRES-SRV-CAP", "pres-srv-cap"]),
        ),
    ],
    interiors: &[
        interior("ToConRef", ZeroOrOne),
        interior("ToConRef/*", OneOrMore),
        interior("ToAppRef", ZeroOrOne),
        interior("ToAppRef/*", OneOrMore),
        interior("Ext", ZeroOrOne),
    ],
};
