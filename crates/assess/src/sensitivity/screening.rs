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
    let start = space.model.start;
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut walks = Vec::with_capacity(count);
    let mut found: Vec<Found> = Vec::with_capacity(count * (blocks.len() + 1));
    // One walk at a time: the points of a large case's walks together would fill the memory.
    for walk in (0..count).map(narrow) {
        let luck = Luck::new(seed, walk);
        let draw = |_: usize, k: usize| luck.number(start, WALK, Who::ALL.nth(narrow(k)));
        let mut walked = morris::trajectories(blocks.len(), 1, LEVELS, &draw)
            .map_err(SensitivityError::Design)?;
        for trajectory in &mut walked {
            let place = |step: usize| {
                // The grid's ends are the 5 % and 95 % points: some distributions have no others.
                let point: Vec<f64> =
                    trajectory.points[step].iter().map(|x| 0.05 + 0.9 * x).collect();
                space.place(blocks, &point, walk)
            };
            found.extend(space.all(trajectory.points.len(), &place, done)?);
            // The reading counts the points and looks at the steps.
            trajectory.points.iter_mut().for_each(|point| *point = Vec::new());
        }
        walks.append(&mut walked);
    }
    let effects = morris::effects(&walks, &values(&found)).map_err(SensitivityError::Design)?;
    let screened = blocks.iter().zip(effects).map(|(block, effect)| Screened {
        input: space.describe(block),
        size: effect.size,
        mean: effect.mean,
        spread: effect.spread,
    });
    Ok(screened.collect())
}
