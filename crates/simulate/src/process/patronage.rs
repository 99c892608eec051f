//! Patronage: patrons divide a limited effort over clients and channels, and tell armed clients when to hold back.
//!
//! **Worth.** A patron's standing in the region rests on this state, worth 1, and on its pillars, worth w each. Of
//! what a fallen pillar was worth a share g falls to what is left, in proportion: with L the sum of w over fallen and R
//! over standing pillars the state is worth 1 + g L / (1 + R), told as a multiple of the as-of date. *Judged*.
//!
//! **Effort.** A patron spends B = worth^e (1 - drag) times its effort on the as-of date, where the drag of sanctions
//! laid on it since is 1 - (1 - d)^n for n of them, below zero if some were lifted. It divides B over the ties from it
//! and its agencies so that the sum of worths at constant elasticity of substitution s is greatest (`arrow1961`): tie t
//! gets x_t / x_t0 = B r_t^s p_t^-s / sum_j a_j r_j^s p_j^(1-s), where a_j is its share of effort on the as-of date
//! (bandwidths, taken to have been best then), r_t the client's sway over the body as a multiple of the start to the
//! power of `following`, and p_t = 1 + c n_t + u A its price: n_t designations of the client since, A the people's anger
//! over foreign hands. Every four weeks effort goes a share `pace` of the way; the factor on a tie's bandwidth goes with
//! it.
//!
//! Orders to armed clients are in [`order`].
//!
//! Reads pillars, designations in force, backlash, sway, rungs, strikes; changes worth, effort, ties, orders.

use case::Diagnostic;
use case::actor::ActorKind;
use case::choice::Matter;

use crate::journal::{EntryId, Journal, Tracked};
use crate::luck::Luck;
use crate::model::{ActorId, BeliefId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{Key, Quantity, Unit};
use crate::world::World;
use crate::world::joint::all;

pub mod order;

use order::Campaign;

/// The name of the process.
pub const NAME: &str = "patronage";

/// Weeks between reviews of effort.
const REVIEW: u32 = 4;
/// The change in a tie's effort below which nothing is done.
const WORTH_DOING: f64 = 0.005;
/// The change in a patron's whole effort that gets an entry.
const WORTH_TELLING: f64 = 0.05;
/// Bounds of the factor on a tie.
const RANGE: std::ops::RangeInclusive<f64> = 0.01..=100.0;

parameters! {
    /// The share of what a fallen pillar was worth that falls to what is left.
    pillar_gain: 0.0..=1.0, "share";
    /// How far effort goes with what the state is worth.
    elasticity: 0.0..=ANY, "ratio";
    /// What each sanction laid on a patron takes from its effort.
    drag: 0.0..=1.0, "share";
    /// The elasticity of substitution between ties.
    substitution: 0.0..=ANY, "ratio";
    /// How far effort follows the client's sway.
    following: -1000.0..=1000.0, "ratio";
    /// How much each designation of a client raises the price of its tie.
    sanction_price: 0.0..=ANY, "ratio";
    /// How much anger over foreign hands raises the price of all ties.
    anger_price: 0.0..=ANY, "ratio";
    /// The share of the way that effort goes at a review.
    pace: 0.0..=1.0, "share";
    /// Calls for restraint a week where strikes on the client are at hand.
    caution: 0.0..=ANY, "1/week";
    /// Calls to strike a week while the patron is struck.
    resolve: 0.0..=ANY, "1/week";
    /// Days for which an order counts.
    order_days: 0.0..=ANY, "days";
    /// By how much a client that obeys lowers or raises its attacks.
    obedience: 0.0..=1.0, "share";
}

/// What patronage keeps of a run.
#[derive(Debug)]
pub struct State {
    /// For each tie the effort its patron spends on it, as a multiple of the start: a part of the tie's factor.
    effort: Vec<Tracked<f64>>,
    /// For each patron of [`Model::patrons`] what the state is worth to it, as a multiple of the start.
    worth: Vec<Tracked<f64>>,
    /// For each patron its whole effort as a multiple of the start, as last told.
    spent: Vec<Tracked<f64>>,
    /// For each campaign how often its patron called for restraint, and how often it was heard.
    calls: Vec<Calls>,
}

/// How often a patron has spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Calls {
    /// Calls to hold back.
    restraint: u32,
    /// Calls of either kind that were heard.
    heard: u32,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        Self {
            effort: all(model.network.ties.len(), &1.0),
            worth: all(model.patrons.len(), &1.0),
            spent: all(model.patrons.len(), &1.0),
            calls: vec![Calls::default(); model.case.campaigns.len()],
        }
    }

    readable! {
        /// The effort spent on a tie, as a multiple of the start.
        effort[]: f64;
        /// What the state is worth to a patron, as a multiple of the start.
        worth[]: f64;
        /// The whole effort of a patron as a multiple of the start, as last told.
        spent[]: f64;
    }

    /// Sets the effort on every tie from outside.
    pub fn spend(&mut self, effort: f64, by: Option<EntryId>) {
        self.effort.iter_mut().for_each(|tie| tie.set(effort, by));
    }
}

/// Patronage as a process.
#[derive(Debug)]
pub struct Patronage {
    parameters: Parameters,
    patrons: Vec<Patron>,
    campaigns: Vec<Option<Campaign>>,
    /// For each designation on whom it is, and whether it was in force on the as-of date.
    designations: Vec<(Option<ActorId>, bool)>,
}

#[derive(Debug)]
struct Patron {
    actor: ActorId,
    /// Its pillars, by place, with the belief of their weight.
    pillars: Vec<(usize, BeliefId)>,
    /// Its ties and those of its agencies, by place.
    ties: Vec<usize>,
}

impl Patronage {
    /// Patronage in a model's case; none if nobody pulls from outside.
    ///
    /// # Errors
    /// Parameters that are missing or unknown.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let tells = case.campaigns.iter().any(|c| c.patron.is_some());
        let lambda = match tells {
            true => Some(crate::decide::lambda(case, Matter::MilitaryRestraint, NAME)?),
            false => None,
        };
        let made = Self {
            parameters,
            patrons: model.patrons.iter().map(|actor| Patron::of(model, *actor)).collect(),
            campaigns: (case.campaigns.iter()).map(|c| Campaign::of(model, c, lambda?)).collect(),
            designations: (case.designations.iter())
                .map(|d| (case.actor_index(d.actor.get_ref()), d.since.is_some()))
                .collect(),
        };
        Ok(Some(made).filter(|made| !made.patrons.is_empty()))
    }

    /// Designations of an actor since the as-of date, less those lifted.
    fn designated(&self, world: &World, journal: &Journal, actor: ActorId) -> f64 {
        let mut count = 0.0;
        for (d, (of, before)) in self.designations.iter().enumerate() {
            if *of == Some(actor) && world.states.sanctions.imposed(d).peek() != before {
                world.states.sanctions.imposed(d).get(journal);
                count += if *before { -1.0 } else { 1.0 };
            }
        }
        count
    }

    /// What the state is worth to a patron, as a multiple of the start.
    fn value(&self, model: &Model<'_>, world: &World, journal: &Journal, patron: &Patron) -> f64 {
        let gain = world.drawn.get(journal, self.parameters.pillar_gain).clamp(0.0, 1.0);
        let (mut lost, mut left, mut lost_before, mut left_before) = (0.0, 0.0, 0.0, 0.0);
        for (pillar, weight) in &patron.pillars {
            let weight = world.drawn.get(journal, *weight);
            let stands = *world.states.shock.pillars(*pillar).get(journal);
            *if stands { &mut left } else { &mut lost } += weight;
            let stood = model.case.pillars[*pillar].fallen.is_none();
            *if stood { &mut left_before } else { &mut lost_before } += weight;
        }
        (1.0 + gain * lost / (1.0 + left)) / (1.0 + gain * lost_before / (1.0 + left_before))
    }

    fn weigh(&self, model: &Model<'_>, world: &mut World, journal: &Journal) {
        for (p, patron) in self.patrons.iter().enumerate() {
            let fell = patron.pillars.iter().any(|(pillar, _)| {
                model.case.pillars[*pillar].fallen.is_none()
                    != *world.states.shock.pillars(*pillar).peek()
            });
            if !fell {
                continue;
            }
            let _reads = journal.scope();
            let value = self.value(model, world, journal, patron);
            let before = *world.states.patronage.worth[p].peek();
            if (value - before).abs() > 1e-9 {
                let by = journal.note(world.day, NAME, || {
                    let (state, label) =
                        (model.case.head.state.get_ref(), label(model, patron.actor));
                    let state = model.case.actor(state).map_or(state.as_str(), |a| a.label());
                    format!("{state} is worth {value:.2} times as much to {label} as at the start")
                });
                world.states.patronage.worth[p].set(value, by);
            }
        }
    }

    fn review(&self, model: &Model<'_>, world: &mut World, journal: &Journal, at: usize) {
        let patron = &self.patrons[at];
        let belief = |id| world.drawn.get(journal, id);
        let worth = *world.states.patronage.worth[at].get(journal);
        let any = |(d, (_, before)): (usize, &(Option<ActorId>, bool))| {
            world.states.sanctions.imposed(d).peek() != before
        };
        let any = self.designations.iter().enumerate().any(any);
        let of = |actor| if any { self.designated(world, journal, actor) } else { 0.0 };
        let since = of(patron.actor);
        let kept = (1.0 - belief(self.parameters.drag)).clamp(0.01, 1.0).powf(since);
        let budget =
            (worth.max(1e-6).powf(belief(self.parameters.elasticity)) * kept).clamp(0.01, 100.0);
        let (s, following) =
            (belief(self.parameters.substitution).max(0.0), belief(self.parameters.following));
        let anger = belief(self.parameters.anger_price)
            * world.states.opinion.backlash().get(journal).max(0.0);
        let sway = world.sway.now().get(journal);
        let mut spread = Vec::with_capacity(patron.ties.len());
        let (mut all, mut sum) = (0.0, 0.0);
        for tie in &patron.ties {
            let (_, client, _, bandwidth, _) = model.network.ties[*tie];
            let start = belief(bandwidth).max(1e-9);
            let rise = match (sway.get(client), world.sway.first().get(client)) {
                (Some(now), Some(first)) if *first > 1e-9 && following != 0.0 => {
                    (now / first).clamp(0.01, 100.0).powf(following * s)
                }
                _ => 1.0,
            };
            let designated = of(client).max(0.0);
            let price =
                1.0 + (belief(self.parameters.sanction_price) * designated + anger).max(0.0);
            let pull = rise * if price == 1.0 { 1.0 } else { price.powf(-s) };
            all += start;
            sum += start * pull * price;
            spread.push((*tie, pull));
        }
        if sum <= 0.0 || all <= 0.0 {
            return;
        }
        let (scale, pace) = (budget * all / sum, belief(self.parameters.pace).clamp(0.0, 1.0));
        let mut after = 0.0;
        let mut moves = Vec::new();
        for (tie, pull) in spread {
            let now = *world.states.patronage.effort[tie].peek();
            let aim = (scale * pull).clamp(*RANGE.start(), *RANGE.end());
            let next = now + pace * (aim - now);
            let start = world.drawn.peek(model.network.ties[tie].3).max(1e-9);
            let moved = (next - now).abs() > WORTH_DOING;
            after += start * if moved { next } else { now };
            if moved {
                moves.push((tie, now, next));
            }
        }
        if moves.is_empty() {
            return;
        }
        let by = if (after / all - world.states.patronage.spent[at].peek()).abs() >= WORTH_TELLING {
            let by = journal.note(world.day, NAME, || {
                let (label, share) = (label(model, patron.actor), 100.0 * after / all);
                format!("{label} spends {share:.0} % of the effort it spent at the start")
            });
            world.states.patronage.spent[at].set(after / all, by);
            by
        } else {
            world.states.patronage.worth[at].set_by()
        };
        for (tie, now, next) in moves {
            world.states.patronage.effort[tie].set(next, by);
            world.ties.turn(tie, (now, next), by);
        }
    }
}

impl Patron {
    fn of(model: &Model<'_>, actor: ActorId) -> Self {
        let case = model.case;
        let id = case.actors[actor].id.get_ref();
        let ties = &model.network.ties;
        let agency = |of: ActorId| {
            case.actors[of].kind == ActorKind::Agency
                && ties.iter().any(|t| t.0 == actor && t.1 == of)
        };
        let pillars = case.pillars.iter().enumerate().filter(|(_, p)| p.patron.get_ref() == id);
        Self {
            actor,
            pillars: pillars.map(|(at, p)| (at, p.weight.id)).collect(),
            ties: (0..ties.len()).filter(|t| ties[*t].0 == actor || agency(ties[*t].0)).collect(),
        }
    }
}

fn label<'m>(model: &'m Model<'_>, actor: ActorId) -> &'m str {
    model.case.actors[actor].label()
}

impl Process for Patronage {
    fn name(&self) -> &'static str {
        NAME
    }

    fn reads_sway(&self, world: &World) -> bool {
        // On a dated day between two weeks' ends the week to come is counted already.
        let coming = if world.weekly { world.week + 1 } else { world.week };
        world.sway.first().is_empty() || coming.is_multiple_of(REVIEW)
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
        world.sway.look();
        self.weigh(model, world, journal);
        if world.week.is_multiple_of(REVIEW) {
            for patron in 0..self.patrons.len() {
                let _reads = journal.scope();
                self.review(model, world, journal, patron);
            }
        }
        self.speak(model, world, luck, journal)
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let mut all = Vec::new();
        for patron in &self.patrons {
            let (id, name) =
                (model.case.actors[patron.actor].id.get_ref(), label(model, patron.actor));
            let named = |what: &str, name: String| {
                Quantity::new(Key::new(NAME, what).of(id), name, Unit::Multiple).unseen()
            };
            all.push(named("worth", format!("What the state is worth to {name} at the end")));
            all.push(named("effort", format!("Effort that {name} spends at the end")));
        }
        for (c, _) in self.campaigns.iter().enumerate().filter(|(_, c)| c.is_some()) {
            let campaign = &model.case.campaigns[c];
            let (id, target) = (campaign.attacker.get_ref(), campaign.target.get_ref());
            let of = model.case.actor(id).map_or(id.as_str(), |a| a.label());
            let name = format!("Calls on {of} to hold back");
            let heard = format!("Orders that {of} obeys");
            let count = |what: &str, name| {
                let key = Key::new(NAME, what).of(format!("{id}>{target}"));
                Quantity::new(key, name, Unit::Count).unseen()
            };
            all.extend([count("heard", heard), count("restraint", name)]);
        }
        all
    }

    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        for (p, patron) in self.patrons.iter().enumerate() {
            values.push(Some(*world.states.patronage.worth[p].peek() as f32));
            let (mut all, mut now) = (0.0, 0.0);
            for tie in &patron.ties {
                let start = world.drawn.peek(model.network.ties[*tie].3);
                all += start;
                now += start * world.states.patronage.effort[*tie].peek();
            }
            values.push((all > 0.0).then_some((now / all) as f32));
        }
        let calls =
            world.states.patronage.calls.iter().zip(&self.campaigns).filter(|(_, c)| c.is_some());
        values.extend(calls.flat_map(|(c, _)| [c.heard, c.restraint].map(|n| Some(n as f32))));
    }
}
