//! Weights of draws, and what they say of numbers.

/// The weights of all draws by the product of the likelihoods of some episodes, raised to a power; they sum to one.
pub(super) fn product(logs: &[Vec<f64>], of: &[usize], draws: usize, power: f64) -> Vec<f64> {
    let sum = |m: usize| power * of.iter().map(|e| logs[*e][m]).sum::<f64>();
    let all: Vec<f64> = (0..draws).map(sum).collect();
    let most = all.iter().copied().fold(f64::MIN, f64::max);
    let raw: Vec<f64> = all.iter().map(|l| (l - most).exp()).collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|w| w / total).collect()
}

/// How many draws of even weight would say as much: 1 / sum of squares.
pub(super) fn effective(weights: &[f64]) -> f64 {
    1.0 / weights.iter().map(|w| w * w).sum::<f64>().max(f64::MIN_POSITIVE)
}

/// The largest power at which the effective sample size is at least `kept` of the draws, and the weights under it.
/// The effective sample size falls as the power rises, so the power is found by halving.
pub(super) fn tempered(
    logs: &[Vec<f64>],
    of: &[usize],
    draws: usize,
    kept: f64,
) -> (f64, Vec<f64>) {
    let needed = kept * draws as f64;
    let whole = product(logs, of, draws, 1.0);
    if effective(&whole) >= needed {
        return (1.0, whole);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if effective(&product(logs, of, draws, middle)) >= needed {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low, product(logs, of, draws, low))
}

/// The mean and the standard deviation under weights that sum to one.
pub(super) fn mean_and_deviation(values: &[f64], weights: &[f64]) -> (f64, f64) {
    let mean: f64 = values.iter().zip(weights).map(|(v, w)| v * w).sum();
    let square: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - mean).powi(2)).sum();
    (mean, square.sqrt())
}

/// The least value at or below which a share of the weight lies.
pub(super) fn weighted_quantile(values: &[f64], weights: &[f64], share: f64) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let mut below = 0.0;
    for at in &order {
        below += weights[*at];
        if below >= share {
            return values[*at];
        }
    }
    order.last().map_or(0.0, |at| values[*at])
}

/// The continuous ranked probability score of weighted values: sum w |x - y| less half of sum w w' |x - x'|.
pub(super) fn weighted_crps(values: &[f64], weights: &[f64], came: f64) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let near: f64 = values.iter().zip(weights).map(|(v, w)| w * (v - came).abs()).sum();
    // Over sorted values: sum over i of w_i x_i (2 W_i - w_i - 1), W_i the weight up to and with i.
    let (mut up_to, mut apart) = (0.0, 0.0);
    for at in order {
        let w = weights[at];
        up_to += w;
        apart += w * values[at] * (2.0 * up_to - w - 1.0);
    }
    near - apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_weights_give_the_published_forms() {
        let values = [1.0, 2.0, 4.0];
        let even = [1.0 / 3.0; 3];
        // Mean |x - 2| is 1; mean |x - x'| is (2 · (1 + 3 + 2)) / 9 = 4/3, half of it 2/3.
        assert!((weighted_crps(&values, &even, 2.0) - (1.0 - 2.0 / 3.0)).abs() < 1e-12);
        assert!((effective(&even) - 3.0).abs() < 1e-12);
        assert_eq!(weighted_quantile(&values, &even, 0.5), 2.0);
    }

    #[test]
    fn episodes_that_say_nothing_leave_even_weights_and_one_that_says_much_is_tempered() {
        let nothing = vec![vec![0.0; 100]];
        let (power, weights) = tempered(&nothing, &[0], 100, 0.1);
        assert_eq!(power, 1.0);
        assert!((effective(&weights) - 100.0).abs() < 1e-9);
        let mut sharp = vec![vec![-1000.0; 100]];
        sharp[0][7] = 0.0;
        let (power, weights) = tempered(&sharp, &[0], 100, 0.1);
        assert!(power < 0.01 && (effective(&weights) - 10.0).abs() < 0.1, "{power}");
        assert!(weights[7] > weights[8]);
    }
}
