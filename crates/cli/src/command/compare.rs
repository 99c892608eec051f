//! `compare`: a scenario against its base or another, one date against another, all scenarios at once, and which
//! process carried an effect; run by run under the same luck.

mod all;
mod paths;

use assess::compare::{Comparison, Difference, Reported, Unit, paired_ensemble};
use case::{Case, Folder};
use clap::Args;
use jiff::civil::Date;
use simulate::{Ensemble, Model};
use study::opening::ready;

use super::run::ensemble;
use super::tabled::Tabled;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Compare a scenario with its base or another, or two dates, run by run under the same luck
#[derive(Args)]
pub struct Compare {
    /// The case folder
    case: std::path::PathBuf,
    /// The scenario: a name from the case's scenarios/, or a file
    #[arg(conflicts_with = "all")]
    scenario: Option<String>,
    /// Compare with this scenario and not with the case as it stands
    #[arg(long, value_name = "SCENARIO")]
    base: Option<String>,
    /// Compare the case as known on the second day with the case as known on the first
    #[arg(long, num_args = 2, value_names = ["YYYY-MM-DD", "YYYY-MM-DD"], value_parser = crate::screen::day, conflicts_with_all = ["as_of", "base", "all"])]
    dates: Option<Vec<Date>>,
    /// Compare every scenario of the case with the base, one row each
    #[arg(long, conflicts_with_all = ["carried", "set"])]
    all: bool,
    /// Say which process carried the effect, by switching each one's path off in turn
    #[arg(long, conflicts_with = "dates")]
    carried: bool,
    /// What the effect is on, such as government.days or "head == lind" (default: a column or two of the table)
    #[arg(long, value_name = "ASK")]
    of: Vec<String>,
    /// Change one value in the scenario, such as entry.reds.participates=true
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Use nothing published after this day (default: the case's own date)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    as_of: Option<Date>,
    /// How many futures of each
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// The seed of both
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    tabled: Tabled,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Compare {
    /// Compares.
    pub fn go(&self) -> Result<(), Failure> {
        if !self.carried && !self.all && !self.of.is_empty() {
            return Err(Failure::usage("--of goes with --all or --carried"));
        }
        if self.runs == 0 {
            return Err(Failure::usage("--runs 0: run at least one future"));
        }
        let opening = |as_of: Option<Date>, set: &[String]| Opening {
            case: self.case.clone(),
            as_of,
            set: set.to_vec(),
        };
        let laid: Vec<String> = self.scenario.iter().cloned().collect();
        if let Some(dates) = &self.dates {
            let (old, new) = (dates[0].min(dates[1]), dates[0].max(dates[1]));
            let folder = opening(None, &self.set).folder(&laid)?;
            let case = |day| opening(Some(day), &[]).case(&folder);
            let (base, scenario) = (case(old)?, case(new)?);
            let names = (old.to_string(), format!("as known on {new}"));
            return self.two((&folder, &base), (&folder, &scenario), names, Some(old));
        }
        let base_opening = opening(self.as_of, &[]);
        let base_folder = base_opening.folder(&self.base.iter().cloned().collect::<Vec<_>>())?;
        let base = base_opening.case(&base_folder)?;
        if self.all {
            return self.all(&base_opening, &base_folder, &base);
        }
        if laid.is_empty() && self.set.is_empty() {
            let names = base_folder.scenarios().join(", ");
            return Err(Failure::usage(format!(
                "name a scenario ({names}), use --set PATH=VALUE, --dates or --all"
            )));
        }
        let new_opening = opening(self.as_of, &self.set);
        let new_folder = new_opening.folder(&laid)?;
        let scenario = new_opening.case(&new_folder)?;
        let names: Vec<&str> = new_folder.patches.iter().map(|p| p.name.as_str()).collect();
        let against = self.base.clone().unwrap_or_else(|| "the base".to_owned());
        let names = (against, names.join(", "));
        if self.carried {
            return self.paths((&base_folder, &base), (&new_folder, &scenario), names);
        }
        self.two((&base_folder, &base), (&new_folder, &scenario), names, None)
    }

    /// Two cases, whose beliefs are drawn under the names of one day if they begin on two.
    fn two(
        &self,
        base: (&Folder, &Case),
        scenario: (&Folder, &Case),
        (against, name): (String, String),
        day: Option<Date>,
    ) -> Result<(), Failure> {
        let base_model = ready(base.0, base.1)?;
        let new_model = ready(scenario.0, scenario.1)?;
        let base_runs = self.runs_of(&base_model, day, "base")?;
        let new_runs = self.runs_of(&new_model, day, "scenario")?;
        let comparison = assess::compare((&base_model, &base_runs), (&new_model, &new_runs))?;
        self.tabled.save(|| study::tabled::differences(&comparison))?;
        if self.json {
            return print_json(&comparison);
        }
        print(lines(&comparison, (&against, &name), &base.1.head.title))
    }

    fn runs_of(
        &self,
        model: &Model<'_>,
        day: Option<Date>,
        what: &'static str,
    ) -> Result<Ensemble, Failure> {
        let Some(day) = day else { return ensemble(model, self.seed, self.runs) };
        let bar = screen::progress(u64::from(self.runs), what);
        let runs = paired_ensemble(model, day, self.seed, self.runs, &|done| bar.inc(done));
        bar.finish_and_clear();
        Ok(runs?)
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

fn lines(comparison: &Comparison, (against, scenario): (&str, &str), title: &str) -> Vec<String> {
    let mut out = vec![
        format!("{title}: {scenario} against {against}, {} pairs of runs", comparison.runs),
        format!("{} of the runs end differently", screen::percent(comparison.changed)),
        String::new(),
    ];
    let shown: Vec<&Difference> =
        comparison.differences.iter().filter(|d| d.changed > 0.0).collect();
    let told: Vec<&Reported> = comparison.reported.iter().filter(|r| r.changed > 0.0).collect();
    if shown.is_empty() && told.is_empty() {
        out.push("Nothing differs, in any run.".to_owned());
        return out;
    }
    let rows: Vec<Vec<String>> = shown.into_iter().map(row).collect();
    let head = ["quantity", "base", "scenario", "difference", "", "90 % of runs", "runs changed"];
    out.extend(screen::table(&head, &rows));
    out.extend(reported(&told));
    out.push(String::new());
    out.push(
        "± is the 95 % interval of the mean difference; points are percentage points.".to_owned(),
    );
    out
}

const MOST_REPORTED: usize = 12;

/// What the processes report, the surest changes first.
fn reported(told: &[&Reported]) -> Vec<String> {
    if told.is_empty() {
        return Vec::new();
    }
    let figure = |x: f64| match x.abs() {
        size if size >= 100.0 => format!("{x:.0}"),
        size if size >= 1.0 => format!("{x:.2}"),
        _ => format!("{:.3}", x + 0.0),
    };
    let rows: Vec<Vec<String>> = (told.iter().take(MOST_REPORTED))
        .map(|r| {
            vec![
                r.name.clone(),
                figure(r.base),
                figure(r.scenario),
                format!("{:+.3} ± {}", r.difference.mean, figure(r.error)),
                screen::percent(r.changed),
            ]
        })
        .collect();
    let head = ["what the processes report", "base", "scenario", "difference", "runs changed"];
    let mut lines = vec![String::new()];
    lines.extend(screen::table(&head, &rows));
    if told.len() > rows.len() {
        lines.push(format!("{} more in --json", told.len() - rows.len()));
    }
    lines
}
