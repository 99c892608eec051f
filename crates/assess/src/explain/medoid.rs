//! The medoid run of each outcome: the one that lies nearest the centre of all runs that end that way.
//!
//! An outcome is a head of government, no government inside the window, or a government with some step past its
//! deadline; a run may belong to several. Each number of a run (seats, turnout, who governs, failures, days, what the
//! processes report) is standardised over the runs of its outcome, x = (value - mean) / standard deviation; the run
//! with the least root mean square of x is the medoid, of equals the first. A number that does not come about in a run
//! counts as one deviation; one that is the same in all runs of the outcome does not count. *Judged* in its form;
//! standing for a group by the member nearest its middle is `kaufman1990`'s.
//!
//! Two passes over the same runs, in memory that does not grow with them: [`Centres`] take in the first,
//! [`Search`] the second.

use serde::Serialize;
use simulate::{Model, Outcome};

/// How a run may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// A candidate, by place in the case's, heads the government.
    Head(u8),
    /// No government is formed inside the window.
    None,
    /// A government is formed, some step of it past its deadline.
    Late,
}

/// The run that best stands for an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Medoid {
    /// The outcome.
    pub ending: Ending,
    /// What it is called.
    pub name: String,
    /// The share of all runs that end this way.
    pub share: f64,
    /// The run's number.
    pub run: u32,
    /// How far it lies from the centre, in standard deviations.
    pub distance: f64,
}

/// Mean and squared deviations of a number, taken in one after the other (`welford1962`).
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Spread {
    fn push(&mut self, value: f64) {
        self.count += 1;
        let off = value - self.mean;
        self.mean += off / self.count as f64;
        self.squares += off * (value - self.mean);
    }

    fn deviation(&self) -> f64 {
        (self.squares / self.count.max(1) as f64).sqrt()
    }
}

/// The centres of all outcomes: the first pass.
#[derive(Debug, Clone)]
pub struct Centres {
    /// Days allowed for each step.
    deadlines: Vec<Option<u32>>,
    runs: u64,
    /// In the order of [`Ending`].
    groups: std::collections::BTreeMap<Ending, Vec<Spread>>,
}

impl Centres {
    /// No runs yet.
    #[must_use]
    pub fn new(model: &Model<'_>) -> Self {
        let deadlines = model.case.stages.iter().map(|s| s.deadline).collect();
        Self { deadlines, runs: 0, groups: std::collections::BTreeMap::new() }
    }

    /// How a run ends.
    fn endings(&self, run: &Outcome) -> impl Iterator<Item = Ending> {
        let mut before = 0;
        let late = run.stage_days.iter().zip(&self.deadlines).any(|(day, allowed)| {
            let took = day - std::mem::replace(&mut before, *day);
            allowed.is_some_and(|most| u32::from(took) > most)
        });
        let ends = run.head.map_or(Ending::None, Ending::Head);
        [Some(ends), (late && run.head.is_some()).then_some(Ending::Late)].into_iter().flatten()
    }

    /// Takes in a run.
    pub fn push(&mut self, run: &Outcome) {
        self.runs += 1;
        let numbers = numbers(run);
        for ending in self.endings(run).collect::<Vec<_>>() {
            let group = self.groups.entry(ending).or_default();
            group.resize(numbers.len().max(group.len()), Spread::default());
            for (spread, value) in group.iter_mut().zip(&numbers) {
                value.iter().for_each(|v| spread.push(*v));
            }
        }
    }

    /// Begins the second pass, over the same runs.
    #[must_use]
    pub fn search(self) -> Search {
        let nearest = self.groups.keys().map(|_| None).collect();
        let counts = vec![0; self.groups.len()];
        Search { centres: self, nearest, counts }
    }
}

/// The search for the runs nearest to the centres: the second pass.
#[derive(Debug, Clone)]
pub struct Search {
    centres: Centres,
    /// For each outcome the distance and the number of the nearest run so far.
    nearest: Vec<Option<(f64, u32)>>,
    counts: Vec<u64>,
}

impl Search {
    /// Takes in a run again. The order of runs does not matter.
    pub fn push(&mut self, number: u32, run: &Outcome) {
        let numbers = numbers(run);
        for ending in self.centres.endings(run).collect::<Vec<_>>() {
            let at = self.centres.groups.keys().position(|e| *e == ending);
            let (Some(at), Some(group)) = (at, self.centres.groups.get(&ending)) else { continue };
            self.counts[at] += 1;
            let here = (distance(&numbers, group), number);
            let near = self.nearest[at].is_none_or(|(least, first)| {
                here.0.total_cmp(&least).then(number.cmp(&first)).is_lt()
            });
            if near {
                self.nearest[at] = Some(here);
            }
        }
    }

    /// The medoids, the commonest outcome first.
    #[must_use]
    pub fn medoids(&self, model: &Model<'_>) -> Vec<Medoid> {
        let name = |ending: &Ending| match ending {
            Ending::Head(head) => (model.case.candidates.get(usize::from(*head)))
                .map_or_else(String::new, |c| format!("{} becomes head of government", c.name)),
            Ending::None => "no government inside the window".to_owned(),
            Ending::Late => "a government with some step past its deadline".to_owned(),
        };
        let rows = self.centres.groups.keys().zip(&self.nearest).zip(&self.counts);
        let mut all: Vec<Medoid> = rows
            .filter_map(|((ending, nearest), count)| {
                let (distance, run) = (*nearest)?;
                let share = *count as f64 / self.centres.runs.max(1) as f64;
                Some(Medoid { ending: *ending, name: name(ending), share, run, distance })
            })
            .collect();
        all.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.ending.cmp(&b.ending)));
        all
    }
}

/// A run's numbers, in an order that is the same for every run of a model.
fn numbers(run: &Outcome) -> Vec<Option<f64>> {
    let governs =
        |l: usize| (run.coalition != 0).then(|| f64::from((run.coalition >> l & 1) as u8));
    let lists = run.seats.len();
    let mut all: Vec<Option<f64>> = run.seats.iter().map(|s| Some(f64::from(*s))).collect();
    all.extend((0..lists).map(governs));
    all.extend([Some(f64::from(run.turnout)), Some(f64::from(run.bloc_seats))]);
    all.extend([Some(f64::from(run.failures)), run.days.map(f64::from)]);
    all.extend(run.quantities.iter().map(|q| q.map(f64::from)));
    // Steps come last: runs differ in how many they reach.
    all.extend(run.stage_days.iter().map(|d| Some(f64::from(*d))));
    all
}

fn distance(numbers: &[Option<f64>], centre: &[Spread]) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for (at, spread) in centre.iter().enumerate() {
        let deviation = spread.deviation();
        if deviation <= 1e-9 * spread.mean.abs() {
            continue;
        }
        count += 1;
        let value = numbers.get(at).copied().flatten();
        sum += value.map_or(1.0, |v| ((v - spread.mean) / deviation).powi(2));
    }
    (sum / f64::from(count.max(1))).sqrt()
}
