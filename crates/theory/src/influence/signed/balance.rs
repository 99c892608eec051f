//! Structural balance: whether the network falls into two camps.

use super::SignedNetwork;
use crate::Fault;

/// How many triangles there are, and how many are balanced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Triangles {
    /// All triples that are tied pairwise.
    pub all: usize,
    /// Those with an even number of hostile ties.
    pub balanced: usize,
}

impl Triangles {
    /// The share that is balanced; none if there is no triangle.
    pub fn share(&self) -> Option<f64> {
        (self.all > 0).then(|| self.balanced as f64 / self.all as f64)
    }
}

/// Counts triangles: the friend of a friend and the enemy of an enemy should be friends.
///
/// Directions are disregarded. Reference: `cartwright1956`. Checked by the catalog entry
/// `highland-tribes` and by the property that two camps leave none unbalanced.
pub fn triangles(network: &SignedNetwork) -> Triangles {
    let mut found = Triangles { all: 0, balanced: 0 };
    for i in 0..network.actors() {
        for j in 0..i {
            let ij = network.between(i, j);
            if ij == 0 {
                continue;
            }
            for k in 0..j {
                let product = ij * network.between(i, k) * network.between(j, k);
                found.all += usize::from(product != 0);
                found.balanced += usize::from(product > 0);
            }
        }
    }
    found
}

/// A division into two camps with the fewest ties against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Camps {
    /// The index of frustration: friendly ties across and hostile ties within, at the least.
    pub frustrated: usize,
    /// Whether each actor is in the camp of actor 0.
    pub with_first: Vec<bool>,
}

/// The index of frustration, exactly: the least number of ties to remove to be left with two camps.
///
/// Mechanism: branch and bound over divisions, actors in falling order of ties, the first one's camp
/// given. A partial division is dropped once its frustrated ties, plus for every actor not yet
/// placed the lesser of what either camp would cost it with those placed, reach the best division
/// known. The first division is that of a local search, so the answer does not hang on luck.
/// Directions are disregarded. `limit` partial divisions are looked at before it is given up; a
/// network of 16 takes some hundreds, one of 40 with few balanced parts may take many millions.
///
/// `1 - 2 frustrated / pairs` is the normalised score of Aref and Wilson.
///
/// # Errors
/// Too large a table when the limit is reached.
///
/// Reference: `harary1959`, `aref2018`. Checked by the catalog entry `highland-tribes` and by counting
/// all divisions of small networks (property test).
pub fn frustration(network: &SignedNetwork, limit: u64) -> Result<Camps, Fault> {
    let n = network.actors();
    let signs: Vec<Vec<i8>> =
        (0..n).map(|i| (0..n).map(|j| network.between(i, j)).collect()).collect();
    let ties = |i: usize| signs[i].iter().filter(|s| **s != 0).count();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(ties(*i)), *i));
    let camp = settle(&signs);
    let frustrated = cost(&signs, &camp);
    let mut search = Search {
        signs: &signs,
        order: &order,
        camp: vec![0; n],
        pull: vec![[0, 0]; n],
        best: camp,
        least: frustrated,
        looked_at: 0,
        limit,
    };
    search.place(0, 0)?;
    let first = search.best.first().copied().unwrap_or(1);
    let with_first = search.best.iter().map(|c| *c == first).collect();
    Ok(Camps { frustrated: search.least, with_first })
}

fn cost(signs: &[Vec<i8>], camp: &[i8]) -> usize {
    let against = |i: usize| (0..i).filter(|j| signs[i][*j] * camp[i] * camp[*j] < 0).count();
    (0..camp.len()).map(against).sum()
}

/// Starts from one camp and lets actors change sides while that lessens frustration.
fn settle(signs: &[Vec<i8>]) -> Vec<i8> {
    let mut camp = vec![1_i8; signs.len()];
    loop {
        let mut changed = false;
        for i in 0..camp.len() {
            let with: i64 =
                signs[i].iter().zip(&camp).map(|(s, c)| i64::from(s * c * camp[i])).sum();
            if with < 0 {
                camp[i] = -camp[i];
                changed = true;
            }
        }
        if !changed {
            return camp;
        }
    }
}

struct Search<'a> {
    signs: &'a [Vec<i8>],
    order: &'a [usize],
    /// 1 or -1 for those placed, 0 for the others.
    camp: Vec<i8>,
    /// For each actor the frustrated ties with those placed, in camp 1 and in camp -1.
    pull: Vec<[usize; 2]>,
    best: Vec<i8>,
    least: usize,
    looked_at: u64,
    limit: u64,
}

impl Search<'_> {
    fn place(&mut self, depth: usize, so_far: usize) -> Result<(), Fault> {
        self.looked_at += 1;
        if self.looked_at > self.limit {
            return Err(Fault::unsettled(
                "the search for the least frustration",
                format!("a limit above {} partial divisions, or a smaller network", self.limit),
            ));
        }
        let open = &self.order[depth.min(self.order.len())..];
        let bound: usize =
            so_far + open.iter().map(|i| self.pull[*i][0].min(self.pull[*i][1])).sum::<usize>();
        if bound >= self.least {
            return Ok(());
        }
        let Some(actor) = open.first().copied() else {
            self.least = so_far;
            self.best.clone_from(&self.camp);
            return Ok(());
        };
        let [one, other] = self.pull[actor];
        let sides = if one <= other { [1_i8, -1] } else { [-1, 1] };
        // The two camps are alike until somebody is placed.
        let sides = if depth == 0 { &sides[..1] } else { &sides[..] };
        for &side in sides {
            let added = if side > 0 { one } else { other };
            self.set(actor, side);
            self.place(depth + 1, so_far + added)?;
            self.unset(actor, side);
        }
        Ok(())
    }

    fn set(&mut self, actor: usize, side: i8) {
        self.camp[actor] = side;
        for (j, s) in self.signs[actor].iter().enumerate() {
            if *s != 0 {
                // A friend is frustrated in the other camp, an enemy in the same one.
                let costly = usize::from(s * side > 0);
                self.pull[j][costly] += 1;
            }
        }
    }

    fn unset(&mut self, actor: usize, side: i8) {
        self.camp[actor] = 0;
        for (j, s) in self.signs[actor].iter().enumerate() {
            if *s != 0 {
                self.pull[j][usize::from(s * side > 0)] -= 1;
            }
        }
    }
}

/// The balance of closed walks of all lengths: `trace exp(A) / trace exp(|A|)`, one if the network is
/// balanced. Directions are disregarded.
///
/// Mechanism: both exponentials by Taylor series after halving until the norm is at most one half, and
/// squaring back; the scale is carried apart as a logarithm, so that large networks do not overflow.
///
/// Reference: `estrada2014`. Checked by the catalog entry `highland-tribes`.
pub fn walk_balance(network: &SignedNetwork) -> f64 {
    let n = network.actors();
    let table = |of: fn(i8) -> f64| -> Vec<f64> {
        (0..n * n).map(|k| of(network.between(k / n, k % n))).collect()
    };
    let (signed, log_signed) = exponential_trace(table(f64::from), n);
    let (plain, log_plain) = exponential_trace(table(|s| f64::from(s).abs()), n);
    signed / plain * (log_signed - log_plain).exp()
}

/// The trace of the exponential of a table, as a number times the exponential of another.
fn exponential_trace(mut a: Vec<f64>, n: usize) -> (f64, f64) {
    let norm = a.chunks(n).map(|r| r.iter().map(|x| x.abs()).sum::<f64>()).fold(0.0, f64::max);
    let halvings = (norm * 2.0).log2().ceil().max(0.0) as i32;
    let scale = 0.5_f64.powi(halvings);
    a.iter_mut().for_each(|x| *x *= scale);
    let identity: Vec<f64> = (0..n * n).map(|k| f64::from(u8::from(k / n == k % n))).collect();
    let (mut sum, mut term) = (identity.clone(), identity);
    for k in 1..=20 {
        term = product(&term, &a, n);
        term.iter_mut().for_each(|x| *x /= f64::from(k));
        sum.iter_mut().zip(&term).for_each(|(s, t)| *s += t);
    }
    let mut log = 0.0;
    for _ in 0..halvings {
        sum = product(&sum, &sum, n);
        let most = sum.iter().map(|x| x.abs()).fold(0.0, f64::max);
        sum.iter_mut().for_each(|x| *x /= most);
        log = 2.0 * log + most.ln();
    }
    (sum.iter().step_by(n + 1).sum(), log)
}

fn product(a: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let mut c = vec![0.0; n * n];
    for (row, out) in a.chunks(n).zip(c.chunks_mut(n)) {
        for (x, under) in row.iter().zip(b.chunks(n)) {
            out.iter_mut().zip(under).for_each(|(o, u)| *o += x * u);
        }
    }
    c
}
