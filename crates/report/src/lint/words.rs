//! The words that the rules look for, in one place: likelihood, confidence, certainty, vague times.

use std::sync::LazyLock;

use crate::likelihood::tables::{self, Band};

/// Lexicons of likelihood words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The first row of the table of ICD 203.
    Icd203,
    /// Its second row.
    Icd203Second,
    /// The yardstick of the Professional Head of Intelligence Assessment.
    Phia,
}

impl Scale {
    /// All of them.
    pub const ALL: [Scale; 3] = [Scale::Icd203, Scale::Icd203Second, Scale::Phia];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Icd203 => "icd203",
            Self::Icd203Second => "the second row of icd203",
            Self::Phia => "phia",
        }
    }

    fn bands(self) -> &'static [Band] {
        match self {
            Self::Icd203 => tables::ICD203,
            Self::Icd203Second => tables::ICD203_SECOND,
            Self::Phia => tables::PHIA,
        }
    }

    /// The band of a word in percent, if it has the word.
    pub fn band(self, word: &str) -> Option<(f64, f64)> {
        let found = self.bands().iter().find(|band| band.has(word));
        found.map(|band| (f64::from(band.low), f64::from(band.high)))
    }
}

/// Likelihood words of all lexicons, longer before those they contain. "Remote" alone is an
/// everyday word.
static LIKELIHOOD: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let bands = Scale::ALL.into_iter().flat_map(Scale::bands);
    let words = bands.flat_map(|band| [band.word].into_iter().chain(band.also.iter().copied()));
    let mut all: Vec<&str> = words.filter(|word| *word != "remote").collect();
    all.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    all.dedup();
    all
});

/// The likelihood words of a text: (byte, word), in order.
pub fn likelihoods(text: &str) -> Vec<(usize, &'static str)> {
    find_all(text, &LIKELIHOOD)
}

/// Where any of some words stand in a text as whole words, in order; the first of the list that
/// fits at a place is taken.
pub fn find_all<'w>(text: &str, words: &[&'w str]) -> Vec<(usize, &'w str)> {
    let lower = text.to_ascii_lowercase();
    let mut all = Vec::new();
    let mut at = 0;
    while at < lower.len() {
        let here = lower.get(at..).filter(|_| {
            lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-')
        });
        let found = here.and_then(|rest| {
            words.iter().find(|word| {
                rest.strip_prefix(**word)
                    .is_some_and(|after| after.chars().next().is_none_or(|c| !c.is_alphanumeric()))
            })
        });
        match found {
            Some(word) => {
                all.push((at, *word));
                at += word.len();
            }
            None => at += lower[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    all
}

/// The level of confidence that a text states: "low", "moderate", "medium", "high".
///
/// A vote of confidence is none: the level stands within three words of the word.
pub fn level(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let levels = ["low", "moderate", "medium", "high"];
    for (at, _) in
        words.iter().enumerate().filter(|(_, w)| matches!(**w, "confidence" | "confident"))
    {
        let vote = at >= 2 && words[at - 1] == "of" && words[at - 2] == "vote";
        let near = &words[at.saturating_sub(2)..(at + 4).min(words.len())];
        let found = levels.iter().find(|level| near.contains(level));
        if let Some(level) = found.filter(|_| !vote) {
            return Some(level);
        }
    }
    None
}

/// Words that state certainty.
pub const CERTAINTY: &[&str] = &[
    "is certain that",
    "is certain to",
    "will certainly",
    "will definitely",
    "definitely",
    "undoubtedly",
    "without doubt",
    "without a doubt",
    "inevitable",
    "inevitably",
    "impossible",
    "guaranteed",
    "there is no chance",
    "cannot fail",
];

/// Hedges that take back a likelihood word.
pub const HEDGES: &[&str] =
    &["may", "might", "could", "possibly", "perhaps", "conceivably", "cannot be ruled out"];

/// Times that mean nothing without the day of writing.
pub const VAGUE_TIMES: &[&str] = &[
    "today",
    "yesterday",
    "tomorrow",
    "recently",
    "lately",
    "soon",
    "nowadays",
    "last week",
    "last month",
    "last year",
    "next week",
    "next month",
    "next year",
    "this week",
    "this month",
    "this year",
    "in the near future",
    "in the coming weeks",
    "in the coming months",
];

/// Words that say nothing.
pub const FILLER: &[&str] = &[
    "it is important to note",
    "it should be noted",
    "needless to say",
    "at the end of the day",
    "it goes without saying",
    "as we all know",
    "going forward",
    "only time will tell",
    "it remains to be seen",
    "in terms of",
    "a myriad of",
    "a plethora of",
    "game changer",
    "game-changer",
];

/// A percentage in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentage {
    /// Where it begins.
    pub from: usize,
    /// Where it ends, its sign among it.
    pub to: usize,
    /// The number.
    pub value: f64,
}

/// The percentages of a text, in order: "7%", "7 %", "7 per cent", "7 percent".
pub fn percentages(text: &str) -> Vec<Percentage> {
    let mut all = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let from = at;
        let is_part = |place: usize| {
            let digit_after = bytes.get(place + 1).is_some_and(u8::is_ascii_digit);
            bytes[place].is_ascii_digit() || matches!(bytes[place], b'.' | b',') && digit_after
        };
        while at < bytes.len() && is_part(at) {
            at += 1;
        }
        let rest = text.get(at..).unwrap_or("");
        let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let signs = ["%", "per cent", "percent"];
        if let Some(sign) = signs.iter().find(|sign| spaced.starts_with(**sign)) {
            let to = at + (rest.len() - spaced.len()) + sign.len();
            let number: String = text[from..at].chars().filter(|c| *c != ',').collect();
            if let Ok(value) = number.parse() {
                all.push(Percentage { from, to, value });
            }
            at = to;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_likelihood_word_is_taken() {
        let words = |text| likelihoods(text).into_iter().map(|(_, w)| w).collect::<Vec<_>>();
        assert_eq!(
            words("It is very unlikely, almost certainly."),
            ["very unlikely", "almost certainly"]
        );
        assert!(words("The likeliest outcome of all likelihoods").is_empty());
    }

    #[test]
    fn a_vote_of_confidence_has_no_level() {
        assert_eq!(level("Confidence is moderate."), Some("moderate"));
        assert_eq!(level("We have high confidence in this."), Some("high"));
        assert_eq!(level("The vote of confidence comes at a high price"), None);
        assert_eq!(level("Days to confidence: 220."), None);
    }

    #[test]
    fn percentages_are_found_with_any_sign() {
        let values: Vec<f64> =
            percentages("7%, 1,200 per cent, 3.5 percent, 2020.").iter().map(|p| p.value).collect();
        assert_eq!(values, [7.0, 1200.0, 3.5]);
    }
}
