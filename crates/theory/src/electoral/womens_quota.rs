//! A women's quota: which elected men give way, and to whom.
//!
//! Where lists won the seats it changes who sits and never how many seats a list has: the district owes
//! women, wherever they come from ([`apply_womens_quota`]), or every list owes some by the seats it won
//! ([`women_owed`], [`apply_lists_quota`]). Where candidates won them by their own votes the best losers
//! among the women come in whatever their list ([`apply_best_losers`]), and seats move between lists.

use super::plurality::leading;
use super::tie::Ties;
use crate::Fault;

/// A candidate as the quota sees her or him.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Position of the list.
    pub list: usize,
    /// Personal votes.
    pub votes: u64,
    /// Whether a woman.
    pub woman: bool,
}

/// One replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Who gives way.
    pub out: usize,
    /// Who comes in: from the same list where lists keep their seats.
    pub in_place: usize,
}

/// What the quota did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaOutcome {
    /// Positions of those elected after it.
    pub elected: Vec<usize>,
    /// Replacements, in order.
    pub replacements: Vec<Replacement>,
    /// Women still missing because there was no other woman to come in, or no man to give way.
    pub missing: u32,
}

/// Applies a quota of at least `least` women to those elected in a district.
///
/// As long as women are missing, the elected man with the fewest personal votes whose list has a
/// woman not yet elected gives way to the woman of that list with most votes. Level candidates go
/// in written order, the earlier one sitting. Seats of lists never change.
///
/// Reference: `reynolds2005` for the principle; which man gives way first is *Judged*.
/// Checked by the catalog entry `womens-quota-by-hand` and by property tests: seats of lists unchanged, and the quota met whenever the lists have
/// women enough.
#[must_use]
pub fn apply_womens_quota(candidates: &[Candidate], elected: &[usize], least: u32) -> QuotaOutcome {
    let mut sitting: Vec<usize> =
        elected.iter().copied().filter(|c| *c < candidates.len()).collect();
    let mut replacements = Vec::new();
    let mut missing = {
        let women = sitting.iter().filter(|c| candidates[**c].woman).count();
        least.saturating_sub(u32::try_from(women).unwrap_or(u32::MAX))
    };
    while missing > 0 {
        let Some(swap) = replace(candidates, &mut sitting, |_| true) else { break };
        replacements.push(swap);
        missing -= 1;
    }
    QuotaOutcome { elected: sitting, replacements, missing }
}

/// Applies a quota of at least `least` women to candidates elected by their own votes.
///
/// If as many women are elected, nothing changes. Else, as long as women are missing, the woman not
/// elected who has most votes takes the place of the elected man who has fewest, whatever their lists.
/// A woman without a vote is not elected, as nobody is. Level candidates need the tie rule only where
/// it decides who sits.
///
/// # Errors
/// Somebody elected who does not stand, or who is elected twice; as the tie rule says.
///
/// Reference: `larserud2007`, “best loser system”; as applied, `nina2021`. That the woman with most votes
/// goes with the man with fewest where several are missing is *Judged*, and does not matter for who
/// sits. Checked by the catalog entry `womens-quota-best-losers` and by property tests: seats add up,
/// nothing moves where the quota is met, and it is met whenever women enough have votes.
pub fn apply_best_losers(
    candidates: &[Candidate],
    elected: &[usize],
    least: u32,
    mut ties: Ties<'_>,
) -> Result<QuotaOutcome, Fault> {
    let mut sits = vec![false; candidates.len()];
    for (at, c) in elected.iter().enumerate() {
        let sits = sits.get_mut(*c).ok_or_else(|| {
            Fault::whole("elected", *c as u64, format!("below {}", candidates.len())).at(at)
        })?;
        if std::mem::replace(sits, true) {
            return Err(Fault::whole("elected", *c as u64, "elected once").at(at));
        }
    }
    let votes: Vec<u64> = candidates.iter().map(|c| c.votes).collect();
    let of = |which: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..candidates.len()).filter(|c| which(*c)).collect()
    };
    let men = of(&|c| sits[c] && !candidates[c].woman);
    let losers = of(&|c| !sits[c] && candidates[c].woman && votes[c] > 0);
    let missing = (least as usize).saturating_sub(elected.len() - men.len());
    let swaps = missing.min(men.len()).min(losers.len());
    // Lots of the quota are other lots than those of the seats.
    let before = u32::try_from(elected.len()).unwrap_or(u32::MAX);
    let comes_in = leading(losers, &votes, swaps, before, &mut ties)?;
    let before = before.saturating_mul(2);
    let stay = leading(men.clone(), &votes, men.len() - swaps, before, &mut ties)?;
    let mut stays = vec![false; candidates.len()];
    stay.iter().for_each(|c| stays[*c] = true);
    let mut gives_way: Vec<usize> = men.into_iter().filter(|c| !stays[*c]).collect();
    gives_way.sort_by(|a, b| votes[*a].cmp(&votes[*b]).then(b.cmp(a)));
    let replacements: Vec<Replacement> = (gives_way.into_iter().zip(comes_in))
        .map(|(out, in_place)| Replacement { out, in_place })
        .collect();
    let mut seat_of = vec![0; candidates.len()];
    elected.iter().enumerate().for_each(|(at, c)| seat_of[*c] = at);
    let mut elected = elected.to_vec();
    replacements.iter().for_each(|swap| elected[seat_of[swap.out]] = swap.in_place);
    let missing = u32::try_from(missing - swaps).unwrap_or(u32::MAX);
    Ok(QuotaOutcome { elected, replacements, missing })
}

/// One replacement in a list that gives one: the elected man with fewest votes for the woman of his
/// list with most.
fn replace(
    candidates: &[Candidate],
    sitting: &mut [usize],
    gives: impl Fn(usize) -> bool,
) -> Option<Replacement> {
    let best_woman = |list: usize| {
        (0..candidates.len())
            .filter(|c| candidates[*c].woman && candidates[*c].list == list)
            .filter(|c| !sitting.contains(c))
            .max_by(|a, b| candidates[*a].votes.cmp(&candidates[*b].votes).then(b.cmp(a)))
    };
    let (at, out, in_place) = sitting
        .iter()
        .enumerate()
        .filter(|(_, c)| !candidates[**c].woman && gives(candidates[**c].list))
        .filter_map(|(at, c)| Some((at, *c, best_woman(candidates[*c].list)?)))
        .min_by(|a, b| candidates[a.1].votes.cmp(&candidates[b.1].votes).then(b.1.cmp(&a.1)))?;
    sitting[at] = in_place;
    Some(Replacement { out, in_place })
}

/// Women that each list owes by the seats it won.
///
/// Every list owes the whole part of its seats over the first divisor. If that is fewer than `least` in
/// all, lists owe by the next divisor, those with most seats first and only until it is enough.
///
/// # Errors
/// A divisor of zero, or one that is not below the one before it.
///
/// Reference: `ihec2025`, divisors 4 and 3; that the larger lists come first is *Judged*. Checked by the
/// catalog entry `womens-quota-by-lists` and by property tests.
pub fn women_owed(seats: &[u32], least: u32, divisors: &[u32]) -> Result<Vec<u32>, Fault> {
    let falls = |at: usize| at == 0 || divisors[at] < divisors[at - 1];
    if let Some(at) = (0..divisors.len()).find(|at| divisors[*at] == 0 || !falls(*at)) {
        return Err(Fault::unfit("divisors", "above zero and below the one before it").at(at));
    }
    let mut owed = vec![0; seats.len()];
    let mut order: Vec<usize> = (0..seats.len()).collect();
    order.sort_by(|a, b| seats[*b].cmp(&seats[*a]).then(a.cmp(b)));
    let enough = |owed: &[u32]| owed.iter().map(|o| u64::from(*o)).sum::<u64>() >= least.into();
    for (round, divisor) in divisors.iter().enumerate() {
        for list in &order {
            if round > 0 && enough(&owed) {
                return Ok(owed);
            }
            owed[*list] = seats[*list] / divisor;
        }
    }
    Ok(owed)
}

/// Applies a quota of at least `least` women by what each list owes.
///
/// If as many women are elected, nothing changes. Else every list replaces its elected men with fewest
/// votes by its women with most until as many women sit as it owes ([`women_owed`]).
///
/// # Errors
/// As [`women_owed`], and a candidate of a list beyond the 100,000th.
///
/// Reference: `ihec2025`. Checked by the catalog entry `womens-quota-by-lists`.
pub fn apply_lists_quota(
    candidates: &[Candidate],
    elected: &[usize],
    least: u32,
    divisors: &[u32],
) -> Result<QuotaOutcome, Fault> {
    let lists = candidates.iter().map(|c| c.list).max().map_or(0, |most| most.saturating_add(1));
    if lists > super::MOST_CANDIDATES {
        return Err(Fault::too_large("lists", "at most 100,000"));
    }
    let mut sitting: Vec<usize> =
        elected.iter().copied().filter(|c| *c < candidates.len()).collect();
    let count = |sitting: &[usize], which: &dyn Fn(usize) -> bool| {
        let of = sitting.iter().filter(|c| which(**c)).count();
        u32::try_from(of).unwrap_or(u32::MAX)
    };
    let of_list = |sitting: &[usize], list: usize, women: bool| {
        count(sitting, &|c| candidates[c].list == list && (!women || candidates[c].woman))
    };
    let women = |sitting: &[usize]| count(sitting, &|c| candidates[c].woman);
    let seats: Vec<u32> = (0..lists).map(|list| of_list(&sitting, list, false)).collect();
    let owed = women_owed(&seats, least, divisors)?;
    let mut replacements = Vec::new();
    if women(&sitting) < least {
        for (list, owed) in owed.into_iter().enumerate() {
            while of_list(&sitting, list, true) < owed {
                let Some(swap) = replace(candidates, &mut sitting, |l| l == list) else { break };
                replacements.push(swap);
            }
        }
    }
    let missing = least.saturating_sub(women(&sitting));
    Ok(QuotaOutcome { elected: sitting, replacements, missing })
}
