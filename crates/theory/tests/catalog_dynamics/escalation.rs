//! Entries of the subject escalation.

use theory::escalation::hawkes::{Event, Hawkes, fit};
use theory::escalation::ladder::Ladder;
use theory::escalation::quantal::{crisis, logit};
use theory::escalation::signalling::{Payoffs, equilibria};
use toml::{Table, Value};

use super::read::{list, one, row, rows, scalar};
use super::sensitivity::mixed;

fn payoffs(inputs: &Table) -> Result<Payoffs, String> {
    Ok(Payoffs {
        status_quo_a: scalar(inputs, "status_quo_a")?,
        victory_a: scalar(inputs, "victory_a")?,
        concession_b: scalar(inputs, "concession_b")?,
        war_a: scalar(inputs, "war_a")?,
        war_b: scalar(inputs, "war_b")?,
        backing_down_a: scalar(inputs, "backing_down_a")?,
        victory_b: scalar(inputs, "victory_b")?,
    })
}

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Table) -> Result<Table, String> {
    let said = |e: theory::escalation::Fault| e.to_string();
    match model {
        "signalling" => {
            let found = equilibria(&payoffs(inputs)?).map_err(said)?;
            Ok(Table::from_iter([
                ("number".into(), Value::Integer(found.len() as i64)),
                ("resist".into(), list(found.iter().map(|e| e.resist))),
                (
                    "stable".into(),
                    list(found.iter().map(|e| f64::from(u8::from(e.stable)))),
                ),
            ]))
        }
        "signalling_over_war_b" => {
            let number = |war_b: &f64| {
                let p = Payoffs {
                    war_b: *war_b,
                    ..payoffs(inputs)?
                };
                equilibria(&p).map(|e| e.len() as f64).map_err(said)
            };
            let numbers: Result<Vec<f64>, String> =
                row(inputs, "over")?.iter().map(number).collect();
            Ok(one("numbers", list(numbers?)))
        }
        "quantal_crisis" => {
            let c = crisis(&payoffs(inputs)?, scalar(inputs, "lambda")?).map_err(said)?;
            Ok(one("played", list([c.challenge, c.resist, c.fight])))
        }
        "quantal" => {
            let (a, b) = (rows(inputs, "a")?, rows(inputs, "b")?);
            let mixed = logit(&a, &b, scalar(inputs, "lambda")?).map_err(said)?;
            Ok(Table::from_iter([
                ("rows".into(), list(mixed.rows)),
                ("columns".into(), list(mixed.columns)),
            ]))
        }
        "hawkes_likelihood" => {
            let events: Vec<Event> = row(inputs, "times")?
                .iter()
                .map(|time| Event {
                    time: *time,
                    kind: 0,
                })
                .collect();
            let likelihood = process(inputs)?.log_likelihood(&events, scalar(inputs, "until")?);
            Ok(one("log_likelihood", likelihood.map_err(said)?))
        }
        "hawkes_recovery" => {
            let (process, until) = (process(inputs)?, scalar(inputs, "until")?);
            let draw = |k: u64| mixed(17, k as usize);
            let events = process.simulate(until, 100_000, &draw).map_err(said)?;
            let times: Vec<f64> = events.iter().map(|e| e.time).collect();
            let found = fit(&times, until).map_err(said)?;
            Ok(Table::from_iter([
                ("background".into(), Value::Float(found.background[0])),
                (
                    "branching".into(),
                    Value::Float(found.excitation[0][0] / found.decay),
                ),
                ("decay".into(), Value::Float(found.decay)),
                ("rate".into(), Value::Float(times.len() as f64 / until)),
            ]))
        }
        "ladder" => {
            let ladder = Ladder {
                up: row(inputs, "up")?,
                down: row(inputs, "down")?,
            };
            let (from, time) = (scalar(inputs, "from")? as usize, scalar(inputs, "time")?);
            let top = ladder.up.len();
            Ok(Table::from_iter([
                (
                    "chances".into(),
                    list(ladder.chances(from, time).map_err(said)?),
                ),
                (
                    "reaches".into(),
                    Value::Float(ladder.reaches(from, top, time).map_err(said)?),
                ),
                (
                    "mean_time".into(),
                    Value::Float(ladder.mean_time(from, top).map_err(said)?),
                ),
            ]))
        }
        other => Err(format!("no model {other} in escalation")),
    }
}

fn process(inputs: &Table) -> Result<Hawkes, String> {
    Ok(Hawkes {
        background: vec![scalar(inputs, "background")?],
        excitation: vec![vec![scalar(inputs, "excitation")?]],
        decay: scalar(inputs, "decay")?,
    })
}
