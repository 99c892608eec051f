//! Rules that look across the page: one event has one probability, one quantity one value, a judgement does not speak of
//! what is settled as of something open, and nothing is said more surely than it is known. Which words make a rule fire
//! is *Judged*.

use crate::lint::page::{Kind, Piece, Purpose, Sentence, without_quotations};
use crate::lint::{Found, Held, Rule, Standard, words};

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

/// Names that stand for nobody.
const PLACEHOLDERS: &[&str] = &[
    "contested state",
    "compromise without a list",
    "tbd",
    "todo",
    "lorem ipsum",
    "to be replaced",
    "to be filled in",
];

/// Steps of what is forecast.
const STEPS: &[&str] =
    &["is still not done", "is named and fails", "is nominated and fails", "largest bloc musters"];

/// The most words of a first page.
const FIRST_PAGE: usize = 450;

fn sentences<'a>(held: &Held<'a>) -> Vec<(Sentence<'a>, String)> {
    let all = held.page.prose().flat_map(Piece::sentences);
    all.map(|sentence| {
        let own = without_quotations(sentence.text);
        (sentence, own)
    })
    .collect()
}

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

pub(super) const PLACEHOLDER: Rule = Rule {
    name: "placeholder",
    standard: Standard::Accuracy,
    asks: "Names are names: nothing stands on the page for somebody or something yet to be named.",
    fix: "give the name, or the type and that nobody can be named; stamp a page whose numbers are made up",
    look: |held, found| {
        let stamped = held.page.words_of(Purpose::BottomLine).to_lowercase().contains("made up");
        for (sentence, own) in sentences(held) {
            for (_, name) in words::find_all(&own, PLACEHOLDERS) {
                found.at(sentence.line, format!("“{name}”"));
            }
        }
        let filled =
            |(_, entry): &&(usize, String)| entry.to_lowercase().contains("to be replaced");
        let left = held.page.notes.iter().flat_map(|note| &note.entries).find(filled);
        if let (Some((line, _)), false) = (left, stamped) {
            found.at(*line, "a number is yet to be replaced, and the first page does not say so");
        }
    },
};

pub(super) const SURE_UNSURE: Rule = Rule {
    name: "surer-than-known",
    standard: Standard::Uncertainty,
    asks: "What is said with low confidence is not said to be more than 99% or less than 1% likely.",
    fix: "say no more than the scale's last word, or say what the confidence rests on",
    look: |held, found| {
        for judged in held.page.judgements() {
            let all = judged.sentences();
            let low = all.iter().any(|s| words::level(s.text) == Some("low"));
            let sure = all.iter().find(|s| {
                ["more than 99%", "less than 1%"].iter().any(|sure| s.text.contains(sure))
                    && s.text.contains("probability of")
            });
            if let (true, Some(sentence)) = (low, sure) {
                found.at(sentence.line, "all but sure, and held with low confidence");
            }
        }
    },
};

pub(super) const BOILERPLATE: Rule = Rule {
    name: "confidence-boilerplate",
    standard: Standard::Uncertainty,
    asks: "Each judgement gives reasons of its own for how sure it is.",
    fix: "say of each what its sources are, whether the views agree, and how such forecasts have done",
    look: |held, found| {
        let mut seen: Vec<(String, usize)> = Vec::new();
        for judged in held.page.judgements() {
            let all = judged.sentences();
            let Some(at) = all.iter().position(|s| words::level(s.text).is_some()) else {
                continue;
            };
            let basis: String = all[at..].iter().map(|s| s.text).collect::<Vec<_>>().join(" ");
            match seen.iter_mut().find(|(other, _)| *other == basis) {
                Some((_, times)) => {
                    *times += 1;
                    if *times >= 3 {
                        found.at(all[at].line, "the same reason for the third time");
                    }
                }
                None => seen.push((basis, 1)),
            }
        }
    },
};

pub(super) const DIFFERENCE_UNTOLD: Rule = Rule {
    name: "difference-within-error",
    standard: Standard::Uncertainty,
    asks: "A difference of less than one point is told only with its interval.",
    fix: "give the interval of the difference, or leave it out",
    look: |held, found| {
        for (sentence, own) in sentences(held) {
            let compares =
                ["in the others", "without it", "otherwise"].iter().any(|w| own.contains(w));
            let ranged = own.contains(" to ") || own.contains('±') || own.contains('–');
            let all = words::percentages(&own);
            if let ([one, other], true, false) = (&all[..], compares, ranged)
                && (one.value - other.value).abs() < 1.0
            {
                found.at(sentence.line, format!("{}% beside {}%", one.value, other.value));
            }
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

pub(super) const COUNTS_ODD: Rule = Rule {
    name: "counts-do-not-fit",
    standard: Standard::Sourcing,
    asks: "Counts of sources fit: not nought, and no more independent sources than are cited.",
    fix: "count what is listed, or leave the count out",
    look: |held, found| {
        for note in &held.page.notes {
            let all = note.words().to_lowercase();
            if before(&all, "pieces of evidence") == Some(0) || before(&all, "citations") == Some(0)
            {
                found.at(note.line, "nothing is counted");
            }
            if let (Some(cited), Some(independent)) =
                (before(&all, "citations"), before(&all, "independent sources"))
                && independent > cited
            {
                found.at(
                    note.line,
                    format!("{independent} independent sources of {cited} citations"),
                );
            }
        }
    },
};

/// The whole number before some words.
fn before(text: &str, words: &str) -> Option<u32> {
    let at = text.find(words)?;
    text[..at].split_whitespace().next_back()?.parse().ok()
}

pub(super) const RECORD_UNREAD: Rule = Rule {
    name: "record-not-read-out",
    standard: Standard::Accuracy,
    asks: "A score is read out: beside a coin, or whoever else forecast the same.",
    fix: "say whether it is better or worse than a coin and than the base rate",
    look: |held, found| {
        for part in held.page.parts_for(Purpose::Record) {
            let all: String =
                part.pieces.iter().map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
            let scored = all.contains("brier") || all.contains("log score");
            let read = ["coin", "chance", "better than", "worse than", "no better"];
            if scored && !read.iter().any(|word| all.contains(word)) {
                found.at(part.line, "scores are printed and not read out");
            }
        }
    },
};

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

pub(super) const STYLES_MIXED: Rule = Rule {
    name: "styles-mixed",
    standard: Standard::Argument,
    asks: "Dates and percentages are written in one way.",
    fix: "write “5 November 2025” and “37%” throughout",
    look: |held, found| {
        let mut long = false;
        let mut short: Option<usize> = None;
        let (mut tight, mut spaced) = (false, None);
        let mut look = |text: &str, line: usize| {
            let tokens: Vec<&str> = text.split_whitespace().collect();
            for three in tokens.windows(3) {
                let day = three[0].trim_start_matches('(').parse::<u8>().is_ok();
                let year = three[2].trim_matches(|c: char| !c.is_ascii_digit());
                if day && year.len() == 4 && year.parse::<u16>().is_ok() {
                    match three[1] {
                        "May" => {}
                        month if MONTHS.contains(&month) => long = true,
                        month if MONTHS.iter().any(|m| m.get(..3) == Some(month)) => {
                            short.get_or_insert(line);
                        }
                        _ => {}
                    }
                }
            }
            tight |= text
                .match_indices('%')
                .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()));
            if text
                .match_indices(" %")
                .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()))
            {
                spaced.get_or_insert(line);
            }
        };
        for part in held.page.parts.iter().filter(|part| part.purpose() != Purpose::Annex) {
            for piece in part.pieces.iter().filter(|p| p.is_prose()) {
                look(&without_quotations(&piece.text), piece.line());
            }
        }
        if let (true, Some(line)) = (long, short) {
            found.at(line, "a month in three letters, and in full elsewhere");
        }
        if let (true, Some(line)) = (tight, spaced) {
            found.at(line, "a space before %, and none elsewhere");
        }
    },
};

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
