//! Documents of the shapes that are met, made by rules: the same ones every time.

mod message;
mod provisioning;
pub mod traps;
mod tree;

use wbxml::vocabulary::{dmddf, prov, syncml};
use wbxml::{AnyReader, Cursor, Encode, Encoder, Options, Strings, Transcript, Vocabulary, transcode, xml};

pub use message::Draft;
pub(crate) use message::write;
pub use provisioning::{PIN, push};

/// The vocabularies of all inputs.
pub const KNOWN: [&Vocabulary<'static>; 3] = [&syncml::SYNCML_1_2, &prov::PROV_1_0, &dmddf::DM_DDF_1_2];

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A Client Provisioning document.
    Provisioning,
    /// A Device Management message.
    Message,
    /// A management tree.
    Tree,
}

/// A document in both encodings.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name in tables: what it is, and how many octets it has about.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// In WBXML.
    pub wbxml: Vec<u8>,
    /// The same in XML, without layout.
    pub xml: String,
}

impl Input {
    /// The document `wbxml`.
    ///
    /// # Panics
    /// If it is none of the vocabularies known here.
    #[must_use]
    pub fn new(name: &str, wbxml: Vec<u8>) -> Self {
        let mut reader = AnyReader::new(&wbxml, Options::new().vocabularies(&KNOWN)).expect("an input is a document");
        let vocabulary = reader.vocabulary();
        let kind = match vocabulary.root {
            root if root == prov::PROV_1_0.root => Kind::Provisioning,
            root if root == syncml::SYNCML_1_2.root => Kind::Message,
            _ => Kind::Tree,
        };
        let mut xml = Vec::new();
        transcode(&mut reader, &mut xml::Writer::document(&mut xml, vocabulary)).expect("an input can be written");
        let xml = String::from_utf8(xml).expect("XML is written in UTF-8");
        Self { name: name.into(), kind, wbxml, xml }
    }

    /// The same document with a string table, as small as it can be.
    #[must_use]
    fn with_table(&self, name: &str) -> Self {
        let transcript = Transcript::new(&self.wbxml, Options::new().vocabularies(&KNOWN));
        let transcript = transcript.expect("an input is a document");
        Self::new(name, Encoder::new(transcript.vocabulary()).encode(&transcript).expect("an input can be written"))
    }
}

/// A value as a document with all its texts inline.
fn inline(value: &impl Encode, vocabulary: &Vocabulary<'_>) -> Vec<u8> {
    Encoder::new(vocabulary).strings(Strings::Never).encode(value).expect("an input can be written")
}

/// A message, and what its texts are borrowed from: for typed writing.
#[must_use]
pub fn draft(name: &str, commands: usize) -> (Draft, Input) {
    let draft = Draft::new(commands);
    let input = Input::new(name, draft.to_wbxml());
    (draft, input)
}

/// The documents that everything is measured on, but for the largest: provisioning documents of 200, 440 and 1,200
/// octets, messages of 1 and 16 kilobytes, one of each with a string table, large `OPAQUE`s, a tree of 46 kilobytes.
#[must_use]
pub fn all() -> Vec<Input> {
    let message = Input::new("dm_16k", message::Draft::new(212).to_wbxml());
    let message_table = message.with_table("dm_16k_table");
    let push_to_talk = Input::new("cp_440", provisioning::push_to_talk());
    let push_to_talk_table = push_to_talk.with_table("cp_440_table");
    Vec::from([
        Input::new("cp_200", provisioning::access_point()),
        push_to_talk,
        push_to_talk_table,
        Input::new("cp_1200", provisioning::whole()),
        Input::new("dm_1k", message::Draft::new(16).to_wbxml()),
        message,
        message_table,
        Input::new("opaque_256k", message::opaque()),
        Input::new("tnds_46k", tree::tree()),
    ])
}

/// A message of a mebibyte.
#[must_use]
pub fn large() -> Input {
    Input::new("dm_1m", message::Draft::new(15_000).to_wbxml())
}
