//! Feeds: RSS and Atom.

use crate::{Target, reading};

pub const TARGET: Target = Target {
    name: "feed",
    says: "`read` of a feed: quotes are the document's bytes, and the text is bounded",
    run,
};

fn run(bytes: &[u8]) {
    if let Some(read) = reading::read("x.rss", bytes) {
        // A reference of a few letters may stand for more bytes than it has, and old encodings are shorter.
        assert!(read.document.text.len() <= 4 * bytes.len() + 1024, "the text grew");
    }
}
