//! Near-copies across documents: how many of a set of documents are independent of each other.
//!
//! Each document has a sketch of the three-word shingles of its running text. Two documents are
//! near-copies when most of the shorter one's shingles stand in the other; near-copies of
//! near-copies are one source. It says nothing of sources that report the same thing in other
//! words. *Judged*: the share of 60 per cent.

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
        let shared = a.iter().filter(|h| b.binary_search(h).is_ok()).count();
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
    let mut group = groups(sketches);
    group.sort_unstable();
    group.dedup();
    group.len()
}

/// For each document the number of its group of near-copies.
pub(crate) fn groups(sketches: &[Sketch]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..sketches.len()).collect();
    for i in 0..sketches.len() {
        for j in 0..i {
            if group[i] != group[j] && sketches[i].is_near(&sketches[j]) {
                let (from, to) = (group[i], group[j]);
                for g in &mut group {
                    if *g == from {
                        *g = to;
                    }
                }
            }
        }
    }
    group
}
