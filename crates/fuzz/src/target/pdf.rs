//! PDF, taken apart by another process as `read` does it.

use crate::{Target, parts, reading};

pub const TARGET: Target = Target {
    name: "pdf",
    says: "`read` of PDF through the process that takes it apart: whatever becomes of that one, it is read or refused",
    run,
};

/// Bytes that begin like a PDF are one; others are lines of its pages, with form feeds between the pages.
fn run(bytes: &[u8]) {
    if bytes.starts_with(b"%PDF-") {
        reading::read("x.pdf", bytes);
        return;
    }
    let page = |page: &[u8]| page.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let pages: Vec<Vec<Vec<u8>>> = bytes.split(|byte| *byte == b'\x0c').take(8).map(page).collect();
    reading::read("x.pdf", &parts::pdf(&pages));
}
