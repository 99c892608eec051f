//! The fifth standard: the brief says first what the reader needs, and what to watch for.

use super::sentences;
use crate::lint::page::{Kind, Purpose};
use crate::lint::{Found, Held, Rule, Standard};

/// Steps of what is forecast.
const STEPS: &[&str] =
    &["is still not done", "is named and fails", "is nominated and fails", "largest bloc musters"];

/// The most words of a first page.
const FIRST_PAGE: usize = 450;

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

pub(super) const PARAMETER_KEY: Rule = Rule {
    name: "parameter-key",
    standard: Standard::Relevance,
    asks: "A rule is told in words with its unit, not by the key of a parameter.",
    fix: "say what the parameter is of, and in which unit",
    look: |held, found| {
        for (sentence, own) in sentences(held) {
            let keyed = own.split_whitespace().find(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                word.contains('_')
                    && word.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.')
            });
            let of_process = own.contains("' of the ") && own.contains(" process");
            if keyed.is_some() || of_process {
                found.at(
                    sentence.line,
                    format!("“{}”", keyed.unwrap_or("a parameter of a process")),
                );
            }
        }
    },
};

pub(super) const INDICATOR_INSIDE: Rule = Rule {
    name: "indicator-of-itself",
    standard: Standard::Relevance,
    asks: "An indicator is an event outside what is forecast, not one of its steps.",
    fix: "name what would be seen before, elsewhere or by others",
    look: |held, found| {
        for part in held.page.parts_for(Purpose::Indicators) {
            for piece in part.pieces.iter().filter(|piece| piece.is_prose()) {
                if let Some(step) =
                    STEPS.iter().find(|step| piece.text.to_lowercase().contains(**step))
                {
                    found.at(piece.line(), format!("“{step}” is a step of what is forecast"));
                }
            }
        }
    },
};

pub(super) const FIRST_PAGE_LONG: Rule = Rule {
    name: "first-page-long",
    standard: Standard::Relevance,
    asks: "The bottom line and the judgements stand on one page of at most 450 words.",
    fix: "keep what answers the questions, and move the rest to the pages behind",
    look: first_page,
};

fn first_page(held: &Held<'_>, found: &mut Found) {
    let mut count = 0;
    for purpose in [Purpose::BottomLine, Purpose::Judgements] {
        count += held.page.words_of(purpose).split_whitespace().count();
    }
    if count > FIRST_PAGE {
        let line = held.page.line_of(Purpose::BottomLine);
        found.at(line, format!("the first page has {count} words"));
    }
}
