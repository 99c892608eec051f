//! From a belief's range to the value it takes in a run.

use case::{Belief, Shape};

use crate::luck::standard_normal;

/// Knots at which a PERT's distribution function is kept.
const KNOTS: usize = 256;

/// The inverse distribution function of a belief.
///
/// PERT on \[a, b\] with mode m is a beta on \[a, b\] with shapes 1 + 4(m-a)/(b-a) and 1 + 4(b-m)/(b-a)
/// (`malcolm1959`); its distribution function is tabulated by Simpson's rule at 257 knots and inverted linearly,
/// which is right to 1e-4 of the range. The others have closed forms. A normal's low and high are its 5 % and
/// 95 % points.
#[derive(Debug, Clone)]
pub enum Quantile {
    /// Always the same.
    Constant(f64),
    /// Level between low and high.
    Uniform(f64, f64),
    /// Low, mode, high.
    Triangular(f64, f64, f64),
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Low, width, and the distribution function at evenly spaced knots.
    Pert(f64, f64, Box<[f64]>),
}

impl Quantile {
    /// The quantile function of a belief.
    #[must_use]
    pub fn of(belief: &Belief) -> Self {
        let (low, high, value) = (belief.low, belief.high, belief.value);
        if low >= high {
            return Self::Constant(value);
        }
        match belief.shape {
            Shape::Constant => Self::Constant(value),
            Shape::Uniform => Self::Uniform(low, high),
            Shape::Triangular => Self::Triangular(low, value, high),
            // 1.645 is the 95 % point of the standard normal.
            Shape::Normal => Self::Normal(value, (high - low) / (2.0 * 1.644_853_626_951_472)),
            Shape::Pert => {
                let mode = (value - low) / (high - low);
                let (a, b) = (4.0 * mode, 4.0 * (1.0 - mode));
                let density = |x: f64| x.powf(a) * (1.0 - x).powf(b);
                let step = 1.0 / KNOTS as f64;
                let mut below = 0.0;
                let mut table = Vec::with_capacity(KNOTS + 1);
                table.push(0.0);
                let mut left = density(0.0);
                for i in 0..KNOTS {
                    let x = i as f64 * step;
                    let right = density(x + step);
                    below += left + 4.0 * density(x + step / 2.0) + right;
                    left = right;
                    table.push(below);
                }
                table.iter_mut().for_each(|f| *f /= below);
                Self::Pert(low, high - low, table.into_boxed_slice())
            }
        }
    }

    /// The value below which a share `u` of the belief lies, for `u` in (0, 1).
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Uniform(low, high) => low + u * (high - low),
            Self::Triangular(low, mode, high) => {
                let cut = (mode - low) / (high - low);
                if u < cut {
                    low + (u * (high - low) * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * (high - low) * (high - mode)).sqrt()
                }
            }
            Self::Normal(mean, sd) => mean + sd * standard_normal(u),
            Self::Pert(low, width, table) => {
                let above = table.partition_point(|f| *f < u).clamp(1, KNOTS);
                let (f0, f1) = (table[above - 1], table[above]);
                let within = if f1 > f0 { (u - f0) / (f1 - f0) } else { 0.0 };
                low + width * ((above - 1) as f64 + within) / KNOTS as f64
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn belief(low: f64, value: f64, high: f64, shape: Shape) -> Belief {
        Belief {
            path: String::new(),
            value,
            low,
            high,
            shape,
            sources: Vec::new(),
            at: None,
            quote: None,
            judged: None,
            note: None,
            withheld: false,
            spot: 0..0,
        }
    }

    fn mean(quantile: &Quantile) -> f64 {
        (0..10_000).map(|i| quantile.at((f64::from(i) + 0.5) / 1e4)).sum::<f64>() / 1e4
    }

    #[test]
    fn a_pert_has_the_mean_of_its_formula_and_stays_in_range() {
        for (low, mode, high) in [(0.0, 0.2, 1.0), (2.0, 2.0, 9.0), (-1.0, 1.0, 1.0)] {
            let quantile = Quantile::of(&belief(low, mode, high, Shape::Pert));
            let expected = (low + 4.0 * mode + high) / 6.0;
            assert!((mean(&quantile) - expected).abs() < 1e-3 * (high - low));
            assert!(quantile.at(1e-12) >= low && quantile.at(1.0 - 1e-12) <= high);
        }
    }

    #[test]
    fn a_pert_agrees_with_the_beta_distribution() {
        use statrs::distribution::{Beta, ContinuousCDF};
        let quantile = Quantile::of(&belief(0.0, 0.3, 1.0, Shape::Pert));
        let beta = Beta::new(2.2, 3.8).unwrap();
        for u in [0.01, 0.05, 0.3, 0.5, 0.9, 0.99] {
            assert!((beta.cdf(quantile.at(u)) - u).abs() < 1e-4);
        }
    }

    #[test]
    fn the_other_shapes_have_their_closed_forms() {
        let triangle = Quantile::of(&belief(0.0, 1.0, 4.0, Shape::Triangular));
        assert!((triangle.at(0.25) - 1.0).abs() < 1e-12);
        assert!((mean(&triangle) - 5.0 / 3.0).abs() < 1e-3);
        let normal = Quantile::of(&belief(-1.0, 0.0, 1.0, Shape::Normal));
        assert!((normal.at(0.95) - 1.0).abs() < 1e-9);
        assert_eq!(Quantile::of(&belief(3.0, 3.0, 3.0, Shape::Pert)).at(0.7), 3.0);
    }
}
