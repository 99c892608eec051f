//! What actors make of a candidate, alone and after everybody has pulled on everybody.
//!
//! An actor's own view p_ic is its stated preference; a list backs its own candidate, and thinks less of another
//! list's the further that list stands from it on the issues. What a list settles on is sum over i of V_ji p_ic
//! with V the total effects of the tie network: so a patron's view counts as far as its pull reaches. *Judged* in
//! its form; V is Friedkin and Johnsen's (`friedkin1990`).

use super::{DROP, Formation, THREAT, Turn};
use crate::journal::{EntryId, Journal};
use crate::model::{ActorId, ListId, Model};
use crate::process::StepError;
use crate::sway::Influence;
use crate::world::World;

/// Solves the tie network with the run's values; the entry names every tie's beliefs as causes.
pub(super) fn solve(
    model: &Model<'_>,
    world: &World,
    journal: &Journal,
) -> Result<(Influence, Option<EntryId>), StepError> {
    let influence = Influence::solve(&model.network, &world.drawn)
        .map_err(|e| StepError { process: super::NAME, fault: format!("the tie network: {e}") })?;
    for (_, _, _, bandwidth, dependence) in &model.network.ties {
        world.drawn.get(journal, *bandwidth);
        world.drawn.get(journal, *dependence);
    }
    let ties = model.network.ties.len();
    let by = journal.note(world.day, super::NAME, || format!("{ties} ties pull on the actors"));
    Ok((influence, by))
}

/// How far two actors stand apart: the mean distance over the issues both hold positions on, each issue weighted
/// by the product of their saliences; 0.5 where they share none.
pub(super) fn distance(turn: &Turn<'_, '_>, a: ActorId, b: ActorId) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (issue, position, salience) in &turn.model.positions[a] {
        let other = turn.model.positions[b].iter().find(|p| p.0 == *issue);
        let Some((_, other_position, other_salience)) = other else {
            continue;
        };
        let w = turn.belief(*salience) * turn.belief(*other_salience);
        sum += w * (turn.belief(*position) - turn.belief(*other_position)).abs();
        weight += w;
    }
    if weight > 0.0 { sum / weight } else { 0.5 }
}

/// An actor's own view of a candidate, in \[-1, 1\] or a little below.
fn view(formation: &Formation, turn: &Turn<'_, '_>, actor: ActorId, candidate: usize) -> f64 {
    let stated = (formation.preferences.iter())
        .find(|p| p.actor == actor && p.candidate == candidate)
        .map(|p| p.value);
    if let Some(value) = stated {
        return turn.belief(value);
    }
    let person = &formation.candidates[candidate];
    let backer = person.list.map(|list| turn.model.lists[list]);
    if backer == Some(actor) {
        return turn.belief(formation.parameters.own_candidate);
    }
    let mut view = turn.belief(person.appeal);
    if person.incumbent {
        view -= turn.belief(formation.parameters.incumbent_burden);
    }
    let stands = !turn.model.positions[actor].is_empty();
    match backer {
        Some(backer) if stands => view - distance(turn, actor, backer),
        _ => view,
    }
}

/// What a list settles on once everybody has pulled.
pub(super) fn settled(
    formation: &Formation,
    turn: &Turn<'_, '_>,
    list: ListId,
    candidate: usize,
) -> f64 {
    let on = turn.model.lists[list];
    let Some(influence) = turn.world.influence.get(turn.journal) else {
        return 0.0;
    };
    (0..turn.model.case.actors.len())
        .map(|of| (of, influence.effect(on, of)))
        // Most of the network does not reach a given list at all.
        .filter(|(_, share)| *share > 1e-9)
        .map(|(of, share)| share * view(formation, turn, of, candidate))
        .sum()
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
    let outside = (0..turn.model.case.actors.len())
        .filter(|a| !turn.model.lists.contains(a) && Some(*a) != formation.government);
    let strongest = outside.map(pull).fold(0.0, f64::max);
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
