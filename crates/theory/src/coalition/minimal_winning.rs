//! Minimal winning coalitions: those in which every member is needed.

use crate::Fault;
use crate::power::game::WeightedGame;
use std::ops::ControlFlow;

/// Visits every minimal winning coalition once.
///
/// S is minimal winning when the weights of S reach the quota and those of S without any one member
/// do not. Members go in by falling weight, so a coalition is found exactly when its lightest
/// member carries it over the quota; branches that cannot reach it are never entered, and the work
/// is proportional to what is found. `visit` gets the members' positions in rising order and may
/// stop the search.
///
/// Reference: `riker1962`, `vonneumann1944`. Checked against all subsets of small games.
pub fn visit_minimal_winning(
    game: &WeightedGame,
    visit: &mut dyn FnMut(&[usize]) -> ControlFlow<()>,
) {
    let weights = game.weights();
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > 0).collect();
    order.sort_by(|a, b| weights[*b].cmp(&weights[*a]).then(a.cmp(b)));
    let mut after = vec![0_u64; order.len() + 1];
    for (k, i) in order.iter().enumerate().rev() {
        after[k] = after[k + 1] + weights[*i];
    }
    let search = Search { weights, order: &order, after: &after, quota: game.quota() };
    // The visitor's wish to stop has been obeyed; there is nothing more to say.
    let _ = search.extend(0, 0, &mut Vec::new(), &mut Vec::new(), visit);
}

/// All minimal winning coalitions, unless there are more than `cap`.
///
/// # Errors
/// More than the cap.
pub fn minimal_winning(game: &WeightedGame, cap: usize) -> Result<Vec<Vec<usize>>, Fault> {
    let mut found = Vec::new();
    let mut full = false;
    visit_minimal_winning(game, &mut |members| {
        if found.len() == cap {
            full = true;
            return ControlFlow::Break(());
        }
        found.push(members.to_vec());
        ControlFlow::Continue(())
    });
    if full {
        Err(Fault::too_large(
            "coalitions",
            format!("at most {cap}; raise the cap or merge small parties"),
        ))
    } else {
        Ok(found)
    }
}

struct Search<'g> {
    weights: &'g [u64],
    order: &'g [usize],
    after: &'g [u64],
    quota: u64,
}

impl Search<'_> {
    fn extend(
        &self,
        place: usize,
        weight: u64,
        members: &mut Vec<usize>,
        sorted: &mut Vec<usize>,
        visit: &mut dyn FnMut(&[usize]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for next in place..self.order.len() {
            if weight + self.after[next] < self.quota {
                break;
            }
            let player = self.order[next];
            let joined = weight + self.weights[player];
            members.push(player);
            let flow = if joined >= self.quota {
                sorted.clear();
                sorted.extend_from_slice(members);
                sorted.sort_unstable();
                visit(sorted)
            } else {
                self.extend(next + 1, joined, members, sorted, visit)
            };
            members.pop();
            flow?;
        }
        ControlFlow::Continue(())
    }
}
