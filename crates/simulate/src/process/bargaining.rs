//! Bargaining: dialogues that trade several issues, round by round, and those who would rather have them fail.
//!
//! **Outcome.** On each round's day every issue has an outcome o by the dialogue's model (file `outcome`), from the
//! positions, salience and capability of all who stand on the issue; capability is multiplied by (1 + sway · S),
//! S the actor's sway over the case's body, and by (1 - attacks)^n for whom the spoilers have attacked n times since the
//! last round. Issues are linked: votes are exchanged between them (`stokman1994`), and `linkage` of what the exchange
//! moves is added to o.
//!
//! **Rounds.** After k of K rounds there is agreed q + (k / K)(o - q), q being how the issue stands: concessions are
//! made in steps, and what is given early weighs little if the talks fail. The last round settles it.
//!
//! **Breakdown.** A round breaks the talks off with chance 1 - exp(-h), h = (breakdown + spoiler · n + reservation ·
//! L) exp(-air): n attacks by spoilers since the last round (`stedman1997`), L the sum over the parties of what they
//! lose by what is agreed so far against how things stand, over all issues and weighted by salience, where they lose;
//! so a party may lose on one issue if it gains on another. `air` is diplomacy's. Then all issues stay as they stand.
//! Attacks rise while a dialogue goes against a spoiler: see escalation.
//!
//! What an agreement moves is in the module `terms`. That concessions come in even steps, and the form of h, are *Judged*. Reads
//! sway, attacks, air; changes talks, and by terms ties, reliance on supplies, leave of waivers, incomes.

use case::Diagnostic;
use jiff::civil::Date;

use crate::chance::later;
use crate::journal::{Journal, Tracked};
use crate::luck::{Luck, Name};
use crate::model::{Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{Key, Quantity, Subject, Unit, quoted};
use crate::world::World;
use crate::world::joint::Factors;

mod outcome;
mod table;
mod terms;

pub use outcome::{Stance, outcomes};
use table::Table;

/// The name of the process.
pub const NAME: &str = "bargaining";

const BREAK: Name = Name::new("bargaining/the talks break down");

/// Bargaining as a process.
#[derive(Debug)]
pub struct Bargaining {
    tables: Vec<Table>,
    parameters: Parameters,
}

parameters! {
    /// How much full sway over the case's body adds to capability.
    sway: 0.0..=ANY, "ratio";
    /// What each attack by spoilers takes from the capability of the attacked; below 0 it takes nothing.
    attacks: -1.0..=1.0, "share";
    /// How much of what an exchange of votes moves is added to the outcome.
    linkage: 0.0..=1.0, "share";
    /// The hazard of a breakdown in a round.
    breakdown: 0.0..=ANY, "ratio";
    /// How much each attack by spoilers adds to the hazard of a breakdown.
    spoiler: 0.0..=ANY, "ratio";
    /// How much what the parties lose adds to the hazard of a breakdown.
    reservation: 0.0..=ANY, "ratio";
}

/// What bargaining keeps of a run.
#[derive(Debug)]
pub struct State {
    /// How far each dialogue has come.
    talks: Vec<Tracked<Talks>>,
    /// For each supply the factor on the share of need that hangs on it, 1 at the start.
    reliance: Factors,
    /// For each waiver the factor on the chance that it is renewed, 1 at the start.
    leave: Factors,
}

/// How far a dialogue has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Talks {
    /// Rounds held.
    pub rounds: u32,
    /// The day of the next round.
    pub next: Option<Date>,
    /// What is agreed on each of its issues, in \[0, 1\]; empty before the first round.
    pub agreed: Vec<f64>,
    /// The day on which it ended.
    pub ended: Option<Date>,
    /// Whether it ended in an agreement.
    pub settled: bool,
    /// Attacks by its spoilers up to the last round.
    pub seen: u32,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let case = model.case;
        let begun = |d: &case::decision::Dialogue| Talks {
            next: Some(d.from).filter(|_| d.until.is_none()),
            ended: d.until,
            ..Talks::default()
        };
        Self {
            talks: case.dialogues.iter().map(|d| Tracked::new(begun(d))).collect(),
            reliance: Factors::start(case.supplies.len()),
            leave: Factors::start(case.waivers.len()),
        }
    }

    readable! {
        /// How far a dialogue has come.
        talks[]: Talks;
    }

    /// The factor on the share of need that hangs on a supply.
    #[must_use]
    pub fn reliance(&self, supply: usize) -> &Tracked<f64> {
        self.reliance.of(supply)
    }

    /// The factor on the chance that a waiver is renewed.
    #[must_use]
    pub fn leave(&self, waiver: usize) -> &Tracked<f64> {
        self.leave.of(waiver)
    }
}

impl Bargaining {
    /// The dialogues of a model's case that have not ended; none if there are none.
    ///
    /// # Errors
    /// The parameters that the case lacks, an issue that nobody stands on or of which it is not said how it stands.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case);
        let mut findings = parameters.as_ref().err().cloned().unwrap_or_default();
        let mut tables = Vec::new();
        for at in 0..case.dialogues.len() {
            if case.dialogues[at].until.is_none() {
                match Table::of(model, at) {
                    Ok(table) => tables.push(table),
                    Err(faults) => findings.extend(faults),
                }
            }
        }
        match parameters {
            Ok(parameters) if findings.is_empty() => {
                Ok((!tables.is_empty()).then_some(Self { tables, parameters }))
            }
            _ => Err(findings),
        }
    }

    /// One round.
    fn round(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
        table: &Table,
    ) -> Result<(), StepError> {
        let p = &self.parameters;
        let belief = |id| world.drawn.get(journal, id);
        let mut talks: Talks = world.states.bargaining.talks[table.at].get(journal).clone();
        let attacks = table.attacks(world, journal);
        let fresh = attacks.saturating_sub(talks.seen);
        let wear = (1.0 - belief(p.attacks).clamp(0.0, 1.0)).powf(f64::from(fresh));
        let stances = table.stances(world, journal, belief(p.sway), wear);
        let stands: Vec<f64> = table.stands(world, journal);
        let fault = |e: theory::Fault| StepError { process: NAME, fault: e.to_string() };
        let linkage = belief(p.linkage).clamp(0.0, 1.0);
        let result =
            outcomes(table.model, &stances, &stands, &table.parties, linkage).map_err(fault)?;
        // Rounds held before the window began count, but one is always left.
        let all = (belief(table.rounds).round().max(1.0) as u32).max(talks.rounds + 1);
        talks.rounds += 1;
        talks.seen = attacks;
        let part = f64::from(talks.rounds) / f64::from(all);
        talks.agreed = stands.iter().zip(&result).map(|(q, o)| q + part * (o - q)).collect();
        let lost = table.lost(&stances, &stands, &talks.agreed);
        let air = *world.states.diplomacy.air(table.at).get(journal);
        let hazard = belief(p.breakdown)
            + belief(p.spoiler) * f64::from(fresh)
            + belief(p.reservation) * lost;
        let chance = -(-hazard.max(0.0) * (-air).exp()).exp_m1();
        let day = world.day;
        let name = &model.case.dialogues[table.at].name;
        let n = talks.rounds;
        let by;
        let mut settled = false;
        if luck.happens(journal, day, BREAK, table.who, chance) {
            (talks.next, talks.ended) = (None, Some(day));
            talks.agreed.clone_from(&stands);
            by = journal.note(day, NAME, || match fresh {
                0 => format!("{name} breaks down in round {n}"),
                1 => format!("{name} breaks down in round {n}, after an attack by its spoilers"),
                m => format!("{name} breaks down in round {n}, after {m} attacks by its spoilers"),
            });
        } else if n >= all {
            (talks.next, talks.ended, talks.settled) = (None, Some(day), true);
            settled = true;
            by = journal.note(day, NAME, || {
                format!("{name} ends in an agreement: {}", table.told(model, &talks.agreed))
            });
        } else {
            talks.next = Some(later(day, belief(table.interval)));
            by = journal.note(day, NAME, || {
                format!("{name}, round {n} of {all}: {}", table.told(model, &talks.agreed))
            });
        }
        let agreed = talks.agreed.clone();
        world.states.bargaining.talks[table.at].set(talks, by);
        if settled {
            terms::carry_out(table, model, world, journal, (&agreed, &stands), by);
        }
        Ok(())
    }

    /// The rounds held before the window began are counted, and the next one is dated.
    fn catch_up(&self, world: &mut World, journal: &Journal, table: &Table, from: Date, day: Date) {
        let _reads = journal.scope();
        let interval = world.drawn.get(journal, table.interval).round().max(1.0);
        let gone = f64::from(crate::chance::days(from, day)).max(0.0);
        let held = (gone / interval).floor() + 1.0;
        let next = later(from, held * interval);
        let talks = Talks {
            rounds: held as u32,
            next: Some(next.max(world.day)),
            ..world.states.bargaining.talks[table.at].peek().clone()
        };
        let by = world.states.bargaining.talks[table.at].set_by();
        world.states.bargaining.talks[table.at].set(talks, by);
    }
}

impl Process for Bargaining {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        world
            .states
            .bargaining
            .talks
            .iter()
            .filter_map(|t| t.peek().next)
            .filter(|d| *d > world.day)
            .min()
    }

    fn reads_sway(&self, world: &World) -> bool {
        world.states.bargaining.talks.iter().any(|talks| talks.peek().next.is_some())
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        for table in &self.tables {
            let _reads = journal.scope();
            if let Some(from) = world.states.bargaining.talks[table.at].peek().next
                && from <= model.start
            {
                self.catch_up(world, journal, table, from, model.start);
            }
            if world.states.bargaining.talks[table.at]
                .peek()
                .next
                .is_some_and(|next| next <= world.day)
            {
                self.round(model, world, luck, journal, table)?;
            }
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let mut all = Vec::new();
        for table in &self.tables {
            let dialogue = &model.case.dialogues[table.at];
            let id = dialogue.id.get_ref();
            for issue in &table.issues {
                let issue = &model.case.issues[issue.at];
                let (on, asked) = (issue.id.get_ref(), &issue.name);
                let name = format!("{}: {asked}", dialogue.name);
                all.push(Quantity::new(
                    Key::new(NAME, "agreed").of(format!("{id}:{on}")),
                    name,
                    Unit::Position,
                ));
            }
            let name = format!("{} ends in an agreement", dialogue.name);
            let parties: Vec<&String> = dialogue.parties.iter().map(|p| p.get_ref()).collect();
            let settled = Quantity::new(Key::new(NAME, "settled").of(id), name, Unit::Happens)
                .told(
                    Subject::Talks,
                    quoted(&dialogue.name, "ends in an agreement"),
                    &[format!("dialogue.{id}")],
                )
                .shown(&["AGREE"], &parties, &parties);
            all.push(settled);
            let name = format!("Rounds of {}", dialogue.name);
            all.push(Quantity::new(Key::new(NAME, "rounds").of(id), name, Unit::Count));
        }
        all
    }

    fn report(&self, _model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        for table in &self.tables {
            let talks = world.states.bargaining.talks[table.at].peek();
            let agreed = |at: usize| talks.agreed.get(at).map(|x| *x as f32);
            values.extend((0..table.issues.len()).map(agreed));
            values.push(Some(f32::from(u8::from(talks.settled))));
            values.push(Some(talks.rounds as f32));
        }
    }
}
