//! Where the actors of a network stand: stress majorisation over the distances of its graph.
//!
//! Mechanism: the wanted distance d_ij of two actors is the length of the shortest path between
//! them, a tie counting 1, a wholly hostile one 1.6 (*Judged*: foes stand apart, yet near enough
//! for their line to be read); unconnected pairs want the longest path and one more. From a
//! circle, places x are moved by the majorising step
//! x_i <- sum_j w_ij (x_j + d_ij (x_i - x_j) / |x_i - x_j|) / sum_j w_ij with w_ij = d_ij^-2,
//! which never raises the stress sum_ij w_ij (|x_i - x_j| - d_ij)^2. Then places are brought into
//! a unit square and pushed apart until no two are nearer than a label needs. No chance is used.
//!
//! Reference: Gansner, Koren and North, *Graph drawing by stress majorization*, 2005 (gansner2005).
//! Checked by: a path lies straight, a star has its middle in the middle, stress falls.

/// Places in a square of side 1 for `count` actors and their weighted ties.
pub(crate) fn places(count: usize, ties: &[(usize, usize, f64)]) -> Vec<(f64, f64)> {
    let wanted = distances(count, ties);
    let mut places: Vec<(f64, f64)> = (0..count)
        .map(|actor| {
            let angle = std::f64::consts::TAU * actor as f64 / count.max(1) as f64;
            (angle.cos(), angle.sin())
        })
        .collect();
    for _ in 0..300 {
        step(&mut places, &wanted);
    }
    let mut places = squared(&places);
    apart(&mut places);
    places
}

/// The wanted distance of every two.
fn distances(count: usize, ties: &[(usize, usize, f64)]) -> Vec<Vec<f64>> {
    let mut far = vec![vec![f64::INFINITY; count]; count];
    for (one, other, weight) in ties {
        let length = 1.0 + 0.6 * (-weight).clamp(0.0, 1.0);
        let known = far[*one][*other].min(length);
        (far[*one][*other], far[*other][*one]) = (known, known);
    }
    for (actor, row) in far.iter_mut().enumerate() {
        row[actor] = 0.0;
    }
    for through in 0..count {
        for from in 0..count {
            for to in 0..count {
                let way = far[from][through] + far[through][to];
                if way < far[from][to] {
                    far[from][to] = way;
                }
            }
        }
    }
    let longest = far.iter().flatten().copied().filter(|far| far.is_finite()).fold(1.0, f64::max);
    for far in far.iter_mut().flatten().filter(|far| !far.is_finite()) {
        *far = longest + 1.0;
    }
    far
}

/// One majorising step, actor by actor.
fn step(places: &mut [(f64, f64)], wanted: &[Vec<f64>]) {
    for one in 0..places.len() {
        let (mut x, mut y, mut weights) = (0.0, 0.0, 0.0);
        let here = places[one];
        for (other, there) in places.iter().enumerate().filter(|(other, _)| *other != one) {
            let want = wanted[one][other];
            let weight = 1.0 / (want * want);
            let (dx, dy) = (here.0 - there.0, here.1 - there.1);
            let length = dx.hypot(dy).max(1e-9);
            x += weight * (there.0 + want * dx / length);
            y += weight * (there.1 + want * dy / length);
            weights += weight;
        }
        if weights > 0.0 {
            places[one] = (x / weights, y / weights);
        }
    }
}

/// Turned so that the longer axis lies across, and stretched to the square.
fn squared(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let count = places.len().max(1) as f64;
    let middle = places.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    let (mx, my) = (middle.0 / count, middle.1 / count);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in places {
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
        xy += (x - mx) * (y - my);
    }
    let turn = 0.5 * (2.0 * xy).atan2(xx - yy);
    let (sin, cos) = turn.sin_cos();
    let turned: Vec<(f64, f64)> = places
        .iter()
        .map(|(x, y)| {
            let (x, y) = (x - mx, y - my);
            (x * cos + y * sin, y * cos - x * sin)
        })
        .collect();
    let ends = |of: fn(&(f64, f64)) -> f64| {
        let low = turned.iter().map(of).fold(f64::INFINITY, f64::min);
        let high = turned.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    };
    let (across, up) = (ends(|at| at.0), ends(|at| at.1));
    let share = |value: f64, (low, high): (f64, f64)| {
        if high - low > 1e-6 { (value - low) / (high - low) } else { 0.5 }
    };
    turned.iter().map(|(x, y)| (share(*x, across), share(*y, up))).collect()
}

/// Pushes apart what stands nearer than a mark and its words need.
fn apart(places: &mut [(f64, f64)]) {
    const NEAR: (f64, f64) = (0.085, 0.1);
    for _ in 0..200 {
        let mut moved = false;
        for one in 0..places.len() {
            for other in one + 1..places.len() {
                let (dx, dy) = (places[other].0 - places[one].0, places[other].1 - places[one].1);
                let length = (dx / NEAR.0).hypot(dy / NEAR.1);
                if length >= 0.999 {
                    continue;
                }
                moved = true;
                let (ux, uy) = if length > 1e-6 {
                    (dx / length, dy / length)
                } else {
                    // no direction to go in: one that depends on the pair alone
                    let angle = (one * 7 + other * 3) as f64;
                    (NEAR.0 * angle.cos(), NEAR.1 * angle.sin())
                };
                let by = (1.0 - length) / 2.0;
                places[one].0 = (places[one].0 - ux * by).clamp(0.0, 1.0);
                places[one].1 = (places[one].1 - uy * by).clamp(0.0, 1.0);
                places[other].0 = (places[other].0 + ux * by).clamp(0.0, 1.0);
                places[other].1 = (places[other].1 + uy * by).clamp(0.0, 1.0);
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stress(places: &[(f64, f64)], wanted: &[Vec<f64>]) -> f64 {
        let mut sum = 0.0;
        for (one, row) in wanted.iter().enumerate() {
            for (other, want) in row.iter().enumerate().skip(one + 1) {
                let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
                sum += (dx.hypot(dy) - want).powi(2) / (want * want);
            }
        }
        sum
    }

    #[test]
    fn stress_never_rises() {
        let ties: Vec<(usize, usize, f64)> =
            (0..12).map(|k| (k, (k * 5 + 1) % 12, if k % 3 == 0 { -0.5 } else { 0.7 })).collect();
        let ties: Vec<_> = ties.into_iter().filter(|(one, other, _)| one != other).collect();
        let wanted = distances(12, &ties);
        let mut places: Vec<(f64, f64)> =
            (0..12).map(|k| ((f64::from(k)).cos(), (f64::from(k)).sin())).collect();
        let mut before = stress(&places, &wanted);
        for _ in 0..50 {
            step(&mut places, &wanted);
            let after = stress(&places, &wanted);
            assert!(after <= before + 1e-9);
            before = after;
        }
    }

    #[test]
    fn a_path_lies_in_its_order() {
        let places = places(5, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]);
        let across: Vec<f64> = places.iter().map(|at| at.0).collect();
        let rising = across.windows(2).all(|pair| pair[0] < pair[1]);
        let falling = across.windows(2).all(|pair| pair[0] > pair[1]);
        assert!(rising || falling, "{across:?}");
    }

    #[test]
    fn the_middle_of_a_star_stands_in_the_middle() {
        let ties: Vec<(usize, usize, f64)> = (1..9).map(|leaf| (0, leaf, 0.8)).collect();
        let places = places(9, &ties);
        assert!((places[0].0 - 0.5).abs() < 0.15 && (places[0].1 - 0.5).abs() < 0.15);
    }

    #[test]
    fn nobody_stands_on_anybody() {
        for count in [1usize, 2, 7, 25] {
            let ties: Vec<(usize, usize, f64)> = (1..count).map(|k| (0, k, 0.5)).collect();
            let places = places(count, &ties);
            for one in 0..count {
                for other in one + 1..count {
                    let (dx, dy) =
                        (places[one].0 - places[other].0, places[one].1 - places[other].1);
                    assert!((dx / 0.085).hypot(dy / 0.1) > 0.9, "{count}: {one} {other}");
                }
            }
        }
    }
}
