//! Electoral laws as data: several dated laws stand side by side, and a contest names the one it is held under.

use std::borrow::Cow;

use entry::unit::{Ratio, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use theory::electoral::rule::{Rule, named, rules};
use toml::Spanned;

/// How votes become seats: a rule of `theory::electoral::rule`, by its name.
#[derive(Debug, Clone, Copy)]
pub struct Method(pub &'static Rule);

impl Method {
    /// The name by which it is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether the rule takes this field of a law.
    #[must_use]
    pub fn takes(self, field: &str) -> bool {
        self.0.takes.contains(&field)
    }
}

impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Method {}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = || {
            let names: Vec<String> = rules().map(|rule| format!("`{}`", rule.name)).collect();
            D::Error::custom(format!(
                "unknown variant `{name}`, expected one of {}",
                names.join(", ")
            ))
        };
        named(&name).map(Self).ok_or_else(unknown)
    }
}

impl JsonSchema for Method {
    fn schema_name() -> Cow<'static, str> {
        "Method".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let rule =
            |rule: &Rule| json!({ "description": rule.says, "type": "string", "const": rule.name });
        let rules: Vec<Value> = rules().map(rule).collect();
        json_schema!({ "description": "How votes become seats.", "oneOf": rules })
    }
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
    /// They go seat by seat to the highest average, seats won in districts counted as first ones: the house keeps its
    /// size.
    AdditionalMembers,
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

/// A threshold of its own for some lists: for blocs, say, or for independents.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListThreshold {
    /// The lists.
    pub lists: Keys,
    /// The share of the vote below which one of them gets nothing; 0 for lists that are exempt.
    #[schemars(with = "f64")]
    pub threshold: Spanned<f64>,
}

/// Lists that count their votes together when seats are shared out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The lists, two or more.
    pub lists: Keys,
}

/// How many candidates a list stands.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidates {
    /// The list.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// Their number in a district: it takes no more seats there.
    pub number: u32,
}

/// Where papers of a list pass on when it has no candidate left to take them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The list.
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// The lists to whose candidates they pass on, in this order; what those pass on to is no matter of these papers.
    pub to: Keys,
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
    /// The divisors in rising order, for `divisors`.
    #[serde(default)]
    pub divisors: Vec<f64>,
    /// The first divisor of a modified Sainte-Laguë, such as 1.4 or 1.7.
    #[schemars(with = "Option<f64>")]
    pub first_divisor: Option<Spanned<f64>>,
    /// The share of the vote below which a list gets nothing.
    #[schemars(with = "Option<f64>")]
    pub threshold: Option<Spanned<f64>>,
    /// Whether a list needs more than the threshold; else at least as much.
    #[serde(default)]
    pub more_than: bool,
    /// Whether the threshold is waived where no list reaches it; always so of one that is a quotient.
    #[serde(default)]
    pub waived: bool,
    /// Thresholds of their own for some lists.
    #[serde(default)]
    pub thresholds: Vec<ListThreshold>,
    /// Lists that have agreed to count their surplus votes together.
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// Lists that stand fewer candidates than there are seats.
    #[serde(default)]
    pub candidates: Vec<Candidates>,
    /// Of which vote the threshold is a share; the district's if nothing is said.
    #[serde(default)]
    pub threshold_level: ThresholdLevel,
    /// Seats above the districts.
    pub national: Option<NationalTier>,
    /// The least share of seats that women must have. Under `sntv` it moves seats once `women_candidates` and
    /// `women_behind` say who the women are.
    #[schemars(with = "Option<f64>")]
    pub womens_quota: Option<Spanned<f64>>,
    /// Where every list owes women by the seats it won in a district: its seats over the first of these, rounded down,
    /// and over the next where that makes too few in all.
    #[serde(default)]
    #[schemars(with = "Vec<u32>")]
    pub womens_divisors: Vec<Spanned<u32>>,
    /// Whether voters choose among the candidates of a list (an open list).
    #[serde(default)]
    pub preferential: bool,
    /// Under `sntv` and `stv`: candidates a list stands for each seat it could be sure of by its votes.
    #[entry(within(0, 100))]
    pub nomination: Option<Estimate<Ratio>>,
    /// Under `sntv` and `stv`: how evenly a list's votes spread over its candidates, from 0 (all for the first) to 1.
    pub evenness: Option<Estimate<Share>>,
    /// Under `sntv` with a `womens_quota`: the share of a list's candidates who are women.
    pub women_candidates: Option<Estimate<Share>>,
    /// Under `sntv` with a `womens_quota`: the share of a list's men who have more votes than its women, from 0 (women
    /// come first) to 1 (last).
    pub women_behind: Option<Estimate<Share>>,
    /// Under `stv`: the share of a list's papers that go on to its other candidates; the rest leave it after the first.
    pub within_list: Option<Estimate<Share>>,
    /// Under `stv`: decimals to which the value of a paper is kept as it passes on, 0 to 9.
    #[schemars(with = "Option<u32>")]
    pub decimals: Option<Spanned<u32>>,
    /// Under `stv`: where papers pass on from list to list; those of a list that is not named are exhausted.
    #[serde(default)]
    pub transfers: Vec<Transfer>,
    /// The source.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
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
    /// Lists that stand somebody of the community, if not all do. A seat that a list wins and nobody of it may hold goes
    /// to another list.
    #[serde(default)]
    pub lists: Keys,
    /// The laws under which it holds; none means every law.
    #[serde(default)]
    pub laws: Keys,
    /// The source.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
