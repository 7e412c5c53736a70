//! Names that are read at run time, whatever they are written in.

use super::Profile;
use super::corrected::Corrected;
#[cfg(feature = "dm")]
use super::ddf::DdfNames;
use super::mismatch::Mismatch;
use super::table::TableNames;
use crate::error::Error;

/// The names of a file that corrects a profile: a table, or the device description of the object.
///
/// ```
/// use poc_mo::profile::{Names, PROVISIONAL};
/// use poc_mo::Field;
///
/// let file = b"field\tcp name\tdm name\nt11_ms\tTIMER-T11\tTimers/T11\n";
/// let names = Names::read(file, &PROVISIONAL)?;
/// assert!(names.mismatches().is_empty());
/// let corrected = names.correct(&PROVISIONAL);
/// assert_eq!(corrected.profile().row(Field::T11).unwrap().cp.name, "TIMER-T11");
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names<'t> {
    source: Source<'t>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source<'t> {
    Table(TableNames<'t>),
    #[cfg(feature = "dm")]
    Ddf(DdfNames),
}

impl<'t> Names<'t> {
    /// Reads a file, to correct `profile` with it. What begins as text does, and not with `<`, is a table
    /// ([`TableNames`]); all else is a description (`DdfNames`, feature `dm`), in XML (feature `xml`) or WBXML.
    ///
    /// # Errors
    /// As [`TableNames::new`], and [`NotText`](crate::ErrorKind::NotText) of a table that is not in UTF-8;
    /// `ErrorKind::Dm` of a faulty description.
    pub fn read(octets: &'t [u8], profile: &Profile<'_>) -> Result<Self, Error> {
        #[cfg(feature = "dm")]
        if !is_table(octets) {
            let description = syncml::dm::mgmt_tree::MgmtTree::parse(octets)?;
            return Ok(Self { source: Source::Ddf(DdfNames::new(&description, profile)) });
        }
        Ok(Self { source: Source::Table(TableNames::read(octets, profile)?) })
    }

    /// In what the file and the profile do not meet.
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        match &self.source {
            Source::Table(names) => names.mismatches(),
            #[cfg(feature = "dm")]
            Source::Ddf(names) => names.mismatches(),
        }
    }

    /// `profile` with what the file says; what the file does not say is as it was.
    #[must_use]
    pub fn correct<'p>(&'p self, profile: &Profile<'p>) -> Corrected<'p> {
        match &self.source {
            Source::Table(names) => names.correct(profile),
            #[cfg(feature = "dm")]
            Source::Ddf(names) => names.correct(profile),
        }
    }
}

/// Whether octets begin as a text does that is no XML.
#[cfg(feature = "dm")]
fn is_table(octets: &[u8]) -> bool {
    let text = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets).trim_ascii_start();
    text.first().is_none_or(|first| first.is_ascii_graphic() && *first != b'<')
}
