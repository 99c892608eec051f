//! Is a rule of a box more than luck?

use super::Region;
use crate::Fault;

/// The chance of at least `hits` in `tries` that each hit with probability `rate`: the upper tail of the binomial
/// distribution, summed term by term outwards from the end nearer the mean. One for no hits; zero for more hits than
/// tries.
///
/// Reference: `bryant2010`. Checked by sums of the terms.
pub fn at_least(hits: usize, tries: usize, rate: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    if hits > tries || rate <= 0.0 || rate.is_nan() {
        return 0.0;
    }
    if rate >= 1.0 {
        return 1.0;
    }
    let odds = rate / (1.0 - rate);
    let (n, k) = (tries as f64, hits as f64);
    // The logarithm of the chance of exactly so many hits.
    let exactly = |hits: usize| {
        let choose: f64 =
            (0..hits.min(tries - hits)).map(|i| ((n - i as f64) / (i as f64 + 1.0)).ln()).sum();
        choose + hits as f64 * rate.ln() + (n - hits as f64) * (-rate).ln_1p()
    };
    // Away from the mean terms only fall, so neither sum overflows.
    if k > n * rate {
        let (mut term, mut sum) = (1.0, 0.0);
        for h in hits..=tries {
            sum += term;
            term *= (n - h as f64) / (h as f64 + 1.0) * odds;
        }
        (exactly(hits).exp() * sum).min(1.0)
    } else {
        let (mut term, mut sum) = (1.0, 0.0);
        for h in (0..hits).rev() {
            sum += term;
            term *= h as f64 / (n - h as f64 + 1.0) / odds;
        }
        (1.0 - exactly(hits - 1).exp() * sum).clamp(0.0, 1.0)
    }
}

/// The quasi p-value of each rule of a box: for each input in the order of [`Region::restricted`], the chance that the
/// box would hold at least the cases it holds if that input's rule told nothing.
///
/// Mechanism: let q be the density of the box without the rule. Of the n points that the box holds H are cases; the
/// value is P(Binomial(n, q) >= H). It is no p-value proper where the same points found the box, which is why it is
/// called quasi; over points that did not find it, it is one but for q being estimated. `outcome` is 1 for cases and 0
/// for others; what lies above one half counts as a case.
///
/// # Errors
/// Shapes.
///
/// Reference: `bryant2010`. Checked by hand on eight points.
pub fn quasi_p_values(
    of: &Region,
    points: &[Vec<f64>],
    outcome: &[f64],
) -> Result<Vec<(usize, f64)>, Fault> {
    super::super::results(outcome, points.len())?;
    if let Some(point) = points.iter().find(|p| p.len() != of.ends.len()) {
        return Err(Fault::length("a point", point.len(), of.ends.len()));
    }
    let counted = |region: &Region| {
        let inside = points.iter().zip(outcome).filter(|(p, _)| region.holds(p));
        inside.fold((0, 0), |(all, cases), (_, y)| (all + 1, cases + usize::from(*y > 0.5)))
    };
    let (tries, hits) = counted(of);
    let each = of.restricted().into_iter().map(|input| {
        let mut without = of.clone();
        without.ends[input] = (None, None);
        let (all, cases) = counted(&without);
        let rate = if all == 0 { 0.0 } else { cases as f64 / all as f64 };
        (input, if tries == 0 { 1.0 } else { at_least(hits, tries, rate) })
    });
    Ok(each.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        let (n, p) = (12_i32, 0.3_f64);
        let choose = |k: i32| (0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
        for hits in 0..=12 {
            let sum: f64 = (hits..=n).map(|k| choose(k) * p.powi(k) * (1.0 - p).powi(n - k)).sum();
            assert!((at_least(hits as usize, 12, p) - sum).abs() < 1e-12, "{hits}");
        }
        assert_eq!(
            (at_least(3, 2, 0.5), at_least(1, 5, 0.0), at_least(5, 5, 1.0)),
            (0.0, 0.0, 1.0)
        );
    }

    #[test]
    fn a_rule_that_tells_and_one_that_does_not() {
        // Cases are exactly the points with a first input above one half; the second tells nothing.
        let points: Vec<Vec<f64>> =
            (0..8).map(|i| vec![f64::from(i / 4), f64::from(i % 4)]).collect();
        let outcome: Vec<f64> = (0..8).map(|i| f64::from(u8::from(i >= 4))).collect();
        let region = Region {
            ends: vec![(Some(0.5), None), (Some(1.5), None)],
            count: 2,
            mass: 0.25,
            coverage: 0.5,
            density: 1.0,
        };
        let found = quasi_p_values(&region, &points, &outcome).unwrap();
        // Without the first rule two of four are cases: (1/2)^2. Without the second all are.
        assert_eq!(found.len(), 2);
        assert!((found[0].1 - 0.25).abs() < 1e-12);
        assert!((found[1].1 - 1.0).abs() < 1e-12);
        assert!(quasi_p_values(&region, &[vec![0.1]], &[1.0]).is_err());
    }
}
