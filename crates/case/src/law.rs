//! Electoral laws as data: several dated laws stand side by side, and a contest names the one it is held under.

use entry::unit::{Ratio, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// How votes become seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Divisors `first_divisor`, 3, 5, 7, …: Sainte-Laguë where it is 1.
    SainteLague,
    /// Divisors 1, 2, 3, …
    Dhondt,
    /// Hare quota, then the largest remainders: short for `largest-remainder` with the quota `hare`.
    HareLargestRemainder,
    /// A quota of votes for each seat, then the largest remainders.
    LargestRemainder,
    /// The single non-transferable vote: one vote for a candidate, and the candidates with most votes win.
    Sntv,
    /// Most votes in districts of one seat.
    Plurality,
    /// As many votes as seats, and the candidates with most votes win.
    BlockVote,
}

/// What a seat costs in votes under `largest-remainder`, with V valid votes and S seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuotaRule {
    /// V / S.
    Hare,
    /// The whole part of V / (S + 1), plus one.
    Droop,
    /// V / (S + 1), not rounded.
    HagenbachBischoff,
    /// V / (S + 2).
    Imperiali,
}

/// Of which vote a threshold is a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ThresholdLevel {
    /// Of the district's valid vote.
    #[default]
    District,
    /// Of the valid vote of the whole country.
    National,
    /// The district's own electoral quotient (its valid votes over its seats): a list below it gets nothing.
    Quotient,
}

/// How seats of a national tier are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TierKind {
    /// They bring each list towards what it is due of all seats by its national vote.
    Compensatory,
    /// They are shared out by the national vote alone, whatever the districts gave.
    Parallel,
    /// They go to lists that won seats in districts, by those seats' shares.
    Winners,
}

/// Seats above the districts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NationalTier {
    /// How many.
    #[schemars(with = "u32")]
    pub seats: Spanned<u32>,
    /// How they are shared out.
    pub kind: TierKind,
    /// The formula, if it is not that of the districts.
    pub method: Option<Method>,
    /// Its quota, for `largest-remainder`.
    pub quota: Option<QuotaRule>,
    /// Its first divisor, for `sainte-lague`.
    #[schemars(with = "Option<f64>")]
    pub first_divisor: Option<Spanned<f64>>,
    /// The share of the national vote below which a list gets none of them.
    #[schemars(with = "Option<f64>")]
    pub threshold: Option<Spanned<f64>>,
}

/// A dated electoral law.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "law", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The day from which it holds.
    pub from: Date,
    /// How votes become seats.
    pub method: Method,
    /// The quota, for `largest-remainder`.
    #[schemars(with = "Option<QuotaRule>")]
    pub quota: Option<Spanned<QuotaRule>>,
    /// The first divisor of a modified Sainte-Laguë, such as 1.4 or 1.7.
    #[schemars(with = "Option<f64>")]
    pub first_divisor: Option<Spanned<f64>>,
    /// The share of the vote below which a list gets nothing.
    #[schemars(with = "Option<f64>")]
    pub threshold: Option<Spanned<f64>>,
    /// Of which vote the threshold is a share; the district's if nothing is said.
    #[serde(default)]
    pub threshold_level: ThresholdLevel,
    /// Seats above the districts.
    pub national: Option<NationalTier>,
    /// The least share of seats that women must have.
    #[schemars(with = "Option<f64>")]
    pub womens_quota: Option<Spanned<f64>>,
    /// Whether voters choose among the candidates of a list (an open list).
    #[serde(default)]
    pub preferential: bool,
    /// Under `sntv`: candidates a list stands for each seat it could be sure of by its votes.
    #[entry(within(0, 100))]
    pub nomination: Option<Estimate<Ratio>>,
    /// Under `sntv`: how evenly a list's votes spread over its candidates, from 0 (all for the first) to 1.
    pub evenness: Option<Estimate<Share>>,
    /// The source.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

impl Law {
    /// The quota of a law of largest remainders.
    #[must_use]
    pub fn remainder_quota(&self) -> Option<QuotaRule> {
        match self.method {
            Method::HareLargestRemainder => Some(QuotaRule::Hare),
            Method::LargestRemainder => self.quota.as_ref().map(|q| *q.get_ref()),
            _ => None,
        }
    }
}

/// Seats of a district that only members of one community can hold: `[[quota]]`.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "quota", key = "[laws:]district:community")]
#[serde(deny_unknown_fields)]
pub struct SeatQuota {
    /// The district.
    #[schemars(with = "String")]
    pub district: Spanned<String>,
    /// The community, as actors name it.
    #[schemars(with = "String")]
    pub community: Spanned<String>,
    /// How many of the district's seats.
    #[schemars(with = "u32")]
    pub seats: Spanned<u32>,
    /// The laws under which it holds; none means every law.
    #[serde(default)]
    pub laws: Keys,
    /// The source.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
