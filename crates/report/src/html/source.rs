//! A source on a line, with its link and its rating.

use super::date;
use crate::brief::SourceEntry;
use crate::svg::escape;
use std::fmt::Write;

/// A source on one line, its title a link where its address is one.
pub(super) fn source_line(source: &SourceEntry) -> String {
    let title = if source.title.is_empty() { &source.key } else { &source.title };
    let title = format!("<bdi>{}</bdi>", escape(title));
    let mut line = match source.url.as_deref().and_then(link) {
        Some(url) => format!("<cite><a href=\"{url}\" rel=\"noreferrer\">{title}</a></cite>"),
        None => format!("<cite>{title}</cite>"),
    };
    let mut rest = Vec::new();
    rest.extend(
        source.publisher.as_ref().map(|publisher| format!("<bdi>{}</bdi>", escape(publisher))),
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
    let is_plain =
        url.chars().all(|letter| !letter.is_whitespace() && !crate::svg::is_dropped(letter));
    (is_web && is_plain).then(|| escape(url))
}

/// A rating of the Admiralty scale in words.
pub(super) fn admiralty(rating: &str) -> String {
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
