//! Who holds sway: how much of a decision is due to each actor, and through which ties.
//!
//! The pull of i on j by channel c is x = bandwidth times dependence. With channel weights w and
//! autonomy k, H_ji = sum over c of w_c x_ijc / (k_j + S_j), where S_j = sum over i and c of w_c
//! x_ijc, so rows sum below one and D_j = k_j / (k_j + S_j) is j's own anchor. Total effects are V
//! = (I - H)^-1 D (`friedkin1990`); sway of i over a body with power weights phi is sum over j of
//! phi_j V_ji, which sums to one over i. As H is a sum over ties and (I - H)^-1 = I + (I - H)^-1 H,
//! sway splits exactly by the tie that carries it first, and so by channel and by who is touched
//! first.
//!
//! A pull is a bilateral influence capacity (`moyer2021`) over informal actors too; joining it to the formal
//! power index of the body's rule is this project's own measure (*Judged*).

use theory::influence::sparse::{Factors, Plan};

use crate::model::ActorId;
use crate::pulls::{Strengths, Unsolved};

/// A tie network solved with the values of a draw, to be split by what carries sway.
#[derive(Debug)]
pub struct Influence<'p> {
    plan: &'p Plan,
    factors: Factors<'p>,
    /// The weight of each tie in H.
    weights: Vec<f64>,
}

/// Sway over a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Sway {
    /// Each actor's whole sway, its own hold included.
    pub total: Vec<f64>,
    /// What each member holds over its own decision, by actor.
    pub own: Vec<f64>,
    /// What each tie carries for its sender as the first touch. With what it holds of its own these
    /// add up to an actor's sway.
    pub ties: Vec<f64>,
}

impl<'p> Influence<'p> {
    /// Solves the network of a plan.
    ///
    /// # Errors
    /// [`Unsolved`].
    pub fn solve(plan: &'p Plan, strengths: &Strengths) -> Result<Self, Unsolved> {
        let mut weights = strengths.pulls(|_| 1.0);
        let factors = strengths.factor(plan, &weights, None)?;
        let mut sum = vec![0.0; plan.actors()];
        plan.ties().iter().zip(&weights).for_each(|((_, to), pull)| sum[*to] += pull);
        for ((_, to), pull) in plan.ties().iter().zip(&mut weights) {
            if *pull > 0.0 {
                *pull /= strengths.autonomy[*to] + sum[*to];
            }
        }
        Ok(Self { plan, factors, weights })
    }

    /// Sway over a body whose members have the given power weights.
    #[must_use]
    pub fn sway(&self, power: &[(ActorId, f64)]) -> Sway {
        let anchor = self.factors.anchor();
        let mut phi = vec![0.0; anchor.len()];
        power.iter().for_each(|(member, weight)| phi[*member] += weight);
        let reach = self.factors.row(&phi);
        let times = |row: &[f64]| row.iter().zip(anchor).map(|(x, own)| x * own).collect();
        let ties = self.plan.ties().iter().zip(&self.weights);
        Sway {
            total: times(&reach),
            own: times(&phi),
            ties: ties.map(|((from, to), w)| reach[*to] * w * anchor[*from]).collect(),
        }
    }
}
