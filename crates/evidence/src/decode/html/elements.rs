//! Which elements hold blocks, which are blocks, and which are the page's furniture.

use std::sync::OnceLock;

use crate::decode::page::Kind;
use crate::words::rows;

/// An element that holds blocks, as far as the reader tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Page,
    Story,
    Never,
    Header,
    Caption,
    Item,
    Cell,
    /// `div`, `section` and the like.
    Box,
    /// `figure`, lists, tables: told apart so that an end tag closes its own.
    Frame,
}

/// What an element does to the text around it.
pub(super) enum Part {
    /// Nothing: its words belong to the line.
    Inline,
    /// Nothing, and it has no end.
    Void,
    /// It begins a block.
    Block(Kind),
    /// It holds blocks.
    Container(Element),
}

pub(super) fn part(name: &str) -> Part {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Part::Block(Kind::Heading),
        "p" | "pre" | "dt" | "dd" | "hr" | "address" | "summary" | "center" => {
            Part::Block(Kind::Paragraph)
        }
        "caption" => Part::Block(Kind::Caption),
        "li" => Part::Container(Element::Item),
        "figcaption" => Part::Container(Element::Caption),
        "td" | "th" => Part::Container(Element::Cell),
        "html" | "body" => Part::Container(Element::Page),
        "article" | "main" => Part::Container(Element::Story),
        "header" | "hgroup" => Part::Container(Element::Header),
        "nav" | "aside" | "footer" | "dialog" | "noscript" | "template" | "svg" | "math"
        | "object" | "select" | "button" | "video" | "audio" | "canvas" | "menu" | "datalist"
        | "map" => Part::Container(Element::Never),
        "div" | "section" | "form" | "details" | "fieldset" | "blockquote" => {
            Part::Container(Element::Box)
        }
        "figure" | "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr" => {
            Part::Container(Element::Frame)
        }
        "img" | "input" | "wbr" | "source" | "track" | "embed" | "area" | "base" | "col"
        | "param" => Part::Void,
        // elements a page makes up hold blocks as a box does
        other if other.contains('-') => Part::Container(Element::Box),
        _ => Part::Inline,
    }
}

/// Elements that a slash closes.
pub(super) fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

/// The attributes looked at; "" for all others.
pub(super) fn attribute(name: &[u8]) -> &'static str {
    const KNOWN: [&str; 17] = [
        "class",
        "id",
        "role",
        "hidden",
        "style",
        "property",
        "name",
        "itemprop",
        "content",
        "rel",
        "href",
        "datetime",
        "type",
        "aria-hidden",
        "aria-modal",
        "colspan",
        "rowspan",
    ];
    KNOWN.iter().find(|k| k.as_bytes().eq_ignore_ascii_case(name)).copied().unwrap_or("")
}

/// Furniture by the element, its role, or because it is not shown. A header inside the story holds
/// its title; outside it is the masthead.
pub(super) fn is_never<'t>(
    element: Element,
    get: &impl Fn(&str) -> Option<&'t str>,
    in_story: bool,
) -> bool {
    let style = || get("style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    let role = || get("role").unwrap_or("").to_ascii_lowercase();
    element == Element::Never
        || get("hidden").is_some()
        || get("aria-hidden") == Some("true")
        || get("aria-modal") == Some("true")
        || style().contains("display:none")
        || style().contains("visibility:hidden")
        || matches!(
            role().as_str(),
            "navigation"
                | "contentinfo"
                | "complementary"
                | "search"
                | "dialog"
                | "alertdialog"
                | "menu"
                | "menubar"
                | "toolbar"
                | "tooltip"
        )
        || role() == "banner" && !in_story
}

/// The story by the page's own word.
pub(super) fn is_story<'t>(element: Element, get: &impl Fn(&str) -> Option<&'t str>) -> bool {
    element == Element::Story
        || get("role").is_some_and(|r| matches!(r, "main" | "article"))
        || get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("articlebody"))
}

/// Furniture by the words of its class and id; the words are in `lexicon/regions.tsv`.
pub(super) fn is_perhaps<'t>(element: Element, get: &impl Fn(&str) -> Option<&'t str>) -> bool {
    static WORDS: OnceLock<Vec<&str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        rows(include_str!("../../../lexicon/regions.tsv"))
            .filter_map(|row| row.first().copied())
            .collect()
    });
    if element == Element::Page {
        return false;
    }
    ["class", "id"].iter().filter_map(|name| get(name)).any(|names| {
        names.split_whitespace().take(32).any(|name| {
            let parts = parts(name);
            // "has-sidebar", "no-comments" speak of another element
            let other = matches!(
                parts.first().map(String::as_str),
                Some("has" | "no" | "with" | "without" | "not" | "is" | "page" | "template")
            );
            !other && parts.iter().any(|p| words.binary_search(&p.as_str()).is_ok())
        })
    })
}

/// "relatedPosts", "related-posts" and `related_posts` are two words each.
fn parts(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut small = false;
    for c in name.chars().take(80) {
        if !c.is_alphanumeric() || c.is_uppercase() && small {
            out.push(String::new());
        }
        small = c.is_lowercase();
        if let Some(last) = out.last_mut().filter(|_| c.is_alphanumeric()) {
            last.extend(c.to_lowercase());
        }
    }
    out.retain(|p| !p.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_regions_are_sorted_so_that_they_are_found() {
        let words: Vec<&str> = rows(include_str!("../../../lexicon/regions.tsv"))
            .filter_map(|row| row.first().copied())
            .collect();
        assert!(words.is_sorted() && words.len() > 20);
    }

    #[test]
    fn a_class_is_read_word_by_word() {
        let perhaps = |class: &'static str| {
            is_perhaps(Element::Box, &|name: &str| (name == "class").then_some(class))
        };
        assert!(perhaps("relatedPosts") && perhaps("x cookie-notice") && perhaps("share_bar"));
        assert!(!perhaps("article-body") && !perhaps("has-sidebar") && !perhaps("shared"));
    }
}
