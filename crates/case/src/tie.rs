//! Who pulls on whom, through which channel, and how strongly.

use entry::unit::Share;
use entry::{Entry, Estimate, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// The channel through which a tie works.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Party links, appointments, brokerage between leaders.
    Political,
    /// Arms, training, command, protection.
    Security,
    /// Trade, energy, salaries, finance.
    Economic,
    /// Creed, pilgrimage, culture, kinship.
    Social,
    /// Media and narratives.
    Information,
    /// Visits, talks, recognition.
    Diplomatic,
}

impl Channel {
    /// All channels in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Political,
        Self::Security,
        Self::Economic,
        Self::Social,
        Self::Information,
        Self::Diplomatic,
    ];

    /// The channel of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }

    /// The channel's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Political => "political",
            Self::Security => "security",
            Self::Economic => "economic",
            Self::Social => "social",
            Self::Information => "information",
            Self::Diplomatic => "diplomatic",
        }
    }

    /// Its place in [`Channel::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A directed tie: `from` pulls on `to` through one channel.
///
/// The pull is bandwidth times dependence, as in the Formal Bilateral Influence Capacity index
/// (`moyer2021`), here over informal actors too.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "tie", key = "from>to:channel")]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Who pulls.
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// Who is pulled.
    #[schemars(with = "String")]
    pub to: Spanned<String>,
    /// Through what.
    pub channel: Channel,
    /// How much passes through the channel, in \[0, 1\].
    pub bandwidth: Estimate<Share>,
    /// How much `to` depends on it, in \[0, 1\].
    pub dependence: Estimate<Share>,
    /// From when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Sources for the tie's existence.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}
