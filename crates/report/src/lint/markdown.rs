//! A brief in Markdown as a page: our own, or one that somebody wrote by hand.
//!
//! Headings of the first level are the title, of the second parts, of lower ones headings within a
//! part. Footnotes are notes. A picture is an image, or a paragraph that begins with "Figure 3." in
//! bold; the table after it is its twin.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::page::{Kind, Note, Page, Part, Piece};

/// Reads Markdown.
pub fn read(text: &str) -> Page {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader { starts: line_starts(text), ..Reader::default() };
    reader.page.parts.push(Part::default());
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let line = reader.line(range.start);
        reader.take(event, line);
    }
    reader.page
}

fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

#[derive(Default)]
struct Reader {
    page: Page,
    starts: Vec<usize>,
    /// The piece being read.
    piece: Option<Piece>,
    heading: Option<(HeadingLevel, String, usize)>,
    note: Option<Note>,
    /// The open items, by their numbers on the page, outermost first.
    items: Vec<usize>,
    counted: usize,
    /// Within a table: its rows so far.
    table: Option<usize>,
    image: Option<(String, String)>,
    is_code: bool,
}

impl Reader {
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.flush(line);
                self.heading = Some((level, String::new(), line));
            }
            Event::End(TagEnd::Heading(_)) => self.headed(),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.flush(line);
                self.note = Some(Note { label: label.into_string(), line, ..Note::default() });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.flush(line);
                self.page.notes.extend(self.note.take());
            }
            Event::Start(Tag::Item) => {
                self.flush(line);
                self.counted += 1;
                self.items.push(self.counted);
            }
            Event::End(TagEnd::Item) => {
                self.flush(line);
                self.items.pop();
            }
            Event::Start(Tag::Table(_)) => {
                self.flush(line);
                self.table = Some(0);
            }
            Event::Start(Tag::TableRow) => {
                if let Some(rows) = &mut self.table {
                    *rows += 1;
                }
            }
            Event::End(TagEnd::Table) => self.tabled(line),
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::Start(Tag::Image { title, .. }) => {
                self.image = Some((String::new(), title.into_string()));
            }
            Event::End(TagEnd::Image) => self.pictured(line),
            Event::End(TagEnd::Paragraph) => self.flush(line),
            Event::Text(words) | Event::Code(words) => self.words(&words, line),
            Event::SoftBreak | Event::HardBreak => self.words(" ", line),
            Event::FootnoteReference(label) => {
                if let Some(piece) = &mut self.piece {
                    piece.references.push((piece.text.len(), label.into_string()));
                } else if self.heading.is_none() && self.table.is_none() && self.note.is_none() {
                    let mut piece = Piece::new(self.kind(), line);
                    piece.references.push((0, label.into_string()));
                    self.piece = Some(piece);
                }
            }
            _ => {}
        }
    }

    fn kind(&self) -> Kind {
        self.items.last().map_or(Kind::Paragraph, |item| Kind::Item(*item))
    }

    fn words(&mut self, words: &str, line: usize) {
        if self.is_code || self.table.is_some() {
            return;
        }
        if let Some((alt, _)) = &mut self.image {
            alt.push_str(words);
        } else if let Some((_, heading, _)) = &mut self.heading {
            heading.push_str(words);
        } else {
            let kind = self.kind();
            self.piece.get_or_insert_with(|| Piece::new(kind, line)).add(words, line);
        }
    }

    /// Ends the piece in hand.
    fn flush(&mut self, _line: usize) {
        let Some(mut piece) = self.piece.take() else { return };
        unresolved(&mut piece);
        if let Some(note) = &mut self.note {
            match piece.kind {
                Kind::Item(_) => note.entries.push((piece.line(), piece.text)),
                _ if note.lead.is_empty() => note.lead = piece.text,
                _ => note.entries.push((piece.line(), piece.text)),
            }
            return;
        }
        if let Some(rest) = figure(&piece.text) {
            piece.kind = Kind::Figure;
            // The title is what our own writer sets in bold; by hand it is the first sentence.
            piece.title = rest.to_owned();
            piece.description = rest.to_owned();
        }
        self.put(piece);
    }

    fn put(&mut self, piece: Piece) {
        if let Some(part) = self.page.parts.last_mut() {
            part.pieces.push(piece);
        }
    }

    fn headed(&mut self) {
        let Some((level, heading, line)) = self.heading.take() else { return };
        match level {
            HeadingLevel::H1 if self.page.title.is_empty() => self.page.title = heading,
            HeadingLevel::H1 | HeadingLevel::H2 => {
                self.page.parts.push(Part { heading, line, pieces: Vec::new() });
            }
            _ => {
                let mut piece = Piece::new(Kind::Heading, line);
                piece.text = heading;
                self.put(piece);
            }
        }
    }

    fn tabled(&mut self, line: usize) {
        let Some(rows) = self.table.take() else { return };
        let mut piece = Piece::new(Kind::Table, line);
        piece.rows = rows;
        self.put(piece);
    }

    fn pictured(&mut self, line: usize) {
        let Some((alt, title)) = self.image.take() else { return };
        let mut piece = Piece::new(Kind::Figure, line);
        piece.title = title;
        piece.description = alt;
        self.put(piece);
    }
}

/// References to notes that are not there are left in the text by the parser.
fn unresolved(piece: &mut Piece) {
    let mut all = Vec::new();
    for (at, _) in piece.text.match_indices("[^") {
        let label = piece.text[at + 2..].split_once(']').map(|(label, _)| label);
        let is_label = |l: &&str| !l.is_empty() && !l.contains(char::is_whitespace);
        all.extend(label.filter(is_label).map(|label| (at, label.to_owned())));
    }
    piece.references.extend(all);
}

/// What follows "Figure 3." at the beginning of a paragraph.
fn figure(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("Figure ")?;
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let ended = after.strip_prefix(['.', ':'])?;
    (after.len() < rest.len()).then(|| ended.trim())
}
