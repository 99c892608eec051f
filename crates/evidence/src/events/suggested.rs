//! An event that no pattern found and the scorer is sure of: the word that speaks most for its
//! class, with the parties that stand about it.

use super::marks::{date_for, finish_marks, marks_of};
use super::verbs::{object_of, parted, party_behind, reduced_subject};
use super::{List, Scene, Seen, can_act, is_dated};
use crate::chunks::{Clauses, Range};
use crate::records::Class;
use crate::scorer::{self, Feature, Scorer};
use crate::words::{Tag, words};

/// The rule of an event that no pattern found.
pub(crate) const SUGGESTED: &str = "suggested";

/// The word that tells of a class most: a verb, else a noun. A verb of saying hands a deed on and does
/// none.
pub(crate) fn told_by(
    c: &Clauses<'_>,
    scorer: &Scorer,
    features: &[Feature],
    class: Class,
) -> Option<usize> {
    let label = scorer::label(class);
    let hands_on = |i: usize| c.word(i) == "according" || List::Says.has(words().lemma(c.word(i)));
    let verb = |i: usize| c.tag(i) == Some(Tag::Verb) && !(class.is_material() && hands_on(i));
    let word = |i: usize| verb(i) || c.tag(i) == Some(Tag::Noun);
    let found = scorer.word_for(features, label, verb);
    found.or_else(|| scorer.word_for(features, label, word))
}

/// The event as it stands about a word.
pub(crate) fn suggested(scene: &Scene<'_>, word: usize, class: Class) -> Seen {
    let c = &scene.clauses;
    let verbal = c.tag(word) == Some(Tag::Verb);
    let group = c.verb_group(word);
    let (mut sources, mut recipients) = match (verbal, group.passive) {
        (true, true) if group.reduced => {
            (c.after_preposition(word + 1, &["by"], 14), reduced_subject(c, word))
        }
        (true, true) => (c.after_preposition(word + 1, &["by"], 14), c.subject(&group)),
        (true, false) => {
            let found = object_of(c, word + 1);
            let about = ["with", "to", "on", "against", "from", "of", "for", "at", "in"];
            let found = match found.is_empty() {
                true => c.after_preposition(word + 1, &about, 8),
                false => found,
            };
            (c.subject(&group), party_behind(scene, found))
        }
        (false, _) => {
            let by = c.after_preposition(word + 1, &["by"], 10);
            (by, c.after_preposition(word + 1, &["against", "on", "of", "with", "to", "for"], 6))
        }
    };
    sources = parted(c, sources);
    recipients = parted(c, recipients);
    sources.retain(|r| !is_dated(c, *r));
    recipients.retain(|r: &Range| !is_dated(c, *r) && !sources.contains(r) && can_act(scene, *r));
    let date = date_for(scene, if verbal { group.first } else { word }, word + 1, !verbal);
    let mut marks = if verbal { marks_of(scene, &group) } else { super::Marks::default() };
    finish_marks(scene, date, &mut marks);
    Seen {
        trigger: (word, word + 1),
        class,
        mode: None,
        rule: SUGGESTED,
        weight: 0,
        sources,
        recipients,
        reciprocal: false,
        date,
        count: None,
        marks,
        declares: None,
        undoes: None,
    }
}
