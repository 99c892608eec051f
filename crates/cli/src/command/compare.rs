//! `compare`: a scenario against its base, run by run.

use assess::compare::{Comparison, Difference, Unit};
use clap::Args;
use simulate::Model;

use super::run::ensemble;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::{Opening, refuse};
use crate::screen;

/// Compare a scenario with its base, run by run under the same luck
#[derive(Args)]
pub struct Compare {
    /// The case folder
    case: std::path::PathBuf,
    /// The scenario: a name from the case's scenarios/, or a file
    scenario: Option<String>,
    /// Change one value in the scenario, such as entry.reds.participates=true
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Use nothing published after this day (default: the case's own date)
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<jiff::civil::Date>,
    /// How many futures of each
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// The seed of both
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Compare {
    /// Compares.
    pub fn go(&self) -> Result<(), Failure> {
        let scenarios: Vec<String> = self.scenario.iter().cloned().collect();
        let opening = |set: &[String]| Opening {
            case: self.case.clone(),
            as_of: self.as_of,
            set: set.to_vec(),
        };
        let (base, new) = (opening(&[]), opening(&self.set));
        let base_folder = base.folder(&[])?;
        if scenarios.is_empty() && self.set.is_empty() {
            let names = base_folder.scenarios().join(", ");
            return Err(Failure::Usage(format!(
                "name a scenario ({names}) or use --set PATH=VALUE"
            )));
        }
        let new_folder = new.folder(&scenarios)?;
        let (base_case, new_case) = (base.case(&base_folder)?, new.case(&new_folder)?);
        let base_model = Model::new(&base_case).map_err(|f| refuse(&base_folder, &f))?;
        let new_model = Model::new(&new_case).map_err(|f| refuse(&new_folder, &f))?;
        let base_runs = ensemble(&base_model, self.seed, self.runs, "base")?;
        let new_runs = ensemble(&new_model, self.seed, self.runs, "scenario")?;
        let comparison = assess::compare((&base_model, &base_runs), (&new_model, &new_runs))
            .map_err(|e| Failure::Internal(e.to_string()))?;
        if self.json {
            return print_json(&comparison);
        }
        let names: Vec<&str> = new_folder.patches.iter().map(|p| p.name.as_str()).collect();
        print(lines(&comparison, &names.join(", "), &base_case.head.title))
    }
}

fn row(difference: &Difference) -> Vec<String> {
    let shown = |value: f64, sign: bool| {
        let scaled = if difference.unit == Unit::Probability { 100.0 * value } else { value };
        let scaled = if scaled.abs() < 0.05 { 0.0 } else { scaled };
        if sign { format!("{scaled:+.1}") } else { format!("{scaled:.1}") }
    };
    let unit = match difference.unit {
        Unit::Seats => "seats",
        Unit::Days => "days",
        Unit::Probability => "points",
    };
    let d = &difference.difference;
    let range = match difference.unit {
        Unit::Probability => String::new(),
        _ => format!("{} … {}", shown(d.low, true), shown(d.high, true)),
    };
    vec![
        difference.quantity.clone(),
        shown(difference.base, false),
        shown(difference.scenario, false),
        format!("{} ± {}", shown(d.mean, true), shown(difference.error, false)),
        unit.to_owned(),
        range,
        screen::percent(difference.changed),
    ]
}

fn lines(comparison: &Comparison, scenario: &str, title: &str) -> Vec<String> {
    let mut out = vec![
        format!("{title}: {scenario} against the base, {} pairs of runs", comparison.runs),
        format!("{} of the runs end differently", screen::percent(comparison.changed)),
        String::new(),
    ];
    let shown: Vec<&Difference> =
        comparison.differences.iter().filter(|d| d.changed > 0.0).collect();
    if shown.is_empty() {
        out.push("Nothing differs, in any run.".to_owned());
        return out;
    }
    let rows: Vec<Vec<String>> = shown.into_iter().map(row).collect();
    let head = ["quantity", "base", "scenario", "difference", "", "90 % of runs", "runs changed"];
    out.extend(screen::table(&head, &rows));
    out.push(String::new());
    out.push(
        "± is the 95 % interval of the mean difference; points are percentage points.".to_owned(),
    );
    out
}
