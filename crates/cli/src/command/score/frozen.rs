//! Writing forecasts on record.

use std::path::Path;

use assess::score::Frozen;

use crate::command::report::write_whole;
use crate::failure::Failure;

/// Writes the frozen forecasts of a question, atomically.
pub fn write_lines(path: &Path, lines: &[Frozen]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::Input(format!("{}: {e}", folder.display())))?;
    }
    let mut text = String::new();
    for line in lines {
        let line = serde_json::to_string(line).map_err(|e| Failure::Internal(e.to_string()))?;
        text.push_str(&line);
        text.push('\n');
    }
    write_whole(path, text.as_bytes())
}
