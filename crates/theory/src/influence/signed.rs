//! Networks of friends and enemies: how near they are to two camps, and who stands well in them.
//!
//! Ties are friendly or hostile and carry no strength. The module refuses to guess the sign of a tie
//! that was not observed, and gives no index of frustration it has not proved.

mod balance;
mod centrality;

use crate::Fault;

pub use balance::{Camps, Triangles, frustration, triangles, walk_balance};
pub use centrality::{Direction, pn_centrality};

/// A network of friendly and hostile ties among a number of actors, counted from zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNetwork {
    actors: usize,
    sign: Vec<i8>,
}

/// One tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// From whom.
    pub from: usize,
    /// To whom.
    pub to: usize,
    /// Whether it is friendly; hostile otherwise.
    pub friendly: bool,
}

impl SignedNetwork {
    /// A network in which every tie goes both ways.
    ///
    /// # Errors
    /// As [`SignedNetwork::directed`].
    pub fn mutual(actors: usize, ties: &[Tie]) -> Result<Self, Fault> {
        let back = ties.iter().map(|t| Tie { from: t.to, to: t.from, ..*t });
        Self::directed(actors, &ties.iter().copied().chain(back).collect::<Vec<_>>())
    }

    /// A network in which a tie goes one way only.
    ///
    /// # Errors
    /// No actors or more than 4,096; a tie with nobody or with oneself, or given with both signs.
    pub fn directed(actors: usize, ties: &[Tie]) -> Result<Self, Fault> {
        if actors == 0 || actors > 4096 {
            return Err(Fault::whole("actors", actors as u64, "from 1 to 4096"));
        }
        let mut sign = vec![0_i8; actors * actors];
        for &Tie { from, to, friendly } in ties {
            if let Some(actor) = [from, to].into_iter().find(|a| *a >= actors) {
                return Err(Fault::whole("ties: actor", actor as u64, format!("below {actors}")));
            }
            if from == to {
                return Err(Fault::unfit(
                    "ties",
                    format!("between two actors: {from} has one with itself"),
                ));
            }
            let new = if friendly { 1 } else { -1 };
            let cell = &mut sign[from * actors + to];
            if *cell == -new {
                return Err(Fault::unfit(
                    "ties",
                    format!(
                        "of one sign: that from {from} to {to} is given both as friendly and as hostile"
                    ),
                ));
            }
            *cell = new;
        }
        Ok(SignedNetwork { actors, sign })
    }

    /// How many actors there are.
    pub fn actors(&self) -> usize {
        self.actors
    }

    /// One for a friendly tie, minus one for a hostile one, zero for none or no such actor.
    pub fn sign(&self, from: usize, to: usize) -> i8 {
        if from < self.actors && to < self.actors {
            self.sign.get(from * self.actors + to).copied().unwrap_or(0)
        } else {
            0
        }
    }

    /// How many pairs have a tie in either direction.
    pub fn pairs(&self) -> usize {
        let pair = |i: usize| (0..i).filter(|j| self.between(i, *j) != 0).count();
        (0..self.actors).map(pair).sum()
    }

    /// The sign of a pair, whichever way the tie goes; ties that contradict cancel.
    fn between(&self, i: usize, j: usize) -> i8 {
        (self.sign(i, j) + self.sign(j, i)).signum()
    }
}
