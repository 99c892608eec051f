//! Shocks from outside: a war, an ally's fall, a pandemic, a fall of the price of oil.
//!
//! A shock comes on its day, or in any week with probability 1 - exp(-h 7 / 365.25) where h is how many are expected
//! a year; one that cannot come again comes once, and none begins while it lasts. When it begins each of its effects
//! is felt at once. While it lasts, for its days or for ever, `tie`, `supply` and `revenue` are multiplied, `waiver`
//! multiplies the chance of renewal, `prices` and `turnout` (in log odds) are raised; all of that is taken back when
//! it ends. `pillar` (with the effect's chance), `rivalry` (by whole rungs), `favour` and `protest` are moved once and
//! go on from there by their own laws. A pillar also falls by its own hazard. A shock dated on or before the as-of date
//! is history: what it did is in the case's estimates. A Poisson hazard for rare events is the field's usual choice;
//! which effects last is *Judged*.
//!
//! Reads the beliefs of shocks, effects and pillars; changes pillars, shocks, what they strike, and the factors on
//! ties and incomes, rungs, favour and protest.

use case::Diagnostic;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::hazard;
use crate::journal::{EntryId, Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::model::{BeliefId, Drawn, Model};
use crate::parameters::parameters;
use crate::process::{Process, StepError};
use crate::quantity::{Key, Piece, Quantity, Subject, Unit};
use crate::world::World;
use crate::world::joint::{Factors, all};

/// The name of the process.
pub const NAME: &str = "shock";

const COMES: Name = Name::new("shock/comes");
const FALLS: Name = Name::new("shock/pillar falls");
const TOPPLES: Name = Name::new("shock/topples a pillar");

/// The least factor a shock has, so that it can be taken back.
const FLOOR: f64 = 1e-6;
/// The longest a shock lasts, in days; longer than any window.
const LONGEST: f64 = 3e6;

parameters! {}

/// What shocks keep of a run.
#[derive(Debug)]
pub struct State {
    /// Whether each pillar stands.
    pillars: Vec<Tracked<bool>>,
    /// For each shock the days on which it began and ends.
    shocks: Vec<Tracked<Shocked>>,
    /// For each supply the factor on its flow as long as shocks last.
    supplies: Factors,
    /// What is added to the price level as long as shocks last.
    prices: Tracked<f64>,
    /// What is added to turnout, in log odds, as long as shocks last.
    turnout: Tracked<f64>,
}

/// The times of a shock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shocked {
    /// When it last began.
    pub began: Option<Date>,
    /// The day on which its effects end, or ended; none if they last for ever.
    pub ends: Option<Date>,
    /// How often it has happened.
    pub times: u32,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let case = model.case;
        Self {
            pillars: case.pillars.iter().map(|p| Tracked::new(p.fallen.is_none())).collect(),
            shocks: all(case.shocks.len(), &Shocked::default()),
            supplies: Factors::start(case.supplies.len()),
            prices: Tracked::new(0.0),
            turnout: Tracked::new(0.0),
        }
    }

    readable! {
        /// Whether a pillar stands.
        pillars[]: bool;
        /// When a shock began and ends.
        shocks[]: Shocked;
        /// What shocks add to the price level.
        prices: f64;
        /// What shocks add to turnout, in log odds.
        turnout: f64;
    }

    /// The factor of shocks on the flow of a supply.
    #[must_use]
    pub fn supply(&self, supply: usize) -> &Tracked<f64> {
        self.supplies.of(supply)
    }
}

/// Shocks and the falling of pillars as a process.
#[derive(Debug)]
pub struct Shocks {
    pillars: Vec<(BeliefId, Who)>,
    shocks: Vec<Shock>,
}

#[derive(Debug)]
struct Shock {
    who: Who,
    date: Option<Date>,
    hazard: Option<BeliefId>,
    days: Option<BeliefId>,
    again: bool,
    effects: Vec<(Target, BeliefId)>,
}

/// What an effect is on, by place.
#[derive(Debug)]
enum Target {
    Pillar(usize),
    Tie(usize),
    Supply(usize),
    Revenue(usize),
    Rivalry(usize),
    Favour(Vec<usize>),
    Waiver,
    Protest,
    Prices,
    Turnout,
}

impl Shocks {
    /// The shocks of a model's case; none if it has neither shocks nor pillars.
    ///
    /// # Errors
    /// Parameters that it does not have, and effects on what is not there.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        Parameters::of(case)?;
        if case.shocks.is_empty() && case.pillars.is_empty() {
            return Ok(None);
        }
        let mut faults = Vec::new();
        let mut shocks: Vec<Shock> = (case.shocks.iter())
            .map(|s| Shock {
                who: Who::new(s.id.get_ref()),
                date: s.date.filter(|date| *date > model.start),
                hazard: s.hazard.as_ref().map(|h| h.id),
                days: s.days.as_ref().map(|d| d.id),
                again: s.again,
                effects: Vec::new(),
            })
            .collect();
        for effect in &case.effects {
            let of = case.shocks.iter().position(|s| s.id.get_ref() == effect.shock.get_ref());
            match (of, Target::of(model, effect.on.get_ref())) {
                (Some(shock), Some(target)) => shocks[shock].effects.push((target, effect.by.id)),
                // The shock, or what it is on, is not yet known on the as-of date.
                (None, _) => {}
                (_, None) if case.hidden.iter().any(|h| h == effect.on.get_ref()) => {}
                (_, None) => {
                    let message = format!("an effect is on \"{}\"", effect.on.get_ref());
                    faults.push(
                        Diagnostic::error("effect", effect.on.span(), message)
                            .hint("name something of the case, as `tie.FROM>TO:CHANNEL`"),
                    );
                }
            }
        }
        let pillars = case.pillars.iter().map(|p| (p.hazard.id, Who::new(p.id.get_ref())));
        let pillars = pillars.collect();
        if faults.is_empty() { Ok(Some(Self { pillars, shocks })) } else { Err(faults) }
    }

    fn pillar_falls(
        model: &Model<'_>,
        world: &mut World,
        journal: &Journal,
        pillar: usize,
    ) -> Option<EntryId> {
        let by = journal.note(world.day, NAME, || {
            let pillar = &model.case.pillars[pillar];
            let patron = pillar.patron.get_ref();
            let patron = model.case.actor(patron).map_or(patron.as_str(), |a| a.label());
            format!("{} falls, on which {patron} leaned", pillar.name)
        });
        world.states.shock.pillars[pillar].set(false, by);
        by
    }

    fn begin(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        at: usize,
    ) {
        let (shock, day) = (&self.shocks[at], world.day);
        let now = *world.states.shock.shocks[at].peek();
        let ends = shock.days.and_then(|days| {
            let days = world.drawn.get(journal, days).ceil().clamp(1.0, LONGEST) as i64;
            day.checked_add(days.days()).ok()
        });
        let name = &model.case.shocks[at].name;
        let by = journal.note(day, NAME, || name.clone());
        if now.ends.is_some_and(|ends| ends > day) {
            // It comes again on its day while it still lasts: it lasts anew.
            self.felt(model, world, journal, at, by, false);
        }
        let next = Shocked { began: Some(day), ends, times: now.times + 1 };
        world.states.shock.shocks[at].set(next, by);
        self.felt(model, world, journal, at, by, true);
        for (target, chance) in &shock.effects {
            let Target::Pillar(pillar) = target else { continue };
            let _reads = journal.scope();
            journal.follow(by);
            let (who, p) =
                (shock.who.and(self.pillars[*pillar].1), world.drawn.get(journal, *chance));
            if *world.states.shock.pillars[*pillar].peek()
                && luck.happens(journal, day, TOPPLES, who, p)
            {
                Self::pillar_falls(model, world, journal, *pillar);
            }
        }
    }

    /// Lets the effects of a shock be felt, or takes back those that last only as long as it does.
    fn felt(
        &self,
        model: &Model<'_>,
        world: &mut World,
        journal: &Journal,
        at: usize,
        by: Option<EntryId>,
        begins: bool,
    ) {
        let _reads = journal.scope();
        for (target, how_much) in &self.shocks[at].effects {
            let size = world.drawn.get(journal, *how_much);
            match target {
                Target::Tie(tie) => multiply(&mut world.ties, *tie, size, by, begins),
                Target::Supply(s) => {
                    multiply(&mut world.states.shock.supplies, *s, size, by, begins)
                }
                Target::Revenue(r) => multiply(&mut world.incomes, *r, size, by, begins),
                Target::Prices => add(&mut world.states.shock.prices, size, by, begins),
                Target::Turnout => add(&mut world.states.shock.turnout, size, by, begins),
                Target::Rivalry(rivalry) if begins => {
                    let top = model.case.rivalries[*rivalry].rungs.len().saturating_sub(1);
                    let now = *world.states.escalation.rungs(*rivalry).peek();
                    let rung = (f64::from(now) + size.round()).clamp(0.0, top as f64) as u32;
                    world.states.escalation.put(*rivalry, rung, by);
                }
                Target::Favour(all) if begins => {
                    all.iter().for_each(|f| world.states.opinion.shake(*f, size, by));
                }
                Target::Protest if begins => world.states.opinion.rouse(size, by),
                // The process of sanctions looks up which shocks last when it decides on a waiver.
                Target::Waiver => {}
                Target::Pillar(_) | Target::Rivalry(_) | Target::Favour(_) | Target::Protest => {}
            }
        }
    }
}

impl Target {
    fn of(model: &Model<'_>, on: &str) -> Option<Self> {
        let case = model.case;
        let (kind, id) = on.split_once('.').unwrap_or((on, ""));
        let place = |found: Option<usize>, target: fn(usize) -> Self| found.map(target);
        match kind {
            "pillar" => place(case.pillars.iter().position(|p| p.id.get_ref() == id), Self::Pillar),
            "supply" => {
                place(case.supplies.iter().position(|s| s.id.get_ref() == id), Self::Supply)
            }
            "rivalry" => {
                place(case.rivalries.iter().position(|r| r.id.get_ref() == id), Self::Rivalry)
            }
            "waiver" => case.waivers.iter().any(|w| w.id.get_ref() == id).then_some(Self::Waiver),
            "tie" => {
                let (from, rest) = id.split_once('>')?;
                let (to, channel) = rest.rsplit_once(':')?;
                let (from, to) = (case.actor_index(from)?, case.actor_index(to)?);
                let same = |t: &(usize, usize, case::Channel, usize, usize)| {
                    t.0 == from && t.1 == to && t.2.name() == channel
                };
                place(model.network.ties.iter().position(same), Self::Tie)
            }
            "revenue" => {
                let (actor, stream) = id.rsplit_once(':')?;
                let same = |r: &case::economy::Revenue| {
                    r.actor.get_ref() == actor && r.stream.name() == stream
                };
                place(case.revenues.iter().position(same), Self::Revenue)
            }
            "favour" => {
                case.actor_index(id)?;
                let of = |f: &(usize, &case::opinion::Favour)| f.1.actor.get_ref() == id;
                Some(Self::Favour(
                    case.favours.iter().enumerate().filter(of).map(|f| f.0).collect(),
                ))
            }
            "protest" => Some(Self::Protest),
            "prices" => Some(Self::Prices),
            "turnout" => Some(Self::Turnout),
            _ => None,
        }
    }
}

/// Multiplies a factor, or takes the multiplication back.
fn multiply(factors: &mut Factors, at: usize, size: f64, by: Option<EntryId>, begins: bool) {
    match begins {
        true => factors.multiply(at, size.max(FLOOR), by),
        false => factors.divide(at, size.max(FLOOR), by),
    }
}

/// Adds to a level, or takes the addition back.
fn add(level: &mut Tracked<f64>, how_much: f64, by: Option<EntryId>, begins: bool) {
    let now = *level.peek();
    level.set(if begins { now + how_much } else { now - how_much }, by);
}

impl Process for Shocks {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        let dated = self.shocks.iter().filter_map(|s| s.date);
        let ends = world.states.shock.shocks.iter().filter_map(|s| s.peek().ends);
        dated.chain(ends).filter(|day| *day > world.day).min()
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let day = world.day;
        for at in 0..self.shocks.len() {
            let now = *world.states.shock.shocks[at].peek();
            if now.ends == Some(day) {
                let _reads = journal.scope();
                world.states.shock.shocks[at].get(journal);
                let name = &model.case.shocks[at].name;
                let by = journal.note(day, NAME, || format!("It is over: {name}"));
                self.felt(model, world, journal, at, by, false);
            }
        }
        if world.weekly {
            for (pillar, (chance, who)) in self.pillars.iter().enumerate() {
                if *world.states.shock.pillars[pillar].peek() {
                    let _reads = journal.scope();
                    let p = hazard::weekly(world.drawn.get(journal, *chance));
                    if luck.happens(journal, day, FALLS, *who, p) {
                        Self::pillar_falls(model, world, journal, pillar);
                    }
                }
            }
        }
        for (at, shock) in self.shocks.iter().enumerate() {
            let now = *world.states.shock.shocks[at].peek();
            let free = now.times == 0 || (shock.again && now.ends.is_none_or(|ends| ends <= day));
            let _reads = journal.scope();
            let comes = shock.date == Some(day)
                || (world.weekly && free)
                    && shock.hazard.is_some_and(|chance| {
                        let p = hazard::weekly(world.drawn.get(journal, chance));
                        luck.happens(journal, day, COMES, shock.who, p)
                    });
            if comes {
                self.begin(model, world, luck, journal, at);
            }
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let shocks = model.case.shocks.iter().map(|s| {
            let id = s.id.get_ref();
            Quantity::new(Key::new(NAME, id), s.name.clone(), Unit::Happens).told(
                Subject::Shocks,
                vec![Piece::Sentence(s.name.clone())],
                &[format!("shock.{id}")],
            )
        });
        let standing = model.case.pillars.iter().filter(|p| p.fallen.is_none());
        let pillars = standing.map(|p| {
            let key = Key::new(NAME, "pillar").of(p.id.get_ref());
            let falls = Piece::Verb(p.name.clone(), " falls", " fall");
            Quantity::new(key, format!("The fall of {}", p.name), Unit::Happens).told(
                Subject::Shocks,
                vec![Piece::Name(p.name.clone()), falls],
                &[format!("pillar.{}", p.id.get_ref())],
            )
        });
        shocks.chain(pillars).collect()
    }

    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        let happened = |happened: bool| Some(f32::from(u8::from(happened)));
        values.extend(world.states.shock.shocks.iter().map(|s| happened(s.peek().times > 0)));
        let fallen = model.case.pillars.iter().zip(&world.states.shock.pillars);
        let standing = fallen.filter(|(p, _)| p.fallen.is_none());
        values.extend(standing.map(|(_, stands)| happened(!stands.peek())));
    }
}
