//! `measure`: sway over a decision by actor and channel, on a date or over time.

mod account;
mod over_time;

use assess::measure::{ActorSway, MeasureError, Measured};
use case::Channel;
use clap::Args;
use study::opening::ready;

use super::tabled::Tabled;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Measure sway over a decision by actor and channel
#[derive(Args)]
pub struct Measure {
    #[command(flatten)]
    opening: Opening,
    /// Measure under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The body whose decision is measured (default: the case's own)
    #[arg(long)]
    body: Option<String>,
    /// How many draws of what is not known
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
    draws: u32,
    /// The seed of the draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many actors to show
    #[arg(long, default_value_t = 20)]
    top: usize,
    #[command(flatten)]
    over_time: over_time::OverTime,
    #[command(flatten)]
    tabled: Tabled,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Measure {
    /// Measures.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        if self.over_time.asked() {
            let body = self.body.as_deref().unwrap_or(case.head.body.get_ref());
            let size = (self.seed, self.draws);
            return self.over_time.go(&folder, &case, body, size, self.json);
        }
        let model = ready(&folder, &case)?;
        let body = self.body.as_deref().unwrap_or(case.head.body.get_ref());
        let measured =
            assess::measure(&model, body, self.seed, self.draws).map_err(|e| match e {
                MeasureError::NoBody(..) => Failure::usage(e),
                _ => Failure::input(e),
            })?;
        self.tabled.save(|| study::tabled::sway(&measured))?;
        if self.json {
            return print_json(&measured);
        }
        let focus: Vec<&str> = case.head.focus.iter().map(|f| f.get_ref().as_str()).collect();
        print(lines(&measured, self.top, &focus, &case.as_of.to_string()))
    }
}

fn row(actor: &ActorSway) -> Vec<String> {
    let mut cells = vec![
        actor.label.clone(),
        screen::percent(actor.total.mean),
        format!("{} – {}", screen::percent(actor.total.low), screen::percent(actor.total.high)),
        screen::percent(actor.own),
    ];
    cells.extend(Channel::ALL.map(|c| match actor.channels.get(&c) {
        Some(share) if *share >= 0.0005 => screen::percent(*share),
        _ => "·".to_owned(),
    }));
    cells
}

fn lines(measured: &Measured, top: usize, focus: &[&str], as_of: &str) -> Vec<String> {
    let mut out = vec![
        format!(
            "Sway over {}, as of {as_of} (quota {} seats, {} draws; 90 % interval)",
            measured.name, measured.quota, measured.draws
        ),
        String::new(),
    ];
    let mut rows: Vec<Vec<String>> = measured.actors.iter().take(top).map(row).collect();
    let rest = measured.actors.iter().skip(top);
    let more = rest.clone().count();
    if more > 0 {
        let sum: f64 = rest.map(|a| a.total.mean).sum();
        let mut cells = vec![format!("… and {more} more"), screen::percent(sum)];
        cells.resize(4 + Channel::ALL.len(), String::new());
        rows.push(cells);
    }
    if measured.fringe.mean > 0.0 {
        let mut cells = row_of_fringe(measured);
        cells.resize(4 + Channel::ALL.len(), "·".to_owned());
        rows.push(cells);
    }
    let all: f64 = measured.actors.iter().map(|a| a.total.mean).sum::<f64>() + measured.fringe.mean;
    let own: f64 = measured.actors.iter().map(|a| a.own).sum::<f64>() + measured.fringe.mean;
    let mut total =
        vec!["all".to_owned(), screen::percent(all), String::new(), screen::percent(own)];
    total.extend(Channel::ALL.map(|c| {
        let sum: f64 = measured.actors.iter().filter_map(|a| a.channels.get(&c)).sum();
        screen::percent(sum)
    }));
    rows.push(total);
    let mut head = vec!["actor", "sway", "range", "own"];
    head.extend(Channel::ALL.map(Channel::name));
    out.extend(screen::table(&head, &rows));
    for id in focus {
        let Some(actor) = measured.actors.iter().find(|a| a.actor == *id) else {
            continue;
        };
        out.push(String::new());
        out.push(format!("Through whom {} reaches it:", actor.name));
        let hops = actor.hops.iter().take(6).filter(|h| h.share > 0.0005);
        out.extend(hops.map(|hop| {
            let share = screen::percent(hop.share);
            format!("  {share:>6}  {} ({})", hop.label, hop.channel.name())
        }));
    }
    out
}

fn row_of_fringe(measured: &Measured) -> Vec<String> {
    let fringe = &measured.fringe;
    vec![
        "small lists and independents".to_owned(),
        screen::percent(fringe.mean),
        format!("{} – {}", screen::percent(fringe.low), screen::percent(fringe.high)),
        screen::percent(fringe.mean),
    ]
}
