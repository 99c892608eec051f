//! Pulls among the actors of several dates, given by their ends and strengths.

/// Change below which a row has settled.
const PRECISION: f64 = 1e-12;
/// More sweeps than any row needs: each takes the part that is not anchored away.
const MOST_SWEEPS: usize = 10_000;

/// The pulls of ties, normalised by target.
#[derive(Debug, Clone)]
pub(super) struct Pulls {
    /// From, to, and the weight of the one in the other.
    ties: Vec<(usize, usize, f64)>,
    anchor: Vec<f64>,
}

impl Pulls {
    /// The pulls of ties given by from, to and strength (w x, not below zero), among actors of these own weights.
    #[must_use]
    pub fn of_strengths(own: &[f64], mut ties: Vec<(usize, usize, f64)>) -> Self {
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
    pub fn reach(&self, power: &[(usize, f64)]) -> Vec<f64> {
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

    /// Sway over a body whose members have the given power weights, by actor.
    #[must_use]
    pub fn sway(&self, power: &[(usize, f64)]) -> Vec<f64> {
        self.reach(power).iter().zip(&self.anchor).map(|(reach, own)| reach * own).collect()
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
}
