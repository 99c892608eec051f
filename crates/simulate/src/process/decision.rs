//! Decisions that no other process brings about by itself: they come up, and those who decide choose.
//!
//! A decision comes up on its day, or in a week with the chance of its hazard. The first of those who decide chooses among
//! all alternatives by what it settles on ([`crate::decide`]), less what threats would cost it. If that is not what
//! stands, each other one that decides, each holder of a veto and each list of a body choose between it and what
//! stands, under the same luck for the same alternative. It comes about if all who decide are for it, each body at its
//! quota (small lists split as the others do), and no holder of a veto is against.
//!
//! A threat is open with the chance that the wish says, and costs exposure times resolve: exposure is the pull of the one
//! who threatens on the one who chooses, resolve how much it cares times how much it is against. An agency threatens in
//! its own name alone. *Judged* in its forms; the choice is `mcfadden1974` by `oberst2019`.
//!
//! Reads ties, the house; changes what stands.

use case::Diagnostic;
use case::choice::Decision;
use jiff::civil::Date;

use crate::chance::days;
use crate::decide::{self, UNSAID, Voice, Wishes};
use crate::hazard::weekly;
use crate::journal::{Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::matter::{self, Body, Matter, Value, Want};
use crate::model::{ActorId, BeliefId, Drawn, Model};
use crate::parameters::Parameter;
use crate::person::Put;
use crate::process::{Process, StepError};
use crate::quantity::{Key, Quantity, Subject, Unit, quoted};
use crate::world::World;
use crate::world::joint::all;

/// The name of the process.
pub const NAME: &str = "decision";

/// It has no parameters of its own: how surely wishes decide is the case's anchor.
pub const PARAMETERS: &[Parameter] = &[];

const UP: Name = Name::new("decision/comes up");
const CHOOSE: Name = Name::new("decision/an alternative is chosen");
const THREAT: Name = Name::new("decision/open threat");

/// The decisions of a case.
#[derive(Debug)]
pub struct Decisions {
    open: Vec<Open>,
    voices: Vec<Voice>,
}

/// A decision by places.
#[derive(Debug)]
struct Open {
    /// Its place among the case's decisions.
    at: usize,
    who: Who,
    alternatives: Vec<Who>,
    /// Who decides, the one that proposes first.
    by: Vec<ActorId>,
    vetoes: Vec<ActorId>,
    /// The quotas of the bodies that must agree.
    quotas: Vec<u32>,
    day: Option<Date>,
    hazard: Option<BeliefId>,
    lambda: BeliefId,
    wishes: Vec<Spoken>,
}

/// What an actor has said of a decision.
#[derive(Debug)]
struct Spoken {
    actor: ActorId,
    /// For each alternative its wish and its threat.
    of: Vec<(Option<BeliefId>, Option<BeliefId>)>,
    /// What it has said of how much it cares.
    care: Vec<BeliefId>,
}

/// What decisions keep of a run.
#[derive(Debug)]
pub struct State {
    /// The alternative that stands, for each decision of the case.
    stands: Vec<Tracked<usize>>,
    /// When it last changed.
    changed: Vec<Tracked<Option<Date>>>,
    /// How often it came up.
    times: Vec<u32>,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let case = model.case;
        let stands = case.decisions.iter().map(|d| case.stands(d).unwrap_or(0));
        Self {
            stands: stands.map(Tracked::new).collect(),
            changed: all(case.decisions.len(), &None),
            times: vec![0; case.decisions.len()],
        }
    }

    readable! {
        /// The alternative of a decision that stands.
        stands[]: usize;
    }
}

impl Open {
    /// # Errors
    /// No anchor says how surely wishes decide in it.
    fn of(model: &Model<'_>, at: usize) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let decision = &case.decisions[at];
        let actor = |id: &toml::Spanned<String>| case.actor_index(id.get_ref());
        let id = decision.id.get_ref();
        let by: Vec<ActorId> = decision.by.iter().filter_map(actor).collect();
        // Who is not there on the date decides nothing.
        if by.len() < decision.by.len() || decision.day.is_some_and(|day| day <= case.as_of) {
            return Ok(None);
        }
        let mut wishes: Vec<Spoken> = Vec::new();
        for wish in case.wishes.iter().filter(|w| w.decision.get_ref() == id) {
            let (Some(who), Some(place)) =
                (actor(&wish.actor), decision.place(wish.alternative.get_ref()))
            else {
                continue;
            };
            let known = wishes.iter().position(|w| w.actor == who);
            let known = known.unwrap_or_else(|| {
                let of = vec![(None, None); decision.alternatives.len()];
                wishes.push(Spoken { actor: who, of, care: Vec::new() });
                wishes.len() - 1
            });
            wishes[known].of[place] = (Some(wish.value.id), wish.threat.as_ref().map(|t| t.id));
            wishes[known].care.extend(wish.care.as_ref().map(|c| c.id));
        }
        let quota = |id: &toml::Spanned<String>| {
            let body = case.bodies.iter().find(|b| b.id.get_ref() == id.get_ref());
            body.map(|b| *b.quota.get_ref())
        };
        Ok(Some(Self {
            at,
            who: Who::new(id),
            alternatives: decision.alternatives.iter().map(|a| Who::new(a.get_ref())).collect(),
            by,
            vetoes: decision.vetoes.iter().filter_map(actor).collect(),
            quotas: decision.bodies.iter().filter_map(quota).collect(),
            day: decision.day,
            hazard: decision.hazard.as_ref().map(|h| h.id),
            lambda: decide::lambda(case, decision.matter, NAME)?,
            wishes,
        }))
    }

    /// How much somebody who has spoken cares.
    fn care(&self, spoken: &Spoken, belief: impl Fn(BeliefId) -> f64) -> f64 {
        let said = spoken.care.iter().map(|id| belief(*id)).reduce(f64::max);
        said.unwrap_or(UNSAID.number()).clamp(0.0, 1.0)
    }

    fn decision<'m>(&self, model: &Model<'m>) -> &'m Decision {
        &model.case.decisions[self.at]
    }
}

/// A decision in hand.
struct Hand<'h, 'c> {
    open: &'h Open,
    model: &'h Model<'c>,
    world: &'h World,
    luck: Luck,
    journal: &'h Journal,
    name: Name,
    settled: Vec<Vec<f64>>,
    /// Open threats: who, against which alternative, with what resolve.
    threats: Vec<(ActorId, usize, f64)>,
    lambda: f64,
}

impl Hand<'_, '_> {
    /// What an alternative is worth to a chooser.
    fn worth(&self, chooser: ActorId, alternative: usize) -> f64 {
        let threats = self.threats.iter().filter(|t| t.1 == alternative && t.0 != chooser);
        let cost: f64 = threats
            .map(|(who, _, resolve)| {
                self.world.exposure(self.model, self.journal, *who, chooser) * resolve
            })
            .sum();
        self.settled[alternative][chooser] - cost
    }

    /// A chooser's choice among some alternatives.
    fn choice(&self, chooser: ActorId, among: &[usize]) -> Result<usize, StepError> {
        let utility: Vec<f64> = among.iter().map(|a| self.worth(chooser, *a)).collect();
        let whos: Vec<Who> = among.iter().map(|a| self.open.alternatives[*a]).collect();
        let id = Who::new(self.model.case.actors[chooser].id.get_ref());
        let of = (self.name, self.open.who.and(id));
        let day = self.model.start;
        let fault = |e: theory::Fault| StepError { process: NAME, fault: e.to_string() };
        let luck = decide::choose(self.luck, self.journal, day, of, &whos, &utility, self.lambda);
        let at = self.journal.takes(self.world.day, chooser, luck.map_err(fault)?, || {
            let decision = self.open.decision(self.model);
            let words = |a: &usize| decision.alternatives[*a].get_ref().clone();
            let odds = theory::coalition::quantal_choice::probabilities(&utility, self.lambda);
            Put {
                id: format!("decision.{}", decision.id.get_ref()),
                what: format!("{}?", decision.name),
                options: among.iter().map(words).collect(),
                odds: odds.unwrap_or_default(),
            }
        });
        Ok(among[at])
    }
}

impl Decisions {
    /// The decisions of a model's case that are open; none if there are none.
    ///
    /// # Errors
    /// Parameters that it does not have.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        crate::parameters::look_up::<0>(model.case, NAME, PARAMETERS)?;
        let all = (0..model.case.decisions.len()).map(|at| Open::of(model, at));
        let open: Vec<Open> = all.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        Ok((!open.is_empty()).then(|| Self { open, voices: decide::voices(model) }))
    }

    /// It has come up: those who decide choose.
    fn decide(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        open: &Open,
    ) -> Result<(), StepError> {
        let _reads = journal.scope();
        let time = world.states.decision.times[open.at];
        world.states.decision.times[open.at] += 1;
        let (name, day) = (CHOOSE.nth(time), world.day);
        let decision = open.decision(model);
        let stands = *world.states.decision.stands[open.at].get(journal);
        let (settled, threats) = self.hear(model, world, luck, journal, open, time)?;
        let lambda = world.drawn.get(journal, open.lambda);
        let hand =
            Hand { open, model, world: &*world, luck, journal, name, settled, threats, lambda };
        let every: Vec<usize> = (0..open.alternatives.len()).collect();
        let proposed = hand.choice(open.by[0], &every)?;
        let label = |a: ActorId| model.case.actors[a].label();
        let quote = |a: usize| decision.alternatives[a].get_ref().as_str();
        let mut against: Option<String> = None;
        if proposed != stands {
            let pair = [proposed, stands];
            for actor in open.by[1..].iter().chain(&open.vetoes) {
                if hand.choice(*actor, &pair)? == stands {
                    against.get_or_insert_with(|| label(*actor).to_owned());
                }
            }
            for quota in &open.quotas {
                let (ayes, all) = self.poll(&hand, &pair)?;
                if ayes < *quota {
                    let short = format!("the assembly ({ayes} of {all} for it, {quota} needed)");
                    against.get_or_insert(short);
                }
            }
        }
        let threatened = hand.threats.iter().filter(|t| t.1 != proposed || proposed == stands);
        let threats: Vec<String> = threatened
            .map(|(who, a, _)| format!("{} threatens over {}", label(*who), quote(*a)))
            .collect();
        let why = match threats.is_empty() {
            true => String::new(),
            false => format!(" ({})", threats.join("; ")),
        };
        let what = &decision.name;
        let taken = proposed != stands && against.is_none();
        let by = journal.note(day, NAME, || match (&against, taken) {
            (Some(who), _) => {
                format!("{what}: {} is stopped by {who}{why}", quote(proposed))
            }
            (None, true) => {
                format!("{what}: {} in place of {}{why}", quote(proposed), quote(stands))
            }
            (None, false) => format!("{what}: it stays at {}{why}", quote(stands)),
        });
        if taken {
            world.states.decision.stands[open.at].set(proposed, by);
            world.states.decision.changed[open.at].set(Some(day), by);
        }
        Ok(())
    }

    /// What everybody settles on, and who threatens over what.
    #[allow(clippy::type_complexity)]
    fn hear(
        &self,
        model: &Model<'_>,
        world: &World,
        luck: Luck,
        journal: &Journal,
        open: &Open,
        time: u32,
    ) -> Result<(Vec<Vec<f64>>, Vec<(ActorId, usize, f64)>), StepError> {
        let belief = |id| world.drawn.get(journal, id);
        let (mut said, mut threats) = (Vec::new(), Vec::new());
        for spoken in &open.wishes {
            let care = open.care(spoken, belief);
            let of: Vec<f64> = spoken.of.iter().map(|(wish, _)| wish.map_or(0.0, belief)).collect();
            if !world.mutes(spoken.actor) {
                let actor = Who::new(model.case.actors[spoken.actor].id.get_ref());
                for (place, (wish, (_, threat))) in of.iter().zip(&spoken.of).enumerate() {
                    let Some(chance) = threat.filter(|_| *wish < 0.0) else { continue };
                    let who = open.who.and(actor).and(open.alternatives[place]);
                    let p = belief(chance);
                    let speaks = luck.happens(journal, model.start, THREAT.nth(time), who, p);
                    let speaks = journal.agrees(world.day, spoken.actor, (speaks, p), || {
                        let decision = open.decision(model);
                        let against = decision.alternatives[place].get_ref();
                        let id = format!("threat.{}.{}", decision.id.get_ref(), slug(against));
                        let what = format!(
                            "{}: threaten openly over \u{201c}{against}\u{201d}?",
                            decision.name
                        );
                        (id, what)
                    });
                    if speaks {
                        threats.push((spoken.actor, place, care * -wish.max(-1.0)));
                    }
                }
            }
            said.push((spoken.actor, care, of));
        }
        let mut wishes = Wishes::from(&self.voices, open.alternatives.len(), &said);
        wishes.silence(world);
        let pulls = world.pulls(&model.network, journal, NAME)?;
        Ok((wishes.settle(&pulls), threats))
    }

    /// How many members of the house are for the first of a pair, small lists split as the others; of how many.
    fn poll(&self, hand: &Hand<'_, '_>, pair: &[usize]) -> Result<(u32, u32), StepError> {
        let Some(house) = hand.world.house(hand.journal) else { return Ok((0, 0)) };
        let (mut ayes, mut all) = (0, 0);
        for (list, seats) in matter::members(house, &hand.model.lists) {
            all += seats;
            if hand.choice(list, pair)? == pair[0] {
                ayes += seats;
            }
        }
        let share = if all > 0 { f64::from(ayes) / f64::from(all) } else { 0.0 };
        let ayes = ayes + (f64::from(house.fringe) * share).round() as u32;
        Ok((ayes, all + house.fringe))
    }
}

impl Process for Decisions {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        self.open.iter().filter_map(|o| o.day).filter(|d| *d > world.day).min()
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        for open in &self.open {
            let up = match (open.day, open.hazard) {
                (Some(day), _) => day <= world.day && world.states.decision.times[open.at] == 0,
                (None, Some(hazard)) if world.weekly => {
                    let chance = weekly(world.drawn.get(journal, hazard));
                    luck.happens(journal, world.day, UP, open.who, chance)
                }
                _ => false,
            };
            if up {
                self.decide(model, world, luck, journal, open)?;
            }
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let mut quantities = Vec::new();
        for open in &self.open {
            let decision = open.decision(model);
            let id = decision.id.get_ref();
            let rests = [format!("wish.{id}"), format!("decision.{id}"), "anchor.".to_owned()];
            for alternative in &decision.alternatives {
                let (words, name) = (alternative.get_ref(), &decision.name);
                let key = Key::new(NAME, "stands").of(format!("{id}:{}", slug(words)));
                let text = format!("{name} at the end: {words}");
                let clause = quoted(name, &format!("ends in \u{201c}{words}\u{201d}"));
                let quantity = Quantity::new(key, text, Unit::Happens);
                quantities.push(quantity.told(Subject::Decisions, clause, &rests));
            }
            let name = format!("Days until it changes: {}", decision.name);
            quantities.push(Quantity::new(Key::new(NAME, "days").of(id), name, Unit::DaysUntil));
        }
        quantities
    }

    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        for open in &self.open {
            let stands = *world.states.decision.stands[open.at].peek();
            let is = |a: usize| Some(f32::from(u8::from(a == stands)));
            values.extend((0..open.alternatives.len()).map(is));
            let changed = *world.states.decision.changed[open.at].peek();
            values.push(changed.map(|day| days(model.start, day)));
        }
    }

    fn matters(&self, model: &Model<'_>) -> Vec<Matter> {
        let matter = |open: &Open| {
            let decision = open.decision(model);
            let wants = open.wishes.iter().flat_map(|spoken| {
                spoken.of.iter().enumerate().filter_map(|(alternative, (wish, _))| {
                    let value = Value::Stated((*wish)?);
                    Some(Want { actor: spoken.actor, alternative, value })
                })
            });
            let single = open.by.iter().chain(&open.vetoes).map(|a| Body::Actor(*a));
            Matter {
                id: decision.id.get_ref().clone(),
                name: decision.name.clone(),
                alternatives: decision.alternatives.iter().map(|a| a.get_ref().clone()).collect(),
                stands: model.case.stands(decision),
                wants: wants.collect(),
                bodies: single.chain(open.quotas.iter().map(|q| Body::House(*q))).collect(),
            }
        };
        self.open.iter().map(matter).collect()
    }

    fn settled(&self, _model: &Model<'_>, world: &World, places: &mut Vec<Option<usize>>) {
        places.extend(self.open.iter().map(|o| Some(*world.states.decision.stands[o.at].peek())));
    }
}

/// Words as a part of an id.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for letter in words.chars().flat_map(char::to_lowercase) {
        match letter.is_alphanumeric() {
            true => slug.push(letter),
            false if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            false => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}
