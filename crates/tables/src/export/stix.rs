//! STIX 2.1: a bundle of identities, armed actors as threat actors, relationships, and the sources as reports. Ids are UUIDs of
//! version 5 over what each is, so that the same actor of the same case has the same id in every bundle.

use std::collections::{BTreeMap, BTreeSet};

use case::Case;
use case::actor::{Actor, ActorKind};
use evidence::StoreError;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Format, Material, Written, pretty};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "stix",
    says: "actors, relationships and sources as a STIX 2.1 bundle (OpenCTI, MISP)",
    ties: true,
    write,
};

struct Bundle<'c> {
    case: &'c Case,
    space: Uuid,
    /// The first and the last version of an object: no object is older than the case's first source.
    created: String,
    modified: String,
    objects: Vec<Value>,
    /// What rests on a source, by its key.
    resting: BTreeMap<String, BTreeSet<String>>,
}

fn moment(day: Date) -> String {
    format!("{day}T00:00:00.000Z")
}

impl Bundle<'_> {
    /// The id of a thing, by its type and what it is.
    fn id(&self, sort: &str, what: &str) -> String {
        let uuid = Uuid::new_v5(&self.space, format!("{sort}|{what}").as_bytes());
        format!("{sort}--{uuid}")
    }

    /// The id of an actor, whose type is that of what it is.
    fn actor(&self, id: &str) -> String {
        let armed = self.case.actor(id).is_some_and(|actor| actor.kind == ActorKind::Faction);
        self.id(if armed { "threat-actor" } else { "identity" }, &format!("actor|{id}"))
    }

    /// Adds an object, without the properties that are null, and gives its id.
    fn push<K: AsRef<str>>(
        &mut self,
        id: String,
        properties: Value,
        sources: impl IntoIterator<Item = K>,
    ) {
        let mut object = Map::new();
        let sort = id.split("--").next().unwrap_or_default();
        object.insert("type".to_owned(), json!(sort));
        object.insert("spec_version".to_owned(), json!("2.1"));
        object.insert("id".to_owned(), json!(id));
        object.insert("created".to_owned(), json!(self.created));
        object.insert("modified".to_owned(), json!(self.modified));
        if let Value::Object(own) = properties {
            object.extend(own.into_iter().filter(|(_, value)| !value.is_null()));
        }
        for key in sources {
            self.resting.entry(key.as_ref().to_owned()).or_default().insert(id.clone());
        }
        self.objects.push(Value::Object(object));
    }

    fn relate<K: AsRef<str>>(
        &mut self,
        what: &str,
        [from, to]: [&str; 2],
        description: &str,
        [since, until]: [Option<Date>; 2],
        sources: impl IntoIterator<Item = K>,
    ) {
        // An end that is not after the beginning is none in STIX.
        let until = until.filter(|until| since.is_none_or(|since| since < *until));
        let relationship = json!({
            "relationship_type": "related-to",
            "description": description,
            "source_ref": self.actor(from),
            "target_ref": self.actor(to),
            "start_time": since.map(moment),
            "stop_time": until.map(moment),
        });
        self.push(self.id("relationship", what), relationship, sources);
    }
}

fn names(keys: &entry::Keys) -> Vec<String> {
    keys.0.iter().map(|key| key.get_ref().clone()).collect()
}

fn described(actor: &Actor) -> Value {
    let aliases = (!actor.aliases.is_empty()).then_some(&actor.aliases);
    if actor.kind == ActorKind::Faction {
        return json!({
            "name": actor.name,
            "description": actor.note,
            "aliases": aliases,
            "first_seen": actor.since.map(moment),
        });
    }
    let class = match actor.kind {
        ActorKind::Person => "individual",
        ActorKind::State
        | ActorKind::Agency
        | ActorKind::Government
        | ActorKind::Institution
        | ActorKind::Organisation => "organization",
        ActorKind::List
        | ActorKind::Faction
        | ActorKind::Bloc
        | ActorKind::Authority
        | ActorKind::Movement => "group",
    };
    // An identity has no other names of its own.
    let also = aliases.map(|names| format!("also called {}", names.join(", ")));
    let told: Vec<String> = actor.note.clone().into_iter().chain(also).collect();
    json!({
        "name": actor.name,
        "identity_class": class,
        "description": (!told.is_empty()).then(|| told.join("; ")),
    })
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let case = material.case;
    let space = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"shatterbelt");
    let space = Uuid::new_v5(&space, case.head.title.as_bytes());
    let first = case.sources.iter().map(|source| source.published).min();
    let mut bundle = Bundle {
        case,
        space,
        created: moment(first.unwrap_or(case.as_of).min(case.as_of)),
        modified: moment(case.as_of),
        objects: Vec::new(),
        resting: BTreeMap::new(),
    };
    for actor in &case.actors {
        let id = bundle.actor(actor.id.get_ref());
        bundle.push(id, described(actor), names(&actor.source));
    }
    for tie in material.ties() {
        let (from, to, channel) = (tie.from.get_ref(), tie.to.get_ref(), tie.channel.name());
        let (wide, deep) = (case.belief(&tie.bandwidth), case.belief(&tie.dependence));
        let description = format!(
            "pulls on it through the {channel} channel: bandwidth {} ({} to {}), dependence {} ({} to {})",
            wide.value, wide.low, wide.high, deep.value, deep.low, deep.high
        );
        let what = format!("tie|{from}>{to}:{channel}");
        let days = [tie.since, tie.until];
        bundle.relate(&what, [from, to], &description, days, material.sources(tie));
    }
    for member in &case.memberships {
        let ends = [member.actor.get_ref().as_str(), member.bloc.get_ref()];
        let what = format!("membership|{}>{}", ends[0], ends[1]);
        let days = [member.since, member.until];
        bundle.relate(&what, ends, "is a member of it", days, names(&member.source));
    }
    for wing in &case.wings {
        let ends = [wing.faction.get_ref().as_str(), wing.list.get_ref()];
        let what = format!("wing|{}>{}", ends[0], ends[1]);
        let days = [wing.since, wing.until];
        bundle.relate(&what, ends, "stands for election as it", days, names(&wing.source));
    }
    let publishers: BTreeSet<&str> = case.sources.iter().map(|s| s.publisher.as_str()).collect();
    for name in publishers {
        let id = bundle.id("identity", &format!("publisher|{name}"));
        let publisher = json!({ "name": name, "identity_class": "organization" });
        bundle.push(id, publisher, [""; 0]);
    }
    for source in &case.sources {
        let key = source.key.get_ref();
        let publisher = bundle.id("identity", &format!("publisher|{}", source.publisher));
        let resting = bundle.resting.get(key).cloned().unwrap_or_default();
        // A report is about something: where nothing here rests on it, it is about who published it.
        let about: Vec<String> = if resting.is_empty() {
            vec![publisher.clone()]
        } else {
            resting.into_iter().collect()
        };
        let report = json!({
            "name": source.title,
            "description": source.note,
            "published": moment(source.published),
            "created_by_ref": publisher,
            "object_refs": about,
            "external_references": [{
                "source_name": source.publisher,
                "external_id": key,
                "description": format!("Admiralty {}{}", source.reliability, source.credibility.get_ref()),
                "url": source.url,
            }],
        });
        bundle.push(bundle.id("report", key), without_null_addresses(report), [""; 0]);
    }
    let own = format!("{}|{}", case.hash, case.as_of);
    let text = pretty(&json!({
        "type": "bundle",
        "id": bundle.id("bundle", &own),
        "objects": bundle.objects,
    }));
    Ok(text.into())
}

/// The references of a report without an address that is none.
fn without_null_addresses(mut report: Value) -> Value {
    let references = report.get_mut("external_references").and_then(Value::as_array_mut);
    for reference in references.into_iter().flatten().filter_map(Value::as_object_mut) {
        reference.retain(|_, value| !value.is_null());
    }
    report
}
