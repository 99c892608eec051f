//! Where the entries that everything refers to stand in a case, so that finding one does not go through all.

use std::collections::BTreeMap;

use crate::kinds::Kinds;

/// The places of actors and sources by their names, of a case that is whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    actors: BTreeMap<String, usize>,
    sources: BTreeMap<String, usize>,
}

impl Index {
    /// Of the entries as they stand; they keep their places from here on.
    pub fn of(kinds: &Kinds) -> Self {
        // Of two with one name the first is meant, and `check` refuses both.
        let places = |names: &mut dyn Iterator<Item = &String>| {
            let mut places = BTreeMap::new();
            for (at, name) in names.enumerate() {
                places.entry(name.clone()).or_insert(at);
            }
            places
        };
        Self {
            actors: places(&mut kinds.actors.iter().map(|a| a.id.get_ref())),
            sources: places(&mut kinds.sources.iter().map(|s| s.key.get_ref())),
        }
    }

    /// The place of an actor.
    pub fn actor(&self, id: &str) -> Option<usize> {
        self.actors.get(id).copied()
    }

    /// The place of a source.
    pub fn source(&self, key: &str) -> Option<usize> {
        self.sources.get(key).copied()
    }
}
