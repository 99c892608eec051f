//! Forecasts on record, in files.

use std::path::Path;

use assess::Record;

use crate::command::report::write_whole;
use crate::failure::Failure;

/// The frozen forecasts of a question, the chain checked.
pub fn frozen(path: &Path) -> Result<Vec<Record>, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::Input(format!("{}: {e}", path.display()))),
    };
    Record::chain(&text).map_err(|e| Failure::Input(format!("{} {e}", path.display())))
}

/// Writes the frozen forecasts of a question, atomically.
pub fn write_lines(path: &Path, lines: &[Record]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::Input(format!("{}: {e}", folder.display())))?;
    }
    let text = Record::text(lines).map_err(|e| Failure::Internal(e.to_string()))?;
    write_whole(path, text.as_bytes())
}
