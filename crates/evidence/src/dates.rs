//! Dates in a sentence: phrases found by a small grammar, then set on the calendar against an
//! anchor.
//!
//! A phrase keeps its raw words. What cannot be placed without guessing stays unplaced: "in May" in
//! a document of unknown date has no year. The grammar here is English; the digits may be of any script.

mod calendar;
mod context;
mod grammar;
mod loose;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::foreign::Calendar;
use crate::span::Span;
use crate::tokens::Token;

pub(crate) use calendar::{bare_year, place};
pub(crate) use context::{Around, Placed, Told};
pub(crate) use grammar::phrases;

/// How finely a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// One day.
    Day,
    /// A week.
    Week,
    /// A calendar month.
    Month,
    /// A season, a quarter, or the early, middle or late part of a year.
    Season,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// Between two stated ends.
    Interval,
}

/// What a date was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// The phrase says it in full.
    Explicit,
    /// Reckoned from the document's date.
    Document,
    /// Reckoned from the latest month the text names, for want of a date: the year is a guess.
    Inferred,
    /// Reckoned from a date the text tells before it: "two days later".
    Text,
    /// Left open: no anchor was known.
    None,
}

/// A stretch of the calendar, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How finely it is known.
    pub precision: Precision,
}

/// Where a document stands in time, for reckoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Today {
    pub(crate) date: Date,
    /// The day itself is known, not the month only.
    pub(crate) exact: bool,
}

/// A phrase and what it says before reckoning.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) span: Span,
    /// First token and one past the last.
    pub(crate) tokens: (usize, usize),
    pub(crate) says: Says,
}

/// Every phrase of a sentence in order, none overlapping: `read` gives one past the phrase that begins at a token, if one
/// does, and what it says.
pub(crate) fn phrases_by(
    tokens: &[Token],
    read: impl Fn(usize) -> Option<(usize, Says)>,
) -> Vec<Phrase> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match read(i).filter(|(end, _)| *end > i) {
            Some((end, says)) => {
                let span = tokens[i].span.join(tokens[end - 1].span);
                out.push(Phrase { span, tokens: (i, end), says });
                i = end;
            }
            None => i += 1,
        }
    }
    out
}

/// What a phrase says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Says {
    Day {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    Month {
        year: Option<i16>,
        month: i8,
    },
    Year(i16),
    Decade(i16),
    /// Quarter of the year counted from 0 (spring is 1, winter 3) or a third: (year, first month,
    /// months).
    Part {
        year: i16,
        month: i8,
        months: i8,
    },
    /// A season, quarter or half of this year (0) or another, or of the year that lies nearest.
    PartOf {
        month: i8,
        months: i8,
        years: Option<i32>,
    },
    /// The first, second or last ten days or so of a month.
    PartOfMonth {
        year: Option<i16>,
        month: i8,
        third: i8,
    },
    /// Whole units after (or before) a date told earlier: "two days later".
    Later(Unit, i32),
    /// From the evening before to the day itself.
    Overnight,
    /// The latest Saturday and Sunday, or those of weeks after.
    Weekend(i32),
    Weekday {
        day: Weekday,
        last: bool,
        next: bool,
    },
    /// Whole units from now: last month is (Month, -1).
    Shift(Unit, i32),
    /// A month of a shifted year: June of this year, last June.
    MonthOf {
        month: i8,
        years: i32,
    },
    /// The latest n units up to now.
    Past(Unit, i32),
    Interval(Box<Says>, Box<Says>),
    /// A year, month or day of another calendar.
    OfCalendar {
        calendar: Calendar,
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    },
    /// Clock words that need another event: "within hours".
    Vague,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn read(text: &str, ahead: bool) -> Vec<(String, Option<String>)> {
        let today = Today { date: Date::new(2025, 12, 12).unwrap(), exact: true };
        phrases(&tokens(text, Span::whole(text)))
            .iter()
            .map(|p| {
                let when = place(&p.says, Some(today), ahead).0;
                (p.span.of(text).to_owned(), when.map(|w| format!("{}..{}", w.from, w.to)))
            })
            .collect()
    }

    #[test]
    fn phrases_are_found_and_set_on_the_calendar() {
        for (text, phrase, expected) in [
            ("On November 18, he left.", "November 18", "2025-11-18..2025-11-18"),
            ("agreed in June of this year", "June of this year", "2025-06-01..2025-06-30"),
            ("fell on December 8, 2024.", "December 8, 2024", "2024-12-08..2024-12-08"),
            ("on 3 June 2020 he came", "3 June 2020", "2020-06-03..2020-06-03"),
            ("he said last month that", "last month", "2025-11-01..2025-11-30"),
            ("This week, they met", "This week", "2025-12-08..2025-12-12"),
            ("on Tuesday they met", "Tuesday", "2025-12-09..2025-12-09"),
            ("on Friday they met", "Friday", "2025-12-12..2025-12-12"),
            ("the summer of 2014", "summer of 2014", "2014-06-01..2014-08-31"),
            ("in late 2023 they", "late 2023", "2023-10-01..2023-12-31"),
            ("a war in the 1980s", "1980s", "1980-01-01..1989-12-31"),
            ("two years ago", "two years ago", "2023-01-01..2023-12-31"),
            ("the last two years of war", "the last two years", "2023-12-12..2025-12-12"),
            ("visited in August", "August", "2025-08-01..2025-08-31"),
            ("since 2022.", "2022", "2022-01-01..2022-12-31"),
            (
                "Between March and May 2024 it",
                "Between March and May 2024",
                "2024-03-01..2024-05-31",
            ),
            (
                "between September 2024 and September 2025",
                "between September 2024 and September 2025",
                "2024-09-01..2025-09-30",
            ),
            ("2025-11-04T19:28:12+00:00", "2025-11-04T19:28:12+00:00", "2025-11-04..2025-11-04"),
            ("on 18/11/2025", "18/11/2025", "2025-11-18..2025-11-18"),
            ("between 3 and 9 May", "between 3 and 9 May", "2025-05-03..2025-05-09"),
            ("from 6 to 12 November 2024,", "from 6 to 12 November 2024", "2024-11-06..2024-11-12"),
            ("from 2014 to 2017.", "from 2014 to 2017", "2014-01-01..2017-12-31"),
            ("on May 3-9, 2025", "May 3-9, 2025", "2025-05-03..2025-05-09"),
            ("in late August the", "late August", "2025-08-21..2025-08-31"),
            ("in early July 2024 the", "early July 2024", "2024-07-01..2024-07-10"),
            ("until the end of October.", "the end of October", "2025-10-21..2025-10-31"),
            ("in the second quarter of 2023", "second quarter of 2023", "2023-04-01..2023-06-30"),
            ("in the first half of 2023", "first half of 2023", "2023-01-01..2023-06-30"),
            ("last summer they", "last summer", "2025-06-01..2025-08-31"),
            ("over the past six months", "the past six months", "2025-06-12..2025-12-12"),
            ("shelled overnight", "overnight", "2025-12-11..2025-12-12"),
            ("Last night our", "Last night", "2025-12-11..2025-12-11"),
            ("this morning he", "this morning", "2025-12-12..2025-12-12"),
            ("in the early 1990s", "early 1990s", "1990-01-01..1993-12-31"),
        ] {
            assert_eq!(
                read(text, false),
                [(phrase.to_owned(), Some(expected.to_owned()))],
                "{text}"
            );
        }
        assert_eq!(read("elections in May", true)[0].1.as_deref(), Some("2026-05-01..2026-05-31"));
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in [
            "He may march on.",
            "won 27 seats",
            "1,600 people",
            "3/4/2025",
            "2000 troops left",
            "a second reading",
        ] {
            assert_eq!(read(text, false), [], "{text}");
        }
    }

    #[test]
    fn without_an_anchor_a_bare_month_stays_open() {
        assert_eq!(place(&Says::Month { year: None, month: 5 }, None, false), (None, Anchor::None));
    }
}
