//! The manifest of results.

use tables::Manifest;

use crate::{Target, text};

pub const TARGET: Target = Target {
    name: "manifest",
    says: "the manifest of results: what is read and written says the same, and joins itself",
    run,
};

#[allow(clippy::expect_used)]
fn run(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("manifest.json");
    std::fs::write(&file, bytes).expect("it can be written");
    let Ok(manifest) = Manifest::read(&file) else { return };
    assert!(text(bytes).is_some(), "a manifest is text");
    assert!(manifest.made.joins(&manifest.made));
    assert_eq!(manifest.made.differs(&manifest.made), "");
    manifest.write(folder.path()).expect("what was read can be written");
    let again = Manifest::read(folder.path()).expect("and read again");
    assert_eq!(again, manifest);
    let _ = manifest.verify(folder.path());
}
