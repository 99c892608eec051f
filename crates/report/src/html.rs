//! The brief as one HTML file: no script, nothing fetched.
//!
//! A number is a link to its evidence note; the note opens beside the text by `:target` alone, so
//! that it works in any browser and prints as an endnote. Everything from outside is escaped, and
//! only addresses that begin with http:// or https:// become links.

mod notes;

pub(crate) use notes::count;

use crate::brief::{Block, Brief, COMPOSED, Indicator, Judgement, SourceEntry};
use crate::picture::Picture;
use crate::picture::timeline::written;
use crate::svg::{escape, slug, stylesheet};
use crate::table::Table;
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use std::fmt::Write;

const PAGE_STYLE: &str = include_str!("html/page.css");

/// Writes the brief as one file.
pub fn write(brief: &Brief) -> String {
    let mut page = Page {
        brief,
        numbers: brief.numbering(),
        uses: BTreeMap::new(),
        figures: 0,
        out: String::new(),
    };
    page.write();
    page.out
}

/// The page being written.
struct Page<'a> {
    brief: &'a Brief,
    numbers: BTreeMap<&'a str, usize>,
    /// How often each note was opened so far.
    uses: BTreeMap<usize, u32>,
    figures: usize,
    out: String,
}

impl<'a> Page<'a> {
    fn put(&mut self, what: &str) {
        self.out.push_str(what);
    }

    fn write(&mut self) {
        let brief = self.brief;
        let title = escape(&brief.title);
        let _ = write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
             'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{}{}\
             </style>\n</head>\n<body>\n<a class=\"skip\" href=\"#bottom-line\">Skip to the bottom \
             line</a>\n<span id=\"closed\"></span>\n",
            stylesheet(),
            PAGE_STYLE
        );
        self.masthead();
        self.put("<div class=\"page\">\n");
        self.contents();
        self.put("<main>\n");
        self.bottom_line();
        self.judgements();
        self.changes();
        for section in &brief.sections {
            self.open(&section.heading);
            section.blocks.iter().for_each(|block| self.block(block));
            self.close();
        }
        self.assumptions();
        self.indicators();
        if !brief.record.is_empty() {
            self.open("Record");
            brief.record.iter().for_each(|block| self.block(block));
            self.close();
        }
        self.sources();
        self.method();
        self.notes();
        self.put("</main>\n</div>\n</body>\n</html>\n");
    }

    fn masthead(&mut self) {
        let brief = self.brief;
        let _ = write!(
            self.out,
            "<header class=\"mast\">\n<p class=\"kind\">{} <span class=\"as-of\">as of {}</span></p>\n\
             <h1>{}</h1>\n",
            escape(&brief.kind),
            date(brief.as_of),
            escape(&brief.title)
        );
        if !brief.subtitle.is_empty() {
            let _ = writeln!(
                self.out,
                "<p class=\"subtitle\">{}</p>",
                escape(&brief.subtitle)
            );
        }
        self.put("</header>\n");
    }

    /// The headings of the page, in order.
    fn headings(&self) -> Vec<&'a str> {
        let brief = self.brief;
        let mut headings = vec!["Bottom line"];
        let parts = [
            (!brief.judgements.is_empty(), "Key judgements"),
            (brief.changes.is_some(), "What changed"),
        ];
        headings.extend(parts.iter().filter(|part| part.0).map(|part| part.1));
        headings.extend(
            brief
                .sections
                .iter()
                .map(|section| section.heading.as_str()),
        );
        let parts = [
            (!brief.assumptions.is_empty(), "Assumptions"),
            (!brief.indicators.is_empty(), "Indicators to watch"),
            (!brief.record.is_empty(), "Record"),
            (true, "Sources"),
            (true, "Method"),
            (!brief.notes.is_empty(), "Evidence notes"),
        ];
        headings.extend(parts.iter().filter(|part| part.0).map(|part| part.1));
        headings
    }

    fn contents(&mut self) {
        self.put("<nav class=\"contents\" aria-label=\"Contents\">\n<p>In this brief</p>\n<ol>\n");
        for heading in self.headings() {
            let _ = writeln!(
                self.out,
                "<li><a href=\"#{}\">{}</a></li>",
                section_id(self.brief, heading),
                escape(heading)
            );
        }
        self.put("</ol>\n</nav>\n");
    }

    fn open(&mut self, heading: &str) {
        let id = section_id(self.brief, heading);
        let heading = escape(heading);
        let _ = writeln!(
            self.out,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>"
        );
    }

    fn close(&mut self) {
        self.put("</section>\n");
    }

    fn bottom_line(&mut self) {
        self.put("<section class=\"bottom-line\" aria-labelledby=\"bottom-line\">\n");
        self.put("<h2 id=\"bottom-line\">Bottom line</h2>\n<p>");
        for (index, sentence) in self.brief.bottom_line.iter().enumerate() {
            if index > 0 {
                self.put(" ");
            }
            self.text(sentence);
        }
        self.put("</p>\n</section>\n");
    }

    fn judgements(&mut self) {
        if self.brief.judgements.is_empty() {
            return;
        }
        self.open("Key judgements");
        self.put(
            "<p class=\"key\">The bar beneath each is the range its word stands for, from 0 to 100%; \
             the mark on it is the share of runs.</p>\n<ol class=\"judgements\">\n",
        );
        for judgement in &self.brief.judgements {
            self.judgement(judgement);
        }
        self.put("</ol>\n");
        self.close();
    }

    fn judgement(&mut self, judgement: &'a Judgement) {
        self.put("<li>\n<p class=\"statement\">");
        self.text(&judgement.statement);
        self.put("</p>\n");
        self.scale(judgement);
        let (before, after) = judgement.confidence.joints();
        let _ = write!(
            self.out,
            "<p class=\"confidence\"><strong>Confidence is {}{before}</strong> ",
            judgement.confidence.level.word()
        );
        self.text(&judgement.confidence.basis);
        self.put(after);
        if !judgement.evidence.is_empty() {
            self.put(" <span class=\"rests\">Evidence:");
            for key in &judgement.evidence {
                self.put(" ");
                let words = self
                    .numbers
                    .get(key.as_str())
                    .map(|number| format!("note {number}"));
                self.mention(&words.unwrap_or_default(), key, false);
            }
            self.put("</span>");
        }
        self.put("</p>\n</li>\n");
    }

    /// A small rule from 0 to 100 with the word's band and the probability on it.
    fn scale(&mut self, judgement: &Judgement) {
        let likelihood = &judgement.likelihood;
        let at = |share: f64| crate::svg::at(share.clamp(0.0, 1.0) * 100.0);
        let words = escape(&format!("{}, {}", likelihood.term(), likelihood.range()));
        let band = likelihood.band.map_or_else(String::new, |(low, high)| {
            format!(
                "<rect x=\"{}\" y=\"1\" width=\"{}\" height=\"6\" class=\"f-c4\"/>",
                at(low),
                at(high - low)
            )
        });
        let _ = writeln!(
            self.out,
            "<svg class=\"likelihood\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" \
             aria-label=\"{words}\"><rect x=\"0\" y=\"3\" width=\"100\" height=\"2\" \
             class=\"f-rule\"/>{band}<rect x=\"{}\" y=\"0\" width=\"0.8\" height=\"8\" \
             class=\"f-ink\"/></svg>",
            at(likelihood.probability - 0.004)
        );
    }

    fn changes(&mut self) {
        let Some(changes) = &self.brief.changes else {
            return;
        };
        self.open("What changed");
        let _ = writeln!(
            self.out,
            "<p>Since the brief of {}:</p>",
            date(changes.since)
        );
        self.list("ul", &changes.items);
        self.close();
    }

    fn assumptions(&mut self) {
        if self.brief.assumptions.is_empty() {
            return;
        }
        self.open("Assumptions");
        self.list("ol", &self.brief.assumptions);
        self.close();
    }

    fn indicators(&mut self) {
        if self.brief.indicators.is_empty() {
            return;
        }
        self.open("Indicators to watch");
        self.put("<dl class=\"indicators\">\n");
        for Indicator { event, by, moves } in &self.brief.indicators {
            self.put("<div><dt>");
            self.text(event);
            if let Some(by) = by {
                let _ = write!(self.out, " <span class=\"by\">by {}</span>", date(*by));
            }
            self.put("</dt>\n<dd>");
            self.text(moves);
            self.put("</dd></div>\n");
        }
        self.put("</dl>\n");
        self.close();
    }

    fn sources(&mut self) {
        self.open("Sources");
        if !self.brief.source_summary.is_empty() {
            self.paragraph(&self.brief.source_summary);
        }
        if !self.brief.sources.is_empty() {
            self.put("<ul class=\"sources\">\n");
            for source in &self.brief.sources {
                let _ = writeln!(
                    self.out,
                    "<li id=\"source-{}\">{}</li>",
                    slug(&source.key),
                    source_line(source)
                );
            }
            self.put("</ul>\n");
        }
        self.close();
    }

    fn method(&mut self) {
        let method = &self.brief.method;
        self.open("Method");
        for paragraph in &method.paragraphs {
            self.paragraph(paragraph);
        }
        let _ = writeln!(self.out, "<p>{}</p>", escape(COMPOSED));
        if !method.facts.is_empty() {
            self.put("<dl class=\"facts\">\n");
            for (name, value) in &method.facts {
                let (name, value) = (escape(name), escape(value));
                let _ = writeln!(self.out, "<div><dt>{name}</dt><dd>{value}</dd></div>");
            }
            self.put("</dl>\n");
        }
        if let Some(replay) = &method.replay {
            let _ = writeln!(
                self.out,
                "<p>The same bytes again:</p>\n<pre><code>{}</code></pre>",
                escape(replay)
            );
        }
        self.close();
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph(text) => self.paragraph(text),
            Block::Heading(heading) => {
                let _ = writeln!(self.out, "<h3>{}</h3>", escape(heading));
            }
            Block::List(items) => self.list("ul", items),
            Block::Figure { picture, caption } => self.figure(picture, caption),
            Block::Table(table) => {
                self.table(table);
            }
        }
    }

    fn paragraph(&mut self, text: &'a Text) {
        self.put("<p>");
        self.text(text);
        self.put("</p>\n");
    }

    fn list(&mut self, tag: &str, items: &'a [Text]) {
        let _ = writeln!(self.out, "<{tag}>");
        for item in items {
            self.put("<li>");
            self.text(item);
            self.put("</li>\n");
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn figure(&mut self, picture: &'a Picture, caption: &'a Text) {
        self.figures += 1;
        let number = self.figures;
        let (title, description) = (&picture.title, &picture.description);
        let wide = picture
            .wide
            .inline(&format!("f{number}-wide"), title, description);
        let narrow = picture
            .narrow
            .inline(&format!("f{number}-narrow"), title, description);
        let _ = writeln!(
            self.out,
            "<figure id=\"figure-{number}\">\n<figcaption>\n<p class=\"figure-title\"><span>Figure \
             {number}</span> {}</p>",
            escape(title)
        );
        if !caption.is_empty() {
            self.put("<p class=\"figure-caption\">");
            self.text(caption);
            self.put("</p>\n");
        }
        let _ = writeln!(
            self.out,
            "</figcaption>\n<div class=\"wide\">{wide}</div>\n<div class=\"narrow\">{narrow}</div>"
        );
        self.put("<details>\n<summary>The same in numbers</summary>\n");
        self.table(&picture.table);
        self.put("</details>\n</figure>\n");
    }

    fn table(&mut self, table: &'a Table) {
        let label = if table.caption.is_empty() {
            "Table"
        } else {
            &table.caption
        };
        let _ = writeln!(
            self.out,
            "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">\n<table>",
            escape(label)
        );
        if !table.caption.is_empty() {
            let _ = writeln!(self.out, "<caption>{}</caption>", escape(&table.caption));
        }
        self.put("<thead><tr>");
        for column in &table.columns {
            let class = if column.numeric { " class=\"num\"" } else { "" };
            let _ = write!(
                self.out,
                "<th scope=\"col\"{class}>{}</th>",
                escape(&column.heading)
            );
        }
        self.put("</tr></thead>\n<tbody>\n");
        let empty = const { &Text(Vec::new()) };
        for row in &table.rows {
            self.put("<tr>");
            for (place, column) in table.columns.iter().enumerate() {
                let cell = row.get(place).unwrap_or(empty);
                let class = if column.numeric { " class=\"num\"" } else { "" };
                let (tag, scope) = if place == 0 {
                    ("th", " scope=\"row\"")
                } else {
                    ("td", "")
                };
                let _ = write!(self.out, "<{tag}{scope}{class} dir=\"auto\">");
                self.text(cell);
                let _ = write!(self.out, "</{tag}>");
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n");
        for note in &table.notes {
            let _ = writeln!(self.out, "<p class=\"table-note\">{}</p>", escape(note));
        }
        self.put("</div>\n");
    }

    fn text(&mut self, text: &'a Text) {
        for span in &text.0 {
            match span {
                Span::Plain(words) => self.put(&escape(words)),
                Span::Name(name) => {
                    let _ = write!(self.out, "<bdi>{}</bdi>", escape(name));
                }
                Span::Strong(words) => {
                    let _ = write!(self.out, "<strong>{}</strong>", escape(words));
                }
                Span::Number { text, note } => self.reference(text, note),
                Span::Likelihood { term, range } => {
                    let (term, range) = (escape(term), escape(range));
                    let _ = write!(
                        self.out,
                        "<span class=\"term\">{term}</span> <span class=\"range\">({range})</span>"
                    );
                }
            }
        }
    }

    /// A number that opens its note; a key without a note leaves the number plain.
    fn reference(&mut self, words: &str, key: &str) {
        self.mention(words, key, true);
    }

    fn mention(&mut self, words: &str, key: &str, raised: bool) {
        let words = escape(words);
        let Some(number) = self.numbers.get(key).copied() else {
            self.put(&words);
            return;
        };
        let uses = self.uses.entry(number).or_insert(0);
        *uses += 1;
        let use_number = *uses;
        let raised = if raised {
            format!("<sup>{number}</sup>")
        } else {
            String::new()
        };
        let _ = write!(
            self.out,
            "<a class=\"n\" id=\"r{number}-{use_number}\" href=\"#n{number}\">{words}{raised}</a>"
        );
    }
}

/// The id of a section's heading. Sections of the same name are told apart by the caller's order.
fn section_id(brief: &Brief, heading: &str) -> String {
    match brief
        .sections
        .iter()
        .position(|section| std::ptr::eq(section.heading.as_str(), heading))
    {
        Some(place) => format!("s{}-{}", place + 1, slug(heading)),
        None => slug(heading),
    }
}

fn date(date: jiff::civil::Date) -> String {
    format!(
        "<time datetime=\"{date}\">{}</time>",
        written(date).replace(' ', "\u{a0}")
    )
}

/// A source on one line, its title a link where its address is one.
fn source_line(source: &SourceEntry) -> String {
    let title = if source.title.is_empty() {
        &source.key
    } else {
        &source.title
    };
    let title = format!("<bdi>{}</bdi>", escape(title));
    let mut line = match source.url.as_deref().and_then(link) {
        Some(url) => format!("<cite><a href=\"{url}\" rel=\"noreferrer\">{title}</a></cite>"),
        None => format!("<cite>{title}</cite>"),
    };
    let mut rest = Vec::new();
    rest.extend(
        source
            .publisher
            .as_ref()
            .map(|publisher| format!("<bdi>{}</bdi>", escape(publisher))),
    );
    rest.extend(source.published.map(date));
    if !rest.is_empty() {
        let _ = write!(line, ", {}", rest.join(", "));
    }
    if let Some(rating) = &source.rating {
        let _ = write!(
            line,
            "\u{a0}<span class=\"rating\" title=\"{}\">{}</span>",
            escape(&admiralty(rating)),
            escape(rating)
        );
    }
    line
}

/// An address that may become a link, escaped.
fn link(url: &str) -> Option<String> {
    let lower = url.to_ascii_lowercase();
    let is_web = lower.starts_with("http://") || lower.starts_with("https://");
    let is_plain = url
        .chars()
        .all(|letter| !letter.is_whitespace() && !crate::svg::is_dropped(letter));
    (is_web && is_plain).then(|| escape(url))
}

/// A rating of the Admiralty scale in words.
fn admiralty(rating: &str) -> String {
    let mut letters = rating.chars();
    let reliability = match letters.next() {
        Some('A') => "completely reliable",
        Some('B') => "usually reliable",
        Some('C') => "fairly reliable",
        Some('D') => "not usually reliable",
        Some('E') => "unreliable",
        Some('F') => "reliability cannot be judged",
        _ => return "rating".to_owned(),
    };
    let credibility = match letters.next() {
        Some('1') => "confirmed by other sources",
        Some('2') => "probably true",
        Some('3') => "possibly true",
        Some('4') => "doubtful",
        Some('5') => "improbable",
        Some('6') => "truth cannot be judged",
        _ => return reliability.to_owned(),
    };
    format!("{reliability}; {credibility}")
}
