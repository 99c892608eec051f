//! Arabic and Persian, read by lists.

use crate::{Target, reading};

pub const TARGET: Target = Target {
    name: "foreign",
    says: "`read` of Arabic and Persian: their dates, numbers, acts and claims, quoted to the byte",
    run,
};

fn run(bytes: &[u8]) {
    reading::read("x.txt", bytes);
}
