//! Bytes into characters, in any encoding.
//!
//! Valid UTF-8 is taken as it is, byte-order mark and all. UTF-16 is known by its mark or its zero
//! bytes; a page may name its encoding; what is left is guessed as a browser guesses. Nothing is
//! stripped or mended: no white space, no control character. It refuses what is not text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::limits::ReadError;

/// Characters and the name of the encoding they came in.
pub(crate) struct Characters {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
}

/// Decodes `bytes`; `named` is the encoding the document itself names, believed only where the
/// bytes are not UTF-8.
pub(crate) fn characters(
    bytes: &[u8],
    key: &str,
    named: Option<&[u8]>,
) -> Result<Characters, ReadError> {
    let refuse = |looks_like| ReadError::NotText { key: key.to_owned(), looks_like };
    if let Some(format) = known_binary(bytes) {
        return Err(refuse(format));
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(decode_as(encoding, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if is_binary(bytes) {
            return Err(refuse("binary data"));
        }
        return Ok(Characters { text: text.to_owned(), encoding: "UTF-8" });
    }
    if let Some(encoding) = named.and_then(Encoding::for_label_no_replacement) {
        return Ok(decode_as(encoding, bytes));
    }
    if is_binary(bytes) {
        return Err(refuse("binary data"));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(decode_as(detector.guess(None, Utf8Detection::Allow), bytes))
}

fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|b| **b < 32 && !b"\t\n\r\x0b\x0c\x1b".contains(b)).count();
    controls > 16 && controls * 20 > bytes.len()
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Characters {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Characters { text: text.into_owned(), encoding: encoding.name() }
}

/// UTF-16 by its mark, or by zero bytes on one side of most pairs.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some(UTF_16BE);
    }
    let pairs = bytes.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 6 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 6 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"\x1F\x8B", "a compressed file"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7FELF", "a program"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, &'static str) {
        let decoded = characters(bytes, "t", None).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn utf8_with_a_mark_keeps_every_byte() {
        let bytes = "\u{feff}Été\r\n".as_bytes();
        assert_eq!(text_of(bytes).0.as_bytes(), bytes);
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let utf16: Vec<u8> =
            "The harbour closed.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&utf16), ("The harbour closed.".into(), "UTF-16LE"));
        let mut marked = vec![0xFE, 0xFF];
        marked.extend("Oui".encode_utf16().flat_map(u16::to_be_bytes));
        assert!(text_of(&marked).0.ends_with("Oui"));
    }

    #[test]
    fn legacy_text_is_recognised() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("Le président a été élu à l’unanimité, dit-il.");
        assert!(text_of(&bytes).0.contains("président a été élu"));
        let (bytes, _, _) = encoding_rs::WINDOWS_1256
            .encode("قال الوزير إن الحكومة سوف تعقد اجتماعا غدا في العاصمة");
        assert!(text_of(&bytes).0.contains("الحكومة"));
    }

    #[test]
    fn a_page_may_name_its_encoding() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Совет</p>");
        assert_eq!(characters(&bytes, "k", Some(b"windows-1251")).unwrap().text, "<p>Совет</p>");
        let utf8 = characters("<p>é</p>".as_bytes(), "k", Some(b"latin1")).unwrap();
        assert_eq!(utf8.text, "<p>é</p>", "UTF-8 is believed over the page");
    }

    #[test]
    fn binary_files_are_refused_by_name() {
        let error = characters(b"\x89PNG\r\n", "k", None).err().unwrap();
        assert!(error.to_string().contains("an image"), "{error}");
        assert!(characters(&[1u8; 100], "k", None).is_err());
    }
}
