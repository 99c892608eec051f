//! Entries of the subject bargaining.

use theory::bargaining::exchange::{Stake, trade};
use theory::bargaining::expected_utility::{Field, play};
use theory::bargaining::nash::{Party, solution};
use theory::bargaining::weighted_mean::weighted_mean;
use theory::bargaining::weighted_median::weighted_median;
use toml::{Table, Value};

use super::inputs::{Inputs, one, row};

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    match model {
        "expected_utility" => expected_utility(inputs),
        "exchange" => exchange(inputs),
        "nash" => nash(inputs),
        "compromise" => {
            let (position, weight) = (inputs.reals("positions")?, inputs.reals("weights")?);
            let said = |e: theory::Fault| e.to_string();
            Ok(Table::from_iter([
                ("mean".to_owned(), weighted_mean(&position, &weight).map_err(said)?.into()),
                ("median".to_owned(), weighted_median(&position, &weight).map_err(said)?.into()),
            ]))
        }
        other => Err(format!("no model {other} in bargaining")),
    }
}

fn expected_utility(inputs: &Inputs) -> Result<Table, String> {
    let field = Field {
        capability: inputs.reals("capability")?,
        salience: inputs.reals("salience")?,
        position: inputs.reals("position")?,
    };
    let rounds = play(&field, inputs.real("rounds")? as usize).map_err(|e| e.to_string())?;
    let weight: Vec<f64> =
        field.capability.iter().zip(&field.salience).map(|(c, s)| c * s).collect();
    let mut standing = vec![field.position.clone()];
    standing.extend(rounds.iter().map(|r| r.position.clone()));
    let each = |of: fn(&[f64], &[f64]) -> Result<f64, _>| -> Result<Value, String> {
        let all: Result<Vec<f64>, _> = standing.iter().map(|x| of(x, &weight)).collect();
        all.map(row).map_err(|e: theory::Fault| e.to_string())
    };
    let first = rounds.first().ok_or("inputs.rounds must be 1 or more")?;
    let track = |i: usize| (i.to_string(), row(standing.iter().map(|x| x[i])));
    let tracks = Table::from_iter((0..weight.len()).map(track));
    Ok(Table::from_iter([
        ("means".into(), each(weighted_mean)?),
        ("medians".into(), each(weighted_median)?),
        ("exponents_of_first_round".into(), row(first.exponent.iter().copied())),
        ("track".into(), Value::Table(tracks)),
    ]))
}

fn exchange(inputs: &Inputs) -> Result<Table, String> {
    let (c, s, x) =
        (inputs.rows("capability")?, inputs.rows("salience")?, inputs.rows("position")?);
    let stakes: Vec<Vec<Stake>> = (0..x.len())
        .map(|i| {
            let stake =
                |p: usize| Stake { capability: c[i][p], salience: s[i][p], position: x[i][p] };
            (0..x[i].len()).map(stake).collect()
        })
        .collect();
    let done = trade(&stakes).map_err(|e| e.to_string())?;
    Ok(Table::from_iter([
        ("before".into(), row(done.before)),
        ("after".into(), row(done.after)),
        ("gains".into(), row(done.exchanges.iter().map(|e| e.gain))),
    ]))
}

fn nash(inputs: &Inputs) -> Result<Table, String> {
    let (x, w, d) =
        (inputs.reals("position")?, inputs.reals("weight")?, inputs.reals("disagreement")?);
    let parties: Vec<Party> =
        (0..x.len()).map(|i| Party { position: x[i], weight: w[i], disagreement: d[i] }).collect();
    Ok(one("outcome", solution(&parties).map_err(|e| e.to_string())?))
}
