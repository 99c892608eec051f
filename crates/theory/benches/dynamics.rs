//! How long the models of bargaining and dynamics take: `cargo bench -p theory --bench dynamics`.

use divan::{AllocProfiler, Bencher, black_box};
use theory::bargaining::smp::{Accommodation, Actor, Choice, Options, play};

#[global_allocator]
static ALLOCATED: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// A field laid out by a fixed rule, so that the bench is the same everywhere.
fn field(actors: usize, issues: usize) -> Vec<Actor> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..actors)
        .map(|_| Actor {
            capability: 1.0 + 99.0 * next(),
            position: (0..issues).map(|_| next()).collect(),
            salience: (0..issues).map(|_| (0.1 + 0.9 * next()) / issues as f64).collect(),
        })
        .collect()
}

/// The reference implementation takes 0.72 s, 3.5 s, 16.9 s and 236 s for the first four.
#[divan::bench(args = [(13, 2), (26, 1), (40, 1), (80, 1), (250, 1)], sample_count = 5, sample_size = 1)]
fn smp(bencher: Bencher, (actors, issues): (usize, usize)) {
    let field = field(actors, issues);
    bencher.bench_local(|| {
        play(black_box(&field), &Accommodation::Identity, &Options::default(), Choice::Surest)
    });
}
