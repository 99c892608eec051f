//! Paragraphs, lists, figures, tables and the spans of a text.

use super::Page;
use crate::brief::Block;
use crate::picture::Picture;
use crate::svg::escape;
use crate::table::Table;
use crate::text::{Span, Text};
use std::fmt::Write;

impl<'a> Page<'a> {
    pub(super) fn block(&mut self, block: &'a Block) {
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
            Block::Details { summary, blocks } => self.details(summary, blocks),
        }
    }

    /// What is folded away; on paper it is printed in full.
    pub(super) fn details(&mut self, summary: &str, blocks: &'a [Block]) {
        let summary = escape(summary);
        let _ = writeln!(self.out, "<details class=\"fold\">\n<summary>{summary}</summary>");
        blocks.iter().for_each(|block| self.block(block));
        self.put("</details>\n");
    }

    pub(super) fn paragraph(&mut self, text: &'a Text) {
        self.put("<p>");
        self.text(text);
        self.put("</p>\n");
    }

    pub(super) fn list(&mut self, tag: &str, items: &'a [Text]) {
        let _ = writeln!(self.out, "<{tag}>");
        for item in items {
            self.put("<li>");
            self.text(item);
            self.put("</li>\n");
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    pub(super) fn figure(&mut self, picture: &'a Picture, caption: &'a Text) {
        self.figures += 1;
        let number = self.figures;
        let (title, description) = (&picture.title, &picture.description);
        let wide = picture.wide.inline(&format!("f{number}-wide"), title, description);
        let narrow = picture.narrow.inline(&format!("f{number}-narrow"), title, description);
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

    pub(super) fn table(&mut self, table: &'a Table) {
        let label = if table.caption.is_empty() { "Table" } else { &table.caption };
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
            let _ = write!(self.out, "<th scope=\"col\"{class}>{}</th>", escape(&column.heading));
        }
        self.put("</tr></thead>\n<tbody>\n");
        let empty = const { &Text(Vec::new()) };
        for row in &table.rows {
            self.put("<tr>");
            for (place, column) in table.columns.iter().enumerate() {
                let cell = row.get(place).unwrap_or(empty);
                let class = if column.numeric { " class=\"num\"" } else { "" };
                let (tag, scope) = if place == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                let _ = write!(self.out, "<{tag}{scope}{class} dir=\"auto\">");
                self.text(cell);
                let _ = write!(self.out, "</{tag}>");
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n");
        for note in table.notes.iter().chain(&table.marks) {
            let _ = writeln!(self.out, "<p class=\"table-note\">{}</p>", escape(note));
        }
        self.put("</div>\n");
    }

    pub(super) fn text(&mut self, text: &'a Text) {
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
    pub(super) fn reference(&mut self, words: &str, key: &str) {
        self.mention(words, key, true);
    }

    pub(super) fn mention(&mut self, words: &str, key: &str, raised: bool) {
        let words = escape(words);
        let Some(number) = self.numbers.get(key).copied() else {
            self.put(&words);
            return;
        };
        let uses = self.uses.entry(number).or_insert(0);
        *uses += 1;
        let use_number = *uses;
        let raised = if raised { format!("<sup>{number}</sup>") } else { String::new() };
        let _ = write!(
            self.out,
            "<a class=\"n\" id=\"r{number}-{use_number}\" href=\"#n{number}\">{words}{raised}</a>"
        );
    }
}
