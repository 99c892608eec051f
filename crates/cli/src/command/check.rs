//! `check`: every fault of one or more cases at once.

use std::path::PathBuf;

use assess::Ask;
use case::diagnostic::Record;
use case::question::{Question, questions};
use case::rules::meaning;
use case::source_map::SourceMap;
use case::{Case, Counts, Diagnostic, Folder, Severity};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use simulate::Model;

use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen::{self, number};

/// Report every fault of a case with its place and what would mend it
///
///     shatterbelt check toyland
///     shatterbelt check cases/* --as-of 2030-01-01 --hidden
///     shatterbelt check toyland --warnings
///     shatterbelt check toyland --sarif > check.sarif
///
/// Without --scenario every scenario of the case is checked too, each laid over it alone. Exit code 4
/// means that there are errors. Warnings never fail a check.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Check {
    /// The case folders
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// Use nothing published after this day (default: each case's own date)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    as_of: Option<Date>,
    /// Change one value, such as entry.reds.participates=true
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Check the case under these scenarios, laid over it in this order
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// One line a finding
    #[arg(long)]
    plain: bool,
    /// List every warning, not one of each kind
    #[arg(long)]
    warnings: bool,
    /// List what is not yet known on the as-of date
    #[arg(long, visible_alias = "verbose")]
    hidden: bool,
    /// Print findings as JSON
    #[arg(long, conflicts_with = "sarif")]
    json: bool,
    /// Print findings as SARIF 2.1.0, for editors and code hosts
    #[arg(long)]
    sarif: bool,
}

/// What checking one case came to.
struct Checked {
    folder: Folder,
    findings: Vec<Diagnostic>,
    summary: Option<Summary>,
    /// What is wrong under each scenario that is sound without it.
    scenarios: Vec<(Folder, Vec<Diagnostic>)>,
}

#[derive(Serialize)]
struct Summary {
    title: String,
    as_of: Date,
    counts: Counts,
    /// What is not yet known, by path.
    hidden_paths: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    case: String,
    errors: usize,
    warnings: usize,
    summary: Option<Summary>,
    findings: Vec<Record>,
}

impl Checked {
    /// All findings, each with the texts it points into.
    fn all(&self) -> impl Iterator<Item = (&Diagnostic, &SourceMap)> {
        let own = self.findings.iter().map(|finding| (finding, &self.folder.map));
        let under = self.scenarios.iter();
        own.chain(under.flat_map(|(folder, of)| of.iter().map(|finding| (finding, &folder.map))))
    }

    fn errors(&self) -> usize {
        self.all().filter(|(f, _)| f.severity == Severity::Error).count()
    }

    fn report(self) -> Report {
        let errors = self.errors();
        Report {
            case: self.folder.root.display().to_string(),
            errors,
            warnings: self.all().count() - errors,
            findings: self.all().map(|(finding, map)| finding.record(map)).collect(),
            summary: self.summary,
        }
    }
}

impl Check {
    /// Checks.
    pub fn go(&self) -> Result<(), Failure> {
        let (mut checked, mut unread) = (Vec::new(), Vec::new());
        for case in &self.cases {
            match self.one(case) {
                Ok(one) => checked.push(one),
                Err(failure) => unread.push(failure),
            }
        }
        if checked.is_empty() && unread.len() == 1 {
            return unread.pop().map_or(Ok(()), Err);
        }
        let bad: Vec<String> = checked
            .iter()
            .filter(|c| c.errors() > 0)
            .map(|c| c.folder.root.display().to_string())
            .collect();
        if self.sarif {
            let mut cases = Vec::new();
            for case in &checked {
                cases.push((case.findings.as_slice(), &case.folder.map));
                cases
                    .extend(case.scenarios.iter().map(|(folder, of)| (of.as_slice(), &folder.map)));
            }
            print_json(&case::sarif::sarif(env!("CARGO_PKG_VERSION"), &cases))?;
        } else if self.json {
            let mut reports: Vec<Report> = checked.into_iter().map(Checked::report).collect();
            match reports.pop() {
                Some(only) if reports.is_empty() => print_json(&only)?,
                last => {
                    reports.extend(last);
                    print_json(&reports)?;
                }
            }
        } else {
            for case in &checked {
                self.tell(case)?;
            }
        }
        let last = match bad.is_empty() {
            true => unread.pop(),
            false => None,
        };
        for failure in &unread {
            say!("{failure}");
        }
        match (bad.is_empty(), last) {
            (true, None) => Ok(()),
            (true, Some(failure)) => Err(failure),
            (false, _) => Err(Failure::Check(format!("faults in {}", bad.join(", ")))),
        }
    }

    fn one(&self, case: &std::path::Path) -> Result<Checked, Failure> {
        let opening = Opening { case: case.to_owned(), as_of: self.as_of, set: self.set.clone() };
        let folder = opening.folder(&self.scenario)?;
        let (built, mut findings) = examined(&folder, self.as_of);
        if let Some(Ok(model)) = built.as_ref().map(Model::new) {
            findings.extend(unreadable(&folder, &model));
        }
        let mut scenarios = Vec::new();
        // A scenario is judged by what it breaks of a case that is sound without it.
        let sound = findings.iter().all(|finding| finding.severity != Severity::Error);
        if sound && self.scenario.is_empty() {
            for name in folder.scenarios() {
                let under = folder.with_scenario(&name)?;
                let mut found = examined(&under, self.as_of).1;
                found.retain(|finding| finding.severity == Severity::Error);
                if !found.is_empty() {
                    scenarios.push((under, found));
                }
            }
        }
        let summary = built.map(|case| Summary {
            counts: Counts::of(&case),
            title: case.head.title.clone(),
            as_of: case.as_of,
            hidden_paths: case.hidden,
        });
        Ok(Checked { folder, findings, summary, scenarios })
    }

    /// Prints one case's findings: every error, and of warnings one of each kind unless all are asked for.
    fn tell(&self, checked: &Checked) -> Result<(), Failure> {
        let colour = screen::colour_on_stdout();
        let map = &checked.folder.map;
        let show = |(f, map): &(&Diagnostic, &SourceMap)| match self.plain {
            true => f.line(map),
            false => format!("{}\n", f.render(map, colour)),
        };
        let (errors, warnings): (Vec<_>, Vec<_>) =
            checked.all().partition(|(f, _)| f.severity == Severity::Error);
        print(errors.iter().map(show))?;
        if self.warnings {
            print(warnings.iter().map(show))?;
        } else {
            let warnings: Vec<&Diagnostic> = warnings.iter().map(|(f, _)| *f).collect();
            let mut rules: Vec<&'static str> = warnings.iter().map(|f| f.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            for rule in rules {
                let of_rule: Vec<_> = warnings.iter().filter(|f| f.rule == rule).collect();
                print([format!("warning[{rule}]: {} ({})", meaning(rule), of_rule.len())])?;
                print(of_rule.iter().take(1).map(|f| {
                    let place = map.place(&f.spot).map_or_else(String::new, |p| format!("{p}: "));
                    let more = if of_rule.len() > 1 { ", and others" } else { "" };
                    format!("  {place}{}{more}", f.message)
                }))?;
            }
        }
        if let Some(summary) = &checked.summary {
            print(lines(summary))?;
            if self.hidden {
                print(summary.hidden_paths.iter().map(|path| format!("  not yet known: {path}")))?;
            }
        }
        let (errors, warnings) = (errors.len(), warnings.len());
        let all = if warnings > 0 && !self.warnings { " (--warnings lists them)" } else { "" };
        print([format!("{}, {}{all}", number(errors, "error"), number(warnings, "warning"))])
    }
}

/// A case with what is wrong with it and with what runs make of it.
fn examined(folder: &Folder, as_of: Option<Date>) -> (Option<Case>, Vec<Diagnostic>) {
    let built = folder.check(as_of);
    let mut findings = built.findings;
    if let Some(Err(more)) = built.case.as_ref().map(Model::new) {
        findings.extend(more);
    }
    (built.case, findings)
}

/// Questions of the case's date whose `ask` no run can answer: those that are asked of other days or
/// under scenarios are read when they are asked.
fn unreadable(folder: &Folder, model: &Model<'_>) -> Vec<Diagnostic> {
    let day = model.case.as_of;
    let mut all = study::key_questions(&folder.map, day);
    let own = questions(&folder.map).unwrap_or_default().into_iter();
    let told: Vec<String> = all.iter().map(|q| q.id.get_ref().clone()).collect();
    all.extend(own.filter(|q| q.as_of == day && !told.contains(q.id.get_ref())));
    all.retain(|question| question.scenarios.is_empty());
    let wrong = |question: &Question| {
        let ask = question.ask.as_ref()?;
        let fault = Ask::read(ask.get_ref(), model).err()?;
        let id = question.id.get_ref();
        Some(Diagnostic::error("ask", ask.span(), format!("question \"{id}\": {fault}")))
    };
    all.iter().filter_map(wrong).collect()
}

fn lines(summary: &Summary) -> Vec<String> {
    let c = &summary.counts;
    vec![format!(
        "{} as of {}: {} actors, {} ties, {} sources, {} estimates ({} with a source, {} judged, {} stale), {} disputes, {} not yet known",
        summary.title,
        summary.as_of,
        c.actors,
        c.ties,
        c.sources,
        c.estimates,
        c.sourced,
        c.judged,
        c.stale,
        c.disputes,
        c.hidden,
    )]
}
