//! What is computed of a case as it stands: runs, sway, the brief with its pictures. First from few runs, so that
//! there is something to see at once, then from many.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use assess::{Measured, Summary};
use case::documents::read_documents;
use report::brief::Brief;
use report::compose::{Compared, Evidence, Findings, compose};
use report::joined::Joined;
use report::likelihood::Lexicon;
use simulate::model::Model;
use simulate::{Ensemble, Outcome};

use crate::api::jobs::JobResult;
use crate::jobs::{Stop, Turn};
use crate::problem::Problem;
use crate::workbench::{Revision, Workbench};

/// The runs after which the first pages can be read.
pub(crate) const PILOT: u32 = 1000;

/// How long a request waits for them.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The most draws over which sway is measured, as for the brief on the command line.
const DRAWS: u32 = 2000;

/// What was computed of a revision.
#[derive(Debug)]
pub(crate) struct Base {
    pub revision: Arc<Revision>,
    pub ensemble: Arc<Ensemble>,
    pub summary: Summary,
    pub measured: Arc<Measured>,
    pub evidence: Arc<Evidence>,
    /// The case's scenarios against the base, once they were compared over these runs.
    pub scenarios: Arc<Vec<Compared>>,
    pub brief: Brief,
    /// Whether this is all that was wanted: no more runs will follow.
    pub is_whole: bool,
}

impl Base {
    /// How many runs it rests on.
    pub fn runs(&self) -> u32 {
        u32::try_from(self.ensemble.outcomes.len()).unwrap_or(u32::MAX)
    }

    /// Whether its brief is the one that the command line writes: all runs done, all scenarios compared.
    pub fn is_complete(&self) -> bool {
        self.is_whole && self.scenarios.len() == self.revision.folder.scenarios().len()
    }
}

impl Workbench {
    /// That the brief of the case as it is has been composed.
    pub fn brief_made(&self) -> Result<JobResult, Problem> {
        let base = self.last_base().ok_or_else(|| Problem::internal("no brief was composed"))?;
        Ok(JobResult::Brief { revision: base.revision.name.clone(), runs: base.runs() })
    }
}

/// Runs futures for a job, which may be cancelled between any two.
pub(crate) fn futures(
    model: &Model<'_>,
    seed: u64,
    runs: std::ops::Range<u32>,
    turn: &Turn,
) -> Result<Vec<Outcome>, Stop> {
    let mut all = Vec::with_capacity(runs.len());
    let end = runs.end;
    let mut take = |_: u32, outcome: Outcome| -> Result<(), std::convert::Infallible> {
        all.push(outcome);
        Ok(())
    };
    let go_on = || {
        let goes = turn.goes_on();
        turn.done(u64::from(goes));
        goes
    };
    let next = model.stream(seed, runs, &go_on, &mut take);
    match next {
        Ok(next) if next == end => Ok(all),
        Ok(_) => Err(Stop::Cancelled),
        Err(simulate::ensemble::Ended::Step(error)) => {
            Err(Stop::Fault(Problem::refused("run-failed", error.to_string())))
        }
        Err(simulate::ensemble::Ended::Refused(never)) => match never {},
    }
}

impl Workbench {
    /// Computes a revision up to a number of runs and publishes what there is on the way.
    pub fn compute(
        &self,
        turn: &Turn,
        revision: &Arc<Revision>,
        runs: u32,
    ) -> Result<Arc<Base>, Stop> {
        let last = self.last_base().filter(|b| b.revision.case.hash == revision.case.hash);
        let same = last.filter(|b| b.revision.case.as_of == revision.case.as_of);
        if let Some(base) =
            same.as_ref().filter(|b| b.runs() >= runs && b.revision.name == revision.name)
        {
            return Ok(base.clone());
        }
        let model = revision.model()?;
        let evidence = self.read_evidence(revision)?;
        if let Some(base) = same.as_ref().filter(|b| b.runs() >= runs) {
            // Nothing that a run reads has changed: a decision was recorded, a document or a scenario added.
            let (revision, scenarios) = (revision.clone(), Arc::default());
            let parts = Parts { revision, evidence, scenarios, ..Parts::from(base.as_ref()) };
            let base = Arc::new(self.composed(parts, &model, true)?);
            self.publish(base.clone());
            self.tell("base", &crate::api::stream::BaseNews::of(&base));
            return Ok(base);
        }
        let mut outcomes = same.map_or_else(Vec::new, |b| b.ensemble.outcomes.clone());
        let have = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
        turn.total(u64::from(runs.saturating_sub(have)));
        let mut last = None;
        // The first pages need no more than the pilot; what was run before may be more than that.
        let stages = [PILOT, runs].into_iter().filter(|s| *s == runs || have < *s && *s < runs);
        for until in stages.collect::<BTreeSet<u32>>() {
            let have = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
            if have < until {
                outcomes.extend(futures(&model, self.opened.seed, have..until, turn)?);
            }
            // The last of them need no second copy.
            let of = match until == runs {
                true => std::mem::take(&mut outcomes),
                false => outcomes.clone(),
            };
            let ensemble = Ensemble { seed: self.opened.seed, first: 0, outcomes: of };
            let base = Arc::new(self.base_of(turn, revision, &model, ensemble, &evidence, runs)?);
            self.publish(base.clone());
            self.tell("base", &crate::api::stream::BaseNews::of(&base));
            last = Some(base);
        }
        last.ok_or_else(|| Stop::Fault(Problem::internal("no runs were asked for")))
    }

    /// Reads the case's documents, gathers what the brief shows of them, and leaves the store as `read` leaves it:
    /// with all documents, those that are later than the as-of date as well, since these are what is reviewed.
    fn read_evidence(&self, revision: &Revision) -> Result<Arc<Evidence>, Stop> {
        let gathered = self.ask(|store| {
            let fault = |e: &dyn std::fmt::Display| Problem::refused("evidence", e.to_string());
            let (root, limits) = (self.root(), &self.opened.limits);
            let case = &revision.case;
            read_documents(case, root, store, limits, &|| {}).map_err(|e| fault(&e))?;
            let gathered = Evidence::gather(case, store).map_err(|e| fault(&e))?;
            if let Some(all) = revision.folder.build_for_review() {
                read_documents(&all, root, store, limits, &|| {}).map_err(|e| fault(&e))?;
            }
            Ok(gathered)
        })?;
        Ok(Arc::new(gathered))
    }

    fn base_of(
        &self,
        turn: &Turn,
        revision: &Arc<Revision>,
        model: &Model<'_>,
        ensemble: Ensemble,
        evidence: &Arc<Evidence>,
        wanted: u32,
    ) -> Result<Base, Stop> {
        let runs = u32::try_from(ensemble.outcomes.len()).unwrap_or(u32::MAX);
        let body = revision.case.head.body.get_ref();
        let draws = if runs < wanted { runs.min(DRAWS / 4) } else { runs.min(DRAWS) };
        if !turn.goes_on() {
            return Err(Stop::Cancelled);
        }
        let measured = assess::measure(model, body, self.opened.seed, draws)
            .map_err(|e| Stop::Fault(Problem::refused("measure", e.to_string())))?;
        let summary = assess::summary(model, &ensemble);
        let parts = Parts {
            revision: revision.clone(),
            ensemble: Arc::new(ensemble),
            summary,
            measured: Arc::new(measured),
            evidence: evidence.clone(),
            scenarios: Arc::default(),
        };
        Ok(self.composed(parts, model, runs >= wanted)?)
    }

    /// Composes the brief of what was computed.
    pub fn composed(
        &self,
        parts: Parts,
        model: &Model<'_>,
        is_whole: bool,
    ) -> Result<Base, Problem> {
        let brief = compose(&Findings {
            model,
            ensemble: &parts.ensemble,
            summary: &parts.summary,
            measured: &parts.measured,
            scenarios: &parts.scenarios,
            evidence: &parts.evidence,
            joined: &Joined::default(),
            lexicon: Lexicon::Icd203,
            version: env!("CARGO_PKG_VERSION"),
            replay: self.replay(&parts.revision, parts.ensemble.outcomes.len()),
        })
        .map_err(Problem::internal)?;
        let faults: Vec<String> = brief.faults().iter().map(ToString::to_string).collect();
        if !faults.is_empty() {
            return Err(Problem::internal(faults.join("; ")));
        }
        let Parts { revision, ensemble, summary, measured, evidence, scenarios } = parts;
        Ok(Base { revision, ensemble, summary, measured, evidence, scenarios, brief, is_whole })
    }

    /// The command that writes the brief again.
    fn replay(&self, revision: &Revision, runs: usize) -> String {
        format!(
            "shatterbelt report {} --as-of {} --runs {runs} --seed {} --lexicon icd203",
            self.root().display(),
            revision.case.as_of,
            self.opened.seed
        )
    }
}

/// What a base is composed from.
pub(crate) struct Parts {
    pub revision: Arc<Revision>,
    pub ensemble: Arc<Ensemble>,
    pub summary: Summary,
    pub measured: Arc<Measured>,
    pub evidence: Arc<Evidence>,
    pub scenarios: Arc<Vec<Compared>>,
}

impl From<&Base> for Parts {
    fn from(base: &Base) -> Self {
        Self {
            revision: base.revision.clone(),
            ensemble: base.ensemble.clone(),
            summary: base.summary.clone(),
            measured: base.measured.clone(),
            evidence: base.evidence.clone(),
            scenarios: base.scenarios.clone(),
        }
    }
}
