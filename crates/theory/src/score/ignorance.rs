//! The ignorance score of draws, as the VIEWS prediction challenge defines it.

use crate::Fault;
use crate::fault::finite;

/// Bits of surprise at the bin that the outcome fell in.
///
/// Mechanism: `edges` e_1 < ... < e_K open K bins, each up to the next edge and the last without end.
/// One pseudo-draw is added to every bin, so with n draws of which c fell in the outcome's bin the
/// score is `-log2((c + 1) / (n + K))` and never infinite.
///
/// # Errors
/// No draws or edges, edges not rising, a draw or outcome below the first edge, numbers not finite.
///
/// Reference: `views2023`. Checked by the catalog entry `ignorance-by-hand`.
pub fn ignorance(edges: &[f64], draws: &[f64], outcome: f64) -> Result<f64, Fault> {
    for (argument, row) in [("edges", edges), ("draws", draws)] {
        if row.is_empty() {
            return Err(Fault::nothing(argument, "at least one"));
        }
    }
    for edge in edges {
        finite("an edge", *edge)?;
    }
    if let Some(pair) = edges.windows(2).find(|pair| pair[0] >= pair[1]) {
        let must = "above the edge before it";
        return Err(Fault::number("edges", pair[1], must));
    }
    let bin = |name: &'static str, value: f64| -> Result<usize, Fault> {
        finite(name, value)?;
        match edges.partition_point(|edge| *edge <= value) {
            0 => Err(Fault::number(name, value, "at least the first edge")),
            k => Ok(k),
        }
    };
    let came = bin("the outcome", outcome)?;
    let mut count = 0_usize;
    for draw in draws {
        count += usize::from(bin("a draw", *draw)? == came);
    }
    let share = (count as f64 + 1.0) / (draws.len() as f64 + edges.len() as f64);
    Ok(-share.log2() + 0.0)
}
