//! Looser date phrases: months alone, parts of years, decades, weekdays, "last month", "two years
//! ago".

use super::grammar::{Cursor, Found, WEEKDAYS, small_number};
use super::{Says, Unit};
use crate::words::{rows, singular, words};

impl Cursor<'_> {
    pub(super) fn month_alone(&self, i: usize) -> Found {
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
            return Some((end + comma + 1, Says::Month { year: Some(year), month }));
        }
        if let Some(found) = self.of_year(end, month) {
            return Some(found);
        }
        // "March" and "May" are words too: a month alone must be whole, and May needs its
        // preposition
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

    /// "late August", "the end of October", "mid-July 2031"
    pub(super) fn part_of_month(&self, i: usize) -> Found {
        let at = i + usize::from(self.word(i) == "the");
        let (word, glued) = match self.word(at).split_once('-') {
            Some(("mid", _)) => ("mid", true),
            _ => (self.word(at), false),
        };
        let third = match word {
            "early" | "beginning" | "start" => 0,
            "mid" | "middle" => 1,
            "late" | "end" => 2,
            _ => return None,
        };
        let month = if glued {
            let name = self.word(at).split_once('-').map_or("", |(_, m)| m);
            let known = super::grammar::MONTHS.iter().position(|(long, _)| *long == name)?;
            (at + 1, i8::try_from(known + 1).ok()?)
        } else {
            let of = matches!(word, "beginning" | "start" | "middle" | "end");
            if of && self.word(at + 1) != "of" || at > i && !of {
                return None;
            }
            let at = at + 1 + usize::from(of);
            (self.after_month(at), self.month(at)?)
        };
        let (end, month) = month;
        let year = self.year(end + usize::from(self.word(end) == "of"));
        let end = if year.is_some() { end + 1 + usize::from(self.word(end) == "of") } else { end };
        Some((end, Says::PartOfMonth { year, month, third }))
    }

    /// "two days later", "the next day", "a year earlier", "the following week"
    pub(super) fn later(&self, i: usize) -> Found {
        let n = small_number(self.word(i)).filter(|_| self.unit(i + 1).is_some());
        if let (Some(n), Some(unit)) = (n, self.unit(i + 1)) {
            match (self.word(i + 2), self.word(i + 3)) {
                ("later", _) => return Some((i + 3, Says::Later(unit, n))),
                ("earlier", _) => return Some((i + 3, Says::Later(unit, -n))),
                _ => {}
            }
        }
        if self.word(i) != "the" {
            return None;
        }
        let n = match self.word(i + 1) {
            "next" | "following" => 1,
            "previous" | "preceding" => -1,
            "same" => 0,
            _ => return None,
        };
        let unit = match self.word(i + 2) {
            "morning" | "afternoon" | "evening" | "night" => Unit::Day,
            word if word.ends_with('s') => return None,
            _ => self.unit(i + 2)?,
        };
        Some((i + 3, Says::Later(unit, n)))
    }

    /// "second quarter of 2031", "first half of last year", "last summer"
    fn quarter(&self, i: usize) -> Found {
        let nth = match self.word(i) {
            "first" | "1st" => 0,
            "second" | "2nd" => 1,
            "third" | "3rd" => 2,
            "fourth" | "4th" | "last" | "final" => 3,
            _ => return None,
        };
        let (month, months) = match self.word(i + 1) {
            "quarter" => (1 + nth * 3, 3),
            "half" if nth < 2 => (1 + nth * 6, 6),
            _ => return None,
        };
        let at = i + 2 + usize::from(self.word(i + 2) == "of");
        if let Some(year) = self.year(at) {
            return Some((at + 1, Says::Part { year, month, months }));
        }
        let years = match (self.word(at), self.word(at + 1)) {
            ("this", "year") => Some(0),
            ("last", "year") => Some(-1),
            ("next", "year") => Some(1),
            _ => None,
        };
        match years {
            Some(_) => Some((at + 2, Says::PartOf { month, months, years })),
            None if at == i + 2 && self.word(i + 1) == "quarter" && nth < 4 => {
                Some((at, Says::PartOf { month, months, years }))
            }
            None => None,
        }
    }

    pub(super) fn part_of_year(&self, i: usize) -> Found {
        let (word, rest) = match self.word(i).split_once('-') {
            Some((word @ ("early" | "mid" | "late"), rest)) => (word, Some(rest.to_owned())),
            _ => (self.word(i), None),
        };
        if let Some(found) = self.quarter(i) {
            return Some(found);
        }
        if matches!(word, "early" | "mid" | "late")
            && rest.is_none()
            && let Some((end, Says::Decade(year))) = self.decade(i + 1)
        {
            let (from, to) = match word {
                "early" => (0, 3),
                "mid" => (4, 6),
                _ => (7, 9),
            };
            let year = |n| Box::new(Says::Year(year + n));
            return Some((end, Says::Interval(year(from), year(to))));
        }
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
                (Some(year), _) => Some((i + 1, Says::Part { year, month, months })),
                (None, Some(year)) if rest.is_none() => {
                    Some((at + 1, Says::Part { year, month, months }))
                }
                _ => None,
            };
        }
        let shift = match word {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        let word = if shift.is_some() { self.word(i + 1) } else { word };
        let (month, months) = match word {
            "spring" => (3, 3),
            "summer" => (6, 3),
            "autumn" => (9, 3),
            "winter" => (12, 3),
            _ => return None,
        };
        if let Some(shift) = shift {
            // "last summer" is the latest one gone by
            let years = if shift == -1 { None } else { Some(shift) };
            return Some((i + 2, Says::PartOf { month, months, years }));
        }
        let at = i + 1 + usize::from(self.word(i + 1) == "of");
        let year = self.year(at)?;
        Some((at + 1, Says::Part { year, month, months }))
    }

    pub(super) fn decade(&self, i: usize) -> Found {
        let word = self.word(i);
        let digits = word.strip_suffix('s')?;
        let year: i16 = digits.parse().ok().filter(|y| digits.len() == 4 && y % 10 == 0)?;
        (1500..2200).contains(&year).then_some((i + 1, Says::Decade(year)))
    }

    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        Some(match self.word(i) {
            "day" | "days" => Unit::Day,
            "week" | "weeks" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            _ => return None,
        })
    }

    pub(super) fn relative(&self, i: usize) -> Found {
        match (self.word(i), self.word(i + 1), self.word(i + 2)) {
            ("today" | "tonight", ..) => return Some((i + 1, Says::Shift(Unit::Day, 0))),
            ("yesterday", ..) => return Some((i + 1, Says::Shift(Unit::Day, -1))),
            ("tomorrow", ..) => return Some((i + 1, Says::Shift(Unit::Day, 1))),
            ("overnight", ..) => return Some((i + 1, Says::Overnight)),
            ("the" | "last" | "this", "weekend", _) => return Some((i + 2, Says::Weekend(0))),
            ("the", "past" | "last", "weekend") => return Some((i + 3, Says::Weekend(0))),
            ("next", "weekend", _) => return Some((i + 2, Says::Weekend(1))),
            ("last", "night", _) => return Some((i + 2, Says::Shift(Unit::Day, -1))),
            ("this", "morning" | "afternoon" | "evening", _) => {
                return Some((i + 2, Says::Shift(Unit::Day, 0)));
            }
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
            return (shift < 0)
                .then_some((at + 2, if plural { Says::Vague } else { Says::Past(unit, 1) }));
        }
        if at > i && shift != 0 {
            // "the last year" runs up to now
            return (shift < 0).then_some((at + 2, Says::Past(unit, 1)));
        }
        (unit != Unit::Day).then_some((at + 2, Says::Shift(unit, shift)))
    }

    pub(super) fn weekday(&self, i: usize) -> Found {
        let (at, last, next) = match self.word(i) {
            "last" => (i + 1, true, false),
            "next" => (i + 1, false, true),
            "this" => (i + 1, false, false),
            _ => (i, false, false),
        };
        if !self.capital(at) {
            return None;
        }
        let day = WEEKDAYS.iter().find(|(name, _)| *name == self.word(at)).map(|(_, day)| *day)?;
        let hour = matches!(self.word(at + 1), "morning" | "afternoon" | "evening" | "night");
        Some((at + 1 + usize::from(hour), Says::Weekday { day, last, next }))
    }

    pub(super) fn ago(&self, i: usize) -> Found {
        let n = small_number(self.word(i)).or_else(|| self.number(i, 1, 500).map(i32::from))?;
        let unit = self.unit(i + 1)?;
        match self.word(i + 2) {
            "ago" => Some((i + 3, Says::Shift(unit, -n))),
            _ => None,
        }
    }

    pub(super) fn year_alone(&self, i: usize) -> Found {
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
        // "the protests of 2023 crowds filled": not a round number, nor counted by its noun
        let of_event = before == "of"
            && year % 100 != 0
            && i > 1
            && words().people.contains(singular(self.word(i + 1)).as_str())
            && has_year(&singular(self.word(i - 2)));
        let counted = counted && !of_event;
        (placed && !counted && (1800..2100).contains(&year)).then_some((i + 1, Says::Year(year)))
    }
}

/// Whether a noun names what has a year: "the protests of 2023".
fn has_year(noun: &str) -> bool {
    let list =
        rows(include_str!("../../lexicon/english/dates.tsv")).filter(|r| r[0] == "of-a-year");
    list.filter_map(|row| row.get(1).copied()).any(|l| l.split_whitespace().any(|w| w == noun))
}
