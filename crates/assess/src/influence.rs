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

use case::actor::ActorKind;
use rayon::prelude::*;
use serde::Serialize;
use simulate::decide::{Voice, voices};
use simulate::luck::{Luck, Name, Who};
use simulate::matter::{Body, Matter, members};
use simulate::model::{ActorId, Model};
use simulate::play::{Play, Played};
use simulate::process::StepError;
use simulate::pulls::{Pulls, Strengths};
use simulate::silence::{Part, Silence};
use theory::Fault;
use theory::decision::control::{Held, Reach, reach};
use theory::decision::success::split;

use crate::interval::Interval;

const ORDER: Name = Name::new("influence/order of the parts");

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
    with: bool,
    without: bool,
    moved: bool,
    reach: Option<Reach>,
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
    let places = matters(model, query.of.as_deref())?;
    let camps = camps(model, &query.actors)?;
    let parts: Vec<Vec<Part>> = camps
        .iter()
        .map(|camp| match query.by {
            By::Whole => Vec::new(),
            By::Channel => Part::channels(model, camp),
            By::Through => Part::hops(model, camp),
        })
        .collect();
    let asked = Asked { model, seed: query.seed, places: &places, camps: &camps, parts: &parts };
    let runs: Vec<Told> = (0..query.runs.max(1))
        .into_par_iter()
        .map(|run| {
            let told = if go_on() { asked.run(run) } else { Err(InfluenceError::Stopped) };
            done(1);
            told
        })
        .collect::<Result<_, _>>()?;
    let label = |a: ActorId| model.case.actors[a].label().to_owned();
    let told = camps.iter().map(|camp| {
        let actor = &model.case.actors[camp[0]];
        Camp {
            actor: actor.id.get_ref().clone(),
            name: actor.name.clone(),
            label: actor.label().to_owned(),
            with: camp[1..].iter().map(|a| label(*a)).collect(),
        }
    });
    let of_matter = |(at, place): (usize, &usize)| -> Result<OfMatter, InfluenceError> {
        let matter = &model.matters[*place];
        let n = runs.len() as f64;
        let comes = matter.alternatives.iter().enumerate().map(|(a, words)| {
            let count = runs.iter().filter(|(came, _)| came[at] == Some(a)).count();
            (words.clone(), count as f64 / n)
        });
        let mut actors = Vec::new();
        for camp in 0..camps.len() {
            let marks: Vec<&Mark> =
                runs.iter().filter_map(|(_, marks)| marks[camp][at].as_ref()).collect();
            if marks.len() == runs.len() {
                let names = parts[camp].iter().map(|part| name_of(model, *part)).collect();
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
    let matters = places.iter().enumerate().map(of_matter).collect::<Result<_, _>>()?;
    Ok(Influence { runs: query.runs.max(1), camps: told.collect(), matters })
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
    places: &'q [usize],
    camps: &'q [Vec<ActorId>],
    parts: &'q [Vec<Part>],
}

impl Asked<'_, '_> {
    /// What came of the matters, and what the run says of each camp and matter.
    fn run(&self, run: u32) -> Result<Told, InfluenceError> {
        let luck = Luck::new(self.seed, run);
        let drawn = self.model.draw(luck);
        let base = self.play(run, None)?;
        let came: Vec<Option<usize>> = self.places.iter().map(|p| base.matters[*p]).collect();
        let mut all = Vec::with_capacity(self.camps.len());
        for (camp, parts) in self.camps.iter().zip(self.parts) {
            let wishes: Vec<Option<Vec<f64>>> = (self.places.iter())
                .map(|p| self.model.matters[*p].wishes(&drawn, camp[0]))
                .collect();
            if wishes.iter().all(Option::is_none) {
                all.push(vec![None; self.places.len()]);
                continue;
            }
            let silent = self.play(run, Some(&Silence::of(self.model, camp)))?;
            let steps = self.steps(run, camp, parts, &base, &silent, luck)?;
            let held = self.held(camp, &drawn)?;
            let mark = |(at, (place, wishes)): (usize, (&usize, &Option<Vec<f64>>))| {
                let Some(wishes) = wishes else { return Ok(None) };
                let mean = wishes.iter().sum::<f64>() / wishes.len().max(1) as f64;
                let wants: Vec<bool> = wishes.iter().map(|u| *u > mean + 1e-9).collect();
                let won = |came: Option<usize>| came.is_some_and(|a| wants[a]);
                let without = silent.matters[*place];
                let split = steps.iter().map(|steps| steps[at].map(won));
                let parts =
                    split.map(|[less, more]| f64::from(u8::from(more)) - f64::from(u8::from(less)));
                Ok(Some(Mark {
                    with: won(came[at]),
                    without: won(without),
                    moved: came[at] != without,
                    reach: self.reach(&self.model.matters[*place], &held, &base)?,
                    parts: parts.collect(),
                    wants,
                }))
            };
            let marks = self.places.iter().zip(&wishes).enumerate().map(mark);
            all.push(marks.collect::<Result<_, InfluenceError>>()?);
        }
        Ok((came, all))
    }

    fn play(&self, run: u32, silence: Option<&Silence>) -> Result<Played, InfluenceError> {
        Ok(Play { silence, ..self.model.play(self.seed, run) }.go()?)
    }

    /// For each part and matter what came of it before the part was let speak and after, the parts being let speak in an
    /// order of the run's own.
    #[allow(clippy::type_complexity)]
    fn steps(
        &self,
        run: u32,
        camp: &[ActorId],
        parts: &[Part],
        base: &Played,
        silent: &Played,
        luck: Luck,
    ) -> Result<Vec<Vec<[Option<usize>; 2]>>, InfluenceError> {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        let number = |at: usize| luck.number(self.model.start, ORDER.nth(at as u32), Who::ALL);
        order.sort_by(|a, b| number(*a).total_cmp(&number(*b)));
        let of = |played: &Played| -> Vec<Option<usize>> {
            self.places.iter().map(|p| played.matters[*p]).collect()
        };
        let mut steps = vec![Vec::new(); parts.len()];
        let mut before = of(silent);
        for (step, part) in order.iter().enumerate() {
            let after = if step + 1 == order.len() {
                of(base)
            } else {
                let mut silence = Silence::none(self.model);
                for other in &order[step + 1..] {
                    silence.part(self.model, camp, parts[*other]);
                }
                of(&self.play(run, Some(&silence))?)
            };
            steps[*part] = before.iter().zip(&after).map(|(a, b)| [*a, *b]).collect();
            before = after;
        }
        Ok(steps)
    }

    /// What a camp holds of every actor in a run's network.
    fn held(
        &self,
        camp: &[ActorId],
        drawn: &simulate::model::Drawn,
    ) -> Result<Vec<f64>, InfluenceError> {
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
        played: &Played,
    ) -> Result<Option<Reach>, InfluenceError> {
        let sitting = self.model.case.sitting();
        let house = |quota: u32| {
            let (mut seats, fringe) = match &played.assembly {
                Some(seats) => (members(seats, &self.model.lists), seats.fringe),
                None => {
                    let known = sitting.iter();
                    let known =
                        known.filter_map(|(id, n)| Some((self.model.case.actor_index(id)?, *n)));
                    (known.collect(), 0)
                }
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
    let n = marks.len() as f64;
    let of = |which: fn(&Mark) -> bool| -> Vec<bool> { marks.iter().map(|m| which(m)).collect() };
    let split = split(&of(|m| m.with), &of(|m| m.without))?;
    let share = |a: usize| marks.iter().filter(|m| m.wants[a]).count() as f64 / n;
    let wanted = matter.alternatives.iter().enumerate().map(|(a, words)| (words.clone(), share(a)));
    let (wants, fewer): (Vec<_>, Vec<_>) = wanted.partition(|(_, share)| *share > 0.5);
    let around = |mean: f64, error: f64| (mean - NINE_TENTHS * error, mean + NINE_TENTHS * error);
    let parts = names.into_iter().enumerate().map(|(at, name)| {
        let mean = marks.iter().map(|m| m.parts[at]).sum::<f64>() / n;
        let square = marks.iter().map(|m| m.parts[at].powi(2)).sum::<f64>() / n;
        let error = ((square - mean * mean).max(0.0) / (n - 1.0).max(1.0)).sqrt();
        OfPart { name, share: mean, between: around(mean, error) }
    });
    let reached = |which: fn(&Reach) -> f64| {
        Interval::of(marks.iter().filter_map(|m| m.reach.as_ref()).map(which))
    };
    Ok(OfActor {
        camp,
        wants: wants.into_iter().map(|(words, _)| words).collect(),
        sometimes: fewer.into_iter().filter(|(_, share)| *share >= 0.02).collect(),
        success: split.success,
        luck: split.luck,
        decisiveness: split.decisiveness,
        between: around(split.decisiveness, split.error),
        moves: marks.iter().filter(|m| m.moved).count() as f64 / n,
        impose: reached(|r| r.impose),
        block: reached(|r| r.block),
        parts: parts.collect(),
    })
}
