//! A scenario that somebody made by hand, written into the case and kept among the decisions, so that it is undone
//! like any of them.

use std::path::Path;

use jiff::civil::Date;

use super::edit::Texts;
use super::ledger::{self, Decision, Taken};
use super::splice::Splice;
use super::write::{NotWritten, Written, before, changes};
use crate::diagnostic::Severity;
use crate::folder::Folder;
use crate::transaction::commit;

/// A scenario to be written.
#[derive(Debug, Clone)]
pub struct NewScenario {
    /// The name of its file without the ending: lower-case letters, digits and hyphens.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Why one might expect it.
    pub why: String,
    /// Paths of the case and their values as TOML.
    pub set: Vec<(String, String)>,
}

impl NewScenario {
    fn text(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut out = format!("title = {}\n", quoted(self.title.trim()));
        if !self.why.trim().is_empty() {
            out.push_str(&format!("why = {}\n", quoted(self.why.trim())));
        }
        for (path, value) in &self.set {
            out.push_str(&format!("\n[[set]]\npath = {}\nvalue = {value}\n", quoted(path)));
        }
        out
    }
}

/// Writes a scenario as `scenarios/NAME.toml`.
///
/// # Errors
/// If its name or title is none, there is one of that name, or the case under it would have faults.
pub fn save_scenario(
    root: &Path,
    scenario: &NewScenario,
    today: Date,
) -> Result<Written, NotWritten> {
    let name = scenario.name.as_str();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) || name.starts_with('-') {
        return Err(NotWritten::Asked(format!(
            "\"{name}\" cannot name a scenario: use lower-case letters, digits and hyphens, 64 at most"
        )));
    }
    if scenario.title.trim().is_empty() {
        return Err(NotWritten::Asked("a scenario needs a title".into()));
    }
    let folder = Folder::read(root)?;
    let file = format!("scenarios/{name}.toml");
    if root.join(&file).exists() {
        return Err(NotWritten::Asked(format!("{file} is there already: choose another name")));
    }
    let text = scenario.text();
    let found = folder.with_patch(name.to_owned(), file.clone(), text.clone());
    let built = found.build(None);
    if let Some(fault) = built.findings.iter().find(|f| f.severity == Severity::Error) {
        return Err(NotWritten::Fault(format!("{}; nothing was written", fault.line(&found.map))));
    }
    let decision = Decision {
        id: format!("scenario-{name}"),
        taken: Taken::Accepted,
        kind: "scenario".to_owned(),
        target: file.clone(),
        title: None,
        by: None,
        on: today,
        why: Some(scenario.title.trim().to_owned()),
        rule: "saved".to_owned(),
        source: None,
        quote: None,
        at: None,
        with: None,
        change: vec![Splice::between(&file, None, &text)],
    };
    let first = before(&folder);
    let mut texts: Texts = first.clone();
    let ledger = ledger::with(texts.get(ledger::FILE).map_or("", String::as_str), &decision);
    texts.insert(ledger::FILE.to_owned(), ledger);
    texts.insert(file.clone(), text);
    commit(root, &changes(&first, &texts))?;
    super::undone::forget(root);
    Ok(Written { decision, files: vec![file] })
}
