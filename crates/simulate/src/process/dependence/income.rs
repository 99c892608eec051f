//! What factions earn where trade and patrons move it.
//!
//! With Z the share of the state's supplies, by worth, that does not flow: earnings from trade are 1 - `trade_share` Z
//! of what they were, those from levies 1 + `smuggling` Z, as what cannot be traded openly is smuggled; those from a
//! patron go with the effort it spends on its economic ties with the earner ([`crate::process::patronage`]). *Judged*.

use case::Channel;
use case::economy::Stream;

use super::{Dependence, NOTHING};
use crate::journal::{EntryId, Journal};
use crate::model::Model;
use crate::world::World;

/// What the earnings of a stream hang on.
#[derive(Debug)]
pub(super) enum Earning {
    Trade,
    Levies,
    /// The payer's economic ties with the faction.
    Patron(Vec<usize>),
    Other,
}

impl Dependence {
    /// The share of the state's supplies, by worth, that does not flow.
    fn lost(&self, world: &World) -> f64 {
        let (mut all, mut lost) = (0.0, 0.0);
        for (supply, flow) in self.supplies.iter().zip(&world.states.dependence.flows) {
            if Some(supply.to) == self.state {
                let value = world.drawn.peek(supply.value).max(0.0);
                all += value;
                lost += value * (1.0 - flow.peek());
            }
        }
        if all > 0.0 { lost / all } else { 0.0 }
    }

    pub(super) fn earn(&self, world: &mut World, journal: &Journal, by: Option<EntryId>) {
        let lost = self.lost(world);
        let belief = |id| world.drawn.get(journal, id);
        for (at, earning) in self.revenues.iter().enumerate() {
            let (part, by) = match earning {
                Earning::Trade => (1.0 - belief(self.parameters.trade_share) * lost, by),
                Earning::Levies => (1.0 + belief(self.parameters.smuggling) * lost, by),
                Earning::Patron(ties) if !ties.is_empty() => {
                    let efforts = ties.iter().map(|t| *world.states.patronage.effort(*t).peek());
                    let by = world.states.patronage.effort(ties[0]).set_by();
                    (efforts.sum::<f64>() / ties.len() as f64, by)
                }
                Earning::Patron(_) | Earning::Other => continue,
            };
            let (part, before) =
                (part.clamp(0.001, 1e3), *world.states.dependence.earned[at].peek());
            if (part - before).abs() > NOTHING {
                world.states.dependence.earned[at].set(part, by);
                world.incomes.turn(at, (before, part), by);
            }
        }
    }
}

impl Earning {
    pub(super) fn of(model: &Model<'_>, revenue: &case::economy::Revenue) -> Self {
        let case = model.case;
        match revenue.stream {
            Stream::Trade => Self::Trade,
            Stream::Levies => Self::Levies,
            Stream::Patron => {
                let payer = revenue.payer.as_ref().and_then(|p| case.actor_index(p.get_ref()));
                let to = case.actor_index(revenue.actor.get_ref());
                let ties = model.network.ties.iter().enumerate().filter(|(_, t)| {
                    Some(t.0) == payer && Some(t.1) == to && t.2 == Channel::Economic
                });
                Self::Patron(ties.map(|(at, _)| at).collect())
            }
            Stream::Budget | Stream::Oil => Self::Other,
        }
    }
}
