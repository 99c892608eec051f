//! How the variance is shared out: Sobol indices over scrambled points, and the tornado on the same points.

use serde::Serialize;
use simulate::draw::Quantile;
use simulate::luck::{Luck, Name, Who};
use theory::sensitivity::sobol::{self, Bootstrap, Estimator};

use super::inputs::{Block, Found, Input, Space};
use super::{SensitivityError, values};

const RESAMPLE: Name = Name::new("sensitivity/resample");
const RESAMPLES: usize = 500;

/// An input's shares of the variance, each with its 95 % bootstrap interval. Estimates of small shares may stray a
/// little below zero; they are not cut.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The input.
    pub input: Input,
    /// The share due to it alone: by how much the variance is expected to fall if it were known.
    pub first: f64,
    /// The interval of `first`.
    pub first_interval: (f64, f64),
    /// The share in which it has a part, alone or with others: what is expected to be left if all else were known.
    /// Of a number that moves dates it holds the luck that is dealt anew on other days.
    pub total: f64,
    /// The interval of `total`.
    pub total_interval: (f64, f64),
}

/// What an input's 5 % and 95 % points do to the mean, all else drawn alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The input; of a group its common factor is moved.
    pub input: Input,
    /// The estimate's 5 % and 95 % points in its own unit; none for a group.
    pub points: Option<(f64, f64)>,
    /// The mean of what is asked at the 5 % point.
    pub low: f64,
    /// The mean at the 95 % point.
    pub high: f64,
    /// The half-width of the 95 % interval of `high - low`.
    pub error: f64,
}

/// The base points of a study: `count` rows of two independent points, by an Owen-scrambled Sobol sequence
/// (`sobol_burley`), each number in the middle of its 2^-24 cell and so inside (0, 1).
pub(super) fn base(width: usize, count: usize, seed: u64) -> Vec<Vec<f64>> {
    let scramble = (seed ^ (seed >> 32)) as u32;
    let number = |row: u32, k: u32| {
        f64::from(sobol_burley::sample(row, k, scramble)) + f64::from(f32::EPSILON) / 4.0
    };
    let rows = 0..u32::try_from(count).unwrap_or(u32::MAX);
    let across = 0..u32::try_from(2 * width).unwrap_or(u32::MAX);
    rows.map(|row| across.clone().map(|k| number(row, k)).collect()).collect()
}

/// The `at`th point of a base row, in the order of [`sobol::points`]: the first half, the second half, then the first
/// with one number of the second after the other. Made one by one: all together they would fill the memory.
fn point(row: &[f64], at: usize) -> Vec<f64> {
    let (a, b) = row.split_at(row.len() / 2);
    match at.checked_sub(2) {
        None if at == 0 => a.to_vec(),
        None => b.to_vec(),
        Some(i) => {
            let mut point = a.to_vec();
            point[i] = b[i];
            point
        }
    }
}

/// The shares of `blocks` in their order, and what the runs at the two independent points of each row found.
pub(super) fn shares(
    space: &Space<'_>,
    blocks: &[Block],
    base: &[Vec<f64>],
    seed: u64,
    done: &(dyn Fn(u64) + Sync),
) -> Result<(Vec<Share>, Vec<Found>), SensitivityError> {
    let width = blocks.len() + 2;
    let row = |at: usize| u32::try_from(at / width).unwrap_or(u32::MAX);
    let found = space.all(
        width * base.len(),
        &|at| space.place(blocks, &point(&base[at / width], at % width), row(at)),
        done,
    )?;
    let draw = |resample: usize, place: usize| {
        let resample = u32::try_from(resample).unwrap_or(u32::MAX);
        let who = Who::ALL.nth(u32::try_from(place).unwrap_or(u32::MAX));
        Luck::new(seed, resample).number(space.model.start, RESAMPLE, who)
    };
    let bootstrap = Bootstrap { resamples: RESAMPLES, level: 0.95, draw: &draw };
    let indices =
        sobol::indices(blocks.len(), &values(&found), Estimator::Saltelli, Some(bootstrap))
            .map_err(SensitivityError::Design)?;
    let shares = blocks.iter().zip(indices).map(|(block, index)| Share {
        input: space.describe(block),
        first: index.first,
        first_interval: index.first_interval,
        total: index.total,
        total_interval: index.total_interval,
    });
    let independent = found.chunks(width).flat_map(|row| [row[0], row[1]]);
    Ok((shares.collect(), independent.collect()))
}

/// The most base points a bar of the tornado takes: its ends are means, which want fewer runs than shares do.
pub(super) const MOST_SWINGS: usize = 512;

/// The swing of each of the first `picked` of `blocks`, the widest first, at the first point of each row, of
/// [`MOST_SWINGS`] rows at most.
pub(super) fn tornado(
    space: &Space<'_>,
    blocks: &[Block],
    picked: usize,
    base: &[Vec<f64>],
    done: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Swing>, SensitivityError> {
    let base = &base[..base.len().min(MOST_SWINGS)];
    let mut swings = Vec::with_capacity(picked);
    for block in &blocks[..picked] {
        let place = |at: usize| {
            let (row, u) = (at / 2, if at.is_multiple_of(2) { 0.05 } else { 0.95 });
            let mut place = space.place(
                blocks,
                &base[row][..blocks.len()],
                u32::try_from(row).unwrap_or(u32::MAX),
            );
            match block {
                Block::One(belief) => place.uniforms[*belief] = u,
                Block::Many(_, groups) => groups.iter().for_each(|g| place.factors[*g] = u),
                Block::Luck => {}
            }
            place
        };
        let found = space.all(2 * base.len(), &place, done)?;
        let n = base.len() as f64;
        let mean = |end: usize| found.iter().skip(end).step_by(2).map(|f| f.value).sum::<f64>() / n;
        let (low, high) = (mean(0), mean(1));
        let off = |pair: &[Found]| (pair[1].value - pair[0].value - (high - low)).powi(2);
        let variance = found.chunks(2).map(off).sum::<f64>() / (n - 1.0).max(1.0);
        let points = match block {
            Block::One(belief) => {
                let quantile = Quantile::of(&space.model.case.beliefs[*belief]);
                Some((quantile.at(0.05), quantile.at(0.95)))
            }
            _ => None,
        };
        let error = 1.96 * (variance / n).sqrt();
        swings.push(Swing { input: space.describe(block), points, low, high, error });
    }
    swings.sort_by(|a, b| (b.high - b.low).abs().total_cmp(&(a.high - a.low).abs()));
    Ok(swings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_made_one_by_one_are_those_of_the_design() {
        let base = base(3, 16, 5);
        let all = sobol::points(&base).unwrap_or_default();
        assert_eq!(all.len(), 16 * 5);
        for (at, expected) in all.iter().enumerate() {
            assert_eq!(&point(&base[at / 5], at % 5), expected);
        }
    }
}
