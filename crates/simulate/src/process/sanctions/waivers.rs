//! Waivers: leave to trade under sanctions, which runs out on a day and is renewed or lapses.
//!
//! On its last day a waiver is renewed for its term with the chance `renewal`, moved in log odds by shortage ·
//! (unmet need) + protest · (share of the population in the streets) + relations · (what visits between the
//! granter and the contested state still add to their ties) - pressure · (rungs above the resting one of rivalries
//! between the granter and the one the sanctions are meant for), and multiplied by what shocks in force and an agreement
//! make of it.
//! A waiver that has lapsed is granted anew with `regrant` of that chance in a week. *Judged*.

use crate::chance::shifted;
use crate::journal::Journal;
use crate::luck::{Luck, Name, Who};
use crate::model::{ActorId, BeliefId, Model};
use crate::world::World;

use super::{NAME, Parameters};

const RENEW: Name = Name::new("sanctions/waiver renewed");

/// A waiver by places.
#[derive(Debug)]
pub(super) struct Leave {
    /// Its place among the case's waivers.
    pub at: usize,
    by: ActorId,
    who: Who,
    renewal: BeliefId,
    term: u32,
    /// Visits between the granter and the contested state.
    visits: Vec<usize>,
    /// Rivalries between the granter and the one the sanctions are meant for, with their resting rungs.
    rivalries: Vec<(usize, u32)>,
    /// Shocks that move its chance, with by how much.
    shocks: Vec<(usize, BeliefId)>,
}

impl Leave {
    pub fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let entry = &case.waivers[at];
        let (by, against) = (entry.by.get_ref(), entry.against.get_ref());
        let state = case.head.state.get_ref();
        let between =
            |a: &String, b: &String, c: &String, d: &String| a == c && b == d || a == d && b == c;
        let on = format!("waiver.{}", entry.id.get_ref());
        Some(Self {
            at,
            by: case.actor_index(by)?,
            who: Who::new(entry.id.get_ref()),
            renewal: entry.renewal.id,
            term: entry.term,
            visits: (case.visits.iter().enumerate())
                .filter(|(_, v)| between(v.from.get_ref(), v.to.get_ref(), by, state))
                .map(|(at, _)| at)
                .collect(),
            rivalries: (case.rivalries.iter().enumerate())
                .filter(|(_, r)| between(r.a.get_ref(), r.b.get_ref(), by, against))
                .map(|(at, r)| (at, r.resting))
                .collect(),
            shocks: (case.effects.iter().filter(|e| *e.on.get_ref() == on))
                .filter_map(|e| {
                    let id = e.shock.get_ref();
                    let shock = case.shocks.iter().position(|s| s.id.get_ref() == id)?;
                    Some((shock, e.by.id))
                })
                .collect(),
        })
    }

    /// The chance that it is renewed on the day.
    fn chance(&self, parameters: &Parameters, world: &World, journal: &Journal) -> f64 {
        let belief = |id| world.drawn.get(journal, id);
        let states = &world.states;
        let warm: f64 =
            self.visits.iter().map(|v| *states.diplomacy.signals(*v).get(journal)).sum();
        let hot: f64 = (self.rivalries.iter())
            .map(|(r, resting)| {
                f64::from(*states.escalation.rungs(*r).get(journal)) - f64::from(*resting)
            })
            .sum();
        let shift = belief(parameters.waiver_shortage) * *states.dependence.shortage().get(journal)
            + belief(parameters.waiver_protest) * *states.opinion.protest().get(journal)
            + belief(parameters.waiver_relations) * warm
            - belief(parameters.waiver_pressure) * hot;
        let mut chance = shifted(belief(self.renewal), shift);
        for (shock, by) in &self.shocks {
            let shock = states.shock.shocks(*shock).get(journal);
            if shock.began.is_some() && shock.ends.is_none_or(|end| world.day < end) {
                chance *= belief(*by).max(0.0);
            }
        }
        (chance * *states.bargaining.leave(self.at).get(journal)).clamp(0.0, 1.0)
    }

    /// The waiver runs out on the day, or has run out: it is renewed, or not.
    pub fn decide(
        &self,
        parameters: &Parameters,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) {
        let _reads = journal.scope();
        let lapsed = world.states.sanctions.waivers[self.at].get(journal).is_none();
        let again = if lapsed { world.drawn.get(journal, parameters.waiver_regrant) } else { 1.0 };
        let chance = self.chance(parameters, world, journal) * again.clamp(0.0, 1.0);
        let renewed = luck.happens(journal, world.day, RENEW, self.who, chance);
        let renewed = journal.agrees(world.day, self.by, (renewed, chance), || {
            let waiver = &model.case.waivers[self.at];
            let does = if lapsed { "Grant anew" } else { "Renew" };
            (format!("waiver.{}", waiver.id.get_ref()), format!("{does}: {}?", waiver.name))
        });
        if lapsed && !renewed {
            return;
        }
        let day = world.day;
        let last = renewed.then(|| crate::chance::later(day, f64::from(self.term)));
        let by = journal.note(day, NAME, || {
            let granter = model.case.actors[self.by].label();
            let name = &model.case.waivers[self.at].name;
            match (last, lapsed) {
                (Some(last), false) => format!("{granter} renews until {last}: {name}"),
                (Some(last), true) => format!("{granter} grants anew until {last}: {name}"),
                (None, _) => format!("{granter} lets it lapse: {name}"),
            }
        });
        world.states.sanctions.waivers[self.at].set(last, by);
        if lapsed && world.states.sanctions.grants[self.at].peek().is_none() {
            world.states.sanctions.grants[self.at].set(Some(day), by);
        }
        if last.is_none() && world.states.sanctions.lapses[self.at].peek().is_none() {
            world.states.sanctions.lapses[self.at].set(Some(day), by);
        }
    }
}
