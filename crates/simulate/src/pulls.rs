//! The tie network as a run moves it: pulls by the week, without solving the whole network.
//!
//! Sway over a body needs one row only: r = phi (I - H)^-1, which the sum r = phi + r H reaches geometrically, as
//! rows of H sum below one. Sway of i is then r_i D_i (see [`crate::sway`]). Starting from last week's row it
//! takes a few sweeps over the ties.

use crate::journal::Journal;
use crate::model::{ActorId, Drawn, Network};
use crate::world::World;

/// Sweeps after which a row that has not settled is taken as it is; H's rows sum below one, so the error is below
/// the largest row sum to this power.
const MOST_SWEEPS: usize = 400;
const PRECISION: f64 = 1e-9;

/// The normalised pulls of the network in a week of a run.
#[derive(Debug, Clone, Default)]
pub struct Pulls {
    /// For each tie: from, to, and its weight in H.
    ties: Vec<(ActorId, ActorId, f64)>,
    /// Each actor's own anchor D.
    anchor: Vec<f64>,
}

impl Pulls {
    /// The pulls with the values of a run and a factor on each tie's bandwidth; a bandwidth ends at 1.
    #[must_use]
    pub fn of(network: &Network, drawn: &Drawn, factor: impl Fn(usize) -> f64) -> Self {
        let weight = network.weights.map(|w| w.map_or(0.0, |id| drawn.peek(id)));
        let n = network.autonomy.len();
        let mut sum = vec![0.0; n];
        let mut ties: Vec<(ActorId, ActorId, f64)> = (network.ties.iter().enumerate())
            .map(|(t, (from, to, channel, bandwidth, dependence))| {
                let width = (drawn.peek(*bandwidth) * factor(t)).clamp(0.0, 1.0);
                let pull = weight[channel.index()] * width * drawn.peek(*dependence);
                sum[*to] += pull;
                (*from, *to, pull)
            })
            .collect();
        let own: Vec<f64> =
            network.autonomy.iter().map(|id| id.map_or(0.0, |id| drawn.peek(id))).collect();
        for (_, to, pull) in &mut ties {
            if *pull > 0.0 {
                *pull /= own[*to] + sum[*to];
            }
        }
        let anchor =
            (0..n).map(|a| if sum[a] > 0.0 { own[a] / (own[a] + sum[a]) } else { 1.0 }).collect();
        Self { ties, anchor }
    }

    /// The row phi (I - H)^-1, starting from `row` (last week's, or phi itself).
    fn settle(&self, phi: &[f64], row: &mut Vec<f64>) {
        let mut next = vec![0.0; phi.len()];
        for _ in 0..MOST_SWEEPS {
            next.copy_from_slice(phi);
            for (from, to, pull) in &self.ties {
                next[*from] += row[*to] * pull;
            }
            let change = row.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            std::mem::swap(row, &mut next);
            if change < PRECISION {
                break;
            }
        }
    }

    /// Sway over a body whose members have the given power weights, by actor.
    #[must_use]
    pub fn sway(&self, power: &[(ActorId, f64)]) -> Vec<f64> {
        let mut phi = vec![0.0; self.anchor.len()];
        power.iter().for_each(|(member, weight)| phi[*member] += weight);
        let mut row = phi.clone();
        self.settle(&phi, &mut row);
        row.iter().zip(&self.anchor).map(|(reach, own)| reach * own).collect()
    }

    /// What each actor holds of where `on` ends up: the row of V for `on`.
    #[must_use]
    pub fn holds(&self, on: ActorId) -> Vec<f64> {
        self.sway(&[(on, 1.0)])
    }

    /// How far a client does what a patron asks against its own wish: the patron's share of where the client ends
    /// up, over the patron's and the client's own, in \[0, 1\]. *Judged* in its form; the shares are total effects
    /// (`friedkin1990`).
    #[must_use]
    pub fn control(&self, patron: ActorId, client: ActorId) -> f64 {
        let held = self.holds(client);
        let both = held[patron] + held[client];
        if both > 0.0 { held[patron] / both } else { 0.0 }
    }
}

impl World {
    /// The pulls of this week. The factors that were moved become causes of the next entry.
    #[must_use]
    pub fn pulls(&self, network: &Network, journal: &Journal) -> Pulls {
        Pulls::of(network, &self.drawn, |tie| *self.motion.ties[tie].get(journal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swept_row_is_the_solved_one() {
        // Two patrons, a client of both, and a list that the client pulls on.
        let pulls = Pulls {
            ties: vec![(0, 2, 0.5), (1, 2, 0.2), (2, 3, 0.6), (3, 2, 0.1)],
            anchor: vec![1.0, 1.0, 0.2, 0.4],
        };
        // r_3 = 1 + 0.1 r_2, r_2 = 0.6 r_3: r_3 = 1 / 0.94.
        let sway = pulls.holds(3);
        let r3 = 1.0 / 0.94;
        let expected = [0.3 * r3, 0.12 * r3, 0.12 * r3, 0.4 * r3];
        for (a, b) in sway.iter().zip(expected) {
            assert!((a - b).abs() < 1e-8, "{sway:?}");
        }
        assert!((sway.iter().sum::<f64>() - 1.0).abs() < 1e-8);
        assert!((pulls.control(0, 3) - 0.3 / 0.7).abs() < 1e-8);
    }
}
