//! The brief as a DOCX file, to be edited: Office Open XML (ECMA-376) written plainly, headings and lists in styles of
//! their own, numbers with links to their notes.
//!
//! Pictures stand as their titles and tables; whoever wants them drawn takes the HTML or the PDF. Nothing holds a clock:
//! the same brief gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::brief::grouping::groups;
use crate::brief::{Block, Brief, COMPOSED, SourceEntry};
use crate::numbers;
use crate::table::Table;
use crate::text::{Span, Text};

mod zip;

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The brief as the bytes of a DOCX file.
#[must_use]
pub fn write(brief: &Brief) -> Vec<u8> {
    let mut page = Page { numbers: brief.numbering(), figures: 0, out: String::new() };
    page.brief(brief);
    let document = format!(
        "{HEAD}<w:document {NAMES}><w:body>{}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        page.out
    );
    let about = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>",
        escape(&brief.title)
    );
    zip::archive(&[
        ("[Content_Types].xml", CONTENT.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", about),
        ("word/_rels/document.xml.rels", OF_DOCUMENT.to_owned()),
        ("word/document.xml", document),
        ("word/styles.xml", styles()),
    ])
}

const CONTENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
const OF_DOCUMENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";

/// A style: id, name, half points, whether bold, space before and after in twentieths of a point, indent, level of an
/// outline.
type Style<'s> = (&'s str, &'s str, u32, bool, u32, u32, u32, Option<u32>);

/// The styles of a brief.
fn styles() -> String {
    let mut out = format!(
        "{HEAD}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Cambria\" w:hAnsi=\"Cambria\" w:cs=\"Cambria\"/><w:sz w:val=\"21\"/><w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    );
    let rows: [Style<'_>; 9] = [
        ("Title", "Title", 44, true, 0, 120, 0, None),
        ("Subtitle", "Subtitle", 24, false, 0, 240, 0, None),
        ("Heading1", "heading 1", 30, true, 360, 120, 0, Some(0)),
        ("Heading2", "heading 2", 24, true, 240, 80, 0, Some(1)),
        ("Answer", "Answer", 22, false, 160, 40, 0, None),
        ("Confidence", "Confidence", 18, false, 0, 120, 284, None),
        ("Item", "Item", 21, false, 0, 60, 284, None),
        ("Caption", "caption", 18, false, 160, 60, 0, None),
        ("Note", "Note", 17, false, 0, 40, 0, None),
    ];
    for (id, name, size, bold, before, after, indent, level) in rows {
        let bold = if bold { "<w:b/>" } else { "" };
        let level =
            level.map_or(String::new(), |l| format!("<w:keepNext/><w:outlineLvl w:val=\"{l}\"/>"));
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{level}<w:spacing w:before=\"{before}\" w:after=\"{after}\"/><w:ind w:left=\"{indent}\"/></w:pPr><w:rPr>{bold}<w:sz w:val=\"{size}\"/></w:rPr></w:style>"
        );
    }
    out.push_str("</w:styles>");
    out
}

struct Page<'a> {
    numbers: BTreeMap<&'a str, usize>,
    figures: usize,
    out: String,
}

impl Page<'_> {
    fn paragraph(&mut self, style: &str, runs: &str) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
    }

    fn words(&mut self, style: &str, words: &str) {
        self.paragraph(style, &run(words, ""));
    }

    fn brief(&mut self, brief: &Brief) {
        self.words("Caption", &format!("{}, as of {}", brief.kind, numbers::day(brief.as_of)));
        self.words("Title", &brief.title);
        if !brief.subtitle.is_empty() {
            self.words("Subtitle", &brief.subtitle);
        }
        self.words("Heading1", "Bottom line");
        for line in &brief.bottom_line {
            let runs = self.runs(line);
            self.paragraph("Normal", &runs);
        }
        if !brief.bottom_line.is_empty() && !brief.judgements.is_empty() {
            self.words("Heading1", "Key judgements");
        }
        self.judgements(brief);
        if let Some(changes) = &brief.changes {
            self.words("Heading1", "What changed");
            self.words("Normal", &format!("Since the brief of {}:", numbers::day(changes.since)));
            self.list(&changes.items);
            self.blocks(&changes.detail);
        }
        for section in &brief.sections {
            self.words("Heading1", &section.heading);
            self.blocks(&section.blocks);
        }
        self.tail(brief);
    }

    fn judgements(&mut self, brief: &Brief) {
        for (place, judgement) in brief.judgements.iter().enumerate() {
            let number = run(&format!("{}. ", place + 1), "<w:b/>");
            let runs = number + &self.runs(&judgement.statement);
            self.paragraph("Answer", &runs);
            let (before, after) = judgement.confidence.joints();
            let level = judgement.confidence.level.word();
            let mut runs = run(&format!("Confidence is {level}{before} "), "<w:b/>");
            runs.push_str(&self.runs(&judgement.confidence.basis));
            runs.push_str(&run(after, ""));
            for key in &judgement.evidence {
                runs.push_str(&self.link("", key));
            }
            self.paragraph("Confidence", &runs);
        }
        if let Some(asked) = &brief.asked {
            let runs = self.runs(asked);
            self.paragraph("Caption", &runs);
        }
    }

    fn tail(&mut self, brief: &Brief) {
        if !brief.assumptions.is_empty() {
            self.words("Heading1", "Assumptions");
            self.list(&brief.assumptions);
        }
        if !brief.indicators.is_empty() {
            self.words("Heading1", "Indicators to watch");
        }
        for indicator in &brief.indicators {
            let by = indicator.by.map_or(String::new(), |by| format!(" (by {})", numbers::day(by)));
            let event = run(&format!("{}{by}: ", indicator.event.to_plain()), "<w:b/>");
            let runs = event + &self.runs(&indicator.moves);
            self.paragraph("Item", &runs);
        }
        if !brief.record.is_empty() {
            self.words("Heading1", "Record");
            self.blocks(&brief.record);
        }
        self.words("Heading1", "Sources");
        let runs = self.runs(&brief.source_summary);
        self.paragraph("Normal", &runs);
        brief.sources.iter().for_each(|source| self.words("Item", &source_line(source)));
        self.words("Heading1", "Method");
        for text in &brief.method.paragraphs {
            let runs = self.runs(text);
            self.paragraph("Normal", &runs);
        }
        self.words("Normal", COMPOSED);
        for (name, value) in &brief.method.facts {
            self.words("Item", &format!("{name}: {value}"));
        }
        if let Some(replay) = &brief.method.replay {
            self.words("Normal", &format!("The same brief again: {replay}"));
        }
        self.notes(brief);
    }

    fn notes(&mut self, brief: &Brief) {
        let mut order: Vec<(usize, &str)> =
            self.numbers.iter().map(|(key, number)| (*number, *key)).collect();
        order.sort_unstable();
        if !order.is_empty() {
            self.words("Heading1", "Evidence notes");
        }
        for (number, key) in order {
            let Some(note) = brief.notes.get(key) else { continue };
            let mark = format!(
                "<w:bookmarkStart w:id=\"{number}\" w:name=\"note{number}\"/>{}<w:bookmarkEnd w:id=\"{number}\"/>",
                run(&format!("{number} {} ", note.subject), "<w:b/>")
            );
            let derivation = note.derivation.as_ref().map_or(String::new(), Text::to_plain);
            self.paragraph("Note", &(mark + &run(&derivation, "")));
            for group in groups(note) {
                let mut parts: Vec<String> = Vec::new();
                parts.extend(Some(group.values.join("; ")).filter(|values| !values.is_empty()));
                parts.extend(group.sentence.or(group.quote).map(|quote| format!("“{quote}”")));
                parts.extend(group.judged.map(|reason| format!("Judged: {reason}")));
                let sources: Vec<String> = group.sources.iter().map(|s| source_line(s)).collect();
                parts.extend(Some(sources.join("; ")).filter(|sources| !sources.is_empty()));
                self.words("Note", &format!("– {}", parts.join(" — ")));
            }
        }
    }

    fn list(&mut self, items: &[Text]) {
        for item in items {
            let runs = run("• ", "") + &self.runs(item);
            self.paragraph("Item", &runs);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => {
                    let runs = self.runs(text);
                    self.paragraph("Normal", &runs);
                }
                Block::Heading(heading) => self.words("Heading2", heading),
                Block::List(items) => self.list(items),
                Block::Figure { picture, caption } => {
                    self.figures += 1;
                    let title = format!("Figure {}. {} ", self.figures, picture.title);
                    let runs = run(&title, "<w:b/>") + &self.runs(caption);
                    self.paragraph("Caption", &runs);
                    self.table(&picture.table);
                }
                Block::Table(table) => self.table(table),
                Block::Details { summary, blocks } => {
                    self.words("Heading2", summary);
                    self.blocks(blocks);
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.words("Caption", &table.caption);
        }
        self.out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"6\"/><w:bottom w:val=\"single\" w:sz=\"6\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"BBBBBB\"/></w:tblBorders></w:tblPr>");
        let heads: Vec<String> =
            table.columns.iter().map(|c| run(&c.heading, "<w:b/><w:sz w:val=\"17\"/>")).collect();
        self.row(table, &heads, true);
        for row in &table.rows {
            let mut cells: Vec<String> =
                row.iter().map(|cell| self.sized(cell, "<w:sz w:val=\"17\"/>")).collect();
            cells.resize(table.columns.len(), String::new());
            self.row(table, &cells, false);
        }
        self.out.push_str("</w:tbl>");
        if table.notes.is_empty() && table.marks.is_empty() {
            self.words("Note", "");
        }
        table.notes.iter().chain(&table.marks).for_each(|note| self.words("Note", note));
    }

    fn row(&mut self, table: &Table, cells: &[String], head: bool) {
        let head = if head { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
        let _ = write!(self.out, "<w:tr>{head}");
        for (column, runs) in table.columns.iter().zip(cells) {
            let side = if column.numeric { "<w:jc w:val=\"right\"/>" } else { "" };
            let _ = write!(
                self.out,
                "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Note\"/>{side}</w:pPr>{runs}</w:p></w:tc>"
            );
        }
        self.out.push_str("</w:tr>");
    }

    fn runs(&self, text: &Text) -> String {
        self.sized(text, "")
    }

    fn sized(&self, text: &Text, look: &str) -> String {
        let mut runs = String::new();
        for span in &text.0 {
            match span {
                Span::Plain(words) | Span::Name(words) => runs.push_str(&run(words, look)),
                Span::Strong(words) => runs.push_str(&run(words, &format!("<w:b/>{look}"))),
                Span::Number { text, note } => {
                    runs.push_str(&run(text, look));
                    runs.push_str(&self.link("", note));
                }
                Span::Likelihood { term, range } => {
                    runs.push_str(&run(term, &format!("<w:b/>{look}")));
                    runs.push_str(&run(&format!(" ({range})"), look));
                }
            }
        }
        runs
    }

    /// A raised number that leads to its note.
    fn link(&self, words: &str, key: &str) -> String {
        match self.numbers.get(key) {
            Some(number) => format!(
                "{}<w:hyperlink w:anchor=\"note{number}\" w:history=\"1\">{}</w:hyperlink>",
                run(words, ""),
                run(
                    &number.to_string(),
                    "<w:color w:val=\"1D3A70\"/><w:vertAlign w:val=\"superscript\"/>"
                )
            ),
            None => run(words, ""),
        }
    }
}

fn source_line(source: &SourceEntry) -> String {
    let title = if source.title.is_empty() { &source.key } else { &source.title };
    let mut parts = vec![title.clone()];
    parts.extend(source.publisher.clone());
    parts.extend(source.published.map(numbers::day));
    parts.extend(source.rating.clone());
    parts.extend(source.url.clone());
    parts.join(", ")
}

/// Words in one look; nothing for none.
fn run(words: &str, look: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let look = match look.is_empty() {
        true => String::new(),
        false => format!("<w:rPr>{look}</w:rPr>"),
    };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(words))
}

/// Text as the format takes it: marks escaped, what XML cannot hold left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            other
                if crate::svg::is_dropped(other)
                    || other < ' '
                    || matches!(other, '\u{FFFE}' | '\u{FFFF}') => {}
            other => safe.push(other),
        }
    }
    safe
}
