//! The invented sentences the scorer learns from: their file format, and which of them are locked.
//!
//! A line is a class (or `none`), how the sentence holds the event, and the sentence, in which
//! `[...]` is who does it and `{...}` whom it is done to. A third is locked: chosen by the hash of
//! the sentence, never learned from, and looked at when a reader is finished.

use super::{NONE, label};
use crate::records::Class;

/// A sentence with what a person says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The sentence without its marks.
    pub text: String,
    /// Its class, or none.
    pub label: usize,
    /// How it holds the event.
    pub held: Held,
    /// Byte ranges of those who do it.
    pub doers: Vec<(usize, usize)>,
    /// Byte ranges of those whom it is done to.
    pub targets: Vec<(usize, usize)>,
}

/// How a sentence holds its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// It happened.
    Fact,
    /// It is to come.
    Future,
    /// It may happen, or would.
    Possible,
    /// It did not happen.
    Negated,
    /// Somebody claims it, and the writer does not.
    Claimed,
    /// There is no event.
    None,
}

impl Held {
    fn from_word(word: &str) -> Option<Held> {
        Some(match word {
            "fact" => Held::Fact,
            "future" => Held::Future,
            "possible" => Held::Possible,
            "negated" => Held::Negated,
            "claimed" => Held::Claimed,
            "-" => Held::None,
            _ => return None,
        })
    }
}

/// What is wrong with a file of sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Which line, from 1.
    pub line: usize,
    /// The fault, with what would be right.
    pub fault: String,
}

/// The sentences of a file.
///
/// # Errors
/// [`BadLine`]: the first line that is not a class, a word for how it holds and a sentence.
pub fn parse(file: &str) -> Result<Vec<Labelled>, BadLine> {
    let lines = file.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    lines.map(|(at, line)| row(line).map_err(|fault| BadLine { line: at + 1, fault })).collect()
}

fn row(line: &str) -> Result<Labelled, String> {
    let [class, held, marked] = line.split('\t').collect::<Vec<_>>()[..] else {
        return Err("not three columns; write CLASS, tab, fact, tab, sentence".to_owned());
    };
    let label = match class {
        "none" => NONE,
        word => Class::from_word(word).map(label).ok_or(format!("{word}: no PLOVER class"))?,
    };
    let held = Held::from_word(held)
        .ok_or(format!("{held}: write fact, future, possible, negated, claimed or -"))?;
    let mut out =
        Labelled { text: String::new(), label, held, doers: Vec::new(), targets: Vec::new() };
    let mut open: Vec<(char, usize)> = Vec::new();
    for c in marked.chars() {
        match c {
            '[' | '{' => open.push((c, out.text.len())),
            ']' | '}' => {
                let Some((opened, from)) = open.pop() else {
                    return Err(format!("{c} closes nothing"));
                };
                let range = (from, out.text.len());
                match (opened, c) {
                    ('[', ']') => out.doers.push(range),
                    ('{', '}') => out.targets.push(range),
                    _ => return Err(format!("{opened} is closed by {c}")),
                }
            }
            c => out.text.push(c),
        }
    }
    if open.is_empty() { Ok(out) } else { Err("a bracket is not closed".to_owned()) }
}

/// Whether a sentence is of the locked third.
pub fn is_locked(text: &str) -> bool {
    blake3::hash(text.as_bytes()).as_bytes()[0].is_multiple_of(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_ranges_of_the_sentence_without_them() {
        let read = parse("ASSAULT\tfact\t[Troops] shot {two men} of [{the town}].").unwrap();
        assert_eq!(read[0].text, "Troops shot two men of the town.");
        assert_eq!(read[0].doers, [(0, 6), (23, 31)]);
        assert_eq!(read[0].targets, [(12, 19), (23, 31)]);
    }

    #[test]
    fn a_fault_names_its_line_and_what_would_be_right() {
        let fault = parse("none\t-\tRain.\nWAR\tfact\tx").unwrap_err();
        assert_eq!((fault.line, fault.fault.as_str()), (2, "WAR: no PLOVER class"));
        assert!(parse("none\tso\tRain.").unwrap_err().fault.contains("write fact"));
        assert!(parse("none\t-\tRain].").is_err());
    }
}
