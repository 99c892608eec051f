//! The coming election and the past ones: who stands, what they may expect, what they got.

use entry::unit::{People, Probability, Ratio, Scale, Share};
use entry::{Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// An election: `[contest]`, or several `[[contest]]` of which one is in play on the as-of date.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "contest", key = "id", alone)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Its id.
    pub id: Id,
    /// Election day.
    #[schemars(with = "Date")]
    pub date: Spanned<Date>,
    /// The law under which it is held.
    #[schemars(with = "String")]
    pub law: Spanned<String>,
    /// Registered voters.
    pub electorate: Estimate<People>,
    /// The share of registered voters who would vote if nobody stayed away.
    pub turnout: Estimate<Share>,
    /// The source of the date.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A list in the coming election.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "entry", key = "[contest:]list")]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The contest; needed where the case has more than one.
    #[schemars(with = "Option<String>")]
    pub contest: Option<Spanned<String>>,
    /// The list.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// Whether it stands. A list that does not stand is a boycott: its voters stay at home or move on.
    pub participates: bool,
    /// If it stays away: the share of its voters who do not vote.
    pub abstain: Option<Estimate<Share>>,
    /// If it stays away: where its remaining voters may go; empty means every list of its community.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub transfers: Vec<Spanned<String>>,
    /// Under `sntv` and `stv`: candidates it stands for each seat it could be sure of, if not the law's usual number.
    #[entry(within(0, 100))]
    pub nomination: Option<Estimate<Ratio>>,
    /// Under `sntv` and `stv`: how evenly its votes spread over its candidates, if not as the law says is usual.
    pub evenness: Option<Estimate<Share>>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What a list may expect in a district on the eve: its share of the vote if every list stood.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "prior", key = "[contest:]district:list")]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// The contest; needed where the case has more than one.
    #[schemars(with = "Option<String>")]
    pub contest: Option<Spanned<String>>,
    /// The district.
    #[schemars(with = "String")]
    pub district: Spanned<String>,
    /// The list.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// The expected share; a district's shares need not sum to one.
    pub share: Estimate<Share>,
}

/// What a list got in a past election, in a district or (without one) nationally.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "result", key = "election:district:list")]
#[serde(deny_unknown_fields)]
pub struct ElectionResult {
    /// The election.
    #[schemars(with = "String")]
    pub election: Spanned<String>,
    /// Election day.
    pub date: Date,
    /// The district; none for the national result.
    #[schemars(with = "Option<String>")]
    pub district: Option<Spanned<String>>,
    /// The list.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// Votes, where known.
    pub votes: Option<u64>,
    /// Share of the vote in percent, where known.
    pub percent: Option<f64>,
    /// Seats, where known.
    pub seats: Option<u32>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// The seats a list holds from a day between two elections on: after resignations, by-elections, a seat moved by a
/// court. Lists of which nothing is said keep what they won.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "seated", key = "election:since:list", record)]
#[serde(deny_unknown_fields)]
pub struct Seated {
    /// The election whose assembly it is.
    #[schemars(with = "String")]
    pub election: Spanned<String>,
    /// From which day.
    pub since: Date,
    /// The list.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// How many it holds from then on.
    pub seats: u32,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A stage of forming a government that was reached before the government was formed: from there a run goes on.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "reached", key = "election:stage", record)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// The election after which the government is formed.
    #[schemars(with = "String")]
    pub election: Spanned<String>,
    /// The stage.
    #[schemars(with = "String")]
    pub stage: Spanned<String>,
    /// On which day.
    pub date: Date,
    /// The nominee, by the candidate's id, where the stage names one.
    #[schemars(with = "Option<String>")]
    pub candidate: Option<Spanned<String>>,
    /// Those who had been named and had failed by then, in order.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub failed: Vec<Spanned<String>>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A sitting for a stage of forming a government that came to nothing. What has failed before teaches a run how likely
/// the next sitting is to fail.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "sitting", key = "election:stage:date", record)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// The election after which the government is formed.
    #[schemars(with = "String")]
    pub election: Spanned<String>,
    /// The stage.
    #[schemars(with = "String")]
    pub stage: Spanned<String>,
    /// On which day.
    pub date: Date,
    /// Members who were present, where known.
    pub present: Option<u32>,
    /// Whether the quorum was there and the votes were not.
    #[serde(default)]
    pub quorum: bool,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A past formation of a government.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "formed", key = "election")]
#[serde(deny_unknown_fields)]
pub struct Formed {
    /// The election it followed.
    #[schemars(with = "String")]
    pub election: Spanned<String>,
    /// Election day.
    pub date: Date,
    /// The day of the vote of confidence.
    pub confidence: Date,
    /// Who became head of government.
    pub head: String,
    /// Whether the leader of the list with most seats became head of government.
    pub top_list_leads: bool,
    /// Nominees who failed.
    #[serde(default)]
    pub failed: Vec<String>,
    /// Whether it followed a resignation and no election: `date` is then the day of the resignation.
    #[serde(default)]
    pub mid_term: bool,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// Somebody who may be named to lead the government. Public figures only.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "candidate", key = "[contest:]id", stays)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The contest; needed where the case has more than one.
    #[schemars(with = "Option<String>")]
    pub contest: Option<Spanned<String>>,
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
    /// The list the candidate leads or belongs to; none for an outsider.
    #[schemars(with = "Option<String>")]
    pub list: Option<Spanned<String>>,
    /// Whether the candidate holds the office now.
    #[serde(default)]
    pub incumbent: bool,
    /// How acceptable the candidate is to actors of whom nothing particular is known, in \[-1, 1\].
    pub appeal: Estimate<Scale>,
    /// Who says that the candidate is in question.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What an actor thinks of a candidate.
#[derive(Debug, Clone, Deserialize, JsonSchema, entry::Entry)]
#[entry(kind = "preference", key = "[contest:]actor>candidate", stays)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// The contest; needed where the case has more than one.
    #[schemars(with = "Option<String>")]
    pub contest: Option<Spanned<String>>,
    /// The actor.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// The candidate.
    #[schemars(with = "String")]
    pub candidate: Spanned<String>,
    /// From -1 (would block) to 1 (own candidate), left to itself: what it would want if nobody pulled on it.
    pub value: Estimate<Scale>,
    /// How likely the actor is to threaten openly if the candidate is named, in \[0, 1\].
    pub threat: Option<Estimate<Probability>>,
    /// How much it cares who it is, in \[0, 1\]; the greatest given with any of its preferences counts for all.
    pub care: Option<Estimate<Share>>,
    /// A remark.
    pub note: Option<String>,
}
