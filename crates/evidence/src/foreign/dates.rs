//! Date phrases in Arabic and Persian.

use jiff::civil::Weekday;

use super::calendar::Calendar;
use super::{Lists, Tongue, begins};
use crate::dates::{Phrase, Says, Unit, phrases_by};
use crate::tokens::{Kind, Token};

/// Every date phrase of a sentence, in order, none overlapping.
pub(crate) fn phrases(tongue: Tongue, tokens: &[Token]) -> Vec<Phrase> {
    let lists = tongue.lists();
    phrases_by(tokens, |i| written(tongue, lists, tokens, i).or_else(|| relative(lists, tokens, i)))
}

fn number(tokens: &[Token], i: usize, low: i16, high: i16) -> Option<i16> {
    let token = tokens.get(i).filter(|t| t.kind == Kind::Number)?;
    token.folded.parse().ok().filter(|n| (low..=high).contains(n))
}

fn month(lists: &Lists, tokens: &[Token], i: usize) -> Option<(usize, Calendar, i8)> {
    let (calendar, number, end) = lists
        .months
        .iter()
        .find_map(|(calendar, n, name)| Some((*calendar, *n, begins(name, tokens, i)?)))?;
    // "5 نوفمبر/تشرين الثاني": both names of one month
    let mut end = end;
    if tokens.get(end).is_some_and(|t| t.is("/"))
        && let Some(other) = lists
            .months
            .iter()
            .filter(|(c, n, _)| *c == calendar && *n == number)
            .find_map(|(_, _, name)| begins(name, tokens, end + 1))
    {
        end = other;
    }
    Some((end, calendar, number))
}

/// "15 آذار 2031", "۲۴ اسفند ۱۴۰۹", "آذار 2031", "عام 2031".
fn written(tongue: Tongue, lists: &Lists, tokens: &[Token], i: usize) -> Option<(usize, Says)> {
    let day = number(tokens, i, 1, 31).and_then(|d| i8::try_from(d).ok());
    let over = |at: usize| lists.at("of", tokens, at).unwrap_or(at);
    let start = if day.is_some() { over(i + 1) } else { i };
    if let Some((end, calendar, month)) = month(lists, tokens, start) {
        let at = lists.at("of", tokens, end).unwrap_or(end);
        let at = lists.at("year", tokens, at).unwrap_or(at);
        let year = number(tokens, at, 1200, 2199);
        let end = if year.is_some() { at + 1 } else { end };
        let end = lists.at("hijri", tokens, end).filter(|_| year.is_some()).unwrap_or(end);
        // a month's name alone may be another word
        if day.is_none() && year.is_none() && !(i > 0 && lists.at("of", tokens, i - 1) == Some(i)) {
            return None;
        }
        let says = match (calendar, day) {
            (Calendar::Gregorian, Some(day)) => Says::Day { year, month, day },
            (Calendar::Gregorian, None) => Says::Month { year, month },
            (calendar, day) => Says::OfCalendar { calendar, year, month: Some(month), day },
        };
        return Some((end, says));
    }
    let at = lists.at("year", tokens, i)?;
    let year = number(tokens, at, 1200, 2199)?;
    let hijri = lists.at("hijri", tokens, at + 1);
    let calendar = match (hijri, tongue) {
        (Some(_), _) => Calendar::Hijri,
        (None, Tongue::Persian) if year < 1600 => Calendar::Solar,
        _ if year >= 1600 => Calendar::Gregorian,
        _ => Calendar::Hijri,
    };
    let says = match calendar {
        Calendar::Gregorian => Says::Year(year),
        calendar => Says::OfCalendar { calendar, year: Some(year), month: None, day: None },
    };
    Some((hijri.unwrap_or(at + 1), says))
}

/// "أمس", "الأسبوع الماضي", "سه‌شنبه".
fn relative(lists: &Lists, tokens: &[Token], i: usize) -> Option<(usize, Says)> {
    const DAYS: [(&str, Weekday); 7] = [
        ("weekday-1", Weekday::Monday),
        ("weekday-2", Weekday::Tuesday),
        ("weekday-3", Weekday::Wednesday),
        ("weekday-4", Weekday::Thursday),
        ("weekday-5", Weekday::Friday),
        ("weekday-6", Weekday::Saturday),
        ("weekday-7", Weekday::Sunday),
    ];
    const SHIFTS: [(&str, Unit, i32); 12] = [
        ("week-1", Unit::Week, -1),
        ("week+0", Unit::Week, 0),
        ("week+1", Unit::Week, 1),
        ("month-1", Unit::Month, -1),
        ("month+0", Unit::Month, 0),
        ("month+1", Unit::Month, 1),
        ("year-1", Unit::Year, -1),
        ("year+0", Unit::Year, 0),
        ("year+1", Unit::Year, 1),
        ("day-1", Unit::Day, -1),
        ("day+0", Unit::Day, 0),
        ("day+1", Unit::Day, 1),
    ];
    for (kind, unit, shift) in SHIFTS {
        if let Some(end) = lists.at(kind, tokens, i) {
            // "أمس الثلاثاء": one day told twice
            let end = DAYS.iter().find_map(|(day, _)| lists.at(day, tokens, end)).unwrap_or(end);
            return Some((end, Says::Shift(unit, shift)));
        }
    }
    DAYS.iter().find_map(|(kind, day)| {
        let end = lists.at(kind, tokens, i)?;
        Some((end, Says::Weekday { day: *day, last: false, next: false }))
    })
}
