//! The first standard: the quality and credibility of sources.

use crate::lint::page::{Page, Purpose, flat, quotations};
use crate::lint::{Found, Held, Rule, Standard};

pub(super) const NOTE_MISSING: Rule = Rule {
    name: "note-missing",
    standard: Standard::Sourcing,
    asks: "Every note that the text opens is there.",
    fix: "write the note, or take the reference out",
    look: |held, found| {
        let pieces = held.page.parts.iter().flat_map(|part| &part.pieces);
        for piece in pieces {
            for (at, label) in &piece.references {
                // Of links within a page only those to notes are references.
                let is_mark = piece.text.get(*at..).is_some_and(|rest| rest.starts_with("[^"));
                let is_reference = is_mark || looks_like(held.page, label);
                if held.page.note(label).is_none() && is_reference {
                    found.at(piece.line_of(*at), format!("the note [{label}] is not there"));
                }
            }
        }
    },
};

/// Whether a label is built like those of the notes: the same letters before its digits.
fn looks_like(page: &Page, label: &str) -> bool {
    let stem = |label: &str| label.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    page.notes.iter().any(|note| stem(&note.label) == stem(label))
}

pub(super) const NOTE_EMPTY: Rule = Rule {
    name: "note-empty",
    standard: Standard::Sourcing,
    asks: "Every note says where its number comes from: a source, a sentence, a judgement or a derivation.",
    fix: "cite a source or a sentence, or say who judged it and why",
    look: |held, found| {
        for note in &held.page.notes {
            // A lead of a subject alone derives nothing.
            let derives = note.lead.contains(". ") || note.lead.trim_end().ends_with('.');
            let says = !quotations(&note.lead).is_empty() || note.lead.contains("Judged");
            if note.entries.is_empty() && !derives && !says && !names_source(held.page, &note.lead)
            {
                found.at(note.line, format!("the note [{}] cites nothing", note.label));
            }
        }
    },
};

/// The titles in the list of sources.
fn titles(page: &Page) -> Vec<String> {
    let parts = page.parts_for(Purpose::Sources).flat_map(|part| &part.pieces);
    let items = parts.filter(|piece| matches!(piece.kind, crate::lint::page::Kind::Item(_)));
    items.map(|piece| flat(&piece.text)).collect()
}

/// Whether words name a source of the list: they hold the beginning of its line, up to its publisher.
fn names_source(page: &Page, words: &str) -> bool {
    let words = flat(words);
    titles(page).iter().any(|line| {
        let mut parts = line.split(", ");
        let title = parts.next().unwrap_or(line);
        !title.is_empty() && words.contains(title)
    })
}

pub(super) const QUOTE_ALTERED: Rule = Rule {
    name: "quote-altered",
    standard: Standard::Sourcing,
    asks: "Every quoted sentence of a note stands in a document, byte for byte.",
    fix: "quote the document's own words, or take the quotation marks out",
    look: |held, found| {
        let Some(documents) = held.documents else { return };
        for note in &held.page.notes {
            let lead = std::iter::once((note.line, note.lead.clone()));
            for (line, entry) in lead.chain(note.entries.iter().cloned()) {
                // The subject and the derivation may name things in quotation marks.
                let is_lead = !note.entries.is_empty() && line == note.line && entry == note.lead;
                if is_lead {
                    continue;
                }
                for quote in cited(&entry) {
                    let quote = flat(quote);
                    let named =
                        documents.texts.iter().filter(|(title, _)| entry_names(&entry, title));
                    let named: Vec<&String> = named.map(|(_, text)| text).collect();
                    let stands = match named.is_empty() {
                        true => documents.texts.values().any(|text| text.contains(&quote)),
                        false => named.iter().any(|text| text.contains(&quote)),
                    };
                    if !stands {
                        found.at(
                            line,
                            format!("“{}” stands in no document it names", short(&quote)),
                        );
                    }
                }
            }
        }
    },
};

fn entry_names(entry: &str, title: &str) -> bool {
    !title.is_empty() && flat(entry).contains(title)
}

/// The quotations of an entry that are sentences of a source: those that a dash sets apart, not the
/// names within its value.
fn cited(entry: &str) -> Vec<&str> {
    let all = quotations(entry).into_iter();
    all.filter(|quote| {
        let from = quote.as_ptr() as usize - entry.as_ptr() as usize;
        let before = entry[..from].trim_end_matches(['“', '"']).trim_end();
        before.is_empty() || before.ends_with(['—', '–', ':', '.', ','])
    })
    .collect()
}

fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

pub(super) const SOURCE_UNLISTED: Rule = Rule {
    name: "source-unlisted",
    standard: Standard::Sourcing,
    asks: "Every sentence quoted in a note names a source of the list.",
    fix: "name the source as the list does, or add it to the list",
    look: |held, found| {
        for note in &held.page.notes {
            for (line, entry) in &note.entries {
                if !cited(entry).is_empty() && !names_source(held.page, entry) {
                    found.at(
                        *line,
                        format!("the note [{}] quotes a source that is not listed", note.label),
                    );
                }
            }
            let lead = &note.lead;
            if note.entries.is_empty() && !cited(lead).is_empty() && !names_source(held.page, lead)
            {
                found.at(
                    note.line,
                    format!("the note [{}] quotes a source that is not listed", note.label),
                );
            }
        }
    },
};

/// The lines of the list of sources: (line, words).
fn listed(page: &Page) -> impl Iterator<Item = (usize, &str)> {
    let pieces = page.parts_for(Purpose::Sources).flat_map(|part| &part.pieces);
    let items = pieces.filter(|piece| matches!(piece.kind, crate::lint::page::Kind::Item(_)));
    items.map(|piece| (piece.line(), piece.text.as_str()))
}

pub(super) const SOURCE_UNRATED: Rule = Rule {
    name: "source-unrated",
    standard: Standard::Sourcing,
    asks: "Every source of the list has a rating on the Admiralty scale, such as B2.",
    fix: "rate how reliable the source is (A to F) and how credible what it says (1 to 6)",
    look: |held, found| {
        for (line, source) in listed(held.page) {
            if !source.split(|c: char| !c.is_alphanumeric()).any(is_rating) {
                found.at(line, format!("“{}” has no rating", short(source.trim())));
            }
        }
    },
};

fn is_rating(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'F', b'1'..=b'6'])
}

pub(super) const SOURCE_UNDATED: Rule = Rule {
    name: "source-undated",
    standard: Standard::Sourcing,
    asks: "Every source of the list has the year it was published in, or later its day.",
    fix: "give the day it was published",
    look: |held, found| {
        for (line, source) in listed(held.page) {
            if !has_year(source) {
                found.at(line, format!("“{}” has no date", short(source.trim())));
            }
        }
    },
};

/// Whether a text holds a year of four digits.
pub(super) fn has_year(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| {
        word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1000..3000).contains(&year))
    })
}

pub(super) const SUMMARY_MISSING: Rule = Rule {
    name: "source-summary-missing",
    standard: Standard::Sourcing,
    asks: "A paragraph on the sources says how many there are and how reliable.",
    fix: "say beneath the heading “Sources” how many there are, how reliable, how independent",
    look: summary,
};

fn summary(held: &Held<'_>, found: &mut Found) {
    let pieces = held.page.parts_for(Purpose::Sources).flat_map(|part| &part.pieces);
    let mut paragraphs = pieces
        .filter(|piece| piece.kind == crate::lint::page::Kind::Paragraph)
        .map(|p| p.text.to_lowercase());
    let says = |text: &String| {
        let counts = text.chars().any(|c| c.is_ascii_digit())
            || [
                "one ", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ",
                "ten ",
            ]
            .iter()
            .any(|word| text.contains(word));
        counts
            && ["reliab", "rated", "independent", "credib"].iter().any(|word| text.contains(word))
    };
    if !paragraphs.any(|text| says(&text)) {
        let line = held.page.line_of(Purpose::Sources);
        found.at(line, "nothing says how many sources there are and how reliable");
    }
}

pub(super) const COUNTS_ODD: Rule = Rule {
    name: "counts-do-not-fit",
    standard: Standard::Sourcing,
    asks: "Counts of sources fit: not nought, and no more independent sources than are cited.",
    fix: "count what is listed, or leave the count out",
    look: |held, found| {
        for note in &held.page.notes {
            let all = note.words().to_lowercase();
            if before(&all, "pieces of evidence") == Some(0) || before(&all, "citations") == Some(0)
            {
                found.at(note.line, "nothing is counted");
            }
            if let (Some(cited), Some(independent)) =
                (before(&all, "citations"), before(&all, "independent sources"))
                && independent > cited
            {
                found.at(
                    note.line,
                    format!("{independent} independent sources of {cited} citations"),
                );
            }
        }
    },
};

/// The whole number before some words.
fn before(text: &str, words: &str) -> Option<u32> {
    let at = text.find(words)?;
    text[..at].split_whitespace().next_back()?.parse().ok()
}
