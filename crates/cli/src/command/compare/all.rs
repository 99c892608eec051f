//! All scenarios of a case against its base, one row each.

use assess::Ask;
use assess::compare::{Comparison, Difference, Unit};
use case::{Case, Folder};
use serde::Serialize;
use simulate::{Ensemble, Model};
use study::opening::ready;

use super::Compare;
use crate::command::run::ensemble;
use crate::command::{print, print_json};
use crate::failure::{About, Failure};
use crate::opening::Opening;
use crate::screen;

/// A scenario against the base.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    title: Option<String>,
    comparison: Comparison,
    /// What was asked of both: the mean difference and the half-width of its 95 % interval.
    asked: Vec<Asked>,
}

#[derive(Debug, Serialize)]
struct Asked {
    ask: String,
    difference: f64,
    error: f64,
}

impl Compare {
    pub(super) fn all(
        &self,
        opening: &Opening,
        folder: &Folder,
        base: &Case,
    ) -> Result<(), Failure> {
        let names = folder.scenarios();
        if names.is_empty() {
            return Err(Failure::input("the case has no scenarios: add scenarios/NAME.toml"));
        }
        let model = ready(folder, base)?;
        let runs = ensemble(&model, self.seed, self.runs)?;
        let mut rows = Vec::with_capacity(names.len());
        for name in names {
            let patched = folder.with_scenario(&name)?;
            let case = opening.case(&patched)?;
            let new = ready(&patched, &case)?;
            let new_runs = ensemble(&new, self.seed, self.runs)?;
            let comparison = assess::compare((&model, &runs), (&new, &new_runs))?;
            let asked = self.of.iter().map(|ask| asked(ask, (&model, &runs), (&new, &new_runs)));
            rows.push(Row {
                asked: asked.collect::<Result<_, _>>()?,
                title: patched.patches.last().and_then(|p| p.title()),
                name,
                comparison,
            });
        }
        if self.json {
            return print_json(&rows);
        }
        let against = self.base.as_deref().unwrap_or("the base");
        let mut lines = vec![
            format!(
                "{}: every scenario against {against}, {} pairs of runs",
                base.head.title, self.runs
            ),
            String::new(),
        ];
        lines.extend(self.table(&rows));
        lines.push(String::new());
        lines.push(
            "± is the 95 % interval of the mean difference; points are percentage points."
                .to_owned(),
        );
        print(lines)
    }

    fn table(&self, rows: &[Row]) -> Vec<String> {
        let mut head = vec!["scenario", "runs changed"];
        if self.of.is_empty() {
            head.extend([
                "days to a government",
                "it forms, points",
                "seats, the largest change",
                "head of government, points",
            ]);
        } else {
            head.extend(self.of.iter().map(String::as_str));
        }
        let cells = |row: &Row| {
            let mut cells = vec![row.name.clone(), screen::percent(row.comparison.changed)];
            if !self.of.is_empty() {
                let figure = |a: &Asked| format!("{:+.3} ± {:.3}", a.difference, a.error);
                cells.extend(row.asked.iter().map(figure));
                return cells;
            }
            let all = &row.comparison.differences;
            let named = |unit: Unit, word: &str| {
                all.iter().find(|d| d.unit == unit && d.quantity.contains(word))
            };
            let none = || "·".to_owned();
            cells.push(
                named(Unit::Days, "days").filter(|d| d.changed > 0.0).map_or_else(none, size),
            );
            let formed = named(Unit::Probability, "is formed").filter(|d| d.changed > 0.0);
            cells.push(formed.map_or_else(none, size));
            // Rows stand by size within each unit.
            for (unit, before, after) in [
                (Unit::Seats, "seats of ", ""),
                (Unit::Probability, "", " becomes head of government"),
            ] {
                let fits = |d: &&Difference| {
                    d.unit == unit
                        && d.changed > 0.0
                        && d.quantity.ends_with(after)
                        && d.quantity.starts_with(before)
                };
                cells.push(all.iter().find(fits).map_or_else(none, |d| {
                    let who = d.quantity.trim_start_matches(before).trim_end_matches(after);
                    format!("{who} {}", size(d))
                }));
            }
            cells
        };
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        screen::table(&head, &rows)
    }
}

fn size(d: &Difference) -> String {
    let scale = if d.unit == Unit::Probability { 100.0 } else { 1.0 };
    format!("{:+.1} ± {:.1}", scale * d.difference.mean, scale * d.error)
}

/// The paired difference in what is asked, over the runs that have it in both.
fn asked(
    text: &str,
    base: (&Model<'_>, &Ensemble),
    scenario: (&Model<'_>, &Ensemble),
) -> Result<Asked, Failure> {
    let read = |model: &Model<'_>| {
        Ask::read(text, model).map_err(|e| Failure::usage(About::new(format!("--of {text}"), e)))
    };
    let (old, new) = (read(base.0)?, read(scenario.0)?);
    let pairs = base.1.outcomes.iter().zip(&scenario.1.outcomes);
    let differences: Vec<f64> =
        pairs.filter_map(|(x, y)| Some(new.number(y)? - old.number(x)?)).collect();
    let n = differences.len().max(1) as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>();
    let error = 1.96 * (squares / (n - 1.0).max(1.0) / n).sqrt();
    Ok(Asked { ask: text.to_owned(), difference: mean, error })
}
