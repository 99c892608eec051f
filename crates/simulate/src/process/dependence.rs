//! Dependence: what the state is supplied with, what a cut leaves unmet, and who lives on the trade.
//!
//! **Cuts.** Each week a supply is cut with probability 1 - exp(-h 7 / 365.25), h = cut (1 + a A + b P): `cut` is the
//! case's hazard, A the arrears in years of its worth, P how many dialogues the state holds to which the supplier is
//! no party: it presses when it is passed over. A cut lasts the supply's days and stops it whole. A supply whose waiver
//! was in force and has lapsed loses the share `lapse` for as long, as payment stops; the unpaid part adds to A, and
//! once the waiver is in force again A falls by the share `repayment` a week. *Judged*.
//!
//! **Shortage.** Supplier and supplied are tied as in the inoperability input-output model (`haimes2001`,
//! [`theory::economy::leontief`]): D_ij is the share of actor i's need that j covers and nobody replaces, and what i is
//! short of q is the least solution of q_i = min(1, sum_j D_ij q_j + c_i), where c_i is the unreplaced share of what
//! does not flow. So a supplier that is short itself passes it on. The state's q is the shortage.
//!
//! **Prices** go a share `price_pace` of the way each week to 1 + `price_gain` times the shortage; what shocks add comes
//! on top. What factions earn is in [`income`]. *Judged*.
//!
//! Reads waivers, talks, what shocks do to supplies and prices, effort; changes flows, deliveries, shortage, prices,
//! incomes.

use case::Diagnostic;
use jiff::ToSpan;
use jiff::civil::Date;
use theory::economy::leontief::inoperability;

use crate::hazard;
use crate::journal::{EntryId, Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::model::{BeliefId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{AmountForm, Key, Quantity, Subject, Unit, quoted};
use crate::world::World;
use crate::world::joint::all;

pub mod income;

use income::Earning;

/// The name of the process.
pub const NAME: &str = "dependence";

const CUT: Name = Name::new("dependence/cut");

/// The change in shortage that gets an entry.
const WORTH_TELLING: f64 = 0.02;
/// A change too small to act on.
const NOTHING: f64 = 1e-9;

parameters! {
    /// How much arrears of a year's worth raise the hazard of a cut.
    arrears_gain: 0.0..=ANY, "ratio";
    /// How much each dialogue that passes the supplier over raises the hazard of a cut.
    press_gain: 0.0..=ANY, "ratio";
    /// The share of a supply that is lost while its waiver has lapsed.
    lapse: 0.0..=1.0, "share";
    /// The share of arrears that is paid in a week.
    repayment: 0.0..=1.0, "share";
    /// How far prices rise when the whole need is unmet.
    price_gain: 0.0..=ANY, "ratio";
    /// The share of the way that prices go in a week.
    price_pace: 0.0..=1.0, "share";
    /// The share of earnings from trade that hangs on what the state is supplied with.
    trade_share: 0.0..=1.0, "share";
    /// How much levies rise when nothing is supplied any more.
    smuggling: 0.0..=ANY, "ratio";
}

/// What dependence keeps of a run.
#[derive(Debug)]
pub struct State {
    /// The share of each supply that flows.
    flows: Vec<Tracked<f64>>,
    /// Cuts and unpaid bills of each supply.
    deliveries: Vec<Tracked<Delivery>>,
    /// The share of the need for power and goods that is not met, in \[0, 1\].
    shortage: Tracked<f64>,
    /// The worst of it so far.
    worst: f64,
    /// The price level, 1 at the start.
    prices: Tracked<f64>,
    /// The part of the price level that shortages make, 1 at the start.
    own_prices: f64,
    /// For each stream of revenue the part of its factor that trade and patrons make.
    earned: Vec<Tracked<f64>>,
}

/// How a supply is delivered and paid for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Delivery {
    /// The last day of a cut in force.
    cut_until: Option<Date>,
    /// Cuts since the start.
    cuts: u32,
    /// What is owed for it, in years of its worth.
    arrears: f64,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let supplies = model.case.supplies.len();
        Self {
            flows: all(supplies, &1.0),
            deliveries: all(supplies, &Delivery::default()),
            shortage: Tracked::new(0.0),
            worst: 0.0,
            prices: Tracked::new(1.0),
            own_prices: 1.0,
            earned: all(model.case.revenues.len(), &1.0),
        }
    }

    readable! {
        /// The share of the need for power and goods that is not met, in \[0, 1\].
        shortage: f64;
        /// The price level, 1 at the start.
        prices: f64;
    }
}

/// Dependence as a process.
#[derive(Debug)]
pub struct Dependence {
    parameters: Parameters,
    supplies: Vec<Supply>,
    /// The actors that supply or are supplied: how many, and the state's place among them.
    nodes: usize,
    state: Option<usize>,
    revenues: Vec<Earning>,
}

#[derive(Debug)]
struct Supply {
    who: Who,
    /// Places among the actors that supply or are supplied.
    from: usize,
    to: usize,
    value: BeliefId,
    share: BeliefId,
    substitute: BeliefId,
    cut: BeliefId,
    days: BeliefId,
    /// Its waiver, where one was in force on the as-of date or has been granted since.
    waiver: Option<(usize, bool)>,
    /// The dialogues that the state holds without the supplier.
    passed_over: Vec<usize>,
}

impl Dependence {
    /// Dependence in a model's case; none if it has neither supplies nor revenues.
    ///
    /// # Errors
    /// Parameters that are missing or unknown.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let mut nodes: Vec<&str> = (case.supplies.iter())
            .flat_map(|s| [s.from.get_ref().as_str(), s.to.get_ref().as_str()])
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        // Each of them is among the nodes.
        let node = |id: &str| nodes.partition_point(|node| *node < id);
        let state = case.head.state.get_ref().as_str();
        let supplies = case.supplies.iter().map(|s| {
            let waiver = s.waiver.as_ref().and_then(|id| {
                let at = case.waivers.iter().position(|w| w.id.get_ref() == id.get_ref())?;
                Some((at, case.waivers[at].expires(model.start).is_some()))
            });
            let from = s.from.get_ref();
            let has = |d: &case::decision::Dialogue, id: &str| {
                d.parties.iter().any(|p| p.get_ref() == id)
            };
            let over = case.dialogues.iter().enumerate();
            let over = over.filter(|(_, d)| has(d, state) && !has(d, from)).map(|(at, _)| at);
            Supply {
                who: Who::new(s.id.get_ref()),
                from: node(from),
                to: node(s.to.get_ref()),
                value: s.value.id,
                share: s.share.id,
                substitute: s.substitute.id,
                cut: s.cut.id,
                days: s.days.id,
                waiver,
                passed_over: over.collect(),
            }
        });
        let made = Self {
            parameters,
            supplies: supplies.collect(),
            nodes: nodes.len(),
            state: nodes.binary_search(&state).ok(),
            revenues: case.revenues.iter().map(|r| Earning::of(model, r)).collect(),
        };
        let idle = made.supplies.is_empty() && made.revenues.is_empty();
        Ok(Some(made).filter(|_| !idle))
    }

    /// Whether a supply's waiver has lapsed.
    fn lapsed(world: &World, journal: &Journal, supply: &Supply) -> bool {
        supply.waiver.is_some_and(|(waiver, before)| {
            let waiver = &world.states.sanctions.waivers(waiver);
            let lapsed = before && waiver.peek().is_none_or(|last| last < world.day);
            if lapsed {
                waiver.get(journal);
            }
            lapsed
        })
    }

    /// Cuts, bills and the flow of one supply. Returns what became of the flow.
    fn deliver(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        at: usize,
    ) -> Flow {
        let (supply, day) = (&self.supplies[at], world.day);
        let belief = |id| world.drawn.get(journal, id).max(0.0);
        let _reads = journal.scope();
        let before = *world.states.dependence.deliveries[at].get(journal);
        let lapsed = Self::lapsed(world, journal, supply);
        let mut now = before;
        let mut by = None;
        let unpaid = if lapsed { belief(self.parameters.lapse).min(1.0) } else { 0.0 };
        now.arrears = if lapsed {
            before.arrears + unpaid * 7.0 / 365.25
        } else {
            before.arrears * (1.0 - belief(self.parameters.repayment).min(1.0))
        };
        if before.cut_until.is_some_and(|until| until < day) {
            now.cut_until = None;
            by =
                journal.note(day, NAME, || format!("{} flows again", model.case.supplies[at].name));
        } else if before.cut_until.is_none() {
            let open = |d: &usize| {
                let talks = world.states.bargaining.talks(*d).peek();
                let open = talks.ended.is_none() && talks.rounds > 0;
                if open {
                    world.states.bargaining.talks(*d).get(journal);
                }
                open
            };
            let pressed = supply.passed_over.iter().filter(|d| open(d)).count() as f64;
            let rise = 1.0
                + belief(self.parameters.arrears_gain) * before.arrears
                + belief(self.parameters.press_gain) * pressed;
            let p = hazard::weekly(belief(supply.cut) * rise);
            let mut cuts = luck.happens(journal, day, CUT, supply.who, p);
            let entry = &model.case.supplies[at];
            if let Some(seller) = model.case.actor_index(entry.from.get_ref()) {
                cuts = journal.agrees(day, seller, (cuts, p), || {
                    (
                        format!("cut.{}", entry.id.get_ref()),
                        format!("Cut this week: {}?", entry.name),
                    )
                });
            }
            if cuts {
                let days = belief(supply.days).ceil().clamp(1.0, 3e6) as i64;
                let until = day.checked_add(days.days()).unwrap_or(Date::MAX);
                let until = Some(until);
                now = Delivery { cut_until: until, cuts: before.cuts + 1, ..now };
                by = journal.note(day, NAME, || {
                    let case = model.case;
                    let from = case.supplies[at].from.get_ref();
                    let from = case.actor(from).map_or(from.as_str(), |a| a.label());
                    format!("{from} cuts {} for {days} days", case.supplies[at].name)
                });
            }
        }
        let kept = by.or(before_set(world, at));
        let struck = world.states.shock.supply(at);
        let (hit, by_shock) = (struck.peek().clamp(0.0, 1.0), struck.set_by());
        let flow = if now.cut_until.is_some() { 0.0 } else { (1.0 - unpaid) * hit };
        if now != before {
            world.states.dependence.deliveries[at].set(now, kept);
        }
        let moved = (flow - world.states.dependence.flows[at].peek()).abs() > NOTHING;
        let waived = supply.waiver.and_then(|(w, _)| world.states.sanctions.waivers(w).set_by());
        if !moved {
            return Flow::Same;
        }
        let cut = now.cut_until.is_some() != before.cut_until.is_some();
        let by = if cut { kept } else { by_shock.max(waived) };
        world.states.dependence.flows[at].set(flow, by);
        Flow::Moved(by)
    }

    /// What the state is short of when the supplies flow as they do.
    fn short(&self, world: &World, journal: &Journal) -> Result<f64, StepError> {
        let Some(state) = self.state else { return Ok(0.0) };
        let mut depends = vec![vec![0.0; self.nodes]; self.nodes];
        let mut disturbance = vec![0.0_f64; self.nodes];
        for (at, supply) in self.supplies.iter().enumerate() {
            let flow = &world.states.dependence.flows[at];
            let reliance = world.states.bargaining.reliance(at);
            let belief = |id| world.drawn.get(journal, id).clamp(0.0, 1.0);
            let hangs = (belief(supply.share) * reliance.get(journal)).min(1.0);
            let bound = hangs * (1.0 - belief(supply.substitute));
            depends[supply.to][supply.from] += bound;
            let flow = *if *flow.peek() < 1.0 { flow.get(journal) } else { flow.peek() };
            disturbance[supply.to] += bound * (1.0 - flow);
        }
        depends.iter_mut().flatten().chain(&mut disturbance).for_each(|d| *d = d.min(1.0));
        let short = inoperability(&depends, &disturbance)
            .map_err(|e| StepError { process: NAME, fault: format!("the shortage: {e}") })?;
        Ok(short[state])
    }
}

/// What became of a flow in a week.
#[derive(Debug, Clone, Copy)]
enum Flow {
    Same,
    /// It moved, by an entry if one was written.
    Moved(Option<EntryId>),
}

impl Flow {
    /// Of this one and then another: the last entry that was written.
    fn then(self, next: Self) -> Self {
        match (self, next) {
            (Self::Moved(before), Self::Moved(by)) => Self::Moved(by.or(before)),
            (before, Self::Same) => before,
            (Self::Same, moved) => moved,
        }
    }
}

/// The entry that last set a delivery.
fn before_set(world: &World, at: usize) -> Option<EntryId> {
    world.states.dependence.deliveries[at].set_by()
}

impl Process for Dependence {
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
        let mut moved = Flow::Same;
        for at in 0..self.supplies.len() {
            moved = moved.then(self.deliver(model, world, luck, journal, at));
        }
        if let Flow::Moved(moved) = moved {
            let _reads = journal.scope();
            let before = *world.states.dependence.shortage.peek();
            let short = self.short(world, journal)?;
            let told = (short - before).abs() >= WORTH_TELLING;
            let by = if told {
                journal.note(world.day, NAME, || {
                    format!("{:.0} % of what is needed is not to be had", 100.0 * short)
                })
            } else {
                moved
            };
            world.states.dependence.shortage.set(short, by);
            world.states.dependence.worst = world.states.dependence.worst.max(short);
        }
        let short = *world.states.dependence.shortage.peek();
        let aim = 1.0 + world.drawn.get(journal, self.parameters.price_gain) * short;
        let pace = world.drawn.get(journal, self.parameters.price_pace).clamp(0.0, 1.0);
        let own =
            world.states.dependence.own_prices + pace * (aim - world.states.dependence.own_prices);
        let prices = (own + world.states.shock.prices().peek()).max(0.01);
        world.states.dependence.own_prices = own;
        if (prices - world.states.dependence.prices.peek()).abs() > NOTHING {
            let by =
                world.states.dependence.shortage.set_by().max(world.states.shock.prices().set_by());
            world.states.dependence.prices.set(prices, by);
        }
        self.earn(world, journal, world.states.dependence.shortage.set_by());
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let shortage = AmountForm::Share(
            "The worst shortage comes to ",
            " of what is needed in the middle run.",
        );
        let rests = ["supply.".to_owned(), format!("process.{NAME}.")];
        let mut all = vec![
            Quantity::new(Key::new(NAME, "shortage"), "The worst shortage", Unit::Share).amounts(
                Subject::Supplies,
                shortage,
                &rests,
            ),
            Quantity::new(Key::new(NAME, "prices"), "The price level at the end", Unit::Multiple),
        ];
        all.extend(model.case.supplies.iter().map(|s| {
            let id = s.id.get_ref();
            Quantity::new(Key::new(NAME, "cuts").of(id), format!("Cuts of {}", s.name), Unit::Count)
                .told(
                    Subject::Supplies,
                    quoted(&s.name, "is cut at least once"),
                    &[format!("supply.{id}")],
                )
                .shown(&["SANCTION", "COERCE", "REJECT"], &[s.from.get_ref()], &[s.to.get_ref()])
        }));
        all
    }

    fn report(&self, _model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        values.push(Some(world.states.dependence.worst as f32));
        values.push(Some(*world.states.dependence.prices.peek() as f32));
        values
            .extend(world.states.dependence.deliveries.iter().map(|d| Some(d.peek().cuts as f32)));
    }

    fn followed(&self, _model: &Model<'_>) -> Vec<Quantity> {
        vec![Quantity::new(Key::new(NAME, "shortage"), "Shortage", Unit::Share)]
    }

    fn follow(&self, _model: &Model<'_>, world: &World, values: &mut Vec<f32>) {
        values.push(*world.states.dependence.shortage.peek() as f32);
    }
}
