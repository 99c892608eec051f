//! What people think: segments of the population, what they make of actors, polls, and what they are told.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::estimate::{Estimate, Keys};

/// A part of the population that thinks alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its id.
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Favour {
    /// The segment.
    pub segment: Spanned<String>,
    /// The actor.
    pub actor: Spanned<String>,
    /// From -1 (all reject) to 1 (all approve): the share that approves less the share that rejects.
    pub value: Estimate,
    /// A remark.
    pub note: Option<String>,
}

/// One figure of an opinion poll.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// Its id.
    pub id: Spanned<String>,
    /// The last day in the field.
    pub date: Date,
    /// What was asked, in a few words.
    pub what: String,
    /// About whom.
    pub actor: Option<Spanned<String>>,
    /// In which segment; the whole population if not given.
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Narrative {
    /// Its id.
    pub id: Spanned<String>,
    /// What it says, in a few words.
    pub says: String,
    /// Who tells it.
    pub speaker: Spanned<String>,
    /// About whom.
    pub about: Spanned<String>,
    /// From -1 (blackens) to 1 (praises).
    pub slant: Estimate,
    /// The share of a segment that it reaches in a month when it is told, in \[0, 1\].
    pub reach: Estimate,
    /// The rivalry that sets it going; told all the time if neither this nor a dialogue is given.
    pub rivalry: Option<Spanned<String>>,
    /// The dialogue that sets it going.
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
