//! What made an actor's sway change between two dates: an account that adds up to the change.
//!
//! The parts in which the dates differ (a tie's bandwidth, a channel's weight, the house) are the players of a game
//! whose worth f(S) is the sway with the parts in S as on the later date and all others as on the earlier. A part's
//! share is its Shapley value (`shapley1953`): its effect at the time it is moved, averaged over all orders of moving
//! them. Whatever the order the effects add up to f(all) - f(none), so the shares add up to the change, draw by draw.
//! With few parts every subset is computed; with more, each draw takes an order at random and the same order
//! backwards (`castro2009`), which adds up just as exactly and has a sampling error, which is given.

use std::collections::BTreeMap;

use case::actor::ActorKind;
use case::{Case, Channel};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use simulate::luck::{Luck, Name, Who};

use super::account::{Groups, groups};
use super::course::Query;
use super::frame::{Frame, State};
use super::part::{Part, PartKind, Parts, fill};
use super::{MeasureError, Through};
use crate::interval::Interval;

const ORDER: Name = Name::new("measure/order");
const ORDER_DAY: Date = jiff::civil::date(2000, 1, 1);
/// A change of sway within this, in shares of the whole, is the rounding of sums.
const ROUNDING: f64 = 1e-12;
/// The most parts of which every subset is computed.
const EXACT: usize = 7;

/// How an actor's sway changed from one date to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The actor's id.
    pub actor: String,
    /// Its short name.
    pub label: String,
    /// The earlier date.
    pub from: Date,
    /// The later date.
    pub to: Date,
    /// Sway on the earlier date.
    pub before: Interval,
    /// Sway on the later date.
    pub after: Interval,
    /// The later less the earlier, draw by draw.
    pub change: Interval,
    /// The part of the change that who sits in the house made: seats won and lost, lists that came and went with their
    /// ties. It says nothing of how strongly anybody pulls.
    pub seats: Interval,
    /// The rest, which ties, channels and autonomy made: whether the actor pulls more than before.
    pub ties: Interval,
    /// Whether the part that ties made is a rise, over paired draws.
    pub stronger: Likelihood,
    /// Its share of what the powers outside hold together (all other states, and whoever the case watches), before and
    /// after. What all of them gain or lose alike, and the
    /// one scale of the case, cancel in it.
    pub outside: [Interval; 2],
    /// Whether it rose, over paired draws: a statement and the one it replaces err alike.
    pub likelihood: Likelihood,
    /// The same if each new statement errs independently of the one it replaces.
    pub if_independent: Likelihood,
    /// The change by the channel and the first touch that carried it.
    pub carried: Carried,
    /// How the account was made.
    pub accounting: Accounting,
    /// What caused it, the largest share first; the means add up to the mean change.
    pub causes: Vec<Cause>,
    /// The causes by kind, tie, channel, document and event; each adds up to the mean change.
    pub groups: Groups,
}

/// How often a change went up, down, or nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Likelihood {
    /// The share of draws in which it rose.
    pub rises: f64,
    /// The share in which it fell.
    pub falls: f64,
    /// The share in which it stayed as it was.
    pub same: f64,
}

impl Likelihood {
    fn of(changes: impl Iterator<Item = f64>) -> Self {
        let (mut rises, mut falls, mut n) = (0_u32, 0_u32, 0_u32);
        for change in changes {
            n += 1;
            rises += u32::from(change > ROUNDING);
            falls += u32::from(change < -ROUNDING);
        }
        let share = |count: u32| f64::from(count) / f64::from(n.max(1));
        Self { rises: share(rises), falls: share(falls), same: share(n - rises - falls) }
    }
}

/// Which paths carried a change: differences of levels, which add up to the mean change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carried {
    /// The change in what is held by right of own seats.
    pub own: f64,
    /// The change through each channel.
    pub channels: BTreeMap<Channel, f64>,
    /// The change through each first touch, the largest first.
    pub hops: Vec<Through>,
}

/// How an account was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Accounting {
    /// Every subset of the parts was computed.
    Exact,
    /// Each draw took this many orders.
    Sampled {
        /// Orders a draw, half of them the others backwards.
        orders: u32,
    },
}

/// One part of what changed and its share of the change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cause {
    /// What kind of thing it is.
    pub kind: PartKind,
    /// What changed, in words.
    pub what: String,
    /// The paths of the estimates that changed; empty for the house.
    pub paths: Vec<String>,
    /// Its channel, if it has one.
    pub channel: Option<Channel>,
    /// The tie, as `from>to:channel`, if it is of one.
    pub tie: Option<String>,
    /// Since when the new holds, if that is known.
    pub since: Option<Date>,
    /// Its share of the change, draw by draw.
    pub share: Interval,
    /// The half-width of the 95 % interval of the mean share.
    pub error: f64,
    /// Keys of the sources that carry the new values; none where the author judged alone.
    pub documents: Vec<String>,
    /// The reasons the author gives.
    pub judged: Vec<String>,
    /// Ids of the history's events that go with it.
    pub events: Vec<String>,
}

/// What one draw says of each of the actors.
struct Draw {
    before: Vec<f64>,
    after: Vec<f64>,
    /// Of what all outsiders hold, before and after.
    outside: (Vec<f64>, Vec<f64>),
    fresh: Vec<f64>,
    own: Vec<f64>,
    ties: Vec<f64>,
    /// Part by part, actor by actor.
    shares: Vec<Vec<f64>>,
}

/// The change of each of the actors' sway between two states of a frame.
pub(super) fn change(
    frame: &Frame<'_>,
    ends: (usize, usize),
    dates: (Date, Date),
    chosen: &[usize],
    case: &Case,
    query: &Query,
) -> Result<Vec<Change>, MeasureError> {
    let (mut old, mut new) = (frame.states[ends.0].clone(), frame.states[ends.1].clone());
    fill(&mut old, &mut new);
    let parts = Parts::of(frame, &old, &new);
    let outside = outside(frame, case);
    let one =
        |draw: u32| one_draw(frame, (&old, &new), &parts, (chosen, &outside), (query.seed, draw));
    let draws = (0..query.draws.max(1)).into_par_iter();
    let all: Vec<Draw> = draws.map(one).collect::<Result<_, _>>()?;
    let accounting = match parts.all.len() {
        n if n <= EXACT => Accounting::Exact,
        _ => Accounting::Sampled { orders: 2 },
    };
    let n = all.len() as f64;
    let mean = |f: &dyn Fn(&Draw) -> f64| all.iter().map(f).sum::<f64>() / n;
    let told = |place: usize, actor: usize| {
        let mut causes: Vec<Cause> = (parts.all.iter().enumerate())
            .map(|(p, part)| {
                let share = Interval::of(all.iter().map(|d| d.shares[p][place]));
                let off = |d: &Draw| (d.shares[p][place] - share.mean).powi(2);
                let error = 1.96 * (mean(&off) / n).sqrt();
                cause(frame, *part, (&old, &new), dates, case, (share, error))
            })
            .collect();
        causes.sort_by(|a, b| {
            let size = |c: &Cause| c.share.mean.abs();
            size(b).total_cmp(&size(a)).then_with(|| a.what.cmp(&b.what))
        });
        let made = |of: &dyn Fn(PartKind) -> bool, draw: &Draw| -> f64 {
            let own = parts.all.iter().zip(&draw.shares).filter(|(part, _)| of(part.kind()));
            own.map(|(_, shares)| shares[place]).sum()
        };
        let mut channels: BTreeMap<Channel, f64> = BTreeMap::new();
        let mut hops = Vec::new();
        for (t, tie) in frame.ties.iter().enumerate().filter(|(_, tie)| tie.from == actor) {
            let share = mean(&|d| d.ties[t]);
            if share != 0.0 {
                *channels.entry(tie.channel).or_default() += share;
                let to = &frame.actors[tie.to];
                let (id, label) = (to.id.clone(), to.label.clone());
                hops.push(Through { actor: id, label, channel: tie.channel, share });
            }
        }
        hops.sort_by(|a, b| {
            b.share.abs().total_cmp(&a.share.abs()).then_with(|| a.actor.cmp(&b.actor))
        });
        Change {
            actor: frame.actors[actor].id.clone(),
            label: frame.actors[actor].label.clone(),
            from: dates.0,
            to: dates.1,
            before: Interval::of(all.iter().map(|d| d.before[place])),
            after: Interval::of(all.iter().map(|d| d.after[place])),
            change: Interval::of(all.iter().map(|d| d.after[place] - d.before[place])),
            likelihood: Likelihood::of(all.iter().map(|d| d.after[place] - d.before[place])),
            if_independent: Likelihood::of(all.iter().map(|d| d.fresh[place])),
            seats: Interval::of(all.iter().map(|d| made(&|kind| kind == PartKind::House, d))),
            ties: Interval::of(all.iter().map(|d| made(&|kind| kind != PartKind::House, d))),
            stronger: Likelihood::of(all.iter().map(|d| made(&|kind| kind != PartKind::House, d))),
            outside: [
                Interval::of(all.iter().map(|d| d.outside.0[place])),
                Interval::of(all.iter().map(|d| d.outside.1[place])),
            ],
            carried: Carried { own: mean(&|d| d.own[place]), channels, hops },
            accounting,
            groups: groups(&causes, frame, case),
            causes,
        }
    };
    Ok(chosen.iter().enumerate().map(|(place, actor)| told(place, *actor)).collect())
}

/// The powers outside: all states but the contested one, and whoever the case watches.
fn outside(frame: &Frame<'_>, case: &Case) -> Vec<usize> {
    let abroad = |a: &usize| {
        let actor = &frame.actors[*a];
        let watched = case.head.focus.iter().any(|id| *id.get_ref() == actor.id);
        watched || actor.kind == ActorKind::State && actor.id != *case.head.state.get_ref()
    };
    (0..frame.actors.len()).filter(abroad).collect()
}

fn cause(
    frame: &Frame<'_>,
    part: Part,
    (old, new): (&State, &State),
    dates: (Date, Date),
    case: &Case,
    (share, error): (Interval, f64),
) -> Cause {
    let (before, after) = part.versions(old, new);
    let known = if after.is_empty() { &before } else { &after };
    let beliefs = || known.iter().map(|v| &frame.versions[*v]);
    let documents = part.documents(frame, old, new);
    let since = part.since(frame, old, new);
    let actors = part.actors(frame, new);
    let tie = part.tie().map(|t| {
        let key = &frame.ties[t];
        let id = |a: usize| frame.actors[a].id.as_str();
        format!("{}>{}:{}", id(key.from), id(key.to), key.channel.name())
    });
    Cause {
        kind: part.kind(),
        what: part.tell(frame, old, new),
        paths: beliefs().map(|b| b.path.clone()).collect(),
        channel: part.channel(frame),
        tie,
        since,
        share,
        error,
        judged: beliefs().filter_map(|b| b.judged.clone()).collect(),
        events: super::account::events(case, dates, since, &documents, &actors),
        documents,
    }
}

fn one_draw(
    frame: &Frame<'_>,
    (old, new): (&State, &State),
    parts: &Parts,
    (chosen, outside): (&[usize], &[usize]),
    (seed, draw): (u64, u32),
) -> Result<Draw, MeasureError> {
    let drawn = frame.draw(seed, draw, false)?;
    let those = |all: &[f64]| -> Vec<f64> { chosen.iter().map(|a| all[*a]).collect() };
    let worth = |state: &State| -> Result<Vec<f64>, MeasureError> {
        Ok(those(&frame.sway(state, &drawn)?.total))
    };
    let (level, level_after) = (frame.sway(old, &drawn)?, frame.sway(new, &drawn)?);
    let (before, after) = (those(&level.total), those(&level_after.total));
    let abroad = |all: &[f64]| -> Vec<f64> {
        let whole: f64 = outside.iter().map(|a| all[*a]).sum();
        chosen.iter().map(|a| if whole > 0.0 { all[*a] / whole } else { 0.0 }).collect()
    };
    let outside = (abroad(&level.total), abroad(&level_after.total));
    let shares = if parts.all.len() <= EXACT {
        exactly(parts, (old, new), chosen.len(), &worth)?
    } else {
        let luck = Luck::new(seed, draw);
        let mut order: Vec<usize> = (0..parts.all.len()).collect();
        let key = |p: &usize| {
            let who = Who::ALL.nth(u32::try_from(*p).unwrap_or(u32::MAX));
            luck.number(ORDER_DAY, ORDER, who)
        };
        order.sort_by(|a, b| key(a).total_cmp(&key(b)));
        let mut shares = vec![vec![0.0; chosen.len()]; parts.all.len()];
        for _ in 0..2 {
            walk(parts, &order, (old, new), (&before, &after), &worth, &mut shares)?;
            order.reverse();
        }
        shares.iter_mut().flatten().for_each(|s| *s /= 2.0);
        shares
    };
    let less = |after: Vec<f64>, before: Vec<f64>| -> Vec<f64> {
        after.iter().zip(before).map(|(a, b)| a - b).collect()
    };
    let anew = frame.draw(seed, draw, true)?;
    let fresh = |state: &State| frame.sway(state, &anew).map(|sway| those(&sway.total));
    let fresh = less(fresh(new)?, fresh(old)?);
    let own = less(those(&level_after.own), those(&level.own));
    let ties = less(level_after.ties, level.ties);
    Ok(Draw { fresh, own, ties, before, after, outside, shares })
}

/// The actors' sway in a state.
type Worth<'w> = &'w dyn Fn(&State) -> Result<Vec<f64>, MeasureError>;

/// Moves the parts in an order and adds each step's effect to its part's share.
fn walk(
    parts: &Parts,
    order: &[usize],
    (old, new): (&State, &State),
    (before, after): (&[f64], &[f64]),
    worth: Worth<'_>,
    shares: &mut [Vec<f64>],
) -> Result<(), MeasureError> {
    let mut state = old.clone();
    let mut now = before.to_vec();
    for (step, part) in order.iter().enumerate() {
        parts.apply(parts.all[*part], &mut state, new);
        let next = if step + 1 == order.len() { after.to_vec() } else { worth(&state)? };
        for (share, (next, now)) in shares[*part].iter_mut().zip(next.iter().zip(&now)) {
            *share += next - now;
        }
        now = next;
    }
    Ok(())
}

/// Shapley values from every subset: the sum over subsets S without the part of s! (n - s - 1)! / n! times what the
/// part adds to S.
fn exactly(
    parts: &Parts,
    (old, new): (&State, &State),
    actors: usize,
    worth: Worth<'_>,
) -> Result<Vec<Vec<f64>>, MeasureError> {
    let n = parts.all.len();
    let subsets: Vec<Vec<f64>> = (0_usize..1 << n)
        .map(|subset| {
            let mut state = old.clone();
            let held = parts.all.iter().enumerate().filter(|(p, _)| subset >> p & 1 == 1);
            held.for_each(|(_, part)| parts.apply(*part, &mut state, new));
            worth(&state)
        })
        .collect::<Result<_, _>>()?;
    let factorial = |k: usize| (1..=k).map(|i| i as f64).product::<f64>();
    let mut shares = vec![vec![0.0; actors]; n];
    for (subset, held) in subsets.iter().enumerate() {
        let size = subset.count_ones() as usize;
        for (p, share) in shares.iter_mut().enumerate().filter(|(p, _)| subset >> p & 1 == 0) {
            let weight = factorial(size) * factorial(n - size - 1) / factorial(n);
            let with = &subsets[subset | 1 << p];
            for (share, (with, without)) in share.iter_mut().zip(with.iter().zip(held)) {
                *share += weight * (with - without);
            }
        }
    }
    Ok(shares)
}
