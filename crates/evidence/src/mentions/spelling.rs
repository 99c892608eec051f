//! One name in two transliterations: the same consonants, and vowels that romanisation is known to
//! confuse.
//!
//! Only names of two words or more are compared, word by word, so that a short common word never
//! becomes somebody. Doubled consonants count once; `q`, `k` and `c`, `ph` and `f`, `gh` and `g`,
//! `dh` and `d` are alike, as in the usual romanisations of Arabic and Persian; `a` may stand for
//! `e`, `e` for `i`, `o` for `u`, but `a` is never `u`: they part names. *Judged.*

use std::collections::HashMap;

/// Vowels between consonants, as a set: 1 for a, 2 for e and i, 4 for o and u; 0 where none is
/// written.
type Vowels = u8;

/// A word as consonants and the vowels before, between and after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sound {
    consonants: String,
    vowels: Vec<Vowels>,
}

impl Sound {
    pub(super) fn of(folded: &str) -> Sound {
        let mut sound = Sound { consonants: String::new(), vowels: vec![0] };
        let letters: Vec<char> = folded.chars().collect();
        let mut i = 0;
        while i < letters.len() {
            let (c, next) = (letters[i], letters.get(i + 1).copied());
            let vowel: Vowels = match c {
                'a' => 1,
                'e' => 3,
                'i' | 'y' => 2,
                'o' | 'u' => 4,
                _ => 0,
            };
            i += 1;
            // "ayy" and "iya": a y before a vowel at the word's head is a consonant
            let head = c == 'y' && sound.consonants.is_empty() && i == 1;
            if vowel > 0 && !head {
                if let Some(last) = sound.vowels.last_mut() {
                    *last |= vowel;
                }
                continue;
            }
            if c == 'h' && i == letters.len() && !sound.consonants.is_empty() {
                continue; // "Abdullah", "Abdulla"
            }
            let (plain, taken) = match (c, next) {
                ('p', Some('h')) => ('f', 1),
                ('g', Some('h')) => ('g', 1),
                ('d', Some('h' | 'j')) => (if next == Some('j') { 'j' } else { 'd' }, 1),
                ('c', Some('h')) => ('c', 1),
                ('q' | 'c', _) => ('k', 0),
                _ => (c, 0),
            };
            i += taken;
            let doubled = sound.consonants.ends_with(plain)
                && sound.vowels.last().copied() == Some(0)
                && !sound.consonants.is_empty();
            if !doubled {
                sound.consonants.push(plain);
                sound.vowels.push(0);
            }
        }
        sound
    }

    pub(super) fn alike(&self, other: &Sound) -> bool {
        if self.consonants != other.consonants || self.vowels.len() != other.vowels.len() {
            return false;
        }
        let last = self.vowels.len() - 1;
        self.vowels
            .iter()
            .zip(&other.vowels)
            .enumerate()
            .all(|(i, (a, b))| a & b != 0 || a == b || (*a == 0 || *b == 0) && i != 0 && i != last)
    }
}

/// A small word for "the" that transliterations write, leave out or glue on.
pub(super) fn is_article(folded: &str) -> bool {
    matches!(folded, "al" | "el" | "ul" | "ad" | "ar" | "as" | "ash" | "an" | "az" | "at" | "es")
}

struct Spelt {
    words: Vec<Sound>,
    actor: usize,
}

/// Names of two words or more by the consonants of the first.
#[derive(Default)]
pub(super) struct Spellings {
    by_first: HashMap<String, Vec<Spelt>>,
}

impl Spellings {
    /// Learns a name; short ones and those in scripts without written vowels are matched as
    /// written only.
    pub(super) fn add(&mut self, keys: &[String], actor: usize) {
        let plain = keys.iter().all(|k| k.bytes().all(|b| b.is_ascii_lowercase()));
        let words: Vec<Sound> = keys
            .iter()
            .enumerate()
            .filter(|(i, k)| *i + 1 == keys.len() || !is_article(k))
            .map(|(_, k)| Sound::of(k))
            .collect();
        let letters: usize = words.iter().map(|w| w.consonants.len()).sum();
        if plain && words.len() >= 2 && letters >= 5 {
            let first = words[0].consonants.clone();
            self.by_first.entry(first).or_default().push(Spelt { words, actor });
        }
    }

    /// The actor whose name is spelt like `words` read from their start, and how many of `words` it
    /// takes; nobody where two actors would do.
    pub(super) fn find(&self, words: &[&str]) -> Option<(usize, usize)> {
        let first = Sound::of(words.first()?);
        let mut best: Option<(usize, usize)> = None;
        for spelt in self.by_first.get(&first.consonants)? {
            let mut at = 0;
            let whole = spelt.words.iter().enumerate().all(|(n, want)| {
                while n > 0 && at + 1 < words.len() && is_article(words[at]) {
                    at += 1;
                }
                let fits = words.get(at).is_some_and(|w| Sound::of(w).alike(want));
                at += 1;
                fits
            });
            if !whole {
                continue;
            }
            match best {
                Some((end, actor)) if end == at && actor != spelt.actor => return None,
                Some((end, _)) if end >= at => {}
                _ => best = Some((at, spelt.actor)),
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        Sound::of(a).alike(&Sound::of(b))
    }

    #[test]
    fn romanisations_of_one_name_sound_alike() {
        for (a, b) in [
            ("mohammed", "muhamad"),
            ("qassem", "kasim"),
            ("orsa", "ursa"),
            ("kataeb", "ktaib"),
            ("abdullah", "abdulla"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn names_that_differ_by_a_strong_vowel_or_a_consonant_stay_apart() {
        for (a, b) in
            [("ammar", "omar"), ("hassan", "hussein"), ("karim", "karin"), ("tamar", "tamura")]
        {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
