//! From a belief's range to the value it takes in a run, alone and together with others.

use std::collections::BTreeMap;
use std::sync::Arc;

use case::shape::{Z95, beta_shapes};
use case::{Belief, Case, Shape};
use jiff::civil::Date;

use crate::luck::{Luck, Name, Who, normal_below, standard_normal};

/// Knots at which a PERT's distribution function is kept.
const KNOTS: usize = 256;

/// A distribution function at evenly spaced knots of its range.
#[derive(Debug)]
pub struct Table {
    below: Box<[f64]>,
    /// For each of 256 like parts of \[0, 1\] the first knot that is not below its start: where to look from.
    guide: Box<[u16]>,
}

impl Table {
    fn of(below: Vec<f64>) -> Self {
        let first = |part: usize| below.partition_point(|f| *f < part as f64 / KNOTS as f64);
        let guide = (0..KNOTS).map(|part| first(part).clamp(1, KNOTS) as u16).collect();
        Self { guide, below: below.into_boxed_slice() }
    }

    /// The share of the range below which a share `u` lies.
    fn at(&self, u: f64) -> f64 {
        let part = ((u * KNOTS as f64) as usize).min(KNOTS - 1);
        let mut above = usize::from(self.guide[part]);
        while above < KNOTS && self.below[above] < u {
            above += 1;
        }
        let (f0, f1) = (self.below[above - 1], self.below[above]);
        let within = if f1 > f0 { (u - f0) / (f1 - f0) } else { 0.0 };
        ((above - 1) as f64 + within) / KNOTS as f64
    }
}

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
    /// Mean and standard deviation of the logarithm.
    Lognormal(f64, f64),
    /// Values in rising order, each with the probability of it or a lower one.
    Discrete(Box<[(f64, f64)]>),
    /// Low, width, and the distribution function.
    Pert(f64, f64, Arc<Table>),
}

impl Quantile {
    /// The quantile functions of beliefs, in their order; those of one shape share a table.
    #[must_use]
    pub fn all(beliefs: &[Belief]) -> Vec<Self> {
        let mut tables = BTreeMap::new();
        beliefs.iter().map(|belief| Self::among(belief, &mut tables)).collect()
    }

    /// The quantile function of a belief.
    #[must_use]
    pub fn of(belief: &Belief) -> Self {
        Self::among(belief, &mut BTreeMap::new())
    }

    fn among(belief: &Belief, tables: &mut BTreeMap<u64, Arc<Table>>) -> Self {
        let (low, high, value) = (belief.low, belief.high, belief.value);
        if low >= high {
            return Self::Constant(value);
        }
        match belief.shape {
            Shape::Constant => Self::Constant(value),
            Shape::Uniform => Self::Uniform(low, high),
            Shape::Triangular => Self::Triangular(low, value, high),
            Shape::Normal => Self::Normal(value, (high - low) / (2.0 * Z95)),
            Shape::Lognormal => Self::Lognormal(value.ln(), (high / low).ln() / (2.0 * Z95)),
            Shape::Discrete => Self::Discrete(cumulated(&belief.choices)),
            Shape::Beta => match beta_shapes(value, low, high) {
                Some((a, b)) => {
                    let below = |i: usize| match i {
                        0 => 0.0,
                        KNOTS => 1.0,
                        inner => {
                            statrs::function::beta::beta_reg(a, b, inner as f64 / KNOTS as f64)
                        }
                    };
                    Self::Pert(0.0, 1.0, Arc::new(Table::of((0..=KNOTS).map(below).collect())))
                }
                None => Self::Constant(value),
            },
            Shape::Pert => {
                let mode = (value - low) / (high - low);
                if let Some(table) = tables.get(&mode.to_bits()) {
                    return Self::Pert(low, high - low, Arc::clone(table));
                }
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
                let table = Arc::new(Table::of(table));
                tables.insert(mode.to_bits(), Arc::clone(&table));
                Self::Pert(low, high - low, table)
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
            Self::Lognormal(mean, sd) => (mean + sd * standard_normal(u)).exp(),
            Self::Discrete(below) => {
                let at = below.partition_point(|(_, f)| *f < u).min(below.len() - 1);
                below[at].0
            }
            Self::Pert(low, width, table) => low + width * table.at(u),
        }
    }
}

fn cumulated(choices: &[(f64, f64)]) -> Box<[(f64, f64)]> {
    let all: f64 = choices.iter().map(|(_, weight)| weight).sum();
    let mut below = 0.0;
    let each = choices.iter().map(|(value, weight)| {
        below += weight / all;
        (*value, below)
    });
    each.collect()
}

/// The names under which beliefs are drawn. Draws under the same names are paired.
#[derive(Debug, Clone, Copy)]
pub struct Naming {
    /// Of a belief's own number.
    pub belief: Name,
    /// Of a group's common factor.
    pub factor: Name,
    /// The day they are drawn on.
    pub day: Date,
}

/// A belief's place in a correlated group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// The place of the group.
    pub group: usize,
    /// The place of the belief that says how strongly its members hang together; it stands in no
    /// group itself.
    pub rho: usize,
    /// 1, or -1 for a member that goes the other way.
    pub direction: f64,
    /// Whether it is the second of its group.
    pub second: bool,
}

/// A belief as it is drawn.
#[derive(Debug, Clone)]
pub struct Marginal {
    /// Its distribution.
    pub quantile: Quantile,
    /// Its name for luck.
    pub who: Who,
    /// Its group, if it is in one.
    pub member: Option<Member>,
}

/// Beliefs that are drawn together.
#[derive(Debug, Clone, Default)]
pub struct Joint {
    /// The beliefs, in their order.
    pub beliefs: Vec<Marginal>,
    /// The names of correlated groups for luck.
    pub groups: Vec<Who>,
}

impl Joint {
    /// All beliefs of a case, in its order. A belief's luck hangs on its path alone, and on its
    /// group's if it is in one.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let quantiles = Quantile::all(&case.beliefs).into_iter().zip(&case.beliefs);
        let marginal = |(quantile, belief): (Quantile, &Belief)| Marginal {
            quantile,
            who: Who::new(&belief.path),
            member: None,
        };
        let mut beliefs: Vec<Marginal> = quantiles.map(marginal).collect();
        for (group, correlated) in case.groups.iter().enumerate() {
            for (place, (belief, direction)) in correlated.members.iter().enumerate() {
                let (rho, direction, second) = (correlated.rho, *direction, place == 1);
                beliefs[*belief].member = Some(Member { group, rho, direction, second });
            }
        }
        Self { beliefs, groups: case.groups.iter().map(|g| Who::new(&g.id)).collect() }
    }

    /// The beliefs' values under a run's luck. If `others` are given, each belief is drawn under
    /// the name at its place among them in place of its own; groups keep theirs.
    #[must_use]
    pub fn draw(&self, luck: Luck, naming: &Naming, others: Option<&[Who]>) -> Vec<f64> {
        self.draw_all(&[luck], naming, others).swap_remove(0)
    }

    /// As [`Joint::draw`] under the luck of several runs, belief by belief: the tables of all beliefs together are
    /// larger than a processor's nearest memory, so that going through them run by run is slower.
    #[must_use]
    pub fn draw_all(
        &self,
        lucks: &[Luck],
        naming: &Naming,
        others: Option<&[Who]>,
    ) -> Vec<Vec<f64>> {
        let common: Vec<Vec<f64>> = (self.groups.iter())
            .map(|group| {
                let factor = |luck: &Luck| luck.number(naming.day, naming.factor, *group);
                lucks.iter().map(|luck| standard_normal(factor(luck))).collect()
            })
            .collect();
        let uniform = |at: usize, luck: &Luck| match self.beliefs[at].quantile {
            Quantile::Constant(_) => 0.5,
            _ => {
                let who = others.and_then(|o| o.get(at)).unwrap_or(&self.beliefs[at].who);
                luck.number(naming.day, naming.belief, *who)
            }
        };
        let mut drawn = vec![Vec::with_capacity(self.beliefs.len()); lucks.len()];
        for (at, belief) in self.beliefs.iter().enumerate() {
            for (run, (values, luck)) in drawn.iter_mut().zip(lucks).enumerate() {
                let together = |member: &Member| {
                    let rho = self.beliefs[member.rho].quantile.at(uniform(member.rho, luck));
                    (rho, common[member.group][run])
                };
                values.push(belief.at(uniform(at, luck), together));
            }
        }
        drawn
    }

    /// The beliefs at given points of their distributions: a number in (0, 1) for each belief, and
    /// one for the common factor of each group.
    ///
    /// In a group with correlation rho a member's normal score is sqrt(rho) F + sqrt(1 - rho) e,
    /// with F that of the factor and e its own (a one-factor Gaussian copula, `li2000`); a member
    /// of the other direction takes -F. A negative rho stands between two members only: the second
    /// then takes -F.
    #[must_use]
    pub fn at(&self, uniforms: &[f64], factors: &[f64]) -> Vec<f64> {
        let common: Vec<f64> = factors.iter().map(|f| standard_normal(*f)).collect();
        let together = |member: &Member| {
            let rho = self.beliefs[member.rho].quantile.at(uniforms[member.rho]);
            (rho, common[member.group])
        };
        self.beliefs.iter().zip(uniforms).map(|(belief, own)| belief.at(*own, together)).collect()
    }
}

impl Marginal {
    /// The value at a point of its own; of a member of a group with the group's correlation and the normal score of
    /// its common factor.
    fn at(&self, own: f64, together: impl FnOnce(&Member) -> (f64, f64)) -> f64 {
        let Some(member) = &self.member else { return self.quantile.at(own) };
        let (rho, common) = together(member);
        let turned = if rho < 0.0 && member.second { -member.direction } else { member.direction };
        let score =
            rho.abs().sqrt() * turned * common + (1.0 - rho.abs()).sqrt() * standard_normal(own);
        self.quantile.at(normal_below(score).clamp(1e-12, 1.0 - 1e-12))
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
            choices: Vec::new(),
            unit: None,
            exact: false,
            from: None,
            checked: None,
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
        let factors = Quantile::of(&belief(0.5, 1.0, 2.0, Shape::Lognormal));
        assert!((factors.at(0.95) - 2.0).abs() < 1e-9 && (factors.at(0.5) - 1.0).abs() < 1e-12);
        let mut either = belief(1.0, 4.0, 4.0, Shape::Discrete);
        either.choices = vec![(1.0, 1.0), (4.0, 3.0)];
        let either = Quantile::of(&either);
        assert_eq!((either.at(0.2), either.at(0.3), either.at(1.0)), (1.0, 4.0, 4.0));
        assert!((mean(&either) - 3.25).abs() < 1e-2);
    }

    #[test]
    fn a_beta_has_the_mean_and_the_deviation_it_was_given() {
        let (low, value, high) = (0.02, 0.1, 0.3);
        let beta = Quantile::of(&belief(low, value, high, Shape::Beta));
        assert!((mean(&beta) - value).abs() < 2e-3, "{}", mean(&beta));
        let deviation = (high - low) / (2.0 * Z95);
        let n = 20_000;
        let spread = (0..n).map(|i| (beta.at((f64::from(i) + 0.5) / f64::from(n)) - value).powi(2));
        assert!((spread.sum::<f64>() / f64::from(n)).sqrt() - deviation < 2e-3);
        assert!(beta.at(1e-9) >= 0.0 && beta.at(1.0 - 1e-9) <= 1.0);
    }
}
