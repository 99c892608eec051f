//! Appositions: "A, leader of the front, and B", "the minister, A", and whose the plan is.

use super::{Clauses, Range};
use crate::words::{Tag, words};

impl Clauses<'_> {
    /// Whether what ends with the comma at `comma` says who the name before it is: ", leader of the
    /// front,".
    pub(super) fn is_apposition_tail(&self, comma: usize) -> bool {
        let Some(start) = self.apposition_start(comma) else {
            return false;
        };
        let named =
            self.phrase_before(start - 1).is_some_and(|p| self.tag(p.end - 1) == Some(Tag::Name));
        let inside = (start + 1..comma)
            .any(|j| self.tag(j) == Some(Tag::Prep) || self.tag(j) == Some(Tag::Poss));
        named && inside
    }

    /// Whether a phrase follows another with nothing but a comma between: "the minister, A".
    pub(super) fn is_name_apposed(&self, range: Range) -> bool {
        range.first > 0 && self.word(range.first - 1) == ","
    }

    /// "A, the minister, and B met": of the apposition and B, A and B.
    pub(super) fn over_apposition(&self, mut found: Vec<Range>) -> Vec<Range> {
        let (Some(first), true) = (found.first().copied(), found.len() > 1) else {
            return found;
        };
        let at = first.first
            - usize::from(first.first > 0 && self.tag(first.first - 1) == Some(Tag::Det));
        let titled = self.tag(first.end - 1) == Some(Tag::Noun)
            && words().titles.contains(self.word(first.end - 1));
        if titled
            && at > 1
            && self.word(at - 1) == ","
            && self.word(first.end) == ","
            && let Some(name) = self.phrase_before(at - 2).filter(|p| p.end == at - 1)
            && self.tag(name.end - 1) == Some(Tag::Name)
        {
            found[0] = name;
        }
        found
    }

    /// "A, leader of B, and C, adviser of D, travelled": with C also A.
    pub(super) fn with_earlier(&self, mut found: Vec<Range>) -> Vec<Range> {
        let Some(first) = found.first().copied() else {
            return found;
        };
        let and = first.first.checked_sub(1).filter(|i| matches!(self.word(*i), "and" | "or"));
        let comma = and.and_then(|a| a.checked_sub(1)).filter(|i| self.word(*i) == ",");
        let start = comma.and_then(|c| self.apposition_start(c)).and_then(|s| s.checked_sub(1));
        if let Some(name) = start.and_then(|s| self.phrase_before(s))
            && self.tag(name.end - 1) == Some(Tag::Name)
        {
            found.retain(|r| r.first >= first.first);
            found.insert(0, name);
        }
        found
    }

    /// Where the apposition that ends with the comma at `comma` begins (its first comma), if one
    /// does.
    pub(super) fn apposition_start(&self, comma: usize) -> Option<usize> {
        if self.word(comma) != "," {
            return None;
        }
        (comma.saturating_sub(30)..comma).rev().find(|i| self.word(*i) == ",").filter(|start| {
            *start > 0 && self.phrase_before(*start - 1).is_some_and(|p| p.end == *start)
        })
    }

    /// The name a phrase is given behind its comma: "the minister, Ilya Venn, said".
    pub(crate) fn apposed_name(&self, range: Range) -> Option<Range> {
        if self.word(range.end) != "," {
            return None;
        }
        let name = self.phrase_at(range.end + 1).filter(|p| p.first == range.end + 1)?;
        let closed = matches!(self.word(name.end), "," | "." | ";" | ")");
        let named = self.tag(name.end - 1) == Some(Tag::Name) && name.end - name.first <= 5;
        // a name behind "the former power" is its name; behind a bare plural it may be a list
        let definite = range.first > 0
            && self.word(range.first - 1) == "the"
            && !self.word(range.end - 1).ends_with('s')
            && !self.list_closes(name.end);
        let people = words().titles.contains(self.word(range.end - 1))
            || words().people.contains(self.word(range.end - 1))
            || definite;
        (closed && named && people && self.tag(range.end - 1) == Some(Tag::Noun)).then_some(name)
    }

    /// "The call by the league in May to hold talks": whose call it is holds them.
    pub(super) fn planned_by(&self, to: usize) -> Option<Vec<Range>> {
        let from = to.saturating_sub(16);
        let by = (from..to).rev().take_while(|j| !self.is_break(*j) && !self.is_finite(*j)).find(
            |j| {
                *j > 0
                    && self.word(*j) == "by"
                    && matches!(
                        self.word(*j - 1),
                        "call"
                            | "offer"
                            | "decision"
                            | "proposal"
                            | "threat"
                            | "pledge"
                            | "plan"
                            | "attempt"
                            | "effort"
                            | "request"
                            | "demand"
                            | "refusal"
                            | "appeal"
                            | "promise"
                            | "move"
                            | "bid"
                    )
            },
        )?;
        let found = self.object(by + 1);
        (!found.is_empty()).then_some(found)
    }
}
