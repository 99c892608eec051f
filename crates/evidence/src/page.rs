//! One document as one page: its text with what was read in it, and every record with its rule.
//!
//! The page has no script and asks nothing of the network; its policy says so. Text of the document is escaped
//! wherever it stands, and marks that would turn the direction of writing are shown instead of obeyed. Kinds are
//! told apart by the form of their mark as well as by its colour, and each can be hidden.

mod details;
mod style;

use crate::lexicon::Lexicon;
use crate::records::Standing;
use crate::store::{DocumentEntry, StoredRecords};

/// A stretch of text that a record marks.
struct Mark<'a> {
    start: usize,
    end: usize,
    class: &'static str,
    record: &'a str,
}

/// Kinds shown, each with the class of its mark.
const KINDS: [(&str, &str); 5] = [
    ("actor", "Actors"),
    ("event", "Events"),
    ("claim", "Claims"),
    ("quantity", "Quantities"),
    ("date", "Dates"),
];

/// Writes the page of a document.
///
/// `text` is the decoded text that the records' spans refer to; spans that do not fit it are left out. Names of
/// actors come from the lexicon.
#[must_use]
pub fn page(
    entry: &DocumentEntry,
    text: &str,
    records: &StoredRecords,
    lexicon: &Lexicon,
) -> String {
    let heading = records.sentences.iter().find(|s| s.standing == Standing::Heading.word());
    let heading = heading.map(|s| s.quote.trim()).filter(|h| h.chars().count() < 160);
    let title = entry.title.as_deref().or(heading).unwrap_or(&entry.source_key);
    let mut out = String::with_capacity(text.len() * 4);
    out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(&format!(
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
        escape(title),
        style::CSS
    ));
    out.push_str(&format!("<header>\n<h1 dir=\"auto\">{}</h1>\n<p>", escape(title)));
    let said = [&entry.publisher, &entry.dated, &entry.rating, &entry.address];
    let said: Vec<String> =
        said.into_iter().flatten().map(|s| format!("<bdi>{}</bdi>", escape(s))).collect();
    out.push_str(&said.join(" · "));
    out.push_str(&format!(
        "{}<span class=\"fine\">{}, version {}, BLAKE3 {}</span></p>\n",
        if said.is_empty() { "" } else { "<br>" },
        escape(&entry.source_key),
        entry.version,
        escape(entry.id.get(..16).unwrap_or(&entry.id)),
    ));
    out.push_str("<div class=\"legend\" role=\"group\" aria-label=\"What is marked\">\n");
    for (class, word) in KINDS {
        out.push_str(&format!(
            "<label><input type=\"checkbox\" id=\"k-{class}\" checked> <span class=\"m {class}\">{word}</span></label>\n"
        ));
    }
    out.push_str("<span class=\"off\">Not running text: furniture, copies, other stories</span>\n</div>\n</header>\n");
    out.push_str("<main>\n<article aria-label=\"The document\">\n");
    body(&mut out, text, records);
    out.push_str("</article>\n<aside aria-label=\"What was read\">\n");
    details::list(&mut out, records, lexicon);
    out.push_str("</aside>\n</main>\n</body>\n</html>\n");
    out
}

fn marks(records: &StoredRecords) -> Vec<Mark<'_>> {
    let mut all = Vec::new();
    let mut add = |quote: &crate::span::Quote, class, record| {
        let span = quote.span();
        all.push(Mark { start: span.start(), end: span.end(), class, record });
    };
    let shown = |standing: Standing| matches!(standing, Standing::Body | Standing::Heading);
    for r in records.mentions.iter().filter(|r| shown(r.standing)) {
        add(&r.quote, "actor", &r.id);
    }
    for r in &records.events {
        add(&r.quote, "event", &r.id);
        add(&r.trigger, "trigger", &r.id);
    }
    for r in &records.claims {
        add(&r.quote, "claim", &r.id);
    }
    for r in &records.quantities {
        add(&r.quote, "quantity", &r.id);
    }
    for r in records.dates.iter().filter(|r| shown(r.standing)) {
        add(&r.quote, "date", &r.id);
    }
    all
}

/// The text line by line, cut wherever a mark begins or ends.
fn body(out: &mut String, text: &str, records: &StoredRecords) {
    let mut marks = marks(records);
    marks.retain(|m| m.start < m.end && text.get(m.start..m.end).is_some());
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.start, m.end]).collect();
    let asides = asides(text, records);
    cuts.extend(asides.iter().flat_map(|(start, end, _)| [*start, *end]));
    cuts.sort_unstable();
    cuts.dedup();
    let (mut next, mut aside, mut open): (usize, usize, Vec<usize>) = (0, 0, Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let inner = line.trim_end_matches(['\n', '\r']);
        let stop = start + inner.len();
        let from = cuts.partition_point(|c| *c <= start);
        let to = cuts.partition_point(|c| *c < stop);
        let ends = cuts[from.min(to)..to].iter().copied().chain([stop]);
        let mut paragraph = String::new();
        let mut here = start;
        for cut in ends {
            open.retain(|m| marks[*m].end > here);
            let mut begun: Vec<&Mark<'_>> = Vec::new();
            while next < marks.len() && marks[next].start <= here {
                if marks[next].end > here {
                    open.push(next);
                    begun.push(&marks[next]);
                }
                next += 1;
            }
            while aside < asides.len() && asides[aside].1 <= here {
                aside += 1;
            }
            let standing = asides
                .get(aside)
                .filter(|(s, e, _)| *s <= here && cut <= *e)
                .map(|(.., class)| *class);
            let covering: Vec<&Mark<'_>> = open.iter().map(|m| &marks[*m]).collect();
            segment(&mut paragraph, text.get(here..cut).unwrap_or(""), &covering, &begun, standing);
            here = cut;
        }
        if !inner.trim().is_empty() {
            out.push_str(&format!("<p dir=\"auto\">{paragraph}</p>\n"));
        }
    }
}

/// Stretches that are no running text, in order, with their class.
fn asides(text: &str, records: &StoredRecords) -> Vec<(usize, usize, &'static str)> {
    let mut all: Vec<(usize, usize, &'static str)> = records
        .sentences
        .iter()
        .filter_map(|s| {
            let class = match s.standing.as_str() {
                "body" => return None,
                "heading" => "head",
                _ => "off",
            };
            let (start, end) = (usize::try_from(s.start).ok()?, usize::try_from(s.end).ok()?);
            text.get(start..end).map(|_| (start, end, class))
        })
        .collect();
    all.sort_unstable();
    all
}

fn segment(
    out: &mut String,
    text: &str,
    covering: &[&Mark<'_>],
    begun: &[&Mark<'_>],
    standing: Option<&'static str>,
) {
    if text.is_empty() {
        return;
    }
    let escaped = escape(text);
    let inner = match covering.iter().min_by_key(|m| m.end - m.start) {
        None => escaped,
        Some(least) => {
            let mut classes: Vec<&str> = covering.iter().map(|m| m.class).collect();
            classes.sort_unstable();
            classes.dedup();
            // A trigger bears its event's name: the event's own mark is the place to come back to.
            let mut ids: Vec<&str> =
                begun.iter().filter(|m| m.class != "trigger").map(|m| m.record).collect();
            ids.dedup();
            let first =
                ids.pop().map_or_else(String::new, |id| format!(" id=\"s-{}\"", escape(id)));
            let others: String =
                ids.iter().map(|id| format!("<i id=\"s-{}\"></i>", escape(id))).collect();
            let (classes, record) = (classes.join(" "), escape(least.record));
            format!("{others}<a class=\"m {classes}\"{first} href=\"#{record}\">{escaped}</a>")
        }
    };
    match standing {
        Some(class) => out.push_str(&format!("<span class=\"{class}\">{inner}</span>")),
        None => out.push_str(&inner),
    }
}

/// Text made harmless: no character of it is markup, and marks that turn the direction of writing are shown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
            }
            '\t' | '\n' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_document_is_markup() {
        assert_eq!(
            escape("<script>\"&'\u{202e}\u{0}"),
            "&lt;script&gt;&quot;&amp;&#39;⟨U+202E⟩\u{fffd}"
        );
    }
}
