//! Several bodies and vetoes as one game: assemblies, a president, an override.
//!
//! Each body is a set of weights with one or more quotas; a route to a decision asks every body for
//! a level. The players of different bodies are different players: who sits in two bodies is
//! counted twice, once in each.

use super::count::{classes, sums_by_size, too_large};
use super::shapley_shubik::Orders;
mod coleman;

pub use coleman::{Measures, Powers};

use crate::Fault;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Zero;

/// One body: a chamber, a council, or a single person with weight 1 and quota 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Weights of its members.
    pub weights: Vec<u64>,
    /// Rising quotas. A coalition is at level k when it reaches the first k of them.
    pub quotas: Vec<u64>,
}

/// A decision rule over several bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedGame {
    bodies: Vec<Body>,
    routes: Vec<Vec<usize>>,
}

/// Level combinations that are worked through one by one.
const MOST_COMBINATIONS: usize = 1 << 16;

impl ComposedGame {
    /// A game won on any of the `routes`, each giving the level it needs of every body (0: not
    /// needed).
    ///
    /// # Errors
    /// [`Fault`]: no bodies or routes, a body without members or with quotas that do not rise
    /// or cannot be reached, a route of the wrong length, with an unknown level or without any
    /// demand, too many bodies and levels.
    pub fn new(bodies: Vec<Body>, routes: Vec<Vec<usize>>) -> Result<Self, Fault> {
        let mut combinations = 1_usize;
        if bodies.is_empty() {
            return Err(Fault::nothing("players", "at least one"));
        }
        for (body, b) in bodies.iter().enumerate() {
            let total = b.weights.iter().try_fold(0_u64, |t, w| t.checked_add(*w));
            let total =
                total.ok_or(Fault::too_large("weights", "a sum of 64 bits; use a coarser unit"))?;
            let rising = b.quotas.windows(2).all(|q| q[0] < q[1]);
            let reachable = b.quotas.iter().all(|q| (1..=total).contains(q));
            if b.quotas.is_empty() || !rising || !reachable {
                return Err(Fault::unfit(
                    "quotas",
                    "rising from one to no more than the body's total weight",
                )
                .at(body));
            }
            let n = b.weights.len();
            too_large(n, total.saturating_add(1), 2 * (n + 1), size_of::<BigInt>())?;
            combinations = combinations.saturating_mul(b.quotas.len() + 1);
        }
        if combinations > MOST_COMBINATIONS {
            return Err(Fault::too_large("bodies", "fewer, or with fewer levels"));
        }
        let sound = |route: &Vec<usize>| {
            route.len() == bodies.len()
                && route.iter().any(|level| *level > 0)
                && route.iter().zip(&bodies).all(|(level, b)| *level <= b.quotas.len())
        };
        if let Some(route) = routes.iter().position(|r| !sound(r)) {
            return Err(Fault::unfit(
                "routes",
                "one level a body, none above what the body has, and at least one above 0",
            )
            .at(route));
        }
        if routes.is_empty() {
            return Err(Fault::nothing("routes", "at least one"));
        }
        Ok(Self { bodies, routes })
    }

    /// Bodies that must all agree, each by one quota.
    ///
    /// # Errors
    /// As [`ComposedGame::new`].
    pub fn all_of(bodies: Vec<Body>) -> Result<Self, Fault> {
        let route = bodies.iter().map(|b| b.quotas.len()).collect();
        Self::new(bodies, vec![route])
    }

    fn wins(&self, levels: &[usize]) -> bool {
        self.routes.iter().any(|route| route.iter().zip(levels).all(|(need, has)| has >= need))
    }

    /// The Shapley-Shubik index of every member of every body, exactly.
    ///
    /// Swings are counted by size: those of a member within its body, for each step in level they
    /// bring, times the coalitions of the other bodies (by size and level) for which that step
    /// turns defeat into victory; then weighed as for one body.
    ///
    /// # Errors
    /// None beyond those of construction today; the type leaves room.
    ///
    /// Reference: `shapley1954`. Checked by the catalog's lawmaking game with override, and by
    /// property tests: shares sum to one, and bodies that fit in one weighted game give its index.
    pub fn shapley_shubik(&self) -> Result<Vec<Vec<BigRational>>, Fault> {
        let players = self.bodies.iter().map(|b| b.weights.len()).sum();
        let orders = Orders::of(players);
        Ok(self.by_member(|swings| orders.share(swings.iter().cloned())))
    }

    /// The Penrose-Banzhaf measure of every member of every body, exactly: swings over all
    /// coalitions of the others.
    ///
    /// # Errors
    /// As [`ComposedGame::shapley_shubik`].
    ///
    /// Reference: `banzhaf1965`.
    pub fn penrose(&self) -> Result<Vec<Vec<BigRational>>, Fault> {
        let players: usize = self.bodies.iter().map(|b| b.weights.len()).sum();
        let all = BigInt::from(BigUint::from(1_u32) << players.saturating_sub(1));
        Ok(self.by_member(|swings| BigRational::new(swings.iter().sum(), all.clone())))
    }

    fn by_member(&self, measure: impl Fn(&[BigInt]) -> BigRational) -> Vec<Vec<BigRational>> {
        let tables: Vec<Table> = self.bodies.iter().map(Table::of).collect();
        let of_body = |(at, table): (usize, &Table)| {
            let steps = self.decisive_steps(at, &tables);
            let of_class: Vec<BigRational> = (0..table.distinct.len())
                .map(|class| {
                    let mut swings: Vec<BigInt> = Vec::new();
                    for (from, to, others) in &steps {
                        let own = table.steps(class, *from, *to);
                        add_product(&mut swings, &own, others);
                    }
                    measure(&swings)
                })
                .collect();
            table.class.iter().map(|c| of_class[*c].clone()).collect()
        };
        tables.iter().enumerate().map(of_body).collect()
    }

    /// For each step in level of the body at `at`, coalitions of all other bodies by size for which
    /// it decides.
    fn decisive_steps(&self, at: usize, tables: &[Table]) -> Vec<(usize, usize, Vec<BigInt>)> {
        let top = self.bodies[at].quotas.len();
        let mut steps: Vec<(usize, usize, Vec<BigInt>)> = Vec::new();
        for from in 0..top {
            for to in from + 1..=top {
                steps.push((from, to, Vec::new()));
            }
        }
        let mut levels = vec![0; self.bodies.len()];
        loop {
            let at_level = |levels: &mut Vec<usize>, level| {
                levels[at] = level;
                self.wins(levels)
            };
            let wins: Vec<bool> = (0..=top).map(|l| at_level(&mut levels, l)).collect();
            levels[at] = 0;
            if wins[top] && !wins[0] {
                let mut sizes = vec![BigInt::from(1)];
                for (b, table) in tables.iter().enumerate().filter(|(b, _)| *b != at) {
                    let mut product = Vec::new();
                    add_product(&mut product, &sizes, &table.at_level(levels[b]));
                    sizes = product;
                }
                for (from, to, others) in &mut steps {
                    if !wins[*from] && wins[*to] {
                        add_product(others, &sizes, &[BigInt::from(1)]);
                    }
                }
            }
            // The next combination of the others' levels, like an odometer.
            let mut moved = false;
            for (b, body) in self.bodies.iter().enumerate().filter(|(b, _)| *b != at) {
                if levels[b] < body.quotas.len() {
                    levels[b] += 1;
                    moved = true;
                    break;
                }
                levels[b] = 0;
            }
            if !moved {
                return steps;
            }
        }
    }
}

/// Adds the product of two polynomials in size.
fn add_product(to: &mut Vec<BigInt>, a: &[BigInt], b: &[BigInt]) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    if to.len() < a.len() + b.len() - 1 {
        to.resize(a.len() + b.len() - 1, BigInt::ZERO);
    }
    for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (j, y) in b.iter().enumerate() {
            to[i + j] += x * y;
        }
    }
}

/// A body's coalitions counted by size and weight.
struct Table {
    distinct: Vec<u64>,
    class: Vec<usize>,
    bounds: Vec<usize>,
    running: Vec<Vec<BigInt>>,
}

impl Table {
    fn of(body: &Body) -> Self {
        let total: u64 = body.weights.iter().sum();
        let (distinct, class) = classes(&body.weights);
        let mut rising = body.weights.clone();
        rising.sort_unstable();
        let running = sums_by_size::<BigInt>(&rising, total as usize + 1);
        // Level k spans weights from bounds[k] to bounds[k + 1] - 1.
        let mut bounds = vec![0];
        bounds.extend(body.quotas.iter().map(|q| *q as usize));
        bounds.push(total as usize + 1);
        Self { distinct, class, bounds, running }
    }

    /// Coalitions at exactly this level, by size.
    fn at_level(&self, level: usize) -> Vec<BigInt> {
        let (low, high) = (self.bounds[level], self.bounds[level + 1]);
        self.running.iter().map(|row| &row[high] - &row[low]).collect()
    }

    /// Coalitions without one member of this class that are at level `from` and at `to` with it, by
    /// size.
    fn steps(&self, class: usize, from: usize, to: usize) -> Vec<BigInt> {
        let a = self.distinct[class] as usize;
        let low = self.bounds[from].max(self.bounds[to].saturating_sub(a));
        let high = self.bounds[from + 1].min(self.bounds[to + 1].saturating_sub(a));
        let members = self.running.len() - 1;
        let mut counts: Vec<BigInt> = Vec::with_capacity(members);
        for size in 0..members {
            let mut count = BigInt::ZERO;
            if low < high {
                let (mut top, mut bottom) = (high, low);
                for (j, row) in self.running[..=size].iter().rev().enumerate() {
                    let window = &row[top] - &row[bottom];
                    if j % 2 == 0 {
                        count += window
                    } else {
                        count -= window
                    }
                    if a > 0 && top <= a {
                        break;
                    }
                    top -= a;
                    bottom = bottom.saturating_sub(a);
                }
            }
            counts.push(count);
        }
        counts
    }
}
