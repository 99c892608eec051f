//! Whether what the simulation says of its own uncertainty is so: ranks of known truths among draws from the posterior
//! are uniform (simulation-based calibration, `talts2018`), and intervals of nine in ten hold nine in ten.
#![allow(clippy::unwrap_used)]

use jiff::civil::Date;
use simulate::Model;
use simulate::journal::Journal;
use simulate::luck::{Luck, Name, Who};
use simulate::process::{Process, StepError};
use simulate::world::World;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::playing::{built, folder, with};

const NOISE: Name = Name::new("toy/noise");
const POSTERIOR: Name = Name::new("toy/posterior");
const SPLIT: Name = Name::new("toy/split of a rank");

/// The prior of the level: a normal belief whose 5 % and 95 % points are the low and the high.
const PRIOR: &str = "{ value = 0.4, low = 0.1, high = 0.7, shape = \"normal\", judged = \"toy\" }";
const PRIOR_MEAN: f64 = 0.4;
/// 0.3 over the 95 % point of the standard normal.
const PRIOR_SD: f64 = 0.3 / 1.644_853_626_951_472;
/// The spread of what is seen in a week, and for how many weeks it is seen.
const NOISE_SD: f64 = 0.5;
const WEEKS: f64 = 8.0;

/// A process that sees a level nobody knows through noise, week by week. It reports the level and the mean of what was
/// seen.
#[derive(Debug)]
struct Toy {
    level: usize,
}

impl Process for Toy {
    fn name(&self) -> &'static str {
        "toy"
    }

    fn appointment(&self, _world: &World) -> Option<Date> {
        None
    }

    fn step(
        &self,
        _model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        if world.weekly {
            let level = world.drawn.get(journal, self.level);
            let seen = level + NOISE_SD * luck.normal(journal, world.day, NOISE, Who::ALL);
            // A run keeps the sum in a factor that nothing else moves.
            world.incomes.multiply(0, seen.exp(), None);
        }
        Ok(())
    }

    fn report(&self, _model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        values.push(Some(world.drawn.peek(self.level) as f32));
        values.push(Some((world.incomes.of(0).peek().ln() / WEEKS) as f32));
    }
}

/// Level and mean of what was seen, one pair for each seed.
fn synthetic(count: u64) -> Vec<(f64, f64)> {
    let base = with(
        &folder(),
        &[
            "case.processes=[]",
            "case.until=2031-04-26",
            &format!("process.information.quiet={PRIOR}"),
        ],
    );
    let case = built(&base);
    let mut model = Model::new(&case).unwrap();
    let level = case.beliefs.iter().position(|b| b.path.ends_with("information.quiet")).unwrap();
    model.processes.push(Box::new(Toy { level }));
    let pair = |seed| {
        let outcome = model.play(seed, 0).go().unwrap().outcome;
        let [level, seen] = outcome.quantities[..] else { panic!("{:?}", outcome.quantities) };
        (f64::from(level.unwrap()), f64::from(seen.unwrap()))
    };
    (0..count).map(pair).collect()
}

/// The posterior of the level: prior and noise are normal, so it is in closed form. `narrow` makes it wrong.
fn posterior(seen: f64, narrow: f64) -> Normal {
    let (prior, noise) = (PRIOR_SD.powi(-2), WEEKS * NOISE_SD.powi(-2));
    let mean = (prior * PRIOR_MEAN + noise * seen) / (prior + noise);
    Normal::new(mean, narrow * (prior + noise).powf(-0.5)).unwrap()
}

/// The probability that a sample of uniform numbers is at least as far from uniform as this one: Kolmogorov and
/// Smirnov's statistic with its limiting distribution, 2 sum (-1)^(k-1) exp(-2 k^2 d^2 n).
fn uniform(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let gap = |(i, u): (usize, &f64)| (u - i as f64 / n).max((i + 1) as f64 / n - u);
    let d = sample.iter().enumerate().map(gap).fold(0.0, f64::max);
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
        sign * (-2.0 * f64::from(k * k) * d * d * n).exp()
    };
    (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0)
}

/// The place of each truth among 99 draws from its posterior, spread evenly within its rank.
fn ranks(truths: &[(f64, f64)], narrow: f64) -> Vec<f64> {
    let day = jiff::civil::date(2031, 3, 1);
    let rank = |(seed, (level, seen)): (usize, &(f64, f64))| {
        let posterior = posterior(*seen, narrow);
        let draw = |k| {
            let luck = Luck::new(seed as u64, k);
            posterior.inverse_cdf(luck.number(day, POSTERIOR, Who::ALL))
        };
        let below = (1..100).filter(|k| draw(*k) < *level).count() as f64;
        (below + Luck::new(seed as u64, 0).number(day, SPLIT, Who::ALL)) / 100.0
    };
    truths.iter().enumerate().map(rank).collect()
}

#[test]
fn ranks_of_a_thousand_truths_among_posterior_draws_are_uniform() {
    let truths = synthetic(1000);
    let p = uniform(ranks(&truths, 1.0));
    assert!(p > 0.01, "Kolmogorov-Smirnov p = {p}");
    // The test can tell: a posterior too sure of itself by a fifth fails it, and so does one too unsure.
    assert!(uniform(ranks(&truths, 0.8)) < 0.01);
    assert!(uniform(ranks(&truths, 1.3)) < 0.01);
}

#[test]
fn nine_in_ten_posterior_intervals_hold_their_truth() {
    let truths = synthetic(4000);
    let share = |narrow: f64| {
        let holds = |(level, seen): &&(f64, f64)| {
            let posterior = posterior(*seen, narrow);
            (posterior.inverse_cdf(0.05)..=posterior.inverse_cdf(0.95)).contains(level)
        };
        truths.iter().filter(holds).count() as f64 / truths.len() as f64
    };
    assert!((0.88..=0.92).contains(&share(1.0)), "{}", share(1.0));
    assert!(share(0.8) < 0.88, "a posterior too sure of itself is caught: {}", share(0.8));
}

/// A number of an outcome.
type Value = Box<dyn Fn(&simulate::Outcome) -> f32>;

#[test]
fn nine_in_ten_futures_of_the_whole_model_fall_into_its_intervals() {
    // Truths are runs under other seeds: they share no number with the ensemble.
    let hazards = ["supply.gas.cut=3", "pillar.fenland.hazard=1", "shock.flood.hazard=2"];
    let case = built(&with(&folder(), &hazards));
    let model = Model::new(&case).unwrap();
    let ensemble = model.ensemble(11, 0, 2000, &|_| {}).unwrap().outcomes;
    let truths = model.ensemble(12, 0, 2000, &|_| {}).unwrap().outcomes;
    // Those without a lump of probability at one value, of which no interval holds just nine in ten.
    let named = ["opinion.favour.northmark", "opinion.favour.seaward", "opinion.legitimacy"];
    let named = named.into_iter().chain(["information.heard.money", "dependence.prices"]);
    let mut values: Vec<(String, Value)> = Vec::new();
    for id in named {
        let at = model.quantities.iter().position(|q| q.id == id).unwrap();
        values.push((id.to_owned(), Box::new(move |o| o.quantities[at].unwrap())));
    }
    values.push(("turnout".to_owned(), Box::new(|o| o.turnout)));
    for list in 0..4 {
        values.push((model.label(list).to_owned(), Box::new(move |o| o.shares[list])));
    }
    for (name, value) in values {
        let mut drawn: Vec<f32> = ensemble.iter().map(&value).collect();
        drawn.sort_by(f32::total_cmp);
        let (low, high) = (drawn[drawn.len() / 20], drawn[drawn.len() * 19 / 20]);
        assert!(low < high, "{name}");
        let inside = truths.iter().map(&value).filter(|v| (low..=high).contains(v)).count();
        let share = inside as f64 / truths.len() as f64;
        assert!((0.88..=0.92).contains(&share), "{name}: {share}");
    }
}
