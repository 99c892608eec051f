//! A page laid out: its text and the blocks it is made of. Formats that have a structure build one,
//! so that later stages need not guess what is a heading.

use crate::span::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A title or subheading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// What stands under a picture or a table.
    Caption,
}

/// A block and where it stands in the page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// Text put together block by block, an empty line between any two.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Laid>,
}

impl Page {
    /// Adds a block; runs of white space become one space, and characters that are not shown or
    /// that turn the direction of what follows are left out. An empty block is no block.
    pub(crate) fn push(&mut self, kind: Kind, text: &str) {
        let before = self.text.len();
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        plain(text, &mut self.text);
        match Span::new(&self.text, start, self.text.len()).filter(|s| !s.is_empty()) {
            Some(span) => self.blocks.push(Laid { span, kind }),
            None => self.text.truncate(before),
        }
    }
}

/// Appends `text` with single spaces, trimmed, without control and direction characters.
pub(crate) fn plain(text: &str, out: &mut String) {
    let start = out.len();
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !c.is_control() && !is_direction(c) && c != '\u{ad}' && c != '\u{feff}' {
            if space && out.len() > start {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
}

/// Characters that embed, override or isolate a direction: a quote that holds one shows other words
/// than it has.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_index_the_text_and_hold_nothing_hidden() {
        let mut page = Page::default();
        page.push(Kind::Heading, " The \n harbour\0 ");
        page.push(Kind::Paragraph, "\u{202e}\u{0} ");
        page.push(Kind::Paragraph, "It \u{202e}closed.");
        assert_eq!(page.text, "The harbour\n\nIt closed.");
        let cut: Vec<&str> = page.blocks.iter().map(|b| b.span.of(&page.text)).collect();
        assert_eq!(cut, ["The harbour", "It closed."]);
    }
}
