//! `explain`: one run as a story, or one entry of it walked back.

use assess::explain::medoid::Centres;
use assess::explain::parting;
use clap::Args;
use simulate::ensemble::Ended;
use simulate::process::StepError;
use simulate::{Model, Outcome, Play, Played};
use study::opening::ready;

use super::run::ensemble;
use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Tell one run as a story and walk it back to inputs, sources and chance
#[derive(Args)]
pub struct Explain {
    #[command(flatten)]
    opening: Opening,
    /// Explain a run under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The run's number (default: the one that best stands for the first 2,000)
    #[arg(long)]
    run: Option<u32>,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Tell the medoid run of each outcome: the one nearest the centre of all runs that end that way
    #[arg(long, conflicts_with_all = ["run", "entry", "against"])]
    typical: bool,
    /// Of how many futures (with --typical)
    #[arg(long, default_value_t = 2000)]
    runs: u32,
    /// Find the first entry in which the run differs from the same run under this scenario
    #[arg(long, value_name = "SCENARIO", conflicts_with = "entry")]
    against: Option<String>,
    /// Walk this entry back to what it hangs on
    #[arg(long, value_name = "NUMBER")]
    entry: Option<usize>,
    /// How many entries deep
    #[arg(long, default_value_t = 2)]
    depth: usize,
    /// How many inputs and draws of an entry to list
    #[arg(long, default_value_t = 8)]
    most: usize,
    /// Print the run with its journal as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    /// Explains.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        if self.typical {
            return self.medoids(&model);
        }
        let run = match self.run {
            Some(run) => run,
            None => {
                let runs = ensemble(&model, self.seed, 2000)?;
                assess::explain::typical(&runs).unwrap_or(0)
            }
        };
        let told = self.told(&model, run)?;
        if let Some(scenario) = &self.against {
            return self.parting((&model, &told), scenario);
        }
        if self.json {
            return print_json(&told);
        }
        if let Some(entry) = self.entry {
            let lines = assess::explain::walk(&model, &told, entry, self.depth, self.most);
            let last = told.journal.len().saturating_sub(1);
            return print(lines.ok_or_else(|| {
                Failure::usage(format!("--entry {entry}: the run's entries are 0 to {last}"))
            })?);
        }
        let mut lines = vec![
            format!("{} as of {}: run {run} of seed {}", case.head.title, case.as_of, self.seed),
            String::new(),
        ];
        lines.extend(assess::explain::story(&told));
        if let Some(last) = told.journal.len().checked_sub(1) {
            lines.push(String::new());
            lines.push(format!("Why entry {last}? Add --run {run} --entry {last}"));
        }
        print(lines)
    }

    /// The medoid run of each outcome, as a story.
    fn medoids(&self, model: &Model<'_>) -> Result<(), Failure> {
        if self.runs == 0 {
            return Err(Failure::usage("--runs 0: run at least one future"));
        }
        let bar = screen::progress(2 * u64::from(self.runs), "futures");
        let pass = |take: &mut dyn FnMut(u32, &Outcome)| {
            let mut take = |run, outcome: Outcome| {
                take(run, &outcome);
                bar.inc(1);
                Ok::<(), StepError>(())
            };
            match model.stream(self.seed, 0..self.runs, &|| true, &mut take) {
                Ok(_) => Ok(()),
                Err(Ended::Step(error) | Ended::Refused(error)) => Err(Failure::from(error)),
            }
        };
        let mut centres = Centres::new(model);
        pass(&mut |_, outcome| centres.push(outcome))?;
        let mut search = centres.search();
        pass(&mut |run, outcome| search.push(run, outcome))?;
        bar.finish_and_clear();
        let medoids = search.medoids(model);
        if self.json {
            let told = medoids.iter().map(|m| Ok((m, self.told(model, m.run)?)));
            return print_json(&told.collect::<Result<Vec<_>, StepError>>()?);
        }
        let case = model.case;
        let mut lines = vec![format!(
            "{} as of {}: the run nearest the centre of each outcome, of {} futures, seed {}",
            case.head.title, case.as_of, self.runs, self.seed
        )];
        for medoid in &medoids {
            lines.push(String::new());
            let share = screen::percent(medoid.share);
            lines.push(format!("{} ({share}): run {}", medoid.name, medoid.run));
            lines.extend(assess::explain::story(&self.told(model, medoid.run)?));
        }
        print(lines)
    }

    fn told(&self, model: &Model<'_>, run: u32) -> Result<Played, StepError> {
        Play { journal: true, ..model.play(self.seed, run) }.go()
    }

    /// The first entry in which a run differs from itself under a scenario.
    fn parting(&self, base: (&Model<'_>, &Played), scenario: &str) -> Result<(), Failure> {
        let scenarios: Vec<String> =
            self.scenario.iter().cloned().chain([scenario.to_owned()]).collect();
        let folder = self.opening.folder(&scenarios)?;
        let case = self.opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let told = self.told(&model, base.1.run)?;
        if self.json {
            return print_json(&parting::parting(base, (&model, &told)));
        }
        let (title, run) = (&case.head.title, base.1.run);
        let mut lines = vec![
            format!(
                "{title} as of {}: run {run} of seed {}, base and {scenario}",
                case.as_of, self.seed
            ),
            String::new(),
        ];
        lines.extend(parting::tell(base, (&model, &told)));
        print(lines)
    }
}
