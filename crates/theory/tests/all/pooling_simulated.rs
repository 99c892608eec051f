//! Partial pooling on invented worlds: what is said to be likely by p comes true p of the time, and
//! intervals hold what they promise.

#![allow(clippy::unwrap_used)]

use theory::pooling::{
    BetaBinomial, Events, GammaPoisson, Kernel, Pooled, Record, StudentT, Trials,
};

/// A plain generator (splitmix64), so that the worlds are the same everywhere.
struct Luck(u64);

impl Luck {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (u, v) = (self.uniform().max(1e-300), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    /// Gamma of unit scale, by squeezed normals.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let power = self.uniform().max(1e-300).powf(1.0 / shape);
            return power * self.gamma(shape + 1.0);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let z = self.normal();
            let v = (1.0 + c * z).powi(3);
            let u = self.uniform().max(1e-300);
            if v > 0.0 && u.ln() < 0.5 * z * z + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn poisson(&mut self, mean: f64) -> u32 {
        let (mut n, mut left) = (0, (-mean).exp());
        let u = self.uniform();
        let mut below = left;
        while below < u && n < 10_000 {
            n += 1;
            left *= mean / f64::from(n);
            below += left;
        }
        n
    }
}

#[test]
fn rates_of_yes_are_as_often_right_as_they_say() {
    let mut luck = Luck(1);
    let mut bins = [(0.0, 0.0, 0.0); 5];
    let (mut pooled, mut alone) = (0.0, 0.0);
    for _ in 0..400 {
        // Worlds from the prior itself: a mean, a spread, and shares of countries from that beta.
        let (mean, precision) = (luck.uniform(), luck.uniform().max(1e-3).powi(-2));
        let shares: Vec<f64> = (0..8)
            .map(|_| {
                let a = luck.gamma((mean * precision).max(1e-6));
                let b = luck.gamma(((1.0 - mean) * precision).max(1e-6));
                a / (a + b).max(1e-300)
            })
            .collect();
        let groups: Vec<Trials> = shares
            .iter()
            .map(|p| {
                let yes = (0..4).filter(|_| luck.uniform() < *p).count() as f64;
                Trials { yes, trials: 4.0 }
            })
            .collect();
        let fit = BetaBinomial::fit(&groups).unwrap();
        for (group, share) in groups.iter().zip(&shares) {
            let said = fit.chance(*group).unwrap();
            let came = f64::from(u8::from(luck.uniform() < *share));
            let bin = &mut bins[((said * 5.0) as usize).min(4)];
            *bin = (bin.0 + 1.0, bin.1 + said, bin.2 + came);
            pooled += (said - came).powi(2);
            alone += ((group.yes + 0.5) / 5.0 - came).powi(2);
        }
    }
    for (n, said, came) in bins {
        let error = (0.25 / f64::max(n, 1.0)).sqrt();
        assert!((said - came).abs() <= 3.0 * error * n + 1e-9, "{bins:?}");
    }
    assert!(pooled < alone, "pooling: {pooled}, each country alone: {alone}");
}

#[test]
fn counts_lie_as_often_below_a_bound_as_they_are_said_to() {
    let mut luck = Luck(2);
    let (mut none, mut said) = (0.0, 0.0);
    let mut below = [0_usize; 4];
    for _ in 0..600 {
        // Rates of countries from Gamma(2, 2 / 0.8).
        let rates: Vec<f64> = (0..6).map(|_| luck.gamma(2.0) * 0.4).collect();
        let groups: Vec<Events> = rates
            .iter()
            .map(|r| Events { count: f64::from(luck.poisson(5.0 * r)), exposure: 5.0 })
            .collect();
        let fit = GammaPoisson::fit(&groups).unwrap();
        let came = luck.poisson(2.0 * rates[0]);
        none += f64::from(u8::from(came == 0));
        said += fit.chance_of(0, 2.0, groups[0]).unwrap();
        // The randomised integral transform is uniform if the distribution is right.
        let up_to: f64 = (0..came).map(|n| fit.chance_of(n, 2.0, groups[0]).unwrap()).sum();
        let at = up_to + luck.uniform() * fit.chance_of(came, 2.0, groups[0]).unwrap();
        below[((at * 4.0) as usize).min(3)] += 1;
    }
    assert!((none - said).abs() < 3.0 * (600.0_f64 * 0.25).sqrt(), "{none} of {said}");
    // 150 in each quarter, give or take three standard errors.
    assert!(below.iter().all(|n| n.abs_diff(150) < 33), "{below:?}");
}

#[test]
fn durations_lie_in_their_intervals_as_often_as_they_say() {
    let mut luck = Luck(3);
    let (mut known, mut fresh) = (0, 0);
    let worlds = 120;
    for _ in 0..worlds {
        let locations: Vec<f64> = (0..10).map(|_| 4.5 + 0.5 * luck.normal()).collect();
        let mut records = Vec::new();
        for (group, at) in locations.iter().enumerate() {
            for _ in 0..4 {
                let value = at + 0.6 * luck.normal();
                // One in six is not watched longer than this.
                let end = 4.5 + 1.5 * luck.normal();
                let censored = luck.uniform() < 1.0 / 6.0 && end < value;
                let value = if censored { end } else { value };
                records.push(Record { group, value, censored, weight: 1.0 });
            }
        }
        let fit = Pooled::fit(&records, 10, Kernel::Normal).unwrap();
        let inside = |mixture: &theory::pooling::Mixture, value: f64| {
            let at = mixture.cumulative(value);
            u32::from((0.05..=0.95).contains(&at))
        };
        known += inside(&fit.predict(Some(0)), locations[0] + 0.6 * luck.normal());
        let elsewhere = 4.5 + 0.5 * luck.normal() + 0.6 * luck.normal();
        fresh += inside(&fit.predict(None), elsewhere);
    }
    // 108 of 120, give or take three standard errors.
    assert!((98..=118).contains(&known), "{known} of {worlds} in countries with a record");
    assert!((98..=118).contains(&fresh), "{fresh} of {worlds} in new ones");
}

#[test]
fn a_planted_fault_is_found_by_the_same_count() {
    // Intervals half as wide as they should be hold far fewer than nine in ten.
    let mut luck = Luck(4);
    let mut inside = 0;
    for _ in 0..120 {
        let values: Vec<f64> = (0..12).map(|_| luck.normal()).collect();
        let record = |value: &f64| Record { group: 0, value: *value, censored: false, weight: 1.0 };
        let records: Vec<Record> = values.iter().map(record).collect();
        let mixture = Pooled::fit(&records, 1, Kernel::Normal).unwrap().predict(Some(0));
        let middle = mixture.quantile(0.5).unwrap();
        let half = |share| middle + (mixture.quantile(share).unwrap() - middle) / 2.0;
        let new = luck.normal();
        inside += u32::from(half(0.05) <= new && new <= half(0.95));
    }
    assert!(inside < 98, "{inside} of 120");
}

#[test]
fn a_t_is_found_again_from_its_draws() {
    let mut luck = Luck(5);
    // A t with four degrees of freedom: a normal over the root of a mean of squares.
    let draws: Vec<f64> = (0..4000)
        .map(|_| {
            let squares: f64 = (0..4).map(|_| luck.normal().powi(2)).sum();
            0.1 + 0.3 * luck.normal() / (squares / 4.0).sqrt()
        })
        .collect();
    let fit = StudentT::fit(&draws, &[1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 30.0]).unwrap();
    assert!((3.0..=5.0).contains(&fit.df), "{fit:?}");
    assert!((fit.location - 0.1).abs() < 0.02 && (fit.scale - 0.3).abs() < 0.02, "{fit:?}");
}
