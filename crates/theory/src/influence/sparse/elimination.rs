//! The order in which a sparse network is solved, and where its factors fill in.

use std::collections::BTreeSet;

/// An order of elimination with the places that its factors may fill.
#[derive(Debug, Default)]
pub(super) struct Elimination {
    /// The actor at each place.
    pub order: Vec<usize>,
    /// For each place the earlier places in its row, rising.
    pub lower: Vec<Vec<usize>>,
    /// For each place the later places in its row, rising.
    pub upper: Vec<Vec<usize>>,
    /// How many entries of rows and columns were gone through to find it: what planning costs.
    pub gone_through: usize,
}

/// Takes the actors of whom `open` says so, each time the one with the least product of the others in its row and in
/// its column, of equals the first (`markowitz1957`). A tie from i to j is an entry in row j and column i; ties from
/// actors that are not open stand in no column.
///
/// Rows and columns are held as rising lists of those still to come, so that each step touches its own row and
/// column and those that cross them, and no others.
pub(super) fn eliminate(open: &[bool], ties: &[(usize, usize)]) -> Elimination {
    let actors = open.len();
    let (mut rows, mut columns) = (vec![Vec::new(); actors], vec![Vec::new(); actors]);
    for (from, to) in ties.iter().filter(|(from, to)| from != to && open[*from]) {
        rows[*to].push(*from);
        columns[*from].push(*to);
    }
    for list in rows.iter_mut().chain(&mut columns) {
        list.sort_unstable();
        list.dedup();
    }
    let product = |rows: &[Vec<usize>], columns: &[Vec<usize>], a: usize| {
        (rows[a].len() * columns[a].len(), a)
    };
    let mut queue: BTreeSet<(usize, usize)> =
        (0..actors).filter(|a| open[*a]).map(|a| product(&rows, &columns, a)).collect();
    let mut made = Elimination::default();
    let (mut earlier, mut later) = (vec![Vec::new(); actors], Vec::with_capacity(queue.len()));
    let mut place = vec![usize::MAX; actors];
    while let Some((_, next)) = queue.pop_first() {
        place[next] = made.order.len();
        made.order.push(next);
        let (row, column) = (std::mem::take(&mut rows[next]), std::mem::take(&mut columns[next]));
        let crossed = united(&row, &column, next);
        for a in &crossed {
            queue.remove(&product(&rows, &columns, *a));
        }
        for a in &column {
            earlier[*a].push(place[next]);
            made.gone_through += rows[*a].len() + row.len();
            rows[*a] = united(&without(&rows[*a], next), &row, *a);
        }
        for a in &row {
            made.gone_through += columns[*a].len() + column.len();
            columns[*a] = united(&without(&columns[*a], next), &column, *a);
        }
        queue.extend(crossed.into_iter().map(|a| product(&rows, &columns, a)));
        later.push(row);
    }
    made.lower = made.order.iter().map(|a| std::mem::take(&mut earlier[*a])).collect();
    made.upper = later;
    for row in &mut made.upper {
        row.iter_mut().for_each(|a| *a = place[*a]);
        row.sort_unstable();
    }
    made
}

/// A rising list without one of its actors.
fn without(list: &[usize], actor: usize) -> Vec<usize> {
    list.iter().copied().filter(|a| *a != actor).collect()
}

/// Two rising lists as one, without one actor.
fn united(a: &[usize], b: &[usize], but: usize) -> Vec<usize> {
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let next = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => *x.min(y),
            (Some(x), None) | (None, Some(x)) => *x,
            (None, None) => break,
        };
        i += usize::from(a.get(i) == Some(&next));
        j += usize::from(b.get(j) == Some(&next));
        if next != but {
            all.push(next);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by the whole matrix, each product counted anew at each step.
    fn by_the_matrix(open: &[bool], ties: &[(usize, usize)]) -> (Vec<usize>, Vec<Vec<bool>>) {
        let mut filled = vec![vec![false; open.len()]; open.len()];
        let inner = ties.iter().filter(|(from, to)| from != to && open[*from]);
        inner.for_each(|(from, to)| filled[*to][*from] = true);
        let mut left: Vec<usize> = (0..open.len()).filter(|a| open[*a]).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let product = |a: usize| {
                let row = left.iter().filter(|b| filled[a][**b]).count();
                row * left.iter().filter(|b| filled[**b][a]).count()
            };
            let at = (0..left.len()).min_by_key(|at| product(left[*at])).unwrap();
            let next = left.remove(at);
            for row in left.iter().filter(|a| filled[**a][next]).copied().collect::<Vec<_>>() {
                for column in left.iter().filter(|a| **a != row) {
                    filled[row][*column] |= filled[next][*column];
                }
            }
            order.push(next);
        }
        (order, filled)
    }

    /// `ties` from and to actors picked by a fixed sequence.
    fn network(actors: usize, ties: usize, seed: u64) -> Vec<(usize, usize)> {
        let mut state = seed;
        let mut pick = |n: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % n as u64).unwrap()
        };
        (0..ties).map(|_| (pick(actors), pick(actors))).collect()
    }

    fn pulled(actors: usize, ties: &[(usize, usize)]) -> Vec<bool> {
        let mut open = vec![false; actors];
        ties.iter().for_each(|(_, to)| open[*to] = true);
        open
    }

    #[test]
    fn the_order_and_the_fill_are_those_of_the_whole_matrix() {
        for seed in 0..200 {
            let actors = 1 + usize::try_from(seed % 23).unwrap();
            let ties = network(actors, actors * (1 + usize::try_from(seed).unwrap() % 4), seed);
            let open = pulled(actors, &ties);
            let made = eliminate(&open, &ties);
            let (order, filled) = by_the_matrix(&open, &ties);
            assert_eq!(made.order, order);
            for at in 0..order.len() {
                let in_row = |p: &usize| filled[order[at]][order[*p]];
                assert!((0..at).filter(in_row).eq(made.lower[at].iter().copied()));
                assert!((at + 1..order.len()).filter(in_row).eq(made.upper[at].iter().copied()));
            }
        }
    }

    /// What planning costs, and how many products the factoring that it plans takes.
    fn work(actors: usize, ties: &[(usize, usize)]) -> (f64, f64) {
        let made = eliminate(&pulled(actors, ties), ties);
        let later = |row: &Vec<usize>| row.iter().map(|k| made.upper[*k].len()).sum::<usize>();
        (made.gone_through as f64, made.lower.iter().map(later).sum::<usize>() as f64)
    }

    #[test]
    fn planning_grows_as_the_network_does_where_ties_are_among_neighbours() {
        // As many ties an actor as the largest shipped case has.
        let near = |actors: usize| {
            let far = network(actors, actors * 5 / 3, 7);
            let ties: Vec<_> = far.iter().map(|(a, b)| (*a, (a + b % 40) % actors)).collect();
            work(actors, &ties).0
        };
        let (small, large) = (near(500), near(5_000));
        assert!(large < small * 10f64.powf(1.2), "{small} and {large}");
    }

    #[test]
    fn planning_costs_no_more_than_a_few_factorings_where_ties_go_anywhere() {
        for actors in [94, 500, 1_000] {
            let (planning, factoring) = work(actors, &network(actors, actors * 5, 7));
            assert!(planning < 5.0 * factoring, "{actors}: {planning} and {factoring}");
        }
    }
}
