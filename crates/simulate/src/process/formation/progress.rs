//! How far the forming of a government has come in a run.

use jiff::civil::Date;

use crate::model::{ListId, Model};
use crate::world::Sitting;

/// How far the forming of a government has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Progress {
    /// Stages done.
    pub done: usize,
    /// The day on which the next stage is tried.
    pub due: Option<Date>,
    /// The day on which each stage was done.
    pub days: Vec<Date>,
    /// Failed tries so far.
    pub failures: u32,
    /// Failed tries of the stage in hand.
    pub tries: u32,
    /// Those of them that others broke up by staying away.
    pub broken: u32,
    /// The largest bloc: its lists.
    pub bloc: Vec<ListId>,
    /// The place of the bloc among the case's actors, if it is an umbrella.
    pub umbrella: Option<usize>,
    /// The coalition: its lists.
    pub coalition: Vec<ListId>,
    /// Weeks of talks on the package so far.
    pub talks: u32,
    /// The hazard of a conclusion that has been waited through.
    pub waited: f64,
    /// Whether the talks on the package have concluded.
    pub agreed: bool,
    /// The nominee, by place in the case's candidates.
    pub nominee: Option<usize>,
    /// Nominees who failed, in order.
    pub failed: Vec<usize>,
    /// Names that are out of the question until every name has failed once.
    pub closed: Vec<usize>,
    /// What became of the sittings of each stage, as [`crate::run::Outcome::sittings`].
    pub sittings: Vec<Option<Sitting>>,
    /// Posts: office and the list that holds it.
    pub posts: Vec<(usize, ListId)>,
    /// Offices left empty on the day of confidence.
    pub empty: Vec<usize>,
    /// The day of confidence.
    pub confidence: Option<Date>,
}

impl Progress {
    /// How far it has come by the as-of date.
    pub(super) fn begun(model: &Model<'_>) -> Self {
        let case = model.case;
        if !case.formation_pending() {
            return Self::default();
        }
        let advance = case.progress();
        if advance.days.is_empty() || advance.days.len() >= case.stages.len() {
            return Self::default();
        }
        Self {
            done: advance.days.len(),
            nominee: advance.nominee,
            days: advance.days,
            tries: advance.sittings,
            broken: advance.broken,
            failures: u32::try_from(advance.failed.len()).unwrap_or(u32::MAX),
            closed: advance.failed.clone(),
            failed: advance.failed,
            ..Self::default()
        }
    }
}
