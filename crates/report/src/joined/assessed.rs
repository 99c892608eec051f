//! What the assessment found, as a brief takes it in.

use assess::discover::{Found, Rule};
use assess::indicators::Indicator;
use assess::measure::course::{ActorCourse, Course as Measured};

use super::{Course, Discovery, Sign};
use crate::picture::{Spread, influence_fan, prim_strip};

impl Sign {
    /// An indicator of an outcome, which is told as a clause.
    pub fn of(indicator: &Indicator, outcome: &str) -> Self {
        Self {
            event: without_day(&indicator.what, indicator.by),
            by: Some(indicator.by),
            outcome: outcome.to_owned(),
            ratio: indicator.ratio.value,
            range: indicator.ratio.interval,
            odds: Some((indicator.before.value, indicator.if_seen.value)),
            seen: None,
        }
    }
}

/// What is watched for without the day, which is told apart.
fn without_day(what: &str, by: jiff::civil::Date) -> String {
    let what = what.strip_suffix(&by.to_string()).unwrap_or(what).trim_end();
    what.strip_suffix("by").unwrap_or(what).trim_end().trim_end_matches(',').to_owned()
}

impl Discovery {
    /// A box of rules in which an outcome, told as a clause, comes about; its numbers are those of the runs that
    /// judged it, not of those that found it.
    pub fn of(found: &Found, outcome: &str) -> Self {
        Self {
            outcome: outcome.to_owned(),
            sentence: format!("When {}.", found.when),
            density: found.held.density,
            base: found.held.base,
            coverage: found.held.coverage,
            runs: (
                found.held.runs as u64,
                (found.held.runs as f64 / found.held.mass).round() as u64,
            ),
            rules: found.rules.iter().map(drawn).collect(),
        }
    }
}

/// A rule as the picture of strips wants it. Shares are drawn as percentages.
pub fn drawn(rule: &Rule) -> prim_strip::Rule {
    let share = rule.input.unit.as_deref() == Some("share");
    let by = if share { 100.0 } else { 1.0 };
    let unit = match rule.input.unit.as_deref() {
        Some("share") => "%",
        Some(unit) if !matches!(unit, "number" | "multiple" | "rung" | "scale") => unit,
        _ => "",
    };
    let mut variable = rule.input.label.clone();
    if let Some(first) = variable.get(..1) {
        let first = first.to_uppercase();
        variable.replace_range(..1, &first);
    }
    // A cut at the very end of the range may lie a rounding outside it.
    let within = |x: f64| by * x.clamp(rule.tried.0, rule.tried.1);
    prim_strip::Rule {
        variable,
        unit: unit.to_owned(),
        tried: (by * rule.tried.0, by * rule.tried.1),
        least: rule.least.map(within),
        most: rule.most.map(within),
        pieces: rule.pieces.clone(),
    }
}

impl Course {
    /// Sway of one actor over time, with what moved it.
    pub fn of(course: &Measured, actor: &ActorCourse) -> Self {
        let points = course.points.iter().zip(&actor.at).map(|(point, at)| influence_fan::Point {
            date: point.date,
            spread: at.as_ref().map(|at| {
                let t = &at.total;
                Spread::new(t.median, t.low, t.high).with_inner(t.lower, t.upper).with_mean(t.mean)
            }),
        });
        let first = course.points.first().map(|p| p.date);
        let moves = course.moves.iter().filter(|m| m.effects.contains_key(&actor.actor));
        let evidence = moves.map(|m| influence_fan::Evidence {
            date: m.since.filter(|day| Some(*day) >= first).unwrap_or(m.date),
            label: m.what.clone(),
        });
        Self {
            name: format!("Sway of {} over {}", actor.label, course.name),
            unit: format!("Share of sway over {}", course.name),
            shares: true,
            points: points.collect(),
            evidence: evidence.collect(),
            rise: actor
                .change
                .as_ref()
                .filter(|c| c.likelihood.same < 1.0)
                .map(|c| c.likelihood.rises),
            runs: u64::from(course.draws),
        }
    }
}
