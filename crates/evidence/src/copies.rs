//! Sentences that say again what another sentence of the document says: pull quotes, summary
//! bullets, captions and titles printed twice, blocks pasted more than once.
//!
//! Two passages are compared by their three-word shingles, exactly and not by sketch: a document
//! has few enough. Which of two copies is kept: the one that stands in a longer paragraph (a pull
//! quote stands alone), else the first.

use std::collections::HashMap;

use crate::tokens::{Kind, Token};

/// One sentence as the comparison sees it.
pub(crate) struct Line<'a> {
    pub(crate) tokens: &'a [Token],
    /// Sentences in its paragraph.
    pub(crate) company: usize,
    /// An item of a list.
    pub(crate) bullet: bool,
    /// Ends like a sentence.
    pub(crate) closed: bool,
}

/// A sentence that repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Repeat {
    /// The copy.
    pub(crate) copy: usize,
    /// What it repeats.
    pub(crate) of: usize,
    /// Word for word.
    pub(crate) exact: bool,
}

/// Sentences that share a shingle more often than this are a formula, not a copy.
const MOST_POSTINGS: usize = 48;

pub(crate) fn repeats(lines: &[Line<'_>]) -> Vec<Repeat> {
    let words: Vec<Vec<u64>> = lines.iter().map(|l| word_hashes(l.tokens)).collect();
    let mut kept_as: Vec<Option<(usize, bool)>> = vec![None; lines.len()];
    exact_repeats(lines, &words, &mut kept_as);
    near_repeats(lines, &words, &mut kept_as);
    kept_as
        .iter()
        .enumerate()
        .filter_map(|(copy, found)| found.map(|(of, exact)| Repeat { copy, of, exact }))
        .collect()
}

fn exact_repeats(lines: &[Line<'_>], words: &[Vec<u64>], kept_as: &mut [Option<(usize, bool)>]) {
    let mut groups: HashMap<&[u64], Vec<usize>> = HashMap::new();
    for (i, list) in words.iter().enumerate() {
        // "Yes." twice is no copy
        if list.len() >= 4 {
            groups.entry(list).or_default().push(i);
        }
    }
    for group in groups.values().filter(|g| g.len() > 1) {
        let most = group.iter().map(|i| lines[*i].company).max().unwrap_or(0);
        let Some(keep) = group.iter().copied().find(|i| lines[*i].company == most || most < 2)
        else {
            continue;
        };
        for copy in group.iter().filter(|i| **i != keep) {
            kept_as[*copy] = Some((keep, true));
        }
    }
}

fn near_repeats(lines: &[Line<'_>], words: &[Vec<u64>], kept_as: &mut [Option<(usize, bool)>]) {
    let mut postings: HashMap<u64, Vec<u32>> = HashMap::new();
    for (i, list) in words.iter().enumerate().filter(|(i, _)| kept_as[*i].is_none()) {
        for shingle in shingles(list) {
            let entry = postings.entry(shingle).or_default();
            let i = u32::try_from(i).unwrap_or(u32::MAX);
            if entry.len() < MOST_POSTINGS && entry.last() != Some(&i) {
                entry.push(i);
            }
        }
    }
    for i in 0..lines.len() {
        if kept_as[i].is_some() || words[i].len() < 6 {
            continue;
        }
        let own: Vec<u64> = shingles(&words[i]).collect();
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for shingle in &own {
            for other in postings.get(shingle).into_iter().flatten() {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let best = shared
            .into_iter()
            .map(|(other, n)| (other as usize, n))
            .filter(|(other, _)| *other != i && kept_as[*other].is_none())
            .max_by_key(|(other, n)| (*n, std::cmp::Reverse(*other)));
        let Some((other, n)) = best else { continue };
        // a bullet or a headline says a sentence again in fewer words
        let terse = lines[i].bullet || !lines[i].closed;
        let needed = if terse { 50 } else { 80 };
        if n * 100 < own.len() * needed {
            continue;
        }
        let longer = words[other].len() > words[i].len() + 1;
        let alone = lines[i].company == 1 && lines[other].company > 1;
        if longer
            || alone
            || terse && !lines[other].bullet
            || (other < i && lines[other].company >= lines[i].company)
        {
            kept_as[i] = Some((other, false));
        }
    }
}

/// Hashes of the folded words, marks left out.
pub(crate) fn word_hashes(tokens: &[Token]) -> Vec<u64> {
    tokens
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
        .map(|t| hash(&t.folded))
        .collect()
}

/// Three words in a row.
pub(crate) fn shingles(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(3).map(|w| {
        let mixed = w[0].rotate_left(21) ^ w[1].rotate_left(42) ^ w[2];
        mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

/// FNV-1a: small, fixed for ever, so that stored sketches stay comparable.
fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::tokens::tokens;

    fn find(lines: &[(&str, usize)]) -> Vec<(usize, usize)> {
        let cut: Vec<Vec<Token>> = lines.iter().map(|(t, _)| tokens(t, Span::whole(t))).collect();
        let lines: Vec<Line<'_>> = lines
            .iter()
            .zip(&cut)
            .map(|((text, company), tokens)| Line {
                tokens,
                company: *company,
                bullet: text.starts_with('-'),
                closed: text.ends_with('.'),
            })
            .collect();
        repeats(&lines).iter().map(|r| (r.copy, r.of)).collect()
    }

    #[test]
    fn a_pull_quote_before_its_sentence_is_the_copy() {
        let quote = "The harbour will stay closed until the dues are paid.";
        assert_eq!(find(&[(quote, 1), ("Ships waited outside.", 2), (quote, 2)]), [(0, 2)]);
    }

    #[test]
    fn titles_twice_and_terse_bullets_are_copies() {
        let title = "Harbour dues divide the island council";
        let body = "More than forty members of the council are now asking for the dues to be dropped, the clerk said.";
        let bullet =
            "- More than forty members of the council now asking for the dues to be dropped";
        assert_eq!(find(&[(title, 1), (title, 1), (body, 2), (bullet, 1)]), [(1, 0), (3, 2)]);
    }

    #[test]
    fn sentences_that_differ_are_left_alone() {
        assert_eq!(
            find(&[
                ("He paid the dues in full.", 1),
                ("She left the town in haste.", 1),
                ("Yes.", 1),
                ("Yes.", 1)
            ]),
            []
        );
    }
}
