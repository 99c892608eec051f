//! Phrases of quantities within a sentence, and a row of figures.

use crate::{Target, reading, text};

pub const TARGET: Target = Target {
    name: "quantities",
    says: "phrases of quantities in a sentence and in a table: numbers are finite, ranges the right way round, quoted to the byte",
    run,
};

fn run(bytes: &[u8]) {
    let Some(phrase) = text(bytes) else { return };
    let sentence = format!("The Harbour Front said {phrase} were counted in Vesla in 2030.\n");
    let table = format!("| Party | Seats | Share |\n|---|---|---|\n| Harbour Front | 12 | 8% |\n| Dawn | {phrase} |\n");
    reading::read("x.txt", sentence.as_bytes());
    reading::read("x.md", table.as_bytes());
}
