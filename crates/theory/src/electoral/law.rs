//! The law of an election, composed once: threshold, bonus, agreements, formula, candidates.
//!
//! A law is plain data and says nothing of its own about dates or places; a case keeps its dated
//! versions. [`Law::apply`] is the one road from votes to seats, [`Law::steps`] the same road with
//! every step told. Choosing persons from lists is [`super::open_list`] and
//! [`super::womens_quota`], of which only a quota among counted candidates is a matter of seats and so
//! of the law here; seats above the districts are [`super::tier`].

use super::divisor::Divisor;
use super::highest_averages::{highest_averages, highest_averages_log};
use super::largest_remainder::{largest_remainder, largest_remainder_log};
use super::plurality::most_votes;
use super::quota::Quota;
use super::sntv::{Slate, SlateWomen, WithWomen, sntv_by_slates, sntv_with_women, sure_seats};
use super::steps::{Clause, Step, of_averages, of_remainders, of_stages, of_women};
use super::stv_by_slates::{Passing, stv_by_slates};
use super::threshold::{Threshold, counted};
use super::tie::Ties;
use crate::Fault;

/// Votes that count and seats, to seats of each list.
pub type Seats = fn(&[u64], u32, Ties<'_>) -> Result<Vec<u32>, Fault>;

/// A formula of its own, in a file of its own: seats of each list by the votes that count.
#[derive(Clone, Copy)]
pub struct Own {
    /// Its name, by which two are told apart.
    pub name: &'static str,
    /// Votes that count and seats, to seats of each list.
    pub seats: Seats,
}

impl PartialEq for Own {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// How votes become seats once it is settled whose votes count.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// Highest averages with this divisor sequence.
    HighestAverages(Divisor),
    /// Whole quotas, then largest remainders.
    LargestRemainder(Quota),
    /// One vote for a candidate, and the candidates with most votes win; how lists stand is their
    /// [`Management`].
    Candidates,
    /// One paper that ranks candidates, its value kept to so many decimals as it passes on; how lists
    /// stand is their [`Management`], and where papers go is the poll's [`Passing`].
    Transferable {
        /// Decimals.
        decimals: u32,
    },
    /// The list with most votes takes all seats: there is one, or voters with as many votes as seats
    /// keep to their list.
    Plurality,
    /// A formula in a file of its own.
    Own(Own),
}

/// Of what thresholds are shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Of the valid vote of the poll at hand.
    Valid,
    /// Of one quotient of the poll at hand, its valid vote over its seats.
    Quotient,
    /// Of a poll elsewhere, such as the whole country's: whoever applies the law asks
    /// [`Law::passing`] of that poll and leaves out the votes of the others here.
    Elsewhere,
}

/// One version of a law for one tier.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// Thresholds by kind of list: the k-th is for lists of kind k. Lists of a kind beyond have none.
    pub thresholds: Vec<Threshold>,
    /// Of what they are shares.
    pub base: Base,
    /// Whether a threshold that would leave nobody in is waived; else it is a fault that there are no
    /// votes.
    pub waived_if_none_pass: bool,
    /// The formula.
    pub formula: Formula,
    /// Seats set aside for the list with most votes, before the formula divides the rest.
    pub winner_bonus: u32,
}

/// What the law may know of a list beside its votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its kind, which says which threshold it must pass: a party, a bloc, an independent.
    pub kind: usize,
    /// Whether it is in whatever its share: a minority's list, or the winner of a district.
    pub exempt: bool,
    /// The agreement on surplus votes it is party to.
    pub agreement: Option<usize>,
    /// How many candidates it stands; it cannot take more seats.
    pub candidates: Option<u32>,
}

/// How lists stand under a vote for candidates: candidates for each seat a list could be sure of, and
/// how evenly its votes spread over them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Management {
    /// Candidates for each seat that is sure.
    pub nomination: f64,
    /// Evenness from 0 (all votes for the first) to 1.
    pub evenness: f64,
}

/// A quota of women among counted candidates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Women<'a> {
    /// How many must be elected.
    pub least: u32,
    /// Who among each list's candidates is a woman.
    pub lists: &'a [SlateWomen],
}

/// The votes of one district, or of a country, as they were cast.
#[derive(Clone, Copy, Debug)]
pub struct Poll<'a> {
    /// Votes of each list.
    pub votes: &'a [u64],
    /// All valid votes, which thresholds are shares of.
    pub total_valid: u64,
    /// Seats to fill.
    pub seats: u32,
    /// What there is to know of lists; those beyond its end are ordinary.
    pub lists: &'a [Standing],
    /// How lists stand candidates, where voters choose among these.
    pub management: Management,
    /// The lists' own ways of standing; those beyond its end stand as `management` says.
    pub own: &'a [Management],
    /// The quota of women, where candidates are counted; other formulas leave it to persons.
    pub women: Option<Women<'a>>,
    /// How papers pass on, where they do.
    pub passing: Passing<'a>,
}

impl<'a> Poll<'a> {
    /// A poll of ordinary lists, whose papers stay within them.
    #[must_use]
    pub fn new(votes: &'a [u64], total_valid: u64, seats: u32) -> Self {
        let management = Management { nomination: 1.0, evenness: 1.0 };
        let passing = Passing { within: 1.0, next: &[] };
        Self { votes, total_valid, seats, lists: &[], management, own: &[], women: None, passing }
    }

    fn standing(&self, list: usize) -> Standing {
        self.lists.get(list).copied().unwrap_or_default()
    }
}

impl Law {
    /// A law that is only a formula.
    #[must_use]
    pub fn plain(formula: Formula) -> Self {
        Self {
            thresholds: Vec::new(),
            base: Base::Valid,
            waived_if_none_pass: false,
            formula,
            winner_bonus: 0,
        }
    }

    /// Which lists pass the threshold of their kind.
    ///
    /// # Errors
    /// A share that is not between zero and one, or a quotient of no seats.
    ///
    /// Reference: `pukelsheim2017`, chapter 7. Checked by the catalog's mixed-member entries.
    pub fn passing(&self, poll: &Poll<'_>) -> Result<Vec<bool>, Fault> {
        let parts = match self.base {
            Base::Quotient => poll.seats.max(1),
            Base::Valid | Base::Elsewhere => 1,
        };
        let passes = |(list, votes): (usize, &u64)| {
            let standing = poll.standing(list);
            match self.thresholds.get(standing.kind) {
                Some(threshold) => {
                    Ok(threshold.passes(*votes, poll.total_valid, parts)? || standing.exempt)
                }
                None => Ok(true),
            }
        };
        let all =
            poll.votes.iter().enumerate().map(passes).collect::<Result<Vec<bool>, Fault>>()?;
        let some = all.iter().zip(poll.votes).any(|(passes, votes)| *passes && *votes > 0);
        if self.waived_if_none_pass && !some { Ok(vec![true; all.len()]) } else { Ok(all) }
    }

    /// Seats of each list in one district.
    ///
    /// Threshold, then bonus, then formula. A quota is taken of the votes that count. The bonus goes
    /// to the list with most votes, by `ties` if level. Lists of one agreement that pass are one list
    /// to the formula, which then divides what that list won among them. Who has no more candidates
    /// keeps as many seats, and the others divide the rest by their votes; where candidates are counted
    /// nobody stands more than there are, and seats may stay empty.
    ///
    /// # Errors
    /// As the parts; a bonus that exceeds the seats; fewer candidates than seats; an agreement where
    /// votes are transferable or women have a quota among counted candidates.
    ///
    /// Reference: `pukelsheim2017`; agreements after `bader-ofer1973`. Checked by the catalog: a bonus
    /// election, mixed-member elections, agreements, and dated laws of one country.
    pub fn apply(&self, poll: &Poll<'_>, ties: Ties<'_>) -> Result<Vec<u32>, Fault> {
        self.told(poll, ties, &mut None)
    }

    /// As [`Law::apply`], with every step in the order in which the law takes them.
    ///
    /// The list that was next at a remainder is the best one left without a seat, and what it lacked
    /// is counted against the list that took the seat.
    ///
    /// # Errors
    /// As [`Law::apply`].
    ///
    /// Reference: as [`Law::apply`]. Checked by a textbook district and by property tests: the steps
    /// add up to the allocation, and a list shut out passes with the votes it is said to lack.
    pub fn steps(&self, poll: &Poll<'_>, ties: Ties<'_>) -> Result<(Vec<u32>, Vec<Step>), Fault> {
        let mut log = Some(Vec::new());
        let won = self.told(poll, ties, &mut log)?;
        Ok((won, log.unwrap_or_default()))
    }

    fn told(
        &self,
        poll: &Poll<'_>,
        mut ties: Ties<'_>,
        log: &mut Option<Vec<Step>>,
    ) -> Result<Vec<u32>, Fault> {
        let counting = match self.base {
            Base::Elsewhere => poll.votes.to_vec(),
            Base::Valid | Base::Quotient if self.thresholds.is_empty() => poll.votes.to_vec(),
            Base::Valid | Base::Quotient => {
                let passes = self.passing(poll)?;
                if let Some(log) = log {
                    log.extend(self.shut_out(poll, &passes));
                }
                counted(poll.votes, &passes)
            }
        };
        let (bonus, seats) = (self.winner_bonus, poll.seats);
        let must = || format!("at most {seats}, the seats there are");
        let rest = seats.checked_sub(bonus);
        let rest = rest.ok_or_else(|| Fault::whole("winner_bonus", bonus, must()))?;
        let mut after = log.is_some().then(Vec::new);
        let mut won = self.with_candidates(poll, &counting, rest, ties.again(), &mut after)?;
        if bonus > 0 {
            let most = counting.iter().max().copied().unwrap_or(0);
            let tied: Vec<usize> = (0..counting.len()).filter(|i| counting[*i] == most).collect();
            let by_tie_rule = tied.len() > 1;
            let list = if by_tie_rule { ties.settle(1, &tied)? } else { tied[0] };
            if let Some(log) = log {
                let others = (0..counting.len()).filter(|i| *i != list && counting[*i] > 0);
                let next = others.max_by(|a, b| counting[*a].cmp(&counting[*b]).then(b.cmp(a)));
                let short_by = next.and_then(|n| (most - counting[n]).checked_add(1));
                let step = Step::plain(Clause::WinnerBonus, list, bonus);
                log.push(Step { next, short_by, by_tie_rule, ..step });
            }
            won[list] += bonus;
        }
        if let (Some(log), Some(mut after)) = (log, after) {
            log.append(&mut after);
        }
        Ok(won)
    }

    /// The lists that do not pass, each with the votes it lacks.
    fn shut_out<'s>(
        &'s self,
        poll: &'s Poll<'_>,
        passes: &'s [bool],
    ) -> impl Iterator<Item = Step> + 's {
        (0..poll.votes.len()).filter(|list| !passes[*list]).map(|list| {
            let parts = if self.base == Base::Quotient { poll.seats.max(1) } else { 1 };
            let threshold = self.thresholds.get(poll.standing(list).kind);
            let needed = threshold.and_then(|t| t.needed(poll.total_valid, parts));
            let short_by = needed.map(|needed| needed.saturating_sub(poll.votes[list]));
            Step { short_by, ..Step::plain(Clause::Threshold, list, 0) }
        })
    }

    /// The formula among lists of which some may run out of candidates.
    fn with_candidates(
        &self,
        poll: &Poll<'_>,
        counting: &[u64],
        seats: u32,
        mut ties: Ties<'_>,
        log: &mut Option<Vec<Step>>,
    ) -> Result<Vec<u32>, Fault> {
        let mut open = counting.to_vec();
        let mut full = vec![0_u32; counting.len()];
        loop {
            let left = seats.saturating_sub(full.iter().sum());
            if left > 0 && open.iter().all(|v| *v == 0) && full.iter().any(|f| *f > 0) {
                return Err(Fault::whole("seats", seats, "no more than lists have candidates for"));
            }
            if let Some(log) = log {
                log.clear();
                let runs_out = full.iter().enumerate().filter(|(_, f)| **f > 0);
                log.extend(runs_out.map(|(l, f)| Step::plain(Clause::OutOfCandidates, l, *f)));
            }
            let won = match full.iter().any(|f| *f > 0) && left == 0 {
                true => vec![0; open.len()],
                false => self.with_agreements(poll, &open, left, ties.again(), log)?,
            };
            let most = |l: usize| poll.standing(l).candidates.unwrap_or(u32::MAX);
            let over: Vec<usize> = (0..won.len()).filter(|l| won[*l] > most(*l)).collect();
            if over.is_empty() {
                return Ok(won.iter().zip(&full).map(|(w, f)| w + f).collect());
            }
            for list in over {
                (open[list], full[list]) = (0, most(list));
                if full[list] == 0 && open.iter().all(|v| *v == 0) {
                    let must = "no more than lists have candidates for";
                    return Err(Fault::whole("seats", seats, must));
                }
            }
        }
    }

    /// The formula among lists of which some count their votes together.
    fn with_agreements(
        &self,
        poll: &Poll<'_>,
        counting: &[u64],
        seats: u32,
        mut ties: Ties<'_>,
        log: &mut Option<Vec<Step>>,
    ) -> Result<Vec<u32>, Fault> {
        let mut pools: Vec<(Option<usize>, Vec<usize>)> = Vec::new();
        for (list, votes) in counting.iter().enumerate() {
            let own = poll.standing(list).agreement.filter(|_| *votes > 0);
            match pools.iter_mut().find(|(agreement, _)| own.is_some() && *agreement == own) {
                Some((_, members)) => members.push(list),
                None => pools.push((own, vec![list])),
            }
        }
        if pools.iter().all(|(_, members)| members.len() == 1) {
            return self.by_formula(poll, counting, seats, ties, log);
        }
        // Votes of a pool would no more be those of the lists whose candidates and papers are known.
        let by_lists = matches!(self.formula, Formula::Transferable { .. })
            || self.formula == Formula::Candidates && poll.women.is_some();
        if by_lists {
            return Err(Fault::unfit("agreement", "none, where it matters who a candidate is"));
        }
        let together = |members: &Vec<usize>| {
            let sum = members.iter().try_fold(0_u64, |sum, l| sum.checked_add(counting[*l]));
            sum.ok_or_else(|| Fault::too_large("votes", "a sum of 64 bits"))
        };
        let votes = pools.iter().map(|(_, members)| together(members));
        let votes = votes.collect::<Result<Vec<u64>, Fault>>()?;
        let shared = self.by_formula(poll, &votes, seats, ties.again(), &mut None)?;
        let mut won = vec![0; counting.len()];
        for ((_, members), seats) in pools.iter().zip(shared) {
            let own: Vec<u64> = members.iter().map(|l| counting[*l]).collect();
            let among = match (members.len(), seats) {
                (1, _) | (_, 0) => vec![seats; 1],
                _ => self.by_formula(poll, &own, seats, ties.again(), &mut None)?,
            };
            members.iter().zip(among).for_each(|(l, seats)| won[*l] = seats);
        }
        if let Some(log) = log {
            let some = won.iter().enumerate().filter(|(_, seats)| **seats > 0);
            log.extend(some.map(|(l, seats)| Step::plain(Clause::Agreement, l, *seats)));
        }
        Ok(won)
    }

    fn by_formula(
        &self,
        poll: &Poll<'_>,
        votes: &[u64],
        seats: u32,
        ties: Ties<'_>,
        log: &mut Option<Vec<Step>>,
    ) -> Result<Vec<u32>, Fault> {
        let won = match (&self.formula, &mut *log) {
            (Formula::HighestAverages(divisor), None) => {
                return highest_averages(votes, seats, divisor, ties);
            }
            (Formula::HighestAverages(divisor), Some(log)) => {
                let (won, awards) = highest_averages_log(votes, seats, divisor, ties)?;
                log.extend(of_averages(&awards));
                return Ok(won);
            }
            (Formula::LargestRemainder(quota), log) => {
                let total = votes.iter().try_fold(0_u64, |sum, v| sum.checked_add(*v));
                let total = total.ok_or_else(|| Fault::too_large("votes", "a sum of 64 bits"))?;
                let Some(log) = log else {
                    return largest_remainder(votes, total, seats, *quota, ties);
                };
                let done = largest_remainder_log(votes, total, seats, *quota, ties)?;
                log.extend(of_remainders(&done));
                return Ok(done.seats);
            }
            (Formula::Candidates, log) => {
                let (lists, stood) = stood(poll, votes, seats);
                let mut won = vec![0; votes.len()];
                let Some(women) = poll.women else {
                    let seats = sntv_by_slates(&stood, seats, ties)?;
                    lists.iter().zip(seats).for_each(|(l, seats)| won[*l] = seats);
                    return Ok(told_as_formula(won, log));
                };
                let done = with_women((&lists, &stood), women, votes.len(), seats, ties)?;
                lists.iter().zip(&done.seats).for_each(|(l, seats)| won[*l] = *seats);
                log.iter_mut().for_each(|log| log.extend(of_women(&done, &lists)));
                return Ok(won);
            }
            (Formula::Transferable { decimals }, log) => {
                let (lists, stood) = stood(poll, votes, seats);
                let next = next_slates(poll.passing.next, &lists, votes.len())?;
                let passing = Passing { next: &next, ..poll.passing };
                let done = stv_by_slates(&stood, passing, seats, *decimals, ties)?;
                let mut won = vec![0; votes.len()];
                lists.iter().zip(&done.seats).for_each(|(l, seats)| won[*l] = *seats);
                log.iter_mut().for_each(|log| log.extend(of_stages(&done, &lists)));
                return Ok(won);
            }
            (Formula::Plurality, _) => {
                let mut won = vec![0; votes.len()];
                for list in most_votes(votes, 1, ties)? {
                    won[list] = seats;
                }
                won
            }
            (Formula::Own(own), _) => (own.seats)(votes, seats, ties)?,
        };
        Ok(told_as_formula(won, log))
    }
}

/// Seats by a formula that does not go seat by seat, told list by list.
fn told_as_formula(won: Vec<u32>, log: &mut Option<Vec<Step>>) -> Vec<u32> {
    if let Some(log) = log {
        let some = won.iter().enumerate().filter(|(_, seats)| **seats > 0);
        log.extend(some.map(|(l, seats)| Step::plain(Clause::Formula, l, *seats)));
    }
    won
}

/// The lists whose candidates are counted, and their slates: every list stands `nomination` candidates
/// for each seat its votes make it sure of, one at least and no more than there are seats or than it has.
fn stood(poll: &Poll<'_>, votes: &[u64], seats: u32) -> (Vec<usize>, Vec<Slate>) {
    let most = |l: usize| poll.standing(l).candidates.unwrap_or(u32::MAX);
    let lists: Vec<usize> = (0..votes.len()).filter(|l| votes[*l] > 0 && most(*l) > 0).collect();
    let slate = |l: &usize| {
        let Management { nomination, evenness } =
            poll.own.get(*l).copied().unwrap_or(poll.management);
        let sure = sure_seats(votes[*l], poll.total_valid, seats).max(1);
        let candidates = (nomination * f64::from(sure)).round() as u32;
        let candidates = candidates.clamp(1, seats.max(1)).min(most(*l));
        Slate { votes: votes[*l], candidates, evenness }
    };
    let stood = lists.iter().map(slate).collect();
    (lists, stood)
}

/// Slates of these lists counted with a quota of women.
fn with_women(
    (lists, stood): (&[usize], &[Slate]),
    women: Women<'_>,
    all: usize,
    seats: u32,
    ties: Ties<'_>,
) -> Result<WithWomen, Fault> {
    if women.lists.len() != all {
        return Err(Fault::length("women", women.lists.len(), all));
    }
    let of: Vec<SlateWomen> = lists.iter().map(|l| women.lists[*l]).collect();
    sntv_with_women(stood, &of, seats, women.least, ties)
}

/// Where papers pass on, by slates instead of lists; a list that does not stand is passed over.
fn next_slates(next: &[Vec<usize>], lists: &[usize], all: usize) -> Result<Vec<Vec<usize>>, Fault> {
    let mut slate = vec![None; all];
    lists.iter().enumerate().for_each(|(k, l)| slate[*l] = Some(k));
    let known = |(from, to): (usize, &Vec<usize>)| match to.iter().position(|l| *l >= all) {
        Some(at) => {
            Err(Fault::whole("next", to[at] as u64, format!("below {all}")).at(from).at(at))
        }
        None => Ok(to.iter().filter_map(|l| slate[*l]).collect::<Vec<usize>>()),
    };
    let by_list = next.iter().enumerate().map(known).collect::<Result<Vec<_>, Fault>>()?;
    Ok(lists.iter().map(|l| by_list.get(*l).cloned().unwrap_or_default()).collect())
}
