//! Prints one table: what each task takes on each document, for us and for each peer, and how much more they take.
//!
//! ```text
//! compare                  nanoseconds, the best of many short runs
//! compare --instructions   instructions, counted by callgrind
//! compare --quick          a few runs: to see that all works
//! compare --of FILE        what was measured before, and is kept in lines of tabs
//! compare --headline …     the few rows that the README shows
//! compare --tsv …          lines of tabs, for the picture
//! ```
//!
//! libwbxml is a peer where the feature `libwbxml` is on and the library is installed.

use std::process::ExitCode;
use std::{env, fs, io};

use benches::callgrind::Processor;
use benches::cases::every;
use benches::counts::COMPILER;
use benches::table::Table;
use benches::{callgrind, measure, peers};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    if has(callgrind::RUN) {
        return callgrind::run_cases(&[]).map_or(ExitCode::from(2), |()| ExitCode::SUCCESS);
    }
    let file = arguments.iter().skip_while(|argument| *argument != "--of").nth(1);
    if let (None, Err(reason)) = (file, peers::libwbxml()) {
        eprintln!("SKIPPED: libwbxml: {reason}");
    }
    let figures = match file {
        Some(file) => kept(file),
        None if has("--instructions") => instructions(),
        None => times(if has("--quick") { 1 } else { 200 }),
    };
    match figures {
        Ok(table) if has("--tsv") => print!("{}", table.to_tsv()),
        Ok(table) if has("--headline") => print!("{}", table.headline()),
        Ok(table) => print!("{table}\nRust {COMPILER}\n"),
        Err(error) => {
            eprintln!("compare: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn kept(file: &str) -> io::Result<Table> {
    Table::parse(&fs::read_to_string(file)?)
        .map_err(|line| io::Error::other(format!("line {line} of {file} is no line of the table")))
}

fn times(rounds: u32) -> io::Result<Table> {
    let mut table = Table::default();
    every(&[], &mut |cases| {
        let best = measure::best(cases, rounds);
        for (case, time) in cases.iter().zip(best) {
            table.enter(case.task, case.input, case.octets, case.who, time);
        }
    })?;
    Ok(table)
}

fn instructions() -> io::Result<Table> {
    let mut table = Table::default();
    let mut counts = callgrind::count_cases(&[], Processor::Own)?.into_iter();
    every(&[], &mut |cases| {
        for (case, count) in cases.iter().zip(counts.by_ref()) {
            table.enter(case.task, case.input, case.octets, case.who, count as f64);
        }
    })?;
    Ok(table)
}
