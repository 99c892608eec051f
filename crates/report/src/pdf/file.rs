//! The file format: objects, streams, the table of where they stand (ISO 32000-1, section 7.5).
//!
//! Numbers have two decimals and nothing holds a clock, so that the same pages give the same bytes.

use std::fmt::Write;

/// A file being written. Objects are numbered from 1 as they are asked for.
#[derive(Default)]
pub(super) struct File {
    objects: Vec<Vec<u8>>,
}

impl File {
    /// A number for an object that is filled later.
    pub fn reserve(&mut self) -> usize {
        self.objects.push(Vec::new());
        self.objects.len()
    }

    /// Fills an object.
    pub fn fill(&mut self, number: usize, body: impl Into<Vec<u8>>) {
        if let Some(object) = number.checked_sub(1).and_then(|at| self.objects.get_mut(at)) {
            *object = body.into();
        }
    }

    /// A new object.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> usize {
        let number = self.reserve();
        self.fill(number, body);
        number
    }

    /// A new stream, deflated. `more` stands in its dictionary.
    pub fn stream(&mut self, more: &str, bytes: &[u8]) -> usize {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
        let mut body =
            format!("<< /Length {} /Filter /FlateDecode {more} >>\nstream\n", packed.len())
                .into_bytes();
        body.extend(packed);
        body.extend(b"\nendstream");
        self.add(body)
    }

    /// The whole file.
    pub fn finish(self, catalog: usize, about: usize) -> Vec<u8> {
        // The bytes after the first line tell those who move files that this one is not text.
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut places = Vec::new();
        for (at, object) in self.objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj\n", at + 1).into_bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let table = out.len();
        let count = self.objects.len() + 1;
        let mut tail = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for place in places {
            let _ = writeln!(tail, "{place:010} 00000 n ");
        }
        let _ = write!(
            tail,
            "trailer\n<< /Size {count} /Root {catalog} 0 R /Info {about} 0 R >>\nstartxref\n{table}\n%%EOF\n"
        );
        out.extend(tail.into_bytes());
        out
    }
}

/// Text as a string of the format: UTF-16 with its mark, in hexadecimal digits.
pub(super) fn string(text: &str) -> String {
    let mut digits = "<FEFF".to_owned();
    for unit in text.encode_utf16() {
        let _ = write!(digits, "{unit:04X}");
    }
    digits.push('>');
    digits
}
