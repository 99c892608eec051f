//! What is reported of a run beside seats and governments: named numbers with their units.

use serde::Serialize;

use crate::model::Model;

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share or a chance, in \[0, 1\].
    Share,
    /// Whether something came about: 0 or 1.
    Happens,
    /// How many.
    Count,
    /// Days.
    Days,
    /// Days from the as-of date until something came about.
    DaysUntil,
    /// A place on an issue's line, in \[0, 1\].
    Position,
    /// A rung of a ladder, from 0.
    Rung,
    /// A multiple of what it was on the as-of date.
    Multiple,
    /// From -1 (all reject) to 1 (all approve).
    Favour,
}

/// A named number of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quantity {
    /// Its id: the process and what it is of, such as `sanctions.imposed.a>b:bank`.
    pub id: String,
    /// What it is, for people: a noun phrase.
    pub name: String,
    /// What it counts.
    pub unit: Unit,
}

impl Quantity {
    /// A quantity.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>, unit: Unit) -> Self {
        Self { id: id.into(), name: name.into(), unit }
    }
}

/// The sway of the case's focus over its body, which is followed in every run that moves.
pub(crate) fn sway(model: &Model<'_>) -> Vec<Quantity> {
    if !model.moves() {
        return Vec::new();
    }
    let case = model.case;
    let body = case.bodies.iter().find(|b| b.id.get_ref() == case.head.body.get_ref());
    let over = body.map_or("the body", |b| b.name.as_str());
    focus(model)
        .map(|actor| {
            let actor = &case.actors[actor];
            let name = format!("Sway of {} over {over}", actor.label());
            Quantity::new(format!("sway.{}", actor.id.get_ref()), name, Unit::Share)
        })
        .collect()
}

/// The actors of the case's focus, by place.
pub(crate) fn focus<'m>(model: &'m Model<'_>) -> impl Iterator<Item = usize> + 'm {
    model.case.head.focus.iter().filter_map(|id| model.case.actor_index(id.get_ref()))
}
