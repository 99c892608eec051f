//! The brief as a PDF: real text in embedded fonts, pictures as vectors, numbers that lead to their
//! notes, headings as bookmarks, page numbers.
//!
//! The pages are laid out here and written here: a paragraph after a paragraph in one column on A4,
//! no justification, pictures and rows kept whole. It refuses to fetch a font or an image and to
//! write a clock into the file, so that the same brief gives the same bytes. The numbers of a
//! picture are in its CSV and on the page of HTML, not on paper. It is not tagged for readers of
//! screens, who are better served by the HTML.
//!
//! Reference: ISO 32000-1:2008 (iso32000).

mod drawing;
mod file;
mod font;
mod lines;
mod page;
mod sheet;

use std::fmt;

use crate::brief::grouping::{Group, groups};
use crate::brief::{Block, Brief, COMPOSED, EvidenceNote, SourceEntry};
use crate::numbers;
use crate::picture::Picture;
use crate::table::Table;
use crate::text::Text;
use lines::{ACCENT, Run};
use page::Target;
use sheet::Sheet;

/// Why a PDF cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfError(pub(crate) String);

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PDF: {}; write the brief as HTML instead", self.0)
    }
}

impl std::error::Error for PdfError {}

/// The size of text, of what is smaller, and of notes.
const BODY: f64 = 9.6;
const SMALL: f64 = 8.2;
const NOTE: f64 = 7.6;

/// The brief as the bytes of a PDF file.
///
/// # Errors
/// If a compiled-in font cannot be read.
pub fn write(brief: &Brief) -> Result<Vec<u8>, PdfError> {
    let mut writer = Writer { brief, sheet: Sheet::new()?, figures: 0 };
    writer.write();
    let foot = format!("{} · as of {}", brief.title, numbers::day(brief.as_of));
    Ok(writer.sheet.finish(&brief.title, &foot))
}

struct Writer<'a> {
    brief: &'a Brief,
    sheet: Sheet,
    figures: usize,
}

impl Writer<'_> {
    fn runs(&self, text: &Text) -> Vec<Run> {
        let numbers = self.brief.numbering();
        lines::runs(text, |key| numbers.get(key).copied())
    }

    fn write(&mut self) {
        let brief = self.brief;
        self.sheet.mark(ACCENT);
        let kind = format!("{}, as of {}", brief.kind, numbers::day(brief.as_of));
        self.sheet.text(&[Run::bold(kind)], SMALL, 0.0, 4.0);
        self.sheet.text(&[Run::bold(brief.title.clone())], 22.0, 0.0, 4.0);
        if !brief.subtitle.is_empty() {
            self.sheet.text(&[Run::soft(brief.subtitle.clone())], 11.5, 0.0, 4.0);
        }
        self.sheet.heading(1, "Bottom line", 0.0);
        if !brief.bottom_line.is_empty() {
            let mut line = Vec::new();
            for sentence in &brief.bottom_line {
                line.extend(self.runs(sentence));
                line.push(Run::plain(" "));
            }
            self.sheet.text(&line, 12.0, 0.0, 6.0);
            self.sheet.heading(1, "Key judgements", 0.0);
        }
        self.judgements();
        if let Some(asked) = &brief.asked {
            let words = self.runs(asked);
            self.sheet.text(&words, SMALL, 0.0, 6.0);
        }
        if let Some(changes) = &brief.changes {
            self.sheet.heading(1, "What changed", 0.0);
            let since = format!("Since the brief of {}:", numbers::day(changes.since));
            self.sheet.text(&[Run::plain(since)], BODY, 0.0, 4.0);
            self.list(&changes.items);
            self.blocks(&changes.detail);
        }
        for section in &brief.sections {
            let next = self.first(&section.blocks);
            self.sheet.heading(1, &section.heading, next);
            self.blocks(&section.blocks);
        }
        if !brief.assumptions.is_empty() {
            self.sheet.heading(1, "Assumptions", 0.0);
            self.list(&brief.assumptions);
        }
        self.indicators();
        if !brief.record.is_empty() {
            self.sheet.heading(1, "Record", 0.0);
            self.blocks(&brief.record);
        }
        self.sources();
        self.method();
        self.notes();
    }

    fn judgements(&mut self) {
        let brief = self.brief;
        let numbers = brief.numbering();
        for (place, judgement) in brief.judgements.iter().enumerate() {
            let statement = self.runs(&judgement.statement);
            let (before, after) = judgement.confidence.joints();
            let level = judgement.confidence.level.word();
            let mut basis = vec![Run::bold(format!("Confidence is {level}{before} "))];
            basis.extend(self.runs(&judgement.confidence.basis));
            basis.push(Run::plain(after));
            for key in &judgement.evidence {
                if let Some(number) = numbers.get(key.as_str()) {
                    let target = Some(Target::Note(*number));
                    let colour = lines::LINK;
                    let words = format!(" note\u{a0}{number}");
                    basis.push(Run { target, colour, ..Run::plain(words) });
                }
            }
            let statement_high = self.sheet.height(&statement, 10.6, 22.0);
            let basis_high = self.sheet.height(&basis, SMALL, 22.0);
            self.sheet.room(statement_high + basis_high + 24.0);
            self.sheet.hang(&(place + 1).to_string(), 13.0);
            self.sheet.text(&statement, 10.6, 22.0, 3.0);
            self.sheet.scale(judgement.likelihood.band, judgement.likelihood.probability);
            self.sheet.text(&basis, SMALL, 22.0, 9.0);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(text) => {
                    let runs = self.runs(text);
                    self.sheet.text(&runs, BODY, 0.0, 6.0);
                }
                Block::Heading(heading) => {
                    let next = self.first(&blocks[at + 1..]);
                    self.sheet.heading(2, heading, next);
                }
                Block::List(items) => self.list(items),
                Block::Figure { picture, caption } => {
                    self.figures += 1;
                    let (title, caption) = self.figure_words(picture, caption);
                    self.sheet.figure(&title, &caption, &picture.wide);
                }
                Block::Table(table) => self.table(table),
                Block::Details { summary, blocks } => {
                    let next = self.first(blocks);
                    self.sheet.heading(2, summary, next);
                    self.blocks(blocks);
                }
            }
        }
    }

    fn figure_words(&self, picture: &Picture, caption: &Text) -> (Vec<Run>, Vec<Run>) {
        let title = vec![
            Run { colour: ACCENT, ..Run::bold(format!("Figure {} ", self.figures)) },
            Run::bold(picture.title.clone()),
        ];
        let caption = self.runs(caption).into_iter();
        (title, caption.map(|run| Run { colour: lines::SOFT, ..run }).collect())
    }

    /// The height that a heading needs beneath it so as not to stand alone: a short paragraph and
    /// the picture after it, or the picture.
    fn first(&self, blocks: &[Block]) -> f64 {
        match blocks {
            [Block::Figure { picture, caption }, ..] => {
                let (title, caption) = self.figure_words(picture, caption);
                self.sheet.figure_height(&title, &caption, &picture.wide).0
            }
            [Block::Heading(_), rest @ ..] => 26.0 + self.first(rest),
            _ => 0.0,
        }
    }

    fn list(&mut self, items: &[Text]) {
        for item in items {
            let runs = self.runs(item);
            let high = self.sheet.height(&runs, BODY, 12.0);
            self.sheet.room(high.min(120.0));
            self.sheet.bullet(BODY);
            self.sheet.text(&runs, BODY, 12.0, 3.0);
        }
        self.sheet.space(4.0);
    }

    fn table(&mut self, table: &Table) {
        let heads: Vec<(String, bool)> =
            table.columns.iter().map(|column| (column.heading.clone(), column.numeric)).collect();
        let rows: Vec<Vec<Vec<Run>>> = (table.rows.iter())
            .map(|row| row.iter().map(|cell| self.runs(cell)).collect())
            .collect();
        self.sheet.table(&table.caption, &heads, &rows);
        for note in table.notes.iter().chain(&table.marks) {
            self.sheet.text(&[Run::soft(note.clone())], NOTE, 0.0, 2.0);
        }
        self.sheet.space(8.0);
    }

    fn indicators(&mut self) {
        if self.brief.indicators.is_empty() {
            return;
        }
        self.sheet.heading(1, "Indicators to watch", 0.0);
        for indicator in &self.brief.indicators {
            let mut event: Vec<Run> = self
                .runs(&indicator.event)
                .into_iter()
                .map(|run| Run { bold: true, ..run })
                .collect();
            if let Some(by) = indicator.by {
                event.push(Run::soft(format!(" by {}", numbers::day(by))));
            }
            let moves = self.runs(&indicator.moves);
            self.sheet.room(30.0);
            self.sheet.text(&event, BODY, 0.0, 1.0);
            self.sheet.text(&moves, BODY, 0.0, 5.0);
        }
    }

    fn sources(&mut self) {
        let brief = self.brief;
        self.sheet.heading(1, "Sources", 0.0);
        let summary = self.runs(&brief.source_summary);
        self.sheet.text(&summary, BODY, 0.0, 6.0);
        for source in &brief.sources {
            self.sheet.text(&source_runs(source), SMALL, 0.0, 2.5);
        }
    }

    fn method(&mut self) {
        let brief = self.brief;
        self.sheet.heading(1, "Method", 0.0);
        for paragraph in &brief.method.paragraphs {
            let runs = self.runs(paragraph);
            self.sheet.text(&runs, BODY, 0.0, 5.0);
        }
        self.sheet.text(&[Run::plain(COMPOSED)], BODY, 0.0, 6.0);
        for (name, value) in &brief.method.facts {
            let line = [Run::soft(format!("{name}: ")), Run::plain(value.clone())];
            self.sheet.text(&line, SMALL, 0.0, 1.5);
        }
        if let Some(replay) = &brief.method.replay {
            let line = [Run::soft("The same bytes again: "), Run::plain(replay.clone())];
            self.sheet.text(&line, SMALL, 0.0, 4.0);
        }
    }

    fn notes(&mut self) {
        let brief = self.brief;
        let mut order: Vec<(usize, &str)> =
            brief.numbering().into_iter().map(|(key, number)| (number, key)).collect();
        order.sort_unstable();
        if order.is_empty() {
            return;
        }
        self.sheet.heading(1, "Evidence notes", 0.0);
        for (number, key) in order {
            if let Some(note) = brief.notes.get(key) {
                self.note(number, note);
            }
        }
    }

    fn note(&mut self, number: usize, note: &EvidenceNote) {
        self.sheet.room(36.0);
        self.sheet.arrive(number);
        let mark = Run { colour: lines::LINK, ..Run::bold(format!("{number} ")) };
        self.sheet.text(&[mark, Run::bold(note.subject.clone())], NOTE, 0.0, 1.0);
        if let Some(derivation) = &note.derivation {
            self.sheet.text(&[Run::plain(derivation.to_plain())], NOTE, 0.0, 1.0);
        }
        if note.citations.len() > 1 || note.independent.is_some() {
            self.sheet.text(&[Run::soft(crate::html::count(note))], NOTE, 0.0, 1.0);
        }
        for group in groups(note) {
            self.sheet.text(&group_runs(&group), NOTE, 10.0, 1.5);
        }
        self.sheet.space(5.0);
    }
}

fn group_runs(group: &Group<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    if !group.values.is_empty() {
        runs.push(Run::bold(format!("{}. ", group.values.join("; "))));
    }
    if let Some(quote) = group.sentence.or(group.quote) {
        runs.push(Run::plain(format!("“{quote}” ")));
    }
    if let Some(reason) = group.judged {
        runs.push(Run::plain(format!("Judged: {reason}. ")));
    }
    for (at, source) in group.sources.iter().enumerate() {
        if at > 0 {
            runs.push(Run::soft("; "));
        }
        runs.extend(source_runs(source).into_iter().map(|run| Run { colour: lines::SOFT, ..run }));
    }
    runs
}

fn source_runs(source: &SourceEntry) -> Vec<Run> {
    let title = if source.title.is_empty() { &source.key } else { &source.title };
    let link = source.url.as_deref().filter(|url| {
        let lower = url.to_ascii_lowercase();
        let is_web = lower.starts_with("http://") || lower.starts_with("https://");
        is_web && url.chars().all(|c| c.is_ascii_graphic())
    });
    let target = link.map(|url| Target::Address(url.to_owned()));
    let colour = if target.is_some() { lines::LINK } else { lines::INK };
    let mut runs = vec![Run { target, colour, ..Run::plain(title.clone()) }];
    let mut rest = String::new();
    let parts =
        [source.publisher.clone(), source.published.map(numbers::day), source.rating.clone()];
    for part in parts.into_iter().flatten() {
        rest.push_str(", ");
        rest.push_str(&part);
    }
    runs.push(Run::plain(rest));
    runs
}
