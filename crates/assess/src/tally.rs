//! Outcomes taken in one after the other: all that a summary needs, in memory that does not grow with the runs.

use std::collections::BTreeMap;

use simulate::Outcome;
use simulate::model::Model;
use simulate::run::EMPTY;

use crate::numbers::Numbers;

/// How many numbers of one kind are kept exactly.
const EXACT: usize = 10_000;
/// The same for what is followed over time, of which there is much.
const EXACT_COURSE: usize = 1000;
/// The runs from which the main lists are told; until then outcomes are kept.
const PILOT: usize = 2000;

/// What a coalition came to, over the runs in which it formed.
#[derive(Debug, Clone)]
pub(crate) struct CoalitionTally {
    pub count: u64,
    pub smaller: u64,
    pub seats: Numbers,
    pub days: Numbers,
    pub heads: BTreeMap<u8, u64>,
}

/// A tally of outcomes.
#[derive(Debug, Clone)]
pub struct Tally {
    pub(crate) runs: u64,
    pub(crate) seats: Vec<Numbers>,
    pub(crate) shares: Vec<Numbers>,
    pub(crate) first: Vec<f64>,
    pub(crate) governs: Vec<u64>,
    pub(crate) fringe: Numbers,
    pub(crate) turnout: Numbers,
    pub(crate) voted: bool,
    pub(crate) bloc_seats: Numbers,
    pub(crate) heads: BTreeMap<u8, u64>,
    pub(crate) failed: BTreeMap<u8, u64>,
    pub(crate) some_failed: u64,
    pub(crate) formed: u64,
    /// Days to confidence, infinite where no government is formed.
    pub(crate) days: Numbers,
    /// The same over the runs in which one is.
    pub(crate) formed_days: Numbers,
    pub(crate) empty: Vec<u64>,
    pub(crate) took: Vec<Numbers>,
    pub(crate) by: Vec<Numbers>,
    pub(crate) coalitions: BTreeMap<u128, CoalitionTally>,
    pub(crate) quantities: Vec<Numbers>,
    pub(crate) course: Vec<Numbers>,
    /// The main lists, once they are told.
    main: Option<u128>,
    pilot: Vec<Outcome>,
    all_seats: f64,
}

impl Tally {
    /// An empty tally for a model.
    #[must_use]
    pub fn new(model: &Model<'_>) -> Self {
        let lists = model.lists.len();
        let numbers = |count: usize| vec![Numbers::new(EXACT); count];
        Self {
            runs: 0,
            seats: numbers(lists),
            shares: numbers(lists),
            first: vec![0.0; lists],
            governs: vec![0; lists],
            fringe: Numbers::new(EXACT),
            turnout: Numbers::new(EXACT),
            voted: false,
            bloc_seats: Numbers::new(EXACT),
            heads: BTreeMap::new(),
            failed: BTreeMap::new(),
            some_failed: 0,
            formed: 0,
            days: Numbers::new(EXACT),
            formed_days: Numbers::new(EXACT),
            empty: vec![0; model.case.offices.len()],
            took: numbers(model.case.stages.len()),
            by: numbers(model.case.stages.len()),
            coalitions: BTreeMap::new(),
            quantities: numbers(model.quantities.len()),
            course: Vec::new(),
            main: None,
            pilot: Vec::new(),
            all_seats: model.case.assembly.as_ref().map_or(1.0, |a| f64::from(*a.seats.get_ref())),
        }
    }

    /// Takes in the outcome of a run.
    pub fn push(&mut self, run: &Outcome) {
        self.runs += 1;
        run.largest().into_iter().for_each(|l| self.first[l] += 1.0);
        self.seats.iter_mut().zip(&run.seats).for_each(|(n, s)| n.push(f64::from(*s)));
        self.shares.iter_mut().zip(&run.shares).for_each(|(n, s)| n.push(f64::from(*s)));
        self.fringe.push(f64::from(run.fringe));
        self.voted |= run.turnout > 0.0;
        self.turnout.push(f64::from(run.turnout));
        self.bloc_seats.push(f64::from(run.bloc_seats));
        run.head.into_iter().for_each(|head| *self.heads.entry(head).or_default() += 1);
        let mut failed = run.failed.clone();
        failed.sort_unstable();
        failed.dedup();
        failed.into_iter().for_each(|name| *self.failed.entry(name).or_default() += 1);
        self.some_failed += u64::from(!run.failed.is_empty());
        self.formed += u64::from(run.days.is_some());
        self.days.push(run.days.map_or(f64::INFINITY, f64::from));
        run.days.into_iter().for_each(|days| self.formed_days.push(f64::from(days)));
        for (count, post) in self.empty.iter_mut().zip(&run.posts) {
            *count += u64::from(*post == EMPTY);
        }
        for list in (0..self.governs.len()).filter(|l| run.coalition >> l & 1 == 1) {
            self.governs[list] += 1;
        }
        let mut before = 0.0;
        for (s, day) in run.stage_days.iter().map(|d| f64::from(*d)).enumerate() {
            self.by[s].push(day);
            self.took[s].push(day - before);
            before = day;
        }
        for (numbers, value) in self.quantities.iter_mut().zip(&run.quantities) {
            value.iter().for_each(|v| numbers.push(f64::from(*v)));
        }
        if self.course.len() < run.course.len() {
            self.course.resize(run.course.len(), Numbers::new(EXACT_COURSE));
        }
        self.course.iter_mut().zip(&run.course).for_each(|(n, v)| n.push(f64::from(*v)));
        if run.days.is_some() {
            match self.main {
                Some(main) => self.coalition(main, run),
                None => self.pilot.push(run.clone()),
            }
        }
        if self.main.is_none() && self.runs as usize >= PILOT {
            self.settle();
        }
    }

    /// The lists that may expect at least a fortieth of all seats: with thirty lists hardly two runs agree on every
    /// small partner, so coalitions count as one if their main lists are the same.
    pub(crate) fn main(&self) -> u128 {
        self.main.unwrap_or_else(|| {
            (0..self.seats.len())
                .filter(|l| self.seats[*l].mean() * 40.0 >= self.all_seats)
                .fold(0_u128, |bits, l| bits | 1 << l)
        })
    }

    /// Tells the main lists from the runs so far and files the coalitions that were kept.
    pub(crate) fn settle(&mut self) {
        let main = self.main();
        self.main = Some(main);
        for run in std::mem::take(&mut self.pilot) {
            self.coalition(main, &run);
        }
    }

    fn coalition(&mut self, main: u128, run: &Outcome) {
        let tally = self.coalitions.entry(run.coalition & main).or_insert_with(|| CoalitionTally {
            count: 0,
            smaller: 0,
            seats: Numbers::new(EXACT_COURSE),
            days: Numbers::new(EXACT_COURSE),
            heads: BTreeMap::new(),
        });
        tally.count += 1;
        tally.smaller += u64::from((run.coalition & !main).count_ones());
        let joined = (0..run.seats.len()).filter(|l| run.coalition >> l & 1 == 1);
        tally.seats.push(joined.map(|l| f64::from(run.seats[l])).sum());
        run.days.into_iter().for_each(|d| tally.days.push(f64::from(d)));
        run.head.into_iter().for_each(|h| *tally.heads.entry(h).or_default() += 1);
    }
}
