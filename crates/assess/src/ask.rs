//! What is asked of a run: a small language over the quantities of an outcome.
//!
//! ```text
//! seats.reds + seats.blues > 12          a comparison is yes or no
//! government.days                        a number
//! largest                                a name: the list with most seats, of equals most votes
//! head == lind and government.date <= 2031-10-01
//! ```
//!
//! (`+ -` also between days: a day less a day is a number of days, a day and a number a day; a
//! comparison in a sum counts 1 if it holds and 0 if not.)
//!
//! Numbers: `seats.LIST`, `seats.LIST@DISTRICT`, `votes.LIST` (a share), `turnout`, `bloc.seats`,
//! `government.days`, `stage.ID` (days), `failures`,
//! `failed.CANDIDATE` (1 if nominated and failed, else 0), `in_bloc.LIST` and `governs.LIST` (1 or
//! 0), every quantity the processes report, by its id, and what is followed through a run, such as
//! `sway.ACTOR`, as last sampled, or as on a day (`ID@YYYY-MM-DD`: the last sample by then, one
//! being taken every four weeks). Of the stages that elect an officer: `present.ID` (members at the
//! first sitting of the run), `ballot.ID` (votes that elected) and `sittings.ID` (how many were
//! held). `offices.filled` and `offices.all` count the ministries. Dates: `government.date`,
//! `day.stage.ID`, `day.ID` of a quantity that counts days until something, and days written
//! YYYY-MM-DD. Names: `largest`, `first.DISTRICT` (most votes), `head`, `head@YYYY-MM-DD` (who
//! holds the office on that day: the incumbent until a government is formed), `office.ID`. Signs:
//! `+ - * /`, `< <= > >= == !=`, `and or not`, brackets. An id that holds other signs, such as `>`,
//! stands in double quotes.
//!
//! What has not come about in a run (no government inside the window) is not yet known: a
//! comparison with it holds or fails where the window's end settles it (`government.days > 60`
//! holds of a run that passed day 60 without one) and is open otherwise, whichever way it is put:
//! `!=` and `not` are open too. An open answer counts as no, and an open number is missing.

use case::Case;
use jiff::ToSpan;
use jiff::civil::Date;
use simulate::model::Model;
use simulate::play::Until;
use simulate::quantity::Unit;
use simulate::run::{EMPTY, NO_LIST, Outcome};

mod parse;
mod settled;

pub use parse::AskError;

/// A question put to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    root: Node,
    elected: Option<Date>,
    start: Date,
    end: Date,
    incumbent: Option<String>,
    names: Names,
    /// The units of what is reported of a run.
    units: Vec<Unit>,
    /// Which offices are ministries.
    ministries: Vec<bool>,
}

/// The names that an outcome holds by place.
#[derive(Debug, Clone, PartialEq)]
struct Names {
    lists: Vec<String>,
    candidates: Vec<String>,
}

/// A value of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// A name.
    Name(String),
    /// It has not come about.
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
    And,
    Or,
}

/// What is counted of a stage's sittings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Present,
    Ballot,
    Held,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Constant(Value),
    Seats(usize),
    SeatsIn(usize, usize),
    Votes(usize),
    Turnout,
    BlocSeats,
    Days,
    GovernmentDate,
    Stage(usize),
    Failures,
    Failed(usize),
    InBloc(usize),
    Governs(usize),
    Quantity(usize),
    /// The place among what is followed, and how many are.
    Followed(usize, usize),
    /// The place in the whole course.
    FollowedOn(usize),
    /// The day on which a quantity that counts days from the as-of date came about.
    DayOf(usize),
    StageDay(usize),
    Sitting(usize, Count),
    Filled,
    Largest,
    First(usize),
    Head(Option<Date>),
    /// Whom the bloc named first.
    Named,
    Office(usize),
    Not(Box<Self>),
    Negative(Box<Self>),
    Pair(Box<Self>, Sign, Box<Self>),
}

impl Ask {
    /// Reads a question for a model.
    ///
    /// # Errors
    /// [`AskError`]: where it cannot be read, or names something the model does not have.
    pub fn read(text: &str, model: &Model<'_>) -> Result<Self, AskError> {
        let root = parse::read(text, model)?;
        let case: &Case = model.case;
        Ok(Self {
            root,
            elected: model.election_day(),
            start: model.start,
            end: model.end,
            units: model.quantities.iter().map(|q| q.unit).collect(),
            incumbent: case.candidates.iter().find(|c| c.incumbent).map(|c| c.id.get_ref().clone()),
            names: Names {
                lists: (model.lists.iter()).map(|a| case.actors[*a].id.get_ref().clone()).collect(),
                candidates: case.candidates.iter().map(|c| c.id.get_ref().clone()).collect(),
            },
            ministries: case.offices.iter().map(|o| o.ministry).collect(),
        })
    }

    /// Its value in a run. A yes or no that the window's end leaves open is no.
    #[must_use]
    pub fn of(&self, outcome: &Outcome) -> Value {
        match self.value(&self.root, outcome) {
            Value::Missing if self.is_truth() => Value::Truth(false),
            value => value,
        }
    }

    /// If it asks for days until something, which may lie beyond the window's end: how many there
    /// are until that end.
    #[must_use]
    pub fn days_at_end(&self, end: Date) -> Option<f64> {
        let from = match &self.root {
            Node::Days | Node::Stage(_) => Some(self.elected.unwrap_or(self.start)),
            Node::Quantity(q) if self.units.get(*q) == Some(&Unit::DaysUntil) => Some(self.start),
            Node::Pair(until, Sign::Subtract, from) => match (until.as_ref(), from.as_ref()) {
                (
                    Node::GovernmentDate | Node::StageDay(_) | Node::DayOf(_),
                    Node::Constant(Value::Day(from)),
                ) => Some(*from),
                _ => None,
            },
            _ => None,
        };
        Some(days(from?, end))
    }

    /// How far a run must be played for its value to be known.
    #[must_use]
    pub fn reach(&self) -> Until {
        reach(&self.root)
    }

    /// Its value in a run as a number, yes being 1 and no 0; none for what has not come about, a
    /// day or a name.
    #[must_use]
    pub fn number(&self, outcome: &Outcome) -> Option<f64> {
        match self.of(outcome) {
            Value::Number(number) => Some(number),
            Value::Truth(truth) => Some(f64::from(u8::from(truth))),
            Value::Missing | Value::Day(_) | Value::Name(_) => None,
        }
    }

    /// Days from the election (from the as-of date where there is none) to the day `end`: the least
    /// that days until something can be which has not come about by then.
    #[must_use]
    pub fn days_to(&self, end: Date) -> f64 {
        f64::from(end.since(self.elected.unwrap_or(self.start)).map_or(0, |span| span.get_days()))
    }

    fn formed(&self, outcome: &Outcome) -> Option<Date> {
        Some(later(self.elected.unwrap_or(self.start), i64::from(outcome.days?)))
    }

    fn list(&self, list: usize) -> Value {
        self.names.lists.get(list).map_or(Value::Missing, |id| Value::Name(id.clone()))
    }

    fn value(&self, node: &Node, outcome: &Outcome) -> Value {
        let number = |n: Option<f64>| n.map_or(Value::Missing, Value::Number);
        let bit = |lists: u128, l: usize| Value::Number(f64::from(u8::from(lists >> l & 1 == 1)));
        match node {
            Node::Constant(value) => value.clone(),
            Node::Seats(l) => number(outcome.seats.get(*l).map(|s| f64::from(*s))),
            Node::SeatsIn(l, district) => number(outcome.districts.get(*district).map(|d| {
                let held = d.seats.iter().find(|(list, _)| usize::from(*list) == *l);
                held.map_or(0.0, |(_, seats)| f64::from(*seats))
            })),
            Node::Votes(l) => number(outcome.shares.get(*l).map(|s| f64::from(*s))),
            Node::Turnout => number((outcome.turnout > 0.0).then(|| f64::from(outcome.turnout))),
            Node::BlocSeats => Value::Number(f64::from(outcome.bloc_seats)),
            Node::Days => number(outcome.days.map(f64::from)),
            Node::GovernmentDate => self.formed(outcome).map_or(Value::Missing, Value::Day),
            Node::Stage(s) => number(outcome.stage_days.get(*s).map(|d| f64::from(*d))),
            Node::Failures => Value::Number(f64::from(outcome.failures)),
            Node::Failed(c) => Value::Number(f64::from(u8::from(
                outcome.failed.iter().any(|f| usize::from(*f) == *c),
            ))),
            Node::InBloc(l) => bit(outcome.bloc, *l),
            Node::Governs(l) => bit(outcome.coalition, *l),
            Node::Quantity(q) => {
                number(outcome.quantities.get(*q).copied().flatten().map(f64::from))
            }
            Node::Followed(place, all) => {
                let last = outcome.course.len().checked_sub(*all);
                let value = last.and_then(|last| outcome.course.get(last + place));
                number(value.copied().map(f64::from))
            }
            Node::FollowedOn(at) => number(outcome.course.get(*at).copied().map(f64::from)),
            Node::DayOf(q) => {
                let days = outcome.quantities.get(*q).copied().flatten();
                days.map_or(Value::Missing, |d| Value::Day(later(self.start, d as i64)))
            }
            Node::StageDay(s) => (outcome.stage_days.get(*s)).map_or(Value::Missing, |d| {
                Value::Day(later(self.elected.unwrap_or(self.start), i64::from(*d)))
            }),
            Node::Sitting(stage, count) => {
                let sitting = outcome.sittings.get(*stage).copied().flatten();
                number(sitting.and_then(|s| match count {
                    Count::Present => Some(f64::from(s.present)),
                    Count::Ballot => s.votes.map(f64::from),
                    Count::Held => Some(f64::from(s.held)),
                }))
            }
            // Before a government is formed nobody has been given an office.
            Node::Filled => number((!outcome.posts.is_empty()).then(|| {
                let held = outcome.posts.iter().zip(&self.ministries);
                held.filter(|(post, ministry)| **ministry && **post != EMPTY).count() as f64
            })),
            Node::Largest => outcome.largest().map_or(Value::Missing, |l| self.list(l)),
            Node::First(district) => (outcome.districts.get(*district))
                .map_or(Value::Missing, |d| self.list(usize::from(d.first))),
            Node::Head(day) => self.head(*day, outcome),
            Node::Named => (outcome.failed.first().copied().or(outcome.head))
                .and_then(|c| self.names.candidates.get(usize::from(c)))
                .map_or(Value::Missing, |id| Value::Name(id.clone())),
            Node::Office(office) => match outcome.posts.get(*office) {
                None => Value::Missing,
                Some(&EMPTY) => Value::Name("empty".to_owned()),
                Some(&NO_LIST) => Value::Name("no-list".to_owned()),
                Some(list) => self.list(usize::from(*list)),
            },
            Node::Not(inner) => match self.value(inner, outcome) {
                Value::Truth(truth) => Value::Truth(!truth),
                _ => Value::Missing,
            },
            Node::Negative(inner) => match self.value(inner, outcome).counted() {
                Value::Number(n) => Value::Number(-n),
                _ => Value::Missing,
            },
            Node::Pair(left, sign, right) => {
                let found = pair(self.value(left, outcome), *sign, self.value(right, outcome));
                match (found, sign.compares()) {
                    // What has not come about may still be settled by the window's end.
                    (Value::Missing, true) => match self.known(node, outcome, self.end, true) {
                        settled::Known::Exactly(value) => value,
                        _ => Value::Missing,
                    },
                    (found, _) => found,
                }
            }
        }
    }

    fn head(&self, day: Option<Date>, outcome: &Outcome) -> Value {
        let formed = self.formed(outcome);
        let in_office = match (formed, day) {
            (Some(_), None) => true,
            (Some(formed), Some(day)) => formed <= day,
            (None, _) => false,
        };
        let new = outcome.head.and_then(|h| self.names.candidates.get(usize::from(h)));
        match (in_office, day) {
            (true, _) => new.map_or(Value::Missing, |id| Value::Name(id.clone())),
            (false, Some(_)) => self.incumbent.clone().map_or(Value::Missing, Value::Name),
            (false, None) => Value::Missing,
        }
    }
}

fn later(from: Date, days: i64) -> Date {
    from.saturating_add(days.days())
}

fn reach(node: &Node) -> Until {
    match node {
        Node::Constant(_)
        | Node::Seats(_)
        | Node::SeatsIn(..)
        | Node::Votes(_)
        | Node::Turnout
        | Node::Largest
        | Node::First(_) => Until::Assembly,
        Node::BlocSeats
        | Node::Days
        | Node::GovernmentDate
        | Node::Stage(_)
        | Node::StageDay(_)
        | Node::Sitting(..)
        | Node::Failures
        | Node::Failed(_)
        | Node::InBloc(_)
        | Node::Governs(_)
        | Node::Head(_)
        | Node::Named
        | Node::Office(_)
        | Node::Filled => Until::Government,
        Node::Quantity(_) | Node::Followed(..) | Node::FollowedOn(_) | Node::DayOf(_) => Until::End,
        Node::Not(inner) | Node::Negative(inner) => reach(inner),
        Node::Pair(left, _, right) => reach(left).max(reach(right)),
    }
}

impl Value {
    /// A yes as 1 and a no as 0, where numbers are reckoned with.
    fn counted(self) -> Self {
        match self {
            Self::Truth(truth) => Self::Number(f64::from(u8::from(truth))),
            other => other,
        }
    }
}

impl Sign {
    fn compares(self) -> bool {
        use Sign::{AtLeast, AtMost, Equal, Less, More, Unequal};
        matches!(self, Less | AtMost | More | AtLeast | Equal | Unequal)
    }
}

/// Two values joined. What has not come about leaves it open, unless the other decides (`and`,
/// `or`).
fn pair(left: Value, sign: Sign, right: Value) -> Value {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match sign {
        Sign::And | Sign::Or => {
            let decides = Value::Truth(sign == Sign::Or);
            match (left, right) {
                (Value::Truth(a), Value::Truth(b)) => {
                    Value::Truth(if sign == Sign::And { a && b } else { a || b })
                }
                (a, b) if a == decides || b == decides => decides,
                _ => Value::Missing,
            }
        }
        Sign::Add | Sign::Subtract | Sign::Multiply | Sign::Divide => {
            match (left.counted(), sign, right.counted()) {
                (Value::Number(a), _, Value::Number(b)) => {
                    let n = match sign {
                        Sign::Add => a + b,
                        Sign::Subtract => a - b,
                        Sign::Multiply => a * b,
                        _ => a / b,
                    };
                    if n.is_finite() { Value::Number(n) } else { Value::Missing }
                }
                (Value::Day(a), Sign::Subtract, Value::Day(b)) => Value::Number(days(b, a)),
                (Value::Day(day), Sign::Add, Value::Number(n))
                | (Value::Number(n), Sign::Add, Value::Day(day)) => {
                    Value::Day(later(day, whole(n)))
                }
                (Value::Day(day), Sign::Subtract, Value::Number(n)) => {
                    Value::Day(later(day, -whole(n)))
                }
                _ => Value::Missing,
            }
        }
        _ => {
            let order = match (left, right) {
                (Value::Day(a), Value::Day(b)) => Some(a.cmp(&b)),
                (Value::Truth(a), Value::Truth(b)) => Some(a.cmp(&b)),
                (Value::Name(a), Value::Name(b)) => Some(a.cmp(&b)),
                (a, b) => match (a.counted(), b.counted()) {
                    (Value::Number(a), Value::Number(b)) => a.partial_cmp(&b),
                    _ => None,
                },
            };
            order.map_or(Value::Missing, |order| {
                Value::Truth(match sign {
                    Sign::Less => order == Less,
                    Sign::AtMost => order != Greater,
                    Sign::More => order == Greater,
                    Sign::AtLeast => order != Less,
                    Sign::Equal => order == Equal,
                    _ => order != Equal,
                })
            })
        }
    }
}

/// Days from one day to another, below 0 if that comes before.
fn days(from: Date, to: Date) -> f64 {
    to.since(from).map_or(0.0, |span| f64::from(span.get_days()))
}

/// Whole days, within what dates can hold.
fn whole(days: f64) -> i64 {
    days.clamp(-4e6, 4e6) as i64
}
