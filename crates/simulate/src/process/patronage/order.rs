//! Orders: a patron tells its armed clients when to hold back and when to strike.
//!
//! Where its campaign of attacks may bring strikes on the client, a patron calls for restraint: at a rate a
//! week of `caution` times worth times the danger, which is 1 where the rivalry strikes and halves with every rung below.
//! When it is struck itself it asks for attacks, at rate `resolve`. One order at a time, for `order_days`. The client
//! chooses between its own wish and its patron's ([`crate::pulls::Pulls::obeys`]); if it obeys it holds back, or strikes
//! more, by `obedience`. *Judged* in its rates.

use jiff::ToSpan;
use theory::influence::sparse::Behind;

use super::{NAME, Patronage, label};
use crate::decide::CARES;
use crate::journal::{Journal, Known};
use crate::luck::{Luck, Name, Who};
use crate::model::{ActorId, BeliefId, Model};
use crate::person::{Put, campaign_id};
use crate::process::StepError;
use crate::world::World;
use crate::world::joint::Order;

const SPEAKS: Name = Name::new("patronage/order");
const OBEYS: Name = Name::new("patronage/obedience");

/// A campaign whose attacker listens to a patron.
#[derive(Debug)]
pub(super) struct Campaign {
    who: Who,
    patron: ActorId,
    attacker: ActorId,
    /// Who stands behind the attacker.
    behind: Behind,
    rivalry: usize,
    strike_rung: Option<u32>,
    /// Whether the patron is one of the two rivals.
    rival: bool,
    /// Its place among the patrons, if it is one.
    worth: Option<usize>,
    /// How surely wishes decide whether arms are held back.
    lambda: BeliefId,
}

impl Campaign {
    pub(super) fn of(
        model: &Model<'_>,
        campaign: &case::rivalry::Campaign,
        lambda: BeliefId,
    ) -> Option<Self> {
        let case = model.case;
        let patron = case.actor_index(campaign.patron.as_ref()?.get_ref())?;
        let known = |r: &case::rivalry::Rivalry| r.id.get_ref() == campaign.rivalry.get_ref();
        let rivalry = case.rivalries.iter().position(known)?;
        let rival = &case.rivalries[rivalry];
        let id = case.actors[patron].id.get_ref();
        let who = Who::new(campaign.attacker.get_ref());
        let attacker = case.actor_index(campaign.attacker.get_ref())?;
        Some(Self {
            who: who.and(Who::new(campaign.target.get_ref())),
            patron,
            attacker,
            behind: model.network.plan.behind(&[attacker]),
            rivalry,
            strike_rung: rival.strike_rung.as_ref().map(|r| *r.get_ref()),
            rival: rival.a.get_ref() == id || rival.b.get_ref() == id,
            worth: model.patrons.iter().position(|p| *p == patron),
            lambda,
        })
    }

    /// How near strikes on the client are, in \[0, 1\]: halved with every rung below that of strikes.
    fn danger(&self, world: &World, journal: &Journal) -> f64 {
        if world.states.escalation.strikes(self.rivalry).peek().inside > 0 {
            world.states.escalation.strikes(self.rivalry).get(journal);
            return 1.0;
        }
        let rung = *world.states.escalation.rungs(self.rivalry).get(journal);
        self.strike_rung.map_or(0.0, |strikes| 0.5_f64.powi(strikes.saturating_sub(rung) as i32))
    }
}

impl Patronage {
    /// What patrons tell the attackers of campaigns, and whether they are heard.
    pub(super) fn speak(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        for (at, campaign) in self.campaigns.iter().enumerate() {
            let Some(campaign) = campaign else { continue };
            let day = world.day;
            let order = *world.orders.of(at).peek();
            if order.until.is_some_and(|until| until >= day) {
                continue;
            }
            if order != Order::default() {
                // It has run out.
                world.orders.lapse(at);
            }
            let _reads = journal.scope();
            let belief = |id| world.drawn.get(journal, id).max(0.0);
            let worth =
                campaign.worth.map_or(1.0, |p| *world.states.patronage.worth[p].get(journal));
            let caution = belief(self.parameters.caution) * worth * campaign.danger(world, journal);
            let strikes = world.states.escalation.strikes(campaign.rivalry).peek();
            let struck = campaign.rival && strikes.week > strikes.inside;
            let resolve = if struck { belief(self.parameters.resolve) * worth } else { 0.0 };
            let rate = caution + resolve;
            if rate <= 0.0 {
                continue;
            }
            let u = luck.uniform(journal, day, SPEAKS, campaign.who);
            let speaks = -(-rate).exp_m1();
            let back = speaks * caution / rate;
            let by_luck = usize::from(u < speaks) + usize::from(u < speaks && u >= back);
            let says = journal.takes(day, campaign.patron, by_luck, || {
                let client = &model.case.actors[campaign.attacker];
                let options = ["say nothing", "tell it to hold back", "tell it to strike"];
                Put {
                    id: format!("order.{}", campaign_id(model, at)),
                    what: format!("A word to {} this week?", client.label()),
                    options: options.map(str::to_owned).to_vec(),
                    odds: vec![1.0 - speaks, back, speaks - back],
                }
            });
            if says == 0 {
                continue;
            }
            let restrains = says == 1;
            let pulls = world.pulls_on(&model.network, journal, NAME, Some(&campaign.behind))?;
            let lambda = world.drawn.get(journal, campaign.lambda);
            let chance = pulls.obeys(campaign.patron, campaign.attacker, CARES, lambda);
            let obeys = luck.happens(journal, day, OBEYS, campaign.who, chance);
            let obeys = journal.agrees(day, campaign.attacker, (obeys, chance), || {
                let asks = if restrains { "hold back" } else { "strike" };
                let what = format!("{} asks you to {asks}: do so?", label(model, campaign.patron));
                (format!("obey.{}", campaign_id(model, at)), what)
            });
            let days = belief(self.parameters.order_days).ceil().clamp(1.0, 1e6) as i64;
            let share = belief(self.parameters.obedience).min(1.0) * if obeys { 1.0 } else { 0.0 };
            let by = journal.note(day, NAME, || {
                let patron = label(model, campaign.patron);
                let client = label(model, campaign.attacker);
                let asks = if restrains { "to hold back" } else { "to strike" };
                let does = if obeys { "does so" } else { "does not listen" };
                format!("{patron} tells {client} {asks}; {client} {does}")
            });
            journal.known(by, Known::Among(vec![campaign.patron, campaign.attacker]));
            let hold_back = if restrains { share } else { -share };
            let order = Order { hold_back, until: day.checked_add(days.days()).ok() };
            world.orders.give(at, order, by);
            let calls = &mut world.states.patronage.calls[at];
            calls.restraint += u32::from(restrains);
            calls.heard += u32::from(obeys);
        }
        Ok(())
    }
}
