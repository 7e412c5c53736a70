//! Counts the instructions of everything that is measured, under callgrind.
//!
//! ```text
//! instructions            prints the counts
//! instructions --check    compares them with the committed ones: 1 if one of ours is more than 3 % above
//! instructions --update   writes them down
//! instructions --growth   each trap at n, 2n, 4n and 8n: 1 if one grows more than 2.2 times for twice as much
//! instructions FILE…      prints the counts for these documents
//! ```

use std::process::ExitCode;
use std::{env, fs, io};

use benches::callgrind::{Processor, RUN, count, count_cases, counted_by_callgrind, is_there, run_cases};
use benches::cases::every;
use benches::counts::{COMPILER, Counts, Key};
use benches::inputs::traps;

/// The committed counts.
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.tsv");

/// What this program is called with to run every trap in every size, each counted by itself.
const RUN_TRAPS: &str = "--run-traps";

/// How many thousandths more twice as much may take.
const GROWTH: u64 = 2200;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if !is_there() && !matches!(arguments[..], [RUN | RUN_TRAPS, ..]) {
        println!("SKIPPED: instruction counts: valgrind is not installed");
        return ExitCode::SUCCESS;
    }
    let result = match arguments[..] {
        [RUN, ref files @ ..] => run_cases(files),
        [RUN_TRAPS] => {
            run_traps();
            Ok(())
        }
        ["--growth"] => return report(growth()),
        ["--check"] => return report(check()),
        ["--update"] => measured(&[]).and_then(|counts| fs::write(COMMITTED, counts.to_string())),
        ref files => measured(files).map(|counts| print!("{counts}")),
    };
    report(result.map(|()| true))
}

fn report(result: io::Result<bool>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("instructions: {error}");
            ExitCode::from(2)
        }
    }
}

fn measured(files: &[&str]) -> io::Result<Counts> {
    let mut keys = Vec::new();
    every(files, &mut |cases| {
        keys.extend(cases.iter().map(|case| Key {
            task: case.task.name().into(),
            input: case.input.into(),
            who: case.who.name().into(),
        }));
    })?;
    let counts = count_cases(files, Processor::Any)?;
    Ok(Counts { compiler: COMPILER.into(), rows: keys.into_iter().zip(counts).collect() })
}

fn check() -> io::Result<bool> {
    let committed = Counts::parse(&fs::read_to_string(COMMITTED)?)
        .map_err(|line| io::Error::other(format!("line {line} of {COMMITTED} is no row of it")))?;
    let measured = measured(&[])?;
    if committed.compiler != measured.compiler {
        println!("the committed counts are those of {}, this is {COMPILER}: ratios count", committed.compiler);
    }
    let (worse, missing) = (committed.worse(&measured), committed.missing(&measured));
    worse.iter().for_each(|worse| println!("WORSE: {worse}"));
    missing.iter().for_each(|key| println!("MISSING: {} of {}", key.task, key.input));
    println!("{} counts compared, {} worse, {} missing", committed.rows.len(), worse.len(), missing.len());
    Ok(worse.is_empty() && missing.is_empty())
}

fn run_traps() {
    for trap in &traps::ALL {
        for size in trap.sizes() {
            let document = (trap.document)(size);
            counted_by_callgrind(&mut || (trap.work)(&document));
        }
    }
}

fn growth() -> io::Result<bool> {
    let counts = count(&[RUN_TRAPS], Processor::Any)?;
    let mut is_linear = true;
    for (trap, counts) in traps::ALL.iter().zip(counts.chunks(4)) {
        let steps: Vec<u64> = counts.windows(2).map(|pair| pair[1] * 1000 / pair[0].max(1)).collect();
        let is_right = steps.len() == 3 && steps.iter().all(|step| *step <= GROWTH);
        is_linear &= is_right;
        let verdict = if is_right { "" } else { "  TOO MUCH" };
        let steps: Vec<String> = steps.iter().map(|step| format!("{:.2}", *step as f64 / 1000.0)).collect();
        println!("{:<36} {counts:?} instructions: {}{verdict}", trap.name, steps.join(", "));
    }
    Ok(is_linear)
}
