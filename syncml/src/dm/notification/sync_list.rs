//! The body of a notification of data synchronisation: what is to be synchronised, and how.

use core::fmt;

use wbxml::{Sink, WriteError};

use super::bits::{ContentTypeCode, Nibble, SyncType};
use super::error::{ErrorKind, Result, TooLong};

/// The octets of an entry, up to the server URI.
const HEAD: usize = 5;

/// What is to be synchronised: up to 15 datastores; none means all (OMA-TS-DS_Protocol 1.2, server alerted
/// notification).
///
/// ```
/// use syncml::dm::notification::{SessionId, SyncEntry, SyncList, SyncType, Trigger, Version};
///
/// let entries = [SyncEntry::new(SyncType::TWO_WAY, b"Contacts")?];
/// let mut body = Vec::new();
/// SyncList::new(&entries)?.write(&mut body)?;
/// assert_eq!(body, b"\x10\x60\x00\x00\x00\x08Contacts");
///
/// let mut trigger = Trigger::new(b"server", SessionId(1))?;
/// trigger.version = Version::V1_2;
/// trigger.body = &body;
/// let syncs = SyncList::parse(trigger.body)?;
/// assert_eq!(syncs.iter().next().unwrap().server_uri(), b"Contacts");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct SyncList<'a> {
    /// The bits without a meaning behind the number of entries.
    pub future_use: Nibble,
    /// What follows the entries: the vendor's own.
    pub rest: &'a [u8],
    /// How many there are.
    count: u8,
    entries: SyncEntries<'a>,
}

/// One datastore that is to be synchronised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncEntry<'a> {
    /// How.
    pub sync_type: SyncType,
    /// The bits without a meaning behind the type.
    pub future_use: Nibble,
    /// The content type of the datastore.
    pub content_type: ContentTypeCode,
    server_uri: &'a [u8],
}

impl<'a> SyncList<'a> {
    /// A list of these entries.
    ///
    /// # Errors
    /// [`TooLong`] if there are more than 15
    pub fn new(entries: &'a [SyncEntry<'a>]) -> Result<Self, TooLong> {
        let count = u8::try_from(entries.len()).ok().and_then(Nibble::new).ok_or(TooLong)?.get();
        Ok(Self { future_use: Nibble::default(), rest: &[], count, entries: SyncEntries(Source::Given(entries)) })
    }

    /// Reads the body of a trigger.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEnd`] if there is nothing or less than it says, [`ErrorKind::ServerUriLength`]; offsets
    /// are those in the body
    pub fn parse(body: &'a [u8]) -> Result<Self> {
        let (&first, octets) = body.split_first().ok_or(ErrorKind::UnexpectedEnd.at(0))?;
        let count = first >> 4;
        let mut rest = octets;
        for _ in 0..count {
            let at = body.len().saturating_sub(rest.len());
            (_, rest) = SyncEntry::parse(rest).map_err(|error| error.behind(at))?;
        }
        Ok(Self {
            future_use: Nibble::of(u64::from(first)),
            rest,
            count,
            entries: SyncEntries(Source::Read { octets, left: count }),
        })
    }

    /// How many entries there are; 0 means that everything is to be synchronised.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are no entries: everything is to be synchronised.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The entries, in order.
    #[must_use]
    pub const fn iter(&self) -> SyncEntries<'a> {
        self.entries
    }

    /// The number of octets that [`write`](Self::write) puts.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let entries = self.iter().map(|entry| entry.server_uri.len().saturating_add(HEAD));
        entries.fold(self.rest.len().saturating_add(1), usize::saturating_add)
    }

    /// Writes the body of a trigger.
    ///
    /// # Errors
    /// [`WriteError`] of the sink
    pub fn write<S: Sink>(&self, out: &mut S) -> Result<(), WriteError> {
        out.put(&[self.count << 4 | self.future_use.get()])?;
        for entry in self.iter() {
            out.put(&entry.head())?;
            out.put(entry.server_uri)?;
        }
        out.put(self.rest)
    }
}

impl PartialEq for SyncList<'_> {
    /// Whether both say the same, read or made.
    fn eq(&self, other: &Self) -> bool {
        (self.future_use, self.rest) == (other.future_use, other.rest) && self.iter().eq(other.iter())
    }
}

impl Eq for SyncList<'_> {}

impl fmt::Debug for SyncList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncList")
            .field("future_use", &self.future_use)
            .field("entries", &self.entries)
            .field("rest", &self.rest)
            .finish()
    }
}

impl<'a> IntoIterator for &SyncList<'a> {
    type Item = SyncEntry<'a>;
    type IntoIter = SyncEntries<'a>;

    fn into_iter(self) -> SyncEntries<'a> {
        self.iter()
    }
}

impl<'a> SyncEntry<'a> {
    /// An entry that names no content type.
    ///
    /// # Errors
    /// [`TooLong`] if the server URI has more than 255 octets
    pub fn new(sync_type: SyncType, server_uri: &'a [u8]) -> Result<Self, TooLong> {
        if server_uri.len() > 0xFF {
            return Err(TooLong);
        }
        Ok(Self { sync_type, future_use: Nibble::default(), content_type: ContentTypeCode::NONE, server_uri })
    }

    /// The datastore of the server, 255 octets at most.
    #[must_use]
    pub const fn server_uri(&self) -> &'a [u8] {
        self.server_uri
    }

    /// Reads an entry; what follows it comes with it.
    fn parse(octets: &'a [u8]) -> Result<(Self, &'a [u8])> {
        let (&[first, a, b, c, length], rest) =
            octets.split_first_chunk::<HEAD>().ok_or(ErrorKind::UnexpectedEnd.at(octets.len()))?;
        let (server_uri, rest) =
            rest.split_at_checked(usize::from(length)).ok_or(ErrorKind::ServerUriLength.at(HEAD.saturating_sub(1)))?;
        let entry = Self {
            sync_type: SyncType::of(u64::from(first >> 4)),
            future_use: Nibble::of(u64::from(first)),
            content_type: ContentTypeCode::of(u64::from(u32::from_be_bytes([0, a, b, c]))),
            server_uri,
        };
        Ok((entry, rest))
    }

    /// The octets in front of the server URI.
    fn head(&self) -> [u8; HEAD] {
        let [_, a, b, c] = self.content_type.get().to_be_bytes();
        // no longer than that: `new` and `parse` see to it
        let length = u8::try_from(self.server_uri.len()).unwrap_or(u8::MAX);
        [self.sync_type.get() << 4 | self.future_use.get(), a, b, c, length]
    }
}

/// The entries of a [`SyncList`].
#[derive(Clone, Copy)]
pub struct SyncEntries<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Given(&'a [SyncEntry<'a>]),
    /// So many, read before.
    Read {
        octets: &'a [u8],
        left: u8,
    },
}

impl<'a> Iterator for SyncEntries<'a> {
    type Item = SyncEntry<'a>;

    fn next(&mut self) -> Option<SyncEntry<'a>> {
        match &mut self.0 {
            Source::Given(entries) => {
                let (first, rest) = entries.split_first()?;
                *entries = rest;
                Some(*first)
            }
            Source::Read { octets, left } => {
                *left = left.checked_sub(1)?;
                let (entry, rest) = SyncEntry::parse(octets).ok()?;
                *octets = rest;
                Some(entry)
            }
        }
    }
}

impl fmt::Debug for SyncEntries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}
