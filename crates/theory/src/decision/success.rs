//! Who got what he wanted: success, and how much of it was luck.

use crate::Fault;

/// An actor's success in many runs of one matter, split as Barry does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Success {
    /// The share of runs that came out as it wanted.
    pub success: f64,
    /// The share that would have come out so without it.
    pub luck: f64,
    /// The difference: what it brought about less what it spoiled.
    pub decisiveness: f64,
    /// The standard error of the difference over pairs of runs.
    pub error: f64,
}

/// Success = luck + decisiveness, from paired runs: `with[k]` and `without[k]` say whether run k
/// came out as the actor wanted, with the actor and, under the same luck, with the actor silent.
///
/// The identity holds run by run and so exactly. The standard error is that of a mean of paired
/// differences d in {-1, 0, 1}: sqrt((mean d^2 - (mean d)^2) / (n - 1)).
///
/// # Errors
/// [`Fault`]: no runs, or rows of different length.
///
/// Reference: `barry1980a`, `barry1980b`. Checked by hand.
///
/// ```
/// use theory::decision::success::split;
/// let s = split(&[true, true, false, true], &[true, false, false, false])?;
/// assert_eq!((s.success, s.luck, s.decisiveness), (0.75, 0.25, 0.5));
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn split(with: &[bool], without: &[bool]) -> Result<Success, Fault> {
    if with.is_empty() {
        return Err(Fault::nothing("with", "at least one run"));
    }
    if without.len() != with.len() {
        return Err(Fault::length("without", without.len(), with.len()));
    }
    let n = with.len() as f64;
    let share = |row: &[bool]| row.iter().filter(|won| **won).count() as f64 / n;
    let (success, luck) = (share(with), share(without));
    let moved = with.iter().zip(without).filter(|(a, b)| a != b).count() as f64 / n;
    let difference = success - luck;
    let spread = (moved - difference * difference).max(0.0);
    let error = if n > 1.0 { (spread / (n - 1.0)).sqrt() } else { 0.0 };
    Ok(Success { success, luck, decisiveness: difference, error })
}
