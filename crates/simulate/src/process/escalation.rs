//! Escalation: rivalries that climb and come down their ladders, attacks that breed attacks, strikes that answer
//! them, and weapons that reach or do not.
//!
//! **Attacks.** Campaign c of an attacker on a target in rivalry r is a self-exciting process in weekly steps
//! (`hawkes1971`; [`theory::escalation::hawkes`] in continuous time):
//!
//! - m = rate · heat^(rung - resting) · (1 + arms · transfers) · (1 - hold_back) · (1 + defiance · D) · (1 + spoiling
//!   · L), attacks a week before any excite others;
//! - N ~ Poisson(c (1 - exp(-(m + e) / c))), and e' = e f + N · branching · (1 - f) with f = exp(-1 / memory): each
//!   attack brings on `branching` further ones on average, and the mean of a stationary campaign is m / (1 -
//!   branching) as long as it is far below c, the attacks a week that an attacker can mount at `most`.
//!
//! `hold_back` is what the patron's order in force is obeyed by, so an order lowers the rate in proportion to it. D
//! is the attacker's defiance of sanctions. L is what a dialogue in progress takes from a spoiler: the mean over the
//! issues, weighted by salience, of how much further what is agreed so far lies from its position than the status
//! quo (`stedman1997` on spoilers). No attack happens where no weapon of the attacker reaches a target
//! ([`Reach`]); a patron that sends arms (a chance in a year, times what the state is worth to it) adds its own
//! ranges and raises the rate.
//!
//! **Rungs.** With n attacks and strikes in a week the rivalry rises a rung with chance 1 - (1 - rise)(1 -
//! provocation)^n and comes down one with chance calm (1 - provocation)^n. At or above the rung of strikes a
//! cease-fire (a chance a week) ends it below that rung and stills the campaigns. Ladders after `kahn1965`, one rung
//! at a time as in [`theory::escalation::ladder`].
//!
//! **Strikes.** From the rung of strikes on, each side whose weapons reach strikes Poisson(strikes · (1 + rungs
//! above)) times a week; from the rung of airspace on each passes through the contested state's airspace with chance
//! `crossing`. Attacks by factions are answered by Poisson(retaliation · attacks) strikes inside the state.
//!
//! The forms of rates and answers are *Judged*. Reads orders, defiance, talks, worth, strikes; changes rungs,
//! attacks, arms, strikes.

use case::Diagnostic;

use crate::chance::{MOST, poisson};
use crate::hazard::weekly;
use crate::journal::{EntryId, Journal, Known, Tracked};
use crate::luck::{Luck, Name};
use crate::model::{Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::person::{Put, campaign_id};
use crate::process::{Process, StepError};
use crate::quantity::{Quantity, Unit};
use crate::world::World;
use crate::world::joint::all;

mod parts;
mod reach;
mod strikes;

use parts::{Campaign, Rivalry};
pub use reach::{Reach, great_circle_km};

/// The name of the process.
pub const NAME: &str = "escalation";

const ATTACKS: Name = Name::new("escalation/attacks this week");
const TRANSFER: Name = Name::new("escalation/the patron sends arms");
const MOVE: Name = Name::new("escalation/moves on the ladder");
const CEASE: Name = Name::new("escalation/cease-fire");

/// Transfers that still raise the rate of attacks.
const MOST_TRANSFERS: u32 = 10;

/// Escalation as a process.
#[derive(Debug)]
pub struct Escalation {
    campaigns: Vec<Campaign>,
    rivalries: Vec<Rivalry>,
    parameters: Parameters,
}

parameters! {
    /// Weeks in which the excitement of attacks fades to 1/e.
    memory: 0.0..=ANY, "weeks";
    /// The chance that an attack or strike raises the rivalry by a rung.
    provocation: 0.0..=1.0, "probability";
    /// Strikes inside the state for each attack by a faction.
    retaliation: 0.0..=ANY, "ratio";
    /// Strikes of each side in a week on the rung of strikes.
    strikes: 0.0..=ANY, "1/week";
    /// The chance that a strike crosses the contested state's airspace.
    crossing: 0.0..=1.0, "probability";
    /// The chance of a cease-fire in a week of strikes.
    ceasefire: 0.0..=1.0, "probability";
    /// How often in a year a patron sends arms.
    transfer: 0.0..=ANY, "1/year";
    /// How much each transfer of arms raises the rate of attacks.
    arms: 0.0..=ANY, "ratio";
    /// How much full defiance of sanctions raises the rate of attacks.
    defiance: 0.0..=ANY, "ratio";
    /// How much a dialogue that takes everything from a spoiler raises the rate of attacks.
    spoiling: 0.0..=ANY, "ratio";
    /// The attacks a week that an attacker can mount at most.
    most: 0.0..=ANY, "1/week";
}

/// What escalation keeps of a run.
#[derive(Debug)]
pub struct State {
    /// The rung of each rivalry.
    rungs: Vec<Tracked<u32>>,
    /// For each campaign its attacks.
    attacks: Vec<Tracked<Attacks>>,
    /// For each rivalry its strikes.
    strikes: Vec<Tracked<Strikes>>,
    /// For each campaign the arms its attacker was sent.
    arms: Vec<Tracked<Arms>>,
}

/// The attacks of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Attacks {
    /// This week.
    pub week: u32,
    /// Since the start.
    pub total: u32,
    /// What past attacks add to the rate a week.
    pub excitation: f64,
}

/// The arms of a campaign's attacker.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Arms {
    /// How often its patron has sent some.
    transfers: u32,
    /// Whether none of its weapons reaches a target.
    short: bool,
}

/// The strikes of the two sides of a rivalry.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Strikes {
    /// Strikes this week.
    pub week: u32,
    /// Strikes since the start.
    pub total: u32,
    /// Those of this week that hit the contested state or its factions.
    pub inside: u32,
    /// Crossings of the contested state's airspace this week.
    pub airspace: u32,
    /// Crossings since the start.
    pub crossings: u32,
    /// Those since the start that hit the contested state or its factions.
    pub hits: u32,
    /// The highest rung since the start.
    pub peak: u32,
    /// Weeks at or above the rung of strikes.
    pub weeks: u32,
}

impl State {
    /// As it stands on the as-of date, with the values of a run.
    #[must_use]
    pub fn start(model: &Model<'_>, drawn: &Drawn) -> Self {
        let case = model.case;
        let rung = |r: &case::rivalry::Rivalry| drawn.peek(r.rung.id).round().max(0.0) as u32;
        // A campaign that has gone on for long: its attacks breed as many as fade.
        let under_way = |c: &case::rivalry::Campaign| {
            let branching = drawn.peek(c.branching.id).clamp(0.0, 0.99);
            let bred = drawn.peek(c.rate.id).max(0.0) * branching / (1.0 - branching);
            Attacks { excitation: bred, ..Attacks::default() }
        };
        Self {
            rungs: case.rivalries.iter().map(|r| Tracked::new(rung(r))).collect(),
            attacks: case.campaigns.iter().map(|c| Tracked::new(under_way(c))).collect(),
            strikes: all(case.rivalries.len(), &Strikes::default()),
            arms: all(case.campaigns.len(), &Arms::default()),
        }
    }

    readable! {
        /// The rung of a rivalry.
        rungs[]: u32;
        /// The attacks of a campaign.
        attacks[]: Attacks;
        /// The strikes of a rivalry.
        strikes[]: Strikes;
    }

    /// Puts a rivalry on a rung from outside; it goes on from there.
    pub fn put(&mut self, rivalry: usize, rung: u32, by: Option<EntryId>) {
        self.rungs[rivalry].set(rung, by);
    }

    /// Lets a week's strikes be others from outside.
    pub fn strike(&mut self, rivalry: usize, strikes: Strikes, by: Option<EntryId>) {
        self.strikes[rivalry].set(strikes, by);
    }
}

/// One week of a self-exciting campaign: attacks from the uniform number `u`, and what is left of their
/// excitement for the next week.
///
/// `own` is the rate before excitement, `memory` the weeks after which excitement has fallen to 1/e, `most` the attacks
/// a week that can be mounted (infinity for no bound).
#[must_use]
pub fn week(attacks: Attacks, own: f64, branching: f64, memory: f64, most: f64, u: f64) -> Attacks {
    counted(attacks, poisson(u, expected(attacks, own, most)), branching, memory)
}

/// The mean number of attacks of that week: what is wanted, below the most that can be mounted.
fn expected(attacks: Attacks, own: f64, most: f64) -> f64 {
    let wanted = own + attacks.excitation;
    if most.is_finite() { -most * (-wanted / most).exp_m1() } else { wanted }
}

/// So many attacks in a week, and what they excite.
fn counted(attacks: Attacks, count: u32, branching: f64, memory: f64) -> Attacks {
    let fade = if memory > 0.0 { (-1.0 / memory).exp() } else { 0.0 };
    let bred = f64::from(count) * branching * (1.0 - fade);
    Attacks {
        week: count,
        total: attacks.total.saturating_add(count),
        excitation: (attacks.excitation * fade + bred).min(MOST),
    }
}

impl Escalation {
    /// The rivalries and campaigns of a model's case; none if there are none.
    ///
    /// # Errors
    /// The parameters that the case lacks.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let campaigns: Vec<Campaign> =
            (0..case.campaigns.len()).filter_map(|at| Campaign::of(model, at)).collect();
        let rivalries: Vec<Rivalry> =
            (0..case.rivalries.len()).filter_map(|at| Rivalry::of(model, at)).collect();
        let any = !rivalries.is_empty();
        Ok(any.then_some(Self { campaigns, rivalries, parameters }))
    }

    /// The rate of attacks a week before any excite others.
    fn rate(&self, world: &World, journal: &Journal, campaign: &Campaign) -> f64 {
        let belief = |id| world.drawn.get(journal, id);
        let p = &self.parameters;
        let rung = *world.states.escalation.rungs[campaign.rivalry].get(journal);
        let above = i32::try_from(rung.saturating_sub(campaign.resting)).unwrap_or(i32::MAX);
        let sent =
            world.states.escalation.arms[campaign.at].get(journal).transfers.min(MOST_TRANSFERS);
        let order = world.orders.of(campaign.at).get(journal);
        let held = match order.until {
            Some(until) if world.day <= until => order.hold_back.clamp(-1.0, 1.0),
            _ => 0.0,
        };
        let defiance = *world.states.sanctions.defiance(campaign.attacker).get(journal);
        let loss = campaign.loss(world, journal);
        let rate = belief(campaign.rate)
            * belief(campaign.heat).powi(above)
            * (1.0 + belief(p.arms) * f64::from(sent))
            * (1.0 - held)
            * (1.0 + belief(p.defiance) * defiance)
            * (1.0 + belief(p.spoiling) * loss);
        if rate.is_nan() { 0.0 } else { rate.clamp(0.0, MOST) }
    }

    /// A patron sends arms, or does not; then whether anything reaches.
    fn arm(&self, model: &Model<'_>, world: &mut World, luck: Luck, journal: &Journal, at: usize) {
        let campaign = &self.campaigns[at];
        let _reads = journal.scope();
        let mut arms = *world.states.escalation.arms[campaign.at].peek();
        let before = arms;
        let mut by = world.states.escalation.arms[campaign.at].set_by();
        if let Some(patron) = campaign.patron {
            let worth =
                campaign.ranked.map_or(1.0, |r| *world.states.patronage.worth(r).get(journal));
            let chance = weekly(world.drawn.get(journal, self.parameters.transfer) * worth);
            let sends = luck.happens(journal, world.day, TRANSFER, campaign.who, chance);
            let sends = journal.agrees(world.day, patron, (sends, chance), || {
                let name = |a: usize| model.case.actors[a].label();
                let (client, target) = (name(campaign.attacker), name(campaign.target));
                let id = format!("arms.{}", campaign_id(model, campaign.at));
                (id, format!("Send arms to {client} against {target} this week?"))
            });
            if sends {
                arms.transfers = arms.transfers.saturating_add(1);
                by = journal.note(world.day, NAME, || {
                    let name = |a: usize| model.case.actors[a].label();
                    format!("{} sends arms to {}", name(patron), name(campaign.attacker))
                });
                journal.known(by, Known::Among(vec![patron, campaign.attacker]));
            }
        }
        if let Some(reach) = &campaign.reach {
            arms.short = !reach.covers(&world.drawn, arms.transfers > 0);
            if arms.short != before.short {
                reach.ranges().for_each(|range| {
                    world.drawn.get(journal, range);
                });
                journal.follow(by);
                by = journal.note(world.day, NAME, || {
                    let name = |a: usize| model.case.actors[a].label();
                    let (attacker, target) = (name(campaign.attacker), name(campaign.target));
                    match arms.short {
                        true => format!("No weapon of {attacker} reaches {target}"),
                        false => format!("The weapons of {attacker} now reach {target}"),
                    }
                });
            }
        }
        if arms != before {
            world.states.escalation.arms[campaign.at].set(arms, by);
        }
    }

    /// The attacks of a campaign in a week.
    fn attack(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        at: usize,
    ) {
        let campaign = &self.campaigns[at];
        let _reads = journal.scope();
        let before = *world.states.escalation.attacks[campaign.at].get(journal);
        let memory = world.drawn.get(journal, self.parameters.memory);
        let branching = world.drawn.get(journal, campaign.branching).clamp(0.0, 0.99);
        let short = world.states.escalation.arms[campaign.at].get(journal).short;
        let own = if short { 0.0 } else { self.rate(world, journal, campaign) };
        let eased = if short { Attacks { excitation: 0.0, ..before } } else { before };
        let u = luck.uniform(journal, world.day, ATTACKS, campaign.who);
        let most = world.drawn.get(journal, self.parameters.most).max(f64::MIN_POSITIVE);
        let now = week(eased, own, branching, memory, most, u);
        let by_luck = usize::from(now.week > 0);
        let strikes = journal.takes(world.day, campaign.attacker, by_luck, || {
            let target = model.case.actors[campaign.target].label();
            let quiet = (-expected(eased, own, most)).exp();
            let reaches = if short { 1 } else { 2 };
            Put {
                id: format!("attack.{}", campaign_id(model, campaign.at)),
                what: format!("Strike at {target} this week?"),
                options: ["hold fire", "strike"].map(str::to_owned)[..reaches].to_vec(),
                odds: [quiet, 1.0 - quiet][..reaches].to_vec(),
            }
        });
        let now = match (strikes, now.week) {
            (0, 1..) => counted(eased, 0, branching, memory),
            (1, 0) => counted(eased, 1, branching, memory),
            _ => now,
        };
        // Told are the first attacks after a quiet week, and waves.
        let told = now.week > 0 && before.week == 0 || now.week >= 5 && now.week > 2 * before.week;
        let mut by = world.states.escalation.attacks[campaign.at].set_by();
        if told {
            by = journal.note(world.day, NAME, || {
                let name = |a: usize| model.case.actors[a].label();
                let (attacker, target) = (name(campaign.attacker), name(campaign.target));
                match now.week {
                    1 => format!("{attacker} attacks {target}"),
                    n => format!("{attacker} attacks {target} {n} times in a week"),
                }
            });
        }
        world.states.escalation.attacks[campaign.at].set(now, by);
    }

    /// A rivalry's strikes and its step on the ladder.
    fn rival(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        at: usize,
    ) {
        let _reads = journal.scope();
        let rivalry = &self.rivalries[at];
        self.strike(model, world, luck, journal, rivalry);
        let rung = *world.states.escalation.rungs[rivalry.at].get(journal);
        let own = self.campaigns.iter().filter(|c| c.rivalry == rivalry.at);
        let attacks: u32 =
            own.clone().map(|c| world.states.escalation.attacks[c.at].get(journal).week).sum();
        let strikes = world.states.escalation.strikes[rivalry.at].get(journal);
        let stirred = f64::from(attacks) + f64::from(strikes.week) + f64::from(strikes.inside);
        let belief = |id| world.drawn.get(journal, id);
        let still = (1.0 - belief(self.parameters.provocation).clamp(0.0, 1.0)).powf(stirred);
        let up = 1.0 - (1.0 - belief(rivalry.rise).clamp(0.0, 1.0)) * still;
        let down = belief(rivalry.calm).clamp(0.0, 1.0) * still;
        let u = luck.uniform(journal, world.day, MOVE, rivalry.who);
        let mut next = rung;
        if rung < rivalry.top && u < up {
            next = rung + 1;
        } else if rung > rivalry.resting && u > 1.0 - down {
            next = rung - 1;
        }
        let below = rivalry.strike.map(|s| s.saturating_sub(1).max(rivalry.resting));
        let ceases = match (rivalry.strike, below) {
            (Some(strike), Some(below)) if rung >= strike && below < rung => {
                let chance = belief(self.parameters.ceasefire);
                luck.happens(journal, world.day, CEASE, rivalry.who, chance)
            }
            _ => false,
        };
        if let (true, Some(below)) = (ceases, below) {
            next = below;
        }
        if next != rung {
            let by = journal.note(world.day, NAME, || {
                let entry = &model.case.rivalries[rivalry.at];
                let level = entry.rungs.get(next as usize).map_or("", String::as_str);
                match (ceases, next > rung) {
                    (true, _) => format!("{}: a cease-fire; now {level}", entry.name),
                    (_, true) => format!("{} rises to {level}", entry.name),
                    _ => format!("{} calms to {level}", entry.name),
                }
            });
            world.states.escalation.rungs[rivalry.at].set(next, by);
            if ceases {
                for campaign in self.campaigns.iter().filter(|c| c.rivalry == rivalry.at) {
                    let still = Attacks {
                        excitation: 0.0,
                        ..*world.states.escalation.attacks[campaign.at].peek()
                    };
                    world.states.escalation.attacks[campaign.at].set(still, by);
                }
            }
        }
        let mut strikes = *world.states.escalation.strikes[rivalry.at].peek();
        strikes.peak = strikes.peak.max(rung).max(next);
        strikes.weeks += u32::from(rivalry.strike.is_some_and(|s| rung >= s));
        let by = world.states.escalation.strikes[rivalry.at].set_by();
        world.states.escalation.strikes[rivalry.at].set(strikes, by);
    }
}

impl Process for Escalation {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        if !world.weekly {
            return Ok(());
        }
        for at in 0..self.campaigns.len() {
            self.arm(model, world, luck, journal, at);
            self.attack(model, world, luck, journal, at);
        }
        for at in 0..self.rivalries.len() {
            self.rival(model, world, luck, journal, at);
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        parts::quantities(model, &self.campaigns, &self.rivalries)
    }

    fn report(&self, _model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        parts::report(&self.campaigns, &self.rivalries, world, values);
    }

    fn followed(&self, model: &Model<'_>) -> Vec<Quantity> {
        let rung = |r: &Rivalry| {
            let entry = &model.case.rivalries[r.at];
            let key = parts::rung(model, r);
            Quantity::new(key, format!("Rung of {}", entry.name), Unit::Rung)
        };
        self.rivalries.iter().map(rung).collect()
    }

    fn follow(&self, _model: &Model<'_>, world: &World, values: &mut Vec<f32>) {
        values.extend(
            self.rivalries.iter().map(|r| *world.states.escalation.rungs[r.at].peek() as f32),
        );
    }
}

#[cfg(test)]
mod tests;
