//! Briefs of anybody, held to the standards.

use report::lint::{Form, Held, lint, read};

use crate::{Target, first_line, text};

pub const TARGET: Target = Target {
    name: "lint",
    says: "`report --lint` of a brief in Markdown or HTML: every finding stands on a line of the file",
    run,
};

/// The first line says how the rest is written.
fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (form, text) = first_line(text);
    let form = if form.trim() == "html" { Form::Html } else { Form::Markdown };
    let page = read(text, form);
    let lines = 1 + text.matches('\n').count();
    for has_earlier in [false, true] {
        let held = Held { page: &page, documents: None, has_earlier };
        for finding in lint(&held) {
            assert!((1..=lines).contains(&finding.line), "{finding} of {lines} lines");
        }
    }
}
