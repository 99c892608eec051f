//! Bytes into text: the list of formats, one file each.
//!
//! Every span of a reading refers to the text made here, and the store keeps that text. Plain text
//! in UTF-8 is kept byte for byte, so that spans are offsets in the original file; other formats are
//! laid out anew, block by block, without their markup. A decoder opens nothing a document points
//! at, unpacks no archive, and obeys nothing it says.

mod encoding;
mod header;
mod html;
mod mail;
mod markdown;
pub(crate) mod page;
mod pdf;

use serde::{Deserialize, Serialize};

pub(crate) use header::{KEYS, apply};
pub use pdf::pdf_child;

use crate::limits::{Deadline, Limits, ReadError};
use crate::paragraphs::paragraphs;
use crate::source::DocumentSource;
use crate::span::Span;
use page::{Kind, Laid};

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
}

impl Format {
    /// Names that end so are documents: what a folder is searched for.
    pub const ENDINGS: [(&'static str, Format); 10] = [
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
    ];

    /// The format a name's ending stands for.
    pub fn by_name(name: &str) -> Option<Format> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Format::ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
    }

    /// The format of a document: by its first bytes where they tell, else by its name, else text.
    pub fn of(name: &str, bytes: &[u8]) -> Format {
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|w| w == b"%PDF-") && Format::by_name(name) != Some(Format::Text) {
            return Format::Pdf;
        }
        if let Some(format) = Format::by_name(name).filter(|f| *f != Format::Pdf) {
            return format;
        }
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if head.starts_with("<!doctype html") || head.starts_with("<html") {
            Format::Html
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
        }
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
}

impl Decoded {
    fn laid_out(format: Format, encoding: String, page: page::Page) -> Decoded {
        let block = |b: &Laid| Block { span: b.span, kind: Some(b.kind) };
        Decoded {
            blocks: page.blocks.iter().map(block).collect(),
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
        Format::Text => text(bytes, key)?,
        Format::Markdown => markdown::read(bytes, key)?,
        Format::Html => html::read(bytes, key, deadline)?,
        Format::Mail => mail::read(bytes, key, deadline)?,
        Format::Pdf => pdf::read(bytes, key, limits)?,
    };
    if decoded.text.len() > limits.max_text {
        let (key, bytes, limit) = (key.to_owned(), decoded.text.len(), limits.max_text);
        return Err(ReadError::TooMuchText { key, bytes, limit });
    }
    Ok(decoded)
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
        text,
        format,
        encoding,
        said: Said::default(),
        header: header.source,
        notices: header.notices,
    };
    let all = paragraphs(&decoded.text);
    let body = all.into_iter().filter(|span| span.start() >= header.end);
    decoded.blocks = body.map(|span| Block { span, kind: None }).collect();
    decoded
}
