//! A bill or decree by places: who loses by it, who presses, who holds sway over those who must act.

use case::decision::BillKind;

use super::Passage;
use super::floor::Floor;
use crate::journal::Journal;
use crate::luck::Who;
use crate::model::{ActorId, BeliefId, Model};
use crate::process::StepError;
use crate::world::World;

/// A bill or decree by places.
#[derive(Debug)]
pub(super) struct Measure {
    /// Its place among the case's bills.
    pub at: usize,
    pub kind: BillKind,
    pub issue: usize,
    pub position: BeliefId,
    pub status_quo: BeliefId,
    pub hazard: Option<BeliefId>,
    pub quota: Option<u32>,
    pub who: Who,
    pub sponsors: Vec<ActorId>,
    /// The contested state.
    pub state: Option<ActorId>,
    /// Who has to act on it.
    pub executing: Vec<ActorId>,
    pub vetoes: Vec<Veto>,
    /// Possible sanctions on its sponsors and on the factions behind them: the designation, sender, and target.
    sanctions: Vec<(usize, ActorId, ActorId)>,
}

/// Who can stop it.
#[derive(Debug)]
pub(super) struct Veto {
    pub actor: ActorId,
    pub formal: bool,
    pub strength: BeliefId,
    pub who: Who,
}

impl Measure {
    /// A measure that is open on the as-of date, or was settled before and may come back.
    pub fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let bill = &case.bills[at];
        if bill.settled.is_some() && bill.hazard.is_none() {
            return None;
        }
        let actor = |id: &toml::Spanned<String>| case.actor_index(id.get_ref());
        let state = actor(&case.head.state);
        let all = match bill.kind {
            BillKind::Bill => "bills",
            BillKind::Decree => "decrees",
        };
        let over = |v: &case::decision::Veto| {
            [bill.id.get_ref().as_str(), all].contains(&v.over.get_ref().as_str())
        };
        let executing: Vec<ActorId> = bill.executing.iter().filter_map(actor).collect();
        let sponsored = |id: &String| {
            let backed = |list: &String| {
                let wing =
                    |w: &case::actor::Wing| w.faction.get_ref() == id && w.list.get_ref() == list;
                list == id || case.wings.iter().any(wing)
            };
            bill.sponsors.iter().any(|s| backed(s.get_ref()))
        };
        Some(Self {
            at,
            kind: bill.kind,
            issue: case.issues.iter().position(|i| i.id.get_ref() == bill.issue.get_ref())?,
            position: bill.position.id,
            status_quo: bill.status_quo.id,
            hazard: bill.hazard.as_ref().map(|h| h.id),
            quota: bill.quota.as_ref().map(|q| *q.get_ref()),
            who: Who::new(bill.id.get_ref()),
            sponsors: bill
                .sponsors
                .iter()
                .filter_map(actor)
                .filter(|a| Some(*a) != state)
                .collect(),
            state,
            executing: if executing.is_empty() { state.into_iter().collect() } else { executing },
            vetoes: (case.vetoes.iter().filter(|v| over(v)))
                .filter_map(|v| {
                    Some(Veto {
                        actor: actor(&v.actor)?,
                        formal: v.formal,
                        strength: v.strength.id,
                        who: Who::new(v.actor.get_ref()),
                    })
                })
                .collect(),
            sanctions: (case.designations.iter().enumerate())
                .filter(|(_, d)| sponsored(d.actor.get_ref()))
                .filter_map(|(at, d)| Some((at, actor(&d.by)?, actor(&d.actor)?)))
                .collect(),
        })
    }

    /// What somebody who stands at `x` loses by it; below 0 who gains, 0 who stands nowhere.
    pub fn loss(&self, floor: &Floor<'_, '_>, x: Option<f64>) -> f64 {
        let (p, q) = (floor.belief(self.position), floor.belief(self.status_quo));
        x.map_or(0.0, |x| (p - x).abs() - (q - x).abs())
    }

    /// A sponsor, or the faction behind it, that gave way to a threat of sanctions since it was proposed, and to
    /// whom: sender, target.
    pub fn gave_way(&self, world: &World, journal: &Journal) -> Option<(ActorId, ActorId)> {
        let Passage::Proposed(since) = *world.states.legislation.bills[self.at].get(journal) else {
            return None;
        };
        let gave = |at: usize| {
            world.states.sanctions.threats(at).get(journal).conceded.is_some_and(|d| d >= since)
        };
        self.sanctions.iter().find(|(at, ..)| gave(*at)).map(|(_, by, on)| (*by, *on))
    }

    /// Threats of sanctions that are open over it: by whom, with what resolve: its salience times its loss.
    pub fn threats(&self, floor: &Floor<'_, '_>) -> Vec<(ActorId, f64)> {
        let (model, journal) = (floor.model, floor.journal);
        let mut open: Vec<(ActorId, f64)> = Vec::new();
        for (at, by, _) in &self.sanctions {
            if floor.world.states.sanctions.threats(*at).get(journal).due.is_none()
                || open.iter().any(|(who, _)| who == by)
                || floor.world.mutes(*by)
            {
                continue;
            }
            let own = model.positions[*by].iter().find(|p| p.0 == self.issue);
            let resolve = own.map_or(0.0, |(_, x, salience)| {
                self.loss(floor, Some(floor.belief(*x))).max(0.0) * floor.belief(*salience)
            });
            open.push((*by, resolve.clamp(0.0, 1.0)));
        }
        open
    }

    /// What open threats cost somebody, and whose costs most.
    pub fn cost(
        &self,
        floor: &Floor<'_, '_>,
        threats: &[(ActorId, f64)],
        on: ActorId,
    ) -> (f64, Option<ActorId>) {
        let each = threats.iter().map(|(by, resolve)| {
            (*by, floor.world.exposure(floor.model, floor.journal, *by, on) * resolve)
        });
        let each: Vec<(ActorId, f64)> = each.filter(|(_, cost)| *cost > 0.0).collect();
        let most = each.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(by, _)| *by);
        (each.iter().map(|(_, cost)| cost).sum(), most)
    }

    /// Who holds most of a body among those that lose by it, the body itself left out.
    pub fn behind(
        &self,
        floor: &Floor<'_, '_>,
        body: ActorId,
    ) -> Result<Option<ActorId>, StepError> {
        let held = floor.pulls()?.holds(body);
        let loses = |actor: &ActorId| {
            let own = floor.model.positions[*actor].iter().find(|p| p.0 == self.issue);
            *actor != body && own.is_some_and(|p| self.loss(floor, Some(floor.belief(p.1))) > 0.0)
        };
        let most = (0..held.len()).filter(loses).max_by(|a, b| held[*a].total_cmp(&held[*b]));
        Ok(most.filter(|a| held[*a] > 0.0))
    }
}
