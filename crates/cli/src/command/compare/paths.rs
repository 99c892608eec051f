//! Which process carried an effect, for people.

use assess::compare::carried::{Carried, CarriedError, Off, carried};
use case::{Case, Folder};
use simulate::Model;
use simulate::process::formation;
use study::opening::ready;

use super::Compare;
use crate::command::{print, print_json};
use crate::failure::Failure;
use crate::screen;

impl Compare {
    pub(super) fn paths(
        &self,
        base: (&Folder, &Case),
        scenario: (&Folder, &Case),
        (against, name): (String, String),
    ) -> Result<(), Failure> {
        let old = ready(base.0, base.1)?;
        let new = ready(scenario.0, scenario.1)?;
        let asks = if self.of.is_empty() { default_asks(&old, &new) } else { self.of.clone() };
        if asks.is_empty() {
            let fault = "--carried: say with --of what the effect is on, such as --of seats.LIST";
            return Err(Failure::usage(fault.to_owned()));
        }
        let processes = new.processes.len() as u64;
        let bar = screen::progress(u64::from(self.runs) * (3 + 3 * processes), "runs");
        let found = carried(&old, &new, &asks, (self.seed, self.runs), &|done| bar.inc(done));
        bar.finish_and_clear();
        let found = found.map_err(|e| match e {
            CarriedError::Step(error) => Failure::from(error),
            error => Failure::usage(format!("--of {error}")),
        })?;
        if self.json {
            return print_json(&found);
        }
        let title = &base.1.head.title;
        let mut lines = vec![format!(
            "{title}: what carried the effect of {name} against {against}, {} pairs of runs",
            self.runs
        )];
        found.iter().for_each(|effect| lines.extend(told(effect)));
        print(lines)
    }
}

/// Days to a government where one is formed, and the sway of the first actor of the focus where it moves.
fn default_asks(old: &Model<'_>, new: &Model<'_>) -> Vec<String> {
    let mut asks = Vec::new();
    if [old, new].iter().all(|m| m.processes.iter().any(|p| p.name() == formation::NAME)) {
        asks.push("government.days".to_owned());
    }
    let sway = old.followed.iter().find(|q| q.id.starts_with("sway."));
    if let Some(sway) = sway.filter(|s| new.followed.iter().any(|q| q.id == s.id)) {
        asks.push(format!("\"{}\"", sway.id));
    }
    asks
}

fn told(effect: &Carried) -> Vec<String> {
    // As many places as the size of the effect or its error deserves.
    let size = effect.effect.abs().max(effect.error);
    let places = match size {
        _ if size >= 10.0 || size <= 0.0 => 1,
        _ => (2.0 - size.log10()).ceil() as usize,
    };
    let figure = |x: f64| match x.abs() {
        0.0 => "0".to_owned(),
        _ => format!("{x:+.places$}"),
    };
    let plain = |x: f64| figure(x.abs()).trim_start_matches('+').to_owned();
    let mut lines = vec![
        String::new(),
        format!("Effect on {}: {} ± {}", effect.ask, figure(effect.effect), plain(effect.error)),
    ];
    let sure = effect.effect.abs() > effect.error;
    let cells = |off: &Option<Off>| match off {
        None => [String::new(), String::new()],
        Some(off) => {
            let share = match sure {
                true => format!("{:.0} %", (100.0 * off.gone / effect.effect).round() + 0.0),
                false => String::new(),
            };
            [format!("{} ± {}", figure(off.gone), plain(off.error)), share]
        }
    };
    let rows: Vec<Vec<String>> = (effect.paths.iter())
        .map(|path| {
            let name = path.process.clone().unwrap_or_else(|| "all together".to_owned());
            let mut row = vec![name];
            row.extend(cells(&path.reading));
            row.extend(cells(&path.absent));
            row
        })
        .collect();
    let head = ["goes if this is off", "its reading", "share", "the process", "share"];
    lines.extend(screen::table(&head, &rows));
    for path in &effect.paths {
        if let (Some(process), Some(why)) = (&path.process, &path.kept) {
            lines.push(format!("{process} cannot be left out: {why}"));
        }
    }
    if let Some(why) = &effect.unreadable {
        lines.push(format!(
            "No process can go on reading the base, as the scenario adds or removes something: {why}"
        ));
    }
    if !sure {
        lines.push("The effect itself cannot be told from nothing: take more --runs".to_owned());
    }
    lines.push("Shares need not sum to the whole: what needs two processes both carry.".to_owned());
    lines
}
