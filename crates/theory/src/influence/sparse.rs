//! Total effects of a sparse network: the elimination is planned once for all weights its ties may take.
//!
//! Where the same network is solved for many sets of weights, and a few rows or columns of the
//! answer are wanted, this does the work of [`super::friedkin_johnsen`] in a small part of the time.

mod circles;
mod elimination;

use self::elimination::{Elimination, eliminate};
use crate::Fault;

/// What pivots may be off by rounding.
const ROUNDING: f64 = 1e-12;

/// Rows of places, one after the other.
#[derive(Clone, Debug, Default)]
struct Rows {
    /// Where each row begins, and the end of the last.
    starts: Vec<usize>,
    places: Vec<usize>,
}

impl Rows {
    fn of(rows: impl Iterator<Item = Vec<usize>>) -> Self {
        let mut made = Self { starts: vec![0], places: Vec::new() };
        for row in rows {
            made.places.extend(row);
            made.starts.push(made.places.len());
        }
        made
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }
}

/// An order of elimination for I - H, and the places where factors may differ from zero, for every H
/// that has its weights on given ties.
///
/// Actors whom nobody pulls on stay where they start: they need no solving, and what they add is read off
/// their ties. Of the others, pivots stay on the diagonal: rows of H sum to at most one, so I - H is an
/// M-matrix with a dominant diagonal and needs no exchange of rows. Each step takes the actor with the
/// least product of others in its row and in its column, of equals the first.
///
/// Reference: `markowitz1957` for the order, `friedkin1990` for what is solved. Checked against
/// [`super::friedkin_johnsen::total_effects`] by property tests.
#[derive(Clone, Debug)]
pub struct Plan {
    actors: usize,
    /// From and to of each tie.
    ties: Vec<(usize, usize)>,
    /// The actor at each place of the order.
    order: Vec<usize>,
    /// Ties from those who are pulled on, by the place of the target: places of their origins.
    inner: Rows,
    /// Which ties these are.
    inner_ties: Vec<usize>,
    /// Ties from those who are not, by the place of the target: origins, as actors.
    outer: Rows,
    /// Which ties these are.
    outer_ties: Vec<usize>,
    /// For each place the earlier places in its row, rising.
    lower: Rows,
    /// For each place the later places in its row, rising.
    upper: Rows,
}

/// I - H factored for one set of weights.
#[derive(Clone, Debug)]
pub struct Factors<'p> {
    plan: &'p Plan,
    /// Row by row as in the plan.
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// One over each pivot.
    pivots: Vec<f64>,
    /// The weights of the plan's outer ties.
    outer: Vec<f64>,
    /// The anchors D, one an actor.
    anchor: Vec<f64>,
}

/// Some actors of a plan and all who pull on them, directly or through others: what rows for them hang on.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Places in the order of elimination, rising.
    places: Vec<usize>,
}

impl Plan {
    /// Plans the elimination for `actors` and ties given as (from, to), each the influence of the first
    /// on the second; several ties of one pair add up.
    ///
    /// # Errors
    /// An actor out of range.
    pub fn new(actors: usize, ties: &[(usize, usize)]) -> Result<Self, Fault> {
        let out = ties.iter().flat_map(|(from, to)| [*from, *to]).find(|a| *a >= actors);
        if let Some(actor) = out {
            return Err(Fault::whole("actor", actor as u64, format!("below {actors}")));
        }
        let mut open = vec![false; actors];
        ties.iter().for_each(|(_, to)| open[*to] = true);
        let Elimination { order, lower, upper, .. } = eliminate(&open, ties);
        let mut place = vec![usize::MAX; actors];
        order.iter().enumerate().for_each(|(at, actor)| place[*actor] = at);
        let (mut inner, mut outer) = (vec![Vec::new(); order.len()], vec![Vec::new(); order.len()]);
        for (tie, (from, to)) in ties.iter().enumerate() {
            let of = if open[*from] { &mut inner } else { &mut outer };
            of[place[*to]].push(tie);
        }
        let origins = |ties_of: &[Vec<usize>], origin: &dyn Fn(usize) -> usize| {
            Rows::of(ties_of.iter().map(|of| of.iter().map(|t| origin(ties[*t].0)).collect()))
        };
        Ok(Self {
            actors,
            ties: ties.to_vec(),
            inner: origins(&inner, &|from| place[from]),
            inner_ties: inner.concat(),
            outer: origins(&outer, &|from| from),
            outer_ties: outer.concat(),
            lower: Rows::of(lower.into_iter()),
            upper: Rows::of(upper.into_iter()),
            order,
        })
    }

    /// Number of actors.
    #[must_use]
    pub fn actors(&self) -> usize {
        self.actors
    }

    /// The ends of each tie, from and to, in the order they were given.
    #[must_use]
    pub fn ties(&self) -> &[(usize, usize)] {
        &self.ties
    }

    /// A circle of actors that nobody outside it pulls on and of whom none has a weight of its own,
    /// as rising places: where they end up hangs on nothing, so such a network has no solution.
    /// Empty where there is no such circle; of several the one of fewest actors, of those that of
    /// the first. A weight that is lost in the rounding of the pulls on its actor counts as none.
    #[must_use]
    pub fn closed(&self, pulls: &[f64], own: &[f64]) -> Vec<usize> {
        let held: Vec<(usize, usize)> = (self.ties.iter().zip(pulls))
            .filter(|(_, pull)| **pull > 0.0)
            .map(|(ends, _)| *ends)
            .collect();
        let mut sum = vec![0.0; self.actors];
        self.ties.iter().zip(pulls).for_each(|((_, to), pull)| sum[*to] += pull);
        let own = |a: usize| own.get(a).copied().unwrap_or(0.0);
        let anchored = |a: &usize| sum[*a] <= 0.0 || own(*a) > ROUNDING * (own(*a) + sum[*a]);
        let mut along = vec![Vec::new(); self.actors];
        held.iter().for_each(|(from, to)| along[*from].push(*to));
        let mut lost = vec![true; self.actors];
        let mut next: Vec<usize> = (0..self.actors).filter(anchored).collect();
        while let Some(actor) = next.pop() {
            if std::mem::replace(&mut lost[actor], false) {
                next.extend(&along[actor]);
            }
        }
        // Whoever pulls on an actor that is not reached is not reached either.
        circles::fewest(&lost, &held)
    }

    /// Factors I - H for the pull of each tie of the plan and each actor's own weight: H_ji is the pull of i on
    /// j over j's own weight and all pulls on it, so that D_j = own_j / (own_j + S_j). An actor may be without a
    /// weight of its own if somebody who has one, or whom nobody pulls on, reaches it.
    ///
    /// # Errors
    /// Tables of a wrong size unless there is one pull a tie and one weight an actor;
    /// a number that is not finite, one below zero and a sum too small to divide by, which name the actor that
    /// is pulled on;
    /// no single solution for a circle without weights of their own that nobody else reaches.
    pub fn factor(&self, pulls: &[f64], own: &[f64]) -> Result<Factors<'_>, Fault> {
        self.factor_places(pulls, own, 0..self.order.len())
    }

    /// Those of `actors` that are pulled on, with all who pull on them, directly or through others.
    #[must_use]
    pub fn behind(&self, actors: &[usize]) -> Behind {
        let mut within: Vec<bool> = self.order.iter().map(|actor| actors.contains(actor)).collect();
        let mut next: Vec<usize> = (0..within.len()).filter(|at| within[*at]).collect();
        while let Some(at) = next.pop() {
            for from in &self.inner.places[self.inner.range(at)] {
                if !std::mem::replace(&mut within[*from], true) {
                    next.push(*from);
                }
            }
        }
        Behind { places: (0..within.len()).filter(|at| within[*at]).collect() }
    }

    /// As [`Plan::factor`], of the rows of some actors and of those behind them alone: rows for them
    /// ([`Factors::row`]) are the same to the last bit. Anchors and rows of others, and columns, are not to be asked for.
    ///
    /// # Errors
    /// As [`Plan::factor`], as far as its actors go.
    pub fn factor_behind(
        &self,
        pulls: &[f64],
        own: &[f64],
        behind: &Behind,
    ) -> Result<Factors<'_>, Fault> {
        self.factor_places(pulls, own, behind.places.iter().copied())
    }

    /// Whoever stands in a row of one of the places stands at one of them too: nothing else is read.
    fn factor_places(
        &self,
        pulls: &[f64],
        own: &[f64],
        places: impl Iterator<Item = usize>,
    ) -> Result<Factors<'_>, Fault> {
        for (expected, found) in [(self.ties.len(), pulls.len()), (self.actors, own.len())] {
            if expected != found {
                return Err(Fault::length("pulls and weights", found, expected));
            }
        }
        let mut made = Factors {
            plan: self,
            lower: vec![0.0; self.lower.places.len()],
            upper: vec![0.0; self.upper.places.len()],
            pivots: vec![0.0; self.order.len()],
            outer: vec![0.0; self.outer.places.len()],
            anchor: vec![1.0; self.actors],
        };
        let mut work = vec![0.0; self.order.len()];
        for at in places {
            let actor = self.order[at];
            let (inner, outer) = (self.inner.range(at), self.outer.range(at));
            let (inner_ties, outer_ties) =
                (&self.inner_ties[inner.clone()], &self.outer_ties[outer.clone()]);
            let mut all = own[actor];
            let mut below = all < 0.0;
            for ties in [inner_ties, outer_ties] {
                for tie in ties {
                    all += pulls[*tie];
                    below |= pulls[*tie] < 0.0;
                }
            }
            if !all.is_finite() {
                return Err(Fault::number("the sum of pulls", all, "finite").at(actor));
            }
            if below {
                let ties = inner_ties.iter().chain(outer_ties);
                let least = ties.fold(own[actor], |least, tie| least.min(pulls[*tie]));
                return Err(Fault::number("pulls", least, "zero or more").at(actor));
            }
            // Whom nobody pulls on in the end holds to its own.
            let scale = if all > own[actor] { 1.0 / all } else { 0.0 };
            if !scale.is_finite() {
                let must = "zero, or large enough to divide by";
                return Err(Fault::number("the sum of pulls", all, must).at(actor));
            }
            made.anchor[actor] = if scale > 0.0 { own[actor] * scale } else { 1.0 };
            work[at] = 1.0;
            for (tie, from) in inner_ties.iter().zip(&self.inner.places[inner]) {
                work[*from] -= pulls[*tie] * scale;
            }
            for (weight, tie) in made.outer[outer].iter_mut().zip(outer_ties) {
                *weight = pulls[*tie] * scale;
            }
            let lower = self.lower.range(at);
            for (entry, k) in lower.clone().zip(&self.lower.places[lower]) {
                let factor = std::mem::take(&mut work[*k]) * made.pivots[*k];
                made.lower[entry] = factor;
                if factor != 0.0 {
                    let above = self.upper.range(*k);
                    let columns = self.upper.places[above.clone()].iter();
                    for (column, x) in columns.zip(&made.upper[above]) {
                        work[*column] -= factor * x;
                    }
                }
            }
            let pivot = std::mem::take(&mut work[at]);
            if pivot.is_nan() || pivot <= ROUNDING {
                return Err(Fault::singular(
                    "pulls",
                    "somebody with a weight of his own in every closed circle",
                )
                .at(actor));
            }
            made.pivots[at] = 1.0 / pivot;
            let upper = self.upper.range(at);
            for (x, column) in made.upper[upper.clone()].iter_mut().zip(&self.upper.places[upper]) {
                *x = std::mem::take(&mut work[*column]);
            }
        }
        Ok(made)
    }

    /// From the actors' own order to that of elimination.
    fn ordered(&self, b: &[f64]) -> Vec<f64> {
        self.order.iter().map(|a| b.get(*a).copied().unwrap_or(0.0)).collect()
    }

    /// From the order of elimination to the actors' own; those whom nobody pulls on stay at `b`.
    fn back(&self, x: &[f64], b: &[f64]) -> Vec<f64> {
        let mut out = b.to_vec();
        out.resize(self.actors, 0.0);
        self.order.iter().zip(x).for_each(|(actor, value)| out[*actor] = *value);
        out
    }
}

impl Factors<'_> {
    /// The anchors D, one an actor.
    #[must_use]
    pub fn anchor(&self) -> &[f64] {
        &self.anchor
    }

    /// The row phi (I - H)^-1: how much weight `phi` gives, directly and through others, to what each
    /// actor is told first. Sway over a body with power weights phi is this times the anchors. What is
    /// missing of phi counts as zero.
    #[must_use]
    pub fn row(&self, phi: &[f64]) -> Vec<f64> {
        let plan = self.plan;
        let mut x = plan.ordered(phi);
        for at in 0..x.len() {
            if x[at] != 0.0 {
                x[at] *= self.pivots[at];
                let (now, range) = (x[at], plan.upper.range(at));
                for (to, u) in plan.upper.places[range.clone()].iter().zip(&self.upper[range]) {
                    x[*to] -= u * now;
                }
            }
        }
        for at in (0..x.len()).rev() {
            let (now, range) = (x[at], plan.lower.range(at));
            if now != 0.0 {
                for (to, l) in plan.lower.places[range.clone()].iter().zip(&self.lower[range]) {
                    x[*to] -= l * now;
                }
            }
        }
        let mut out = plan.back(&x, phi);
        for (at, now) in x.iter().enumerate().filter(|(_, now)| **now != 0.0) {
            let range = plan.outer.range(at);
            for (from, w) in plan.outer.places[range.clone()].iter().zip(&self.outer[range]) {
                out[*from] += now * w;
            }
        }
        out
    }

    /// The column (I - H)^-1 b: where everybody settles when each holds `b` by itself, D x(0) for starts
    /// x(0) and anchors D. What is missing of b counts as zero.
    #[must_use]
    pub fn column(&self, b: &[f64]) -> Vec<f64> {
        let plan = self.plan;
        let mut x = plan.ordered(b);
        for (at, sum) in x.iter_mut().enumerate() {
            let range = plan.outer.range(at);
            for (from, w) in plan.outer.places[range.clone()].iter().zip(&self.outer[range]) {
                *sum += b.get(*from).copied().unwrap_or(0.0) * w;
            }
        }
        let known = |rows: &Rows, values: &[f64], x: &[f64], at: usize| -> f64 {
            let range = rows.range(at);
            rows.places[range.clone()].iter().zip(&values[range]).map(|(p, v)| v * x[*p]).sum()
        };
        for at in 0..x.len() {
            x[at] -= known(&plan.lower, &self.lower, &x, at);
        }
        for at in (0..x.len()).rev() {
            x[at] = (x[at] - known(&plan.upper, &self.upper, &x, at)) * self.pivots[at];
        }
        plan.back(&x, b)
    }
}
