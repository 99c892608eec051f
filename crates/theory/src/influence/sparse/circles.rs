//! Closed circles: actors who pull on each other and on whom nobody else pulls.

/// Of the actors in `lost`, whose every puller is in `lost` too, the closed circle of fewest actors, as rising
/// places; of several that of the first actor. Empty if there is none in `lost`.
///
/// A closed circle is a strongly connected component that no tie enters. Components are found by two searches
/// in depth (Kosaraju and Sharir: `sharir1981`), so that the work is that of going along each tie a few times.
pub(super) fn fewest(lost: &[bool], ties: &[(usize, usize)]) -> Vec<usize> {
    let (mut along, mut against) = (vec![Vec::new(); lost.len()], vec![Vec::new(); lost.len()]);
    for (from, to) in ties.iter().filter(|(from, to)| lost[*from] && lost[*to]) {
        along[*from].push(*to);
        against[*to].push(*from);
    }
    let all: Vec<usize> = (0..lost.len()).filter(|a| lost[*a]).collect();
    let mut seen: Vec<bool> = lost.iter().map(|lost| !lost).collect();
    let mut finished = Vec::with_capacity(all.len());
    all.iter().for_each(|a| depth_first(*a, &along, &mut seen, &mut finished));
    // Against the ties from whoever finished last, a search stays within its component.
    let mut component = vec![usize::MAX; lost.len()];
    let mut seen: Vec<bool> = lost.iter().map(|lost| !lost).collect();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for first in finished.into_iter().rev() {
        let mut found = Vec::new();
        depth_first(first, &against, &mut seen, &mut found);
        if !found.is_empty() {
            found.iter().for_each(|a| component[*a] = members.len());
            found.sort_unstable();
            members.push(found);
        }
    }
    let mut entered = vec![false; members.len()];
    for (from, to) in all.iter().flat_map(|from| along[*from].iter().map(move |to| (*from, *to))) {
        entered[component[to]] |= component[from] != component[to];
    }
    let closed = members.into_iter().zip(entered).filter(|(_, entered)| !entered);
    closed
        .map(|(circle, _)| circle)
        .min_by_key(|c| (c.len(), c.first().copied()))
        .unwrap_or_default()
}

/// Adds whom a search from `first` reaches that was not seen, each after all that it leads to.
fn depth_first(first: usize, next: &[Vec<usize>], seen: &mut [bool], finished: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[first], true) {
        return;
    }
    let mut path = vec![(first, 0)];
    while let Some((actor, tried)) = path.last_mut() {
        match next[*actor].get(*tried) {
            Some(to) => {
                *tried += 1;
                if !std::mem::replace(&mut seen[*to], true) {
                    path.push((*to, 0));
                }
            }
            None => {
                finished.push(*actor);
                path.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_circle_that_no_tie_enters_is_found() {
        // 0 and 1 pull on each other and on 2 and 3, who pull on each other; 4, 5 and 6 go round.
        let ties = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 2), (4, 5), (5, 6), (6, 4)];
        assert_eq!(fewest(&[true; 7], &ties), [0, 1]);
        let mut lost = [true; 7];
        lost[0] = false;
        lost[1] = false;
        assert_eq!(fewest(&lost, &ties), [2, 3]);
        assert_eq!(fewest(&[false; 7], &ties), Vec::<usize>::new());
    }

    #[test]
    fn a_long_chain_of_circles_is_no_trap() {
        let actors = 100_000;
        let mut ties: Vec<(usize, usize)> = (1..actors).map(|a| (a, a - 1)).collect();
        ties.extend((1..actors).step_by(2).map(|a| (a - 1, a)));
        assert_eq!(fewest(&vec![true; actors], &ties), [actors - 2, actors - 1]);
    }
}
