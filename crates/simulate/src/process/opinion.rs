//! Opinion: what people make of foreign patrons and their own state, and what they do about it.
//!
//! **Intrusion.** In a week in which a rivalry brings n strikes into the country and m crossings of its airspace, x =
//! 1 - exp(-(`strike_anger` n + `airspace_anger` m)); a patron that spends more effort here than at the start meddles by
//! `meddling_anger` times the excess a year. Anger over foreign hands, the backlash, takes these up and fades by half in
//! every `half_life` days.
//!
//! **Favour** is in [`favour`].
//!
//! **Legitimacy**, in log odds from the start, loses with shortages, prices, protest and intrusion and gains by the
//! rally; it fades towards 0 in the same way. It feeds turnout and the vote ([`vote`]), and with shortage, prices and
//! anger the hazard of protest ([`protest`]).
//!
//! Which weights these are is the case's belief; the form beyond the rally is *Judged*.
//!
//! Reads strikes, effort, told, shortage, prices; changes favour, backlash, legitimacy, protest, mood and turnout.

use case::Diagnostic;
use jiff::civil::Date;

use crate::journal::{EntryId, Journal, Tracked};
use crate::luck::Luck;
use crate::model::{BeliefId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{AmountForm, Key, Quantity, Subject, Unit, plain};
use crate::world::World;
use crate::world::joint::all;

pub mod favour;
pub mod protest;
pub mod vote;

use favour::Favour;

/// The name of the process.
pub const NAME: &str = "opinion";

/// Backlash that gets an entry when it is passed.
const WORTH_TELLING: [f64; 4] = [0.5, 1.0, 2.0, 4.0];
/// A change too small to act on.
const NOTHING: f64 = 1e-9;

parameters! {
    /// Days in which anger, favour and legitimacy come half the way back.
    half_life: 0.0..=ANY, "days";
    /// How much a strike in the country angers.
    strike_anger: 0.0..=ANY, "scale";
    /// How much a crossing of the airspace angers.
    airspace_anger: 0.0..=ANY, "scale";
    /// How much a patron angers in a year in which it spends twice the effort of the start.
    meddling_anger: 0.0..=ANY, "1/year";
    /// What intrusion and meddling take from the favour of whoever does it.
    blame: 0.0..=ANY, "log odds";
    /// What intrusion adds to the favour of the state and spares its legitimacy.
    rally: 0.0..=ANY, "log odds";
    /// How far a narrative of full slant, told in full to all, moves favour.
    persuasion: 0.0..=ANY, "log odds";
    /// How far those who reject a speaker discount what it tells.
    doubt: 0.0..=1.0, "share";
    /// What a week without any supply takes from legitimacy.
    shortage_cost: 0.0..=ANY, "log odds";
    /// What a week of doubled prices takes from legitimacy.
    price_cost: 0.0..=ANY, "log odds";
    /// What a week with the whole people in protest takes from legitimacy.
    protest_cost: 0.0..=ANY, "log odds";
    /// What intrusion takes from legitimacy.
    intrusion_cost: 0.0..=ANY, "log odds";
    /// Outbreaks of protest in a year without grievance.
    outbreaks: 0.0..=ANY, "1/year";
    /// The share of the people that would protest at all.
    willing: 0.0..=1.0, "share";
    /// The share of those who are fresh that comes out at an outbreak.
    spark: 0.0..=1.0, "share";
    /// How fast those who are out bring others in a week.
    spread: 0.0..=ANY, "1/week";
    /// How fast those who are out go home in a week.
    quitting: 0.0..=ANY, "1/week";
    /// The share of the weary that is fresh again in a week.
    rest: 0.0..=1.0, "share";
    /// How much the whole need unmet adds to grievance.
    shortage_grievance: 0.0..=ANY, "scale";
    /// How much doubled prices add to grievance.
    price_grievance: 0.0..=ANY, "scale";
    /// How much anger over foreign hands adds to grievance.
    anger_grievance: 0.0..=ANY, "scale";
    /// How much lost legitimacy adds to grievance.
    legitimacy_grievance: 0.0..=ANY, "scale";
    /// How far a change in the favour of a list moves its log share.
    vote_gain: 0.0..=ANY, "ratio";
    /// How far a change in the favour of a patron moves the log share of a list it controls.
    client_cost: 0.0..=ANY, "ratio";
    /// How far legitimacy moves the log share of the incumbent's list.
    incumbency: 0.0..=ANY, "ratio";
    /// The share of the votes lost by lists that is not cast.
    stay_home: 0.0..=1.0, "share";
    /// How far legitimacy moves the log odds of turnout.
    turnout_gain: 0.0..=ANY, "ratio";
}

/// What opinion keeps of a run.
#[derive(Debug)]
pub struct State {
    /// For each favour of the case its present value.
    favour: Vec<Tracked<f64>>,
    /// For each favour its log odds, once it has moved.
    leanings: Vec<Option<Leaning>>,
    /// Anger over foreign hands in the country, 0 at the start.
    backlash: Tracked<f64>,
    /// The most of it so far.
    angriest: f64,
    /// How far the state is held to be rightful, in log odds from the start.
    legitimacy: Tracked<f64>,
    /// Protest: the share of the population that takes part this week.
    protest: Tracked<f64>,
    /// The most of it so far.
    largest: f64,
    /// Who is weary of protest, and how often it broke out.
    unrest: Tracked<Unrest>,
    /// For each list of the model the shift of its log share.
    mood: Vec<Tracked<f64>>,
    /// The shift of turnout in log odds, beside what shocks add.
    turnout: Tracked<f64>,
}

/// Where a favour stands, in the log odds of the share that approves.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Leaning {
    /// At the start.
    base: f64,
    /// Now.
    odds: f64,
    /// The favour that these log odds come to.
    value: f64,
}

/// What protest leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Unrest {
    /// The share of the population that took part and is weary of it.
    weary: f64,
    /// How often protest broke out since the start.
    outbreaks: u32,
}

impl State {
    /// As it stands on the as-of date, with the values of a run.
    #[must_use]
    pub fn start(model: &Model<'_>, drawn: &Drawn) -> Self {
        let favours = &model.case.favours;
        Self {
            favour: favours.iter().map(|f| Tracked::new(drawn.peek(f.value.id))).collect(),
            leanings: vec![None; favours.len()],
            backlash: Tracked::new(0.0),
            angriest: 0.0,
            legitimacy: Tracked::new(0.0),
            protest: Tracked::new(0.0),
            largest: 0.0,
            unrest: Tracked::default(),
            mood: all(model.lists.len(), &0.0),
            turnout: Tracked::new(0.0),
        }
    }

    readable! {
        /// Anger over foreign hands in the country, 0 at the start.
        backlash: f64;
        /// The share of the population in protest this week.
        protest: f64;
        /// The shift of a list's log share.
        mood[]: f64;
        /// The shift of turnout in log odds.
        turnout: f64;
    }

    /// Moves a favour from outside; it goes on from there.
    pub fn shake(&mut self, favour: usize, size: f64, by: Option<EntryId>) {
        let moved = (self.favour[favour].peek() + size).clamp(-1.0, 1.0);
        self.favour[favour].set(moved, by);
    }

    /// Moves the share in protest from outside; it goes on from there.
    pub fn rouse(&mut self, size: f64, by: Option<EntryId>) {
        let moved = (self.protest.peek() + size).clamp(0.0, 1.0);
        self.protest.set(moved, by);
    }
}

/// Opinion as a process.
#[derive(Debug)]
pub struct Opinion {
    parameters: Parameters,
    favours: Vec<Favour>,
    /// For each rivalry whether either side is anybody's favour to lose: all are.
    rivalries: usize,
    /// For each segment its share and how readily it protests.
    segments: Vec<(BeliefId, Option<BeliefId>)>,
    /// The slant of each narrative.
    slants: Vec<BeliefId>,
    voters: vote::Voters,
}

impl Opinion {
    /// Opinion in a model's case; none if it knows no segment of the people.
    ///
    /// # Errors
    /// Parameters that are missing or unknown.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        if case.segments.is_empty() {
            return Ok(None);
        }
        let favours: Vec<Favour> =
            (0..case.favours.len()).filter_map(|at| Favour::of(model, at)).collect();
        Ok(Some(Self {
            parameters,
            voters: vote::Voters::of(model, &favours),
            favours,
            rivalries: case.rivalries.len(),
            segments: (case.segments.iter())
                .map(|s| (s.share.id, s.protest.as_ref().map(|p| p.id)))
                .collect(),
            slants: case.narratives.iter().map(|n| n.slant.id).collect(),
        }))
    }

    /// The intrusion of a rivalry this week.
    fn intrusion(&self, world: &World, rivalry: usize) -> f64 {
        let strikes = world.states.escalation.strikes(rivalry).peek();
        if strikes.inside == 0 && strikes.airspace == 0 {
            return 0.0;
        }
        let belief = |id| world.drawn.peek(id).max(0.0);
        let felt = belief(self.parameters.strike_anger) * f64::from(strikes.inside)
            + belief(self.parameters.airspace_anger) * f64::from(strikes.airspace);
        -(-felt).exp_m1()
    }

    /// The meddling of a patron this week.
    fn meddling(&self, world: &World, patron: usize) -> f64 {
        let excess = (world.states.patronage.spent(patron).peek() - 1.0).max(0.0);
        world.drawn.peek(self.parameters.meddling_anger).max(0.0) * excess * 7.0 / 365.25
    }

    /// Anger over foreign hands. Returns the intrusion of the week and what stands behind it.
    fn anger(&self, model: &Model<'_>, world: &mut World, journal: &Journal, kept: f64) -> Felt {
        let _reads = journal.scope();
        let mut felt = Felt::default();
        for rivalry in 0..self.rivalries {
            let x = self.intrusion(world, rivalry);
            if x > 0.0 {
                world.states.escalation.strikes(rivalry).get(journal);
                felt.by = felt.by.max(world.states.escalation.strikes(rivalry).set_by());
                felt.struck += x;
            }
        }
        let mut more = felt.struck;
        for patron in 0..model.patrons.len() {
            let x = self.meddling(world, patron);
            if x > 0.0 {
                world.states.patronage.spent(patron).get(journal);
                more += x;
            }
        }
        let before = *world.states.opinion.backlash.peek();
        let now = before * kept + more;
        if (now - before).abs() <= NOTHING && more == 0.0 {
            return felt;
        }
        world.drawn.get(journal, self.parameters.strike_anger);
        world.drawn.get(journal, self.parameters.airspace_anger);
        let passed = WORTH_TELLING.iter().any(|mark| before < *mark && now >= *mark);
        let by = if passed {
            world.states.opinion.backlash.get(journal);
            let by = journal.note(world.day, NAME, || {
                "Anger over foreign hands in the country grows".to_owned()
            });
            felt.by = by.or(felt.by);
            by
        } else if more > 0.0 && felt.by.is_some() {
            felt.by
        } else {
            world.states.opinion.backlash.set_by()
        };
        world.states.opinion.backlash.set(now, by);
        world.states.opinion.angriest = world.states.opinion.angriest.max(now);
        felt
    }

    fn legitimacy(&self, world: &mut World, journal: &Journal, kept: f64, felt: Felt) {
        let _reads = journal.scope();
        let belief = |id| world.drawn.get(journal, id);
        let states = &world.states;
        let costs = belief(self.parameters.shortage_cost)
            * states.dependence.shortage().get(journal)
            + belief(self.parameters.price_cost)
                * (states.dependence.prices().get(journal) - 1.0).max(0.0)
            + belief(self.parameters.protest_cost) * states.opinion.protest.get(journal)
            + (belief(self.parameters.intrusion_cost) - belief(self.parameters.rally))
                * felt.struck;
        let before = *states.opinion.legitimacy.peek();
        let now = (before * kept - costs).clamp(-20.0, 20.0);
        if (now - before).abs() <= NOTHING {
            return;
        }
        let by = if before > -1.0 && now <= -1.0 {
            states.opinion.legitimacy.get(journal);
            journal.note(world.day, NAME, || "Fewer and fewer hold the state rightful".to_owned())
        } else {
            let states = &world.states;
            let behind = [
                states.dependence.shortage().set_by(),
                states.dependence.prices().set_by(),
                states.opinion.protest.set_by(),
            ];
            behind
                .into_iter()
                .chain([felt.by])
                .flatten()
                .max()
                .or(states.opinion.legitimacy.set_by())
        };
        world.states.opinion.legitimacy.set(now, by);
    }
}

/// What was felt of foreign hands in a week.
#[derive(Debug, Clone, Copy, Default)]
struct Felt {
    /// Intrusions by strikes and crossings.
    struck: f64,
    by: Option<EntryId>,
}

impl Process for Opinion {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        self.voters.eve.filter(|eve| *eve > world.day)
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        if world.weekly {
            let half_life = world.drawn.peek(self.parameters.half_life).max(1e-3);
            let kept = (-7.0 / half_life).exp2();
            let felt = self.anger(model, world, journal, kept);
            self.favour(world, kept, felt);
            self.legitimacy(world, journal, kept, felt);
            self.protest(world, luck, journal);
        }
        if self.voters.eve == Some(world.day) {
            self.vote(model, world, journal)?;
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let of_all = |what: &str, name: &str, unit| Quantity::new(Key::new(NAME, what), name, unit);
        let largest = AmountForm::Share(
            "At its height protest takes in ",
            " of the people in the middle run.",
        );
        let segments = "segment.".to_owned();
        let rests = [segments.clone(), format!("process.{NAME}.")];
        let legitimacy = "Change in how rightful the state is held to be";
        let mut all = vec![
            of_all("backlash", "Anger over foreign hands at its worst", Unit::Count).unseen(),
            of_all("legitimacy", legitimacy, Unit::Favour).unseen(),
            of_all("protest", "The largest share of the people in protest", Unit::Share)
                .amounts(Subject::Streets, largest, &rests)
                .shown(&["PROTEST"], &[], &[]),
            of_all("outbreaks", "Outbreaks of protest", Unit::Count)
                .told(Subject::Streets, vec![plain("protest breaks out")], &[segments])
                .shown(&["PROTEST"], &[], &[]),
        ];
        for actor in self.voters.judged() {
            let actor = &model.case.actors[actor];
            let name = format!("What the people make of {} at the end", actor.label());
            all.push(Quantity::new(
                Key::new(NAME, "favour").of(actor.id.get_ref()),
                name,
                Unit::Favour,
            ));
        }
        all
    }

    fn report(&self, _model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        let states = &world.states;
        let legitimacy = 2.0 / (1.0 + (-states.opinion.legitimacy.peek()).exp()) - 1.0;
        values.push(Some(states.opinion.angriest as f32));
        values.push(Some(legitimacy as f32));
        values.push(Some(states.opinion.largest as f32));
        values.push(Some(states.opinion.unrest.peek().outbreaks as f32));
        for actor in self.voters.judged() {
            let (mut all, mut sum) = (0.0, 0.0);
            for favour in self.favours.iter().filter(|f| f.actor == actor) {
                let share = world.drawn.peek(self.segments[favour.segment].0).max(0.0);
                all += share;
                sum += share * states.opinion.favour[favour.at].peek();
            }
            values.push((all > 0.0).then_some((sum / all) as f32));
        }
    }

    fn followed(&self, _model: &Model<'_>) -> Vec<Quantity> {
        vec![Quantity::new(
            Key::new(NAME, "protest"),
            "Share of the people in protest",
            Unit::Share,
        )]
    }

    fn follow(&self, _model: &Model<'_>, world: &World, values: &mut Vec<f32>) {
        values.push(*world.states.opinion.protest.peek() as f32);
    }
}
