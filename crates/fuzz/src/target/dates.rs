//! Phrases of dates within a sentence.

use crate::{Target, reading, text};

pub const TARGET: Target = Target {
    name: "dates",
    says: "phrases of dates in a sentence: a stretch of days begins before it ends, and a phrase is quoted to the byte",
    run,
};

fn run(bytes: &[u8]) {
    let Some(phrase) = text(bytes) else { return };
    for document in [
        format!("The council met {phrase} in the old town hall.\n"),
        format!("PORT AMAR, {phrase} - The Veslan government met the Harbour Front.\n"),
    ] {
        if let Some(read) = reading::read("x.txt", document.as_bytes()) {
            assert_eq!(read.document.text, document);
        }
    }
}
