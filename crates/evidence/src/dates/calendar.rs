//! What a date phrase says, set on the calendar against the day of the document.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Anchor, Precision, Says, Today, Unit, When};
use crate::foreign::{day_of, month_of as month_of_calendar};

use jiff::Span as Period;

/// Sets what a phrase says on the calendar. `ahead` tells that the sentence looks forward.
pub(crate) fn place(says: &Says, today: Option<Today>, ahead: bool) -> (Option<When>, Anchor) {
    let explicit = |when: Option<When>| (when, Anchor::Explicit);
    let reckoned = |when: Option<When>| {
        let anchor = match today {
            Some(today) if when.is_some() && today.exact => Anchor::Document,
            Some(_) if when.is_some() => Anchor::Inferred,
            _ => Anchor::None,
        };
        (when, anchor)
    };
    match says {
        Says::Day { year: Some(year), month, day } => {
            explicit(Date::new(*year, *month, *day).ok().map(one_day))
        }
        Says::Day { year: None, month, day } => reckoned(today.and_then(|t| {
            let year = near_year(t, *month, Some(*day), ahead)?;
            Date::new(year, *month, *day).ok().map(one_day)
        })),
        Says::Month { year: Some(year), month } => explicit(month_of(*year, *month)),
        Says::Month { year: None, month } => {
            reckoned(today.and_then(|t| month_of(near_year(t, *month, None, ahead)?, *month)))
        }
        Says::MonthOf { month, years } => reckoned(today.and_then(|t| {
            let year = t.date.year().checked_add(i16::try_from(*years).ok()?)?;
            month_of(year, *month)
        })),
        Says::Year(year) => explicit(months(*year, 1, 12, Precision::Year)),
        Says::Decade(year) => explicit(decade_of(*year)),
        Says::Part { year, month, months: n } => {
            explicit(months(*year, *month, *n, Precision::Season))
        }
        Says::PartOf { month, months: n, years } => reckoned(today.and_then(|t| {
            let last = month.saturating_add(n - 1);
            let year = match years {
                Some(years) => t.date.year().checked_add(i16::try_from(*years).ok()?)?,
                // the latest that is over, or the next to come
                None => near_year(t, last.min(12), None, ahead)?,
            };
            let over = months(year, *month, *n, Precision::Season)?;
            let back = *years == Some(-1) && *n < 6 && over.to.until(t.date).ok()?.get_days() > 366;
            if back {
                months(year.checked_add(1)?, *month, *n, Precision::Season)
            } else {
                Some(over)
            }
        })),
        Says::PartOfMonth { year, month, third } => {
            let part = |year: i16| {
                let whole = month_of(year, *month)?;
                let day = |d: i8| Date::new(year, *month, d).ok();
                let (from, to) = match third {
                    0 => (whole.from, day(10)?),
                    1 => (day(11)?, day(20)?),
                    _ => (day(21)?, whole.to),
                };
                Some(When { from, to, precision: Precision::Interval })
            };
            match year {
                Some(year) => explicit(part(*year)),
                None => reckoned(today.and_then(|t| part(near_year(t, *month, None, ahead)?))),
            }
        }
        Says::Overnight => reckoned(today.filter(|t| t.exact).and_then(|t| {
            Some(When {
                from: t.date.yesterday().ok()?,
                to: t.date,
                precision: Precision::Interval,
            })
        })),
        Says::Weekend(weeks) => reckoned(today.filter(|t| t.exact).and_then(|t| {
            // told on a Saturday or later, it is this one
            let back = (i32::from(t.date.weekday().to_monday_zero_offset()) + 2) % 7;
            let from = t.date.checked_sub(back.days()).ok()?.checked_add(weeks.weeks()).ok()?;
            let to = from.tomorrow().ok()?;
            Some(When { from, to, precision: Precision::Interval })
        })),
        Says::OfCalendar { calendar, year, month, day } => {
            let in_year = |year: i16| match (month, day) {
                (Some(month), Some(day)) => day_of(*calendar, year, *month, *day),
                (month, _) => month_of_calendar(*calendar, year, *month),
            };
            match year {
                Some(year) => explicit(in_year(*year)),
                // the latest gone by
                None => reckoned(today.and_then(|t| {
                    let last = calendar.year_about(t.date);
                    (0..4).filter_map(|n| in_year(last - n)).find(|w| w.from <= t.date)
                })),
            }
        }
        Says::Later(..) => (None, Anchor::None),
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
        Says::Past(unit, n) => {
            reckoned(today.filter(|t| t.exact || *unit != Unit::Day).and_then(|t| {
                let from = t.date.checked_sub(period(*unit, *n)).ok()?;
                Some(When { from, to: t.date, precision: Precision::Interval })
            }))
        }
        Says::Interval(first, second) => {
            let (second, anchor) = place(second, today, ahead);
            let inherited = match (first.as_ref(), second) {
                // "between March and May 2024": the year is said once
                (Says::Month { year: None, month }, Some(w)) => month_of(w.to.year(), *month),
                (Says::PartOfMonth { year: None, month, third }, Some(w)) => {
                    let says =
                        Says::PartOfMonth { year: Some(w.to.year()), month: *month, third: *third };
                    place(&says, today, ahead).0
                }
                (Says::Day { year: None, month, day }, Some(w)) => {
                    Date::new(w.to.year(), *month, *day).ok().map(one_day)
                }
                _ => place(first, today, ahead).0,
            };
            match (inherited, second) {
                (Some(a), Some(b)) if a.from <= b.to => {
                    (Some(When { from: a.from, to: b.to, precision: Precision::Interval }), anchor)
                }
                _ => (None, Anchor::None),
            }
        }
        Says::Vague => (None, Anchor::None),
    }
}

pub(super) fn one_day(date: Date) -> When {
    When { from: date, to: date, precision: Precision::Day }
}

pub(super) fn month_of(year: i16, month: i8) -> Option<When> {
    months(year, month, 1, Precision::Month)
}

pub(super) fn months(year: i16, month: i8, n: i8, precision: Precision) -> Option<When> {
    let from = Date::new(year, month, 1).ok()?;
    let to = from.checked_add(i32::from(n).months()).ok()?.yesterday().ok()?;
    Some(When { from, to, precision })
}

/// The year that stands in a heading: "2031", "Output in 2031". None where there are two.
pub(crate) fn bare_year(text: &str) -> Option<When> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() == 4);
    let mut years =
        words.filter_map(|w| w.parse::<i16>().ok()).filter(|y| (1500..2100).contains(y));
    let year = years.next().filter(|_| years.next().is_none())?;
    months(year, 1, 12, Precision::Year)
}

pub(super) fn decade_of(year: i16) -> Option<When> {
    let (from, to) = (Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(9)?, 12, 31).ok()?);
    Some(When { from, to, precision: Precision::Decade })
}

/// The year a bare month or day belongs to: the latest gone by, or the next to come where the
/// sentence looks forward.
pub(super) fn near_year(today: Today, month: i8, day: Option<i8>, ahead: bool) -> Option<i16> {
    let now = (today.date.month(), if today.exact { day.map(|_| today.date.day()) } else { None });
    let then = (month, if now.1.is_some() { day } else { None });
    let year = today.date.year();
    if ahead {
        if then < now { year.checked_add(1) } else { Some(year) }
    } else if then > now {
        year.checked_sub(1)
    } else {
        Some(year)
    }
}

pub(super) fn period(unit: Unit, n: i32) -> Period {
    match unit {
        Unit::Day => n.days(),
        Unit::Week => n.weeks(),
        Unit::Month => n.months(),
        Unit::Year => n.years(),
        Unit::Decade => (n.saturating_mul(10)).years(),
    }
}

pub(super) fn shifted(today: Today, unit: Unit, n: i32) -> Option<When> {
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
            let to = if n == 0 { to.min(today.date.max(from)) } else { to };
            Some(When { from, to, precision: Precision::Week })
        }
        Unit::Month => month_of(date.year(), date.month()),
        Unit::Year => months(date.year(), 1, 12, Precision::Year),
        Unit::Decade => decade_of(date.year() - date.year().rem_euclid(10)),
    }
}
