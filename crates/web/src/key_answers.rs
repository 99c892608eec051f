//! The key questions of the case in a what-if: what the runs of both answer, run by run under the same luck.

use std::time::Instant;

use assess::Ask;
use assess::ask::Value;
use case::question::{Question, QuestionKind};
use report::joined::Said;
use simulate::{Model, Outcome};

use crate::api::whatif::{Asked, KeyAnswer, KeyAnswers, SilentQuestion, differs};
use crate::base::Base;
use crate::problem::Problem;
use crate::whatif::WAYS;
use crate::workbench::Workbench;

/// Names are told from this share of runs on, in the base or in the what-if.
const RARE: f64 = 0.02;

/// Under this name counts what is none of a question's names.
const OTHER: &str = "other";

/// What a run answers: yes as 1, no as 0; a number, or what it would be at the end if it has not come about; whether it is
/// one of the question's names.
fn number(value: &Value, name: Option<(&str, &[String])>, at_end: Option<f64>) -> Option<f64> {
    let holds = |yes: bool| Some(f64::from(u8::from(yes)));
    match (value, name) {
        (Value::Name(found), Some((OTHER, names))) => {
            holds(found == OTHER || !names.contains(found))
        }
        (Value::Name(found), Some((name, _))) => holds(found == name),
        (Value::Missing, Some((name, _))) => holds(name == OTHER),
        (Value::Truth(yes), None) => holds(*yes),
        (Value::Number(number), None) => Some(*number),
        (Value::Missing, None) => at_end,
        _ => None,
    }
}

/// The two sides of a question: the models and their runs, as many of one as of the other.
struct Sides<'a> {
    models: [&'a Model<'a>; 2],
    runs: [&'a [Outcome]; 2],
}

impl Sides<'_> {
    /// The rows of a question; why there are none.
    fn rows(&self, question: &Question, said: Option<&Said>) -> Result<Vec<KeyAnswer>, String> {
        if let Some(why) = study::frozen::unasked(question) {
            return Err(why.to_string());
        }
        let text = question.ask.as_ref().map_or("", |ask| ask.get_ref().as_str());
        let mut values = Vec::new();
        let mut at_end = Vec::new();
        for (model, runs) in self.models.iter().zip(self.runs) {
            let ask = Ask::read(text, model).map_err(|error| error.to_string())?;
            values.push(runs.iter().map(|run| ask.of(run)).collect::<Vec<Value>>());
            at_end.push(match question.kind {
                QuestionKind::Binary => Some(0.0),
                _ => ask.days_at_end(model.end),
            });
        }
        let pairs = |name: Option<&str>| -> Vec<(f64, f64)> {
            let name = name.map(|name| (name, question.categories.as_slice()));
            let of = |side: usize, at: usize| number(&values[side][at], name, at_end[side]);
            (0..values[0].len()).filter_map(|at| Some((of(0, at)?, of(1, at)?))).collect()
        };
        let case = self.models[0].case;
        let row = |name: Option<&String>| {
            let pairs = pairs(name.map(String::as_str));
            if pairs.is_empty() {
                return None;
            }
            let (difference, error) = differs(&pairs);
            let told = name.map(|id| study::name_of_answer(case, id));
            let base = match (said, &told) {
                (Some(Said::Chance(p)), None) => *p,
                (Some(Said::Number { value, .. }), None) => *value,
                (Some(Said::Names(names)), Some(told)) => {
                    names.iter().find(|(name, _)| name == told).map_or(0.0, |(_, p)| *p)
                }
                _ => pairs.iter().map(|p| p.0).sum::<f64>() / pairs.len() as f64,
            };
            Some(KeyAnswer {
                id: question.id.get_ref().to_string(),
                question: question.text.replace(" %", "%"),
                name: told,
                is_probability: question.kind != QuestionKind::Number,
                base,
                difference,
                error,
                runs: pairs.len(),
            })
        };
        let rows: Vec<KeyAnswer> = match question.kind {
            QuestionKind::Category => {
                let told = question.categories.iter().filter_map(|name| row(Some(name)));
                let seen = |r: &KeyAnswer| r.base.max(r.base + r.difference) >= RARE;
                let mut told: Vec<KeyAnswer> = told.filter(seen).collect();
                told.sort_by(|a, b| b.base.total_cmp(&a.base));
                told
            }
            _ => row(None).into_iter().collect(),
        };
        match rows.is_empty() {
            true => Err("no run of both answers it".to_owned()),
            false => Ok(rows),
        }
    }
}

impl Workbench {
    /// How the key questions are answered in the base and in a what-if under the same luck.
    pub fn key_answers(&self, base: &Base, asked: &Asked) -> Result<KeyAnswers, Problem> {
        let began = Instant::now();
        let _urgent = self.jobs.urgent();
        let (revision, seed) = (&base.revision, base.found.ensemble.seed);
        let most = WAYS.min(base.runs());
        let own = revision.model()?;
        let mut found =
            KeyAnswers { revision: revision.name.clone(), rows: Vec::new(), silent: Vec::new() };
        for question in study::key_questions(&revision.folder.map, revision.case.as_of) {
            let end = question.until.filter(|until| *until != own.end);
            let plain = Asked {
                set: Default::default(),
                scenarios: question.scenarios.clone(),
                runs: asked.runs,
            };
            let both = plain.scenarios.iter().chain(&asked.scenarios).cloned().collect();
            let changed = Asked { scenarios: both, ..asked.clone() };
            let changed = self.variants.ending(revision, &changed, end, seed)?;
            let new = changed.model()?;
            let new_runs = changed.at_once(&new, most, began)?;
            // The base of a question of the case as it is, to its end, is there already.
            let held = match end.is_none() && plain.scenarios.is_empty() {
                true => None,
                false => Some(self.variants.ending(revision, &plain, end, seed)?),
            };
            let old = held.as_ref().map(|held| held.model()).transpose()?;
            let old = old.as_ref().unwrap_or(&own);
            let old_runs = match &held {
                Some(held) => held.at_once(old, most, began)?,
                None => base.found.ensemble.clone(),
            };
            let runs = new_runs.outcomes.len().min(old_runs.outcomes.len());
            let sides = Sides {
                models: [old, &new],
                runs: [&old_runs.outcomes[..runs], &new_runs.outcomes[..runs]],
            };
            let said = base.found.answers.as_ref().and_then(|all| {
                all.iter().find(|a| a.id == question.id.get_ref().as_str())?.runs.as_ref()
            });
            match sides.rows(&question, said) {
                Ok(rows) => found.rows.extend(rows),
                Err(why) => {
                    found.silent.push(SilentQuestion { question: question.text.clone(), why });
                }
            }
        }
        Ok(found)
    }
}
