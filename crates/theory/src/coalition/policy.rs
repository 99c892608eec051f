//! Coalitions of parties that stand on one line, from left to right.

use super::minimal_winning::visit_minimal_winning;
use crate::Fault;
use crate::power::game::WeightedGame;
use std::ops::ControlFlow;

/// Members with weight, from left to right; level ones in written order.
fn from_left(game: &WeightedGame, positions: &[f64]) -> Result<Vec<usize>, Fault> {
    let (expected, found) = (game.players(), positions.len());
    if expected != found {
        return Err(Fault::length("positions", found, expected));
    }
    if let Some(position) = positions.iter().position(|x| !x.is_finite()) {
        return Err(Fault::number("positions", positions[position], "finite").at(position));
    }
    let mut order: Vec<usize> = (0..expected).filter(|i| game.weights()[*i] > 0).collect();
    order.sort_by(|a, b| positions[*a].total_cmp(&positions[*b]).then(a.cmp(b)));
    Ok(order)
}

/// Minimal winning coalitions of the smallest range: those whose outer members stand closest
/// together.
///
/// The range of a coalition is the distance between its leftmost and its rightmost member. The
/// least range of any winning coalition is found over intervals; then every minimal winning
/// coalition within an interval of that length counts, neighbours or not.
///
/// # Errors
/// Tables of a wrong size, a number that is not finite for a position that is not finite,
/// more than the cap.
///
/// Reference: `leiserson1968`, `deswaan1973`, as told in `lijphart1999`. Checked by the catalog's
/// five-party parliament.
pub fn minimal_range(
    game: &WeightedGame,
    positions: &[f64],
    cap: usize,
) -> Result<Vec<Vec<usize>>, Fault> {
    let order = from_left(game, positions)?;
    let weights = game.weights();
    let weight =
        |from: usize, to: usize| -> u64 { order[from..=to].iter().map(|i| weights[*i]).sum() };
    let range = |from: usize, to: usize| positions[order[to]] - positions[order[from]];
    let winning_to = |from: usize| (from..order.len()).find(|to| weight(from, *to) >= game.quota());
    let intervals: Vec<(usize, usize)> =
        (0..order.len()).filter_map(|from| Some((from, winning_to(from)?))).collect();
    let least = intervals.iter().map(|(a, b)| range(*a, *b)).fold(f64::INFINITY, f64::min);
    let mut found: Vec<Vec<usize>> = Vec::new();
    for (from, _) in &intervals {
        let within = (*from..order.len()).take_while(|to| range(*from, *to) <= least);
        let inside: Vec<usize> = within.map(|k| order[k]).collect();
        let part: Vec<u64> = inside.iter().map(|i| weights[*i]).collect();
        let Ok(part) = WeightedGame::new(part, game.quota()) else {
            continue;
        };
        let mut full = false;
        visit_minimal_winning(&part, &mut |members| {
            let mut members: Vec<usize> = members.iter().map(|k| inside[*k]).collect();
            members.sort_unstable();
            if !found.contains(&members) {
                if found.len() == cap {
                    full = true;
                    return ControlFlow::Break(());
                }
                found.push(members);
            }
            ControlFlow::Continue(())
        });
        if full {
            return Err(Fault::too_large(
                "coalitions",
                format!("at most {cap}; raise the cap or merge small parties"),
            ));
        }
    }
    Ok(found)
}

/// Minimal connected winning coalitions: neighbours on the line that win together and not without
/// either end.
///
/// A member in the middle may be unnecessary; it is what connects the others.
///
/// # Errors
/// As [`minimal_range`], more than the cap aside: there are never more than members.
///
/// Reference: `axelrod1970`, as told in `lijphart1999`. Checked by the catalog's five-party
/// parliament.
pub fn minimal_connected_winning(
    game: &WeightedGame,
    positions: &[f64],
) -> Result<Vec<Vec<usize>>, Fault> {
    let order = from_left(game, positions)?;
    let weights = game.weights();
    let weight = |members: &[usize]| -> u64 { members.iter().map(|i| weights[*i]).sum() };
    let mut found = Vec::new();
    for from in 0..order.len() {
        let Some(to) = (from..order.len()).find(|to| weight(&order[from..=*to]) >= game.quota())
        else {
            break;
        };
        // The right end is needed, being the first that wins; the left end must be too.
        if weight(&order[from + 1..=to]) < game.quota() {
            let mut members = order[from..=to].to_vec();
            members.sort_unstable();
            found.push(members);
        }
    }
    Ok(found)
}

/// The member at the median of all weight: with policy alone at stake, no majority moves away from
/// it.
///
/// Half the weight or more stands at or left of it, and half or more at or right of it; of two such
/// the left one.
///
/// # Errors
/// As [`minimal_connected_winning`]; nobody with a seat cannot occur for a game that can
/// be won.
///
/// Reference: `black1948`.
pub fn median_member(game: &WeightedGame, positions: &[f64]) -> Result<usize, Fault> {
    let order = from_left(game, positions)?;
    let mut sum = 0_u128;
    for member in order {
        sum += u128::from(game.weights()[member]);
        if 2 * sum >= u128::from(game.total()) {
            return Ok(member);
        }
    }
    Err(Fault::nothing("seats", "at least one above zero"))
}
