//! `check`: every fault of one or more cases at once.

use std::path::PathBuf;

use case::diagnostic::Record;
use case::rules::meaning;
use case::{Counts, Diagnostic, Folder, Severity};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use simulate::Model;

use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Report every fault of a case with its place and what would mend it
///
///     shatterbelt check toyland
///     shatterbelt check cases/* --as-of 2030-01-01 --hidden
///     shatterbelt check toyland --warnings
///     shatterbelt check toyland --sarif > check.sarif
///
/// Exit code 4 means that there are errors. Warnings never fail a check.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Check {
    /// The case folders
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// Use nothing published after this day (default: each case's own date)
    #[arg(long, value_name = "YYYY-MM-DD")]
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
    fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Error).count()
    }

    fn report(self) -> Report {
        let errors = self.errors();
        Report {
            case: self.folder.root.display().to_string(),
            errors,
            warnings: self.findings.len() - errors,
            findings: self.findings.iter().map(|f| f.record(&self.folder.map)).collect(),
            summary: self.summary,
        }
    }
}

impl Check {
    /// Checks.
    pub fn go(&self) -> Result<(), Failure> {
        let checked: Vec<Checked> =
            self.cases.iter().map(|case| self.one(case)).collect::<Result<_, _>>()?;
        let bad: Vec<String> = checked
            .iter()
            .filter(|c| c.errors() > 0)
            .map(|c| c.folder.root.display().to_string())
            .collect();
        if self.sarif {
            let cases: Vec<_> =
                checked.iter().map(|c| (c.findings.as_slice(), &c.folder.map)).collect();
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
        match bad.is_empty() {
            true => Ok(()),
            false => Err(Failure::Check(format!("faults in {}", bad.join(", ")))),
        }
    }

    fn one(&self, case: &std::path::Path) -> Result<Checked, Failure> {
        let opening = Opening { case: case.to_owned(), as_of: self.as_of, set: self.set.clone() };
        let folder = opening.folder(&self.scenario)?;
        let built = folder.check(self.as_of);
        let mut findings = built.findings;
        if let Some(case) = &built.case
            && let Err(more) = Model::new(case)
        {
            findings.extend(more);
        }
        let summary = built.case.map(|case| Summary {
            counts: Counts::of(&case),
            title: case.head.title.clone(),
            as_of: case.as_of,
            hidden_paths: case.hidden,
        });
        Ok(Checked { folder, findings, summary })
    }

    /// Prints one case's findings: every error, and of warnings one of each kind unless all are asked for.
    fn tell(&self, checked: &Checked) -> Result<(), Failure> {
        let colour = screen::colour_on_stdout();
        let map = &checked.folder.map;
        let show = |f: &Diagnostic| match self.plain {
            true => f.line(map),
            false => format!("{}\n", f.render(map, colour)),
        };
        let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            checked.findings.iter().partition(|f| f.severity == Severity::Error);
        print(errors.iter().map(|f| show(f)))?;
        if self.warnings {
            print(warnings.iter().map(|f| show(f)))?;
        } else {
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

fn number(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn lines(summary: &Summary) -> Vec<String> {
    let c = &summary.counts;
    vec![format!(
        "{} as of {}: {} actors, {} ties, {} estimates ({} from {} sources, {} judged, {} stale), {} disputes, {} not yet known",
        summary.title,
        summary.as_of,
        c.actors,
        c.ties,
        c.estimates,
        c.sourced,
        c.sources,
        c.judged,
        c.stale,
        c.disputes,
        c.hidden,
    )]
}
