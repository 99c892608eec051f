//! Arabic and Persian: dates in three calendars, quantities, who says something, and common deeds
//! between actors that the case knows. All words are rows of `lexicon/arabic` and `lexicon/persian`.
//!
//! There is no grammar behind it: a deed is a verb of the list with a known actor where the language
//! puts the doer, and where none stands there it is not read. Everything else of such a sentence is
//! left alone.

mod acts;
mod calendar;
mod dates;
mod figures;
mod speech;

use std::collections::HashMap;
use std::sync::OnceLock;

pub(crate) use acts::events;
pub(crate) use calendar::{Calendar, day_of, month_of};
pub(crate) use dates::phrases;
pub(crate) use figures::quantities;
pub(crate) use speech::claims;

use crate::normalise::fold;
use crate::tokens::Token;
use crate::words::rows;

/// A language that is read besides English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    Arabic,
    Persian,
}

/// The words of one language, folded.
pub(crate) struct Lists {
    /// By the kind of word: phrases of one or more words.
    words: HashMap<&'static str, Vec<Vec<String>>>,
    /// Month names: calendar, number, words.
    months: Vec<(Calendar, i8, Vec<String>)>,
    acts: Vec<acts::Act>,
}

/// The language of a sentence, by its letters; none where it is not in Arabic script.
pub(crate) fn tongue(sentence: &str) -> Option<Tongue> {
    let (mut arabic, mut other, mut persian, mut plain) = (0usize, 0usize, 0usize, 0usize);
    for c in sentence.chars().filter(|c| c.is_alphabetic()) {
        match c {
            'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک' => persian += 1,
            'ة' | 'ي' | 'ى' | 'ك' | 'إ' | 'أ' => plain += 1,
            _ => {}
        }
        if ('\u{600}'..='\u{6FF}').contains(&c) { arabic += 1 } else { other += 1 }
    }
    (arabic > other).then_some(if persian > plain { Tongue::Persian } else { Tongue::Arabic })
}

/// Words of a phrase in a row, folded.
fn phrase(written: &str) -> Vec<String> {
    written.split('_').map(fold).collect()
}

impl Tongue {
    pub(crate) fn lists(self) -> &'static Lists {
        static ARABIC: OnceLock<Lists> = OnceLock::new();
        static PERSIAN: OnceLock<Lists> = OnceLock::new();
        match self {
            Tongue::Arabic => ARABIC.get_or_init(|| {
                Lists::load(
                    include_str!("../lexicon/arabic/words.tsv"),
                    include_str!("../lexicon/arabic/months.tsv"),
                    include_str!("../lexicon/arabic/acts.tsv"),
                )
            }),
            Tongue::Persian => PERSIAN.get_or_init(|| {
                Lists::load(
                    include_str!("../lexicon/persian/words.tsv"),
                    include_str!("../lexicon/persian/months.tsv"),
                    include_str!("../lexicon/persian/acts.tsv"),
                )
            }),
        }
    }
}

impl Lists {
    fn load(words: &'static str, months: &'static str, acts: &'static str) -> Lists {
        let mut out = Lists { words: HashMap::new(), months: Vec::new(), acts: Vec::new() };
        for row in rows(words) {
            if let [kind, list] = row[..] {
                out.words.entry(kind).or_default().extend(list.split_whitespace().map(phrase));
            }
        }
        // the longer of two phrases that begin alike is the one meant
        for list in out.words.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.len()));
        }
        for row in rows(months) {
            let [calendar, number, names] = row[..] else { continue };
            let (Some(calendar), Ok(number)) = (Calendar::from_word(calendar), number.parse())
            else {
                continue;
            };
            out.months.extend(names.split_whitespace().map(|n| (calendar, number, phrase(n))));
        }
        out.months.sort_by_key(|(_, _, name)| std::cmp::Reverse(name.len()));
        out.acts = rows(acts).flat_map(|row| acts::Act::of(&row)).collect();
        out
    }

    /// One past a phrase of a kind that begins at `i`. In Arabic a word may bring "and" or "then" before
    /// it, written as one.
    pub(crate) fn at(&self, kind: &str, tokens: &[Token], i: usize) -> Option<usize> {
        let list = self.words.get(kind)?;
        list.iter().find_map(|phrase| begins(phrase, tokens, i))
    }
}

/// One past the phrase where it stands at `i`.
fn begins(phrase: &[String], tokens: &[Token], i: usize) -> Option<usize> {
    let here = tokens.get(i..i + phrase.len())?;
    let same = here.iter().zip(phrase).enumerate().all(|(n, (token, word))| {
        token.folded == *word
            || n == 0
                && ["\u{648}", "\u{641}"].iter().any(|and| {
                    word.chars().count() > 1 && token.folded.strip_prefix(and) == Some(word)
                })
    });
    same.then_some(i + phrase.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_tell_the_language() {
        assert_eq!(tongue("قصفت القوات المدينة أمس"), Some(Tongue::Arabic));
        assert_eq!(tongue("وزیر خارجه گفت که گفتگوها ادامه دارد"), Some(Tongue::Persian));
        assert_eq!(tongue("The envoy of القوات said that they left"), None);
    }

    #[test]
    fn every_row_of_the_lists_is_used() {
        for tongue in [Tongue::Arabic, Tongue::Persian] {
            let lists = tongue.lists();
            assert!(lists.months.len() >= 24, "{tongue:?}");
            assert!(lists.acts.len() >= 40, "{tongue:?}");
            assert!(lists.words.contains_key("say"), "{tongue:?}");
        }
    }
}
