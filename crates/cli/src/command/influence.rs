//! `influence`: who gets what he wants, by which channel, and whether it would have come out so anyway.

use assess::influence::{By, Influence as Found, InfluenceError, OfActor, Query, influence};
use assess::interval::Interval;
use clap::{Args, ValueEnum};
use study::opening::ready;

use super::tabled::Tabled;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Tell who gets what he wants, by which channel, and whether it would have come out so anyway
///
/// Every future is played twice under the same luck: with an actor, and without its wishes, ties and threats. Success is
/// how often a matter comes out as the actor wants; luck, how often it would have without it; decisiveness, the
/// difference.
///
///     shatterbelt influence toyland
///     shatterbelt influence toyland --actor northmark --by channel
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Influence {
    #[command(flatten)]
    opening: Opening,
    /// Under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// Of this actor, with the agencies that speak for it (default: those in the case's focus)
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,
    /// In this decision, bill or office alone
    #[arg(long, value_name = "DECISION")]
    of: Option<String>,
    /// Split what an actor decides by channel, or by whom it touches first
    #[arg(long, value_enum)]
    by: Option<Split>,
    /// How many pairs of futures
    #[arg(long, default_value_t = 1000)]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    tabled: Tabled,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Split {
    Channel,
    Through,
}

impl Influence {
    /// Tells.
    pub fn go(&self) -> Result<(), Failure> {
        if self.runs < 2 {
            return Err(Failure::usage("--runs: give at least 2 pairs of futures"));
        }
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let query = Query {
            actors: self.actor.clone(),
            of: self.of.clone(),
            by: match self.by {
                None => By::Whole,
                Some(Split::Channel) => By::Channel,
                Some(Split::Through) => By::Through,
            },
            seed: self.seed,
            runs: self.runs,
        };
        let found = influence(&model, &query).map_err(|e| match e {
            InfluenceError::NoActor(..) | InfluenceError::NoMatter(..) | InfluenceError::Nobody => {
                Failure::usage(e)
            }
            InfluenceError::Step(error) => Failure::from(error),
            other => Failure::input(other),
        })?;
        self.tabled.save(|| study::tabled::influence(&found))?;
        if self.json {
            return print_json(&found);
        }
        print(lines(&found, &case.as_of.to_string(), self.actor.is_empty() && self.of.is_none()))
    }
}

fn points(share: f64) -> String {
    let points = 100.0 * share;
    match points.abs() < 0.05 {
        true => "0.0".to_owned(),
        false => format!("{points:+.1}"),
    }
}

fn chance(interval: &Interval) -> String {
    format!(
        "{} ({} to {})",
        screen::percent(interval.mean),
        screen::percent(interval.low),
        screen::percent(interval.high)
    )
}

/// What an actor wants in most runs, and what in some.
fn wants(actor: &OfActor) -> String {
    let fewer = actor.sometimes.iter();
    let fewer = fewer.map(|(words, share)| format!("{words} in {}", screen::percent(*share)));
    actor.wants.iter().cloned().chain(fewer).collect::<Vec<_>>().join(", ")
}

fn row(found: &Found, actor: &OfActor) -> Vec<String> {
    vec![
        found.camps[actor.camp].label.clone(),
        wants(actor),
        screen::percent(actor.success),
        screen::percent(actor.luck),
        format!(
            "{} ({} to {})",
            points(actor.decisiveness),
            points(actor.between.0),
            points(actor.between.1)
        ),
        screen::percent(actor.moves),
        chance(&actor.impose),
        chance(&actor.block),
    ]
}

fn lines(found: &Found, as_of: &str, all: bool) -> Vec<String> {
    let mut out = vec![format!(
        "Who gets what he wants, as of {as_of} ({} pairs of futures; 90 % intervals)",
        found.runs
    )];
    for camp in found.camps.iter().filter(|c| !c.with.is_empty()) {
        out.push(format!("  {} speaks with {}", camp.label, camp.with.join(", ")));
    }
    let mut silent = Vec::new();
    for matter in &found.matters {
        if matter.actors.is_empty() {
            silent.push(matter.name.as_str());
            continue;
        }
        out.push(String::new());
        out.push(matter.name.clone());
        let comes = matter.comes.iter().filter(|(_, share)| *share >= 0.005);
        let comes: Vec<String> =
            comes.map(|(words, share)| format!("{words} {}", screen::percent(*share))).collect();
        if let Some(stands) = &matter.stands {
            out.push(format!("  today: {stands}"));
        }
        out.push(format!("  by the end: {}", comes.join("; ")));
        let head = [
            "actor",
            "wants",
            "success",
            "luck",
            "decisive, points",
            "moves",
            "can bring about",
            "can block",
        ];
        let rows: Vec<Vec<String>> = matter.actors.iter().map(|a| row(found, a)).collect();
        out.extend(screen::table(&head, &rows).into_iter().map(|line| format!("  {line}")));
        for actor in matter.actors.iter().filter(|a| !a.parts.is_empty()) {
            let whose = &found.camps[actor.camp].label;
            out.push(format!("  What {whose} decides, by its parts, in points:"));
            let mut parts: Vec<_> = actor.parts.iter().collect();
            parts.sort_by(|a, b| b.share.abs().total_cmp(&a.share.abs()));
            let told = |p: &&assess::influence::OfPart| p.share.abs() >= 0.0005;
            for part in parts.into_iter().filter(told) {
                let (low, high) = (points(part.between.0), points(part.between.1));
                let share = points(part.share);
                out.push(format!("    {share:>6}  {} ({low} to {high})", part.name));
            }
        }
    }
    if all && !silent.is_empty() {
        out.push(String::new());
        out.push(format!("Nobody in focus has said what it wants of: {}", silent.join("; ")));
    }
    out
}
