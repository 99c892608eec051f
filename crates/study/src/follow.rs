//! How far the road has been walked, and whether to go on.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The case's documents are read, counted in documents.
    Documents,
    /// Sway is measured, in one piece.
    Sway,
    /// Futures are run, counted in runs.
    Futures,
    /// The case's scenarios are run and compared, counted in runs of all of them.
    Scenarios,
    /// Signs and rules are looked for, counted in runs looked at.
    Signs,
    /// Runs are played again without each of the actors in focus, counted in runs.
    Influence,
    /// Beside the road: what an outcome hangs on is found, counted in runs.
    Study,
}

impl Stage {
    /// A word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Sway => "sway",
            Self::Futures => "futures",
            Self::Scenarios => "scenarios",
            Self::Signs => "signs",
            Self::Influence => "influence",
            Self::Study => "study",
        }
    }
}

/// Whoever follows: the bars of a terminal, a job of the workbench.
pub trait Follow: Sync {
    /// A stage begins, with so much to do.
    fn begin(&self, stage: Stage, total: u64);

    /// So much more of it is done.
    fn done(&self, more: u64);

    /// It is over, done or not.
    fn end(&self) {}

    /// Whether to go on; asked before each run. Once it says no the road ends with
    /// [`crate::Fault::Cancelled`].
    fn goes_on(&self) -> bool {
        true
    }
}

/// Nobody follows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Follow for Alone {
    fn begin(&self, _: Stage, _: u64) {}

    fn done(&self, _: u64) {}
}
