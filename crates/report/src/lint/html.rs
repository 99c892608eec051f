//! A brief in HTML as a page: tokens in their order, no tree.
//!
//! `h1` is the title, `h2` begins a part. An element with an `id` inside a part called notes is a
//! note, and a link to it opens it. A `figure` is a picture; the `title` and `desc` of its drawing
//! are its description and a table within it is its twin.

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, Token};

use super::page::{Kind, Note, Page, Part, Piece, Purpose, flat};

/// Reads HTML.
pub fn read(text: &str) -> Page {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
    let line = |at: usize| starts.partition_point(|start| *start <= at).max(1);
    let mut reader = Reader::default();
    reader.page.parts.push(Part::default());
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |wanted: &str| {
                    let found =
                        tag.attributes.iter().find(|(k, _)| k.as_slice() == wanted.as_bytes());
                    found.map(|(_, v)| String::from_utf8_lossy(v).into_owned())
                };
                let class = attribute("class").unwrap_or_default();
                let target = attribute("href").or_else(|| attribute("id"));
                let alt = attribute("alt");
                reader.open(&name, &class, target, alt, line(tag.span.start));
            }
            Token::EndTag(tag) => reader.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => {
                let at = line(words.span.start);
                reader.words(&String::from_utf8_lossy(&words.value), at);
            }
            _ => {}
        }
    }
    reader.end()
}

#[derive(Default)]
struct Reader {
    page: Page,
    piece: Option<Piece>,
    /// A heading being read: its level, words and line.
    heading: Option<(u8, String, usize)>,
    /// Depth within elements whose words are not read.
    hidden: usize,
    items: Vec<usize>,
    counted: usize,
    figure: Option<Piece>,
    has_table: bool,
    /// Within the drawing: which of its texts.
    drawing: Option<Drawing>,
    rows: Option<usize>,
    note: Option<Note>,
    note_depth: usize,
    entry: Option<(usize, String)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Drawing {
    Other,
    Title,
    Description,
}

impl Reader {
    fn open(
        &mut self,
        name: &str,
        class: &str,
        target: Option<String>,
        alt: Option<String>,
        line: usize,
    ) {
        match name {
            "script" | "style" | "nav" | "head" | "pre" => self.hidden += 1,
            "svg" => self.drawing = Some(Drawing::Other),
            "title" if self.drawing.is_some() => self.drawing = Some(Drawing::Title),
            "desc" if self.drawing.is_some() => self.drawing = Some(Drawing::Description),
            _ if self.drawing.is_some() || self.hidden > 0 => {}
            "h1" | "h2" | "h3" | "h4" => {
                self.flush();
                let level = name.as_bytes()[1] - b'0';
                self.heading = Some((level, String::new(), line));
            }
            "figure" => {
                self.flush();
                self.figure = Some(Piece::new(Kind::Figure, line));
                self.has_table = false;
            }
            "img" => {
                if let Some(figure) = &mut self.figure {
                    figure.description = alt.unwrap_or_default();
                }
            }
            "table" => {
                self.flush();
                self.rows = Some(0);
            }
            "tr" => self.rows = self.rows.map(|rows| rows + 1),
            "li" if self.is_notes() && self.note.is_none() => self.begin_note(target, line),
            "li" | "blockquote" if self.note.is_some() => self.note_part(name, line),
            "p" if self.note.is_some() => self.note_paragraph(class, line),
            "li" | "dt" | "dd" => {
                self.flush();
                if name != "dd" {
                    self.counted += 1;
                    self.items.push(self.counted);
                }
            }
            "p" => self.flush(),
            "a" => self.reference(target, line),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "script" | "style" | "nav" | "head" | "pre" => {
                self.hidden = self.hidden.saturating_sub(1)
            }
            "svg" => self.drawing = None,
            "title" | "desc" if self.drawing.is_some() => self.drawing = Some(Drawing::Other),
            _ if self.drawing.is_some() || self.hidden > 0 => {}
            "h1" | "h2" | "h3" | "h4" => self.headed(),
            "figure" => self.pictured(),
            "table" => self.tabled(),
            "li" if self.note.is_some() => {
                self.note_depth -= 1;
                self.end_entry();
                if self.note_depth == 0 {
                    self.page.notes.extend(self.note.take());
                }
            }
            "blockquote" => {
                if let Some((_, words)) = &mut self.entry {
                    words.push_str("” — ");
                }
            }
            "p" if self.note.is_some() => {
                if let Some((_, words)) = &mut self.entry {
                    words.push_str(" — ");
                }
            }
            "li" | "dd" => {
                self.flush();
                self.items.pop();
            }
            "p" | "dt" => self.flush(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, line: usize) {
        match self.drawing {
            Some(part) => {
                if let (Some(figure), true) = (&mut self.figure, part != Drawing::Other) {
                    let place = match part {
                        Drawing::Title => &mut figure.title,
                        _ => &mut figure.description,
                    };
                    // The picture is drawn twice, wide and narrow; its words are the same.
                    if !place.contains(words) {
                        place.push_str(words);
                    }
                }
                return;
            }
            None if self.hidden > 0 || self.rows.is_some() => return,
            None => {}
        }
        if let Some((_, heading, _)) = &mut self.heading {
            heading.push_str(words);
        } else if let Some(note) = &mut self.note {
            match &mut self.entry {
                Some((_, entry)) => entry.push_str(words),
                None => note.lead.push_str(words),
            }
        } else if let Some(figure) = &mut self.figure {
            figure.add(words, line);
        } else {
            let kind = self.items.last().map_or(Kind::Paragraph, |item| Kind::Item(*item));
            if words.trim().is_empty() && self.piece.is_none() {
                return;
            }
            self.piece.get_or_insert_with(|| Piece::new(kind, line)).add(words, line);
        }
    }

    fn is_notes(&self) -> bool {
        self.page.parts.last().is_some_and(|part| part.purpose() == Purpose::Notes)
    }

    fn begin_note(&mut self, target: Option<String>, line: usize) {
        self.flush();
        let label = target.unwrap_or_default();
        self.note = Some(Note { label, line, ..Note::default() });
        self.note_depth = 1;
    }

    fn note_part(&mut self, name: &str, line: usize) {
        if name == "li" {
            self.note_depth += 1;
            self.entry = Some((line, String::new()));
        } else {
            let (_, words) = self.entry.get_or_insert((line, String::new()));
            words.push('“');
        }
    }

    fn note_paragraph(&mut self, class: &str, line: usize) {
        match (class, &mut self.entry) {
            // A way back to the text is no part of the evidence.
            ("back", _) => self.entry = Some((line, String::new())),
            (_, None) => {
                if let Some(note) = &mut self.note {
                    note.lead.push(' ');
                }
            }
            _ => {}
        }
    }

    fn end_entry(&mut self) {
        let (Some((line, entry)), Some(note)) = (self.entry.take(), &mut self.note) else { return };
        let entry = flat(&entry);
        let entry = entry.trim_end_matches([' ', '—']);
        if !entry.is_empty() && !entry.starts_with("Back to the text") {
            note.entries.push((line, entry.replace("Judged. ", "Judged: ")));
        }
    }

    fn reference(&mut self, target: Option<String>, line: usize) {
        let Some(label) = target.and_then(|t| t.strip_prefix('#').map(str::to_owned)) else {
            return;
        };
        if self.note.is_some()
            || self.heading.is_some()
            || self.figure.is_some()
            || self.rows.is_some()
        {
            return;
        }
        let kind = self.items.last().map_or(Kind::Paragraph, |item| Kind::Item(*item));
        let piece = self.piece.get_or_insert_with(|| Piece::new(kind, line));
        piece.references.push((piece.text.len(), label));
    }

    fn flush(&mut self) {
        let Some(piece) = self.piece.take() else { return };
        if !piece.text.trim().is_empty() {
            self.put(piece);
        }
    }

    fn put(&mut self, piece: Piece) {
        if let Some(part) = self.page.parts.last_mut() {
            part.pieces.push(piece);
        }
    }

    fn headed(&mut self) {
        let Some((level, heading, line)) = self.heading.take() else { return };
        let heading = flat(&heading);
        match level {
            1 => self.page.title = heading,
            2 => self.page.parts.push(Part { heading, line, pieces: Vec::new() }),
            _ => {
                let mut piece = Piece::new(Kind::Heading, line);
                piece.text = heading;
                self.put(piece);
            }
        }
    }

    fn pictured(&mut self) {
        let Some(figure) = self.figure.take() else { return };
        let line = figure.line();
        self.put(figure);
        if std::mem::take(&mut self.has_table) {
            self.put(Piece::new(Kind::Table, line));
        }
    }

    fn tabled(&mut self) {
        let Some(rows) = self.rows.take() else { return };
        if self.figure.is_some() {
            self.has_table = true;
            return;
        }
        let line = self.page.parts.last().map_or(1, |part| part.line);
        let mut piece = Piece::new(Kind::Table, line);
        piece.rows = rows;
        self.put(piece);
    }

    fn end(mut self) -> Page {
        self.flush();
        self.page.notes.extend(self.note.take());
        self.page
    }
}
