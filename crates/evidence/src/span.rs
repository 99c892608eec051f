//! A byte range in a document's text, and the words it covers. A [`Span`] can only be made against
//! a text, on character boundaries, and a [`Quote`] can only be cut from it: so a quote that
//! differs from its document cannot be built here.

use serde::{Deserialize, Serialize};

/// A byte range in the decoded text of one document; both ends lie on character boundaries of that
/// text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span from `start` to `end`, or none where either is outside `text` or inside a
    /// character.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Span> {
        text.get(start..end).map(|_| Span { start, end })
    }

    /// The span of a whole text.
    pub fn whole(text: &str) -> Span {
        Span { start: 0, end: text.len() }
    }

    /// The smallest span that holds both; both must belong to the same text.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The words covered. Empty only when `text` is not the text the span was made on.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The span without white space at its ends.
    pub fn trimmed(self, text: &str) -> Span {
        let whole = self.of(text);
        let start = self.start + (whole.len() - whole.trim_start().len());
        let end = start + whole.trim().len();
        Span { start, end: end.max(start) }
    }
}

/// A span together with the exact text it covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    start: usize,
    end: usize,
    text: String,
}

impl Quote {
    /// Cuts the quote out of the text the span was made on.
    pub fn cut(text: &str, span: Span) -> Quote {
        Quote { start: span.start, end: span.end, text: span.of(text).to_owned() }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// The words, byte for byte as in the document.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the words are what `text` holds there. The store asks again before it writes.
    pub fn holds_in(&self, text: &str) -> bool {
        text.get(self.start..self.end) == Some(self.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_inside_a_character_cannot_be_made() {
        assert!(Span::new("aé", 0, 2).is_none());
        assert!(Span::new("aé", 2, 1).is_none());
        assert!(Span::new("aé", 0, 9).is_none());
        assert_eq!(Span::new("aé", 1, 3).map(|s| s.of("aé")), Some("é"));
    }

    #[test]
    fn a_quote_knows_when_the_text_is_another() {
        let text = "one two";
        let quote = Quote::cut(text, Span::new(text, 4, 7).unwrap());
        assert!(quote.holds_in(text) && !quote.holds_in("one ten") && !quote.holds_in("o"));
    }
}
