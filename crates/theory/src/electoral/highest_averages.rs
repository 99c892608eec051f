//! The highest-averages rule: each seat goes to the list whose bid is highest.
//!
//! Two ways to the same seats: [`highest_averages_into`] allocates nothing and is for simulation,
//! [`highest_averages_log`] says of each seat who won it and who was next. Thresholds and the
//! choice of persons are other rules in other files.

use super::MOST_SEATS;
use super::divisor::{Bid, Divisor};
use super::tie::Ties;
use crate::Fault;
use num_bigint::BigUint;
use num_traits::{CheckedSub, ToPrimitive, Zero};
use std::cmp::Ordering;

/// One seat's award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// The seat, from one, in the order of awarding.
    pub seat: u32,
    /// Position of the list that took it.
    pub winner: usize,
    /// Seats that list held before.
    pub held: u32,
    /// Whether a tie rule decided it.
    pub by_tie_rule: bool,
    /// Position of the other list with the highest bid, if any other list has votes.
    pub next: Option<usize>,
    /// Votes that list would have needed more, all else equal, to outbid the winner.
    pub short_by: Option<u64>,
}

/// Seats by highest averages.
///
/// Seat after seat goes to the list with the highest bid v_i / d(k_i), where v_i is list i's votes
/// (whole numbers), k_i the seats it holds so far and d the method's divisor sequence. A list
/// without a vote never takes a seat.
///
/// # Errors
/// [`Fault`]: no lists, no votes, a bad or exhausted divisor sequence, a refused tie, a
/// lot out of range.
///
/// Reference: `balinski2001`, `pukelsheim2017`. Checked by the catalog's electoral entries, and by
/// property tests: seats add up, more seats never cost a list one, level lists differ by one at
/// most.
///
/// ```
/// use theory::electoral::{divisor::Divisor, highest_averages::highest_averages, tie::Ties};
/// let seats = highest_averages(&[53, 24, 23], 7, &Divisor::SainteLague, Ties::WrittenOrder)?;
/// assert_eq!(seats, [3, 2, 2]);
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn highest_averages(
    votes: &[u64],
    seats: u32,
    divisor: &Divisor,
    ties: Ties<'_>,
) -> Result<Vec<u32>, Fault> {
    let mut won = vec![0; votes.len()];
    highest_averages_into(votes, seats, divisor, ties, &mut won)?;
    Ok(won)
}

/// As [`highest_averages`], into the caller's buffer: nothing is allocated unless lists are level.
///
/// # Errors
/// As [`highest_averages`], and a row of another length. On an error the buffer is zeroed
/// or partly filled.
pub fn highest_averages_into(
    votes: &[u64],
    seats: u32,
    divisor: &Divisor,
    ties: Ties<'_>,
    won: &mut [u32],
) -> Result<(), Fault> {
    prepare(votes, seats, divisor, won)?;
    won.fill(0);
    award(votes, seats, divisor, ties, won)
}

/// Seats by highest averages on top of those that lists already have in `held`: their first seats
/// count as won, so that who holds many waits.
///
/// # Errors
/// As [`highest_averages_into`].
///
/// Reference: as [`highest_averages`]. Checked by the catalog's region of additional members.
pub fn highest_averages_onto(
    votes: &[u64],
    seats: u32,
    divisor: &Divisor,
    ties: Ties<'_>,
    held: &mut [u32],
) -> Result<(), Fault> {
    prepare(votes, seats, divisor, held)?;
    if held.iter().any(|h| *h > MOST_SEATS) {
        return Err(Fault::too_large("held", "at most 1,000,000 seats each"));
    }
    award(votes, seats, divisor, ties, held)
}

fn award(
    votes: &[u64],
    seats: u32,
    divisor: &Divisor,
    mut ties: Ties<'_>,
    won: &mut [u32],
) -> Result<(), Fault> {
    // A list's bid changes with its own seats alone, so it is kept until the list takes one.
    let mut few = [None; FEW];
    let mut many = Vec::new();
    let bids: &mut [Option<Bid>] = if votes.len() <= FEW {
        &mut few[..votes.len()]
    } else {
        many.resize(votes.len(), None);
        &mut many
    };
    for (bid, (v, held)) in bids.iter_mut().zip(votes.iter().zip(won.iter())) {
        if *v > 0 && seats > 0 {
            *bid = Some(bid_of(divisor, *v, *held)?);
        }
    }
    for seat in 1..=seats {
        let best = best(bids, None)?;
        let winner = if best.level {
            let tied = level_with(bids, best.bid);
            if hangs_on_a_tie(&tied, seats - seat) { ties.settle(seat, &tied)? } else { best.list }
        } else {
            best.list
        };
        won[winner] += 1;
        if seat < seats {
            bids[winner] = Some(bid_of(divisor, votes[winner], won[winner])?);
        }
    }
    Ok(())
}

/// As [`highest_averages`], with an [`Award`] for each seat.
///
/// # Errors
/// As [`highest_averages`].
pub fn highest_averages_log(
    votes: &[u64],
    seats: u32,
    divisor: &Divisor,
    mut ties: Ties<'_>,
) -> Result<(Vec<u32>, Vec<Award>), Fault> {
    let mut won = vec![0; votes.len()];
    let mut log = Vec::new();
    prepare(votes, seats, divisor, &won)?;
    for seat in 1..=seats {
        let bids = votes.iter().zip(&won).map(|(v, held)| match *v {
            0 => Ok(None),
            v => bid_of(divisor, v, *held).map(Some),
        });
        let bids = bids.collect::<Result<Vec<Option<Bid>>, Fault>>()?;
        let top = best(&bids, None)?;
        let tied = level_with(&bids, top.bid);
        let by_tie_rule = hangs_on_a_tie(&tied, seats - seat);
        let winner = if by_tie_rule { ties.settle(seat, &tied)? } else { top.list };
        let next = best(&bids, Some(winner)).ok().map(|b| b.list);
        let short_by = next.and_then(|n| short_by(divisor, top.bid, votes[n], won[n]));
        log.push(Award { seat, winner, held: won[winner], by_tie_rule, next, short_by });
        won[winner] += 1;
    }
    Ok((won, log))
}

/// Level lists that will all be served need no rule: as divisors rise, each takes one seat and no
/// more.
fn hangs_on_a_tie(tied: &[usize], left_after_this: u32) -> bool {
    tied.len() as u64 > u64::from(left_after_this) + 1
}

fn prepare(votes: &[u64], seats: u32, divisor: &Divisor, won: &[u32]) -> Result<(), Fault> {
    if votes.is_empty() {
        return Err(Fault::nothing("lists", "at least one"));
    }
    if won.len() != votes.len() {
        return Err(Fault::length("won", won.len(), votes.len()));
    }
    if seats > MOST_SEATS {
        return Err(Fault::whole("seats", seats, "at most 1,000,000"));
    }
    divisor.check()?;
    if seats > 0 && votes.iter().all(|v| *v == 0) {
        return Err(Fault::nothing("votes", "at least one"));
    }
    Ok(())
}

struct Best {
    list: usize,
    bid: Bid,
    level: bool,
}

/// Up to so many lists no memory is asked for.
const FEW: usize = 64;

/// The bid of a list with votes.
fn bid_of(divisor: &Divisor, votes: u64, held: u32) -> Result<Bid, Fault> {
    let given = held as usize;
    divisor.bid(votes, held).ok_or_else(|| Fault::length("divisors", given, given + 1))
}

/// The highest bid for the next seat, `without` aside, and whether another list makes the same one.
fn best(bids: &[Option<Bid>], without: Option<usize>) -> Result<Best, Fault> {
    let mut best: Option<Best> = None;
    for (list, bid) in bids.iter().enumerate() {
        let Some(bid) = *bid else { continue };
        if Some(list) == without {
            continue;
        }
        match &mut best {
            None => best = Some(Best { list, bid, level: false }),
            Some(top) => match bid.compare(top.bid) {
                Ordering::Greater => *top = Best { list, bid, level: false },
                Ordering::Equal => top.level = true,
                Ordering::Less => {}
            },
        }
    }
    best.ok_or_else(|| Fault::nothing("votes", "at least one"))
}

fn level_with(bids: &[Option<Bid>], top: Bid) -> Vec<usize> {
    let level = |bid: &Option<Bid>| bid.is_some_and(|bid| bid.compare(top) == Ordering::Equal);
    bids.iter().enumerate().filter(|(_, bid)| level(bid)).map(|(list, _)| list).collect()
}

/// Votes a list with `votes` and `held` seats lacks to outbid `top`: the least x with (v + x) /
/// d(held) above it.
fn short_by(divisor: &Divisor, top: Bid, votes: u64, held: u32) -> Option<u64> {
    let (under, scale) = divisor.term(held)?;
    if under == 0 {
        // Its bid is infinite too: it lost to a larger list and needs more votes than that one has.
        let rival =
            if divisor.squared() { BigUint::from(top.over).sqrt() } else { top.over.into() };
        return (rival + 1_u32).checked_sub(&BigUint::from(votes)).and_then(|x| x.to_u64());
    }
    if top.under == 0 {
        return None;
    }
    // (v + x)^p * scale / under > over / top.under
    let denominator = BigUint::from(top.under) * scale;
    if denominator.is_zero() {
        return None;
    }
    let bound = BigUint::from(top.over) * under / denominator;
    let root = if divisor.squared() { bound.sqrt() } else { bound };
    let needed = root + 1_u32;
    let votes = BigUint::from(votes);
    if needed <= votes { Some(0) } else { (needed - votes).to_u64() }
}
