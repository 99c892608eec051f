//! `report --lint`: a written brief held to the tradecraft standards.

use std::path::Path;

use case::Case;
use report::compose::Evidence;
use report::lint::{Documents, Form, Held, lint, read};

use super::Report;
use crate::command::print;
use crate::command::read::read_case;
use crate::failure::Failure;

impl Report {
    /// Lints a file, or the brief of a case.
    pub(super) fn lint(&self, of: Option<&Path>) -> Result<(), Failure> {
        // `report --lint cases/toyland` means the case.
        let (case, file) = match (self.case.as_deref(), of) {
            (None, Some(of)) if of.is_dir() => (Some(of), None),
            (case, file) => (case, file),
        };
        let (name, text, form, documents) = match (case, file) {
            (Some(case), None) => {
                let (composed, documents) = self.brief(&self.opening(case))?;
                let name = format!("{} (as Markdown)", case.display());
                (name, report::markdown::write(&composed.brief), Form::Markdown, Some(documents))
            }
            (case, Some(file)) => {
                let documents = case.map(|case| self.documents(case)).transpose()?;
                let text = case::folder::read_text(file)?;
                (file.display().to_string(), text, form(file)?, documents)
            }
            (None, None) => {
                return Err(Failure::usage(
                    "report --lint: name a case or a written brief, such as brief.md",
                ));
            }
        };
        let page = read(&text, form);
        let has_earlier = self.since.is_some();
        let held = Held { page: &page, documents: documents.as_ref(), has_earlier };
        let findings = lint(&held);
        let mut lines = Vec::new();
        for finding in &findings {
            let standard = finding.standard.name();
            lines.push(format!("{name}:{}: {} ({standard})", finding.line, finding.rule));
            lines.push(format!("    {}; {}", finding.fault, finding.fix));
        }
        let apart = match documents {
            Some(_) => "",
            None => " Quotations were not looked up: name the case too.",
        };
        if findings.is_empty() {
            let rules = report::lint::RULES.len();
            return print([format!("{name}: {rules} rules, no findings.{apart}")]);
        }
        print(lines)?;
        let count = match findings.len() {
            1 => "1 finding".to_owned(),
            more => format!("{more} findings"),
        };
        Err(Failure::Check(format!("{count} in {name}.{apart}")))
    }

    /// The documents of a case.
    fn documents(&self, case: &Path) -> Result<Documents, Failure> {
        let opening = self.opening(case);
        let folder = opening.folder(&[])?;
        let case = opening.case(&folder)?;
        Ok(documents(&case, &read_case(&case, &opening.case)?))
    }
}

/// How a file is written, by its ending.
fn form(file: &Path) -> Result<Form, Failure> {
    match file.extension().and_then(|e| e.to_str()) {
        Some("md" | "markdown" | "txt") => Ok(Form::Markdown),
        Some("html" | "htm") => Ok(Form::Html),
        _ => Err(Failure::input(format!(
            "{}: a brief to lint is Markdown (.md) or HTML (.html)",
            file.display()
        ))),
    }
}

/// The sentences of the case's documents under their sources' titles.
pub(super) fn documents(case: &Case, evidence: &Evidence) -> Documents {
    let mut all = Documents::default();
    for source in &case.sources {
        if let Some(sentences) = evidence.sentences.get(source.key.get_ref()) {
            all.add(&source.title, sentences);
        }
    }
    all
}
