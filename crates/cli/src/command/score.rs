//! `score`: dated questions asked as of their dates, forecasts frozen, then held against what came true.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assess::Ask;
use assess::score::{Asked, Forecast, Record, Silence, answer, board, rows};
use case::question::{Question, QuestionSet, questions};
use case::source_map::SourceMap;
use clap::Args;
use jiff::civil::Date;
use simulate::Model;
use study::frozen;

mod page;
mod show;

use super::report::write_whole;
use super::run::ensemble;
use super::tabled::Tabled;
use super::{print, print_json};
use crate::failure::{Failure, at};
use crate::opening::Opening;
use crate::screen;

/// Ask dated questions as of their dates, and score the forecasts against what came true
///
///     shatterbelt score toyland
///     shatterbelt score toyland --questions mine.toml --freeze --forecasts out
///     shatterbelt score toyland --recorded --out how-good-is-it.md
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Score {
    /// The case folder
    case: PathBuf,
    /// A file of `[[question]]` entries from outside the case (default: the case's own)
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// Where frozen forecasts are kept, one file a question (default: forecasts/ in the case)
    #[arg(long, value_name = "DIR")]
    forecasts: Option<PathBuf>,
    /// Ask only these
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Ask only the questions of this set
    #[arg(long, value_name = "SET")]
    of: Option<Set>,
    /// Freeze the forecasts of the runs and do not look at what came true; without it nothing is written there
    #[arg(long)]
    freeze: bool,
    /// Run nothing: score the forecasts on record, those last frozen
    #[arg(long, conflicts_with_all = ["freeze", "runs", "seed"])]
    recorded: bool,
    /// How many futures for each date
    #[arg(long, default_value_t = 2000)]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the board as a page of Markdown to this file, its picture beside it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    tabled: Tabled,
    /// Print the board as JSON
    #[arg(long)]
    json: bool,
}

/// A set of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Set {
    /// Those that may have been looked at while the model was made.
    Development,
    /// Those that were kept apart.
    Validation,
}

impl Set {
    fn holds(self, set: QuestionSet) -> bool {
        match self {
            Self::Development => set == QuestionSet::Development,
            Self::Validation => set == QuestionSet::Validation,
        }
    }
}

/// The questions asked as of one date under the same scenarios, in runs that end on the same day.
type Groups = BTreeMap<(Date, Vec<String>, Option<Date>), Vec<Question>>;

impl Score {
    /// All questions, and the country as reference classes call it.
    fn all(&self) -> Result<Vec<Question>, Failure> {
        let mut map = SourceMap::default();
        match &self.questions {
            Some(path) => {
                let text = case::folder::read_text(path)?;
                map.add(path.display().to_string(), text);
            }
            None => map = case::Folder::read(&self.case)?.map,
        }
        let all = questions(&map).map_err(|faults| {
            for fault in &faults {
                eprintln!("{}\n", fault.render(&map, screen::colour_on_stderr()));
            }
            Failure::input(format!("the questions cannot be used: {} faults", faults.len()))
        })?;
        for id in &self.only {
            if !all.iter().any(|q| q.id.get_ref() == id) {
                let names = all.iter().map(|q| q.id.get_ref().as_str());
                let near = case::diagnostic::nearest(id, names);
                let hint = near.map_or(String::new(), |n| format!("; did you mean \"{n}\"?"));
                return Err(Failure::usage(format!("--only {id}: no such question{hint}")));
            }
        }
        if !all.iter().any(|question| self.asks(question)) {
            return Err(Failure::input(
                "there are no questions: add [[question]] to the case, or name a file by --questions",
            ));
        }
        Ok(all)
    }

    /// Whether a question is asked.
    fn asks(&self, question: &Question) -> bool {
        (self.only.is_empty() || self.only.contains(question.id.get_ref()))
            && self.of.is_none_or(|of| of.holds(question.set))
    }

    /// What reference classes call the country of the case.
    fn country(&self) -> Result<String, Failure> {
        let opening = Opening { case: self.case.clone(), as_of: None, set: Vec::new() };
        let built = opening.folder(&[])?.build(None);
        Ok(built.case.map_or_else(String::new, |case| case.head.title.clone()))
    }

    fn folder(&self) -> PathBuf {
        self.forecasts.clone().unwrap_or_else(|| frozen::folder(&self.case))
    }

    /// Makes and freezes the forecasts of the questions of one date, or says why there is none.
    fn forecast(
        &self,
        (as_of, scenarios, until): &(Date, Vec<String>, Option<Date>),
        group: &[Question],
    ) -> Result<Vec<Result<Forecast, Silence>>, Failure> {
        let as_of = *as_of;
        let none: Option<Vec<_>> = group.iter().map(frozen::unasked).collect();
        if let Some(none) = none {
            return Ok(none.into_iter().map(Err).collect());
        }
        let opening = Opening { case: self.case.clone(), as_of: Some(as_of), set: Vec::new() };
        let folder = opening.folder(scenarios)?;
        let built = folder.build(Some(as_of));
        let hash = built.case.as_ref().map_or(String::new(), |c| c.hash.clone());
        let without = |why: Silence| Ok(vec![Err(why); group.len()]);
        let Some(mut case) = built.case else {
            let first = built.findings.iter().find(|f| f.severity == case::Severity::Error);
            let first = first.map_or(String::new(), |f| f.line(&folder.map));
            return without(Silence::NoCase(as_of, first));
        };
        if let Some(until) = until {
            case.head.until = *until;
        }
        let model = match Model::new(&case) {
            Ok(model) => model,
            Err(findings) => {
                let first = findings.first().map_or(String::new(), |f| f.line(&folder.map));
                return without(Silence::NoModel(as_of, first));
            }
        };
        // What cannot be asked is a fault of the file, told before any run.
        let wrong: Vec<String> = (group.iter())
            .filter_map(|question| {
                let ask = question.ask.as_ref()?;
                let fault = Ask::read(ask.get_ref(), &model).err()?;
                Some(format!("question \"{}\": ask: {fault}", question.id.get_ref()))
            })
            .collect();
        if !wrong.is_empty() {
            return Err(Failure::input(wrong.join("\n")));
        }
        let runs = ensemble(&model, self.seed, self.runs)?;
        let mut all = Vec::new();
        for question in group {
            if let Some(why) = frozen::unasked(question) {
                all.push(Err(why));
                continue;
            }
            let answered = match answer(question, &model, &runs) {
                Ok(answered) => answered,
                Err(why) => {
                    all.push(Err(Silence::Answer(why)));
                    continue;
                }
            };
            if !self.freeze {
                all.push(Ok(answered.forecast));
                continue;
            }
            let ask = question.ask.as_ref().map_or(String::new(), |a| a.get_ref().clone());
            let mut lines = frozen::all(&self.folder(), question)?;
            let record = Record {
                format: 1,
                question: question.id.get_ref().clone(),
                text: question.text.clone(),
                ask,
                as_of,
                until: *until,
                program: env!("CARGO_PKG_VERSION").to_owned(),
                case_hash: hash.clone(),
                seed: self.seed,
                runs: self.runs,
                forecast: answered.forecast,
                missing: answered.missing,
                before: lines.last().map_or(String::new(), |l| l.hash.clone()),
                hash: String::new(),
            };
            match lines.last().filter(|last| last.stands(&record)) {
                Some(last) => all.push(Ok(last.forecast.clone())),
                None => {
                    let record = record.sealed()?;
                    all.push(Ok(record.forecast.clone()));
                    lines.push(record);
                    write_lines(&frozen::file(&self.folder(), question), &lines)?;
                }
            }
        }
        Ok(all)
    }

    /// What the runs say of the questions that are asked, by their ids.
    fn runs(
        &self,
        all: &[Question],
    ) -> Result<BTreeMap<String, Result<Forecast, Silence>>, Failure> {
        let mut groups: Groups = BTreeMap::new();
        for question in all.iter().filter(|question| self.asks(question)) {
            let key = (question.as_of, question.scenarios.clone(), question.until);
            groups.entry(key).or_default().push(question.clone());
        }
        let mut said = BTreeMap::new();
        for (key, group) in &groups {
            let forecasts = self.forecast(key, group)?;
            let ids = group.iter().map(|question| question.id.get_ref().clone());
            said.extend(ids.zip(forecasts));
        }
        Ok(said)
    }

    /// Asks.
    pub fn go(&self) -> Result<(), Failure> {
        let all = self.all()?;
        let mut said = if self.recorded { BTreeMap::new() } else { self.runs(&all)? };
        if self.freeze {
            let made = said.values().filter(|forecast| forecast.is_ok()).count();
            return print([format!(
                "{made} of {} questions have a frozen forecast in {}",
                said.len(),
                self.folder().display()
            )]);
        }
        // The questions that are not asked anew stand as they were frozen: the weights of the two views are learnt from
        // them too.
        let mut records = Vec::new();
        let mut asked = Vec::new();
        for question in &all {
            let inside = match said.remove(question.id.get_ref()) {
                Some(inside) => inside,
                None => {
                    let last = frozen::last(&self.folder(), question)?;
                    let forecast = last.as_ref().map(|l| l.forecast.clone()).map_err(Clone::clone);
                    records.extend(last.ok().filter(|_| self.asks(question)));
                    forecast
                }
            };
            asked.push(Asked { question, inside });
        }
        let mut rows = rows(asked, &self.country()?, true).map_err(Failure::input)?;
        rows.retain(|row| all.iter().any(|q| *q.id.get_ref() == row.id && self.asks(q)));
        if !self.recorded {
            records.clear();
            // Those of one date stand together, as they were run.
            rows.sort_by_key(|row| row.as_of);
        }
        let board = board(rows, self.seed);
        if let Some(path) = &self.out {
            let page = page::write(&board, &records, self, path)?;
            write_whole(path, page.as_bytes())?;
        }
        self.tabled.save(|| study::tabled::scores(&board))?;
        if self.json {
            return print_json(&board);
        }
        print(show::lines(&board))
    }
}

/// Writes the frozen forecasts of a question, atomically.
fn write_lines(path: &Path, lines: &[Record]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let text = Record::text(lines)?;
    write_whole(path, text.as_bytes())
}
