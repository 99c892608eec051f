//! Inputs of several parts, and what is packed of them: a machine that changes bytes one by one seldom meets a check sum.

/// What stands before the name of a part, at the beginning of its line.
const MARK: &[u8] = b"=== ";

/// The parts of an input: each begins with a line `=== NAME`. What stands before the first has no name.
#[must_use]
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(MARK) {
            Some(name) => {
                all.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new()));
            }
            None => match all.last_mut() {
                Some((_, part)) => part.extend(line),
                None => all.push((String::new(), line.to_vec())),
            },
        }
    }
    all
}

/// A ZIP archive of parts that are stored as they are (PKWARE's application note 6.3.10).
#[must_use]
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    for (name, part) in parts {
        let mut about = Vec::new();
        [20_u16, 0, 0, 0, 0x21].iter().for_each(|n| about.extend(n.to_le_bytes()));
        about.extend(sum(part).to_le_bytes());
        about.extend(long(part.len()));
        about.extend(long(part.len()));
        about.extend(short(name.len()));
        about.extend(short(0));
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(long(out.len()));
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(about);
        out.extend(name.as_bytes());
        out.extend(part);
    }
    let begins = out.len();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(parts.len()));
    out.extend(short(parts.len()));
    out.extend(long(directory.len()));
    out.extend(long(begins));
    out.extend([0; 2]);
    out
}

/// CRC-32, bit by bit.
fn sum(bytes: &[u8]) -> u32 {
    let bit = |s: u32, _: u32| (s >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(s & 1));
    !bytes.iter().fold(u32::MAX, |s, byte| (0..8).fold(s ^ u32::from(*byte), bit))
}

/// A PDF with these pages of lines, set in one of the fonts that every reader knows.
#[must_use]
pub fn pdf(pages: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    for lines in pages {
        let mut content = b"BT /F1 11 Tf 72 760 Td 14 TL\n".to_vec();
        for line in lines {
            content.push(b'(');
            for byte in line {
                if matches!(byte, b'(' | b')' | b'\\') {
                    content.push(b'\\');
                }
                content.push(*byte);
            }
            content.extend(b") Tj T*\n");
        }
        content.extend(b"ET");
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            objects.len() + 2
        );
        objects.push(page.into());
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let begins = out.len();
    out.extend(table.into_bytes());
    let size = objects.len() + 1;
    let trailer = format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF\n");
    out.extend(trailer.into_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_sum_is_the_published_one() {
        assert_eq!(sum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn an_input_comes_apart_at_its_marks() {
        let all = parts(b"none\n=== a.xml\n<a/>\n\n=== b\n");
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["", "a.xml", "b"]);
        assert_eq!(all[1].1, b"<a/>\n\n");
    }
}
