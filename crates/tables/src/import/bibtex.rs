//! BibTeX and BibLaTeX: each entry is a source, with the day on which it was published, its address and its terms.

use biblatex::{Bibliography, ChunksExt as _, DateValue, Entry, PermissiveType, RawBibliography};
use case::proposal::{Row, Says};
use jiff::civil::Date;

use super::Format;
use super::cited::{Cited, whole_day};
use super::rows::{Fault, all, place};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "bibtex",
    says: "sources as BibTeX or BibLaTeX",
    sources: true,
    looks,
    read,
    ..Format::PLAIN
};

fn looks(text: &str) -> bool {
    let entry = |line: &str| {
        let (kind, rest) = line.strip_prefix('@')?.split_once(['{', '('])?;
        (kind.trim().chars().all(char::is_alphabetic) && !rest.trim().is_empty()).then_some(())
    };
    text.lines().find(|line| line.starts_with('@')).is_some_and(|line| entry(line).is_some())
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let fault = |at: usize, what: String| {
        let (line, column) = place(text, at);
        Fault { line, column, what }
    };
    let broken =
        |error: biblatex::ParseError| vec![fault(error.span.start, error.kind.to_string())];
    let raw = RawBibliography::parse(text).map_err(broken)?;
    let spans: Vec<_> = raw.entries.iter().map(|entry| entry.span.clone()).collect();
    let entries = Bibliography::from_raw(raw).map_err(broken)?.into_vec();
    all(entries.iter().zip(spans).map(|(entry, span)| {
        let says = source(entry).map_err(|what| fault(span.start, what))?;
        let (line, _) = place(text, span.start);
        let text = text.get(span.clone()).unwrap_or_default().trim_end().to_owned();
        Ok(Row { line, start: span.start, text, says })
    }))
}

/// The first of some fields that an entry has, in plain words.
fn first(entry: &Entry, names: &[&str]) -> Option<String> {
    let words = |name: &&str| Some(entry.get(name)?.format_verbatim());
    names.iter().filter_map(words).find(|words| !words.trim().is_empty())
}

/// The day on which an entry came out: the first that its date allows, and whether that is the day itself.
fn published(entry: &Entry) -> Option<(Date, bool)> {
    let PermissiveType::Typed(date) = entry.date().ok()? else { return None };
    let (DateValue::At(day)
    | DateValue::After(day)
    | DateValue::Before(day)
    | DateValue::Between(_, day)) = date.value;
    let counted = |from_zero: Option<u8>| from_zero.map(|n| i8::try_from(n + 1).unwrap_or(0));
    whole_day(i16::try_from(day.year).ok()?, counted(day.month), counted(day.day))
}

fn source(entry: &Entry) -> Result<Says, String> {
    let publisher = [
        "publisher",
        "organization",
        "institution",
        "journaltitle",
        "journal",
        "howpublished",
        "author",
        "editor",
    ];
    Cited {
        key: entry.key.clone(),
        title: first(entry, &["title"]),
        publisher: first(entry, &publisher),
        published: published(entry),
        url: first(entry, &["url"]),
        licence: first(entry, &["copyright", "license", "licence", "rights"]),
        reliability: first(entry, &["reliability"]),
        credibility: first(entry, &["credibility"]),
        note: first(entry, &["note"]),
    }
    .says()
}
