//! Times: the best of many short runs, everybody's turn by turn, so that what else the machine does hits all alike.

use std::time::{Duration, Instant};

use crate::case::Case;

/// How long one run of a case should take at least, to be told from the clock's steps.
const RUN: Duration = Duration::from_millis(2);

/// How long all runs of a case may take together: what is slow is run less often.
const ALL_RUNS: Duration = Duration::from_millis(400);

/// Nanoseconds of one run of each case: the best of `rounds`, or of as many as there is time for.
#[must_use]
pub fn best(cases: &mut [Case<'_>], rounds: u32) -> Vec<f64> {
    let times: Vec<u32> = cases.iter_mut().map(times).collect();
    let mut best = vec![(f64::INFINITY, Duration::ZERO); cases.len()];
    for _ in 0..rounds {
        for ((case, times), (best, spent)) in cases.iter_mut().zip(&times).zip(&mut best) {
            if *spent > ALL_RUNS {
                continue;
            }
            let start = Instant::now();
            for _ in 0..*times {
                case.run();
            }
            let taken = start.elapsed();
            *best = best.min(taken.as_secs_f64() * 1e9 / f64::from(*times));
            *spent += taken;
        }
    }
    best.into_iter().map(|(best, _)| best).collect()
}

/// How often a case is to run to take as long as a run should.
fn times(case: &mut Case<'_>) -> u32 {
    let mut times = 1;
    loop {
        let start = Instant::now();
        for _ in 0..times {
            case.run();
        }
        if start.elapsed() >= RUN || times >= 1 << 20 {
            return times;
        }
        times *= 2;
    }
}
