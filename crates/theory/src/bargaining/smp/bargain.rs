//! Bargains: where two actors meet after a challenge.

use super::challenge::{Challenge, View};
use super::{BargainRule, Interpolation, Options};
use crate::{Fault, What};

/// A deal between two actors: where each would move.
#[derive(Debug, Clone, PartialEq)]
pub struct Bargain {
    /// Who opened it.
    pub initiator: usize,
    /// To whom.
    pub receiver: usize,
    /// The probability it was worked out from (see [`BargainRule`]).
    pub victory: f64,
    /// Where the initiator would move.
    pub initiator_to: Vec<f64>,
    /// Where the receiver would move.
    pub receiver_to: Vec<f64>,
}

/// One issue of a bargain: `(position, salience)` of either side, and the probabilities `q` that
/// the first prevails and `1 - q` that the second does.
///
/// S1P1 and S2P2 (n = 1, 2): with `w_i = s_i^n q^n`, `w_j = s_j^n (1-q)^n` and e = 1e-6 given to
/// one's own side, both go to the weighted mean, rounded to four decimals. S2PMax: only the weaker
/// side moves, by `f = d s_j^2 / (d s_j^2 + e + (1-d) s_i^2)` with `d = max(0, q_j - q_i)`.
fn meet(rule: Interpolation, (xi, si): (f64, f64), (xj, sj): (f64, f64), q: f64) -> (f64, f64) {
    const SLIVER: f64 = 1e-6;
    let (qi, qj) = (q, 1.0 - q);
    let four_decimals = |z: f64| (0.5 + 1e4 * z).trunc() / 1e4;
    let mean = |wi: f64, wj: f64| {
        let total = wi + SLIVER + wj;
        (
            four_decimals(((wi + SLIVER) * xi + wj * xj) / total),
            four_decimals((wi * xi + (wj + SLIVER) * xj) / total),
        )
    };
    match rule {
        Interpolation::S1P1 => mean(si * qi, sj * qj),
        Interpolation::S2P2 => mean(si * si * qi * qi, sj * sj * qj * qj),
        Interpolation::S2PMax => {
            let give = |d: f64, own: f64, other: f64| {
                let pull = d * other * other;
                pull / (pull + SLIVER + (1.0 - d) * own * own)
            };
            let (fi, fj) = (give((qj - qi).max(0.0), si, sj), give((qi - qj).max(0.0), sj, si));
            (xi + fi * (xj - xi), xj + fj * (xi - xj))
        }
    }
}

/// What the parties to a bargain bring to it.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) position: &'a [f64],
    pub(crate) salience: &'a [f64],
    pub(crate) capability: f64,
    pub(crate) total_salience: f64,
}

fn between(options: &Options, challenge: &Challenge, i: Side, j: Side, victory: f64) -> Bargain {
    let one = i.position.iter().zip(i.salience).zip(j.position.iter().zip(j.salience));
    let (initiator_to, receiver_to) = one
        .map(|((xi, si), (xj, sj))| meet(options.interpolation, (*xi, *si), (*xj, *sj), victory))
        .unzip();
    Bargain {
        initiator: challenge.initiator,
        receiver: challenge.receiver,
        victory,
        initiator_to,
        receiver_to,
    }
}

/// The bargains a challenge puts before its two parties.
///
/// The initiator's uses its own probability of victory. The receiver's, where the rule asks for it,
/// uses as a probability the *change in the initiator's expected utility as the receiver sees it*:
/// a slip of the reference implementation that is reproduced, as it defines the published rule; so
/// are the weights `c_i S_i` and `c_i S_j` of the compromise between the two.
///
/// # Errors
/// A bargain that is not finite, which only that slip can cause.
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
pub(crate) fn bargains(
    options: &Options,
    turn: usize,
    challenge: &Challenge,
    weight: &[f64],
    (i, j): (Side, Side),
    receivers_view: impl FnOnce() -> View,
) -> Result<Vec<Bargain>, Fault> {
    let first = between(options, challenge, i, j, challenge.victory);
    let second = || {
        let (a, b) = (challenge.initiator, challenge.receiver);
        let view = receivers_view();
        let victory = view.victory(options, weight, a, b);
        between(options, challenge, i, j, view.gain(j.total_salience, victory, a, b, a))
    };
    let put = match options.bargain {
        BargainRule::InitOnlyInterp => vec![first],
        BargainRule::InitRcvrInterp => {
            let second = second();
            vec![first, second]
        }
        BargainRule::PWCompInterp => {
            let second = second();
            let wi = i.capability * i.total_salience;
            let wj = i.capability * j.total_salience;
            let mean = |a: &[f64], b: &[f64]| -> Vec<f64> {
                a.iter().zip(b).map(|(a, b)| (wi * a + wj * b) / (wi + wj)).collect()
            };
            vec![Bargain {
                victory: (wi * first.victory + wj * second.victory) / (wi + wj),
                initiator_to: mean(&first.initiator_to, &second.initiator_to),
                receiver_to: mean(&first.receiver_to, &second.receiver_to),
                ..first
            }]
        }
    };
    let sound = |x: &f64| x.abs() < 1e100;
    let all_sound =
        put.iter().all(|b| b.initiator_to.iter().all(sound) && b.receiver_to.iter().all(sound));
    if all_sound {
        Ok(put)
    } else {
        let Challenge { initiator, receiver, .. } = *challenge;
        let must = "a number: use interpolation S2P2 with this bargain rule";
        let fault = Fault::new(What::Overflow, "turn, initiator and receiver", must);
        Err(fault.at(turn).at(initiator).at(receiver))
    }
}
