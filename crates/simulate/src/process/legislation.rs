//! Legislation: bills and decrees that are proposed, pulled, passed, voted down or reversed.
//!
//! An actor's loss by a measure at p on an issue that stands at q is |p - x| - |q - x|, with x where it stands: its
//! own position, or where its pulls put it, everybody counting by how much it cares
//! ([`crate::pulls::Pulls::settled`]). Whoever chooses between the measure and things as they are takes the measure
//! with chance 1 / (1 + exp(precision (loss + cost))): the logit choice of [`crate::decide`] between two alternatives,
//! by one number. Cost is what threats take from it, exposure times resolve.
//!
//! **Foreign pressure.** The contested state, and the sponsors, think again on the day of decision and in any week in
//! which a threat of sanctions over the bill has come up: with the same luck, so that one who loses by it where its
//! pulls have put it, the cost of the threats included, gives it up if that outweighs its luck. The state takes it back by
//! itself, the sponsors all together. A threat costs the threatener's pull on whoever thinks again, times its salience
//! and its loss. A sponsor that gave way to such a threat takes the bill back at once.
//!
//! **Vetoes** of the case, formal and informal, are for those who lose by a measure: such a holder chooses between it and
//! things as they are, and stops it with its strength. By law it is rejected, else quietly pulled (`tsebelis2002`).
//!
//! **The vote.** Each list chooses with x where it settles once everybody has pulled; those present are `attendance` of
//! the seats, and small lists split as the others do. It takes the bill's quota, or more than half of those present.
//!
//! **Reversal.** A decree is issued at once. Some days later each body that has to act on it, if it loses by it where its
//! pulls have put it, chooses in the same way; the first that will not act has it taken back.
//!
//! The forms are *Judged*. Reads ties, threats, the house; changes bills and the agenda.

use case::Diagnostic;
use case::decision::BillKind;
use jiff::civil::Date;

use crate::chance::{days, later, logistic};
use crate::hazard::weekly;
use crate::journal::{Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::matter::{Body, Matter, Value, Want};
use crate::model::{ActorId, BeliefId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{Key, Quantity, Subject, Unit, quoted};
use crate::world::World;
use crate::world::joint::all;

mod floor;
mod measure;

use floor::Floor;
use measure::Measure;

/// The name of the process.
pub const NAME: &str = "legislation";

const PROPOSE: Name = Name::new("legislation/is proposed");
const WITHDRAW: Name = Name::new("legislation/is taken back under pressure");
const VETO: Name = Name::new("legislation/a veto stops it");
const VOTE: Name = Name::new("legislation/a list votes for it");
const DELAY: Name = Name::new("legislation/days until it is decided");
const REVERSE: Name = Name::new("legislation/a body will not act on it");

/// Legislation as a process.
#[derive(Debug)]
pub struct Legislation {
    measures: Vec<Measure>,
    parameters: Parameters,
}

parameters! {
    /// How surely a list votes and an actor objects by what it loses.
    precision: 0.0..=ANY, "scale";
    /// What it costs a government or sponsors to take back what they have brought, on the scale of issues.
    reluctance: 0.0..=ANY, "position";
    /// The share of members that is present at a vote.
    attendance: 0.0..=1.0, "share";
    /// Days from proposal to decision of a bill.
    bill_days: 0.0..=ANY, "days";
    /// Days after which it is decided whether a decree stands.
    reversal_days: 0.0..=ANY, "days";
}

/// What legislation keeps of a run.
#[derive(Debug)]
pub struct State {
    /// How far each bill or decree has come.
    bills: Vec<Tracked<Passage>>,
    /// The day on which each bill or decree is decided next.
    agenda: Vec<Tracked<Option<Date>>>,
    /// How many threats of sanctions each bill was last thought over under.
    threatened: Vec<usize>,
}

/// How far a bill or a decree has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Passage {
    /// Not proposed.
    #[default]
    Open,
    /// Proposed on this day and not yet decided.
    Proposed(Date),
    /// Passed, or issued, on this day.
    Passed(Date),
    /// Taken back before a vote, on this day.
    Pulled(Date),
    /// Voted down on this day.
    Rejected(Date),
    /// Issued and reversed on this day.
    Reversed(Date),
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let bills = &model.case.bills;
        let passage = |b: &case::decision::Bill| match (b.settled, b.proposed) {
            (Some(_), _) if b.hazard.is_some() => Passage::Open,
            (Some(day), _) => Passage::Pulled(day),
            (None, Some(day)) => Passage::Proposed(day),
            (None, None) => Passage::Open,
        };
        Self {
            bills: bills.iter().map(|b| Tracked::new(passage(b))).collect(),
            agenda: all(bills.len(), &None),
            threatened: vec![0; bills.len()],
        }
    }

    readable! {
        /// How far a bill or decree has come.
        bills[]: Passage;
    }
}

impl Legislation {
    /// The open bills and decrees of a model's case; none if there are none.
    ///
    /// # Errors
    /// The parameters that the case lacks.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let measures: Vec<Measure> =
            (0..case.bills.len()).filter_map(|at| Measure::of(model, at)).collect();
        Ok((!measures.is_empty()).then_some(Self { measures, parameters }))
    }

    /// Days that a decision takes, spread by half either way.
    fn due(
        &self,
        world: &World,
        luck: Luck,
        journal: &Journal,
        who: Who,
        belief: BeliefId,
    ) -> Date {
        let spread = 0.5 + luck.uniform(journal, world.day, DELAY, who);
        later(world.day, world.drawn.get(journal, belief) * spread)
    }

    /// A week in which it may be proposed; a decree is decided on at once.
    fn propose(&self, floor: &mut Floor<'_, '_>, measure: &Measure) {
        let (world, journal) = (&*floor.world, floor.journal);
        let Some(hazard) = measure.hazard else { return };
        let chance = weekly(world.drawn.get(journal, hazard));
        if !floor.luck.happens(journal, world.day, PROPOSE, measure.who, chance) {
            return;
        }
        let day = world.day;
        let due = match measure.kind {
            BillKind::Decree => day,
            BillKind::Bill => {
                self.due(world, floor.luck, journal, measure.who, self.parameters.bill_days)
            }
        };
        let by = journal.note(day, NAME, || match measure.kind {
            BillKind::Bill => format!("{} is proposed", floor.name(measure)),
            BillKind::Decree => format!("{} is drawn up", floor.name(measure)),
        });
        floor.world.states.legislation.agenda[measure.at].set(Some(due), by);
        floor.world.states.legislation.bills[measure.at].set(Passage::Proposed(day), by);
    }

    /// It was before those who decide when the window began: the day of decision is set. The days it has lain there
    /// count; one that is overdue is decided on the next day.
    fn take_up(&self, floor: &mut Floor<'_, '_>, measure: &Measure) {
        let (world, journal) = (&*floor.world, floor.journal);
        let belief = self.parameters.bill_days;
        let due = self.due(world, floor.luck, journal, measure.who, belief);
        let lain = match *world.states.legislation.bills[measure.at].peek() {
            Passage::Proposed(since) => f64::from(days(since, world.day).max(0.0)),
            _ => 0.0,
        };
        let ahead = f64::from(days(world.day, due));
        let due = later(world.day, ahead - lain);
        floor.world.states.legislation.agenda[measure.at].set(Some(due), None);
    }

    /// Whether those behind a bill take it back: they think again if a threat has come up, or it is about to be decided.
    fn withdraw(
        &self,
        floor: &mut Floor<'_, '_>,
        measure: &Measure,
        due: bool,
    ) -> Result<bool, StepError> {
        let (day, journal) = (floor.world.day, floor.journal);
        let _reads = journal.scope();
        if let Some((sender, target)) = measure.gave_way(floor.world, journal) {
            let name = |a: ActorId| floor.model.case.actors[a].label();
            let what = format!("{} is taken back", floor.name(measure));
            let why = format!("{} has given way to {}", name(target), name(sender));
            floor.decide(measure, Passage::Pulled(day), |_| format!("{what}: {why}"));
            return Ok(true);
        }
        let threats = measure.threats(floor);
        let before = floor.world.states.legislation.threatened[measure.at];
        floor.world.states.legislation.threatened[measure.at] = threats.len();
        if !due && threats.len() <= before {
            return Ok(false);
        }
        let precision = floor.belief(self.parameters.precision);
        let settled = floor.settled(measure)?;
        let reluctance = floor.belief(self.parameters.reluctance);
        // The government takes a bill back by itself, its sponsors all together.
        let mut gone = Vec::new();
        for actor in measure.state.iter().chain(&measure.sponsors) {
            let loss = measure.loss(floor, settled[*actor]);
            let (cost, from) = measure.cost(floor, &threats, *actor);
            let id = floor.model.case.actors[*actor].id.get_ref();
            let who = Who::new(id).and(measure.who);
            let number = floor.luck.again(journal, floor.model.start, WITHDRAW, who);
            let gain = loss + cost - reluctance;
            let chance = if loss + cost > 0.0 { logistic(precision * gain) } else { 0.0 };
            let takes_back = journal.agrees(day, *actor, (number < chance, chance), || {
                let what = format!("Take {} back?", floor.name(measure));
                (format!("withdraw.{}", floor.model.case.bills[measure.at].id.get_ref()), what)
            });
            if takes_back {
                gone.push((*actor, from));
            }
        }
        let state = gone.iter().find(|(actor, _)| Some(*actor) == measure.state).copied();
        let all = !measure.sponsors.is_empty()
            && measure.sponsors.iter().all(|s| gone.iter().any(|(actor, _)| actor == s));
        let Some((actor, from)) = state.or_else(|| gone.first().copied().filter(|_| all)) else {
            return Ok(false);
        };
        let name = |a: ActorId| floor.model.case.actors[a].label();
        let who = if state.is_some() { name(actor).to_owned() } else { "its sponsors".to_owned() };
        let why = from.map_or(String::new(), |a| format!(" under the threats of {}", name(a)));
        floor.decide(measure, Passage::Pulled(day), |bill| {
            format!("{bill} is taken back by {who}{why}")
        });
        Ok(true)
    }

    /// The day of decision: vetoes, then the vote or the signature.
    fn settle(&self, floor: &mut Floor<'_, '_>, measure: &Measure) -> Result<(), StepError> {
        let precision = floor.belief(self.parameters.precision);
        let (day, journal) = (floor.world.day, floor.journal);
        let settled = floor.settled(measure)?;
        for veto in &measure.vetoes {
            let loss = measure.loss(floor, settled[veto.actor]);
            if loss <= 0.0 || floor.world.mutes(veto.actor) {
                continue;
            }
            let chance = floor.belief(veto.strength) * logistic(precision * loss);
            let who = veto.who.and(measure.who);
            let stops = floor.luck.happens(journal, day, VETO, who, chance);
            let stops = journal.agrees(day, veto.actor, (stops, chance), || {
                (
                    format!("veto.{}", floor.model.case.bills[measure.at].id.get_ref()),
                    format!("Stop {}?", floor.name(measure)),
                )
            });
            if stops {
                let holder = floor.model.case.actors[veto.actor].label();
                let (passage, how) = match veto.formal {
                    true => (Passage::Rejected(day), "vetoes"),
                    false => (Passage::Pulled(day), "lets it be known that it will not have"),
                };
                floor.decide(measure, passage, |name| format!("{holder} {how} {name}"));
                return Ok(());
            }
        }
        match measure.kind {
            BillKind::Bill => self.vote(floor, measure, &settled, precision),
            BillKind::Decree => {
                let (world, luck) = (&*floor.world, floor.luck);
                let review =
                    self.due(world, luck, journal, measure.who, self.parameters.reversal_days);
                floor.decide(measure, Passage::Passed(day), |name| format!("{name} is issued"));
                let by = floor.world.states.legislation.bills[measure.at].set_by();
                floor.world.states.legislation.agenda[measure.at].set(Some(review), by);
            }
        }
        Ok(())
    }

    /// The assembly votes; without one the bill waits.
    fn vote(
        &self,
        floor: &mut Floor<'_, '_>,
        measure: &Measure,
        settled: &[Option<f64>],
        precision: f64,
    ) {
        let (day, journal) = (floor.world.day, floor.journal);
        let (model, luck) = (floor.model, floor.luck);
        let attendance = floor.belief(self.parameters.attendance).clamp(0.0, 1.0);
        let Some(house) = floor.world.house(journal) else {
            let who = measure.who.nth(1);
            let due = self.due(floor.world, luck, journal, who, self.parameters.bill_days);
            let by = floor.world.states.legislation.agenda[measure.at].set_by();
            floor.world.states.legislation.agenda[measure.at].set(Some(due), by);
            return;
        };
        let (mut ayes, mut noes) = (0_u32, 0_u32);
        for (list, seats) in house.lists.iter().enumerate().filter(|(_, s)| **s > 0) {
            let loss = measure.loss(floor, settled[model.lists[list]]);
            let who = model.list_who[list].and(measure.who);
            let chance = logistic(-precision * loss);
            let aye = luck.happens(journal, day, VOTE, who, chance);
            let aye = journal.agrees(day, model.lists[list], (aye, chance), || {
                (
                    format!("vote.{}", model.case.bills[measure.at].id.get_ref()),
                    format!("Vote for {}?", floor.name(measure)),
                )
            });
            match aye {
                true => ayes += seats,
                false => noes += seats,
            }
        }
        let fringe = f64::from(house.fringe);
        let share = if ayes + noes > 0 { f64::from(ayes) / f64::from(ayes + noes) } else { 0.0 };
        let present = |votes: f64| (votes * attendance).round() as u32;
        let ayes = present(f64::from(ayes) + fringe * share);
        let noes = present(f64::from(noes) + fringe * (1.0 - share));
        let quota = measure.quota.unwrap_or((ayes + noes) / 2 + 1);
        let passed = ayes >= quota;
        let passage = if passed { Passage::Passed(day) } else { Passage::Rejected(day) };
        floor.decide(measure, passage, |name| match passed {
            true => format!("{name} is passed with {ayes} votes to {noes}"),
            false => format!("{name} fails with {ayes} votes to {noes}, {quota} needed"),
        });
    }

    /// Some days after a decree: whether each body that has to act on it does.
    fn review(&self, floor: &mut Floor<'_, '_>, measure: &Measure) -> Result<(), StepError> {
        let (day, journal) = (floor.world.day, floor.journal);
        let precision = floor.belief(self.parameters.precision);
        let settled = floor.settled(measure)?;
        for body in &measure.executing {
            let loss = measure.loss(floor, settled[*body]);
            let who = Who::new(floor.model.case.actors[*body].id.get_ref()).and(measure.who);
            let will_not = logistic(precision * loss);
            if loss <= 0.0 {
                continue;
            }
            let reverses = floor.luck.happens(journal, day, REVERSE, who, will_not);
            let reverses = journal.agrees(day, *body, (reverses, will_not), || {
                let what = format!("Have {} reversed?", floor.name(measure));
                (format!("reverse.{}", floor.model.case.bills[measure.at].id.get_ref()), what)
            });
            if reverses {
                let behind = measure.behind(floor, *body)?;
                let name = |a: ActorId| floor.model.case.actors[a].label();
                let stands = behind.map_or(String::new(), |a| format!(", {} behind it", name(a)));
                let by = name(*body);
                floor.decide(measure, Passage::Reversed(day), |decree| {
                    format!("{by} has {decree} reversed{stands}")
                });
                return Ok(());
            }
        }
        let by = journal.note(day, NAME, || format!("{} stands", floor.name(measure)));
        floor.world.states.legislation.agenda[measure.at].set(None, by);
        Ok(())
    }
}

impl Process for Legislation {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        world
            .states
            .legislation
            .agenda
            .iter()
            .filter_map(|a| *a.peek())
            .filter(|d| *d > world.day)
            .min()
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        for measure in &self.measures {
            let _reads = journal.scope();
            let (day, weekly) = (world.day, world.weekly);
            let mut floor = Floor { model, world: &mut *world, luck, journal };
            if weekly && *floor.world.states.legislation.bills[measure.at].peek() == Passage::Open {
                self.propose(&mut floor, measure);
            }
            let due = *floor.world.states.legislation.agenda[measure.at].get(journal);
            match (*floor.world.states.legislation.bills[measure.at].get(journal), due) {
                (Passage::Proposed(_), None) if weekly => self.take_up(&mut floor, measure),
                (Passage::Proposed(since), Some(due)) => {
                    let bill = measure.kind == BillKind::Bill;
                    let looks = weekly && since < day || due <= day;
                    let back = bill && looks && self.withdraw(&mut floor, measure, due <= day)?;
                    if !back && due <= day {
                        self.settle(&mut floor, measure)?;
                    }
                }
                (Passage::Passed(_), Some(due)) if due <= day => {
                    self.review(&mut floor, measure)?
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let mut all = Vec::new();
        for measure in &self.measures {
            let bill = &model.case.bills[measure.at];
            let id = bill.id.get_ref();
            let key = |what: &str| Key::new(NAME, what).of(id);
            let rests = [format!("bill.{id}"), "veto.".to_owned()];
            let mut add = |what: &str, name: &str, fate: &str| {
                let quantity = Quantity::new(key(what), name, Unit::Happens);
                all.push(quantity.told(Subject::Laws, quoted(&bill.name, fate), &rests));
            };
            let name = &bill.name;
            add("passed", &format!("Passed or issued: {name}"), "is passed or issued");
            add("pulled", &format!("Taken back: {name}"), "is taken back");
            if measure.kind == BillKind::Decree {
                add("reversed", &format!("Reversed: {name}"), "is reversed after it was issued");
            }
            let name = format!("Days until it is decided: {name}");
            all.push(Quantity::new(key("days"), name, Unit::DaysUntil));
        }
        all
    }

    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        for measure in &self.measures {
            let passage = *world.states.legislation.bills[measure.at].peek();
            let is = |yes: bool| Some(f32::from(u8::from(yes)));
            values.push(is(matches!(passage, Passage::Passed(_) | Passage::Reversed(_))));
            values.push(is(matches!(passage, Passage::Pulled(_))));
            if measure.kind == BillKind::Decree {
                values.push(is(matches!(passage, Passage::Reversed(_))));
            }
            values.push(match passage {
                Passage::Open | Passage::Proposed(_) => None,
                Passage::Passed(day)
                | Passage::Pulled(day)
                | Passage::Rejected(day)
                | Passage::Reversed(day) => Some(days(model.start, day)),
            });
        }
    }

    fn matters(&self, model: &Model<'_>) -> Vec<Matter> {
        let matter = |measure: &Measure| {
            let bill = &model.case.bills[measure.at];
            let wants = (0..model.positions.len()).flat_map(|actor| {
                let own = model.positions[actor].iter().find(|p| p.0 == measure.issue);
                own.into_iter().flat_map(move |(_, x, _)| {
                    let (p, q) = (measure.position, measure.status_quo);
                    [Value::Nearer(*x, p, q), Value::Nearer(*x, q, p)]
                        .into_iter()
                        .enumerate()
                        .map(move |(alternative, value)| Want { actor, alternative, value })
                })
            });
            let words = match measure.kind {
                BillKind::Bill => ["it is passed", "it is not passed"],
                BillKind::Decree => ["it is issued and stands", "it does not stand"],
            };
            let those = measure.state.iter().chain(&measure.executing);
            let vetoes = measure.vetoes.iter().map(|v| v.actor);
            let mut single: Vec<ActorId> = those.copied().chain(vetoes).collect();
            single.sort_unstable();
            single.dedup();
            let single = single.into_iter().map(Body::Actor);
            let bill_of_house = (measure.kind == BillKind::Bill).then(|| {
                let seats = model.case.assembly.as_ref().map_or(1, |a| *a.seats.get_ref());
                Body::House(measure.quota.unwrap_or(seats / 2 + 1))
            });
            Matter {
                id: bill.id.get_ref().clone(),
                name: bill.name.clone(),
                alternatives: words.map(str::to_owned).to_vec(),
                stands: Some(1),
                wants: wants.collect(),
                bodies: single.chain(bill_of_house).collect(),
            }
        };
        self.measures.iter().map(matter).collect()
    }

    fn settled(&self, _model: &Model<'_>, world: &World, places: &mut Vec<Option<usize>>) {
        places.extend(self.measures.iter().map(|measure| {
            let passed =
                matches!(world.states.legislation.bills[measure.at].peek(), Passage::Passed(_));
            Some(usize::from(!passed))
        }));
    }
}
