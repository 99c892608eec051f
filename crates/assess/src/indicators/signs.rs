//! What can be seen of a run from outside: a list made from the case, no state or faction named here.
//!
//! Observable are what happens (attacks, cuts, listings, visits, outbreaks of protest, shocks, bills), rungs of a
//! ladder, the result of the election, steps of forming a government and nominees who fail. Not observable are states
//! of mind: what a patron spends, what the state is worth to it, orders that are obeyed, anger. What must be measured (shares,
//! prices, favour) is looked at only if asked for.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use simulate::model::Model;
use simulate::quantity::{Quantity, Shown, Unit};
use simulate::run::Outcome;

/// What sort of sign it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It happens or not.
    Event,
    /// It happens so many times, or rises so high.
    Count,
    /// A result of the election, or the size of a bloc.
    Result,
    /// It must be measured.
    Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Quantity(usize, Unit),
    Seats(usize),
    Turnout,
    Bloc,
    Stage(usize),
    Failed(usize),
    Failures,
}

/// A quantity that can be watched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sign {
    /// Its name in a question, such as `dependence.cuts.gas`.
    pub id: String,
    /// What it is, for people.
    pub name: String,
    /// Its sort.
    pub kind: Kind,
    #[serde(skip)]
    pub(super) of: Of,
    /// The events that show it, if any do.
    #[serde(skip)]
    pub(super) shown: Option<Shown>,
}

/// All signs of a model. `read` are the quantities that the question reads: neither they nor others of the same process
/// about the same thing are signs.
pub(super) fn all<'m>(model: &'m Model<'_>, read: &[usize], levels: bool) -> Vec<Sign> {
    let case = model.case;
    let about = |quantity: &'m Quantity| (quantity.key.process, quantity.key.of.as_deref());
    let asked: Vec<_> = read.iter().map(|q| about(&model.quantities[*q])).collect();
    let mut signs = Vec::new();
    let mut add =
        |id: String, name: String, kind, of, shown| signs.push(Sign { id, name, kind, of, shown });
    for (at, quantity) in model.quantities.iter().enumerate() {
        if quantity.unseen || read.contains(&at) || asked.contains(&about(quantity)) {
            continue;
        }
        let kind = match quantity.unit {
            Unit::Happens | Unit::DaysUntil => Kind::Event,
            Unit::Count | Unit::Rung => Kind::Count,
            _ if levels => Kind::Level,
            _ => continue,
        };
        let (of, shown) = (Of::Quantity(at, quantity.unit), quantity.shown.clone());
        add(quantity.id.clone(), quantity.name.clone(), kind, of, shown);
    }
    if model.elects() {
        add("turnout".into(), "Turnout".into(), Kind::Result, Of::Turnout, None);
        for list in 0..model.lists.len() {
            let id = case.actors[model.lists[list]].id.get_ref();
            let name = format!("Seats of {}", model.label(list));
            add(format!("seats.{id}"), name, Kind::Result, Of::Seats(list), None);
        }
    }
    add("bloc.seats".into(), "Seats of the largest bloc".into(), Kind::Result, Of::Bloc, None);
    for (at, stage) in case.stages.iter().enumerate() {
        let id = format!("stage.{}", stage.id.get_ref());
        add(id, format!("Done: {}", stage.name), Kind::Event, Of::Stage(at), None);
    }
    for (at, candidate) in case.candidates.iter().enumerate() {
        let id = format!("failed.{}", candidate.id.get_ref());
        add(
            id,
            format!("{} is nominated and fails", candidate.name),
            Kind::Event,
            Of::Failed(at),
            None,
        );
    }
    let name = "Failed tries at any step of forming a government".to_owned();
    add("failures".into(), name, Kind::Count, Of::Failures, None);
    signs
}

impl Sign {
    /// What it has come to in a run as it stands; none if that cannot be known yet. Events are 1 or 0.
    pub(super) fn value(&self, outcome: &Outcome) -> Option<f32> {
        let truth = |t: bool| Some(f32::from(u8::from(t)));
        match self.of {
            Of::Quantity(q, Unit::DaysUntil) => {
                truth(outcome.quantities.get(q).copied().flatten().is_some())
            }
            Of::Quantity(q, Unit::Happens) => {
                truth(outcome.quantities.get(q).copied().flatten().is_some_and(|n| n >= 0.5))
            }
            Of::Quantity(q, _) => outcome.quantities.get(q).copied().flatten(),
            Of::Seats(l) => {
                let elected = outcome.seats.iter().any(|s| *s > 0);
                outcome.seats.get(l).filter(|_| elected).map(|s| f32::from(*s))
            }
            Of::Turnout => Some(outcome.turnout).filter(|t| *t > 0.0),
            Of::Bloc => Some(f32::from(outcome.bloc_seats)).filter(|s| *s > 0.0),
            Of::Stage(s) => truth(outcome.stage_days.get(s).is_some()),
            Of::Failed(c) => truth(outcome.failed.iter().any(|f| usize::from(*f) == c)),
            Of::Failures => Some(f32::from(outcome.failures)),
        }
    }

    /// The question whether it has reached a threshold by a day, put to a run as it stands then.
    pub(super) fn ask(&self, model: &Model<'_>, threshold: f64, by: Date) -> String {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '@');
        let id = match self.id.chars().all(plain) {
            true => self.id.clone(),
            false => format!("\"{}\"", self.id),
        };
        let since = |from: Date| by.since(from).map_or(0, |span| span.get_days());
        match self.of {
            Of::Quantity(_, Unit::DaysUntil) => format!("{id} <= {}", since(model.start)),
            Of::Stage(_) => {
                format!("{id} <= {}", since(model.election_day().unwrap_or(model.start)))
            }
            _ => format!("{id} >= {}", number(threshold)),
        }
    }

    /// What has happened, in words.
    pub(super) fn words(&self, threshold: f64, by: Date) -> String {
        let name = self.name.strip_prefix("Days until ").unwrap_or(&self.name);
        let name = match name.chars().next() {
            Some(first) => first.to_uppercase().chain(name.chars().skip(1)).collect::<String>(),
            None => String::new(),
        };
        match self.kind {
            Kind::Event => format!("{name}, by {by}"),
            Kind::Count if threshold == 1.0 => format!("{name}: any by {by}"),
            Kind::Count => format!("{name}: {} or more by {by}", number(threshold)),
            Kind::Result if self.of == Of::Turnout => {
                format!("{name}: {:.0} % or more", 100.0 * threshold)
            }
            Kind::Result => format!("{name}: {} or more", number(threshold)),
            Kind::Level => format!("{name}: {} or more on {by}", number(threshold)),
        }
    }
}

fn number(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x:.0}") } else { format!("{x:.3}") }
}

/// Every four weeks from the as-of date to the window's end, at most 26 days.
pub(super) fn landmarks(model: &Model<'_>) -> Vec<Date> {
    let step = 28.days();
    let mut days = Vec::new();
    let mut day = model.start.saturating_add(step);
    while day < model.end && days.len() < 26 {
        days.push(day);
        day = day.saturating_add(step);
    }
    days
}
