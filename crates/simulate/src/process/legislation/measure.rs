//! A bill or decree by places: who loses by it, who presses, who holds sway over those who must act.

use case::decision::BillKind;

use super::Passage;
use super::floor::Floor;
use super::objection;
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
    position: BeliefId,
    status_quo: BeliefId,
    pub hazard: Option<BeliefId>,
    pub quota: Option<u32>,
    pub who: Who,
    /// Its sponsors and the contested state.
    leant_on: Vec<ActorId>,
    executing: Vec<ActorId>,
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
            leant_on: bill.sponsors.iter().filter_map(actor).chain(state).collect(),
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

    /// The weight of foreign pressure on it, Σ loss · salience · leverage, and who presses most.
    pub fn pressure(
        &self,
        floor: &Floor<'_, '_>,
        threat: f64,
    ) -> Result<(f64, Option<ActorId>), StepError> {
        let (model, journal) = (floor.model, floor.journal);
        let mut pressing = Vec::new();
        for patron in &model.patrons {
            let Some((_, x, salience)) =
                model.positions[*patron].iter().find(|p| p.0 == self.issue)
            else {
                continue;
            };
            let minds = self.loss(floor, Some(floor.belief(*x))) * floor.belief(*salience);
            if minds > 0.0 {
                pressing.push((*patron, minds, 0.0_f64));
            }
        }
        if pressing.is_empty() {
            return Ok((0.0, None));
        }
        let pulls = floor.pulls()?;
        for on in &self.leant_on {
            let held = pulls.holds(*on);
            for (patron, _, leverage) in pressing.iter_mut().filter(|(p, ..)| p != on) {
                let both = held[*patron] + held[*on];
                let control = if both > 0.0 { held[*patron] / both } else { 0.0 };
                *leverage = leverage.max(control);
            }
        }
        for (at, by, _) in &self.sanctions {
            if floor.world.states.sanctions.threats(*at).get(journal).due.is_some() {
                for (_, _, leverage) in pressing.iter_mut().filter(|(p, ..)| p == by) {
                    *leverage = (*leverage + threat.max(0.0)).min(1.0);
                }
            }
        }
        let weight = |(_, minds, leverage): &(ActorId, f64, f64)| minds * leverage;
        let most = pressing.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
        Ok((pressing.iter().map(weight).sum(), most.filter(|p| weight(p) > 0.0).map(|p| p.0)))
    }

    /// The share of sway over the executing bodies whose holders object, and who holds most of it.
    pub fn opposition(
        &self,
        floor: &Floor<'_, '_>,
        precision: f64,
    ) -> Result<(f64, Option<ActorId>), StepError> {
        let pulls = floor.pulls()?;
        let settled = floor.settled(self)?;
        let mut against = vec![0.0; settled.len()];
        for body in &self.executing {
            for (actor, held) in pulls.holds(*body).into_iter().enumerate() {
                let own = floor.model.positions[actor].iter().find(|p| p.0 == self.issue);
                // Who holds a position objects by it, who holds none by where its pulls have put it.
                let x = own.map(|p| floor.belief(p.1)).or(settled[actor]);
                against[actor] += held * objection(precision, self.loss(floor, x));
            }
        }
        let bodies = self.executing.len().max(1) as f64;
        // Named is who stands behind the bodies, not the bodies themselves, if anybody does.
        let behind = |a: &usize| (!self.executing.contains(a), against[*a]);
        let most = (0..against.len()).filter(|a| against[*a] > 0.0).max_by(|a, b| {
            let (a, b) = (behind(a), behind(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let share = (against.iter().sum::<f64>() / bodies).clamp(0.0, 1.0);
        Ok((share, most))
    }
}
