//! `score`: dated questions asked as of their dates, forecasts frozen, then held against what came true.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assess::Ask;
use assess::score::{Asked, Forecast, Record, Row, Silence, answer, board, rows};
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
    /// Freeze the forecasts (runs, reference class and both joined); without it nothing is written there
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
    /// Those that were asked before anybody could know.
    Open,
}

impl Set {
    fn holds(self, set: QuestionSet) -> bool {
        match self {
            Self::Development => set == QuestionSet::Development,
            Self::Validation => set == QuestionSet::Validation,
            Self::Open => set == QuestionSet::Open,
        }
    }
}

/// As of which date, under which scenarios and until when a question is asked.
type Key = (Date, Vec<String>, Option<Date>);

/// The questions asked as of one date under the same scenarios, in runs that end on the same day.
type Groups = BTreeMap<Key, Vec<Question>>;

/// What the runs say of a question.
#[derive(Clone)]
struct Made {
    forecast: Forecast,
    /// The share of runs in which what was asked for did not come about.
    missing: f64,
    /// The hash of the case.
    case: String,
}

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
                say!("{}\n", fault.render(&map, screen::colour_on_stderr()));
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

    /// Makes the forecasts of the questions of one date, or says why there is none.
    fn forecast(
        &self,
        (as_of, scenarios, until): &Key,
        group: &[Question],
    ) -> Result<Vec<Result<Made, Silence>>, Failure> {
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
            let (forecast, missing) = (answered.forecast, answered.missing);
            all.push(Ok(Made { forecast, missing, case: hash.clone() }));
        }
        Ok(all)
    }

    /// What the runs say of the questions that are asked, by their ids.
    fn runs(&self, all: &[Question]) -> Result<BTreeMap<String, Result<Made, Silence>>, Failure> {
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

    /// Freezes what was forecast: the runs, the reference class, and the two joined.
    fn keep(
        &self,
        all: &[Question],
        said: &BTreeMap<String, Result<Made, Silence>>,
        rows: &[Row],
    ) -> Result<(), Failure> {
        let mut made = 0;
        for row in rows {
            let Ok(joined) = &row.forecast else { continue };
            let question = all.iter().find(|q| *q.id.get_ref() == row.id);
            let Some(question) = question else { continue };
            let runs = said.get(&row.id).and_then(|made| made.as_ref().ok());
            let case_hash = match runs {
                Some(runs) => runs.case.clone(),
                None => self.hash(question)?,
            };
            let mut lines = frozen::all(&self.folder(), question)?;
            let record = Record {
                format: 2,
                question: row.id.clone(),
                text: question.text.clone(),
                ask: question.ask.as_ref().map_or(String::new(), |a| a.get_ref().clone()),
                as_of: question.as_of,
                until: question.until,
                program: env!("CARGO_PKG_VERSION").to_owned(),
                case_hash,
                seed: self.seed,
                runs: if runs.is_some() { self.runs } else { 0 },
                build: Some(tables::BUILD.to_owned()),
                forecast: runs.map(|made| made.forecast.clone()),
                outside: row.outside.said.as_ref().ok().map(|said| said.forecast.clone()),
                joined: Some(joined.clone()),
                missing: runs.map_or(0.0, |made| made.missing),
                before: lines.last().map_or(String::new(), |l| l.hash.clone()),
                hash: String::new(),
            };
            made += 1;
            if !lines.last().is_some_and(|last| last.stands(&record)) {
                lines.push(record.sealed()?);
                write_lines(&frozen::file(&self.folder(), question), &lines)?;
            }
        }
        let folder = self.folder();
        print([format!(
            "{made} of {} questions have a frozen forecast in {}",
            rows.len(),
            folder.display()
        )])?;
        // A question that has no answer has said why; one whose case could not be used was not asked.
        let unusable = said.values().filter_map(|made| match made {
            Err(why @ (Silence::NoCase(..) | Silence::NoModel(..))) => Some(why.to_string()),
            _ => None,
        });
        let unusable: Vec<String> = unusable.collect();
        match unusable.first() {
            None => Ok(()),
            Some(first) => {
                Err(Failure::input(format!("{} questions were not asked: {first}", unusable.len())))
            }
        }
    }

    /// The hash of the case as of a question's date.
    fn hash(&self, question: &Question) -> Result<String, Failure> {
        let as_of = Some(question.as_of);
        let opening = Opening { case: self.case.clone(), as_of, set: Vec::new() };
        let built = opening.folder(&question.scenarios)?.build(as_of);
        Ok(built.case.map_or_else(String::new, |case| case.hash))
    }

    /// Asks.
    pub fn go(&self) -> Result<(), Failure> {
        let all = self.all()?;
        let said = if self.recorded { BTreeMap::new() } else { self.runs(&all)? };
        // The questions that are not asked anew stand as they were frozen: the weights of the two views are learnt from
        // them too.
        let mut records = Vec::new();
        let mut asked = Vec::new();
        for question in &all {
            match said.get(question.id.get_ref()) {
                Some(inside) => {
                    let inside = inside.as_ref().map(|made| made.forecast.clone());
                    let inside = inside.map_err(Clone::clone);
                    asked.push(Asked { question, inside, frozen: None });
                }
                None => {
                    let last = frozen::last(&self.folder(), question)?;
                    records.extend(last.as_ref().ok().filter(|_| self.asks(question)).cloned());
                    asked.push(frozen::asked(question, last));
                }
            }
        }
        let mut rows = rows(asked, &self.country()?, true).map_err(Failure::input)?;
        rows.retain(|row| all.iter().any(|q| *q.id.get_ref() == row.id && self.asks(q)));
        if self.freeze {
            return self.keep(&all, &said, &rows);
        }
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
