//! Reversals: what is cancelled, rescinded, called off, suspended or resumed, and of which kind the
//! event is that it takes back.
//!
//! The verb says that something is taken back, the noun it governs (or, in the passive, its
//! subject) says what. Which earlier event that is, is settled where the document is known. A
//! reversal whose event cannot be found is not coded on its own account.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::marks::{date_for, finish_marks, marks_of};
use super::scope::List;
use super::{Scene, Seen, can_act};
use crate::chunks::{Clauses, Range};
use crate::records::Class;
use crate::words::{Tag, rows, singular, words};

/// What a reversal takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undoing {
    /// Classes the event may have; empty for any.
    pub(crate) classes: &'static [Class],
    /// It is coded only where the event is found.
    pub(crate) bare: bool,
    /// Something stopped is taken up again.
    pub(crate) resumes: bool,
    /// Somebody held is let go: the same person must have been taken.
    pub(crate) frees: bool,
    /// What is taken back is "it": the act told last.
    pub(crate) pronoun: bool,
}

/// Marks the events that take something back, and adds those no pattern has seen.
pub(super) fn mark(scene: &Scene<'_>, out: &mut Vec<Seen>) {
    let c = &scene.clauses;
    for i in 0..c.tokens.len() {
        if c.tag(i) != Some(Tag::Verb) {
            continue;
        }
        if frees(c, i) {
            let captures: &[Class] = &[Class::Coerce, Class::Assault];
            for event in out.iter_mut().filter(|e| e.trigger.0 == i && e.class == Class::Retreat) {
                event.undoes = Some(Undoing {
                    classes: captures,
                    bare: false,
                    resumes: false,
                    frees: true,
                    pronoun: false,
                });
            }
            continue;
        }
        let Some((end, resumes)) = reversal(c, i) else { continue };
        let group = c.verb_group(i);
        let subject = c.subject(&group);
        let object = if group.passive { subject.clone() } else { c.object(end) };
        let pronoun =
            object.first().is_some_and(|r| matches!(c.word(r.end - 1), "it" | "them" | "this"));
        let Some(classes) = object.first().and_then(|r| taken_back(c, *r)) else { continue };
        let known = out.iter_mut().find(|e| e.trigger.0 == i);
        if let Some(event) = known {
            event.undoes = Some(Undoing { classes, bare: false, resumes, frees: false, pronoun });
            continue;
        }
        let mut sources =
            if group.passive { c.after_preposition(end, &["by"], 8) } else { subject };
        sources.retain(|r| can_act(scene, *r));
        let mut marks = marks_of(scene, &group);
        let date = date_for(scene, group.first, end, false);
        finish_marks(scene, date, &mut marks);
        out.push(Seen {
            trigger: (i, end),
            class: if resumes { Class::Cooperate } else { Class::Concede },
            mode: None,
            rule: if resumes { "undo.resume" } else { "undo.reverse" },
            weight: 1,
            sources,
            recipients: Vec::new(),
            reciprocal: false,
            date,
            count: None,
            marks,
            declares: None,
            undoes: Some(Undoing { classes, bare: true, resumes, frees: false, pronoun }),
        });
    }
}

/// "Was released", "freed": takes back a capture.
fn frees(c: &Clauses<'_>, i: usize) -> bool {
    List::Frees.has(words().lemma(c.word(i)))
}

/// One past the verb and its particle, where the verb takes something back.
fn reversal(c: &Clauses<'_>, i: usize) -> Option<(usize, bool)> {
    let lemma = words().lemma(c.word(i));
    match lemma {
        _ if List::Reverses.has(lemma) => Some((i + 1, false)),
        _ if List::Resumes.has(lemma) => Some((i + 1, true)),
        "call" if c.word(i + 1) == "off" => Some((i + 2, false)),
        // "called it off", "called the strike off"
        "call" if (i + 2..i + 6).any(|j| c.word(j) == "off") => Some((i + 1, false)),
        _ => None,
    }
}

/// The classes a governed noun may name, by `lexicon/english/undone.tsv`; none where the noun names no
/// act.
fn taken_back(c: &Clauses<'_>, range: Range) -> Option<&'static [Class]> {
    static NOUNS: OnceLock<HashMap<&'static str, Vec<Class>>> = OnceLock::new();
    let nouns = NOUNS.get_or_init(|| {
        let file = rows(include_str!("../../lexicon/english/undone.tsv"));
        file.filter_map(|row| {
            let classes: Vec<Class> = row[0].split('|').filter_map(Class::from_word).collect();
            Some(row.get(1)?.split_whitespace().map(move |w| (w, classes.clone())))
        })
        .flatten()
        .collect()
    });
    nouns.get(singular(c.word(range.end - 1)).as_str()).map(Vec::as_slice)
}
