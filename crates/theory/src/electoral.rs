//! Votes into seats.
//!
//! Everything is exact: quotients are compared by cross-multiplication of integers, so no seat ever
//! depends on how a fraction was rounded. Where the arithmetic leaves two lists level, the caller's
//! [`Ties`](crate::electoral::tie::Ties) decides, and it has to be given: there is no silent
//! default. Nothing here knows a country or draws a lot of its own.

pub mod block_vote;
pub mod compensatory;
pub mod districts;
pub mod divisor;
pub mod highest_averages;
pub mod largest_remainder;
pub mod law;
pub mod needed_votes;
pub mod open_list;
pub mod plurality;
pub mod quota;
pub mod reserved;
pub mod sntv;
pub mod steps;
pub mod stv;
pub mod threshold;
pub mod tie;
pub mod womens_quota;

use std::fmt;

/// Seats one allocation may fill; no house comes near it, and it keeps nonsense from running for
/// hours.
pub const MOST_SEATS: u32 = 1_000_000;

/// Candidates that may stand.
pub const MOST_CANDIDATES: usize = 100_000;

/// Why an allocation could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElectoralError {
    /// No list stood.
    NoLists,
    /// Seats are to be filled, but nobody received a vote.
    NoVotes,
    /// The result buffer is not as long as the list of votes.
    BufferLength {
        /// Lists that stood.
        lists: usize,
        /// Length of the buffer given.
        buffer: usize,
    },
    /// A divisor is zero, is not above the one before it, or has denominator zero.
    BadDivisor {
        /// Position in the sequence, from zero.
        position: usize,
    },
    /// A divisor sequence written out by hand has fewer terms than a list needs.
    DivisorsExhausted {
        /// Terms that were given.
        given: usize,
    },
    /// A decimal such as `1.7` was expected.
    NotADecimal {
        /// What was found.
        found: String,
    },
    /// The total of valid votes is below the sum of the lists' votes.
    TotalBelowVotes {
        /// Total given.
        total: u64,
        /// Sum of the lists' votes.
        sum: u128,
    },
    /// The quota is zero.
    ZeroQuota,
    /// More whole quotas were reached than there are seats.
    QuotaTooSmall {
        /// Seats by whole quotas.
        whole: u128,
        /// Seats to fill.
        seats: u32,
    },
    /// More seats are left over than there are lists to take one each by remainder.
    TooFewLists {
        /// Seats left after whole quotas.
        left: u32,
        /// Lists that may take one.
        lists: usize,
    },
    /// Lists are level and the rule given was to refuse ties.
    Tie {
        /// Seat at which they are level, from one.
        seat: u32,
        /// Positions of the lists that are level.
        tied: Vec<usize>,
    },
    /// The winner's bonus exceeds the seats.
    BonusTooLarge {
        /// Bonus seats.
        bonus: u32,
        /// All seats.
        seats: u32,
    },
    /// Votes add up to more than 64 bits hold.
    TooManyVotes,
    /// More candidates than [`MOST_CANDIDATES`].
    TooManyCandidates,
    /// More seats than [`MOST_SEATS`].
    TooManySeats,
    /// A share is not between zero and one.
    BadShare,
    /// Evenness is not between zero and one.
    BadEvenness,
    /// Values of ballots are to be kept to more decimals than any rule asks for.
    TooManyDecimals,
    /// A fault in one district.
    InDistrict {
        /// Position of the district, from zero.
        district: usize,
        /// The fault.
        fault: Box<ElectoralError>,
    },
    /// The lot returned a position outside the lists that are level.
    LotOutOfRange {
        /// What the lot returned.
        drawn: usize,
        /// How many lists were level.
        tied: usize,
    },
}

impl fmt::Display for ElectoralError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLists => write!(f, "no list stood; give at least one vote count"),
            Self::NoVotes => write!(f, "no list has a vote, so no seat can be filled"),
            Self::BufferLength { lists, buffer } => write!(
                f,
                "the result buffer holds {buffer} numbers for {lists} lists; make them equal"
            ),
            Self::BadDivisor { position } => write!(
                f,
                "divisor {position} is zero or not above the one before it; give a rising sequence"
            ),
            Self::DivisorsExhausted { given } => write!(
                f,
                "a list won {given} seats and the sequence has only {given} divisors; give more"
            ),
            Self::NotADecimal { found } => {
                write!(f, "\"{found}\" is not a decimal number; write it as in 1.7")
            }
            Self::TotalBelowVotes { total, sum } => write!(
                f,
                "the total of valid votes is {total} but the lists have {sum}; correct the total"
            ),
            Self::ZeroQuota => write!(f, "the quota is zero; it needs votes and a positive number"),
            Self::QuotaTooSmall { whole, seats } => write!(
                f,
                "whole quotas give {whole} seats and there are {seats}; use a larger quota"
            ),
            Self::TooFewLists { left, lists } => write!(
                f,
                "{left} seats are left for remainders of {lists} lists; count the total of \
                 valid votes over these lists only"
            ),
            Self::Tie { seat, tied } => {
                write!(f, "lists {tied:?} are level for seat {seat}; give a tie rule")
            }
            Self::BonusTooLarge { bonus, seats } => {
                write!(f, "a bonus of {bonus} does not fit in {seats} seats; lower it")
            }
            Self::TooManyVotes => {
                write!(f, "the votes add up to more than 64 bits hold; check the counts")
            }
            Self::TooManyCandidates => {
                write!(f, "no more than {MOST_CANDIDATES} candidates may stand; lower the number")
            }
            Self::TooManySeats => {
                write!(f, "no more than {MOST_SEATS} seats can be filled; lower the number")
            }
            Self::TooManyDecimals => write!(f, "values are kept to at most 100 decimals"),
            Self::BadShare => write!(f, "a share must lie between zero and one"),
            Self::BadEvenness => write!(f, "evenness must lie between zero and one"),
            Self::InDistrict { district, fault } => write!(f, "district {district}: {fault}"),
            Self::LotOutOfRange { drawn, tied } => write!(
                f,
                "the lot gave position {drawn} among {tied} level lists; it must be below {tied}"
            ),
        }
    }
}

impl std::error::Error for ElectoralError {}
