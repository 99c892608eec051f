//! A brief as the linter sees it: parts with headings, pieces of text, figures, tables and notes.

use super::sentences::sentences;

/// A brief.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its parts in order; the first has no heading and holds what stands before the first one.
    pub parts: Vec<Part>,
    /// Its notes.
    pub notes: Vec<Note>,
}

/// What stands beneath a heading.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// The heading's line.
    pub line: usize,
    /// What it holds.
    pub pieces: Vec<Piece>,
}

/// What a part is for, told by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What stands before the first heading.
    Head,
    /// The bottom line.
    BottomLine,
    /// The key judgements.
    Judgements,
    /// What changed since the last brief.
    Changes,
    /// Alternatives and scenarios.
    Alternatives,
    /// Assumptions.
    Assumptions,
    /// Indicators.
    Indicators,
    /// How earlier forecasts fared.
    Record,
    /// The sources.
    Sources,
    /// The method.
    Method,
    /// What only some readers want: figures in tables and pictures.
    Annex,
    /// The evidence notes.
    Notes,
    /// Anything else.
    Body,
}

impl Part {
    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        let heading = self.heading.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        match heading.as_str() {
            "" => Purpose::Head,
            _ if has(&["bottom line", "bluf"]) => Purpose::BottomLine,
            _ if has(&["judgement", "judgment"]) => Purpose::Judgements,
            _ if has(&["what changed", "changes since", "change since", "changed since"]) => {
                Purpose::Changes
            }
            _ if has(&["indicator", "to watch", "change our mind"]) => Purpose::Indicators,
            _ if has(&["alternative", "scenario", "would change it"]) => Purpose::Alternatives,
            _ if has(&["assumption"]) => Purpose::Assumptions,
            _ if has(&["record", "track record"]) => Purpose::Record,
            _ if heading.starts_with("source") => Purpose::Sources,
            _ if heading.starts_with("method") => Purpose::Method,
            _ if has(&["annex", "appendix"]) => Purpose::Annex,
            _ if has(&["notes", "footnotes"]) => Purpose::Notes,
            _ => Purpose::Body,
        }
    }
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph.
    Paragraph,
    /// A paragraph of an item, with the number of the item on the page.
    Item(usize),
    /// A smaller heading.
    Heading,
    /// A table: its caption, where it has one.
    Table,
    /// A picture: its caption.
    Figure,
}

/// A piece of a part.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
    /// Where lines of the file begin in the words: (byte of the text, line).
    pub lines: Vec<(usize, usize)>,
    /// The notes it opens: (byte of the text, label).
    pub references: Vec<(usize, String)>,
    /// Of a picture: what it shows, for those who cannot see it.
    pub description: String,
    /// Of a picture: its title.
    pub title: String,
    /// Of a table: how many rows.
    pub rows: usize,
}

impl Piece {
    /// An empty piece.
    pub fn new(kind: Kind, line: usize) -> Self {
        Self {
            kind,
            text: String::new(),
            lines: vec![(0, line)],
            references: Vec::new(),
            description: String::new(),
            title: String::new(),
            rows: 0,
        }
    }

    /// Its first line.
    pub fn line(&self) -> usize {
        self.lines.first().map_or(1, |(_, line)| *line)
    }

    /// The line of a byte of its text.
    pub fn line_of(&self, byte: usize) -> usize {
        let before = self.lines.iter().take_while(|(at, _)| *at <= byte);
        before.last().map_or(1, |(_, line)| *line)
    }

    /// Adds words that stand on a line.
    pub fn add(&mut self, words: &str, line: usize) {
        if self.lines.last().is_none_or(|(_, last)| *last != line) {
            self.lines.push((self.text.len(), line));
        }
        self.text.push_str(words);
    }

    /// Whether it is prose: a paragraph or an item.
    pub fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Item(_))
    }

    /// Its sentences.
    pub fn sentences(&self) -> Vec<Sentence<'_>> {
        let parts = sentences(&self.text).into_iter();
        parts
            .map(|(from, to)| Sentence {
                text: &self.text[from..to],
                line: self.line_of(from),
                references: (self.references.iter())
                    .filter(|(at, _)| (from..=to).contains(at))
                    .map(|(at, label)| (at - from, label.as_str()))
                    .collect(),
            })
            .collect()
    }
}

/// A sentence.
#[derive(Debug, Clone)]
pub struct Sentence<'a> {
    /// Its words.
    pub text: &'a str,
    /// Its line.
    pub line: usize,
    /// The notes it opens, with the byte at which they stand.
    pub references: Vec<(usize, &'a str)>,
}

/// A note.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// Its label.
    pub label: String,
    /// Its line.
    pub line: usize,
    /// What it is about and how it was computed.
    pub lead: String,
    /// What it cites, one place each, with the line.
    pub entries: Vec<(usize, String)>,
}

impl Note {
    /// All of its words.
    pub fn words(&self) -> String {
        let mut all = self.lead.clone();
        for (_, entry) in &self.entries {
            all.push('\n');
            all.push_str(entry);
        }
        all
    }
}

/// A key judgement: its pieces.
pub struct Judged<'a>(pub Vec<&'a Piece>);

impl Judged<'_> {
    /// Its line.
    pub fn line(&self) -> usize {
        self.0.first().map_or(1, |piece| piece.line())
    }

    /// Its sentences.
    pub fn sentences(&self) -> Vec<Sentence<'_>> {
        self.0.iter().flat_map(|piece| piece.sentences()).collect()
    }
}

impl Page {
    /// The parts for a purpose.
    pub fn parts_for(&self, purpose: Purpose) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.purpose() == purpose)
    }

    /// Whether a part for a purpose holds anything.
    pub fn has(&self, purpose: Purpose) -> bool {
        self.parts_for(purpose).any(|part| !part.pieces.is_empty())
    }

    /// The pieces of prose that assess: not the head, sources, record, method, annex and notes.
    pub fn prose(&self) -> impl Iterator<Item = &Piece> {
        let apart = [
            Purpose::Head,
            Purpose::Sources,
            Purpose::Record,
            Purpose::Method,
            Purpose::Annex,
            Purpose::Notes,
        ];
        let parts = self.parts.iter().filter(move |part| !apart.contains(&part.purpose()));
        parts.flat_map(|part| &part.pieces).filter(|piece| piece.is_prose())
    }

    /// The key judgements: the items of their list, or each paragraph with those that follow it up.
    pub fn judgements(&self) -> Vec<Judged<'_>> {
        let mut all: Vec<(Option<usize>, Judged<'_>)> = Vec::new();
        // Where the answers are the bottom line, they are the judgements.
        let mut first = self.parts_for(Purpose::BottomLine).flat_map(|part| &part.pieces);
        let purpose = match first.any(|piece| matches!(piece.kind, Kind::Item(_))) {
            true if !self.has(Purpose::Judgements) => Purpose::BottomLine,
            _ => Purpose::Judgements,
        };
        for part in self.parts_for(purpose) {
            let listed = part.pieces.iter().any(|p| matches!(p.kind, Kind::Item(_)));
            for piece in part.pieces.iter().filter(|p| p.is_prose()) {
                match (piece.kind, all.last_mut()) {
                    (Kind::Item(at), Some((Some(last), judged))) if *last == at => {
                        judged.0.push(piece);
                    }
                    (Kind::Item(at), _) => all.push((Some(at), Judged(vec![piece]))),
                    // What introduces the list is no judgement.
                    (_, _) if listed => {}
                    (_, Some((None, judged))) if super::words::level(&piece.text).is_some() => {
                        judged.0.push(piece);
                    }
                    (_, _) => all.push((None, Judged(vec![piece]))),
                }
            }
        }
        all.into_iter().map(|(_, judged)| judged).collect()
    }

    /// A note by its label.
    pub fn note(&self, label: &str) -> Option<&Note> {
        self.notes.iter().find(|note| note.label == label)
    }

    /// All words of the parts for a purpose.
    pub fn words_of(&self, purpose: Purpose) -> String {
        let pieces = self.parts_for(purpose).flat_map(|part| &part.pieces);
        pieces.map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The line of a part for a purpose, or the page's first.
    pub fn line_of(&self, purpose: Purpose) -> usize {
        self.parts_for(purpose).next().map_or(1, |part| part.line.max(1))
    }
}

/// Text on one line, without the characters that a page leaves out.
pub fn flat(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| c.is_whitespace() || !crate::svg::is_dropped(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The stretches of a text that stand in quotation marks, the marks not among them.
pub fn quotations(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['“', '"']) {
        let mark = if rest[open..].starts_with('“') { ('“', '”') } else { ('"', '"') };
        let inner = &rest[open + mark.0.len_utf8()..];
        // Quotation marks may stand within a quotation: it ends where a dash, a stop or nothing follows.
        let mut ends = inner.match_indices(mark.1).map(|(at, _)| at);
        let closes = |at: &usize| {
            let after = inner[at + mark.1.len_utf8()..].trim_start();
            after.is_empty() || after.starts_with(['—', '–', '-', ',', ';', '.', '(', ')', '['])
        };
        let Some(end) = ends.find(closes).or_else(|| inner.find(mark.1)) else { break };
        all.push(&inner[..end]);
        rest = &inner[end + mark.1.len_utf8()..];
    }
    all
}

/// The text with what stands in quotation marks blanked, byte for byte.
pub fn without_quotations(text: &str) -> String {
    let mut blank = text.to_owned();
    for quote in quotations(text) {
        let from = quote.as_ptr() as usize - text.as_ptr() as usize;
        blank.replace_range(from..from + quote.len(), &" ".repeat(quote.len()));
    }
    blank
}
