//! What actors make of a candidate, alone and after everybody has pulled on everybody.
//!
//! An actor's own view p_ic is its stated preference; a list backs its own candidate, and thinks less of another
//! list's the further that list stands from it on the issues. What a list settles on is sum over i of V_ji p_ic
//! with V the total effects of the tie network: so a patron's view counts as far as its pull reaches. *Judged* in
//! its form; V is Friedkin and Johnsen's (`friedkin1990`).

use super::{DROP, Formation, THREAT, Turn};
use crate::journal::{Journal, Tracked};
use crate::model::{ActorId, Model};
use crate::process::StepError;
use crate::sway::Influence;
use crate::world::{Minds, World};

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
    if world.influence.peek().is_some()
        && world.motion.ties.iter().zip(&world.solved_at).all(stands)
    {
        return Ok(());
    }
    let motion = &world.motion;
    let influence =
        Influence::solve(&model.network, &world.drawn, |tie| *motion.ties[tie].get(journal))
            .map_err(|e| StepError {
                process: super::NAME,
                fault: format!("the tie network: {e}"),
            })?;
    for (_, _, _, bandwidth, dependence) in &model.network.ties {
        world.drawn.get(journal, *bandwidth);
        world.drawn.get(journal, *dependence);
    }
    let ties = model.network.ties.len();
    let by = journal.note(world.day, super::NAME, || format!("{ties} ties pull on the actors"));
    world.influence.set(Some(influence), by);
    world.solved_at = world.motion.ties.iter().map(|tie| *tie.peek()).collect();
    let minds = settle(formation, model, world, journal);
    let by = journal.note(world.day, super::NAME, || {
        format!("The lists make up their minds on {} candidates", minds.candidates)
    });
    world.minds.set(Some(minds), by);
    Ok(())
}

/// Every actor's own view of every candidate, then what each list settles on.
fn settle(formation: &Formation, model: &Model<'_>, world: &World, journal: &Journal) -> Minds {
    let candidates = formation.candidates.len();
    let actors = model.case.actors.len();
    let mut views = Vec::with_capacity(actors * candidates);
    for actor in 0..actors {
        for candidate in 0..candidates {
            views.push(view(formation, model, world, journal, actor, candidate));
        }
    }
    let mut settled = vec![0.0; model.lists.len() * candidates];
    if let Some(influence) = world.influence.get(journal) {
        for (list, sums) in settled.chunks_exact_mut(candidates.max(1)).enumerate() {
            for (of, own) in views.chunks_exact(candidates.max(1)).enumerate() {
                let share = influence.effect(model.lists[list], of);
                sums.iter_mut().zip(own).for_each(|(sum, view)| *sum += share * view);
            }
        }
    }
    Minds { candidates, settled }
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
    let stated = (formation.preferences.iter())
        .find(|p| p.actor == actor && p.candidate == candidate)
        .map(|p| p.value);
    if let Some(value) = stated {
        return belief(value);
    }
    let person = &formation.candidates[candidate];
    let backer = person.list.map(|list| model.lists[list]);
    if backer == Some(actor) {
        return belief(formation.parameters.own_candidate);
    }
    let mut view = belief(person.appeal);
    if let Some(backer) = backer {
        view -= *world.motion.burden[backer].get(journal);
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

/// The actor whose open threat makes the bloc drop a nominee, if one does.
///
/// An actor that would block a candidate threatens with its stated probability. The bloc gives way with
/// probability `veto_hold` times the threatener's pull on the bloc and the government, over the largest such pull
/// of any actor without seats. *Judged*.
pub(super) fn threat(
    formation: &Formation,
    turn: &Turn<'_, '_>,
    nominee: usize,
) -> Option<ActorId> {
    let influence = turn.world.influence.get(turn.journal).as_ref()?;
    let shares = Formation::shares(&turn.state.bloc, turn.seats);
    let pull = |of: ActorId| {
        let bloc: f64 = (shares.iter())
            .map(|(list, share)| share * influence.effect(turn.model.lists[*list], of))
            .sum();
        bloc + formation.government.map_or(0.0, |g| influence.effect(g, of))
    };
    let strongest = formation.outside.iter().copied().map(pull).fold(0.0, f64::max);
    let hold = turn.belief(formation.parameters.veto_hold);
    for preference in formation.preferences.iter().filter(|p| p.candidate == nominee) {
        let Some(threat) = preference.threat else {
            continue;
        };
        let actor = &turn.model.case.actors[preference.actor];
        let who = crate::luck::Who::new(actor.id.get_ref()).and(formation.candidates[nominee].who);
        let (day, p) = (turn.world.day, turn.belief(threat));
        if !turn.luck.happens(turn.journal, day, THREAT, who, p) || strongest <= 0.0 {
            continue;
        }
        let give_way = hold * (pull(preference.actor) / strongest).min(1.0);
        if turn.luck.happens(turn.journal, day, DROP, who, give_way) {
            return Some(preference.actor);
        }
    }
    None
}
