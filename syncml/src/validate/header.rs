//! The header: versions and the number of the message.

use wbxml::vocabulary::syncml::{SYNCML_1_0, SYNCML_1_1, SYNCML_1_2, tag};
use wbxml::{Tag, Vocabulary};

use super::Rule;
use super::check::{Check, Said, keep};

/// The versions of the representation.
const VERSIONS: &[(&str, &Vocabulary<'static>)] = &[("1.0", &SYNCML_1_0), ("1.1", &SYNCML_1_1), ("1.2", &SYNCML_1_2)];

/// The protocols, and the version of the representation that each has, where that is certain.
const PROTOCOLS: &[(&str, Option<&str>)] = &[
    ("SyncML/1.0", Some("1.0")),
    ("SyncML/1.1", Some("1.1")),
    ("SyncML/1.2", Some("1.2")),
    ("SyncML-DM/1.0", None),
    ("DM/1.0", None),
    ("DM/1.1", Some("1.1")),
    ("DM/1.2", Some("1.2")),
    ("DM/1.3", Some("1.2")),
];

/// What the header says, and the document around it.
#[derive(Default)]
pub(super) struct Header<'a> {
    /// Whether the message is known to be one of device management.
    is_dm: bool,
    /// The version that the namespace or the public identifier names.
    named: Option<&'a Vocabulary<'a>>,
    ver_dtd: Option<Said<'a>>,
    ver_proto: Option<Said<'a>>,
    msg_id: Option<Said<'a>>,
}

impl<'a> Header<'a> {
    pub(super) const fn declare(&mut self, is_dm: bool, named: Option<&'a Vocabulary<'a>>) {
        self.is_dm = is_dm;
        self.named = named;
    }

    pub(super) fn take(&mut self, tag: Tag, said: Said<'a>) {
        match tag {
            tag::VER_DTD => keep(&mut self.ver_dtd, said),
            tag::VER_PROTO => keep(&mut self.ver_proto, said),
            tag::MSG_ID => keep(&mut self.msg_id, said),
            _ => {}
        }
    }

    /// The version of the message: that of `VerDTD`, else that of the document, else the latest.
    pub(super) fn version(&self) -> &Vocabulary<'a> {
        self.ver_dtd.as_ref().and_then(|said| version(&said.text)).or(self.named).unwrap_or(&SYNCML_1_2)
    }

    /// Whether the message is one of device management.
    pub(super) fn is_dm(&self) -> bool {
        self.is_dm || self.protocol().is_some_and(|name| name.starts_with("DM/") || name.starts_with("SyncML-DM/"))
    }

    /// Whether the message is one of device management before 1.2.
    pub(super) fn is_of_dm_1_1(&self) -> bool {
        self.is_dm() && self.version().name != SYNCML_1_2.name
    }

    /// Whether the message is one of data synchronisation.
    pub(super) fn is_ds(&self) -> bool {
        !self.is_dm && self.protocol().is_some_and(|name| name.starts_with("SyncML/"))
    }

    fn protocol(&self) -> Option<&str> {
        self.ver_proto.as_ref().map(|said| &*said.text)
    }
}

fn version(ver_dtd: &str) -> Option<&'static Vocabulary<'static>> {
    VERSIONS.iter().find(|(name, _)| *name == ver_dtd).map(|(_, vocabulary)| *vocabulary)
}

impl Check<'_, '_> {
    pub(super) fn end_header(&mut self) {
        for (rule, about, offset) in self.header.faults().into_iter().flatten() {
            self.find(rule, about, offset);
        }
    }
}

impl Header<'_> {
    /// The rules that it breaks, with the name of the element and where that begins.
    fn faults(&self) -> [Option<(Rule, &'static str, usize)>; 4] {
        // what is empty has been found already
        let [ver_dtd, ver_proto, msg_id] = [&self.ver_dtd, &self.ver_proto, &self.msg_id]
            .map(|said| said.as_ref().filter(|said| !said.text.is_empty()));
        let protocol = ver_proto.and_then(|said| PROTOCOLS.iter().find(|(name, _)| *name == said.text));
        let known = ver_dtd.and_then(|said| version(&said.text));
        let expected = protocol.and_then(|(_, version)| *version);
        let is_foreign = |known: &Vocabulary<'_>| self.named.is_some_and(|named| named.name != known.name);
        let version_fault = ver_dtd.and_then(|said| match known {
            None => Some((Rule::UnknownVerDtd, "VerDTD", said.offset)),
            Some(_) if expected.is_some_and(|expected| expected != said.text) => {
                Some((Rule::VersionsDiffer, "VerDTD", said.offset))
            }
            Some(_) => None,
        });
        [
            version_fault,
            ver_dtd
                .filter(|_| known.is_some_and(is_foreign))
                .map(|said| (Rule::OtherVocabulary, "VerDTD", said.offset)),
            ver_proto.filter(|_| protocol.is_none()).map(|said| (Rule::UnknownVerProto, "VerProto", said.offset)),
            msg_id
                .filter(|said| said.number().is_none_or(|number| number == 0))
                .map(|said| (Rule::BadMsgId, "MsgID", said.offset)),
        ]
    }
}
