//! Seats that only members of one community may hold, in lists that stand members of several.
//!
//! First lists win seats, then persons fill them: who sits, and for whom, is settled here. A list that
//! has won a seat and has nobody left who may hold one loses it to another list.

use super::tie::Ties;
use crate::Fault;
use std::cmp::Ordering;

/// A candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Position of the list.
    pub list: usize,
    /// Position of the quota it stands for: a community's seats in a small district.
    pub quota: usize,
    /// Preferential votes.
    pub votes: u64,
    /// All preferential votes of the small district, which its share is of.
    pub of: u64,
}

impl Candidate {
    /// Shares compared in whole numbers.
    fn compare(&self, other: &Self) -> Ordering {
        let own = u128::from(self.votes) * u128::from(other.of);
        own.cmp(&(u128::from(other.votes) * u128::from(self.of)))
    }
}

/// Who sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Positions of the candidates elected, in the order in which they took their seats.
    pub elected: Vec<usize>,
    /// Those among them who took a seat that another list had won and could not fill.
    pub moved: Vec<usize>,
    /// Seats that nobody may hold.
    pub empty: u32,
}

/// Fills the seats of lists with candidates, quota by quota.
///
/// All candidates of lists that won a seat stand in one order, by their share of the preferential
/// votes in their small district. One after the other takes a seat, if its list has one left and so
/// has its quota; whoever finds either full is passed over. Seats left then are those of lists with
/// nobody for a quota that is open: they go on down the same order, whichever list won them, and the
/// list that could not fill its seat has one less.
///
/// # Errors
/// A candidate of a list or quota that does not exist, or with more votes than its district; a refused
/// tie between candidates of one list or one quota.
///
/// Reference: `law44_2017`, article 99; that a seat which a list cannot fill goes on down the same
/// order is *Judged*. Checked by the catalog's official result and property tests: no quota is
/// exceeded, and without a seat moved no list has more than it won.
pub fn fill_quotas(
    candidates: &[Candidate],
    list_seats: &[u32],
    quotas: &[u32],
    mut ties: Ties<'_>,
) -> Result<Filled, Fault> {
    for (at, c) in candidates.iter().enumerate() {
        let place = |fault: Fault| Err(fault.within("candidates", at));
        if c.list >= list_seats.len() {
            return place(Fault::whole(
                "list",
                c.list as u64,
                format!("below {}", list_seats.len()),
            ));
        }
        if c.quota >= quotas.len() {
            return place(Fault::whole("quota", c.quota as u64, format!("below {}", quotas.len())));
        }
        if c.votes > c.of {
            return place(Fault::whole("votes", c.votes, "at most those of the district"));
        }
    }
    let (mut left, mut open) = (list_seats.to_vec(), quotas.to_vec());
    let (mut elected, mut moved) = (Vec::new(), Vec::new());
    let total: u64 = list_seats.iter().map(|s| u64::from(*s)).sum();
    for own in [true, false] {
        while (elected.len() as u64) < total {
            let may = |c: &usize| {
                let Candidate { list, quota, .. } = candidates[*c];
                let has = if own { left[list] } else { list_seats[list] };
                has > 0 && open[quota] > 0 && !elected.contains(c)
            };
            let seat = u32::try_from(elected.len()).unwrap_or(u32::MAX).saturating_add(1);
            let eligible = (0..candidates.len()).filter(may);
            let Some(winner) = best(candidates, eligible, seat, &mut ties)? else { break };
            let Candidate { list, quota, .. } = candidates[winner];
            open[quota] -= 1;
            left[list] = left[list].saturating_sub(u32::from(own));
            elected.push(winner);
            if !own {
                moved.push(winner);
            }
        }
    }
    let empty = u32::try_from(total - elected.len() as u64).unwrap_or(u32::MAX);
    Ok(Filled { elected, moved, empty })
}

/// The candidate with the largest share; of level ones the first written, unless they stand in each
/// other's way.
fn best(
    candidates: &[Candidate],
    eligible: impl Iterator<Item = usize>,
    seat: u32,
    ties: &mut Ties<'_>,
) -> Result<Option<usize>, Fault> {
    let mut level: Vec<usize> = Vec::new();
    for c in eligible {
        let order =
            level.first().map_or(Ordering::Greater, |top| candidates[c].compare(&candidates[*top]));
        match order {
            Ordering::Greater => level = vec![c],
            Ordering::Equal => level.push(c),
            Ordering::Less => {}
        }
    }
    let Some(first) = level.first().copied() else { return Ok(None) };
    let rivals = |c: &usize| {
        let (one, other) = (candidates[first], candidates[*c]);
        one.list == other.list || one.quota == other.quota
    };
    let tied: Vec<usize> = level.into_iter().filter(rivals).collect();
    Ok(Some(if tied.len() > 1 { ties.settle(seat, &tied)? } else { first }))
}

/// Seats of one community, and which lists stand members of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatQuota {
    /// How many.
    pub seats: u32,
    /// Whether each list has somebody for them; lists beyond its end have nobody.
    pub lists: Vec<bool>,
}

/// Seats that lists can hold under quotas, where nothing is known of persons.
///
/// A list keeps what it won as long as there is any way of filling the quotas by which it does, larger
/// lists first; a seat that it cannot hold goes to the largest list that can hold one more. Whoever
/// fills which quota is settled by augmenting paths, so that nobody loses a seat to an order of filling.
/// `quotas` are to hold all seats there are: those open to everybody are a quota of their own.
///
/// # Errors
/// A row of another length; more seats than 1,000,000.
///
/// Reference: the theorem that such a filling can be built list by list is `kuhn1955`'s; which list
/// goes first is *Judged*. Checked by property tests: no seat is lost while anybody can hold it, and a
/// list that can hold what it won keeps it if it is the largest.
pub fn seats_under_quotas(
    votes: &[u64],
    won: &[u32],
    quotas: &[SeatQuota],
) -> Result<Vec<u32>, Fault> {
    if won.len() != votes.len() {
        return Err(Fault::length("won", won.len(), votes.len()));
    }
    if won.iter().map(|w| u64::from(*w)).sum::<u64>() > u64::from(super::MOST_SEATS) {
        return Err(Fault::too_large("won", "at most 1,000,000 seats"));
    }
    let mut order: Vec<usize> = (0..votes.len()).collect();
    order.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(a.cmp(b)));
    let mut filling = Filling { quotas, held: vec![vec![0; votes.len()]; quotas.len()] };
    let mut seats = vec![0; votes.len()];
    let mut over = 0_u32;
    for list in &order {
        for _ in 0..won[*list] {
            if filling.seat(*list, &mut vec![false; quotas.len()]) {
                seats[*list] += 1;
            } else {
                over += 1;
            }
        }
    }
    // A list that could not be seated once can be seated never again: the others only take seats.
    for list in order.into_iter().filter(|l| votes[*l] > 0) {
        while over > 0 && filling.seat(list, &mut vec![false; quotas.len()]) {
            seats[list] += 1;
            over -= 1;
        }
    }
    Ok(seats)
}

struct Filling<'q> {
    quotas: &'q [SeatQuota],
    /// Seats of each quota that each list holds.
    held: Vec<Vec<u32>>,
}

impl Filling<'_> {
    /// Finds a seat for one more of this list, moving members of others to other quotas if need be.
    fn seat(&mut self, list: usize, tried: &mut Vec<bool>) -> bool {
        for quota in 0..self.quotas.len() {
            if tried[quota] || !self.quotas[quota].lists.get(list).copied().unwrap_or(false) {
                continue;
            }
            tried[quota] = true;
            let full = self.held[quota].iter().sum::<u32>() >= self.quotas[quota].seats;
            let holders: Vec<usize> =
                (0..self.held[quota].len()).filter(|l| self.held[quota][*l] > 0).collect();
            let freed = full
                && holders.into_iter().any(|other| {
                    let moves = self.seat(other, tried);
                    self.held[quota][other] -= u32::from(moves);
                    moves
                });
            if !full || freed {
                self.held[quota][list] += 1;
                return true;
            }
        }
        false
    }
}
