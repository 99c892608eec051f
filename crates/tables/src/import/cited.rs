//! What bibliographies say of a source, whichever form they have, as a row.

use case::proposal::Says;
use jiff::civil::Date;

/// A source as it was found.
pub(super) struct Cited {
    pub key: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<(Date, bool)>,
    pub url: Option<String>,
    pub licence: Option<String>,
    pub reliability: Option<String>,
    pub credibility: Option<String>,
    pub note: Option<String>,
}

/// The last day that a year, a month or a day allow, and whether it is the day itself: a source must not count before it was
/// out.
pub(super) fn whole_day(year: i16, month: Option<i8>, day: Option<i8>) -> Option<(Date, bool)> {
    let first = Date::new(year, month.unwrap_or(12), 1).ok()?;
    match day.filter(|_| month.is_some()) {
        Some(day) => Some((Date::new(year, first.month(), day).ok()?, true)),
        None => Some((first.last_of_month(), false)),
    }
}

impl Cited {
    /// What the row says.
    ///
    /// # Errors
    /// What is missing, in words.
    pub fn says(self) -> Result<Says, String> {
        let plain = |words: Option<String>| {
            let words = words?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(words).filter(|words| !words.is_empty())
        };
        let Some(title) = plain(self.title) else {
            return Err(format!("the entry \"{}\" has no title", self.key));
        };
        let Some((published, exact)) = self.published else {
            let text = "has no date of publication with a year";
            return Err(format!("the entry \"{}\" {text}", self.key));
        };
        let letter = self
            .reliability
            .filter(|letter| matches!(letter.trim(), "A" | "B" | "C" | "D" | "E" | "F"));
        let digit = self.credibility.and_then(|digit| digit.trim().parse().ok());
        Ok(Says::Source {
            key: self.key,
            title,
            publisher: plain(self.publisher),
            published,
            exact,
            url: plain(self.url),
            licence: plain(self.licence),
            rating: letter.zip(digit.filter(|digit| (1..=6).contains(digit))),
            note: plain(self.note),
        })
    }
}
