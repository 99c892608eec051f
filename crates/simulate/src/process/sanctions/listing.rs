//! A designation by places, and what is known of the one it is meant for.

use case::economy::Measure;
use theory::economy::sanctions::BASE_RATES;

use super::NAME;
use crate::journal::Journal;
use crate::luck::{Name, Who};
use crate::model::{ActorId, BeliefId, Model};
use crate::process::StepError;
use crate::process::legislation::Passage;
use crate::world::World;

/// A designation by places.
#[derive(Debug)]
pub(super) struct Listing {
    /// Its place among the case's designations.
    pub at: usize,
    pub by: ActorId,
    pub actor: ActorId,
    pub measure: Measure,
    pub hazard: Option<BeliefId>,
    /// What is drawn week by week.
    pub name: Name,
    pub who: Who,
    /// Tells the measures on one actor apart.
    pub kind: Who,
    /// Campaigns in which the actor attacks.
    pub campaigns: Vec<usize>,
    /// Bills that it or its lists sponsor.
    pub bills: Vec<usize>,
    /// Its lists.
    pub lists: Vec<ActorId>,
    /// Streams of revenue that it has or pays, with their exposure.
    pub streams: Vec<(usize, BeliefId)>,
    /// Its own streams of revenue.
    own: Vec<usize>,
}

impl Listing {
    pub fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let entry = &case.designations[at];
        let (by, id) = (entry.by.get_ref(), entry.actor.get_ref());
        let wings = case.wings.iter().filter(|w| w.faction.get_ref() == id);
        let lists: Vec<&str> = wings.map(|w| w.list.get_ref().as_str()).collect();
        let sponsors = |b: &case::decision::Bill| {
            b.sponsors.iter().any(|s| s.get_ref() == id || lists.contains(&s.get_ref().as_str()))
        };
        let paid = |r: &case::economy::Revenue| {
            r.actor.get_ref() == id || r.payer.as_ref().is_some_and(|p| p.get_ref() == id)
        };
        let (name, kind) = match entry.measure {
            Measure::Terrorist => (Name::new("sanctions/terrorist listing"), "terrorist"),
            Measure::Financial => (Name::new("sanctions/freezing of assets"), "financial"),
            Measure::Bank => (Name::new("sanctions/cut-off from banks"), "bank"),
            Measure::Embargo => (Name::new("sanctions/embargo"), "embargo"),
        };
        Some(Self {
            at,
            by: case.actor_index(by)?,
            actor: case.actor_index(id)?,
            measure: entry.measure,
            hazard: entry.hazard.as_ref().map(|h| h.id),
            name,
            who: Who::new(by).and(Who::new(id)),
            kind: Who::new(kind),
            campaigns: (0..case.campaigns.len())
                .filter(|c| case.campaigns[*c].attacker.get_ref() == id)
                .collect(),
            bills: (0..case.bills.len()).filter(|b| sponsors(&case.bills[*b])).collect(),
            lists: lists.iter().filter_map(|l| case.actor_index(l)).collect(),
            streams: (case.revenues.iter().enumerate())
                .filter(|(_, r)| paid(r))
                .map(|(at, r)| (at, r.exposed.id))
                .collect(),
            own: (0..case.revenues.len())
                .filter(|r| case.revenues[*r].actor.get_ref() == id)
                .collect(),
        })
    }

    /// The measure's name in ids.
    pub fn id(&self) -> &'static str {
        match self.measure {
            Measure::Terrorist => "terrorist",
            Measure::Financial => "financial",
            Measure::Bank => "bank",
            Measure::Embargo => "embargo",
        }
    }

    /// The measure's name for people.
    pub fn what(&self) -> &'static str {
        match self.measure {
            Measure::Terrorist => "listing as a terrorist organisation",
            Measure::Financial => "freezing of assets",
            Measure::Bank => "cut-off from banks",
            Measure::Embargo => "an embargo",
        }
    }

    /// The share of episodes in which the threatened give way: the base rate of imposed and threatened sanctions
    /// in TIES as a prior, and the sender's own record in the case.
    pub fn gives_way(&self, model: &Model<'_>, weight: f64) -> Result<f64, StepError> {
        let fault = |e: &dyn std::fmt::Display| StepError { process: NAME, fault: e.to_string() };
        let base = BASE_RATES.iter().find(|b| b.dataset.starts_with("TIES"));
        let base = base.ok_or_else(|| fault(&"there is no base rate of TIES"))?;
        // A weight of nothing leaves the record alone; a trace of the prior keeps it defined.
        let prior = base.prior(weight.max(1e-6)).map_err(|e| fault(&e))?;
        let case = model.case;
        let sender = case.actors[self.by].id.get_ref();
        let defied = case.designations.iter().filter(|d| d.by.get_ref() == sender);
        let defied = defied.filter(|d| d.since.is_some()).count();
        Ok(prior.after(0, u32::try_from(defied).unwrap_or(u32::MAX)).mean())
    }

    /// The share of the actor's revenue that passes through banks a sanction can shut; 0 where none is known.
    pub fn exposure(&self, model: &Model<'_>, world: &World, journal: &Journal) -> f64 {
        let (mut open, mut all) = (0.0, 0.0);
        for at in &self.own {
            let revenue = &model.case.revenues[*at];
            let value =
                world.drawn.get(journal, revenue.value.id) * *world.incomes.of(*at).get(journal);
            open += value * world.drawn.get(journal, revenue.exposed.id).clamp(0.0, 1.0);
            all += value;
        }
        if all > 0.0 { open / all } else { 0.0 }
    }

    /// The actor's revenue as a multiple of that on the as-of date; none where none is known.
    pub fn revenue(&self, model: &Model<'_>, world: &World) -> Option<f32> {
        let (mut now, mut then) = (0.0, 0.0);
        for at in &self.own {
            let value = world.drawn.peek(model.case.revenues[*at].value.id);
            now += value * world.incomes.of(*at).peek();
            then += value;
        }
        (then > 0.0).then(|| (now / then) as f32)
    }
}

/// Whether a bill is before those who decide on it.
pub(super) fn pending(world: &World, journal: &Journal, bill: usize) -> bool {
    matches!(world.states.legislation.bills(bill).get(journal), Passage::Proposed(_))
}
