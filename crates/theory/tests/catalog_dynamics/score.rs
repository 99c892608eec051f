//! Entries of the subject score.

use theory::score::{
    Law, brier, brier_many, calibration, crps, crps_ensemble, crps_fair, decompose, ignorance,
    interval, interval_of_draws, log, ranked_probability,
};
use toml::{Table, Value};

use super::read::{list, one, row, scalar};

/// What the score is on the inputs.
pub fn obtain(model: &str, inputs: &Table) -> Result<Table, String> {
    let outcomes =
        || row(inputs, "outcomes").map(|r| r.iter().map(|o| *o == 1.0).collect::<Vec<_>>());
    let outcome = || scalar(inputs, "outcome");
    let score = |s: Result<f64, theory::score::Fault>| {
        s.map(|s| one("score", s)).map_err(|e| e.to_string())
    };
    match model {
        "brier" => {
            let (p, o) = (row(inputs, "forecasts")?, outcomes()?);
            let parts = decompose(&p, &o).map_err(|e| e.to_string())?;
            Ok(Table::from_iter([
                (
                    "score".into(),
                    Value::Float(brier(&p, &o).map_err(|e| e.to_string())?),
                ),
                ("reliability".into(), Value::Float(parts.reliability)),
                ("resolution".into(), Value::Float(parts.resolution)),
                ("uncertainty".into(), Value::Float(parts.uncertainty)),
            ]))
        }
        "brier_many" => score(brier_many(&row(inputs, "forecast")?, outcome()? as usize)),
        "log" => score(log(&row(inputs, "forecast")?, outcome()? as usize)),
        "ranked_probability" => score(ranked_probability(
            &row(inputs, "forecast")?,
            outcome()? as usize,
        )),
        "crps_normal" => {
            let law = Law::Normal {
                mean: scalar(inputs, "mean")?,
                sd: scalar(inputs, "sd")?,
            };
            score(crps(law, outcome()?))
        }
        "crps_ensemble" => {
            let (draws, y) = (row(inputs, "draws")?, outcome()?);
            let plain = crps_ensemble(&draws, y).map_err(|e| e.to_string())?;
            let fair = crps_fair(&draws, y).map_err(|e| e.to_string())?;
            Ok(Table::from_iter([
                ("score".into(), Value::Float(plain)),
                ("fair".into(), Value::Float(fair)),
            ]))
        }
        "interval" => {
            let level = scalar(inputs, "level")?;
            let (low, high) =
                interval_of_draws(&row(inputs, "draws")?, level).map_err(|e| e.to_string())?;
            let scores: Result<Vec<f64>, _> = row(inputs, "outcomes")?
                .iter()
                .map(|y| interval(low, high, level, *y))
                .collect();
            Ok(Table::from_iter([
                ("interval".into(), list([low, high])),
                ("scores".into(), list(scores.map_err(|e| e.to_string())?)),
            ]))
        }
        "ignorance" => score(ignorance(
            &row(inputs, "edges")?,
            &row(inputs, "draws")?,
            outcome()?,
        )),
        "calibration" => {
            let bins = scalar(inputs, "bins")? as usize;
            let bins = calibration(&row(inputs, "forecasts")?, &outcomes()?, bins)
                .map_err(|e| e.to_string())?;
            let filled = || bins.iter().filter(|b| b.count > 0);
            Ok(Table::from_iter([
                ("counts".into(), list(bins.iter().map(|b| b.count as f64))),
                (
                    "forecasts".into(),
                    list(filled().filter_map(|b| b.forecast)),
                ),
                ("shares".into(), list(filled().filter_map(|b| b.share))),
                (
                    "wilson_low".into(),
                    list(filled().filter_map(|b| b.wilson.map(|w| w.0))),
                ),
            ]))
        }
        other => Err(format!("no model {other} in score")),
    }
}
