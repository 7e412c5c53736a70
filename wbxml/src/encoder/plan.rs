//! Which strings stand in the table, and where each string of the document is cut.

use alloc::vec::Vec;

use crate::mb_u_int32;
use crate::sink::{Sink, WriteError};
use crate::token::global;
use crate::writer::Writer;

use super::cut::{Cuts, Cutter, Part};
use super::draft::Gap;
use super::fixed::Fixed;
use super::intern::Interned;
use super::layout::{Entry, Hosts, Layout};
use super::market::Market;
use super::repeats::Repeats;

impl<'f> Fixed<'f> {
    /// Every string inline.
    pub(super) fn inline(&self) -> Result<Finished<'f>, WriteError> {
        self.finish(Vec::new(), Cuts::default())
    }

    /// Every string in the table, unless that table and two octets for each reference are as many as `enough`: so much is
    /// told before it is laid out.
    pub(super) fn all(&self, enough: u64) -> Result<Option<Finished<'f>>, WriteError> {
        let strings = &self.draft.strings;
        let (entries, first) = self
            .entries_with(strings.list().iter().map(|string| Entry { string: strings.get(string), uses: string.uses }));
        let hosts = Hosts::new(self.encoding, &entries)?;
        let references = strings.list().iter().map(|string| string.uses.saturating_mul(2));
        if references.fold(u64::from(hosts.len), u64::saturating_add) >= enough {
            return Ok(None);
        }
        let part = |(index, string): (usize, &Interned)| Part::Table(string.end.saturating_sub(string.start), index);
        let parts: Vec<Part> = strings.list().iter().enumerate().map(part).collect();
        let ranges = (0..parts.len()).map(|at| at..at.wrapping_add(1)).collect();
        Ok(Some(self.lay_out(first, &hosts, Cuts { ranges, parts, uses: Vec::new() })))
    }

    /// A table of `candidates` behind what stands in it anyhow, the strings in these parts.
    fn finish(&self, candidates: Vec<Entry<'f>>, cuts: Cuts) -> Result<Finished<'f>, WriteError> {
        let (entries, first) = self.entries_with(candidates.into_iter());
        let hosts = Hosts::new(self.encoding, &entries)?;
        Ok(self.lay_out(first, &hosts, cuts))
    }

    /// What stands in the table anyhow, and `candidates` behind that; and where the first of these stands.
    fn entries_with(&self, candidates: impl ExactSizeIterator<Item = Entry<'f>>) -> (Vec<Entry<'f>>, usize) {
        let fixed = self.draft.names.list().len().saturating_add(usize::from(self.formal.is_some()));
        let mut entries = Vec::with_capacity(candidates.len().saturating_add(fixed));
        entries.extend(self.entries());
        let first = entries.len();
        entries.extend(candidates);
        (entries, first)
    }

    /// The plan whose table has the entries of `hosts`, of which the candidates begin with the one of number `first`.
    fn lay_out(&self, first: usize, hosts: &Hosts<'_, 'f>, cuts: Cuts) -> Finished<'f> {
        let layout = Layout::of(hosts);
        let mut table = Vec::with_capacity(layout.order.len());
        table.extend(layout.order.iter().filter_map(|&entry| hosts.entries.get(entry)).map(|entry| entry.string));
        Finished { fixed: *self, table, table_len: layout.len, indexes: layout.indexes, first, cuts }
    }

    /// What occurs more than once in the table, where it pays.
    ///
    /// All repeats are candidates at first, and every string is cut at their prices. What is then used less than twice
    /// is left out, and the strings that had it are cut again, at the prices of what is left.
    pub(super) fn repeats(&self) -> Result<Finished<'f>, WriteError> {
        let repeats = Repeats::new(&self.draft.strings)?;
        if repeats.list.is_empty() {
            return self.inline();
        }
        let mut market = Market::new(*self, &repeats);
        let mut cuts = Cutter::new(&market).cut_all();
        market.keep(&cuts.uses);
        Cutter::new(&market).cut_again(&mut cuts);
        let (numbers, entries) = market.entries(&cuts.uses);
        for part in &mut cuts.parts {
            if let Part::Table(_, index) = part {
                *index = numbers.get(*index).copied().unwrap_or(usize::MAX);
            }
        }
        self.finish(entries, cuts)
    }
}

/// A plan that is made: all that is written is known.
pub(super) struct Finished<'f> {
    fixed: Fixed<'f>,
    table: Vec<&'f str>,
    table_len: u32,
    /// Where the entries of the table stand: those that stand in it anyhow, and behind them the candidates.
    indexes: Vec<u32>,
    /// Where the first of the candidates stands among them.
    first: usize,
    cuts: Cuts,
}

impl<'f> Finished<'f> {
    pub(super) fn table(&self) -> impl Iterator<Item = &'f str> + Clone + use<'_, 'f> {
        self.table.iter().copied()
    }

    /// The octets of the table.
    pub(super) fn table_len(&self) -> usize {
        usize::try_from(self.table_len).unwrap_or(usize::MAX)
    }

    /// The index of the formal public identifier, if there is one.
    pub(super) fn formal(&self) -> u32 {
        self.first.checked_sub(1).and_then(|last| self.indexes.get(last)).copied().unwrap_or(0)
    }

    fn index(&self, candidate: usize) -> u32 {
        self.indexes.get(self.first.saturating_add(candidate)).copied().unwrap_or(0)
    }

    fn name(&self, name: usize) -> u32 {
        self.indexes.get(name).copied().unwrap_or(0)
    }

    /// How many octets the gaps take when they are filled.
    pub(super) fn gaps_len(&self) -> u64 {
        let opening = self.fixed.encoding.unit().saturating_add(1);
        let inline = |start, end| self.fixed.len(start, end).wrapping_add(opening);
        let mut all = 0_u64;
        for (index, string) in self.fixed.draft.strings.list().iter().enumerate() {
            let parts = self.cuts.of(index);
            let mut octets = if parts.is_empty() { inline(string.start, string.end) } else { 0 };
            let mut at = string.start;
            for part in parts {
                let end = at.wrapping_add(part.len());
                octets = octets.wrapping_add(match *part {
                    Part::Inline(_) => inline(at, end),
                    Part::Table(_, candidate) => mb_u_int32::encoded_len(self.index(candidate)).wrapping_add(1),
                });
                at = end;
            }
            all = all.saturating_add(string.uses.saturating_mul(octets as u64));
        }
        for (index, name) in self.fixed.draft.names.list().iter().enumerate() {
            all = all.saturating_add(name.uses.saturating_mul(mb_u_int32::encoded_len(self.name(index)) as u64));
        }
        all
    }

    /// Writes `body` behind the header, its gaps filled.
    pub(super) fn write<S: Sink>(&self, out: &mut Writer<'_, S>, body: &[u8]) -> Result<(), WriteError> {
        let mut written = 0_usize;
        for &(at, gap) in &self.fixed.draft.gaps {
            out.tokens.sink.put(body.get(written..at).unwrap_or_default())?;
            written = at;
            match gap {
                Gap::String(string) => self.write_string(out, string)?,
                Gap::Name(name) => {
                    out.tokens.integer(self.name(name))?;
                    written = at.saturating_add(1);
                }
            }
        }
        out.tokens.sink.put(body.get(written..).unwrap_or_default())
    }

    fn write_string<S: Sink>(&self, out: &mut Writer<'_, S>, index: usize) -> Result<(), WriteError> {
        let strings = &self.fixed.draft.strings;
        let Some(string) = strings.list().get(index) else { return Ok(()) };
        let parts = self.cuts.of(index);
        if parts.is_empty() {
            return out.tokens.text(strings.get(string));
        }
        let mut at = string.start;
        for part in parts {
            let end = at.wrapping_add(part.len());
            match *part {
                Part::Inline(_) => out.tokens.text(strings.text().get(at..end).unwrap_or_default())?,
                Part::Table(_, candidate) => out.tokens.numbered(global::STR_T, self.index(candidate))?,
            }
            at = end;
        }
        Ok(())
    }
}
