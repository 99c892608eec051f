//! Friedkin and Johnsen's model: opinions settle between one's own start and what others hold.
//!
//! Total effects are solved once; final opinions and the breakdown by first hop are read off
//! that one solution.

use super::matrix::Matrix;
use crate::Fault;

/// The solved model: how much of everyone's settled opinion is due to whom.
#[derive(Clone, Debug)]
pub struct TotalEffects {
    influence: Matrix,
    anchor: Vec<f64>,
    reach: Matrix,
}

/// Solves the model for the influence matrix H.
///
/// H_ji (from zero up) is the weight j gives i; each row sums to less than one and the rest, D_j =
/// 1 - sum over i of H_ji, ties j to its own start. Opinions x(t+1) = H x(t) + D x(0) settle at V
/// x(0) with **V = (I - H)^-1 D**. V_ji is the share of i's start in where j ends up; the rows of V
/// sum to one.
///
/// # Errors
/// [`Fault`]: a negative weight, a row that reaches one, a singular system.
///
/// Reference: `friedkin1990`, `friedkin2011`. Checked by the catalog's four-person group, and by
/// property tests: rows sum to one, and every breakdown adds up to what it breaks down.
pub fn total_effects(influence: &Matrix) -> Result<TotalEffects, Fault> {
    let anchor = anchors(influence)?;
    // Actors who listen to somebody; the others stay where they start and need no solving.
    let open: Vec<usize> = (0..influence.size()).filter(|j| anchor[*j] < 1.0).collect();
    Ok(TotalEffects { influence: influence.clone(), anchor, reach: reach(influence, &open)? })
}

/// (I - H)^-1, where only the rows in `open` differ from the identity. With those first, I - H is
/// A beside -B above 0 beside I, so the inverse is A^-1 beside A^-1 B above 0 beside I.
fn reach(influence: &Matrix, open: &[usize]) -> Result<Matrix, Fault> {
    let n = influence.size();
    let mut system = Vec::with_capacity(open.len() * open.len());
    for j in open {
        let row = influence.row(*j);
        system.extend(open.iter().map(|i| if i == j { 1.0 - row[*i] } else { -row[*i] }));
    }
    let mut cells = vec![0.0; n * n];
    for j in 0..n {
        cells[j * n + j] = 1.0;
    }
    if open.is_empty() {
        return Matrix::new(n, cells);
    }
    let inner = Matrix::new(open.len(), system)?.inverse()?;
    for (a, j) in open.iter().enumerate() {
        let out = &mut cells[j * n..(j + 1) * n];
        for (path, k) in inner.row(a).iter().zip(open) {
            for (x, pull) in out.iter_mut().zip(influence.row(*k)) {
                *x += path * pull;
            }
        }
        // What passes through actors who listen is in A^-1 already.
        for (path, k) in inner.row(a).iter().zip(open) {
            out[*k] = *path;
        }
    }
    Matrix::new(n, cells)
}

/// What each row leaves to the actor's own start, once the matrix is found to be legal.
pub(super) fn anchors(influence: &Matrix) -> Result<Vec<f64>, Fault> {
    let anchor = |j: usize| {
        let row = influence.row(j);
        if let Some(column) = row.iter().position(|x| *x < 0.0) {
            return Err(Fault::number("influence", influence.at(j, column), "zero or more")
                .at(j)
                .at(column));
        }
        let sum: f64 = row.iter().sum();
        if sum >= 1.0 {
            Err(Fault::number(
                "the sum of influence on an actor",
                sum,
                "below one: give the actor some autonomy",
            )
            .at(j))
        } else {
            Ok(1.0 - sum)
        }
    };
    (0..influence.size()).map(anchor).collect()
}

impl TotalEffects {
    /// Number of actors.
    #[must_use]
    pub fn actors(&self) -> usize {
        self.anchor.len()
    }

    /// V_ji: the share of i's start in where j ends up. Zero when out of range.
    #[must_use]
    pub fn effect(&self, on: usize, of: usize) -> f64 {
        self.reach.at(on, of) * self.anchor.get(of).copied().unwrap_or(0.0)
    }

    /// The anchors D, one an actor.
    #[must_use]
    pub fn anchor(&self) -> &[f64] {
        &self.anchor
    }

    /// (I - H)^-1: weight of all paths from one actor to another, of any length.
    #[must_use]
    pub fn reach(&self) -> &Matrix {
        &self.reach
    }

    /// Where opinions settle, V x(0).
    ///
    /// # Errors
    /// Tables of a wrong size unless there is one start an actor.
    pub fn settle(&self, start: &[f64]) -> Result<Vec<f64>, Fault> {
        let n = self.actors();
        if start.len() != n {
            return Err(Fault::length("start", start.len(), n));
        }
        let held: Vec<f64> = start.iter().zip(&self.anchor).map(|(x, d)| x * d).collect();
        let dot = |row: &[f64]| row.iter().zip(&held).map(|(r, x)| r * x).sum();
        Ok((0..n).map(|j| dot(self.reach.row(j))).collect())
    }

    /// V_ji split by first hop: what passes from i straight to k and on to j, for each k.
    ///
    /// Each part is (I - H)^-1_jk H_ki D_i. They add up to V_ji, less D_i when i is j itself: that
    /// much is its own start held without anybody's help.
    ///
    /// # Errors
    /// An actor out of range.
    pub fn first_hops(&self, on: usize, of: usize) -> Result<Vec<f64>, Fault> {
        self.first_hops_by(on, of, &self.influence)
    }

    /// As [`Self::first_hops`] for one part of H, such as one channel's. Over parts that add up to
    /// H, the results add up to [`Self::first_hops`].
    ///
    /// # Errors
    /// An actor out of range, tables of a wrong size.
    pub fn first_hops_by(&self, on: usize, of: usize, part: &Matrix) -> Result<Vec<f64>, Fault> {
        let actors = self.actors();
        if part.size() != actors {
            return Err(Fault::length("part", part.size(), actors));
        }
        if let Some(actor) = [on, of].into_iter().find(|a| *a >= actors) {
            return Err(Fault::whole("actor", actor as u64, format!("below {actors}")));
        }
        let held = self.anchor[of];
        let hop = |(k, path): (usize, &f64)| path * part.at(k, of) * held;
        Ok(self.reach.row(on).iter().enumerate().map(hop).collect())
    }
}
