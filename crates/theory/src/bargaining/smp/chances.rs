//! The probabilistic Condorcet election: from utilities of options to the chance of each.

use super::utility::Table;
use super::{ChanceRule, Options, VictoryRule, VotingRule};
use crate::Fault;

const SLIVER: f64 = 1e-8;
const MOST_ROUNDS: usize = 1000;

/// The strength of the coalition for each option against each other one.
///
/// `options[i][k]` is the utility of option i to actor k (note the order: one row an option), and
/// `weight[k]` the actor's capability. For every pair i > j, actor k's vote
/// `v = vote(w_k, u_ki - u_kj)` strengthens i if positive and j if negative. Every cell starts
/// from 1e-8, so that no coalition is empty.
///
/// Only pairs i > j are looked at, as in the reference implementation: it matters for the
/// asymmetric voting rule alone.
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
pub fn coalitions(rule: VotingRule, weight: &[f64], options: &Table) -> Table {
    let m = options.rows();
    let mut strength = Table::new(m, m);
    for i in 0..m {
        if let Some(cell) = strength.row_mut(i).get_mut(i) {
            *cell = SLIVER;
        }
        for j in 0..i {
            let (mut high, mut low) = (SLIVER, SLIVER);
            for ((w, a), b) in weight.iter().zip(options.row(i)).zip(options.row(j)) {
                let v = rule.vote(*w, a - b);
                high += v.max(0.0);
                low += (-v).max(0.0);
            }
            if let Some(cell) = strength.row_mut(i).get_mut(j) {
                *cell = high;
            }
            if let Some(cell) = strength.row_mut(j).get_mut(i) {
                *cell = low;
            }
        }
    }
    strength
}

/// The probability that a coalition of strength `x` beats one of strength `y`.
///
/// The powers are taken of the ratio to the stronger side, so that nothing overflows.
pub fn victory(rule: VictoryRule, x: f64, y: f64) -> f64 {
    let most = x.max(y);
    if most <= 0.0 {
        return 0.5;
    }
    let (x, y) = (x / most, y / most);
    let share = |power: i32| {
        let (x, y) = (x.powi(power), y.powi(power));
        x / (x + y)
    };
    match rule {
        VictoryRule::Linear => share(1),
        VictoryRule::Square => share(2),
        VictoryRule::Quartic => share(4),
        VictoryRule::Octic => share(8),
        VictoryRule::Binary => {
            const EDGE: f64 = 1.1;
            if x >= EDGE * y {
                1.0 / (1.0 + 1e-6)
            } else if y >= EDGE * x {
                1e-6 / (1.0 + 1e-6)
            } else {
                ((1.0 + EDGE) * share(1) - 1.0) / (EDGE - 1.0)
            }
        }
    }
}

/// The chance of each option, given the coalitions for and against.
///
/// With p_ij the probability that option i beats j (and p_ii = 1/2):
/// - conditional: `P_i = prod_j p_ij`, normalised;
/// - Markov, uniform: the fixed point of `q_i = sum_j p_ij (P_i + P_j) / m`;
/// - Markov, incentive: challengers of i are drawn in proportion to `C_ji p_ji`.
///
/// # Errors
/// A Markov rule that has not settled after 1000 rounds.
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
pub fn election(options: &Options, strength: &Table) -> Result<Vec<f64>, Fault> {
    let m = strength.rows();
    let mut p = Table::new(m, m);
    for i in 0..m {
        for j in 0..m {
            let value = if i == j {
                0.5
            } else {
                victory(options.victory_probability, strength.row(i)[j], strength.row(j)[i])
            };
            p.row_mut(i)[j] = value;
        }
    }
    match options.pce {
        ChanceRule::Conditional => Ok(conditional(&p)),
        ChanceRule::MarkovUniform => {
            let even = 1.0 / m as f64;
            settle(m, 1e-6, |now, i| {
                let beats = p.row(i).iter().zip(now);
                beats.map(|(p, other)| p * (now[i] + other)).sum::<f64>() * even
            })
        }
        ChanceRule::MarkovIncentive => {
            let incentive = incentives(strength, &p);
            settle(m, 1e-8, |now, i| {
                let mut sum = 0.0;
                for j in 0..m {
                    let of_i_by_j = now[i] * incentive.row(j)[i];
                    let of_j_by_i = now[j] * incentive.row(i)[j];
                    sum += p.row(i)[j] * (of_i_by_j + of_j_by_i);
                }
                sum
            })
        }
    }
}

fn conditional(p: &Table) -> Vec<f64> {
    let mut chance: Vec<f64> = (0..p.rows()).map(|i| p.row(i).iter().product()).collect();
    let total: f64 = chance.iter().sum();
    if total > f64::MIN_POSITIVE {
        chance.iter_mut().for_each(|c| *c /= total);
        return chance;
    }
    // With hundreds of options the products underflow; their logarithms do not.
    let logs: Vec<f64> =
        (0..p.rows()).map(|i| p.row(i).iter().map(|p| p.ln()).sum::<f64>()).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    chance = logs.iter().map(|l| (l - most).exp()).collect();
    let total: f64 = chance.iter().sum();
    chance.iter_mut().for_each(|c| *c /= total);
    chance
}

/// h_ij: the share of option i among those with an incentive to challenge j.
fn incentives(strength: &Table, p: &Table) -> Table {
    let m = p.rows();
    let mut h = Table::new(m, m);
    for j in 0..m {
        let pull = |i: usize| strength.row(i)[j] * p.row(i)[j] + if i == j { 1e-10 } else { 0.0 };
        let total: f64 = (0..m).map(pull).sum();
        for i in 0..m {
            h.row_mut(i)[j] = pull(i) / total;
        }
    }
    h
}

fn settle(m: usize, within: f64, next: impl Fn(&[f64], usize) -> f64) -> Result<Vec<f64>, Fault> {
    let mut now = vec![1.0 / m as f64; m];
    for _ in 1..MOST_ROUNDS {
        let then: Vec<f64> = (0..m).map(|i| next(&now, i)).collect();
        let change = now.iter().zip(&then).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        now.iter_mut().zip(&then).for_each(|(a, b)| *a = (*a + b) / 2.0);
        if change <= within {
            return Ok(now);
        }
    }
    Err(Fault::unsettled("the chances of the options", "the conditional rule"))
}
