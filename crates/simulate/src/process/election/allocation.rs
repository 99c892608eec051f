//! What a law makes of votes: formulas, thresholds and national seats of a case's law, by `theory::electoral`.
//!
//! Quotas for women and communities and voters' choice among the candidates of a list decide who sits, not how many
//! seats a list has, and are left out here.

use std::cmp::Reverse;

use case::Diagnostic;
use case::law::{Law, Method, NationalTier, QuotaRule, ThresholdLevel, TierKind};
use theory::Fault;
use theory::electoral::compensatory::compensate;
use theory::electoral::divisor::{Divisor, decimal};
use theory::electoral::highest_averages::highest_averages_into;
use theory::electoral::largest_remainder::largest_remainder;
use theory::electoral::law::{Formula, Law as Written};
use theory::electoral::plurality::most_votes;
use theory::electoral::quota::Quota;
use theory::electoral::sntv::{Slate, sntv_by_slates, sure_seats};
use theory::electoral::tie::Ties;
use toml::Spanned;

use crate::journal::Journal;
use crate::model::{BeliefId, Drawn};

/// How a district's votes become seats.
#[derive(Debug, Clone)]
enum Rule {
    Divisor(Divisor),
    Remainder(Quota),
    /// Candidates a list stands for each seat it could be sure of, and how evenly its votes spread over them.
    Sntv(BeliefId, BeliefId),
    /// The list with most votes takes the seat; where voters have as many votes as there are seats and keep to
    /// their list, it takes them all.
    Plurality,
}

/// Seats above the districts.
#[derive(Debug, Clone)]
struct Tier {
    seats: u32,
    kind: TierKind,
    law: Written,
    threshold: f64,
}

/// A law ready to be applied.
#[derive(Debug, Clone)]
pub struct Allocation {
    rule: Rule,
    threshold: f64,
    level: ThresholdLevel,
    tier: Option<Tier>,
}

/// The evenness and the nominations of a run under the single non-transferable vote.
#[derive(Debug, Clone, Copy)]
pub struct Slates {
    nomination: f64,
    evenness: f64,
}

fn divisor(method: Method, first: Option<&Spanned<f64>>) -> Result<Divisor, Box<Diagnostic>> {
    let Some(first) = first.filter(|_| method == Method::SainteLague) else {
        return Ok(if method == Method::Dhondt { Divisor::DHondt } else { Divisor::SainteLague });
    };
    let fault = |e: &dyn std::fmt::Display| {
        Box::new(Diagnostic::error("law", first.span(), format!("first_divisor: {e}")))
    };
    let ratio = decimal(&first.get_ref().to_string()).map_err(|e| fault(&e))?;
    let divisor = Divisor::ModifiedSainteLague { first: ratio };
    divisor.check().map_err(|e| fault(&e))?;
    Ok(divisor)
}

fn quota(rule: Option<QuotaRule>) -> Quota {
    match rule.unwrap_or(QuotaRule::Hare) {
        QuotaRule::Hare => Quota::Hare,
        QuotaRule::Droop => Quota::Droop,
        QuotaRule::HagenbachBischoff => Quota::HagenbachBischoff,
        QuotaRule::Imperiali => Quota::Imperiali,
    }
}

impl Allocation {
    /// The rule of a law of the case.
    ///
    /// # Errors
    /// If its first divisor cannot be an exact fraction, the single non-transferable vote lacks its two estimates,
    /// or national seats are shared out by a rule for districts.
    pub fn of(law: &Law) -> Result<Self, Box<Diagnostic>> {
        let lacking = |what: &str, hint: &str| {
            let message = format!("law \"{}\": {what}", law.id.get_ref());
            Box::new(Diagnostic::error("law", law.id.span(), message).hint(hint))
        };
        let rule = match law.method {
            Method::SainteLague | Method::Dhondt => {
                Rule::Divisor(divisor(law.method, law.first_divisor.as_ref())?)
            }
            Method::HareLargestRemainder | Method::LargestRemainder => {
                Rule::Remainder(quota(law.remainder_quota()))
            }
            Method::Sntv => match (&law.nomination, &law.evenness) {
                (Some(nomination), Some(evenness)) => Rule::Sntv(nomination.id, evenness.id),
                _ => {
                    let hint = "add estimates nomination and evenness to the law";
                    return Err(lacking("nobody knows how lists would stand under it", hint));
                }
            },
            Method::Plurality | Method::BlockVote => Rule::Plurality,
        };
        let tier = |tier: &NationalTier| {
            let method = tier.method.unwrap_or(law.method);
            let first = tier.first_divisor.as_ref().or(law.first_divisor.as_ref());
            let formula = match method {
                Method::SainteLague | Method::Dhondt => {
                    Formula::HighestAverages(divisor(method, first)?)
                }
                Method::HareLargestRemainder => Formula::LargestRemainder(Quota::Hare),
                Method::LargestRemainder => {
                    Formula::LargestRemainder(quota(tier.quota.or(law.remainder_quota())))
                }
                Method::Sntv | Method::Plurality | Method::BlockVote => {
                    let hint = "give [law.national] a method of its own, such as sainte-lague";
                    return Err(lacking(
                        "national seats cannot be filled candidate by candidate",
                        hint,
                    ));
                }
            };
            Ok(Tier {
                seats: *tier.seats.get_ref(),
                kind: tier.kind,
                law: Written::plain(formula),
                threshold: tier.threshold.as_ref().map_or(0.0, |t| *t.get_ref()),
            })
        };
        Ok(Self {
            rule,
            threshold: law.threshold.as_ref().map_or(0.0, |t| *t.get_ref()),
            level: law.threshold_level,
            tier: law.national.as_ref().map(tier).transpose()?,
        })
    }

    /// Seats above the districts.
    #[must_use]
    pub fn national_seats(&self) -> u32 {
        self.tier.as_ref().map_or(0, |tier| tier.seats)
    }

    /// Whether a threshold is a share of the vote of the whole country.
    #[must_use]
    pub fn has_national_threshold(&self) -> bool {
        self.level == ThresholdLevel::National && self.threshold > 0.0
    }

    /// How lists stand in this run, where the law makes that matter.
    pub fn slates(&self, drawn: &Drawn, journal: &Journal) -> Slates {
        match self.rule {
            Rule::Sntv(nomination, evenness) => Slates {
                nomination: drawn.get(journal, nomination).max(0.0),
                evenness: drawn.get(journal, evenness).clamp(0.0, 1.0),
            },
            _ => Slates { nomination: 1.0, evenness: 1.0 },
        }
    }

    /// Which lists a national threshold shuts out everywhere, by their votes over the country. `small` lists that
    /// are followed in one district only are shut out together.
    #[must_use]
    pub fn shut_out(&self, national: &[u64], valid: u64) -> Option<Vec<bool>> {
        self.has_national_threshold().then(|| {
            let floor = self.threshold * valid as f64;
            national.iter().map(|votes| (*votes as f64) < floor).collect()
        })
    }

    /// Seats of each list in a district or constituency. Votes of lists that are shut out become 0.
    ///
    /// # Errors
    /// As the formula's.
    pub fn district(
        &self,
        votes: &mut [u64],
        seats: u32,
        slates: Slates,
        ties: Ties<'_>,
    ) -> Result<Vec<u32>, Fault> {
        let valid: u64 = votes.iter().sum();
        let shut = |votes: &mut [u64], out: &dyn Fn(u64) -> bool| {
            votes.iter_mut().filter(|v| out(**v)).for_each(|v| *v = 0);
        };
        match self.level {
            ThresholdLevel::District => {
                let floor = self.threshold * valid as f64;
                shut(votes, &|v| (v as f64) < floor);
            }
            // Below one quotient, valid / seats; a threshold other than 0 is a multiple of it.
            ThresholdLevel::Quotient => {
                let share = if self.threshold > 0.0 { self.threshold } else { 1.0 };
                let floor = share * valid as f64 / f64::from(seats.max(1));
                // A law that would leave nobody in is waived.
                if votes.iter().any(|v| *v as f64 >= floor) {
                    shut(votes, &|v| (v as f64) < floor);
                }
            }
            ThresholdLevel::National => {}
        }
        match &self.rule {
            Rule::Divisor(divisor) => {
                let mut won = vec![0; votes.len()];
                highest_averages_into(votes, seats, divisor, ties, &mut won)?;
                Ok(won)
            }
            Rule::Remainder(quota) => {
                largest_remainder(votes, votes.iter().sum(), seats, *quota, ties)
            }
            Rule::Sntv(..) => {
                let standing: Vec<usize> = (0..votes.len()).filter(|l| votes[*l] > 0).collect();
                let slate = |l: &usize| {
                    let sure = sure_seats(votes[*l], valid, seats).max(1);
                    let candidates = (slates.nomination * f64::from(sure)).round() as u32;
                    let candidates = candidates.clamp(1, seats.max(1));
                    Slate { votes: votes[*l], candidates, evenness: slates.evenness }
                };
                let stood: Vec<Slate> = standing.iter().map(slate).collect();
                let mut won = vec![0; votes.len()];
                for (l, seats) in standing.iter().zip(sntv_by_slates(&stood, seats, ties)?) {
                    won[*l] = seats;
                }
                Ok(won)
            }
            Rule::Plurality => {
                let mut won = vec![0; votes.len()];
                for l in most_votes(votes, 1, ties)? {
                    won[l] = seats;
                }
                Ok(won)
            }
        }
    }

    /// Seats above the districts, by the lists' votes over the country and the district seats they hold. Small
    /// lists that are followed in one district only get none.
    ///
    /// # Errors
    /// As the formula's.
    pub fn national(
        &self,
        votes: &[u64],
        holds: &[u32],
        ties: Ties<'_>,
    ) -> Result<Vec<u32>, Fault> {
        let Some(tier) = &self.tier else { return Ok(vec![0; votes.len()]) };
        let valid: u64 = votes.iter().sum();
        let floor = tier.threshold * valid as f64;
        let counted: Vec<u64> =
            votes.iter().map(|v| if (*v as f64) < floor { 0 } else { *v }).collect();
        let total = counted.iter().sum();
        match tier.kind {
            TierKind::Parallel => tier.law.apply(&counted, total, tier.seats, ties),
            TierKind::Winners => {
                let held: Vec<u64> = holds.iter().map(|h| u64::from(*h)).collect();
                tier.law.apply(&held, held.iter().sum(), tier.seats, ties)
            }
            TierKind::Compensatory => {
                let all = tier.seats + holds.iter().sum::<u32>();
                let mut added = compensate(&counted, total, holds, all, &tier.law, ties)?.added;
                // Where lists hold more than they are due there are fewer seats to add than are due to the
                // others; those who are due most of them go without last.
                let mut excess = added.iter().sum::<u32>().saturating_sub(tier.seats);
                while excess > 0 {
                    let most = (0..added.len()).max_by_key(|l| (added[*l], Reverse(*l)));
                    let Some(l) = most.filter(|l| added[*l] > 0) else { break };
                    added[l] -= 1;
                    excess -= 1;
                }
                Ok(added)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Slates = Slates { nomination: 1.0, evenness: 1.0 };

    fn allocation(rule: Rule) -> Allocation {
        Allocation { rule, threshold: 0.0, level: ThresholdLevel::District, tier: None }
    }

    fn won(allocation: &Allocation, votes: &[u64], seats: u32) -> Vec<u32> {
        let ties = Ties::Refuse;
        allocation
            .district(&mut votes.to_vec(), seats, EVEN, ties)
            .unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn lists_below_the_first_quotient_are_out_and_the_rest_share_by_a_second_one() {
        let mut hare = allocation(Rule::Remainder(Quota::Hare));
        hare.level = ThresholdLevel::Quotient;
        // 100 votes, 5 seats: the first quotient is 20, so 18 and 7 are out; 75 votes make a second one of 15.
        // 43 / 15 = 2 and 13 left, 32 / 15 = 2 and 2 left: the fifth seat goes to the first.
        assert_eq!(won(&hare, &[43, 32, 18, 7], 5), [3, 2, 0, 0]);
        // Without the threshold the third list has a seat by its remainder.
        hare.level = ThresholdLevel::District;
        assert_eq!(won(&hare, &[43, 32, 18, 7], 5), [2, 2, 1, 0]);
        // Where nobody reaches it, it is waived.
        hare.level = ThresholdLevel::Quotient;
        assert_eq!(won(&hare, &[40, 35, 25], 1), [1, 0, 0]);
    }

    #[test]
    fn one_vote_for_one_candidate_rewards_who_spreads_it() {
        let sntv = allocation(Rule::Sntv(0, 0));
        let all = |evenness| {
            let slates = Slates { nomination: 1.0, evenness };
            let mut votes = [600, 210, 190];
            sntv.district(&mut votes, 4, slates, Ties::Refuse).unwrap_or_else(|e| panic!("{e}"))
        };
        // 600 of 1,000 votes are sure of two seats of four; two candidates at 300 each leave two seats.
        assert_eq!(all(1.0), [2, 1, 1]);
        // A star and his companion: 480 and 120 still make two of four.
        assert_eq!(all(0.25), [2, 1, 1]);
        let eager = Slates { nomination: 2.0, evenness: 0.25 };
        let mut votes = [400, 210, 200, 190];
        let seats = sntv.district(&mut votes, 4, eager, Ties::Refuse);
        assert_eq!(seats.unwrap_or_else(|e| panic!("{e}")), [1, 1, 1, 1]);
    }

    #[test]
    fn national_seats_bring_lists_to_their_due_or_go_by_what_they_hold() {
        let law = Written::plain(Formula::HighestAverages(Divisor::SainteLague));
        let tier = |kind| Tier { seats: 4, kind, law: law.clone(), threshold: 0.0 };
        let with = |kind| {
            let mut allocation = allocation(Rule::Plurality);
            allocation.tier = Some(tier(kind));
            let seats = allocation.national(&[50, 30, 20], &[6, 0, 0], Ties::Refuse);
            seats.unwrap_or_else(|e| panic!("{e}"))
        };
        // Ten seats are due 5, 3, 2; the first holds 6, so one of the others goes short.
        assert_eq!(with(TierKind::Compensatory), [0, 2, 2]);
        assert_eq!(with(TierKind::Parallel), [2, 1, 1]);
        assert_eq!(with(TierKind::Winners), [4, 0, 0]);
    }

    #[test]
    fn a_national_threshold_shuts_out_by_the_votes_of_the_whole_country() {
        let mut law = allocation(Rule::Divisor(Divisor::DHondt));
        law.threshold = 0.05;
        assert_eq!(law.shut_out(&[90, 4], 100), None);
        law.level = ThresholdLevel::National;
        assert_eq!(law.shut_out(&[90, 4], 100), Some(vec![false, true]));
    }
}
