//! Risk attitudes: those whose position already prevails can afford caution.

use super::RiskRange;
use super::chances::{coalitions, election};
use super::options::Options;
use super::utility::{Table, utility};
use crate::Fault;

/// The risk attitude of each actor.
///
/// With `distance[i][j]` as i sees j, every actor votes on all positions at a neutral attitude; the
/// chances P of the positions, from lowest `lo` to highest `hi`, are spread over the range asked
/// for: `R = (P - lo)/(hi - lo)` in 0..1 (min), `(3P - hi - 2 lo)/(2 (hi - lo))` in -1/2..1 (mid),
/// `(2P - hi - lo)/(hi - lo)` in -1..1 (max). If all chances are the same to 1e-12 the attitude of
/// all is neutral, zero (*Judged*: the formula leaves 0/0).
///
/// # Errors
/// As [`election`].
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
pub fn attitudes(
    options: &Options,
    capability: &[f64],
    distance: &Table,
) -> Result<Vec<f64>, Fault> {
    let n = capability.len();
    let mut by_option = Table::new(n, n);
    for j in 0..n {
        for (k, cell) in by_option.row_mut(j).iter_mut().enumerate() {
            *cell = utility(distance.row(k)[j], 0.0);
        }
    }
    let chance = election(options, &coalitions(options.voting_rule, capability, &by_option))?;
    let lo = chance.iter().copied().fold(f64::INFINITY, f64::min);
    let hi = chance.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let spread = hi - lo;
    if spread <= 1e-12 {
        return Ok(vec![0.0; n]);
    }
    Ok(chance
        .iter()
        .map(|p| match options.risk_range {
            RiskRange::Min => (p - lo) / spread,
            RiskRange::Mid => (3.0 * p - (hi + 2.0 * lo)) / (2.0 * spread),
            RiskRange::Max => (2.0 * p - (hi + lo)) / spread,
        })
        .collect())
}
