//! Challenges: what an actor expects to gain by taking on another.

use super::utility::{Table, utility};
use super::{Commitment, Options, VotingRule};

/// A challenge somebody means to make.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Challenge {
    /// Who challenges.
    pub initiator: usize,
    /// Whom.
    pub receiver: usize,
    /// The probability of winning as the initiator sees it.
    pub victory: f64,
    /// What the initiator expects to gain by it.
    pub gain: f64,
}

/// What one actor, the viewer, believes of everybody: `worth(j)[m]` is the utility to actor m of
/// the position of actor j, at the risk attitude that the viewer takes m to have.
#[derive(Debug, Clone)]
pub struct View {
    worth: Table,
    own: Vec<f64>,
}

impl View {
    /// The view of actor `viewer`, from the distances as each actor sees them and the attitudes.
    pub fn of(viewer: usize, options: &Options, distance: &Table, attitude: &[f64]) -> Self {
        let n = attitude.len();
        let (mine, theirs) = options.risk_adjust.weights();
        let estimate: Vec<f64> =
            attitude.iter().map(|r| mine * attitude[viewer] + theirs * r).collect();
        let mut worth = Table::new(n, n);
        let mut own = vec![0.0; n];
        for m in 0..n {
            for (j, d) in distance.row(m).iter().enumerate() {
                worth.row_mut(j)[m] = utility(*d, estimate[m]);
            }
            own[m] = worth.row(m)[m];
        }
        View { worth, own }
    }

    /// The probability that a challenge of `i` to `j` succeeds, as this viewer sees it.
    ///
    /// The two vote first, each with the weight of its capability times its salience; with what
    /// they bring frozen, every third party m works out how likely i's side is to win once m joins
    /// the side it prefers, what it would have after each outcome on either side under the
    /// commitment rule, and votes by the difference. All votes add up.
    pub fn victory(&self, options: &Options, weight: &[f64], i: usize, j: usize) -> f64 {
        match options.voting_rule {
            // The default is worth its own copy of the loop: it takes nearly all the time of a run.
            VotingRule::Prop => self.by_commitment(options, weight, i, j, |w, du| w * du),
            rule => self.by_commitment(options, weight, i, j, |w, du| rule.vote(w, du)),
        }
    }

    /// What a third party has in mind: its utilities of winning and of losing on i's side, of i winning
    /// and of j winning on j's side, from those of i's position, of j's and of its own.
    fn by_commitment(
        &self,
        options: &Options,
        weight: &[f64],
        i: usize,
        j: usize,
        vote: impl Fn(f64, f64) -> f64,
    ) -> f64 {
        match options.third_party_commit {
            Commitment::FullCommit => {
                self.tally(weight, i, j, vote, |ui, uj, _| (3.0 * ui, 3.0 * uj, 3.0 * ui, 3.0 * uj))
            }
            Commitment::SemiCommit => self.tally(weight, i, j, vote, |ui, uj, um| {
                (2.0 * ui + um, 3.0 * uj, 3.0 * ui, 2.0 * uj + um)
            }),
            Commitment::NoCommit => self.tally(weight, i, j, vote, |ui, uj, um| {
                let (i_wins, j_wins) = (2.0 * ui + um, 2.0 * uj + um);
                (i_wins, j_wins, i_wins, j_wins)
            }),
        }
    }

    fn tally(
        &self,
        weight: &[f64],
        i: usize,
        j: usize,
        vote: impl Fn(f64, f64) -> f64,
        outcomes: impl Fn(f64, f64, f64) -> (f64, f64, f64, f64),
    ) -> f64 {
        const SLIVER: f64 = 1e-10;
        let (to_i, to_j) = (self.worth.row(i), self.worth.row(j));
        let (mut a, mut b) = (SLIVER, SLIVER);
        for who in [i, j] {
            let v = vote(weight[who], to_i[who] - to_j[who]);
            a += v.max(0.0);
            b += (-v).max(0.0);
        }
        let (a0, b0) = (a, b);
        let third = |w: f64, ui: f64, uj: f64, um: f64| {
            let v0 = vote(w, ui - uj);
            let (with, against) = (a0 + v0.max(0.0), b0 + (-v0).max(0.0));
            let pi = with / (with + against);
            let pj = 1.0 - pi;
            let (o1, o2, o3, o4) = outcomes(ui, uj, um);
            vote(w, (pi * o1 + pj * o2) - (pi * o3 + pj * o4))
        };
        let (low, high) = (i.min(j), i.max(j));
        for range in [0..low, low + 1..high, high + 1..weight.len()] {
            let utilities = to_i[range.clone()].iter().zip(&to_j[range.clone()]);
            let own = self.own[range.clone()].iter().zip(&weight[range]);
            for ((ui, uj), (um, w)) in utilities.zip(own) {
                let v = third(*w, *ui, *uj, *um);
                a += v.max(0.0);
                b += (-v).max(0.0);
            }
        }
        a / (a + b)
    }

    /// The change in actor `k`'s expected utility if `i` challenges `j`, whose total salience is
    /// `salience_j`: with probability `1 - S_j` the receiver does not resist.
    pub fn gain(&self, salience_j: f64, victory: f64, i: usize, j: usize, k: usize) -> f64 {
        let (ki, kj) = (self.worth.row(i)[k], self.worth.row(j)[k]);
        let (win, lose) = (2.0 * ki, 2.0 * kj);
        (1.0 - salience_j) * win + salience_j * (victory * win + (1.0 - victory) * lose) - (ki + kj)
    }
}

/// The challenge actor `i` prefers: the one of largest gain above 1e-5, the first on a tie.
///
/// Reference: `ktab_smp`. Checked by the vectors of the model.
pub fn target(
    view: &View,
    options: &Options,
    weight: &[f64],
    salience: &[f64],
    i: usize,
) -> Option<Challenge> {
    const WORTH_WHILE: f64 = 1e-5;
    let mut best: Option<Challenge> = None;
    for (j, s) in salience.iter().enumerate() {
        if j == i {
            continue;
        }
        let victory = view.victory(options, weight, i, j);
        let gain = view.gain(*s, victory, i, j, i);
        if gain > best.map_or(WORTH_WHILE, |b| b.gain) {
            best = Some(Challenge { initiator: i, receiver: j, victory, gain });
        }
    }
    best
}
