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
const PRECISION: f64 = 1e-7;

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
        let ties = (network.ties.iter().enumerate())
            .map(|(t, (from, to, channel, bandwidth, dependence))| {
                let width = (drawn.peek(*bandwidth) * factor(t)).clamp(0.0, 1.0);
                (*from, *to, weight[channel.index()] * width * drawn.peek(*dependence))
            })
            .collect();
        let own: Vec<f64> =
            network.autonomy.iter().map(|id| id.map_or(0.0, |id| drawn.peek(id))).collect();
        Self::of_strengths(&own, ties)
    }

    /// The pulls of ties given by from, to and strength (w x, not below zero), among actors of these own weights.
    #[must_use]
    pub fn of_strengths(own: &[f64], mut ties: Vec<(ActorId, ActorId, f64)>) -> Self {
        let mut sum = vec![0.0; own.len()];
        ties.iter().for_each(|(_, to, pull)| sum[*to] += pull);
        for (_, to, pull) in &mut ties {
            if *pull > 0.0 {
                *pull /= own[*to] + sum[*to];
            }
        }
        let anchor = (own.iter().zip(&sum))
            .map(|(own, sum)| if *sum > 0.0 { own / (own + sum) } else { 1.0 })
            .collect();
        Self { ties, anchor }
    }

    /// How much weight a body gives, directly and through others, to what each actor is told first: the row
    /// r = phi (I - H)^-1.
    #[must_use]
    pub fn reach(&self, power: &[(ActorId, f64)]) -> Vec<f64> {
        let mut phi = vec![0.0; self.anchor.len()];
        power.iter().for_each(|(member, weight)| phi[*member] += weight);
        let mut row = phi.clone();
        self.settle(&phi, &mut row);
        row
    }

    /// The sway that each tie carries for its sender as the first touch, r_to H_to,from D_from, in the order of the
    /// ties. With what it holds of its own, phi D, these add up to an actor's sway.
    #[must_use]
    pub fn by_tie(&self, reach: &[f64]) -> Vec<f64> {
        self.ties.iter().map(|(from, to, pull)| reach[*to] * pull * self.anchor[*from]).collect()
    }

    /// Each actor's own anchor D.
    #[must_use]
    pub fn anchor(&self) -> &[f64] {
        &self.anchor
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
        self.reach(power).iter().zip(&self.anchor).map(|(reach, own)| reach * own).collect()
    }

    /// What each actor holds of where `on` ends up: the row of V for `on`.
    #[must_use]
    pub fn holds(&self, on: ActorId) -> Vec<f64> {
        self.sway(&[(on, 1.0)])
    }

    /// Where each actor ends up on a line once everybody has pulled: x = H x + D x(0) of those who hold a position
    /// (`friedkin1990`), over the weight they have there. An actor without a position goes where it is pulled; none
    /// where nobody who pulls on it holds one.
    #[must_use]
    pub fn settled(&self, own: &[Option<f64>]) -> Vec<Option<f64>> {
        let n = self.anchor.len();
        let start: Vec<(f64, f64)> = (0..n)
            .map(|a| own[a].map_or((0.0, 0.0), |x| (self.anchor[a] * x, self.anchor[a])))
            .collect();
        let mut now = start.clone();
        let mut next = start.clone();
        for _ in 0..MOST_SWEEPS {
            next.copy_from_slice(&start);
            for (from, to, pull) in &self.ties {
                next[*to].0 += now[*from].0 * pull;
                next[*to].1 += now[*from].1 * pull;
            }
            let change = now.iter().zip(&next).map(|(a, b)| (a.1 - b.1).abs()).fold(0.0, f64::max);
            std::mem::swap(&mut now, &mut next);
            if change < PRECISION {
                break;
            }
        }
        let value =
            |(x, weight): (f64, f64)| (weight > PRECISION).then(|| (x / weight).clamp(0.0, 1.0));
        now.into_iter().map(value).collect()
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
#[allow(clippy::unwrap_used)]
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
            assert!((a - b).abs() < 1e-6, "{sway:?}");
        }
        assert!((sway.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        assert!((pulls.control(0, 3) - 0.3 / 0.7).abs() < 1e-6);
    }

    #[test]
    fn who_holds_no_position_goes_where_it_is_pulled() {
        let pulls = Pulls {
            ties: vec![(0, 2, 0.5), (1, 2, 0.2), (2, 3, 0.6)],
            anchor: vec![1.0, 1.0, 0.3, 0.4],
        };
        let settled = pulls.settled(&[Some(1.0), Some(0.0), None, Some(0.0)]);
        assert_eq!(settled[0], Some(1.0));
        assert!(
            (settled[2].unwrap() - 0.5 / 0.7).abs() < 1e-8,
            "by the weights of its two patrons"
        );
        // Its own anchor 0.4 at 0, and 0.6 times what the client passes on: 0.5 at 1, 0.2 at 0.
        assert!((settled[3].unwrap() - 0.3 / (0.4 + 0.42)).abs() < 1e-8);
        assert_eq!(pulls.settled(&[None; 4]), [None; 4]);
    }
}
