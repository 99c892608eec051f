//! The tie network as a run moves it: pulls by the week, solved as far as they are asked for.
//!
//! Who is tied to whom is the same in every run, so the elimination is planned once
//! ([`theory::influence::sparse`]); a week's pulls are factored in a few hundred steps. Sway over a body needs one
//! row, r = phi (I - H)^-1, and sway of i is then r_i D_i (see [`crate::sway`]); where everybody settles on a line
//! needs one column.

use case::Channel;
use case::choice::Care;
use theory::Fault;
use theory::influence::sparse::{Behind, Factors, Plan};

use crate::journal::Journal;
use crate::model::{ActorId, Drawn, Network};
use crate::process::StepError;
use crate::silence::Silence;
use crate::world::World;

/// Weight below which nobody who pulls on an actor holds a position.
const NOBODY: f64 = 1e-7;

/// Why a tie network has no solution, by places of actors or by their names.
#[derive(Debug, Clone, PartialEq)]
pub enum Unsolved<A = ActorId> {
    /// A circle of actors who pull on each other and whom nobody with autonomy reaches: where they
    /// end up hangs on nothing.
    Closed(Vec<A>),
    /// The numbers make no network.
    Numbers(Fault),
}

impl Unsolved {
    /// By the names of its actors.
    #[must_use]
    pub fn named<A>(self, name: impl Fn(ActorId) -> A) -> Unsolved<A> {
        match self {
            Self::Closed(actors) => Unsolved::Closed(actors.into_iter().map(name).collect()),
            Self::Numbers(error) => Unsolved::Numbers(error),
        }
    }
}

impl std::fmt::Display for Unsolved<String> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Closed(actors) => write!(
                f,
                "nobody with autonomy reaches {}: give one of them autonomy above zero, or a tie from \
                 somebody who has it",
                actors.join(", ")
            ),
            Self::Numbers(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Unsolved<String> {}

/// What a network's ties and actors bring to a draw, whatever moves.
#[derive(Debug, Clone)]
pub struct Strengths {
    /// For each tie its bandwidth, and its dependence times the weight of its channel.
    pub ties: Vec<(f64, f64)>,
    /// Each actor's autonomy, on the scale learned from precedents.
    pub autonomy: Vec<f64>,
}

impl Strengths {
    /// With the values of a run.
    #[must_use]
    pub fn of(network: &Network, drawn: &Drawn) -> Self {
        let weight = network.weights.map(|w| w.map_or(0.0, |id| drawn.peek(id)));
        let kappa = network.kappa.map_or(1.0, |id| drawn.peek(id));
        let tie = |(_, _, channel, bandwidth, dependence): &(_, _, Channel, _, _)| {
            (drawn.peek(*bandwidth), weight[channel.index()] * drawn.peek(*dependence))
        };
        Self {
            ties: network.ties.iter().map(tie).collect(),
            autonomy: (network.autonomy.iter())
                .map(|a| a.map_or(0.0, |id| kappa * drawn.peek(id)))
                .collect(),
        }
    }

    /// Takes out the ties that are silent.
    pub fn silence(&mut self, silence: &Silence) {
        for (tie, (width, _)) in self.ties.iter_mut().enumerate() {
            if silence.cuts(tie) {
                *width = 0.0;
            }
        }
    }

    /// The pull of each tie with a factor on its bandwidth; a bandwidth ends at 1.
    #[must_use]
    pub fn pulls(&self, factor: impl Fn(usize) -> f64) -> Vec<f64> {
        let ties = self.ties.iter().enumerate();
        ties.map(|(t, (width, worth))| (width * factor(t)).clamp(0.0, 1.0) * worth).collect()
    }

    /// The network of a plan with these pulls, factored, of everybody or of some and those behind them.
    ///
    /// # Errors
    /// [`Unsolved`].
    pub(crate) fn factor<'p>(
        &self,
        plan: &'p Plan,
        pulls: &[f64],
        of: Option<&Behind>,
    ) -> Result<Factors<'p>, Unsolved> {
        let factors = match of {
            Some(behind) => plan.factor_behind(pulls, &self.autonomy, behind),
            None => plan.factor(pulls, &self.autonomy),
        };
        factors.map_err(|error| match plan.closed(pulls, &self.autonomy) {
            circle if circle.is_empty() => Unsolved::Numbers(error),
            circle => Unsolved::Closed(circle),
        })
    }
}

/// The pulls of the network in a week of a run, normalised and factored.
#[derive(Debug, Clone)]
pub struct Pulls<'n> {
    factors: Factors<'n>,
}

impl<'n> Pulls<'n> {
    /// The pulls with what ties bring to a run and a factor on each tie's bandwidth; a bandwidth ends at 1.
    ///
    /// # Errors
    /// [`Unsolved`], with the ids of actors.
    pub fn of(
        network: &'n Network,
        strengths: &Strengths,
        factor: impl Fn(usize) -> f64,
    ) -> Result<Self, Unsolved<String>> {
        Self::factored(network, strengths, factor, None)
    }

    fn factored(
        network: &'n Network,
        strengths: &Strengths,
        factor: impl Fn(usize) -> f64,
        of: Option<&Behind>,
    ) -> Result<Self, Unsolved<String>> {
        let factors = strengths.factor(&network.plan, &strengths.pulls(factor), of);
        let id = |actor: ActorId| network.actors[actor].clone();
        Ok(Self { factors: factors.map_err(|error| error.named(id))? })
    }

    /// Sway over a body whose members have the given power weights, by actor.
    #[must_use]
    pub fn sway(&self, power: &[(ActorId, f64)]) -> Vec<f64> {
        let anchor = self.factors.anchor();
        let mut phi = vec![0.0; anchor.len()];
        power.iter().for_each(|(member, weight)| phi[*member] += weight);
        let reach = self.factors.row(&phi);
        reach.iter().zip(anchor).map(|(reach, own)| reach * own).collect()
    }

    /// What each actor holds of where `on` ends up: the row of V for `on`.
    #[must_use]
    pub fn holds(&self, on: ActorId) -> Vec<f64> {
        self.sway(&[(on, 1.0)])
    }

    /// Where each actor ends up that starts at `own`: V x(0).
    #[must_use]
    pub fn ends(&self, own: &[f64]) -> Vec<f64> {
        let held: Vec<f64> = own.iter().zip(self.factors.anchor()).map(|(x, d)| x * d).collect();
        self.factors.column(&held)
    }

    /// Where each actor ends up on a line once everybody has pulled, each holder of a position counting by its salience:
    /// the sum of V s x over that of V s ([`theory::decision::wish`]; total effects V of `friedkin1990`). `own` holds each
    /// actor's position and salience. An actor without a position goes where it is pulled; none where nobody who pulls on
    /// it holds one.
    #[must_use]
    pub fn settled(&self, own: &[Option<(f64, f64)>]) -> Vec<Option<f64>> {
        let of = |value: &dyn Fn((f64, f64)) -> f64| -> Vec<f64> {
            self.ends(&own.iter().map(|x| x.map_or(0.0, value)).collect::<Vec<f64>>())
        };
        let (x, weight) = (of(&|(x, s)| x * s), of(&|(_, s)| s));
        let value =
            |(x, weight): (f64, f64)| (weight > NOBODY).then(|| (x / weight).clamp(0.0, 1.0));
        x.into_iter().zip(weight).map(value).collect()
    }

    /// The chance that a client does what a patron asks against its own wish: the logit choice, at precision lambda,
    /// between obeying, which the patron wants by all it cares and the client does not, and not obeying. What the client
    /// settles on is (P - C) / (P + C), with P what the patron holds of it times the patron's care, C the same of the
    /// client itself, and obeying stands against not obeying as that against its opposite.
    #[must_use]
    pub fn obeys(&self, patron: ActorId, client: ActorId, cares: (Care, Care), lambda: f64) -> f64 {
        let held = self.holds(client);
        let (p, c) = (held[patron] * cares.0.number(), held[client] * cares.1.number());
        if p <= 0.0 {
            return 0.0;
        }
        crate::chance::logistic(2.0 * lambda.max(0.0) * (p - c) / (p + c))
    }
}

impl World {
    /// The pulls of this week. The factors that were moved become causes of the next entry.
    ///
    /// # Errors
    /// As [`Pulls::of`], in the name of the process that asks.
    pub fn pulls<'n>(
        &self,
        network: &'n Network,
        journal: &Journal,
        process: &'static str,
    ) -> Result<Pulls<'n>, StepError> {
        self.pulls_on(network, journal, process, None)
    }

    /// As [`World::pulls`], to ask no more than what is held of some actors: those behind whom are given.
    ///
    /// # Errors
    /// As [`World::pulls`], as far as those actors go.
    pub fn pulls_on<'n>(
        &self,
        network: &'n Network,
        journal: &Journal,
        process: &'static str,
        of: Option<&Behind>,
    ) -> Result<Pulls<'n>, StepError> {
        Pulls::factored(network, &self.strengths, |tie| *self.ties.of(tie).get(journal), of)
            .map_err(|e| StepError { process, fault: format!("the tie network: {e}") })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use theory::influence::sparse::Plan;

    #[test]
    fn a_row_is_the_one_worked_out_by_hand() {
        // Two patrons, a client of both, and a list that the client pulls on. Anchors are 0.2 and 0.4.
        let plan = Plan::new(4, &[(0, 2), (1, 2), (2, 3), (3, 2)]).unwrap();
        let own = [1.0, 1.0, 0.2, 0.4];
        let pulls = Pulls { factors: plan.factor(&[0.5, 0.2, 0.6, 0.1], &own).unwrap() };
        // r_3 = 1 + 0.1 r_2, r_2 = 0.6 r_3: r_3 = 1 / 0.94.
        let sway = pulls.holds(3);
        let r3 = 1.0 / 0.94;
        let expected = [0.3 * r3, 0.12 * r3, 0.12 * r3, 0.4 * r3];
        for (a, b) in sway.iter().zip(expected) {
            assert!((a - b).abs() < 1e-12, "{sway:?}");
        }
        assert!((sway.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // The patron cares .9 for what it holds of the client, 0.3, and the client .6 for its own 0.4.
        let settled: f64 = (0.3 * 0.9 - 0.4 * 0.6) / (0.3 * 0.9 + 0.4 * 0.6);
        let obeys = pulls.obeys(0, 3, (Care::High, Care::Medium), 1.5);
        assert!((obeys - 1.0 / (1.0 + (-3.0 * settled).exp())).abs() < 1e-12);
        assert_eq!(pulls.obeys(3, 0, (Care::High, Care::Medium), 1.5), 0.0);
    }

    #[test]
    fn who_holds_no_position_goes_where_it_is_pulled() {
        let plan = Plan::new(4, &[(0, 2), (1, 2), (2, 3)]).unwrap();
        let own = [1.0, 1.0, 0.3, 0.4];
        let pulls = Pulls { factors: plan.factor(&[0.5, 0.2, 0.6], &own).unwrap() };
        let settled = pulls.settled(&[Some((1.0, 0.5)), Some((0.0, 0.5)), None, Some((0.0, 0.5))]);
        assert_eq!(settled[0], Some(1.0));
        assert!(
            (settled[2].unwrap() - 0.5 / 0.7).abs() < 1e-12,
            "by the weights of its two patrons"
        );
        // Its own anchor 0.4 at 0, and 0.6 times what the client passes on: 0.5 at 1, 0.2 at 0.
        assert!((settled[3].unwrap() - 0.3 / (0.4 + 0.42)).abs() < 1e-12);
        assert_eq!(pulls.settled(&[None; 4]), [None; 4]);
    }
}
