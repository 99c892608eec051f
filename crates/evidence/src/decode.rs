//! Bytes into text. Every span of a reading refers to the text made here, and the store keeps that
//! text.
//!
//! Valid UTF-8 is taken as it is, byte-order mark and all, so that spans are byte offsets in the
//! original file. UTF-16 and legacy encodings are decoded, and then spans refer to the decoded
//! text. Nothing is stripped or mended: no white space, no control character. It refuses what is
//! not text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::limits::{Limits, ReadError};

/// Text and the name of the encoding it came in.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
}

pub(crate) fn decode(bytes: &[u8], key: &str, limits: &Limits) -> Result<Decoded, ReadError> {
    if bytes.len() > limits.max_bytes {
        let (key, bytes, limit) = (key.to_owned(), bytes.len(), limits.max_bytes);
        return Err(ReadError::TooLarge { key, bytes, limit });
    }
    let refuse = |looks_like| ReadError::NotText { key: key.to_owned(), looks_like };
    if let Some(format) = known_binary(bytes) {
        return Err(refuse(format));
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(decode_as(encoding, bytes));
    }
    let controls = bytes.iter().filter(|b| **b < 32 && !b"\t\n\r\x0b\x0c".contains(b)).count();
    if controls > 16 && controls * 20 > bytes.len() {
        return Err(refuse("binary data"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: "UTF-8" });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(decode_as(detector.guess(None, Utf8Detection::Allow), bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name() }
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
    const MARKS: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
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
        let decoded = decode(bytes, "t", &Limits::default()).unwrap();
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
    fn binary_and_oversized_files_are_refused_by_name() {
        let limits = Limits { max_bytes: 4, ..Limits::default() };
        assert!(matches!(decode(b"12345", "k", &limits), Err(ReadError::TooLarge { .. })));
        let error = decode(b"%PDF-1.7 ...", "k", &Limits::default()).err().unwrap();
        assert!(error.to_string().contains("PDF"));
        assert!(decode(&[1u8; 100], "k", &Limits::default()).is_err());
    }
}
