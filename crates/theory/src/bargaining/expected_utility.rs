//! The expected utility model of conflict as Scholz, Calbert and Smith wrote it out.
//!
//! Every actor weighs a challenge to every other under its own risk attitude and takes the offer
//! that costs it least. It is here because it is published in full and can be reproduced to the
//! digit, not because it forecasts well: on its authors' own case it oscillates and never settles,
//! and they doubt the denominator of its probability. The module refuses to mend it.

use super::{finite, weights};
use crate::Fault;

/// A field of actors on one issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What each actor can bring to bear, zero or more.
    pub capability: Vec<f64>,
    /// How much each cares, 0 to 1.
    pub salience: Vec<f64>,
    /// Where each stands, on any scale.
    pub position: Vec<f64>,
}

/// How one actor came to move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Move {
    /// No offer reached it.
    Stays,
    /// It lost a confrontation to this actor and adopts its position.
    Confronted(usize),
    /// It meets this actor part of the way.
    Compromises(usize),
    /// It gives in to this actor.
    Capitulates(usize),
}

/// One round.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The risk exponent of each actor: 1/2 (daring) to 2 (cautious).
    pub exponent: Vec<f64>,
    /// How each moved.
    pub moves: Vec<Move>,
    /// Where each stands afterwards.
    pub position: Vec<f64>,
}

/// Rounds that may be played; each is kept.
pub const MOST_ROUNDS: usize = 10_000;

/// Plays `rounds` rounds.
///
/// Mechanism, W being the initial range of positions: for risk exponent r
/// - success is worth `us = 2 - 4 (1/2 - |x_i - x_j| / 2W)^r`, failure
///   `uf = 2 - 4 (1/2 + |x_i - x_j| / 2W)^r`, the status quo `uq = 2 - 4 (1/2)^r`;
/// - actor k's vote for i over j is `v_k = c_k s_k ((|x_k - x_j|/W)^r_k - (|x_k - x_i|/W)^r_k)`, and
///   `P(i, j) = sum_k max(0, v_k(i, j)) / sum_kab |v_k(a, b)|`, zero if the two agree;
/// - `EU_ij = s_j (P us + (1 - P) uf) + (1 - s_j) us - uq`;
/// - with all exponents one, `R_i = (2 sum_j EU_ji - max - min) / (max - min)` and the exponents for
///   the round are `r_i = (1 - R_i/3) / (1 + R_i/3)`;
/// - in i's eyes (exponent r_i in both), j confronts i if `EU_ji > EU_ij > 0` (i adopts x_j), they
///   compromise if `EU_ji > |EU_ij|` and `EU_ij < 0` (i moves the share `|EU_ij / EU_ji|` of the
///   way), and i capitulates if `|EU_ij| >= EU_ji > 0 > EU_ij`. Confrontations come before
///   compromises and those before capitulations; among equals the smallest move, except that
///   compromises are ordered by `(|EU_ij| x_i + |EU_ji| x_j) / (|EU_ij| + |EU_ji|)`, as published.
///
/// If the first-pass sums are all equal every exponent is one (*Judged*: the formula leaves 0/0).
///
/// # Errors
/// Shapes and ranges, more than [`MOST_ROUNDS`] rounds; a field that starts with no range has no W
/// and simply stays.
///
/// Reference: `scholz2011`. Checked by the eleven rounds of the car emissions case, catalog entry
/// `scholz-emissions-rounds`.
pub fn play(field: &Field, rounds: usize) -> Result<Vec<Round>, Fault> {
    let n = field.position.len();
    if n == 0 {
        return Err(Fault::nothing("actors", "at least one"));
    }
    if rounds > MOST_ROUNDS {
        return Err(Fault::whole("rounds", rounds as u64, "at most 10,000"));
    }
    finite("position", &field.position, n)?;
    weights("capability", &field.capability, n)?;
    finite("salience", &field.salience, n)?;
    if let Some(actor) = field.salience.iter().position(|s| !(0.0..=1.0).contains(s)) {
        let value = field.salience[actor];
        return Err(Fault::number("salience", value, "between 0 and 1").at(actor));
    }
    let low = field.position.iter().copied().fold(f64::INFINITY, f64::min);
    let high = field.position.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = high - low;
    let most = field.capability.iter().copied().fold(0.0, f64::max);
    let weight: Vec<f64> =
        field.capability.iter().zip(&field.salience).map(|(c, s)| c / most * s).collect();
    let mut position = field.position.clone();
    let mut played = Vec::with_capacity(rounds.min(1000));
    for _ in 0..rounds {
        let now = Table { position: &position, salience: &field.salience, weight: &weight, range };
        let round = now.round();
        position.clone_from(&round.position);
        played.push(round);
    }
    Ok(played)
}

/// The field at the start of a round.
struct Table<'a> {
    position: &'a [f64],
    salience: &'a [f64],
    weight: &'a [f64],
    range: f64,
}

impl Table<'_> {
    fn round(&self) -> Round {
        let n = self.position.len();
        if self.range <= 0.0 {
            let (exponent, moves) = (vec![1.0; n], vec![Move::Stays; n]);
            return Round { exponent, moves, position: self.position.to_vec() };
        }
        let neutral = vec![1.0; n];
        let odds = self.odds(&neutral);
        let threat: Vec<f64> = (0..n)
            .map(|i| (0..n).filter(|j| *j != i).map(|j| self.gain(j, i, 1.0, odds[j][i])).sum())
            .collect();
        let low = threat.iter().copied().fold(f64::INFINITY, f64::min);
        let high = threat.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exponent: Vec<f64> = threat
            .iter()
            .map(|t| if high > low { (2.0 * t - high - low) / (high - low) } else { 0.0 })
            .map(|risk| (1.0 - risk / 3.0) / (1.0 + risk / 3.0))
            .collect();
        let odds = self.odds(&exponent);
        let (moves, position) = (0..n).map(|i| self.best(i, exponent[i], &odds)).unzip();
        Round { exponent, moves, position }
    }

    /// P(i, j) for all pairs, with actor k's vote at exponent `r[k]`.
    fn odds(&self, r: &[f64]) -> Vec<Vec<f64>> {
        let n = self.position.len();
        let mut total = 0.0;
        let mut odds = vec![vec![0.0; n]; n];
        for ((here, weight), r) in self.position.iter().zip(self.weight).zip(r) {
            let far: Vec<f64> =
                self.position.iter().map(|x| ((here - x).abs() / self.range).powf(*r)).collect();
            for (i, row) in odds.iter_mut().enumerate() {
                for (j, cell) in row.iter_mut().enumerate() {
                    let vote = weight * (far[j] - far[i]);
                    total += vote.abs();
                    if self.position[i] != self.position[j] {
                        *cell += vote.max(0.0);
                    }
                }
            }
        }
        if total > 0.0 {
            odds.iter_mut().flatten().for_each(|p| *p /= total);
        }
        odds
    }

    /// EU_ij at exponent `r`, given P(i, j).
    fn gain(&self, i: usize, j: usize, r: f64, p: f64) -> f64 {
        let half = (self.position[i] - self.position[j]).abs() / self.range / 2.0;
        let success = 2.0 - 4.0 * (0.5 - half).max(0.0).powf(r);
        let failure = 2.0 - 4.0 * (0.5 + half).powf(r);
        let status_quo = 2.0 - 4.0 * 0.5_f64.powf(r);
        let s = self.salience[j];
        s * (p * success + (1.0 - p) * failure) + (1.0 - s) * success - status_quo
    }

    /// The offer actor i takes, and where it ends up.
    fn best(&self, i: usize, r: f64, odds: &[Vec<f64>]) -> (Move, f64) {
        let here = self.position[i];
        let mut best: Option<(u8, f64, Move, f64)> = None;
        for (j, there) in self.position.iter().copied().enumerate() {
            if j == i {
                continue;
            }
            let ours = self.gain(i, j, r, odds[i][j]);
            let theirs = self.gain(j, i, r, odds[j][i]);
            let offer = if theirs > ours && ours > 0.0 {
                (0, (there - here).abs(), Move::Confronted(j), there)
            } else if ours < 0.0 && theirs > ours.abs() {
                let key = (ours.abs() * here + theirs * there) / (ours.abs() + theirs);
                let to = here + (there - here) * (ours / theirs).abs();
                (1, key, Move::Compromises(j), to)
            } else if ours < 0.0 && theirs > 0.0 {
                (2, (there - here).abs(), Move::Capitulates(j), there)
            } else {
                continue;
            };
            if best.is_none_or(|b| offer.0 < b.0 || (offer.0 == b.0 && offer.1 < b.1)) {
                best = Some(offer);
            }
        }
        best.map_or((Move::Stays, here), |(_, _, how, to)| (how, to))
    }
}
