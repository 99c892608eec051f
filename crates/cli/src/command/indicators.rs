//! `indicators`: which dated events would move an outcome most, and which of them have been read.

use assess::Ask;
use assess::indicators::{
    Chance, Indicator, IndicatorError, Indicators as Found, Plan, Ratio, Sighting, ach::ach,
    indicators, trip,
};
use assess::update::Observation;
use case::Case;
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use simulate::Model;
use study::opening::ready;

mod matrix;

use super::evidence::store_fault;
use super::read::{open_store, store_path};
use super::{print, print_json};
use crate::failure::{About, Failure};
use crate::opening::Opening;
use crate::screen;

/// Find which dated events would move an outcome most, and which have been read
#[derive(Args)]
pub struct Indicators {
    #[command(flatten)]
    opening: Opening,
    /// Under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The outcome: a question of yes or no, such as "government.days > 200"; with --ach several that exclude each
    /// other, or one for a name, such as head
    #[arg(long, value_name = "ASK", required = true)]
    of: Vec<String>,
    /// Set evidence against hypotheses in a matrix, with what becomes of them if an item is false
    #[arg(long)]
    ach: bool,
    /// With --ach: what was seen, such as "failures >= 1 @ 2031-06-01" (default: the indicators that are tripped)
    #[arg(long, value_name = "WHAT @ DAY", requires = "ach")]
    seen: Vec<String>,
    /// The day of evidence that names none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day, requires = "ach")]
    on: Option<Date>,
    /// Only what has happened by this day (default: any of every four weeks, the most telling)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    by: Option<Date>,
    /// Also what must be measured: shares, prices, favour
    #[arg(long)]
    levels: bool,
    /// How many futures: half choose what to watch for, half say what it tells
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// How many indicators to give
    #[arg(long, default_value_t = 12)]
    top: usize,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The evidence store, if it is not the case's own
    #[arg(long, value_name = "FILE")]
    store: Option<std::path::PathBuf>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a, T: Serialize> {
    of: &'a [String],
    as_of: Date,
    seed: u64,
    found: &'a T,
}

impl Indicators {
    /// Finds out.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let title = format!("{} as of {}", case.head.title, case.as_of);
        if self.ach {
            let evidence = self.evidence(&model)?;
            let hypotheses = matrix::hypotheses(&self.of, &model)?;
            let bar = screen::progress(u64::from(self.runs), "runs");
            let size = (self.seed, self.runs);
            let found = ach(&model, &hypotheses, &evidence, size, &|done| bar.inc(done));
            bar.finish_and_clear();
            let found = found.map_err(failure)?;
            return match self.json {
                true => self.print_json(&case, &found),
                false => print(matrix::told(&found, &title)),
            };
        }
        let found = self.found(&model)?;
        match self.json {
            true => self.print_json(&case, &found),
            false => print(self.told(&found, &title)),
        }
    }

    fn print_json(&self, case: &Case, found: &impl Serialize) -> Result<(), Failure> {
        print_json(&Answer { of: &self.of, as_of: case.as_of, seed: self.seed, found })
    }

    /// The indicators of the one outcome, with what the evidence shows of them.
    fn found(&self, model: &Model<'_>) -> Result<Found, Failure> {
        let [of] = self.of.as_slice() else {
            return Err(Failure::usage("--of: one outcome at a time, or several with --ach"));
        };
        let of = Ask::read(of, model).map_err(|e| Failure::usage(About::new("--of", e)))?;
        let plan = Plan {
            seed: self.seed,
            runs: self.runs,
            days: self.by.into_iter().collect(),
            levels: self.levels,
            top: self.top,
        };
        let bar = screen::progress(u64::from(self.runs), "runs");
        let found = indicators(model, &of, &plan, &|| true, &|done| bar.inc(done));
        bar.finish_and_clear();
        let mut found = found.map_err(failure)?;
        let mut events = sightings(&self.opening.case, self.store.as_deref(), model.case)?;
        // What the case itself knows by now; none of it went into the forecast.
        let later = self.opening.folder(&self.scenario)?.build(Some(Date::MAX)).case;
        events.extend(later.iter().flat_map(trip::told_by));
        for indicator in &mut found.indicators {
            indicator.tripped = trip::trip(model.case, indicator, &events);
        }
        Ok(found)
    }

    /// The evidence of a matrix: as given, or the indicators that are tripped, each as of its last sighting.
    fn evidence(&self, model: &Model<'_>) -> Result<Vec<Observation>, Failure> {
        let read = |text: &str, on: Option<Date>| {
            Observation::read(text, on, model).map_err(|e| Failure::usage(format!("--seen {e}")))
        };
        if !self.seen.is_empty() {
            return self.seen.iter().map(|text| read(text, self.on)).collect();
        }
        let nothing = || {
            let fault = "no evidence: give --seen \"WHAT @ DAY\" (no indicator of one outcome of yes or no is tripped)";
            Failure::usage(fault.to_owned())
        };
        let found = self.found(model).map_err(|_| nothing())?;
        let mut evidence = Vec::new();
        for indicator in &found.indicators {
            let Some(trip) = indicator.tripped.as_ref().filter(|t| t.tripped) else { continue };
            let last = trip.sightings.last().map_or(indicator.by, |s| s.day);
            evidence.push(read(&indicator.ask, Some(last))?);
        }
        if evidence.is_empty() { Err(nothing()) } else { Ok(evidence) }
    }

    fn told(&self, found: &Found, title: &str) -> Vec<String> {
        let mut out = vec![
            format!("What would move \"{}\": {title}", self.of.join(", ")),
            String::new(),
            format!(
                "It comes true in {} of {} runs. {} signs were looked at; {} runs chose what to watch for, {} say what \
                 it tells, among those in which the outcome is still open on the day.",
                screen::percent(found.base),
                found.runs,
                found.signs,
                found.runs / 2,
                found.runs - found.runs / 2
            ),
            String::new(),
        ];
        if found.indicators.is_empty() {
            out.push(
                "No sign tells more than luck would have it. More --runs may find a faint one."
                    .into(),
            );
            return out;
        }
        let rows: Vec<Vec<String>> = found.indicators.iter().map(row).collect();
        let head = [
            "event",
            "seen",
            "likelihood ratio",
            "if not seen",
            "before",
            "if seen",
            "if not",
            "open",
        ];
        out.extend(screen::table(&head, &rows));
        out.push(String::new());
        out.push(
            "Likelihood ratios with 95 % intervals: how many times more often it is seen (not seen) where the outcome \
             comes true. \"seen\": in how many open runs; \"open\": runs in which the outcome is not decided by the day."
                .to_owned(),
        );
        out.push(String::new());
        out.extend(tripped(found));
        out
    }
}

/// What a finding refused says to the user.
pub fn failure(error: IndicatorError) -> Failure {
    match error {
        IndicatorError::Step(error) => Failure::from(error),
        other => Failure::usage(other),
    }
}

fn row(i: &Indicator) -> Vec<String> {
    let chance = |c: &Chance| screen::percent(c.value);
    vec![
        i.what.clone(),
        screen::percent(i.seen),
        ratio(&i.ratio),
        ratio(&i.ratio_unseen),
        chance(&i.before),
        chance(&i.if_seen),
        chance(&i.if_unseen),
        screen::percent(i.open),
    ]
}

/// A ratio with its interval.
fn ratio(r: &Ratio) -> String {
    format!("{:.2} ({:.2} – {:.2})", r.value, r.interval.0, r.interval.1)
}

fn tripped(found: &Found) -> Vec<String> {
    let mut out = Vec::new();
    let looked: Vec<&Indicator> = found.indicators.iter().filter(|i| i.tripped.is_some()).collect();
    let of = looked.len();
    let hits = looked.iter().filter(|i| i.tripped.as_ref().is_some_and(|t| t.tripped)).count();
    out.push(format!(
        "Seen after the as-of date: {hits} tripped of {of} that events can tell ({} cannot be matched)",
        found.indicators.len() - of
    ));
    for indicator in looked {
        let Some(trip) = indicator.tripped.as_ref().filter(|t| t.seen > 0) else { continue };
        let state = if trip.tripped { "TRIPPED" } else { "not yet" };
        out.push(format!(
            "  {state}: {} ({} of {})",
            indicator.what,
            trip.seen,
            indicator.threshold.max(1.0)
        ));
        for s in trip.sightings.iter().take(3) {
            out.push(format!("      {} [{}] \"{}\"", s.day, s.source, s.sentence.trim()));
        }
        let more = trip.sightings.len().saturating_sub(3);
        if more > 0 {
            out.push(format!("      and {more} more sentences"));
        }
    }
    out
}

/// The events of the case's evidence and of its history that say what they show, whatever their date. Nothing read yet
/// is no fault: there is then nothing to trip anything.
pub fn sightings(
    folder: &std::path::Path,
    given: Option<&std::path::Path>,
    case: &Case,
) -> Result<Vec<Sighting>, Failure> {
    if !store_path(folder, given)?.is_file() {
        return Ok(Vec::new());
    }
    let store = open_store(folder, given)?;
    let mut found = Vec::new();
    for stored in store.all_events().map_err(store_fault)? {
        let (event, place) = (&stored.event, &stored.place);
        // Only what is told as having happened on a day that is known, at least to the month.
        let when = event.when.map(|w| w.from);
        let Some(day) = when.or_else(|| place.dated.as_deref().and_then(|d| d.parse().ok())) else {
            continue;
        };
        if !event.is_fact() || event.historical || event.hedged || place.standing != "body" {
            continue;
        }
        if day <= case.as_of {
            continue;
        }
        let own = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_owned).collect();
        found.push(Sighting {
            class: event.class.word().to_owned(),
            sources: own(&mut event.source_actors()),
            recipients: own(&mut event.recipient_actors()),
            day,
            sentence: place.quote.clone(),
            source: place.source_key.clone(),
            title: place.title.clone(),
            shows: None,
        });
    }
    Ok(found)
}
