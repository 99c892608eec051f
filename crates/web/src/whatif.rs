//! Runs of the case changed, paired with the base. What was run is kept, so that going on from a thousand runs to ten
//! thousand runs only those that are missing.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use case::{Case, Folder, Severity};
use jiff::civil::Date;
use simulate::model::Model;
use simulate::{Ensemble, Outcome};
use study::opening::ready;
use study::{Follow as _, Reach, Stage};

use crate::api::jobs::{JobRequest, JobResult};
use crate::api::whatif::{Asked, Paired, Way, Ways, rows};
use crate::base::Base;
use crate::jobs::{Stop, Turn};
use crate::problem::{Finding, Problem};
use crate::workbench::{Revision, Workbench};

/// How long an answer at once may take to run: what is missing then, the job that follows adds.
const AT_ONCE: Duration = Duration::from_millis(650);
/// Between so many runs the clock is looked at.
const STEP: u32 = 64;
/// How many changed cases are kept with their runs.
const KEPT: usize = 8;

/// The case changed, and what was run of it.
pub(crate) struct Variant {
    revision: String,
    asked: Asked,
    end: Option<Date>,
    folder: Folder,
    case: Case,
    remarks: Vec<String>,
    runs: Mutex<Arc<Ensemble>>,
}

/// The changed cases that are kept, the last used in front.
#[derive(Default)]
pub(crate) struct Variants(Mutex<VecDeque<Arc<Variant>>>);

impl Variant {
    fn of(
        revision: &Revision,
        asked: &Asked,
        end: Option<Date>,
        seed: u64,
    ) -> Result<Self, Problem> {
        let mut folder = revision.folder.clone();
        for name in &asked.scenarios {
            if !folder.scenarios().contains(name) {
                let known = folder.scenarios().join(", ");
                let fault = Problem::refused(
                    "unknown-scenario",
                    format!("the case has no scenario \"{name}\""),
                );
                return Err(fault.hint(format!("the case has: {known}")));
            }
            folder = folder.with_scenario(name)?;
        }
        for (path, setting) in &asked.set {
            folder = folder.with_set(&format!("{path}={}", setting.toml()));
        }
        let built = folder.build(Some(revision.case.as_of));
        let Some(mut case) = built.case else {
            let all = Finding::errors(&built.findings, &folder.map);
            let detail = all.first().map_or_else(String::new, |f| f.message.clone());
            return Err(Problem::refused("bad-change", detail).with(all));
        };
        let remarks = built.findings.iter().filter(|f| f.severity == Severity::Warning);
        let remarks = remarks.filter(|f| f.rule == "idle").map(|f| f.message.clone()).collect();
        if let Some(end) = end {
            case.head.until = end;
        }
        Ok(Self {
            revision: revision.name.clone(),
            asked: Asked { runs: 0, ..asked.clone() },
            end,
            folder,
            case,
            remarks,
            runs: Mutex::new(Arc::new(Ensemble { seed, first: 0, outcomes: Vec::new() })),
        })
    }

    /// The changed case, ready to run.
    pub fn model(&self) -> Result<Model<'_>, Problem> {
        Ok(ready(&self.folder, &self.case)?)
    }

    fn so_far(&self) -> Arc<Ensemble> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// As many runs as there is time for since it was asked, up to so many; the first are made in any case.
    pub fn at_once(
        &self,
        model: &Model<'_>,
        runs: u32,
        began: Instant,
    ) -> Result<Arc<Ensemble>, Problem> {
        let had = self.so_far();
        let mut next = u32::try_from(had.outcomes.len()).unwrap_or(u32::MAX);
        let mut more = Vec::new();
        while next < runs && (next == 0 || began.elapsed() < AT_ONCE) {
            let until = runs.min(next + STEP);
            more.extend(model.ensemble(had.seed, next, until - next, &|_| ())?.outcomes);
            next = until;
        }
        Ok(self.keep(&had, more))
    }

    /// Keeps what was run beyond what is kept, if nobody else kept as much meanwhile.
    fn keep(&self, had: &Ensemble, more: Vec<Outcome>) -> Arc<Ensemble> {
        let mut held = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if held.outcomes.len() < had.outcomes.len() + more.len() {
            let outcomes = had.outcomes.iter().cloned().chain(more).collect();
            *held = Arc::new(Ensemble { outcomes, ..*had });
        }
        held.clone()
    }
}

impl Variants {
    /// A changed case: one that is kept, or made now.
    pub fn of(
        &self,
        revision: &Revision,
        asked: &Asked,
        seed: u64,
    ) -> Result<Arc<Variant>, Problem> {
        self.ending(revision, asked, None, seed)
    }

    /// The same, its runs ending on a day of their own if one is given.
    pub fn ending(
        &self,
        revision: &Revision,
        asked: &Asked,
        end: Option<Date>,
        seed: u64,
    ) -> Result<Arc<Variant>, Problem> {
        let key = Asked { runs: 0, ..asked.clone() };
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|v| v.revision == revision.name);
        if let Some(at) = held.iter().position(|v| v.asked == key && v.end == end)
            && let Some(found) = held.remove(at)
        {
            held.push_front(found.clone());
            return Ok(found);
        }
        drop(held);
        let made = Arc::new(Variant::of(revision, asked, end, seed)?);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_front(made.clone());
        held.truncate(KEPT);
        Ok(made)
    }
}

/// The first runs of some, as an ensemble; the whole is lent, not copied.
fn first(of: &Ensemble, runs: usize) -> Cow<'_, Ensemble> {
    match of.outcomes.len() == runs {
        true => Cow::Borrowed(of),
        false => Cow::Owned(Ensemble { outcomes: of.outcomes[..runs].to_vec(), ..*of }),
    }
}

/// The first runs of a base, paired with as many of a variant.
fn paired(
    base: &Base,
    asked: &Asked,
    variant: &Variant,
    (model, ensemble): (&Model<'_>, &Ensemble),
    most: u32,
) -> Result<Paired, Problem> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let runs = most.min(ensemble.outcomes.len()).min(base.found.ensemble.outcomes.len());
    let base_model = base.revision.model()?;
    // The base keeps the numbers that the other pages give.
    let old = (&base_model, &*base.found.ensemble);
    let comparison = assess::compare::compare_first(old, (model, &first(ensemble, runs)))?;
    Ok(Paired {
        revision: base.revision.name.clone(),
        asked: asked.clone(),
        runs: comparison.runs,
        changed: comparison.changed,
        differences: rows(&comparison),
        remarks: variant.remarks.clone(),
        milliseconds: 0,
        job: None,
    })
}

impl Workbench {
    /// A what-if at once, over no more runs than the base has and than there is time for; jobs stand aside meanwhile.
    pub fn pair_now(&self, base: &Base, asked: &Asked) -> Result<Paired, Problem> {
        let began = Instant::now();
        let _urgent = self.jobs.urgent();
        let variant = self.variants.of(&base.revision, asked, base.found.ensemble.seed)?;
        let runs = asked.runs.min(base.runs()).min(crate::base::PILOT);
        let model = variant.model()?;
        let ensemble = variant.at_once(&model, runs, began)?;
        let mut found = paired(base, asked, &variant, (&model, &ensemble), runs)?;
        found.milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(found)
    }

    /// Puts the job into the queue that goes on with a what-if; one that another what-if began is cancelled.
    pub fn go_on_with(&self, base: &Base, asked: &Asked) -> Result<Option<u64>, Problem> {
        let wanted = self.opened.runs;
        if asked.set.is_empty() && asked.scenarios.is_empty() || asked.runs >= wanted {
            return Ok(None);
        }
        let more = Asked { runs: wanted.max(base.runs()), ..asked.clone() };
        let request = JobRequest::Whatif(more);
        self.cancel_where(|other| matches!(other, JobRequest::Whatif(_)) && *other != request);
        Ok(Some(self.enqueue(request)?.id))
    }

    /// Goes on with a what-if to as many runs as asked for, saying on the way what there is.
    pub fn refine(&self, turn: &Turn, asked: &Asked) -> Result<JobResult, Stop> {
        let began = Instant::now();
        let revision = self.good()?;
        let variant = self.variants.of(&revision, asked, self.opened.seed)?;
        let base = self.compute(turn, &revision, asked.runs, Reach::Runs)?;
        let model = variant.model()?;
        let have = u32::try_from(variant.so_far().outcomes.len()).unwrap_or(u32::MAX);
        turn.begin(Stage::Futures, u64::from(asked.runs.saturating_sub(have)));
        loop {
            let had = variant.so_far();
            let have = u32::try_from(had.outcomes.len()).unwrap_or(u32::MAX);
            let mut found = paired(&base, asked, &variant, (&model, &had), asked.runs)?;
            found.milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            if have >= asked.runs {
                return Ok(JobResult::Whatif(found));
            }
            if have > 0 {
                turn.so_far(JobResult::Whatif(found));
            }
            let until = (2 * have).max(crate::base::PILOT).min(asked.runs);
            let more = study::runs_on(&model, self.opened.seed, have..until, turn)?;
            variant.keep(&had, more);
        }
    }
}

/// Pairs of runs over which it is told who gets his way and how the key questions are answered.
pub(crate) const WAYS: u32 = 400;

impl Workbench {
    /// How often matters come out as the actors in focus want, in the base and in a what-if under the same luck.
    pub fn ways(&self, base: &Base, asked: &Asked) -> Result<Ways, Problem> {
        let Some(influence) = &base.found.influence else {
            return Ok(Ways {
                revision: base.revision.name.clone(),
                known: false,
                runs: 0,
                rows: Vec::new(),
            });
        };
        let began = Instant::now();
        let _urgent = self.jobs.urgent();
        let variant = self.variants.of(&base.revision, asked, base.found.ensemble.seed)?;
        let (old, new) = (base.revision.model()?, variant.model()?);
        let changed = variant.at_once(&new, WAYS.min(base.runs()), began)?;
        let both = || base.found.ensemble.outcomes.iter().zip(&changed.outcomes);
        let mut rows = Vec::new();
        for matter in &influence.matters {
            let place = |model: &Model<'_>| model.matters.iter().position(|m| m.id == matter.id);
            let (Some(a), Some(b)) = (place(&old), place(&new)) else { continue };
            for actor in &matter.actors {
                let wanted = |model: &Model<'_>, at: usize, run: &Outcome| {
                    let words = run.matters.get(at).copied().flatten();
                    let words = words.and_then(|one| model.matters[at].alternatives.get(one));
                    f64::from(u8::from(words.is_some_and(|w| actor.wants.contains(w))))
                };
                let pairs: Vec<(f64, f64)> =
                    both().map(|(x, y)| (wanted(&old, a, x), wanted(&new, b, y))).collect();
                let camp = &influence.camps[actor.camp];
                rows.push(Way::of(camp, &matter.name, &actor.wants, &pairs));
            }
        }
        let clear = |w: &Way| w.difference.abs() > w.error;
        rows.sort_by(|a, b| {
            (clear(b).cmp(&clear(a)))
                .then(b.difference.abs().total_cmp(&a.difference.abs()))
                .then_with(|| (&a.matter, &a.actor).cmp(&(&b.matter, &b.actor)))
        });
        let runs = both().count();
        Ok(Ways { revision: base.revision.name.clone(), known: true, runs, rows })
    }
}
