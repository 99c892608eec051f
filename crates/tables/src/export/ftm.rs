//! Follow the Money: actors, persons, memberships, links and listings as JSON lines, which Aleph, OpenSanctions' tools and our
//! own importer read. A case tells of no ownership, so there is none here.

use std::collections::{BTreeMap, BTreeSet};

use case::Case;
use case::actor::{Actor, ActorKind};
use entry::Keys;
use evidence::{StoreError, name_key};
use jiff::civil::Date;
use serde_json::json;

use super::{Format, Material, Written};
use crate::believed::word;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "ftm",
    says: "actors, persons, memberships, links and listings as Follow the Money",
    ties: true,
    write,
};

/// Values by property, sorted; a property without a value is none.
type Properties = BTreeMap<&'static str, Vec<String>>;

/// Entities in the order in which they are made.
struct Entities<'c> {
    case: &'c Case,
    text: String,
    /// Ids of persons by how their names are compared.
    persons: BTreeMap<String, String>,
}

/// The schema of an actor.
fn schema(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::State | ActorKind::Agency | ActorKind::Government | ActorKind::Institution => {
            "PublicBody"
        }
        ActorKind::List
        | ActorKind::Faction
        | ActorKind::Bloc
        | ActorKind::Authority
        | ActorKind::Movement
        | ActorKind::Organisation => "Organization",
    }
}

fn id(actor: &str) -> String {
    format!("actor-{actor}")
}

fn one(text: impl Into<String>) -> Vec<String> {
    vec![text.into()]
}

impl Entities<'_> {
    fn push(&mut self, id: &str, schema: &str, mut properties: Properties) {
        properties.retain(|_, values| {
            values.retain(|value| !value.is_empty());
            !values.is_empty()
        });
        let entity = json!({ "id": id, "schema": schema, "properties": properties });
        self.text.push_str(&entity.to_string());
        self.text.push('\n');
    }

    /// What sources say of themselves.
    fn cited(&self, keys: impl IntoIterator<Item = impl AsRef<str>>) -> Properties {
        let keys: BTreeSet<String> = keys.into_iter().map(|key| key.as_ref().to_owned()).collect();
        let sources: Vec<_> = keys.iter().filter_map(|key| self.case.source(key)).collect();
        let publishers: BTreeSet<String> = sources.iter().map(|s| s.publisher.clone()).collect();
        let addresses: BTreeSet<String> = sources.iter().filter_map(|s| s.url.clone()).collect();
        BTreeMap::from([
            ("publisher", publishers.into_iter().collect()),
            ("sourceUrl", addresses.into_iter().collect()),
        ])
    }

    fn actor(&mut self, actor: &Actor) {
        let key = actor.id.get_ref();
        let mut properties = self.cited(names(&actor.source));
        let schema = schema(actor.kind);
        properties.extend([
            ("name", one(&actor.name)),
            ("abbreviation", actor.short.clone().into_iter().collect()),
            ("alias", actor.aliases.clone()),
            ("notes", actor.note.clone().into_iter().collect()),
        ]);
        if actor.kind == ActorKind::Person {
            self.persons.insert(name_key(&actor.name), id(key));
            // A person has no abbreviation.
            if let Some(short) = properties.remove("abbreviation") {
                properties.insert("weakAlias", short);
            }
        } else {
            properties.insert("classification", one(word(&actor.kind)));
            properties.insert("incorporationDate", dates(actor.since));
            properties.insert("dissolutionDate", dates(actor.until));
        }
        self.push(&id(key), schema, properties);
    }

    /// The id of a person by name: of the actor, or of a person who is none, written when first met.
    fn person(&mut self, name: &str, source: &Keys) -> String {
        if let Some(known) = self.persons.get(&name_key(name)) {
            return known.clone();
        }
        let hash = blake3::hash(name_key(name).as_bytes()).to_hex();
        let id = format!("person-{}", hash.get(..12).unwrap_or_default());
        self.persons.insert(name_key(name), id.clone());
        let mut properties = self.cited(names(source));
        properties.insert("name", one(name));
        self.push(&id, "Person", properties);
        id
    }

    /// A link of one schema between two entities, by the names that the schema has for its ends.
    fn link(
        &mut self,
        own: &str,
        schema: &str,
        ends: [(&'static str, String); 2],
        role: &str,
        days: [Option<Date>; 2],
        more: Properties,
    ) {
        let mut properties = more;
        properties.extend(ends.map(|(name, end)| (name, vec![end])));
        properties.insert("role", one(role));
        properties.insert("startDate", dates(days[0]));
        properties.insert("endDate", dates(days[1]));
        self.push(own, schema, properties);
    }

    fn membership(
        &mut self,
        own: &str,
        [member, organisation]: [String; 2],
        role: &str,
        days: [Option<Date>; 2],
        source: &Keys,
    ) {
        let more = self.cited(names(source));
        let ends = [("member", member), ("organization", organisation)];
        self.link(own, "Membership", ends, role, days, more);
    }
}

fn names(keys: &Keys) -> impl Iterator<Item = &str> {
    keys.0.iter().map(|key| key.get_ref().as_str())
}

fn dates(day: Option<Date>) -> Vec<String> {
    day.map(|day| day.to_string()).into_iter().collect()
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let case = material.case;
    let mut all = Entities { case, text: String::new(), persons: BTreeMap::new() };
    case.actors.iter().for_each(|actor| all.actor(actor));
    for actor in &case.actors {
        if let Some(leader) = &actor.leader {
            let key = actor.id.get_ref();
            let person = all.person(leader, &actor.source);
            let ends = [person, id(key)];
            all.membership(&format!("leader-{key}"), ends, "leader", [None; 2], &actor.source);
        }
    }
    for held in &case.holdings {
        let office = case.offices.iter().find(|o| o.id.get_ref() == held.office.get_ref());
        let role = office.map_or(held.office.get_ref(), |office| &office.name);
        let person = all.person(&held.person, &held.source);
        let own = format!("holding-{}-{}-{person}", held.office.get_ref(), held.since);
        // The office is one of the state; the list that it fell to is told apart.
        let ends = [person.clone(), id(case.head.state.get_ref())];
        all.membership(&own, ends, role, [Some(held.since), held.until], &held.source);
        if let Some(list) = &held.actor {
            let (own, ends) = (format!("{own}-for"), [person, id(list.get_ref())]);
            all.membership(&own, ends, "member", [None; 2], &held.source);
        }
    }
    for member in &case.memberships {
        let (actor, bloc) = (member.actor.get_ref(), member.bloc.get_ref());
        let ends = [id(actor), id(bloc)];
        let days = [member.since, member.until];
        all.membership(&format!("member-{actor}-{bloc}"), ends, "member", days, &member.source);
    }
    for wing in &case.wings {
        let (faction, list) = (wing.faction.get_ref(), wing.list.get_ref());
        let more = all.cited(names(&wing.source));
        let ends = [("subject", id(faction)), ("object", id(list))];
        let days = [wing.since, wing.until];
        all.link(&format!("wing-{faction}-{list}"), "UnknownLink", ends, "wing", days, more);
    }
    for tie in material.ties() {
        let (from, to, channel) = (tie.from.get_ref(), tie.to.get_ref(), tie.channel.name());
        let (wide, deep) = (case.belief(&tie.bandwidth), case.belief(&tie.dependence));
        let mut more = all.cited(material.sources(tie));
        let summary = format!(
            "bandwidth {} ({} to {}), dependence {} ({} to {})",
            wide.value, wide.low, wide.high, deep.value, deep.low, deep.high
        );
        more.insert("summary", one(summary));
        let ends = [("subject", id(from)), ("object", id(to))];
        let own = format!("tie-{from}-{to}-{channel}");
        all.link(&own, "UnknownLink", ends, channel, [tie.since, tie.until], more);
    }
    let imposed = |since: Option<Date>| since.is_some_and(|since| since <= case.as_of);
    for listed in case.designations.iter().filter(|listed| imposed(listed.since)) {
        let (by, actor, measure) =
            (listed.by.get_ref(), listed.actor.get_ref(), word(&listed.measure));
        let mut properties = all.cited(names(&listed.source));
        let authority = case.actor(by).map_or(by, |by| &by.name);
        properties.extend([
            ("entity", vec![id(actor)]),
            ("authority", one(authority)),
            ("program", one(&measure)),
            ("startDate", dates(listed.since)),
            ("endDate", dates(listed.until)),
            ("summary", listed.note.clone().into_iter().collect()),
        ]);
        all.push(&format!("sanction-{by}-{actor}-{measure}"), "Sanction", properties);
    }
    Ok(all.text.into())
}
