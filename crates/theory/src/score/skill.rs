//! Skill: how much of a baseline's loss a forecaster saves.

use crate::Fault;
use crate::fault::{finite, positive, sound};

/// `1 - score / baseline`: one is perfect, zero no better than the baseline, negative worse.
///
/// # Errors
/// A score not finite or a baseline not positive, against which nothing can be measured; a skill
/// beyond what a number holds.
///
/// Reference: `murphy1988`. Checked by its example.
///
/// ```
/// assert_eq!(theory::score::skill(3.0, 4.0), Ok(0.25));
/// ```
pub fn skill(score: f64, baseline: f64) -> Result<f64, Fault> {
    finite("the score", score)?;
    positive("the baseline's score", baseline)?;
    sound("the skill", (baseline - score) / baseline)
}
