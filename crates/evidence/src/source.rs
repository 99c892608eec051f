//! Who published a document, when, and how far they can be trusted. It records the caller's
//! judgement and makes none.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the caller knows of a document before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSource {
    /// Names the place the document came from; versions of one document share it.
    pub key: String,
    /// Title, where known.
    #[serde(default)]
    pub title: Option<String>,
    /// Publisher, where known.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Who wrote it, where known.
    #[serde(default)]
    pub author: Option<String>,
    /// Day of publication: the anchor of "last month" and the day the evidence became known.
    #[serde(default)]
    pub published: Option<Date>,
    /// Web address or shelf mark.
    #[serde(default)]
    pub address: Option<String>,
    /// Admiralty rating.
    #[serde(default)]
    pub rating: Option<Rating>,
}

impl DocumentSource {
    /// A source of which only its key is known.
    pub fn new(key: impl Into<String>) -> Self {
        DocumentSource { key: key.into(), ..DocumentSource::default() }
    }
}

/// The Admiralty (NATO) rating: reliability of the source, A to F, and credibility of the item, 1
/// to 6, each judged apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating {
    reliability: u8,
    credibility: u8,
}

impl Rating {
    /// Reliability of the source, `'A'` (completely reliable) to `'F'` (cannot be judged).
    pub fn reliability(self) -> char {
        char::from(self.reliability)
    }

    /// Credibility of the item, 1 (confirmed by other sources) to 6 (cannot be judged).
    pub fn credibility(self) -> u8 {
        self.credibility - b'0'
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reliability(), self.credibility())
    }
}

/// A rating that is not a letter A to F followed by a digit 1 to 6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRating(String);

impl fmt::Display for BadRating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rating {:?}: expected a letter A to F and a digit 1 to 6, such as B2", self.0)
    }
}

impl std::error::Error for BadRating {}

impl FromStr for Rating {
    type Err = BadRating;

    fn from_str(text: &str) -> Result<Self, BadRating> {
        match text.as_bytes() {
            [letter, digit]
                if (b'A'..=b'F').contains(&letter.to_ascii_uppercase())
                    && (b'1'..=b'6').contains(digit) =>
            {
                Ok(Rating { reliability: letter.to_ascii_uppercase(), credibility: *digit })
            }
            _ => Err(BadRating(text.to_owned())),
        }
    }
}

impl Serialize for Rating {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rating {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_outside_the_scheme_are_refused() {
        assert_eq!("b2".parse::<Rating>().map(|r| r.to_string()), Ok("B2".into()));
        for bad in ["G1", "A7", "A0", "", "AA", "A12"] {
            assert!(bad.parse::<Rating>().is_err(), "{bad}");
        }
    }
}
