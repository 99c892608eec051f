//! What an agreement moves: troops, energy, the reform of a faction.
//!
//! From the day on which a dialogue is settled each of its terms multiplies what it is on by `by`^(x - q), x being what
//! is agreed on the term's issue and q how the issue stood: the bandwidth of a tie, the share of need that hangs on a
//! supply, the chance that a waiver is renewed, a stream of revenue. An agreement that leaves an issue where it stood
//! moves nothing, nor does a term whose `by` is 1. Which things an agreement moves is for the case to say; that they
//! move at a constant rate per step of the issue is *Judged*.

use super::NAME;
use super::table::Table;
use crate::journal::{EntryId, Journal};
use crate::model::{BeliefId, Model};
use crate::world::World;
use crate::world::joint::Factors;

/// Bounds of what one agreement makes of one thing.
const RANGE: std::ops::RangeInclusive<f64> = 1e-3..=1e3;

/// A term of an agreement by places.
#[derive(Debug)]
pub(super) struct Term {
    /// Its place among the case's terms.
    at: usize,
    /// The place of its issue on the table.
    topic: usize,
    target: Target,
    by: BeliefId,
}

/// What a term is on, by place.
#[derive(Debug)]
enum Target {
    Tie(usize),
    Supply(usize),
    Waiver(usize),
    Revenue(usize),
}

impl Target {
    fn of(model: &Model<'_>, on: &str) -> Option<Self> {
        let case = model.case;
        let (kind, id) = on.split_once('.')?;
        match kind {
            "tie" => {
                let (from, rest) = id.split_once('>')?;
                let (to, channel) = rest.rsplit_once(':')?;
                let (from, to) = (case.actor_index(from)?, case.actor_index(to)?);
                let mut ties = model.network.ties.iter();
                ties.position(|t| t.0 == from && t.1 == to && t.2.name() == channel).map(Self::Tie)
            }
            "supply" => case.supplies.iter().position(|s| s.id.get_ref() == id).map(Self::Supply),
            "waiver" => case.waivers.iter().position(|w| w.id.get_ref() == id).map(Self::Waiver),
            "revenue" => {
                let (actor, stream) = id.rsplit_once(':')?;
                let mut all = case.revenues.iter();
                all.position(|r| r.actor.get_ref() == actor && r.stream.name() == stream)
                    .map(Self::Revenue)
            }
            _ => None,
        }
    }

    /// What moves it, and at which place.
    fn factors<'w>(&self, world: &'w mut World) -> (&'w mut Factors, usize) {
        let own = &mut world.states.bargaining;
        match self {
            Self::Tie(tie) => (&mut world.ties, *tie),
            Self::Supply(supply) => (&mut own.reliance, *supply),
            Self::Waiver(waiver) => (&mut own.leave, *waiver),
            Self::Revenue(revenue) => (&mut world.incomes, *revenue),
        }
    }
}

/// The terms of a dialogue. One on something that is not known on the as-of date is left out.
pub(super) fn of(model: &Model<'_>, dialogue: usize) -> Vec<Term> {
    let case = model.case;
    let dialogue = &case.dialogues[dialogue];
    let terms = case.terms.iter().enumerate();
    terms
        .filter(|(_, t)| t.dialogue.get_ref() == dialogue.id.get_ref())
        .filter_map(|(at, t)| {
            let topic = dialogue.issues.iter().position(|i| i.get_ref() == t.issue.get_ref())?;
            Some(Term { at, topic, target: Target::of(model, t.on.get_ref())?, by: t.by.id })
        })
        .collect()
}

/// Carries out what has been agreed, against how things stood.
pub(super) fn carry_out(
    table: &Table,
    model: &Model<'_>,
    world: &mut World,
    journal: &Journal,
    (agreed, stands): (&[f64], &[f64]),
    settled: Option<EntryId>,
) {
    for term in &table.terms {
        let (Some(x), Some(q)) = (agreed.get(term.topic), stands.get(term.topic)) else { continue };
        let _reads = journal.scope();
        journal.follow(settled);
        let base = world.drawn.get(journal, term.by).max(*RANGE.start());
        let factor = base.powf(x - q).clamp(*RANGE.start(), *RANGE.end());
        let (factors, at) = term.target.factors(world);
        factors.of(at).get(journal);
        if factor == 1.0 {
            continue;
        }
        let by = journal.note(world.day, NAME, || {
            let (on, name) = (model.case.terms[term.at].on.get_ref(), &table.name(model));
            format!("By the agreement of {name} {on} comes to {factor:.2} of what it was")
        });
        let (factors, at) = term.target.factors(world);
        factors.multiply(at, factor, by);
    }
}
