//! Office documents: DOCX and ODT text, with their tables row by row. What was struck out, comments,
//! footnotes, pictures, macros and anything a document points at are not read.

use super::page::{Kind, Page};
use super::xml::{Event, get, walk};
use super::zip::Archive;
use super::{Decoded, Format, Said, spreadsheet};
use crate::limits::{Deadline, Limits, ReadError};

/// Most times the longest text that a part may unpack to: marks take more room than words.
const MARKS_PER_TEXT: usize = 8;

pub(super) struct Office<'a> {
    pub(super) archive: Archive<'a>,
    key: &'a str,
    format: Format,
    most: usize,
    pub(super) deadline: &'a Deadline<'a>,
}

impl Office<'_> {
    pub(super) fn fault(&self, fault: impl Into<String>) -> ReadError {
        ReadError::Packed {
            key: self.key.to_owned(),
            format: self.format.word(),
            fault: fault.into(),
        }
    }

    /// A part as text; an error where it must be there and is not.
    pub(super) fn xml(&self, name: &str) -> Result<Option<String>, ReadError> {
        let part = self.archive.part(name, self.most).map_err(|e| self.fault(e))?;
        Ok(part.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn must(&self, name: &str) -> Result<String, ReadError> {
        let missing =
            || self.fault(format!("it has no part {name}: it is another kind of archive"));
        self.xml(name)?.ok_or_else(missing)
    }
}

pub(super) fn read(
    bytes: &[u8],
    key: &str,
    format: Format,
    limits: &Limits,
    deadline: &Deadline<'_>,
) -> Result<Decoded, ReadError> {
    let wrong =
        |fault: String| ReadError::Packed { key: key.to_owned(), format: format.word(), fault };
    let archive = Archive::open(bytes).map_err(wrong)?;
    let most = limits.max_text.saturating_mul(MARKS_PER_TEXT);
    let office = Office { archive, key, format, most, deadline };
    let mut notices = Vec::new();
    let (page, about) = match format {
        Format::Docx => {
            let text = office.must("word/document.xml")?;
            for (part, what) in
                [("word/footnotes.xml", "footnotes"), ("word/comments.xml", "comments")]
            {
                if office.archive.has(part) {
                    notices.push(format!("{what} not read"));
                }
            }
            (word(&text, deadline)?, "docProps/core.xml")
        }
        Format::Xlsx => (spreadsheet::read(&office, &mut notices)?, "docProps/core.xml"),
        _ => (open_document(&office.must("content.xml")?, deadline)?, "meta.xml"),
    };
    let said = said(&office.xml(about)?.unwrap_or_default(), deadline)?;
    if page.blocks.is_empty() {
        return Err(office.fault("it has no words"));
    }
    let mut out = Decoded::laid_out(format, "as its parts say".to_owned(), page);
    out.said = said;
    out.notices = notices;
    Ok(out)
}

/// Title and author. The days it holds are of making and saving, not of publication.
fn said(xml: &str, deadline: &Deadline<'_>) -> Result<Said, ReadError> {
    let mut said = Said::default();
    let mut open = String::new();
    walk(xml, deadline, |event| match event {
        Event::Open(name, _) => name.clone_into(&mut open),
        Event::Close(_) => open.clear(),
        Event::Text(text) if !text.trim().is_empty() => match open.as_str() {
            "dc:title" => said.title = Some(text.trim().to_owned()),
            "dc:creator" => said.author = Some(text.trim().to_owned()),
            _ => {}
        },
        Event::Text(_) => {}
    })?;
    Ok(said)
}

/// A paragraph being read, and the table row about it.
#[derive(Default)]
struct Line {
    page: Page,
    text: String,
    heading: bool,
    item: bool,
    /// Cells of the open rows, innermost last.
    rows: Vec<Vec<String>>,
}

impl Line {
    /// Ends a paragraph: in a table it goes to its cell.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = match (self.heading, self.item) {
            (true, _) => Kind::Heading,
            (_, true) => Kind::Item,
            _ => Kind::Paragraph,
        };
        (self.heading, self.item) = (false, false);
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => {
                if !cell.is_empty() && !text.trim().is_empty() {
                    cell.push(' ');
                }
                cell.push_str(text.trim());
            }
            None => _ = self.page.push(kind, &text),
        }
    }

    fn row(&mut self) {
        if self.rows.len() < 16 {
            self.rows.push(Vec::new());
        }
    }

    fn cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    /// Ends a row: one line, its cells parted by semicolons.
    fn end_row(&mut self) {
        if let Some(row) = self.rows.pop() {
            match self.rows.last_mut().and_then(|outer| outer.last_mut()) {
                Some(cell) => cell.push_str(&row_line(&row)),
                None => self.page.push_row(Kind::Item, &row, false),
            }
        }
    }
}

/// The cells of a row as one line; empty ones are left out.
fn row_line(cells: &[String]) -> String {
    let full: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    full.join("; ")
}

fn word(xml: &str, deadline: &Deadline<'_>) -> Result<Page, ReadError> {
    let mut line = Line::default();
    let mut words = false;
    walk(xml, deadline, |event| match event {
        Event::Open("w:t", _) => words = true,
        Event::Close("w:t") => words = false,
        Event::Open("w:tab" | "w:br" | "w:cr", _) => line.text.push(' '),
        Event::Open("w:pstyle", attributes) => {
            let style = get(attributes, "w:val").unwrap_or("").to_ascii_lowercase();
            line.heading |= style.starts_with("heading") || style.starts_with("title");
        }
        Event::Open("w:numpr", _) => line.item = true,
        Event::Close("w:p") => line.end(),
        Event::Open("w:tr", _) => line.row(),
        Event::Open("w:tc", _) => line.cell(),
        Event::Close("w:tr") => line.end_row(),
        Event::Text(text) if words => line.text.push_str(text),
        _ => {}
    })?;
    line.end();
    Ok(line.page)
}

fn open_document(xml: &str, deadline: &Deadline<'_>) -> Result<Page, ReadError> {
    let mut line = Line::default();
    let (mut body, mut closed, mut depth) = (false, 0usize, 0usize);
    walk(xml, deadline, |event| match event {
        Event::Open("office:body", _) => body = true,
        Event::Close("office:body") => body = false,
        // struck out, said in the margin, at the foot
        Event::Open("text:tracked-changes" | "office:annotation" | "text:note", _) => closed += 1,
        Event::Close("text:tracked-changes" | "office:annotation" | "text:note") => {
            closed = closed.saturating_sub(1);
        }
        _ if closed > 0 || !body => {}
        Event::Open("text:h", _) => line.heading = true,
        Event::Open("text:list-item", _) => depth += 1,
        Event::Close("text:list-item") => depth = depth.saturating_sub(1),
        Event::Open("text:p", _) => line.item = depth > 0,
        Event::Open("text:tab" | "text:s" | "text:line-break", _) => line.text.push(' '),
        Event::Close("text:p" | "text:h") => line.end(),
        Event::Open("table:table-row", _) => line.row(),
        Event::Open("table:table-cell", _) => line.cell(),
        Event::Close("table:table-row") => line.end_row(),
        Event::Text(text) => line.text.push_str(text),
        _ => {}
    })?;
    line.end();
    Ok(line.page)
}

#[cfg(test)]
mod tests {
    use super::super::zip::archive;
    use super::*;

    fn decode(bytes: &[u8], format: Format) -> Result<Decoded, ReadError> {
        let limits = Limits::default();
        read(bytes, "f", format, &limits, &Deadline::new("f", &limits))
    }

    fn blocks(decoded: &Decoded) -> Vec<(&str, Option<Kind>)> {
        decoded.blocks.iter().map(|b| (b.span.of(&decoded.text), b.kind)).collect()
    }

    #[test]
    fn a_word_document_gives_headings_paragraphs_and_table_rows() {
        let document = "<?xml version=\"1.0\"?><w:document><w:body>\
            <w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Dues</w:t></w:r></w:p>\
            <w:p><w:r><w:t xml:space=\"preserve\">Orla met </w:t></w:r><w:del><w:r><w:delText>nobody</w:delText></w:r></w:del>\
            <w:r><w:t>Brin &amp; Voss.</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Lake Party</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>46 seats</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
            </w:body></w:document>";
        let core = "<cp:coreProperties><dc:title>On dues</dc:title><dc:creator>M. Toll</dc:creator></cp:coreProperties>";
        let bytes = archive(&[
            ("word/document.xml", document),
            ("docProps/core.xml", core),
            ("word/comments.xml", "<a/>"),
        ]);
        let decoded = decode(&bytes, Format::Docx).unwrap();
        assert_eq!(
            blocks(&decoded),
            [
                ("Dues", Some(Kind::Heading)),
                ("Orla met Brin & Voss.", Some(Kind::Paragraph)),
                ("Lake Party; 46 seats", Some(Kind::Item)),
            ]
        );
        assert_eq!(decoded.said.title.as_deref(), Some("On dues"));
        assert_eq!(decoded.said.author.as_deref(), Some("M. Toll"));
        assert_eq!(decoded.notices, ["comments not read"]);
    }

    #[test]
    fn an_open_document_gives_its_text_without_what_was_struck_out() {
        let content = "<office:document-content><office:body><office:text><text:tracked-changes><text:p>old</text:p></text:tracked-changes>\
            <text:h text:outline-level=\"1\">News</text:h><text:p>Orla<text:s/>left.<office:annotation><text:p>hm</text:p></office:annotation></text:p>\
            <text:list><text:list-item><text:p>one</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
        let decoded = decode(&archive(&[("content.xml", content)]), Format::Odt).unwrap();
        assert_eq!(
            blocks(&decoded),
            [
                ("News", Some(Kind::Heading)),
                ("Orla left.", Some(Kind::Paragraph)),
                ("one", Some(Kind::Item)),
            ]
        );
    }

    #[test]
    fn another_archive_and_an_empty_document_say_what_they_are() {
        let error = decode(&archive(&[("a.txt", "x")]), Format::Docx).err().unwrap().to_string();
        assert!(error.contains("no part word/document.xml"), "{error}");
        let empty = archive(&[("word/document.xml", "<w:document/>")]);
        let error = decode(&empty, Format::Docx).err().unwrap().to_string();
        assert!(error.contains("no words"), "{error}");
        assert!(
            decode(b"plain words", Format::Odt).err().unwrap().to_string().contains("directory")
        );
    }
}
