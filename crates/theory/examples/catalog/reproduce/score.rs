//! Entries of the subject score.

use theory::score::{
    Law, brier, brier_many, calibration, crps, crps_ensemble, crps_fair, decompose, ignorance,
    interval, interval_of_draws, log, ranked_probability,
};
use toml::{Table, Value};

use super::inputs::{Inputs, one, row};

/// What the score is on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let outcomes =
        || inputs.reals("outcomes").map(|r| r.iter().map(|o| *o == 1.0).collect::<Vec<_>>());
    let outcome = || inputs.real("outcome");
    let score =
        |s: Result<f64, theory::Fault>| s.map(|s| one("score", s)).map_err(|e| e.to_string());
    match model {
        "brier" => {
            let (p, o) = (inputs.reals("forecasts")?, outcomes()?);
            let parts = decompose(&p, &o).map_err(|e| e.to_string())?;
            Ok(Table::from_iter([
                ("score".into(), Value::Float(brier(&p, &o).map_err(|e| e.to_string())?)),
                ("reliability".into(), Value::Float(parts.reliability)),
                ("resolution".into(), Value::Float(parts.resolution)),
                ("uncertainty".into(), Value::Float(parts.uncertainty)),
            ]))
        }
        "brier_many" => score(brier_many(&inputs.reals("forecast")?, outcome()? as usize)),
        "log" => score(log(&inputs.reals("forecast")?, outcome()? as usize)),
        "ranked_probability" => {
            score(ranked_probability(&inputs.reals("forecast")?, outcome()? as usize))
        }
        "crps_normal" => {
            let law = Law::Normal { mean: inputs.real("mean")?, sd: inputs.real("sd")? };
            score(crps(law, outcome()?))
        }
        "crps_ensemble" => {
            let (draws, y) = (inputs.reals("draws")?, outcome()?);
            let plain = crps_ensemble(&draws, y).map_err(|e| e.to_string())?;
            let fair = crps_fair(&draws, y).map_err(|e| e.to_string())?;
            Ok(Table::from_iter([
                ("score".into(), Value::Float(plain)),
                ("fair".into(), Value::Float(fair)),
            ]))
        }
        "interval" => {
            let level = inputs.real("level")?;
            let (low, high) =
                interval_of_draws(&inputs.reals("draws")?, level).map_err(|e| e.to_string())?;
            let scores: Result<Vec<f64>, _> =
                inputs.reals("outcomes")?.iter().map(|y| interval(low, high, level, *y)).collect();
            Ok(Table::from_iter([
                ("interval".into(), row([low, high])),
                ("scores".into(), row(scores.map_err(|e| e.to_string())?)),
            ]))
        }
        "ignorance" => {
            score(ignorance(&inputs.reals("edges")?, &inputs.reals("draws")?, outcome()?))
        }
        "calibration" => {
            let bins = inputs.real("bins")? as usize;
            let bins = calibration(&inputs.reals("forecasts")?, &outcomes()?, bins)
                .map_err(|e| e.to_string())?;
            let filled = || bins.iter().filter(|b| b.count > 0);
            Ok(Table::from_iter([
                ("counts".into(), row(bins.iter().map(|b| b.count as f64))),
                ("forecasts".into(), row(filled().filter_map(|b| b.forecast))),
                ("shares".into(), row(filled().filter_map(|b| b.share))),
                ("wilson_low".into(), row(filled().filter_map(|b| b.wilson.map(|w| w.0)))),
            ]))
        }
        other => Err(format!("no model {other} in score")),
    }
}
