//! Many runs, in order, on any number of threads: kept, or handed on one by one.

use std::ops::Range;

use rayon::prelude::*;

use crate::luck::Luck;
use crate::model::{Drawn, Model};
use crate::play::Play;
use crate::process::StepError;
use crate::run::Outcome;

/// Runs whose beliefs are drawn together.
const BLOCK: u64 = 16;

/// Runs cut into blocks, in order.
fn blocks(runs: Range<u64>) -> Vec<Range<u64>> {
    let end = runs.end;
    runs.step_by(BLOCK as usize).map(|from| from..(from + BLOCK).min(end)).collect()
}

/// The outcomes of runs `first..first + outcomes.len()` under one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    /// The seed.
    pub seed: u64,
    /// The number of the first run.
    pub first: u32,
    /// What each run came to, in order.
    pub outcomes: Vec<Outcome>,
}

/// Why a stream of runs ended before its last.
#[derive(Debug)]
pub enum Ended<E> {
    /// A process could not take a step.
    Step(StepError),
    /// Whoever takes the outcomes refused one.
    Refused(E),
}

impl Model<'_> {
    /// Runs futures and hands their outcomes on in order, keeping no more than a few thousand at a time.
    ///
    /// `go_on` is asked before each run: once it says no, runs in hand are finished and those that follow without
    /// a gap are still handed on. Returns the number of the first run that was not.
    ///
    /// # Errors
    /// [`Ended`].
    pub fn stream<E>(
        &self,
        seed: u64,
        runs: Range<u32>,
        go_on: &(dyn Fn() -> bool + Sync),
        take: &mut dyn FnMut(u32, Outcome) -> Result<(), E>,
    ) -> Result<u32, Ended<E>> {
        let chunk = 512 * u32::try_from(rayon::current_num_threads()).unwrap_or(1);
        let mut next = runs.start;
        while next < runs.end {
            let until = next.saturating_add(chunk).min(runs.end);
            let blocks: Vec<Vec<_>> = blocks(u64::from(next)..u64::from(until))
                .into_par_iter()
                .map(|runs| self.block(seed, runs, |run| go_on().then(run)))
                .collect();
            for outcome in blocks.into_iter().flatten() {
                let Some(outcome) = outcome else { return Ok(next) };
                take(next, outcome.map_err(Ended::Step)?).map_err(Ended::Refused)?;
                next += 1;
            }
        }
        Ok(next)
    }

    /// Runs one after the other whose beliefs are drawn together, each played as `each` asks for it; a fault names its
    /// run.
    fn block<T>(
        &self,
        seed: u64,
        runs: Range<u64>,
        each: impl Fn(&mut dyn FnMut() -> Result<Outcome, StepError>) -> T,
    ) -> Vec<T> {
        // Runs are numbered round the circle.
        let numbers: Vec<u32> = runs.map(|run| run as u32).collect();
        let lucks: Vec<Luck> = numbers.iter().map(|run| Luck::new(seed, *run)).collect();
        let play = |(run, drawn): (u32, Drawn)| {
            let mut drawn = Some(drawn);
            each(&mut || {
                Play { drawn: drawn.take(), ..self.play(seed, run) }
                    .go()
                    .map(|played| played.outcome)
                    .map_err(|error| StepError {
                        fault: format!("run {run}: {}", error.fault),
                        ..error
                    })
            })
        };
        numbers.into_iter().zip(self.draw_all(&lucks)).map(play).collect()
    }

    /// Runs `count` futures from run `first` on, calling `done` with the number finished since the last call.
    /// The result is the same on any number of threads.
    ///
    /// # Errors
    /// If a process cannot take a step; the run with the lowest number that failed is named.
    pub fn ensemble(
        &self,
        seed: u64,
        first: u32,
        count: u32,
        done: &(dyn Fn(u64) + Sync),
    ) -> Result<Ensemble, StepError> {
        let from = u64::from(first);
        let runs: Vec<Vec<Result<Outcome, StepError>>> = blocks(from..from + u64::from(count))
            .into_par_iter()
            .map(|runs| {
                self.block(seed, runs, |run| {
                    let outcome = run();
                    done(1);
                    outcome
                })
            })
            .collect();
        let outcomes = runs.into_iter().flatten().collect::<Result<Vec<_>, _>>()?;
        Ok(Ensemble { seed, first, outcomes })
    }
}
