//! Bytes into text: the list of formats, one file each.
//!
//! Every span of a reading refers to the text made here, and the store keeps that text. Plain text
//! in UTF-8 is kept byte for byte, so that spans are offsets in the original file; other formats are
//! laid out anew, block by block, without their markup. A decoder opens nothing a document points
//! at, unpacks no archive but an office document's and a crawler's, and obeys nothing it says.

mod aligned;
mod encoding;
mod feed;
mod header;
mod html;
mod mail;
mod markdown;
mod office;
pub(crate) mod page;
mod pdf;
mod saved;
mod spreadsheet;
mod xml;
mod zip;

use serde::{Deserialize, Serialize};

pub(crate) use header::{KEYS, apply};
pub use pdf::pdf_child;

use crate::limits::{Deadline, Limits, ReadError};
use crate::paragraphs::paragraphs;
use crate::source::DocumentSource;
use crate::span::Span;
use page::{Cell, Kind, Laid};

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (`CommonMark`).
    Markdown,
    /// A web page.
    Html,
    /// A mail message.
    Mail,
    /// PDF.
    Pdf,
    /// A word processor's document (Office Open XML).
    Docx,
    /// A workbook (Office Open XML).
    Xlsx,
    /// A text or a table of OpenDocument.
    Odt,
    /// A feed: RSS or Atom.
    Feed,
    /// A page saved with what it shows.
    Mhtml,
    /// Pages that a crawler received.
    Warc,
}

impl Format {
    /// Names that end so are documents: what a folder is searched for.
    pub const ENDINGS: [(&'static str, Format); 20] = [
        ("txt", Format::Text),
        ("text", Format::Text),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("xhtml", Format::Html),
        ("eml", Format::Mail),
        ("mail", Format::Mail),
        ("pdf", Format::Pdf),
        ("docx", Format::Docx),
        ("xlsx", Format::Xlsx),
        ("odt", Format::Odt),
        ("ods", Format::Odt),
        ("rss", Format::Feed),
        ("atom", Format::Feed),
        ("mht", Format::Mhtml),
        ("mhtml", Format::Mhtml),
        ("warc", Format::Warc),
        ("warc.gz", Format::Warc),
    ];

    /// The format a name's ending stands for.
    pub fn by_name(name: &str) -> Option<Format> {
        let lower = name.to_ascii_lowercase();
        let packed = lower
            .strip_suffix(".gz")
            .and_then(|n| n.rsplit_once('.'))
            .map(|(_, e)| format!("{e}.gz"));
        let ending = packed.map_or_else(|| Some(lower.rsplit_once('.')?.1.to_owned()), Some)?;
        Format::ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
    }

    /// The format of a document: by its first bytes where they tell, else by its name, else text.
    pub fn of(name: &str, bytes: &[u8]) -> Format {
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|w| w == b"%PDF-") && Format::by_name(name) != Some(Format::Text) {
            return Format::Pdf;
        }
        if let Some(format) = zipped(bytes).filter(|_| Format::by_name(name) != Some(Format::Text))
        {
            return format;
        }
        if let Some(format) = Format::by_name(name).filter(|f| *f != Format::Pdf) {
            return format;
        }
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if head.starts_with("<!doctype html") || head.starts_with("<html") {
            Format::Html
        } else if feed::looks_like_feed(head) {
            Format::Feed
        } else if head.starts_with("warc/") {
            Format::Warc
        } else if head.contains("\nsnapshot-content-location:") {
            Format::Mhtml
        } else if mail::looks_like_mail(head) {
            Format::Mail
        } else {
            Format::Text
        }
    }

    /// The word used in print.
    pub fn word(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Mail => "mail",
            Format::Pdf => "PDF",
            Format::Docx => "DOCX",
            Format::Xlsx => "XLSX",
            Format::Odt => "OpenDocument",
            Format::Feed => "feed",
            Format::Mhtml => "MHTML",
            Format::Warc => "WARC",
        }
    }
}

/// The kind of office document, by the parts of its archive.
fn zipped(bytes: &[u8]) -> Option<Format> {
    let archive = bytes.starts_with(b"PK\x03\x04").then(|| zip::Archive::open(bytes).ok())??;
    if archive.has("word/document.xml") {
        Some(Format::Docx)
    } else if archive.has("xl/workbook.xml") {
        Some(Format::Xlsx)
    } else {
        archive.has("content.xml").then_some(Format::Odt)
    }
}

/// What a document says of itself: used where nobody said better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<jiff::civil::Date>,
    pub(crate) address: Option<String>,
}

/// A document as text.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    /// The cells of its tables, in order.
    pub(crate) cells: Vec<Cell>,
    pub(crate) format: Format,
    pub(crate) encoding: String,
    pub(crate) said: Said,
    /// What a person wrote at its head about where it comes from.
    pub(crate) header: DocumentSource,
    /// What was left out or could not be used.
    pub(crate) notices: Vec<String>,
}

/// A block of text, with its kind where the format tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) span: Span,
    pub(crate) kind: Option<Kind>,
    /// The day it is of, where the document holds more than one: an entry of a feed.
    pub(crate) day: Option<jiff::civil::Date>,
}

impl Decoded {
    fn laid_out(format: Format, encoding: String, page: page::Page) -> Decoded {
        let block = |b: &Laid| Block { span: b.span, kind: Some(b.kind), day: None };
        Decoded {
            blocks: page.blocks.iter().map(block).collect(),
            cells: page.cells,
            text: page.text,
            format,
            encoding,
            said: Said::default(),
            header: DocumentSource::default(),
            notices: Vec::new(),
        }
    }
}

/// A document's text as a reading would hold it: what its quotes are held against.
///
/// # Errors
/// [`ReadError`] where the document cannot be read.
pub fn document_text(name: &str, bytes: &[u8], limits: &Limits) -> Result<String, ReadError> {
    let deadline = Deadline::new(name, limits);
    decode(bytes, name, Format::of(name, bytes), limits, &deadline).map(|decoded| decoded.text)
}

/// Decodes one document; `key` names it in errors.
pub(crate) fn decode(
    bytes: &[u8],
    key: &str,
    format: Format,
    limits: &Limits,
    deadline: &Deadline<'_>,
) -> Result<Decoded, ReadError> {
    if bytes.len() > limits.max_bytes {
        let (key, bytes, limit) = (key.to_owned(), bytes.len(), limits.max_bytes);
        return Err(ReadError::TooLarge { key, bytes, limit });
    }
    let decoded = match format {
        Format::Text if is_figures(bytes, key) => {
            return Err(ReadError::Packed {
                key: key.to_owned(),
                format: "CSV",
                fault: "a table of figures, not text; bring it in with `shatterbelt import`"
                    .to_owned(),
            });
        }
        Format::Text => text(bytes, key)?,
        Format::Markdown => markdown::read(bytes, key)?,
        Format::Html => html::read(bytes, key, deadline)?,
        Format::Mail => mail::read(bytes, key, deadline)?,
        Format::Pdf => pdf::read(bytes, key, limits)?,
        Format::Docx | Format::Xlsx | Format::Odt => {
            office::read(bytes, key, format, limits, deadline)?
        }
        Format::Feed => feed::read(bytes, key, deadline)?,
        Format::Mhtml => saved::mhtml(bytes, key, deadline)?,
        Format::Warc => saved::warc(bytes, key, limits, deadline)?,
    };
    if decoded.text.len() > limits.max_text {
        let (key, bytes, limit) = (key.to_owned(), decoded.text.len(), limits.max_text);
        return Err(ReadError::TooMuchText { key, bytes, limit });
    }
    Ok(decoded)
}

/// Whether a file named as a table has no cell that reads like a sentence.
fn is_figures(bytes: &[u8], key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let named = key.ends_with(".csv") || key.ends_with(".tsv");
    let sentence = |cell: &[u8]| cell.split(|b| *b == b' ').filter(|w| w.len() > 1).count() >= 6;
    named && !bytes.split(|b| matches!(b, b',' | b';' | b'\t' | b'\n')).any(sentence)
}

/// Plain text: kept byte for byte; a header block at its head is no paragraph.
fn text(bytes: &[u8], key: &str) -> Result<Decoded, ReadError> {
    let characters = encoding::characters(bytes, key, None)?;
    Ok(plain_text(characters.text, Format::Text, characters.encoding.to_owned()))
}

fn plain_text(text: String, format: Format, encoding: String) -> Decoded {
    let header = header::header(&text);
    let mut decoded = Decoded {
        blocks: Vec::new(),
        cells: Vec::new(),
        text,
        format,
        encoding,
        said: Said::default(),
        header: header.source,
        notices: header.notices,
    };
    decoded.cells = aligned::cells(&decoded.text, header.end);
    let all = paragraphs(&decoded.text, &decoded.cells);
    let body = all.into_iter().filter(|span| span.start() >= header.end);
    decoded.blocks = body.map(|span| Block { span, kind: None, day: None }).collect();
    decoded
}
