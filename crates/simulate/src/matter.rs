//! What is decided in a run, whichever process decides it: the alternatives, and who wants which.

use crate::model::{ActorId, BeliefId, Drawn, ListId};
use crate::world::Seats;

/// Something that is decided in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    /// Its id: that of the decision, the bill, or the office.
    pub id: String,
    /// What is decided, as a noun phrase.
    pub name: String,
    /// The alternatives, for people.
    pub alternatives: Vec<String>,
    /// The alternative that holds on the as-of date, if one does.
    pub stands: Option<usize>,
    /// What actors want of it, left to themselves.
    pub wants: Vec<Want>,
    /// By whom it is decided: bodies that must all agree.
    pub bodies: Vec<Body>,
}

/// What an actor makes of an alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Want {
    /// The actor.
    pub actor: ActorId,
    /// The place of the alternative.
    pub alternative: usize,
    /// Its value.
    pub value: Value,
}

/// Where a wish comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// An estimate of the case.
    Stated(BeliefId),
    /// How much nearer the one end of an issue lies to where it stands than the other: an estimate of its position, of
    /// the alternative's and of the other's.
    Nearer(BeliefId, BeliefId, BeliefId),
}

impl Value {
    /// The wish in a run, in \[-1, 1\].
    #[must_use]
    pub fn of(self, drawn: &Drawn) -> f64 {
        let at = |id| drawn.peek(id);
        match self {
            Self::Stated(id) => at(id).clamp(-1.0, 1.0),
            Self::Nearer(x, own, other) => {
                ((at(other) - at(x)).abs() - (at(own) - at(x)).abs()).clamp(-1.0, 1.0)
            }
        }
    }
}

/// Who must agree.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// One actor.
    Actor(ActorId),
    /// The assembly at so many votes.
    House(u32),
}

impl Matter {
    /// What an actor makes of each alternative in a run; nothing where it wants none of them.
    #[must_use]
    pub fn wishes(&self, drawn: &Drawn, actor: ActorId) -> Option<Vec<f64>> {
        let mut all = vec![0.0; self.alternatives.len()];
        let mut any = false;
        for want in self.wants.iter().filter(|w| w.actor == actor) {
            all[want.alternative] = want.value.of(drawn);
            any = true;
        }
        any.then_some(all)
    }
}

/// Which alternatives an actor wants, by what it makes of each: those it likes better than the alternatives on average, so
/// that who likes all alike wants none.
#[must_use]
pub fn wanted(wishes: &[f64]) -> Vec<bool> {
    let mean = wishes.iter().sum::<f64>() / wishes.len().max(1) as f64;
    wishes.iter().map(|u| *u > mean + ALIKE).collect()
}

/// Wishes nearer than this are alike: sums of them round.
const ALIKE: f64 = 1e-9;

/// The seats of the lists of a house by actor, for who counts them.
#[must_use]
pub fn members(seats: &Seats, lists: &[ActorId]) -> Vec<(ActorId, u32)> {
    let held = |list: ListId| seats.lists[list];
    (0..seats.lists.len()).map(|l| (lists[l], held(l))).filter(|(_, n)| *n > 0).collect()
}
