//! What to find out: the numbers whose knowing would narrow the forecast, the most worth first.

use serde::Serialize;

use super::inputs::{Input, Kind};
use super::variance::Share;

/// A number worth finding out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The estimate or group.
    pub input: Input,
    /// The share of the variance that is expected to go if it were known: its first-order share.
    pub removed: f64,
    /// The 95 % interval of `removed`.
    pub interval: (f64, f64),
    /// The standard deviation of what is asked once it is known, in its unit.
    pub deviation: f64,
    /// Whether the interval lies above zero; if not, more samples are needed before anybody is sent out.
    pub sure: bool,
    /// Of a member of a correlated group, the group's id. Knowing it tells of the others too, so that members' shares
    /// overlap and need not sum to the group's.
    pub within: Option<String>,
}

/// The list: estimates and groups in falling first-order share, without those at or below zero.
///
/// The variance expected to be left once input i is known is V (1 - S_i), the expected value of perfect information
/// for squared error; `deviation` is the standard deviation of what is asked now.
///
/// Of a correlated group each member is listed beside the group: the share that is expected to go if it alone were
/// known is the correlation ratio Var E[y | x] / Var y (`pearson1905`), which for a number that stands in no group
/// is the first-order share.
pub(super) fn list(shares: &[Share], members: Vec<Member>, deviation: f64) -> Vec<Item> {
    let left = |removed: f64| deviation * (1.0 - removed).max(0.0).sqrt();
    let mut items: Vec<Item> = shares
        .iter()
        .filter(|s| matches!(s.input.kind, Kind::Estimate | Kind::Group) && s.first > 0.0)
        .map(|s| Item {
            input: s.input.clone(),
            removed: s.first,
            interval: s.first_interval,
            deviation: left(s.first),
            sure: s.first_interval.0 > 0.0,
            within: None,
        })
        .collect();
    items.extend(members.into_iter().filter(|m| m.ratio > 0.0).map(|m| Item {
        input: m.input,
        removed: m.ratio,
        interval: (m.ratio - m.error, m.ratio + m.error),
        deviation: left(m.ratio),
        sure: m.ratio > m.error,
        within: Some(m.group),
    }));
    items.sort_by(|a, b| b.removed.total_cmp(&a.removed));
    items
}

/// A member of a correlated group, with what knowing it alone would take.
pub(super) struct Member {
    pub input: Input,
    pub group: String,
    pub ratio: f64,
    /// The half-width of the 95 % interval of `ratio`.
    pub error: f64,
}

/// How many classes of equal count a number is cut into, at most: what varies inside a class is not seen, of a
/// straight line some two thirds of a percent of the ratio.
const CLASSES: usize = 128;

/// The correlation ratio of `ys` on `xs`, with the half-width of its 95 % interval: the variance of the means of `ys`
/// over classes of `xs` of equal count, less what as many classes of nothing would show (`kelley1935`). The
/// interval is that of a squared correlation of as many points, 2 r (1 - r^2) / sqrt n.
pub(super) fn ratio(xs: &[f64], ys: &[f64]) -> (f64, f64) {
    let n = xs.len().min(ys.len());
    let classes = CLASSES.min(n / 16);
    if classes < 2 {
        return (0.0, 1.0);
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| xs[*a].total_cmp(&xs[*b]).then(a.cmp(b)));
    let mean = ys[..n].iter().sum::<f64>() / n as f64;
    let whole = ys[..n].iter().map(|y| (y - mean).powi(2)).sum::<f64>();
    if whole <= 0.0 {
        return (0.0, 1.0);
    }
    let within = (0..classes).map(|c| {
        let class = &order[c * n / classes..(c + 1) * n / classes];
        let mean = class.iter().map(|i| ys[*i]).sum::<f64>() / class.len() as f64;
        class.iter().map(|i| (ys[*i] - mean).powi(2)).sum::<f64>()
    });
    let left = within.sum::<f64>() / whole * (n - 1) as f64 / (n - classes) as f64;
    let ratio = 1.0 - left;
    let error = 1.96 * 2.0 * ratio.max(0.0).sqrt() * left / (n as f64).sqrt();
    (ratio, error.max(1.96 * (2.0 * classes as f64).sqrt() / n as f64))
}
