//! The spatial model of politics (SMP): challenges, bargains and moves, turn by turn.
//!
//! Actors with a capability stand somewhere on one or several issues and care about each to some
//! degree. In a turn every actor looks for the rival it would gain most by challenging, given how it
//! thinks third parties would line up; each challenge ends in a bargain that interpolates between
//! the two; then every actor separately settles which of the bargains before it the whole field
//! would carry, and moves to its side of that one. All moves are simultaneous.
//!
//! Mechanism. Actor i has capability c_i, position x_i and salience s_i in `[0,1]` on each issue,
//! total salience S_i, and an ideal y_i that starts at x_i. In the order of a turn:
//!
//! 1. Distance as i sees it, `D_ij = sqrt(sum_d ((y_id - x_jd) s_id)^2 / sum_d s_id^2)`, and its
//!    utility at attitude R, `u(D, R) = (1 - D)(1 + D R)` up to D = 1 and `(1 - D)(1 + R)` beyond.
//! 2. Coalitions for one option against another: each actor votes `v(w, u_i - u_j)` by the
//!    [`VotingRule`]; from their strengths a [`VictoryRule`] gives the pairwise probabilities, and
//!    from those a [`ChanceRule`] the chance of every option.
//! 3. Risk attitudes: the chances of all positions, spread over a [`RiskRange`]; what one actor
//!    takes another's to be mixes the two by [`RiskAdjust`].
//! 4. Challenges: i works out, for every j, the probability ph of prevailing once the two and all
//!    third parties (by their [`Commitment`]) have voted with weight c S, and what it gains,
//!    `(1 - S_j) 2U_ii + S_j (ph 2U_ii + (1 - ph) 2U_ij) - U_ii - U_ij`; it challenges the best j
//!    above 1e-5, the first on a tie.
//! 5. Bargains: a challenge puts one or two on the table ([`BargainRule`], [`Interpolation`]).
//! 6. Resolution: for every actor the field elects one of the bargains it is party to, or the status
//!    quo, with weights c; it goes to its own side of the one elected ([`Choice`]). An actor may be
//!    party to several, and the two sides of one pick separately.
//! 7. Ideals drift as `y' = A x' + (1 - A 1) y` ([`Accommodation`]).
//!
//! A turn costs O(n^3). Bargains lie before an actor in the order status quo, then by initiator.
//!
//! The module refuses to hold luck (a stochastic choice asks the caller for the number of a turn and
//! an actor, so the result is the same at any thread count and in any order), to write tables, and
//! to claim that the model forecasts well.
//!
//! Errors: see [`Fault`](crate::Fault). Reference: `ktab_smp`, after `bdm1984`
//! and `wise2015ktab`. Checked by the vectors in `crates/theory/tests/smp`, which an independent
//! implementation computed.

mod bargain;
mod challenge;
mod chances;
mod options;
mod play;
mod resolve;
mod risk;
mod utility;
mod why;

pub use bargain::Bargain;
pub use challenge::Challenge;

pub use options::{
    BargainRule, ChanceRule, Commitment, Interpolation, Options, RiskAdjust, RiskRange,
    VictoryRule, VotingRule,
};
pub use play::{Accommodation, Actor, Choice, Play, Turn, play};
pub use why::{Offer, Why};
