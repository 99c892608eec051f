//! Resolution: which of the bargains before an actor the whole field would carry.

use super::bargain::Bargain;
use super::chances::{coalitions, election};
use super::options::Options;
use super::utility::{Table, distance, utility};
use crate::Fault;

/// The field as every actor sees it at the start of a turn.
pub(crate) struct Field<'a> {
    pub(crate) capability: &'a [f64],
    pub(crate) salience: &'a [Vec<f64>],
    pub(crate) ideal: &'a [Vec<f64>],
    pub(crate) attitude: &'a [f64],
    /// `worth[a][n]`: to actor a, at its own attitude, the position of actor n.
    pub(crate) worth: &'a Table,
}

/// The chance of each bargain before one actor. `None` is the status quo, in which nobody moves.
///
/// To actor a the status quo is worth the mean of its utilities of all positions; a bargain of i
/// and j is worth the same mean with their two new positions in place of the old. All actors vote
/// with their capability.
///
/// # Errors
/// As [`election`].
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
pub(crate) fn chances(
    options: &Options,
    field: &Field,
    before: &[Option<&Bargain>],
) -> Result<Vec<f64>, Fault> {
    let n = field.capability.len();
    let mut worth = Table::new(before.len(), n);
    for (m, bargain) in before.iter().enumerate() {
        for (a, cell) in worth.row_mut(m).iter_mut().enumerate() {
            let others = field.worth.row(a);
            let sum = match bargain {
                None => others.iter().sum(),
                Some(b) => {
                    let (i, j) = (b.initiator.min(b.receiver), b.initiator.max(b.receiver));
                    let at = |to: &[f64]| {
                        let d = distance(&field.ideal[a], to, &field.salience[a]);
                        utility(d, field.attitude[a])
                    };
                    let rest = others[..i]
                        .iter()
                        .chain(&others[i + 1..j])
                        .chain(&others[j + 1..])
                        .sum::<f64>();
                    at(&b.initiator_to) + at(&b.receiver_to) + rest
                }
            };
            *cell = sum / n as f64;
        }
    }
    election(options, &coalitions(options.voting_rule, field.capability, &worth))
}

/// The first option of largest chance.
pub(crate) fn surest(chance: &[f64]) -> usize {
    let mut best = 0;
    for (m, p) in chance.iter().enumerate() {
        if *p > chance[best] {
            best = m;
        }
    }
    best
}

/// The first option at which the chances so far add up to at least `draw`.
pub(crate) fn drawn(chance: &[f64], draw: f64) -> usize {
    let mut sum = 0.0;
    for (m, p) in chance.iter().enumerate() {
        sum += p;
        if sum >= draw {
            return m;
        }
    }
    chance.len().saturating_sub(1)
}
