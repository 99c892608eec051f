//! The brief as one HTML file: no script, nothing fetched.
//!
//! A number is a link to its evidence note; the note opens beside the text by `:target` alone, so
//! that it works in any browser and prints as an endnote. Everything from outside is escaped, and
//! only addresses that begin with http:// or https:// become links.

mod blocks;
mod notes;
mod source;

pub(crate) use notes::count;

use crate::brief::{Brief, COMPOSED, Indicator, Judgement};
use crate::numbers;
use crate::svg::{escape, slug, stylesheet};
use source::source_line;
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

/// A part of the page.
pub(crate) struct Part {
    /// The id of its heading.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its section, as HTML.
    pub html: String,
}

/// The parts of a brief's page, for those who set them in another frame.
pub(crate) fn parts(brief: &Brief) -> Vec<Part> {
    let numbers = brief.numbering();
    let mut page = Page { brief, numbers, uses: BTreeMap::new(), figures: 0, out: String::new() };
    page.parts()
}

/// The stylesheet of the page without that of the pictures.
pub(crate) fn page_style() -> &'static str {
    PAGE_STYLE
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
        self.put("<main>\n");
        let head = std::mem::take(&mut self.out);
        let parts = self.parts();
        self.out = head;
        parts.iter().for_each(|part| self.put(&part.html));
        self.put("</main>\n");
        // After the answers, which a reader on a telephone wants first; beside them where there is room.
        self.contents();
        self.put("</div>\n</body>\n</html>\n");
    }

    /// Every part of the page, in order.
    fn parts(&mut self) -> Vec<Part> {
        let brief = self.brief;
        let mut parts = Vec::new();
        let mut end = |page: &mut Self, heading: &str| {
            let html = std::mem::take(&mut page.out);
            if !html.is_empty() {
                let (id, heading) = (section_id(brief, heading), heading.to_owned());
                parts.push(Part { id, heading, html });
            }
        };
        self.bottom_line();
        end(self, "Bottom line");
        self.judgements();
        end(self, "Key judgements");
        self.changes();
        end(self, "What changed");
        for section in &brief.sections {
            self.open(&section.heading);
            section.blocks.iter().for_each(|block| self.block(block));
            self.close();
            end(self, &section.heading);
        }
        self.assumptions();
        end(self, "Assumptions");
        self.indicators();
        end(self, "Indicators to watch");
        if !brief.record.is_empty() {
            self.open("Record");
            brief.record.iter().for_each(|block| self.block(block));
            self.close();
        }
        end(self, "Record");
        self.sources();
        end(self, "Sources");
        self.method();
        end(self, "Method");
        self.notes();
        end(self, "Evidence notes");
        parts
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
            let _ = writeln!(self.out, "<p class=\"subtitle\">{}</p>", escape(&brief.subtitle));
        }
        self.put("</header>\n");
    }

    /// The headings of the page, in order.
    fn headings(&self) -> Vec<&'a str> {
        let brief = self.brief;
        let mut headings = vec!["Bottom line"];
        let parts = [
            (!brief.judgements.is_empty() && !brief.bottom_line.is_empty(), "Key judgements"),
            (brief.changes.is_some(), "What changed"),
        ];
        headings.extend(parts.iter().filter(|part| part.0).map(|part| part.1));
        headings.extend(brief.sections.iter().map(|section| section.heading.as_str()));
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
        if self.brief.bottom_line.is_empty() {
            return self.answers();
        }
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

    /// The judgements as the bottom line.
    fn answers(&mut self) {
        self.put("<section class=\"first\" aria-labelledby=\"bottom-line\">\n");
        self.put("<h2 id=\"bottom-line\">Bottom line</h2>\n<ol class=\"judgements\">\n");
        for judgement in &self.brief.judgements {
            self.judgement(judgement);
        }
        self.put("</ol>\n");
        if let Some(asked) = &self.brief.asked {
            self.put("<p class=\"key\">");
            self.text(asked);
            self.put(" The bar beneath each answer is the range its word stands for, from 0 to 100%; the mark on it is what was found.</p>\n");
        }
        self.close();
    }

    fn judgements(&mut self) {
        if self.brief.judgements.is_empty() || self.brief.bottom_line.is_empty() {
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
                let words = self.numbers.get(key.as_str()).map(|number| format!("note {number}"));
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
        let _ = writeln!(self.out, "<p>Since the brief of {}:</p>", date(changes.since));
        self.list("ul", &changes.items);
        if !changes.detail.is_empty() {
            self.details("What is new in the case", &changes.detail);
        }
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
}

/// The id of a section's heading. Sections of the same name are told apart by the caller's order.
fn section_id(brief: &Brief, heading: &str) -> String {
    match brief.sections.iter().position(|section| std::ptr::eq(section.heading.as_str(), heading))
    {
        Some(place) => format!("s{}-{}", place + 1, slug(heading)),
        None => slug(heading),
    }
}

fn date(date: jiff::civil::Date) -> String {
    format!("<time datetime=\"{date}\">{}</time>", numbers::day(date).replace(' ', "\u{a0}"))
}
