//! Where a brief goes and in which form: told by the name of the file, and looked at before any work.

use std::io::Write;
use std::path::{Path, PathBuf};

use report::brief::Brief;

use super::{Report, write_whole};
use crate::failure::{Failure, at};

/// The form of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Html,
    Markdown,
    Pdf,
    Docx,
}

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goal {
    /// Standard output, as Markdown.
    Stdout,
    /// A file.
    File(PathBuf, Form),
}

/// What `--out` asks for.
///
/// # Errors
/// If the ending stands for no form of a brief, or the folder takes no file.
pub(super) fn goal(out: Option<&Path>) -> Result<Goal, Failure> {
    let path = out.unwrap_or_else(|| Path::new("brief.html"));
    if path == Path::new("-") {
        return Ok(Goal::Stdout);
    }
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let form = match ending.as_deref() {
        Some("html" | "htm") => Form::Html,
        Some("md" | "markdown") => Form::Markdown,
        Some("pdf") => Form::Pdf,
        Some("docx") => Form::Docx,
        _ => {
            return Err(Failure::usage(format!(
                "--out {}: a brief is written as .html, .md, .pdf or .docx, or to - (Markdown on standard output)",
                path.display()
            )));
        }
    };
    writable(path)?;
    Ok(Goal::File(path.to_owned(), form))
}

/// Whether a file can be put there: a part of it is, and taken away again.
fn writable(path: &Path) -> Result<(), Failure> {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    std::fs::File::create(&part).map_err(at(path))?;
    std::fs::remove_file(&part).map_err(at(path))
}

impl Report {
    /// The brief as bytes.
    pub(super) fn bytes(&self, brief: &Brief, form: Form) -> Result<Vec<u8>, Failure> {
        Ok(match form {
            Form::Html => self.page(brief)?.into_bytes(),
            Form::Markdown => report::markdown::write(brief).into_bytes(),
            Form::Pdf => report::pdf::write(brief).map_err(Failure::internal)?,
            Form::Docx => report::docx::write(brief),
        })
    }
}

/// Writes a brief to standard output.
pub(super) fn to_stdout(brief: &Brief) -> Result<(), Failure> {
    let text = report::markdown::write(brief);
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads has had enough.
        Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(at("standard output")),
    }
}

/// Writes a brief and its record, and says how many kilobytes it has.
pub(super) fn to_file(path: &Path, bytes: &[u8], record: &[u8]) -> Result<String, Failure> {
    write_whole(path, bytes)?;
    write_whole(&super::record_of(path), record)?;
    Ok(format!("{}: {} KB", path.display(), bytes.len().div_ceil(1024)))
}
