//! What takes in text or bytes from outside, put to whatever a machine comes up with.
//!
//! A [`Target`] is a function of bytes: it calls what a command or the server calls, and asserts more than that nothing
//! panics where more is true. `tests/fuzz/run` looks for bytes that fail, with libFuzzer and with coverage of our own
//! crates; the tests of this crate put the seeds, and every input that once failed, to the same functions without it.
//! A target reads no clock but the limits of the reader, and keeps nothing of one input for the next.

pub mod parts;
pub mod reading;
pub mod toyland;

/// A function of bytes that must hold for all of them.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, also of its folders of seeds and of inputs that once failed.
    pub name: &'static str,
    /// What is called, and what must hold.
    pub says: &'static str,
    /// Puts bytes to it; panics where something does not hold.
    pub run: fn(&[u8]),
}

macro_rules! targets {
    ($($file:ident),* $(,)?) => {
        /// The targets, one file each.
        mod target { $(pub mod $file;)* }

        /// Every target, by name.
        pub const TARGETS: &[Target] = &[$(target::$file::TARGET),*];
    };
}

targets! {
    api, case_csv, case_toml, cleaned, corrections, dates, feed, foreign, form, html, importer, lint, mail, manifest, markdown,
    office, pdf, quantities, question, results, saved, scenario, store, text,
}

/// The target of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Bytes as text: what is no UTF-8 is refused before it comes to most of what is called here.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A text's first line, and what follows it.
fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}
