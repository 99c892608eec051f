//! Who gets which post: office points shared in proportion to seats by taking turns.

use crate::Fault;
use num_rational::Ratio;

/// Each member's proportional share of all points: Gamson's law.
///
/// Member i of a coalition with s_i seats is due s_i / (sum of seats) of the points on offer.
/// Shares are returned in `f64`; members without seats are due nothing.
///
/// # Errors
/// Nobody with a seat.
///
/// Reference: `gamson1961`, `browne1973`. Checked by the catalog entry `posts-by-points`.
pub fn gamson_shares(seats: &[u64]) -> Result<Vec<f64>, Fault> {
    let total: u128 = seats.iter().map(|s| u128::from(*s)).sum();
    if total == 0 {
        return Err(Fault::nothing("seats", "at least one above zero"));
    }
    Ok(seats.iter().map(|s| *s as f64 / total as f64).collect())
}

/// One turn of the picking sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Who picked.
    pub member: usize,
    /// What it picked.
    pub post: usize,
}

/// Shares posts by turns: whoever is furthest below its due picks next.
///
/// Member i with s_i seats is due P s_i / S of the P points all posts together are worth (S: all
/// seats). At each turn the member with the most points still due, dues minus points taken, takes
/// the post it wants most among those left. `points[p]` is what post p costs; `wants[i][p]` is how
/// much i wants it (empty: everyone wants what is worth most). Of posts wanted alike the dearer
/// goes first, then the one written first; of members with as much due the one with more seats,
/// then the one written first. All comparisons are of exact integers.
///
/// # Errors
/// [`Fault`]: no seats, wants of the wrong shape or not numbers, numbers too large.
///
/// Reference: proportionality `gamson1961`, points and turns `oleary2005`. Taking the largest
/// deficit first, rather than a divisor's order, is *Judged*: it is what makes dear posts cost
/// several cheap ones. Checked by property tests: all posts go, and nobody ends further than one
/// post from its due.
pub fn share_posts(seats: &[u64], points: &[u64], wants: &[Vec<f64>]) -> Result<Vec<Pick>, Fault> {
    share_posts_above(seats, points, wants, None)
}

/// As [`share_posts`], but nobody takes a post unless it has at least this share of the price still
/// due.
///
/// With `least` = 1/2, a member still due 4 points may take a post of 8 points and not one of 9. A
/// member that can afford none of the posts left drops out; posts that nobody can afford stay
/// unfilled, and are not in the result.
///
/// # Errors
/// As [`share_posts`]; no set of probabilities when the share has denominator zero or
/// exceeds one.
///
/// Reference: as [`share_posts`]; the threshold is *Judged*. Checked by the catalog entry
/// `posts-by-points`, which fails with a threshold, and by tests.
pub fn share_posts_above(
    seats: &[u64],
    points: &[u64],
    wants: &[Vec<f64>],
    least: Option<Ratio<u32>>,
) -> Result<Vec<Pick>, Fault> {
    let bounded = |n: u128| {
        i128::try_from(n).map_err(|_| Fault::too_large("weights", "smaller; use a coarser unit"))
    };
    let all_seats: u128 = seats.iter().map(|s| u128::from(*s)).sum();
    let all_points: u128 = points.iter().map(|p| u128::from(*p)).sum();
    if all_seats == 0 {
        return Err(Fault::nothing("seats", "at least one above zero"));
    }
    if !wants.is_empty() {
        check_wants(seats.len(), points.len(), wants)?;
    }
    // Points due and taken, both times the number of all seats so that they are integers.
    // The threshold's numerator or denominator multiplies them once more.
    let product = all_seats.checked_mul(all_points).and_then(|p| p.checked_mul(1 << 32));
    bounded(product.ok_or(Fault::too_large("weights", "smaller; use a coarser unit"))?)?;
    if least.is_some_and(|share| *share.denom() == 0 || share.numer() > share.denom()) {
        return Err(Fault::unfit("least", "between zero and one"));
    }
    let (all_seats, all_points) = (bounded(all_seats)?, bounded(all_points)?);
    let mut due: Vec<i128> = seats.iter().map(|s| i128::from(*s) * all_points).collect();
    let affords = |owed: i128, post: usize| {
        least.is_none_or(|share| {
            let price = i128::from(points[post]) * all_seats;
            owed * i128::from(*share.denom()) >= price * i128::from(*share.numer())
        })
    };
    let mut left: Vec<usize> = (0..points.len()).collect();
    let mut picks = Vec::with_capacity(points.len());
    let better = |a: usize, b: usize, due: &[i128]| (due[a], seats[a]) > (due[b], seats[b]);
    while !left.is_empty() {
        let mut member: Option<usize> = None;
        for (i, owed) in due.iter().enumerate().filter(|(i, _)| seats[*i] > 0) {
            let can = left.iter().any(|p| affords(*owed, *p));
            if can && member.is_none_or(|m| better(i, m, &due)) {
                member = Some(i);
            }
        }
        // Nobody can afford anything that is left.
        let Some(member) = member else { break };
        let wish = |p: usize| wants.get(member).map_or(0.0, |w| w[p]);
        let mut at: Option<usize> = None;
        for (k, post) in left.iter().enumerate().filter(|(_, p)| affords(due[member], **p)) {
            let higher = at.is_none_or(|best: usize| {
                let order = wish(*post).total_cmp(&wish(left[best]));
                order.then(points[*post].cmp(&points[left[best]])).is_gt()
            });
            if higher {
                at = Some(k);
            }
        }
        let Some(at) = at else { break };
        let post = left.remove(at);
        due[member] -= i128::from(points[post]) * all_seats;
        picks.push(Pick { member, post });
    }
    Ok(picks)
}

fn check_wants(members: usize, posts: usize, wants: &[Vec<f64>]) -> Result<(), Fault> {
    if wants.len() != members {
        return Err(Fault::length("wants", wants.len(), members));
    }
    for row in wants {
        if row.len() != posts {
            return Err(Fault::length("a row of wants", row.len(), posts));
        }
        if let Some(position) = row.iter().position(|w| w.is_nan()) {
            return Err(Fault::number("wants", row[position], "a number").at(position));
        }
    }
    Ok(())
}
