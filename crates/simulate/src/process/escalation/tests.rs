use super::*;
use crate::luck::Who;
use theory::escalation::hawkes::Hawkes;

const NAME: Name = Name::new("test/attacks");

fn mean(own: f64, branching: f64, memory: f64) -> f64 {
    let (runs, weeks, burnt) = (2_000, 500, 200);
    let mut sum = 0.0;
    for run in 0..runs {
        let luck = Luck::new(11, run);
        let mut attacks = Attacks::default();
        let mut early = 0;
        for n in 0..weeks {
            let u = luck.number(jiff::civil::date(2031, 3, 1), NAME, Who::ALL.nth(n));
            attacks = week(attacks, own, branching, memory, f64::INFINITY, u);
            if n + 1 == burnt {
                early = attacks.total;
            }
        }
        sum += f64::from(attacks.total - early) / f64::from(weeks - burnt);
    }
    sum / f64::from(runs)
}

#[test]
fn a_stationary_campaign_has_the_mean_of_the_hawkes_process() {
    for (own, branching, memory) in [(0.5, 0.0, 3.0), (0.8, 0.5, 2.0), (0.3, 0.7, 4.0)] {
        // In continuous time an attack raises the rate at once by branching times decay.
        let decay = 1.0 / memory;
        let exact =
            Hawkes { background: vec![own], excitation: vec![vec![branching * decay]], decay };
        let exact = exact.mean_rate().unwrap().unwrap()[0];
        assert!((exact - own / (1.0 - branching)).abs() < 1e-12);
        let found = mean(own, branching, memory);
        assert!((found / exact - 1.0).abs() < 0.03, "{found} a week for {exact}");
    }
}

#[test]
fn an_attack_breeds_its_branching_number_whatever_the_memory() {
    for memory in [0.0, 0.5, 3.0, 20.0] {
        let mut attacks = Attacks { week: 0, total: 0, excitation: 0.0 };
        // One attack, then weeks in which the excitement is summed and nothing happens.
        attacks = week(attacks, 1e-9, 0.6, memory, f64::INFINITY, 1.0 - 5e-10);
        assert_eq!(attacks.week, 1);
        let mut bred = 0.0;
        for _ in 0..2_000 {
            bred += attacks.excitation;
            attacks = week(attacks, 0.0, 0.6, memory, f64::INFINITY, 1e-12);
        }
        assert!((bred - 0.6).abs() < 1e-6, "{bred} at a memory of {memory}");
    }
}

#[test]
fn extreme_rates_stay_finite() {
    let mut attacks = Attacks::default();
    for _ in 0..100 {
        attacks = week(attacks, f64::MAX, 0.99, 1e9, f64::INFINITY, 0.999_999);
        assert!(attacks.excitation.is_finite());
    }
    assert!(attacks.total <= 100 * 20_000);
}

#[test]
fn nobody_attacks_oftener_than_it_can() {
    let count = |own: f64, most: f64| {
        let many = 4_000;
        let sum: u32 = (0..many)
            .map(|n| {
                let u = (f64::from(n) + 0.5) / f64::from(many);
                week(Attacks::default(), own, 0.5, 3.0, most, u).week
            })
            .sum();
        f64::from(sum) / f64::from(many)
    };
    // 20 (1 - exp(-0.01)) and 20 (1 - exp(-50)): what is rare is left as it is, what is wild is held.
    assert!((count(0.2, 20.0) - 0.199).abs() < 0.003);
    assert!((count(1_000.0, 20.0) - 20.0).abs() < 0.1);
    assert!(count(1_000.0, f64::INFINITY) > 900.0);
}
