//! Entries of the subject opinion.

use theory::opinion::rally::{Shock, support};
use theory::opinion::{deffuant, hegselmann_krause};
use toml::{Table, Value};

use super::inputs::{Inputs, one, row};

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let said = |e: theory::Fault| e.to_string();
    match model {
        "hegselmann_krause" => {
            let (opinion, confidence) = (inputs.reals("opinion")?, inputs.reals("confidence")?);
            let first = hegselmann_krause::step(&opinion, &confidence).map_err(said)?;
            let rest = hegselmann_krause::settle(&opinion, &confidence, 1000).map_err(said)?;
            Ok(Table::from_iter([
                ("first_step".into(), row(first)),
                ("settled".into(), row(rest.opinion)),
                ("steps".into(), Value::Integer(rest.steps as i64)),
            ]))
        }
        "deffuant" => {
            let meetings = inputs.rows("meetings")?;
            let pair = |m: &Vec<f64>| match m[..] {
                [i, j] => Ok((i as usize, j as usize)),
                _ => Err("a meeting is of two".to_owned()),
            };
            let meetings: Vec<(usize, usize)> =
                meetings.iter().map(pair).collect::<Result<_, _>>()?;
            let (confidence, pull) = (inputs.real("confidence")?, inputs.real("pull")?);
            let after = deffuant::meet(&inputs.reals("opinion")?, confidence, pull, &meetings);
            Ok(one("after", row(after.map_err(said)?)))
        }
        "rally" => {
            let shock = |s: &Vec<f64>| match s[..] {
                [time, size, half_life, lasting] => Ok(Shock { time, size, half_life, lasting }),
                _ => Err("a shock has a time, a size, a half-life and a lasting share".to_owned()),
            };
            let shocks: Vec<Shock> =
                inputs.rows("shocks")?.iter().map(shock).collect::<Result<_, _>>()?;
            let baseline = inputs.real("baseline")?;
            let at = |t: &f64| support(baseline, &shocks, *t).map_err(said);
            let found: Result<Vec<f64>, String> = inputs.reals("times")?.iter().map(at).collect();
            Ok(one("support", row(found?)))
        }
        other => Err(format!("no model {other} in opinion")),
    }
}
