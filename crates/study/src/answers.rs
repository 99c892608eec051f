//! The key questions of the case, answered as of its date: what happened elsewhere, what the runs say, and the two joined.

use std::collections::BTreeMap;

use assess::Ask;
use assess::interval::quantile;
use assess::score::{AnswerError, Asked, Forecast, Row, Silence, answer, rows};
use case::Case;
use case::question::{Question, questions};
use case::source_map::SourceMap;
use jiff::civil::Date;
use report::compose::told as named;
use report::joined::{Answer, Drawn, Said};
use simulate::{Ensemble, Model};

use crate::fault::Fault;
use crate::follow::{Follow, Stage};
use crate::frozen;
use crate::opening::{built, ready};
use crate::road::{Study, runs_on};

/// Runs that are played for questions that end on another day than the brief: fewer than the brief's own.
const MOST_RUNS: u32 = 2_000;

/// The key questions that a brief of a date answers, in their order: those of the last date that has any, as long as
/// their time is not over.
#[must_use]
pub fn key_questions(map: &SourceMap, day: Date) -> Vec<Question> {
    // Faults of the questions are the case's, and it was built without any.
    let mut all = questions(map).unwrap_or_default();
    all.retain(|q| q.key.is_some() && q.as_of <= day && q.until.is_none_or(|until| until > day));
    let last = all.iter().map(|q| q.as_of).max();
    all.retain(|q| Some(q.as_of) == last);
    all.sort_by_key(|q| q.key.as_ref().map(|key| *key.get_ref()));
    all
}

/// Asks them.
pub(crate) fn answers(
    study: &Study<'_>,
    base: &Ensemble,
    follow: &dyn Follow,
) -> Result<Vec<Answer>, Fault> {
    let mut key = key_questions(&study.folder.map, study.case.as_of);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    // They are asked as of the brief's date.
    for question in &mut key {
        question.as_of = study.case.as_of;
        question.truth = None;
    }
    let inside = inside(study, base, &key, follow)?;
    // The weight of the runs, and how sure an answer may be, are learnt from forecasts that were frozen before, whose answer is
    // known by now.
    let known = frozen::known(study.case, &study.asked.root)?;
    let asked = key.iter().zip(inside);
    let asked = asked.map(|(question, inside)| Asked { question, inside, frozen: None });
    let rows = rows(asked.chain(known).collect(), &study.case.head.title, true)
        .map_err(|fault| Fault::Grade(Box::new(fault)))?;
    Ok(key.iter().zip(&rows).map(|(question, row)| told(study, question, row)).collect())
}

/// What the runs say of each question: the brief's own, or runs that end on its day and under its scenarios, which are made
/// once for all questions of one day and scenarios.
fn inside(
    study: &Study<'_>,
    base: &Ensemble,
    key: &[Question],
    follow: &dyn Follow,
) -> Result<Vec<Result<Forecast, Silence>>, Fault> {
    let end = |question: &Question| question.until.unwrap_or(study.model.end);
    let mut made: BTreeMap<(&[String], Date), Vec<usize>> = BTreeMap::new();
    let mut said: Vec<Option<Result<Forecast, Silence>>> = vec![None; key.len()];
    for (at, question) in key.iter().enumerate() {
        match frozen::unasked(question) {
            Some(why) => said[at] = Some(Err(why)),
            None => {
                made.entry((&question.scenarios, end(question))).or_default().push(at);
            }
        }
    }
    for ((scenarios, end), places) in made {
        let mut answer_all = |model: &Model<'_>, runs: &Ensemble| {
            for at in &places {
                let forecast = answer(&key[*at], model, runs).map(|a| a.forecast);
                said[*at] = Some(forecast.map_err(Silence::Answer));
            }
        };
        if scenarios.is_empty() && end == study.model.end {
            answer_all(study.model, base);
            continue;
        }
        let mut folder = study.folder.clone();
        for name in scenarios {
            folder = folder.with_scenario(name)?;
        }
        let mut case = built(&folder, Some(study.case.as_of))?;
        case.head.until = end;
        let model = ready(&folder, &case)?;
        let runs = crate::findings::count(base).min(MOST_RUNS);
        follow.begin(Stage::Futures, u64::from(runs));
        let outcomes = runs_on(&model, base.seed, 0..runs, follow)?;
        follow.end();
        answer_all(&model, &Ensemble { seed: base.seed, first: 0, outcomes });
    }
    Ok(said.into_iter().flatten().collect())
}

/// A row of the board as the brief has it.
fn told(study: &Study<'_>, question: &Question, row: &Row) -> Answer {
    let ask = question.ask.as_ref().map(|ask| ask.get_ref().clone());
    let days = ask
        .as_ref()
        .and_then(|ask| Ask::read(ask, study.model).ok())
        .is_some_and(|ask| ask.days_at_end(study.model.end).is_some());
    let said = |forecast: &Forecast| match forecast {
        Forecast::Probability(p) => Said::Chance(*p),
        Forecast::Points(points) => {
            let [low, value, high] = [0.05, 0.5, 0.95].map(|share| quantile(points, share));
            Said::Number { value, low, high, days }
        }
        Forecast::Shares(shares) => {
            let mut names: Vec<(String, f64)> =
                shares.iter().map(|(id, p)| (name(study.case, id), *p)).collect();
            names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            Said::Names(names)
        }
    };
    let outside = row.outside.said.as_ref().ok();
    let class = outside.map(|o| {
        let count =
            |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        if o.rows == 0 {
            // The rows of a fit are not shipped.
            return format!("{}: a fit to earlier ones", lower(&o.class));
        }
        let cases = count(o.rows, "case", "cases");
        match o.countries {
            0 => cases,
            n => format!("{cases} of {}", count(n, "country", "countries")),
        }
    });
    // What cannot be read is not answered by something else.
    let misread = match &row.inside.said {
        Err(why @ Silence::Answer(AnswerError::Ask(_) | AnswerError::Kind(_))) => Some(why),
        _ => None,
    };
    let whole = row.forecast.as_ref().map(said).map_err(ToString::to_string);
    let others = question.others.iter().map(|other| (other.by.clone(), other.on, other.p));
    Answer {
        others: others.collect(),
        id: row.id.clone(),
        // One way to write a percentage throughout the page.
        question: question.text.replace(" %", "%"),
        ask,
        said: misread.map_or(whole, |why| Err(why.to_string())),
        outside: outside.map(|o| said(&o.forecast)),
        class,
        runs: row.inside.said.as_ref().ok().map(said),
        weight: row.weight.map(|weight| weight.inside),
        drawn: row.slope.and_then(|slope| match row.joined {
            Some(Forecast::Probability(from)) => {
                Some(Drawn { from, slope: slope.slope, forecasts: slope.own + slope.others })
            }
            _ => None,
        }),
    }
}

/// A title within a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The name of what an id of an answer stands for.
#[must_use]
pub fn name(case: &Case, id: &str) -> String {
    let person =
        case.candidates.iter().find(|c| c.id.get_ref() == id).map(|c| named(case, &c.name));
    let actor = || case.actor(id).map(|actor| actor.name.clone());
    person.or_else(actor).unwrap_or_else(|| match id {
        "other" => "another, or none by then".to_owned(),
        _ => id.to_owned(),
    })
}
