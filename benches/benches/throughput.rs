//! Times, by criterion.
#![expect(missing_docs, reason = "criterion_group! makes a function without documentation")]

use benches::{inputs, work};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn events(criterion: &mut Criterion) {
    let documents = [
        ("cp", inputs::provisioning(1)),
        ("cp x 26", inputs::provisioning(26)),
        ("dm", inputs::message(16)),
        ("dm x 13", inputs::message(212)),
    ];
    let mut group = criterion.benchmark_group("events");
    for (name, document) in &documents {
        group.throughput(Throughput::Bytes(document.len() as u64));
        for (function, work) in [("drive", work::drive as work::Work), ("next_event", work::next_event)] {
            group.bench_with_input(BenchmarkId::new(function, name), document, |bencher, document| {
                bencher.iter(|| work(document));
            });
        }
        let typed: work::Work = if name.starts_with("cp") { work::typed_cp } else { work::typed_dm };
        group.bench_with_input(BenchmarkId::new("typed", name), document, |bencher, document| {
            bencher.iter(|| typed(document));
        });
    }
    group.finish();
}

criterion_group!(benches, events);
criterion_main!(benches);
