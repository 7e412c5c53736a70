//! Instruction counts, as they are committed, and whether others are worse.

use core::fmt;
use std::collections::BTreeMap;

/// The compiler that this was built with, and the processor that it was built for.
pub const COMPILER: &str = env!("COMPILER");

/// How much above the committed count is too much, in thousandths: counts repeat to a fraction of that.
pub const TOLERANCE: u64 = 30;

/// The same for ratios to a peer, where another compiler has made both: it may be better at the one than at the other.
pub const RATIO_TOLERANCE: u64 = 150;

/// What was counted: who does what to which document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The task.
    pub task: String,
    /// The document.
    pub input: String,
    /// Who.
    pub who: String,
}

/// Instruction counts of one compiler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The compiler.
    pub compiler: String,
    /// The instructions of each.
    pub rows: BTreeMap<Key, u64>,
}

/// A count that is worse than the committed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worse {
    /// What.
    pub key: Key,
    /// The peer that it was compared with; `None` if the counts themselves were compared.
    pub peer: Option<String>,
    /// The committed count, or how many of its thousandths of the peer's count.
    pub committed: u64,
    /// The same now.
    pub measured: u64,
}

const HEAD: &str = "compiler\ttask\tinput\twho\tinstructions";

/// Who is measured.
const US: &str = "us";

/// The peers whose ratios count on another compiler: the same compiler makes both.
const IN_RUST: [&str; 3] = ["quick-xml", "quick-xml serde", "postcard"];

impl Counts {
    /// Reads the table that [`Display`](fmt::Display) writes.
    ///
    /// # Errors
    /// The number of a line that is no row of it.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, head)| head != HEAD) {
            return Err(1);
        }
        let mut counts = Self::default();
        for (number, line) in lines {
            let [compiler, task, input, who, instructions] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(number + 1);
            };
            let key = Key { task: task.into(), input: input.into(), who: who.into() };
            counts.compiler = compiler.into();
            counts.rows.insert(key, instructions.parse().map_err(|_| number + 1)?);
        }
        Ok(counts)
    }

    /// What is worse in `measured`: on the same compiler by counts, on another one by ratios to peers.
    #[must_use]
    pub fn worse(&self, measured: &Self) -> Vec<Worse> {
        let ours = self.rows.iter().filter(|(key, _)| key.who == US);
        if self.compiler == measured.compiler {
            let worse = ours.filter_map(|(key, committed)| {
                let measured = *measured.rows.get(key)?;
                let is_worse = measured * 1000 > committed * (1000 + TOLERANCE);
                is_worse.then(|| Worse { key: key.clone(), peer: None, committed: *committed, measured })
            });
            return worse.collect();
        }
        let pairs = ours.flat_map(|(key, _)| IN_RUST.map(|peer| (key, peer)));
        let worse = pairs.filter_map(|(key, peer)| {
            let (committed, measured) = (self.ratio(key, peer)?, measured.ratio(key, peer)?);
            let is_worse = measured * 1000 > committed * (1000 + RATIO_TOLERANCE);
            is_worse.then(|| Worse { key: key.clone(), peer: Some(peer.into()), committed, measured })
        });
        worse.collect()
    }

    /// How many thousandths of the peer's instructions ours are.
    fn ratio(&self, key: &Key, peer: &str) -> Option<u64> {
        let theirs = self.rows.get(&Key { who: peer.into(), ..key.clone() })?;
        (self.rows.get(key)? * 1000).checked_div(*theirs)
    }

    /// What was counted there, and was not here.
    #[must_use]
    pub fn missing<'c>(&'c self, measured: &Self) -> Vec<&'c Key> {
        self.rows.keys().filter(|key| key.who == US && !measured.rows.contains_key(key)).collect()
    }
}

impl fmt::Display for Counts {
    /// Writes a table of tabs: a head, and a row for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        for (key, instructions) in &self.rows {
            writeln!(f, "{}\t{}\t{}\t{}\t{instructions}", self.compiler, key.task, key.input, key.who)?;
        }
        Ok(())
    }
}

impl fmt::Display for Worse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, committed, measured, .. } = self;
        write!(f, "{} of {}: ", key.task, key.input)?;
        match &self.peer {
            None => write!(f, "{measured} instructions, committed are {committed}"),
            Some(peer) => write!(f, "{measured} thousandths of what {peer} takes, committed are {committed}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(compiler: &str, rows: &[(&str, u64)]) -> Counts {
        let key = |who: &str| Key { task: "drive".into(), input: "dm".into(), who: who.into() };
        Counts { compiler: compiler.into(), rows: rows.iter().map(|(who, count)| (key(who), *count)).collect() }
    }

    #[test]
    fn more_than_three_per_cent_is_worse() {
        let committed = counts("1.95", &[("us", 100_000)]);
        for (measured, is_worse) in [(90_000, false), (102_900, false), (103_000, false), (103_100, true)] {
            let worse = committed.worse(&counts("1.95", &[("us", measured)]));
            assert_eq!(!worse.is_empty(), is_worse, "{measured}");
        }
        // how peers do does not matter
        assert_eq!(committed.worse(&counts("1.95", &[("us", 100_000), ("postcard", 1)])), []);
    }

    #[test]
    fn on_another_compiler_the_ratios_to_peers_count() {
        let committed = counts("1.95", &[("us", 100_000), ("postcard", 200_000), ("libwbxml", 1_000_000)]);
        for (us, postcard, is_worse) in
            [(300_000, 600_000, false), (114_900, 200_000, false), (115_300, 200_000, true), (100_000, 170_000, true)]
        {
            // libwbxml is made by another compiler, and is not asked
            let rows = [("us", us), ("postcard", postcard), ("libwbxml", 1)];
            let worse = committed.worse(&counts("1.96", &rows));
            assert_eq!(!worse.is_empty(), is_worse, "{us} {postcard}");
        }
        assert_eq!(committed.worse(&counts("1.96", &[("us", 900_000)])), [], "there is no peer to compare with");
    }

    #[test]
    fn what_is_counted_no_more_is_missing() {
        let committed = counts("1.95", &[("us", 1), ("postcard", 2)]);
        assert_eq!(committed.missing(&counts("1.95", &[])).len(), 1);
        assert_eq!(committed.missing(&committed), Vec::<&Key>::new());
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let all = counts("1.95 x86_64", &[("us", 1), ("quick-xml serde", 2)]);
        assert_eq!(Counts::parse(&all.to_string()), Ok(all.clone()));
        assert_eq!(Counts::parse("compiler\n"), Err(1));
        assert_eq!(Counts::parse(&format!("{all}1.95\tdrive\tdm\tus\tmany\n")), Err(4));
    }
}
