//! What a case tells the reader: whom documents may mention, and what is known of each document.

use evidence::{DocumentSource, Lexicon, LexiconActor};

use crate::actor::ActorKind;
use crate::case::Case;
use crate::source::Source;

impl Case {
    /// The actors with all their names.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        let actors = self.actors.iter().map(|actor| LexiconActor {
            id: actor.id.get_ref().clone(),
            name: actor.name.clone(),
            kind: match actor.kind {
                ActorKind::State => "state",
                ActorKind::Government => "government",
                _ => "organisation",
            }
            .to_owned(),
            aliases: actor.aliases.clone(),
            demonyms: actor.demonyms.clone(),
            metonyms: actor.metonyms.clone(),
            roles: Vec::new(),
        });
        Lexicon { actors: actors.collect() }
    }
}

impl Source {
    /// What the reader is told of the source's document.
    #[must_use]
    pub fn about(&self) -> DocumentSource {
        DocumentSource {
            key: self.key.get_ref().clone(),
            title: Some(self.title.clone()),
            publisher: Some(self.publisher.clone()),
            published: Some(self.published),
            address: self.url.clone(),
            // `check` has seen to it that the number is 1 to 6.
            rating: format!("{}{}", self.reliability, self.credibility.get_ref()).parse().ok(),
        }
    }
}
