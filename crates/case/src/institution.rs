//! The formal rules: the assembly and its districts, the steps of forming a government,
//! the offices that are shared out. Bare numbers here are law and take the institution's source.

use entry::unit::{Days, Lists, People, Points, Probability, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// The assembly: `[assembly]`, or several `[[assembly]]` of which the latest in force on the day of the coming
/// election (or on the as-of date) counts.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "assembly", key = "from", alone)]
#[serde(deny_unknown_fields)]
pub struct Assembly {
    /// From when these rules hold; the key where there are several.
    pub from: Option<Date>,
    /// Its name.
    pub name: String,
    /// Its seats, all together.
    #[schemars(with = "u32")]
    pub seats: Spanned<u32>,
    /// The votes that an absolute majority takes.
    #[schemars(with = "u32")]
    pub majority: Spanned<u32>,
    /// The source of these rules.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A body whose decisions can be measured: the assembly's members at a quota.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "body", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its id.
    pub id: Id,
    /// What it decides, in words that follow "sway over".
    pub name: String,
    /// The seats a decision takes.
    #[schemars(with = "u32")]
    pub quota: Spanned<u32>,
    /// The source of the rule.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// An electoral district.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "district", key = "[laws:]id")]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Seats filled here, without reserved ones.
    #[schemars(with = "u32")]
    pub seats: Spanned<u32>,
    /// Into how many constituencies of like size the district is cut, each filling its share of the seats; one if
    /// not given.
    #[schemars(with = "Option<u32>")]
    pub constituencies: Option<Spanned<u32>>,
    /// The laws under which the district has these seats; none means every law.
    #[serde(default)]
    pub laws: Keys,
    /// The share of the vote that goes to small lists without a prior of their own.
    pub fringe: Estimate<Share>,
    /// Among how many small lists that share is spread.
    pub fringe_lists: Estimate<Lists>,
    /// Its registered voters, part of the contest's, where they are not in proportion to its seats: voters abroad, whose
    /// district may have no seats at all and still count for national ones.
    pub electorate: Option<Estimate<People>>,
    /// The share of its registered voters who would vote if nobody stayed away, if it is not the country's.
    pub turnout: Option<Estimate<Share>>,
    /// The source of the number of seats.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// Seats that are not contested between the lists.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "reserved", key = "[laws:]list")]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// The actor to which the seats are counted.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// How many.
    #[schemars(with = "u32")]
    pub seats: Spanned<u32>,
    /// The laws under which they are reserved; none means every law.
    #[serde(default)]
    pub laws: Keys,
    /// The source.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What has to happen in a step of forming a government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StageKind {
    /// The result is counted, appealed against and ratified.
    Certification,
    /// The assembly meets.
    Session,
    /// The assembly elects somebody to an office (a speaker, a head of state).
    Elect,
    /// The largest bloc names a nominee.
    Nominate,
    /// The nominee puts a cabinet together and asks for confidence.
    Confidence,
}

/// A step of forming a government with its constitutional clock.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "stage", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What has to happen.
    pub kind: StageKind,
    /// The office that is filled, for `elect`, `nominate` and `confidence`.
    #[schemars(with = "Option<String>")]
    pub office: Option<Spanned<String>>,
    /// Days the constitution allows from the end of the step before.
    pub deadline: Option<u32>,
    /// Days an undisturbed step takes in practice.
    pub days: Estimate<Days>,
    /// How likely it is that this step waits for the talks on the whole package of offices; certain if not given.
    pub package: Option<Estimate<Probability>>,
    /// Votes needed.
    pub threshold: Option<u32>,
    /// Members who must be present.
    pub quorum: Option<u32>,
    /// Whether a second round by plurality follows when the threshold is missed.
    #[serde(default)]
    pub runoff: bool,
    /// The source of the rule.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// An office that is shared out when a government is formed.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "office", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is worth in the sharing-out, in points.
    pub points: Estimate<Points>,
    /// The community that holds it by custom.
    pub custom: Option<String>,
    /// The list that has held it each time.
    #[schemars(with = "Option<String>")]
    pub convention: Option<Spanned<String>>,
    /// How likely it is that the list of the convention holds it again.
    pub kept: Option<Estimate<Probability>>,
    /// How likely it is to be still empty on the day of confidence, in \[0, 1\].
    pub vacancy: Option<Estimate<Probability>>,
    /// Whether it is shared out among the ministers' posts.
    #[serde(default)]
    pub ministry: bool,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
