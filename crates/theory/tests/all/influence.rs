//! What Friedkin and Johnsen's model promises.

use proptest::prelude::*;
use theory::What;
use theory::influence::friedkin_johnsen::total_effects;
use theory::influence::integrated_control::integrated_control;
use theory::influence::linked_issues::settle_linked;
use theory::influence::matrix::Matrix;
use theory::influence::sparse::Plan;

/// Rows with sums below one, in two parts.
fn influence(most: usize) -> impl Strategy<Value = (Matrix, Matrix, Matrix)> {
    (1..=most)
        .prop_flat_map(|n| {
            let cells = prop::collection::vec(prop_oneof![Just(0.0), 0.0_f64..1.0], n * n);
            let anchors = prop::collection::vec(0.01_f64..2.0, n);
            (Just(n), cells, anchors, prop::collection::vec(0.0_f64..1.0, n * n))
        })
        .prop_filter_map("a matrix", |(n, mut cells, anchors, cut)| {
            for (row, anchor) in cells.chunks_exact_mut(n).zip(anchors) {
                let all = anchor + row.iter().sum::<f64>();
                row.iter_mut().for_each(|x| *x /= all);
            }
            let part: Vec<f64> = cells.iter().zip(cut).map(|(x, c)| x * c).collect();
            let rest = cells.iter().zip(&part).map(|(x, p)| x - p).collect();
            let matrix = |cells| Matrix::new(n, cells).ok();
            Some((matrix(cells)?, matrix(part)?, matrix(rest)?))
        })
}

proptest! {
    #[test]
    fn rows_sum_to_one_and_breakdowns_add_up((h, part, rest) in influence(20)) {
        let v = total_effects(&h).unwrap();
        let n = h.size();
        for j in 0..n {
            let row: f64 = (0..n).map(|i| v.effect(j, i)).sum();
            prop_assert!((row - 1.0).abs() < 1e-9);
            for i in 0..n {
                prop_assert!(v.effect(j, i) >= -1e-12);
                let hops = v.first_hops(j, i).unwrap();
                let own = if i == j { v.anchor()[i] } else { 0.0 };
                prop_assert!((hops.iter().sum::<f64>() + own - v.effect(j, i)).abs() < 1e-9);
                let (a, b) = (v.first_hops_by(j, i, &part), v.first_hops_by(j, i, &rest));
                for ((a, b), whole) in a.unwrap().iter().zip(b.unwrap()).zip(hops) {
                    prop_assert!((a + b - whole).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn an_elimination_planned_once_gives_the_dense_answer(
        (h, _, _) in influence(14), start in prop::collection::vec(-1.0_f64..1.0, 14)
    ) {
        let n = h.size();
        // Each weight comes in two ties, and the plan knows of ties that have none.
        let cells: Vec<(usize, usize)> = (0..n * n).map(|c| (c % n, c / n)).collect();
        let ties: Vec<(usize, usize)> = cells.iter().chain(&cells).copied().collect();
        let v = total_effects(&h).unwrap();
        let scale = |j: usize| 0.5 + j as f64;
        let pulls: Vec<f64> =
            ties.iter().map(|(from, to)| scale(*to) * h.row(*to)[*from] / 2.0).collect();
        let own: Vec<f64> = v.anchor().iter().enumerate().map(|(j, d)| scale(j) * d).collect();
        let plan = Plan::new(n, &ties).unwrap();
        let factors = plan.factor(&pulls, &own).unwrap();
        for (one, other) in factors.anchor().iter().zip(v.anchor()) {
            prop_assert!((one - other).abs() < 1e-12);
        }
        let b = &start[..n];
        let held: Vec<f64> = b.iter().zip(v.anchor()).map(|(x, d)| x * d).collect();
        let settled = v.settle(b).unwrap();
        for (one, other) in factors.column(&held).iter().zip(&settled) {
            prop_assert!((one - other).abs() < 1e-10);
        }
        let reach = factors.row(b);
        for (i, path) in reach.iter().enumerate() {
            let dense: f64 = (0..n).map(|j| b[j] * v.reach().row(j)[i]).sum();
            prop_assert!((path - dense).abs() < 1e-8 * (1.0 + dense.abs()));
        }
    }

    #[test]
    fn the_settled_opinions_are_where_repeated_averaging_ends(
        (h, _, _) in influence(8), start in prop::collection::vec(-10.0_f64..10.0, 8)
    ) {
        let n = h.size();
        let v = total_effects(&h).unwrap();
        let settled = v.settle(&start[..n]).unwrap();
        // A fixed point of x = H x + D x(0).
        for j in 0..n {
            let pulled: f64 = h.row(j).iter().zip(&settled).map(|(h, x)| h * x).sum();
            prop_assert!((pulled + v.anchor()[j] * start[j] - settled[j]).abs() < 1e-8);
        }
    }

    #[test]
    fn an_inverse_undoes_its_matrix(cells in prop::collection::vec(-1.0_f64..1.0, 25)) {
        let matrix = Matrix::new(5, cells).unwrap();
        let Ok(inverse) = matrix.inverse() else { return Ok(()) };
        let largest = (0..5).flat_map(|i| inverse.row(i)).fold(1.0_f64, |m, x| m.max(x.abs()));
        for i in 0..5 {
            for j in 0..5 {
                let cell: f64 = (0..5).map(|k| matrix.at(i, k) * inverse.at(k, j)).sum();
                let unit = if i == j { 1.0 } else { 0.0 };
                prop_assert!((cell - unit).abs() < 1e-13 * largest);
            }
        }
    }
}

#[test]
fn faulty_weights_are_named_by_their_place() {
    let rows =
        |rows: &[&[f64]]| Matrix::from_rows(&rows.iter().map(|r| r.to_vec()).collect::<Vec<_>>());
    let fault = |m: &Matrix| total_effects(m).unwrap_err().place.to_string();
    let full = rows(&[&[0.2, 0.8], &[0.1, 0.1]]).unwrap();
    assert_eq!(fault(&full), "the sum of influence on an actor[0]");
    let below = rows(&[&[0.2, 0.1], &[-0.1, 0.1]]).unwrap();
    assert_eq!(fault(&below), "influence[1][0]");
    let hole = rows(&[&[0.2, f64::NAN], &[0.1, 0.1]]);
    assert_eq!(hole.unwrap_err().place.to_string(), "cells[0][1]");
    assert!(rows(&[]).unwrap_err().is_absence());
    let odd = rows(&[&[0.2, 0.3], &[0.1]]);
    assert_eq!(odd.unwrap_err().what, What::Length(1));
    let flat = rows(&[&[1.0, 1.0], &[1.0, 1.0]]).unwrap();
    assert_eq!(flat.inverse().unwrap_err().what, What::Singular);
    let v = total_effects(&rows(&[&[0.2, 0.1], &[0.1, 0.1]]).unwrap()).unwrap();
    assert!(v.first_hops(0, 2).is_err() && v.settle(&[1.0]).is_err());
}

proptest! {
    #[test]
    fn linked_issues_settle_at_a_fixed_point(
        (h, _, _) in influence(6), logic in prop::collection::vec(-1.0_f64..1.0, 9),
        start in prop::collection::vec(-5.0_f64..5.0, 18)
    ) {
        let scaled: Vec<f64> = logic
            .chunks_exact(3)
            .flat_map(|row| {
                let sum: f64 = row.iter().map(|c| c.abs()).sum::<f64>().max(1.0);
                row.iter().map(move |c| c / sum)
            })
            .collect();
        let c = Matrix::new(3, scaled).unwrap();
        let n = h.size();
        let start: Vec<Vec<f64>> = start.chunks_exact(3).take(n).map(<[f64]>::to_vec).collect();
        let settled = settle_linked(&h, &c, &start).unwrap();
        let v = total_effects(&h).unwrap();
        for j in 0..n {
            for k in 0..3 {
                let ordered = |i: usize| -> f64 { (0..3).map(|l| c.at(k, l) * settled[i][l]).sum() };
                let pulled: f64 = (0..n).map(|i| h.at(j, i) * ordered(i)).sum();
                prop_assert!((pulled + v.anchor()[j] * start[j][k] - settled[j][k]).abs() < 1e-8);
            }
        }
        let apart = Matrix::new(3, vec![1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]).unwrap();
        let settled = settle_linked(&h, &apart, &start).unwrap();
        for k in 0..3 {
            let one: Vec<f64> = start.iter().map(|x| x[k]).collect();
            for (j, x) in v.settle(&one).unwrap().iter().enumerate() {
                prop_assert!((x - settled[j][k]).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn integrated_control_solves_its_equation((h, _, _) in influence(12)) {
        let v = total_effects(&h).unwrap();
        let n = h.size();
        for i in 0..n {
            for j in 0..n {
                let y = |j| integrated_control(&v, j, i).unwrap();
                let through: f64 = (0..n).filter(|k| *k != i).map(|k| h.at(j, k) * y(k)).sum();
                prop_assert!((h.at(j, i) + through - y(j)).abs() < 1e-9);
                prop_assert!((-1e-12..=1.0 + 1e-12).contains(&y(j)));
            }
        }
    }
}

#[test]
fn a_logic_that_amplifies_is_refused() {
    let one = Matrix::from_rows(&[vec![0.5]]).unwrap();
    let twice = Matrix::from_rows(&[vec![1.5]]).unwrap();
    let fault = settle_linked(&one, &twice, &[vec![1.0]]);
    assert_eq!(fault.unwrap_err().what, What::Number(1.5));
    assert!(settle_linked(&one, &one, &[vec![1.0, 2.0]]).is_err());
    let v = total_effects(&one).unwrap();
    assert!(integrated_control(&v, 1, 0).is_err());
}

#[test]
fn who_has_no_anchor_goes_where_it_is_pulled_and_a_closed_circle_is_an_error() {
    // The first pulls on the second with all its weight, the second and third on each other.
    let plan = Plan::new(3, &[(0, 1), (2, 1), (1, 2)]).unwrap();
    let factors = plan.factor(&[2.0, 2.0, 1.0], &[3.0, 0.0, 0.0]).unwrap();
    let settled = factors.column(&[0.7]);
    assert!(settled.iter().all(|x| (x - 0.7).abs() < 1e-12), "{settled:?}");
    assert_eq!(factors.anchor(), [1.0, 0.0, 0.0]);
    let none = [1.0, 0.0, 0.0];
    let circle = plan.factor(&[0.0, 1.0, 1.0], &none);
    assert_eq!(circle.unwrap_err().what, What::Singular);
    let nan = [f64::NAN, 1.0, 1.0];
    assert_eq!(plan.factor(&nan, &none).unwrap_err().place.argument, "the sum of pulls");
    let below = [-0.5, 0.6, 1.0];
    assert_eq!(plan.factor(&below, &none).unwrap_err().place.argument, "pulls");
    assert_eq!(plan.factor(&[0.5], &none).unwrap_err().what, What::Length(1));
    assert_eq!(plan.factor(&[0.5; 3], &[1.0]).unwrap_err().what, What::Length(1));
    assert_eq!(Plan::new(1, &[(0, 1)]).unwrap_err().what, What::Whole(1));
}

#[test]
fn the_circle_that_nobody_with_a_weight_reaches_is_the_one_that_hangs_on_nothing() {
    // The first pulls on the second and third, who pull on each other and on the fourth; the last
    // two on each other.
    let plan = Plan::new(6, &[(0, 1), (2, 1), (1, 2), (2, 3), (4, 5), (5, 4)]).unwrap();
    let pulls = [0.5; 6];
    assert_eq!(plan.closed(&pulls, &[1.0, 0.0, 0.0, 0.0, 0.0, 1e-6]), Vec::<usize>::new());
    assert_eq!(
        plan.closed(&pulls, &[0.0; 6]),
        [4, 5],
        "the first is not pulled on and stays where it is"
    );
    assert_eq!(plan.closed(&pulls, &[0.0, 0.0, 0.0, 0.0, 1e-14, 0.0]), [4, 5], "lost in rounding");
    let cut = [0.0, 0.5, 0.5, 0.5, 0.5, 0.5];
    let own = [1.0, 0.0, 0.0, 0.0, 0.3, 0.0];
    assert_eq!(plan.closed(&cut, &own), [1, 2], "the fourth hangs on them");
    assert_eq!(plan.factor(&cut, &own).unwrap_err().what, What::Singular);
}
