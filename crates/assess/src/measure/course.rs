//! Sway over time: by actor, channel and first hop on each of a row of dates, over the house that sits on the date.
//!
//! A date can mean two things. Either the world is taken as it was on the date, by what is known now
//! ([`Knowing::Now`]); or the case is taken as somebody knew it on the date ([`Knowing::Then`]). The first says how
//! sway moved; the second how the assessment did. A curve must not mix them: a report that comes out late moves the
//! second and not the first.
//!
//! Draws are paired: what is believed alike on two dates is drawn alike on both, so that a change is not lost in what
//! is unknown about the level. Where the house that counts is yet to be elected ([`Counted::Next`]) it is elected in
//! each draw from what lists may expect on the date; nothing else moves until election day.

use std::collections::BTreeMap;

use case::{Case, Channel, Folder};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rayon::prelude::*;
use serde::Serialize;

use super::change::{Change, change};
use super::formal::{Formal, formal};
use super::frame::{Frame, State};
pub use super::house::Counted;
use super::level::{Level, Sums, chunks};
pub use super::moves::Move;
use super::moves::moves;
use super::{Gap, MeasureError, Through};
use crate::interval::Interval;

/// What a date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Knowing {
    /// What held on the date, by what is known on the case's as-of date.
    Now,
    /// What was known on the date.
    Then,
}

/// From one date to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A calendar year.
    Year,
}

impl Every {
    fn span(self) -> Span {
        match self {
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
        }
    }

    /// The dates from one to another, both among them.
    #[must_use]
    pub fn dates(self, from: Date, to: Date) -> Vec<Date> {
        let mut dates: Vec<Date> = from.series(self.span()).take_while(|d| *d < to).collect();
        dates.push(to);
        dates
    }
}

/// What is measured over time.
#[derive(Debug, Clone)]
pub struct Query {
    /// The body's id.
    pub body: String,
    /// The actors; empty for the case's focus, or the five with most sway at the last date where it has none.
    pub actors: Vec<String>,
    /// The dates, rising.
    pub dates: Vec<Date>,
    /// What they mean.
    pub knowing: Knowing,
    /// Which house counts.
    pub counted: Counted,
    /// By when sources are out, for [`Knowing::Now`].
    pub as_of: Date,
    /// The seed of the draws.
    pub seed: u64,
    /// How many draws.
    pub draws: u32,
}

/// Sway over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// The body's id.
    pub body: String,
    /// What it decides.
    pub name: String,
    /// What the dates mean.
    pub knowing: Knowing,
    /// Which house counts.
    pub counted: Counted,
    /// By when the sources were out; on each date that date, if the dates mean what was known then.
    pub as_of: Date,
    /// How many draws.
    pub draws: u32,
    /// The dates.
    pub points: Vec<Point>,
    /// The actors asked for, each with its sway on the dates.
    pub actors: Vec<ActorCourse>,
    /// What changed between one date and the next, where it moved any of these actors' sway.
    pub moves: Vec<Move>,
    /// The formal measure beside it; none where the case has no ties between states.
    pub formal: Option<Formal>,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The date.
    pub date: Date,
    /// When the house that counts was elected, or will be.
    pub elected: Option<Date>,
    /// Whether that house is yet to be elected.
    pub coming: bool,
    /// The body's quota.
    pub quota: Option<u32>,
    /// Why there is no estimate, if there is none.
    pub gap: Option<String>,
}

/// An actor's sway over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActorCourse {
    /// The actor's id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// A short name for charts.
    pub label: String,
    /// Its sway on each date; none where there is no estimate.
    pub at: Vec<Option<At>>,
    /// From the first date with an estimate to the last.
    pub change: Option<Change>,
}

/// An actor's sway on a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct At {
    /// All of it.
    pub total: Interval,
    /// Mean share held by right of its own seats.
    pub own: f64,
    /// Mean share through each channel.
    pub channels: BTreeMap<Channel, f64>,
    /// Mean share through each first touch, most first.
    pub hops: Vec<Through>,
}

/// The case on each of the dates.
#[must_use]
pub fn cases(folder: &Folder, query: &Query) -> Vec<(Date, Result<Case, Gap>)> {
    let one = |date: &Date| {
        let built = match query.knowing {
            Knowing::Now => folder.build_on(*date, query.as_of),
            Knowing::Then => folder.build(Some(*date)),
        };
        let count = built.errors();
        let mut errors = built.findings.into_iter().filter(|f| f.severity == case::Severity::Error);
        let faults = || Gap::Faults { count, first: errors.next().map(Box::new) };
        let mut case = built.case.ok_or_else(faults);
        if let Ok(case) = &mut case {
            alone(case);
        }
        (*date, case)
    };
    query.dates.par_iter().map(one).collect()
}

/// Leaves the election alone to run: nothing else moves until the day, and the window reaches it.
fn alone(case: &mut Case) {
    case.head.processes.retain(|p| p.get_ref() == simulate::process::election::NAME);
    let day = case.contest.as_ref().map_or(case.as_of, |c| *c.date.get_ref());
    let end = day.max(case.as_of).saturating_add(1.week());
    case.head.until = case.head.until.max(end);
    case.forced.clear();
}

/// Measures sway over time.
///
/// # Errors
/// [`MeasureError`]: a body or an actor the case does not have on any of the dates, no date with an estimate, or a
/// date whose tie network has no solution.
pub fn course(cases: &[(Date, Result<Case, Gap>)], query: &Query) -> Result<Course, MeasureError> {
    let frame = Frame::of(cases, &query.body, query.counted)?;
    let mut built = cases.iter().filter_map(|(_, case)| case.as_ref().ok());
    let last = built.next_back().ok_or_else(|| no_estimate(&frame))?;
    let name = last.bodies.iter().find(|b| b.id.get_ref() == &query.body);
    let Some(name) = name.map(|b| b.name.clone()) else {
        let known = last.bodies.iter().map(|b| b.id.get_ref().clone()).collect();
        return Err(MeasureError::NoBody(query.body.clone(), known));
    };
    let final_state = frame.moments.iter().rev().find_map(|m| m.state.as_ref().ok());
    let final_state = &frame.states[*final_state.ok_or_else(|| no_estimate(&frame))?];
    let chosen = chosen(&frame, final_state, last, query)?;
    let each = states(&frame, &chosen, query)?;
    let known: Vec<usize> =
        frame.moments.iter().filter_map(|m| m.state.as_ref().ok().copied()).collect();
    let ends = match (known.first(), known.last()) {
        (Some(first), Some(last)) if known.len() > 1 => Some((*first, *last)),
        _ => None,
    };
    let dates: Vec<Date> =
        frame.moments.iter().filter(|m| m.state.is_ok()).map(|m| m.date).collect();
    let mut changes = match (ends, dates.first(), dates.last()) {
        (Some(ends), Some(from), Some(to)) => {
            change(&frame, ends, (*from, *to), &chosen, last, query)?
        }
        _ => Vec::new(),
    };
    changes.reverse();
    let actors = chosen.iter().enumerate().map(|(place, actor)| {
        let at = |state: &usize| each[*state][place].clone();
        ActorCourse {
            actor: frame.actors[*actor].id.clone(),
            name: frame.actors[*actor].name.clone(),
            label: frame.actors[*actor].label.clone(),
            at: frame.moments.iter().map(|m| m.state.as_ref().ok().map(at)).collect(),
            change: changes.pop(),
        }
    });
    let actors = actors.collect();
    let point = |m: &super::frame::Moment| {
        let house = m.state.as_ref().ok().map(|s| &frame.houses[frame.states[*s].house]);
        Point {
            date: m.date,
            elected: house.map(|h| h.elected),
            coming: house.is_some_and(super::house::House::is_coming),
            quota: house.map(|h| h.quota),
            gap: m.state.as_ref().err().map(Gap::to_string),
        }
    };
    Ok(Course {
        body: query.body.clone(),
        name,
        knowing: query.knowing,
        counted: query.counted,
        as_of: query.as_of,
        draws: query.draws.max(1),
        points: frame.moments.iter().map(point).collect(),
        moves: moves(&frame, &chosen, query)?,
        formal: formal(&frame, last.head.state.get_ref(), query),
        actors,
    })
}

fn no_estimate(frame: &Frame<'_>) -> MeasureError {
    let why = frame.moments.iter().filter_map(|m| m.state.as_ref().err()).next();
    MeasureError::NoEstimate(why.cloned())
}

/// The places of the actors to measure.
pub(super) fn chosen(
    frame: &Frame<'_>,
    last: &State,
    case: &Case,
    query: &Query,
) -> Result<Vec<usize>, MeasureError> {
    let asked = &query.actors;
    if !asked.is_empty() {
        let place = |id: &String| {
            let known = || frame.actors.iter().map(|a| a.id.clone()).collect();
            frame.actor(id).ok_or_else(|| MeasureError::NoActor(id.clone(), known()))
        };
        return asked.iter().map(place).collect();
    }
    let focus: Vec<usize> =
        case.head.focus.iter().filter_map(|id| frame.actor(id.get_ref())).collect();
    if !focus.is_empty() {
        return Ok(focus);
    }
    let sway = frame.sway(last, &frame.central(query.seed)?)?.total;
    let mut order: Vec<usize> = (0..sway.len()).collect();
    order.sort_by(|a, b| sway[*b].total_cmp(&sway[*a]).then(a.cmp(b)));
    order.truncate(5);
    Ok(order)
}

/// For each state of the frame and each of the actors its sway.
fn states(
    frame: &Frame<'_>,
    chosen: &[usize],
    query: &Query,
) -> Result<Vec<Vec<At>>, MeasureError> {
    let empty = || Sums::empty(chosen.len(), frame.ties.len());
    let all = chunks(query.draws.max(1), |draws| {
        let mut sums: Vec<Sums> = frame.states.iter().map(|_| empty()).collect();
        for draw in draws {
            let draw = frame.draw(query.seed, draw, false)?;
            for (state, sums) in frame.states.iter().zip(&mut sums) {
                sums.add(&frame.sway(state, &draw)?, chosen);
            }
        }
        Ok(sums)
    })?;
    let at = |state: usize, place: usize| {
        let sums: Vec<&Sums> = all.iter().map(|chunk| &chunk[state]).collect();
        let own = frame.ties.iter().enumerate().filter(|(_, tie)| tie.from == chosen[place]);
        let own = own.map(|(t, tie)| {
            let to = &frame.actors[tie.to];
            (t, to.id.as_str(), to.label.as_str(), tie.channel)
        });
        let Level { total, own, channels, mut hops } = Sums::level(&sums, place, own);
        hops.retain(|hop| hop.share > 0.0);
        At { total, own, channels, hops }
    };
    let each = |state| (0..chosen.len()).map(|place| at(state, place)).collect();
    Ok((0..frame.states.len()).map(each).collect())
}
