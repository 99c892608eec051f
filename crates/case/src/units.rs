//! The unit of every estimate: a written `unit` must be this one, because nothing is converted by guess.

/// Kind, field and unit of every estimate whose unit is fixed by what it is.
pub const UNITS: &[(&str, &str, &str)] = &[
    ("actor", "autonomy", "weight"),
    ("membership", "cohesion", "probability"),
    ("tie", "bandwidth", "share"),
    ("tie", "dependence", "share"),
    ("district", "fringe", "share"),
    ("district", "fringe_lists", "lists"),
    ("law", "nomination", "ratio"),
    ("law", "evenness", "share"),
    ("stage", "days", "days"),
    ("office", "points", "points"),
    ("office", "vacancy", "probability"),
    ("contest", "electorate", "people"),
    ("contest", "turnout", "share"),
    ("entry", "abstain", "share"),
    ("entry", "nomination", "ratio"),
    ("entry", "evenness", "share"),
    ("prior", "share", "share"),
    ("candidate", "appeal", "scale"),
    ("preference", "value", "scale"),
    ("preference", "threat", "probability"),
    ("issue", "status_quo", "position"),
    ("position", "position", "position"),
    ("position", "salience", "share"),
    ("position", "capability", "share"),
    ("bill", "position", "position"),
    ("bill", "status_quo", "position"),
    ("bill", "hazard", "1/year"),
    ("veto", "strength", "probability"),
    ("dialogue", "interval", "days"),
    ("dialogue", "rounds", "rounds"),
    ("term", "by", "ratio"),
    ("supply", "value", "USD/year"),
    ("supply", "share", "share"),
    ("supply", "substitute", "share"),
    ("supply", "cut", "1/year"),
    ("supply", "days", "days"),
    ("waiver", "renewal", "probability"),
    ("designation", "hazard", "1/year"),
    ("revenue", "value", "USD/year"),
    ("revenue", "exposed", "share"),
    ("pillar", "weight", "ratio"),
    ("pillar", "hazard", "1/year"),
    ("shock", "hazard", "1/year"),
    ("shock", "days", "days"),
    ("visit", "rate", "1/year"),
    ("visit", "restraint", "share"),
    ("segment", "share", "share"),
    ("segment", "protest", "ratio"),
    ("favour", "value", "scale"),
    ("poll", "percent", "percent"),
    ("narrative", "slant", "scale"),
    ("narrative", "reach", "share"),
    ("weapon", "range", "km"),
    ("rivalry", "rung", "rung"),
    ("rivalry", "rise", "probability"),
    ("rivalry", "calm", "probability"),
    ("campaign", "rate", "1/week"),
    ("campaign", "branching", "ratio"),
    ("campaign", "heat", "ratio"),
    ("group", "rho", "correlation"),
];

/// Units that an estimate without a fixed one (a process's parameter, the effect of a shock) may be given.
pub const NAMES: &[&str] = &[
    "seats",
    "people",
    "USD",
    "USD/year",
    "bcm/year",
    "MW",
    "barrels/day",
    "km",
    "share",
    "days",
    "weeks",
    "probability",
    "ratio",
    "1/week",
    "1/year",
    "percent",
    "points",
    "lists",
    "rounds",
    "rung",
    "weight",
    "scale",
    "position",
    "correlation",
    "log odds",
    "seats/year",
    "people/year",
];

/// The unit of the estimate at a belief's path, if what it is fixes it.
#[must_use]
pub fn unit_of(path: &str) -> Option<&'static str> {
    let kind = path.split('.').next()?;
    let field = path.rsplit('.').next()?;
    UNITS.iter().find(|(k, f, _)| *k == kind && *f == field).map(|(_, _, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::entry::ESTIMATES;

    #[test]
    fn every_estimate_of_every_kind_has_a_unit_and_no_unit_is_of_nothing() {
        // The effect of a shock has the unit of what it moves.
        let free = ("effect", "by");
        let of_kinds: BTreeSet<(&str, &str)> = ESTIMATES
            .iter()
            .flat_map(|(kind, fields)| fields.iter().map(|field| (*kind, *field)))
            .filter(|pair| *pair != free)
            .collect();
        let with_unit: BTreeSet<(&str, &str)> = UNITS.iter().map(|(k, f, _)| (*k, *f)).collect();
        assert_eq!(of_kinds, with_unit);
        assert!(UNITS.iter().all(|(_, _, unit)| NAMES.contains(unit)));
    }
}
