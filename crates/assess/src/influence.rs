//! Who gets what he wants, by which channel, and whether it would have come out so anyway.
//!
//! Each run is played twice under the same luck: with an actor and with it silent ([`simulate::silence`]). How often a
//! matter came out as the actor wants it is its success; how often it would have in silence, its luck; the difference is
//! its decisiveness (`barry1980a`). An actor wants an alternative that it likes better in the run than the alternatives on
//! average; one that likes all alike wants none, and decides nothing. One silenced ensemble of an actor serves all matters
//! at once. With an actor go the agencies that speak for it: its camp.
//!
//! Of which channel, or neighbour, the difference is: the parts are taken out one by one in an order that luck deals each
//! run, and each is given what it changes (Shapley's value by random orders, `shapley1953`), so that the parts add up to
//! the whole in every run.
//!
//! What a camp can bring about and stop by the members it holds: [`theory::decision::control`], in the network as each run
//! draws it and the house as it comes to sit.

use std::borrow::Cow;

use case::actor::ActorKind;
use rayon::prelude::*;
use serde::Serialize;
use simulate::Outcome;
use simulate::decide::{Voice, voices};
use simulate::luck::{Luck, Name, Who};
use simulate::matter::{Body, Matter};
use simulate::model::{ActorId, Drawn, Model};
use simulate::play::Play;
use simulate::process::StepError;
use simulate::pulls::{Pulls, Strengths};
use simulate::silence::{Part, Silence};
use theory::Fault;
use theory::decision::control::{Held, Reach, reach};
use theory::decision::success::split;

use crate::interval::Interval;

const ORDER: Name = Name::new("influence/order of the parts");
/// Runs whose beliefs are drawn together.
const BLOCK: u32 = 16;

/// What came of each matter asked about; none where nothing did.
type Came = Vec<Option<usize>>;
/// For each matter what came of it before a part was let speak and after.
type Steps = Vec<[Option<usize>; 2]>;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The actors; empty for the case's focus.
    pub actors: Vec<String>,
    /// The id of the one matter asked about; none for all.
    pub of: Option<String>,
    /// How the difference is split.
    pub by: By,
    /// The seed.
    pub seed: u64,
    /// How many pairs of runs.
    pub runs: u32,
}

/// How decisiveness is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Not at all.
    #[default]
    Whole,
    /// By channel.
    Channel,
    /// By whom it touches first.
    Through,
}

/// Who gets what he wants.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Influence {
    /// How many pairs of runs.
    pub runs: u32,
    /// The actors, each with those that speak for it.
    pub camps: Vec<Camp>,
    /// The matters, in the order of the processes.
    pub matters: Vec<OfMatter>,
}

/// An actor with the agencies that speak for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Camp {
    /// The actor's id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub label: String,
    /// The short names of those that speak for it.
    pub with: Vec<String>,
}

/// A matter, and who gets his way in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfMatter {
    /// Its id.
    pub id: String,
    /// What is decided.
    pub name: String,
    /// What stands on the as-of date.
    pub stands: Option<String>,
    /// What comes of it: each alternative with its share of the runs; what is missing to 1 came to nothing.
    pub comes: Vec<(String, f64)>,
    /// The camps that want something of it.
    pub actors: Vec<OfActor>,
}

/// What an actor gets of a matter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfActor {
    /// The place of the camp.
    pub camp: usize,
    /// What it wants: the alternatives that it wants in most runs.
    pub wants: Vec<String>,
    /// What it wants in fewer, its wishes being drawn anew in each run, with the share of runs; what it wants in less than
    /// one of fifty is left out.
    pub sometimes: Vec<(String, f64)>,
    /// The share of runs that came out as it wants.
    pub success: f64,
    /// The share that would have without it.
    pub luck: f64,
    /// The difference.
    pub decisiveness: f64,
    /// Its 90 % interval, by the pairs of runs.
    pub between: (f64, f64),
    /// The share of runs in which the matter comes out otherwise without it, whether it likes that or not.
    pub moves: f64,
    /// The chance that the members it holds bring a decision about by themselves.
    pub impose: Interval,
    /// The chance that they stop one.
    pub block: Interval,
    /// The difference by its parts, in the order of the parts; empty if it was not asked for.
    pub parts: Vec<OfPart>,
}

impl OfActor {
    /// The chance that what it decides is of the sign that was counted: by the normal law of the mean of the pairs.
    #[must_use]
    pub fn sure(&self) -> f64 {
        let error = (self.between.1 - self.between.0) / 2.0 / NINE_TENTHS;
        match error > 0.0 {
            true => {
                statrs::function::erf::erf(
                    self.decisiveness.abs() / error / std::f64::consts::SQRT_2,
                ) / 2.0
                    + 0.5
            }
            false => 1.0,
        }
    }

    /// The chance that what it decides is less than a share of the runs either way, by the same law.
    #[must_use]
    pub fn within(&self, share: f64) -> f64 {
        let error = (self.between.1 - self.between.0) / 2.0 / NINE_TENTHS;
        if error <= 0.0 {
            return f64::from(u8::from(self.decisiveness.abs() < share));
        }
        let up_to = |x: f64| {
            let z = (x - self.decisiveness) / error / std::f64::consts::SQRT_2;
            f64::midpoint(1.0, statrs::function::erf::erf(z))
        };
        up_to(share) - up_to(-share)
    }
}

/// A part of decisiveness.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfPart {
    /// The channel or the neighbour.
    pub name: String,
    /// What it adds.
    pub share: f64,
    /// Its 90 % interval.
    pub between: (f64, f64),
}

/// Why it could not be told.
#[derive(Debug, thiserror::Error)]
pub enum InfluenceError {
    /// There is no such actor; the known ones.
    #[error("the case has no actor \"{0}\"{1}")]
    NoActor(String, String),
    /// There is no such matter.
    #[error("nothing of that id is decided in the runs: \"{0}\"{1}")]
    NoMatter(String, String),
    /// Nothing is decided.
    #[error(
        "nothing is decided in the runs of this case: add [[decision]] and \"decision\" to processes, or \"formation\""
    )]
    Nothing,
    /// The case has no focus and no actor was named.
    #[error("whose influence? Name it with --actor, or give the case a focus")]
    Nobody,
    /// Nobody wanted it any more.
    #[error("it was stopped")]
    Stopped,
    /// A run could not be played.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The numbers do not go together.
    #[error(transparent)]
    Theory(#[from] Fault),
}

/// The points of the normal distribution between which nine tenths lie.
const NINE_TENTHS: f64 = 1.644_853_626_951_472_6;

/// What a run says of an actor and a matter.
#[derive(Debug, Clone, Default)]
struct Mark {
    /// Which alternatives it wants.
    wants: Vec<bool>,
    /// Whether the run came out so.
    with: bool,
    /// The same run without the actor, if it was played.
    pair: Option<Pair>,
}

/// What a run without an actor says of a matter.
#[derive(Debug, Clone, Default)]
struct Pair {
    without: bool,
    moved: bool,
    reach: Option<Reach>,
    /// What each part adds; empty where the run was not split.
    parts: Vec<f64>,
}

/// What came of the matters asked about in a run, and what it says of each camp and matter.
type Told = (Vec<Option<usize>>, Vec<Vec<Option<Mark>>>);

/// Tells who gets what he wants.
///
/// # Errors
/// [`InfluenceError`].
pub fn influence(model: &Model<'_>, query: &Query) -> Result<Influence, InfluenceError> {
    while_wanted(model, query, &|| true, &|_| {})
}

/// The same, but `go_on` is asked before each pair of runs: once it says no, nothing is told. `done` is called with the
/// number of pairs finished since the last call.
///
/// # Errors
/// As [`influence`], and [`InfluenceError::Stopped`].
pub fn while_wanted(
    model: &Model<'_>,
    query: &Query,
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Influence, InfluenceError> {
    let split = if query.by == By::Whole { 0 } else { query.runs.max(1) };
    let asked = Asked::new(model, query, split, &[])?;
    let runs = asked.runs(query.runs.max(1), go_on, done)?;
    asked.told(&runs, split > 0)
}

/// Who gets what he wants over runs that are there already, and by which parts.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeAndParts {
    /// Over all runs; decisiveness over the first [`Query::runs`] of them, which are played again without each actor. What
    /// would have come about without it is what came about less what it decides, so that what happens has one probability.
    pub whole: Influence,
    /// Over the first few, split as [`Query::by`] says.
    pub parts: Influence,
}

/// As [`while_wanted`], over runs that were played before: the outcomes of all runs from 0 on under the query's seed. The
/// first `split` pairs are split, each run being played once whatever is told of it.
///
/// # Errors
/// As [`while_wanted`].
pub fn over(
    model: &Model<'_>,
    query: &Query,
    split: u32,
    outcomes: &[Outcome],
    go_on: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Result<WholeAndParts, InfluenceError> {
    let asked = Asked::new(model, query, split, outcomes)?;
    let all = u32::try_from(outcomes.len()).unwrap_or(u32::MAX).max(query.runs);
    let runs = asked.runs(all, go_on, done)?;
    let parts = asked.told(&runs[..runs.len().min(split as usize)], true)?;
    Ok(WholeAndParts { whole: asked.told(&runs, false)?, parts })
}

fn name_of(model: &Model<'_>, part: Part) -> String {
    match part {
        Part::Channel(channel) => channel.name().to_owned(),
        Part::Hop(actor) => model.case.actors[actor].label().to_owned(),
        Part::Word => "its wishes and threats".to_owned(),
    }
}

/// The matters asked about, by place.
fn matters(model: &Model<'_>, of: Option<&str>) -> Result<Vec<usize>, InfluenceError> {
    if model.matters.is_empty() {
        return Err(InfluenceError::Nothing);
    }
    let Some(id) = of else { return Ok((0..model.matters.len()).collect()) };
    match model.matters.iter().position(|m| m.id == id) {
        Some(at) => Ok(vec![at]),
        None => {
            let known = model.matters.iter().map(|m| m.id.as_str());
            Err(InfluenceError::NoMatter(id.to_owned(), near(id, known)))
        }
    }
}

fn near<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    case::diagnostic::nearest(word, known)
        .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}

/// Each actor asked about, first of its camp.
fn camps(model: &Model<'_>, asked: &[String]) -> Result<Vec<Vec<ActorId>>, InfluenceError> {
    let case = model.case;
    let voices = voices(model);
    let ids: Vec<&str> = match asked {
        [] => case.head.focus.iter().map(|f| f.get_ref().as_str()).collect(),
        asked => asked.iter().map(String::as_str).collect(),
    };
    if ids.is_empty() {
        return Err(InfluenceError::Nobody);
    }
    let camp = |id: &&str| {
        let Some(actor) = case.actor_index(id) else {
            let known = case.actors.iter().map(|a| a.id.get_ref().as_str());
            return Err(InfluenceError::NoActor((*id).to_owned(), near(id, known)));
        };
        let agencies = (0..voices.len()).filter(|a| {
            case.actors[*a].kind == ActorKind::Agency && voices[*a] == Voice::State(actor)
        });
        Ok(std::iter::once(actor).chain(agencies).collect())
    };
    ids.iter().map(camp).collect()
}

struct Asked<'q, 'c> {
    model: &'q Model<'c>,
    seed: u64,
    /// Runs that are played again without each camp.
    pairs: u32,
    /// Runs that are split into parts.
    split: u32,
    places: Vec<usize>,
    camps: Vec<Vec<ActorId>>,
    parts: Vec<Vec<Part>>,
    /// Runs that were played before, from 0 on.
    outcomes: &'q [Outcome],
}

impl<'q, 'c> Asked<'q, 'c> {
    fn new(
        model: &'q Model<'c>,
        query: &Query,
        split: u32,
        outcomes: &'q [Outcome],
    ) -> Result<Self, InfluenceError> {
        let places = matters(model, query.of.as_deref())?;
        let camps = camps(model, &query.actors)?;
        let parts = (camps.iter())
            .map(|camp| match query.by {
                By::Whole => Vec::new(),
                By::Channel => Part::channels(model, camp),
                By::Through => Part::hops(model, camp),
            })
            .collect();
        let (seed, pairs) = (query.seed, query.runs.max(1));
        Ok(Self { model, seed, pairs, split, places, camps, parts, outcomes })
    }

    /// What so many runs say, in their order.
    fn runs(
        &self,
        runs: u32,
        go_on: &(dyn Fn() -> bool + Sync),
        done: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Told>, InfluenceError> {
        let block = |from: u32| -> Result<Vec<Told>, InfluenceError> {
            let numbers = from..from.saturating_add(BLOCK).min(runs);
            let lucks: Vec<Luck> = numbers.clone().map(|run| Luck::new(self.seed, run)).collect();
            let drawn = self.model.draw_all(&lucks);
            let one = |(run, drawn): (u32, Drawn)| {
                let told =
                    if go_on() { self.run(run, &drawn) } else { Err(InfluenceError::Stopped) };
                done(u64::from(run < self.pairs));
                told
            };
            numbers.zip(drawn).map(one).collect()
        };
        let starts: Vec<u32> = (0..runs).step_by(BLOCK as usize).collect();
        let blocks: Vec<Vec<Told>> = starts.into_par_iter().map(block).collect::<Result<_, _>>()?;
        Ok(blocks.into_iter().flatten().collect())
    }

    /// Who gets what he wants, by what runs said.
    fn told(&self, runs: &[Told], split: bool) -> Result<Influence, InfluenceError> {
        let label = |a: ActorId| self.model.case.actors[a].label().to_owned();
        let camp = |camp: &Vec<ActorId>| {
            let actor = &self.model.case.actors[camp[0]];
            Camp {
                actor: actor.id.get_ref().clone(),
                name: actor.name.clone(),
                label: actor.label().to_owned(),
                with: camp[1..].iter().map(|a| label(*a)).collect(),
            }
        };
        let of_matter = |(at, place): (usize, &usize)| -> Result<OfMatter, InfluenceError> {
            let matter = &self.model.matters[*place];
            let n = runs.len() as f64;
            let comes = matter.alternatives.iter().enumerate().map(|(a, words)| {
                let count = runs.iter().filter(|(came, _)| came[at] == Some(a)).count();
                (words.clone(), count as f64 / n)
            });
            let mut actors = Vec::new();
            for camp in 0..self.camps.len() {
                let marks: Vec<&Mark> =
                    runs.iter().filter_map(|(_, marks)| marks[camp][at].as_ref()).collect();
                if marks.len() == runs.len() {
                    let parts = if split { self.parts[camp].as_slice() } else { &[] };
                    let names = parts.iter().map(|part| name_of(self.model, *part)).collect();
                    actors.push(sum(camp, matter, &marks, names)?);
                }
            }
            Ok(OfMatter {
                id: matter.id.clone(),
                name: matter.name.clone(),
                stands: matter.stands.map(|a| matter.alternatives[a].clone()),
                comes: comes.collect(),
                actors,
            })
        };
        let pairs = u32::try_from(runs.len()).unwrap_or(u32::MAX).min(self.pairs);
        Ok(Influence {
            runs: pairs,
            camps: self.camps.iter().map(camp).collect(),
            matters: self.places.iter().enumerate().map(of_matter).collect::<Result<_, _>>()?,
        })
    }

    /// What came of the matters, and what the run says of each camp and matter.
    fn run(&self, run: u32, drawn: &Drawn) -> Result<Told, InfluenceError> {
        // A run that was read back from elsewhere may not say what came of its matters.
        let had = self.outcomes.get(run as usize);
        let base = match had.filter(|o| o.matters.len() == self.model.matters.len()) {
            Some(outcome) => Cow::Borrowed(outcome),
            None => Cow::Owned(self.play(run, drawn, None)?),
        };
        let came = self.came(&base);
        let mut all = Vec::with_capacity(self.camps.len());
        for (camp, parts) in self.camps.iter().zip(&self.parts) {
            let wishes: Vec<Option<Vec<f64>>> = (self.places.iter())
                .map(|p| self.model.matters[*p].wishes(drawn, camp[0]))
                .collect();
            if wishes.iter().all(Option::is_none) {
                all.push(vec![None; self.places.len()]);
                continue;
            }
            let pair = match run < self.pairs {
                true => Some(self.pair((run, drawn), camp, parts, &came)?),
                false => None,
            };
            let held = self.held(camp, drawn)?;
            let mark = |(at, (place, wishes)): (usize, (&usize, &Option<Vec<f64>>))| {
                let Some(wishes) = wishes else { return Ok(None) };
                let mean = wishes.iter().sum::<f64>() / wishes.len().max(1) as f64;
                let wants: Vec<bool> = wishes.iter().map(|u| *u > mean + 1e-9).collect();
                let won = |came: Option<usize>| came.is_some_and(|a| wants[a]);
                let pair = pair.as_ref().map(|(silent, steps)| {
                    let parts = steps.iter().map(|steps| {
                        let [less, more] = steps[at].map(won);
                        f64::from(u8::from(more)) - f64::from(u8::from(less))
                    });
                    Ok::<_, InfluenceError>(Pair {
                        without: won(silent[at]),
                        moved: came[at] != silent[at],
                        reach: self.reach(&self.model.matters[*place], &held, &base)?,
                        parts: parts.collect(),
                    })
                });
                Ok(Some(Mark { with: won(came[at]), pair: pair.transpose()?, wants }))
            };
            let marks = self.places.iter().zip(&wishes).enumerate().map(mark);
            all.push(marks.collect::<Result<_, InfluenceError>>()?);
        }
        Ok((came, all))
    }

    /// What comes of the matters without a camp, and what each of its parts changes where the run is split.
    fn pair(
        &self,
        (run, drawn): (u32, &Drawn),
        camp: &[ActorId],
        parts: &[Part],
        came: &[Option<usize>],
    ) -> Result<(Came, Vec<Steps>), InfluenceError> {
        let silent = self.play(run, drawn, Some(&Silence::of(self.model, camp)))?;
        let silent = self.came(&silent);
        let steps = match run < self.split {
            true => self.steps((run, drawn), camp, parts, [&silent, came])?,
            false => Vec::new(),
        };
        Ok((silent, steps))
    }

    fn play(
        &self,
        run: u32,
        drawn: &Drawn,
        silence: Option<&Silence>,
    ) -> Result<Outcome, InfluenceError> {
        let drawn = Some(drawn.clone());
        Ok(Play { silence, drawn, ..self.model.play(self.seed, run) }.go()?.outcome)
    }

    /// What came of the matters asked about.
    fn came(&self, outcome: &Outcome) -> Came {
        self.places.iter().map(|p| outcome.matters[*p]).collect()
    }

    /// For each part and matter what came of it before the part was let speak and after, the parts being let speak in an
    /// order of the run's own.
    fn steps(
        &self,
        (run, drawn): (u32, &Drawn),
        camp: &[ActorId],
        parts: &[Part],
        [silent, came]: [&[Option<usize>]; 2],
    ) -> Result<Vec<Steps>, InfluenceError> {
        let luck = Luck::new(self.seed, run);
        let mut order: Vec<usize> = (0..parts.len()).collect();
        let number = |at: usize| luck.number(self.model.start, ORDER.nth(at as u32), Who::ALL);
        order.sort_by(|a, b| number(*a).total_cmp(&number(*b)));
        let mut steps = vec![Vec::new(); parts.len()];
        let mut before = silent.to_vec();
        for (step, part) in order.iter().enumerate() {
            let after = if step + 1 == order.len() {
                came.to_vec()
            } else {
                let mut silence = Silence::none(self.model);
                for other in &order[step + 1..] {
                    silence.part(self.model, camp, parts[*other]);
                }
                self.came(&self.play(run, drawn, Some(&silence))?)
            };
            steps[*part] = before.iter().zip(&after).map(|(a, b)| [*a, *b]).collect();
            before = after;
        }
        Ok(steps)
    }

    /// What a camp holds of every actor in a run's network.
    fn held(&self, camp: &[ActorId], drawn: &Drawn) -> Result<Vec<f64>, InfluenceError> {
        let network = &self.model.network;
        let pulls = Pulls::of(network, &Strengths::of(network, drawn), |_| 1.0)
            .map_err(|e| StepError { process: "sway", fault: e.to_string() })?;
        let mut own = vec![0.0; network.actors.len()];
        camp.iter().for_each(|actor| own[*actor] = 1.0);
        Ok(pulls.ends(&own))
    }

    /// What a camp can bring about and stop; none where a body is not there.
    fn reach(
        &self,
        matter: &Matter,
        held: &[f64],
        base: &Outcome,
    ) -> Result<Option<Reach>, InfluenceError> {
        let sat = base.fringe > 0 || base.seats.iter().any(|held| *held > 0);
        let house = |quota: u32| {
            let (mut seats, fringe) = if sat {
                let of = base.seats.iter().zip(&self.model.lists);
                (of.map(|(held, list)| (*list, u32::from(*held))).collect(), base.fringe)
            } else {
                let known = self.model.case.sitting().into_iter();
                let known = known.filter_map(|(id, n)| Some((self.model.case.actor_index(id)?, n)));
                (known.collect::<Vec<_>>(), 0)
            };
            seats.retain(|(_, n)| *n > 0);
            let mut weights: Vec<u64> = seats.iter().map(|(_, n)| u64::from(*n)).collect();
            let mut control: Vec<f64> = seats.iter().map(|(a, _)| held[*a]).collect();
            if fringe > 0 {
                weights.push(u64::from(fringe));
                control.push(0.0);
            }
            let total: u64 = weights.iter().sum();
            let quota = u64::from(quota);
            (quota >= 1 && quota <= total).then_some(Held { weights, control, quota })
        };
        let bodies: Option<Vec<Held>> = (matter.bodies.iter())
            .map(|body| match body {
                Body::Actor(a) => {
                    Some(Held { weights: vec![1], control: vec![held[*a]], quota: 1 })
                }
                Body::House(quota) => house(*quota),
            })
            .collect();
        match bodies {
            Some(bodies) if !bodies.is_empty() => Ok(Some(reach(&bodies)?)),
            _ => Ok(None),
        }
    }
}

fn sum(
    camp: usize,
    matter: &Matter,
    marks: &[&Mark],
    names: Vec<String>,
) -> Result<OfActor, InfluenceError> {
    let pairs: Vec<(bool, &Pair)> =
        marks.iter().filter_map(|m| Some((m.with, m.pair.as_ref()?))).collect();
    let (with, without): (Vec<bool>, Vec<bool>) =
        pairs.iter().map(|(with, pair)| (*with, pair.without)).unzip();
    let split = split(&with, &without)?;
    let all = marks.len() as f64;
    let n = pairs.len() as f64;
    let share = |a: usize| marks.iter().filter(|m| m.wants[a]).count() as f64 / all;
    // The runs that were not played again say how often it came out so, and the pairs what the actor adds to that.
    let (success, luck) = match pairs.len() == marks.len() {
        true => (split.success, split.luck),
        false => {
            let success = marks.iter().filter(|m| m.with).count() as f64 / all;
            (success, (success - split.decisiveness).clamp(0.0, 1.0))
        }
    };
    let wanted = matter.alternatives.iter().enumerate().map(|(a, words)| (words.clone(), share(a)));
    let (wants, fewer): (Vec<_>, Vec<_>) = wanted.partition(|(_, share)| *share > 0.5);
    let around = |mean: f64, error: f64| (mean - NINE_TENTHS * error, mean + NINE_TENTHS * error);
    let parts = names.into_iter().enumerate().map(|(at, name)| {
        let mean = pairs.iter().map(|(_, pair)| pair.parts[at]).sum::<f64>() / n;
        let square = pairs.iter().map(|(_, pair)| pair.parts[at].powi(2)).sum::<f64>() / n;
        let error = ((square - mean * mean).max(0.0) / (n - 1.0).max(1.0)).sqrt();
        OfPart { name, share: mean, between: around(mean, error) }
    });
    let reached = |which: fn(&Reach) -> f64| {
        Interval::of(pairs.iter().filter_map(|(_, pair)| pair.reach.as_ref()).map(which))
    };
    Ok(OfActor {
        camp,
        wants: wants.into_iter().map(|(words, _)| words).collect(),
        sometimes: fewer.into_iter().filter(|(_, share)| *share >= 0.02).collect(),
        success,
        luck,
        decisiveness: split.decisiveness,
        between: around(split.decisiveness, split.error),
        moves: pairs.iter().filter(|(_, pair)| pair.moved).count() as f64 / n,
        impose: reached(|r| r.impose),
        block: reached(|r| r.block),
        parts: parts.collect(),
    })
}
