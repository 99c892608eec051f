//! Pages that were saved: MHTML, and WARC as it is or packed.

use crate::{Target, reading};

pub const TARGET: Target = Target {
    name: "saved",
    says: "`read` of MHTML and WARC: quotes are the document's bytes",
    run,
};

fn run(bytes: &[u8]) {
    let warc = bytes.starts_with(b"\x1F\x8B") || bytes.starts_with(b"WARC");
    reading::read(if warc { "x.warc" } else { "x.mht" }, bytes);
}
