//! A weighted voting game: a coalition wins when its weights reach the quota.

use crate::Fault;
use num_integer::Integer;

/// A weighted voting game [q; w_1, ..., w_n].
///
/// Weights and quota are whole votes; a coalition S wins when the sum of its weights is at least q.
/// Reference: `felsenthal1998`, chapter 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightedGame {
    weights: Vec<u64>,
    quota: u64,
    total: u64,
}

impl WeightedGame {
    /// A game with these weights and this quota.
    ///
    /// # Errors
    /// [`Fault`]: no players, quota zero or out of reach, sum of weights beyond 64 bits.
    pub fn new(weights: impl Into<Vec<u64>>, quota: u64) -> Result<Self, Fault> {
        let weights = weights.into();
        let total = weights
            .iter()
            .try_fold(0_u64, |sum, w| sum.checked_add(*w))
            .ok_or(Fault::too_large("weights", "a sum of 64 bits; use a coarser unit"))?;
        match quota {
            _ if weights.is_empty() => Err(Fault::nothing("players", "at least one")),
            0 => Err(Fault::whole("quota", 0_u64, "at least one vote")),
            _ if quota > total => Err(Fault::whole(
                "quota",
                quota,
                format!("at most {total}, which all weights add up to"),
            )),
            _ => Ok(Self { weights, quota, total }),
        }
    }

    /// A game decided by more than half of all weight.
    ///
    /// # Errors
    /// As [`WeightedGame::new`].
    pub fn majority(weights: impl Into<Vec<u64>>) -> Result<Self, Fault> {
        let weights = weights.into();
        let total: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        let quota = u64::try_from(total / 2 + 1)
            .map_err(|_| Fault::too_large("weights", "a sum of 64 bits; use a coarser unit"))?;
        Self::new(weights, quota)
    }

    /// The weights, one a player.
    #[must_use]
    pub fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// The quota.
    #[must_use]
    pub fn quota(&self) -> u64 {
        self.quota
    }

    /// The sum of weights.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The number of players.
    #[must_use]
    pub fn players(&self) -> usize {
        self.weights.len()
    }

    /// Whether two disjoint coalitions can never both win.
    #[must_use]
    pub fn is_proper(&self) -> bool {
        self.quota > self.total - self.quota
    }

    /// The game in which a coalition wins when it can block here: same weights, quota T - q + 1.
    /// Both have the same swings, so the smaller quota serves for both.
    #[must_use]
    pub fn dual(&self) -> Self {
        Self { quota: self.total - self.quota + 1, ..self.clone() }
    }

    /// Weights and quota divided by the weights' common factor: the same winning coalitions.
    pub(super) fn scaled(&self) -> (Vec<u64>, u64) {
        let factor = self.weights.iter().fold(0_u64, |g, w| g.gcd(w)).max(1);
        (self.weights.iter().map(|w| w / factor).collect(), self.quota.div_ceil(factor))
    }

    /// Weights and the lower of quota and dual quota, divided by the weights' common factor: the
    /// same swings from the smallest table.
    pub(super) fn reduced(&self) -> (Vec<u64>, u64) {
        let low = self.quota.min(self.total - self.quota + 1);
        let factor = self.weights.iter().fold(0_u64, |g, w| g.gcd(w)).max(1);
        (self.weights.iter().map(|w| w / factor).collect(), low.div_ceil(factor))
    }
}
