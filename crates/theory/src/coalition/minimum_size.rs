//! Smallest winning coalitions: by weight (Riker's size principle) or by number of members.

use crate::Fault;
use crate::power::game::WeightedGame;

/// What is to be smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smallest {
    /// Total weight: the minimum-size theory.
    Weight,
    /// Members: the bargaining proposition.
    Members,
}

/// The winning coalitions with least total weight, or with fewest members.
///
/// Both are minimal winning. Least weight: no winning coalition weighs less. Fewest members: no
/// winning coalition has fewer, and bargaining among few is easier. The search enters only branches
/// that can still reach the optimum, which is found first.
///
/// # Errors
/// More than the cap beyond `cap` coalitions; too large a table when weights
/// are too large for the table of sums.
///
/// Reference: `riker1962`, `leiserson1968`; both as told in `lijphart1999`. Checked by the
/// catalog's five-party parliament and against all subsets of small games.
pub fn smallest_winning(
    game: &WeightedGame,
    smallest: Smallest,
    cap: usize,
) -> Result<Vec<Vec<usize>>, Fault> {
    let weights = game.weights();
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > 0).collect();
    order.sort_by(|a, b| weights[*b].cmp(&weights[*a]).then(a.cmp(b)));
    let mut found = Vec::new();
    match smallest {
        Smallest::Weight => {
            let exact = ExactSums::of(game, &order)?;
            exact.extend(0, exact.least, &mut Vec::new(), &mut found, cap)?;
        }
        Smallest::Members => {
            let mut sum = 0;
            let reaches = |i: &usize| {
                sum += weights[*i];
                sum >= game.quota()
            };
            let members = order.iter().position(reaches).map_or(0, |p| p + 1);
            let few = Few { game, order: &order };
            few.extend(0, members, 0, &mut Vec::new(), &mut found, cap)?;
        }
    }
    Ok(found)
}

fn keep(members: &[usize], found: &mut Vec<Vec<usize>>, cap: usize) -> Result<(), Fault> {
    if found.len() == cap {
        return Err(Fault::too_large(
            "coalitions",
            format!("at most {cap}; raise the cap or merge small parties"),
        ));
    }
    let mut members = members.to_vec();
    members.sort_unstable();
    found.push(members);
    Ok(())
}

/// Cells of the largest table of reachable sums.
const MOST_CELLS: u64 = 1 << 27;

struct ExactSums<'g> {
    weights: &'g [u64],
    order: &'g [usize],
    least: usize,
    /// `reach[k][w]`: some of the members from the k-th on weigh w together.
    reach: Vec<Vec<bool>>,
}

impl<'g> ExactSums<'g> {
    fn of(game: &'g WeightedGame, order: &'g [usize]) -> Result<Self, Fault> {
        let weights = game.weights();
        // A winning sum to start from: the lightest members until they win, or one that wins alone.
        let mut sum = 0_u64;
        let mut top = game.total();
        for weight in order.iter().rev().map(|i| weights[*i]) {
            sum = sum.saturating_add(weight);
            if sum >= game.quota() {
                top = sum.min(top);
                break;
            }
        }
        let alone = order.iter().map(|i| weights[*i]).filter(|w| *w >= game.quota()).min();
        let top = alone.map_or(top, |w| w.min(top));
        if top.saturating_mul(order.len() as u64 + 1) > MOST_CELLS {
            return Err(Fault::too_large("weights", "smaller; use a coarser unit"));
        }
        let size = top as usize + 1;
        let mut reach = vec![vec![false; size]; order.len() + 1];
        reach[order.len()][0] = true;
        for k in (0..order.len()).rev() {
            let (low, high) = reach.split_at_mut(k + 1);
            low[k].copy_from_slice(&high[0]);
            if let Ok(a) = usize::try_from(weights[order[k]]) {
                for w in a..size {
                    low[k][w] |= high[0][w - a];
                }
            }
        }
        let quota = game.quota() as usize;
        let least = (quota..size).find(|w| reach[0][*w]).unwrap_or(top as usize);
        Ok(Self { weights, order, least, reach })
    }

    fn extend(
        &self,
        place: usize,
        left: usize,
        members: &mut Vec<usize>,
        found: &mut Vec<Vec<usize>>,
        cap: usize,
    ) -> Result<(), Fault> {
        if left == 0 {
            return keep(members, found, cap);
        }
        for next in place..self.order.len() {
            if !self.reach[next][left] {
                break;
            }
            let player = self.order[next];
            let rest = usize::try_from(self.weights[player]).ok().and_then(|w| left.checked_sub(w));
            if let Some(rest) = rest.filter(|r| self.reach[next + 1][*r]) {
                members.push(player);
                self.extend(next + 1, rest, members, found, cap)?;
                members.pop();
            }
        }
        Ok(())
    }
}

struct Few<'g> {
    game: &'g WeightedGame,
    order: &'g [usize],
}

impl Few<'_> {
    fn extend(
        &self,
        place: usize,
        left: usize,
        weight: u64,
        members: &mut Vec<usize>,
        found: &mut Vec<Vec<usize>>,
        cap: usize,
    ) -> Result<(), Fault> {
        if left == 0 {
            return if weight >= self.game.quota() { keep(members, found, cap) } else { Ok(()) };
        }
        let weights = self.game.weights();
        for next in place..self.order.len().saturating_sub(left - 1) {
            let best: u64 = self.order[next..next + left].iter().map(|i| weights[*i]).sum();
            if weight + best < self.game.quota() {
                break;
            }
            members.push(self.order[next]);
            let joined = weight + weights[self.order[next]];
            self.extend(next + 1, left - 1, joined, members, found, cap)?;
            members.pop();
        }
        Ok(())
    }
}
