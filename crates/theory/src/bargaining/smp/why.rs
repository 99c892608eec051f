//! Why an actor moved: the trace of one actor through one turn.

use std::fmt;

use super::challenge::Challenge;
use super::play::Play;

/// One of the bargains an actor had before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Who opened it with whom; `None` is the status quo.
    pub parties: Option<(usize, usize)>,
    /// Where the actor would go.
    pub to: Vec<f64>,
    /// The chance that the field carries it.
    pub chance: f64,
}

/// Why an actor moved, or stayed, in a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The turn, from 1.
    pub turn: usize,
    /// The actor.
    pub actor: usize,
    /// Its risk attitude: positive is averse.
    pub attitude: f64,
    /// The challenge it made, if it saw one worth making.
    pub made: Option<Challenge>,
    /// The challenges made to it.
    pub met: Vec<Challenge>,
    /// What was before it.
    pub offers: Vec<Offer>,
    /// Which of those it took.
    pub chosen: usize,
    /// Where it stood.
    pub from: Vec<f64>,
    /// Where it went.
    pub to: Vec<f64>,
}

impl Play {
    /// Why actor `actor` moved as it did in turn `turn` (from 1); `None` if there is no such turn or
    /// actor.
    pub fn why(&self, turn: usize, actor: usize) -> Option<Why> {
        let at = turn.checked_sub(1)?;
        let record = self.turns.get(at)?;
        let from = self.positions.get(at)?.get(actor)?.clone();
        let to = self.positions.get(turn)?.get(actor)?.clone();
        let before = record.before.get(actor)?;
        let chance = record.chance.get(actor)?;
        let offers = before
            .iter()
            .zip(chance)
            .map(|(at, chance)| match at.and_then(|at| record.bargains.get(at)) {
                None => Offer { parties: None, to: from.clone(), chance: *chance },
                Some(b) => Offer {
                    parties: Some((b.initiator, b.receiver)),
                    to: if b.initiator == actor { &b.initiator_to } else { &b.receiver_to }.clone(),
                    chance: *chance,
                },
            })
            .collect();
        Some(Why {
            turn,
            actor,
            attitude: *record.attitude.get(actor)?,
            made: record.challenges.iter().find(|c| c.initiator == actor).copied(),
            met: record.challenges.iter().filter(|c| c.receiver == actor).copied().collect(),
            offers,
            chosen: *record.chosen.get(actor)?,
            from,
            to,
        })
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Why { turn, actor, attitude, from, to, .. } = self;
        writeln!(
            f,
            "turn {turn}, actor {actor}: from {from:.4?} to {to:.4?}; attitude {attitude:.4}"
        )?;
        match &self.made {
            Some(c) => writeln!(
                f,
                "  challenged actor {}: expected to win with {:.4} and to gain {:.6}",
                c.receiver, c.victory, c.gain
            )?,
            None => writeln!(f, "  saw no challenge worth making")?,
        }
        for c in &self.met {
            writeln!(
                f,
                "  was challenged by actor {}, who expected to win with {:.4} and to gain {:.6}",
                c.initiator, c.victory, c.gain
            )?;
        }
        for (m, offer) in self.offers.iter().enumerate() {
            let mark = if m == self.chosen { "took" } else { "left" };
            match offer.parties {
                None => write!(f, "  {mark} the status quo")?,
                Some((i, j)) => write!(f, "  {mark} the bargain of {i} with {j}")?,
            }
            writeln!(f, " at {:.4?}: chance {:.4}", offer.to, offer.chance)?;
        }
        Ok(())
    }
}
