//! Dates on an axis and in words.

use super::{Check, PictureError};
use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date as a reader writes it: "5 Nov 2031".
pub fn written(date: Date) -> String {
    let month = MONTHS.get(date.month().unsigned_abs() as usize - 1).copied().unwrap_or("");
    format!("{} {month} {}", date.day(), date.year())
}

/// Days since the first of January of the year 1, near enough for a drawing's axis.
pub(crate) fn day(date: Date) -> f64 {
    f64::from(date.year()) * 365.2425 + f64::from(date.day_of_year())
}

/// Ticks at the first of months or of years, about `count` of them.
pub(crate) fn calendar(first: f64, last: f64, count: usize) -> Vec<(f64, String)> {
    const YEAR: f64 = 365.2425;
    let months = (last - first) / YEAR * 12.0;
    let every = [1i64, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 24_000]
        .into_iter()
        .find(|every| months / *every as f64 <= count as f64)
        .unwrap_or(120_000);
    let start = ((first - 1.0) / YEAR * 12.0 / every as f64).ceil() as i64;
    let end = ((last - 1.0) / YEAR * 12.0 / every as f64).floor() as i64;
    (start..=end)
        .map(|step| {
            let month = step * every;
            let (year, place) = (month.div_euclid(12), month.rem_euclid(12) as usize);
            let words =
                if every >= 12 { year.to_string() } else { format!("{} {year}", MONTHS[place]) };
            (month as f64 / 12.0 * YEAR + 1.0, words)
        })
        .collect()
}

impl Check {
    /// The first date may not be after the last.
    pub(super) fn order(
        &self,
        place: impl std::fmt::Display,
        from: Date,
        to: Date,
    ) -> Result<(), PictureError> {
        if from <= to {
            return Ok(());
        }
        Err(PictureError {
            picture: self.0,
            place: place.to_string(),
            fault: format!("{from} is after {to}"),
            fix: "give the earlier date first",
        })
    }
}
