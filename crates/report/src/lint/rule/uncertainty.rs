//! The second standard: uncertainties are expressed and explained.

use super::sentences;
use crate::lint::page::{Kind, Purpose, Sentence, flat};
use crate::lint::words::{self, Percentage, Scale};
use crate::lint::{Found, Held, Rule, Standard};

pub(super) const SENTENCE_OF_BOTH: Rule = Rule {
    name: "likelihood-with-confidence",
    standard: Standard::Uncertainty,
    asks: "A likelihood and a level of confidence never stand in one sentence.",
    fix: "say in one sentence how likely it is and in the next how sure you are",
    look: |held, found| {
        for (sentence, own) in sentences(held) {
            let likely = words::likelihoods(&own);
            if let (Some((_, word)), Some(level)) = (likely.first(), words::level(&own)) {
                found.at(
                    sentence.line,
                    format!("“{word}” and “{level} confidence” in one sentence"),
                );
            }
        }
    },
};

pub(super) const BARE_PERCENTAGE: Rule = Rule {
    name: "bare-percentage",
    standard: Standard::Uncertainty,
    asks: "A percentage has a range or a bound, a count of what it is a share of, or a note that quotes it.",
    fix: "give its range, “7% (3 to 13%)”, or say of how many runs or cases it is a share",
    look: |held, found| {
        for (sentence, own) in sentences(held) {
            let all = words::percentages(&own);
            for percentage in &all {
                let held_up = is_ranged(&own, percentage)
                    || is_counted(&own)
                    || is_quoted(held, &sentence, &own, percentage);
                if !held_up {
                    let bare = &own[percentage.from..percentage.to];
                    found.at(sentence.line, format!("“{bare}” stands alone"));
                }
            }
        }
    },
};

/// Whether a number is an end of a range or is followed by one.
fn is_ranged(text: &str, percentage: &Percentage) -> bool {
    let before = text[..percentage.from].trim_end_matches(['(', '<', '>', '−', '-', '+', ' ']);
    let joined = |text: &str| {
        let text = text.trim_end();
        let joint = ["–", "-", " to", " and", " or", "±"].iter().find_map(|j| text.strip_suffix(j));
        joint
            .is_some_and(|rest| rest.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '%'))
    };
    let after = text[percentage.to..].trim_start();
    let goes_on = ["–", "-", "to ", "and ", "or ", "±"].iter().any(|joint| {
        after
            .strip_prefix(joint)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    });
    let ranged =
        after.strip_prefix('(').and_then(|rest| rest.split_once(')')).is_some_and(|(inner, _)| {
            let digits = inner.chars().any(|c| c.is_ascii_digit());
            digits
                && [" to ", "–", " and ", "±", "beyond"].iter().any(|joint| inner.contains(joint))
        });
    let bounds = [
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "below",
        "above",
        "over",
        "under",
    ];
    let bounded = bounds.iter().any(|word| before.trim_end().to_lowercase().ends_with(word));
    // A true minus or a dash at the end of what stands before is itself a joint.
    bounded || joined(before) || joined(&text[..percentage.from]) || goes_on || ranged
}

/// Whether a sentence says of what its shares are shares.
fn is_counted(text: &str) -> bool {
    let lower = text.to_lowercase();
    let counted = ["runs", "draws", "pairs", "cases", "respondents", "governments", "forecasts"];
    counted.iter().any(|word| !words::find_all(&lower, &[word]).is_empty())
}

/// Whether a note that the number opens, or its sentence, quotes the number.
fn is_quoted(
    held: &Held<'_>,
    sentence: &Sentence<'_>,
    text: &str,
    percentage: &Percentage,
) -> bool {
    let number = text[percentage.from..percentage.to]
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .to_owned();
    let notes = sentence.references.iter().filter_map(|(_, label)| held.page.note(label));
    notes.into_iter().any(|note| {
        let words = note.words();
        words::percentages(&words)
            .iter()
            .any(|p| words[p.from..p.to].trim_end_matches(|c: char| !c.is_ascii_digit()) == number)
    })
}

pub(super) const WORD_AND_NUMBER: Rule = Rule {
    name: "likelihood-word-and-number",
    standard: Standard::Uncertainty,
    asks: "The number after a likelihood word lies in the word's band.",
    fix: "choose the word of the number's band, or give the band",
    look: |held, found| {
        let scale = scale(held);
        for (sentence, own) in sentences(held) {
            for (at, word) in words::likelihoods(&own) {
                let Some((low, high)) = numbers_after(&own[at + word.len()..]) else { continue };
                let bands: Vec<(f64, f64)> = match scale {
                    Some(scale) => scale.band(word).into_iter().collect(),
                    None => Scale::ALL.iter().filter_map(|s| s.band(word)).collect(),
                };
                let fits = bands.iter().any(|(from, to)| *from <= low && high <= *to);
                if let (false, Some((from, to))) = (fits, bands.first()) {
                    found.at(
                        sentence.line,
                        format!(
                            "“{word}” stands for {from:.0}–{to:.0}%, not for {}",
                            own[at + word.len()..]
                                .trim_start()
                                .split(')')
                                .next()
                                .unwrap_or("")
                                .trim_start_matches('(')
                        ),
                    );
                }
            }
        }
    },
};

/// The percentages in the brackets that follow at once, lowest and highest.
fn numbers_after(rest: &str) -> Option<(f64, f64)> {
    let (inner, _) = rest.trim_start().strip_prefix('(')?.split_once(')')?;
    let last = words::percentages(inner).last().copied()?;
    let before = &inner[..last.from];
    let first: String = before
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let first = first.parse().unwrap_or(last.value);
    Some((first, last.value))
}

/// The lexicon that the method names.
fn scale(held: &Held<'_>) -> Option<Scale> {
    let words = held.page.words_of(Purpose::Method).to_lowercase();
    let named = words.lines().find(|line| line.contains("likelihood words"));
    let named = named.unwrap_or(&words);
    [("icd203", Scale::Icd203), ("icd 203", Scale::Icd203), ("phia", Scale::Phia)]
        .iter()
        .find(|(name, _)| named.contains(name))
        .map(|(_, scale)| *scale)
}

pub(super) const LEXICONS_MIXED: Rule = Rule {
    name: "lexicons-mixed",
    standard: Standard::Uncertainty,
    asks: "All likelihood words come from one lexicon.",
    fix: "use the words of one row of one table throughout",
    look: |held, found| {
        let mut scales: Vec<Scale> = match scale(held) {
            Some(scale) => vec![scale],
            None => Scale::ALL.to_vec(),
        };
        for (sentence, own) in sentences(held) {
            for (_, word) in words::likelihoods(&own) {
                let left: Vec<Scale> =
                    scales.iter().copied().filter(|s| s.band(word).is_some()).collect();
                if left.is_empty() {
                    let others: Vec<&str> = scales.iter().map(|s| s.name()).collect();
                    let others = others.join(" or ");
                    found.at(sentence.line, format!("“{word}” is not among the words of {others}"));
                } else {
                    scales = left;
                }
            }
        }
    },
};

pub(super) const CONFIDENCE_MISSING: Rule = Rule {
    name: "confidence-missing",
    standard: Standard::Uncertainty,
    asks: "Every key judgement says how sure it is: low, moderate or high.",
    fix: "add “Confidence is low, moderate or high” and what it rests on",
    look: |held, found| {
        for judged in held.page.judgements() {
            if !judged.sentences().iter().any(|s| words::level(s.text).is_some()) {
                found.at(judged.line(), "the judgement states no confidence");
            }
        }
    },
};

pub(super) const CONFIDENCE_BARE: Rule = Rule {
    name: "confidence-without-basis",
    standard: Standard::Uncertainty,
    asks: "Confidence says what it rests on: sources, their agreement, what is judged.",
    fix: "go on with “because …”, or say in the next sentence what it rests on",
    look: |held, found| {
        for judged in held.page.judgements() {
            let sentences = judged.sentences();
            let Some(at) = sentences.iter().position(|s| words::level(s.text).is_some()) else {
                continue;
            };
            let joints =
                ["because", "since", "as ", "rests", "based", "given", "for ", ":", ";", ","];
            let stated = sentences[at].text.to_lowercase();
            let goes_on = joints.iter().any(|joint| stated.contains(joint));
            // The labels of notes stand after the last stop and are no sentence.
            let followed = sentences[at + 1..]
                .iter()
                .any(|s| s.text.split_whitespace().count() > 3 && !s.text.starts_with("Evidence:"));
            if !goes_on && !followed {
                found.at(sentences[at].line, "the confidence rests on nothing that is said");
            }
        }
    },
};

pub(super) const BASIS_MISSING: Rule = Rule {
    name: "uncertainty-unexplained",
    standard: Standard::Uncertainty,
    asks: "The method says what its ranges mean and what they rest on.",
    fix: "say in the method what a range holds, such as nine runs in ten, and where its width comes from",
    look: uncertainty_basis,
};

fn uncertainty_basis(held: &Held<'_>, found: &mut Found) {
    let words = held.page.words_of(Purpose::Method).to_lowercase();
    let named =
        ["interval", "range", "uncertain", "margin"].iter().any(|word| words.contains(word));
    if !named && held.page.has(Purpose::Method) {
        let line = held.page.line_of(Purpose::Method);
        found.at(line, "the method does not say what the ranges mean");
    }
}

/// Whether a piece is an item; for the other rules of this folder.
pub(super) fn is_item(kind: Kind) -> bool {
    matches!(kind, Kind::Item(_))
}

/// The first words of a text, for messages.
pub(super) fn beginning(text: &str) -> String {
    let text = flat(text);
    match text.char_indices().nth(50) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

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
