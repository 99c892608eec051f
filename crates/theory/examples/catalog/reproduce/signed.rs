//! Entries of the subject signed.

use theory::influence::signed::{
    Direction, SignedNetwork, Tie, frustration, pn_centrality, triangles, walk_balance,
};
use toml::{Table, Value};

use super::inputs::{Inputs, one, row};

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let rows = inputs.rows("matrix")?;
    let mut ties = Vec::new();
    for (from, signs) in rows.iter().enumerate() {
        for (to, sign) in signs.iter().enumerate().filter(|(_, s)| **s != 0.0) {
            ties.push(Tie { from, to, friendly: *sign > 0.0 });
        }
    }
    let network = SignedNetwork::directed(rows.len(), &ties).map_err(|e| e.to_string())?;
    match model {
        "balance" => {
            let camps = frustration(&network, 10_000_000).map_err(|e| e.to_string())?;
            let found = triangles(&network);
            let frustrated = camps.frustrated as f64;
            Ok(Table::from_iter([
                ("frustrated".into(), Value::Integer(camps.frustrated as i64)),
                ("score".into(), (1.0 - 2.0 * frustrated / network.pairs() as f64).into()),
                ("triangles".into(), Value::Integer(found.all as i64)),
                ("balanced".into(), Value::Integer(found.balanced as i64)),
                ("share".into(), Value::Float(found.share().unwrap_or(f64::NAN))),
                ("walk".into(), Value::Float(walk_balance(&network))),
            ]))
        }
        "pn_centrality" => {
            let direction = match inputs.text("direction")? {
                "mutual" => Direction::Mutual,
                "in" => Direction::In,
                "out" => Direction::Out,
                other => return Err(format!("direction \"{other}\" is unknown")),
            };
            let standing = pn_centrality(&network, direction).map_err(|e| e.to_string())?;
            Ok(one("standing", row(standing)))
        }
        other => Err(format!("no model {other} in signed")),
    }
}
