//! Lines of pages put together into paragraphs: headers and footers that return on most pages are
//! dropped, words cut at the end of a line are joined, and a paragraph runs on over a page's end.

use std::collections::HashMap;

use crate::decode::page::{Kind, Laid, Page};

/// Pages put together.
#[derive(Debug, Default)]
pub(super) struct Joined {
    text: String,
    pub(super) blocks: Vec<Laid>,
    pub(super) notices: Vec<String>,
}

impl Joined {
    pub(super) fn page(&self) -> Page {
        let mut page = Page::default();
        page.text.clone_from(&self.text);
        page.blocks.clone_from(&self.blocks);
        page
    }
}

/// Lines at the top or the foot of a page that may be a header or footer.
const MARGIN: usize = 3;
/// Pages on which a line returns before it is one.
const RETURNS: usize = 3;

pub(super) fn laid_out(pages: &[String]) -> Joined {
    let pages: Vec<Vec<&str>> = pages.iter().map(|p| p.lines().map(str::trim).collect()).collect();
    let (pages, dropped) = without_margins(pages);
    let width = width(&pages);
    let mut page = Page::default();
    let mut open = String::new();
    for lines in &pages {
        let mut gap = false;
        for line in lines {
            if line.is_empty() {
                gap = true;
                continue;
            }
            if !open.is_empty() && (gap && !runs_on(&open, line) || ends(&open, width)) {
                push(&mut page, &mut open);
            }
            join(&mut open, line);
            gap = false;
        }
        // a page's end ends a paragraph only where a sentence ends
        if open.ends_with(['.', '!', '?', '”', '"']) {
            push(&mut page, &mut open);
        }
    }
    push(&mut page, &mut open);
    let mut out = Joined { text: page.text, blocks: page.blocks, notices: Vec::new() };
    if dropped > 0 {
        out.notices.push(format!("lines of page headers and footers dropped: {dropped}"));
    }
    out
}

fn push(page: &mut Page, open: &mut String) {
    let words = open.split_whitespace().count();
    let heading = words <= 14 && !open.ends_with(['.', '!', '?', ':', ';', ',', '”', '"', '؟']);
    page.push(if heading { Kind::Heading } else { Kind::Paragraph }, open);
    open.clear();
}

/// A line with its numbers made alike: page numbers differ from page to page.
fn shape(line: &str) -> String {
    line.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect()
}

fn without_margins(pages: Vec<Vec<&str>>) -> (Vec<Vec<&str>>, usize) {
    let margin = |lines: &[&str]| -> Vec<usize> {
        let full: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].is_empty()).collect();
        let mut out: Vec<usize> = full.iter().take(MARGIN).copied().collect();
        out.extend(full.iter().rev().take(MARGIN));
        out.sort_unstable();
        out.dedup();
        out
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for lines in &pages {
        let mut shapes: Vec<String> = margin(lines).iter().map(|i| shape(lines[*i])).collect();
        shapes.sort_unstable();
        shapes.dedup();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    // a header may stand on every other page
    let returns = |line: &str| {
        let n = counts.get(&shape(line)).copied().unwrap_or(0);
        n >= RETURNS && n * 5 >= pages.len() * 2
    };
    let mut dropped = 0;
    let kept = pages
        .iter()
        .map(|lines| {
            let margin = margin(lines);
            let number = |line: &str| line.len() <= 4 && line.chars().all(|c| c.is_ascii_digit());
            let keep = |i: &usize| {
                let goes = margin.contains(i) && (returns(lines[*i]) || number(lines[*i]));
                dropped += usize::from(goes);
                !goes
            };
            (0..lines.len()).filter(keep).map(|i| lines[i]).collect()
        })
        .collect();
    (kept, dropped)
}

/// The width most lines are set to.
fn width(pages: &[Vec<&str>]) -> usize {
    let mut all: Vec<usize> =
        pages.iter().flatten().filter(|l| !l.is_empty()).map(|l| l.chars().count()).collect();
    all.sort_unstable();
    all.get(all.len() * 9 / 10).copied().unwrap_or(0)
}

/// A gap in the middle of a sentence is the typesetter's.
fn runs_on(open: &str, next: &str) -> bool {
    let closed = open.ends_with(['.', '!', '?', ':', '”', '"', '؟', '۔']);
    !closed && next.starts_with(char::is_lowercase)
}

/// A last line that ends a sentence well before the margin ends its paragraph.
fn ends(open: &str, width: usize) -> bool {
    let last = open.rsplit('\n').next().unwrap_or("");
    let short = last.chars().count() * 10 < width * 8;
    short && last.ends_with(['.', '!', '?', '”', '"', '؟', '۔'])
}

/// Adds a line; a word cut by a hyphen at the line's end is made whole. The line's end is kept as a
/// line's end until the paragraph is laid out, so that its width can be told.
fn join(open: &mut String, line: &str) {
    if open.is_empty() {
        open.push_str(line);
        return;
    }
    let cut = open.ends_with(['-', '\u{ad}', '\u{2010}'])
        && line.starts_with(char::is_lowercase)
        && open.chars().rev().nth(1).is_some_and(char::is_lowercase);
    if cut {
        open.pop();
        open.push_str(line);
    } else if open.ends_with('-') && !open.ends_with(" -") {
        open.push_str(line);
    } else {
        open.push('\n');
        open.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_and_headers_dropped() {
        let page = |n: usize, body: &str| format!("Annual report\n\n{body}\n\n{n}\n");
        let pages = [
            page(
                1,
                "The dues\n\nThe council of the island met on Monday in the old town hall and ad-\njourned.",
            ),
            page(
                2,
                "The minister, who had come from the other side of the strait, spoke for an hour on the",
            ),
            page(
                3,
                "dues that had not been collected. Nobody objected.\n\nThe end came soon, though the rain went on for some days.",
            ),
        ];
        let joined = laid_out(&pages);
        let page = joined.page();
        let text: Vec<(Kind, &str)> =
            page.blocks.iter().map(|b| (b.kind, b.span.of(&page.text))).collect();
        assert_eq!(
            text,
            [
                (Kind::Heading, "The dues"),
                (
                    Kind::Paragraph,
                    "The council of the island met on Monday in the old town hall and adjourned."
                ),
                (
                    Kind::Paragraph,
                    "The minister, who had come from the other side of the strait, spoke for an hour on the dues that had not been collected. Nobody objected."
                ),
                (Kind::Paragraph, "The end came soon, though the rain went on for some days."),
            ]
        );
        assert_eq!(joined.notices, ["lines of page headers and footers dropped: 6"]);
    }

    #[test]
    fn a_true_hyphen_stays() {
        let mut open = "the Anglo-".to_owned();
        join(&mut open, "Veslan treaty");
        assert_eq!(open, "the Anglo-Veslan treaty");
    }
}
