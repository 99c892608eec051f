//! Rivalries between states and their partners: ladders of escalation, campaigns of attacks, places and what
//! reaches them.

use entry::unit::{Kilometres, PerWeek, Probability, Ratio, Rung};
use entry::{Entry, Estimate, Id, Keys};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A place: a town, a base, a launching area, a border crossing.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "place", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Latitude in degrees, north positive.
    #[schemars(with = "f64")]
    pub latitude: Spanned<f64>,
    /// Longitude in degrees, east positive.
    #[schemars(with = "f64")]
    pub longitude: Spanned<f64>,
    /// The actor to whom it belongs or who holds it.
    #[schemars(with = "Option<String>")]
    pub holder: Option<Spanned<String>>,
    /// The source.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A weapon with a reach, in an actor's hands, and the places from which it may be launched.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "weapon", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Weapon {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who has it.
    #[schemars(with = "String")]
    pub holder: Spanned<String>,
    /// How far it reaches, in km.
    pub range: Estimate<Kilometres>,
    /// The places from which it may be launched.
    #[schemars(with = "Vec<String>")]
    pub launch: Vec<Spanned<String>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A rivalry between two actors, on a ladder of rungs that the case names.
///
/// Rungs count from 0, the lowest. From `strike_rung` on the two strike each other, and from `airspace_rung` on
/// they cross the contested state's airspace to do so.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "rivalry", key = "id", forced)]
#[serde(deny_unknown_fields)]
pub struct Rivalry {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// One side.
    #[schemars(with = "String")]
    pub a: Spanned<String>,
    /// The other side.
    #[schemars(with = "String")]
    pub b: Spanned<String>,
    /// The names of the rungs, lowest first.
    pub rungs: Vec<String>,
    /// The rung on the as-of date, from 0 to the number of rungs less one; rounded when it is drawn.
    pub rung: Estimate<Rung>,
    /// The chance in a quiet week of a step up.
    pub rise: Estimate<Probability>,
    /// The chance in a week of a step down, where the rung is above the resting one.
    pub calm: Estimate<Probability>,
    /// The rung at which the rivalry rests when nothing stirs it.
    #[serde(default)]
    pub resting: u32,
    /// From this rung on the two strike each other.
    #[schemars(with = "Option<u32>")]
    pub strike_rung: Option<Spanned<u32>>,
    /// From this rung on strikes pass through the contested state's airspace.
    #[schemars(with = "Option<u32>")]
    pub airspace_rung: Option<Spanned<u32>>,
    /// Places that either side would strike.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub targets: Vec<Spanned<String>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// Attacks by an armed faction on a target in the course of a rivalry: a self-exciting process (`hawkes1971`).
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "campaign", key = "attacker>target", forced)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Who attacks.
    #[schemars(with = "String")]
    pub attacker: Spanned<String>,
    /// Who is attacked.
    #[schemars(with = "String")]
    pub target: Spanned<String>,
    /// The rivalry to which it belongs.
    #[schemars(with = "String")]
    pub rivalry: Spanned<String>,
    /// The patron whose order to hold back or to strike counts, if there is one.
    #[schemars(with = "Option<String>")]
    pub patron: Option<Spanned<String>>,
    /// Attacks a week at the resting rung, before any excite others.
    pub rate: Estimate<PerWeek>,
    /// How many further attacks one attack brings on, on average; below 1.
    #[entry(within(0, 0.99))]
    pub branching: Estimate<Ratio>,
    /// How many times the rate is multiplied with each rung above the resting one.
    #[entry(within(0, 100))]
    pub heat: Estimate<Ratio>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
