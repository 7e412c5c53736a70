//! Times, by criterion: a group for each task, with the octets of the document each second.
#![expect(missing_docs, reason = "criterion_group! makes a function without documentation")]

use benches::case::Case;
use benches::cases::{cases, every};
use benches::inputs::{self, traps};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn bench(criterion: &mut Criterion, cases: &mut [Case<'_>]) {
    for case in cases {
        let mut group = criterion.benchmark_group(case.task.name());
        group.throughput(Throughput::Bytes(case.octets as u64));
        group.bench_function(BenchmarkId::new(case.who.name(), case.input), |bencher| bencher.iter(|| case.run()));
        group.finish();
    }
}

fn documents(criterion: &mut Criterion) {
    every(&[], &mut |cases| bench(criterion, cases)).expect("there is no file to be read");
}

/// The message of a mebibyte: reading alone, for its XML takes long to write.
fn large(criterion: &mut Criterion) {
    let input = inputs::large();
    let mut cases: Vec<Case<'_>> = cases(&input).into_iter().filter(|case| case.task.is_reading()).collect();
    bench(criterion, &mut cases);
}

fn growth(criterion: &mut Criterion) {
    for trap in &traps::ALL {
        let mut group = criterion.benchmark_group(trap.name);
        for size in trap.sizes() {
            let document = (trap.document)(size);
            group.throughput(Throughput::Bytes(document.len() as u64));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| bencher.iter(|| (trap.work)(&document)));
        }
        group.finish();
    }
}

criterion_group!(benches, documents, large, growth);
criterion_main!(benches);
