//! Who acts: states and their agencies, parties and their lists, armed factions, blocs, authorities.

use entry::unit::{Probability, Weight};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What sort of actor it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A foreign or domestic state.
    State,
    /// An arm of a state: a ministry, an intelligence service, an expeditionary force.
    Agency,
    /// The government of the contested state.
    Government,
    /// An electoral list or the party behind it.
    List,
    /// An armed faction.
    Faction,
    /// An umbrella of lists or factions.
    Bloc,
    /// A religious or moral authority.
    Authority,
    /// A court, a commission, an assembly.
    Institution,
    /// A social movement.
    Movement,
    /// An organisation between states, or a firm.
    Organisation,
    /// A public figure; the offices it held are the holdings in its name.
    Person,
}

/// An actor of the case.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "actor", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Its name in the files: lower-case letters, digits and hyphens.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// A short name for charts.
    pub short: Option<String>,
    /// What sort of actor it is.
    pub kind: ActorKind,
    /// Other names, in any script.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Adjectives and names of its people, for states.
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// A capital or a building that stands for it.
    #[serde(default)]
    pub metonyms: Vec<String>,
    /// The community it draws on, where the case's politics run along communities.
    pub community: Option<String>,
    /// Who leads it.
    pub leader: Option<String>,
    /// The actor that it is the same as under an earlier name: in what changed over time the two are one, so that ties
    /// which go on under the new name neither cease nor begin.
    #[schemars(with = "Option<String>")]
    pub succeeds: Option<Spanned<String>>,
    /// The weight it gives to its own view against all pulls on it together (k in the measure of sway), above 0.
    pub autonomy: Option<Estimate<Weight>>,
    /// When it came into being.
    pub since: Option<Date>,
    /// When it ceased to be.
    pub until: Option<Date>,
    /// Sources for its existence and its names.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

impl Actor {
    /// The short name if there is one, else the name.
    #[must_use]
    pub fn label(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}

/// An armed faction and the list through which it stands for election.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "wing", key = "faction>list")]
#[serde(deny_unknown_fields)]
pub struct Wing {
    /// The armed faction.
    #[schemars(with = "String")]
    pub faction: Spanned<String>,
    /// Its list.
    #[schemars(with = "String")]
    pub list: Spanned<String>,
    /// From when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Who says so.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// An actor's belonging to a bloc.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "membership", key = "actor>bloc")]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The member.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// The bloc.
    #[schemars(with = "String")]
    pub bloc: Spanned<String>,
    /// How likely it is that the member goes with the bloc when a government is formed, in \[0, 1\].
    pub cohesion: Estimate<Probability>,
    /// From when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Who says so.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
