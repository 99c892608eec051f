//! What people think: segments of the population, what they make of actors, polls, and what they are told.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::estimate::{Estimate, Keys};

/// A part of the population that thinks alike.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its id.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Its name.
    pub name: String,
    /// Its share of those who may vote, in \[0, 1\].
    pub share: Estimate,
    /// The community to which it belongs.
    pub community: Option<String>,
    /// How readily it takes to the streets, as a multiple of the country's own readiness.
    pub protest: Option<Estimate>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What a segment makes of an actor.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Favour {
    /// The segment.
    #[schemars(with = "String")]
    pub segment: Spanned<String>,
    /// The actor.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// From -1 (all reject) to 1 (all approve): the share that approves less the share that rejects.
    pub value: Estimate,
    /// A remark.
    pub note: Option<String>,
}

/// One figure of an opinion poll.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// Its id.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// The last day in the field.
    pub date: Date,
    /// What was asked, in a few words.
    pub what: String,
    /// About whom.
    #[schemars(with = "Option<String>")]
    pub actor: Option<Spanned<String>>,
    /// In which segment; the whole population if not given.
    #[schemars(with = "Option<String>")]
    pub segment: Option<Spanned<String>>,
    /// The share that said so, in percent.
    pub percent: Estimate,
    /// Who says so.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What a side tells about somebody, and how many it reaches.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Narrative {
    /// Its id.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What it says, in a few words.
    pub says: String,
    /// Who tells it.
    #[schemars(with = "String")]
    pub speaker: Spanned<String>,
    /// About whom.
    #[schemars(with = "String")]
    pub about: Spanned<String>,
    /// From -1 (blackens) to 1 (praises).
    pub slant: Estimate,
    /// The share of a segment that it reaches in a month when it is told, in \[0, 1\].
    pub reach: Estimate,
    /// The rivalry that sets it going; told all the time if neither this nor a dialogue is given.
    #[schemars(with = "Option<String>")]
    pub rivalry: Option<Spanned<String>>,
    /// The dialogue that sets it going.
    #[schemars(with = "Option<String>")]
    pub dialogue: Option<Spanned<String>>,
    /// Whether its content is denied by the one it is about.
    #[serde(default)]
    pub denied: bool,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
