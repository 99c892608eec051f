//! What people changed in the records, as a case keeps it.

use evidence::{Store, corrections_from, corrections_text};

use crate::{Target, text};

pub const TARGET: Target = Target {
    name: "corrections",
    says: "`corrections.jsonl`: read and written it says the same, and a store takes all of it or none",
    run,
};

#[allow(clippy::expect_used)]
fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(all) = corrections_from(text) else { return };
    let written = corrections_text(&all).expect("what was read can be written");
    assert_eq!(corrections_from(&written).ok().as_ref(), Some(&all));
    let mut store = Store::in_memory().expect("a store can be made in memory");
    let taken = store.correct(&all).is_ok();
    let held = store.corrections().expect("it can be asked");
    assert!(taken || held.is_empty(), "half of it was taken");
}
