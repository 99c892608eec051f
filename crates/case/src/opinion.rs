//! What people think: segments of the population, what they make of actors, polls, and what they are told.

use entry::unit::{Percent, Ratio, Scale, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A part of the population that thinks alike.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "segment", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its share of those who may vote, in \[0, 1\].
    pub share: Estimate<Share>,
    /// The community to which it belongs.
    pub community: Option<String>,
    /// How readily it takes to the streets, as a multiple of the country's own readiness.
    pub protest: Option<Estimate<Ratio>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What a segment makes of an actor.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "favour", key = "segment>actor")]
#[serde(deny_unknown_fields)]
pub struct Favour {
    /// The segment.
    #[schemars(with = "String")]
    pub segment: Spanned<String>,
    /// The actor.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// From -1 (all reject) to 1 (all approve): the share that approves less the share that rejects.
    pub value: Estimate<Scale>,
    /// A remark.
    pub note: Option<String>,
}

/// One figure of an opinion poll.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "poll", key = "id", record)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// Its id.
    pub id: Id,
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
    pub percent: Estimate<Percent>,
    /// Who says so.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What a side tells about somebody, and how many it reaches.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "narrative", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Narrative {
    /// Its id.
    pub id: Id,
    /// What it says, in a few words.
    pub says: String,
    /// Who tells it.
    #[schemars(with = "String")]
    pub speaker: Spanned<String>,
    /// About whom.
    #[schemars(with = "String")]
    pub about: Spanned<String>,
    /// From -1 (blackens) to 1 (praises).
    pub slant: Estimate<Scale>,
    /// The share of a segment that it reaches in a month when it is told, in \[0, 1\].
    pub reach: Estimate<Share>,
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
