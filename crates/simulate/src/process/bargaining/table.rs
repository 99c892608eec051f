//! A dialogue by places: its issues, who stands on them, and whose attacks it has to bear.

use case::Diagnostic;
use case::decision::Bargain;

use super::Stance;
use super::terms::Term;
use crate::journal::Journal;
use crate::luck::Who;
use crate::model::{ActorId, BeliefId, Model};
use crate::world::World;

/// A dialogue by places.
#[derive(Debug)]
pub(super) struct Table {
    /// Its place among the case's dialogues.
    pub at: usize,
    pub who: Who,
    pub model: Bargain,
    pub interval: BeliefId,
    pub rounds: BeliefId,
    pub issues: Vec<Topic>,
    /// All who stand on one of its issues.
    actors: Vec<ActorId>,
    /// Which of these are at the table.
    pub parties: Vec<bool>,
    /// Which of these the spoilers attack.
    attacked: Vec<bool>,
    /// What an agreement moves.
    pub terms: Vec<Term>,
    /// The campaigns of its spoilers, and of those whose patrons they are.
    campaigns: Vec<usize>,
}

/// An issue on the table.
#[derive(Debug)]
pub(super) struct Topic {
    /// Its place among the case's issues.
    pub at: usize,
    stands: BeliefId,
    /// By actor of the table: position, salience, capability.
    stakes: Vec<Option<[BeliefId; 3]>>,
}

impl Table {
    pub fn of(model: &Model<'_>, at: usize) -> Result<Self, Vec<Diagnostic>> {
        let case = model.case;
        let dialogue = &case.dialogues[at];
        let mut findings = Vec::new();
        let mut actors: Vec<ActorId> = Vec::new();
        for position in &case.positions {
            if dialogue.issues.iter().any(|i| i.get_ref() == position.issue.get_ref())
                && let Some(actor) = case.actor_index(position.actor.get_ref())
                && !actors.contains(&actor)
            {
                actors.push(actor);
            }
        }
        actors.sort_unstable();
        let mut issues = Vec::new();
        for id in &dialogue.issues {
            let fault = |message: String, hint: &str| {
                Diagnostic::error("dialogue", id.span(), message).hint(hint)
            };
            let Some(place) = case.issues.iter().position(|i| i.id.get_ref() == id.get_ref())
            else {
                let message = format!("the issue \"{}\" is not known on this date", id.get_ref());
                findings
                    .push(fault(message, "take it off the dialogue, or date its source earlier"));
                continue;
            };
            let Some(stands) = &case.issues[place].status_quo else {
                let message = format!("how does \"{}\" stand if nobody agrees?", id.get_ref());
                findings.push(fault(message, "give the issue a status_quo"));
                continue;
            };
            let mut stakes = vec![None; actors.len()];
            for position in case.positions.iter().filter(|p| p.issue.get_ref() == id.get_ref()) {
                let actor = case.actor_index(position.actor.get_ref());
                let Some(k) = actors.iter().position(|a| Some(*a) == actor) else { continue };
                match &position.capability {
                    Some(c) => stakes[k] = Some([position.position.id, position.salience.id, c.id]),
                    None => {
                        let (who, what) = (position.actor.get_ref(), id.get_ref());
                        let message =
                            format!("\"{who}\" stands on \"{what}\" without a capability");
                        let hint = "give the position a capability, from 0 to 1";
                        let spot = position.actor.span();
                        findings.push(Diagnostic::error("dialogue", spot, message).hint(hint));
                    }
                }
            }
            if stakes.iter().all(Option::is_none) {
                let message = format!("nobody stands on \"{}\"", id.get_ref());
                findings.push(fault(message, "add positions with capabilities"));
            }
            issues.push(Topic { at: place, stands: stands.id, stakes });
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        let spoils = |id: &String| dialogue.spoilers.iter().any(|s| s.get_ref() == id);
        let campaigns: Vec<usize> = (0..case.campaigns.len())
            .filter(|c| {
                let campaign = &case.campaigns[*c];
                spoils(campaign.attacker.get_ref())
                    || campaign.patron.as_ref().is_some_and(|p| spoils(p.get_ref()))
            })
            .collect();
        let id = |a: &ActorId| case.actors[*a].id.get_ref();
        let is_party = |a| dialogue.parties.iter().any(|p| p.get_ref() == id(a));
        let is_target = |a| campaigns.iter().any(|c| case.campaigns[*c].target.get_ref() == id(a));
        Ok(Self {
            at,
            who: Who::new(dialogue.id.get_ref()),
            model: dialogue.model,
            interval: dialogue.interval.id,
            rounds: dialogue.rounds.id,
            issues,
            parties: actors.iter().map(is_party).collect(),
            attacked: actors.iter().map(is_target).collect(),
            actors,
            campaigns,
            terms: super::terms::of(model, at),
        })
    }

    /// Its name.
    pub fn name<'m>(&self, model: &'m Model<'_>) -> &'m str {
        &model.case.dialogues[self.at].name
    }

    /// Attacks by its spoilers since the start of the run.
    pub fn attacks(&self, world: &World, journal: &Journal) -> u32 {
        self.campaigns.iter().map(|c| world.states.escalation.attacks(*c).get(journal).total).sum()
    }

    /// How each issue stands.
    pub fn stands(&self, world: &World, journal: &Journal) -> Vec<f64> {
        self.issues.iter().map(|i| world.drawn.get(journal, i.stands).clamp(0.0, 1.0)).collect()
    }

    /// Issue by issue, where everybody stands; sway adds to capability, attacks wear it down.
    pub fn stances(
        &self,
        world: &World,
        journal: &Journal,
        by_sway: f64,
        wear: f64,
    ) -> Vec<Vec<Option<Stance>>> {
        let belief = |id| world.drawn.get(journal, id);
        let sway = world.sway.now().get(journal);
        let factor: Vec<f64> = (self.actors.iter().zip(&self.attacked))
            .map(|(actor, attacked)| {
                let held = sway.get(*actor).copied().unwrap_or(0.0);
                (1.0 + by_sway.max(0.0) * held) * if *attacked { wear } else { 1.0 }
            })
            .collect();
        let stance = |(k, stake): (usize, &Option<[BeliefId; 3]>)| {
            stake.map(|[position, salience, capability]| Stance {
                position: belief(position).clamp(0.0, 1.0),
                salience: belief(salience).clamp(0.0, 1.0),
                capability: (belief(capability).max(0.0) * factor[k]).min(1e6),
            })
        };
        self.issues.iter().map(|i| i.stakes.iter().enumerate().map(stance).collect()).collect()
    }

    /// What the parties lose by an agreement, added up over those that lose.
    pub fn lost(&self, stances: &[Vec<Option<Stance>>], stands: &[f64], agreed: &[f64]) -> f64 {
        let of = |k: usize| {
            let (mut loss, mut weight) = (0.0, 0.0);
            for ((row, q), x) in stances.iter().zip(stands).zip(agreed) {
                if let Some(s) = row[k] {
                    loss += s.salience * ((x - s.position).abs() - (q - s.position).abs());
                    weight += s.salience;
                }
            }
            if weight > 0.0 { (loss / weight).max(0.0) } else { 0.0 }
        };
        (0..self.actors.len()).filter(|k| self.parties[*k]).map(of).sum()
    }

    /// What is agreed, for people.
    pub fn told(&self, model: &Model<'_>, agreed: &[f64]) -> String {
        let part = |(issue, x): (&Topic, &f64)| {
            let issue = &model.case.issues[issue.at];
            format!("{} {:.2} from {} to {}", issue.name, x, issue.low, issue.high)
        };
        self.issues.iter().zip(agreed).map(part).collect::<Vec<_>>().join("; ")
    }
}
