//! Entries of the subject economy.

use theory::economy::leontief::{bottleneck, inoperability, output};
use theory::economy::sanctions::{BASE_RATES, is_success, success_score};
use toml::{Table, Value};

use super::inputs::{Inputs, one, row};

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let said = |e: theory::Fault| e.to_string();
    match model {
        "leontief" => {
            let needs = inputs.rows("needs")?;
            let of = |key: &str| output(&needs, &inputs.reals(key)?).map_err(said);
            Ok(Table::from_iter([
                ("output".into(), row(of("demand")?)),
                ("output_before".into(), row(of("before")?)),
            ]))
        }
        "inoperability" => {
            let lost = inoperability(&inputs.rows("depends")?, &inputs.reals("disturbance")?);
            Ok(one("lost", row(lost.map_err(said)?)))
        }
        "bottleneck" => {
            let left = bottleneck(&inputs.rows("depends")?, &inputs.reals("cut")?);
            Ok(one("left", row(left.map_err(said)?)))
        }
        "sanctions_score" => sanctions_score(inputs),
        other => Err(format!("no model {other} in economy")),
    }
}

/// The score of each pair of judgements, whether it is a success, and the base rate of all episodes.
fn sanctions_score(inputs: &Inputs) -> Result<Table, String> {
    let small = |key: &str| -> Result<Vec<u8>, String> {
        inputs.wholes(key)?.iter().map(|n| u8::try_from(*n).map_err(|e| e.to_string())).collect()
    };
    let (mut scores, mut successes) = (Vec::new(), Vec::new());
    for (result, contribution) in small("result")?.iter().zip(small("contribution")?) {
        let score = success_score(*result, contribution).map_err(|e| e.to_string())?;
        scores.push(Value::Integer(score.into()));
        successes.push(Value::Boolean(is_success(score)));
    }
    let all = BASE_RATES.iter().find(|r| r.episodes == "all").ok_or("no base rate of all")?;
    Ok(Table::from_iter([
        ("scores".to_owned(), Value::Array(scores)),
        ("successes".to_owned(), Value::Array(successes)),
        ("episodes".to_owned(), Value::Integer(all.count.unwrap_or(0).into())),
        ("percent".to_owned(), Value::Integer((100.0 * all.low).round() as i64)),
    ]))
}
