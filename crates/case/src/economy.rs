//! Money and goods: what the contested state is supplied with and by whose leave, what factions live on, who is
//! under sanctions.

use entry::unit::{Days, DollarsPerYear, PerYear, Probability, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A flow of goods on which an actor depends: gas, electricity, dollars, food, water.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "supply", key = "id", forced)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who supplies.
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// Who is supplied.
    #[schemars(with = "String")]
    pub to: Spanned<String>,
    /// What it is worth in USD a year.
    pub value: Estimate<DollarsPerYear>,
    /// The share of the need of `to` for power, or for whatever else it serves, that it covers, in \[0, 1\].
    pub share: Estimate<Share>,
    /// The share of a lost flow that is soon replaced from elsewhere, in \[0, 1\].
    pub substitute: Estimate<Share>,
    /// The chance in a year that the supplier cuts it, over unpaid bills, need at home or to press.
    pub cut: Estimate<PerYear>,
    /// How many days a cut lasts.
    pub days: Estimate<Days>,
    /// The waiver without which it cannot be paid for.
    #[schemars(with = "Option<String>")]
    pub waiver: Option<Spanned<String>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A dated leave to trade with somebody under sanctions.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "waiver", key = "id", forced)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who grants it.
    #[schemars(with = "String")]
    pub by: Spanned<String>,
    /// Whom the sanctions are meant for.
    #[schemars(with = "String")]
    pub against: Spanned<String>,
    /// The times for which it was granted. One that begins after the as-of date is not yet known.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// For how many days it is granted each time.
    pub term: u32,
    /// How likely it is to be renewed when it runs out and nothing presses either way, in \[0, 1\].
    pub renewal: Estimate<Probability>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A time for which a waiver was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Waiver {
    /// The day on which the grant in force on `day` runs out; none if none is in force.
    #[must_use]
    pub fn expires(&self, day: Date) -> Option<Date> {
        self.grants.iter().filter(|g| g.from <= day && day <= g.to).map(|g| g.to).max()
    }
}

/// What a sanction does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Listing as a terrorist organisation: money, travel, and the name.
    Terrorist,
    /// Freezing of assets and a ban on dealings.
    Financial,
    /// Cutting off from banks and currency.
    Bank,
    /// A wide embargo on a state.
    Embargo,
}

/// A sanction by one actor on another, in force (`since`) or possible (`hazard`).
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "designation", key = "by>actor:measure", forced)]
#[serde(deny_unknown_fields)]
pub struct Designation {
    /// Who imposes it.
    #[schemars(with = "String")]
    pub by: Spanned<String>,
    /// On whom.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// What it does.
    pub measure: Measure,
    /// From when it is in force. A day after the as-of date is not yet known and does not count.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// If it is not in force: the chance in a year that it is imposed when nothing provokes it.
    pub hazard: Option<Estimate<PerYear>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// Where money comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// Salaries and contracts from the contested state's budget.
    Budget,
    /// A patron's money.
    Patron,
    /// Lawful trade and firms.
    Trade,
    /// Levies, smuggling, protection.
    Levies,
    /// Sale of oil and gas.
    Oil,
}

impl Stream {
    /// Its name in a case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Patron => "patron",
            Self::Trade => "trade",
            Self::Levies => "levies",
            Self::Oil => "oil",
        }
    }
}

/// A stream of an actor's revenue.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "revenue", key = "actor:stream")]
#[serde(deny_unknown_fields)]
pub struct Revenue {
    /// Whose.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// Where from.
    pub stream: Stream,
    /// Who pays it, where that is one actor.
    #[schemars(with = "Option<String>")]
    pub payer: Option<Spanned<String>>,
    /// How much, in USD a year.
    pub value: Estimate<DollarsPerYear>,
    /// The share that passes through banks a sanction can shut, in \[0, 1\].
    pub exposed: Estimate<Share>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
