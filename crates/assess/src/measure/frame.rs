//! One case on several dates, laid over each other: the same actor, tie and estimate have the same place on every
//! date, and an estimate that says the same on two dates is drawn the same on both.

use std::collections::{BTreeMap, BTreeSet};

use case::{Belief, Case, Channel};
use jiff::civil::Date;
use simulate::draw::{Joint, Marginal, Member, Naming, Quantile};
use simulate::luck::{Luck, Name, Who};
use simulate::pulls::{Strengths, Unsolved};
use simulate::sway::{Influence, Sway};
use theory::influence::sparse::Plan;

use super::house::{Counted, House};
use super::{Gap, MeasureError};

/// Draws have one name on all dates: that pairs them.
pub(super) const NAMING: Naming = Naming {
    belief: Name::new("measure/belief"),
    factor: Name::new("measure/common factor"),
    day: jiff::civil::date(2000, 1, 1),
};

/// A directed tie by the places of its actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TieKey {
    pub from: usize,
    pub to: usize,
    pub channel: Channel,
}

/// The values of a draw, and what each house comes to in it.
pub(super) struct Draw {
    pub values: Vec<f64>,
    pub powers: Vec<Vec<(usize, f64)>>,
}

/// What is believed on a date, as places among the versions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    /// For each tie in force its bandwidth and its dependence.
    pub ties: Vec<Option<(usize, usize)>>,
    pub weights: [Option<usize>; 6],
    pub autonomy: Vec<Option<usize>>,
    /// The place among the houses.
    pub house: usize,
}

/// A date, with what is believed on it or why it has no estimate.
#[derive(Debug)]
pub(super) struct Moment {
    pub date: Date,
    /// The place among the states.
    pub state: Result<usize, Gap>,
}

/// An actor that stands on some date.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub id: String,
    pub name: String,
    pub label: String,
    pub kind: case::actor::ActorKind,
}

/// The dates laid over each other.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub actors: Vec<Known>,
    pub ties: Vec<TieKey>,
    pub tie_sources: Vec<Vec<String>>,
    /// The statements of estimates, each in force on some of the dates, as the latest date that has
    /// it tells it.
    pub versions: Vec<Belief>,
    /// The statements as they are drawn, in the order of the versions.
    joint: Joint,
    /// Their names where each errs on its own.
    fresh: Vec<Who>,
    /// The elimination of all dates' ties.
    plan: Plan,
    pub houses: Vec<House<'a>>,
    pub states: Vec<State>,
    pub moments: Vec<Moment>,
    actor_places: BTreeMap<String, usize>,
    /// The last name of each actor that goes on under another.
    last_names: BTreeMap<String, String>,
    tie_places: BTreeMap<TieKey, usize>,
    version_places: BTreeMap<String, usize>,
    /// What every autonomy is multiplied by.
    kappa: Option<usize>,
}

impl<'a> Frame<'a> {
    /// Lays cases over each other: for each date its case, or why there is none.
    pub fn of(
        cases: &'a [(Date, Result<Case, Gap>)],
        body: &str,
        counted: Counted,
    ) -> Result<Self, MeasureError> {
        let mut frame = Self {
            actors: Vec::new(),
            ties: Vec::new(),
            tie_sources: Vec::new(),
            versions: Vec::new(),
            joint: Joint::default(),
            fresh: Vec::new(),
            plan: plan(0, &[])?,
            houses: Vec::new(),
            states: Vec::new(),
            moments: Vec::new(),
            actor_places: BTreeMap::new(),
            last_names: last_names(
                || cases.iter().filter_map(|(_, case)| case.as_ref().ok()),
                counted,
            ),
            tie_places: BTreeMap::new(),
            version_places: BTreeMap::new(),
            kappa: None,
        };
        let built = || cases.iter().filter_map(|(_, case)| case.as_ref().ok());
        for actor in built().flat_map(|case| &case.actors) {
            let id = actor.id.get_ref();
            if frame.last_names.contains_key(id) {
                continue;
            }
            let known = Known {
                id: id.clone(),
                name: actor.name.clone(),
                label: actor.label().to_owned(),
                kind: actor.kind,
            };
            let next = frame.actors.len();
            let place = *frame.actor_places.entry(id.clone()).or_insert(next);
            match frame.actors.get_mut(place) {
                Some(actor) => *actor = known,
                None => frame.actors.push(known),
            }
        }
        for (id, last) in &frame.last_names {
            if let Some(place) = frame.actor_places.get(last).copied() {
                frame.actor_places.insert(id.clone(), place);
            }
        }
        for case in built() {
            for tie in &case.ties {
                let place = |id: &str| frame.actor_places.get(id).copied();
                let ends = (place(tie.from.get_ref()), place(tie.to.get_ref()));
                let (Some(from), Some(to)) = ends else { continue };
                let key = TieKey { from, to, channel: tie.channel };
                let sources: Vec<String> =
                    tie.source.0.iter().map(|k| k.get_ref().clone()).collect();
                if let Some(at) = frame.tie_places.get(&key) {
                    frame.tie_sources[*at] = sources;
                    continue;
                }
                frame.tie_places.insert(key, frame.ties.len());
                frame.ties.push(key);
                frame.tie_sources.push(sources);
            }
        }
        frame.plan = plan(frame.actors.len(), &frame.ties)?;
        for (date, case) in cases {
            let state = match case {
                Ok(case) => frame.state(case, body, counted),
                Err(fault) => Err(fault.clone()),
            };
            let state = state.map(|state| {
                let same = frame.states.iter().position(|s| *s == state);
                same.unwrap_or_else(|| {
                    frame.states.push(state);
                    frame.states.len() - 1
                })
            });
            frame.moments.push(Moment { date: *date, state });
        }
        Ok(frame)
    }

    pub fn actor(&self, id: &str) -> Option<usize> {
        self.actor_places.get(id).copied()
    }

    /// The names that are out of use on a case's date: others of the same actor sit or stand.
    fn dormant(&self, case: &Case, counted: Counted) -> BTreeSet<String> {
        let live = live(case, counted);
        let places: BTreeSet<usize> = live.iter().filter_map(|id| self.actor(id)).collect();
        let names = case.actors.iter().map(|actor| actor.id.get_ref());
        let idle = names.filter(|id| !live.contains(*id));
        idle.filter(|id| self.actor(id).is_some_and(|place| places.contains(&place)))
            .cloned()
            .collect()
    }

    fn state(&mut self, case: &'a Case, body: &str, counted: Counted) -> Result<State, Gap> {
        let mut ties = vec![None; self.ties.len()];
        let dormant = self.dormant(case, counted);
        let idle = |tie: &case::tie::Tie| {
            dormant.contains(tie.from.get_ref()) || dormant.contains(tie.to.get_ref())
        };
        // What the name in use has of its own comes before what only the name out of use has: ties, and autonomy.
        let (unused, used): (Vec<_>, Vec<_>) = case.ties.iter().partition(|tie| idle(tie));
        for tie in used.into_iter().chain(unused) {
            let place = |id: &str| self.actor_places.get(id).copied();
            let (Some(from), Some(to)) = (place(tie.from.get_ref()), place(tie.to.get_ref()))
            else {
                continue;
            };
            let key = TieKey { from, to, channel: tie.channel };
            let Some(at) = self.tie_places.get(&key).copied() else { continue };
            if ties[at].is_some() {
                continue;
            }
            let pair =
                (self.version(case, tie.bandwidth.id), self.version(case, tie.dependence.id));
            ties[at] = Some(pair);
        }
        let mut autonomy = vec![None; self.actors.len()];
        let (unused, used): (Vec<_>, Vec<_>) =
            case.actors.iter().partition(|actor| dormant.contains(actor.id.get_ref()));
        for actor in used.into_iter().chain(unused) {
            if let (Some(at), Some(own)) = (self.actor(actor.id.get_ref()), &actor.autonomy)
                && autonomy[at].is_none()
            {
                autonomy[at] = Some(self.version(case, own.id));
            }
        }
        let weights = Channel::ALL.map(|c| case.channels.get(&c).map(|e| self.version(case, e.id)));
        // One scale for all dates, the last that is learned: a change of it is no change of the world.
        if let Some(kappa) = case.kappa() {
            self.kappa = Some(self.version(case, kappa));
        }
        let house = self.house(case, body, counted)?;
        Ok(State { ties, weights, autonomy, house })
    }

    /// The place of a belief's statement, which is the same wherever it says the same.
    fn version(&mut self, case: &Case, id: usize) -> usize {
        let belief = &case.beliefs[id];
        let grouped = case.groups.iter().find_map(|group| {
            let at = group.members.iter().position(|(member, _)| *member == id)?;
            Some((group, at))
        });
        let member = grouped.map(|(group, at)| Member {
            group: self.group(Who::new(&group.id)),
            rho: self.version(case, group.rho),
            direction: group.members[at].1,
            second: at == 1,
        });
        let path = self.named_last(&belief.path);
        let told = said(&path, belief);
        let key = format!("{told}{member:?}");
        if let Some(at) = self.version_places.get(&key) {
            self.versions[*at] = belief.clone();
            return *at;
        }
        let place = self.versions.len();
        self.versions.push(belief.clone());
        let (quantile, who) = (Quantile::of(belief), Who::new(&path));
        self.joint.beliefs.push(Marginal { quantile, who, member });
        self.fresh.push(Who::new(&told));
        self.version_places.insert(key, place);
        place
    }

    /// The path of an estimate with the last name of each actor in it, so that what goes on under another name is the
    /// same statement, and drawn as one.
    fn named_last(&self, path: &str) -> String {
        if self.last_names.is_empty() || !(path.starts_with("tie.") || path.starts_with("actor.")) {
            return path.to_owned();
        }
        let last = |word: &str| self.last_names.get(word).cloned().unwrap_or(word.to_owned());
        let mut named = String::with_capacity(path.len());
        for part in path.split_inclusive(['.', '>', ':']) {
            let word = part.trim_end_matches(['.', '>', ':']);
            named.push_str(&last(word));
            named.push_str(&part[word.len()..]);
        }
        named
    }

    /// The place of a correlated group.
    fn group(&mut self, group: Who) -> usize {
        let known = self.joint.groups.iter().position(|g| *g == group);
        known.unwrap_or_else(|| {
            self.joint.groups.push(group);
            self.joint.groups.len() - 1
        })
    }

    /// The values of all statements in a draw, and the members' power in each house. Statements that follow each
    /// other at one path stand at the same point of their distributions: whoever judged the first too high judged
    /// the next too high. If `fresh`, each new statement errs on its own.
    pub fn draw(&self, seed: u64, draw: u32, fresh: bool) -> Result<Draw, MeasureError> {
        let power = |house: &House<'_>| match (&house.sitting, &house.coming) {
            (None, Some(coming)) => coming.elect(house.quota, (seed, draw), fresh),
            (sitting, _) => Ok(sitting.as_ref().map_or_else(Vec::new, |p| p.members.clone())),
        };
        let powers = self.houses.iter().map(power).collect::<Result<_, _>>()?;
        Ok(Draw { values: self.values(seed, draw, fresh), powers })
    }

    /// The values alone.
    pub fn values(&self, seed: u64, draw: u32, fresh: bool) -> Vec<f64> {
        self.joint.draw(Luck::new(seed, draw), &NAMING, fresh.then_some(self.fresh.as_slice()))
    }

    /// The best single value of every statement, with the mean power of the members of each house.
    pub fn central(&self, seed: u64) -> Result<Draw, MeasureError> {
        const DRAWS: u32 = 64;
        let mut sums = vec![BTreeMap::<usize, f64>::new(); self.houses.len()];
        for draw in 0..DRAWS {
            for (sum, power) in sums.iter_mut().zip(self.draw(seed, draw, false)?.powers) {
                for (member, phi) in power {
                    *sum.entry(member).or_default() += phi / f64::from(DRAWS);
                }
            }
        }
        let powers = sums.into_iter().map(|sum| sum.into_iter().collect()).collect();
        Ok(Draw { values: self.versions.iter().map(|v| v.value).collect(), powers })
    }

    /// Sway in a state.
    ///
    /// # Errors
    /// [`MeasureError::Network`].
    pub fn sway(&self, state: &State, draw: &Draw) -> Result<Sway, MeasureError> {
        let of = |version: Option<usize>| version.map_or(0.0, |v| draw.values[v]);
        let kappa = self.kappa.map_or(1.0, |v| draw.values[v]);
        let tie = |(key, tie): (&TieKey, &Option<(usize, usize)>)| {
            let weight = of(state.weights[key.channel.index()]);
            tie.map_or((0.0, 0.0), |(width, worth)| {
                (draw.values[width], weight * draw.values[worth])
            })
        };
        let strengths = Strengths {
            ties: self.ties.iter().zip(&state.ties).map(tie).collect(),
            autonomy: state.autonomy.iter().map(|a| kappa * of(*a)).collect(),
        };
        let id = |actor: usize| self.actors[actor].id.clone();
        let influence = Influence::solve(&self.plan, &strengths)
            .map_err(|error| MeasureError::Network(error.named(id)))?;
        Ok(influence.sway(&draw.powers[state.house]))
    }
}

/// The actors that stand for the election whose house counts or, where that sits, sit.
fn live(case: &Case, counted: Counted) -> BTreeSet<String> {
    let mut live = BTreeSet::new();
    match (&case.contest, counted) {
        (Some(_), Counted::Next) => {
            live.extend(case.entries.iter().map(|e| e.list.get_ref().clone()));
            live.extend(case.reserved.iter().map(|r| r.list.get_ref().clone()));
        }
        _ => {
            let sit = case.sitting().into_iter().filter(|(_, held)| *held > 0);
            live.extend(sit.map(|(id, _)| id.to_owned()));
        }
    }
    live
}

/// For each actor that goes on under another name its last one. Where both names are in play on one of the dates they are
/// two actors there, and so on all.
fn last_names<'c, I: Iterator<Item = &'c Case>>(
    built: impl Fn() -> I,
    counted: Counted,
) -> BTreeMap<String, String> {
    let mut heirs = BTreeMap::new();
    for actor in built().flat_map(|case| &case.actors) {
        if let Some(before) = &actor.succeeds {
            heirs.insert(before.get_ref().clone(), actor.id.get_ref().clone());
        }
    }
    for case in built() {
        let live = live(case, counted);
        heirs.retain(|before, heir| !(live.contains(before) && live.contains(heir)));
    }
    // A circle has no last name; a checked case has none.
    let last = |id: &String| {
        let mut names = std::iter::successors(Some(id), |id| heirs.get(*id));
        let last = names.by_ref().take(heirs.len() + 1).last()?;
        names.next().is_none().then(|| last.clone())
    };
    heirs.keys().filter_map(|id| Some((id.clone(), last(id)?))).collect()
}

fn plan(actors: usize, ties: &[TieKey]) -> Result<Plan, MeasureError> {
    let ends: Vec<(usize, usize)> = ties.iter().map(|tie| (tie.from, tie.to)).collect();
    Plan::new(actors, &ends).map_err(|error| MeasureError::Network(Unsolved::Numbers(error)))
}

/// What an estimate says, in letters that are the same wherever it says the same.
pub(super) fn statement(belief: &Belief) -> String {
    said(&belief.path, belief)
}

fn said(path: &str, belief: &Belief) -> String {
    format!(
        "{path}|{}|{}|{}|{:?}|{:?}|",
        belief.value, belief.low, belief.high, belief.shape, belief.choices
    )
}
