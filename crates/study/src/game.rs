//! A game: a person takes an actor's decisions in one run, week by week, and all others go on by the model.
//!
//! A game is its case, its run and what was decided; whatever is shown of it is played anew from those, so that it can be
//! gone back in, put away and taken up again. The account at its end holds it against the same run without the person.

use std::collections::BTreeSet;

use case::Case;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use simulate::decide::{camp, voices};
use simulate::journal::Entry;
use simulate::matter::wanted;
use simulate::model::ActorId;
use simulate::person::{Choice, Person};
use simulate::play::{Play, Until};
use simulate::process::StepError;
use simulate::quantity::Unit;
use simulate::run::{EMPTY, NO_LIST};
use simulate::world::Sitting;
use simulate::{Model, Outcome, Played};

/// What tells a game from others of its case; it is kept as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Game {
    /// The id of the actor whose decisions are taken.
    pub actor: String,
    /// The as-of date.
    pub as_of: Date,
    /// The seed.
    pub seed: u64,
    /// The run under it.
    pub run: u32,
    /// The scenarios that are laid over the case, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<String>,
    /// What is set in it besides, as `--set` has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// What was decided, in the order of days.
    pub decided: Vec<Decided>,
}

/// One thing that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The day.
    pub day: Date,
    /// What it is about ([`Choice::id`]).
    pub id: String,
    /// The words of the option.
    pub option: String,
    /// Whether it holds from that day on.
    #[serde(default)]
    pub always: bool,
}

impl Game {
    /// Whether a choice is decided already, and need not be put again.
    #[must_use]
    pub fn settles(&self, choice: &Choice) -> bool {
        let holds = |d: &Decided| d.day == choice.day || d.always && d.day <= choice.day;
        self.decided.iter().any(|d| d.id == choice.id && holds(d))
    }
}

/// A week of a game as the person sees it.
#[derive(Debug, Clone)]
pub struct Week {
    /// Its last day.
    pub until: Date,
    /// What is put to the person.
    pub choices: Vec<Choice>,
    /// What the person gets to know, once it is over.
    pub news: Vec<Entry>,
    /// Whether it is the last.
    pub last: bool,
}

/// A game as far as it went: what came before a week, and what is put to the person in it.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The last day of the week.
    pub until: Date,
    /// What is put to the person in it.
    pub put: Vec<Choice>,
    /// What was put before.
    pub before: Vec<Choice>,
    /// What the person got to know before.
    pub news: Vec<Entry>,
}

/// A thing that came out otherwise, or a wish and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// What.
    pub name: String,
    /// With the person.
    pub with: String,
    /// In the same run without.
    pub without: String,
}

/// What became of a game.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// How much was put to the person.
    pub put: usize,
    /// What was done otherwise than the actor would have.
    pub moves: Vec<Choice>,
    /// What was decided but never came up.
    pub idle: Vec<Decided>,
    /// What the actor wants by the estimates of the case, as this run draws them, and whether it came so.
    pub wishes: Vec<Row>,
    /// What came out otherwise.
    pub changed: Vec<Row>,
}

/// A game at the table.
#[derive(Debug)]
pub struct Table<'m> {
    /// The case made ready.
    pub model: &'m Model<'m>,
    /// The game.
    pub game: Game,
    camp: Vec<usize>,
}

impl<'m> Table<'m> {
    /// Sits down to a game.
    ///
    /// # Errors
    /// The case knows no such actor: what to say.
    pub fn open(model: &'m Model<'m>, game: Game) -> Result<Self, String> {
        let case = model.case;
        let Some(actor) = case.actor_index(&game.actor) else {
            let ids = case.actors.iter().map(|a| a.id.get_ref().as_str());
            let near = case::diagnostic::nearest(&game.actor, ids);
            let near = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            return Err(format!("the case has no actor \"{}\"{near}", game.actor));
        };
        Ok(Self { model, game, camp: camp(model, &voices(model), actor) })
    }

    /// The actor and the agencies that speak for it.
    pub fn camp(&self) -> impl Iterator<Item = ActorId> {
        self.camp.iter().copied()
    }

    fn person(&self) -> Person {
        let mut person = Person { actors: self.camp.clone(), ..Person::default() };
        for decided in &self.game.decided {
            if decided.always {
                person
                    .standing
                    .entry(decided.id.clone())
                    .or_default()
                    .push((decided.day, decided.option.clone()));
            } else {
                person.decided.insert((decided.day, decided.id.clone()), decided.option.clone());
            }
        }
        person
    }

    fn play(&self, until: Until, person: Option<Person>) -> Result<Played, StepError> {
        let Game { seed, run, .. } = self.game;
        Play { until, journal: true, person, ..self.model.play(seed, run) }.go()
    }

    /// All that is put to the person by then, and all that he gets to know.
    fn told(&self, until: Until) -> Result<(Vec<Choice>, Vec<Entry>), StepError> {
        let mut played = self.play(until, Some(self.person()))?;
        // What a state and its agency may both decide is put once.
        let mut seen = BTreeSet::new();
        played.choices.retain(|c| seen.insert((c.day, c.id.clone())));
        played.journal.retain(|e| e.known.to(&self.camp));
        Ok((played.choices, played.journal))
    }

    /// The last day of the week after a day.
    fn week_to(&self, after: Date) -> Date {
        after.saturating_add(7.days()).min(self.model.end)
    }

    /// The week after a day.
    ///
    /// # Errors
    /// A process could not take a step.
    pub fn week(&self, after: Date) -> Result<Week, StepError> {
        let until = self.week_to(after);
        let (mut choices, mut news) = self.told(Until::Day(until))?;
        choices.retain(|c| c.day > after && c.day <= until);
        news.retain(|e| e.day > after && e.day <= until);
        Ok(Week { until, choices, news, last: until >= self.model.end })
    }

    /// The game up to a day, and what is put in the week after it.
    ///
    /// # Errors
    /// A process could not take a step.
    pub fn turn(&self, after: Date) -> Result<Turn, StepError> {
        let until = self.week_to(after);
        let (mut choices, mut news) = self.told(Until::Day(until))?;
        choices.retain(|c| c.day <= until);
        news.retain(|e| e.day <= after);
        let (before, put) = choices.into_iter().partition(|c| c.day <= after);
        Ok(Turn { until, put, before, news })
    }

    /// The day after which the next week begins in which something is put that is not decided: none if nothing more is.
    /// Weeks are counted from a day.
    ///
    /// # Errors
    /// A process could not take a step.
    pub fn next(&self, after: Date) -> Result<Option<Date>, StepError> {
        let (choices, _) = self.told(Until::End)?;
        let open = choices.iter().filter(|c| c.day > after && !self.game.settles(c));
        let Some(first) = open.map(|c| c.day).min() else { return Ok(None) };
        let mut day = after;
        while self.week_to(day) < first {
            day = self.week_to(day);
        }
        Ok(Some(day))
    }

    /// Decides; what was decided of the same on the day before is forgotten.
    pub fn decide(&mut self, decided: Decided) {
        self.game.decided.retain(|d| (d.day, &d.id) != (decided.day, &decided.id));
        self.game.decided.push(decided);
        self.game.decided.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    }

    /// Forgets all that was decided after a day.
    pub fn back_to(&mut self, day: Date) {
        self.game.decided.retain(|d| d.day <= day);
    }

    /// What became of it, played to the end.
    ///
    /// # Errors
    /// A process could not take a step.
    pub fn account(&self) -> Result<Account, StepError> {
        let with = self.play(Until::End, Some(self.person()))?;
        let without = self.play(Until::End, None)?;
        let came_up = |d: &Decided| {
            with.choices
                .iter()
                .filter(|c| c.id == d.id && c.options.contains(&d.option))
                .any(|c| c.day == d.day || d.always && c.day > d.day)
        };
        let idle = self.game.decided.iter().filter(|d| !came_up(d)).cloned().collect();
        let (a, b) = (&with.outcome, &without.outcome);
        let moves = with.choices.iter().filter(|c| c.taken != c.model).cloned().collect();
        Ok(Account {
            put: with.choices.len(),
            moves,
            idle,
            wishes: self.wishes(a, b),
            changed: self.changed(a, b),
        })
    }

    fn wishes(&self, with: &Outcome, without: &Outcome) -> Vec<Row> {
        let luck = simulate::luck::Luck::new(self.game.seed, self.game.run);
        let drawn = self.model.draw(luck);
        let row = |(at, matter): (usize, &simulate::matter::Matter)| {
            let wishes = matter.wishes(&drawn, self.camp[0])?;
            let wants = wanted(&wishes);
            let names = (0..wants.len()).filter(|a| wants[*a]);
            let names: Vec<&str> = names.map(|a| matter.alternatives[a].as_str()).collect();
            if names.is_empty() {
                return None;
            }
            let came = |outcome: &Outcome| match outcome.matters.get(at).copied().flatten() {
                Some(a) if wants[a] => format!("{} \u{2713}", matter.alternatives[a]),
                Some(a) => matter.alternatives[a].clone(),
                None => UNSETTLED.to_owned(),
            };
            let name = format!("{}: {}", matter.name, names.join(" or "));
            Some(Row { name, with: came(with), without: came(without) })
        };
        self.model.matters.iter().enumerate().filter_map(row).collect()
    }

    fn changed(&self, with: &Outcome, without: &Outcome) -> Vec<Row> {
        let case: &Case = self.model.case;
        let mut rows = Vec::new();
        let mut row = |name: &str, with: String, without: String| {
            if with != without {
                rows.push(Row { name: name.to_owned(), with, without });
            }
        };
        let head = |o: &Outcome| match o.head.and_then(|h| case.candidates.get(usize::from(h))) {
            Some(candidate) => candidate.name.clone(),
            None => "nobody yet".to_owned(),
        };
        // Who heads the government is a matter of its own where it is formed by the runs, under its office's name.
        let names = || case.candidates.iter().map(|c| c.name.as_str());
        let is_head =
            |m: &&simulate::matter::Matter| m.alternatives.iter().map(String::as_str).eq(names());
        let own = self.model.matters.iter().find(is_head).map(|m| m.name.as_str());
        if own.is_none() {
            row("Head of government", head(with), head(without));
        }
        let days = |o: &Outcome| o.days.map_or("none formed".to_owned(), |d| format!("{d} days"));
        row("Government formed after", days(with), days(without));
        let list = |at: usize| case.actors[self.model.lists[at]].label();
        let bits = |of: u128| (0..self.model.lists.len()).filter(move |at| of >> at & 1 == 1);
        let listed = |all: Vec<&str>| match all.is_empty() {
            true => "none".to_owned(),
            false => all.join(", "),
        };
        let coalition = |o: &Outcome| listed(bits(o.coalition).map(list).collect());
        row("Coalition", coalition(with), coalition(without));
        let failed = |o: &Outcome| {
            let of = o.failed.iter().filter_map(|c| case.candidates.get(usize::from(*c)));
            listed(of.map(|c| c.name.as_str()).collect())
        };
        row("Nominees who failed", failed(with), failed(without));
        let tries = |o: &Outcome| o.failures.to_string();
        row("Failed tries on the way", tries(with), tries(without));
        for (at, office) in case.offices.iter().enumerate() {
            if own == Some(office.name.as_str()) {
                continue;
            }
            let holder = |o: &Outcome| match o.posts.get(at) {
                None => "no government".to_owned(),
                Some(&NO_LIST) => "without a list".to_owned(),
                Some(&EMPTY) => "empty".to_owned(),
                Some(of) => list(usize::from(*of)).to_owned(),
            };
            row(&office.name, holder(with), holder(without));
        }
        for (at, stage) in case.stages.iter().enumerate() {
            let votes = |o: &Outcome| match o.sittings.get(at).copied().flatten() {
                Some(sitting) => sitting_in_words(sitting),
                None => "not held".to_owned(),
            };
            row(&stage.name, votes(with), votes(without));
        }
        for (at, actor) in self.model.lists.iter().enumerate() {
            let seats = |o: &Outcome| o.seats.get(at).map_or(String::new(), u16::to_string);
            let name = format!("Seats of {}", case.actors[*actor].label());
            row(&name, seats(with), seats(without));
        }
        for (at, matter) in self.model.matters.iter().enumerate() {
            let came = |o: &Outcome| match o.matters.get(at).copied().flatten() {
                Some(a) => matter.alternatives[a].clone(),
                None => UNSETTLED.to_owned(),
            };
            row(&matter.name, came(with), came(without));
        }
        for (at, quantity) in self.model.quantities.iter().enumerate() {
            let value =
                |o: &Outcome| in_words(quantity.unit, o.quantities.get(at).copied().flatten());
            row(&quantity.name, value(with), value(without));
        }
        rows
    }
}

/// What stands of a matter of which nothing came.
const UNSETTLED: &str = "not settled by the end";

/// What became of a sitting in words.
fn sitting_in_words(sitting: Sitting) -> String {
    let Sitting { present, votes, held } = sitting;
    let held = if held == 1 { "1 sitting".to_owned() } else { format!("{held} sittings") };
    match votes {
        None => format!("nobody elected, {held}"),
        Some(votes) => format!("elected with {votes} votes, {present} there at the first, {held}"),
    }
}

/// Those to whom anything is put in a run as it goes by itself, with how much is put to them and their agencies; those with
/// most first.
///
/// # Errors
/// A process could not take a step.
pub fn deciders(
    model: &Model<'_>,
    seed: u64,
    run: u32,
) -> Result<Vec<(ActorId, usize)>, StepError> {
    let all = 0..model.case.actors.len();
    let person = Person { actors: all.clone().collect(), ..Person::default() };
    let choices = Play { person: Some(person), ..model.play(seed, run) }.go()?.choices;
    let voices = voices(model);
    let put = |actor: ActorId| {
        let camp = camp(model, &voices, actor);
        let own = choices.iter().filter(|c| camp.contains(&c.actor));
        let once: BTreeSet<(Date, &str)> = own.map(|c| (c.day, c.id.as_str())).collect();
        (actor, once.len())
    };
    let mut found: Vec<(ActorId, usize)> = all.map(put).filter(|(_, n)| *n > 0).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    Ok(found)
}

/// A value in words.
fn in_words(unit: Unit, value: Option<f32>) -> String {
    let Some(value) = value else {
        return if unit == Unit::DaysUntil { "never" } else { "nothing" }.to_owned();
    };
    match unit {
        Unit::Happens => if value > 0.5 { "yes" } else { "no" }.to_owned(),
        Unit::Share => format!("{:.0} %", 100.0 * value),
        Unit::Count | Unit::Rung => format!("{value:.0}"),
        Unit::Days => format!("{value:.0} days"),
        Unit::DaysUntil => format!("day {value:.0}"),
        Unit::Position | Unit::Multiple | Unit::Favour => format!("{value:.2}"),
    }
}
