//! What a page carries besides its story: credits, bylines, publication lines, biographies, teaser
//! lists at the foot, headings, and a second story glued on. The cue words are in
//! `lexicon/furniture.tsv`.
//!
//! It marks paragraphs; it removes nothing. A second story is only called so when a heading and a
//! dateline open it and its names are not those of the story before.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use crate::decode::page::Kind;
use crate::paragraphs::is_bullet;
use crate::records::Standing;
use crate::span::Span;
use crate::tokens::Token;
use crate::words::{rows, words};

/// A paragraph as the page rules see it.
pub(crate) struct Block<'a> {
    pub(crate) span: Span,
    /// What the format says it is.
    pub(crate) kind: Option<Kind>,
    pub(crate) sentences: usize,
    pub(crate) tokens: Vec<&'a Token>,
}

/// How a paragraph stands and by which rule.
pub(crate) type Mark = (Standing, &'static str);

pub(crate) fn marks(text: &str, blocks: &[Block<'_>]) -> Vec<Option<Mark>> {
    let mut out: Vec<Option<Mark>> = blocks.iter().map(|b| line_mark(b.span.of(text), b)).collect();
    biographies(text, blocks, &mut out);
    teasers(text, blocks, &mut out);
    second_story(text, blocks, &mut out);
    out
}

/// The cue table: kind, how a line is matched, words.
fn cues(kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    static TABLE: OnceLock<Vec<(&str, &str, &str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        rows(include_str!("../lexicon/furniture.tsv"))
            .filter_map(|row| match row[..] {
                [kind, how, words] => Some((kind, how, words)),
                _ => None,
            })
            .collect()
    });
    table.iter().filter(move |(k, ..)| *k == kind).map(|(_, how, words)| (*how, *words))
}

fn matches_cue(kind: &str, line: &str) -> bool {
    let lower = line.to_lowercase().replace('’', "'");
    let lower = lower.trim();
    cues(kind).any(|(how, words)| match how {
        "line" => lower.trim_end_matches('.') == words,
        "start" => lower.starts_with(words),
        _ => lower.contains(words),
    })
}

fn line_mark(line: &str, block: &Block<'_>) -> Option<Mark> {
    let words = block.tokens.iter().filter(|t| t.is_word()).count();
    if block.tokens.is_empty() {
        return Some((Standing::Furniture, "ornament"));
    }
    if words <= 14 && matches_cue("credit", line) {
        return Some((Standing::Furniture, "credit"));
    }
    if words <= 14 && matches_cue("publication", line) && line.chars().any(char::is_numeric) {
        return Some((Standing::Furniture, "publication"));
    }
    if words <= 12 && matches_cue("manners", line) {
        return Some((Standing::Furniture, "manners"));
    }
    if is_byline(line, block) {
        return Some((Standing::Furniture, "byline"));
    }
    if is_stamp(block) {
        return Some((Standing::Furniture, "stamp"));
    }
    if block.kind == Some(Kind::Caption) {
        // says what a picture shows, often of another day
        return Some((Standing::Furniture, "caption"));
    }
    if block.kind == Some(Kind::Heading) || is_heading(line, block) {
        return Some((Standing::Heading, "heading"));
    }
    None
}

/// "By Name Name" and nothing else.
fn is_byline(line: &str, block: &Block<'_>) -> bool {
    let rest = line.strip_prefix("By ").or_else(|| line.strip_prefix("by "));
    rest.is_some()
        && block.tokens.len() <= 10
        && !ends_closed(line)
        && block.tokens.get(1).is_some_and(|t| t.capital)
}

/// A line of section names and a time stamp.
fn is_stamp(block: &Block<'_>) -> bool {
    let stamped = block.tokens.iter().any(|t| {
        t.folded.len() >= 10
            && t.folded.matches('-').count() == 2
            && t.folded.bytes().all(|b| b.is_ascii_digit() || b"-tz:+.".contains(&b))
    });
    stamped && block.tokens.len() <= 16 && block.sentences == 1
}

fn ends_closed(line: &str) -> bool {
    let end = line.trim_end_matches(['”', '"', '’', '\'', ')', '»', ']']);
    end.ends_with(['.', '!', '?', '…', '؟', '۔', ';']) || line.ends_with(':')
}

/// A short line without a full stop.
fn is_heading(line: &str, block: &Block<'_>) -> bool {
    let words = block.tokens.iter().filter(|t| t.is_word()).count();
    let question = line.trim_end().ends_with('?') && words <= 12;
    let item = block.kind == Some(Kind::Item) || is_bullet(line);
    block.sentences == 1 && words <= 22 && !item && (!ends_closed(line) || question)
}

fn biographies(text: &str, blocks: &[Block<'_>], out: &mut [Option<Mark>]) {
    let half = blocks.len() / 2;
    for (i, block) in blocks.iter().enumerate().skip(half) {
        let line = block.span.of(text);
        if out[i].is_some() || line.len() > 3_000 {
            continue;
        }
        let lower = line.to_lowercase().replace('’', "'");
        let hits = cues("biography").filter(|(_, cue)| lower.contains(cue)).count();
        let named = block
            .tokens
            .first()
            .is_some_and(|t| t.capital && !words().closed.contains_key(t.folded.as_str()));
        if hits >= 2 && named || hits >= 1 && named && i + 2 >= blocks.len() && block.sentences <= 3
        {
            out[i] = Some((Standing::Furniture, "biography"));
        }
    }
}

/// From a cue line near the foot ("See more from this author") to the end of the headline-like
/// lines that follow.
fn teasers(text: &str, blocks: &[Block<'_>], out: &mut [Option<Mark>]) {
    let mut within = false;
    for (i, block) in blocks.iter().enumerate() {
        let line = block.span.of(text);
        let late = block.span.start() * 10 > text.len() * 6;
        let cue = block.tokens.len() <= 12 && matches_cue("teaser", line);
        if late && cue && !ends_closed(line) {
            within = true;
        } else if within && (ends_closed(line) || block.sentences > 1) {
            within = false;
        }
        if within {
            out[i] = Some((Standing::Furniture, "teaser"));
        }
    }
}

/// A heading, a dateline, and other names from there on: another story.
fn second_story(text: &str, blocks: &[Block<'_>], out: &mut [Option<Mark>]) {
    for i in 2..blocks.len() {
        if !has_dateline(text, blocks[i].span) || out[i].is_some() {
            continue;
        }
        let mut start = i;
        let mut headed = false;
        while start > 1 {
            let line = blocks[start - 1].span.of(text);
            let heading = matches!(out[start - 1], Some((Standing::Heading, _)));
            let item = is_bullet(line) && !ends_closed(line);
            if !heading && !item {
                break;
            }
            if heading && headed {
                break;
            }
            headed |= heading;
            start -= 1;
        }
        if !headed {
            continue;
        }
        // bullets above the heading belong to the story before
        while start < i && is_bullet(blocks[start].span.of(text)) {
            start += 1;
        }
        if likeness(&blocks[..start], &blocks[start..]) < 0.45 {
            for mark in &mut out[start..] {
                if !matches!(mark, Some((Standing::Furniture, _))) {
                    *mark = Some((Standing::OffTopic, "second-story"));
                }
            }
            return;
        }
    }
}

/// Whether a paragraph opens with a place written in capitals: `PORT AMAR, Vesla:` or `PORT AMAR
/// (Agency) -`.
pub(crate) fn has_dateline(text: &str, span: Span) -> bool {
    let line = span.of(text);
    let head: String = line.chars().take(60).collect();
    let Some(end) = head.find([':', '—', '–']).or_else(|| head.find(" - ")) else {
        return false;
    };
    let place = &head[..end];
    let first = place.split([',', '(']).next().unwrap_or("").trim();
    first.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && first
            .chars()
            .all(|c| c.is_uppercase() || c.is_whitespace() || c == '-' || c == '\'' || c == '.')
        && line.len() > end + 60
}

/// Cosine of the counts of names written large in the two parts.
fn likeness(first: &[Block<'_>], second: &[Block<'_>]) -> f64 {
    let count = |blocks: &[Block<'_>]| {
        let mut out: BTreeMap<String, f64> = BTreeMap::new();
        let mut small: HashSet<&str> = HashSet::new();
        for block in blocks {
            small.extend(
                block
                    .tokens
                    .iter()
                    .filter(|t| t.is_word() && !t.capital)
                    .map(|t| t.folded.as_str()),
            );
        }
        for block in blocks {
            for token in
                block.tokens.iter().filter(|t| t.is_word() && t.capital && t.folded.len() > 2)
            {
                if !words().is_ordinary(&token.folded) && !small.contains(token.folded.as_str()) {
                    *out.entry(token.folded.clone()).or_default() += 1.0;
                }
            }
        }
        out
    };
    let (a, b) = (count(first), count(second));
    let norm = |m: &BTreeMap<String, f64>| m.values().map(|v| v * v).sum::<f64>().sqrt();
    let dot: f64 = a.iter().filter_map(|(k, v)| b.get(k).map(|w| v * w)).sum();
    let scale = norm(&a) * norm(&b);
    if scale == 0.0 { 1.0 } else { dot / scale }
}
