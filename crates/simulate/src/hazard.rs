//! Chances of events that may come on any day.

/// Days in a year on average.
const YEAR: f64 = 365.25;

/// The chance that an event with a constant hazard comes within some days: p = 1 - exp(-h d / 365.25) for h events
/// expected a year and d days. Hazards and days below zero count as zero.
#[must_use]
pub fn within(hazard: f64, days: f64) -> f64 {
    -(-hazard.max(0.0) * days.max(0.0) / YEAR).exp_m1()
}

/// [`within`] a week.
#[must_use]
pub fn weekly(hazard: f64) -> f64 {
    within(hazard, 7.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_weeks_leaves_as_much_as_a_year() {
        let spared = (1.0 - weekly(0.8)).powf(YEAR / 7.0);
        assert!((spared - (1.0 - within(0.8, YEAR))).abs() < 1e-12);
        assert_eq!(within(0.0, 9.0), 0.0);
        assert_eq!(within(-1.0, 9.0), 0.0);
        assert_eq!(within(1e6, 400.0), 1.0);
    }
}
