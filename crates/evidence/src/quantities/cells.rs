//! Numbers and units in the cells of a table, and the unit that a heading gives to the cells under it.

use super::number::{number_with_sign, plural_scale, range_of, scale};
use super::{bound_before, listed, units};
use crate::chunks::{Clauses, reads_as_people};
use crate::dates::phrases;
use crate::records::Bound;
use crate::span::Span;
use crate::tagging::tag;
use crate::tokens::{Kind, Token, tokens};
use crate::words::{Tag, singular, words};

/// More words than these are running text.
const MOST_WORDS: usize = 12;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Number,
    /// Four figures that may be a year.
    Year,
    Day,
    Words,
    Running,
}

pub(crate) fn sort(text: &str, cell: Span) -> Sort {
    let list = tokens(text, cell);
    let is_year = |t: &Token| {
        t.kind == Kind::Number
            && t.folded.len() == 4
            && t.folded.parse::<u16>().is_ok_and(|y| (1500..2100).contains(&y))
    };
    if matches!(&list[..], [only] if is_year(only)) {
        return Sort::Year;
    }
    let dated = phrases(&list);
    if matches!(&dated[..], [only] if only.tokens == (0, list.len())) {
        return Sort::Day;
    }
    if amount(text, cell).is_some() {
        return Sort::Number;
    }
    let count = list.iter().filter(|t| t.is_word()).count();
    if count > MOST_WORDS { Sort::Running } else { Sort::Words }
}

/// The number of a cell, with its unit where the cell has one.
pub(crate) struct Amount {
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) bound: Bound,
    pub(crate) unit: Option<&'static str>,
}

/// Runs `read` on the words of a span, none of which counts as a date.
fn within<T>(text: &str, span: Span, read: impl FnOnce(&Clauses<'_>) -> T) -> T {
    let tokens = tokens(text, span);
    let (tags, dated) = (tag(&tokens), vec![false; tokens.len()]);
    read(&Clauses { text, tokens: &tokens, tags: &tags, dated: &dated })
}

/// Reads a cell that holds a number and nothing else but its sign, unit, bound and notes.
pub(crate) fn amount(text: &str, cell: Span) -> Option<Amount> {
    within(text, cell, |c| {
        let first = (0..c.tokens.len().min(4)).find(|i| number_with_sign(c, *i).is_some())?;
        let (mut number, mut money) = number_with_sign(c, first)?;
        let (start, bound) = bound_before(c, first);
        let minus = start == 1 && matches!(c.word(0), "-" | "−" | "–");
        let approximate = start == 1 && matches!(c.word(0), "~" | "≈");
        if start > 0 && !minus && !approximate {
            return None;
        }
        // "12 500": thousands parted by a space
        let three = |i: usize| {
            c.tokens.get(i).filter(|t| t.kind == Kind::Number && t.folded.len() == 3)?;
            c.word(i).parse::<f64>().ok()
        };
        while let (Some(n), Some(more)) =
            (number.value.filter(|n| n.fract() == 0.0), three(number.end))
        {
            number.value = Some(n * 1e3 + more);
            number.end += 1;
        }
        let mut end = number.end;
        let sign = if minus { -1.0 } else { 1.0 };
        let value = number.value.map(|v| v * sign);
        let mut out = (value, number.low.or(value), value);
        let mut bound = if approximate { Bound::About } else { bound };
        if matches!(c.word(end), "-" | "–")
            && !minus
            && let Some((to, _)) = number_with_sign(c, end + 1)
        {
            (out, bound, end) = (range_of(number, to), Bound::Between, to.end);
        }
        let pair = format!("{}_{}", c.word(end), c.word(end + 1));
        if let Some(unit) = units().get(pair.as_str()) {
            (money, end) = (Some(unit.name), end + 2);
        } else if let Some(unit) = units().get(c.word(end)) {
            (money, end) = (Some(unit.name), end + 1);
        }
        // a note: "46 [2]", "46*"
        let note = |i: usize| {
            matches!(c.tag(i), Some(Tag::Punct))
                || i > 0 && matches!(c.word(i - 1), "[" | "(") && matches!(c.word(i + 1), "]" | ")")
        };
        (end..c.tokens.len()).all(note).then_some(Amount {
            value: out.0,
            low: out.1.filter(|_| bound != Bound::AtMost),
            high: out.2.filter(|_| bound != Bound::AtLeast),
            bound,
            unit: money,
        })
    })
}

/// What a heading says of the numbers under it or behind it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    pub(crate) unit: String,
    /// "Million", "in thousands".
    pub(crate) scale: f64,
    /// A unit of measure, and not the noun counted.
    pub(crate) measure: bool,
    /// The noun counted is a plural.
    pub(crate) plural: bool,
    /// It has words besides its unit.
    pub(crate) more: bool,
}

/// Reads a unit, or the noun counted, from a heading; none of a day.
pub(crate) fn heading(text: &str, span: Span) -> Option<Heading> {
    if matches!(sort(text, span), Sort::Year | Sort::Day) {
        return None;
    }
    within(text, span, |c| {
        let (mut times, mut unit, mut of_unit) = (1.0, None, 0);
        let mut i = 0;
        while i < c.tokens.len() {
            let pair = format!("{}_{}", c.word(i), c.word(i + 1));
            if let Some(factor) = scale(c.word(i)).or_else(|| plural_scale(c.word(i))) {
                times *= factor;
                of_unit += 1;
            } else if let Some(found) = units().get(pair.as_str()) {
                (unit, i, of_unit) = (Some(found), i + 1, of_unit + 2);
            } else if let Some(found) = units().get(c.word(i)).filter(|u| u.family != "time") {
                (unit, of_unit) = (Some(found), of_unit + 1);
            }
            i += 1;
        }
        let letters = (0..c.tokens.len()).filter(|i| c.tokens[*i].is_word()).count();
        let more = letters > of_unit;
        if let Some(found) = unit {
            let measure = !matches!(found.family, "count" | "people");
            return Some(Heading {
                unit: found.name.to_owned(),
                scale: times,
                measure,
                plural: true,
                more,
            });
        }
        let open = (0..c.tokens.len()).find(|i| c.word(*i) == "(").unwrap_or(c.tokens.len());
        let last = (0..open).rev().find(|i| c.tokens[*i].is_word())?;
        let one = singular(c.word(last));
        let people = words().people.contains(one.as_str()) && one != c.word(last)
            || reads_as_people(c.word(last))
            || listed("states", c.word(last));
        let plural = one != c.word(last);
        let unit = if people && !listed("bodies", &one) { "persons".to_owned() } else { one };
        Some(Heading { unit, scale: times, measure: false, plural, more })
    })
}

/// A heading over years, months or days.
pub(crate) fn is_of_time(text: &str, span: Span) -> bool {
    within(text, span, |c| {
        let time = |i: usize| {
            c.word(i) == "date" || units().get(c.word(i)).is_some_and(|u| u.family == "time")
        };
        (0..c.tokens.len()).any(time)
    })
}

/// A heading over the numbers of the rows themselves.
pub(crate) fn is_rank(text: &str, span: Span) -> bool {
    within(text, span, |c| listed("ranks", c.word(0)))
}
