//! A file of a case in TOML, in the place of the fictional case's own.

use crate::{Target, first_line, text, toyland};

pub const TARGET: Target = Target {
    name: "case_toml",
    says: "a file of a case, checked with the others: every finding points at text, and what passes runs",
    run,
};

/// The first line names the file that the rest is.
fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (name, text) = first_line(text);
    let own = toyland::files().iter().any(|(own, _)| own == name.trim() && own.ends_with(".toml"));
    let name = if own { name.trim() } else { "more.toml" };
    toyland::checked(&toyland::with(name, text));
}
