//! The brief as Markdown: pictures as their tables, numbers with footnotes.
//!
//! Every character of outside text that Markdown or HTML would read as markup is escaped.

use crate::brief::grouping::{Group, groups};
use crate::brief::{Block, Brief, COMPOSED, SourceEntry};
use crate::numbers;
use crate::svg::is_dropped;
use crate::table::Table;
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The most rows of the table beneath a picture.
const MOST: usize = 12;

/// Writes the brief.
pub fn write(brief: &Brief) -> String {
    let mut page = Page { numbers: brief.numbering(), figures: 0, depth: 3, out: String::new() };
    page.write(brief);
    page.out
}

struct Page<'a> {
    numbers: BTreeMap<&'a str, usize>,
    figures: usize,
    /// How deep a heading within a section stands.
    depth: usize,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, level: usize, heading: &str) {
        let _ = writeln!(self.out, "\n{} {}\n", "#".repeat(level), escape(heading));
    }

    fn paragraph(&mut self, text: &Text) {
        let text = self.text(text);
        self.line(&text);
        self.line("");
    }

    fn list(&mut self, items: &[Text]) {
        for item in items {
            let item = self.text(item);
            let _ = writeln!(self.out, "- {item}");
        }
        self.line("");
    }

    fn write(&mut self, brief: &Brief) {
        let _ = writeln!(self.out, "# {}\n", escape(&brief.title));
        if !brief.subtitle.is_empty() {
            let _ = writeln!(self.out, "*{}*\n", escape(&brief.subtitle));
        }
        let _ = writeln!(self.out, "{}, as of {}", escape(&brief.kind), numbers::day(brief.as_of));
        self.heading(2, "Bottom line");
        if !brief.bottom_line.is_empty() {
            let lines: Vec<String> = brief.bottom_line.iter().map(|text| self.text(text)).collect();
            self.line(&lines.join(" "));
            if !brief.judgements.is_empty() {
                self.heading(2, "Key judgements");
            }
        }
        for (place, judgement) in brief.judgements.iter().enumerate() {
            let statement = self.text(&judgement.statement);
            let basis = self.text(&judgement.confidence.basis);
            let (before, after) = judgement.confidence.joints();
            let evidence: String =
                judgement.evidence.iter().map(|key| self.reference("", key)).collect();
            let _ = writeln!(
                self.out,
                "{}. {statement}\n\n   Confidence is {}{before} {basis}{after}{evidence}\n",
                place + 1,
                judgement.confidence.level.word()
            );
        }
        if let Some(asked) = &brief.asked {
            self.paragraph(asked);
        }
        if let Some(changes) = &brief.changes {
            self.heading(2, "What changed");
            let _ = writeln!(self.out, "Since the brief of {}:\n", numbers::day(changes.since));
            self.list(&changes.items);
            changes.detail.iter().for_each(|block| self.block(block));
        }
        for section in &brief.sections {
            self.heading(2, &section.heading);
            section.blocks.iter().for_each(|block| self.block(block));
        }
        if !brief.assumptions.is_empty() {
            self.heading(2, "Assumptions");
            self.list(&brief.assumptions);
        }
        if !brief.indicators.is_empty() {
            self.heading(2, "Indicators to watch");
        }
        for indicator in &brief.indicators {
            let (event, moves) = (self.text(&indicator.event), self.text(&indicator.moves));
            let by =
                indicator.by.map_or_else(String::new, |by| format!(" (by {})", numbers::day(by)));
            let _ = writeln!(self.out, "- **{event}**{by}: {moves}");
        }
        if !brief.record.is_empty() {
            self.heading(2, "Record");
            brief.record.iter().for_each(|block| self.block(block));
        }
        self.heading(2, "Sources");
        self.paragraph(&brief.source_summary);
        for source in &brief.sources {
            let _ = writeln!(self.out, "- {}", source_line(source));
        }
        self.method(brief);
        self.notes(brief);
    }

    fn method(&mut self, brief: &Brief) {
        self.heading(2, "Method");
        for paragraph in &brief.method.paragraphs {
            self.paragraph(paragraph);
        }
        let _ = writeln!(self.out, "{}\n", escape(COMPOSED));
        if self.figures > 0 {
            self.line("Figures are given by their tables here; HTML, PDF and DOCX draw them.\n");
        }
        for (name, value) in &brief.method.facts {
            let _ = writeln!(self.out, "- {}: {}", escape(name), escape(value));
        }
        if let Some(replay) = &brief.method.replay {
            let replay: String = replay.chars().filter(|c| !is_dropped(*c) && *c != '`').collect();
            let _ = writeln!(self.out, "\nThe same bytes again:\n\n    {replay}");
        }
    }

    fn notes(&mut self, brief: &Brief) {
        let mut order: Vec<(usize, &str)> =
            self.numbers.iter().map(|(key, number)| (*number, *key)).collect();
        order.sort_unstable();
        if !order.is_empty() {
            self.heading(2, "Evidence notes");
        }
        for (number, key) in order {
            let Some(note) = brief.notes.get(key) else {
                continue;
            };
            let _ = writeln!(self.out, "[^{number}]: **{}**", escape(&note.subject));
            if let Some(derivation) = &note.derivation {
                let _ = writeln!(self.out, "    {}", escape(&derivation.to_plain()));
            }
            if note.citations.len() > 1 || note.independent.is_some() {
                let _ = writeln!(self.out, "    {}.", crate::html::count(note));
            }
            for group in groups(note) {
                let _ = writeln!(self.out, "    - {}", group_line(&group));
            }
            self.line("");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph(text),
            Block::Heading(heading) => self.heading(self.depth, heading),
            Block::List(items) => self.list(items),
            // What a caption says of the marks is of no use to a reader who has the table alone.
            Block::Figure { picture, .. } => {
                self.figures += 1;
                let title = escape(&picture.title);
                let _ = writeln!(self.out, "**Figure {}. {title}**\n", self.figures);
                self.rows(&picture.table, MOST);
            }
            Block::Table(table) => self.table(table),
            Block::Details { summary, blocks } => {
                self.heading(3, summary);
                self.depth = 4;
                blocks.iter().for_each(|block| self.block(block));
                self.depth = 3;
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.rows(table, usize::MAX);
    }

    /// A table with its first rows, and how many more there are.
    fn rows(&mut self, table: &Table, most: usize) {
        if !table.caption.is_empty() {
            let _ = writeln!(self.out, "{}\n", escape(&table.caption));
        }
        let heads: Vec<String> = table.columns.iter().map(|c| escape(&c.heading)).collect();
        let rules: Vec<&str> =
            table.columns.iter().map(|c| if c.numeric { "--:" } else { ":--" }).collect();
        let _ = writeln!(self.out, "| {} |\n| {} |", heads.join(" | "), rules.join(" | "));
        for row in table.rows.iter().take(most) {
            let mut cells: Vec<String> = row.iter().map(|cell| self.text(cell)).collect();
            cells.resize(table.columns.len(), String::new());
            let _ = writeln!(self.out, "| {} |", cells.join(" | "));
        }
        self.line("");
        if let Some(left) = table.rows.len().checked_sub(most).filter(|left| *left > 0) {
            let _ = writeln!(
                self.out,
                "And {} more: `report --figures` writes the whole table.\n",
                numbers::whole(left as f64)
            );
        }
        for note in &table.notes {
            let _ = writeln!(self.out, "{}\n", escape(note));
        }
    }

    fn text(&self, text: &Text) -> String {
        let mut words = String::new();
        for span in &text.0 {
            match span {
                Span::Plain(text) | Span::Name(text) => words.push_str(&escape(text)),
                Span::Strong(text) => {
                    let _ = write!(words, "**{}**", escape(text));
                }
                Span::Number { text, note } => words.push_str(&self.reference(text, note)),
                Span::Likelihood { term, range } => {
                    let _ = write!(words, "*{}* ({})", escape(term), escape(range));
                }
            }
        }
        words
    }

    fn reference(&self, words: &str, key: &str) -> String {
        match self.numbers.get(key) {
            Some(number) => format!("{}[^{number}]", escape(words)),
            None => escape(words),
        }
    }
}

fn group_line(group: &Group<'_>) -> String {
    let values: Vec<String> = group.values.iter().map(|value| escape(value)).collect();
    let mut parts = Vec::new();
    parts.extend(Some(values.join("; ")).filter(|values| !values.is_empty()));
    parts.extend(group.sentence.or(group.quote).map(|quote| format!("“{}”", escape(quote))));
    parts.extend(group.judged.map(|reason| format!("Judged: {}", escape(reason))));
    let sources: Vec<String> = group.sources.iter().map(|source| source_line(source)).collect();
    parts.extend(Some(sources.join("; ")).filter(|sources| !sources.is_empty()));
    parts.join(" — ")
}

fn source_line(source: &SourceEntry) -> String {
    let title = if source.title.is_empty() { &source.key } else { &source.title };
    let mut parts = vec![escape(title)];
    parts.extend(source.publisher.as_deref().map(escape));
    parts.extend(source.published.map(numbers::day));
    parts.extend(source.rating.as_deref().map(escape));
    parts.extend(source.url.as_deref().map(address));
    parts.join(", ")
}

/// An address as a link that Markdown knows, where it is one and holds nothing that would end it.
fn address(url: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '`' | '"');
    match url.starts_with("https://") || url.starts_with("http://") {
        true if url.chars().all(plain) => format!("<{url}>"),
        _ => escape(url),
    }
}

/// Escapes what Markdown or HTML would read as markup; line breaks become spaces.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => safe.push(' '),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '^' | '$' => {
                safe.push('\\');
                safe.push(letter);
            }
            other if is_dropped(other) => {}
            other => safe.push(other),
        }
    }
    safe
}
