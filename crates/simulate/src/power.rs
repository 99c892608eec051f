//! The members of an assembly and how much each counts at a quota.

use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::shapley_shubik_f64;

use crate::model::{ActorId, Model};
use crate::process::StepError;
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
    pub fn of(model: &Model<'_>, seats: &Seats, quota: u32) -> Result<Self, StepError> {
        let fault =
            |e: &dyn std::fmt::Display| StepError { process: "measure", fault: e.to_string() };
        let holders: Vec<usize> = (0..seats.lists.len()).filter(|l| seats.lists[*l] > 0).collect();
        let mut weights: Vec<u64> = holders.iter().map(|l| u64::from(seats.lists[*l])).collect();
        weights.extend(std::iter::repeat_n(1, seats.fringe as usize));
        let game = WeightedGame::new(weights, u64::from(quota)).map_err(|e| fault(&e))?;
        let index = shapley_shubik_f64(&game).map_err(|e| fault(&e))?;
        Ok(Self {
            members: holders.iter().zip(&index).map(|(l, phi)| (model.lists[*l], *phi)).collect(),
            fringe: index[holders.len()..].iter().sum(),
        })
    }
}
