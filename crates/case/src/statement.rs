//! What a single written statement of an estimate must hold.

use entry::unit::NAMES;
use entry::{Dated, Path, Shape, Written, beta_shapes};
use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::source_map::Spot;

/// Leaves in `faults` what is wrong with an estimate in a field, of a unit and within bounds.
pub(crate) fn check(
    written: &Written,
    field: &str,
    unit: Option<&str>,
    bounds: (f64, f64),
    faults: &mut Vec<Diagnostic>,
) {
    for dated in &written.dated {
        statement(dated, written, field, unit, faults);
    }
    within(written, field, bounds, faults);
}

/// Leaves a fault if any number of an estimate lies outside of bounds, where there are any.
pub(crate) fn within(
    written: &Written,
    what: &str,
    (low, high): (f64, f64),
    faults: &mut Vec<Diagnostic>,
) {
    let ends = |dated: &Dated| [Some(dated.value), dated.low, dated.high];
    let mut all = written.dated.iter().flat_map(ends).flatten();
    let bounded = low.is_finite() || high.is_finite();
    if bounded && all.any(|v| !(low..=high).contains(&v)) {
        let message = format!("{what} must lie between {low} and {high}");
        faults.push(Diagnostic::error("bounds", written.spot.clone(), message));
    }
}

fn statement(
    dated: &Dated,
    estimate: &Written,
    field: &str,
    fixed: Option<&str>,
    faults: &mut Vec<Diagnostic>,
) {
    let spot = estimate.spot.clone();
    if dated.source.0.is_empty() && dated.judged.is_none() {
        faults.push(
            Diagnostic::error("unsourced", spot.clone(), format!("{field} has no source"))
                .hint("add source = \"KEY\", or judged = \"why you believe it\""),
        );
    }
    numbers(dated, field, estimate, faults);
    unit(dated, fixed, field, faults);
    if let (Some(from), Some(to)) = (dated.from, dated.to)
        && from > to
    {
        let message = format!("{field}: from {from} is after to {to}");
        faults.push(Diagnostic::error("dates", spot, message));
    }
}

fn numbers(dated: &Dated, field: &str, estimate: &Written, faults: &mut Vec<Diagnostic>) {
    let spot = estimate.spot.clone();
    let mut fault = |rule: &'static str, message: String, hint: &str| {
        let fault = Diagnostic::error(rule, spot.clone(), message);
        faults.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    };
    let written = [Some(dated.value), dated.low, dated.high].into_iter().flatten();
    let mut all = written.chain(dated.values.iter().copied()).chain(dated.weights.iter().copied());
    if all.any(|v| !v.is_finite()) {
        fault("number", format!("{field} must be a finite number"), "");
        return;
    }
    if dated.low.is_some() != dated.high.is_some() {
        let message = format!("{field} has one end of a range but not the other");
        fault("range", message, "give both low and high");
    }
    let (value, (low, high)) = (dated.value, dated.range());
    if value < low || value > high {
        fault("range", format!("{field}: {value} is not between low {low} and high {high}"), "");
    }
    match dated.shape {
        Some(Shape::Discrete) => discrete(dated, field, &mut fault),
        _ if !dated.values.is_empty() || !dated.weights.is_empty() => {
            let message = format!("{field}: values and weights belong to the shape discrete");
            fault("shape", message, "add shape = \"discrete\"");
        }
        Some(Shape::Beta) if low < high && beta_shapes(value, low, high).is_none() => {
            let message = format!("{field}: no beta has mean {value} and this range");
            fault("shape", message, "a beta lies between 0 and 1; narrow the range, or use pert");
        }
        Some(Shape::Lognormal) if low <= 0.0 => {
            let message = format!("{field}: a lognormal lies above 0");
            fault("shape", message, "raise low, or use another shape");
        }
        Some(Shape::Constant) if low < high => {
            let message = format!("{field}: a constant has no range");
            fault("shape", message, "leave out low and high, or the shape");
        }
        Some(shape) if shape != Shape::Constant && dated.low.is_none() => {
            let message = format!("{field}: the shape {} needs a range", shape.name());
            fault("shape", message, "give both low and high");
        }
        _ => {}
    }
}

fn discrete(dated: &Dated, field: &str, fault: &mut impl FnMut(&'static str, String, &str)) {
    if dated.low.is_some() || dated.high.is_some() {
        let message = format!("{field}: a discrete estimate has values, not a range");
        fault("shape", message, "leave out low and high");
    }
    if !dated.values.contains(&dated.value) {
        let message = format!("{field}: {} is not among its values", dated.value);
        fault("shape", message, "add it to values");
    }
    if !dated.weights.is_empty() && dated.weights.len() != dated.values.len() {
        let message = format!(
            "{field} has {} values and {} weights",
            dated.values.len(),
            dated.weights.len()
        );
        fault("shape", message, "give one weight for each value");
    }
    let heavy = dated.weights.is_empty() || dated.weights.iter().any(|w| *w > 0.0);
    if dated.weights.iter().any(|w| *w < 0.0) || !heavy {
        let message = format!("{field}: weights are not below 0, and one is above");
        fault("shape", message, "");
    }
}

fn unit(dated: &Dated, fixed: Option<&str>, field: &str, faults: &mut Vec<Diagnostic>) {
    let Some(written) = &dated.unit else { return };
    let (unit, span) = (written.get_ref().as_str(), written.span());
    match fixed {
        Some(fixed) if fixed != unit => {
            let message = format!("{field} is in {fixed}, not in {unit}");
            let fault = Diagnostic::error("unit", span, message);
            faults.push(fault.hint("convert the numbers and say how in note"));
        }
        None if !NAMES.contains(&unit) => {
            let message = format!("\"{unit}\": no such unit");
            let fault = Diagnostic::error("unit", span, message);
            faults.push(fault.nearest(unit, NAMES.iter().copied()));
        }
        _ => {}
    }
}

/// Warns of two known statements in force on a date, from the same day or from none, whose ranges do not meet.
pub(crate) fn contradicted(
    known: &[&Dated],
    spot: &Spot,
    path: &Path,
    as_of: Date,
    faults: &mut Vec<Diagnostic>,
) {
    let in_force = |d: &Dated| d.from.is_none_or(|f| f <= as_of) && d.to.is_none_or(|t| t >= as_of);
    for (i, one) in known.iter().enumerate().filter(|(_, d)| in_force(d)) {
        let apart = |other: &&&Dated| {
            let ((a, b), (c, d)) = (one.range(), other.range());
            in_force(other) && one.from == other.from && (b < c || d < a)
        };
        if let Some(other) = known[i + 1..].iter().find(apart) {
            let ((a, b), (c, d)) = (one.range(), other.range());
            let message = format!(
                "{path}: statements in force together disagree: {a} to {b}, and {c} to {d}"
            );
            faults.push(
                Diagnostic::warning("contradicted", spot.clone(), message)
                    .hint("date them with from and to, or widen one range over both"),
            );
            return;
        }
    }
}
