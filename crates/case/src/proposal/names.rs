//! Names: another name of an actor, and names that are nobody yet.
//!
//! A name that a judgement settled is not proposed again, and a name two actors bear is shown with both and given
//! to neither.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Candidate, Form, Standing as Stands, name_key};

use super::edit::Edit;
use super::material::{Material, Read};
use super::{Proposal, ProposalKind};
use crate::judgement::{Decided, shared_names};

/// Words between a known name and an unknown one that say they are the same. They are the English forms of
/// apposition; *judged*.
const CALLED: &[&str] = &[
    ", also called",
    ", also known as",
    ", known as",
    " (also called",
    " (also known as",
    " (known as",
    ", formerly",
    ", formerly called",
    ", formerly known as",
    ", or",
];

/// Least likeness of each word of two names for one to be a spelling of the other (Jaro-Winkler); *judged*.
const ALIKE: f64 = 0.9;

/// Candidates below this weight are too faint to propose as actors; *judged*: a title, an office or a second use.
const LEAST: u32 = 3;

/// New names of known actors.
pub(super) fn aliases(material: &Material<'_>) -> Vec<Proposal> {
    let mut found: BTreeMap<(String, String), Proposal> = BTreeMap::new();
    let names: Vec<(&str, Vec<String>)> = (material.lexicon.actors.iter())
        .map(|a| {
            let all = std::iter::once(&a.name).chain(&a.aliases);
            (a.id.as_str(), all.map(|n| name_key(n)).collect())
        })
        .collect();
    for read in &material.documents {
        for mention in &read.records.mentions {
            if mention.form == Form::Abbreviation && mention.standing == Stands::Body {
                let span = mention.quote.span();
                let at = (mention.sentence, span.start(), span.end());
                let why = "the text introduces it in brackets after the actor's name";
                add(&mut found, material, read, &mention.actor, at, ("abbreviation", why));
            }
        }
        for candidate in &read.records.candidates {
            let span = candidate.quote.span();
            let at = (candidate.sentence, span.start(), span.end());
            for mention in read.named(candidate.sentence) {
                let after = mention.quote.span().end();
                let between = read.text.get(after..span.start()).unwrap_or("").to_lowercase();
                let between = between.trim_end().trim_end_matches(" the").trim_end();
                if CALLED.contains(&between) {
                    let why = "the text says that the actor is called so";
                    add(&mut found, material, read, &mention.actor, at, ("also-called", why));
                }
            }
            let name = name_key(candidate.quote.text());
            let alike: Vec<&str> = (names.iter())
                .filter(|(_, names)| names.iter().any(|known| spelling(known, &name)))
                .map(|(id, _)| *id)
                .collect();
            if let [actor] = alike[..] {
                let why = "every word of it is a likely spelling of the actor's name";
                add(&mut found, material, read, actor, at, ("spelling", why));
            }
        }
    }
    found.into_values().collect()
}

fn add(
    found: &mut BTreeMap<(String, String), Proposal>,
    material: &Material<'_>,
    read: &Read,
    actor: &str,
    (sentence, start, end): (usize, usize, usize),
    (rule, why): (&'static str, &str),
) {
    let Some(place) = read.place(sentence, start, end) else {
        return;
    };
    let name = place.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = |a: &crate::actor::Actor| {
        std::iter::once(&a.name)
            .chain(&a.aliases)
            .chain(&a.demonyms)
            .chain(&a.metonyms)
            .any(|n| name_key(n) == name_key(&name))
    };
    let Some(own) = material.case.actor(actor) else {
        return;
    };
    if known(own) || material.judged.on(&name, actor).is_some() {
        return;
    }
    let others: Vec<&str> = (material.case.actors.iter())
        .filter(|a| known(a))
        .map(|a| a.id.get_ref().as_str())
        .collect();
    let entry = found.entry((actor.to_owned(), name_key(&name))).or_insert_with(|| {
        let mut new =
            Proposal::new(ProposalKind::Alias, format!("actor.{actor}.aliases={name}"), rule);
        new.title = format!("{} is also called \"{name}\"", own.label());
        new.why = why.to_owned();
        new.actors = vec![actor.to_owned()];
        if !others.is_empty() {
            new.open = Some(format!(
                "{} bears this name already: decide with `shatterbelt evidence judge`",
                others.join(", ")
            ));
        }
        new.edits = vec![Edit::AddAlias { actor: actor.to_owned(), alias: name.clone() }];
        new
    });
    entry.weight += 1;
    if !entry.places.iter().any(|p| p.document == place.document) {
        entry.places.push(place);
    }
}

/// Whether two folded names of several words are spellings of one another: word by word alike, and not the same.
fn spelling(known: &str, written: &str) -> bool {
    let a: Vec<&str> = known.split(' ').collect();
    let b: Vec<&str> = written.split(' ').collect();
    let long = |w: &&&str| w.chars().count() >= 4;
    known != written
        && a.len() == b.len()
        && a.len() > 1
        && a.iter().filter(long).count() > 1
        && a.iter().zip(&b).all(|(x, y)| {
            x == y
                || x.chars().count() >= 4
                    && strsim::jaro_winkler(x, y) >= ALIKE
                    && first(x) == first(y)
        })
}

fn first(word: &str) -> Option<char> {
    word.chars().next()
}

/// Names that are no actor yet, best first.
pub(super) fn actors(material: &Material<'_>) -> Vec<Proposal> {
    let shared = shared_names(material.case);
    let settled = settled(material);
    let mut found: BTreeMap<String, Proposal> = BTreeMap::new();
    for read in &material.documents {
        for candidate in &read.records.candidates {
            let name = candidate.quote.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let key = name_key(&name);
            let same = || material.judged.actors(&name, Decided::Same);
            if settled.contains(&key) || !same().is_empty() {
                continue;
            }
            let span = candidate.quote.span();
            let Some(place) = read.place(candidate.sentence, span.start(), span.end()) else {
                continue;
            };
            let entry = found.entry(key.clone()).or_insert_with(|| {
                let mut new =
                    Proposal::new(ProposalKind::Actor, format!("actor={name}"), "candidate");
                new.title = format!("\"{name}\" may be an actor");
                new.edits = vec![actor_entry(material, &name, candidate)];
                if candidate.kind == "person" || candidate.kind == "name" && kind(&name).is_none() {
                    let fault = "its words do not say what it is: accept with --kind, or judge it to be an actor";
                    new.open = Some(fault.to_owned());
                }
                new
            });
            entry.weight += candidate.weight;
            entry.places.push(place);
            entry.why = format!(
                "an unknown {} with weight {} over {} {}",
                if candidate.kind == "name" { "name" } else { &candidate.kind },
                entry.weight,
                entry.places.len(),
                if entry.places.len() == 1 { "document" } else { "documents" }
            );
            let mut maybe = material.judged.actors(&name, Decided::Unsure);
            maybe.extend(shared.get(&key).into_iter().flatten().map(String::as_str));
            if !maybe.is_empty() {
                entry.rule = "ambiguous";
                entry.open = Some(format!(
                    "it may be {}: decide with `shatterbelt evidence judge`",
                    maybe.join(" or ")
                ));
            }
        }
    }
    found.into_values().filter(|p| p.weight >= LEAST || p.rule == "ambiguous").collect()
}

/// Folded names that are known and no actor: people of the case, by full and last name, districts and offices.
fn settled(material: &Material<'_>) -> BTreeSet<String> {
    let case = material.case;
    let people = (case.actors.iter().filter_map(|a| a.leader.as_ref()))
        .chain(case.candidates.iter().map(|c| &c.name));
    let people: Vec<String> = people.map(|p| name_key(p)).collect();
    let last = people.iter().filter_map(|p| p.split(' ').next_back().map(str::to_owned));
    let parts =
        (case.districts.iter().map(|d| &d.name)).chain(case.offices.iter().map(|o| &o.name));
    last.chain(people.clone()).chain(parts.map(|p| name_key(p))).collect()
}

fn actor_entry(material: &Material<'_>, name: &str, candidate: &Candidate) -> Edit {
    let mut id = slug(name);
    let taken = |id: &str| material.case.actors.iter().any(|a| a.id.get_ref() == id);
    while taken(&id) || id.is_empty() {
        id.push_str("-new");
        id = id.trim_start_matches('-').to_owned();
    }
    let aliases = candidate.abbreviation.iter().cloned().collect();
    Edit::AddActor {
        id,
        name: name.to_owned(),
        kind: match candidate.kind.as_str() {
            "person" => "person",
            _ => kind(name).unwrap_or("organisation"),
        }
        .to_owned(),
        aliases,
    }
}

/// What a name's words say of its bearer, if anything.
fn kind(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let has = |words: &[&str]| lower.split(' ').any(|w| words.contains(&w));
    match () {
        () if has(&["brigade", "brigades", "militia", "regiment", "battalion", "fighters"]) => {
            Some("faction")
        }
        () if has(&["movement"]) => Some("movement"),
        () if has(&["bloc", "framework"]) => Some("bloc"),
        () if has(&["party", "list", "coalition", "alliance"]) => Some("list"),
        () if has(&["court", "commission", "council", "assembly", "parliament"]) => {
            Some("institution")
        }
        () if has(&["ministry", "army", "service", "agency", "directorate", "police"]) => {
            Some("agency")
        }
        () => None,
    }
}

/// An id made of a name: lower-case letters, digits and hyphens.
pub(super) fn slug(name: &str) -> String {
    let plain: String = name_key(name)
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().filter(|w| *w != "the").collect();
    let id: String = words.join("-").chars().take(80).collect();
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_differs_in_letters_and_not_in_words() {
        let spelling = |a: &str, b: &str| spelling(&name_key(a), &name_key(b));
        assert!(spelling("Asaib al Bahar", "Asaeb al Bahar"));
        assert!(!spelling("Kataib Dawn", "Dawn"));
        assert!(!spelling("North Guard", "South Guard"));
        assert!(!spelling("Asaib al Bahar", "Asaib al Bahar"));
    }

    #[test]
    fn an_id_is_letters_digits_and_hyphens() {
        assert_eq!(slug("The Hill Guards’ League"), "hill-guards-league");
    }
}
