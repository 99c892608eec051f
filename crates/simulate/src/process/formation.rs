//! Forming a government: the constitutional steps with their clocks, and the bargaining that makes them slip.
//!
//! The result is ratified and the assembly meets. The members of each umbrella go with it at their cohesion; the
//! largest bloc picks partners by quantal choice ([`partners`]). A step that is part of the package waits until the talks
//! on it conclude: each week they do so with probability `agreement` times the bloc's share of a majority (at
//! most 1), the less likely the longer they have lasted ([`deadlock`]), so that delays are long-tailed and a larger
//! leading bloc is done sooner (hazards of formation: `diermeier1998`, `golder2010`). An office elected with a quorum
//! waits while those left out stay away together, and each sitting says how likely the next is to be broken up.
//! The bloc then names a nominee by what the coalition in sight settles on once patrons have pulled ([`attitude`]) and
//! by its luck ([`crate::decide`]); somebody may threaten, which takes the cost of the threat from the name, and the bloc
//! chooses again. Before confidence any list but the nominee's own may leave, the likelier the less it likes the name;
//! if the votes are short the nominee fails and a new one is sought, an outsider more welcome each time. Posts are shared by turns in proportion to seats
//! (`gamson1961`, `oleary2005`); some stay empty.
//!
//! Luck is named by the stage, the nominee's turn and the try (weeks of talks by their number), not by the day, so that
//! what only moves a date deals nobody other luck.
//!
//! The steps and thresholds are law; how choices depend on preferences is *Judged*, in the form of logit choice
//! (`mcfadden1974`; on governments `martin2001`).
//!
//! Where the case says what steps had been taken by the as-of date, a run begins behind them.
//!
//! Reads the assembly, the tie network, candidates, preferences, positions; changes the formation.

use case::institution::StageKind;
use jiff::civil::Date;

use crate::journal::{Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::matter::{Body, Matter, Value, Want};
use crate::model::{ActorId, Drawn, ListId, Model};
use crate::parameters::{ANY, parameters};
use crate::person::Put;
use crate::process::{Process, StepError};
use crate::world::{Seats, World};
use theory::coalition::deadlock;
use theory::coalition::quantal_choice::probabilities;
use theory::decision::choice;

pub mod attitude;
pub mod partners;
mod parts;
mod posts;
mod progress;
mod turn;

use attitude::{Minds, Views};
pub use parts::Formation;
use parts::Stage;
pub use progress::Progress;
use turn::{Turn, later};

/// The name of the process.
pub const NAME: &str = "formation";

parameters! {
    /// How surely the better-liked nominee is named.
    nominee_precision: 0.0..=ANY, "scale";
    /// How surely the better coalition is sought.
    coalition_precision: 0.0..=ANY, "scale";
    /// What a list makes of its own candidate.
    own_candidate: -1.0..=1.0, "position";
    /// What being in office takes from how a candidate is liked.
    incumbent_burden: -2.0..=2.0, "position";
    /// How much each failure adds to how an outsider is liked.
    fatigue: 0.0..=ANY, "position";
    /// What seats beyond need cost a coalition, for the whole assembly.
    surplus_cost: 0.0..=ANY, "scale";
    /// What distance on the issues costs a coalition.
    distance_cost: 0.0..=ANY, "scale";
    /// What it is worth that one patron pulls on partner and bloc.
    tie_gain: 0.0..=ANY, "scale";
    /// What it is worth that every community sits at the table.
    inclusion: 0.0..=ANY, "scale";
    /// The share of a coalition's members that votes as told.
    discipline: 0.0..=1.0, "share";
    /// The share of members that is present.
    attendance: 0.0..=1.0, "share";
    /// The chance that those left out stay away from a first sitting.
    obstruction: 0.0..=1.0, "probability";
    /// How many sittings that chance is worth: the fewer, the more each sitting says of the next.
    obstruction_weight: 0.01..=ANY, "scale";
    /// The chance that a partner leaves over a nominee it is indifferent to.
    defection: 0.0..=1.0, "probability";
    /// The chance in the first week that the talks on the package conclude, where the bloc has a majority.
    agreement: 0.0..=1.0, "probability";
    /// How much episodes differ in how soon they conclude: the variance of a factor on the hazard, with a mean of one.
    frailty: 0.0..=ANY, "scale";
    /// Days from a failed try to the next, on average.
    retry_days: 0.0..=ANY, "days";
    /// What a post is worth to a list of another community than the one that holds it by custom.
    off_custom: 0.0..=1.0, "share";
}

/// What the forming of a government keeps of a run.
#[derive(Debug)]
pub struct State {
    /// How far it has come.
    progress: Tracked<Progress>,
    /// What actors make of the candidates.
    regard: Regard,
}

/// What actors and lists make of the candidates, worked out when it is first needed.
#[derive(Debug, Default)]
pub struct Regard {
    /// The factors on the ties' bandwidths with which the tie network was solved last; empty before it first was.
    solved_at: Tracked<Vec<f64>>,
    /// What actors by themselves make of the candidates.
    views: Views,
    /// What lists make of the candidates once everybody has pulled.
    minds: Tracked<Option<Minds>>,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        Self { progress: Tracked::new(Progress::begun(model)), regard: Regard::default() }
    }

    readable! {
        /// How far it has come.
        progress: Progress;
    }

    /// Takes what actors make of the candidates from elsewhere, and leaves there what was here.
    pub fn exchange(&mut self, regard: &mut Regard) {
        std::mem::swap(&mut self.regard, regard);
    }
}

const COHESION: Name = Name::new("formation/goes with the bloc");
const AGREE: Name = Name::new("formation/the talks conclude");
const WAITS: Name = Name::new("formation/waits for the package");
const SETTLED: Name = Name::new("formation/the package was settled");
const OBSTRUCT: Name = Name::new("formation/stays away from the sitting");
const RETRY: Name = Name::new("formation/days until the next try");
const NOMINEE: Name = Name::new("formation/nominee");
const THREAT: Name = Name::new("formation/open threat");
const LEAVE: Name = Name::new("formation/leaves over the nominee");
const KEPT: Name = Name::new("formation/goes by convention");
const VACANT: Name = Name::new("formation/post left empty");

impl Formation {
    /// The share of the bloc's or coalition's seats that each of its lists holds.
    fn shares(lists: &[ListId], seats: &Seats) -> Vec<(ListId, f64)> {
        let all: u32 = lists.iter().map(|l| seats.lists[*l]).sum();
        lists.iter().map(|l| (*l, f64::from(seats.lists[*l]) / f64::from(all.max(1)))).collect()
    }

    /// Who goes with whom: the largest bloc on the day.
    fn align(&self, turn: &mut Turn<'_, '_>) {
        let mut blocs: Vec<(Option<ActorId>, Vec<ListId>)> = Vec::new();
        let mut joined = vec![false; turn.seats.lists.len()];
        for member in &self.members {
            let umbrella = &turn.model.case.actors[member.umbrella];
            let who = turn.model.list_who[member.list].and(Who::new(umbrella.id.get_ref()));
            let cohesion = turn.world.drawn.get(turn.journal, member.cohesion);
            let goes = turn.numbered(COHESION.nth(turn.state.talks), who) < cohesion;
            if !goes || joined[member.list] || turn.seats.lists[member.list] == 0 {
                continue;
            }
            joined[member.list] = true;
            match blocs.iter_mut().find(|b| b.0 == Some(member.umbrella)) {
                Some(bloc) => bloc.1.push(member.list),
                None => blocs.push((Some(member.umbrella), vec![member.list])),
            }
        }
        let alone = (0..joined.len()).filter(|l| !joined[*l]).map(|l| (None, vec![l]));
        blocs.extend(alone);
        let size = |lists: &[ListId]| lists.iter().map(|l| turn.seats.lists[*l]).sum::<u32>();
        // Of blocs of one size the one written first in the case leads.
        let largest = blocs.into_iter().reduce(|a, b| if size(&b.1) > size(&a.1) { b } else { a });
        let (umbrella, mut lists) = largest.unwrap_or_default();
        lists.sort_unstable();
        let held = size(&lists);
        (turn.state.umbrella, turn.state.bloc) = (umbrella, lists);
        turn.tell(|turn| {
            let name = match umbrella {
                Some(actor) => turn.model.case.actors[actor].label(),
                None => turn.state.bloc.first().map_or("nobody", |l| turn.model.label(*l)),
            };
            format!(
                "{name} is the largest bloc with {held} seats: {}",
                turn.names(&turn.state.bloc)
            )
        });
    }

    /// Those who bargain over the government: the bloc and the partners it picks.
    fn seek_partners(&self, turn: &mut Turn<'_, '_>) -> Result<(), StepError> {
        turn.state.coalition = partners::choose(self, turn)?;
        turn.tell(|turn| match turn.state.coalition.is_empty() {
            true => "No coalition in reach has a majority".to_owned(),
            false => format!(
                "A coalition of {} seats is in sight: {}",
                turn.held(&turn.state.coalition),
                turn.names(&turn.state.coalition)
            ),
        });
        Ok(())
    }

    /// The hazard of a week that the talks on the package conclude: that of the parameter for a bloc with a majority, and
    /// in proportion for a smaller one.
    fn hazard(&self, turn: &Turn<'_, '_>) -> f64 {
        let lead = f64::from(turn.held(&turn.state.bloc)) / f64::from(self.majority.max(1));
        let share = turn.belief(self.parameters.agreement) * lead.min(1.0);
        // A chance of one would be a hazard without end.
        -(-share.min(1.0 - 1e-9)).ln_1p()
    }

    /// What is known of the talks when a run begins in the middle of them: how long they have gone on, and whether what
    /// has been decided says that they have concluded.
    ///
    /// A step that always waits for the package says that it is settled. One that waits with probability w says so with
    /// probability w s / (w s + 1 - w), with s how likely the talks were to conclude in the time.
    fn take_up(&self, turn: &mut Turn<'_, '_>) -> Result<(), StepError> {
        let bargains = |stage: &Stage| !ceremonial(stage.kind);
        let reached = &self.stages[..turn.state.done];
        let Some(began) = reached.iter().rposition(|stage| !bargains(stage)) else { return Ok(()) };
        let Some(began) = turn.state.days.get(began).copied() else { return Ok(()) };
        let frailty = turn.belief(self.parameters.frailty);
        let hazard = self.hazard(turn);
        let weeks = |until: Date| f64::from((until - began).get_days().max(0)) / 7.0;
        let mut settled = 0.0_f64;
        for (stage, day) in reached.iter().zip(&turn.state.days).filter(|(s, _)| bargains(s)) {
            let waits = stage.package.map_or(1.0, |package| turn.belief(package));
            let left = deadlock::survival(hazard * weeks(*day), frailty);
            let concluded = 1.0 - left.map_err(|e| turn.fault(&e))?;
            let both = waits * concluded.max(f64::MIN_POSITIVE);
            settled = settled.max(both / (both + 1.0 - waits));
        }
        turn.state.agreed = settled > 0.0 && turn.numbered(SETTLED, Who::ALL) < settled;
        turn.state.waited = hazard * weeks(turn.model.start);
        Ok(())
    }

    /// Whether the step in hand waits for the talks on the package.
    fn waits(&self, turn: &Turn<'_, '_>, stage: &Stage) -> bool {
        stage.package.is_none_or(|package| {
            let place = u32::try_from(turn.state.done).unwrap_or(u32::MAX);
            turn.unseen(WAITS.nth(place), Who::ALL) < turn.belief(package)
        })
    }

    /// Whether the talks on the package have concluded; if not, they go on for a week.
    fn agree(&self, turn: &mut Turn<'_, '_>) -> Result<bool, StepError> {
        let frailty = turn.belief(self.parameters.frailty);
        let hazard = self.hazard(turn);
        let chance = deadlock::concludes(hazard, turn.state.waited, frailty);
        let chance = chance.map_err(|e| turn.fault(&e))?;
        turn.state.agreed = turn.numbered(AGREE.nth(turn.state.talks), Who::ALL) < chance;
        turn.state.talks += 1;
        turn.state.waited += hazard;
        if turn.state.agreed {
            turn.tell(|_| "The talks on offices and partners conclude".to_owned());
        } else {
            turn.state.due = Some(later(turn.world.day, 7.0));
        }
        Ok(turn.state.agreed)
    }

    /// An office is elected, if those who stay away do not break the quorum and the votes suffice.
    fn elect(&self, turn: &mut Turn<'_, '_>, stage: &Stage) -> Result<bool, StepError> {
        let attendance = turn.belief(self.parameters.attendance);
        let discipline = turn.belief(self.parameters.discipline);
        let obstruction = turn.belief(self.parameters.obstruction);
        let weight = turn.belief(self.parameters.obstruction_weight);
        let (broken, tries) = (turn.state.broken, turn.state.tries);
        let obstruction = deadlock::again(obstruction, weight, broken, tries);
        let obstruction = obstruction.map_err(|e| turn.fault(&e))?;
        // Those who are left out act together: a third that stays away in a body can block what single lists cannot.
        let outside = (0..turn.seats.lists.len()).filter(|l| !turn.state.coalition.contains(l));
        let outside: u32 = outside.map(|l| turn.seats.lists[l]).sum();
        let stays = turn.happens(OBSTRUCT, Who::ALL, obstruction);
        let away = if stays { outside } else { 0 };
        let present = (f64::from(self.seats - away.min(self.seats)) * attendance) as u32;
        let votes = turn.votes(&turn.state.coalition, attendance * discipline);
        let quorate = present >= stage.quorum;
        let done = quorate
            && (votes >= stage.threshold || stage.runoff && !turn.state.coalition.is_empty());
        turn.sat(self.stages.len(), present, done.then_some(votes));
        turn.tell(|_| {
            let name = &stage.name;
            match (quorate, votes >= stage.threshold, done) {
                (false, ..) => {
                    format!("{name}: {present} present, {} needed: no quorum", stage.quorum)
                }
                (_, true, _) => format!("{name}: elected with {votes} votes of {present} present"),
                (_, _, true) => {
                    format!("{name}: elected in the second round, {votes} votes behind it")
                }
                _ => format!("{name}: {votes} votes, {} needed: not elected", stage.threshold),
            }
        });
        if !done {
            self.put_off(turn);
            turn.state.broken += u32::from(stays);
            self.seek_partners(turn)?;
        }
        Ok(done)
    }

    /// The try failed: another is made some days later.
    fn put_off(&self, turn: &mut Turn<'_, '_>) {
        turn.state.failures += 1;
        turn.state.tries += 1;
        let days = turn.belief(self.parameters.retry_days);
        // Tries come at no set pace: the wait is exponential.
        let wait = -(-turn.uniform(RETRY, Who::ALL)).ln_1p();
        turn.state.due = Some(later(turn.world.day, days * wait));
    }

    /// The bloc's choice among open names, by luck that each name keeps however often it is considered.
    fn pick(
        &self,
        turn: &Turn<'_, '_>,
        open: &[usize],
        utility: &[f64],
    ) -> Result<usize, StepError> {
        let numbers: Vec<f64> =
            open.iter().map(|c| turn.unseen(NOMINEE, self.candidates[*c].who)).collect();
        let precision = turn.belief(self.parameters.nominee_precision);
        let by_luck = choice::choose(utility, precision, &numbers).map_err(|e| turn.fault(&e))?;
        // The bloc's largest list speaks for it.
        let held = |list: &&ListId| (turn.seats.lists[**list], std::cmp::Reverse(**list));
        let Some(first) = turn.state.bloc.iter().max_by_key(held) else { return Ok(by_luck) };
        let put = || Put {
            id: "nominee".to_owned(),
            what: "Your bloc names a head of government: whom?".to_owned(),
            options: open.iter().map(|c| self.candidates[*c].name.clone()).collect(),
            odds: probabilities(utility, precision).unwrap_or_default(),
        };
        Ok(turn.journal.takes(turn.world.day, turn.model.lists[*first], by_luck, put))
    }

    /// The bloc names somebody; a threat may make it think again.
    fn nominate(&self, turn: &mut Turn<'_, '_>) -> Result<bool, StepError> {
        if turn.state.closed.len() >= self.candidates.len() {
            // Every name has failed: the first ones are brought up again.
            turn.state.closed.clear();
        }
        let open: Vec<usize> =
            (0..self.candidates.len()).filter(|c| !turn.state.closed.contains(c)).collect();
        let fatigue = turn.belief(self.parameters.fatigue) * f64::from(turn.state.failures);
        let backers = match turn.state.coalition.is_empty() {
            true => &turn.state.bloc,
            false => &turn.state.coalition,
        };
        let shares = Self::shares(backers, turn.seats);
        let mut utility = Vec::with_capacity(open.len());
        for candidate in &open {
            let liked: f64 =
                (shares.iter()).map(|(list, share)| share * turn.liking(*list, *candidate)).sum();
            let outsider = self.candidates[*candidate].list.is_none();
            utility.push(liked + if outsider { fatigue } else { 0.0 });
        }
        // Somebody may have been named ahead of this step.
        let before = turn.state.nominee.and_then(|named| open.iter().position(|c| *c == named));
        let named = match before {
            Some(named) => named,
            None => self.pick(turn, &open, &utility)?,
        };
        let nominee = open[named];
        turn.state.nominee = Some(nominee);
        turn.tell(|turn| format!("{} names {}", turn.bloc_name(), self.candidates[nominee].name));
        // The threats come once the name is out; the bloc chooses again, under the luck it had.
        let threats = attitude::threats(self, turn, nominee);
        utility[named] -= threats.iter().map(|(_, cost)| cost).sum::<f64>();
        let heaviest = threats.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(who, _)| *who);
        let Some(threatener) = heaviest else { return Ok(true) };
        if self.pick(turn, &open, &utility)? == named {
            turn.tell(|turn| {
                let actor = turn.model.case.actors[threatener].label();
                format!("{actor} threatens over {}: the name stands", self.candidates[nominee].name)
            });
            return Ok(true);
        }
        turn.close(nominee);
        turn.tell(|turn| {
            let actor = turn.model.case.actors[threatener].label();
            format!(
                "{actor} threatens over {}, and the bloc drops the name",
                self.candidates[nominee].name
            )
        });
        self.put_off(turn);
        Ok(false)
    }

    /// The cabinet asks for confidence. Lists that dislike the nominee may leave first, the bloc's own among them.
    fn confide(&self, turn: &mut Turn<'_, '_>, stage: &Stage) -> Result<bool, StepError> {
        let Some(nominee) = turn.state.nominee else {
            return Ok(false);
        };
        let precision = turn.belief(self.parameters.nominee_precision);
        let base = turn.belief(self.parameters.defection).clamp(1e-9, 1.0 - 1e-9);
        let mut leaving = Vec::new();
        let own = self.candidates[nominee].list;
        for list in turn.state.coalition.iter().filter(|l| Some(**l) != own) {
            let liked = turn.liking(*list, nominee);
            let odds = base / (1.0 - base) * (-precision * liked).exp();
            let who = turn.model.list_who[*list].and(self.candidates[nominee].who);
            let chance = odds / (1.0 + odds);
            let leaves = turn.happens(LEAVE, who, chance);
            let (day, actor) = (turn.world.day, turn.model.lists[*list]);
            let leaves = turn.journal.agrees(day, actor, (leaves, chance), || {
                let person = &turn.model.case.candidates[nominee];
                let what = format!("Leave the coalition over {}?", person.name);
                (format!("leave.{}", person.id.get_ref()), what)
            });
            if leaves {
                leaving.push(*list);
            }
        }
        turn.state.coalition.retain(|l| !leaving.contains(l));
        let loyal =
            turn.belief(self.parameters.attendance) * turn.belief(self.parameters.discipline);
        let votes = turn.votes(&turn.state.coalition, loyal);
        let passed = votes >= stage.threshold;
        turn.tell(|turn| {
            let name = &self.candidates[nominee].name;
            let left = match leaving.is_empty() {
                true => String::new(),
                false => format!(" ({} left over the nominee)", turn.names(&leaving)),
            };
            match passed {
                true => format!("{name} wins confidence with {votes} votes{left}"),
                false => format!("{name} fails: {votes} votes, {} needed{left}", stage.threshold),
            }
        });
        if passed {
            self.share_posts(turn, nominee)?;
            return Ok(true);
        }
        turn.close(nominee);
        let back = self.stages.iter().position(|s| s.kind == StageKind::Nominate).unwrap_or(0);
        turn.state.done = turn.state.done.min(back);
        turn.state.days.truncate(back);
        self.put_off(turn);
        self.seek_partners(turn)?;
        Ok(false)
    }
}

/// Whether a step is gone through without anybody's leave.
fn ceremonial(kind: StageKind) -> bool {
    matches!(kind, StageKind::Certification | StageKind::Session)
}

impl Process for Formation {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        world.states.formation.progress.peek().due
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let now = world.states.formation.progress.peek();
        if now.confidence.is_some() || now.due.is_some_and(|due| world.day < due) {
            return Ok(());
        }
        if world.states.election.assembly().peek().is_none() {
            return Ok(());
        }
        let mut state = now.clone();
        let Some(stage) = self.stages.get(state.done) else {
            return Ok(());
        };
        if state.due.is_none() {
            let elected = world
                .states
                .election
                .assembly()
                .get(journal)
                .as_ref()
                .and_then(|seats| seats.elected);
            // From the vote, or from the last stage that was reached before the run began.
            let before = state.days.last().copied().or(elected).unwrap_or(world.day);
            let days = world.drawn.get(journal, stage.days);
            state.due = Some(later(before, days).max(world.day));
            let by = journal.note(world.day, NAME, || format!("{} begins", stage.name));
            world.states.formation.progress.set(state, by);
            return Ok(());
        }
        let bargains = !ceremonial(stage.kind);
        if bargains && state.bloc.is_empty() {
            attitude::solve(self, model, world, journal)?;
        }
        let _ = world.states.formation.progress.get(journal);
        let Some(seats) = world.states.election.assembly().get(journal) else { return Ok(()) };
        let mut turn = Turn { model, world, seats, luck, journal, state, last: None };
        if bargains && turn.state.bloc.is_empty() {
            self.align(&mut turn);
            self.seek_partners(&mut turn)?;
            self.take_up(&mut turn)?;
        }
        let talks = bargains && !turn.state.agreed && self.waits(&turn, stage);
        if talks && !self.agree(&mut turn)? {
            // No entry: a week of talks without an outcome is nothing to tell.
            let (state, by) = (turn.state, turn.last.or(world.states.formation.progress.set_by()));
            world.states.formation.progress.set(state, by);
            return Ok(());
        }
        // What is decided now rests on the pulls of the day; weeks of talks need none.
        let (state, last) = (turn.state, turn.last);
        if bargains {
            attitude::solve(self, model, world, journal)?;
        }
        let Some(seats) = world.states.election.assembly().peek() else { return Ok(()) };
        let mut turn = Turn { model, world, seats, luck, journal, state, last };
        let done = match stage.kind {
            StageKind::Certification | StageKind::Session => {
                turn.tell(|_| format!("{} done", stage.name));
                true
            }
            StageKind::Elect => self.elect(&mut turn, stage)?,
            StageKind::Nominate => self.nominate(&mut turn)?,
            StageKind::Confidence => self.confide(&mut turn, stage)?,
        };
        if done {
            let day = turn.world.day;
            turn.state.days.push(day);
            turn.state.done += 1;
            (turn.state.tries, turn.state.broken) = (0, 0);
            match self.stages.get(turn.state.done) {
                Some(next) => turn.state.due = Some(later(day, turn.belief(next.days))),
                None => (turn.state.due, turn.state.confidence) = (None, Some(day)),
            }
        }
        turn.tell(|turn| match (turn.state.confidence, turn.state.due) {
            (Some(_), _) => "A government is formed".to_owned(),
            (None, Some(due)) => {
                let next = self.stages.get(turn.state.done).map_or("", |s| s.name.as_str());
                format!("Next, on {due}: {next}")
            }
            (None, None) => "Nothing more is due".to_owned(),
        });
        let (state, last) = (turn.state, turn.last);
        world.states.formation.progress.set(state, last);
        Ok(())
    }

    fn matters(&self, model: &Model<'_>) -> Vec<Matter> {
        let head = self.offices.iter().position(|o| o.head).map(|o| &model.case.offices[o]);
        let want = |p: &parts::Preference| Want {
            actor: p.actor,
            alternative: p.candidate,
            value: Value::Stated(p.value),
        };
        let own = self.candidates.iter().enumerate().filter_map(|(alternative, c)| {
            let actor = model.lists[c.list?];
            let said =
                self.preferences.iter().any(|p| p.actor == actor && p.candidate == alternative);
            let value = Value::Stated(self.parameters.own_candidate);
            (!said).then_some(Want { actor, alternative, value })
        });
        let mut quotas: Vec<u32> = (self.stages.iter())
            .filter(|s| matches!(s.kind, StageKind::Elect | StageKind::Confidence))
            .flat_map(|s| [s.threshold, s.quorum])
            .collect();
        quotas.sort_unstable();
        quotas.dedup();
        vec![Matter {
            id: head.map_or("head-of-government", |o| o.id.get_ref()).to_owned(),
            name: head.map_or_else(|| "Head of government".to_owned(), |o| o.name.clone()),
            alternatives: self.candidates.iter().map(|c| c.name.clone()).collect(),
            stands: None,
            wants: self.preferences.iter().map(want).chain(own).collect(),
            bodies: quotas.into_iter().map(Body::House).collect(),
        }]
    }

    fn settled(&self, _model: &Model<'_>, world: &World, places: &mut Vec<Option<usize>>) {
        let progress = world.states.formation.progress.peek();
        places.push(progress.nominee.filter(|_| progress.confidence.is_some()));
    }
}
