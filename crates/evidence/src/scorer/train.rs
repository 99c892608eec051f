//! Learning the weights: logistic regression by AdaGrad, over a fixed number of passes in a fixed
//! order. The same sentences make the same bytes.

use std::collections::BTreeMap;

use super::roles::{self, Roles};
use super::sentences::Labelled;
use super::{Example, Feature, Linear, Scorer, features, softmax};
use crate::chunks::{Clauses, Range};
use crate::dates::phrases;
use crate::events::{Scene, Seen, events, suggested, told_by};
use crate::records::Class;
use crate::span::Span;
use crate::tagging::tag;
use crate::tokens::tokens;

/// Passes over the sentences.
const PASSES: usize = 8;
/// First step of each weight.
const STEP: f64 = 0.25;
/// How much of a weight is lost in each pass; *Judged* by cross-validation.
const LOSS: f64 = 0.01;
/// Sentences that must have a feature before it is learned.
const SEEN: usize = 2;

/// Looks at a sentence that stands alone, where no actor is known.
fn alone<T>(text: &str, look: impl FnOnce(&Scene<'_>) -> T) -> Option<T> {
    let span = Span::new(text, 0, text.len())?;
    let tokens = tokens(text, span);
    let tags = tag(&tokens);
    let mut dated = vec![false; tokens.len()];
    for phrase in phrases(&tokens) {
        dated[phrase.tokens.0..phrase.tokens.1].fill(true);
    }
    let clauses = Clauses { text, tokens: &tokens, tags: &tags, dated: &dated };
    let known = vec![false; tokens.len()];
    Some(look(&Scene { clauses, dates: &[], known: &known, today: None }))
}

/// The features of a sentence that stands alone.
pub fn of_sentence(text: &str) -> Vec<Feature> {
    let own =
        |scene: &Scene<'_>| features(scene.clauses.tokens, scene.clauses.tags, scene.clauses.dated);
    alone(text, own).unwrap_or_default()
}

/// The deed that a sentence was written to tell, as the rules see it: the first of its class that a
/// pattern finds, else as it would be suggested.
fn deed(scene: &Scene<'_>, class: Class, scorer: &Scorer) -> Option<Seen> {
    let found = events(scene);
    let told = |e: &Seen| e.declares.unwrap_or(e.class) == class;
    found.into_iter().find(told).or_else(|| {
        let c = &scene.clauses;
        let features = features(c.tokens, c.tags, c.dated);
        let word = told_by(c, scorer, &features, class)?;
        Some(suggested(scene, word, class))
    })
}

/// What a marked sentence teaches of who does a deed and whom it is done to; `scorer` says which word
/// tells of a deed that no pattern finds.
pub fn sides_of(one: &Labelled, scorer: &Scorer) -> Vec<Example> {
    let Some(class) = Class::ALL.get(one.label) else { return Vec::new() };
    alone(&one.text, |scene| {
        deed(scene, *class, scorer)
            .map(|seen| roles::examples(scene, &seen, one))
            .unwrap_or_default()
    })
    .unwrap_or_default()
}

/// Byte ranges of those who do the deed of a sentence, and of those whom it is done to, by the rules and
/// a model; without determiners. Of a deed done to each other, both are on both sides.
pub fn sides(
    one: &Labelled,
    scorer: &Scorer,
    model: Option<&Roles>,
) -> Option<[Vec<(usize, usize)>; 2]> {
    let class = Class::ALL.get(one.label)?;
    alone(&one.text, |scene| {
        let mut seen = deed(scene, *class, scorer)?;
        if let Some(model) = model {
            model.settle(scene, &mut seen);
        }
        let c = &scene.clauses;
        let bytes = |list: &[Range]| -> Vec<(usize, usize)> {
            let spans = list.iter().filter_map(|r| c.span(c.bare(*r)));
            spans.map(|s| (s.start(), s.end())).collect()
        };
        let (doers, mut targets) = (bytes(&seen.sources), bytes(&seen.recipients));
        if seen.reciprocal {
            targets.extend(&doers);
        }
        Some([doers, targets])
    })
    .flatten()
}

/// Weights learned from sentences: the features and the label of each.
pub fn train<const N: usize>(examples: &[Example]) -> Linear<N> {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for (features, _) in examples {
        let mut hashes: Vec<u32> = features.iter().map(|f| f.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            *seen.entry(hash).or_default() += 1;
        }
    }
    let rows: BTreeMap<u32, usize> =
        seen.into_iter().filter(|(_, n)| *n >= SEEN).map(|(h, _)| h).zip(0..).collect();
    let texts: Vec<(Vec<usize>, usize)> = examples
        .iter()
        .map(|(list, label)| {
            (list.iter().filter_map(|f| rows.get(&f.hash).copied()).collect(), *label)
        })
        .collect();
    let mut weights = vec![[0.0f64; N]; rows.len() + 1];
    let mut steps = vec![[1e-2f64; N]; rows.len() + 1];
    let bias = rows.len();
    for pass in 0..PASSES {
        for turn in 0..texts.len() {
            // a stride that shares no factor with the number of texts visits each once
            let at = (turn * stride(texts.len(), pass)) % texts.len();
            let (own, label) = &texts[at];
            let mut logits = weights[bias];
            for row in own {
                for (logit, weight) in logits.iter_mut().zip(&weights[*row]) {
                    *logit += weight;
                }
            }
            let shares = softmax(logits);
            for row in own.iter().chain([&bias]) {
                for k in 0..N {
                    let wrong = shares[k] - f64::from(u8::from(k == *label))
                        + LOSS * weights[*row][k] / own.len().max(1) as f64;
                    steps[*row][k] += wrong * wrong;
                    weights[*row][k] -= STEP * wrong / steps[*row][k].sqrt();
                }
            }
        }
    }
    let most = weights.iter().flatten().fold(0.0f64, |m, w| m.max(w.abs()));
    let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
    let whole = |w: f64| (w / scale).round();
    let kept = rows
        .into_iter()
        .map(|(hash, row)| (hash, weights[row].map(|w| whole(w) as i8)))
        .filter(|(_, w)| w.iter().any(|w| *w != 0));
    Linear::new(scale, weights[bias].map(|w| whole(w) as i32), kept.collect())
}

fn stride(len: usize, pass: usize) -> usize {
    let apart = |a: usize| {
        let (mut a, mut b) = (a, len);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a == 1
    };
    (len / 3 + 101 * pass + 1..).find(|s| apart(*s)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::{ByPatterns, LABELS, NONE, Scorer, label};
    use super::*;
    use crate::records::Class;

    #[test]
    fn it_learns_what_it_is_shown_and_makes_the_same_bytes() {
        let shown = [
            ("The army shelled the town.", label(Class::Assault)),
            ("Rebels shelled a village.", label(Class::Assault)),
            ("The town has a mill.", NONE),
            ("The village has a mill and a church.", NONE),
        ];
        let examples: Vec<_> = shown.map(|(text, label)| (of_sentence(text), label)).into();
        let scorer: Scorer = train(&examples);
        let best = |text: &str| {
            let shares = scorer.shares(&of_sentence(text), &ByPatterns::default());
            (0..LABELS).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap()
        };
        assert_eq!(best("Gunners shelled the church."), label(Class::Assault));
        assert_eq!(best("The church has a mill."), NONE);
        assert_eq!(train::<LABELS>(&examples).to_bytes(), scorer.to_bytes());
    }
}
