//! Influence models on an entry's group.

use super::inputs::{Inputs, reals};
use theory::Fault;
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::integrated_control::integrated_control as control;
use theory::influence::linked_issues::settle_linked;
use theory::influence::matrix::Matrix;
use toml::{Table, Value};

fn said(fault: Fault) -> String {
    fault.to_string()
}

/// A group given by its weights W; openness A is given or 1 - W_ii. H = A W.
fn group(inputs: &Inputs<'_>) -> Result<Matrix, String> {
    let mut rows = inputs.rows("weights")?;
    let given = if inputs.has("openness") { inputs.reals("openness")? } else { vec![] };
    for (i, row) in rows.iter_mut().enumerate() {
        let own = 1.0 - row.get(i).copied().unwrap_or(0.0);
        let open = given.get(i).copied().unwrap_or(own);
        row.iter_mut().for_each(|w| *w *= open);
    }
    Matrix::from_rows(&rows).map_err(said)
}

fn rows(rows: impl Iterator<Item = Vec<f64>>) -> Value {
    Value::Array(rows.map(|row| reals(&row)).collect())
}

pub fn friedkin_johnsen(inputs: &Inputs<'_>) -> Result<Table, String> {
    let solved = total_effects(&group(inputs)?).map_err(said)?;
    let settled = solved.settle(&inputs.reals("start")?).map_err(said)?;
    let n = solved.actors();
    let effects = (0..n).map(|j| (0..n).map(|i| solved.effect(j, i)).collect());
    let mut table = Table::new();
    table.insert("settled".to_owned(), reals(&settled));
    table.insert("total_effects".to_owned(), rows(effects));
    Ok(table)
}

pub fn linked_issues(inputs: &Inputs<'_>) -> Result<Table, String> {
    let logic = Matrix::from_rows(&inputs.rows("logic")?).map_err(said)?;
    let settled = settle_linked(&group(inputs)?, &logic, &inputs.rows("start")?).map_err(said)?;
    let mut table = Table::new();
    table.insert("settled".to_owned(), rows(settled.into_iter()));
    Ok(table)
}

/// Holdings as rows: who is held, by whom.
pub fn integrated_control(inputs: &Inputs<'_>) -> Result<Table, String> {
    let held = Matrix::from_rows(&inputs.rows("held_by")?).map_err(said)?;
    let solved = total_effects(&held).map_err(said)?;
    let n = solved.actors();
    let row = |j| (0..n).map(|i| control(&solved, j, i)).collect::<Result<Vec<f64>, _>>();
    let all = (0..n).map(row).collect::<Result<Vec<_>, _>>().map_err(said)?;
    let mut table = Table::new();
    table.insert("control".to_owned(), rows(all.into_iter()));
    Ok(table)
}
