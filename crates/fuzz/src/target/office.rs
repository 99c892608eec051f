//! Office documents: DOCX, XLSX and OpenDocument.

use crate::{Target, parts, reading};

pub const TARGET: Target = Target {
    name: "office",
    says: "`read` of DOCX, XLSX and OpenDocument: the archive's directory and the parts within it",
    run,
};

/// Bytes that begin like an archive are one; others are its parts, each behind a line `=== NAME`.
fn run(bytes: &[u8]) {
    let packed = match bytes.starts_with(b"PK") {
        true => bytes.to_vec(),
        false => parts::archive(&parts::parts(bytes)),
    };
    for name in ["x.docx", "x.xlsx", "x.odt"] {
        if reading::read(name, &packed).is_some() {
            break;
        }
    }
}
