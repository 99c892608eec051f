//! Named random numbers: the same name gives the same number, whatever else a run draws.
//!
//! A number is Philox4x32-10 (`salmon2011`) of the seed and an address made of the run, the day, what is drawn
//! and for whom. There is no stream to get out of step: a scenario differs from its base only where it reaches,
//! and a process that is added or removed moves nobody else's luck. Draws use one uniform each and the inverse
//! of a distribution function, never a rejection loop.

use jiff::civil::Date;
use serde::Serialize;
use statrs::function::erf::erfc_inv;

use crate::journal::Journal;

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Philox4x32 with ten rounds: a counter-based generator (`salmon2011`).
///
/// `counter` (four 32-bit words) is encrypted under `key` (two words). Checked against the known answers that
/// come with Random123.
#[must_use]
pub fn philox4x32_10(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    let split = |a: u32, b: u32| {
        let product = u64::from(a) * u64::from(b);
        ((product >> 32) as u32, product as u32)
    };
    for round in 0..10 {
        if round > 0 {
            key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
        }
        let (high0, low0) = split(MULTIPLIERS[0], counter[0]);
        let (high1, low1) = split(MULTIPLIERS[1], counter[2]);
        counter = [high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0];
    }
    counter
}

/// What is drawn, such as `election/national swing`: a 64-bit FNV-1a hash of a process's and a draw's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The name for people.
    pub text: &'static str,
    hash: u64,
}

impl Name {
    /// A name; make it a `const`, so that hashing costs nothing.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, hash: fnv(text.as_bytes(), 0xCBF2_9CE4_8422_2325) }
    }

    /// The name of the `n`th of several draws of one kind, such as the tries of a step.
    #[must_use]
    pub const fn nth(self, n: u32) -> Self {
        let hash =
            mix(self.hash.rotate_left(17) ^ (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Self { text: self.text, hash }
    }
}

/// For whom something is drawn: an id, or several joined. It is hashed from the ids' letters, not from their
/// places in a list, so that an actor added to a case moves nobody else's luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Who(u64);

impl Who {
    /// Nobody in particular.
    pub const ALL: Self = Self(0);

    /// The one with this id.
    #[must_use]
    pub const fn new(id: &str) -> Self {
        Self(fnv(id.as_bytes(), 0xCBF2_9CE4_8422_2325))
    }

    /// This one together with another, or at another time; the order matters.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(mix(self.0.rotate_left(23) ^ other.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// The `n`th of several for this one.
    #[must_use]
    pub const fn nth(self, n: u32) -> Self {
        self.and(Self(n as u64 + 1))
    }
}

const fn fnv(bytes: &[u8], mut hash: u64) -> u64 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01B3);
        i += 1;
    }
    hash
}

/// The finaliser of SplitMix64: every input bit reaches every output bit.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The luck of one run.
#[derive(Debug, Clone, Copy)]
pub struct Luck {
    seed: u64,
    run: u32,
}

impl Luck {
    /// The luck of run `run` under `seed`.
    #[must_use]
    pub fn new(seed: u64, run: u32) -> Self {
        Self { seed, run }
    }

    /// A number strictly between 0 and 1, without a trace.
    #[must_use]
    pub fn number(&self, day: Date, name: Name, who: Who) -> f64 {
        let day = (i64::from(day.year()) * 512 + i64::from(day.day_of_year())) as u32;
        let address = mix(name.hash ^ who.0.rotate_left(32).wrapping_mul(0xA24B_AED4_963E_E407));
        let counter = [address as u32, (address >> 32) as u32, day, self.run];
        let block = philox4x32_10(counter, [self.seed as u32, (self.seed >> 32) as u32]);
        let bits = (u64::from(block[1]) << 32 | u64::from(block[0])) >> 11;
        (bits as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A number strictly between 0 and 1, which the journal remembers as a cause.
    pub fn uniform(&self, journal: &Journal, day: Date, name: Name, who: Who) -> f64 {
        let number = self.number(day, name, who);
        journal.drew(day, name, who, number);
        number
    }

    /// As [`Luck::uniform`], for a number that stays with what it is for and is looked at whenever that is considered
    /// again.
    pub fn again(&self, journal: &Journal, day: Date, name: Name, who: Who) -> f64 {
        let number = self.number(day, name, who);
        journal.looked(name, who, number);
        number
    }

    /// A standard normal number.
    pub fn normal(&self, journal: &Journal, day: Date, name: Name, who: Who) -> f64 {
        standard_normal(self.uniform(journal, day, name, who))
    }

    /// Whether something of this probability happens.
    pub fn happens(&self, journal: &Journal, day: Date, name: Name, who: Who, p: f64) -> bool {
        self.uniform(journal, day, name, who) < p
    }
}

/// The inverse of the standard normal distribution function.
#[must_use]
pub fn standard_normal(u: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * u)
}

/// The standard normal distribution function.
#[must_use]
pub fn normal_below(z: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_known_answers_of_random123() {
        let zero = philox4x32_10([0; 4], [0; 2]);
        assert_eq!(zero, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = philox4x32_10([u32::MAX; 4], [u32::MAX; 2]);
        assert_eq!(ones, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = philox4x32_10(
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
        );
        assert_eq!(pi, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn numbers_are_uniform_and_names_and_runs_and_days_tell_them_apart() {
        const NAME: Name = Name::new("test/a");
        const OTHER: Name = Name::new("test/b");
        let day = jiff::civil::date(2031, 3, 1);
        let mean: f64 =
            (0..20_000).map(|run| Luck::new(1, run).number(day, NAME, Who::ALL)).sum::<f64>() / 2e4;
        assert!((mean - 0.5).abs() < 0.01, "mean {mean}");
        let luck = Luck::new(1, 7);
        let here = luck.number(day, NAME, Who::new("a"));
        assert_eq!(here, luck.number(day, NAME, Who::new("a")));
        for other in [
            luck.number(day, OTHER, Who::new("a")),
            luck.number(day, NAME, Who::new("b")),
            luck.number(day.tomorrow().unwrap(), NAME, Who::new("a")),
            Luck::new(1, 8).number(day, NAME, Who::new("a")),
            Luck::new(2, 7).number(day, NAME, Who::new("a")),
            luck.number(day, NAME, Who::new("a").nth(0)),
        ] {
            assert_ne!(here, other);
        }
    }

    #[test]
    fn the_normal_inverse_is_right_at_known_points() {
        assert!(standard_normal(0.5).abs() < 1e-12);
        assert!((standard_normal(0.975) - 1.959_963_984_540_054).abs() < 1e-9);
    }
}
