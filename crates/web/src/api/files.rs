//! `/api/files`: the case's files as they are written, for who would rather edit them than fill in forms. They are kept by a change of
//! `text`, with its lines shown before and undone like any other.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::Folder;
use case::proposal::{LEDGER, text_hash};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, Path};
use crate::problem::{Finding, Problem};
use crate::workbench::{Workbench, off};

/// The case's files.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileList {
    /// The case's revision.
    revision: String,
    /// They, by their names.
    files: Vec<FileRow>,
}

/// A file of the case.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileRow {
    /// Its name.
    name: String,
    /// How many lines it has.
    lines: usize,
    /// How many findings `check` has in it that are errors.
    errors: usize,
    /// How many that are warnings.
    warnings: usize,
}

/// A file as it is written.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileView {
    /// The case's revision.
    revision: String,
    /// Its name.
    name: String,
    /// What it says.
    text: String,
    /// The hash of that, to be sent back with a change.
    hash: String,
    /// What `check` says of it.
    findings: Vec<Finding>,
}

/// The files on disk, whether they make a case or not, and what `check` says of each.
struct OnDisk {
    folder: Folder,
    findings: Vec<(String, Finding)>,
}

impl OnDisk {
    fn read(workbench: &Workbench) -> Result<Self, Problem> {
        let folder = Folder::read(workbench.root())?;
        let found = folder.build(workbench.as_of()).findings;
        let findings = found.iter().filter_map(|finding| {
            let file = folder.map.file_at(finding.spot.start)?.short_name().to_owned();
            Some((file, Finding::of(finding, &folder.map)))
        });
        let findings = findings.collect();
        Ok(Self { folder, findings })
    }

    /// Those that a person writes.
    fn names(&self) -> impl Iterator<Item = &str> {
        let all = self.folder.map.files().iter().map(|f| f.short_name());
        all.filter(|name| *name != LEDGER)
    }

    fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |(file, _)| file == name).map(|(_, finding)| finding)
    }
}

/// The case's files, whether they make a case or not.
#[utoipa::path(get, path = "/api/files", responses((status = 200, body = FileList), (status = 422, body = Problem)))]
pub(crate) async fn list(State(workbench): State<Arc<Workbench>>) -> Answer<FileList> {
    let found = off(move || {
        let disk = OnDisk::read(&workbench)?;
        let row = |name: &str| {
            let count = |severity: &str| disk.of(name).filter(|f| f.severity == severity).count();
            FileRow {
                name: name.to_owned(),
                lines: disk.folder.map.named(name).map_or(0, |f| f.text.lines().count()),
                errors: count("error"),
                warnings: count("warning"),
            }
        };
        let files = disk.names().map(row).collect();
        Ok(FileList { revision: workbench.now().revision, files })
    });
    Ok(Json(found.await?))
}

/// A file as it is written, with what `check` says of it.
#[utoipa::path(get, path = "/api/files/{name}", params(("name" = String, Path)), responses((status = 200, body = FileView), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn file(
    State(workbench): State<Arc<Workbench>>,
    Path(name): Path<String>,
) -> Answer<FileView> {
    let found = off(move || {
        let disk = OnDisk::read(&workbench)?;
        let known = disk.names().any(|one| one == name);
        let Some(found) = disk.folder.map.named(&name).filter(|_| known) else {
            let all: Vec<&str> = disk.names().collect();
            let detail = format!("the case has no file \"{name}\" that is written by hand");
            let hint = format!("it has: {}", all.join(", "));
            return Err(Problem::missing("unknown-file", detail).hint(hint));
        };
        Ok(FileView {
            revision: workbench.now().revision,
            text: found.text.clone(),
            hash: text_hash(&found.text),
            findings: disk.of(&name).cloned().collect(),
            name,
        })
    });
    Ok(Json(found.await?))
}
