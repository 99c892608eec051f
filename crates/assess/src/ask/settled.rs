//! Whether a question is settled on a day: what is known of a run by then leaves one answer.
//!
//! An [`Outcome`] may stand for a run as it is on some day before its end. What has not come about by then is open,
//! with a floor where there is one: days to something that has not happened are more than the days gone, and what is
//! counted can only grow. A comparison is settled when no value above the floor would change it, `and`, `or` and
//! `not` are those of three-valued logic (Kleene's strong one).
//!
//! On the window's last day the same rule reads what a run has *not* done: `government.days > 200` is true of a run
//! that passed day 200 without a government, whether or not it formed one later.

use jiff::civil::Date;
use simulate::quantity::Unit;
use simulate::run::Outcome;

use super::{Ask, Count, Node, Sign, Value, days, later, pair, whole};

/// What is known of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Known {
    /// It.
    Exactly(Value),
    /// A number not below this.
    AtLeast(f64),
    /// A day not before this.
    NotBefore(Date),
    /// Nothing.
    Open,
}

impl Ask {
    /// Whether it is true of a run, if what the run was on `day` settles that. None if it is open, or no yes or no.
    #[must_use]
    pub fn settled(&self, outcome: &Outcome, day: Date) -> Option<bool> {
        match self.known(&self.root, outcome, day, false) {
            Known::Exactly(Value::Truth(truth)) => Some(truth),
            _ => None,
        }
    }

    /// Whether it came true in a run that has ended: settled by what the run did and did not do, and false if the
    /// window's end leaves it open. None if it is no yes or no.
    #[must_use]
    pub fn came_true(&self, outcome: &Outcome, end: Date) -> Option<bool> {
        match (self.known(&self.root, outcome, end, true), self.of(outcome)) {
            (Known::Exactly(Value::Truth(truth)), _) | (_, Value::Truth(truth)) => Some(truth),
            _ => None,
        }
    }

    /// Whether it is a yes or no by its form.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        match &self.root {
            Node::Constant(value) => matches!(value, Value::Truth(_)),
            Node::Not(_) => true,
            Node::Pair(_, sign, _) => {
                !matches!(sign, Sign::Add | Sign::Subtract | Sign::Multiply | Sign::Divide)
            }
            _ => false,
        }
    }

    /// The quantities it reads, by their places in the model's list.
    #[must_use]
    pub fn quantities(&self) -> Vec<usize> {
        let place = |n: &Node| match n {
            Node::Quantity(q) | Node::DayOf(q) => Some(*q),
            _ => None,
        };
        self.leaves().into_iter().filter_map(place).collect()
    }

    /// Whether it is open on a day: what a run is by then leaves more than one answer.
    #[must_use]
    pub fn is_open(&self, outcome: &Outcome, day: Date) -> bool {
        !matches!(self.known(&self.root, outcome, day, false), Known::Exactly(_))
    }

    /// Whether it reads nothing but the result of the election.
    #[must_use]
    pub fn is_of_election(&self) -> bool {
        self.reads_election() && self.leaves().iter().all(|n| of_election(n))
    }

    /// Whether it reads the result of the election.
    #[must_use]
    pub fn reads_election(&self) -> bool {
        self.leaves().iter().any(|n| of_election(n))
    }

    /// The parts that are read of a run.
    fn leaves(&self) -> Vec<&Node> {
        fn walk<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
            match node {
                Node::Constant(_) => {}
                Node::Not(inner) | Node::Negative(inner) => walk(inner, found),
                Node::Pair(left, _, right) => {
                    walk(left, found);
                    walk(right, found);
                }
                leaf => found.push(leaf),
            }
        }
        let mut found = Vec::new();
        walk(&self.root, &mut found);
        found
    }

    pub(super) fn known(&self, node: &Node, outcome: &Outcome, day: Date, over: bool) -> Known {
        let exactly = || Known::Exactly(self.value(node, outcome));
        let elected = self.elected.is_none_or(|e| e <= day);
        let formed = outcome.days.is_some();
        match node {
            Node::Constant(_) => exactly(),
            Node::Seats(_)
            | Node::SeatsIn(..)
            | Node::Votes(_)
            | Node::Turnout
            | Node::Largest
            | Node::First(_) => {
                if elected || over {
                    exactly()
                } else {
                    Known::Open
                }
            }
            Node::Days if formed => exactly(),
            Node::Stage(s) if outcome.stage_days.get(*s).is_some() => exactly(),
            Node::Days | Node::Stage(_) => Known::AtLeast(self.days_to(day) + 1.0),
            Node::GovernmentDate if formed => exactly(),
            Node::StageDay(s) if outcome.stage_days.get(*s).is_some() => exactly(),
            Node::DayOf(q) if outcome.quantities.get(*q).is_some_and(Option::is_some) => exactly(),
            Node::GovernmentDate | Node::StageDay(_) | Node::DayOf(_) => {
                Known::NotBefore(day.tomorrow().unwrap_or(Date::MAX).max(self.start))
            }
            Node::FollowedOn(at) if outcome.course.get(*at).is_some() => exactly(),
            Node::Sitting(stage, count) if !over => {
                let sitting = outcome.sittings.get(*stage).copied().flatten();
                match (sitting, count) {
                    (Some(_), Count::Present) => exactly(),
                    (Some(sitting), Count::Ballot) if sitting.votes.is_some() => exactly(),
                    (Some(sitting), Count::Held) => Known::AtLeast(f64::from(sitting.held)),
                    _ => Known::Open,
                }
            }
            Node::Failures if !formed && !over => Known::AtLeast(f64::from(outcome.failures)),
            Node::Failed(c) if !formed && !over => {
                let failed = outcome.failed.iter().any(|f| usize::from(*f) == *c);
                if failed { exactly() } else { Known::AtLeast(0.0) }
            }
            Node::Failures
            | Node::Failed(_)
            | Node::BlocSeats
            | Node::InBloc(_)
            | Node::Governs(_)
            | Node::Office(_)
            | Node::Filled
            | Node::Head(None) => {
                if formed || over {
                    exactly()
                } else {
                    Known::Open
                }
            }
            Node::Named => match outcome.failed.is_empty() && !formed && !over {
                true => Known::Open,
                false => exactly(),
            },
            Node::Head(Some(on)) => {
                let in_office = self.formed(outcome).is_some_and(|f| f <= *on);
                if in_office || *on <= day || over { exactly() } else { Known::Open }
            }
            Node::Sitting(..) => exactly(),
            // What counts days goes on past the window's end; all else is what it is then.
            Node::Quantity(q) if over && self.units.get(*q) != Some(&Unit::DaysUntil) => exactly(),
            Node::Followed(..) | Node::FollowedOn(_) if over => exactly(),
            Node::Followed(..) | Node::FollowedOn(_) => Known::Open,
            Node::Quantity(q) => self.quantity_known(*q, outcome, day),
            Node::Not(inner) => match self.known(inner, outcome, day, over) {
                Known::Exactly(Value::Truth(truth)) => Known::Exactly(Value::Truth(!truth)),
                _ => Known::Open,
            },
            Node::Negative(inner) => match self.known(inner, outcome, day, over) {
                Known::Exactly(value) => match value.counted() {
                    Value::Number(n) => Known::Exactly(Value::Number(-n)),
                    _ => Known::Open,
                },
                _ => Known::Open,
            },
            Node::Pair(left, sign, right) => {
                let of = |node| self.known(node, outcome, day, over);
                join(of(left), *sign, of(right))
            }
        }
    }

    fn quantity_known(&self, q: usize, outcome: &Outcome, day: Date) -> Known {
        let value = outcome.quantities.get(q).copied().flatten();
        let gone = day.since(self.start).map_or(0, |span| span.get_days());
        match (self.units.get(q), value) {
            (Some(Unit::DaysUntil), Some(days)) => Known::Exactly(Value::Number(f64::from(days))),
            (Some(Unit::DaysUntil), None) => Known::AtLeast(f64::from(gone) + 1.0),
            (Some(Unit::Happens | Unit::Count), Some(n)) if n >= 1.0 => match self.units.get(q) {
                Some(Unit::Happens) => Known::Exactly(Value::Number(f64::from(n))),
                _ => Known::AtLeast(f64::from(n)),
            },
            _ => Known::Open,
        }
    }
}

fn of_election(node: &Node) -> bool {
    matches!(
        node,
        Node::Seats(_)
            | Node::SeatsIn(..)
            | Node::Votes(_)
            | Node::Turnout
            | Node::Largest
            | Node::First(_)
    )
}

fn join(left: Known, sign: Sign, right: Known) -> Known {
    use Known::{AtLeast, Exactly, NotBefore, Open};
    let truth = |t| Exactly(Value::Truth(t));
    match (sign, left, right) {
        (_, Exactly(a), Exactly(b)) => Exactly(pair(a, sign, b)),
        (Sign::And, Exactly(Value::Truth(false)), _)
        | (Sign::And, _, Exactly(Value::Truth(false))) => truth(false),
        (Sign::Or, Exactly(Value::Truth(true)), _) | (Sign::Or, _, Exactly(Value::Truth(true))) => {
            truth(true)
        }
        (Sign::Add, AtLeast(a), Exactly(Value::Number(b)))
        | (Sign::Add, Exactly(Value::Number(b)), AtLeast(a)) => AtLeast(a + b),
        (Sign::Add, AtLeast(a), AtLeast(b)) => AtLeast(a + b),
        (Sign::Subtract, AtLeast(a), Exactly(Value::Number(b))) => AtLeast(a - b),
        (Sign::Subtract, NotBefore(a), Exactly(Value::Day(b))) => AtLeast(days(b, a)),
        (Sign::Add, NotBefore(a), Exactly(Value::Number(n)))
        | (Sign::Add, Exactly(Value::Number(n)), NotBefore(a)) => NotBefore(later(a, whole(n))),
        (Sign::Subtract, NotBefore(a), Exactly(Value::Number(n))) => NotBefore(later(a, -whole(n))),
        (sign, ..) if !sign.compares() => Open,
        (_, AtLeast(floor), Exactly(Value::Number(bound))) => {
            above(sign, floor.partial_cmp(&bound)).map_or(Open, truth)
        }
        (_, Exactly(Value::Number(bound)), AtLeast(floor)) => {
            above(turned(sign), floor.partial_cmp(&bound)).map_or(Open, truth)
        }
        (_, NotBefore(floor), Exactly(Value::Day(bound))) => {
            above(sign, Some(floor.cmp(&bound))).map_or(Open, truth)
        }
        (_, Exactly(Value::Day(bound)), NotBefore(floor)) => {
            above(turned(sign), Some(floor.cmp(&bound))).map_or(Open, truth)
        }
        _ => Open,
    }
}

/// What a comparison of something not below a floor comes to, by how the floor compares with the bound.
fn above(sign: Sign, floor: Option<std::cmp::Ordering>) -> Option<bool> {
    use std::cmp::Ordering::{Equal, Greater};
    match (sign, floor?) {
        (Sign::More | Sign::Unequal, Greater) | (Sign::AtLeast, Greater | Equal) => Some(true),
        (Sign::AtMost | Sign::Equal, Greater) | (Sign::Less, Greater | Equal) => Some(false),
        _ => None,
    }
}

/// The sign that says the same with its sides changed.
fn turned(sign: Sign) -> Sign {
    match sign {
        Sign::Less => Sign::More,
        Sign::AtMost => Sign::AtLeast,
        Sign::More => Sign::Less,
        Sign::AtLeast => Sign::AtMost,
        same => same,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use case::Folder;
    use jiff::ToSpan;
    use simulate::Model;
    use simulate::play::{Looks, Play};

    use super::*;

    fn toyland() -> case::Case {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
        Folder::read(&path).unwrap().build(None).case.unwrap()
    }

    #[test]
    fn what_is_settled_on_a_day_is_what_comes_true() {
        let case = toyland();
        let model = Model::new(&case).unwrap();
        let mut texts: Vec<String> = [
            "government.days > 70",
            "government.days <= 70",
            "70 < government.days",
            "government.date <= 2031-06-01",
            "not (government.date <= 2031-06-01)",
            "stage.president <= 50",
            "failures >= 2",
            "failures == 0",
            "failures + 1 >= 2",
            "failed.lind >= 1",
            "head == lind",
            "head@2031-06-01 == lind",
            "largest == reds and government.days < 90",
            "largest == reds or government.days < 90",
            "seats.reds >= 9",
            "bloc.seats >= 13",
        ]
        .map(str::to_owned)
        .to_vec();
        texts.extend(model.quantities.iter().map(|q| format!("\"{}\" >= 1", q.id)));
        texts.extend(model.quantities.iter().map(|q| format!("\"{}\" < 40", q.id)));
        let days: Vec<Date> = (1..20)
            .map(|n| model.start.saturating_add((n * 10).days()))
            .filter(|d| *d < model.end)
            .collect();
        let mut settled = 0;
        for text in &texts {
            let ask = Ask::read(text, &model).unwrap();
            assert!(ask.is_truth());
            for run in 0..40 {
                let mut seen = Vec::new();
                let mut look =
                    |at: usize, stands: &Outcome| seen.push(ask.settled(stands, days[at]));
                let looks = Some(Looks { days: &days, look: &mut look });
                let outcome = Play { looks, ..model.play(5, run) }.go().unwrap().outcome;
                let truth = ask.came_true(&outcome, model.end).unwrap();
                for (found, day) in seen.iter().zip(&days) {
                    assert!(found.is_none_or(|f| f == truth), "{text} in run {run} on {day}");
                    settled += usize::from(found.is_some());
                }
                // Once settled, always settled.
                let first = seen.iter().position(Option::is_some).unwrap_or(seen.len());
                assert!(seen[first..].iter().all(Option::is_some), "{text} in run {run}");
            }
        }
        assert!(settled > 1000, "{settled}");
    }

    #[test]
    fn days_that_passed_without_a_government_count() {
        let case = toyland();
        let model = Model::new(&case).unwrap();
        let mut outcome = model.play(1, 0).go().unwrap().outcome;
        outcome.days = None;
        let over = Ask::read("government.days > 60", &model).unwrap();
        let under = Ask::read("government.days <= 60", &model).unwrap();
        let elected = model.election_day().unwrap();
        let on = |n: i64| elected.saturating_add(n.days());
        assert_eq!(over.settled(&outcome, on(59)), None);
        assert_eq!(over.settled(&outcome, on(60)), Some(true));
        assert_eq!(under.settled(&outcome, on(60)), Some(false));
        assert_eq!(over.came_true(&outcome, model.end), Some(true));
        // A run that passed day 60 without one says the same whichever way it is asked.
        let read = |text: &str| Ask::read(text, &model).unwrap().of(&outcome);
        assert_eq!(over.of(&outcome), Value::Truth(true));
        assert_eq!(read("not (government.days <= 60)"), Value::Truth(true));
        assert_eq!(read("government.days <= 60"), Value::Truth(false));
        assert_eq!(read("government.date > 2031-06-01"), Value::Truth(true));
        // What the window's end leaves open is no, whichever way it is asked.
        for open in ["government.days > 5000", "not (government.days <= 5000)"] {
            assert_eq!(read(open), Value::Truth(false), "{open}");
        }
        for never in ["head == lind", "head != lind", "not (head == lind)"] {
            assert_eq!(read(never), Value::Truth(false), "{never}");
        }
        let late = Ask::read("government.days > 5000", &model).unwrap();
        assert_eq!(late.came_true(&outcome, model.end), Some(false));
    }
}
