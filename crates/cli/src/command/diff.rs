//! `diff`: what changed between two cases, or two revisions of one, in words.

use std::path::{Path, PathBuf};
use std::process::Command;

use case::Folder;
use case::change::{Change, What, changes};
use clap::Args;

use super::{print, print_json};
use crate::failure::Failure;

/// Say what changed from one case, or one revision of it, to another
///
///     shatterbelt diff toyland mine
///     shatterbelt diff toyland@HEAD~3 toyland
///     shatterbelt diff toyland@v1 toyland@v2 --json
///
/// CASE@REVISION is the case as git holds it.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Diff {
    /// The case before
    before: String,
    /// The case after
    after: String,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    /// Compares.
    pub fn go(&self) -> Result<(), Failure> {
        let (before, after) = (open(&self.before)?, open(&self.after)?);
        let all = changes(&before, &after);
        if self.json {
            return print_json(&all);
        }
        if all.is_empty() {
            return print(["nothing changed".to_owned()]);
        }
        let mut lines = Vec::new();
        let mut from = 0;
        while from < all.len() {
            let kind = &all[from].kind;
            let to = from + all[from..].iter().take_while(|c| c.kind == *kind).count();
            lines.extend(of_kind(kind, &all[from..to]));
            from = to;
        }
        print(lines)
    }
}

fn of_kind(kind: &str, all: &[Change]) -> Vec<String> {
    let count = |what: What| all.iter().filter(|c| c.what == what).count();
    let counts: Vec<String> =
        [(What::Added, "added"), (What::Removed, "removed"), (What::Changed, "changed")]
            .into_iter()
            .map(|(what, word)| (count(what), word))
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"))
            .collect();
    let mut lines = vec![format!("{kind}: {}", counts.join(", "))];
    for change in all {
        let name = if change.key.is_empty() { kind } else { &change.key };
        match change.what {
            What::Added => lines.push(format!("  + {name}")),
            What::Removed => lines.push(format!("  - {name}")),
            What::Changed => {
                lines.push(format!("  {name}"));
                for field in &change.fields {
                    let shown =
                        |value: &Option<String>| value.clone().unwrap_or("nothing".to_owned());
                    let (before, after) = (shown(&field.before), shown(&field.after));
                    lines.push(format!("      {}: {before} → {after}", field.field));
                }
            }
        }
    }
    lines
}

/// A case on disk, or `CASE@REVISION` out of git.
fn open(name: &str) -> Result<Folder, Failure> {
    match name.rsplit_once('@') {
        Some((path, revision)) if !Path::new(name).exists() => at_revision(path, revision),
        _ => Ok(Folder::read(Path::new(name))?),
    }
}

fn at_revision(path: &str, revision: &str) -> Result<Folder, Failure> {
    let name = format!("{path}@{revision}");
    if revision.is_empty() || revision.starts_with('-') || path.is_empty() {
        return Err(Failure::usage(format!("\"{name}\": write CASE@REVISION")));
    }
    let folder = Path::new(path);
    if !folder.is_dir() {
        return Err(Failure::input(format!(
            "{path}: there is no such folder to find the repository by"
        )));
    }
    // Fails early, and with git's own words, if the revision is none.
    let commit = format!("{revision}^{{commit}}");
    git(folder, &name, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .map_err(|failure| match failure {
            Failure::Input(_) => {
                Failure::input(format!("{name}: git knows no revision \"{revision}\" here"))
            }
            other => other,
        })?;
    let listing = git(folder, &name, &["ls-tree", "--name-only", revision, "./"])?;
    let mut files = Vec::new();
    for file in listing.lines() {
        if file.ends_with(".toml") || file.ends_with(".csv") {
            let text = git(folder, &name, &["show", &format!("{revision}:./{file}")])?;
            files.push((format!("{name}/{file}"), text));
        }
    }
    if !files.iter().any(|(file, _)| file.ends_with("/case.toml")) {
        return Err(Failure::input(format!("{name}: there is no case.toml in that revision")));
    }
    Ok(Folder::of_texts(PathBuf::from(&name), files))
}

fn git(folder: &Path, name: &str, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::input(format!("{name}: reading a revision needs git, which is not installed"))
        }
        _ => Failure::input(format!("{name}: git cannot be run: {e}")),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("git failed");
        return Err(Failure::input(format!("{name}: {said}")));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Failure::input(format!("{name}: a file of that revision is not UTF-8")))
}
