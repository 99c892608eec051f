//! What actors make of a candidate, alone and after everybody has pulled on everybody.
//!
//! An actor's own view u of a candidate is its stated preference; a list backs its own candidate, and thinks less of
//! another list's the further that list stands from it on the issues. Actors abroad that have said nothing care for
//! nothing; an agency wants what the state behind it wants. What a list settles on is the sum of V s u over that of V s,
//! with V the total effects of the tie network and s how much each cares ([`crate::decide`]): so a patron's view counts
//! as far as its pull reaches and as much as the matter is worth to it.

use super::{Formation, NAME, THREAT, Turn};
use crate::decide::{Voice, Wishes};
use crate::journal::{Journal, Known, Tracked};
use crate::model::{ActorId, ListId, Model};
use crate::process::StepError;
use crate::pulls::Pulls;
use crate::world::World;

/// What actors by themselves make of the candidates, worked out when it is first needed.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// What sanctions cost each candidate's list at the time.
    pub burdens: Vec<f64>,
    /// Candidate by candidate, one number an actor.
    pub own: Vec<f64>,
}

/// What each list settles on for each candidate.
#[derive(Debug, Clone, Default)]
pub struct Minds {
    /// How many candidates there are.
    pub candidates: usize,
    /// List by list, one number a candidate.
    pub settled: Vec<f64>,
}

impl Minds {
    /// What a list settles on for a candidate.
    #[must_use]
    pub fn of(&self, list: ListId, candidate: usize) -> f64 {
        self.settled[list * self.candidates + candidate]
    }
}

/// How far the factor on a tie's bandwidth may move before the network is solved again.
const MOVED: f64 = 0.1;

/// Solves the tie network and what every list settles on, with the run's values, unless that is done. The entries
/// name the beliefs behind them as causes.
pub(super) fn solve(
    formation: &Formation,
    model: &Model<'_>,
    world: &mut World,
    journal: &Journal,
) -> Result<(), StepError> {
    let stands = |(tie, at): (&Tracked<f64>, &f64)| (tie.peek() - at).abs() <= MOVED;
    if world.states.formation.regard.minds.peek().is_some()
        && world.ties.iter().zip(world.states.formation.regard.solved_at.peek()).all(stands)
    {
        return Ok(());
    }
    let ties = &world.ties;
    let factors: Vec<f64> = ties.iter().map(|tie| *tie.get(journal)).collect();
    for (_, _, _, bandwidth, dependence) in &model.network.ties {
        world.drawn.get(journal, *bandwidth);
        world.drawn.get(journal, *dependence);
    }
    let by = journal.note(world.day, NAME, || format!("{} ties pull on the actors", factors.len()));
    journal.known(by, Known::Nobody);
    world.states.formation.regard.solved_at.set(factors, by);
    let views = own_views(formation, model, world, journal);
    let minds = settle(formation, model, world, journal, &views)?;
    world.states.formation.regard.views = views;
    let by = journal.note(world.day, NAME, || {
        format!("The lists make up their minds on {} candidates", minds.candidates)
    });
    journal.known(by, Known::Nobody);
    world.states.formation.regard.minds.set(Some(minds), by);
    Ok(())
}

/// The pulls as they were when lists last made up their minds.
pub(super) fn pulls<'m>(
    model: &'m Model<'_>,
    world: &World,
    journal: &Journal,
) -> Result<Pulls<'m>, StepError> {
    let at = world.states.formation.regard.solved_at.get(journal);
    Pulls::of(&model.network, &world.strengths, |tie| at.get(tie).copied().unwrap_or(1.0))
        .map_err(|e| StepError { process: NAME, fault: format!("the tie network: {e}") })
}

/// The own view of every candidate of every actor that reaches a list. Of what views rest on only the cost of
/// sanctions moves in a run, so views at the same cost are kept; a journal that is open has their causes each time.
fn own_views(
    formation: &Formation,
    model: &Model<'_>,
    world: &mut World,
    journal: &Journal,
) -> Views {
    let burden =
        |list: crate::model::ListId| *world.states.sanctions.burden(model.lists[list]).peek();
    let burdens = formation.candidates.iter().map(|c| c.list.map_or(0.0, burden)).collect();
    if !journal.is_open() && world.states.formation.regard.views.burdens == burdens {
        return std::mem::take(&mut world.states.formation.regard.views);
    }
    let actors = model.case.actors.len();
    let mut own = vec![0.0; formation.candidates.len() * actors];
    for (candidate, views) in own.chunks_exact_mut(actors.max(1)).enumerate() {
        for actor in &formation.heard {
            if let Some(speaker) = formation.voice(*actor) {
                views[*actor] = view(formation, model, world, journal, speaker, candidate);
            }
        }
    }
    Views { burdens, own }
}

/// What each list settles on.
fn settle(
    formation: &Formation,
    model: &Model<'_>,
    world: &World,
    journal: &Journal,
    views: &Views,
) -> Result<Minds, StepError> {
    let candidates = formation.candidates.len();
    let mut settled = vec![0.0; model.lists.len() * candidates];
    let pulls = pulls(model, world, journal)?;
    let actors = model.case.actors.len();
    let belief = |id| world.drawn.get(journal, id);
    let care = (0..actors).map(|actor| match formation.voice(actor) {
        Some(speaker) => formation.care(speaker, belief),
        None => 0.0,
    });
    let of = views
        .own
        .chunks_exact(actors.max(1))
        .map(|own| own.iter().map(|u| u.clamp(-1.0, 1.0)).collect());
    let mut wishes = Wishes { care: care.collect(), of: of.collect() };
    wishes.silence(world);
    for (candidate, minds) in wishes.settle(&pulls).iter().enumerate() {
        for (list, actor) in model.lists.iter().enumerate() {
            settled[list * candidates + candidate] = minds[*actor];
        }
    }
    Ok(Minds { candidates, settled })
}

impl Formation {
    /// Whose views an actor holds: its own, or those of the state behind an agency that has said nothing; nobody's if it
    /// is abroad and has said nothing.
    fn voice(&self, actor: ActorId) -> Option<ActorId> {
        let spoken = |a: ActorId| self.preferences.iter().any(|p| p.actor == a);
        match self.voices[actor] {
            _ if spoken(actor) => Some(actor),
            Voice::Home => Some(actor),
            Voice::State(state) => Some(state).filter(|s| spoken(*s)),
            Voice::Abroad => None,
        }
    }
}

/// How far two actors stand apart: the mean distance over the issues both hold positions on, each issue weighted
/// by the product of their saliences; 0.5 where they share none.
pub(super) fn distance(
    model: &Model<'_>,
    world: &World,
    journal: &Journal,
    a: ActorId,
    b: ActorId,
) -> f64 {
    let belief = |id| world.drawn.get(journal, id);
    let (mut sum, mut weight) = (0.0, 0.0);
    for (issue, position, salience) in &model.positions[a] {
        let other = model.positions[b].iter().find(|p| p.0 == *issue);
        let Some((_, other_position, other_salience)) = other else {
            continue;
        };
        let w = belief(*salience) * belief(*other_salience);
        sum += w * (belief(*position) - belief(*other_position)).abs();
        weight += w;
    }
    if weight > 0.0 { sum / weight } else { 0.5 }
}

/// An actor's own view of a candidate, in \[-1, 1\] or a little below. What sanctions cost the candidate's list
/// counts against the candidate.
fn view(
    formation: &Formation,
    model: &Model<'_>,
    world: &World,
    journal: &Journal,
    actor: ActorId,
    candidate: usize,
) -> f64 {
    let belief = |id| world.drawn.get(journal, id);
    if let Some(value) = formation.stated[candidate * model.case.actors.len() + actor] {
        return belief(value);
    }
    let person = &formation.candidates[candidate];
    let backer = person.list.map(|list| model.lists[list]);
    if backer == Some(actor) {
        return belief(formation.parameters.own_candidate);
    }
    let mut view = belief(person.appeal);
    if let Some(backer) = backer {
        view -= *world.states.sanctions.burden(backer).get(journal);
    }
    if person.incumbent {
        view -= belief(formation.parameters.incumbent_burden);
    }
    let stands = !model.positions[actor].is_empty();
    match backer {
        Some(backer) if stands => view - distance(model, world, journal, actor, backer),
        _ => view,
    }
}

/// Open threats over a nominee: who threatens, and what it costs the bloc to go on with the name.
///
/// An actor that is against a candidate threatens with its stated probability. The blow falls on the government, or on
/// the lists of the bloc by their seats, where it is harder, or it is that a list of the coalition walks out with its
/// share of the seats; it costs exposure times resolve, and resolve is how much the
/// actor cares times how much it is against ([`theory::decision::wish::coercive_cost`]).
pub(super) fn threats(
    formation: &Formation,
    turn: &Turn<'_, '_>,
    nominee: usize,
) -> Vec<(ActorId, f64)> {
    let shares = Formation::shares(&turn.state.bloc, turn.seats);
    let exposure = |of: ActorId| {
        let on = |to: ActorId| turn.world.exposure(turn.model, turn.journal, of, to);
        let bloc: f64 =
            shares.iter().map(|(list, share)| share * on(turn.model.lists[*list])).sum();
        // A list of the coalition in sight takes its seats with it.
        let coalition = &turn.state.coalition;
        let list = coalition.iter().find(|list| turn.model.lists[**list] == of);
        let seats = list.map_or(0.0, |list| {
            f64::from(turn.seats.lists[*list]) / f64::from(turn.held(coalition).max(1))
        });
        formation.government.map_or(0.0, on).max(bloc).max(seats).clamp(0.0, 1.0)
    };
    let mut open = Vec::new();
    for preference in formation.preferences.iter().filter(|p| p.candidate == nominee) {
        let Some(threat) = preference.threat else { continue };
        let against = -turn.belief(preference.value);
        if against <= 0.0 || turn.world.mutes(preference.actor) {
            continue;
        }
        let actor = &turn.model.case.actors[preference.actor];
        let who = crate::luck::Who::new(actor.id.get_ref()).and(formation.candidates[nominee].who);
        let p = turn.belief(threat);
        let speaks = turn.happens(THREAT, who, p);
        let speaks = turn.journal.agrees(turn.world.day, preference.actor, (speaks, p), || {
            let person = &turn.model.case.candidates[nominee];
            let what = format!("Threaten openly over the nomination of {}?", person.name);
            (format!("threat.{}", person.id.get_ref()), what)
        });
        if !speaks {
            continue;
        }
        let resolve = formation.care(preference.actor, |id| turn.belief(id)) * against.min(1.0);
        open.push((preference.actor, exposure(preference.actor) * resolve));
    }
    open
}
