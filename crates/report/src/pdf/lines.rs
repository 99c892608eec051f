//! Lines of text: runs of one look, broken at spaces, set to the left.

use super::font::Fonts;
use super::page::{Content, Target, colour};
use crate::text::{Span, Text};

/// The ink of text, of what is less weighty, and of links.
pub(super) const INK: &str = "#1b1d21";
pub(super) const SOFT: &str = "#595e66";
pub(super) const ACCENT: &str = "#a3241c";
pub(super) const LINK: &str = "#1d3a70";

/// A run of words of one look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub words: String,
    pub bold: bool,
    pub colour: &'static str,
    pub target: Option<Target>,
    /// Set small and high: the number of a note.
    pub raised: bool,
}

impl Run {
    pub fn plain(words: impl Into<String>) -> Self {
        Self { words: words.into(), bold: false, colour: INK, target: None, raised: false }
    }
    pub fn bold(words: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(words) }
    }
    pub fn soft(words: impl Into<String>) -> Self {
        Self { colour: SOFT, ..Self::plain(words) }
    }
    fn same_look(&self, other: &Self) -> bool {
        (self.bold, self.colour, self.raised, &self.target)
            == (other.bold, other.colour, other.raised, &other.target)
    }
}

/// The runs of a text; `number` gives the number of a note by its key.
pub(super) fn runs(text: &Text, number: impl Fn(&str) -> Option<usize>) -> Vec<Run> {
    let mut all = Vec::new();
    for span in &text.0 {
        match span {
            Span::Plain(words) | Span::Name(words) => all.push(Run::plain(words.clone())),
            Span::Strong(words) => all.push(Run::bold(words.clone())),
            Span::Number { text, note } => {
                let target = number(note).map(Target::Note);
                all.push(Run { target: target.clone(), ..Run::plain(text.clone()) });
                if let Some(number) = number(note) {
                    let words = number.to_string();
                    all.push(Run { raised: true, target, colour: LINK, ..Run::bold(words) });
                }
            }
            Span::Likelihood { term, range } => {
                all.push(Run::bold(term.clone()));
                all.push(Run::soft(format!(" ({range})")));
            }
        }
    }
    all
}

/// A word: pieces of one look each, and whether a space stands before it.
struct Word {
    pieces: Vec<Run>,
    width: f64,
}

/// A line, ready to be set.
pub(super) type Line = Vec<Run>;

/// The share of the size in which raised numbers are set.
const RAISED: f64 = 0.68;

fn width(fonts: &Fonts, run: &Run, size: f64) -> f64 {
    fonts.width(&run.words, run.bold) * if run.raised { size * RAISED } else { size }
}

/// The runs in lines no wider than the room.
pub(super) fn wrap(runs: &[Run], room: f64, size: f64, fonts: &Fonts) -> Vec<Line> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for run in runs {
        let clean: String =
            run.words.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).collect();
        for (at, part) in clean.split(' ').enumerate() {
            spaced |= at > 0;
            if part.is_empty() {
                continue;
            }
            let piece = Run { words: part.to_owned(), ..run.clone() };
            for piece in cut(piece, room, size, fonts) {
                let wide = width(fonts, &piece, size);
                let long = words.last().is_some_and(|w| w.width + wide > room);
                match words.last_mut().filter(|_| !spaced && !long) {
                    Some(word) => {
                        word.width += wide;
                        word.pieces.push(piece);
                    }
                    None => words.push(Word { pieces: vec![piece], width: wide }),
                }
                spaced = false;
            }
        }
    }
    let space = fonts.width(" ", false) * size;
    let mut lines: Vec<Line> = Vec::new();
    let mut used = 0.0;
    for word in words {
        let fits = !lines.is_empty() && used + space + word.width <= room + 0.01;
        if !fits {
            lines.push(Vec::new());
            used = 0.0;
        }
        let Some(line) = lines.last_mut() else { continue };
        used += word.width;
        let mut joins = false;
        if !line.is_empty() {
            used += space;
            joins = true;
        }
        for piece in word.pieces {
            let words = if joins { format!(" {}", piece.words) } else { piece.words.clone() };
            match line.last_mut().filter(|last| last.same_look(&piece)) {
                Some(last) => last.words.push_str(&words),
                // A space belongs to what stands before it, so that no link or number begins with it.
                None => {
                    if joins && let Some(last) = line.last_mut() {
                        last.words.push(' ');
                    }
                    line.push(Run { words: piece.words.clone(), ..piece });
                }
            }
            joins = false;
        }
    }
    lines
}

/// A piece wider than the room in parts that are not.
fn cut(piece: Run, room: f64, size: f64, fonts: &Fonts) -> Vec<Run> {
    if width(fonts, &piece, size) <= room {
        return vec![piece];
    }
    let mut parts = vec![String::new()];
    for letter in piece.words.chars() {
        let Some(last) = parts.last_mut() else { continue };
        last.push(letter);
        if fonts.width(last, piece.bold) * size > room && last.chars().count() > 1 {
            last.pop();
            parts.push(letter.to_string());
        }
    }
    parts.into_iter().map(|words| Run { words, ..piece.clone() }).collect()
}

/// The width of a line.
pub(super) fn line_width(line: &Line, size: f64, fonts: &Fonts) -> f64 {
    line.iter().map(|run| width(fonts, run, size)).sum()
}

/// Sets a line with its baseline at a point.
pub(super) fn set(
    line: &Line,
    at: (f64, f64),
    size: f64,
    content: &mut Content,
    fonts: &mut Fonts,
) {
    let (mut x, y) = at;
    for run in line {
        let wide = width(fonts, run, size);
        let (own, up) = if run.raised { (size * RAISED, size * 0.34) } else { (size, 0.0) };
        content.put(&format!("{}rg ", colour(run.colour)));
        content.words(fonts, &run.words, (x, y + up), own, run.bold);
        if let Some(target) = &run.target {
            content.links.push(([x, y - size * 0.25, x + wide, y + size], target.clone()));
        }
        x += wide;
    }
}
