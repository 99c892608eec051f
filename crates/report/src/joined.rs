//! What other parts of the program may bring to a brief: what came before, how forecasts fared, what
//! to watch, when an outcome comes about, and sway over time. Plain structs; none is needed.

use assess::influence::Influence;
use jiff::civil::Date;

use crate::brief::SourceEntry;
use crate::picture::{calibration, influence_fan, prim_strip};
use crate::record::Record;

mod assessed;

pub use assessed::drawn;

/// What is joined to the findings of the runs.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// The key questions of the case with what is said of each, in their order.
    pub answers: Vec<Answer>,
    /// Who gets what he wants, over the brief's own runs.
    pub influence: Option<Influence>,
    /// The same split by channel, over some of these runs.
    pub channels: Option<Influence>,
    /// Sway over time of the powers watched, with what moved it.
    pub over_time: Option<assess::measure::course::Course>,
    /// What the brief before this one said.
    pub earlier: Option<Record>,
    /// What moved its judgements and numbers, in any order.
    pub causes: Vec<Cause>,
    /// How frozen forecasts of the case fared.
    pub scored: Option<Scored>,
    /// What would change our mind.
    pub signs: Vec<Sign>,
    /// When an outcome comes about, in rules found in the runs.
    pub discoveries: Vec<Discovery>,
    /// Sway, or another number, over time.
    pub courses: Vec<Course>,
}

/// A key question of the case and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question's id.
    pub id: String,
    /// The question.
    pub question: String,
    /// What the runs are asked, where they are asked anything.
    pub ask: Option<String>,
    /// The two views joined, or the one there is; or why there is none.
    pub said: Result<Said, String>,
    /// What happened elsewhere and before.
    pub outside: Option<Said>,
    /// The rows of the reference class in words: "44 cases of 1 country".
    pub class: Option<String>,
    /// What the runs say.
    pub runs: Option<Said>,
    /// How much the runs weigh in what is said, in \[0, 1\].
    pub weight: Option<f64>,
    /// How far a probability was drawn toward even odds.
    pub drawn: Option<Drawn>,
    /// What others said, and on which day: the probability of yes.
    pub others: Vec<(String, Date, f64)>,
}

/// How far a probability was drawn toward even odds, because earlier forecasts were too sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// What it was before.
    pub from: f64,
    /// What its log odds were multiplied by, in \[0, 1\].
    pub slope: f64,
    /// From how many forecasts with a known answer that was learnt.
    pub forecasts: usize,
}

/// What is said of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The probability of yes.
    Chance(f64),
    /// A number with the interval that holds nine in ten.
    Number {
        /// The middle.
        value: f64,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
        /// Whether it counts days.
        days: bool,
    },
    /// Names with their probabilities, the likeliest first.
    Names(Vec<(String, f64)>),
}

/// Something new that moved a judgement or a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The key of the judgement or the number that it moved.
    pub moved: String,
    /// What it is.
    pub kind: CauseKind,
    /// Its name: a document's title, what happened, an estimate in words.
    pub name: String,
    /// Its own day, where it has one.
    pub date: Option<Date>,
    /// How far it moved it: of a judgement or a share in shares of one, of a number in its unit.
    pub by: f64,
    /// The half width of the 90 % interval of that.
    pub error: f64,
    /// The sentence that says so and its source.
    pub sentence: Option<(String, SourceEntry)>,
}

/// What moved a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CauseKind {
    /// A document.
    Document,
    /// An event.
    Event,
    /// An estimate that was changed.
    Estimate,
}

impl CauseKind {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Event => "event",
            Self::Estimate => "estimate",
        }
    }
}

/// How frozen forecasts fared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// How many questions have a forecast frozen before the event and a known answer.
    pub questions: usize,
    /// The forecasts, in the order to be shown.
    pub rows: Vec<Forecasted>,
    /// The misses, the worst first.
    pub misses: Vec<Missed>,
    /// How they stand against plain forecasters.
    pub standings: Vec<Standing>,
    /// The yes-or-no forecasts by probability.
    pub bins: Vec<calibration::Bin>,
}

/// A forecast and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecasted {
    /// The question.
    pub question: String,
    /// The last day of information.
    pub as_of: Date,
    /// What happened elsewhere, in words: "31%", "240 (130 to 380)"; none without a class.
    pub outside: Option<String>,
    /// What the runs say, likewise.
    pub runs: Option<String>,
    /// The forecast, the two joined.
    pub forecast: String,
    /// What came true.
    pub truth: String,
    /// Its score; lower is better.
    pub score: f64,
    /// What the score is: "Brier".
    pub measure: String,
    /// The best score of a plain forecaster, and whose it is.
    pub plain: Option<(f64, String)>,
}

/// A forecast that was far off.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The question.
    pub question: String,
    /// What came true.
    pub truth: String,
    /// The probability that was given to it.
    pub given: f64,
}

/// How forecasts stand against a plain forecaster.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whose: "base rate".
    pub against: String,
    /// The score compared.
    pub measure: String,
    /// Over how many questions.
    pub questions: usize,
    /// The mean score of the forecasts.
    pub ours: f64,
    /// Of the plain forecaster.
    pub theirs: f64,
    /// Theirs minus ours, with the interval that holds nine bootstrap samples in ten; above 0 the forecasts did better.
    pub better: (f64, f64, f64),
}

/// Something that would be seen sooner if an outcome were on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// What would be seen.
    pub event: String,
    /// By when, where there is a day.
    pub by: Option<Date>,
    /// The outcome it bears on, as a clause: "Blues wins most seats".
    pub outcome: String,
    /// How much likelier it is seen where the outcome comes about than where it does not.
    pub ratio: f64,
    /// The interval of that ratio.
    pub range: (f64, f64),
    /// The probability of the outcome where it is still open on that day, and where this has been seen by then.
    pub odds: Option<(f64, f64)>,
    /// Where it has been seen: the day, the sentence and its source.
    pub seen: Option<(Date, String, SourceEntry)>,
}

/// When an outcome comes about, in plain rules (PRIM).
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// The outcome as a clause: "the cabinet is late".
    pub outcome: String,
    /// The rules as a sentence.
    pub sentence: String,
    /// The share of the box's runs with the outcome.
    pub density: f64,
    /// The share of all runs with it.
    pub base: f64,
    /// The share of the outcome's runs that are in the box.
    pub coverage: f64,
    /// How many runs are in the box, and how many there are.
    pub runs: (u64, u64),
    /// The rules as they are drawn.
    pub rules: Vec<prim_strip::Rule>,
}

/// A number over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Whose it is: "Sway of the Northmark".
    pub name: String,
    /// What is measured: "share of the decision".
    pub unit: String,
    /// Whether it is a share.
    pub shares: bool,
    /// The number by date.
    pub points: Vec<influence_fan::Point>,
    /// The evidence that moved it.
    pub evidence: Vec<influence_fan::Evidence>,
    /// The probability that it is higher on the last date than on the first, over the draws or runs.
    pub rise: Option<f64>,
    /// Over how many draws or runs.
    pub runs: u64,
}

impl Scored {
    /// What a score board says.
    pub fn of(board: &assess::score::Board) -> Self {
        let graded = board.rows.iter().filter(|row| row.grade.is_some());
        let questions = graded.clone().count();
        let rows = graded.filter_map(forecasted).collect();
        let misses = (board.misses.iter())
            .filter_map(|miss| {
                let row = board.rows.get(miss.row)?;
                let truth = row.truth.clone()?;
                Some(Missed { question: row.text.clone(), truth, given: miss.given })
            })
            .collect();
        let standings = (board.standings.iter())
            .map(|s| Standing {
                against: s.against.name().to_owned(),
                measure: match s.score {
                    "brier" => "Brier",
                    "crps" => "CRPS, as a ratio to theirs",
                    "log" => "log score",
                    other => other,
                }
                .to_owned(),
                questions: s.questions,
                ours: s.ours,
                theirs: s.theirs,
                better: (s.better, s.range[0], s.range[1]),
            })
            .collect();
        let bins = (board.calibration.iter())
            .map(|bin| calibration::Bin {
                said: bin.forecast,
                came: bin.observed,
                low: bin.range[0],
                high: bin.range[1],
                count: bin.count as u64,
            })
            .collect();
        Self { questions, rows, misses, standings, bins }
    }
}

fn forecasted(row: &assess::score::Row) -> Option<Forecasted> {
    let grade = row.grade.as_ref()?;
    let forecast = row.forecast.as_ref().ok()?;
    let score_of = |grade: &assess::score::Grade| match (grade.brier, grade.crps) {
        (Some(brier), _) => Some((brier, "Brier")),
        (None, Some(crps)) => Some((crps, "CRPS")),
        (None, None) => None,
    };
    let (score, measure) = score_of(grade)?;
    let plain = row
        .plain
        .iter()
        .filter_map(|(who, _, grade)| Some((score_of(grade)?.0, who.name().to_owned())));
    Some(Forecasted {
        question: row.text.clone(),
        as_of: row.as_of,
        outside: row.outside.said.as_ref().ok().map(|outside| outside.forecast.short()),
        runs: row.inside.said.as_ref().ok().map(|runs| runs.short()),
        forecast: forecast.short(),
        truth: row.truth.clone()?,
        score,
        measure: measure.to_owned(),
        plain: plain.min_by(|a, b| a.0.total_cmp(&b.0)),
    })
}
