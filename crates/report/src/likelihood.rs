//! Likelihood words: a probability becomes a word and the range the word stands for.
//!
//! Three lexicons. Bands take their lower end and not their upper one, except the topmost, which
//! takes both. Where a lexicon has no word the number is printed and the reader is told why; a
//! word is never stretched. This file refuses to express confidence, which is another thing and
//! goes in another sentence.
//!
//! Reference: Intelligence Community Directive 203, *Analytic Standards*, 2 January 2015, table
//! of expressions of likelihood (icd2032015); Professional Head of Intelligence Assessment,
//! probability yardstick (phia2025); its bands are those commonly quoted and are yet to be checked
//! against the page.

use std::fmt;

use crate::numbers;

pub mod tables;

use tables::Band;

/// A probability, known to lie between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// A probability from a number.
    ///
    /// # Errors
    /// If the number is not between 0 and 1, or is not a number.
    pub fn new(value: f64) -> Result<Probability, NotAProbability> {
        if (0.0..=1.0).contains(&value) {
            Ok(Probability(value))
        } else {
            Err(NotAProbability(value))
        }
    }

    /// The share of runs in which something happened; 0 of 0 runs is 0.
    pub fn of_runs(hits: u64, runs: u64) -> Probability {
        if runs == 0 {
            Probability(0.0)
        } else {
            Probability((hits.min(runs)) as f64 / runs as f64)
        }
    }

    /// The number between 0 and 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A number given as a probability that is not one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NotAProbability(pub f64);

impl fmt::Display for NotAProbability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "likelihood: {} is not between 0 and 1; give a share of runs", self.0)
    }
}

impl std::error::Error for NotAProbability {}

/// Which words are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lexicon {
    /// The first row of the table of ICD 203.
    #[default]
    Icd203,
    /// The yardstick of the Professional Head of Intelligence Assessment, which has gaps.
    Phia,
    /// No words.
    Numeric,
}

impl Lexicon {
    /// The name by which a reader chooses it.
    pub fn name(self) -> &'static str {
        match self {
            Lexicon::Icd203 => "icd203",
            Lexicon::Phia => "phia",
            Lexicon::Numeric => "numeric",
        }
    }

    /// The bands, from the lowest.
    pub fn bands(self) -> &'static [Band] {
        match self {
            Lexicon::Icd203 => tables::ICD203,
            Lexicon::Phia => tables::PHIA,
            Lexicon::Numeric => &[],
        }
    }
}

/// A probability in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Likelihood {
    /// The probability itself.
    pub probability: f64,
    /// The word, where the lexicon has one for it.
    pub word: Option<&'static str>,
    /// The ends of the word's band.
    pub band: Option<(f64, f64)>,
    /// The lexicon that was asked.
    pub lexicon: Lexicon,
}

/// Finds the word for a probability.
pub fn judge(lexicon: Lexicon, probability: Probability) -> Likelihood {
    let p = probability.value();
    let bands = lexicon.bands();
    let last = bands.len().saturating_sub(1);
    let found = bands.iter().enumerate().find(|(place, band)| {
        let (low, high) = band.ends();
        let closed =
            *place == last || lexicon == Lexicon::Phia && matches!(*place, 0 | 1 | 2 | 4 | 5);
        p >= low && (p < high || closed && p <= high)
    });
    Likelihood {
        probability: p,
        word: found.map(|(_, band)| band.word),
        band: found.map(|(_, band)| band.ends()),
        lexicon,
    }
}

impl Likelihood {
    /// The range the word stands for, "55–80%"; or of how many runs the number is a share, and why
    /// there is no word.
    pub fn range(&self) -> String {
        match self.band {
            Some((low, high)) => {
                format!("{}–{}%", numbers::whole(low * 100.0), numbers::whole(high * 100.0))
            }
            None if self.lexicon == Lexicon::Numeric => self.in_a_hundred(),
            None if !(0.01..=0.99).contains(&self.probability) => "outside the scale".to_owned(),
            None => format!("{}, between two words of the scale", self.in_a_hundred()),
        }
    }

    /// How many runs of a hundred: what a number without a word is a share of.
    fn in_a_hundred(&self) -> String {
        match self.probability * 100.0 {
            few if few < 1.0 => "fewer than 1 of 100 runs".to_owned(),
            many if many > 99.0 => "more than 99 of 100 runs".to_owned(),
            hundred => format!("{} of 100 runs", numbers::whole(hundred)),
        }
    }

    /// The word, or the number where there is no word.
    pub fn term(&self) -> String {
        match self.word {
            Some(word) => word.to_owned(),
            None => format!("{} probable", numbers::percent(self.probability)),
        }
    }

    /// The beginning of a sentence about the event: "It is likely that", "There is almost no
    /// chance that", "There is a roughly even chance that".
    pub fn opening(&self) -> String {
        let (before, term) = self.opening_parts();
        format!("{before} {term} that")
    }

    /// The beginning of a sentence without its "that", parted before the likelihood term.
    pub fn opening_parts(&self) -> (&'static str, String) {
        match self.word {
            Some(word @ "almost no chance") => ("There is", word.to_owned()),
            Some(word) if word.ends_with("chance") || word.ends_with("possibility") => {
                ("There is a", word.to_owned())
            }
            Some(word) => ("It is", word.to_owned()),
            None => ("There is a probability of", numbers::percent(self.probability)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(lexicon: Lexicon, p: f64) -> Option<&'static str> {
        judge(lexicon, Probability::new(p).unwrap()).word
    }

    #[test]
    fn icd_203_bands_take_their_lower_end() {
        let expected = [
            (0.0099, None),
            (0.01, Some("almost no chance")),
            (0.0499, Some("almost no chance")),
            (0.05, Some("very unlikely")),
            (0.20, Some("unlikely")),
            (0.4499, Some("unlikely")),
            (0.45, Some("roughly even chance")),
            (0.55, Some("likely")),
            (0.7999, Some("likely")),
            (0.80, Some("very likely")),
            (0.95, Some("almost certain")),
            (0.99, Some("almost certain")),
            (0.9901, None),
            (0.0, None),
            (1.0, None),
        ];
        for (p, want) in expected {
            assert_eq!(word(Lexicon::Icd203, p), want, "{p}");
        }
    }

    #[test]
    fn outside_the_scale_the_number_is_printed() {
        let judged = judge(Lexicon::Icd203, Probability::new(0.004).unwrap());
        assert_eq!(judged.range(), "outside the scale");
        assert_eq!(judged.opening(), "There is a probability of less than 1% that");
    }

    #[test]
    fn the_yardstick_has_gaps_and_says_so() {
        assert_eq!(word(Lexicon::Phia, 0.05), Some("remote chance"));
        assert_eq!(word(Lexicon::Phia, 0.07), None);
        assert_eq!(word(Lexicon::Phia, 0.45), Some("realistic possibility"));
        assert_eq!(word(Lexicon::Phia, 0.50), None);
        assert_eq!(word(Lexicon::Phia, 0.75), Some("likely"));
        assert_eq!(word(Lexicon::Phia, 1.0), Some("almost certain"));
        let judged = judge(Lexicon::Phia, Probability::new(0.07).unwrap());
        assert_eq!(judged.range(), "7 of 100 runs, between two words of the scale");
    }

    #[test]
    fn numbers_alone_have_no_words() {
        let judged = judge(Lexicon::Numeric, Probability::new(0.6).unwrap());
        assert_eq!((judged.word, judged.range()), (None, "60 of 100 runs".to_owned()));
    }

    #[test]
    fn sentences_open_as_english_does() {
        let open = |p| judge(Lexicon::Icd203, Probability::new(p).unwrap()).opening();
        assert_eq!(open(0.7), "It is likely that");
        assert_eq!(open(0.03), "There is almost no chance that");
        assert_eq!(open(0.5), "There is a roughly even chance that");
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for wrong in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Probability::new(wrong).is_err());
        }
    }
}
