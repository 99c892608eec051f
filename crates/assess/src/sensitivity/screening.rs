//! Which inputs matter at all: Morris's elementary effects over every input of the case.

use serde::Serialize;
use simulate::luck::{Luck, Name, Who};
use theory::sensitivity::morris;

use super::inputs::{Block, Found, Input, Space};
use super::{SensitivityError, values};

const WALK: Name = Name::new("sensitivity/walk");
/// Levels of the grid: an even number, as the design wants.
const LEVELS: usize = 4;

/// An input's elementary effects, in the unit of what is asked, over its range from the 5 % to the 95 % point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screened {
    /// The input.
    pub input: Input,
    /// The mean size of its effect; exactly zero if no run ever hung on it.
    pub size: f64,
    /// The mean effect; says nothing for luck and groups, which have no direction.
    pub mean: f64,
    /// The standard deviation of its effects: large beside the size, it bends or interacts.
    pub spread: f64,
}

/// The effects of `blocks`, in their order, over `count` walks.
pub(super) fn screen(
    space: &Space<'_>,
    blocks: &[Block],
    count: usize,
    seed: u64,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Screened>, SensitivityError> {
    let draw = |walk: usize, k: usize| {
        let (walk, k) =
            (u32::try_from(walk).unwrap_or(u32::MAX), u32::try_from(k).unwrap_or(u32::MAX));
        Luck::new(seed, walk).number(space.model.start, WALK, Who::ALL.nth(k))
    };
    let walks = morris::trajectories(blocks.len(), count, LEVELS, &draw)
        .map_err(SensitivityError::Design)?;
    let length = blocks.len() + 1;
    let place = |at: usize| {
        let (walk, step) = (at / length, at % length);
        // The grid's ends are the 5 % and 95 % points: some distributions have no others.
        let point: Vec<f64> = walks[walk].points[step].iter().map(|x| 0.05 + 0.9 * x).collect();
        space.place(blocks, &point, u32::try_from(walk).unwrap_or(u32::MAX))
    };
    let found: Vec<Found> = space.all(walks.len() * length, &place, done)?;
    let effects = morris::effects(&walks, &values(&found)).map_err(SensitivityError::Design)?;
    let screened = blocks.iter().zip(effects).map(|(block, effect)| Screened {
        input: space.describe(block),
        size: effect.size,
        mean: effect.mean,
        spread: effect.spread,
    });
    Ok(screened.collect())
}
