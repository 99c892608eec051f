//! Who leads an actor: the text gives another name than the case.
//!
//! Only two plain forms count, in running text: "the Harbour list leader N N", and "N N, the new leader of the
//! Harbour list". A first name or title more or less is no change. Whom some document calls dead or former, or the
//! case knows to be so, is not proposed, nor is anybody on the word of a document older than what the case cites.

use evidence::{Mention, Standing as Stands, name_key};

use jiff::civil::Date;

use super::edit::Edit;
use super::gone::is_gone;
use super::material::{Material, Read};
use super::{Proposal, ProposalKind};
use crate::actor::Actor;

/// Words for the head of an actor; *judged*.
const HEADS: &[&str] =
    &["leader", "chief", "head", "chairman", "chairwoman", "chair", "commander", "president"];

/// Leaders that the text calls otherwise than the case.
pub(super) fn propose(material: &Material<'_>) -> Vec<Proposal> {
    let mut all: Vec<Proposal> = Vec::new();
    for read in &material.documents {
        for mention in read.records.mentions.iter().filter(|m| m.standing == Stands::Body) {
            let Some(actor) = material.case.actor(&mention.actor) else {
                continue;
            };
            let Some(leader) = &actor.leader else { continue };
            let Some(((start, end), form)) = head_of(read, mention) else {
                continue;
            };
            let name = read.text.get(start..end).unwrap_or_default();
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if same_person(leader, &name)
                || is_older(material, read, actor)
                || has_gone(material, &name)
            {
                continue;
            }
            let Some(place) = read.place(mention.sentence, start, end) else {
                continue;
            };
            let id = actor.id.get_ref();
            let target = format!("actor.{id}.leader={name}");
            if let Some(known) = all.iter_mut().find(|p| p.target == target) {
                known.weight += 1;
                known.places.push(place);
                continue;
            }
            let mut new = Proposal::new(ProposalKind::Office, target, form);
            new.title = format!("{} is led by {name}, not {leader}", actor.label());
            new.why = format!(
                "the text calls {name} the head of what it calls \"{}\"",
                mention.quote.text()
            );
            new.actors = vec![id.clone()];
            new.weight = 1;
            new.places = vec![place];
            new.edits = vec![Edit::SetLeader { actor: id.clone(), leader: name }];
            all.push(new);
        }
    }
    all
}

/// Whether the document is older than the newest source of the actor's entry, which the leader was taken from.
fn is_older(material: &Material<'_>, read: &Read, actor: &Actor) -> bool {
    let cited = actor.source.0.iter().filter_map(|key| material.case.source(key.get_ref()));
    let newest = cited.map(|source| source.published).max();
    let dated = read.entry.dated.as_ref().and_then(|day| day.parse::<Date>().ok());
    newest.zip(dated).is_some_and(|(newest, dated)| dated < newest)
}

/// Whether the case or any document says that somebody of this name is dead or out of office.
fn has_gone(material: &Material<'_>, name: &str) -> bool {
    let late = &material.case.aside.late;
    if late.iter().any(|person| same_person(&person.name, name)) {
        return true;
    }
    let sentences = material.documents.iter().flat_map(|read| &read.records.sentences);
    let said =
        |text: &str| text.match_indices(name).any(|(at, _)| is_gone(text, at, at + name.len()));
    sentences.into_iter().any(|sentence| said(&sentence.quote))
}

/// The name of the head of the actor mentioned, where the words beside it give one.
fn head_of(read: &Read, mention: &Mention) -> Option<((usize, usize), &'static str)> {
    let sentence = read.sentence(mention.sentence)?;
    let (from, to) = (usize::try_from(sentence.start).ok()?, usize::try_from(sentence.end).ok()?);
    let span = mention.quote.span();
    let after = read.text.get(span.end()..to)?;
    let title = after.trim_start_matches("'s").trim_start_matches('’').trim_start();
    let word = title.split_whitespace().next().unwrap_or("");
    if HEADS.contains(&word) {
        let rest = title.get(word.len()..)?;
        let name = leading_name(rest)?;
        let start =
            span.end() + (after.len() - rest.len()) + (rest.len() - rest.trim_start().len());
        return Some(((start, start + name.len()), "head-before-name"));
    }
    let before = read.text.get(from..span.start())?.trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before).strip_suffix(" of")?;
    let head = HEADS.iter().find(|h| before.ends_with(**h))?;
    let before = before.get(..before.len() - head.len())?.trim_end();
    let before = before.strip_suffix(" new").unwrap_or(before);
    let before = before.strip_suffix(" the").unwrap_or(before).strip_suffix(',')?;
    let name = trailing_name(before)?;
    let end = from + before.len();
    Some(((end - name.len(), end), "name-before-head"))
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
}

/// Two to four capitalised words at the start.
fn leading_name(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let mut end = 0;
    let mut words = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let plain = bare.trim_end_matches(['.', ',', ';', ':']);
        if !is_name(plain) || words == 4 {
            break;
        }
        words += 1;
        let start = plain.as_ptr() as usize - text.as_ptr() as usize;
        end = start + plain.len();
        if plain.len() < bare.len() {
            break;
        }
    }
    (words >= 2).then(|| text.get(..end)).flatten()
}

/// Two to four capitalised words at the end.
fn trailing_name(text: &str) -> Option<&str> {
    let mut start = text.len();
    let mut words = 0;
    for word in text.rsplit(' ') {
        if !is_name(word) || words == 4 {
            break;
        }
        words += 1;
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    (words >= 2).then(|| text.get(start..)).flatten()
}

/// The same person: the words of one name are among those of the other, the last word in common.
fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (name_key(a), name_key(b));
    let a: Vec<&str> = a.split(' ').collect();
    let b: Vec<&str> = b.split(' ').collect();
    a.last() == b.last() && (a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_two_words_or_more() {
        assert_eq!(leading_name(" Jon Berg said no"), Some("Jon Berg"));
        assert_eq!(leading_name(" Berg said no"), None);
        assert_eq!(leading_name(" Jon Berg, who"), Some("Jon Berg"));
        assert_eq!(trailing_name("There spoke Jon Berg"), Some("Jon Berg"));
        assert!(same_person("General Otto Rask", "Otto Rask"));
        assert!(!same_person("Otto Rask", "Mia Rask"));
    }
}
