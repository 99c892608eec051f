//! What is compared of a run and of what came.

use simulate::model::Model;
use simulate::run::Outcome;

use super::Seen;

/// The share of runs that must lie within a bandwidth of what came.
const NEAR: f64 = 0.05;

/// The runs of an episode against how it ended.
pub(super) struct Summaries {
    /// What is compared: `days`, `turnout`, `seats`.
    pub names: Vec<&'static str>,
    /// The logarithm of each draw's kernel: the sum over the summaries of that of the mean over its plays.
    pub log_likelihood: Vec<f64>,
    /// The days of each run; the window's end where no government was formed in it.
    pub days: Vec<f64>,
    /// The logarithm of the kernel's constant.
    constant: f64,
}

impl Summaries {
    /// `outcomes` holds the plays of the first draw, then those of the second, and so on.
    pub fn of(model: &Model<'_>, outcomes: &[Outcome], plays: usize, seen: &Seen) -> Self {
        let from = model.election_day().unwrap_or(model.start);
        let end = model.end.since(from).map_or(0, |span| span.get_days());
        let days: Vec<f64> =
            outcomes.iter().map(|o| o.days.map_or(f64::from(end), f64::from)).collect();
        let mut names = Vec::new();
        let mut parts: Vec<(Vec<f64>, f64)> = Vec::new();
        if let Some(came) = seen.days {
            names.push("days");
            parts.push((days.iter().map(|d| d.max(1.0).ln()).collect(), came.max(1.0).ln()));
        }
        if let Some(came) = seen.turnout {
            let odds = |t: f64| {
                let t = t.clamp(1e-3, 1.0 - 1e-3);
                (t / (1.0 - t)).ln()
            };
            names.push("turnout");
            parts.push((outcomes.iter().map(|o| odds(f64::from(o.turnout))).collect(), odds(came)));
        }
        if let Some(came) = &seen.seats {
            names.push("seats");
            parts.push(surprise(outcomes, came));
        }
        let mut log_likelihood = vec![0.0; outcomes.len() / plays.max(1)];
        let mut constant = 0.0;
        let (n, d) = (outcomes.len().max(1) as f64, parts.len() as f64);
        // Silverman's rule, in units of each summary's deviation.
        let width = (4.0 / (d + 2.0)).powf(1.0 / (d + 4.0)) * n.powf(-1.0 / (d + 4.0));
        for (values, came) in &parts {
            let mean = values.iter().sum::<f64>() / n;
            let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
            if sd <= 1e-12 {
                // No run differs from another: nothing is learned from it.
                continue;
            }
            // Where what came lies far out, as wide as lets a twentieth of the runs be near it.
            let mut far: Vec<f64> = values.iter().map(|v| (v - came).abs()).collect();
            far.sort_by(f64::total_cmp);
            let h = (width * sd).max(crate::interval::quantile(&far, NEAR));
            constant -= h.ln() + 0.5 * (2.0 * std::f64::consts::PI).ln();
            for (log, of_draw) in log_likelihood.iter_mut().zip(values.chunks(plays.max(1))) {
                let kernel = |v: &f64| (-0.5 * ((v - came) / h).powi(2)).exp();
                let mean = of_draw.iter().map(kernel).sum::<f64>() / of_draw.len() as f64;
                *log += mean.max(f64::MIN_POSITIVE).ln();
            }
        }
        Self { names, log_likelihood, days, constant }
    }

    /// The logarithm of the density at what came under weights that sum to one.
    pub fn log_density(&self, weights: &[f64]) -> f64 {
        let most = self.log_likelihood.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 =
            self.log_likelihood.iter().zip(weights).map(|(l, w)| w * (l - most).exp()).sum();
        sum.ln() + most + self.constant
    }
}

/// How far the seats of each run lie from the mean of all runs, and how far those that came do: the root of the mean
/// over the lists of the squared difference of square roots, which weighs large and small lists alike.
fn surprise(outcomes: &[Outcome], came: &[f64]) -> (Vec<f64>, f64) {
    let n = outcomes.len().max(1) as f64;
    let lists = came.len();
    let mean: Vec<f64> = (0..lists)
        .map(|l| {
            let held = outcomes.iter().map(|o| o.seats.get(l).map_or(0.0, |s| f64::from(*s)));
            held.map(f64::sqrt).sum::<f64>() / n
        })
        .collect();
    let far = |seats: &dyn Fn(usize) -> f64| {
        let sum: f64 = (0..lists).map(|l| (seats(l).sqrt() - mean[l]).powi(2)).sum();
        (sum / lists.max(1) as f64).sqrt()
    };
    let of_run = |o: &Outcome| far(&|l| o.seats.get(l).map_or(0.0, |s| f64::from(*s)));
    (outcomes.iter().map(of_run).collect(), far(&|l| came[l]))
}
