//! The third standard: what is fact, what assumption, what judgement is told apart.

use super::uncertainty::beginning;
use crate::lint::page::{Purpose, quotations, without_quotations};
use crate::lint::{Rule, Standard, words};

pub(super) const LIKELIHOOD_MISSING: Rule = Rule {
    name: "judgement-without-likelihood",
    standard: Standard::Distinction,
    asks: "Every key judgement says how likely it is, so that it cannot be taken for a fact.",
    fix: "begin with a likelihood word and its range: “It is likely (55–80%) that …”",
    look: |held, found| {
        for judged in held.page.judgements() {
            let says = judged.sentences().iter().any(|s| {
                let own = without_quotations(s.text);
                let number = own.contains("probab") && !words::percentages(&own).is_empty();
                !words::likelihoods(&own).is_empty() || number
            });
            if !says {
                let first = judged.0.first().map_or("", |piece| piece.text.as_str());
                found.at(judged.line(), format!("“{}” is stated as a fact", beginning(first)));
            }
        }
    },
};

pub(super) const ASSUMPTIONS_MISSING: Rule = Rule {
    name: "assumptions-missing",
    standard: Standard::Distinction,
    asks: "What is taken for granted is listed under a heading of its own.",
    fix: "add a part “Assumptions”",
    look: |held, found| {
        if !held.page.has(Purpose::Assumptions) {
            found.at(1, "no part lists the assumptions");
        }
    },
};

pub(super) const ASSUMPTION_JUDGED: Rule = Rule {
    name: "assumption-with-likelihood",
    standard: Standard::Distinction,
    asks: "An assumption states no likelihood: what has one is a judgement.",
    fix: "move it to the judgements, or state it as taken for granted",
    look: |held, found| {
        let pieces = held.page.parts_for(Purpose::Assumptions).flat_map(|part| &part.pieces);
        for piece in pieces {
            for sentence in piece.sentences() {
                let own = without_quotations(sentence.text);
                if let Some((_, word)) = words::likelihoods(&own).first() {
                    found.at(sentence.line, format!("“{word}” among the assumptions"));
                }
            }
        }
    },
};

pub(super) const ORIGIN_UNMARKED: Rule = Rule {
    name: "origin-unmarked",
    standard: Standard::Distinction,
    asks: "Each line of a note is marked: a fact by its sentence or source, a judgement by “Judged:”.",
    fix: "name the source, or write “Judged:” and the reason",
    look: |held, found| {
        let listed = held.page.words_of(Purpose::Sources);
        let titles: Vec<String> = (listed.lines())
            .filter_map(|line| line.split(", ").next())
            .map(crate::lint::page::flat)
            .filter(|title| title.chars().count() > 3)
            .collect();
        for note in &held.page.notes {
            for (line, entry) in &note.entries {
                let named = titles
                    .iter()
                    .any(|title| crate::lint::page::flat(entry).contains(title.as_str()));
                let quoted = !quotations(entry).is_empty() && entry.contains(" — ");
                if !named && !quoted && !entry.contains("Judged") {
                    found
                        .at(*line, format!("“{}” is neither sourced nor judged", beginning(entry)));
                }
            }
        }
    },
};
