//! The canonical form of case files.

use case::form::formatted;

use crate::{Target, text};

pub const TARGET: Target = Target {
    name: "form",
    says: "`fmt`: a file in form means the same, keeps its comments, and is in form",
    run,
};

fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(once) = formatted(text) else {
        return;
    };
    let tables: [Result<toml::Table, _>; 2] = [text.parse(), once.parse()];
    let [Ok(before), Ok(after)] = tables else {
        // The two libraries that read TOML differ on little; neither may turn what the other reads into what it does not.
        panic!("{tables:?}\n{text}\n--\n{once}");
    };
    // A number that is none is not like itself.
    assert_eq!(format!("{before:?}"), format!("{after:?}"), "{text}\n--\n{once}");
    let marks = |text: &str| text.matches('#').count();
    assert_eq!(marks(text), marks(&once), "a comment is lost\n{text}\n--\n{once}");
    assert_eq!(formatted(&once).as_ref(), Ok(&once), "not in form\n{text}");
}
