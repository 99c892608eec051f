//! The region around the contested state: the pillars on which a patron's standing rests, shocks from outside,
//! and visits.

use entry::unit::{Any, Days, PerYear, Ratio, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// An ally or a foothold elsewhere on which a patron's standing in the region rests.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "pillar", key = "id", forced)]
#[serde(deny_unknown_fields)]
pub struct Pillar {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Whose pillar it is.
    #[schemars(with = "String")]
    pub patron: Spanned<String>,
    /// What it is worth to the patron, where the contested state itself is worth 1.
    pub weight: Estimate<Ratio>,
    /// The chance in a year that it falls.
    pub hazard: Estimate<PerYear>,
    /// The day on which it fell, if it has. A day after the as-of date is not yet known and does not count.
    pub fallen: Option<Date>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// An event from outside that the case thinks possible: on a date, or at a chance in a year. What it does is in
/// [`Effect`]s.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "shock", key = "id", forced)]
#[serde(deny_unknown_fields)]
pub struct Shock {
    /// Its id.
    pub id: Id,
    /// What happens, in a few words.
    pub name: String,
    /// The day on which it happens for certain.
    pub date: Option<Date>,
    /// The chance in a year that it happens.
    pub hazard: Option<Estimate<PerYear>>,
    /// How many days its effects last; for ever if not given.
    pub days: Option<Estimate<Days>>,
    /// Whether it can happen more than once.
    #[serde(default)]
    pub again: bool,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// One thing that a shock does.
///
/// `on` says to what, and `by` how much: `pillar.ID` falls (`by` is the chance that it does),
/// `tie.FROM>TO:CHANNEL`, `supply.ID` and `revenue.ACTOR:STREAM` are multiplied, `rivalry.ID` rises by so many
/// rungs, `favour.ACTOR` moves by so much in every segment, `protest` and `prices` rise by so much, `waiver.ID`
/// is renewed with its chance multiplied, `turnout` moves in log odds.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "effect", key = "shock>on")]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The shock.
    #[schemars(with = "String")]
    pub shock: Spanned<String>,
    /// What is moved.
    #[schemars(with = "String")]
    pub on: Spanned<String>,
    /// How much.
    pub by: Estimate<Any>,
    /// A remark.
    pub note: Option<String>,
}

/// Visits of one actor to another: signals that carry a tie and calm or warn.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "visit", key = "from>to", forced)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Who comes.
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// Who receives.
    #[schemars(with = "String")]
    pub to: Spanned<String>,
    /// Visits a year when nothing presses.
    pub rate: Estimate<PerYear>,
    /// The share of visits whose message is to hold back, in \[0, 1\].
    pub restraint: Estimate<Share>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
