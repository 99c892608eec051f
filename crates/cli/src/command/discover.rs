//! `discover`: under what circumstances a thing happens, as boxes in what is not known.

use std::path::{Path, PathBuf};

use assess::Ask;
use assess::discover::{
    Choose, DiscoverError, Discovery, Fit, Found, MOST_RULES, Plan, Step, discover,
};
use clap::Args;
use jiff::civil::Date;
use report::picture::{Picture, prim_strip};
use serde::Serialize;
use study::opening::ready;

use super::report::write_whole;
use super::{print, print_json};
use crate::failure::{About, Failure};
use crate::opening::Opening;
use crate::screen;

/// Find under what circumstances a thing happens, in rules of at most four conditions
#[derive(Args)]
pub struct Discover {
    #[command(flatten)]
    opening: Opening,
    /// Under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// What happens: a question of yes or no, such as "government.days > 200"
    #[arg(long, value_name = "ASK")]
    of: String,
    /// Look at this quantity of each run too, such as turnout
    #[arg(long, value_name = "ASK")]
    also: Vec<String>,
    /// How many futures: half find the boxes, half judge them
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// How many boxes to look for
    #[arg(long, default_value_t = 3)]
    boxes: usize,
    /// The most rules of a box
    #[arg(long, default_value_t = MOST_RULES)]
    rules: usize,
    /// Take the widest box in which the outcome is at least this dense, such as 0.8
    #[arg(long, value_name = "SHARE")]
    density: Option<f64>,
    /// How many numbers go on from the screening
    #[arg(long, default_value_t = 24)]
    top: usize,
    /// Print the path from everything to the densest box, for choosing with --density
    #[arg(long)]
    path: bool,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
    /// Draw the first box that stands: a name that ends in .svg, or in .csv for its numbers
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Serialize)]
struct Answer<'a> {
    of: &'a str,
    as_of: Date,
    seed: u64,
    found: &'a Discovery,
}

impl Discover {
    /// Finds out.
    pub fn go(&self) -> Result<(), Failure> {
        if let Some(out) = &self.out {
            kind_of(out)?;
        }
        if self.density.is_some_and(|d| !(0.0..=1.0).contains(&d)) {
            return Err(Failure::usage("--density: give a share from 0 to 1"));
        }
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let read = |flag: &str, text: &String| {
            Ask::read(text, &model)
                .map_err(|e| Failure::usage(About::new(format!("{flag} {text}"), e)))
        };
        let of = read("--of", &self.of)?;
        let also = (self.also.iter())
            .map(|text| Ok((text.clone(), read("--also", text)?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        let plan = Plan {
            seed: self.seed,
            runs: self.runs,
            boxes: self.boxes,
            rules: self.rules,
            screened: self.top,
            choose: self.density.map_or(Choose::Balanced, Choose::Density),
            ..Plan::default()
        };
        let bar = screen::progress(u64::from(self.runs), "runs");
        let found = discover(&model, &of, &also, &plan, &|| true, &|done| bar.inc(done));
        bar.finish_and_clear();
        let found = found.map_err(|e| match e {
            DiscoverError::Step(error) => Failure::from(error),
            other => Failure::usage(other),
        })?;
        if let Some(out) = &self.out {
            self.draw(&found, out)?;
        }
        if self.json {
            let (of, as_of) = (self.of.as_str(), case.as_of);
            return print_json(&Answer { of, as_of, seed: self.seed, found: &found });
        }
        print(self.told(&found, &format!("{} as of {}", case.head.title, case.as_of)))
    }

    fn told(&self, found: &Discovery, title: &str) -> Vec<String> {
        let mut out = vec![
            format!("When \"{}\" comes true: {title}", self.of),
            String::new(),
            format!(
                "It does in {} of {} runs. Of {} numbers {} went on from the screening; {} runs looked for boxes, {} judged them.",
                screen::percent(found.base),
                found.runs,
                found.inputs,
                found.screened.len(),
                found.runs / 2,
                found.runs - found.runs / 2
            ),
            String::new(),
        ];
        for (at, found) in found.boxes.iter().enumerate() {
            out.extend(self.a_box(at, found));
        }
        if found.standing().next().is_none() {
            out.push(
                "No box stands: as far as these runs show, it does not hang on any few of the numbers that are not \
                 known, but on many together or on chance. More --runs may find a faint one."
                    .to_owned(),
            );
        }
        out
    }

    fn a_box(&self, at: usize, found: &Found) -> Vec<String> {
        let held = &found.held;
        let verdict = if found.stands { "" } else { " (does not stand: no more than luck)" };
        let mut out = vec![format!("{}. \"{}\" when {}{verdict}", at + 1, self.of, found.when)];
        let (low, high) = found.density_interval;
        out.push(format!(
            "   In the runs that judge: true of {} of the {} runs in the box ({:.0} – {:.0} %), {} around; the box \
             holds {} of all that are true. Chance of that by luck: {}",
            screen::percent(held.density),
            held.runs,
            100.0 * low,
            100.0 * high,
            screen::percent(held.base),
            screen::percent(held.coverage),
            chance(found.p_value)
        ));
        let rows: Vec<Vec<String>> = (found.rules.iter())
            .map(|rule| {
                let end = |x: Option<f64>| x.map_or("·".to_owned(), short);
                vec![
                    format!("   {}", rule.input.path),
                    end(rule.least),
                    end(rule.most),
                    format!("{} … {}", short(rule.tried.0), short(rule.tried.1)),
                    chance(rule.found_p),
                    chance(rule.held_p),
                ]
            })
            .collect();
        let head = ["   rule", "from", "to", "tried", "quasi p, finding", "judging"];
        out.extend(screen::table(&head, &rows));
        out.extend(
            found
                .rules
                .iter()
                .map(|rule| format!("   {} rests on {}", rule.input.path, rule.input.rests_on)),
        );
        out.push(String::new());
        if self.path {
            out.extend(path(&found.path, found.chosen));
            out.push(String::new());
        }
        out
    }

    fn draw(&self, found: &Discovery, out: &Path) -> Result<(), Failure> {
        let Some(first) = found.standing().next() else {
            say!("{}: not written, no box stands", out.display());
            return Ok(());
        };
        let input = strips(&self.of, first);
        let picture = prim_strip::draw(&input)?;
        write_whole(out, written(&picture, kind_of(out)?).as_bytes())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Svg,
    Csv,
}

fn kind_of(out: &Path) -> Result<Kind, Failure> {
    match out.extension().and_then(|e| e.to_str()) {
        Some("svg") => Ok(Kind::Svg),
        Some("csv") => Ok(Kind::Csv),
        _ => Err(Failure::usage(format!(
            "{}: a picture is written as .svg, its numbers as .csv; name the file so",
            out.display()
        ))),
    }
}

fn written(picture: &Picture, kind: Kind) -> String {
    match kind {
        Kind::Svg => picture.svg(),
        Kind::Csv => picture.csv(),
    }
}

/// A box as the picture wants it, with the numbers of the runs that judged it.
fn strips(of: &str, found: &Found) -> prim_strip::Input {
    prim_strip::Input {
        title: format!("When “{of}” comes true"),
        sentence: format!("“{of}” when {}.", found.when),
        density: found.held.density,
        base: found.held.base,
        coverage: found.held.coverage,
        rules: found.rules.iter().map(report::joined::drawn).collect(),
    }
}

/// The steps of a path at which it holds a twentieth less than at the last one shown.
fn path(steps: &[Step], chosen: usize) -> Vec<String> {
    let mut shown = f64::INFINITY;
    let worth = |(at, step): &(usize, &Step)| {
        let keep = *at == chosen || step.found.mass <= shown - 0.05;
        if keep {
            shown = step.found.mass;
        }
        keep
    };
    let rows: Vec<Vec<String>> = (steps.iter().enumerate())
        .filter(worth)
        .map(|(at, step)| {
            let mark = if at == chosen { "*" } else { "" };
            let of = |fit: &Fit| [fit.density, fit.coverage, fit.mass].map(screen::percent);
            let mut row = vec![format!("   {at}{mark}"), step.rules.to_string()];
            row.extend(of(&step.found));
            row.push(screen::percent(step.held.density));
            row
        })
        .collect();
    screen::table(&["   step", "rules", "density", "coverage", "mass", "density, judging"], &rows)
}

/// A number in three digits or so.
fn short(x: f64) -> String {
    match x.abs() {
        size if size >= 100.0 => format!("{x:.0}"),
        size if size >= 1.0 => format!("{x:.2}"),
        0.0 => "0".to_owned(),
        _ => format!("{x:.3}"),
    }
}

fn chance(p: f64) -> String {
    match p {
        p if p < 1e-4 => "<0.0001".to_owned(),
        p if p < 0.01 => format!("{p:.4}"),
        p => format!("{p:.2}"),
    }
}
