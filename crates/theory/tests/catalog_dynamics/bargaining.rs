//! Entries of the subject bargaining.

use theory::bargaining::exchange::{Stake, trade};
use theory::bargaining::expected_utility::{Field, play};
use theory::bargaining::nash::{Party, solution};
use theory::bargaining::weighted_mean::weighted_mean;
use theory::bargaining::weighted_median::weighted_median;
use toml::{Table, Value};

use super::read::{list, one, row, rows, scalar};

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Table) -> Result<Table, String> {
    match model {
        "expected_utility" => expected_utility(inputs),
        "exchange" => exchange(inputs),
        "nash" => nash(inputs),
        "weighted_mean" => {
            let mean = weighted_mean(&row(inputs, "position")?, &row(inputs, "weight")?);
            Ok(one("mean", mean.map_err(|e| e.to_string())?))
        }
        other => Err(format!("no model {other} in bargaining")),
    }
}

fn expected_utility(inputs: &Table) -> Result<Table, String> {
    let field = Field {
        capability: row(inputs, "capability")?,
        salience: row(inputs, "salience")?,
        position: row(inputs, "position")?,
    };
    let rounds = play(&field, scalar(inputs, "rounds")? as usize).map_err(|e| e.to_string())?;
    let weight: Vec<f64> = field
        .capability
        .iter()
        .zip(&field.salience)
        .map(|(c, s)| c * s)
        .collect();
    let mut standing = vec![field.position.clone()];
    standing.extend(rounds.iter().map(|r| r.position.clone()));
    let each = |of: fn(&[f64], &[f64]) -> Result<f64, _>| -> Result<Value, String> {
        let row: Result<Vec<f64>, _> = standing.iter().map(|x| of(x, &weight)).collect();
        row.map(list)
            .map_err(|e: theory::bargaining::Fault| e.to_string())
    };
    let first = rounds.first().ok_or("inputs.rounds must be 1 or more")?;
    let track = |i: usize| (i.to_string(), list(standing.iter().map(|x| x[i])));
    let tracks = Table::from_iter((0..weight.len()).map(track));
    Ok(Table::from_iter([
        ("means".into(), each(weighted_mean)?),
        ("medians".into(), each(weighted_median)?),
        (
            "exponents_of_first_round".into(),
            list(first.exponent.iter().copied()),
        ),
        ("track".into(), Value::Table(tracks)),
    ]))
}

fn exchange(inputs: &Table) -> Result<Table, String> {
    let (c, s, x) = (
        rows(inputs, "capability")?,
        rows(inputs, "salience")?,
        rows(inputs, "position")?,
    );
    let stakes: Vec<Vec<Stake>> = (0..x.len())
        .map(|i| {
            let stake = |p: usize| Stake {
                capability: c[i][p],
                salience: s[i][p],
                position: x[i][p],
            };
            (0..x[i].len()).map(stake).collect()
        })
        .collect();
    let done = trade(&stakes).map_err(|e| e.to_string())?;
    Ok(Table::from_iter([
        ("before".into(), list(done.before)),
        ("after".into(), list(done.after)),
        ("gains".into(), list(done.exchanges.iter().map(|e| e.gain))),
    ]))
}

fn nash(inputs: &Table) -> Result<Table, String> {
    let (x, w, d) = (
        row(inputs, "position")?,
        row(inputs, "weight")?,
        row(inputs, "disagreement")?,
    );
    let parties: Vec<Party> = (0..x.len())
        .map(|i| Party {
            position: x[i],
            weight: w[i],
            disagreement: d[i],
        })
        .collect();
    Ok(one(
        "outcome",
        solution(&parties).map_err(|e| e.to_string())?,
    ))
}
