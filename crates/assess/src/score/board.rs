//! The score board: every question with its forecast and its plain rivals, the misses first, and
//! how the forecasts stand against each rival over all questions.

use jiff::civil::Date;
use serde::Serialize;
use simulate::luck::{Luck, Name, Who};
use theory::score::{Bin, calibration};

use case::question::{Other, Question, QuestionKind, QuestionSet};

use super::join::{Both, Pooled, Slope, Weight, drawn, join, slope, weight};
use super::overall::{Overall, overall};
use super::{Forecast, Grade, GradeError, PlainForecaster, Silence, baseline, grade};
use crate::outside::{NoOutside, Outside, outside};

/// Samples of a bootstrap.
const SAMPLES: u32 = 2000;
/// Bins of the calibration table.
const BINS: usize = 10;
const RESAMPLE: Name = Name::new("score/bootstrap");

/// A question that was asked, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The question's id.
    pub id: String,
    /// The question.
    pub text: String,
    /// Whether it was kept apart while the model was made.
    pub set: QuestionSet,
    /// What sort of answer it has.
    pub kind: QuestionKind,
    /// The last day of information.
    pub as_of: Date,
    /// The forecast: outside and inside joined, or the one there is; or why there is none.
    pub forecast: Result<Forecast, Silence>,
    /// The inside view, of the runs alone.
    pub inside: View<Forecast, Silence>,
    /// The outside view, of the reference class alone.
    pub outside: View<Outside, NoOutside>,
    /// How much the runs weigh in the forecast, beside the reference class or beside even odds; none where only one view is there.
    pub weight: Option<Weight>,
    /// The views joined, before they are drawn toward even odds; none where they are not.
    pub joined: Option<Forecast>,
    /// How far a yes-or-no forecast is drawn toward even odds; none of other questions, and of what was frozen.
    pub slope: Option<Slope>,
    /// What came true, where it is known.
    pub truth: Option<String>,
    /// The forecast's scores.
    pub grade: Option<Grade>,
    /// The plain forecasters' scores, each with its forecast.
    pub plain: Vec<(PlainForecaster, Forecast, Grade)>,
    /// What others said, each with its scores.
    pub others: Vec<(Other, Option<Grade>)>,
}

/// One view of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View<T, E> {
    /// What it says, or why it says nothing.
    pub said: Result<T, E>,
    /// Its scores.
    pub grade: Option<Grade>,
}

/// A question that is asked, with what the runs say.
#[derive(Debug, Clone)]
pub struct Asked<'q> {
    /// The question.
    pub question: &'q Question,
    /// What the runs say, or why they say nothing.
    pub inside: Result<Forecast, Silence>,
    /// What was forecast when it was frozen: it stands, whatever classes and weights say by now.
    pub frozen: Option<Forecast>,
}

/// A question whose truth is no answer to it, or whose forecast is of another kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Ungraded {
    /// The question's id.
    pub question: String,
    /// What is wrong.
    pub fault: Box<GradeError>,
}

impl std::fmt::Display for Ungraded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "question \"{}\": {}", self.question, self.fault)
    }
}

impl std::error::Error for Ungraded {}

/// How the forecasts stand against a plain forecaster, over the questions that both answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// The rival.
    pub against: PlainForecaster,
    /// The score by which they are compared: `brier` (yes or no, and names), `log` likewise, `crps`
    /// (numbers).
    pub score: &'static str,
    /// How many questions.
    pub questions: usize,
    /// The mean score of the forecasts; for `crps` the geometric mean of forecast over rival.
    pub ours: f64,
    /// The mean score of the rival; for `crps` 1.
    pub theirs: f64,
    /// Rival minus ours, mean over questions: above 0 the forecasts were better. For `crps` one
    /// minus the ratio.
    pub better: f64,
    /// The central 90 % interval of that over bootstrap samples of the questions (`efron1979`).
    pub range: [f64; 2],
    /// The skill: one minus the ratio of the mean scores (`murphy1988`); for `crps` of their
    /// geometric means.
    pub skill: f64,
    /// Its central 90 % interval over the same samples.
    pub skill_range: [f64; 2],
}

/// A forecast that was far off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// The place of its row.
    pub row: usize,
    /// The probability given to what came true, or how far into a tail of the distribution a number
    /// lay (both tails together).
    pub given: f64,
}

/// Yes-or-no forecasts of like probability.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibrated {
    /// The bin's ends.
    pub bin: [f64; 2],
    /// How many forecasts.
    pub count: usize,
    /// Their mean.
    pub forecast: f64,
    /// The share that came true.
    pub observed: f64,
    /// The Wilson interval of that share at 95 % (`wilson1927`).
    pub range: [f64; 2],
}

/// The whole board.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    /// All yes-or-no questions, all names, all numbers: how every forecaster did.
    pub overall: Vec<Overall>,
    /// Every question, in the order asked.
    pub rows: Vec<Row>,
    /// The misses, worst first: less than a third given to what came true, or a number outside the
    /// 90 % interval.
    pub misses: Vec<Miss>,
    /// How the forecasts stand.
    pub standings: Vec<Standing>,
    /// Yes-or-no forecasts by probability; empty bins are left out.
    pub calibration: Vec<Calibrated>,
    /// Of how many number forecasts the truth lay in the 90 % interval.
    pub covered: (usize, usize),
}

/// Questions with both views of each joined, held against what came true (if that is known and is
/// to be looked at) and against the plain forecasters. The reference classes call the case's
/// country `country`.
///
/// # Errors
/// The first question whose truth is no answer to it, or whose forecast is of another kind.
pub fn rows(asked: Vec<Asked<'_>>, country: &str, looks: bool) -> Result<Vec<Row>, Ungraded> {
    let views: Vec<Result<Outside, NoOutside>> =
        asked.iter().map(|a| outside(a.question, country)).collect();
    let both: Vec<Both<'_>> = (asked.iter().zip(&views).filter(|_| looks))
        .filter_map(|(asked, outside)| {
            let (inside, outside) = (asked.inside.clone().ok()?, outside.clone().ok()?);
            Some(Both { question: asked.question, inside, outside: outside.forecast })
        })
        .collect();
    let of = |question: &Question, fault: GradeError| Ungraded {
        question: question.id.get_ref().clone(),
        fault: Box::new(fault),
    };
    let mut whole = Vec::with_capacity(asked.len());
    for (asked, outside) in asked.iter().zip(&views) {
        let one = pooled(asked, outside, &both).map_err(|fault| of(asked.question, fault))?;
        whole.push(one);
    }
    let known: Vec<Pooled<'_>> = (asked.iter().zip(&whole).filter(|_| looks))
        .filter_map(|(asked, (said, _))| match said {
            Ok(Forecast::Probability(p)) => Some(Pooled { question: asked.question, said: *p }),
            _ => None,
        })
        .collect();
    let mut rows = Vec::with_capacity(asked.len());
    for ((asked, outside), (joined, weight)) in asked.iter().zip(views).zip(whole) {
        let question = asked.question;
        let learns =
            question.kind == QuestionKind::Binary && joined.is_ok() && asked.frozen.is_none();
        let slope = learns.then(|| slope(question, &known, country)).transpose();
        let slope = slope.map_err(|fault| of(question, fault))?;
        let row = scored(asked, outside, Whole { joined, weight, slope }, looks);
        rows.push(row.map_err(|fault| of(question, fault))?);
    }
    Ok(rows)
}

/// The views joined, with what was learnt for it.
struct Whole {
    joined: Result<Forecast, Silence>,
    weight: Option<Weight>,
    slope: Option<Slope>,
}

/// The views of a question joined, and how much the runs weigh where both are there.
fn pooled(
    asked: &Asked<'_>,
    outside: &Result<Outside, NoOutside>,
    both: &[Both<'_>],
) -> Result<(Result<Forecast, Silence>, Option<Weight>), GradeError> {
    let question = asked.question;
    Ok(match (&asked.inside, outside) {
        (Ok(inside), Ok(outside)) => {
            let weight = weight(question, both)?;
            (Ok(join(inside, &outside.forecast, weight.inside)?), Some(weight))
        }
        (Err(_), Ok(outside)) => (Ok(outside.forecast.clone()), None),
        // Where no class answers, even odds stand for it: runs alone are surer than their record.
        (Ok(inside @ Forecast::Probability(_)), Err(_)) => {
            let weight = weight(question, both)?;
            (Ok(join(inside, &Forecast::Probability(0.5), weight.inside)?), Some(weight))
        }
        (inside, Err(_)) => (inside.clone(), None),
    })
}

fn scored(
    asked: &Asked<'_>,
    outside: Result<Outside, NoOutside>,
    whole: Whole,
    looks: bool,
) -> Result<Row, GradeError> {
    let question = asked.question;
    let truth = question.truth.as_ref().filter(|_| looks);
    let grade_of =
        |forecast: &Forecast| truth.map(|truth| grade(question, forecast, truth)).transpose();
    let mut plain = Vec::new();
    for rival in PlainForecaster::ALL {
        if let Some(forecast) = baseline(question, rival)
            && let Some(grade) = grade_of(&forecast)?
        {
            plain.push((rival, forecast, grade));
        }
    }
    let Whole { joined, weight, slope } = whole;
    let forecast = match (&joined, slope) {
        (Ok(joined), Some(slope)) => Ok(drawn(joined.clone(), slope.slope)?),
        _ => joined.clone(),
    };
    let forecast = asked.frozen.clone().map_or(forecast, Ok);
    let graded = |said: Option<&Forecast>| -> Result<Option<Grade>, GradeError> {
        Ok(said.map(grade_of).transpose()?.flatten())
    };
    let mut others = Vec::with_capacity(question.others.len());
    for other in &question.others {
        others.push((other.clone(), grade_of(&Forecast::Probability(other.p))?));
    }
    Ok(Row {
        id: question.id.get_ref().clone(),
        text: question.text.clone(),
        set: question.set,
        kind: question.kind,
        as_of: question.as_of,
        grade: graded(forecast.as_ref().ok())?,
        forecast,
        inside: View { grade: graded(asked.inside.as_ref().ok())?, said: asked.inside.clone() },
        outside: View { grade: graded(outside.as_ref().ok().map(|o| &o.forecast))?, said: outside },
        weight,
        joined: slope.and(joined.ok()),
        slope,
        truth: truth.map(case::question::Answer::name),
        plain,
        others,
    })
}

/// Puts the rows together; the bootstrap's luck hangs on `seed`.
#[must_use]
pub fn board(rows: Vec<Row>, seed: u64) -> Board {
    let mut misses: Vec<Miss> = (rows.iter().enumerate())
        .filter_map(|(row, r)| {
            let grade = r.grade.as_ref()?;
            let (given, far) = match grade.inside {
                Some(inside) => (2.0 * grade.given.min(1.0 - grade.given), !inside),
                None => (grade.given, grade.given < 1.0 / 3.0),
            };
            far.then_some(Miss { row, given })
        })
        .collect();
    misses.sort_by(|a, b| a.given.total_cmp(&b.given).then(a.row.cmp(&b.row)));
    let mut standings = Vec::new();
    for against in PlainForecaster::ALL {
        for score in ["brier", "log", "crps"] {
            standings.extend(standing(&rows, against, score, seed));
        }
    }
    let yes_or_no: Vec<(f64, bool)> = (rows.iter())
        .filter_map(|r| match (&r.forecast, &r.grade) {
            (Ok(Forecast::Probability(p)), Some(_)) => {
                let truth = case::question::Answer::Name(r.truth.clone()?);
                Some((*p, truth.number()? > 0.5))
            }
            _ => None,
        })
        .collect();
    let (forecasts, came): (Vec<f64>, Vec<bool>) = yes_or_no.into_iter().unzip();
    let bins = calibration(&forecasts, &came, BINS).unwrap_or_default();
    let row_of = |bin: &Bin| {
        let (low, high) = bin.wilson?;
        Some(Calibrated {
            bin: [bin.low, bin.high],
            count: bin.count,
            forecast: bin.forecast?,
            observed: bin.share?,
            range: [low, high],
        })
    };
    let inside: Vec<bool> = rows.iter().filter_map(|r| r.grade.as_ref()?.inside).collect();
    Board {
        overall: overall(&rows),
        misses,
        standings,
        calibration: bins.iter().filter_map(row_of).collect(),
        covered: (inside.iter().filter(|i| **i).count(), inside.len()),
        rows,
    }
}

fn standing(
    rows: &[Row],
    against: PlainForecaster,
    score: &'static str,
    seed: u64,
) -> Option<Standing> {
    let of = |grade: &Grade| match score {
        "brier" => grade.brier,
        "log" => grade.log,
        _ => grade.crps,
    };
    let pairs: Vec<(f64, f64)> = (rows.iter())
        .filter_map(|r| {
            let ours = of(r.grade.as_ref()?)?;
            let theirs = of(&r.plain.iter().find(|(p, ..)| *p == against)?.2)?;
            Some((ours, theirs))
        })
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len();
    // A number's score has its own unit: only ratios can be put together. A perfect score counts as
    // a thousandth of the rival's.
    let ratio = score == "crps";
    let gain = |(ours, theirs): &(f64, f64)| match ratio {
        true => {
            let floor = (1e-3 * ours.max(*theirs)).max(f64::MIN_POSITIVE);
            (theirs.max(floor) / ours.max(floor)).ln()
        }
        false => theirs - ours,
    };
    let gains: Vec<f64> = pairs.iter().map(gain).collect();
    let mean = |of: &mut dyn Iterator<Item = f64>| of.sum::<f64>() / n as f64;
    let shown = |gain: f64| if ratio { 1.0 - (-gain).exp() } else { gain };
    let who = Who::new(against.name()).and(Who::new(score));
    let skill_of = |gain: f64, ours: f64, theirs: f64| match ratio {
        true => shown(gain),
        false => 1.0 - ours / theirs.max(f64::MIN_POSITIVE),
    };
    let mut samples = Vec::with_capacity(SAMPLES as usize);
    let mut skills = Vec::with_capacity(SAMPLES as usize);
    for sample in 0..SAMPLES {
        let luck = Luck::new(seed, sample);
        let pick = |i: usize| {
            let u = luck.number(Date::ZERO, RESAMPLE, who.nth(u32::try_from(i).unwrap_or(0)));
            ((u * n as f64) as usize).min(n - 1)
        };
        let picked: Vec<usize> = (0..n).map(pick).collect();
        let gain = mean(&mut picked.iter().map(|i| gains[*i]));
        let ours = mean(&mut picked.iter().map(|i| pairs[*i].0));
        let theirs = mean(&mut picked.iter().map(|i| pairs[*i].1));
        samples.push(shown(gain));
        skills.push(skill_of(gain, ours, theirs));
    }
    let ends = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        [0.05, 0.95].map(|share| crate::interval::quantile(values, share))
    };
    let (range, skill_range) = (ends(&mut samples), ends(&mut skills));
    let gain = mean(&mut gains.iter().copied());
    let better = shown(gain);
    let (mine, rival) =
        (mean(&mut pairs.iter().map(|p| p.0)), mean(&mut pairs.iter().map(|p| p.1)));
    let (ours, theirs) = if ratio { (1.0 - better, 1.0) } else { (mine, rival) };
    let skill = skill_of(gain, mine, rival);
    Some(Standing { against, score, questions: n, ours, theirs, better, range, skill, skill_range })
}
