//! Entries of the subject escalation.

use theory::escalation::hawkes::{Event, Hawkes, fit};
use theory::escalation::ladder::Ladder;
use theory::escalation::quantal::{crisis, logit};
use theory::escalation::signalling::{Payoffs, equilibria};
use toml::{Table, Value};

use super::inputs::{Inputs, one, row};
use super::sensitivity::mixed;

fn payoffs(inputs: &Inputs) -> Result<Payoffs, String> {
    Ok(Payoffs {
        status_quo_a: inputs.real("status_quo_a")?,
        victory_a: inputs.real("victory_a")?,
        concession_b: inputs.real("concession_b")?,
        war_a: inputs.real("war_a")?,
        war_b: inputs.real("war_b")?,
        backing_down_a: inputs.real("backing_down_a")?,
        victory_b: inputs.real("victory_b")?,
    })
}

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let said = |e: theory::Fault| e.to_string();
    match model {
        "signalling" => {
            let found = equilibria(&payoffs(inputs)?).map_err(said)?;
            Ok(Table::from_iter([
                ("number".into(), Value::Integer(found.len() as i64)),
                ("resist".into(), row(found.iter().map(|e| e.resist))),
                ("stable".into(), row(found.iter().map(|e| f64::from(u8::from(e.stable))))),
            ]))
        }
        "signalling_over_war_b" => {
            let number = |war_b: &f64| {
                let p = Payoffs { war_b: *war_b, ..payoffs(inputs)? };
                equilibria(&p).map(|e| e.len() as f64).map_err(said)
            };
            let numbers: Result<Vec<f64>, String> =
                inputs.reals("over")?.iter().map(number).collect();
            Ok(one("numbers", row(numbers?)))
        }
        "quantal_crisis" => {
            let c = crisis(&payoffs(inputs)?, inputs.real("lambda")?).map_err(said)?;
            Ok(one("played", row([c.challenge, c.resist, c.fight])))
        }
        "quantal" => {
            let (a, b) = (inputs.rows("a")?, inputs.rows("b")?);
            let mixed = logit(&a, &b, inputs.real("lambda")?).map_err(said)?;
            Ok(Table::from_iter([
                ("rows".into(), row(mixed.rows)),
                ("columns".into(), row(mixed.columns)),
            ]))
        }
        "hawkes_likelihood" => {
            let events: Vec<Event> =
                inputs.reals("times")?.iter().map(|time| Event { time: *time, kind: 0 }).collect();
            let likelihood = process(inputs)?.log_likelihood(&events, inputs.real("until")?);
            Ok(one("log_likelihood", likelihood.map_err(said)?))
        }
        "hawkes_recovery" => {
            let (process, until) = (process(inputs)?, inputs.real("until")?);
            let draw = |k: u64| mixed(17, k as usize);
            let events = process.simulate(until, 100_000, &draw).map_err(said)?;
            let times: Vec<f64> = events.iter().map(|e| e.time).collect();
            let found = fit(&times, until).map_err(said)?;
            Ok(Table::from_iter([
                ("background".into(), Value::Float(found.background[0])),
                ("branching".into(), Value::Float(found.excitation[0][0] / found.decay)),
                ("decay".into(), Value::Float(found.decay)),
                ("rate".into(), Value::Float(times.len() as f64 / until)),
            ]))
        }
        "ladder" => {
            let ladder = Ladder { up: inputs.reals("up")?, down: inputs.reals("down")? };
            let (from, time) = (inputs.real("from")? as usize, inputs.real("time")?);
            let top = ladder.up.len();
            Ok(Table::from_iter([
                ("chances".into(), row(ladder.chances(from, time).map_err(said)?)),
                ("reaches".into(), Value::Float(ladder.reaches(from, top, time).map_err(said)?)),
                ("mean_time".into(), Value::Float(ladder.mean_time(from, top).map_err(said)?)),
            ]))
        }
        other => Err(format!("no model {other} in escalation")),
    }
}

fn process(inputs: &Inputs) -> Result<Hawkes, String> {
    Ok(Hawkes {
        background: vec![inputs.real("background")?],
        excitation: vec![vec![inputs.real("excitation")?]],
        decay: inputs.real("decay")?,
    })
}
