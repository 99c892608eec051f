//! The strikes of a week: of the two sides on each other, across the contested state, and on factions inside it.

use super::parts::Rivalry;
use super::{Escalation, NAME};
use crate::chance::poisson;
use crate::journal::Journal;
use crate::luck::{Luck, Name};
use crate::model::Model;
use crate::world::World;

const STRIKES: Name = Name::new("escalation/strikes of a side");
const CROSSING: Name = Name::new("escalation/crosses the airspace");
const INSIDE: Name = Name::new("escalation/strikes inside");

/// Strikes a side makes in a week at most.
const MOST_STRIKES: u32 = 100;

impl Escalation {
    /// The two sides strike each other, and the targets of factions strike back inside the contested state.
    pub(super) fn strike(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        rivalry: &Rivalry,
    ) {
        let _reads = journal.scope();
        let rung = *world.states.escalation.rungs[rivalry.at].get(journal);
        let mut now = *world.states.escalation.strikes[rivalry.at].peek();
        (now.week, now.inside, now.airspace) = (0, 0, 0);
        let belief = |id| world.drawn.get(journal, id);
        if let Some(strike) = rivalry.strike.filter(|s| rung >= *s) {
            let mean = belief(self.parameters.strikes) * f64::from(1 + rung - strike);
            for (who, reach) in &rivalry.sides {
                if reach.as_ref().is_none_or(|reach| reach.covers(&world.drawn, false)) {
                    let u = luck.uniform(journal, world.day, STRIKES, *who);
                    now.week += poisson(u, mean).min(MOST_STRIKES);
                }
            }
        }
        if rivalry.airspace.is_some_and(|a| rung >= a) {
            let chance = belief(self.parameters.crossing);
            now.airspace = (0..now.week)
                .filter(|n| luck.happens(journal, world.day, CROSSING, rivalry.who.nth(*n), chance))
                .count() as u32;
        }
        let factions = self.campaigns.iter().filter(|c| c.rivalry == rivalry.at && c.inside);
        let attacks: u32 =
            factions.map(|c| world.states.escalation.attacks[c.at].get(journal).week).sum();
        if attacks > 0 {
            let mean = belief(self.parameters.retaliation) * f64::from(attacks);
            let u = luck.uniform(journal, world.day, INSIDE, rivalry.who);
            now.inside = poisson(u, mean).min(MOST_STRIKES);
        }
        now.total = now.total.saturating_add(now.week);
        now.crossings = now.crossings.saturating_add(now.airspace);
        now.hits = now.hits.saturating_add(now.inside);
        let mut by = world.states.escalation.strikes[rivalry.at].set_by();
        if now.week + now.inside > 0 {
            by = journal.note(world.day, NAME, || {
                let name = &model.case.rivalries[rivalry.at].name;
                let state = model.case.actor(model.case.head.state.get_ref());
                let state = state.map_or("the state", |a| a.label());
                let mut parts = Vec::new();
                if now.week > 0 {
                    parts.push(format!("{} strikes between the two sides", now.week));
                }
                if now.airspace > 0 {
                    parts.push(format!("{} through the airspace of {state}", now.airspace));
                }
                if now.inside > 0 {
                    parts.push(format!("{} on factions in {state}", now.inside));
                }
                format!("{name}: {}", parts.join(", "))
            });
        }
        world.states.escalation.strikes[rivalry.at].set(now, by);
    }
}
