//! How long forming a government takes: proportional hazards with published coefficients.
//!
//! The coefficients are priors from sixteen West European democracies, 1944 to 1998; elsewhere they
//! are a starting point and the user's own baseline carries the level. No baseline is given here.

use crate::Fault;
use crate::fault::{finite, positive, sound};

/// What the hazard depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// Whether the government is the first after an election.
    pub post_election: bool,
    /// Effective number of parties in the legislature.
    pub legislative_parties: f64,
    /// Ideological polarisation, from 0 to 1 as the source measures it.
    pub polarisation: f64,
    /// Whether a government must win a vote of investiture.
    pub positive_parliamentarism: bool,
    /// Whether one party holds a majority.
    pub majority_party: bool,
    /// Whether the outgoing government or a named formateur has the first try.
    pub continuation_rule: bool,
}

/// One coefficient with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// Log hazard ratio.
    pub value: f64,
    /// Robust standard error.
    pub error: f64,
}

/// The coefficients of one model; a positive one means a government sooner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficients {
    /// First government after an election.
    pub post_election: Coefficient,
    /// Each effective party.
    pub legislative_parties: Coefficient,
    /// Polarisation from 0 to 1.
    pub polarisation: Coefficient,
    /// Vote of investiture.
    pub positive_parliamentarism: Coefficient,
    /// A majority party.
    pub majority_party: Coefficient,
    /// Continuation rule.
    pub continuation_rule: Coefficient,
}

const fn c(value: f64, error: f64) -> Coefficient {
    Coefficient { value, error }
}

/// Cox model over all formations, n = 325. Reference: `golder2010`, table 2 of the conference
/// version.
pub const ALL_FORMATIONS: Coefficients = Coefficients {
    post_election: c(-0.98, 0.13),
    legislative_parties: c(-0.26, 0.06),
    polarisation: c(-1.01, 0.39),
    positive_parliamentarism: c(-0.10, 0.13),
    majority_party: c(0.82, 0.17),
    continuation_rule: c(1.47, 0.17),
};

/// Cox model of formations between elections, n = 124. Reference: as [`ALL_FORMATIONS`].
pub const BETWEEN_ELECTIONS: Coefficients = Coefficients {
    post_election: c(0.0, 0.0),
    legislative_parties: c(-0.12, 0.10),
    polarisation: c(-0.47, 1.00),
    positive_parliamentarism: c(-0.30, 0.26),
    majority_party: c(0.69, 0.32),
    continuation_rule: c(1.02, 0.34),
};

/// Cox model of formations after elections, n = 201. Reference: as [`ALL_FORMATIONS`].
pub const AFTER_ELECTIONS: Coefficients = Coefficients {
    post_election: c(0.0, 0.0),
    legislative_parties: c(-0.43, 0.08),
    polarisation: c(-1.64, 0.45),
    positive_parliamentarism: c(0.04, 0.17),
    majority_party: c(0.91, 0.21),
    continuation_rule: c(2.04, 0.23),
};

/// The hazard of `here` over the hazard of `there`.
///
/// exp(beta (x_here - x_there)) with the model's coefficients beta: above one, a government forms
/// sooner here.
///
/// # Errors
/// A number that is not finite when a number of parties or a polarisation is not finite
/// (position 0 here, 1 there).
///
/// Reference: `golder2010`, `cox1972`. Checked by the catalog's three `formation-delay` entries, which
/// hold the coefficients to the published table, and by worked ratios.
pub fn hazard_ratio(
    model: &Coefficients,
    here: &Circumstances,
    there: &Circumstances,
) -> Result<f64, Fault> {
    let score = |position: usize, x: &Circumstances| {
        for (what, value) in [("parties", x.legislative_parties), ("polarisation", x.polarisation)]
        {
            finite(what, value).map_err(|fault| fault.at(position))?;
        }
        let flag = |set: bool, k: Coefficient| if set { k.value } else { 0.0 };
        Ok(flag(x.post_election, model.post_election)
            + model.legislative_parties.value * x.legislative_parties
            + model.polarisation.value * x.polarisation
            + flag(x.positive_parliamentarism, model.positive_parliamentarism)
            + flag(x.majority_party, model.majority_party)
            + flag(x.continuation_rule, model.continuation_rule))
    };
    sound("the ratio of hazards", (score(0, here)? - score(1, there)?).exp())
}

/// A Weibull waiting time with proportional hazards.
///
/// S(t) = exp(-ratio (t / scale)^shape), t in days, `scale` the baseline's 63rd percentile. The
/// published shapes are 1.31 over all formations, 1.25 between and 1.38 after elections: the longer
/// it has lasted, the likelier an end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delay {
    scale: f64,
    shape: f64,
    ratio: f64,
}

impl Delay {
    /// A delay whose baseline has this median, in days, and this shape; `ratio` is against that
    /// baseline.
    ///
    /// # Errors
    /// A number out of range unless all three are positive and finite.
    pub fn with_median(median: f64, shape: f64, ratio: f64) -> Result<Self, Fault> {
        positive("median", median)?;
        positive("shape", shape)?;
        positive("ratio", ratio)?;
        let scale = sound("the scale", median / std::f64::consts::LN_2.powf(1.0 / shape))?;
        positive("the scale", scale)?;
        Ok(Self { scale, shape, ratio })
    }

    /// The probability that no government has formed by day t; 1 before day 0.
    #[must_use]
    pub fn survival(&self, day: f64) -> f64 {
        if day <= 0.0 {
            return 1.0;
        }
        (-self.ratio * (day / self.scale).powf(self.shape)).exp()
    }

    /// The probability that one forms in the days after `day`, up to `day + days`, if none has by
    /// then.
    #[must_use]
    pub fn chance_within(&self, day: f64, days: f64) -> f64 {
        let cumulated = |t: f64| self.ratio * (t.max(0.0) / self.scale).powf(self.shape);
        let before = cumulated(day);
        if before.is_infinite() {
            // Nobody waits so long: whatever was to come has come.
            return f64::from(u8::from(days > 0.0));
        }
        -(before - cumulated(day + days.max(0.0))).exp_m1()
    }

    /// The day that a uniform number in [0, 1) picks, by inversion.
    ///
    /// # Errors
    /// A number outside [0, 1).
    pub fn day(&self, uniform: f64) -> Result<f64, Fault> {
        if !(0.0..1.0).contains(&uniform) {
            return Err(Fault::number("uniform", uniform, "at least 0 and below 1"));
        }
        let scales = (-(-uniform).ln_1p() / self.ratio).powf(1.0 / self.shape);
        sound("the day", self.scale * scales)
    }
}
