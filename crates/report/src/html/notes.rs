//! The evidence notes of the page: one for each number, with the sentences it comes from.

use super::Page;
use super::source::{admiralty, source_line};
use crate::brief::EvidenceNote;
use crate::brief::grouping::{Group, groups};
use crate::svg::escape;
use std::fmt::Write;

impl Page<'_> {
    /// Writes all notes in the order of their numbers.
    pub(super) fn notes(&mut self) {
        let brief = self.brief;
        if brief.notes.is_empty() {
            return;
        }
        self.open("Evidence notes");
        let mut order: Vec<(usize, &str)> =
            self.numbers.iter().map(|(key, number)| (*number, *key)).collect();
        order.sort_unstable();
        self.put("<ol class=\"notes\">\n");
        for (number, key) in order {
            if let Some(note) = brief.notes.get(key) {
                self.note(number, note);
            }
        }
        self.put("</ol>\n");
        self.close();
    }

    fn note(&mut self, number: usize, note: &EvidenceNote) {
        let _ = write!(
            self.out,
            "<li id=\"n{number}\" value=\"{number}\">\n<a class=\"close\" href=\"#closed\" \
             aria-label=\"Close note {number}\">Close</a>\n<p class=\"subject\"><span class=\"no\">{number}</span> {}</p>\n",
            escape(&note.subject)
        );
        if let Some(derivation) = &note.derivation {
            let _ = writeln!(self.out, "<p>{}</p>", escape(&derivation.to_plain()));
        }
        if note.citations.len() > 1 || note.independent.is_some() {
            let _ = writeln!(self.out, "<p class=\"count\">{}</p>", escape(&count(note)));
        }
        if !note.citations.is_empty() {
            self.put("<ul>\n");
            for group in groups(note) {
                self.group(&group);
            }
            self.put("</ul>\n");
        }
        let uses = self.uses.get(&number).copied().unwrap_or(0);
        if uses > 0 {
            self.put("<p class=\"back\">Back to the text:");
            for place in 1..=uses {
                let _ = write!(
                    self.out,
                    " <a href=\"#r{number}-{place}\" aria-label=\"Note {number}, mention {place}\">\
                     {place}</a>"
                );
            }
            self.put("</p>\n");
        }
        self.put("</li>\n");
    }

    fn group(&mut self, group: &Group<'_>) {
        self.put("<li>");
        for value in &group.values {
            let _ = write!(self.out, "<p class=\"value\">{}</p>", escape(value));
        }
        if let Some(words) = quoted(group.quote, group.sentence) {
            let _ = write!(self.out, "<blockquote dir=\"auto\">{words}</blockquote>");
        }
        if let Some(judged) = group.judged {
            let _ = write!(self.out, "<p class=\"judged\"><b>Judged.</b> {}</p>", escape(judged));
        }
        for source in &group.sources {
            let _ = write!(self.out, "<p class=\"source\">{}", source_line(source));
            if let Some(rating) = &source.rating {
                let _ =
                    write!(self.out, " <span class=\"soft\">{}</span>", escape(&admiralty(rating)));
            }
            self.put("</p>");
        }
        self.put("</li>\n");
    }
}

/// The sentence with the quoted words marked in it; the words alone where they are not in it.
fn quoted(quote: Option<&str>, sentence: Option<&str>) -> Option<String> {
    let Some(sentence) = sentence else {
        return quote.map(escape);
    };
    let parted = quote.and_then(|quote| sentence.split_once(quote).map(|(a, b)| (a, quote, b)));
    Some(match (parted, quote) {
        (Some((before, quote, after)), _) => {
            format!("{}<mark>{}</mark>{}", escape(before), escape(quote), escape(after))
        }
        (None, Some(quote)) => format!("<mark>{}</mark> … {}", escape(quote), escape(sentence)),
        (None, None) => escape(sentence),
    })
}

/// "4 citations, 2 independent sources".
pub(crate) fn count(note: &EvidenceNote) -> String {
    let plural = |n: usize, one: &str, many: &str| {
        if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
    };
    let citations = plural(note.citations.len(), "citation", "citations");
    match note.independent {
        Some(n) => format!(
            "{citations}, {}",
            plural(n as usize, "independent source", "independent sources")
        ),
        None => citations,
    }
}
