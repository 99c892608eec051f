//! Markdown: headings, paragraphs and items without their marks; links keep their words; tags, code
//! blocks and pictures are left out.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::encoding::characters;
use super::header::header;
use super::page::{Kind, Page};
use super::{Decoded, Format};
use crate::limits::ReadError;

pub(super) fn read(bytes: &[u8], key: &str) -> Result<Decoded, ReadError> {
    let characters = characters(bytes, key, None)?;
    let header = header(&characters.text);
    let mut page = Page::default();
    let (mut line, mut row) = (String::new(), Vec::new());
    let (mut kind, mut pictures, mut code) = (Kind::Paragraph, 0usize, false);
    let mut left_out = 0usize;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&characters.text[header.end..], options) {
        match event {
            Event::Start(Tag::Heading { .. }) => kind = Kind::Heading,
            Event::Start(Tag::Item) => {
                flush(&mut page, &mut line, kind);
                kind = Kind::Item;
            }
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => {
                flush(&mut page, &mut line, kind);
                (code, left_out) = (true, left_out + 1);
            }
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Table(_)) => flush(&mut page, &mut line, kind),
            Event::End(TagEnd::TableCell) => row.push(std::mem::take(&mut line)),
            Event::End(end @ (TagEnd::TableHead | TagEnd::TableRow)) => {
                page.push_row(Kind::Paragraph, &row, end == TagEnd::TableHead);
                row.clear();
            }
            Event::End(TagEnd::Table) => page.end_table(),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                flush(&mut page, &mut line, kind);
                kind = Kind::Paragraph;
            }
            Event::End(TagEnd::Item) => {
                flush(&mut page, &mut line, kind);
                kind = Kind::Paragraph;
            }
            Event::Text(text) | Event::Code(text) if pictures == 0 && !code => line.push_str(&text),
            Event::SoftBreak | Event::HardBreak => line.push(' '),
            Event::Html(_) | Event::InlineHtml(_) => left_out += 1,
            _ => {}
        }
    }
    flush(&mut page, &mut line, kind);
    let mut decoded = Decoded::laid_out(Format::Markdown, characters.encoding.to_owned(), page);
    decoded.header = header.source;
    decoded.notices = header.notices;
    if left_out > 0 {
        decoded.notices.push(format!("tags and code blocks left out: {left_out}"));
    }
    Ok(decoded)
}

fn flush(page: &mut Page, line: &mut String, kind: Kind) {
    page.push(kind, line);
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_blocks_keep_their_kind() {
        let text = "---\nrating: B2\n---\n# The *port*\n\nIt **closed** on [Monday](http://x.example).\nNobody knew.\n\n- One\n- Two <b>bold</b>\n\n```\ncode\n```\n![a ship](s.png)\n";
        let decoded = read(text.as_bytes(), "k.md").unwrap();
        let blocks: Vec<(&str, Option<Kind>)> =
            decoded.blocks.iter().map(|b| (b.span.of(&decoded.text), b.kind)).collect();
        assert_eq!(
            blocks,
            [
                ("The port", Some(Kind::Heading)),
                ("It closed on Monday. Nobody knew.", Some(Kind::Paragraph)),
                ("One", Some(Kind::Item)),
                ("Two bold", Some(Kind::Item)),
            ]
        );
        assert_eq!(decoded.header.rating.map(|r| r.to_string()).as_deref(), Some("B2"));
        assert_eq!(decoded.notices, ["tags and code blocks left out: 3"]);
    }
}
