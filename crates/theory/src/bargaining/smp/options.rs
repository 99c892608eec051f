//! The choices the spatial model of politics leaves open, under the names its users know.

/// How a difference of utilities becomes a vote for one option against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum VotingRule {
    /// The whole weight to the better option, however small the difference.
    Binary,
    /// Four fifths proportional, one fifth binary.
    PropBin,
    /// In proportion to the difference.
    #[default]
    Prop,
    /// Half proportional, half cubic.
    PropCbc,
    /// In proportion to the cube of the difference.
    Cubic,
    /// Proportional, but a gain counts two thirds of a loss.
    ASymProsp,
}

impl VotingRule {
    /// The vote of weight `w` between two options whose utilities differ by `du`; a positive vote
    /// is for the first option.
    #[inline]
    pub fn vote(self, w: f64, du: f64) -> f64 {
        let binary = (du / 1e-8).clamp(-1.0, 1.0);
        match self {
            VotingRule::Binary => w * binary,
            VotingRule::PropBin => w * (0.8 * du + 0.2 * binary),
            VotingRule::Prop => w * du,
            VotingRule::PropCbc => w * (0.5 * du + 0.5 * du * du * du),
            VotingRule::Cubic => w * (du * du * du),
            VotingRule::ASymProsp if du < 0.0 => w * du,
            VotingRule::ASymProsp => 2.0 / 3.0 * w * du,
        }
    }
}

/// How the strengths of two coalitions become a probability of victory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum VictoryRule {
    /// In proportion to strength.
    #[default]
    Linear,
    /// In proportion to strength squared.
    Square,
    /// To its fourth power.
    Quartic,
    /// To its eighth power.
    Octic,
    /// The stronger wins once it is a tenth stronger; linear between.
    Binary,
}

/// How pairwise victories become one chance for each option (the probabilistic Condorcet election).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ChanceRule {
    /// The chance of beating every other option in turn, normalised.
    #[default]
    Conditional,
    /// The standing distribution of a process in which challengers are drawn evenly.
    MarkovUniform,
    /// The same, with challengers drawn by their incentive.
    MarkovIncentive,
}

/// How much an actor's own risk attitude is mixed with the attitude of the actor it looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RiskAdjust {
    /// Everybody is judged by the viewer's attitude.
    None,
    /// One third of the other's own attitude.
    #[default]
    OneThird,
    /// Half and half.
    Half,
    /// Two thirds of the other's own attitude.
    TwoThirds,
    /// Everybody is judged by their own attitude.
    Full,
}

impl RiskAdjust {
    /// The weights of the viewer's attitude and of the viewed actor's.
    pub fn weights(self) -> (f64, f64) {
        match self {
            RiskAdjust::None => (1.0, 0.0),
            RiskAdjust::OneThird => (2.0 / 3.0, 1.0 / 3.0),
            RiskAdjust::Half => (0.5, 0.5),
            RiskAdjust::TwoThirds => (1.0 / 3.0, 2.0 / 3.0),
            RiskAdjust::Full => (0.0, 1.0),
        }
    }
}

/// The range that risk attitudes are spread over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RiskRange {
    /// From 0 to 1.
    Min,
    /// From -1/2 to 1.
    #[default]
    Mid,
    /// From -1 to 1.
    Max,
}

/// What a third party stakes on the side it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Commitment {
    /// Nothing of its own: it keeps its position whoever wins.
    NoCommit,
    /// If its side loses it has to join the winner.
    #[default]
    SemiCommit,
    /// It moves with its side, and to the winner if its side loses.
    FullCommit,
}

/// How two positions are drawn together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Interpolation {
    /// By salience times probability.
    S1P1,
    /// By their squares.
    #[default]
    S2P2,
    /// By salience squared, and only the weaker side gives way.
    S2PMax,
}

/// Which bargains a challenge puts on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BargainRule {
    /// The one the initiator sees.
    #[default]
    InitOnlyInterp,
    /// The initiator's and the receiver's.
    InitRcvrInterp,
    /// The power-weighted average of the two.
    PWCompInterp,
}

/// All choices of a run. The default is the model's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// From strength to victory.
    pub victory_probability: VictoryRule,
    /// From victories to chances.
    pub pce: ChanceRule,
    /// From utilities to votes.
    pub voting_rule: VotingRule,
    /// Whose risk attitude counts.
    pub risk_adjust: RiskAdjust,
    /// How wide risk attitudes range.
    pub risk_range: RiskRange,
    /// What third parties stake.
    pub third_party_commit: Commitment,
    /// How bargains interpolate.
    pub interpolation: Interpolation,
    /// Which bargains are put.
    pub bargain: BargainRule,
    /// Turns after which to stop in any case; at most 10,000.
    pub most_turns: usize,
    /// Stop once a turn moves the actors less than this share of what the first turn did.
    pub settled_below: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            victory_probability: VictoryRule::default(),
            pce: ChanceRule::default(),
            voting_rule: VotingRule::default(),
            risk_adjust: RiskAdjust::default(),
            risk_range: RiskRange::default(),
            third_party_commit: Commitment::default(),
            interpolation: Interpolation::default(),
            bargain: BargainRule::default(),
            most_turns: 100,
            settled_below: 0.02,
        }
    }
}
