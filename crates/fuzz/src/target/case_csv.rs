//! A table of a case, in the place of the fictional case's own or beside them.

use case::kinds::KINDS;

use crate::{Target, first_line, text, toyland};

pub const TARGET: Target = Target {
    name: "case_csv",
    says: "a table of a case, checked with its files: each row becomes TOML, every finding points at text, what passes runs",
    run,
};

/// The first line names the kind whose rows the rest holds.
fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (kind, text) = first_line(text);
    let kind = KINDS.iter().find(|known| known.name == kind.trim()).map_or("prior", |k| k.name);
    let folder = toyland::with(&format!("{kind}.csv"), text);
    toyland::checked(&folder);
    assert!(folder.row_texts().count() <= toyland::files().iter().map(|f| f.1.len()).sum::<usize>() + text.len());
}
