//! Runs one function over one document a number of times, to be counted by callgrind: see `benches/instructions`.

use std::hint::black_box;
use std::process::ExitCode;

use benches::work::ALL;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, file, times] = &arguments[..] else {
        eprintln!("usage: instructions FUNCTION FILE TIMES");
        return ExitCode::from(2);
    };
    let work = ALL.iter().find(|(known, _)| known == name).map(|&(_, work)| work);
    let (Some(work), Ok(document), Ok(times)) = (work, std::fs::read(file), times.parse::<usize>()) else {
        eprintln!("instructions: cannot run {name} over {file} {times} times");
        return ExitCode::from(2);
    };
    for _ in 0..times {
        black_box(work(black_box(&document)));
    }
    ExitCode::SUCCESS
}
