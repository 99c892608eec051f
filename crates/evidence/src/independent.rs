//! Near-copies across documents: how many of a set of documents are independent of each other.
//!
//! Each document has a sketch of the three-word shingles of its running text. Two documents are
//! near-copies when most of the shorter one's shingles stand in the other; near-copies of
//! near-copies are one source. It says nothing of sources that report the same thing in other
//! words. *Judged*: the share of 60 per cent.

use std::collections::{HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::copies::{shingles, word_hashes};
use crate::reading::Reading;
use crate::records::Standing;
use crate::tokens::tokens;

/// Shingles kept of a long document: about this many, more of none.
const KEPT: usize = 1024;
/// Share of the shorter document that makes a near-copy, in percent.
const NEAR: usize = 60;
/// Fewer shared shingles than this prove nothing.
const LEAST: usize = 8;

/// A sample of a document's shingles: those whose hash is a multiple of `scale`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    scale: u64,
    hashes: Vec<u64>,
}

impl Sketch {
    /// The sketch of a reading's running text.
    pub fn of(reading: &Reading) -> Sketch {
        let text = reading.document.text.as_str();
        let mut hashes: Vec<u64> = Vec::new();
        for sentence in reading.sentences.iter().filter(|s| s.standing == Standing::Body) {
            hashes.extend(shingles(&word_hashes(&tokens(text, sentence.quote.span()))).map(mix));
        }
        hashes.sort_unstable();
        hashes.dedup();
        let mut scale = 1;
        while hashes.len() > KEPT {
            scale *= 2;
            hashes.retain(|h| h % scale == 0);
        }
        Sketch { scale, hashes }
    }

    /// Whether one is a near-copy of the other, by the shorter of the two.
    pub fn is_near(&self, other: &Sketch) -> bool {
        let scale = self.scale.max(other.scale);
        let at =
            |s: &Sketch| s.hashes.iter().copied().filter(|h| h % scale == 0).collect::<Vec<u64>>();
        let (a, b) = (at(self), at(other));
        let (mut shared, mut rest) = (0, b.as_slice());
        for hash in &a {
            rest = &rest[rest.partition_point(|h| h < hash)..];
            shared += usize::from(rest.first() == Some(hash));
        }
        shared >= LEAST && shared * 100 >= a.len().min(b.len()) * NEAR
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        std::iter::once(&self.scale).chain(&self.hashes).flat_map(|h| h.to_le_bytes()).collect()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Sketch {
        let mut numbers = bytes.as_chunks::<8>().0.iter().map(|c| u64::from_le_bytes(*c));
        let scale = numbers.next().unwrap_or(1).max(1);
        Sketch { scale, hashes: numbers.collect() }
    }
}

/// Spreads a hash so that its low bits are fit for sampling.
fn mix(hash: u64) -> u64 {
    let h = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h ^ (h >> 32)
}

/// How many of the documents are independent: near-copies count once.
pub fn independent(sketches: &[Sketch]) -> usize {
    let mut groups = reprints(sketches);
    groups.sort_unstable();
    groups.dedup();
    groups.len()
}

/// The group each document belongs to, named by its first member: near-copies, and near-copies of
/// near-copies, share one. Up to some two million shingles in all (10^5 passages of twenty) pairs are
/// those of `near_pairs`; above, they are proposed by `MinHash` and each is then compared.
pub fn reprints(sketches: &[Sketch]) -> Vec<usize> {
    let all: usize = sketches.iter().map(|s| s.hashes.len()).sum();
    if all <= MOST_EXACT { reprints_by_pairs(sketches) } else { reprints_by_min_hash(sketches) }
}

/// Groups of what `near_pairs` joins.
pub fn reprints_by_pairs(sketches: &[Sketch]) -> Vec<usize> {
    let mut groups = Groups::new(sketches.len());
    for (a, b) in near_pairs(sketches) {
        groups.join(a, b);
    }
    groups.named()
}

/// Pairs of near-copies, the earlier of a pair first.
///
/// Only pairs are compared that share [`FEW`] shingles of which the earlier document is among the last
/// [`HOLDERS`] to have them, so that a phrase that stands in thousands costs no more than one in dozens. Copies
/// of one text are each other's last holders of whatever is its own; a text that is nothing but phrases of
/// hundreds of others may be missed.
pub fn near_pairs(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let mut index: HashMap<u64, VecDeque<usize>> = HashMap::new();
    let mut counts = vec![0_usize; sketches.len()];
    let mut pairs = Vec::new();
    for (i, sketch) in sketches.iter().enumerate() {
        let mut met = Vec::new();
        for hash in &sketch.hashes {
            let holders = index.entry(*hash).or_default();
            for other in holders.iter() {
                if counts[*other] == 0 {
                    met.push(*other);
                }
                counts[*other] += 1;
            }
            if holders.len() == HOLDERS {
                holders.pop_front();
            }
            holders.push_back(i);
        }
        met.sort_unstable();
        for other in met {
            if std::mem::take(&mut counts[other]) >= FEW && sketch.is_near(&sketches[other]) {
                pairs.push((other, i));
            }
        }
    }
    pairs
}

/// Of how many documents that hold a shingle a later one is held against. *Judged*: well above the copies that
/// are made of a text on one day.
const HOLDERS: usize = 64;
/// Pairs that share fewer shingles than this are not compared; near-copies share at least twice as many.
const FEW: usize = LEAST / 2;

/// Pairs are those that fall together in one of 36 bands of 2 least hashes; a pair of
/// likeness J (shared shingles of all) is proposed with probability 1 - (1 - J^ROWS)^BANDS: .97 at J =
/// .3, above .999 at J = .5. After Broder (broder1997).
pub fn reprints_by_min_hash(sketches: &[Sketch]) -> Vec<usize> {
    let mut groups = Groups::new(sketches.len());
    for band in 0..BANDS {
        let mut buckets: HashMap<u64, usize> = HashMap::new();
        for (i, sketch) in sketches.iter().enumerate() {
            if sketch.hashes.len() < LEAST {
                continue;
            }
            let least = |row: u64| {
                let seed = (band * ROWS + row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                sketch.hashes.iter().map(|h| mix(h ^ seed)).min().unwrap_or(0)
            };
            let key = (0..ROWS).fold(0u64, |key, row| mix(key.rotate_left(7) ^ least(row)));
            // compared with the first of its bucket: near-copies of one are near-copies together
            let first = *buckets.entry(key).or_insert(i);
            if groups.of(first) != groups.of(i) && sketch.is_near(&sketches[first]) {
                groups.join(first, i);
            }
        }
    }
    groups.named()
}

/// Shingles in all up to which every pair is compared.
const MOST_EXACT: usize = 2_000_000;
/// Bands and rows of the `MinHash`.
const BANDS: u64 = 36;
const ROWS: u64 = 2;

/// Union and find, by the least member.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Groups {
        Groups { parent: (0..n).collect() }
    }

    fn of(&mut self, i: usize) -> usize {
        let mut at = i;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.parent[a.max(b)] = a.min(b);
    }

    fn named(mut self) -> Vec<usize> {
        (0..self.parent.len()).map(|i| self.of(i)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of invented shingles from a fixed sequence.
    fn sketch(seed: u64, shingles: u64) -> Sketch {
        let mut hashes: Vec<u64> =
            (0..shingles).map(|i| mix(seed.wrapping_mul(1_000_003).wrapping_add(i))).collect();
        hashes.sort_unstable();
        Sketch { scale: 1, hashes }
    }

    /// `original` with every `n`th shingle another.
    fn edited(original: &Sketch, n: usize, seed: u64) -> Sketch {
        let edit = |(i, h): (usize, &u64)| if i % n == 0 { mix(h ^ seed) } else { *h };
        let mut hashes: Vec<u64> = original.hashes.iter().enumerate().map(edit).collect();
        hashes.sort_unstable();
        Sketch { scale: 1, hashes }
    }

    #[test]
    fn min_hash_agrees_with_the_exact_pass_on_a_synthetic_corpus() {
        let mut corpus = Vec::new();
        for story in 0..3_000u64 {
            let original = sketch(story, 60 + story % 90);
            let copies = story % 4;
            for copy in 0..copies {
                // one shingle in 3 to 20 is another: J from .5 to .9
                let n = 3 + usize::try_from(story * 7 + copy * 5).unwrap() % 18;
                corpus.push(edited(&original, n, 1 + story * 4 + copy));
            }
            corpus.push(original);
        }
        let (exact, sketched) = (reprints_by_pairs(&corpus), reprints_by_min_hash(&corpus));
        let pairs = |groups: &[usize]| groups.iter().enumerate().filter(|(i, g)| i != *g).count();
        assert!(pairs(&exact) > 4_000);
        let same = exact.iter().zip(&sketched).filter(|(a, b)| a == b).count();
        // recall: documents put into the group the exact pass puts them in
        assert!(same * 1000 >= corpus.len() * 995, "{same} of {}", corpus.len());
        // precision: no two are joined that the exact pass keeps apart
        for (i, group) in sketched.iter().enumerate() {
            assert_eq!(exact[*group], exact[i]);
        }
    }

    #[test]
    fn copies_are_found_among_thousands_that_share_their_phrases() {
        // Every document has forty shingles that all others have, and a hundred of its own or of its original.
        let phrases: Vec<u64> = (0..40).map(|i| mix(u64::MAX - i)).collect();
        let with_phrases = |mut of: Sketch| {
            of.hashes.extend(&phrases);
            of.hashes.sort_unstable();
            of
        };
        let original = |n: usize| sketch(n as u64, 100);
        let mut corpus: Vec<Sketch> = (0..2_000).map(original).map(with_phrases).collect();
        // Copies of the seventh stand far behind it, and more of them than are looked back on.
        for copy in 0..200 {
            corpus.push(with_phrases(edited(&original(7), 9, copy)));
        }
        let groups = reprints_by_pairs(&corpus);
        assert!(groups[2_000..].iter().all(|group| *group == 7), "{:?}", &groups[2_000..]);
        assert!(groups[..2_000].iter().enumerate().all(|(i, group)| i == *group));
        // What is compared grows with the documents and not with their pairs.
        let pairs = near_pairs(&corpus);
        assert!(pairs.len() <= 200 * (HOLDERS + 1), "{}", pairs.len());
        assert!(pairs.iter().all(|(a, b)| a < b));
    }
}
