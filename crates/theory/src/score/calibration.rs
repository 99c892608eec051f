//! Calibration: of the things said to be seven in ten, did seven in ten come about?

use super::events;
use crate::Fault;

/// One bin of stated probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its lower end, which belongs to it.
    pub low: f64,
    /// Its upper end, which belongs to the next bin (to this one if it is the last).
    pub high: f64,
    /// How many forecasts fell in it. A bin of few proves little.
    pub count: usize,
    /// How many of those events came about.
    pub events: usize,
    /// The mean forecast; none if the bin is empty.
    pub forecast: Option<f64>,
    /// The share that came about; none if the bin is empty.
    pub share: Option<f64>,
    /// The Wilson interval of that share at 95 %; none if the bin is empty.
    pub wilson: Option<(f64, f64)>,
}

/// The reliability of stated probabilities over `bins` bins of equal width.
///
/// # Errors
/// As [`brier`](super::brier); no bins.
///
/// Reference: `murphy1977` for the diagram, `wilson1927` for the interval. Checked by the catalog
/// entry `calibration-by-hand` and the property that counts add up.
pub fn calibration(forecasts: &[f64], outcomes: &[bool], bins: usize) -> Result<Vec<Bin>, Fault> {
    events(forecasts, outcomes)?;
    if bins == 0 || bins > 10_000 {
        return Err(Fault::whole("bins", bins as u64, "from 1 to 10,000"));
    }
    let mut filled = vec![(0_usize, 0_usize, 0.0_f64); bins];
    for (p, o) in forecasts.iter().zip(outcomes) {
        let (count, events, sum) = &mut filled[bin(*p, bins)];
        *count += 1;
        *events += usize::from(*o);
        *sum += p;
    }
    let finish = |(k, (count, events, sum)): (usize, (usize, usize, f64))| {
        let n = count as f64;
        let some = (count > 0).then_some(());
        Bin {
            low: k as f64 / bins as f64,
            high: (k + 1) as f64 / bins as f64,
            count,
            events,
            forecast: some.map(|()| sum / n),
            share: some.map(|()| events as f64 / n),
            wilson: some.map(|()| wilson(events as f64, n)),
        }
    };
    Ok(filled.into_iter().enumerate().map(finish).collect())
}

/// The bin of a probability; rounding in the product may not move it across an edge.
fn bin(p: f64, bins: usize) -> usize {
    let n = bins as f64;
    let k = (p * n) as usize;
    let k = if p >= (k + 1) as f64 / n { k + 1 } else { k };
    let k = if p < k as f64 / n { k.saturating_sub(1) } else { k };
    k.min(bins - 1)
}

fn wilson(events: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let share = events / n;
    let scale = 1.0 + Z * Z / n;
    let centre = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    // With no event the lower end is 0, with nothing else the upper end is 1; rounding may not move them past the
    // share itself.
    ((centre - half).clamp(0.0, share), (centre + half).clamp(share, 1.0))
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn the_interval_holds_its_share_whatever_rounding_does() {
        for n in 1..=500_u32 {
            for events in 0..=n {
                let (low, high) = wilson(f64::from(events), f64::from(n));
                let share = f64::from(events) / f64::from(n);
                assert!(
                    (0.0..=share).contains(&low) && (share..=1.0).contains(&high),
                    "{events} of {n}"
                );
            }
        }
    }
}
