//! Forming a government: the constitutional steps with their clocks, and the bargaining that makes them slip.
//!
//! The result is ratified and the assembly meets. The members of each umbrella go with it at their cohesion; the
//! largest bloc then picks partners by quantal choice ([`partners`]). Offices elected with a quorum wait until
//! those who stay away no longer break it. The bloc names a nominee by quantal choice over what the coalition
//! in sight settles on once patrons have pulled ([`attitude`]): an outside actor may threaten, and the bloc may drop the
//! name. Before confidence partners who dislike the nominee may leave; if the votes are short the nominee fails
//! and a new one is sought, the outsider more welcome each time. Posts are shared by turns in proportion to seats
//! (`gamson1961`, `oleary2005`); some stay empty.
//!
//! The steps and thresholds are law; how choices depend on preferences is *Judged*, in the form of logit choice
//! (`mcfadden1974`; on governments `martin2001`).
//!
//! Reads the assembly, the tie network, candidates, preferences, positions; changes the formation.

use case::Diagnostic;
use case::institution::StageKind;
use jiff::ToSpan;
use jiff::civil::Date;
use theory::coalition::portfolio::share_posts;

use crate::journal::{Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::model::{ActorId, BeliefId, ListId, Model, Parameters};
use crate::process::{Process, StepError};
use crate::world::{Formation as State, Seats, World};

pub mod attitude;
pub mod partners;

/// The name of the process.
pub const NAME: &str = "formation";

const COHESION: Name = Name::new("formation/goes with the bloc");
const OBSTRUCT: Name = Name::new("formation/stays away from the sitting");
const RETRY: Name = Name::new("formation/days until the next try");
const NOMINEE: Name = Name::new("formation/nominee");
const THREAT: Name = Name::new("formation/open threat");
const DROP: Name = Name::new("formation/drops a threatened nominee");
const LEAVE: Name = Name::new("formation/leaves over the nominee");
const VACANT: Name = Name::new("formation/post left empty");

/// Forming a government as a process.
#[derive(Debug)]
pub struct Formation {
    pub(crate) parameters: Beliefs,
    stages: Vec<Stage>,
    members: Vec<Member>,
    offices: Vec<Office>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) preferences: Vec<Preference>,
    pub(crate) majority: u32,
    pub(crate) seats: u32,
    pub(crate) government: Option<ActorId>,
    /// The community of each list, as a place among the communities of the case.
    pub(crate) community: Vec<Option<usize>>,
    pub(crate) communities: Vec<String>,
}

/// The beliefs that are this process's parameters.
#[derive(Debug)]
pub(crate) struct Beliefs {
    pub nominee_precision: BeliefId,
    pub coalition_precision: BeliefId,
    pub own_candidate: BeliefId,
    pub incumbent_burden: BeliefId,
    pub fatigue: BeliefId,
    pub veto_hold: BeliefId,
    pub surplus_cost: BeliefId,
    pub distance_cost: BeliefId,
    pub tie_gain: BeliefId,
    pub inclusion: BeliefId,
    pub discipline: BeliefId,
    pub attendance: BeliefId,
    pub obstruction: BeliefId,
    pub defection: BeliefId,
    pub retry_days: BeliefId,
}

#[derive(Debug)]
struct Stage {
    name: String,
    kind: StageKind,
    days: BeliefId,
    threshold: u32,
    quorum: u32,
    runoff: bool,
}

#[derive(Debug)]
struct Member {
    list: ListId,
    umbrella: ActorId,
    cohesion: BeliefId,
}

#[derive(Debug)]
struct Office {
    who: Who,
    points: BeliefId,
    vacancy: Option<BeliefId>,
    custom: Option<usize>,
    ministry: bool,
    head: bool,
}

/// Somebody who may be named.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub who: Who,
    pub name: String,
    pub list: Option<ListId>,
    pub incumbent: bool,
    pub appeal: BeliefId,
}

/// What an actor thinks of a candidate.
#[derive(Debug)]
pub(crate) struct Preference {
    pub actor: ActorId,
    pub candidate: usize,
    pub value: BeliefId,
    pub threat: Option<BeliefId>,
}

impl Formation {
    /// The forming of a government in a model's case.
    ///
    /// # Errors
    /// What the case lacks for it.
    pub fn new(model: &Model<'_>) -> Result<Self, Vec<Diagnostic>> {
        let case = model.case;
        let mut p = Parameters::of(case, NAME);
        let parameters = Beliefs {
            nominee_precision: p.get("nominee_precision"),
            coalition_precision: p.get("coalition_precision"),
            own_candidate: p.get("own_candidate"),
            incumbent_burden: p.get("incumbent_burden"),
            fatigue: p.get("fatigue"),
            veto_hold: p.get("veto_hold"),
            surplus_cost: p.get("surplus_cost"),
            distance_cost: p.get("distance_cost"),
            tie_gain: p.get("tie_gain"),
            inclusion: p.get("inclusion"),
            discipline: p.get("discipline"),
            attendance: p.get("attendance"),
            obstruction: p.get("obstruction"),
            defection: p.get("defection"),
            retry_days: p.get("retry_days"),
        };
        p.finish(case)?;
        let lacking = |what: &str, hint: &str| {
            let spot = case
                .head
                .processes
                .last()
                .map_or(0..0, crate::model::toml_span);
            let message = format!("no government can be formed: {what}");
            vec![Diagnostic::error("process", spot, message).hint(hint)]
        };
        let Some(assembly) = &case.assembly else {
            return Err(lacking("the case has no [assembly]", "add [assembly]"));
        };
        let kinds: Vec<StageKind> = case.stages.iter().map(|s| s.kind).collect();
        if kinds.last() != Some(&StageKind::Confidence)
            || !kinds.contains(&StageKind::Nominate)
            || case.candidates.is_empty()
        {
            let hint =
                "add [[stage]] of kind \"nominate\" and, last, \"confidence\", and [[candidate]]";
            return Err(lacking("it needs stages and candidates", hint));
        }
        if model.sitting_unknown() {
            let hint = "add \"election\" to processes, or rows to result.csv";
            return Err(lacking("nobody knows who sits in the assembly", hint));
        }
        let (seats, majority) = (*assembly.seats.get_ref(), *assembly.majority.get_ref());
        let actor = |id: &toml::Spanned<String>| case.actor_index(id.get_ref());
        let mut communities: Vec<String> = case
            .actors
            .iter()
            .filter_map(|a| a.community.clone())
            .collect();
        communities.sort();
        communities.dedup();
        let community_of =
            |name: &Option<String>| communities.iter().position(|c| Some(c) == name.as_ref());
        let head = case
            .stages
            .iter()
            .find(|s| s.kind == StageKind::Confidence)
            .and_then(|s| s.office.as_ref())
            .map(|o| o.get_ref().as_str());
        Ok(Self {
            parameters,
            stages: (case.stages.iter())
                .map(|s| Stage {
                    name: s.name.clone(),
                    kind: s.kind,
                    days: s.days.id,
                    threshold: s.threshold.unwrap_or(majority),
                    quorum: s.quorum.unwrap_or(majority),
                    runoff: s.runoff,
                })
                .collect(),
            members: (case.memberships.iter())
                .filter_map(|m| {
                    let list = model.list(m.actor.get_ref())?;
                    Some(Member {
                        list,
                        umbrella: actor(&m.bloc)?,
                        cohesion: m.cohesion.id,
                    })
                })
                .collect(),
            offices: (case.offices.iter())
                .map(|o| Office {
                    who: Who::new(o.id.get_ref()),
                    points: o.points.id,
                    vacancy: o.vacancy.as_ref().map(|v| v.id),
                    custom: community_of(&o.custom),
                    ministry: o.ministry,
                    head: Some(o.id.get_ref().as_str()) == head,
                })
                .collect(),
            candidates: (case.candidates.iter())
                .map(|c| Candidate {
                    who: Who::new(c.id.get_ref()),
                    name: c.name.clone(),
                    list: c.list.as_ref().and_then(|l| model.list(l.get_ref())),
                    incumbent: c.incumbent,
                    appeal: c.appeal.id,
                })
                .collect(),
            preferences: (case.preferences.iter())
                .filter_map(|p| {
                    let candidate = case
                        .candidates
                        .iter()
                        .position(|c| c.id.get_ref() == p.candidate.get_ref())?;
                    let threat = p.threat.as_ref().map(|t| t.id);
                    Some(Preference {
                        actor: actor(&p.actor)?,
                        candidate,
                        value: p.value.id,
                        threat,
                    })
                })
                .collect(),
            majority,
            seats,
            government: actor(&case.head.state),
            community: (model.lists.iter())
                .map(|a| community_of(&case.actors[*a].community))
                .collect(),
            communities,
        })
    }

    /// The share of the bloc's or coalition's seats that each of its lists holds.
    fn shares(lists: &[ListId], seats: &Seats) -> Vec<(ListId, f64)> {
        let all: u32 = lists.iter().map(|l| seats.lists[*l]).sum();
        lists
            .iter()
            .map(|l| (*l, f64::from(seats.lists[*l]) / f64::from(all.max(1))))
            .collect()
    }

    /// Who goes with whom: the largest bloc on the day.
    fn align(&self, turn: &mut Turn<'_, '_>) {
        let mut blocs: Vec<(Option<ActorId>, Vec<ListId>)> = Vec::new();
        let mut joined = vec![false; turn.seats.lists.len()];
        for member in &self.members {
            let umbrella = &turn.model.case.actors[member.umbrella];
            let who = turn.model.list_who[member.list].and(Who::new(umbrella.id.get_ref()));
            let cohesion = turn.world.drawn.get(turn.journal, member.cohesion);
            let goes = turn
                .luck
                .happens(turn.journal, turn.world.day, COHESION, who, cohesion);
            if !goes || joined[member.list] || turn.seats.lists[member.list] == 0 {
                continue;
            }
            joined[member.list] = true;
            match blocs.iter_mut().find(|b| b.0 == Some(member.umbrella)) {
                Some(bloc) => bloc.1.push(member.list),
                None => blocs.push((Some(member.umbrella), vec![member.list])),
            }
        }
        let alone = (0..joined.len())
            .filter(|l| !joined[*l])
            .map(|l| (None, vec![l]));
        blocs.extend(alone);
        let size = |lists: &[ListId]| lists.iter().map(|l| turn.seats.lists[*l]).sum::<u32>();
        // Of blocs of one size the one written first in the case leads.
        let largest = blocs
            .into_iter()
            .reduce(|a, b| if size(&b.1) > size(&a.1) { b } else { a });
        let (umbrella, mut lists) = largest.unwrap_or_default();
        lists.sort_unstable();
        let held = size(&lists);
        (turn.state.umbrella, turn.state.bloc) = (umbrella, lists);
        turn.tell(|turn| {
            let name = match umbrella {
                Some(actor) => turn.model.case.actors[actor].label(),
                None => turn
                    .state
                    .bloc
                    .first()
                    .map_or("nobody", |l| turn.model.label(*l)),
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

    /// An office is elected, if those who stay away do not break the quorum and the votes suffice.
    fn elect(&self, turn: &mut Turn<'_, '_>, stage: &Stage) -> Result<bool, StepError> {
        let attendance = turn.belief(self.parameters.attendance);
        let discipline = turn.belief(self.parameters.discipline);
        // Staying away costs: the longer an office stays empty, the fewer hold out.
        let patience = 0.7_f64.powi(turn.state.tries.try_into().unwrap_or(i32::MAX));
        let obstruction = turn.belief(self.parameters.obstruction) * patience;
        let mut away = 0;
        for (list, held) in turn.seats.lists.iter().enumerate() {
            if *held == 0 || turn.state.coalition.contains(&list) {
                continue;
            }
            let who = turn.model.list_who[list];
            if turn
                .luck
                .happens(turn.journal, turn.world.day, OBSTRUCT, who, obstruction)
            {
                away += held;
            }
        }
        let present = (f64::from(self.seats - away.min(self.seats)) * attendance) as u32;
        let votes = turn.votes(&turn.state.coalition, attendance * discipline);
        let quorate = present >= stage.quorum;
        let done = quorate
            && (votes >= stage.threshold || stage.runoff && !turn.state.coalition.is_empty());
        turn.tell(|_| {
            let name = &stage.name;
            match (quorate, votes >= stage.threshold, done) {
                (false, ..) => format!(
                    "{name}: {present} present, {} needed: no quorum",
                    stage.quorum
                ),
                (_, true, _) => format!("{name}: elected with {votes} votes of {present} present"),
                (_, _, true) => {
                    format!("{name}: elected in the second round, {votes} votes behind it")
                }
                _ => format!(
                    "{name}: {votes} votes, {} needed: not elected",
                    stage.threshold
                ),
            }
        });
        if !done {
            self.put_off(turn);
            if turn.state.tries.is_multiple_of(3) {
                self.seek_partners(turn)?;
            }
        }
        Ok(done)
    }

    /// The try failed: another is made some days later.
    fn put_off(&self, turn: &mut Turn<'_, '_>) {
        turn.state.failures += 1;
        turn.state.tries += 1;
        let days = turn.belief(self.parameters.retry_days);
        let spread = 0.5
            + turn
                .luck
                .uniform(turn.journal, turn.world.day, RETRY, Who::ALL);
        turn.state.due = Some(later(turn.world.day, days * spread));
    }

    /// The bloc names somebody; a threat may make it think again.
    fn nominate(&self, turn: &mut Turn<'_, '_>) -> Result<bool, StepError> {
        if turn.state.closed.len() >= self.candidates.len() {
            // Every name has failed: the first ones are brought up again.
            turn.state.closed.clear();
        }
        let open: Vec<usize> = (0..self.candidates.len())
            .filter(|c| !turn.state.closed.contains(c))
            .collect();
        let fatigue = turn.belief(self.parameters.fatigue) * f64::from(turn.state.failures);
        let backers = match turn.state.coalition.is_empty() {
            true => &turn.state.bloc,
            false => &turn.state.coalition,
        };
        let shares = Self::shares(backers, turn.seats);
        let mut utility = Vec::with_capacity(open.len());
        for candidate in &open {
            let liked: f64 = (shares.iter())
                .map(|(list, share)| share * attitude::settled(self, turn, *list, *candidate))
                .sum();
            let outsider = self.candidates[*candidate].list.is_none();
            utility.push(liked + if outsider { fatigue } else { 0.0 });
        }
        let precision = turn.belief(self.parameters.nominee_precision);
        let chosen = turn.choose(&utility, precision, NOMINEE)?;
        let nominee = open[chosen];
        turn.state.nominee = Some(nominee);
        turn.tell(|turn| {
            format!(
                "{} names {}",
                turn.bloc_name(),
                self.candidates[nominee].name
            )
        });
        let Some(threatener) = attitude::threat(self, turn, nominee) else {
            return Ok(true);
        };
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

    /// The cabinet asks for confidence. Partners who dislike the nominee may leave first.
    fn confide(&self, turn: &mut Turn<'_, '_>, stage: &Stage) -> Result<bool, StepError> {
        let Some(nominee) = turn.state.nominee else {
            return Ok(false);
        };
        let precision = turn.belief(self.parameters.nominee_precision);
        let base = turn
            .belief(self.parameters.defection)
            .clamp(1e-9, 1.0 - 1e-9);
        let mut leaving = Vec::new();
        for list in turn
            .state
            .coalition
            .iter()
            .filter(|l| !turn.state.bloc.contains(l))
        {
            let liked = attitude::settled(self, turn, *list, nominee);
            let odds = base / (1.0 - base) * (-precision * liked).exp();
            let who = turn.model.list_who[*list].and(self.candidates[nominee].who);
            if turn.luck.happens(
                turn.journal,
                turn.world.day,
                LEAVE,
                who,
                odds / (1.0 + odds),
            ) {
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
                false => format!(
                    "{name} fails: {votes} votes, {} needed{left}",
                    stage.threshold
                ),
            }
        });
        if passed {
            self.share_posts(turn, nominee)?;
            return Ok(true);
        }
        turn.close(nominee);
        let back = self
            .stages
            .iter()
            .position(|s| s.kind == StageKind::Nominate)
            .unwrap_or(0);
        turn.state.done = turn.state.done.min(back);
        turn.state.days.truncate(back);
        self.put_off(turn);
        self.seek_partners(turn)?;
        Ok(false)
    }

    /// Posts by turns in proportion to seats; the nominee's own office and offices elected before go by custom.
    fn share_posts(&self, turn: &mut Turn<'_, '_>, nominee: usize) -> Result<(), StepError> {
        let lists = turn.state.coalition.clone();
        let held: Vec<u64> = lists
            .iter()
            .map(|l| u64::from(turn.seats.lists[*l]))
            .collect();
        let largest = |filter: &dyn Fn(ListId) -> bool| {
            let mut own: Vec<ListId> = lists.iter().copied().filter(|l| filter(*l)).collect();
            own.sort_by_key(|l| (std::cmp::Reverse(turn.seats.lists[*l]), *l));
            own.first().copied()
        };
        let mut posts = Vec::new();
        for (o, office) in self.offices.iter().enumerate().filter(|(_, o)| !o.ministry) {
            let holder = match office.head {
                true => self.candidates[nominee]
                    .list
                    .or_else(|| largest(&|l| turn.state.bloc.contains(&l))),
                // By custom if the coalition has a list of that community, else to its largest.
                false => {
                    largest(&|l| office.custom.is_none() || self.community[l] == office.custom)
                        .or_else(|| largest(&|_| true))
                }
            };
            posts.extend(holder.map(|list| (o, list)));
        }
        let ministries: Vec<usize> = (0..self.offices.len())
            .filter(|o| self.offices[*o].ministry)
            .collect();
        // Tenths of a point, as whole numbers.
        let points: Vec<u64> = (ministries.iter())
            .map(|o| (turn.belief(self.offices[*o].points) * 10.0).round() as u64)
            .collect();
        let wants: Vec<Vec<f64>> = (lists.iter())
            .map(|list| {
                let want = |(o, worth): (&usize, &u64)| {
                    let custom = self.offices[*o].custom;
                    let fits = custom.is_none() || custom == self.community[*list];
                    *worth as f64 * if fits { 1.0 } else { 0.2 }
                };
                ministries.iter().zip(&points).map(want).collect()
            })
            .collect();
        let picks = share_posts(&held, &points, &wants).map_err(|e| turn.fault(&e))?;
        posts.extend(
            picks
                .iter()
                .map(|pick| (ministries[pick.post], lists[pick.member])),
        );
        posts.sort_unstable();
        for (o, office) in self.offices.iter().enumerate() {
            let Some(vacancy) = office.vacancy else {
                continue;
            };
            let p = turn.belief(vacancy);
            if turn
                .luck
                .happens(turn.journal, turn.world.day, VACANT, office.who, p)
            {
                turn.state.empty.push(o);
            }
        }
        turn.state.posts = posts;
        turn.tell(|turn| {
            let offices = &turn.model.case.offices;
            let shared: Vec<String> = (turn.state.posts.iter())
                .filter(|(o, _)| !turn.state.empty.contains(o))
                .map(|(o, list)| format!("{} to {}", offices[*o].name, turn.model.label(*list)))
                .collect();
            let empty: Vec<&str> = turn
                .state
                .empty
                .iter()
                .map(|o| offices[*o].name.as_str())
                .collect();
            let empty = match empty.is_empty() {
                true => String::new(),
                false => format!("; still empty: {}", empty.join(", ")),
            };
            format!("Posts are shared: {}{empty}", shared.join(", "))
        });
        Ok(())
    }
}

/// One step in hand: what it reads, and the state it is about to set.
pub(crate) struct Turn<'t, 'c> {
    pub model: &'t Model<'c>,
    pub world: &'t World,
    pub seats: &'t Seats,
    pub luck: Luck,
    pub journal: &'t Journal,
    pub state: State,
    /// The entry last written in this step, a cause of the next one.
    last: Tracked<()>,
}

impl Turn<'_, '_> {
    pub fn belief(&self, id: BeliefId) -> f64 {
        self.world.drawn.get(self.journal, id)
    }

    pub fn fault(&self, error: &dyn std::fmt::Display) -> StepError {
        StepError {
            process: NAME,
            fault: error.to_string(),
        }
    }

    /// Writes an entry; the one before it in this step is among its causes.
    fn tell(&mut self, what: impl FnOnce(&Self) -> String) {
        let () = *self.last.get(self.journal);
        let by = self.journal.note(self.world.day, NAME, || what(self));
        self.last.set((), by);
    }

    /// The nominee failed.
    fn close(&mut self, nominee: usize) {
        self.state.nominee = None;
        self.state.failed.push(nominee);
        self.state.closed.push(nominee);
    }

    fn held(&self, lists: &[ListId]) -> u32 {
        lists.iter().map(|l| self.seats.lists[*l]).sum()
    }

    /// The votes that lists bring when a share of their members is there and loyal.
    fn votes(&self, lists: &[ListId], share: f64) -> u32 {
        (f64::from(self.held(lists)) * share) as u32
    }

    fn names(&self, lists: &[ListId]) -> String {
        let mut lists = lists.to_vec();
        lists.sort_by_key(|l| (std::cmp::Reverse(self.seats.lists[*l]), *l));
        let names: Vec<&str> = lists.iter().map(|l| self.model.label(*l)).collect();
        names.join(", ")
    }

    fn bloc_name(&self) -> &str {
        match (self.state.umbrella, self.state.bloc.first()) {
            (Some(actor), _) => self.model.case.actors[actor].label(),
            (None, Some(list)) => self.model.label(*list),
            (None, None) => "nobody",
        }
    }

    /// Logit choice by one named number.
    pub fn choose(&self, utility: &[f64], precision: f64, name: Name) -> Result<usize, StepError> {
        use theory::coalition::quantal_choice::{choose, probabilities};
        let p = probabilities(utility, precision).map_err(|e| self.fault(&e))?;
        let u = self
            .luck
            .uniform(self.journal, self.world.day, name, Who::ALL);
        choose(&p, u).map_err(|e| self.fault(&e))
    }
}

/// A day some days later, at least one.
fn later(day: Date, days: f64) -> Date {
    day.saturating_add((days.round().clamp(1.0, 100_000.0) as i64).days())
}

impl Process for Formation {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        world.formation.peek().due
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let mut state = world.formation.peek().clone();
        if state.confidence.is_some() || state.due.is_some_and(|due| world.day < due) {
            return Ok(());
        }
        let Some(seats) = world.assembly.get(journal).clone() else {
            return Ok(());
        };
        let Some(stage) = self.stages.get(state.done) else {
            return Ok(());
        };
        if state.due.is_none() {
            let elected = seats.elected.unwrap_or(world.day);
            let days = world.drawn.get(journal, stage.days);
            state.due = Some(later(elected, days).max(world.day));
            let by = journal.note(world.day, NAME, || format!("{} begins", stage.name));
            world.formation.set(state, by);
            return Ok(());
        }
        let bargains = !matches!(stage.kind, StageKind::Certification | StageKind::Session);
        if bargains && world.influence.peek().is_none() {
            let solved = attitude::solve(model, world, journal)?;
            world.influence.set(Some(solved.0), solved.1);
        }
        let _ = world.formation.get(journal);
        let last = Tracked::default();
        let mut turn = Turn {
            model,
            world,
            seats: &seats,
            luck,
            journal,
            state,
            last,
        };
        if bargains && turn.state.bloc.is_empty() {
            self.align(&mut turn);
            self.seek_partners(&mut turn)?;
        }
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
            turn.state.tries = 0;
            match self.stages.get(turn.state.done) {
                Some(next) => turn.state.due = Some(later(day, turn.belief(next.days))),
                None => (turn.state.due, turn.state.confidence) = (None, Some(day)),
            }
        }
        turn.tell(|turn| match (turn.state.confidence, turn.state.due) {
            (Some(_), _) => "A government is formed".to_owned(),
            (None, Some(due)) => {
                let next = self
                    .stages
                    .get(turn.state.done)
                    .map_or("", |s| s.name.as_str());
                format!("Next, on {due}: {next}")
            }
            (None, None) => "Nothing more is due".to_owned(),
        });
        let (state, last) = (turn.state, turn.last);
        world.formation.set(state, last.set_by());
        Ok(())
    }
}
