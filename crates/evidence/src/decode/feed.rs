//! A feed (RSS 2.0, RSS 1.0, Atom): each entry with its title, its text and its own day. An entry's
//! markup is read as a page's; nothing an entry links to is fetched.

use jiff::civil::Date;

use super::page::{Kind, Laid};
use super::xml::{Event, get, walk};
use super::{Block, Decoded, Format, Said, encoding, html, mail};
use crate::limits::{Deadline, ReadError};

/// Most entries that are read.
const MOST_ENTRIES: usize = 10_000;

/// An entry as it stands in the feed.
#[derive(Default)]
struct Entry {
    title: String,
    /// The longest of its summary and its content.
    text: String,
    markup: bool,
    day: Option<Date>,
}

/// Whether the first bytes, in lower case, are those of a feed.
pub(super) fn looks_like_feed(head: &str) -> bool {
    let at = |name: &str| head.find(name);
    let feed = ["<rss", "<feed", "<rdf:rdf"].iter().filter_map(|n| at(n)).min();
    feed.is_some_and(|feed| at("<html").is_none_or(|page| feed < page)) && head.starts_with('<')
}

pub(super) fn read(bytes: &[u8], key: &str, deadline: &Deadline<'_>) -> Result<Decoded, ReadError> {
    let characters = encoding::characters(bytes, key, named(bytes))?;
    let (entries, mut said, more) = entries(&characters.text, deadline)?;
    let wrong = |fault: &str| {
        let (key, format) = (key.to_owned(), Format::Feed.word());
        ReadError::Packed { key, format, fault: fault.to_owned() }
    };
    let mut page = super::page::Page::default();
    let mut days: Vec<Option<Date>> = Vec::new();
    for entry in &entries {
        page.push(Kind::Heading, &entry.title);
        if entry.markup {
            // an entry has no furniture about it: an article says so to the reader of pages
            let body = html::read_text(&format!("<article>{}</article>", entry.text), deadline)?;
            for block in &body.blocks {
                page.push(block.kind.unwrap_or(Kind::Paragraph), block.span.of(&body.text));
            }
        } else {
            page.push(Kind::Paragraph, &entry.text);
        }
        days.resize(page.blocks.len(), entry.day);
    }
    if page.blocks.is_empty() {
        return Err(wrong("it has no entries"));
    }
    let block =
        |(b, day): (&Laid, &Option<Date>)| Block { span: b.span, kind: Some(b.kind), day: *day };
    let blocks = page.blocks.iter().zip(&days).map(block).collect();
    said.published = entries.iter().filter_map(|e| e.day).max().or(said.published);
    let mut out = Decoded::laid_out(Format::Feed, characters.encoding.to_owned(), page);
    (out.blocks, out.said) = (blocks, said);
    out.notices.push(format!("entries of the feed: {}, each dated by itself", entries.len()));
    if more {
        out.notices.push(format!("entries beyond the first {MOST_ENTRIES} not read"));
    }
    Ok(out)
}

/// The encoding that the XML declaration names.
fn named(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(200)];
    let at = head.windows(9).position(|w| w == b"encoding=")? + 9;
    let quote = *head.get(at)?;
    let end = head[at + 1..].iter().position(|b| *b == quote)?;
    Some(&head[at + 1..at + 1 + end])
}

type Entries = (Vec<Entry>, Said, bool);

fn entries(xml: &str, deadline: &Deadline<'_>) -> Result<Entries, ReadError> {
    let (mut out, mut said, mut more) = (Vec::new(), Said::default(), false);
    let mut entry: Option<Entry> = None;
    // the element whose words are gathered, how deep in it, and whether it is plain text
    let (mut open, mut inner, mut markup, mut words) =
        (String::new(), 0usize, false, String::new());
    walk(xml, deadline, |event| match event {
        Event::Open("item" | "entry", _) => (entry, open) = (Some(Entry::default()), String::new()),
        Event::Close("item" | "entry") => match entry.take() {
            Some(_) if out.len() >= MOST_ENTRIES => more = true,
            Some(done) => out.push(done),
            None => {}
        },
        // what holds other elements has no words of its own
        Event::Open("rss" | "rdf:rdf" | "channel" | "feed" | "image" | "author" | "source", _)
            if open.is_empty() => {}
        Event::Open(name, a) if open.is_empty() => {
            name.clone_into(&mut open);
            words.clear();
            inner = 0;
            // Atom says what its text is; RSS text may be markup
            markup = get(a, "type").map_or(name != "title", |t| t.contains("html"));
        }
        // markup that stands in the feed itself, not written out as text
        Event::Open(name, _) => {
            inner += 1;
            if markup || matches!(name, "div" | "p") {
                markup = true;
                words.push_str(&format!("<{name}>"));
            }
        }
        Event::Close(name) if inner > 0 && name != open => {
            inner -= 1;
            if markup {
                words.push_str(&format!("</{name}>"));
            }
        }
        Event::Close(name) if name == open => {
            take(name, words.trim(), markup, entry.as_mut(), &mut said);
            open.clear();
        }
        // the channel's own element closes
        Event::Close(_) => open.clear(),
        Event::Text(text) if !open.is_empty() => words.push_str(text),
        Event::Text(_) => {}
    })?;
    Ok((out, said, more))
}

fn take(name: &str, words: &str, markup: bool, entry: Option<&mut Entry>, said: &mut Said) {
    if words.is_empty() {
        return;
    }
    let Some(entry) = entry else {
        match name {
            "title" => {
                said.publisher.get_or_insert_with(|| words.to_owned());
                said.title.get_or_insert_with(|| words.to_owned());
            }
            "updated" | "pubdate" | "lastbuilddate" | "dc:date" => {
                said.published = said.published.or_else(|| day(words));
            }
            _ => {}
        }
        return;
    };
    match name {
        "title" => words.clone_into(&mut entry.title),
        "description" | "summary" | "content" | "content:encoded"
            if words.len() > entry.text.len() =>
        {
            words.clone_into(&mut entry.text);
            entry.markup = markup && words.contains(['<', '&']);
        }
        "pubdate" | "dc:date" | "published" => entry.day = day(words).or(entry.day),
        "updated" => entry.day = entry.day.or_else(|| day(words)),
        _ => {}
    }
}

/// A day as feeds write it: `2031-03-14T09:00:00Z` or `Fri, 14 Mar 2031 09:00:00 +0200`.
fn day(text: &str) -> Option<Date> {
    text.get(..10).and_then(|d| d.parse().ok()).or_else(|| mail::day(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn decode(xml: &str) -> Result<Decoded, ReadError> {
        read(xml.as_bytes(), "f.xml", &Deadline::new("f.xml", &Limits::default()))
    }

    fn blocks(d: &Decoded) -> Vec<(&str, Option<String>)> {
        d.blocks.iter().map(|b| (b.span.of(&d.text), b.day.map(|d| d.to_string()))).collect()
    }

    #[test]
    fn entries_of_rss_have_their_own_days() {
        let d = decode(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Courier</title><link>https://c.example</link>\
             <item><title>Truce &amp; trade</title><pubDate>Fri, 14 Mar 2031 09:00:00 +0200</pubDate>\
             <description><![CDATA[<p>Orla met Brin on Monday.</p><p>They talked.</p>]]></description></item>\
             <item><title>Dues</title><dc:date>2031-02-01</dc:date><description>Orla paid.</description></item></channel></rss>",
        )
        .unwrap();
        assert_eq!(
            blocks(&d),
            [
                ("Truce & trade", Some("2031-03-14".to_owned())),
                ("Orla met Brin on Monday.", Some("2031-03-14".to_owned())),
                ("They talked.", Some("2031-03-14".to_owned())),
                ("Dues", Some("2031-02-01".to_owned())),
                ("Orla paid.", Some("2031-02-01".to_owned())),
            ]
        );
        assert_eq!(d.said.publisher.as_deref(), Some("The Courier"));
        assert_eq!(d.said.published.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
    }

    #[test]
    fn entries_of_atom_may_hold_markup_of_their_own() {
        let d = decode(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><updated>2031-03-15T00:00:00Z</updated>\
             <entry><title type=\"text\">Voss &lt; Brin</title><updated>2031-03-13T00:00:00Z</updated><author><name>M. Toll</name></author>\
             <content type=\"xhtml\"><div><p>Brin left <b>Voss</b>.</p></div></content></entry>\
             <entry><title>Two</title><published>2031-03-12T00:00:00Z</published><summary type=\"html\">&lt;p&gt;Orla came.&lt;/p&gt;</summary></entry></feed>",
        )
        .unwrap();
        assert_eq!(
            blocks(&d),
            [
                ("Voss < Brin", Some("2031-03-13".to_owned())),
                ("Brin left Voss.", Some("2031-03-13".to_owned())),
                ("Two", Some("2031-03-12".to_owned())),
                ("Orla came.", Some("2031-03-12".to_owned())),
            ]
        );
    }

    #[test]
    fn a_feed_without_entries_says_so() {
        let error = decode("<rss><channel><title>x</title></channel></rss>").err().unwrap();
        assert!(error.to_string().contains("no entries"), "{error}");
    }
}
