//! Diplomacy: visits and calls that carry a tie and calm or warn, complaints over strikes, and the air of talks.
//!
//! **Visits** from i to j come `rate` times a year, times 1 + heat · (rungs above the resting one of i's rivalries) +
//! talks · (a round is near of a dialogue in which i has a part) + vote · (an election is near or a government is
//! being formed). Near is within `near` days. A visit's message is to hold back with chance `restraint`; else it
//! warns. Its signal adds `calm_width` or `warn_width` to the factor on the diplomatic tie i > j and fades by 1/e in
//! `weeks` weeks. Calls come `calls` times as often as visits, but only for what presses beyond the quiet rate, and
//! do `call` of what a visit does.
//!
//! **Orders.** The message of a patron to hold back lowers the attacks of each of its clients' campaigns for
//! `order_days` by `obedience` times the chance that the attacker does as it is asked against its own wish
//! ([`crate::pulls::Pulls::obeys`]). A stronger order in force stands.
//!
//! **Complaints.** Each strike inside the contested state or crossing of its airspace moves it, with chance
//! `complaint`, to complain to an outside body in that week. **Air.** Between parties of a dialogue a message to hold
//! back clears the air by `air` and a warning or a complaint against a party clouds it; it fades as signals do.
//!
//! *Judged* in its forms; that a client listens best to the one that is on its side: `kydd2003`. Reads rungs, talks,
//! formation, strikes, ties; changes ties, signals, orders, visits, complaints, air.

use case::choice::Matter;
use case::{Channel, Diagnostic};
use jiff::civil::Date;
use theory::influence::sparse::Behind;

use crate::chance::{days, later};
use crate::decide::{self, CARES};
use crate::hazard::weekly;
use crate::journal::{EntryId, Journal, Known, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::model::{ActorId, BeliefId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::person::Put;
use crate::process::{Process, StepError};
use crate::quantity::{Key, Piece, Quantity, Subject, Unit, name_of, pair, plain};
use crate::world::World;
use crate::world::joint::{Order, all};

/// The name of the process.
pub const NAME: &str = "diplomacy";

const VISIT: Name = Name::new("diplomacy/visit");
const CALL: Name = Name::new("diplomacy/call");
const MESSAGE: Name = Name::new("diplomacy/the message is to hold back");
const COMPLAIN: Name = Name::new("diplomacy/complaint");

/// What signals add to a tie's factor at most.
const MOST_SIGNAL: f64 = 3.0;

/// Diplomacy as a process.
#[derive(Debug)]
pub struct Diplomacy {
    routes: Vec<Route>,
    /// For each rivalry: its name for luck, and the dialogues with a party among its sides.
    rivalries: Vec<(Who, Vec<usize>)>,
    /// How surely wishes decide whether arms are held back; none where nobody is told to.
    lambda: Option<BeliefId>,
    parameters: Parameters,
}

/// Who visits whom.
#[derive(Debug)]
struct Route {
    from: ActorId,
    to: ActorId,
    rate: BeliefId,
    restraint: BeliefId,
    who: Who,
    at: usize,
    tie: Option<usize>,
    /// Campaigns of the visitor's clients, with the attackers.
    campaigns: Vec<(usize, ActorId)>,
    /// Who stands behind these attackers.
    behind: Behind,
    /// The visitor's rivalries with their resting rungs.
    rivalries: Vec<(usize, u32)>,
    /// Dialogues in which the visitor has a part.
    dialogues: Vec<usize>,
    /// Those with both at the table.
    shared: Vec<usize>,
}

parameters! {
    /// How much each rung above the resting one adds to the rate of visits.
    heat: 0.0..=ANY, "ratio";
    /// How much a round of talks that is near adds to the rate of visits.
    talks: 0.0..=ANY, "ratio";
    /// How much an election or a government being formed adds to the rate of visits.
    vote: 0.0..=ANY, "ratio";
    /// Days within which a round or an election is near.
    near: 0.0..=ANY, "days";
    /// What a message to hold back adds to the diplomatic tie.
    calm_width: 0.0..=ANY, "ratio";
    /// What a warning adds to the diplomatic tie.
    warn_width: 0.0..=ANY, "ratio";
    /// Weeks in which signals and the air of talks fade to 1/e.
    weeks: 0.0..=ANY, "weeks";
    /// How many calls there are for each visit, beyond the quiet rate.
    calls: 0.0..=ANY, "ratio";
    /// What a call does of what a visit does.
    call: 0.0..=1.0, "share";
    /// By how much a message to hold back lowers a client's attacks at full control.
    obedience: 0.0..=1.0, "share";
    /// Days for which an order to hold back counts.
    order_days: 0.0..=ANY, "days";
    /// The chance that a strike or crossing is complained of.
    complaint: 0.0..=1.0, "probability";
    /// How far a message clears or clouds the air of talks.
    air: 0.0..=ANY, "log odds";
}

/// What diplomacy keeps of a run.
#[derive(Debug)]
pub struct State {
    /// For each visit of the case how many there were.
    visits: Vec<Tracked<u32>>,
    /// For each visit of the case what the last signal still adds to the tie.
    signals: Vec<Tracked<f64>>,
    /// For each rivalry the complaints over its strikes and crossings.
    complaints: Vec<Tracked<Complaints>>,
    /// For each dialogue the air in which it is held: 0 neither good nor bad.
    air: Vec<Tracked<f64>>,
}

/// What the contested state has complained of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Complaints {
    /// When first.
    first: Option<Date>,
    /// How often.
    times: u32,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let case = model.case;
        Self {
            visits: all(case.visits.len(), &0),
            signals: all(case.visits.len(), &0.0),
            complaints: all(case.rivalries.len(), &Complaints::default()),
            air: all(case.dialogues.len(), &0.0),
        }
    }

    readable! {
        /// What the last signal of a visit still adds to the tie.
        signals[]: f64;
        /// The air in which a dialogue is held: 0 neither good nor bad.
        air[]: f64;
    }
}

impl Diplomacy {
    /// The visits and rivalries of a model's case; none if there are none.
    ///
    /// # Errors
    /// The parameters that the case lacks.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let routes: Vec<Route> =
            (0..case.visits.len()).filter_map(|at| Route::of(model, at)).collect();
        let rivalries: Vec<(Who, Vec<usize>)> = (case.rivalries.iter())
            .map(|r| {
                let sides = [r.a.get_ref(), r.b.get_ref()];
                let at_table = |d: &usize| {
                    case.dialogues[*d].parties.iter().any(|p| sides.contains(&p.get_ref()))
                };
                (Who::new(r.id.get_ref()), (0..case.dialogues.len()).filter(at_table).collect())
            })
            .collect();
        let any = !routes.is_empty() || !rivalries.is_empty();
        let lambda = match routes.iter().any(|route| !route.campaigns.is_empty()) {
            true => Some(decide::lambda(case, Matter::MilitaryRestraint, NAME)?),
            false => None,
        };
        Ok(any.then_some(Self { routes, rivalries, lambda, parameters }))
    }

    /// How many times the quiet rate the visits of a route come.
    fn press(&self, model: &Model<'_>, world: &World, journal: &Journal, route: &Route) -> f64 {
        let belief = |id| world.drawn.get(journal, id);
        let p = &self.parameters;
        let near = belief(p.near);
        let rungs: u32 = (route.rivalries.iter())
            .map(|(r, resting)| {
                world.states.escalation.rungs(*r).get(journal).saturating_sub(*resting)
            })
            .sum();
        let talks = route.dialogues.iter().any(|d| {
            let next = world.states.bargaining.talks(*d).get(journal).next;
            next.is_some_and(|d| f64::from(days(world.day, d)) <= near)
        });
        let vote = world.elects
            && model.election_day().is_some_and(|d| f64::from(days(world.day, d)).abs() <= near)
            || world.states.formation.progress().get(journal).due.is_some();
        1.0 + belief(p.heat) * f64::from(rungs)
            + belief(p.talks) * f64::from(u8::from(talks))
            + belief(p.vote) * f64::from(u8::from(vote))
    }

    /// The message of a visit or a call: `force` is 1 for a visit.
    fn signal(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        (route, force): (&Route, f64),
    ) -> Result<(), StepError> {
        let _reads = journal.scope();
        let p = &self.parameters;
        let who = if force < 1.0 { route.who.nth(1) } else { route.who };
        let chance = world.drawn.get(journal, route.restraint);
        let calms = luck.happens(journal, world.day, MESSAGE, who, chance);
        let calms = journal.takes(world.day, route.from, usize::from(calms), || {
            let (from, to) = (&model.case.actors[route.from], &model.case.actors[route.to]);
            let does = if force < 1.0 { "calls" } else { "visits" };
            Put {
                id: format!("message.{}.{}.{does}", from.id.get_ref(), to.id.get_ref()),
                what: format!("{} {does} {}: what is the message?", from.label(), to.label()),
                options: vec!["warn".to_owned(), "counsel calm".to_owned()],
                odds: vec![1.0 - chance, chance],
            }
        }) == 1;
        let width = world.drawn.get(journal, if calms { p.calm_width } else { p.warn_width });
        let orders =
            if calms { self.orders(model, world, journal, route, force)? } else { Vec::new() };
        let by = journal.note(world.day, NAME, || {
            let name = |a: ActorId| model.case.actors[a].label();
            let does = if force < 1.0 { "calls" } else { "visits" };
            let (from, to) = (name(route.from), name(route.to));
            match (calms, orders.is_empty()) {
                (true, true) => format!("{from} {does} {to} and counsels calm"),
                (true, false) => format!("{from} {does} {to} and tells its clients to hold back"),
                (false, _) => format!("{from} {does} {to} and warns"),
            }
        });
        // A visit is seen; what is said on the telephone to hold clients back stays between the two.
        if !orders.is_empty() && force < 1.0 {
            journal.known(by, Known::Among(vec![route.from, route.to]));
        }
        for (campaign, order) in orders {
            world.orders.give(campaign, order, by);
        }
        let now = *world.states.diplomacy.signals[route.at].peek();
        self.carry(world, route, (now + width.max(0.0) * force).min(MOST_SIGNAL), by);
        let clears = world.drawn.get(journal, p.air) * force * if calms { 1.0 } else { -1.0 };
        for dialogue in &route.shared {
            let air = (*world.states.diplomacy.air[*dialogue].peek() + clears).clamp(-5.0, 5.0);
            world.states.diplomacy.air[*dialogue].set(air, by);
        }
        if force >= 1.0 {
            let visits = world.states.diplomacy.visits[route.at].peek().saturating_add(1);
            world.states.diplomacy.visits[route.at].set(visits, by);
        }
        Ok(())
    }

    /// The orders to hold back that a patron's message carries, as far as it has control.
    fn orders(
        &self,
        model: &Model<'_>,
        world: &World,
        journal: &Journal,
        route: &Route,
        force: f64,
    ) -> Result<Vec<(usize, Order)>, StepError> {
        let Some(lambda) = self.lambda.filter(|_| !route.campaigns.is_empty()) else {
            return Ok(Vec::new());
        };
        let obedience = world.drawn.get(journal, self.parameters.obedience).clamp(0.0, 1.0);
        let until = later(world.day, world.drawn.get(journal, self.parameters.order_days));
        let lambda = world.drawn.get(journal, lambda);
        let pulls = world.pulls_on(&model.network, journal, NAME, Some(&route.behind))?;
        let orders = (route.campaigns.iter())
            .filter_map(|(campaign, attacker)| {
                let heard = pulls.obeys(route.from, *attacker, CARES, lambda);
                let hold_back = obedience * force * heard;
                let old = world.orders.of(*campaign).peek();
                let stands = old.until.is_some_and(|last| last >= world.day);
                let stronger = stands && old.hold_back > hold_back;
                (!stronger).then_some((*campaign, Order { hold_back, until: Some(until) }))
            })
            .collect();
        Ok(orders)
    }

    /// Sets what a route's signals add to its tie; what others make of the tie stays.
    fn carry(&self, world: &mut World, route: &Route, signal: f64, by: Option<EntryId>) {
        let before = *world.states.diplomacy.signals[route.at].peek();
        world.states.diplomacy.signals[route.at].set(signal, by);
        if let Some(tie) = route.tie {
            world.ties.turn(tie, (1.0 + before, 1.0 + signal), by);
        }
    }

    /// Signals and air fade by a week.
    fn fade(&self, world: &mut World, journal: &Journal) {
        let _reads = journal.scope();
        let weeks = world.drawn.get(journal, self.parameters.weeks);
        let fade = if weeks > 0.0 { (-1.0 / weeks).exp() } else { 0.0 };
        for route in &self.routes {
            let signal = &world.states.diplomacy.signals[route.at];
            let (now, by) = (*signal.peek(), signal.set_by());
            if now > 0.0 {
                // What is hardly felt any more is gone, and the tie stands as others left it.
                let left = if now * fade < 1e-3 { 0.0 } else { now * fade };
                self.carry(world, route, left, by);
            }
        }
        for air in &mut world.states.diplomacy.air {
            let by = air.set_by();
            air.set(*air.peek() * fade, by);
        }
    }

    /// The contested state complains of the week's strikes and crossings, or does not.
    fn complain(&self, model: &Model<'_>, world: &mut World, luck: Luck, journal: &Journal) {
        for (at, (who, dialogues)) in self.rivalries.iter().enumerate() {
            let _reads = journal.scope();
            let strikes = world.states.escalation.strikes(at).get(journal);
            let events = strikes.airspace.saturating_add(strikes.inside);
            let each = world.drawn.get(journal, self.parameters.complaint).clamp(0.0, 1.0);
            let chance = 1.0 - (1.0 - each).powf(f64::from(events));
            if events == 0 {
                continue;
            }
            let mut complains = luck.happens(journal, world.day, COMPLAIN, *who, chance);
            if let Some(state) = model.case.actor_index(model.case.head.state.get_ref()) {
                complains = journal.agrees(world.day, state, (complains, chance), || {
                    let rivalry = &model.case.rivalries[at];
                    let what =
                        format!("Complain to an outside body over the strikes ({})?", rivalry.name);
                    (format!("complain.{}", rivalry.id.get_ref()), what)
                });
            }
            if complains {
                let state = model.case.actor(model.case.head.state.get_ref());
                let before = *world.states.diplomacy.complaints[at].get(journal);
                let by = journal.note(world.day, NAME, || {
                    let state = state.map_or("The state", |a| a.label());
                    let over = &model.case.rivalries[at].name;
                    format!("{state} complains to an outside body over strikes: {over}")
                });
                let now = Complaints {
                    first: before.first.or(Some(world.day)),
                    times: before.times.saturating_add(1),
                };
                world.states.diplomacy.complaints[at].set(now, by);
                let cloud = world.drawn.get(journal, self.parameters.air);
                for dialogue in dialogues {
                    let air =
                        (*world.states.diplomacy.air[*dialogue].peek() - cloud).clamp(-5.0, 5.0);
                    world.states.diplomacy.air[*dialogue].set(air, by);
                }
            }
        }
    }
}

impl Route {
    fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let entry = &case.visits[at];
        let (from_id, to_id) = (entry.from.get_ref(), entry.to.get_ref());
        let (from, to) = (case.actor_index(from_id)?, case.actor_index(to_id)?);
        let has = |d: usize, id: &String| {
            let dialogue = &case.dialogues[d];
            dialogue.parties.iter().any(|p| p.get_ref() == id)
        };
        let spoils = |d: usize| case.dialogues[d].spoilers.iter().any(|s| s.get_ref() == from_id);
        let all = 0..case.dialogues.len();
        let campaigns: Vec<(usize, ActorId)> = (case.campaigns.iter().enumerate())
            .filter(|(_, c)| c.patron.as_ref().is_some_and(|p| p.get_ref() == from_id))
            .filter_map(|(at, c)| Some((at, case.actor_index(c.attacker.get_ref())?)))
            .collect();
        let attackers: Vec<ActorId> = campaigns.iter().map(|(_, attacker)| *attacker).collect();
        Some(Self {
            from,
            to,
            rate: entry.rate.id,
            restraint: entry.restraint.id,
            who: Who::new(from_id).and(Who::new(to_id)),
            at,
            tie: (model.network.ties.iter())
                .position(|t| (t.0, t.1) == (from, to) && t.2 == Channel::Diplomatic),
            behind: model.network.plan.behind(&attackers),
            campaigns,
            rivalries: (case.rivalries.iter().enumerate())
                .filter(|(_, r)| [r.a.get_ref(), r.b.get_ref()].contains(&from_id))
                .map(|(at, r)| (at, r.resting))
                .collect(),
            dialogues: all.clone().filter(|d| has(*d, from_id) || spoils(*d)).collect(),
            shared: all.filter(|d| has(*d, from_id) && has(*d, to_id)).collect(),
        })
    }
}

impl Process for Diplomacy {
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
        self.fade(world, journal);
        for route in &self.routes {
            let _reads = journal.scope();
            let press = self.press(model, world, journal, route);
            let rate = world.drawn.get(journal, route.rate);
            let calls = world.drawn.get(journal, self.parameters.calls);
            let call = world.drawn.get(journal, self.parameters.call).clamp(0.0, 0.99);
            let (day, who) = (world.day, route.who);
            let chance = weekly(rate * press);
            let visits = luck.happens(journal, day, VISIT, who, chance);
            let visits = journal.agrees(day, route.from, (visits, chance), || {
                let (from, to) = (&model.case.actors[route.from], &model.case.actors[route.to]);
                let id = format!("visit.{}.{}", from.id.get_ref(), to.id.get_ref());
                (id, format!("{}: visit {} this week?", from.label(), to.label()))
            });
            if visits {
                self.signal(model, world, luck, journal, (route, 1.0))?;
            }
            if luck.happens(journal, day, CALL, who, weekly(rate * calls * (press - 1.0))) {
                self.signal(model, world, luck, journal, (route, call))?;
            }
        }
        self.complain(model, world, luck, journal);
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let case = model.case;
        let visits = self.routes.iter().map(|route| {
            let (from, to) = (&case.actors[route.from], &case.actors[route.to]);
            let (a, b) = (from.id.get_ref(), to.id.get_ref());
            let key = Key::new(NAME, "visits").of(format!("{a}>{b}"));
            let name = format!("Visits of {} to {}", from.label(), to.label());
            Quantity::new(key, name, Unit::Count).shown(&["CONSULT"], &[a], &[b])
        });
        let complaints = case.rivalries.iter().map(|r| {
            let key = Key::new(NAME, "complaint").of(r.id.get_ref());
            let state = name_of(model, case.head.state.get_ref());
            let complains = Piece::Verb(state.clone(), " complains", " complain");
            let mut clause = vec![
                Piece::Name(state),
                complains,
                plain(" to an outside body over strikes between "),
            ];
            clause.extend(pair(model, r));
            Quantity::new(key, format!("Days until a complaint, {}", r.name), Unit::DaysUntil)
                .told(Subject::Talks, clause, &[format!("rivalry.{}", r.id.get_ref())])
                .shown(&["ACCUSE"], &[case.head.state.get_ref()], &[])
        });
        visits.chain(complaints).collect()
    }

    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        values.extend(
            self.routes.iter().map(|r| Some(*world.states.diplomacy.visits[r.at].peek() as f32)),
        );
        let first = world.states.diplomacy.complaints.iter().map(|c| c.peek().first);
        values.extend(first.map(|day| day.map(|d| days(model.start, d))));
    }
}
