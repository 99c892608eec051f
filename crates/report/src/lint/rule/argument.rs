//! The sixth standard: the argument is clear, and every judgement shows what it rests on.

use super::uncertainty::beginning;
use crate::lint::page::without_quotations;
use crate::lint::{Rule, Standard, words};

pub(super) const EVIDENCE_MISSING: Rule = Rule {
    name: "judgement-without-evidence",
    standard: Standard::Argument,
    asks: "Every key judgement opens a note.",
    fix: "add the note of what the judgement rests on",
    look: |held, found| {
        for judged in held.page.judgements() {
            if judged.0.iter().all(|piece| piece.references.is_empty()) {
                let first = judged.0.first().map_or("", |piece| piece.text.as_str());
                found.at(judged.line(), format!("“{}” cites nothing", beginning(first)));
            }
        }
    },
};

pub(super) const HEDGE_DOUBLED: Rule = Rule {
    name: "hedge-doubled",
    standard: Standard::Argument,
    asks: "A judgement is hedged once, by its likelihood word.",
    fix: "take the “may” out: the likelihood word has said it",
    look: |held, found| {
        for piece in held.page.judgements().iter().flat_map(|judged| &judged.0) {
            for sentence in piece.sentences() {
                let own = without_quotations(sentence.text);
                let likely = words::likelihoods(&own);
                let hedges = words::find_all(&own, words::HEDGES);
                if let (Some((_, word)), Some((_, hedge))) = (likely.first(), hedges.first()) {
                    found.at(sentence.line, format!("“{word}” is hedged again by “{hedge}”"));
                }
            }
        }
    },
};

pub(super) const FILLER: Rule = Rule {
    name: "filler",
    standard: Standard::Argument,
    asks: "Nothing is said that says nothing.",
    fix: "take it out",
    look: |held, found| {
        for piece in held.page.prose() {
            for sentence in piece.sentences() {
                let own = without_quotations(sentence.text);
                for (_, filler) in words::find_all(&own, words::FILLER) {
                    found.at(sentence.line, format!("“{filler}”"));
                }
            }
        }
    },
};
