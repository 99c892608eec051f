//! Which coalition forms: logit choice over all winning coalitions of the largest bloc and its likeliest partners.
//!
//! The dozen largest lists outside the bloc may or may not join: up to 4,096 coalitions. The bloc knows that some
//! members stay away or break ranks, so it looks for enough seats to have a majority of votes all the same (for a
//! bare majority of seats where no coalition has more). Of the coalitions with that many seats, C has the utility
//!
//! u(C) = inclusion r(C) + tie_gain t(C) - distance_cost d(C) - surplus_cost (S(C) - needed) / seats
//!
//! (d counts what sanctions cost a partner as distance) with r the share of the communities that hold a twentieth of the seats and are represented by a list with a
//! quarter of their seats, t and d the seat-weighted likeness of pulls on partner and bloc and the distance of
//! partner and bloc on the issues, S the coalition's seats. Office-seeking (`riker1962`), policy (`axelrod1970`)
//! and the logit over potential governments (`martin2001`) are the field's; the weights are the case's (*Judged*).

use super::{Formation, Turn, attitude};
use crate::luck::Name;
use crate::model::{ActorId, ListId};
use crate::process::StepError;

const COALITION: Name = Name::new("formation/coalition");

/// Partners that are considered one by one.
const PARTNERS: usize = 12;

struct Partner {
    list: ListId,
    seats: u32,
    distance: f64,
    likeness: f64,
    communities: u32,
}

/// The coalition that is sought: the bloc with its partners, in the order of lists; empty if none can win.
pub(super) fn choose(formation: &Formation, turn: &Turn<'_, '_>) -> Result<Vec<ListId>, StepError> {
    let bloc = &turn.state.bloc;
    let seats = &turn.seats.lists;
    let mut outside: Vec<ListId> =
        (0..seats.len()).filter(|l| seats[*l] > 0 && !bloc.contains(l)).collect();
    outside.sort_by_key(|l| (std::cmp::Reverse(seats[*l]), *l));
    outside.truncate(PARTNERS);
    outside.sort_unstable();
    let mut by_community = vec![0; formation.communities.len()];
    for (list, held) in seats.iter().enumerate() {
        if let Some(c) = formation.community[list] {
            by_community[c] += held;
        }
    }
    let large = |c: usize| by_community[c] * 20 >= formation.seats && c < 32;
    let speaks_for = |list: ListId| match formation.community[list] {
        Some(c) if large(c) && seats[list] * 4 >= by_community[c] => 1_u32 << c,
        _ => 0,
    };
    let communities = (0..by_community.len()).filter(|c| large(*c)).count().max(1);
    let shares = Formation::shares(bloc, turn.seats);
    let pulls = attitude::pulls(turn.model, turn.world, turn.journal)?;
    let members: Vec<(ActorId, f64)> =
        shares.iter().map(|(list, share)| (turn.model.lists[*list], *share)).collect();
    // What each actor holds over the bloc.
    let on_bloc = pulls.sway(&members);
    let partners: Vec<Partner> = (outside.iter())
        .map(|list| {
            let far = |(member, share): &(ListId, f64)| {
                let (a, b) = (turn.model.lists[*list], turn.model.lists[*member]);
                share * attitude::distance(turn.model, turn.world, turn.journal, a, b)
            };
            Partner {
                list: *list,
                seats: seats[*list],
                distance: shares.iter().map(far).sum::<f64>() + turn.burden(*list),
                likeness: likeness(formation, &pulls.holds(turn.model.lists[*list]), &on_bloc),
                communities: speaks_for(*list),
            }
        })
        .collect();
    let base = turn.held(bloc);
    let own = bloc.iter().fold(0, |mask, l| mask | speaks_for(*l));
    let weights = Weights {
        inclusion: turn.belief(formation.parameters.inclusion) / communities as f64,
        tie_gain: turn.belief(formation.parameters.tie_gain),
        distance_cost: turn.belief(formation.parameters.distance_cost),
        surplus_cost: turn.belief(formation.parameters.surplus_cost)
            / f64::from(formation.seats.max(1)),
    };
    let mut sums =
        vec![Sum { seats: base, communities: own, ..Sum::default() }; 1 << partners.len()];
    for mask in 0..sums.len() {
        if mask > 0 {
            let partner = &partners[mask.trailing_zeros() as usize];
            let mut sum = sums[mask & (mask - 1)];
            sum.seats += partner.seats;
            sum.distance += f64::from(partner.seats) * partner.distance;
            sum.likeness += f64::from(partner.seats) * partner.likeness;
            sum.communities |= partner.communities;
            sums[mask] = sum;
        }
    }
    let loyal =
        turn.belief(formation.parameters.attendance) * turn.belief(formation.parameters.discipline);
    let cushioned = (f64::from(formation.majority) / loyal).ceil() as u32;
    let most = sums.iter().map(|sum| sum.seats).max().unwrap_or(0);
    let needed = if most >= cushioned { cushioned } else { formation.majority };
    let winning: Vec<usize> = (0..sums.len()).filter(|m| sums[*m].seats >= needed).collect();
    if winning.is_empty() {
        return Ok(Vec::new());
    }
    let utility: Vec<f64> =
        winning.iter().map(|mask| weights.utility(&sums[*mask], needed)).collect();
    let precision = turn.belief(formation.parameters.coalition_precision);
    let mask = winning[turn.choose(&utility, precision, COALITION)?];
    let joined = partners.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
    let mut coalition: Vec<ListId> =
        bloc.iter().copied().chain(joined.map(|(_, p)| p.list)).collect();
    coalition.sort_unstable();
    Ok(coalition)
}

#[derive(Clone, Copy, Default)]
struct Sum {
    seats: u32,
    distance: f64,
    likeness: f64,
    communities: u32,
}

struct Weights {
    inclusion: f64,
    tie_gain: f64,
    distance_cost: f64,
    surplus_cost: f64,
}

impl Weights {
    fn utility(&self, sum: &Sum, needed: u32) -> f64 {
        let seats = f64::from(sum.seats);
        self.inclusion * f64::from(sum.communities.count_ones())
            + (self.tie_gain * sum.likeness - self.distance_cost * sum.distance) / seats
            - self.surplus_cost * f64::from(sum.seats - needed)
    }
}

/// How alike the pulls on a list and on the bloc are: the overlap of what actors without seats hold over each, as
/// a share of what they hold over the bloc.
fn likeness(formation: &Formation, on_list: &[f64], on_bloc: &[f64]) -> f64 {
    let (mut overlap, mut all) = (0.0, 0.0);
    for of in &formation.outside {
        overlap += on_bloc[*of].min(on_list[*of]);
        all += on_bloc[*of];
    }
    if all > 0.0 { overlap / all } else { 0.0 }
}
