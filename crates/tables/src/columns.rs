//! What the places in an outcome stand for, and an outcome as rows of a tidy table.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use simulate::model::Model;
use simulate::run::{EMPTY, NO_LIST, Outcome};

/// The names of what an outcome holds by place, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Lists that may hold seats.
    pub lists: Vec<String>,
    /// Districts.
    pub districts: Vec<String>,
    /// Candidates for head of government.
    pub candidates: Vec<String>,
    /// Stages of forming a government.
    pub stages: Vec<String>,
    /// Offices.
    pub offices: Vec<String>,
    /// Quantities that the processes report.
    pub quantities: Vec<String>,
    /// Quantities that are followed every four weeks.
    pub followed: Vec<String>,
    /// The as-of date.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Election day, from which days are counted.
    pub elected: Option<Date>,
}

/// The head of the tidy table.
///
/// `run` is the run's number and `draw` the draw of the case's estimates it used, which is the same number unless
/// the two were drawn apart. `date` is the day to which a value belongs; a value is a number, an id, or ids
/// joined by `+`.
pub const HEAD: &str = "run,draw,date,quantity,value\n";

/// A value of the tidy table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'v> {
    /// Seats, days, failures.
    Whole(u32),
    /// Shares and what the processes report.
    Real(f32),
    /// An id, or ids joined by `+`.
    Name(&'v str),
}

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(n) => write!(f, "{n}"),
            Self::Real(x) => write!(f, "{x}"),
            Self::Name(id) => f.write_str(id),
        }
    }
}

impl Columns {
    /// The names of a model.
    #[must_use]
    pub fn of(model: &Model<'_>) -> Self {
        let case = model.case;
        Self {
            lists: model.lists.iter().map(|a| case.actors[*a].id.get_ref().clone()).collect(),
            districts: case.districts.iter().map(|d| d.id.get_ref().clone()).collect(),
            candidates: case.candidates.iter().map(|c| c.id.get_ref().clone()).collect(),
            stages: case.stages.iter().map(|s| s.id.get_ref().clone()).collect(),
            offices: case.offices.iter().map(|o| o.id.get_ref().clone()).collect(),
            quantities: model.quantities.iter().map(|q| q.id.clone()).collect(),
            followed: model.followed.iter().map(|q| q.id.clone()).collect(),
            start: model.start,
            end: model.end,
            elected: model.election_day(),
        }
    }

    /// Adds the rows of a run as CSV. Ids hold letters, digits and hyphens, quantities also `.`, `>`, `:` and `@`:
    /// nothing that CSV would have to quote.
    pub fn rows(&self, run: u32, outcome: &Outcome, rows: &mut String) {
        self.each(outcome, &mut |day, quantity, value| {
            // Writing to a string cannot fail.
            let _ = writeln!(rows, "{run},{run},{day},{},{value}", quantity.concat());
        });
    }

    /// Hands on the rows of a run: the day, the quantity in pieces, the value.
    pub fn each(&self, outcome: &Outcome, row: &mut dyn FnMut(Date, &[&str], Value<'_>)) {
        let elected = self.elected.unwrap_or(self.start);
        let whole = |n: u16| Value::Whole(u32::from(n));
        for (l, list) in self.lists.iter().enumerate() {
            row(elected, &["seats.", list], whole(outcome.seats.get(l).copied().unwrap_or(0)));
            if let Some(share) = outcome.shares.get(l) {
                row(elected, &["votes.", list], Value::Real(*share));
            }
        }
        row(elected, &["seats.fringe"], whole(outcome.fringe));
        for (district, came) in self.districts.iter().zip(&outcome.districts) {
            let list = |l: u8| self.lists.get(usize::from(l)).map_or("", String::as_str);
            row(elected, &["first.", district], Value::Name(list(came.first)));
            for (l, seats) in &came.seats {
                row(elected, &["seats.", list(*l), "@", district], whole(*seats));
            }
        }
        if outcome.turnout > 0.0 {
            row(elected, &["turnout"], Value::Real(outcome.turnout));
        }
        let later = |days: u16| elected.saturating_add(i64::from(days).days());
        if outcome.bloc != 0 {
            row(elected, &["bloc"], Value::Name(&self.joined(outcome.bloc)));
            row(elected, &["bloc.seats"], whole(outcome.bloc_seats));
        }
        for (stage, days) in self.stages.iter().zip(&outcome.stage_days) {
            row(later(*days), &["stage.", stage], whole(*days));
        }
        for name in outcome.failed.iter().filter_map(|c| self.candidates.get(usize::from(*c))) {
            row(self.end, &["nominee.failed"], Value::Name(name));
        }
        row(self.end, &["formation.failures"], whole(outcome.failures));
        if let Some(days) = outcome.days {
            let day = later(days);
            row(day, &["government.days"], whole(days));
            row(day, &["government"], Value::Name(&self.joined(outcome.coalition)));
            if let Some(head) = outcome.head.and_then(|h| self.candidates.get(usize::from(h))) {
                row(day, &["government.head"], Value::Name(head));
            }
            for (office, post) in self.offices.iter().zip(&outcome.posts) {
                let holder = match *post {
                    EMPTY => "empty",
                    NO_LIST => "no-list",
                    list => self.lists.get(usize::from(list)).map_or("", String::as_str),
                };
                row(day, &["office.", office], Value::Name(holder));
            }
        }
        for (quantity, value) in self.quantities.iter().zip(&outcome.quantities) {
            if let Some(value) = value {
                row(self.end, &[quantity], Value::Real(*value));
            }
        }
        let samples = outcome.course.chunks_exact(self.followed.len().max(1));
        for (sample, values) in samples.enumerate() {
            let day = self.start.saturating_add((28 * sample as i64).days());
            for (quantity, value) in self.followed.iter().zip(values) {
                row(day, &[quantity], Value::Real(*value));
            }
        }
    }

    fn joined(&self, lists: u128) -> String {
        let members = self.lists.iter().enumerate().filter(|(l, _)| lists >> l & 1 == 1);
        members.map(|(_, id)| id.as_str()).collect::<Vec<_>>().join("+")
    }
}
