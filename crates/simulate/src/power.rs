//! The members of an assembly and how much each counts at a quota.

use theory::Fault;
use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::shapley_shubik_f64;

use crate::model::{ActorId, Model};
use crate::world::Seats;

/// The power of an assembly's members at a quota.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Power {
    /// The lists that hold seats, as actors, each with its Shapley-Shubik index (`shapley1954`).
    pub members: Vec<(ActorId, f64)>,
    /// The power of small lists and independents together: each of their seats is a player of its own.
    pub fringe: f64,
}

impl Power {
    /// The power of the holders of `seats` at `quota`.
    ///
    /// # Errors
    /// If the seats and the quota make no game: no seats, or a quota out of reach.
    pub fn of(model: &Model<'_>, seats: &Seats, quota: u32) -> Result<Self, Fault> {
        let holders: Vec<(ActorId, u32)> = (seats.lists.iter().zip(&model.lists))
            .filter(|(held, _)| **held > 0)
            .map(|(held, list)| (*list, *held))
            .collect();
        Self::among(&holders, seats.fringe, quota)
    }

    /// The power of the sitting assembly's members at `quota`; none where its result is not known. A list that does
    /// not run again is a member all the same if anybody pulls on it: it is with it that patrons lose their sway.
    pub(crate) fn sitting(model: &Model<'_>, quota: u32) -> Option<Self> {
        let seats = model.sitting.as_ref()?;
        let mut pulled = vec![false; model.network.actors.len()];
        model.network.ties.iter().for_each(|(_, to, ..)| pulled[*to] = true);
        let mut holders: Vec<(ActorId, u32)> = Vec::new();
        for (id, held) in model.case.sitting() {
            let actor = model.case.actor_index(id);
            match actor.filter(|a| model.list(id).is_some() || pulled[*a]) {
                Some(actor) if held > 0 => holders.push((actor, held)),
                _ => {}
            }
        }
        let all = seats.fringe + seats.lists.iter().sum::<u32>();
        let fringe = all.saturating_sub(holders.iter().map(|(_, held)| held).sum());
        Self::among(&holders, fringe, quota).ok()
    }

    /// The power of holders with their seats, and of a fringe of which each seat is a player, at `quota`.
    ///
    /// # Errors
    /// As [`Power::of`].
    pub fn among(holders: &[(ActorId, u32)], fringe: u32, quota: u32) -> Result<Self, Fault> {
        let mut weights: Vec<u64> = holders.iter().map(|(_, held)| u64::from(*held)).collect();
        weights.extend(std::iter::repeat_n(1, fringe as usize));
        let game = WeightedGame::new(weights, u64::from(quota))?;
        let index = shapley_shubik_f64(&game)?;
        Ok(Self {
            members: holders.iter().zip(&index).map(|((actor, _), phi)| (*actor, *phi)).collect(),
            fringe: index[holders.len()..].iter().sum(),
        })
    }
}
