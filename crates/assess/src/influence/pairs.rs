//! One run after the other: what came of each matter, what each camp wanted of it, and the same run without the camp.

use std::borrow::Cow;

use rayon::prelude::*;
use simulate::Outcome;
use simulate::decide::{camp, voices};
use simulate::luck::{Luck, Name, Who};
use simulate::matter::{Body, Matter, wanted};
use simulate::model::{ActorId, Drawn, Model};
use simulate::play::Play;
use simulate::process::StepError;
use simulate::pulls::{Pulls, Strengths};
use simulate::silence::{Part, Silence};
use theory::decision::control::{Held, Reach, reach};
use theory::decision::success::split;

use super::{By, Camp, Influence, InfluenceError, NINE_TENTHS, OfActor, OfMatter, OfPart, Query};
use crate::interval::Interval;

const ORDER: Name = Name::new("influence/order of the parts");
/// Runs whose beliefs are drawn together.
const BLOCK: u32 = 16;

/// What came of each matter asked about; none where nothing did.
type Came = Vec<Option<usize>>;
/// For each matter what came of it before a part was let speak and after.
type Steps = Vec<[Option<usize>; 2]>;

/// What a run says of an actor and a matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    /// Which alternatives it wants.
    wants: Vec<bool>,
    /// Whether the run came out so.
    with: bool,
    /// The same run without the actor, if it was played.
    pair: Option<Pair>,
}

/// What a run without an actor says of a matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Pair {
    without: bool,
    moved: bool,
    reach: Option<Reach>,
    /// What each part adds; empty where the run was not split.
    parts: Vec<f64>,
}

/// What came of the matters asked about in a run, and what it says of each camp and matter.
pub(super) type Told = (Vec<Option<usize>>, Vec<Vec<Option<Mark>>>);

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
    let of = |id: &&str| {
        let Some(actor) = case.actor_index(id) else {
            let known = case.actors.iter().map(|a| a.id.get_ref().as_str());
            return Err(InfluenceError::NoActor((*id).to_owned(), near(id, known)));
        };
        Ok(camp(model, &voices, actor))
    };
    ids.iter().map(of).collect()
}

/// What is asked, ready to be played.
pub(super) struct Asked<'q, 'c> {
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
    pub(super) fn new(
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
    pub(super) fn runs(
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
    pub(super) fn told(&self, runs: &[Told], split: bool) -> Result<Influence, InfluenceError> {
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
                let wants = wanted(wishes);
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
