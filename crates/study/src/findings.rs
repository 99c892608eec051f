//! What was found, as far as the road has been walked.

use std::sync::Arc;

use assess::influence::Influence;
use assess::measure::course::Course;
use assess::{Measured, Summary};
use report::compose::{Compared, Evidence};
use report::joined::{Answer, Joined, Scored};
use report::record::Record;
use simulate::Ensemble;

use crate::road::DRAWS;
use crate::watched::Watched;

/// What was found so far. Parts are shared, so that a later version costs no copy of what stays.
#[derive(Debug, Clone)]
pub struct Findings {
    /// The runs.
    pub ensemble: Arc<Ensemble>,
    /// What they have in common.
    pub summary: Arc<Summary>,
    /// Sway over the case's body.
    pub measured: Arc<Measured>,
    /// What the documents hold.
    pub evidence: Arc<Evidence>,
    /// How frozen forecasts of the case fared; none if none was frozen and answered.
    pub scored: Option<Scored>,
    /// The scenarios against the base; none as long as they were not compared.
    pub scenarios: Option<Arc<Vec<Compared>>>,
    /// Signs and rules; none as long as nobody looked for them.
    pub watched: Option<Arc<Watched>>,
    /// Who gets what he wants, over these very runs; none as long as it was not asked, or where nothing is decided.
    pub influence: Option<Arc<Influence>>,
    /// The same split by channel, over the first of these runs.
    pub channels: Option<Arc<Influence>>,
    /// Sway of the powers watched since the election before, with what moved it; none as long as it was not measured, or
    /// where there is nothing to look back on.
    pub over_time: Option<Arc<Course>>,
    /// The case's key questions answered; none as long as they were not asked.
    pub answers: Option<Arc<Vec<Answer>>>,
}

/// How many runs an ensemble has.
pub(crate) fn count(of: &Ensemble) -> u32 {
    u32::try_from(of.outcomes.len()).unwrap_or(u32::MAX)
}

impl Findings {
    /// How many runs they rest on.
    #[must_use]
    pub fn runs(&self) -> u32 {
        count(&self.ensemble)
    }

    /// Whether the road was walked to its end over these runs.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_measured()
            && self.scenarios.is_some()
            && self.watched.is_some()
            && self.answers.is_some()
    }

    /// Whether sway was measured over as many draws as these runs deserve.
    pub(crate) fn is_measured(&self) -> bool {
        self.measured.draws == self.runs().min(DRAWS)
    }

    /// The scenarios that were compared so far.
    #[must_use]
    pub fn compared(&self) -> &[Compared] {
        self.scenarios.as_ref().map_or(&[], |all| all)
    }

    pub(crate) fn joined(&self, earlier: Option<Record>) -> Joined {
        let watched = self.watched.as_deref().cloned().unwrap_or_default();
        Joined {
            earlier,
            scored: self.scored.clone(),
            signs: watched.signs,
            discoveries: watched.discoveries,
            answers: self.answers.as_deref().cloned().unwrap_or_default(),
            influence: self.influence.as_deref().cloned(),
            channels: self.channels.as_deref().cloned(),
            over_time: self.over_time.as_deref().cloned(),
            ..Joined::default()
        }
    }
}
