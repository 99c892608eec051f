//! Dates in a sentence: phrases found by a small grammar, then set on the calendar against an anchor.
//!
//! A phrase keeps its raw words. What cannot be placed without guessing stays unplaced: "in May" in a document of unknown
//! date has no year. The grammar is English; the digits may be of any script.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Period, ToSpan};
use serde::{Deserialize, Serialize};

use crate::span::Span;
use crate::tokens::{Kind, Token};
use crate::words::words;

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
    /// Quarter of the year counted from 0 (spring is 1, winter 3) or a third: (year, first month, months).
    Part {
        year: i16,
        month: i8,
        months: i8,
    },
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

const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Every date phrase of a sentence, in order, none overlapping.
pub(crate) fn phrases(tokens: &[Token]) -> Vec<Phrase> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match Cursor(tokens).interval(i).filter(|(end, _)| *end > i) {
            Some((end, says)) => {
                let span = tokens[i].span.join(tokens[end - 1].span);
                out.push(Phrase {
                    span,
                    tokens: (i, end),
                    says,
                });
                i = end;
            }
            None => i += 1,
        }
    }
    out
}

/// A reading position: each method tries to read its phrase at token `i` and says where it ends.
struct Cursor<'a>(&'a [Token]);

type Found = Option<(usize, Says)>;

impl Cursor<'_> {
    fn word(&self, i: usize) -> &str {
        self.0.get(i).map_or("", |t| t.folded.as_str())
    }

    fn capital(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|t| t.capital)
    }

    fn month(&self, i: usize) -> Option<i8> {
        if !self.capital(i) {
            return None;
        }
        let word = self.word(i);
        let known = |(long, short): &(&str, &str)| {
            *long == word || *short == word || (word == "sept" && *short == "sep")
        };
        MONTHS
            .iter()
            .position(known)
            .and_then(|m| i8::try_from(m + 1).ok())
    }

    /// One past a month at `i`, with the stop of an abbreviation.
    fn after_month(&self, i: usize) -> usize {
        i + 1
            + usize::from(
                self.word(i).len() <= 4 && self.word(i + 1) == "." && self.word(i) != "may",
            )
    }

    fn number(&self, i: usize, low: i16, high: i16) -> Option<i16> {
        let word = self.word(i);
        if word.len() > 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        word.parse().ok().filter(|n| (low..=high).contains(n))
    }

    fn day(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let bare = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|e| word.strip_suffix(e))
            .unwrap_or(word);
        if bare.len() > 2 {
            return None;
        }
        bare.parse::<i8>().ok().filter(|d| (1..=31).contains(d))
    }

    fn year(&self, i: usize) -> Option<i16> {
        self.number(i, 1500, 2199)
            .filter(|_| self.word(i).len() == 4)
    }

    fn interval(&self, i: usize) -> Found {
        let (opening, joint) = match self.word(i) {
            "between" => (1, "and"),
            "from" => (1, "to"),
            _ => (0, ""),
        };
        if opening == 1 {
            let (end, first) = self.single(i + 1)?;
            let joins =
                self.word(end) == joint || matches!(self.word(end), "until" | "till" | "through");
            let (end, second) = self.single(end + usize::from(joins)).filter(|_| joins)?;
            return Some((end, Says::Interval(Box::new(first), Box::new(second))));
        }
        let (end, first) = self.single(i)?;
        let dash = matches!(self.word(end), "-" | "–") || self.word(end) == "to";
        if let (true, Some((last, second))) = (dash, self.single(end + 1))
            && std::mem::discriminant(&first) == std::mem::discriminant(&second)
        {
            return Some((last, Says::Interval(Box::new(first), Box::new(second))));
        }
        Some((end, first))
    }

    fn single(&self, i: usize) -> Found {
        self.iso(i)
            .or_else(|| self.month_day(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.part_of_year(i))
            .or_else(|| self.month_alone(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.ago(i))
            .or_else(|| self.year_alone(i))
    }

    /// 2025-11-18, 18/11/2025, 2025-11-04T19:28
    fn iso(&self, i: usize) -> Found {
        let word = self.word(i);
        let head = word.split('t').next().unwrap_or("");
        let parts: Vec<&str> = head.split('-').collect();
        if let [year, month, day] = parts[..]
            && year.len() == 4
            && month.len() == 2
            && day.len() == 2
        {
            let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            Date::new(year, month, day).ok()?;
            let mut end = i + 1;
            // the clock time that follows belongs to the stamp
            while self.0.get(end).is_some_and(|t| {
                t.joined && (t.kind == Kind::Number || matches!(t.folded.as_str(), ":" | "+" | "z"))
            }) {
                end += 1;
            }
            return Some((
                end,
                Says::Day {
                    year: Some(year),
                    month,
                    day,
                },
            ));
        }
        let (first, second, year) = (self.day(i)?, self.day(i + 2)?, self.year(i + 4)?);
        if self.word(i + 1) != "/" || self.word(i + 3) != "/" {
            return None;
        }
        let (day, month) = match (first > 12, second > 12) {
            (true, false) => (first, second),
            (false, true) => (second, first),
            _ => return None, // 3/4/2025 is two days
        };
        Some((
            i + 5,
            Says::Day {
                year: Some(year),
                month,
                day,
            },
        ))
    }

    fn month_day(&self, i: usize) -> Found {
        let month = self.month(i)?;
        let at = self.after_month(i);
        let day = self.day(at)?;
        Date::new(2024, month, day).ok()?;
        let comma = usize::from(self.word(at + 1) == ",");
        match self.year(at + 1 + comma) {
            Some(year) => Some((
                at + 2 + comma,
                Says::Day {
                    year: Some(year),
                    month,
                    day,
                },
            )),
            None => match self.of_year(at + 1, month) {
                Some((end, _)) => Some((
                    end,
                    Says::Day {
                        year: None,
                        month,
                        day,
                    },
                )),
                None => Some((
                    at + 1,
                    Says::Day {
                        year: None,
                        month,
                        day,
                    },
                )),
            },
        }
    }

    fn day_month(&self, i: usize) -> Found {
        let day = self.day(i)?;
        let at = i + 1 + usize::from(self.word(i + 1) == "of");
        let month = self.month(at)?;
        Date::new(2024, month, day).ok()?;
        let end = self.after_month(at);
        let comma = usize::from(self.word(end) == "," && self.year(end + 1).is_some());
        match self.year(end + comma) {
            Some(year) => Some((
                end + comma + 1,
                Says::Day {
                    year: Some(year),
                    month,
                    day,
                },
            )),
            None => Some((
                end,
                Says::Day {
                    year: None,
                    month,
                    day,
                },
            )),
        }
    }

    /// "of this year", "last year" after a month
    fn of_year(&self, i: usize, month: i8) -> Found {
        let at = i + usize::from(self.word(i) == "of");
        let years = match (self.word(at), self.word(at + 1)) {
            ("this", "year") => 0,
            ("last", "year") => -1,
            ("next", "year") => 1,
            _ => return None,
        };
        Some((at + 2, Says::MonthOf { month, years }))
    }

    fn month_alone(&self, i: usize) -> Found {
        let shift = match self.word(i) {
            "last" => Some(-1),
            "next" => Some(1),
            "this" => Some(0),
            _ => None,
        };
        if let Some(shift) = shift {
            let month = self.month(i + 1)?;
            let end = self.after_month(i + 1);
            // last March is the latest one gone by, whatever the year
            let says = if shift == 0 {
                Says::MonthOf { month, years: 0 }
            } else {
                Says::Month { year: None, month }
            };
            return Some((end, says));
        }
        let month = self.month(i)?;
        let end = self.after_month(i);
        let comma = usize::from(self.word(end) == "," && self.year(end + 1).is_some());
        if let Some(year) = self.year(end + comma) {
            return Some((
                end + comma + 1,
                Says::Month {
                    year: Some(year),
                    month,
                },
            ));
        }
        if let Some(found) = self.of_year(end, month) {
            return Some(found);
        }
        // "March" and "May" are words too: a month alone must be whole, and May needs its preposition
        let before = if i == 0 { "" } else { self.word(i - 1) };
        let placed = matches!(
            before,
            "in" | "by"
                | "since"
                | "until"
                | "till"
                | "of"
                | "and"
                | "the"
                | "early"
                | "late"
                | "mid"
                | "before"
                | "after"
                | "from"
                | "between"
                | "to"
                | "during"
                | "for"
                | "last"
                | "next"
                | "upcoming"
        );
        (placed && (self.word(i).len() > 3 || self.word(i) == "may")
            || i == 0 && self.word(i).len() > 5)
            .then_some((end, Says::Month { year: None, month }))
    }

    fn part_of_year(&self, i: usize) -> Found {
        let (word, rest) = match self.word(i).split_once('-') {
            Some((word @ ("early" | "mid" | "late"), rest)) => (word, Some(rest.to_owned())),
            _ => (self.word(i), None),
        };
        let third = |name: &str| match name {
            "early" => Some((1, 4)),
            "mid" | "middle" => Some((5, 4)),
            "late" | "end" => Some((10, 3)),
            _ => None,
        };
        if let Some((month, months)) = third(word) {
            let year = rest
                .as_deref()
                .and_then(|r| r.parse::<i16>().ok())
                .filter(|y| (1500..2200).contains(y));
            let at = i + 1 + usize::from(self.word(i + 1) == "of");
            return match (year, self.year(at)) {
                (Some(year), _) => Some((
                    i + 1,
                    Says::Part {
                        year,
                        month,
                        months,
                    },
                )),
                (None, Some(year)) if rest.is_none() => Some((
                    at + 1,
                    Says::Part {
                        year,
                        month,
                        months,
                    },
                )),
                _ => None,
            };
        }
        let (month, months) = match word {
            "spring" => (3, 3),
            "summer" => (6, 3),
            "autumn" => (9, 3),
            "winter" => (12, 3),
            _ => return None,
        };
        let at = i + 1 + usize::from(self.word(i + 1) == "of");
        let year = self.year(at)?;
        Some((
            at + 1,
            Says::Part {
                year,
                month,
                months,
            },
        ))
    }

    fn decade(&self, i: usize) -> Found {
        let word = self.word(i);
        let digits = word.strip_suffix('s')?;
        let year: i16 = digits
            .parse()
            .ok()
            .filter(|y| digits.len() == 4 && y % 10 == 0)?;
        (1500..2200)
            .contains(&year)
            .then_some((i + 1, Says::Decade(year)))
    }

    fn unit(&self, i: usize) -> Option<Unit> {
        Some(match self.word(i) {
            "day" | "days" => Unit::Day,
            "week" | "weeks" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            _ => return None,
        })
    }

    fn relative(&self, i: usize) -> Found {
        match (self.word(i), self.word(i + 1), self.word(i + 2)) {
            ("today" | "tonight", ..) => return Some((i + 1, Says::Shift(Unit::Day, 0))),
            ("yesterday", ..) => return Some((i + 1, Says::Shift(Unit::Day, -1))),
            ("tomorrow", ..) => return Some((i + 1, Says::Shift(Unit::Day, 1))),
            ("within", "hours" | "days" | "weeks", _)
            | ("hours" | "days" | "weeks", "later", _) => {
                return Some((i + 2, Says::Vague));
            }
            _ => {}
        }
        let at = i + usize::from(self.word(i) == "the");
        let shift = match self.word(at) {
            "last" | "past" | "previous" | "recent" => -1,
            "this" | "current" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let number = small_number(self.word(at + 1));
        if let (Some(n), Some(unit), true) = (number, self.unit(at + 2), shift < 0) {
            return Some((at + 3, Says::Past(unit, n)));
        }
        let unit = self.unit(at + 1)?;
        let plural = self.word(at + 1).ends_with('s');
        if plural || self.word(at) == "past" || self.word(at) == "recent" {
            return (shift < 0).then_some((
                at + 2,
                if plural {
                    Says::Vague
                } else {
                    Says::Past(unit, 1)
                },
            ));
        }
        if at > i && shift != 0 {
            // "the last year" runs up to now
            return (shift < 0).then_some((at + 2, Says::Past(unit, 1)));
        }
        (unit != Unit::Day).then_some((at + 2, Says::Shift(unit, shift)))
    }

    fn weekday(&self, i: usize) -> Found {
        let (at, last, next) = match self.word(i) {
            "last" => (i + 1, true, false),
            "next" => (i + 1, false, true),
            "this" => (i + 1, false, false),
            _ => (i, false, false),
        };
        if !self.capital(at) {
            return None;
        }
        let day = WEEKDAYS
            .iter()
            .find(|(name, _)| *name == self.word(at))
            .map(|(_, day)| *day)?;
        Some((at + 1, Says::Weekday { day, last, next }))
    }

    fn ago(&self, i: usize) -> Found {
        let n = small_number(self.word(i)).or_else(|| self.number(i, 1, 500).map(i32::from))?;
        let unit = self.unit(i + 1)?;
        match self.word(i + 2) {
            "ago" | "earlier" => Some((i + 3, Says::Shift(unit, -n))),
            _ => None,
        }
    }

    fn year_alone(&self, i: usize) -> Found {
        let year = self.year(i)?;
        let before = if i == 0 { "" } else { self.word(i - 1) };
        let placed = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "of"
                | "the"
                | "during"
                | "from"
                | "before"
                | "after"
                | "between"
                | "and"
                | "for"
                | "("
                | "to"
                | "through"
                | "around"
        );
        let counted = self
            .0
            .get(i + 1)
            .is_some_and(|t| t.is_word() && !words().closed.contains_key(t.folded.as_str()))
            && !matches!(before, "in" | "since" | "the" | "by");
        (placed && !counted && (1800..2100).contains(&year)).then_some((i + 1, Says::Year(year)))
    }
}

/// One to twelve in words, and a few more.
fn small_number(word: &str) -> Option<i32> {
    const NAMES: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let found = NAMES
        .iter()
        .position(|n| *n == word)
        .and_then(|n| i32::try_from(n).ok());
    found.or(match word {
        "a" | "an" => Some(1),
        "couple" => Some(2),
        "several" | "few" => None,
        _ => word.parse().ok().filter(|n| (1..=500).contains(n)),
    })
}

/// Sets what a phrase says on the calendar. `ahead` tells that the sentence looks forward.
pub(crate) fn place(says: &Says, today: Option<Today>, ahead: bool) -> (Option<When>, Anchor) {
    let explicit = |when: Option<When>| (when, Anchor::Explicit);
    let reckoned = |when: Option<When>| {
        let anchor = if when.is_some() {
            Anchor::Document
        } else {
            Anchor::None
        };
        (when, anchor)
    };
    match says {
        Says::Day {
            year: Some(year),
            month,
            day,
        } => explicit(Date::new(*year, *month, *day).ok().map(one_day)),
        Says::Day {
            year: None,
            month,
            day,
        } => reckoned(today.and_then(|t| {
            let year = near_year(t, *month, Some(*day), ahead)?;
            Date::new(year, *month, *day).ok().map(one_day)
        })),
        Says::Month {
            year: Some(year),
            month,
        } => explicit(month_of(*year, *month)),
        Says::Month { year: None, month } => {
            reckoned(today.and_then(|t| month_of(near_year(t, *month, None, ahead)?, *month)))
        }
        Says::MonthOf { month, years } => reckoned(today.and_then(|t| {
            let year = t.date.year().checked_add(i16::try_from(*years).ok()?)?;
            month_of(year, *month)
        })),
        Says::Year(year) => explicit(months(*year, 1, 12, Precision::Year)),
        Says::Decade(year) => explicit(decade_of(*year)),
        Says::Part {
            year,
            month,
            months: n,
        } => explicit(months(*year, *month, *n, Precision::Season)),
        Says::Weekday { day, last, next } => reckoned(today.filter(|t| t.exact).and_then(|t| {
            let date = if *next || (ahead && !*last && t.date.weekday() != *day) {
                t.date.nth_weekday(1, *day).ok()?
            } else if t.date.weekday() == *day && !*last {
                t.date
            } else {
                t.date.nth_weekday(-1, *day).ok()?
            };
            Some(one_day(date))
        })),
        Says::Shift(unit, n) => reckoned(today.and_then(|t| shifted(t, *unit, *n))),
        Says::Past(unit, n) => reckoned(today.filter(|t| t.exact || *unit != Unit::Day).and_then(
            |t| {
                let from = t.date.checked_sub(period(*unit, *n)).ok()?;
                Some(When {
                    from,
                    to: t.date,
                    precision: Precision::Interval,
                })
            },
        )),
        Says::Interval(first, second) => {
            let (second, anchor) = place(second, today, ahead);
            let inherited = match (first.as_ref(), second) {
                // "between March and May 2024": the year is said once
                (Says::Month { year: None, month }, Some(w)) => month_of(w.to.year(), *month),
                (
                    Says::Day {
                        year: None,
                        month,
                        day,
                    },
                    Some(w),
                ) => Date::new(w.to.year(), *month, *day).ok().map(one_day),
                _ => place(first, today, ahead).0,
            };
            match (inherited, second) {
                (Some(a), Some(b)) if a.from <= b.to => (
                    Some(When {
                        from: a.from,
                        to: b.to,
                        precision: Precision::Interval,
                    }),
                    anchor,
                ),
                _ => (None, Anchor::None),
            }
        }
        Says::Vague => (None, Anchor::None),
    }
}

fn one_day(date: Date) -> When {
    When {
        from: date,
        to: date,
        precision: Precision::Day,
    }
}

fn month_of(year: i16, month: i8) -> Option<When> {
    months(year, month, 1, Precision::Month)
}

fn months(year: i16, month: i8, n: i8, precision: Precision) -> Option<When> {
    let from = Date::new(year, month, 1).ok()?;
    let to = from
        .checked_add(i32::from(n).months())
        .ok()?
        .yesterday()
        .ok()?;
    Some(When {
        from,
        to,
        precision,
    })
}

fn decade_of(year: i16) -> Option<When> {
    let (from, to) = (
        Date::new(year, 1, 1).ok()?,
        Date::new(year.checked_add(9)?, 12, 31).ok()?,
    );
    Some(When {
        from,
        to,
        precision: Precision::Decade,
    })
}

/// The year a bare month or day belongs to: the latest gone by, or the next to come where the sentence looks forward.
fn near_year(today: Today, month: i8, day: Option<i8>, ahead: bool) -> Option<i16> {
    let now = (
        today.date.month(),
        if today.exact {
            day.map(|_| today.date.day())
        } else {
            None
        },
    );
    let then = (month, if now.1.is_some() { day } else { None });
    let year = today.date.year();
    if ahead {
        if then < now {
            year.checked_add(1)
        } else {
            Some(year)
        }
    } else if then > now {
        year.checked_sub(1)
    } else {
        Some(year)
    }
}

fn period(unit: Unit, n: i32) -> Period {
    match unit {
        Unit::Day => n.days(),
        Unit::Week => n.weeks(),
        Unit::Month => n.months(),
        Unit::Year => n.years(),
        Unit::Decade => (n.saturating_mul(10)).years(),
    }
}

fn shifted(today: Today, unit: Unit, n: i32) -> Option<When> {
    let date = today.date.checked_add(period(unit, n)).ok()?;
    match unit {
        Unit::Day => today.exact.then(|| one_day(date)),
        Unit::Week => {
            if !today.exact {
                return None;
            }
            let back = i32::from(date.weekday().to_monday_zero_offset());
            let from = date.checked_sub(back.days()).ok()?;
            let to = from.checked_add(6.days()).ok()?;
            // this week, said on a Friday, has not reached its Sunday
            let to = if n == 0 {
                to.min(today.date.max(from))
            } else {
                to
            };
            Some(When {
                from,
                to,
                precision: Precision::Week,
            })
        }
        Unit::Month => month_of(date.year(), date.month()),
        Unit::Year => months(date.year(), 1, 12, Precision::Year),
        Unit::Decade => decade_of(date.year() - date.year().rem_euclid(10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn read(text: &str, ahead: bool) -> Vec<(String, Option<String>)> {
        let today = Today {
            date: Date::new(2025, 12, 12).unwrap(),
            exact: true,
        };
        phrases(&tokens(text, Span::whole(text)))
            .iter()
            .map(|p| {
                let when = place(&p.says, Some(today), ahead).0;
                (
                    p.span.of(text).to_owned(),
                    when.map(|w| format!("{}..{}", w.from, w.to)),
                )
            })
            .collect()
    }

    #[test]
    fn phrases_are_found_and_set_on_the_calendar() {
        for (text, phrase, expected) in [
            (
                "On November 18, he left.",
                "November 18",
                "2025-11-18..2025-11-18",
            ),
            (
                "agreed in June of this year",
                "June of this year",
                "2025-06-01..2025-06-30",
            ),
            (
                "fell on December 8, 2024.",
                "December 8, 2024",
                "2024-12-08..2024-12-08",
            ),
            (
                "on 3 June 2020 he came",
                "3 June 2020",
                "2020-06-03..2020-06-03",
            ),
            (
                "he said last month that",
                "last month",
                "2025-11-01..2025-11-30",
            ),
            ("This week, they met", "This week", "2025-12-08..2025-12-12"),
            ("on Tuesday they met", "Tuesday", "2025-12-09..2025-12-09"),
            ("on Friday they met", "Friday", "2025-12-12..2025-12-12"),
            (
                "the summer of 2014",
                "summer of 2014",
                "2014-06-01..2014-08-31",
            ),
            ("in late 2023 they", "late 2023", "2023-10-01..2023-12-31"),
            ("a war in the 1980s", "1980s", "1980-01-01..1989-12-31"),
            ("two years ago", "two years ago", "2023-01-01..2023-12-31"),
            (
                "the last two years of war",
                "the last two years",
                "2023-12-12..2025-12-12",
            ),
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
            (
                "2025-11-04T19:28:12+00:00",
                "2025-11-04T19:28:12+00:00",
                "2025-11-04..2025-11-04",
            ),
            ("on 18/11/2025", "18/11/2025", "2025-11-18..2025-11-18"),
        ] {
            assert_eq!(
                read(text, false),
                [(phrase.to_owned(), Some(expected.to_owned()))],
                "{text}"
            );
        }
        assert_eq!(
            read("elections in May", true)[0].1.as_deref(),
            Some("2026-05-01..2026-05-31")
        );
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
        assert_eq!(
            place(
                &Says::Month {
                    year: None,
                    month: 5
                },
                None,
                false
            ),
            (None, Anchor::None)
        );
    }
}
