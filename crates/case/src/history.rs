//! What happened and what is disputed.

use entry::{Entry, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A dated event of the case's history.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "event", key = "id", record)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The id.
    pub id: Id,
    /// The day.
    pub date: Date,
    /// What happened, in one sentence.
    pub what: String,
    /// Who took part.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub actors: Vec<Spanned<String>>,
    /// What a run would have to show on that day to have it too, as a question of yes or no, such as
    /// `stage.speaker <= 48` or `failed.lind >= 1`; by it indicators are tripped and forecasts updated.
    pub shows: Option<String>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A figure on which sources disagree, side by side.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "dispute", key = "id", record)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// The id.
    pub id: Id,
    /// What is in dispute.
    pub what: String,
    /// The versions.
    pub versions: Vec<Version>,
    /// What the author makes of it.
    pub judged: Option<String>,
}

/// One side of a dispute.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// What is said.
    pub says: String,
    /// Who says so.
    pub source: Keys,
}
