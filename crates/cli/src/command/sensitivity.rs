//! `sensitivity`: what a forecast hangs on, and which number to find out.

use assess::sensitivity::{
    Input, Kind, Sensitivity as Found, SensitivityError, Share, Study, Swing, Variance,
};
use assess::{Ask, sensitivity};
use clap::{Args, ValueEnum};
use study::opening::ready;

use super::{print, print_json};
use crate::failure::{About, Failure};
use crate::opening::Opening;
use crate::screen;

/// Find which numbers a forecast hangs on, how much is chance, and what to find out
#[derive(Args)]
pub struct Sensitivity {
    #[command(flatten)]
    opening: Opening,
    /// Under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// What is asked of each run, such as government.days, seats.reds or "seats.reds > 12"
    #[arg(long, value_name = "ASK")]
    of: String,
    /// Share the variance out (sobol), or only screen all numbers (morris)
    #[arg(long, value_enum, default_value = "sobol")]
    method: Method,
    /// Base points over which the variance is shared out; best a power of two
    #[arg(long, default_value_t = 2048)]
    samples: usize,
    /// Walks through all numbers in the screening
    #[arg(long, default_value_t = 16)]
    walks: usize,
    /// How many numbers to tell apart
    #[arg(long, default_value_t = 12)]
    top: usize,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    Sobol,
    Morris,
}

impl Sensitivity {
    /// Finds out.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let ask = Ask::read(&self.of, &model).map_err(|e| Failure::usage(About::new("--of", e)))?;
        let samples = match self.method {
            Method::Sobol if self.samples == 0 => {
                let fault = "--samples 0: take at least one, or --method morris";
                return Err(Failure::usage(fault.to_owned()));
            }
            Method::Sobol => self.samples,
            Method::Morris => 0,
        };
        let study = Study { seed: self.seed, walks: self.walks, samples, top: self.top };
        let bar = screen::progress(study.most_runs(&model, &ask), "runs");
        let found = sensitivity(&model, &ask, &study, &|done| bar.inc(done));
        bar.finish_and_clear();
        let found = found.map_err(|e| match e {
            SensitivityError::Step(error) => Failure::from(error),
            other => Failure::usage(other),
        })?;
        if self.json {
            return print_json(&found);
        }
        let mut lines = vec![
            format!("What \"{}\" hangs on: {} as of {}", self.of, case.head.title, case.as_of),
            String::new(),
        ];
        lines.extend(self.screened(&found));
        if let Some(variance) = &found.variance {
            lines.extend(shared(variance));
        }
        print(lines)
    }

    fn screened(&self, found: &Found) -> Vec<String> {
        let mut out = vec![format!(
            "{} inputs screened over {} walks; no run hung on {} of them",
            found.inputs, self.walks, found.idle
        )];
        if found.variance.is_some() {
            return out;
        }
        let rows: Vec<Vec<String>> = (found.screened.iter().take(self.top))
            .map(|s| vec![name(&s.input), figure(s.size), figure(s.mean), figure(s.spread)])
            .collect();
        out.push(String::new());
        out.extend(screen::table(&["input", "size of effect", "mean", "spread"], &rows));
        out
    }
}

fn name(input: &Input) -> String {
    match input.kind {
        Kind::Group => format!("{} (group of {})", input.name, input.estimates),
        Kind::Others => format!("{} ({})", input.name, input.estimates),
        Kind::Estimate | Kind::Luck => input.name.clone(),
    }
}

/// A number with three digits or so.
fn figure(x: f64) -> String {
    match x.abs() {
        size if size >= 100.0 => format!("{x:.0}"),
        size if size >= 1.0 => format!("{x:.1}"),
        0.0 => "0".to_owned(),
        _ => format!("{x:.3}"),
    }
}

/// A share that is an estimate and may stray below zero.
fn share(x: f64, interval: (f64, f64)) -> String {
    let of = |x: f64| format!("{:.0}", 100.0 * x + 0.0);
    format!("{} % ({} – {})", of(x), of(interval.0), of(interval.1))
}

fn shared(variance: &Variance) -> Vec<String> {
    let (mean, deviation) = (figure(variance.mean), figure(variance.deviation));
    let samples = variance.samples;
    let mut out =
        vec![format!("mean {mean}, standard deviation {deviation}, {samples} base points")];
    if variance.unreached > 0.0 {
        let share = screen::percent(variance.unreached);
        out.push(format!("in {share} of runs it did not come about: counted to the window's end"));
    }
    out.push(String::new());
    let row = |s: &Share| {
        vec![name(&s.input), share(s.first, s.first_interval), share(s.total, s.total_interval)]
    };
    let rows: Vec<Vec<String>> = variance.shares.iter().map(row).collect();
    out.extend(screen::table(&["share of the variance (95 %)", "alone", "with others"], &rows));
    if let Some(luck) = variance.shares.iter().find(|s| s.input.kind == Kind::Luck) {
        let left = share(luck.total, luck.total_interval);
        out.push(format!("If every number were known, {left} would be left: chance."));
    }
    out.push(
        "A number that moves dates deals chance anew on other days: \"with others\" holds that too."
            .to_owned(),
    );
    out.push(String::new());
    let row = |s: &Swing| {
        let points = match s.points {
            Some((low, high)) => format!("{} … {}", figure(low), figure(high)),
            None => "common factor".to_owned(),
        };
        let change = format!("{:+.3} ± {}", s.high - s.low, figure(s.error));
        vec![name(&s.input), points, figure(s.low), figure(s.high), change]
    };
    let rows: Vec<Vec<String>> = variance.tornado.iter().map(row).collect();
    let head = ["mean at an estimate's ends", "5 % … 95 %", "low", "high", "change"];
    out.extend(screen::table(&head, &rows));
    out.push(String::new());
    out.push("What to find out, the most worth first".to_owned());
    for (at, item) in variance.collection.iter().filter(|i| i.sure).enumerate() {
        out.push(format!(
            "{:>3}. {}: known, it would take {} of the variance and leave a standard deviation of {}",
            at + 1,
            match &item.within {
                Some(group) => format!("{} (of group {group}, and what it tells of the others)", name(&item.input)),
                None => name(&item.input),
            },
            share(item.removed, item.interval),
            figure(item.deviation)
        ));
        out.push(format!("     rests on {}", item.input.rests_on));
    }
    let unsure = variance.collection.iter().filter(|i| !i.sure).count();
    if unsure > 0 {
        out.push(format!("     {unsure} more cannot be told from nothing: take more --samples"));
    }
    out
}
