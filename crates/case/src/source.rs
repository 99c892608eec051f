//! Who published what, when, and how far it is to be believed.

use entry::Entry;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A published source. Its `published` date decides from when on a case may know what it says.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "source", key = "key", record)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The key by which estimates cite it.
    #[schemars(with = "String")]
    pub key: Spanned<String>,
    /// The title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When it was published.
    pub published: Date,
    /// Where it can be found.
    pub url: Option<String>,
    /// Reliability of the publisher on the Admiralty scale, A to F.
    pub reliability: Reliability,
    /// Credibility of what it says on the Admiralty scale, 1 to 6.
    #[schemars(with = "u8")]
    pub credibility: Spanned<u8>,
    /// A file of the case folder with the text, or a summary of it, that `read` takes in.
    #[schemars(with = "Option<String>")]
    pub document: Option<Spanned<String>>,
    /// The key of a source that this one copies: copies are not independent.
    #[schemars(with = "Option<String>")]
    pub copies: Option<Spanned<String>>,
    /// When somebody last looked whether it still stands.
    pub checked: Option<Date>,
    /// A remark.
    pub note: Option<String>,
}

/// Reliability of a publisher on the Admiralty (NATO) scale.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl std::fmt::Display for Reliability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
