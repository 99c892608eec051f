//! Pages that were saved: MHTML (one page with what it shows) and WARC (what a crawler received). Of
//! MHTML the page is read; of WARC every page that was received whole. Pictures, scripts and requests
//! are passed over.

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::page::{Kind, Page};
use super::{Block, Decoded, Format, encoding, html};
use crate::limits::{Deadline, Limits, ReadError};

/// Most parts within parts of a saved page: they are taken apart by calls within calls.
const MOST_NESTED: usize = 20;
/// Most pages of an archive that are read.
const MOST_PAGES: usize = 1_000;

fn fault(key: &str, format: Format, fault: impl Into<String>) -> ReadError {
    ReadError::Packed { key: key.to_owned(), format: format.word(), fault: fault.into() }
}

/// Reads the page of an MHTML file.
pub(super) fn mhtml(
    bytes: &[u8],
    key: &str,
    deadline: &Deadline<'_>,
) -> Result<Decoded, ReadError> {
    let wrong = |text: &str| fault(key, Format::Mhtml, text);
    let lower = bytes.to_ascii_lowercase();
    let nested = lower.windows(10).filter(|w| w == b"multipart/").count();
    if nested > MOST_NESTED {
        return Err(wrong(&format!(
            "{nested} parts within parts, more than the {MOST_NESTED} that are opened"
        )));
    }
    let mail = parse_mail(bytes).map_err(|e| wrong(&e.to_string()))?;
    deadline.check()?;
    let part = first_page(&mail).ok_or_else(|| wrong("it holds no page"))?;
    let body = part.get_body_raw().map_err(|e| wrong(&e.to_string()))?;
    let named = part.ctype.charset.as_bytes();
    let characters = encoding::characters(&body, key, Some(named))?;
    let mut out = html::read_text(&characters.text, deadline)?;
    (out.format, out.encoding) = (Format::Mhtml, characters.encoding.to_owned());
    let header = |name: &str| mail.headers.get_first_value(name).filter(|v| !v.trim().is_empty());
    out.said.address = out.said.address.or_else(|| header("Snapshot-Content-Location"));
    out.said.title = out.said.title.or_else(|| header("Subject"));
    Ok(out)
}

fn first_page<'a, 'b>(part: &'a ParsedMail<'b>) -> Option<&'a ParsedMail<'b>> {
    if part.ctype.mimetype == "text/html" {
        return Some(part);
    }
    part.subparts.iter().find_map(first_page)
}

/// Reads the pages of a WARC file, packed or not.
pub(super) fn warc(
    bytes: &[u8],
    key: &str,
    limits: &Limits,
    deadline: &Deadline<'_>,
) -> Result<Decoded, ReadError> {
    let wrong = |text: String| fault(key, Format::Warc, text);
    let most = limits.max_text.saturating_mul(8);
    let unpacked = if bytes.starts_with(b"\x1F\x8B") {
        Some(gunzip(bytes, most).map_err(wrong)?)
    } else {
        None
    };
    let mut rest = unpacked.as_deref().unwrap_or(bytes);
    let (mut page, mut days, mut said) = (Page::default(), Vec::new(), None);
    let (mut pages, mut other) = (0usize, 0usize);
    while let Some((head, after)) = split_head(rest) {
        let field = |name: &str| field(head, name);
        let long: usize = field("content-length")
            .and_then(|v| v.parse().ok())
            .ok_or_else(|| wrong("a record without its length".to_owned()))?;
        let body =
            after.get(..long).ok_or_else(|| wrong("its last record is cut off".to_owned()))?;
        rest = after[long..].trim_ascii_start();
        deadline.check()?;
        if field("warc-type").as_deref() != Some("response") {
            continue;
        }
        let Some(html_text) = response(body, key, most)? else {
            other += 1;
            continue;
        };
        if pages >= MOST_PAGES {
            other += 1;
            continue;
        }
        let mut one = html::read_text(&html_text, deadline)?;
        if one.blocks.is_empty() {
            other += 1;
            continue;
        }
        pages += 1;
        one.said.address = one.said.address.or_else(|| field("warc-target-uri"));
        for block in &one.blocks {
            page.push(block.kind.unwrap_or(Kind::Paragraph), block.span.of(&one.text));
        }
        days.resize(page.blocks.len(), one.said.published);
        said = said.or(Some(one.said));
    }
    let Some(mut said) = said else {
        return Err(wrong(format!("it holds no page with words ({other} other answers)")));
    };
    if pages > 1 {
        said.published = days.iter().flatten().max().copied();
    }
    let mut out = Decoded::laid_out(Format::Warc, "as its pages say".to_owned(), page);
    let dated = |(b, day): (Block, &Option<_>)| Block { day: *day, ..b };
    out.blocks = out.blocks.iter().copied().zip(&days).map(dated).collect();
    out.said = said;
    out.notices.push(format!(
        "pages read: {pages}, each by its own day; other answers passed over: {other}"
    ));
    Ok(out)
}

/// The head of a record or an answer, and what follows its empty line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    Some((&bytes[..at], &bytes[at + 4..]))
}

/// A field of a head, by its name in lower case.
fn field(head: &[u8], name: &str) -> Option<String> {
    head.split(|b| *b == b'\n').find_map(|line| {
        let (key, value) = line.split_at(line.iter().position(|b| *b == b':')?);
        key.trim_ascii()
            .eq_ignore_ascii_case(name.as_bytes())
            .then(|| String::from_utf8_lossy(value[1..].trim_ascii()).into_owned())
    })
}

/// The page of an answer; none where it is no page or says that it is none.
fn response(bytes: &[u8], key: &str, most: usize) -> Result<Option<String>, ReadError> {
    let Some((head, body)) = split_head(bytes) else { return Ok(None) };
    let good = head.starts_with(b"HTTP/") && head.windows(5).take(16).any(|w| w == b" 200 ");
    let kind = field(head, "content-type").unwrap_or_default().to_ascii_lowercase();
    if !good || !(kind.contains("html") || kind.is_empty()) {
        return Ok(None);
    }
    let chunked =
        field(head, "transfer-encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked"));
    let body = if chunked { unchunk(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let body = if body.starts_with(b"\x1F\x8B") {
        gunzip(&body, most).map_err(|e| fault(key, Format::Warc, e))?
    } else {
        body
    };
    let named =
        kind.split_once("charset=").map(|(_, n)| n.trim_matches(['"', ' ', ';']).to_owned());
    let characters = encoding::characters(&body, key, named.as_deref().map(str::as_bytes));
    Ok(characters.ok().map(|c| c.text))
}

/// A body sent in chunks: the length of each in hexadecimal on a line before it.
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = bytes.windows(2).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let rest = bytes.get(end + 2..)?;
        out.extend(rest.get(..size)?);
        bytes = rest.get(size..)?.get(2..)?;
    }
}

/// Unpacks members of GZIP (RFC 1952), one after the other, to at most `most` bytes.
fn gunzip(mut bytes: &[u8], most: usize) -> Result<Vec<u8>, String> {
    let cut = || "its packed part is cut off".to_owned();
    let mut out: Vec<u8> = Vec::new();
    while bytes.starts_with(b"\x1F\x8B\x08") {
        let flags = *bytes.get(3).ok_or_else(cut)?;
        let mut at = 10;
        if flags & 4 != 0 {
            let long = bytes.get(at..at + 2).ok_or_else(cut)?;
            at += 2 + usize::from(u16::from_le_bytes([long[0], long[1]]));
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                let text = bytes.get(at..).ok_or_else(cut)?;
                at += text.iter().position(|b| *b == 0).ok_or_else(cut)? + 1;
            }
        }
        at += if flags & 2 != 0 { 2 } else { 0 };
        let packed = bytes.get(at..).ok_or_else(cut)?;
        let used = inflate(packed, &mut out, most)?;
        // the check sum and the length follow
        bytes = packed.get(used + 8..).unwrap_or(&[]);
    }
    Ok(out)
}

/// Unpacks one stream behind what is there; gives back how many bytes of it were used.
fn inflate(packed: &[u8], out: &mut Vec<u8>, most: usize) -> Result<usize, String> {
    let mut state = Box::<DecompressorOxide>::default();
    let start = out.len();
    let (mut used, mut done) = (0usize, start);
    out.resize(start + packed.len().saturating_mul(4).clamp(1 << 10, 1 << 20), 0);
    loop {
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) =
            decompress(&mut state, &packed[used..], &mut out[start..], done - start, flags);
        used += read;
        done += written;
        match status {
            TINFLStatus::Done => {
                out.truncate(done);
                return Ok(used);
            }
            TINFLStatus::HasMoreOutput if out.len() < most => {
                let larger = out.len().saturating_mul(2).min(most);
                out.resize(larger, 0);
            }
            TINFLStatus::HasMoreOutput => {
                return Err(format!("it unpacks to more than {most} bytes"));
            }
            _ => return Err("its packed part is broken".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec();
        out.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
        out.extend([0; 8]);
        out
    }

    fn record(kind: &str, address: &str, body: &str) -> Vec<u8> {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
        .into_bytes()
    }

    fn page(day: &str, text: &str) -> String {
        let html = format!(
            "<html><head><meta property=\"article:published_time\" content=\"{day}\"></head><body><article><p>{text}</p></article></body></html>"
        );
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}")
    }

    fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
        let limits = Limits::default();
        warc(bytes, "a.warc", &limits, &Deadline::new("a.warc", &limits))
    }

    #[test]
    fn the_pages_of_an_archive_are_read_each_by_its_own_day() {
        let mut bytes = record("warcinfo", "", "software: x");
        bytes.extend(record(
            "response",
            "https://a.example/1",
            &page("2031-03-14", "Orla met Brin on the pier in the harbour town."),
        ));
        bytes.extend(record("response", "https://a.example/x", "HTTP/1.1 404 Not Found\r\n\r\nno"));
        bytes.extend(record(
            "response",
            "https://a.example/2",
            &page("2031-03-20", "Voss left the pier in the harbour town."),
        ));
        for bytes in
            [bytes.clone(), gzip(&bytes), [gzip(&bytes[..40]), gzip(&bytes[40..])].concat()]
        {
            let d = decode(&bytes).unwrap();
            let days: Vec<String> =
                d.blocks.iter().filter_map(|b| b.day).map(|d| d.to_string()).collect();
            assert_eq!(days, ["2031-03-14", "2031-03-20"]);
            assert!(d.text.starts_with("Orla met Brin"), "{}", d.text);
            assert_eq!(d.said.address.as_deref(), Some("https://a.example/1"));
            assert!(d.notices[0].contains("pages read: 2"), "{:?}", d.notices);
        }
    }

    #[test]
    fn hostile_archives_end_soon_and_say_why() {
        let bomb = gzip(&vec![b'a'; 40 << 20]);
        assert!(gunzip(&bomb, 1 << 20).unwrap_err().contains("more than"));
        assert!(gunzip(&bomb[..100], 1 << 20).is_err());
        assert!(
            decode(b"WARC/1.0\r\nContent-Length: 99\r\n\r\nx")
                .err()
                .unwrap()
                .to_string()
                .contains("cut off")
        );
        assert!(
            decode(b"WARC/1.0\r\nWARC-Type: x\r\n\r\n")
                .err()
                .unwrap()
                .to_string()
                .contains("length")
        );
        assert_eq!(unchunk(b"3\r\nabc\r\n0\r\n\r\n").unwrap(), b"abc");
        assert!(unchunk(b"ffffffffffffffff\r\nabc").is_none());
    }

    #[test]
    fn a_saved_page_is_read_without_what_it_shows() {
        let text = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/s\r\nSubject: Pier\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><article><p>Orla met Brin=\r\n at the caf=C3=A9.</p></article></body></html>\r\n\
            --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b--\r\n";
        let d = mhtml(text.as_bytes(), "s.mhtml", &Deadline::new("s", &Limits::default())).unwrap();
        assert_eq!(d.text, "Orla met Brin at the café.");
        assert_eq!(d.said.address.as_deref(), Some("https://a.example/s"));
        assert_eq!(d.said.title.as_deref(), Some("Pier"));
    }
}
