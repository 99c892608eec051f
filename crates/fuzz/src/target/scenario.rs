//! A scenario laid over the fictional case, and values set by their paths.

use crate::{Target, text, toyland};

pub const TARGET: Target = Target {
    name: "scenario",
    says: "values set by `--set PATH=VALUE` and a scenario laid over a case: every finding points at text, what passes runs",
    run,
};

/// Lines at the head that begin with `--set ` are set, the rest is a scenario.
#[allow(clippy::expect_used)]
fn run(bytes: &[u8]) {
    let Some(mut text) = text(bytes) else { return };
    let mut folder = toyland::with("more.toml", "");
    while let Some(line) = text.strip_prefix("--set ") {
        let (assignment, rest) = crate::first_line(line);
        folder = folder.with_set(assignment);
        text = rest;
    }
    if !text.is_empty() {
        let file = tempfile::NamedTempFile::with_suffix(".toml").expect("a file can be made");
        std::fs::write(file.path(), text).expect("it can be written");
        let path = file.path().to_string_lossy().into_owned();
        folder = folder.with_scenario(&path).expect("a scenario of UTF-8 is taken in");
        let patch = folder.patches.last().expect("it is laid over the case");
        assert_eq!(patch.text, text, "it says what its file says");
        let _ = (patch.title(), patch.why());
    }
    toyland::checked(&folder);
}
