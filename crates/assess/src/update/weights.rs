//! Weights of runs.

/// What the runs showed of one observation.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    /// Whether it held in each run.
    Truth(Vec<bool>),
    /// A number of each run, the one measured and the standard deviation of its error. What a run does not have agrees
    /// with nothing.
    Measured(Vec<Option<f64>>, f64, f64),
    /// The distance of each run from what was seen, and what one unit of it is in the unit of the observation.
    Distance(Vec<Option<f64>>, f64),
}

impl Column {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Truth(values) => values.len(),
            Self::Measured(values, ..) | Self::Distance(values, _) => values.len(),
        }
    }

    pub(super) fn is_truth(&self) -> bool {
        matches!(self, Self::Truth(_))
    }
}

/// Runs with weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weighed(Vec<f64>);

/// What weighing by one observation did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// The share of the weight that is left.
    pub(super) kept: Option<f64>,
    /// The width of the kernel, if it was chosen here.
    pub(super) width: Option<f64>,
}

/// A kernel is as narrow as leaves this share of the effective runs, or twice [`super::WARN`] of them.
const LEFT: f64 = 0.1;

impl Weighed {
    /// All runs alike.
    pub(super) fn all(count: usize) -> Self {
        Self(vec![1.0; count])
    }

    pub(super) fn weights(&self) -> &[f64] {
        &self.0
    }

    fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// (sum w)^2 / sum w^2; zero if no run has any weight.
    pub(super) fn effective(&self) -> f64 {
        let squares: f64 = self.0.iter().map(|w| w * w).sum();
        if squares > 0.0 { self.sum().powi(2) / squares } else { 0.0 }
    }

    fn times(&self, by: impl Fn(usize) -> f64) -> Self {
        Self(self.0.iter().enumerate().map(|(run, w)| w * by(run)).collect())
    }

    /// Weighs the runs by an observation.
    pub(super) fn by(&mut self, column: &Column) -> Step {
        let before = self.sum();
        let (next, width) = match column {
            Column::Truth(held) => (self.times(|run| f64::from(u8::from(held[run]))), None),
            Column::Measured(values, seen, error) => {
                (self.times(|run| kernel(values[run].map(|x| x - seen), *error)), None)
            }
            Column::Distance(values, unit) => {
                let (next, width) = self.near(values);
                (next, Some(width * unit))
            }
        };
        *self = next;
        Step { kept: (before > 0.0).then(|| self.sum() / before), width }
    }

    /// The narrowest kernel on a distance that leaves enough runs.
    fn near(&self, distance: &[Option<f64>]) -> (Self, f64) {
        let goal = (LEFT * self.effective()).max(2.0 * super::WARN).min(0.9 * self.effective());
        let with = |width: f64| self.times(|run| kernel(distance[run], width));
        let (mut narrow, mut wide) = (1e-6, 1e6);
        // Effective runs rise with the width; halving on the logarithm, to a part in a million.
        for _ in 0..60 {
            let middle: f64 = f64::sqrt(narrow * wide);
            if with(middle).effective() >= goal {
                wide = middle;
            } else {
                narrow = middle;
            }
        }
        (with(wide), wide)
    }
}

/// exp(-(d / width)^2 / 2); none for what a run does not have.
fn kernel(d: Option<f64>, width: f64) -> f64 {
    d.map_or(0.0, |d| (-0.5 * (d / width).powi(2)).exp())
}
