//! What a likelihood says of a share, on a grid that is written down.

/// Points between 0 and 1 at which a share is weighed, less one.
const STEPS: u32 = 40;

/// The posterior mean of a share under an even prior on \[0, 1\], over a grid of 41, given the log
/// likelihood of what came at each share. A share at which that is no number has no mass, and where it
/// is none at all nothing was learnt: one half.
///
/// # Errors
/// Those of the likelihood.
///
/// Checked by a likelihood that is flat, and by one that knows.
pub fn share_mean<E>(mut log: impl FnMut(f64) -> Result<f64, E>) -> Result<f64, E> {
    let mut points = Vec::with_capacity(STEPS as usize + 1);
    for step in 0..=STEPS {
        let share = f64::from(step) / f64::from(STEPS);
        let log = log(share)?;
        if log.is_finite() {
            points.push((share, log));
        }
    }
    if points.is_empty() {
        return Ok(0.5);
    }
    let most = points.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let mass = |log: f64| (log - most).exp();
    let all: f64 = points.iter().map(|(_, log)| mass(*log)).sum();
    Ok(points.iter().map(|(share, log)| share * mass(*log)).sum::<f64>() / all)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_gives_one_half_and_what_knows_gives_what_it_knows() {
        let mean = |log: fn(f64) -> f64| share_mean(|share| Ok::<f64, ()>(log(share))).unwrap();
        assert!((mean(|_| -3.0) - 0.5).abs() < 1e-12);
        assert!((mean(|share| if share == 0.25 { 0.0 } else { -900.0 }) - 0.25).abs() < 1e-12);
        assert_eq!(share_mean(|_| Err::<f64, &str>("no likelihood")), Err("no likelihood"));
    }
}
