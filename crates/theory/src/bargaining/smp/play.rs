//! Turn after turn, until the field has settled.

use super::bargain::{Bargain, Side, bargains};
use super::challenge::{Challenge, View, target};
use super::options::Options;
use super::resolve::{Field, chances, drawn, surest};
use super::risk::attitudes;
use super::utility::{Table, distance, utility};
use crate::Fault;

/// One actor. Positions and saliences are on the scale 0 to 1, one for each issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// What it can bring to bear; positive, on any scale.
    pub capability: f64,
    /// Where it stands on each issue, 0 to 1.
    pub position: Vec<f64>,
    /// How much it cares about each issue, 0 to 1; together more than 0 and at most 1.
    pub salience: Vec<f64>,
}

/// How ideals follow positions: `y' = A x' + (1 - A 1) y`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Accommodation {
    /// An actor's ideal is wherever it has moved to.
    #[default]
    Identity,
    /// One row for each actor: the shares of the actors' positions in its next ideal. They are not
    /// negative and add up to at most one; the rest is the share of its old ideal.
    Shares(Vec<Vec<f64>>),
}

/// How an actor picks among the bargains before it.
#[derive(Clone, Copy, Default)]
pub enum Choice<'a> {
    /// The likeliest, the first on a tie.
    #[default]
    Surest,
    /// By lot: the function gives a number from 0 to 1 for a turn and an actor. Nothing else is
    /// asked of it, so the outcome does not hang on the order of asking.
    Drawn(&'a dyn Fn(usize, usize) -> f64),
}

/// What happened in one turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The risk attitude of each actor.
    pub attitude: Vec<f64>,
    /// Every challenge, by initiator.
    pub challenges: Vec<Challenge>,
    /// Every bargain, by initiator.
    pub bargains: Vec<Bargain>,
    /// For each actor the bargains before it as indices into `bargains`; the first, `None`, is to
    /// leave things as they are.
    pub before: Vec<Vec<Option<usize>>>,
    /// The chance of each of those.
    pub chance: Vec<Vec<f64>>,
    /// Which of those the actor took.
    pub chosen: Vec<usize>,
}

/// A whole run.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    /// `positions[t][i]`: where actor i stands after turn t; turn 0 is the start.
    pub positions: Vec<Vec<Vec<f64>>>,
    /// What happened in turns 1, 2, ...
    pub turns: Vec<Turn>,
    /// Whether it stopped because the field had settled.
    pub settled: bool,
}

impl Play {
    /// Where the actors stand at the end.
    pub fn outcome(&self) -> &[Vec<f64>] {
        self.positions.last().map_or(&[], Vec::as_slice)
    }
}

/// Turns that may be asked for; each is kept.
const MOST_TURNS: usize = 10_000;

/// Plays the model from the given actors until it settles or `options.most_turns` have passed.
///
/// It has settled after turn t >= 2 once
/// `sum_i |x_i(t) - x_i(t-1)| / (sum_i |x_i(1) - x_i(0)| + 1e-4) < options.settled_below`.
///
/// Mechanism, reference and checks: see the [module](super).
///
/// # Errors
/// No actors or issues, rows of another length; positions, saliences, capabilities or shares of
/// accommodation out of range; more than 10,000 turns.
///
/// ```
/// use theory::bargaining::smp::{Accommodation, Actor, Choice, Options, play};
/// let actor = |capability, position: f64, salience: f64| Actor {
///     capability,
///     position: vec![position],
///     salience: vec![salience],
/// };
/// let field = [actor(60.0, 0.4, 0.4), actor(30.0, 0.1, 0.8), actor(30.0, 0.9, 0.9)];
/// let play = play(&field, &Accommodation::Identity, &Options::default(), Choice::Surest)?;
/// assert_eq!(play.positions.len(), play.turns.len() + 1);
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn play(
    actors: &[Actor],
    accommodation: &Accommodation,
    options: &Options,
    choice: Choice,
) -> Result<Play, Fault> {
    check(actors, accommodation, options)?;
    let mut table = Standing::of(actors);
    let mut play = Play { positions: vec![table.position.clone()], turns: vec![], settled: false };
    let mut first_stir = 0.0;
    while play.turns.len() < options.most_turns {
        let (turn, next) = table.turn(options, choice, play.turns.len() + 1)?;
        let stir: f64 = table.position.iter().zip(&next).map(|(a, b)| euclid(a, b)).sum();
        table.move_to(next, accommodation);
        play.positions.push(table.position.clone());
        play.turns.push(turn);
        if play.turns.len() == 1 {
            first_stir = stir;
        } else if stir / (first_stir + 1e-4) < options.settled_below {
            play.settled = true;
            break;
        }
    }
    Ok(play)
}

fn euclid(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// Where everybody stands at the start of a turn.
struct Standing {
    capability: Vec<f64>,
    salience: Vec<Vec<f64>>,
    total_salience: Vec<f64>,
    weight: Vec<f64>,
    position: Vec<Vec<f64>>,
    ideal: Vec<Vec<f64>>,
}

impl Standing {
    fn of(actors: &[Actor]) -> Self {
        let total_salience: Vec<f64> = actors.iter().map(|a| a.salience.iter().sum()).collect();
        Standing {
            capability: actors.iter().map(|a| a.capability).collect(),
            salience: actors.iter().map(|a| a.salience.clone()).collect(),
            weight: actors.iter().zip(&total_salience).map(|(a, s)| a.capability * s).collect(),
            total_salience,
            position: actors.iter().map(|a| a.position.clone()).collect(),
            ideal: actors.iter().map(|a| a.position.clone()).collect(),
        }
    }

    fn turn(
        &self,
        options: &Options,
        choice: Choice,
        number: usize,
    ) -> Result<(Turn, Vec<Vec<f64>>), Fault> {
        let n = self.capability.len();
        let mut far = Table::new(n, n);
        for i in 0..n {
            for (j, cell) in far.row_mut(i).iter_mut().enumerate() {
                *cell = distance(&self.ideal[i], &self.position[j], &self.salience[i]);
            }
        }
        let attitude = attitudes(options, &self.capability, &far)?;
        let (challenges, bargains) = self.challenges(options, number, &far, &attitude)?;

        let mut before: Vec<Vec<Option<usize>>> = vec![vec![None]; n];
        for (at, bargain) in bargains.iter().enumerate() {
            before[bargain.initiator].push(Some(at));
            before[bargain.receiver].push(Some(at));
        }
        let mut worth = Table::new(n, n);
        for (a, r) in attitude.iter().enumerate() {
            for (cell, d) in worth.row_mut(a).iter_mut().zip(far.row(a)) {
                *cell = utility(*d, *r);
            }
        }
        let field = Field {
            capability: &self.capability,
            salience: &self.salience,
            ideal: &self.ideal,
            attitude: &attitude,
            worth: &worth,
        };
        let mut chance = Vec::with_capacity(n);
        let mut chosen = Vec::with_capacity(n);
        let mut next = Vec::with_capacity(n);
        for (k, list) in before.iter().enumerate() {
            let put: Vec<Option<&Bargain>> =
                list.iter().map(|at| at.and_then(|at| bargains.get(at))).collect();
            let odds = chances(options, &field, &put)?;
            let pick = match choice {
                Choice::Surest => surest(&odds),
                Choice::Drawn(lot) => {
                    let draw = lot(number, k);
                    if !(0.0..=1.0).contains(&draw) {
                        let place = Fault::number("the draw", draw, "between 0 and 1").at(number);
                        return Err(place.at(k));
                    }
                    drawn(&odds, draw)
                }
            };
            next.push(match put.get(pick).copied().flatten() {
                Some(b) if b.initiator == k => b.initiator_to.clone(),
                Some(b) => b.receiver_to.clone(),
                None => self.position[k].clone(),
            });
            chance.push(odds);
            chosen.push(pick);
        }
        Ok((Turn { attitude, challenges, bargains, before, chance, chosen }, next))
    }

    fn challenges(
        &self,
        options: &Options,
        number: usize,
        far: &Table,
        attitude: &[f64],
    ) -> Result<(Vec<Challenge>, Vec<Bargain>), Fault> {
        let mut challenges = Vec::new();
        let mut put = Vec::new();
        for i in 0..self.capability.len() {
            let view = View::of(i, options, far, attitude);
            let Some(found) = target(&view, options, &self.weight, &self.total_salience, i) else {
                continue;
            };
            let j = found.receiver;
            let sides = (self.side(i), self.side(j));
            let view_of_j = || View::of(j, options, far, attitude);
            put.extend(bargains(options, number, &found, &self.weight, sides, view_of_j)?);
            challenges.push(found);
        }
        Ok((challenges, put))
    }

    fn side(&self, i: usize) -> Side<'_> {
        Side {
            position: &self.position[i],
            salience: &self.salience[i],
            capability: self.capability[i],
            total_salience: self.total_salience[i],
        }
    }

    fn move_to(&mut self, next: Vec<Vec<f64>>, accommodation: &Accommodation) {
        match accommodation {
            Accommodation::Identity => self.ideal.clone_from(&next),
            Accommodation::Shares(rows) => {
                for (ideal, row) in self.ideal.iter_mut().zip(rows) {
                    let kept = 1.0 - row.iter().sum::<f64>();
                    for (d, y) in ideal.iter_mut().enumerate() {
                        let drawn: f64 = row.iter().zip(&next).map(|(a, x)| a * x[d]).sum();
                        *y = drawn + kept * *y;
                    }
                }
            }
        }
        self.position = next;
    }
}

/// Slack for shares that were written down in decimals and add up to one.
const ROUNDING: f64 = 1e-9;

fn check(actors: &[Actor], accommodation: &Accommodation, options: &Options) -> Result<(), Fault> {
    let issues = actors.first().ok_or(Fault::nothing("actors", "at least one"))?.position.len();
    if issues == 0 {
        return Err(Fault::nothing("issues", "at least one"));
    }
    for (actor, a) in actors.iter().enumerate() {
        let lengths = [("position", &a.position), ("salience", &a.salience)];
        for (quantity, row) in lengths {
            if row.len() != issues {
                return Err(Fault::length(quantity, row.len(), issues).at(actor));
            }
            if let Some(issue) = row.iter().position(|x| !(0.0..=1.0).contains(x)) {
                let fault = Fault::number(quantity, row[issue], "between 0 and 1");
                return Err(fault.at(actor).at(issue));
            }
        }
        let value = a.capability;
        if !(1e-100..=1e100).contains(&value) {
            let must = "positive, between 1e-100 and 1e100";
            return Err(Fault::number("capability", value, must).at(actor));
        }
        let value: f64 = a.salience.iter().sum();
        if !(1e-100..=1.0 + ROUNDING).contains(&value) {
            let must = "positive and at most 1 over all issues";
            return Err(Fault::number("salience", value, must).at(actor));
        }
    }
    if let Accommodation::Shares(rows) = accommodation {
        if rows.len() != actors.len() {
            return Err(Fault::length("accommodation", rows.len(), actors.len()));
        }
        for (actor, row) in rows.iter().enumerate() {
            let sound = row.len() == actors.len()
                && row.iter().all(|a| (0.0..=1.0).contains(a))
                && row.iter().sum::<f64>() <= 1.0 + ROUNDING;
            if !sound {
                let must = "one share for each actor, not negative, adding up to at most 1";
                return Err(Fault::unfit("accommodation", must).at(actor));
            }
        }
    }
    if options.settled_below.is_nan() || options.settled_below < 0.0 {
        return Err(Fault::number("settled_below", options.settled_below, "zero or more"));
    }
    if options.most_turns > MOST_TURNS {
        let must = "at most 10,000, as every turn is kept";
        return Err(Fault::whole("most_turns", options.most_turns as u64, must));
    }
    Ok(())
}
