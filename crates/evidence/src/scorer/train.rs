//! Learning the weights: logistic regression by AdaGrad, over a fixed number of passes in a fixed
//! order. The same sentences make the same bytes.

use std::collections::BTreeMap;

use super::{Feature, LABELS, Scorer, features, softmax};
use crate::dates::phrases;
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

/// The features of a sentence that stands alone.
pub fn of_sentence(text: &str) -> Vec<Feature> {
    let Some(span) = Span::new(text, 0, text.len()) else { return Vec::new() };
    let tokens = tokens(text, span);
    let tags = tag(&tokens);
    let mut dated = vec![false; tokens.len()];
    for phrase in phrases(&tokens) {
        dated[phrase.tokens.0..phrase.tokens.1].fill(true);
    }
    features(&tokens, &tags, &dated)
}

/// Weights learned from sentences: the features and the label of each.
pub fn train(examples: &[(Vec<Feature>, usize)]) -> Scorer {
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
    let mut weights = vec![[0.0f64; LABELS]; rows.len() + 1];
    let mut steps = vec![[1e-2f64; LABELS]; rows.len() + 1];
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
                for k in 0..LABELS {
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
    Scorer::new(scale, weights[bias].map(|w| whole(w) as i32), kept.collect())
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
    use super::super::{ByPatterns, NONE, label};
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
        let scorer = train(&examples);
        let best = |text: &str| {
            let shares = scorer.shares(&of_sentence(text), &ByPatterns::default());
            (0..LABELS).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap()
        };
        assert_eq!(best("Gunners shelled the church."), label(Class::Assault));
        assert_eq!(best("The church has a mill."), NONE);
        assert_eq!(train(&examples).to_bytes(), scorer.to_bytes());
    }
}
