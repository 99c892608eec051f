//! The grammar of date phrases: the cursor, and dates that name day or month.

use jiff::civil::{Date, Weekday};

use super::{Phrase, Says, phrases_by};
use crate::tokens::{Kind, Token};

pub(super) const MONTHS: [(&str, &str); 12] = [
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

pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
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
    phrases_by(tokens, |i| Cursor(tokens).interval(i))
}

/// A reading position: each method tries to read its phrase at token `i` and says where it ends.
pub(super) struct Cursor<'a>(pub(super) &'a [Token]);

pub(super) type Found = Option<(usize, Says)>;

impl Cursor<'_> {
    pub(super) fn word(&self, i: usize) -> &str {
        self.0.get(i).map_or("", |t| t.folded.as_str())
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|t| t.capital)
    }

    pub(super) fn month(&self, i: usize) -> Option<i8> {
        if !self.capital(i) {
            return None;
        }
        let word = self.word(i);
        let known = |(long, short): &(&str, &str)| {
            *long == word || *short == word || (word == "sept" && *short == "sep")
        };
        MONTHS.iter().position(known).and_then(|m| i8::try_from(m + 1).ok())
    }

    /// One past a month at `i`, with the stop of an abbreviation.
    pub(super) fn after_month(&self, i: usize) -> usize {
        i + 1
            + usize::from(
                self.word(i).len() <= 4 && self.word(i + 1) == "." && self.word(i) != "may",
            )
    }

    pub(super) fn number(&self, i: usize, low: i16, high: i16) -> Option<i16> {
        let word = self.word(i);
        if word.len() > 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        word.parse().ok().filter(|n| (low..=high).contains(n))
    }

    pub(super) fn day(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let bare =
            ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e)).unwrap_or(word);
        if bare.len() > 2 {
            return None;
        }
        bare.parse::<i8>().ok().filter(|d| (1..=31).contains(d))
    }

    pub(super) fn year(&self, i: usize) -> Option<i16> {
        self.number(i, 1500, 2199).filter(|_| self.word(i).len() == 4)
    }

    pub(super) fn interval(&self, i: usize) -> Found {
        let (opening, joint) = match self.word(i) {
            "between" => (1, "and"),
            "from" => (1, "to"),
            _ => (0, ""),
        };
        if let Some(found) = self.days_of_month(i + opening, opening == 1) {
            return Some(found);
        }
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

    /// "3 and 9 May", "6 to 12 November 2034", "3-9 May", "May 3-9": two days of one month.
    fn days_of_month(&self, i: usize, opened: bool) -> Found {
        let pair = |i: usize| -> Option<(usize, i8, i8)> {
            if let Some((a, b)) = self.word(i).split_once('-') {
                let day = |s: &str| s.parse::<i8>().ok().filter(|d| (1..=31).contains(d));
                return Some((i + 1, day(a)?, day(b)?));
            }
            let joint = matches!(self.word(i + 1), "to" | "-" | "–" | "until" | "through")
                || opened && self.word(i + 1) == "and";
            Some((i + 3, self.day(i).filter(|_| joint)?, self.day(i + 2)?))
        };
        let (end, month, first, last) = match self.month(i) {
            Some(month) => {
                let (end, first, last) = pair(self.after_month(i))?;
                (end, month, first, last)
            }
            None => {
                let (end, first, last) = pair(i)?;
                let month = self.month(end)?;
                (self.after_month(end), month, first, last)
            }
        };
        Date::new(2024, month, last).ok().filter(|_| first < last)?;
        let comma = usize::from(self.word(end) == "," && self.year(end + 1).is_some());
        let year = self.year(end + comma);
        let end = if year.is_some() { end + comma + 1 } else { end };
        let day = |day: i8| Box::new(Says::Day { year, month, day });
        Some((end, Says::Interval(day(first), day(last))))
    }

    pub(super) fn single(&self, i: usize) -> Found {
        self.iso(i)
            .or_else(|| self.month_day(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.part_of_month(i))
            .or_else(|| self.part_of_year(i))
            .or_else(|| self.later(i))
            .or_else(|| self.month_alone(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.ago(i))
            .or_else(|| self.year_alone(i))
    }

    /// 2025-11-18, 18/11/2025, 2025-11-04T19:28
    pub(super) fn iso(&self, i: usize) -> Found {
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
            return Some((end, Says::Day { year: Some(year), month, day }));
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
        Some((i + 5, Says::Day { year: Some(year), month, day }))
    }

    pub(super) fn month_day(&self, i: usize) -> Found {
        let month = self.month(i)?;
        let at = self.after_month(i);
        let day = self.day(at)?;
        Date::new(2024, month, day).ok()?;
        let comma = usize::from(self.word(at + 1) == ",");
        match self.year(at + 1 + comma) {
            Some(year) => Some((at + 2 + comma, Says::Day { year: Some(year), month, day })),
            None => match self.of_year(at + 1, month) {
                Some((end, _)) => Some((end, Says::Day { year: None, month, day })),
                None => Some((at + 1, Says::Day { year: None, month, day })),
            },
        }
    }

    pub(super) fn day_month(&self, i: usize) -> Found {
        let day = self.day(i)?;
        let at = i + 1 + usize::from(self.word(i + 1) == "of");
        let month = self.month(at)?;
        Date::new(2024, month, day).ok()?;
        let end = self.after_month(at);
        let comma = usize::from(self.word(end) == "," && self.year(end + 1).is_some());
        match self.year(end + comma) {
            Some(year) => Some((end + comma + 1, Says::Day { year: Some(year), month, day })),
            None => Some((end, Says::Day { year: None, month, day })),
        }
    }

    /// "of this year", "last year" after a month
    pub(super) fn of_year(&self, i: usize, month: i8) -> Found {
        let at = i + usize::from(self.word(i) == "of");
        let years = match (self.word(at), self.word(at + 1)) {
            ("this", "year") => 0,
            ("last", "year") => -1,
            ("next", "year") => 1,
            _ => return None,
        };
        Some((at + 2, Says::MonthOf { month, years }))
    }
}

/// One to twelve in words, and a few more.
pub(super) fn small_number(word: &str) -> Option<i32> {
    const NAMES: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let found = NAMES.iter().position(|n| *n == word).and_then(|n| i32::try_from(n).ok());
    found.or(match word {
        "a" | "an" => Some(1),
        "couple" => Some(2),
        "several" | "few" => None,
        _ => word.parse().ok().filter(|n| (1..=500).contains(n)),
    })
}
