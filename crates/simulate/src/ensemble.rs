//! Many runs, in order, on any number of threads.

use rayon::prelude::*;

use crate::model::Model;
use crate::process::StepError;
use crate::run::Outcome;

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

impl Model<'_> {
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
        let runs: Vec<Result<Outcome, StepError>> = (0..count)
            .into_par_iter()
            .with_min_len(16)
            .map(|i| {
                let outcome = self.run(seed, first.wrapping_add(i)).map_err(|mut error| {
                    error.fault = format!("run {}: {}", first.wrapping_add(i), error.fault);
                    error
                });
                done(1);
                outcome
            })
            .collect();
        let outcomes = runs.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(Ensemble { seed, first, outcomes })
    }
}
