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
pub mod last_parcel;
pub mod law;
pub mod needed_votes;
pub mod open_list;
pub mod plurality;
pub mod quota;
pub mod reserved;
pub mod rule;
pub mod seat_quotas;
pub mod sntv;
pub mod steps;
pub mod stv;
pub mod stv_by_slates;
pub mod threshold;
pub mod tie;
pub mod tier;
pub mod womens_quota;

/// Seats one allocation may fill; no house comes near it, and it keeps nonsense from running for
/// hours.
pub const MOST_SEATS: u32 = 1_000_000;

/// Candidates that may stand.
pub const MOST_CANDIDATES: usize = 100_000;
