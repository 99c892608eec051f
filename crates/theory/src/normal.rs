//! The normal distribution in one and two dimensions, to nearly the last bit.
//!
//! Several models (crisis signalling, scores) need these functions and nothing else of statistics;
//! a dependency for them would cost more than it carries. The module refuses to fit or to draw.

use std::f64::consts::{FRAC_PI_2, PI};

/// The standard normal density at `x`.
pub fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * PI).sqrt()
}

/// The probability that a standard normal is at most `x`.
///
/// Mechanism: `1/2 + density(x) (x + x^3/3 + x^5/(3 5) + ...)` within 2.5 of the middle, the
/// continued fraction of Mills' ratio in the tails, where it keeps full relative accuracy.
///
/// Reference: `marsaglia2004`. Checked by tabulated values and by symmetry.
pub fn cumulative(x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if x.abs() > 2.5 {
        let tail = if x.abs() > 39.0 { 0.0 } else { density(x) / mills(x.abs()) };
        return if x > 0.0 { 1.0 - tail } else { tail };
    }
    let (mut term, mut sum, mut k) = (x, x, 1.0);
    while term.abs() > 1e-18 && k < 400.0 {
        k += 2.0;
        term *= x * x / k;
        sum += term;
    }
    0.5 + density(x) * sum
}

/// The natural logarithm of [`cumulative`], finite far beyond where that is zero.
///
/// Reference: as [`cumulative`]. Checked by the scores of widely spread distributions.
pub fn ln_cumulative(x: f64) -> f64 {
    if x < -2.5 {
        -0.5 * x * x - 0.5 * (2.0 * PI).ln() - mills(-x).ln()
    } else {
        cumulative(x).ln()
    }
}

/// `density(x)` over the upper tail at `x`, by the continued fraction `x + 1/(x + 2/(x + ...))`.
fn mills(x: f64) -> f64 {
    let terms = 20 + (300.0 / (x * x)) as i32;
    (1..=terms).rev().fold(x, |tail, k| x + f64::from(k) / tail)
}

/// Nodes and weights of twenty-point Gauss-Legendre quadrature on [-1, 1], one of each pair.
const NODES: [(f64, f64); 10] = [
    (0.993_128_599_185_094_9, 0.017_614_007_139_152_12),
    (0.963_971_927_277_913_8, 0.040_601_429_800_386_94),
    (0.912_234_428_251_326, 0.062_672_048_334_109_06),
    (0.839_116_971_822_218_8, 0.083_276_741_576_704_75),
    (0.746_331_906_460_150_8, 0.101_930_119_817_240_4),
    (0.636_053_680_726_515, 0.118_194_531_961_518_4),
    (0.510_867_001_950_827_1, 0.131_688_638_449_176_6),
    (0.373_706_088_715_419_6, 0.142_096_109_318_382_1),
    (0.227_785_851_141_645_1, 0.149_172_986_472_603_7),
    (0.076_526_521_133_497_33, 0.152_753_387_130_725_9),
];

/// The integral of a smooth function over a short range, by Gauss-Legendre quadrature.
pub(crate) fn integral(f: impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0);
    NODES.iter().map(|(x, w)| w * half * (f(middle + half * x) + f(middle - half * x))).sum()
}

/// The probability that two standard normals of correlation `rho` are at most `h` and at most `k`.
///
/// Mechanism: `cumulative(h) cumulative(k) + 1/(2 pi) * integral from 0 to asin(rho) of
/// exp(-(h^2 + k^2 - 2 h k sin t) / (2 cos^2 t)) dt`, by Gauss-Legendre quadrature on panels that
/// halve towards a correlation of one. A correlation outside -1..1 gives not a number.
///
/// Reference: `drezner1990`, `genz2004`. Checked by the orthant formula
/// `P(0, 0) = 1/4 + asin(rho) / (2 pi)` and by the property that it adds up over quadrants.
pub fn bivariate(h: f64, k: f64, rho: f64) -> f64 {
    if h.is_nan() || k.is_nan() || rho.is_nan() || rho.abs() > 1.0 {
        return f64::NAN;
    }
    if h == f64::NEG_INFINITY || k == f64::NEG_INFINITY {
        return 0.0;
    }
    // Beyond this the probability is zero or one to the last bit.
    let far = |x: f64| x.abs() > 1e6;
    if far(h) || far(k) {
        return if h.min(k) < -1e6 { 0.0 } else { cumulative(h.min(k)) };
    }
    if rho == 1.0 {
        return cumulative(h.min(k));
    }
    if rho == -1.0 {
        return (cumulative(h) - cumulative(-k)).max(0.0);
    }
    let end = rho.abs().asin();
    let sign = rho.signum();
    let integrand = |t: f64| {
        let (sin, cos) = (sign * t.sin(), t.cos());
        (-(h * h + k * k - 2.0 * h * k * sin) / (2.0 * cos * cos)).exp()
    };
    let (mut from, mut sum) = (0.0, 0.0);
    while from < end {
        let to = if end - from < 1e-14 { end } else { end.min(from + (FRAC_PI_2 - from) / 2.0) };
        sum += integral(integrand, from, to);
        from = to;
    }
    (cumulative(h) * cumulative(k) + sign * sum / (2.0 * PI)).clamp(0.0, 1.0)
}
