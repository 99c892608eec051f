//! Tables that others publish.

use case::proposal::Row;
use tables::import::{FORMATS, ImportError, looks_like};

use crate::{Target, first_line, text};

pub const TARGET: Target = Target {
    name: "importer",
    says: "`import` of every format: rows stand where they say, faults have their places, what is kept comes back",
    run,
};

/// The first line names the format of the rest.
#[allow(clippy::expect_used)]
fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (name, text) = first_line(text);
    let Some(format) = FORMATS.iter().find(|f| f.name == name.trim()).or_else(|| looks_like(text))
    else {
        return;
    };
    match format.rows(text) {
        Ok(rows) => {
            for row in &rows {
                let there = text.get(row.start..).expect("a row begins with a character");
                assert!(there.starts_with(row.text.trim_end()), "not at its byte: {row:?}");
                let line = 1 + text[..row.start].matches('\n').count();
                assert_eq!(row.line, line, "not on its line: {row:?}");
            }
            let kept = serde_json::to_string(&rows).expect("rows can be kept");
            let again: Vec<Row> = serde_json::from_str(&kept).expect("and come back");
            assert_eq!(again, rows);
        }
        Err(ImportError::Faults(faults)) => {
            assert!(!faults.is_empty(), "it is at fault and nothing says why");
            let lines = 1 + text.matches('\n').count();
            for fault in faults {
                assert!((1..=lines).contains(&fault.line) && fault.column > 0, "{fault}");
            }
        }
        Err(_) => {}
    }
}
