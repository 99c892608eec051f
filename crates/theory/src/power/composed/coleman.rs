//! Who can start and who can stop a decision of several bodies: Coleman's measures of members and blocs.

use super::{Body, ComposedGame};
use crate::Fault;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// What members that act together can do to a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Powers {
    /// Swings over losing coalitions: power to initiate.
    pub initiate: BigRational,
    /// Swings over winning coalitions: power to prevent; one is a veto.
    pub prevent: BigRational,
}

/// Coleman's measures of a composed game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measures {
    /// Winning coalitions over all coalitions: the power of the collectivity to act.
    pub collectivity: BigRational,
    /// What each member of each body can do alone.
    pub members: Vec<Vec<Powers>>,
}

impl ComposedGame {
    /// Coleman's measures of every member of every body, exactly.
    ///
    /// # Errors
    /// None beyond those of construction today; the type leaves room.
    ///
    /// Reference: `coleman1971`. Checked by property tests: one body gives the measures of its
    /// weighted game, and the Penrose measure is the harmonic mean of the two.
    pub fn coleman(&self) -> Result<Measures, Fault> {
        let mut members = Vec::with_capacity(self.bodies.len());
        for (at, body) in self.bodies.iter().enumerate() {
            let mut known: Vec<(u64, Powers)> = Vec::new();
            let mut own = Vec::with_capacity(body.weights.len());
            for (member, weight) in body.weights.iter().enumerate() {
                let found = known.iter().find(|(w, _)| w == weight).map(|(_, p)| p.clone());
                let powers = match found {
                    Some(powers) => powers,
                    None => {
                        let mut bloc = vec![Vec::new(); self.bodies.len()];
                        bloc[at].push(member);
                        let powers = self.powers(&bloc)?;
                        known.push((*weight, powers.clone()));
                        powers
                    }
                };
                own.push(powers);
            }
            members.push(own);
        }
        let nobody = vec![Vec::new(); self.bodies.len()];
        let [winning, all] = self.winning(&nobody, false);
        Ok(Measures { collectivity: BigRational::new(winning, all), members })
    }

    /// What a bloc can do, the positions of its members given body by body: one that owns a third of
    /// a chamber, say, or sits in two of them.
    ///
    /// With W(S) coalitions of the others that win with the bloc, W of them without it and N in all,
    /// its swings are W(S) - W; it prevents (W(S) - W) / (W(S) + W) of the coalitions that win and
    /// initiates (W(S) - W) / (2N - W(S) - W) of those that lose.
    ///
    /// # Errors
    /// Not one list a body, or a member who is not there or named twice.
    ///
    /// Reference: `coleman1971`, on the game in which the bloc is one player. Checked by property
    /// tests: by counting coalitions one by one, and a bloc that every route needs has a veto.
    pub fn powers(&self, bloc: &[Vec<usize>]) -> Result<Powers, Fault> {
        if bloc.len() != self.bodies.len() {
            return Err(Fault::length("bloc", bloc.len(), self.bodies.len()));
        }
        for (at, (members, body)) in bloc.iter().zip(&self.bodies).enumerate() {
            for (k, member) in members.iter().enumerate() {
                let n = body.weights.len();
                if *member >= n || members[..k].contains(member) {
                    let must = format!("below {n}, and named once");
                    return Err(Fault::whole("bloc", *member as u64, must).at(at).at(k));
                }
            }
        }
        let ([with, all], [without, _]) = (self.winning(bloc, true), self.winning(bloc, false));
        let swings = &with - &without;
        let share = |total: BigInt| match total.is_zero() {
            true => BigRational::zero(),
            false => BigRational::new(swings.clone(), total),
        };
        let winning = with + without;
        let losing = BigInt::from(2) * all - &winning;
        Ok(Powers { initiate: share(losing), prevent: share(winning) })
    }

    /// Coalitions of those outside the bloc that win, with the bloc or without it, and all of them.
    fn winning(&self, bloc: &[Vec<usize>], with: bool) -> [BigInt; 2] {
        let bodies = self.bodies.iter().zip(bloc);
        let counts: Vec<Vec<BigInt>> =
            bodies.map(|(body, own)| by_level(body, own, with)).collect();
        let mut levels = vec![0; self.bodies.len()];
        let mut winning = BigInt::ZERO;
        loop {
            if self.wins(&levels) {
                winning += levels.iter().zip(&counts).map(|(l, c)| &c[*l]).product::<BigInt>();
            }
            let next = (0..levels.len()).find(|b| levels[*b] < self.bodies[*b].quotas.len());
            let Some(next) = next else { break };
            levels[..next].fill(0);
            levels[next] += 1;
        }
        let all = counts.iter().map(|c| c.iter().sum::<BigInt>()).product();
        [winning, all]
    }
}

/// How many coalitions of a body's members outside the bloc are at each level, the bloc's weight added
/// if it acts with them.
fn by_level(body: &Body, bloc: &[usize], with: bool) -> Vec<BigInt> {
    let outside = (0..body.weights.len()).filter(|m| !bloc.contains(m));
    let bonus: u64 = bloc.iter().filter(|_| with).map(|m| body.weights[*m]).sum();
    let mut counts = vec![BigInt::one()];
    for weight in outside.map(|m| body.weights[m] as usize) {
        counts.resize(counts.len() + weight, BigInt::ZERO);
        for sum in (weight..counts.len()).rev() {
            let from = counts[sum - weight].clone();
            counts[sum] += from;
        }
    }
    let mut levels = vec![BigInt::ZERO; body.quotas.len() + 1];
    for (sum, count) in counts.into_iter().enumerate() {
        let reached = body.quotas.partition_point(|quota| *quota <= sum as u64 + bonus);
        levels[reached] += count;
    }
    levels
}
