//! Who holds sway: how much of a decision is due to each actor, and through which channel.
//!
//! The pull of i on j by channel c is x = bandwidth times dependence. With channel weights w and autonomy k,
//! H_ji = sum over c of w_c x_ijc / (k_j + S_j), where S_j = sum over i and c of w_c x_ijc, so rows sum below one
//! and D_j = k_j / (k_j + S_j) is j's own anchor. Total effects are V = (I - H)^-1 D (`friedkin1990`); sway of i
//! over a body with power weights phi is sum over j of phi_j V_ji, which sums to one over i. As H is a sum over
//! channels and (I - H)^-1 = I + (I - H)^-1 H, sway splits exactly by channel and by first hop.
//!
//! A pull is a bilateral influence capacity (`moyer2021`) over informal actors too; joining it to the formal
//! power index of the body's rule is this project's own measure (*Judged*).

use case::Channel;
use theory::Fault;
use theory::influence::friedkin_johnsen::{TotalEffects, total_effects};
use theory::influence::matrix::Matrix;

use crate::model::{ActorId, Drawn, Network};

/// The network of one run, solved.
#[derive(Debug)]
pub struct Influence {
    effects: TotalEffects,
    /// The normalised pull of each tie on the target's row: from, to, channel, weight in H.
    pulls: Vec<(ActorId, ActorId, Channel, f64)>,
}

/// Sway over a body, actor by actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Sway {
    /// What members hold over their own decision, by actor.
    pub own: Vec<f64>,
    /// Sway through each channel, by actor.
    pub by_channel: Vec<[f64; 6]>,
}

impl Sway {
    /// An actor's whole sway, its own hold included.
    #[must_use]
    pub fn total(&self, actor: ActorId) -> f64 {
        self.own[actor] + self.by_channel[actor].iter().sum::<f64>()
    }
}

/// A path by which an actor reaches a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// The actor that is touched first.
    pub through: ActorId,
    /// By which channel.
    pub channel: Channel,
    /// How much of the sway passes this way.
    pub share: f64,
}

impl Influence {
    /// Solves the network with the values of a run and a factor on each tie's bandwidth; a bandwidth ends at 1.
    ///
    /// # Errors
    /// If the network has no solution: an actor under pull without autonomy.
    pub fn solve(
        network: &Network,
        drawn: &Drawn,
        factor: impl Fn(usize) -> f64,
    ) -> Result<Self, Fault> {
        let n = network.autonomy.len();
        let weight = network.weights.map(|w| w.map_or(0.0, |id| drawn.peek(id)));
        let mut sum = vec![0.0; n];
        let mut pulls = Vec::with_capacity(network.ties.len());
        for (tie, (from, to, channel, bandwidth, dependence)) in network.ties.iter().enumerate() {
            let width = (drawn.peek(*bandwidth) * factor(tie)).clamp(0.0, 1.0);
            let pull = weight[channel.index()] * width * drawn.peek(*dependence);
            sum[*to] += pull;
            pulls.push((*from, *to, *channel, pull));
        }
        let mut cells = vec![0.0; n * n];
        for (from, to, _, pull) in &mut pulls {
            let own = network.autonomy[*to].map_or(0.0, |id| drawn.peek(id));
            if sum[*to] > 0.0 {
                *pull /= own + sum[*to];
            }
            cells[*to * n + *from] += *pull;
        }
        Ok(Self { effects: total_effects(&Matrix::new(n, cells)?)?, pulls })
    }

    /// V_ji: the share of `of` in where `on` ends up.
    #[must_use]
    pub fn effect(&self, on: ActorId, of: ActorId) -> f64 {
        self.effects.effect(on, of)
    }

    /// How much weight the body's members give, directly and through others, to what each actor is told first:
    /// phi (I - H)^-1.
    fn reach(&self, power: &[(ActorId, f64)]) -> Vec<f64> {
        let mut reach = vec![0.0; self.effects.actors()];
        for (member, phi) in power {
            for (sum, path) in reach.iter_mut().zip(self.effects.reach().row(*member)) {
                *sum += phi * path;
            }
        }
        reach
    }

    /// Sway over a body whose members have the given power weights.
    #[must_use]
    pub fn sway(&self, power: &[(ActorId, f64)]) -> Sway {
        let anchor = self.effects.anchor();
        let reach = self.reach(power);
        let mut sway =
            Sway { own: vec![0.0; anchor.len()], by_channel: vec![[0.0; 6]; anchor.len()] };
        for (member, phi) in power {
            sway.own[*member] += phi * anchor[*member];
        }
        for (from, to, channel, pull) in &self.pulls {
            sway.by_channel[*from][channel.index()] += reach[*to] * pull * anchor[*from];
        }
        sway
    }

    /// The ways by which an actor reaches a body: each first touch with its channel. They add up to its sway
    /// without its own hold.
    #[must_use]
    pub fn hops(&self, power: &[(ActorId, f64)], of: ActorId) -> Vec<Hop> {
        let held = self.effects.anchor()[of];
        let reach = self.reach(power);
        self.pulls
            .iter()
            .filter(|(from, ..)| *from == of)
            .map(|(_, to, channel, pull)| Hop {
                through: *to,
                channel: *channel,
                share: reach[*to] * pull * held,
            })
            .collect()
    }
}
