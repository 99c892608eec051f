//! Sanctions: what counts as success, and how often it has been had.
//!
//! Two datasets are quoted. Hufbauer, Schott and Elliott score episodes of high politics; TIES counts
//! threats too and is mostly about trade. The module refuses to average them.

use crate::Fault;

/// The success score of Hufbauer, Schott and Elliott: `result` times `contribution`, 1 to 16.
///
/// Both are judged from 1 to 4. Result: failed; unclear but possibly positive; goals partly realised;
/// goals largely realised. Contribution of the sanctions: negative; little or none; substantial;
/// decisive.
///
/// # Errors
/// A judgement outside 1..=4.
///
/// Reference: `hufbauer2007`. Checked by its example.
///
/// ```
/// use theory::economy::sanctions::{is_success, success_score};
/// // Goals partly realised, and the sanctions had a substantial part in it.
/// assert!(is_success(success_score(3, 3)?));
/// assert!(!is_success(success_score(4, 2)?));
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn success_score(result: u8, contribution: u8) -> Result<u8, Fault> {
    for (name, judged) in [("the policy result", result), ("the contribution", contribution)] {
        if !(1..=4).contains(&judged) {
            return Err(Fault::whole(name, judged, "from 1 to 4"));
        }
    }
    Ok(result * contribution)
}

/// Whether a success score counts as a success: nine or more.
pub fn is_success(score: u8) -> bool {
    score >= 9
}

/// How often a kind of sanctions episode has succeeded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BaseRate {
    /// The dataset.
    pub dataset: &'static str,
    /// Which episodes.
    pub episodes: &'static str,
    /// How many of them, if counted.
    pub count: Option<u32>,
    /// The share that succeeded: the lowest figure given.
    pub low: f64,
    /// The highest figure given; the same if there is one only.
    pub high: f64,
    /// Key in references.bib.
    pub citation: &'static str,
}

const fn counted(episodes: &'static str, successes: u32, count: u32) -> BaseRate {
    let share = successes as f64 / count as f64;
    BaseRate {
        dataset: "HSE 1914-2000",
        episodes,
        count: Some(count),
        low: share,
        high: share,
        citation: "hufbauer2007",
    }
}

/// The base rates on file.
///
/// *Judged*: of the third edition's figures the 204 episodes and the success of 34 % of them (70) are
/// confirmed by a published review; the counts by policy goal and the range of TIES are recalled from
/// the works cited and have not been confirmed against them. The range of TIES for imposed sanctions runs from
/// counting only a target's acquiescence to counting negotiated settlements too. Episodes that ended at the threat succeeded
/// more often and are not in it. Give them little weight, or better ones.
///
/// Reference: `hufbauer2007`, `bapat2015`, `morgan2014`. Checked by the property that goals add up to all
/// episodes.
pub const BASE_RATES: [BaseRate; 7] = [
    counted("all", 70, 204),
    counted("modest policy changes", 22, 43),
    counted("regime change and democratisation", 25, 80),
    counted("disruption of military adventures", 4, 19),
    counted("military impairment", 9, 29),
    counted("other major policy changes", 10, 33),
    BaseRate {
        dataset: "TIES 1945-2005",
        episodes: "imposed",
        count: None,
        low: 0.272,
        high: 0.375,
        citation: "bapat2015",
    },
];

/// A belief about a share, as a beta distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Successes, counting those of the prior.
    pub successes: f64,
    /// Failures likewise.
    pub failures: f64,
}

impl BaseRate {
    /// The base rate as a prior that weighs as much as `episodes` observed ones.
    ///
    /// The weight is the reader's: it says how like the case in hand the dataset's episodes are. The
    /// mean is the middle of the range given.
    ///
    /// # Errors
    /// A weight that is not positive.
    pub fn prior(&self, episodes: f64) -> Result<Belief, Fault> {
        if !(episodes > 0.0 && episodes <= 1e9) {
            return Err(Fault::number("episodes", episodes, "above 0, at most 1e9"));
        }
        let mean = (self.low + self.high) / 2.0;
        Ok(Belief { successes: mean * episodes, failures: (1.0 - mean) * episodes })
    }
}

impl Belief {
    /// The belief after some more episodes.
    pub fn after(self, successes: u32, failures: u32) -> Self {
        Belief {
            successes: self.successes + f64::from(successes),
            failures: self.failures + f64::from(failures),
        }
    }

    /// The mean share.
    pub fn mean(self) -> f64 {
        self.successes / (self.successes + self.failures)
    }

    /// The standard deviation of the share.
    pub fn sd(self) -> f64 {
        let n = self.successes + self.failures;
        (self.mean() * (1.0 - self.mean()) / (n + 1.0)).sqrt()
    }
}
