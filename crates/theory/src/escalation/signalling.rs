//! The crisis signalling game, with all of its equilibria.
//!
//! A challenges or not; if challenged, B concedes or resists; if B resists, A fights or backs down.
//! Each side knows its own taste for war (and A its cost of backing down), the other only its
//! distribution. A challenge thus says something about the challenger, which is why there may be
//! several equilibria; estimates that look at one of them are known to go wrong. The module refuses
//! to select.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::Fault;
use crate::fault::within;
use crate::normal::{bivariate, cumulative, density, integral};

/// The mean payoffs of the game. Each side's war payoff, and A's payoff of backing down, have an
/// independent standard normal part that it alone knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Payoffs {
    /// A's payoff of the status quo.
    pub status_quo_a: f64,
    /// A's payoff when B concedes; above the status quo.
    pub victory_a: f64,
    /// B's payoff of conceding.
    pub concession_b: f64,
    /// A's mean payoff of war.
    pub war_a: f64,
    /// B's mean payoff of war.
    pub war_b: f64,
    /// A's mean payoff of backing down: its audience cost.
    pub backing_down_a: f64,
    /// B's payoff when A backs down.
    pub victory_b: f64,
}

/// One equilibrium.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equilibrium {
    /// The probability that A challenges.
    pub challenge: f64,
    /// That B resists a challenge.
    pub resist: f64,
    /// That A fights if B resists.
    pub fight: f64,
    /// Whether beliefs slightly off lead back to it.
    pub stable: bool,
}

impl Equilibrium {
    /// The probabilities of the status quo, of concession, of war and of backing down.
    pub fn outcomes(&self) -> [f64; 4] {
        let resisted = self.challenge * self.resist;
        [
            1.0 - self.challenge,
            self.challenge - resisted,
            resisted * self.fight,
            resisted * (1.0 - self.fight),
        ]
    }
}

/// All equilibria, by rising probability that B resists.
///
/// Mechanism: if A expects resistance with p, it challenges when war or backing down is worth more
/// than `c(p) = (S_A - (1 - p) V_A) / p`. So `p_C = 1 - Phi(c - W_A) Phi(c - a)`, and A fights when war
/// beats backing down: `p_F = Phi_2((W_A - a)/sqrt 2, W_A - c; 1/sqrt 2) / p_C`. B, who learns from
/// the challenge, resists with `f(p_F) = Phi((p_F W_B + (1 - p_F) V_B - C_B) / p_F)`. Equilibria are
/// the roots of `p - f(p_F(p))`.
///
/// All roots are found by exclusion: as p rises, c rises, and the probabilities of challenging and of
/// challenging-and-fighting both fall; so over a range of p the ratio p_F, and through the monotone f the
/// whole expression, has bounds. Ranges whose bounds leave out zero are dropped, the rest halved until
/// they are no wider than 1e-10; neighbours among these are one root, bisected if the sign changes
/// across them and kept as a touching root otherwise if the expression is there within 1e-9 of zero.
///
/// # Errors
/// Payoffs beyond 15 in size, a victory of A not above its status quo.
///
/// Reference: `lewis2003`, `jo2011`; the multiplicity, and the parameters of the check,
/// `crismancox2021`. Checked by the catalog entries `crisis-three-equilibria` and
/// `crisis-one-equilibrium`, and by the property that every equilibrium is one.
pub fn equilibria(payoffs: &Payoffs) -> Result<Vec<Equilibrium>, Fault> {
    let p = payoffs;
    let all = [
        p.status_quo_a,
        p.victory_a,
        p.concession_b,
        p.war_a,
        p.war_b,
        p.backing_down_a,
        p.victory_b,
    ];
    within("a payoff", &all, |v| v.abs() <= 15.0, "a number of size at most 15")?;
    if p.victory_a <= p.status_quo_a {
        let must = "above A's payoff of the status quo";
        return Err(Fault::number("victory_a", p.victory_a, must));
    }
    let mut pending = vec![(Edge::at(p, 0.0), Edge::at(p, 1.0))];
    let mut left: Vec<(f64, f64)> = Vec::new();
    let mut halvings = 0_usize;
    while let Some((low, high)) = pending.pop() {
        if excluded(p, &low, &high) {
            continue;
        }
        if high.p - low.p < NARROW {
            match left.last_mut() {
                Some(last) if last.1 == low.p => last.1 = high.p,
                _ => left.push((low.p, high.p)),
            }
            continue;
        }
        halvings += 1;
        if halvings > 2_000_000 {
            return Err(Fault::unsettled(
                "the search for equilibria",
                "payoffs further from a touching root",
            ));
        }
        let middle = Edge::at(p, low.p + (high.p - low.p) / 2.0);
        // The lower half is taken up first, so ranges are left in rising order.
        pending.push((middle, high));
        pending.push((low, middle));
    }
    Ok(left.into_iter().filter_map(|(low, high)| root(p, low, high)).collect())
}

const NARROW: f64 = 1e-10;

/// The probabilities at one value of p.
#[derive(Debug, Clone, Copy)]
struct Edge {
    p: f64,
    challenge: f64,
    challenge_and_fight: f64,
}

impl Edge {
    fn at(payoffs: &Payoffs, p: f64) -> Self {
        let (s, v) = (payoffs.status_quo_a, payoffs.victory_a);
        let c = if p > 0.0 { (s - (1.0 - p) * v) / p } else { f64::NEG_INFINITY };
        let war = cumulative(payoffs.war_a - c);
        let down = cumulative(payoffs.backing_down_a - c);
        let challenge = war + down - war * down;
        Edge { p, challenge, challenge_and_fight: fights(payoffs, c, challenge) }
    }

    fn fight(&self) -> f64 {
        (self.challenge_and_fight / self.challenge).min(1.0)
    }
}

/// The probability that A challenges and fights: that war beats both `c` and backing down.
fn fights(payoffs: &Payoffs, c: f64, challenge: f64) -> f64 {
    let (w, a) = (payoffs.war_a, payoffs.backing_down_a);
    if challenge > 1e-5 {
        return bivariate((w - a) * FRAC_1_SQRT_2, w - c, FRAC_1_SQRT_2);
    }
    // Far in the tail the closed form loses its digits; the integral over war payoffs does not.
    let start = c.max(w - 8.0);
    let density_of_both = |x: f64| density(x - w) * cumulative(x - a);
    let mut sum = 0.0;
    for panel in 0..16 {
        let from = start + 0.5 * f64::from(panel);
        let part = integral(density_of_both, from, from + 0.5);
        sum += part;
        if part < 1e-17 * sum {
            break;
        }
    }
    sum
}

/// The probability that B resists, if A would fight with `fight`.
fn resists(payoffs: &Payoffs, fight: f64) -> f64 {
    let spoils = payoffs.victory_b - payoffs.concession_b;
    if fight > 0.0 {
        cumulative(payoffs.war_b - payoffs.victory_b + spoils / fight)
    } else if spoils == 0.0 {
        cumulative(payoffs.war_b - payoffs.victory_b)
    } else {
        f64::from(u8::from(spoils > 0.0))
    }
}

fn excess(payoffs: &Payoffs, p: f64) -> f64 {
    p - resists(payoffs, Edge::at(payoffs, p).fight())
}

/// Whether no root can lie between two edges.
fn excluded(payoffs: &Payoffs, low: &Edge, high: &Edge) -> bool {
    const ROUNDING: f64 = 1e-12;
    let least = (high.challenge_and_fight / low.challenge).clamp(0.0, 1.0);
    let most = (low.challenge_and_fight / high.challenge).clamp(0.0, 1.0);
    let (one, other) = (resists(payoffs, least), resists(payoffs, most));
    low.p - one.max(other) > ROUNDING || high.p - one.min(other) < -ROUNDING
}

/// The root in a narrow range, if there is one.
fn root(payoffs: &Payoffs, low: f64, high: f64) -> Option<Equilibrium> {
    let (mut a, mut b) = ((low - NARROW).max(0.0), (high + NARROW).min(1.0));
    let (fa, fb) = (excess(payoffs, a), excess(payoffs, b));
    let p = if fa <= 0.0 && fb >= 0.0 || fa >= 0.0 && fb <= 0.0 {
        let rising = fb >= fa;
        for _ in 0..200 {
            let middle = a + (b - a) / 2.0;
            if middle <= a || middle >= b {
                break;
            }
            if (excess(payoffs, middle) < 0.0) == rising {
                a = middle;
            } else {
                b = middle;
            }
        }
        a + (b - a) / 2.0
    } else {
        let middle = low + (high - low) / 2.0;
        if excess(payoffs, middle).abs() > 1e-9 {
            return None;
        }
        middle
    };
    let edge = Edge::at(payoffs, p);
    let equilibrium = Equilibrium {
        challenge: edge.challenge,
        resist: p,
        fight: edge.fight(),
        stable: fb > 0.0 && fa < 0.0 || p <= 0.0 || p >= 1.0,
    };
    Some(equilibrium)
}
