//! What a case tells the reader: whom documents may mention, and what is known of each document.
//!
//! Judgements come last: `same` adds a name, `not-same` and `unsure` forbid it, and a name that two actors bear
//! is read as neither.

use evidence::{DocumentSource, Lexicon, LexiconActor, LexiconRole, name_key};

use crate::actor::{Actor, ActorKind};
use crate::case::Case;
use crate::decision::Holding;
use crate::judgement::{Decided, Standing, shared_names};
use crate::source::Source;

impl Case {
    /// The actors with all their names, as judged.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        let standing = Standing::of(self);
        let shared = shared_names(self);
        let free = |name: &String, actor: &Actor| {
            !shared.contains_key(&name_key(name))
                && standing.actors(name, Decided::Same).iter().all(|a| a == actor.id.get_ref())
        };
        // The late are named in documents as long as the living.
        let actors = self.actors.iter().chain(&self.aside.late).map(|actor| {
            let id = actor.id.get_ref();
            let kept = |names: &[String]| -> Vec<String> {
                names.iter().filter(|name| free(name, actor)).cloned().collect()
            };
            let mut aliases = kept(&actor.aliases);
            let mut never = Vec::new();
            for ((_, who), judgement) in &standing.pairs {
                if who != id {
                    continue;
                }
                let name = judgement.name.get_ref();
                let written = match self.actor(name) {
                    Some(other) => {
                        std::iter::once(&other.name).chain(&other.aliases).cloned().collect()
                    }
                    None => vec![name.clone()],
                };
                match judgement.decided {
                    Decided::Same => aliases.extend(written.into_iter().filter(|n| free(n, actor))),
                    Decided::NotSame | Decided::Unsure => never.extend(written),
                }
            }
            // A printed name that is shared stays in print, but is not read.
            if !free(&actor.name, actor) {
                never.push(actor.name.clone());
            }
            for names in [&mut aliases, &mut never] {
                names.dedup();
            }
            LexiconActor {
                id: id.clone(),
                name: actor.name.clone(),
                kind: match actor.kind {
                    ActorKind::State => "state",
                    ActorKind::Government => "government",
                    ActorKind::Person => "person",
                    _ => "organisation",
                }
                .to_owned(),
                aliases,
                demonyms: kept(&actor.demonyms),
                metonyms: kept(&actor.metonyms),
                never,
                roles: self.offices_of(actor),
            }
        });
        Lexicon { actors: actors.collect() }
    }

    /// The offices that a person holds or held, each with its days: all are of the state of the case.
    fn offices_of(&self, actor: &Actor) -> Vec<LexiconRole> {
        if actor.kind != ActorKind::Person {
            return Vec::new();
        }
        let names = std::iter::once(&actor.name).chain(&actor.aliases).chain([actor.id.get_ref()]);
        let names: Vec<String> = names.map(|name| name_key(name)).collect();
        let of_person = self.holdings.iter().filter(|h| names.contains(&name_key(&h.person)));
        let role = |held: &Holding| {
            let office = self.offices.iter().find(|o| o.id.get_ref() == held.office.get_ref())?;
            let name = office.name.to_lowercase();
            Some(LexiconRole {
                title: if office.ministry { format!("{name} minister") } else { name },
                of: Some(self.head.state.get_ref().clone()),
                from: Some(held.since),
                to: held.until,
            })
        };
        of_person.filter_map(role).collect()
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
            author: None,
            published: Some(self.published),
            address: self.url.clone(),
            // `check` has seen to it that the number is 1 to 6.
            rating: format!("{}{}", self.reliability, self.credibility.get_ref()).parse().ok(),
        }
    }
}
