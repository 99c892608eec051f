//! Quantal response equilibrium: players who mostly, but not always, do what is best for them.
//!
//! For two players with finitely many actions the logit equilibrium is followed from complete
//! noise; for the crisis game in its extensive form it has a closed form. The module refuses to
//! estimate the precision: it comes in as a number.

use crate::Fault;
use crate::fault::within;

/// Both players' mixed strategies.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixed {
    /// The probability of each row.
    pub rows: Vec<f64>,
    /// The probability of each column.
    pub columns: Vec<f64>,
}

/// The logit equilibrium of a two-player game on the branch that starts from even play.
///
/// Mechanism: at precision `lambda` the row player plays row i with probability proportional to
/// `exp(lambda sum_j A_ij q_j)`, the column player column j in proportion to
/// `exp(lambda sum_i B_ij p_i)`. At zero both play evenly; the solution is followed as the precision
/// rises, each step corrected by Newton's method, and the step halved when the correction fails or jumps.
///
/// `a[i][j]` and `b[i][j]` are the payoffs of the row and the column player.
///
/// # Errors
/// Shapes, payoffs beyond 1e6 in size, a precision below zero; a branch that does not go on where the
/// branch turns back before `lambda` is reached.
///
/// Reference: `mckelvey1995`; branch following after `turocy2005`. Checked by the closed form of a game
/// whose best answers do not depend on the other player (catalog entry `quantal-dilemma`), by matching
/// pennies, and by the property that the answer is a fixed point.
pub fn logit(a: &[Vec<f64>], b: &[Vec<f64>], lambda: f64) -> Result<Mixed, Fault> {
    let game = Game::check(a, b)?;
    within("the precision", &[lambda], |l| (0.0..=1e6).contains(&l), "from 0 to 1e6")?;
    let n = game.m + game.k;
    // Log-probabilities relative to each player's last action are free of the constraint.
    let mut now = vec![0.0; n];
    let (mut at, mut step) = (0.0, 0.1 / (1.0 + game.largest));
    let mut tries = 0;
    while at < lambda {
        tries += 1;
        if tries > 100_000 || step < 1e-13 * (1.0 + at) {
            return Err(Fault::unsettled(
                "the quantal response equilibrium",
                "a lower precision: the branch turns back before it",
            ));
        }
        let next = lambda.min(at + step);
        match game.correct(&now, next) {
            Some((then, jump)) if jump < 0.5 => {
                if game.has_forked(&then, next) {
                    let must = "a lower precision: below this one another branch has forked off";
                    let fault = Fault::singular("the quantal response equilibrium", must);
                    return Err(fault);
                }
                now = then;
                at = next;
                step *= 1.5;
            }
            _ => step /= 2.0,
        }
    }
    let (rows, columns) = game.strategies(&now);
    Ok(Mixed { rows, columns })
}

struct Game<'a> {
    a: &'a [Vec<f64>],
    b: &'a [Vec<f64>],
    m: usize,
    k: usize,
    largest: f64,
}

impl<'a> Game<'a> {
    fn check(a: &'a [Vec<f64>], b: &'a [Vec<f64>]) -> Result<Self, Fault> {
        let m = a.len();
        let k = a.first().map_or(0, Vec::len);
        if m == 0 || k == 0 {
            return Err(Fault::nothing("actions", "at least one for each player"));
        }
        if b.len() != m {
            return Err(Fault::length("b", b.len(), m));
        }
        let mut largest = 0.0;
        for row in a.iter().chain(b) {
            if row.len() != k {
                return Err(Fault::length("a row of payoffs", row.len(), k));
            }
            within("a payoff", row, |v| v.abs() <= 1e6, "a number of size at most 1e6")?;
            largest = row.iter().map(|v| v.abs()).fold(largest, f64::max);
        }
        Ok(Game { a, b, m, k, largest })
    }

    fn strategies(&self, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        (softmax(&x[..self.m]), softmax(&x[self.m..]))
    }

    /// `x - lambda * utility`, the utilities being measured from each player's last action.
    fn residual(&self, x: &[f64], lambda: f64) -> Vec<f64> {
        let (p, q) = self.strategies(x);
        let row = |i: usize| -> f64 { self.a[i].iter().zip(&q).map(|(a, q)| a * q).sum() };
        let column = |j: usize| -> f64 { self.b.iter().zip(&p).map(|(b, p)| b[j] * p).sum() };
        let (last_row, last_column) = (row(self.m - 1), column(self.k - 1));
        let rows = (0..self.m).map(|i| x[i] - lambda * (row(i) - last_row));
        let columns = (0..self.k).map(|j| x[self.m + j] - lambda * (column(j) - last_column));
        rows.chain(columns).collect()
    }

    /// Newton's method from `x`; the solution and the largest change of a probability.
    fn correct(&self, x: &[f64], lambda: f64) -> Option<(Vec<f64>, f64)> {
        let (p0, q0) = self.strategies(x);
        let mut now = x.to_vec();
        for _ in 0..30 {
            let residual = self.residual(&now, lambda);
            let error = residual.iter().map(|r| r.abs()).fold(0.0, f64::max);
            if !error.is_finite() {
                return None;
            }
            let scale = 1.0 + now.iter().map(|v| v.abs()).fold(0.0, f64::max);
            if error < 1e-13 * scale {
                let (p, q) = self.strategies(&now);
                let moved = |a: &[f64], b: &[f64]| {
                    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
                };
                return Some((now, moved(&p, &p0).max(moved(&q, &q0))));
            }
            let step = crate::linear::solve(&self.slopes(&now, lambda), residual)?;
            now.iter_mut().zip(&step).for_each(|(x, s)| *x -= s);
        }
        None
    }

    /// Whether the branch has passed a fork on its way to this point, so that other equilibria set out
    /// from it as continuously as this one does.
    ///
    /// The slopes start as the identity, and a real root of theirs can only change sign where they
    /// are singular. An odd number of such roots shows in the sign of the determinant; several at
    /// once, as in a game that treats its actions alike, in the largest root of the answers to one
    /// another's answers, which is above one beyond the fork.
    fn has_forked(&self, x: &[f64], lambda: f64) -> bool {
        let slopes = self.slopes(x, lambda);
        if !crate::linear::determinant_is_positive(&slopes) {
            return true;
        }
        let n = slopes.len();
        let answer = |v: &[f64]| -> Vec<f64> {
            let row = |i: usize| {
                let sum = slopes[i].iter().zip(v).map(|(s, v)| s * v).sum::<f64>();
                v[i] - sum
            };
            (0..n).map(row).collect()
        };
        // Vectors of the row player alone stay with him over two answers.
        let mut v: Vec<f64> =
            (0..n).map(|i| if i < self.m { 1.0 + (i as f64 + 1.0).sqrt() } else { 0.0 }).collect();
        for _ in 0..200 {
            let next = answer(&answer(&v));
            let size = next.iter().map(|x| x * x).sum::<f64>().sqrt();
            let was = v.iter().map(|x| x * x).sum::<f64>();
            let root = next.iter().zip(&v).map(|(a, b)| a * b).sum::<f64>() / was;
            let off = next.iter().zip(&v).map(|(a, b)| (a - root * b).powi(2)).sum::<f64>().sqrt();
            if !size.is_finite() || size < 1e-300 {
                return false;
            }
            if off < 1e-9 * size {
                return root > 1.0 + 1e-9;
            }
            v = next.iter().map(|x| x / size).collect();
        }
        false
    }

    fn slopes(&self, x: &[f64], lambda: f64) -> Vec<Vec<f64>> {
        let (p, q) = self.strategies(x);
        let n = self.m + self.k;
        let mut slopes = vec![vec![0.0; n]; n];
        for (i, row) in slopes.iter_mut().enumerate() {
            row[i] = 1.0;
            if i < self.m {
                // d(sum_j D_j q_j)/dx_l = q_l (D_l - mean D).
                let gap: Vec<f64> =
                    self.a[i].iter().zip(&self.a[self.m - 1]).map(|(a, b)| a - b).collect();
                let mean: f64 = gap.iter().zip(&q).map(|(g, q)| g * q).sum();
                for l in 0..self.k {
                    row[self.m + l] -= lambda * q[l] * (gap[l] - mean);
                }
            } else {
                let j = i - self.m;
                let gap: Vec<f64> = self.b.iter().map(|b| b[j] - b[self.k - 1]).collect();
                let mean: f64 = gap.iter().zip(&p).map(|(g, p)| g * p).sum();
                for l in 0..self.m {
                    row[l] -= lambda * p[l] * (gap[l] - mean);
                }
            }
        }
        slopes
    }
}

fn softmax(x: &[f64]) -> Vec<f64> {
    let most = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weight: Vec<f64> = x.iter().map(|v| (v - most).exp()).collect();
    let total: f64 = weight.iter().sum();
    weight.into_iter().map(|w| w / total).collect()
}

/// How the crisis game is played by quantal responders who know each other's payoffs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crisis {
    /// The probability that A challenges.
    pub challenge: f64,
    /// That B resists a challenge.
    pub resist: f64,
    /// That A fights if B resists.
    pub fight: f64,
}

/// The agent quantal response equilibrium of the crisis game.
///
/// Mechanism: backwards, each choice by the logistic function L of the precision times the difference
/// of expected payoffs: `p_F = L(W_A - a)`, `p_R = L(p_F W_B + (1 - p_F) V_B - C_B)`,
/// `p_C = L((1 - p_R) V_A + p_R (p_F W_A + (1 - p_F) a) - S_A)`. Unlike the signalling game it has one
/// equilibrium, as nobody learns from a challenge.
///
/// # Errors
/// A precision below zero, payoffs not finite.
///
/// Reference: `signorino1999`, `mckelvey1998`. Checked by the catalog entry `quantal-crisis-by-hand`.
pub fn crisis(payoffs: &super::signalling::Payoffs, lambda: f64) -> Result<Crisis, Fault> {
    let p = payoffs;
    within("the precision", &[lambda], |l| (0.0..=1e6).contains(&l), "from 0 to 1e6")?;
    let all = [
        p.status_quo_a,
        p.victory_a,
        p.concession_b,
        p.war_a,
        p.war_b,
        p.backing_down_a,
        p.victory_b,
    ];
    within("a payoff", &all, |v| v.abs() <= 1e6, "a number of size at most 1e6")?;
    let logistic = |gain: f64| 1.0 / (1.0 + (-lambda * gain).exp());
    let fight = logistic(p.war_a - p.backing_down_a);
    let resist = logistic(fight * p.war_b + (1.0 - fight) * p.victory_b - p.concession_b);
    let resisted = fight * p.war_a + (1.0 - fight) * p.backing_down_a;
    let challenge = logistic((1.0 - resist) * p.victory_a + resist * resisted - p.status_quo_a);
    Ok(Crisis { challenge, resist, fight })
}
