//! What a sentence says on the whole: a linear model over its words, beside the patterns.
//!
//! The model gives each PLOVER class, and none, a score: the sum of the weights of the words and
//! pairs of words that the sentence has, and of the lists they stand in: the heads of the patterns
//! of a class, the other words of these, and `lexicon/english/class-words.tsv`. It ranks what the patterns find, and where it
//! is sure of a class that no pattern found it suggests it. What it alone says is marked as
//! suggested, and is never a fact.
//!
//! Names and numbers are masked, so that it learns no country. Its weights are whole numbers and
//! are summed as such: the same sentence has the same score on any machine. They are learned from
//! the invented sentences in `sentences/` by `cargo run --release -p shatterbelt-evidence --example scorecard --
//! train`, which makes the same bytes again.
//!
//! Multinomial logistic regression; *Judged*: the features, and what a pattern's find weighs
//! beside the words.

pub mod roles;
pub mod sentences;
pub mod train;
mod vocabulary;

use std::sync::OnceLock;

use crate::records::{Class, Event};
use crate::tokens::{Kind, Token};
use crate::words::{Tag, words};
use vocabulary::vocabulary;

/// The sixteen classes, and none.
pub const LABELS: usize = 17;

/// The label of a sentence that tells of no event.
pub const NONE: usize = 16;

/// First bytes of a file of weights.
const MAGIC: &[u8; 8] = b"SBSCORE1";

/// What a class gains, in natural logarithms, where a pattern found it. *Judged* by
/// cross-validation over the sentences learned from.
const FOUND: f64 = 2.0;

/// What it gains besides where the first event of the sentence that is a fact is of that class.
const FIRST: f64 = 1.0;

/// How sure the words must be of a class that no pattern found before it is suggested.
pub const SURE: f64 = 0.5;

/// A linear model of `N` labels: weights by the hash of a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear<const N: usize> {
    scale: f64,
    bias: [i32; N],
    hashes: Vec<u32>,
    weights: Vec<[i8; N]>,
    /// Where hashes with the same first sixteen bits begin.
    starts: Vec<u32>,
}

/// What a sentence says on the whole: the sixteen classes, and none.
pub type Scorer = Linear<LABELS>;

/// Something to learn from: its features and its label.
pub type Example = (Vec<Feature>, usize);

/// Why a file of weights cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadWeights;

impl<const N: usize> Linear<N> {
    /// A model that knows nothing: every label is as likely as any.
    fn empty() -> Linear<N> {
        Linear::new(1.0, [0; N], Vec::new())
    }

    /// A model of weights in any order.
    fn new(scale: f64, bias: [i32; N], mut rows: Vec<(u32, [i8; N])>) -> Linear<N> {
        rows.sort_unstable();
        let mut starts = vec![0u32; (1 << 16) + 1];
        for (hash, _) in &rows {
            starts[(hash >> 16) as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let (hashes, weights) = rows.into_iter().unzip();
        Linear { scale, bias, hashes, weights, starts }
    }

    /// The weights as a file: the scale, the biases, then each feature's hash and weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.scale.to_le_bytes());
        for bias in self.bias {
            out.extend(bias.to_le_bytes());
        }
        for (hash, weights) in self.hashes.iter().zip(&self.weights) {
            out.extend(hash.to_le_bytes());
            out.extend(weights.map(|w| w.to_le_bytes()[0]));
        }
        out
    }

    /// The weights of a file.
    ///
    /// # Errors
    /// [`BadWeights`] where the bytes are no file of weights.
    pub fn from_bytes(bytes: &[u8]) -> Result<Linear<N>, BadWeights> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(BadWeights)?;
        let (scale, mut rest) = rest.split_first_chunk::<8>().ok_or(BadWeights)?;
        let mut bias = [0; N];
        for one in &mut bias {
            let (number, more) = rest.split_first_chunk::<4>().ok_or(BadWeights)?;
            *one = i32::from_le_bytes(*number);
            rest = more;
        }
        let rows = rest.chunks_exact(4 + N);
        if !rows.remainder().is_empty() {
            return Err(BadWeights);
        }
        let rows = rows.map(|row| {
            let mut weights = [0i8; N];
            for (weight, byte) in weights.iter_mut().zip(&row[4..]) {
                *weight = i8::from_le_bytes([*byte]);
            }
            (u32::from_le_bytes([row[0], row[1], row[2], row[3]]), weights)
        });
        Ok(Linear::new(f64::from_le_bytes(*scale), bias, rows.collect()))
    }

    fn row(&self, hash: u32) -> Option<&[i8; N]> {
        let bucket = (hash >> 16) as usize;
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let at = self.hashes[from..to].iter().position(|h| *h == hash)?;
        self.weights.get(from + at)
    }

    /// The natural logarithm of how likely each label is, but for what all have in common.
    fn logits(&self, features: &[Feature]) -> [f64; N] {
        let mut sums = self.bias;
        for feature in features {
            if let Some(row) = self.row(feature.hash) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(*weight);
                }
            }
        }
        sums.map(|s| f64::from(s) * self.scale)
    }

    /// The word that speaks most for a label: where most weight falls, shared among the words of a
    /// feature.
    pub(crate) fn word_for(
        &self,
        features: &[Feature],
        label: usize,
        may: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut of_word: Vec<(usize, i32)> = Vec::new();
        for feature in features {
            let Some(row) = self.row(feature.hash) else { continue };
            let count = i32::try_from(feature.words.len()).unwrap_or(1).max(1);
            for word in feature.words.clone().filter(|w| may(*w)) {
                let gained = i32::from(row[label]) * 6 / count;
                match of_word.iter_mut().find(|(w, _)| *w == word) {
                    Some((_, sum)) => *sum += gained,
                    None => of_word.push((word, gained)),
                }
            }
        }
        of_word
            .into_iter()
            .filter(|(_, s)| *s > 0)
            .max_by_key(|(w, s)| (*s, usize::MAX - w))
            .map(|(word, _)| word)
    }
}

/// What the patterns found in a sentence.
#[derive(Clone, Debug, Default)]
pub struct ByPatterns {
    /// Labels of the events, in the order of the text.
    pub found: Vec<usize>,
    /// The label of the first event that is stated.
    pub first: Option<usize>,
}

impl ByPatterns {
    /// What the events of one sentence say; suggestions left out.
    pub fn of(events: &[Event]) -> ByPatterns {
        let label_of = |e: &Event| label(e.declares.unwrap_or(e.class));
        let stated = |e: &&Event| (e.is_fact() || e.declares.is_some()) && !e.sources.is_empty();
        let own: Vec<&Event> = events.iter().filter(|e| !e.suggested).collect();
        let first = own.iter().copied().find(stated).or_else(|| own.first().copied());
        ByPatterns { found: own.iter().map(|e| label_of(e)).collect(), first: first.map(label_of) }
    }
}

/// The likeliest label and its share.
pub fn best(shares: &[f64; LABELS]) -> (usize, f64) {
    let better = |a: (usize, f64), b: (usize, f64)| if b.1 > a.1 { b } else { a };
    shares.iter().copied().enumerate().fold((NONE, f64::NEG_INFINITY), better)
}

impl Scorer {
    /// The weights that the reader was built with.
    pub fn built_in() -> &'static Scorer {
        static SCORER: OnceLock<Scorer> = OnceLock::new();
        SCORER.get_or_init(|| {
            let bytes = include_bytes!("../lexicon/english/scorer.weights");
            Scorer::from_bytes(bytes).unwrap_or_else(|_| Scorer::empty())
        })
    }

    /// How likely each label is, of the words and of what the patterns found: they sum to one.
    pub fn shares(&self, features: &[Feature], patterns: &ByPatterns) -> [f64; LABELS] {
        let mut logits = self.logits(features);
        for (label, logit) in logits.iter_mut().enumerate() {
            if patterns.found.contains(&label) {
                *logit += FOUND;
            }
            if patterns.first == Some(label) {
                *logit += FIRST;
            }
        }
        softmax(logits)
    }
}

/// The label of a class.
pub fn label(class: Class) -> usize {
    Class::ALL.iter().position(|c| *c == class).unwrap_or(NONE)
}

/// Shares that sum to one. Only sums, products and quotients: the same on any machine.
fn softmax<const N: usize>(logits: [f64; N]) -> [f64; N] {
    let most = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = logits.map(|l| exp(l - most));
    let sum: f64 = powers.iter().sum();
    powers.map(|p| p / sum)
}

/// The exponential of a number that is not above nought: (1 + x/n)^n with n = 2^16, or 0 far below.
fn exp(x: f64) -> f64 {
    let mut power = (1.0 + x / 65_536.0).max(0.0);
    for _ in 0..16 {
        power *= power;
    }
    power
}

/// Something a sentence has: a word, or words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub(crate) hash: u32,
    /// The tokens it was made of, first to before last.
    pub(crate) words: std::ops::Range<usize>,
}

/// FNV-1a, turned over at the end so that its high bits are as good as its low ones.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new(kind: u8) -> Hash {
        Hash(0xcbf2_9ce4_8422_2325).with(&[kind])
    }

    fn with(mut self, bytes: &[u8]) -> Hash {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }

    fn word(self, word: &str) -> Hash {
        self.with(word.as_bytes()).with(&[0])
    }

    fn end(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (mixed >> 32) as u32
    }
}

/// The features of a sentence. `dated` marks the tokens of its date phrases.
pub(crate) fn features(tokens: &[Token], tags: &[Tag], dated: &[bool]) -> Vec<Feature> {
    let masked: Vec<&str> = tokens
        .iter()
        .zip(tags)
        .zip(dated)
        .map(|((token, tag), dated)| mask(token, *tag, *dated))
        .collect();
    let mut out = Vec::with_capacity(masked.len() * 6);
    let mut add = |hash: Hash, words: std::ops::Range<usize>| {
        out.push(Feature { hash: hash.end(), words });
    };
    // marks but for those of quotation and question say little
    let kept: Vec<usize> = (0..masked.len())
        .filter(|i| tokens[*i].kind != Kind::Mark || matches!(masked[*i], "“" | "?" | "%" | "$"))
        .collect();
    let at = |k: usize| kept.get(k).map_or(("</>", usize::MAX), |i| (masked[*i], *i));
    for k in 0..kept.len() {
        let (word, i) = at(k);
        let ((next, _), j) = (at(k + 1), kept.get(k + 1).unwrap_or(&i) + 1);
        add(Hash::new(b'w').word(word), i..i + 1);
        add(Hash::new(b'b').word(word).word(next), i..j.max(i + 1));
        if tokens[i].kind == Kind::Word && !word.starts_with('<') {
            for (kind, label) in vocabulary().single(&tokens[i].folded) {
                add(Hash::new(kind).with(&[label]), i..i + 1);
            }
        }
        for label in vocabulary().pair(word, next) {
            add(Hash::new(b'Y').with(&[*label]), i..j.max(i + 1));
        }
        if let Some((stem, _)) = word.char_indices().nth(5).map(|(at, _)| word.split_at(at)) {
            add(Hash::new(b'p').word(stem), i..i + 1);
        }
    }
    if let Some((main, passive)) = main_verb(tokens, tags) {
        let kind = if passive { b'P' } else { b'V' };
        add(Hash::new(kind).word(masked[main]), main..main + 1);
        for (kind, label) in vocabulary().single(&tokens[main].folded).filter(|v| v.0 == b'D') {
            add(Hash::new(b'M').with(&[kind, label]), main..main + 1);
        }
    }
    out
}

/// Names, numbers and dates are one word each; other words are their dictionary form.
fn mask(token: &Token, tag: Tag, dated: bool) -> &str {
    match (tag, token.kind) {
        _ if dated => "<day>",
        (Tag::Name, _) => "<name>",
        (_, Kind::Number) | (Tag::Num, _) => "<number>",
        (_, Kind::Mark) => match token.folded.as_str() {
            "\"" | "“" | "”" | "«" | "»" => "“",
            other => other,
        },
        _ => words().lemma(&token.folded),
    }
}

/// The first finite verb that is no auxiliary, and whether it is a passive.
fn main_verb(tokens: &[Token], tags: &[Tag]) -> Option<(usize, bool)> {
    let verb = (0..tokens.len()).find(|i| tags[*i] == Tag::Verb && !tokens[*i].is("said"))?;
    let before = verb.checked_sub(1).map(|b| tags[b]);
    let form = words().verbs.get(&tokens[verb].folded);
    let passive = before == Some(Tag::Be) && form.is_some_and(|f| f.participle);
    Some((verb, passive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_that_of_the_library_to_four_digits() {
        for x in [0.0, -0.5, -1.0, -3.0, -9.0] {
            assert!((exp(x) - f64::exp(x)).abs() < 1e-3 * f64::exp(x) + 1e-4, "{x}");
        }
        assert_eq!(exp(-1e9), 0.0);
    }

    #[test]
    fn weights_come_back_from_their_bytes() {
        let rows = vec![(70_000, [3; LABELS]), (5, [-1; LABELS]), (70_001, [7; LABELS])];
        let scorer = Scorer::new(0.25, [2; LABELS], rows);
        assert_eq!(Scorer::from_bytes(&scorer.to_bytes()), Ok(scorer.clone()));
        assert_eq!(scorer.row(70_001), Some(&[7; LABELS]));
        assert_eq!(scorer.row(70_002), None);
        assert_eq!(Scorer::from_bytes(b"SBSCORE1 and no more"), Err(BadWeights));
    }

    #[test]
    fn the_weights_built_in_can_be_read() {
        assert!(Scorer::built_in().hashes.len() > 1000);
    }
}
