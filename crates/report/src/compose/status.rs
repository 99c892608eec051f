//! Where a matter stands on the date of the brief: in force since, lapsed on, taken back on, not yet put forward. A
//! judgement speaks from there, and never of a settled matter as of an open one.

use case::Case;
use case::choice::{Decided, Decision};
use case::decision::{Bill, BillKind};
use case::economy::Waiver;

use super::{Findings, words};

/// Where a matter stands.
pub(super) struct Status {
    /// In words that follow "today": "not in force since 8 March 2025".
    pub words: String,
}

/// Of a decision: what was decided last, or how things stood before anything was.
pub(super) fn decision(case: &Case, decision: &Decision) -> Status {
    let of = |d: &&Decided| d.decision.get_ref() == decision.id.get_ref() && d.date <= case.as_of;
    match case.decided.iter().filter(of).max_by_key(|d| d.date) {
        Some(last) => Status {
            words: format!("“{}” since {}", last.alternative.get_ref(), words::date(last.date)),
        },
        None => Status {
            words: format!("“{}”; nothing has been decided yet", decision.status.get_ref()),
        },
    }
}

/// Of a bill or a decree. One that may come again was not passed when it was settled.
pub(super) fn bill(bill: &Bill) -> Status {
    let decree = bill.kind == BillKind::Decree;
    let words = match (bill.proposed, bill.settled) {
        (None, None) if decree => "not issued".to_owned(),
        (None, None) => "not put forward yet".to_owned(),
        (Some(day), None) if decree => format!("issued on {}", words::date(day)),
        (Some(day), None) => format!("before the assembly since {}", words::date(day)),
        (from, Some(day)) if decree => match from.filter(|from| *from != day) {
            Some(from) => format!(
                "not in force: issued on {}, taken back on {}",
                words::date(from),
                words::date(day)
            ),
            None => format!("not in force: issued and taken back on {}", words::date(day)),
        },
        (Some(from), Some(day)) => format!(
            "not in force: put forward on {}, off the agenda since {}",
            words::date(from),
            words::date(day)
        ),
        (None, Some(day)) => format!("not in force: off the agenda since {}", words::date(day)),
    };
    Status { words }
}

/// Of a waiver.
pub(super) fn waiver(case: &Case, waiver: &Waiver) -> Status {
    let day = case.as_of;
    if let Some(last) = waiver.expires(day) {
        return Status { words: format!("in force until {}", words::date(last)) };
    }
    match waiver.grants.iter().map(|g| g.to).filter(|to| *to < day).max() {
        Some(to) => {
            Status { words: format!("lapsed on {} and not granted since", words::date(to)) }
        }
        None => Status { words: "never granted".to_owned() },
    }
}

/// Of the head of government.
pub(super) fn head(findings: &Findings<'_>) -> Status {
    let case = findings.model.case;
    let known = case.formed.iter().filter(|f| f.confidence <= case.as_of);
    let last = known.max_by_key(|f| f.confidence);
    let pending = findings.forms() && case.formation_pending();
    let words = match last {
        Some(formed) if pending => format!(
            "{} stays on until the next government; in office since {}",
            formed.head,
            words::date(formed.confidence)
        ),
        Some(formed) => format!("{} since {}", formed.head, words::date(formed.confidence)),
        None => "open".to_owned(),
    };
    Status { words }
}

/// When a decision comes up.
pub(super) fn due(case: &Case, decision: &Decision) -> Option<String> {
    match decision.day {
        Some(day) => Some(format!("due on {}", words::date(day))),
        None => comes_up(decision.hazard.as_ref().map(|h| case.belief(h).value)),
    }
}

/// How often something comes up: a rate in a year in words.
pub(super) fn comes_up(rate: Option<f64>) -> Option<String> {
    let every = |n: f64, one: &str, many: &str| match n.round() {
        n if many == "months" && n == 12.0 => {
            "may come up in any week, about once in a year".to_owned()
        }
        n if n <= 1.0 => format!("may come up in any week, about once in {one}"),
        n => format!("may come up in any week, about once in {n} {many}"),
    };
    match rate? {
        rate if rate <= 0.0 => None,
        rate if rate < 0.9 => Some(every(1.0 / rate, "a year", "years")),
        rate => Some(every(12.0 / rate, "a month", "months")),
    }
}
