//! How long the models of bargaining, influence, escalation, scores and sensitivity take:
//! `cargo bench -p shatterbelt-theory --bench dynamics`.

use divan::{AllocProfiler, Bencher, black_box};
use theory::bargaining::smp::{Accommodation, Actor, Choice, Options, play};
use theory::escalation::hawkes::{Event, Hawkes, fit};
use theory::escalation::signalling::{Payoffs, equilibria};
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::linked_issues::settle_linked;
use theory::influence::matrix::Matrix;
use theory::influence::signed::{SignedNetwork, Tie, frustration};
use theory::score::{brier, calibration, crps_ensemble};

#[global_allocator]
static ALLOCATED: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Numbers in [0, 1) by a fixed rule.
fn number(k: usize) -> f64 {
    let mut z = (k as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
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

/// Influence in which everybody gives nine tenths of their weight away.
fn influence(actors: usize) -> Option<Matrix> {
    let mut cells: Vec<f64> = (0..actors * actors).map(number).collect();
    for row in cells.chunks_mut(actors) {
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|x| *x *= 0.9 / sum);
    }
    Matrix::new(actors, cells).ok()
}

#[divan::bench(args = [20, 40, 80, 250])]
fn friedkin_johnsen(bencher: Bencher, actors: usize) {
    let Some(h) = influence(actors) else { return };
    bencher.bench_local(|| total_effects(black_box(&h)));
}

/// Four issues that hang together.
#[divan::bench(args = [20, 40, 80])]
fn linked_issues(bencher: Bencher, actors: usize) {
    let Some(h) = influence(actors) else { return };
    let logic: Vec<f64> = (0..16).map(|k| if k % 5 == 0 { 0.7 } else { 0.1 }).collect();
    let Ok(logic) = Matrix::new(4, logic) else { return };
    let start = vec![vec![0.1, 0.4, 0.6, 0.9]; actors];
    bencher.bench_local(|| settle_linked(black_box(&h), &logic, &start));
}

/// Two camps with one tie in ten against them.
#[divan::bench(args = [12, 16, 20])]
fn frustration_exact(bencher: Bencher, actors: usize) {
    let mut ties = Vec::new();
    for from in 0..actors {
        for to in 0..from {
            let k = from * actors + to;
            if number(k) < 0.5 {
                let friendly = (from % 2 == to % 2) != (number(k + 7919) < 0.1);
                ties.push(Tie { from, to, friendly });
            }
        }
    }
    let Ok(network) = SignedNetwork::mutual(actors, &ties) else { return };
    bencher.bench_local(|| frustration(black_box(&network), 10_000_000));
}

/// The payoffs with three equilibria, and some with one.
#[divan::bench(args = [-2.9, -2.0])]
fn crisis_equilibria(bencher: Bencher, war_b: f64) {
    let payoffs = Payoffs {
        status_quo_a: 0.0,
        victory_a: 1.0,
        concession_b: 0.0,
        war_a: -1.9,
        war_b,
        backing_down_a: -1.2,
        victory_b: 1.0,
    };
    bencher.bench_local(|| equilibria(black_box(&payoffs)));
}

fn attacks() -> Hawkes {
    Hawkes { background: vec![0.5], excitation: vec![vec![0.6]], decay: 1.2 }
}

fn history(events: usize) -> Vec<Event> {
    let found = attacks().simulate(events as f64, 20 * events, &|k| number(k as usize));
    found.unwrap_or_default()
}

#[divan::bench(args = [1_000, 10_000])]
fn hawkes_simulate(bencher: Bencher, until: usize) {
    bencher.bench_local(|| history(black_box(until)));
}

#[divan::bench(args = [1_000, 10_000])]
fn hawkes_likelihood(bencher: Bencher, until: usize) {
    let (process, events) = (attacks(), history(until));
    bencher.bench_local(|| process.log_likelihood(black_box(&events), until as f64));
}

#[divan::bench(args = [1_000], sample_count = 10, sample_size = 1)]
fn hawkes_fit(bencher: Bencher, until: usize) {
    let times: Vec<f64> = history(until).iter().map(|e| e.time).collect();
    bencher.bench_local(|| fit(black_box(&times), until as f64));
}

#[divan::bench(args = [1_000, 10_000])]
fn crps_of_draws(bencher: Bencher, draws: usize) {
    let draws: Vec<f64> = (0..draws).map(number).collect();
    bencher.bench_local(|| crps_ensemble(black_box(&draws), 0.4));
}

#[divan::bench(args = [1_000, 10_000])]
fn brier_and_calibration(bencher: Bencher, forecasts: usize) {
    let said: Vec<f64> = (0..forecasts).map(number).collect();
    let came: Vec<bool> =
        said.iter().enumerate().map(|(k, p)| number(k + forecasts) < *p).collect();
    bencher.bench_local(|| (brier(black_box(&said), &came), calibration(&said, &came, 10)));
}
