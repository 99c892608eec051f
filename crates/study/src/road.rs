//! The road itself: what is done in which order, how far, and the brief of what was found.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use assess::Measured;
use assess::influence::{By, InfluenceError, Query, WholeAndParts, over};
use case::documents::{own_documents, read_documents};
use case::{Case, Folder};
use evidence::{Limits, Store};
use report::brief::Brief;
use report::compose::{Evidence, compose};
use report::likelihood::Lexicon;
use report::record::Record;
use simulate::ensemble::Ended;
use simulate::{Ensemble, Model, Outcome};

use crate::fault::Fault;
use crate::findings::Findings;
use crate::follow::{Follow, Stage};
use crate::shell;

/// The most draws over which sway is measured.
pub(crate) const DRAWS: u32 = 2000;
/// The most runs that are played again: under each scenario, without each power, and watched. What a difference is off by
/// is then less than two points, nine times in ten, where every other run comes out otherwise, and less than one where one in
/// eight does; the likelihoods themselves are counted over all runs. *Judged*: more runs narrow the luck of the draw and not
/// what is not known.
pub(crate) const PAIRS: u32 = 4_000;
/// The most runs that are played again channel by channel.
const CHANNEL_RUNS: u32 = 400;

/// What is asked of a case: all that a replay line says.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The case's folder, as it was named.
    pub root: PathBuf,
    /// Values changed by `--set`, as they were written. They are laid over the folder already.
    pub set: Vec<String>,
    /// How many futures.
    pub runs: u32,
    /// How many of them give a first version, if one is wanted.
    pub pilot: Option<u32>,
    /// The seed.
    pub seed: u64,
    /// The likelihood words.
    pub lexicon: Lexicon,
    /// An earlier brief, as it was named, and its record.
    pub since: Option<(PathBuf, Record)>,
}

/// How far to walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// To the runs and what they have in common.
    Runs,
    /// To the scenarios compared as well.
    Scenarios,
    /// To the end: signs and rules as well.
    Whole,
}

/// The brief of findings.
#[derive(Debug)]
pub struct Composed {
    /// The brief. It says how it is made again only if the findings are whole.
    pub brief: Brief,
    /// What it leaves for the next one.
    pub record: Record,
}

/// A case at the head of the road.
#[derive(Debug, Clone, Copy)]
pub struct Study<'a> {
    /// What is asked of it.
    pub asked: &'a Asked,
    /// Its files, with changed values laid over them.
    pub folder: &'a Folder,
    /// The case built from them.
    pub case: &'a Case,
    /// The case made ready to run.
    pub model: &'a Model<'a>,
}

/// Reads the case's documents into the store and gathers what the brief shows of them.
///
/// # Errors
/// [`Fault::Documents`], [`Fault::Evidence`], [`Fault::Cancelled`].
pub fn read(
    case: &Case,
    root: &std::path::Path,
    store: &mut Store,
    limits: &Limits,
    follow: &dyn Follow,
) -> Result<Evidence, Fault> {
    follow.begin(Stage::Documents, own_documents(case, root).len() as u64);
    read_documents(case, root, store, limits, &|| follow.done(1))?;
    follow.end();
    on(follow)?;
    Ok(Evidence::gather(case, store)?)
}

/// Runs futures as a stage of their own.
///
/// # Errors
/// [`Fault::Run`], [`Fault::Cancelled`].
pub fn futures(
    model: &Model<'_>,
    seed: u64,
    runs: Range<u32>,
    follow: &dyn Follow,
) -> Result<Vec<Outcome>, Fault> {
    follow.begin(Stage::Futures, runs.len() as u64);
    let outcomes = runs_on(model, seed, runs, follow)?;
    follow.end();
    Ok(outcomes)
}

/// Room that is taken for runs before any is made; more is taken as they come.
const AHEAD: usize = 1 << 16;

/// Runs futures within the stage in hand.
///
/// # Errors
/// As [`futures`].
pub fn runs_on(
    model: &Model<'_>,
    seed: u64,
    runs: Range<u32>,
    follow: &dyn Follow,
) -> Result<Vec<Outcome>, Fault> {
    let (end, mut all) = (runs.end, Vec::with_capacity(runs.len().min(AHEAD)));
    let mut take = |_: u32, outcome: Outcome| -> Result<(), std::convert::Infallible> {
        all.push(outcome);
        Ok(())
    };
    let go_on = || {
        let goes = follow.goes_on();
        follow.done(u64::from(goes));
        goes
    };
    match model.stream(seed, runs, &go_on, &mut take) {
        Ok(next) if next == end => Ok(all),
        Ok(_) => Err(Fault::Cancelled),
        Err(Ended::Step(fault)) => Err(fault.into()),
        Err(Ended::Refused(never)) => match never {},
    }
}

fn on(follow: &dyn Follow) -> Result<(), Fault> {
    if follow.goes_on() { Ok(()) } else { Err(Fault::Cancelled) }
}

impl Study<'_> {
    /// Walks as far as wanted, from where `had` ends: findings of the same case, whose runs are
    /// gone on with and whose scenarios and signs stay if there are no runs to add. Each version is
    /// handed to `news`, the last included.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn walk(
        &self,
        evidence: Arc<Evidence>,
        had: Option<Findings>,
        reach: Reach,
        follow: &dyn Follow,
        news: &mut dyn FnMut(&Findings) -> Result<(), Fault>,
    ) -> Result<Findings, Fault> {
        let runs = self.asked.runs;
        let scored = crate::record(self.case, &self.asked.root)?;
        let enough = had.as_ref().is_some_and(|had| had.runs() >= runs && had.is_measured());
        let mut found = match had {
            Some(had) if enough => Findings { evidence, scored, ..had },
            had => {
                let mut ran = had.map_or_else(Vec::new, |had| had.ensemble.outcomes.clone());
                let have = u32::try_from(ran.len()).unwrap_or(u32::MAX);
                let until = runs.max(have);
                let pilot = self.asked.pilot.filter(|p| (have + 1..until).contains(p));
                let draws = pilot.map_or(until.min(DRAWS), |pilot| pilot.min(DRAWS / 4));
                let before = self.sway(draws, follow)?;
                let seed = self.asked.seed;
                follow.begin(Stage::Futures, u64::from(until - have));
                if let Some(pilot) = pilot {
                    ran.extend(runs_on(self.model, seed, have..pilot, follow)?);
                    let first = self.over(ran.clone(), before.clone(), &evidence);
                    news(&Findings { scored: scored.clone(), ..first })?;
                }
                ran.extend(runs_on(self.model, seed, pilot.unwrap_or(have)..until, follow)?);
                follow.end();
                let measured = match pilot {
                    Some(_) => self.sway(until.min(DRAWS), follow)?,
                    None => before,
                };
                Findings { scored, ..self.over(ran, measured, &evidence) }
            }
        };
        if reach == Reach::Runs || !enough && self.asked.pilot.is_some() {
            news(&found)?;
        }
        if reach >= Reach::Scenarios && found.scenarios.is_none() {
            let compared = crate::scenarios::compared(self, &found.ensemble, follow)?;
            found.scenarios = Some(Arc::new(compared));
        }
        if reach >= Reach::Whole && found.watched.is_none() {
            let ran = &found.ensemble;
            let watched = crate::watched::watched(self.model, &found.summary, ran, follow)?;
            found.watched = Some(Arc::new(watched));
        }
        if reach >= Reach::Whole && found.answers.is_none() {
            let told =
                self.influence(&found.ensemble, follow)?.map(|told| (told.whole, told.parts));
            let (whole, parts) = told.unzip();
            (found.influence, found.channels) = (whole.map(Arc::new), parts.map(Arc::new));
            found.over_time = crate::looking_back::over_time(self, follow)?.map(Arc::new);
            let answers = crate::answers::answers(self, &found.ensemble, follow)?;
            found.answers = Some(Arc::new(answers));
        }
        if reach > Reach::Runs {
            news(&found)?;
        }
        Ok(found)
    }

    /// Sway over the case's body.
    fn sway(&self, draws: u32, follow: &dyn Follow) -> Result<Measured, Fault> {
        follow.begin(Stage::Sway, 1);
        let body = self.case.head.body.get_ref();
        let measured = assess::measure(self.model, body, self.asked.seed, draws)?;
        follow.done(1);
        follow.end();
        on(follow)?;
        Ok(measured)
    }

    /// Who gets what he wants, over the brief's own runs, so that one event has one probability; none where nothing is
    /// decided or nobody is in focus.
    fn influence(
        &self,
        ran: &Ensemble,
        follow: &dyn Follow,
    ) -> Result<Option<WholeAndParts>, Fault> {
        if self.model.matters.is_empty() || self.case.head.focus.is_empty() {
            return Ok(None);
        }
        let (actors, of, by, seed) = (Vec::new(), None, By::Channel, self.asked.seed);
        let runs = crate::findings::count(ran).min(PAIRS);
        let query = Query { actors, of, by, seed, runs };
        follow.begin(Stage::Influence, u64::from(runs));
        // Each channel is one more play of a run: a part of the runs tells which matter.
        let split = runs.min(CHANNEL_RUNS);
        let (go_on, done) = (|| follow.goes_on(), |n| follow.done(n));
        let found = over(self.model, &query, split, &ran.outcomes, &go_on, &done);
        follow.end();
        match found {
            Ok(found) => Ok(Some(found)),
            Err(InfluenceError::Stopped) => Err(Fault::Cancelled),
            Err(InfluenceError::Step(fault)) => Err(fault.into()),
            Err(other) => Err(Fault::Influence(Box::new(other))),
        }
    }

    /// Findings over runs and sway alone.
    fn over(
        &self,
        outcomes: Vec<Outcome>,
        measured: Measured,
        evidence: &Arc<Evidence>,
    ) -> Findings {
        let ensemble = Ensemble { seed: self.asked.seed, first: 0, outcomes };
        Findings {
            summary: Arc::new(assess::summary(self.model, &ensemble)),
            ensemble: Arc::new(ensemble),
            measured: Arc::new(measured),
            evidence: evidence.clone(),
            scored: None,
            scenarios: None,
            watched: None,
            influence: None,
            channels: None,
            over_time: None,
            answers: None,
        }
    }

    /// The brief of what was found, and its record.
    ///
    /// # Errors
    /// [`Fault::Picture`], [`Fault::Brief`].
    pub fn compose(&self, found: &Findings) -> Result<Composed, Fault> {
        let joined = found.joined(self.asked.since.as_ref().map(|(_, record)| record.clone()));
        let findings = report::compose::Findings {
            model: self.model,
            ensemble: &found.ensemble,
            summary: &found.summary,
            measured: &found.measured,
            scenarios: found.compared(),
            evidence: &found.evidence,
            joined: &joined,
            lexicon: self.asked.lexicon,
            version: env!("CARGO_PKG_VERSION"),
            replay: found.is_whole().then(|| self.replay(found.runs())),
        };
        let brief = compose(&findings)?;
        let faults = brief.faults();
        if !faults.is_empty() {
            return Err(Fault::Brief(faults));
        }
        let record = report::compose::record(&findings, &brief);
        Ok(Composed { brief, record })
    }

    /// The command that writes the whole brief again.
    fn replay(&self, runs: u32) -> String {
        let asked = self.asked;
        let mut words = vec![
            "shatterbelt report".to_owned(),
            shell::path(&asked.root),
            format!("--as-of {}", self.case.as_of),
            format!("--runs {runs}"),
            format!("--seed {}", asked.seed),
            format!("--lexicon {}", asked.lexicon.name()),
        ];
        words
            .extend(asked.since.iter().map(|(since, _)| format!("--since {}", shell::path(since))));
        words.extend(asked.set.iter().map(|s| format!("--set {}", shell::quoted(s))));
        words.join(" ")
    }
}
