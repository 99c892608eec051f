//! `update`: what a forecast becomes once something has been seen, without running anything again.

use assess::Ask;
use assess::update::{
    Answer as Told, Moved, Observation, REFUSE, UpdateError, Updated, WARN, observed_since, update,
};
use case::{Case, Folder};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use simulate::Model;
use study::opening::{Refused, ready};

use super::{print, print_json};
use crate::failure::{About, Failure};
use crate::opening::Opening;
use crate::screen;

/// Say what a forecast becomes once something has been seen, and which observation moved it
#[derive(Args)]
pub struct Update {
    #[command(flatten)]
    opening: Opening,
    /// Under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// What was seen: "failures >= 1 @ 2031-06-01", or a number with the error of its measurement,
    /// "turnout ~ 0.42 +- 0.02 @ 2031-05-02", or without it, as near as the runs allow
    #[arg(long, value_name = "WHAT @ DAY")]
    seen: Vec<String>,
    /// The day of observations that name none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    on: Option<Date>,
    /// Take as seen what the case itself knows of the election and the government by this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    until: Option<Date>,
    /// What is forecast (default: the case's questions of this as-of date, else days, head and largest list)
    #[arg(long, value_name = "ASK")]
    of: Vec<String>,
    /// How many futures
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    as_of: Date,
    seed: u64,
    updated: &'a Updated,
}

impl Update {
    /// Conditions and answers.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let observations = self.observations(&folder, &model)?;
        if observations.is_empty() {
            return Err(Failure::usage(
                "nothing was seen: give --seen \"WHAT @ DAY\", or --until DAY for what the case itself knows by then",
            ));
        }
        let questions = self.questions(&folder, &case, &model)?;
        let bar = screen::progress(u64::from(self.runs), "runs");
        let size = (self.seed, self.runs);
        let found = update(&model, &observations, &questions, size, &|done| bar.inc(done));
        bar.finish_and_clear();
        let found = found.map_err(|e| match e {
            UpdateError::Step(error) => Failure::from(error),
            few @ UpdateError::TooFew { .. } => Failure::Check(format!("error: {few}")),
            other => Failure::usage(other),
        })?;
        if found.few {
            say!(
                "warning: the {} runs are worth only {:.0} after what was seen: the numbers are rough. Below {REFUSE:.0} \
                 there would be none; {WARN:.0} are wanted: take more --runs",
                found.runs,
                found.effective
            );
        }
        if self.json {
            return print_json(&Answer { as_of: case.as_of, seed: self.seed, updated: &found });
        }
        print(told(&found, &case))
    }

    fn observations(
        &self,
        folder: &Folder,
        model: &Model<'_>,
    ) -> Result<Vec<Observation>, Failure> {
        let mut all = Vec::new();
        if let Some(until) = self.until {
            let built = folder.build(Some(until));
            let Some(later) = built.case else {
                return Err(Refused::of(folder, built.findings).into());
            };
            let known = observed_since(&later, model).map_err(Failure::input)?;
            if known.is_empty() && self.seen.is_empty() {
                return Err(Failure::input(format!(
                    "by {until} the case knows nothing more of the election and the government that are forecast"
                )));
            }
            all.extend(known);
        }
        for text in &self.seen {
            let seen = Observation::read(text, self.on, model);
            all.push(seen.map_err(|e| Failure::usage(format!("--seen {e}")))?);
        }
        Ok(all)
    }

    /// What is forecast: as given, or the case's own questions of its as-of date, or what every case can answer.
    fn questions(
        &self,
        folder: &Folder,
        case: &Case,
        model: &Model<'_>,
    ) -> Result<Vec<(String, Ask)>, Failure> {
        if !self.of.is_empty() {
            let read = |text: &String| {
                let ask = Ask::read(text, model);
                Ok((
                    text.clone(),
                    ask.map_err(|e| Failure::usage(About::new(format!("--of {text}"), e)))?,
                ))
            };
            return self.of.iter().map(read).collect();
        }
        let own = case::question::questions(&folder.map).map_err(|f| Refused::of(folder, f))?;
        let own: Vec<(String, Ask)> = (own.iter())
            .filter(|q| q.as_of == case.as_of && q.scenarios.is_empty())
            .filter_map(|q| {
                let ask = Ask::read(q.ask.as_ref()?.get_ref(), model).ok()?;
                Some((q.text.clone(), ask))
            })
            .collect();
        if !own.is_empty() {
            return Ok(own);
        }
        let plain = ["government.days", "head", "largest"].iter();
        Ok(plain
            .filter_map(|text| Some(((*text).to_owned(), Ask::read(text, model).ok()?)))
            .collect())
    }
}

fn told(found: &Updated, case: &Case) -> Vec<String> {
    let mut out = vec![
        format!("After what was seen: {} as of {}", case.head.title, case.as_of),
        String::new(),
        format!("{} runs, worth {:.0} plain ones after all of it", found.runs, found.effective),
        String::new(),
    ];
    for (at, o) in found.observations.iter().enumerate() {
        let later = if o.later {
            ", after the as-of date: used only because it is given as seen"
        } else {
            ""
        };
        out.push(format!("{:>3}. {} ({}{later})", at + 1, o.seen, o.on));
        let how = match (o.probability, o.width) {
            (Some(p), _) => format!("had a probability of {}", screen::percent(p)),
            (None, Some(width)) if o.numbers > 1 => {
                format!("met to within about {} standard deviations in all", short(width))
            }
            (None, Some(width)) => format!("met to within about {}", short(width)),
            (None, None) => "weighed by the error of its measurement".to_owned(),
        };
        out.push(format!("     {how}; the runs are then worth {:.0}", o.effective));
    }
    out.push(String::new());
    for moved in &found.questions {
        out.extend(question(moved));
    }
    out
}

fn question(moved: &Moved) -> Vec<String> {
    let mut out = vec![moved.question.clone()];
    match (&moved.before, &moved.after) {
        (Told::Names { shares: before }, Told::Names { shares: after }) => {
            let share = |of: &[(String, f64)], name: &str| {
                of.iter().find(|(n, _)| n == name).map_or(0.0, |(_, s)| *s)
            };
            let mut names: Vec<&str> = after.iter().take(6).map(|(n, _)| n.as_str()).collect();
            names.extend(
                before
                    .iter()
                    .take(3)
                    .map(|(n, _)| n.as_str())
                    .filter(|n| !after.iter().take(6).any(|(m, _)| m == n)),
            );
            for name in names {
                let (b, a) = (share(before, name), share(after, name));
                out.push(format!("     {name}: {} → {}", screen::percent(b), screen::percent(a)));
            }
        }
        (before, after) => {
            out.push(format!("     before  {}", answer(before)));
            out.push(format!("     after   {}", answer(after)));
            let mut last = middle(before);
            let by: Vec<String> = (moved.path.iter().enumerate())
                .filter_map(|(at, step)| {
                    let (from, to) = (last?, middle(step)?);
                    last = Some(to);
                    Some(format!("[{}] {}", at + 1, change(step, to - from)))
                })
                .collect();
            if !by.is_empty() {
                out.push(format!("     moved by {}", by.join(", ")));
            }
        }
    }
    out.push(String::new());
    out
}

fn answer(told: &Told) -> String {
    match told {
        Told::Truth { chance } => format!(
            "{} ({:.0} – {:.0} %)",
            screen::percent(chance.value),
            100.0 * chance.interval.0,
            100.0 * chance.interval.1
        ),
        Told::Number { low, median, high, missing, .. } => {
            let never = match *missing {
                m if m > 0.0 => format!("; has not come about in {}", screen::percent(m)),
                _ => String::new(),
            };
            format!("{} ({} to {}){never}", short(*median), short(*low), short(*high))
        }
        Told::Names { shares } => {
            let one = |(name, share): &(String, f64)| format!("{name} {}", screen::percent(*share));
            shares.iter().take(4).map(one).collect::<Vec<_>>().join(", ")
        }
    }
}

fn middle(told: &Told) -> Option<f64> {
    match told {
        Told::Truth { chance } => Some(100.0 * chance.value),
        Told::Number { mean, .. } => Some(*mean),
        Told::Names { .. } => None,
    }
}

fn change(told: &Told, by: f64) -> String {
    match told {
        Told::Truth { .. } => format!("{by:+.1} points"),
        _ => format!("{}{} on the mean", if by < 0.0 { "-" } else { "+" }, short(by.abs())),
    }
}

/// A number in three digits or so.
fn short(x: f64) -> String {
    match x.abs() {
        size if size >= 100.0 => format!("{x:.0}"),
        size if size >= 1.0 => format!("{x:.1}"),
        0.0 => "0".to_owned(),
        _ => format!("{x:.3}"),
    }
}
