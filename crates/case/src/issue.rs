//! Questions on which actors hold positions.

use entry::unit::{self, Share};
use entry::{Entry, Estimate, Id, Keys};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A question, laid out on a line from 0 to 1.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "issue", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The id.
    pub id: Id,
    /// The question.
    pub name: String,
    /// What 0 stands for.
    pub low: String,
    /// What 1 stands for.
    pub high: String,
    /// Where things stand now, in \[0, 1\]: what holds if nobody agrees.
    pub status_quo: Option<Estimate<unit::Position>>,
    /// Sources.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// Where an actor stands on an issue and how much it minds.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "position", key = "actor:issue")]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The actor.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// The issue.
    #[schemars(with = "String")]
    pub issue: Spanned<String>,
    /// Where it stands, in \[0, 1\].
    pub position: Estimate<unit::Position>,
    /// How much it minds, in \[0, 1\].
    pub salience: Estimate<Share>,
    /// What it can bring to bear on the issue, in \[0, 1\]; for dialogues and bargaining.
    pub capability: Option<Estimate<Share>>,
}
