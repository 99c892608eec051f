//! Influence models on an entry's group.

use super::inputs::{Inputs, reals};
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::matrix::Matrix;
use toml::Table;

/// A group given by its weights W, openness A = 1 - W_ii and starting opinions; H = A W.
pub fn friedkin_johnsen(inputs: &Inputs<'_>) -> Result<Table, String> {
    let mut rows = inputs.rows("weights")?;
    for (i, row) in rows.iter_mut().enumerate() {
        let open = 1.0 - row.get(i).copied().unwrap_or(0.0);
        row.iter_mut().for_each(|w| *w *= open);
    }
    let solved = Matrix::from_rows(&rows).and_then(|h| total_effects(&h));
    let solved = solved.map_err(|e| e.to_string())?;
    let settled = solved
        .settle(&inputs.reals("start")?)
        .map_err(|e| e.to_string())?;
    let mut table = Table::new();
    table.insert("settled".to_owned(), reals(&settled));
    Ok(table)
}
