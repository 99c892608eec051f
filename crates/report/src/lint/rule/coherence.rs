//! Rules that hold places of the page against each other: one event has one probability, one quantity one value, and a
//! judgement does not speak of what is settled as of something open. Which words make a rule fire is *Judged*.

use super::sentences;
use crate::lint::page::{Kind, Piece};
use crate::lint::{Rule, Standard, words};

/// Verbs of something that is yet to happen, and how the same reads once it has.
const SETTLED: &[(&str, &[&str])] = &[
    ("lapses", &["lapsed on", "lapsed in"]),
    ("runs out", &["ran out on", "lapsed on"]),
    ("is taken back", &["taken back on", "taken back in", "withdrawn on"]),
    ("is withdrawn", &["withdrawn on", "taken back on"]),
    ("is reversed", &["reversed on"]),
    ("is passed", &["passed on", "was passed"]),
    ("is lifted", &["lifted on"]),
];

/// What follows "that" in a sentence with a likelihood, up to its day, figures or a second clause: the event, in lower
/// case.
fn event(sentence: &str) -> Option<String> {
    let lower = sentence.to_lowercase();
    let word = words::likelihoods(&lower).first().map(|(at, _)| *at);
    let from = word.or_else(|| lower.find("probability of"))?;
    let after = &lower[from..];
    let clause = &after[after.find(" that ")? + 6..];
    let ends = [" by ", ", ", "; ", ": ", " in the "];
    let end = ends.iter().filter_map(|end| clause.find(end)).min().unwrap_or(clause.len());
    let kept: String = clause[..end].chars().filter(|c| c.is_alphabetic() || *c == ' ').collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    (kept.split(' ').count() >= 3).then_some(kept)
}

pub(super) const SETTLED_AS_OPEN: Rule = Rule {
    name: "settled-as-open",
    standard: Standard::Accuracy,
    asks: "No judgement speaks of something as yet to happen that the page itself says has happened.",
    fix: "say where it stands today and since when, and judge what may come next",
    look: |held, found| {
        let mut told: Vec<String> = Vec::new();
        for part in &held.page.parts {
            told.extend(
                part.pieces.iter().flat_map(Piece::sentences).map(|s| s.text.to_lowercase()),
            );
        }
        for note in &held.page.notes {
            told.push(note.lead.to_lowercase());
            told.extend(note.entries.iter().map(|(_, entry)| entry.to_lowercase()));
        }
        for piece in held.page.prose() {
            for sentence in piece.sentences() {
                let lower = sentence.text.to_lowercase();
                if words::likelihoods(&lower).is_empty() {
                    continue;
                }
                for (open, past) in SETTLED {
                    let Some(at) = lower.find(open) else { continue };
                    let from = lower[..at].rfind(" that ").map_or(0, |that| that + 6);
                    let subject: Vec<&str> = lower[from..at]
                        .split(|c: char| !c.is_alphanumeric())
                        .filter(|word| word.len() > 3)
                        .collect();
                    let happened = |text: &&String| {
                        past.iter().any(|past| text.contains(past))
                            && !subject.is_empty()
                            && subject.iter().all(|word| text.contains(word))
                    };
                    if told.iter().find(happened).is_some() {
                        let subject = subject.join(" ");
                        found.at(
                            sentence.line,
                            format!("“{subject} {open}”, which the page says has happened"),
                        );
                    }
                }
            }
        }
    },
};

pub(super) const EVENT_TWICE: Rule = Rule {
    name: "event-with-two-likelihoods",
    standard: Standard::Argument,
    asks: "One event has one likelihood, wherever the page speaks of it, in a sentence or in a table.",
    fix: "find which number is meant and give it in every place",
    look: |held, found| {
        let mut seen: Vec<(String, &'static str, usize)> = Vec::new();
        for (sentence, own) in sentences(held) {
            let Some(clause) = event(&own) else { continue };
            let Some((_, word)) = words::likelihoods(&own).first().copied() else { continue };
            match seen.iter().find(|(other, ..)| *other == clause) {
                Some((_, other, line)) if *other != word => found.at(
                    sentence.line,
                    format!("“{clause}” is “{word}” here and “{other}” in line {line}"),
                ),
                Some(_) => {}
                None => seen.push((clause, word, sentence.line)),
            }
        }
    },
};

pub(super) const VALUE_TWICE: Rule = Rule {
    name: "quantity-with-two-values",
    standard: Standard::Argument,
    asks: "One quantity has one value: the same words before a number and the same note behind it give the same number.",
    fix: "compute the figure once and print that; say what differs where two figures are meant",
    look: |held, found| {
        let mut seen: Vec<(String, String, usize)> = Vec::new();
        for (sentence, _) in sentences(held) {
            for (at, label) in &sentence.references {
                let before = sentence.text.get(..*at).unwrap_or_default();
                let Some((words, value)) = measured(before) else { continue };
                let key = format!("{label}|{words}");
                match seen.iter().find(|(other, ..)| *other == key) {
                    Some((_, other, line)) if *other != value => found.at(
                        sentence.line,
                        format!("“{words} {value}” and in line {line} “{words} {other}”"),
                    ),
                    Some(_) => {}
                    None => seen.push((key, value, sentence.line)),
                }
            }
        }
    },
};

/// The last number of a text and the four words before it.
fn measured(text: &str) -> Option<(String, String)> {
    // A range in brackets belongs to the number before it.
    let text =
        text.trim_end().trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != ')');
    let text = match text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((before, _)) => before.trim_end(),
        None => text,
    };
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let at = tokens.iter().rposition(|token| token.starts_with(|c: char| c.is_ascii_digit()))?;
    if at < 3 || at + 3 < tokens.len() {
        return None;
    }
    let words: Vec<String> =
        tokens[at.saturating_sub(4)..at].iter().map(|w| w.to_lowercase()).collect();
    let plain = words.iter().filter(|w| w.chars().all(char::is_alphabetic)).count();
    let value = tokens[at].trim_end_matches([',', '.', ';', ':']).to_owned();
    (plain >= 3).then(|| (words.join(" "), value))
}

pub(super) const NOTHING_MOVES: Rule = Rule {
    name: "change-of-nothing",
    standard: Standard::Alternatives,
    asks: "Where runs are said to end differently, the page says what differs.",
    fix: "say what moves, by how much, or that nothing followed moves further than chance",
    look: |held, found| {
        for part in &held.page.parts {
            for (at, piece) in part.pieces.iter().enumerate().filter(|(_, p)| p.is_prose()) {
                let differs = piece.text.contains("end differently");
                let told = part.pieces[at + 1..].iter().take_while(|p| p.kind != Kind::Heading);
                let shown = told.into_iter().any(|p| matches!(p.kind, Kind::Table | Kind::Figure));
                if differs && !shown {
                    found.at(piece.line(), "runs end differently, and nothing says in what");
                }
            }
        }
    },
};
