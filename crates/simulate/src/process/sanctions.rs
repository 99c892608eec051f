//! Sanctions: threats, concessions, designations, and waivers that are renewed or lapse.
//!
//! **Threat.** A possible designation is threatened with hazard h (1 + attacks · A + defiance · D + bills · B) a
//! year: A attacks by the one it is meant for this week, D its defiance, B the bills and decrees it or its lists
//! have before the assembly. A threat falls due after `notice` days.
//!
//! **Concession.** On that day the threatened one gives way with chance p · E · (1 - D): E is the share of its
//! revenue that passes through banks a sanction can shut, and p the share of episodes in which a target gives way:
//! the published base rate of the TIES data taken for `prior_weight` episodes and brought up to date with the case's
//! own record ([`theory::economy::sanctions`]; `bapat2015`, `morgan2014`), in which every designation in force counts
//! as one that was defied. Who gives way drops the bills it pushes (see legislation).
//!
//! **Imposition.** A measure bites off `bite`, by its kind: each stream of revenue of the designated actor, and each
//! that it pays, is multiplied by 1 - exposed · bite; its access to banks by 1 - bite; those who share offices with it
//! or with its list count a burden 1 - Π(1 - burden · bite) over all measures in force; its defiance rises by defy ·
//! bite of what is left to 1 and falls by `fade` a week. What was in force on the as-of date has already cut
//! revenues, so it counts in access and burden alone.
//!
//! **Waivers** have their own file. That targets and senders act so is *Judged*; that threats come before sanctions
//! and succeed as often is in the data cited. Reads attacks, bills, shortage, protest, rungs, signals, shocks;
//! changes threats, impositions, incomes, access, burden, defiance, waivers.

use case::Diagnostic;
use case::economy::Measure;
use jiff::civil::Date;

use crate::chance::{days, later};
use crate::hazard::weekly;
use crate::journal::{EntryId, Journal, Tracked};
use crate::luck::{Luck, Name};
use crate::model::{ActorId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{Key, Piece, Quantity, Subject, Unit, name_of, plain, quoted};
use crate::world::World;
use crate::world::joint::all;

mod listing;
mod waivers;

use listing::Listing;
use waivers::Leave;

/// The name of the process.
pub const NAME: &str = "sanctions";

const ANNOUNCED: Name = Name::new("sanctions/a threat comes first");
const BATCH: Name = Name::new("sanctions/taken with another");
const CONCEDE: Name = Name::new("sanctions/gives way to the threat");

/// Sanctions as a process.
#[derive(Debug)]
pub struct Sanctions {
    listings: Vec<Listing>,
    leaves: Vec<Leave>,
    /// Actors under a designation, in force or possible, without doubles.
    listed: Vec<ActorId>,
    parameters: Parameters,
}

parameters! {
    /// How much each attack of the week by the one it is meant for raises the hazard of a threat.
    attacks: 0.0..=ANY, "ratio";
    /// How much the full defiance of the one it is meant for raises the hazard of a threat.
    defiance: 0.0..=ANY, "ratio";
    /// How much each bill that it or its lists have before the assembly raises the hazard of a threat.
    bills: 0.0..=ANY, "ratio";
    /// The share of measures that are threatened before they are imposed; the others come without a word.
    announced: 0.0..=1.0, "probability";
    /// The chance that the sender takes the same measure on another it may take it on, on the same day.
    batch: 0.0..=1.0, "probability";
    /// Days from a threat to the day on which it falls due.
    notice: 0.0..=ANY, "days";
    /// The episodes for which the published base rate of giving way counts, beside the case's own record.
    prior_weight: 0.0..=ANY, "weight";
    /// What a listing as a terrorist organisation bites off exposed revenue and access to banks.
    bite_terrorist: 0.0..=1.0, "share";
    /// What a freezing of assets bites off exposed revenue and access to banks.
    bite_financial: 0.0..=1.0, "share";
    /// What a cut-off from banks bites off exposed revenue and access to banks.
    bite_bank: 0.0..=1.0, "share";
    /// What an embargo bites off exposed revenue and access to banks.
    bite_embargo: 0.0..=1.0, "share";
    /// What a measure that bites whole costs those who share offices with its target.
    burden: 0.0..=1.0, "share";
    /// How far a measure that bites whole moves its target from where it is to full defiance.
    defy: 0.0..=1.0, "share";
    /// The share by which defiance falls in a week.
    fade: 0.0..=1.0, "share";
    /// How far the whole need unmet moves the chance that a waiver is renewed.
    waiver_shortage: -1000.0..=1000.0, "log odds";
    /// How far the whole people in protest moves the chance that a waiver is renewed.
    waiver_protest: -1000.0..=1000.0, "log odds";
    /// How far a signal that doubles the tie of granter and state moves the chance that a waiver is renewed.
    waiver_relations: -1000.0..=1000.0, "log odds";
    /// How far each rung between the granter and the one it is aimed at lowers the chance that a waiver is renewed.
    waiver_pressure: -1000.0..=1000.0, "log odds";
    /// The share of the chance of renewal with which a waiver that has lapsed is granted anew in a week.
    waiver_regrant: 0.0..=1.0, "share";
}

/// What sanctions keep of a run.
#[derive(Debug)]
pub struct State {
    /// Whether each designation is in force.
    imposed: Vec<Tracked<bool>>,
    /// For each actor what sanctions cost it when offices are shared out, in \[0, 1\].
    burden: Vec<Tracked<f64>>,
    /// For each actor how far sanctions have made it defiant, in \[0, 1\].
    defiance: Vec<Tracked<f64>>,
    /// The last day of each waiver in force.
    waivers: Vec<Tracked<Option<Date>>>,
    /// The day on which each waiver first lapsed in the run.
    lapses: Vec<Tracked<Option<Date>>>,
    /// The day on which each waiver that had lapsed was first granted anew in the run.
    grants: Vec<Tracked<Option<Date>>>,
    /// For each designation how far its sender has gone.
    threats: Vec<Tracked<Threat>>,
    /// For each actor how much of its banking is open to it, in \[0, 1\].
    access: Vec<Tracked<f64>>,
}

/// How far the sender of a sanction has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Threat {
    /// The day on which a threat in the air falls due.
    pub due: Option<Date>,
    /// The day on which the threatened one last gave way.
    pub conceded: Option<Date>,
    /// The day on which the sanction was imposed in the run.
    pub imposed: Option<Date>,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let case = model.case;
        let (actors, designations) = (case.actors.len(), &case.designations);
        Self {
            imposed: designations.iter().map(|d| Tracked::new(d.since.is_some())).collect(),
            burden: all(actors, &0.0),
            defiance: all(actors, &0.0),
            waivers: case.waivers.iter().map(|w| Tracked::new(w.expires(model.start))).collect(),
            lapses: all(case.waivers.len(), &None),
            grants: all(case.waivers.len(), &None),
            threats: all(designations.len(), &Threat::default()),
            access: all(actors, &1.0),
        }
    }

    readable! {
        /// Whether a designation is in force.
        imposed[]: bool;
        /// What sanctions cost an actor when offices are shared out, in \[0, 1\].
        burden[]: f64;
        /// How far sanctions have made an actor defiant, in \[0, 1\].
        defiance[]: f64;
        /// The last day of a waiver; none where it is not in force.
        waivers[]: Option<Date>;
        /// How far the sender of a designation has gone.
        threats[]: Threat;
    }

    /// Puts a designation in force or lifts it from outside.
    pub fn impose(&mut self, designation: usize, in_force: bool, by: Option<EntryId>) {
        self.imposed[designation].set(in_force, by);
    }

    /// Sets the last day of a waiver from outside.
    pub fn waive(&mut self, waiver: usize, until: Option<Date>, by: Option<EntryId>) {
        self.waivers[waiver].set(until, by);
    }
}

impl Sanctions {
    /// The designations and waivers of a model's case; none if there are none.
    ///
    /// # Errors
    /// The parameters that the case lacks.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let listings: Vec<Listing> =
            (0..case.designations.len()).filter_map(|at| Listing::of(model, at)).collect();
        let leaves: Vec<Leave> =
            (0..case.waivers.len()).filter_map(|at| Leave::of(model, at)).collect();
        let mut listed: Vec<ActorId> = Vec::new();
        for listing in &listings {
            if !listed.contains(&listing.actor) {
                listed.push(listing.actor);
            }
        }
        let any = !listings.is_empty() || !leaves.is_empty();
        Ok(any.then_some(Self { listings, leaves, listed, parameters }))
    }

    fn bite(&self, world: &World, journal: &Journal, measure: Measure) -> f64 {
        let p = &self.parameters;
        let bite = match measure {
            Measure::Terrorist => p.bite_terrorist,
            Measure::Financial => p.bite_financial,
            Measure::Bank => p.bite_bank,
            Measure::Embargo => p.bite_embargo,
        };
        world.drawn.get(journal, bite).clamp(0.0, 1.0)
    }

    /// Access to banks and the burden on offices, from all that is in force on an actor.
    fn stand(&self, world: &mut World, journal: &Journal, actor: ActorId, by: Option<EntryId>) {
        let cost = world.drawn.get(journal, self.parameters.burden).clamp(0.0, 1.0);
        let (mut access, mut light) = (1.0, 1.0);
        for listing in self.listings.iter().filter(|l| l.actor == actor) {
            if *world.states.sanctions.imposed[listing.at].get(journal) {
                let bite = self.bite(world, journal, listing.measure);
                access *= 1.0 - bite;
                light *= 1.0 - cost * bite;
            }
        }
        world.states.sanctions.access[actor].set(access, by);
        world.states.sanctions.burden[actor].set(1.0 - light, by);
        let Some(listing) = self.listings.iter().find(|l| l.actor == actor) else { return };
        for list in &listing.lists {
            // A list listed in its own right bears the heavier of the two burdens.
            let heavier = (1.0 - light).max(*world.states.sanctions.burden[*list].peek());
            world.states.sanctions.burden[*list].set(heavier, by);
        }
    }

    /// A week of a possible designation: the sender threatens, imposes without a threat, or does neither.
    fn press(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        listing: &Listing,
    ) {
        let Some(hazard) = listing.hazard.filter(|_| !world.mutes(listing.by)) else { return };
        let threat = *world.states.sanctions.threats[listing.at].peek();
        if *world.states.sanctions.imposed[listing.at].peek() || threat.due.is_some() {
            return;
        }
        let _reads = journal.scope();
        let belief = |id| world.drawn.get(journal, id);
        let p = &self.parameters;
        let attacks: u32 = listing
            .campaigns
            .iter()
            .map(|c| world.states.escalation.attacks(*c).get(journal).week)
            .sum();
        let defiance = *world.states.sanctions.defiance[listing.actor].get(journal);
        let bills = listing.bills.iter().filter(|b| listing::pending(world, journal, **b)).count();
        let rate = belief(hazard)
            * (1.0
                + belief(p.attacks) * f64::from(attacks)
                + belief(p.defiance) * defiance
                + belief(p.bills) * bills as f64);
        let moves = luck.happens(journal, world.day, listing.name, listing.who, weekly(rate));
        let moves = journal.agrees(world.day, listing.by, (moves, weekly(rate)), || {
            let target = &model.case.actors[listing.actor];
            let what = listing.what();
            let id = format!("listing.{}.{what}", target.id.get_ref());
            (id, format!("Move against {} this week: {what}?", target.label()))
        });
        if moves {
            let who = listing.who.and(listing.kind);
            let first = luck.happens(journal, world.day, ANNOUNCED, who, belief(p.announced));
            let first = journal.agrees(world.day, listing.by, (first, belief(p.announced)), || {
                let target = &model.case.actors[listing.actor];
                let id = format!("notice.{}.{}", target.id.get_ref(), listing.what());
                (id, format!("Threaten {} with it first?", target.label()))
            });
            if !first {
                self.impose(model, world, luck, journal, listing);
                return;
            }
            let due = later(world.day, belief(p.notice));
            let by = journal.note(world.day, NAME, || {
                let name = |a: ActorId| model.case.actors[a].label();
                let what = listing.what();
                format!(
                    "{} threatens {} with {what} from {due}",
                    name(listing.by),
                    name(listing.actor)
                )
            });
            let threat = Threat { due: Some(due), ..threat };
            world.states.sanctions.threats[listing.at].set(threat, by);
        }
    }

    /// A week's end: what was in force at the start is taken in once, and defiance fades.
    fn fade(&self, model: &Model<'_>, world: &mut World, journal: &Journal) {
        let _reads = journal.scope();
        if days(model.start, world.day) <= 7.0 {
            self.listed.iter().for_each(|actor| self.stand(world, journal, *actor, None));
        }
        let fade = world.drawn.get(journal, self.parameters.fade).clamp(0.0, 1.0);
        for actor in &self.listed {
            let defiance = &mut world.states.sanctions.defiance[*actor];
            let by = defiance.set_by();
            defiance.set(*defiance.peek() * (1.0 - fade), by);
        }
    }

    /// A threat falls due: the threatened one gives way, or the sanction is imposed.
    fn decide(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        listing: &Listing,
    ) -> Result<(), StepError> {
        let mut threat = *world.states.sanctions.threats[listing.at].get(journal);
        let weight = world.drawn.get(journal, self.parameters.prior_weight);
        let share = listing.gives_way(model, weight)?;
        let exposed = listing.exposure(model, world, journal);
        let defiance = *world.states.sanctions.defiance[listing.actor].get(journal);
        let chance = share * exposed * (1.0 - defiance);
        let (day, name) = (world.day, |a: ActorId| model.case.actors[a].label());
        threat.due = None;
        let yields = luck.happens(journal, day, CONCEDE, listing.who.and(listing.kind), chance);
        let yields = journal.agrees(day, listing.actor, (yields, chance), || {
            let id = model.case.actors[listing.by].id.get_ref();
            let what =
                format!("Give way to the threat of {}: {}?", name(listing.by), listing.what());
            (format!("concede.{id}.{}", listing.what()), what)
        });
        if yields {
            threat.conceded = Some(day);
            let by = journal.note(day, NAME, || {
                let (target, sender) = (name(listing.actor), name(listing.by));
                format!("{target} gives way to the threat of {sender}")
            });
            world.states.sanctions.threats[listing.at].set(threat, by);
            return Ok(());
        }
        self.impose(model, world, luck, journal, listing);
        Ok(())
    }

    /// A sanction is imposed, and perhaps with it the same on others.
    fn impose(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        listing: &Listing,
    ) {
        self.bring_in(model, world, journal, listing);
        let batch = world.drawn.get(journal, self.parameters.batch);
        let (day, first) = (world.day, listing.who.and(listing.kind));
        for other in &self.listings {
            let possible = other.by == listing.by
                && other.measure == listing.measure
                && other.hazard.is_some()
                && !*world.states.sanctions.imposed[other.at].peek();
            let who = first.and(other.who);
            if possible && luck.happens(journal, day, BATCH, who, batch) {
                self.bring_in(model, world, journal, other);
            }
        }
    }

    /// A sanction is in force from now on, with what it costs its target.
    fn bring_in(&self, model: &Model<'_>, world: &mut World, journal: &Journal, listing: &Listing) {
        let (day, name) = (world.day, |a: ActorId| model.case.actors[a].label());
        let threat = world.states.sanctions.threats[listing.at].get(journal);
        let threat = Threat { due: None, imposed: Some(day), ..*threat };
        let bite = self.bite(world, journal, listing.measure);
        let defiance = *world.states.sanctions.defiance[listing.actor].get(journal);
        let defy = world.drawn.get(journal, self.parameters.defy).clamp(0.0, 1.0);
        let streams: Vec<(usize, f64)> = (listing.streams.iter())
            .map(|(stream, exposed)| {
                let left = 1.0 - world.drawn.get(journal, *exposed).clamp(0.0, 1.0) * bite;
                world.incomes.of(*stream).get(journal);
                (*stream, left)
            })
            .collect();
        let by = journal.note(day, NAME, || {
            format!("{} imposes on {}: {}", name(listing.by), name(listing.actor), listing.what())
        });
        world.states.sanctions.threats[listing.at].set(threat, by);
        world.states.sanctions.imposed[listing.at].set(true, by);
        for (stream, left) in streams {
            world.incomes.multiply(stream, left, by);
        }
        let defiant = defiance + (1.0 - defiance) * defy * bite;
        world.states.sanctions.defiance[listing.actor].set(defiant, by);
        self.stand(world, journal, listing.actor, by);
    }
}

impl Process for Sanctions {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        let threats = world.states.sanctions.threats.iter().filter_map(|t| t.peek().due);
        let leaves = world.states.sanctions.waivers.iter().filter_map(|w| *w.peek());
        threats.chain(leaves).filter(|d| *d > world.day).min()
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        for listing in &self.listings {
            if world.states.sanctions.threats[listing.at].peek().due.is_some_and(|d| d <= world.day)
            {
                self.decide(model, world, luck, journal, listing)?;
            }
        }
        for leave in &self.leaves {
            let left = *world.states.sanctions.waivers[leave.at].peek();
            if left.is_some_and(|last| last <= world.day) || left.is_none() && world.weekly {
                leave.decide(&self.parameters, model, world, luck, journal);
            }
        }
        if !world.weekly {
            return Ok(());
        }
        self.fade(model, world, journal);
        for listing in &self.listings {
            self.press(model, world, luck, journal, listing);
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let case = model.case;
        let mut all = Vec::new();
        for listing in self.possible(model) {
            let entry = &case.designations[listing.at];
            let (by, on) = (entry.by.get_ref(), entry.actor.get_ref());
            let key = Key::new(NAME, "imposed").of(format!("{by}>{on}:{}", listing.id()));
            let name = |a: ActorId| case.actors[a].label();
            let (sender, target, what) = (name(listing.by), name(listing.actor), listing.what());
            let text = format!("Days until {sender} imposes on {target}: {what}");
            let (from, against) = (name_of(model, by), name_of(model, on));
            let clause = vec![
                Piece::Name(from.clone()),
                Piece::Verb(from, " moves against ", " move against "),
                Piece::Name(against),
                plain(format!(" ({what})")),
            ];
            let imposed = Quantity::new(key, text, Unit::DaysUntil)
                .told(Subject::Sanctions, clause, &[format!("designation.{by}>{on}")])
                .shown(&["SANCTION"], &[by], &[on]);
            all.push(imposed);
        }
        for actor in &self.listed {
            let (id, label) = (case.actors[*actor].id.get_ref(), case.actors[*actor].label());
            let of = |what: &str| Key::new(NAME, what).of(id);
            let name = |what: &str| format!("{what} of {label}");
            if self.earns(model, *actor) {
                all.push(Quantity::new(of("revenue"), name("Revenue"), Unit::Multiple));
            }
            if self.awaits(model, *actor) {
                all.push(Quantity::new(of("access"), name("Access to banks"), Unit::Share));
                all.push(Quantity::new(of("defiance"), name("Defiance"), Unit::Share));
            }
        }
        for leave in &self.leaves {
            let entry = &case.waivers[leave.at];
            let id = entry.id.get_ref();
            // Of what is in force it is asked when it lapses, of what has lapsed when it comes again.
            let (what, until, verb, shown): (_, _, _, &[&str]) = match self.in_force(model, leave) {
                true => ("lapsed", "it lapses", "lapses", &["SANCTION", "REJECT"]),
                false => {
                    ("granted", "it is granted anew", "is granted anew", &["CONCEDE", "AGREE"])
                }
            };
            let name = format!("Days until {until}: {}", entry.name);
            let quantity = Quantity::new(Key::new(NAME, what).of(id), name, Unit::DaysUntil)
                .told(Subject::Sanctions, quoted(&entry.name, verb), &[format!("waiver.{id}")])
                .shown(shown, &[entry.by.get_ref()], &[entry.against.get_ref()]);
            all.push(quantity);
        }
        all
    }

    fn report(&self, model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        let since = |day: Option<Date>| day.map(|d| days(model.start, d));
        values.extend(
            self.possible(model)
                .map(|l| since(world.states.sanctions.threats[l.at].peek().imposed)),
        );
        for actor in &self.listed {
            if self.earns(model, *actor) {
                let listing = self.listings.iter().find(|l| l.actor == *actor);
                values.push(listing.and_then(|l| l.revenue(model, world)));
            }
            if self.awaits(model, *actor) {
                values.push(Some(*world.states.sanctions.access[*actor].peek() as f32));
                values.push(Some(*world.states.sanctions.defiance[*actor].peek() as f32));
            }
        }
        let states = &world.states.sanctions;
        values.extend(self.leaves.iter().map(|leave| match self.in_force(model, leave) {
            true => since(*states.lapses[leave.at].peek()),
            false => since(*states.grants[leave.at].peek()),
        }));
    }
}

impl Sanctions {
    /// Whether the case knows what an actor lives on.
    fn earns(&self, model: &Model<'_>, actor: ActorId) -> bool {
        let id = model.case.actors[actor].id.get_ref();
        model.case.revenues.iter().any(|r| r.actor.get_ref() == id)
    }

    /// Whether a waiver was in force on the as-of date.
    fn in_force(&self, model: &Model<'_>, leave: &Leave) -> bool {
        model.case.waivers[leave.at].expires(model.start).is_some()
    }

    /// Whether a designation that is not in force may yet befall an actor: what is in force moves nothing.
    fn awaits(&self, model: &Model<'_>, actor: ActorId) -> bool {
        self.possible(model).any(|l| l.actor == actor)
    }

    /// Designations that were not in force on the as-of date.
    fn possible<'s>(&'s self, model: &'s Model<'_>) -> impl Iterator<Item = &'s Listing> {
        self.listings.iter().filter(|l| model.case.designations[l.at].since.is_none())
    }
}
