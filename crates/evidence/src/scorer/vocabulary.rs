//! Words that speak for a class whatever stands about them: those of the patterns, and a list by
//! hand.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{NONE, label};
use crate::patterns::patterns;
use crate::records::Class;
use crate::words::{rows, singular, words};

/// Labels by word, each with the letter of its list: `D` begins a pattern, `E` stands in one, `X` is
/// of the list by hand.
#[derive(Default)]
pub(super) struct Vocabulary {
    single: HashMap<&'static str, Vec<(u8, u8)>>,
    pairs: HashMap<&'static str, Vec<(&'static str, u8)>>,
}

pub(super) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let mut out = Vocabulary::default();
        for (word, class, head) in patterns().vocabulary() {
            out.add(word, if head { b'D' } else { b'E' }, byte(label(class)));
        }
        for row in rows(include_str!("../../lexicon/english/class-words.tsv")) {
            let [class, list] = row[..] else { continue };
            let label = byte(Class::from_word(class).map_or(NONE, label));
            for entry in list.split_whitespace() {
                match entry.split_once('_') {
                    None => out.add(entry, b'X', label),
                    Some((first, rest)) => {
                        let second = rest.split('_').next().unwrap_or(rest);
                        out.pairs.entry(first).or_default().push((second, label));
                    }
                }
            }
        }
        out
    })
}

fn byte(label: usize) -> u8 {
    u8::try_from(label).unwrap_or(u8::MAX)
}

impl Vocabulary {
    fn add(&mut self, word: &'static str, list: u8, label: u8) {
        let all = self.single.entry(word).or_default();
        if !all.contains(&(list, label)) {
            all.push((list, label));
        }
    }

    /// The lists a word stands in, as it is written, in its dictionary form or in the singular.
    pub(super) fn single(&self, folded: &str) -> impl Iterator<Item = (u8, u8)> {
        let one = singular(folded);
        let mut keys = vec![folded];
        for other in [words().lemma(folded), one.as_str()] {
            if !keys.contains(&other) {
                keys.push(other);
            }
        }
        let mut out: Vec<(u8, u8)> = Vec::new();
        for key in keys {
            for found in self.single.get(key).into_iter().flatten() {
                if !out.contains(found) {
                    out.push(*found);
                }
            }
        }
        out.into_iter()
    }

    /// The labels of two words side by side.
    pub(super) fn pair(&self, first: &str, second: &str) -> impl Iterator<Item = &u8> {
        let all = self.pairs.get(first).into_iter().flatten();
        all.filter(move |(word, _)| *word == second).map(|(_, label)| label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_of_its_forms() {
        let of = |word: &str| vocabulary().single(word).collect::<Vec<_>>();
        let assault = byte(label(Class::Assault));
        assert!(of("ambushed").contains(&(b'X', assault)));
        assert!(of("massacres").contains(&(b'X', assault)));
        assert!(vocabulary().pair("blow", "up").any(|l| *l == assault));
    }

    #[test]
    fn every_row_names_a_class_or_none() {
        for row in rows(include_str!("../../lexicon/english/class-words.tsv")) {
            assert!(row[0] == "none" || Class::from_word(row[0]).is_some(), "{row:?}");
        }
    }
}
