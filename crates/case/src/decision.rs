//! What is decided between elections: bills and decrees, vetoes formal and informal, who holds which office,
//! dialogues between states.

use entry::unit::{Days, PerYear, Position, Probability, Ratio, Rounds};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What sort of measure it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum BillKind {
    /// Passed by the assembly.
    Bill,
    /// Issued by the government; executing bodies have to act on it.
    Decree,
}

/// A bill or a decree that may be proposed.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "bill", key = "id", forced)]
#[serde(deny_unknown_fields)]
pub struct Bill {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// A bill or a decree.
    pub kind: BillKind,
    /// The issue that it settles.
    #[schemars(with = "String")]
    pub issue: Spanned<String>,
    /// Where on the issue it would settle it, in \[0, 1\].
    pub position: Estimate<Position>,
    /// Where the issue stands if it fails, in \[0, 1\].
    pub status_quo: Estimate<Position>,
    /// Who puts it forward.
    #[schemars(with = "Vec<String>")]
    pub sponsors: Vec<Spanned<String>>,
    /// Actors that have to act on it, for a decree.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub executing: Vec<Spanned<String>>,
    /// The day on which it was proposed. A day after the as-of date is not yet known and does not count.
    pub proposed: Option<Date>,
    /// The day on which it was passed, pulled or dropped for good; likewise.
    pub settled: Option<Date>,
    /// If no day is given: the chance in a year that it is proposed.
    pub hazard: Option<Estimate<PerYear>>,
    /// The votes it takes; a majority of those present if not given.
    #[schemars(with = "Option<u32>")]
    pub quota: Option<Spanned<u32>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// An actor that can stop a bill, a decree or a government: by law, or because too much hangs on it.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "veto", key = "actor>over")]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// Who.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// Over what: the id of a bill, `bills`, `decrees` or `government`.
    #[schemars(with = "String")]
    pub over: Spanned<String>,
    /// Whether the law gives it.
    pub formal: bool,
    /// How surely an objection stops it, in \[0, 1\].
    pub strength: Estimate<Probability>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// Somebody's time in an office. Public figures only.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "holding", key = "office:person:since")]
#[serde(deny_unknown_fields)]
pub struct Holding {
    /// The office.
    #[schemars(with = "String")]
    pub office: Spanned<String>,
    /// The person.
    pub person: String,
    /// The list or actor the person belongs to.
    #[schemars(with = "Option<String>")]
    pub actor: Option<Spanned<String>>,
    /// From when.
    pub since: Date,
    /// Until when.
    pub until: Option<Date>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// The model by which a dialogue's outcome is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Bargain {
    /// The mean of positions weighted by capability and salience.
    #[default]
    Mean,
    /// The weighted median.
    Median,
    /// Nash's solution, with things as they stand if nobody agrees.
    Nash,
    /// The expected utility model of challenges.
    Challenge,
    /// The spatial model of politics.
    Smp,
}

/// Talks between states over several issues at once. Positions, salience and capability of all who have a say are
/// [`crate::issue::Position`]s on its issues.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "dialogue", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The parties at the table.
    #[schemars(with = "Vec<String>")]
    pub parties: Vec<Spanned<String>>,
    /// The issues on it.
    #[schemars(with = "Vec<String>")]
    pub issues: Vec<Spanned<String>>,
    /// The first day; a day to come is one that has been agreed.
    pub from: Date,
    /// The day on which it ended, if it has.
    pub until: Option<Date>,
    /// Days between rounds.
    #[entry(within(1, 10_000))]
    pub interval: Estimate<Days>,
    /// Rounds until it ends.
    pub rounds: Estimate<Rounds>,
    /// The model by which its outcome is worked out; the weighted mean if not given.
    #[serde(default)]
    pub model: Bargain,
    /// Actors outside that would rather have it fail, and signal so by attacks.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub spoilers: Vec<Spanned<String>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What a dialogue came to on one of its issues, by which models of bargaining are scored. No run reads it.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "agreed", key = "dialogue:issue", record)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// The dialogue.
    #[schemars(with = "String")]
    pub dialogue: Spanned<String>,
    /// The issue.
    #[schemars(with = "String")]
    pub issue: Spanned<String>,
    /// By which day it had come about.
    pub date: Date,
    /// Where on the issue's line it lies, from 0 to 1.
    pub position: f64,
    /// The least that what is on record can be read as.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// What happened, and how it was put on the line.
    pub why: String,
    /// Who says so.
    pub source: Keys,
}

/// What an agreement of a dialogue on an issue moves, from the day on which it is settled: `tie.FROM>TO:CHANNEL` (its
/// bandwidth), `supply.ID` (the share of the need that hangs on it), `waiver.ID` (its chance of renewal) or
/// `revenue.ACTOR:STREAM` is multiplied by `by` to the power of how far the issue has moved from its status quo, a move
/// from 0 to 1 counting as 1. So a `by` of 4 on a tie quarters it where the issue goes from 1 to 0.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "term", key = "dialogue:issue>on")]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The dialogue.
    #[schemars(with = "String")]
    pub dialogue: Spanned<String>,
    /// The issue; the term moves nothing while the dialogue does not have it on the table.
    #[schemars(with = "String")]
    pub issue: Spanned<String>,
    /// What is moved.
    #[schemars(with = "String")]
    pub on: Spanned<String>,
    /// What it is multiplied by where the issue moves from 0 to 1.
    #[entry(within(0.001, 1000))]
    pub by: Estimate<Ratio>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
