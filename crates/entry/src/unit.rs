//! The units of estimates: a written `unit` must be the field's own, because nothing is converted by guess.

/// A unit, with what a number in it can be. A field may be bounded otherwise, by `#[entry(within(LOW, HIGH))]`.
pub trait Unit {
    /// Its name; none where it depends on what the estimate is about.
    const NAME: Option<&'static str>;
    /// The least and the most that a number in it can be.
    const BOUNDS: (f64, f64);
}

/// The unit of an estimate that is fixed by nothing but what its author says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Any;

impl Unit for Any {
    const NAME: Option<&'static str> = None;
    const BOUNDS: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
}

macro_rules! units {
    ($($(#[$doc:meta])* $unit:ident $name:literal $low:expr => $high:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, Default)]
            pub struct $unit;

            impl Unit for $unit {
                const NAME: Option<&'static str> = Some($name);
                const BOUNDS: (f64, f64) = ($low, $high);
            }
        )*

        /// The names of all units.
        pub const NAMES: &[&str] = &[$($name),*];
    };
}

units! {
    /// Seats of an assembly.
    Seats "seats" 0.0 => 1e6;
    /// People.
    People "people" 1.0 => 1e10;
    /// Money.
    Dollars "USD" 0.0 => 1e15;
    /// Money in a year.
    DollarsPerYear "USD/year" 0.0 => 1e15;
    /// Billions of cubic metres in a year.
    GasPerYear "bcm/year" 0.0 => 1e6;
    /// Megawatts.
    Megawatts "MW" 0.0 => 1e9;
    /// Barrels in a day.
    BarrelsPerDay "barrels/day" 0.0 => 1e12;
    /// Kilometres; no two places are further apart than half the earth's girth.
    Kilometres "km" 0.0 => 20_100.0;
    /// A share of something.
    Share "share" 0.0 => 1.0;
    /// Days.
    Days "days" 0.0 => 10_000.0;
    /// Weeks.
    Weeks "weeks" 0.0 => 10_000.0;
    /// How likely something is.
    Probability "probability" 0.0 => 1.0;
    /// So many times something.
    Ratio "ratio" 0.0 => 1e6;
    /// A rate in a week.
    PerWeek "1/week" 0.0 => 1000.0;
    /// A chance in a year.
    PerYear "1/year" 0.0 => 1e6;
    /// Hundredths.
    Percent "percent" 0.0 => 100.0;
    /// Points of a sharing-out.
    Points "points" 0.0 => 1e4;
    /// Lists.
    Lists "lists" 0.0 => 1000.0;
    /// Rounds of talks.
    Rounds "rounds" 1.0 => 1000.0;
    /// A rung of a ladder; how many there are is the ladder's own.
    Rung "rung" f64::NEG_INFINITY => f64::INFINITY;
    /// What counts against other weights.
    Weight "weight" 1e-6 => 1e6;
    /// From rejection to approval.
    Scale "scale" -1.0 => 1.0;
    /// A place on the line of an issue.
    Position "position" 0.0 => 1.0;
    /// A correlation; which can be depends on how many are correlated.
    Correlation "correlation" f64::NEG_INFINITY => f64::INFINITY;
    /// Odds on their logarithm.
    LogOdds "log odds" -100.0 => 100.0;
    /// Seats in a year.
    SeatsPerYear "seats/year" 0.0 => 1e6;
    /// People in a year.
    PeoplePerYear "people/year" 0.0 => 1e10;
}
