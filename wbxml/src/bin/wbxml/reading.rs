//! How documents are read: what every subcommand that reads asks.

use clap::Args;
use wbxml::{Charset, Header, Options, PublicId, Report, Vocabulary, vocabulary};

use crate::vocabularies;

#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// The vocabulary, whatever the document says of it.
    ///
    /// A name that `wbxml vocabularies` lists, with or without its blanks; a public identifier (11 or 0x0B);
    /// or a formal public identifier.
    #[arg(short = 'l', long, value_name = "VOCABULARY", allow_hyphen_values = true, value_parser = vocabularies::find)]
    vocabulary: Option<&'static Vocabulary<'static>>,
    /// The charset of documents that name none.
    ///
    /// By its name in the IANA registry, or its MIBenum. Without it they are read as UTF-8.
    #[arg(short, long, value_name = "CHARSET", value_parser = charset)]
    charset: Option<Charset>,
    /// Read on behind what real encoders get wrong, and say what it was.
    #[arg(long)]
    lenient: bool,
}

/// The charset of this name or number.
fn charset(name: &str) -> Result<Charset, &'static str> {
    let by_number = || name.parse().ok().map(Charset::new).filter(|charset| charset.name().is_some());
    Charset::from_name(name).or_else(by_number).ok_or("no such charset is known")
}

impl Reading {
    /// Calls `read` with the options for this document; `report` is told what lenient reading forgives.
    pub(crate) fn with_options<T>(
        &self,
        document: &[u8],
        report: &dyn Report,
        read: impl FnOnce(Options<'_>) -> T,
    ) -> T {
        let options = Options::new().charset(self.charset.unwrap_or(Charset::UNKNOWN));
        let options = if self.lenient { options.lenient(report) } else { options };
        let Some(vocabulary) = self.vocabulary else {
            return read(options.vocabularies(&vocabulary::ALL));
        };
        // a reader takes a vocabulary by what the document says: the one that is asked for is called so, and those
        // that are called so otherwise are left out, but there to be named by documents inside this one
        let header = Header::parse(document).ok();
        let public_id = match header.map(|header| header.public_id) {
            Some(PublicId::Number(number)) => number,
            _ => vocabulary.public_id,
        };
        let asked = Vocabulary { public_id, ..*vocabulary };
        let is_named = |other: &&Vocabulary<'_>| header.is_some_and(|header| other.is_named_by(&header));
        let mut known = vec![&asked];
        known.extend(vocabulary::ALL.into_iter().filter(|other| !is_named(other)));
        read(options.vocabularies(&known).assume(&asked))
    }
}
