//! Composed text: a row of spans, so that a number carries the note it came from.
//!
//! Text is built by code, never parsed from a string, so that a name in a document cannot become
//! markup. It refuses raw HTML.

use crate::likelihood::Likelihood;

/// The key of an evidence note, chosen by whoever composes the brief: "seats.harbour".
pub type NoteKey = String;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Span {
    /// Words.
    Plain(String),
    /// A name from a case or a document, kept in its own writing direction.
    Name(String),
    /// Words to be stressed.
    Strong(String),
    /// A number, or any statement, that opens its evidence note.
    Number {
        /// What the reader sees.
        text: String,
        /// The note it opens.
        note: NoteKey,
    },
    /// A likelihood term with the range it stands for.
    Likelihood {
        /// The term: "likely".
        term: String,
        /// The range: "55–80%".
        range: String,
    },
}

/// A sentence or a paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// An empty text, to be built on.
    pub fn new() -> Text {
        Text::default()
    }
    /// Adds words.
    pub fn plain(mut self, words: impl Into<String>) -> Text {
        self.0.push(Span::Plain(words.into()));
        self
    }
    /// Adds a name.
    pub fn name(mut self, name: impl Into<String>) -> Text {
        self.0.push(Span::Name(name.into()));
        self
    }
    /// Adds stressed words.
    pub fn strong(mut self, words: impl Into<String>) -> Text {
        self.0.push(Span::Strong(words.into()));
        self
    }
    /// Adds a number and the note it opens.
    pub fn number(mut self, text: impl Into<String>, note: impl Into<NoteKey>) -> Text {
        self.0.push(Span::Number { text: text.into(), note: note.into() });
        self
    }
    /// Adds the likelihood term and its range.
    pub fn likely(mut self, likelihood: &Likelihood) -> Text {
        self.0.push(Span::Likelihood { term: likelihood.term(), range: likelihood.range() });
        self
    }
    /// Adds the beginning of a sentence about an event, "It is likely (55–80%) that ".
    pub fn opening(self, likelihood: &Likelihood) -> Text {
        self.opened(likelihood, likelihood.opening_parts().0.to_owned())
    }
    /// The same within a sentence: "it is likely (55–80%) that ".
    pub fn opening_within(self, likelihood: &Likelihood) -> Text {
        // Every opening begins with a letter of one byte.
        let before = likelihood.opening_parts().0;
        self.opened(likelihood, before[..1].to_lowercase() + &before[1..])
    }
    fn opened(mut self, likelihood: &Likelihood, before: String) -> Text {
        let (_, term) = likelihood.opening_parts();
        self.0.push(Span::Plain(format!("{before} ")));
        self.0.push(Span::Likelihood { term, range: likelihood.range() });
        self.0.push(Span::Plain(" that ".to_owned()));
        self
    }
    /// Adds another text.
    pub fn text(mut self, other: Text) -> Text {
        self.0.extend(other.0);
        self
    }
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The words alone.
    pub fn to_plain(&self) -> String {
        let mut words = String::new();
        for span in &self.0 {
            match span {
                Span::Plain(text) | Span::Name(text) | Span::Strong(text) => words.push_str(text),
                Span::Number { text, .. } => words.push_str(text),
                Span::Likelihood { term, range } => {
                    words.push_str(term);
                    words.push_str(" (");
                    words.push_str(range);
                    words.push(')');
                }
            }
        }
        words
    }
    /// The notes it opens, in order.
    pub fn notes(&self) -> impl Iterator<Item = &NoteKey> {
        self.0.iter().filter_map(|span| match span {
            Span::Number { note, .. } => Some(note),
            _ => None,
        })
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Text {
        Text::new().plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Text {
        Text::new().plain(words)
    }
}
