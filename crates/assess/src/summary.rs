//! What an ensemble says: seats with intervals, who leads, which coalitions, how many days.

use std::collections::BTreeMap;

use serde::Serialize;
use simulate::model::Model;
use simulate::{Ensemble, Outcome};

use crate::interval::{Interval, quantile};

/// An ensemble in numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// How many runs.
    pub runs: usize,
    /// The seed.
    pub seed: u64,
    /// Lists by expected seats, most first.
    pub lists: Vec<ListSeats>,
    /// Seats of small lists and independents.
    pub fringe: Interval,
    /// Turnout, if an election was run.
    pub turnout: Option<Interval>,
    /// Seats of the largest bloc.
    pub bloc_seats: Interval,
    /// Who becomes head of government, likeliest first.
    pub heads: Vec<Share>,
    /// The likeliest coalitions.
    pub coalitions: Vec<Coalition>,
    /// How often each list governs, most often first.
    pub governing: Vec<Share>,
    /// Days from election to confidence, over runs that got there.
    pub days: Days,
    /// Nominees who failed, by how often.
    pub failed: Vec<Share>,
    /// The share of runs in which some nominee failed.
    pub some_nominee_failed: f64,
    /// Offices left empty on the day of confidence, by how often among governments formed.
    pub empty: Vec<Share>,
    /// The stages of forming a government with the days by which they are done.
    pub stages: Vec<StageDays>,
}

/// A list's seats.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListSeats {
    /// The list's id.
    pub list: String,
    /// Its short name.
    pub label: String,
    /// Its community.
    pub community: Option<String>,
    /// Seats.
    pub seats: Interval,
    /// Share of the vote.
    pub share: Interval,
    /// How often it has most seats (ties are shared).
    pub first: f64,
}

/// A name and the share of runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The share of runs.
    pub share: f64,
}

/// A coalition and how often it forms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coalition {
    /// Its main lists: those that may expect at least a fortieth of all seats.
    pub lists: Vec<String>,
    /// Their short names, larger lists first.
    pub labels: Vec<String>,
    /// How many smaller lists join it on average.
    pub smaller: f64,
    /// The share of all runs.
    pub share: f64,
    /// Its seats.
    pub seats: Interval,
    /// Days to confidence.
    pub days: Interval,
    /// The likeliest head of government.
    pub head: String,
}

/// Days to confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Days {
    /// The share of runs in which a government is formed inside the window.
    pub formed: f64,
    /// Over those runs.
    pub when: Interval,
    /// The 5, 50 and 95 % points of all runs; `None` where no government is formed inside the window.
    pub points: [Option<u16>; 3],
    /// A hundred evenly spaced points of all runs; `None` for those without a government at the window's end.
    pub hundred: Vec<Option<u16>>,
    /// The last day of the window, counted from election day, where it is known.
    pub window: Option<u16>,
}

/// Days by which a stage is done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageDays {
    /// The stage.
    pub name: String,
    /// The days the constitution allows from the step before.
    pub deadline: Option<u32>,
    /// The days it took from the step before (from election day for the first).
    pub took: Interval,
    /// The share of runs in which it took longer than the deadline.
    pub late: Option<f64>,
    /// The day, counted from election day, by which it was done.
    pub by: Interval,
}

/// Sums up an ensemble of a model.
#[must_use]
pub fn summary(model: &Model<'_>, ensemble: &Ensemble) -> Summary {
    let runs = &ensemble.outcomes;
    let n = runs.len().max(1) as f64;
    let case = model.case;
    let mut first = vec![0.0; model.lists.len()];
    for run in runs {
        let most = run.seats.iter().copied().max().unwrap_or(0);
        let leaders: Vec<usize> =
            (0..first.len()).filter(|l| run.seats[*l] == most && most > 0).collect();
        leaders.iter().for_each(|l| first[*l] += 1.0 / leaders.len() as f64 / n);
    }
    let mut lists: Vec<ListSeats> = (0..model.lists.len())
        .map(|l| {
            let actor = &case.actors[model.lists[l]];
            ListSeats {
                list: actor.id.get_ref().clone(),
                label: actor.label().to_owned(),
                community: actor.community.clone(),
                seats: Interval::of(runs.iter().map(|r| f64::from(r.seats[l]))),
                share: Interval::of(runs.iter().filter_map(|r| Some(f64::from(*r.shares.get(l)?)))),
                first: first[l],
            }
        })
        .filter(|row| row.seats.mean > 0.0)
        .collect();
    lists.sort_by(|a, b| b.seats.mean.total_cmp(&a.seats.mean).then(a.list.cmp(&b.list)));
    let candidate = |c: u8| {
        let person = &case.candidates[usize::from(c)];
        (person.id.get_ref().clone(), person.name.clone())
    };
    let voted = runs.iter().any(|r| r.turnout > 0.0);
    let formed = runs.iter().filter(|r| r.days.is_some()).count() as f64;
    Summary {
        runs: runs.len(),
        seed: ensemble.seed,
        lists,
        fringe: Interval::of(runs.iter().map(|r| f64::from(r.fringe))),
        turnout: voted.then(|| Interval::of(runs.iter().map(|r| f64::from(r.turnout)))),
        bloc_seats: Interval::of(runs.iter().map(|r| f64::from(r.bloc_seats))),
        heads: shares(runs.iter().filter_map(|r| r.head).map(candidate), n),
        coalitions: coalitions(model, runs),
        governing: shares(
            runs.iter().flat_map(|r| {
                (0..model.lists.len()).filter(|l| r.coalition >> l & 1 == 1).map(|l| {
                    let actor = &case.actors[model.lists[l]];
                    (actor.id.get_ref().clone(), actor.label().to_owned())
                })
            }),
            n,
        ),
        days: days(model, runs),
        failed: shares(runs.iter().flat_map(|r| distinct(&r.failed)).map(candidate), n),
        some_nominee_failed: runs.iter().filter(|r| !r.failed.is_empty()).count() as f64 / n,
        empty: shares(
            runs.iter().flat_map(|r| {
                r.posts.iter().enumerate().filter(|(_, list)| **list == simulate::run::EMPTY).map(
                    |(o, _)| (case.offices[o].id.get_ref().clone(), case.offices[o].name.clone()),
                )
            }),
            formed.max(1.0),
        ),
        stages: stages(model, runs),
    }
}

fn distinct(values: &[u8]) -> Vec<u8> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.dedup();
    values
}

fn shares(names: impl Iterator<Item = (String, String)>, n: f64) -> Vec<Share> {
    let mut count: BTreeMap<(String, String), u32> = BTreeMap::new();
    names.for_each(|name| *count.entry(name).or_default() += 1);
    let mut rows: Vec<Share> = count
        .into_iter()
        .map(|((id, name), count)| Share { id, name, share: f64::from(count) / n })
        .collect();
    rows.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.id.cmp(&b.id)));
    rows
}

/// The ten likeliest coalitions. With thirty lists hardly two runs agree on every small partner, so coalitions
/// count as one if their main lists are the same.
fn coalitions(model: &Model<'_>, runs: &[Outcome]) -> Vec<Coalition> {
    let case = model.case;
    let mean = |l: usize| {
        runs.iter().map(|r| f64::from(r.seats[l])).sum::<f64>() / runs.len().max(1) as f64
    };
    let means: Vec<f64> = (0..model.lists.len()).map(mean).collect();
    let all: f64 = case.assembly.as_ref().map_or(1.0, |a| f64::from(*a.seats.get_ref()));
    let main = (0..means.len()).filter(|l| means[*l] * 40.0 >= all).fold(0_u128, |b, l| b | 1 << l);
    let mut by_lists: BTreeMap<u128, Vec<&Outcome>> = BTreeMap::new();
    for run in runs.iter().filter(|r| r.days.is_some()) {
        by_lists.entry(run.coalition & main).or_default().push(run);
    }
    let mut groups: Vec<(u128, Vec<&Outcome>)> = by_lists.into_iter().collect();
    groups.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    groups.truncate(10);
    groups
        .into_iter()
        .map(|(bits, of)| {
            let mut members: Vec<usize> = (0..means.len()).filter(|l| bits >> l & 1 == 1).collect();
            members.sort_by(|a, b| means[*b].total_cmp(&means[*a]).then(a.cmp(b)));
            let seats = |r: &&Outcome| {
                let joined = (0..means.len()).filter(|l| r.coalition >> l & 1 == 1);
                joined.map(|l| f64::from(r.seats[l])).sum()
            };
            let smaller = |r: &&Outcome| f64::from((r.coalition & !main).count_ones());
            let heads = of.iter().filter_map(|r| r.head).map(|c| {
                let person = &case.candidates[usize::from(c)];
                (person.id.get_ref().clone(), person.name.clone())
            });
            Coalition {
                lists: (members.iter())
                    .map(|l| case.actors[model.lists[*l]].id.get_ref().clone())
                    .collect(),
                labels: members.iter().map(|l| model.label(*l).to_owned()).collect(),
                smaller: of.iter().map(smaller).sum::<f64>() / of.len() as f64,
                share: of.len() as f64 / runs.len().max(1) as f64,
                seats: Interval::of(of.iter().map(seats)),
                days: Interval::of(of.iter().filter_map(|r| r.days.map(f64::from))),
                head: shares(heads, 1.0).first().map_or_else(String::new, |h| h.name.clone()),
            }
        })
        .collect()
}

fn days(model: &Model<'_>, runs: &[Outcome]) -> Days {
    let mut sorted: Vec<f64> =
        runs.iter().map(|r| r.days.map_or(f64::INFINITY, f64::from)).collect();
    sorted.sort_by(f64::total_cmp);
    let point = |share| Some(quantile(&sorted, share)).filter(|d| d.is_finite()).map(|d| d as u16);
    let points = [0.05, 0.5, 0.95].map(point);
    let hundred = (0..100).map(|i| point((f64::from(i) + 0.5) / 100.0)).collect();
    let formed: Vec<f64> = sorted.iter().copied().filter(|d| d.is_finite()).collect();
    let elected = model.election_day();
    Days {
        formed: formed.len() as f64 / runs.len().max(1) as f64,
        when: Interval::of(formed),
        points,
        hundred,
        window: elected
            .and_then(|d| model.end.since(d).ok())
            .and_then(|span| u16::try_from(span.get_days()).ok()),
    }
}

fn stages(model: &Model<'_>, runs: &[Outcome]) -> Vec<StageDays> {
    (model.case.stages.iter().enumerate())
        .map(|(s, stage)| {
            let reached = || runs.iter().filter(|r| r.stage_days.len() > s);
            let by = |r: &Outcome| f64::from(r.stage_days[s]);
            let took =
                |r: &Outcome| by(r) - s.checked_sub(1).map_or(0.0, |p| f64::from(r.stage_days[p]));
            let count = reached().count().max(1) as f64;
            StageDays {
                name: stage.name.clone(),
                deadline: stage.deadline,
                took: Interval::of(reached().map(took)),
                late: stage.deadline.map(|deadline| {
                    reached().filter(|r| took(r) > f64::from(deadline)).count() as f64 / count
                }),
                by: Interval::of(reached().map(by)),
            }
        })
        .collect()
}
