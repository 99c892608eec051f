//! The header block: what a person knows of a document, written at its head.
//!
//! ```text
//! ---
//! title: Harbour dues divide the island
//! publisher: The Amar Courier
//! published: 2031-03-14
//! author: Mara Tolle
//! address: https://courier.example/dues
//! rating: B2
//! ---
//! ```
//!
//! The first line is three hyphens, and so is the line that closes it. Each line between is a key, a
//! colon and a value; quotation marks around a value are left out. A key that is not known is named
//! with the nearest that is; it stops nothing, for pages carry headers of their own. The block stays
//! in the text of a plain document and is no part of any sentence.

use crate::source::DocumentSource;

/// What may be said of a source.
pub(crate) const KEYS: [&str; 6] =
    ["title", "publisher", "published", "author", "address", "rating"];

/// A header block as read.
#[derive(Debug, Default)]
pub(crate) struct Header {
    pub(crate) source: DocumentSource,
    /// One past its last byte; 0 where there is none.
    pub(crate) end: usize,
    pub(crate) notices: Vec<String>,
}

/// Longest header block, in lines and bytes.
const MOST_LINES: usize = 64;
const MOST_BYTES: usize = 16 << 10;

pub(crate) fn header(text: &str) -> Header {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut out = Header::default();
    let mut at = start;
    let mut found = Vec::new();
    for (number, line) in text[start..].split_inclusive('\n').take(MOST_LINES).enumerate() {
        at += line.len();
        let line = line.trim();
        if number == 0 {
            if line != "---" {
                return out;
            }
        } else if line == "---" {
            out.end = at;
            break;
        } else if at > start + MOST_BYTES {
            return out;
        } else if let Some((key, value)) = line.split_once(':') {
            found.push((number + 1, key.trim().to_lowercase(), value.trim()));
        } else if !line.is_empty() && !line.starts_with(['#', '-']) {
            // prose between two rules is no header
            return out;
        }
    }
    if out.end == 0 {
        return out;
    }
    for (number, key, value) in found {
        let value = value.trim_matches(['"', '\'']).trim();
        if let Err(fault) = apply(&mut out.source, &key, value) {
            out.notices.push(format!("header, line {number}: {fault}"));
        }
    }
    out
}

/// Sets one field of a source by its key; a fault names the key and what would mend it.
pub(crate) fn apply(source: &mut DocumentSource, key: &str, value: &str) -> Result<(), String> {
    let words = (!value.is_empty()).then(|| value.to_owned());
    match key {
        "title" => source.title = words,
        "publisher" => source.publisher = words,
        "author" => source.author = words,
        "address" => source.address = words,
        "published" if value.is_empty() => {}
        "published" => match value.parse() {
            Ok(date) => source.published = Some(date),
            Err(_) => {
                return Err(format!("published {value:?}: not a day; write it as 2031-03-14"));
            }
        },
        "rating" if value.is_empty() => {}
        "rating" => source.rating = Some(value.parse().map_err(|e| format!("{e}"))?),
        other => {
            let near = KEYS.iter().map(|k| (strsim::osa_distance(k, other), *k)).min();
            return Err(match near.filter(|(distance, _)| *distance <= 3) {
                Some((_, near)) => format!("no key {other:?} is known; did you mean {near:?}?"),
                None => format!("no key {other:?} is known; known are {}", KEYS.join(", ")),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_gives_the_source_and_names_what_it_does_not_know() {
        let text = "---\ntitle: \"Dues: a history\"\npublished: 2031-03-14\nratng: B2\ntags: a\n---\nThe port closed.";
        let header = header(text);
        assert_eq!(header.source.title.as_deref(), Some("Dues: a history"));
        assert_eq!(header.source.published.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
        assert_eq!(&text[header.end..], "The port closed.");
        assert_eq!(
            header.notices[0],
            "header, line 4: no key \"ratng\" is known; did you mean \"rating\"?"
        );
        assert!(header.notices[1].contains("known are title, publisher"));
    }

    #[test]
    fn a_rule_and_prose_are_no_header() {
        for text in ["---\nThe port closed.\n---\n", "---\ntitle: x\n", "title: x\n---\n", ""] {
            assert_eq!(header(text).end, 0, "{text}");
        }
    }

    #[test]
    fn a_bad_day_or_rating_is_named_with_what_would_mend_it() {
        let header = header("---\npublished: 14 March\nrating: Z9\n---\n");
        assert!(header.notices[0].contains("2031-03-14") && header.notices[1].contains("A to F"));
    }
}
