//! Phrases in a list, and where a list ends.

use super::{Clauses, Range};
use crate::words::{Tag, words};

impl Clauses<'_> {
    /// Phrases joined to `first` by commas and "and": "the first, the second and the third".
    pub(crate) fn joined(&self, first: Range) -> Vec<Range> {
        let mut out = vec![first];
        let mut at = first.end;
        loop {
            let mut next = at;
            let comma = self.word(next) == ",";
            next += usize::from(comma);
            let and = matches!(self.word(next), "and" | "or" | "&");
            next += usize::from(and);
            // "between A, backed by B, and C": C is the other side
            if !comma && !and || comma && and && out.len() == 1 && self.is_between(first.first) {
                break;
            }
            let Some(range) = self.phrase_at(next).filter(|r| r.first <= next + 2) else {
                break;
            };
            // a comma alone joins only when the list goes on; "A and B said": B with a verb after
            // it is still of the list
            if !and && !matches!(self.word(range.end), "," | "and" | "or") {
                break;
            }
            if !and && out.len() == 1 && (!self.list_closes(range.end) || self.ends_opening(at)) {
                break;
            }
            // "against A, and B answered": what has a verb of its own begins the next clause
            if and && self.begins_clause(range.end) {
                out.truncate(1);
                break;
            }
            out.push(range);
            at = range.end;
            if out.len() > 12 || (and && self.word(at) != ",") {
                break;
            }
        }
        out
    }

    /// Whether a "between" before `i` still waits for its second side.
    fn is_between(&self, i: usize) -> bool {
        let between = (0..i).rev().find(|j| self.word(*j) == "between");
        between.is_some_and(|b| b + 1 < i && (b..i).all(|j| self.word(j) != "and"))
            && (0..i).any(|j| self.word(j) == "," && between.is_some_and(|b| j > b))
    }

    /// The sides behind the "between" at `at`, over what is said of the first: "between A, backed by
    /// B, and C".
    pub(crate) fn sides_between(&self, at: usize) -> Vec<Range> {
        let Some(first) = self.phrase_at(at + 1) else { return Vec::new() };
        let parted = self.word(first.end) == ","
            && !matches!(self.word(first.end + 1), "and" | "or")
            && !self.list_closes(first.end);
        let close = (first.end + 1..(first.end + 14).min(self.tokens.len()))
            .find(|j| parted && self.word(*j) == "," && self.word(j + 1) == "and");
        match close.and_then(|c| self.phrase_at(c + 2)) {
            Some(second) => vec![first, second],
            None => self.joined(first),
        }
    }

    /// Whether a finite verb stands at `i`, over adverbs: not a participle behind its noun.
    pub(super) fn begins_clause(&self, i: usize) -> bool {
        let mut at = i;
        while matches!(self.tag(at), Some(Tag::Adv)) {
            at += 1;
        }
        let past = self.tag(at) == Some(Tag::Verb)
            && words()
                .verbs
                .get(self.word(at))
                .is_some_and(|f| f.third || f.past && (!f.participle || self.takes_object(at + 1)));
        past || matches!(self.tag(at), Some(Tag::Be | Tag::Have | Tag::Modal | Tag::Do))
    }

    /// Whether the comma at `i` ends a clause of time or condition that opens the sentence: "Weeks
    /// before they met, A and B".
    pub(super) fn ends_opening(&self, i: usize) -> bool {
        let opens = |j: &usize| {
            matches!(
                self.word(*j),
                "before"
                    | "after"
                    | "when"
                    | "as"
                    | "while"
                    | "if"
                    | "although"
                    | "since"
                    | "because"
            )
        };
        let clause = (0..i.min(4)).find(opens);
        clause.is_some_and(|c| (c..i).any(|j| self.is_finite(j)))
            && (0..i).all(|j| self.word(j) != ",")
    }

    pub(super) fn takes_object(&self, i: usize) -> bool {
        matches!(self.tag(i), Some(Tag::Det | Tag::Name | Tag::Poss | Tag::Num | Tag::Sub))
    }

    pub(super) fn list_closes(&self, mut at: usize) -> bool {
        for _ in 0..12 {
            if matches!(self.word(at), "and" | "or") {
                return true;
            }
            if self.word(at) == "," {
                at += 1;
                continue;
            }
            match self.phrase_at(at) {
                Some(range) if range.first <= at + 2 => at = range.end,
                _ => return false,
            }
        }
        false
    }

    /// Phrases listed after the one that ends at `end`: "factions, including the first and the
    /// second".
    pub(crate) fn listed_after(&self, end: usize) -> Vec<Range> {
        let mut at = end + usize::from(self.word(end) == ",");
        match self.word(at) {
            "including" | "like" | "namely" => at += 1,
            "such" if self.word(at + 1) == "as" => at += 2,
            _ => return Vec::new(),
        }
        self.object(at)
    }
}
