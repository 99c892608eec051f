//! The fifth standard: the brief says first what the reader needs, and what to watch for.

use crate::lint::page::{Kind, Purpose};
use crate::lint::{Rule, Standard};

/// The most sentences of a bottom line (*Judged*).
const LONGEST: usize = 3;

pub(super) const BOTTOM_LINE_MISSING: Rule = Rule {
    name: "bottom-line-missing",
    standard: Standard::Relevance,
    asks: "The brief begins with its bottom line.",
    fix: "add a part “Bottom line” of two sentences before all others",
    look: |held, found| {
        let first = held.page.parts.iter().find(|part| part.purpose() != Purpose::Head);
        if first.is_none_or(|part| part.purpose() != Purpose::BottomLine || part.pieces.is_empty())
        {
            found.at(first.map_or(1, |part| part.line), "no bottom line comes first");
        }
    },
};

pub(super) const BOTTOM_LINE_LONG: Rule = Rule {
    name: "bottom-line-long",
    standard: Standard::Relevance,
    asks: "A bottom line in prose has no more than three sentences; one of answers fits the first page.",
    fix: "keep what decides, and move the rest to the judgements",
    look: |held, found| {
        for part in held.page.parts_for(Purpose::BottomLine) {
            // Answers to what was asked are counted by the words of the page.
            if part.pieces.iter().any(|piece| matches!(piece.kind, Kind::Item(_))) {
                continue;
            }
            let count: usize = part.pieces.iter().map(|piece| piece.sentences().len()).sum();
            if count > LONGEST {
                found.at(part.line, format!("the bottom line has {count} sentences"));
            }
        }
    },
};

pub(super) const JUDGEMENTS_NUMBER: Rule = Rule {
    name: "judgements-number",
    standard: Standard::Relevance,
    asks: "There are one to eight key judgements.",
    fix: "keep the eight that weigh most; write at least one",
    look: |held, found| {
        let count = held.page.judgements().len();
        if !(1..=8).contains(&count) {
            let line = held.page.line_of(Purpose::Judgements);
            found.at(line, format!("there are {count} key judgements"));
        }
    },
};

pub(super) const INDICATORS_MISSING: Rule = Rule {
    name: "indicators-missing",
    standard: Standard::Relevance,
    asks: "A part says what to watch for: events that would change the assessment.",
    fix: "add a part “Indicators to watch”",
    look: |held, found| {
        if !held.page.has(Purpose::Indicators) {
            found.at(1, "no part says what to watch for");
        }
    },
};
