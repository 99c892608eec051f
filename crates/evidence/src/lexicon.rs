//! The actors a reader may recognise, as the caller knows them. The crate itself knows no name of
//! any country, party or person.

use serde::{Deserialize, Serialize};

use crate::normalise::fold;

/// Everyone the reader may recognise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lexicon {
    /// The actors, in the caller's order.
    pub actors: Vec<LexiconActor>,
}

/// One actor and the ways it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LexiconActor {
    /// Stable name used by every record.
    pub id: String,
    /// The name as it is printed; also an alias.
    pub name: String,
    /// What it is: `state` and `government` are read as countries, `person` gains surnames as short
    /// forms.
    #[serde(default)]
    pub kind: String,
    /// Other names, in any script.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Adjectives and names of its people.
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// A capital or a building that stands for it.
    #[serde(default)]
    pub metonyms: Vec<String>,
    /// Offices it has held.
    #[serde(default)]
    pub roles: Vec<LexiconRole>,
    /// Spellings that somebody judged not to be this actor, or was unsure of: never read as it, whatever
    /// rule of names or short forms would do so.
    #[serde(default)]
    pub never: Vec<String>,
}

/// An office and when it was held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LexiconRole {
    /// The office as a text would write it: `prime minister`.
    pub title: String,
    /// Id of the state or body it is an office of; of any where none is given.
    #[serde(default)]
    pub of: Option<String>,
    /// First day.
    #[serde(default)]
    pub from: Option<jiff::civil::Date>,
    /// Last day.
    #[serde(default)]
    pub to: Option<jiff::civil::Date>,
}

impl LexiconRole {
    /// Whether it was held on a day.
    pub fn holds(&self, day: jiff::civil::Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl LexiconActor {
    /// Whether the actor is a country or its government.
    pub fn is_state(&self) -> bool {
        matches!(self.kind.as_str(), "state" | "government" | "country")
    }

    /// Whether the actor is a single human being.
    pub fn is_person(&self) -> bool {
        self.kind == "person"
    }
}

impl Lexicon {
    /// A hash of everything in it, so that a store can tell whether a document was read with the
    /// same names.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for actor in &self.actors {
            add(&actor.id);
            add(&actor.name);
            add(&actor.kind);
            for list in [&actor.aliases, &actor.demonyms, &actor.metonyms, &actor.never] {
                add(&list.len().to_string());
                for name in list {
                    add(name);
                }
            }
            for role in &actor.roles {
                let day =
                    |d: Option<jiff::civil::Date>| d.map_or_else(String::new, |d| d.to_string());
                add(&role.title);
                add(role.of.as_deref().unwrap_or(""));
                add(&day(role.from));
                add(&day(role.to));
            }
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The printed name of an actor, or the id itself where it is not in the lexicon.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.actors.iter().find(|a| a.id == id).map_or(id, |a| a.name.as_str())
    }
}

/// A name folded for comparison: case, diacritics, hyphens, and the letter variants of Arabic and Persian
/// script do not count. Two names with one key are one spelling to the reader.
#[must_use]
pub fn name_key(name: &str) -> String {
    fold(name).replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
