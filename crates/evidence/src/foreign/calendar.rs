//! Days of the Solar Hijri and the Islamic calendar as days of the Gregorian.
//!
//! Solar Hijri by its cycle of 33 years, which agrees with the observed calendar from 1178 to 1633 AP
//! (K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996). The
//! Islamic calendar by its tables (years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of 30 are leap
//! years; civil epoch), from which the day that is observed differs by one or two either way: such a
//! day is given as the stretch of three days about it.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::dates::{Precision, When};

/// A calendar that dates are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calendar {
    Gregorian,
    /// The Solar Hijri calendar.
    Solar,
    /// The Islamic calendar.
    Hijri,
}

impl Calendar {
    pub(super) fn from_word(word: &str) -> Option<Calendar> {
        Some(match word {
            "gregorian" => Calendar::Gregorian,
            "solar" => Calendar::Solar,
            "hijri" => Calendar::Hijri,
            _ => return None,
        })
    }

    /// The year of this calendar that a Gregorian day falls in, or the one before.
    pub(crate) fn year_about(self, day: Date) -> i16 {
        match self {
            Calendar::Gregorian => day.year(),
            Calendar::Solar => day.year() - 621,
            Calendar::Hijri => {
                let since = i32::from(day.year()) - 622;
                i16::try_from(since * 33 / 32 + 2).unwrap_or(i16::MAX)
            }
        }
    }
}

/// Days from the first of the first year of the Solar Hijri calendar.
fn solar_days(year: i16, month: i8, day: i8) -> i32 {
    const LEAPS: [i32; 8] = [1, 5, 9, 13, 17, 22, 26, 30];
    let before = i32::from(year) - 1;
    let part = LEAPS.iter().filter(|leap| **leap <= before.rem_euclid(33)).count();
    let leaps = before.div_euclid(33) * 8 + i32::try_from(part).unwrap_or(0);
    let month = i32::from(month) - 1;
    before * 365 + leaps + month * 30 + month.min(6) + i32::from(day) - 1
}

/// Days from the first of the first year of the Islamic calendar, by its tables.
fn hijri_days(year: i16, month: i8, day: i8) -> i32 {
    let (year, month) = (i32::from(year), i32::from(month) - 1);
    (year - 1) * 354
        + (3 + 11 * year).div_euclid(30)
        + month * 29
        + (month + 1) / 2
        + i32::from(day)
        - 1
}

fn one(calendar: Calendar, year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    match calendar {
        Calendar::Gregorian => Date::new(year, month, day).ok(),
        Calendar::Solar => {
            let past = solar_days(year, month, day) - solar_days(1403, 1, 1);
            date(2024, 3, 20).checked_add(past.days()).ok()
        }
        Calendar::Hijri => date(622, 7, 19).checked_add(hijri_days(year, month, day).days()).ok(),
    }
}

/// A day of a calendar.
pub(crate) fn day_of(calendar: Calendar, year: i16, month: i8, day: i8) -> Option<When> {
    let found = one(calendar, year, month, day)?;
    Some(match calendar {
        Calendar::Hijri => When {
            from: found.yesterday().ok()?,
            to: found.tomorrow().ok()?,
            precision: Precision::Interval,
        },
        _ => When { from: found, to: found, precision: Precision::Day },
    })
}

/// A month of a calendar, or a whole year where `month` is none.
pub(crate) fn month_of(calendar: Calendar, year: i16, month: Option<i8>) -> Option<When> {
    let from = one(calendar, year, month.unwrap_or(1), 1)?;
    let next = match month {
        Some(12) | None => one(calendar, year.checked_add(1)?, 1, 1)?,
        Some(month) => one(calendar, year, month + 1, 1)?,
    };
    let precision = if month.is_some() { Precision::Month } else { Precision::Year };
    Some(When { from, to: next.yesterday().ok()?, precision })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_years_fall_where_the_almanacs_have_them() {
        // 1 Farvardin, by the official almanac
        for (year, day) in [
            (1358, "1979-03-21"),
            (1375, "1996-03-20"),
            (1399, "2020-03-20"),
            (1404, "2025-03-21"),
            (1405, "2026-03-21"),
        ] {
            assert_eq!(one(Calendar::Solar, year, 1, 1).unwrap().to_string(), day);
        }
        assert_eq!(one(Calendar::Solar, 1357, 11, 22).unwrap().to_string(), "1979-02-11");
        assert_eq!(one(Calendar::Solar, 1403, 12, 30).unwrap().to_string(), "2025-03-20");
    }

    #[test]
    fn days_of_the_islamic_calendar_are_right_within_a_day() {
        for (year, month, day, gregorian) in [
            (1446, 9, 1, "2025-03-01"),
            (1445, 1, 1, "2023-07-19"),
            (1400, 1, 1, "1979-11-21"),
            (1447, 1, 1, "2025-06-26"),
        ] {
            let when = day_of(Calendar::Hijri, year, month, day).unwrap();
            let wanted: Date = gregorian.parse().unwrap();
            assert!(when.from <= wanted && wanted <= when.to, "{year}-{month}-{day}: {when:?}");
        }
    }

    #[test]
    fn months_end_the_day_before_the_next() {
        let when = month_of(Calendar::Solar, 1403, Some(12)).unwrap();
        assert_eq!(
            (when.from.to_string(), when.to.to_string()),
            ("2025-02-19".into(), "2025-03-20".into())
        );
        assert_eq!(month_of(Calendar::Solar, 1404, None).unwrap().from.to_string(), "2025-03-21");
        assert_eq!(day_of(Calendar::Solar, 1404, 13, 1), None);
    }
}
