//! The law of a case made ready: its fields as `theory::electoral::law`, which does all the counting, in exact integers.
//!
//! Runs follow lists; candidates are followed only as far as a law counts them, by what it says of how lists stand. Of
//! quotas they know what follows for lists: the women that each owes or gains, and the seats it cannot hold because it
//! stands nobody of a community. Voters' choice among the candidates of a list is left out.

use case::Diagnostic;
use case::contest::Entry;
use case::law::{Law, Method, NationalTier, QuotaRule, ThresholdLevel, TierKind};
use num_rational::Ratio;
use theory::Fault;
use theory::electoral::divisor::decimal;
use theory::electoral::law::{Base, Formula, Law as Written, Management, Poll, Standing, Women};
use theory::electoral::quota::Quota;
use theory::electoral::rule::Options;
use theory::electoral::seat_quotas::{SeatQuota, seats_under_quotas};
use theory::electoral::sntv::SlateWomen;
use theory::electoral::steps::{Clause, Step};
use theory::electoral::stv_by_slates::Passing;
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;
use theory::electoral::tier::{Tier, TierKind as Kind};
use theory::electoral::womens_quota::women_owed;
use toml::Spanned;

use crate::journal::Journal;
use crate::model::{BeliefId, Drawn, ListId};

/// A law ready to be applied.
#[derive(Debug, Clone)]
pub struct Allocation {
    law: Written,
    tier: Option<Tier>,
    /// What the law says of lists, in the model's order.
    lists: Vec<Standing>,
    /// Candidates a list stands for each seat it could be sure of, and how evenly its votes spread over them.
    management: Option<(BeliefId, BeliefId)>,
    /// The same of lists that stand otherwise than is usual; empty if none does.
    own: Vec<(Option<BeliefId>, Option<BeliefId>)>,
    /// The share of a list's papers that stay within it.
    within: Option<BeliefId>,
    /// Where each list's papers pass on afterwards, in the model's order.
    transfers: Vec<Vec<ListId>>,
    /// The share of seats that women must have, and the divisors by which lists owe them.
    women: Option<(Ratio<u64>, Vec<u32>)>,
    /// The share of seats that women must have where candidates are counted.
    among_candidates: Option<AmongCandidates>,
}

/// Women among counted candidates.
#[derive(Debug, Clone, Copy)]
struct AmongCandidates {
    /// The share of a district's seats they must have.
    quota: Ratio<u64>,
    /// The share of a list's candidates who are women.
    share: BeliefId,
    /// The share of its men who have more votes than they.
    behind: BeliefId,
}

/// How lists stand in a run, where the law makes that matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Stands {
    /// Candidates for each seat that is sure, and how evenly votes spread over them.
    pub management: Management,
    /// The same of every list, in the model's order; empty where all stand alike.
    pub own: Vec<Management>,
    /// The share of a list's papers that stay within it.
    pub within: f64,
    /// The share of a list's candidates who are women, and of its men who have more votes than they; none where the law
    /// asks for no women among counted candidates.
    pub women: Option<(f64, f64)>,
}

/// The two numbers by which a list's women are a whole number of candidates and stand at a whole place.
pub type WomenLots<'a> = &'a dyn Fn(ListId) -> (f64, f64);

/// Seats of a district that only members of one community may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// How many.
    pub seats: u32,
    /// The lists that stand somebody for them; none if all do.
    pub lists: Option<Vec<ListId>>,
}

fn quota(rule: QuotaRule) -> Quota {
    match rule {
        QuotaRule::Hare => Quota::Hare,
        QuotaRule::Droop => Quota::Droop,
        QuotaRule::HagenbachBischoff => Quota::HagenbachBischoff,
        QuotaRule::Imperiali => Quota::Imperiali,
    }
}

/// A number of a law as the exact fraction that was written.
fn exact(what: &str, number: &Spanned<f64>) -> Result<Ratio<u64>, Box<Diagnostic>> {
    let fault = |e: Fault| Diagnostic::error("law", number.span(), format!("{what}: {e}"));
    decimal(&number.get_ref().to_string()).map_err(|e| Box::new(fault(e)))
}

/// A rule with the options that a law, and perhaps its tier, gives it.
fn formula(
    law: &Law,
    method: Method,
    tier: Option<&NationalTier>,
) -> Result<Formula, Box<Diagnostic>> {
    let own = tier.and_then(|tier| tier.first_divisor.as_ref());
    let first = own.or(law.first_divisor.as_ref()).filter(|_| method.takes("first_divisor"));
    let of_law = law.quota.as_ref().map(|q| *q.get_ref());
    let divisors = law.divisors.iter().map(|d| decimal(&d.to_string()));
    let spot = || first.map_or(law.id.span(), Spanned::span);
    let fault = |e: Fault| Box::new(Diagnostic::error("law", spot(), e.to_string()));
    let options = Options {
        first_divisor: first.map(|first| exact("first_divisor", first)).transpose()?,
        divisors: divisors.collect::<Result<_, Fault>>().map_err(fault)?,
        quota: tier.and_then(|tier| tier.quota).or(of_law).map(quota),
        decimals: law.decimals.as_ref().map(|d| *d.get_ref()),
    };
    (method.0.formula)(&options).map_err(fault)
}

impl Allocation {
    /// The law of a case, for lists that `list` finds by their ids and of which there are `lists`.
    ///
    /// # Errors
    /// If a number of it cannot be an exact fraction, a vote for candidates lacks what says how lists stand,
    /// it speaks of a list that is none, or national seats are shared out by a rule for districts.
    pub fn of(
        law: &Law,
        lists: usize,
        list: &dyn Fn(&str) -> Option<ListId>,
    ) -> Result<Self, Box<Diagnostic>> {
        let lacking = |what: &str, hint: &str| {
            let message = format!("law \"{}\": {what}", law.id.get_ref());
            Box::new(Diagnostic::error("law", law.id.span(), message).hint(hint))
        };
        let mut standing = vec![Standing::default(); lists];
        let mut place = |id: &Spanned<String>, set: &dyn Fn(&mut Standing)| {
            let message = format!("no list is called \"{}\"", id.get_ref());
            let fault = || Box::new(Diagnostic::error("law", id.span(), message));
            let found = list(id.get_ref()).and_then(|l| standing.get_mut(l));
            found.map(set).ok_or_else(fault)
        };
        let least = |number: &Spanned<f64>| {
            let share = exact("threshold", number)?;
            Ok::<_, Box<Diagnostic>>(Threshold { share, above: law.more_than })
        };
        let one = match law.threshold_level {
            // A threshold other than 0 is a multiple of the quotient.
            ThresholdLevel::Quotient => Ratio::new(1, 1),
            ThresholdLevel::District | ThresholdLevel::National => Ratio::new(0, 1),
        };
        let general = law.threshold.as_ref().filter(|t| *t.get_ref() > 0.0);
        let mut thresholds = Vec::new();
        let quotient = law.threshold_level == ThresholdLevel::Quotient;
        if general.is_some() || quotient || !law.thresholds.is_empty() {
            thresholds.push(general.map_or(Ok(Threshold::at_least(one)), least)?);
        }
        for (kind, own) in law.thresholds.iter().enumerate() {
            let exempt = *own.threshold.get_ref() == 0.0;
            thresholds.push(least(&own.threshold)?);
            for id in &own.lists.0 {
                place(id, &|s| (s.kind, s.exempt) = (kind + 1, exempt))?;
            }
        }
        for (number, agreement) in law.agreements.iter().enumerate() {
            for id in &agreement.lists.0 {
                place(id, &|s| s.agreement = Some(number))?;
            }
        }
        for stood in &law.candidates {
            place(&stood.list, &|s| s.candidates = Some(stood.number))?;
        }
        let formula_of_districts = formula(law, law.method, None)?;
        let counts =
            matches!(formula_of_districts, Formula::Candidates | Formula::Transferable { .. });
        let management = match (&law.nomination, &law.evenness) {
            _ if !counts => None,
            (Some(nomination), Some(evenness)) => Some((nomination.id, evenness.id)),
            _ => {
                let hint = "add estimates nomination and evenness to the law";
                return Err(lacking("nobody knows how lists would stand under it", hint));
            }
        };
        let within = match (&formula_of_districts, &law.within_list) {
            (Formula::Transferable { .. }, Some(within)) => Some(within.id),
            (Formula::Transferable { .. }, None) => {
                let hint = "add an estimate within_list to the law";
                return Err(lacking("nobody knows how many papers stay within a list", hint));
            }
            _ => None,
        };
        let mut transfers = vec![Vec::new(); lists];
        for transfer in &law.transfers {
            let place = |id: &Spanned<String>| {
                let message = format!("no list is called \"{}\"", id.get_ref());
                let fault = || Box::new(Diagnostic::error("law", id.span(), message));
                list(id.get_ref()).filter(|l| *l < lists).ok_or_else(fault)
            };
            let to = transfer.to.0.iter().map(place).collect::<Result<Vec<ListId>, _>>()?;
            transfers[place(&transfer.from)?].extend(to);
        }
        let women_counted = match (&law.women_candidates, &law.women_behind, &law.womens_quota) {
            (Some(share), Some(behind), Some(quota))
                if formula_of_districts == Formula::Candidates =>
            {
                let quota = exact("womens_quota", quota)?;
                Some(AmongCandidates { quota, share: share.id, behind: behind.id })
            }
            _ => None,
        };
        let tier = |tier: &NationalTier| {
            let formula = formula(law, tier.method.unwrap_or(law.method), Some(tier))?;
            let of_districts = |f: &Formula| {
                matches!(f, Formula::Candidates | Formula::Transferable { .. } | Formula::Plurality)
            };
            if of_districts(&formula) {
                let hint = "give [law.national] a method of its own, such as sainte-lague";
                return Err(lacking(
                    "national seats cannot be filled candidate by candidate",
                    hint,
                ));
            }
            let kind = match tier.kind {
                TierKind::Compensatory => Kind::Compensatory,
                TierKind::Parallel => Kind::Parallel,
                TierKind::Winners => Kind::Winners,
                TierKind::AdditionalMembers => Kind::AdditionalMembers,
            };
            let thresholds = tier.threshold.iter().map(least).collect::<Result<_, _>>()?;
            let law = Written { thresholds, ..Written::plain(formula) };
            Ok(Tier { seats: *tier.seats.get_ref(), kind, law })
        };
        Ok(Self {
            law: Written {
                thresholds,
                base: match law.threshold_level {
                    ThresholdLevel::District => Base::Valid,
                    ThresholdLevel::National => Base::Elsewhere,
                    ThresholdLevel::Quotient => Base::Quotient,
                },
                waived_if_none_pass: law.waived || quotient,
                ..Written::plain(formula_of_districts)
            },
            tier: law.national.as_ref().map(tier).transpose()?,
            lists: standing,
            management,
            own: Vec::new(),
            within,
            transfers,
            among_candidates: women_counted,
            women: match &law.womens_quota {
                Some(share) if !law.womens_divisors.is_empty() => {
                    let divisors = law.womens_divisors.iter().map(|d| *d.get_ref()).collect();
                    Some((exact("womens_quota", share)?, divisors))
                }
                _ => None,
            },
        })
    }

    /// The same law where some lists stand otherwise than is usual under it, by the entries of its contest.
    #[must_use]
    pub fn with_entries(
        mut self,
        entries: &[Entry],
        list: &dyn Fn(&str) -> Option<ListId>,
    ) -> Self {
        if self.management.is_none() {
            return self;
        }
        let mut own = vec![(None, None); self.lists.len()];
        for entry in entries {
            let place = list(entry.list.get_ref()).and_then(|l| own.get_mut(l));
            let id = |written: &case::Written| written.id;
            let ids = (entry.nomination.as_deref().map(id), entry.evenness.as_deref().map(id));
            place.into_iter().for_each(|place| *place = ids);
        }
        self.own = if own.iter().all(|ids| *ids == (None, None)) { Vec::new() } else { own };
        self
    }

    /// Women that each list owes at least by the seats it won in a district or constituency; none if the law does not say
    /// it by lists. The district's least number is its share of the seats, rounded to the nearest, halves up.
    ///
    /// # Errors
    /// Divisors that do not fall.
    pub fn women(&self, won: &[u32]) -> Result<Option<Vec<u32>>, Fault> {
        let Some((share, divisors)) = &self.women else { return Ok(None) };
        let least = least_women(*share, won.iter().map(|w| u128::from(*w)).sum());
        women_owed(won, least, divisors).map(Some)
    }

    /// Seats of a district once those are moved that a list won and has nobody to hold: `won` as it is where every list
    /// stands somebody for everything. Small lists stand nobody for a community's seats.
    ///
    /// # Errors
    /// As `seats_under_quotas`.
    pub fn under_quotas(
        votes: &[u64],
        won: Vec<u32>,
        reserves: &[Reserve],
    ) -> Result<Vec<u32>, Fault> {
        if reserves.iter().all(|r| r.lists.is_none()) {
            return Ok(won);
        }
        let all: u32 = won.iter().sum();
        let held: u32 = reserves.iter().map(|r| r.seats).sum();
        let everybody = |seats| SeatQuota { seats, lists: vec![true; votes.len()] };
        let mut quotas = vec![everybody(all.saturating_sub(held))];
        quotas.extend(reserves.iter().map(|reserve| match &reserve.lists {
            None => everybody(reserve.seats),
            Some(lists) => {
                let stands = |l: usize| lists.contains(&l);
                SeatQuota { seats: reserve.seats, lists: (0..votes.len()).map(stands).collect() }
            }
        }));
        seats_under_quotas(votes, &won, &quotas)
    }

    /// Seats above the districts.
    #[must_use]
    pub fn national_seats(&self) -> u32 {
        self.tier.as_ref().map_or(0, |tier| tier.seats)
    }

    /// Whether a threshold is a share of the vote of the whole country.
    #[must_use]
    pub fn has_national_threshold(&self) -> bool {
        self.law.base == Base::Elsewhere && !self.law.thresholds.is_empty()
    }

    /// How lists stand in this run, where the law makes that matter.
    pub fn stands(&self, drawn: &Drawn, journal: &Journal) -> Stands {
        let share = |id: BeliefId| drawn.get(journal, id).clamp(0.0, 1.0);
        let management = match self.management {
            Some((nomination, evenness)) => Management {
                nomination: drawn.get(journal, nomination).max(0.0),
                evenness: share(evenness),
            },
            None => Management { nomination: 1.0, evenness: 1.0 },
        };
        let of_list = |(nomination, evenness): &(Option<BeliefId>, Option<BeliefId>)| Management {
            nomination: nomination
                .map_or(management.nomination, |id| drawn.get(journal, id).max(0.0)),
            evenness: evenness.map_or(management.evenness, share),
        };
        let own = self.own.iter().map(of_list).collect();
        let women = self.among_candidates.map(|women| (share(women.share), share(women.behind)));
        Stands { management, own, within: self.within.map_or(1.0, share), women }
    }

    /// Which lists a national threshold shuts out everywhere, by their votes over the country; none if there is no
    /// such threshold. Small lists that are followed in one district only are shut out together.
    ///
    /// # Errors
    /// A threshold out of range.
    pub fn shut_out(&self, national: &[u64], valid: u64) -> Result<Option<Vec<bool>>, Fault> {
        if !self.has_national_threshold() {
            return Ok(None);
        }
        let poll = Poll { lists: &self.lists, ..Poll::new(national, valid, 1) };
        Ok(Some(self.law.passing(&poll)?.iter().map(|passes| !passes).collect()))
    }

    /// Seats of each list in a district or constituency, and the steps by which a quota of women moved some, or those of
    /// a count of papers. `lots` is asked only where the law asks for women among counted candidates.
    ///
    /// # Errors
    /// As the law's.
    pub fn district(
        &self,
        votes: &[u64],
        seats: u32,
        stands: &Stands,
        lots: WomenLots<'_>,
        ties: Ties<'_>,
    ) -> Result<(Vec<u32>, Vec<Step>), Fault> {
        let poll = Poll {
            lists: &self.lists,
            management: stands.management,
            own: &stands.own,
            passing: Passing { within: stands.within, next: &self.transfers },
            ..Poll::new(votes, votes.iter().sum(), seats)
        };
        let (Some(quota), Some((share, behind))) = (self.among_candidates, stands.women) else {
            return match self.law.formula {
                Formula::Transferable { .. } => self.law.steps(&poll, ties),
                _ => Ok((self.law.apply(&poll, ties)?, Vec::new())),
            };
        };
        let of = |(list, votes): (usize, &u64)| {
            let lots = if *votes > 0 { lots(list) } else { (0.5, 0.5) };
            SlateWomen { share, behind, lots }
        };
        let women: Vec<SlateWomen> = votes.iter().enumerate().map(of).collect();
        let least = least_women(quota.quota, seats.into());
        let women = Some(Women { least, lists: &women });
        let (won, mut steps) = self.law.steps(&Poll { women, ..poll }, ties)?;
        steps.retain(|step| step.clause == Clause::WomensQuota);
        Ok((won, steps))
    }

    /// Seats above the districts, by the lists' votes over the country among all valid votes, of which a threshold is a
    /// share, and the district seats they hold. Small lists that are followed in one district only get none.
    ///
    /// # Errors
    /// As the law's.
    pub fn national(
        &self,
        (votes, valid): (&[u64], u64),
        holds: &[u32],
        ties: Ties<'_>,
    ) -> Result<Vec<u32>, Fault> {
        let Some(tier) = &self.tier else { return Ok(vec![0; votes.len()]) };
        // A threshold above the districts is one for all; candidates run out in districts.
        let above = |s: &Standing| Standing { kind: 0, candidates: None, ..*s };
        let lists: Vec<Standing> = self.lists.iter().map(above).collect();
        let poll = Poll::new(votes, valid, tier.seats);
        tier.apply(&Poll { lists: &lists, ..poll }, holds, ties)
    }
}

/// Women that this share of so many seats makes: the nearest whole number, halves up.
fn least_women(share: Ratio<u64>, seats: u128) -> u32 {
    let (over, under) = (u128::from(*share.numer()), u128::from(*share.denom()));
    u32::try_from((2 * seats * over + under) / (2 * under)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use theory::electoral::divisor::Divisor;

    const EVEN: Management = Management { nomination: 1.0, evenness: 1.0 };
    const STANDS: Stands = Stands { management: EVEN, own: Vec::new(), within: 1.0, women: None };

    fn allocation(formula: Formula) -> Allocation {
        Allocation {
            law: Written::plain(formula),
            tier: None,
            lists: Vec::new(),
            management: None,
            own: Vec::new(),
            within: None,
            transfers: Vec::new(),
            women: None,
            among_candidates: None,
        }
    }

    fn standing(allocation: &Allocation, votes: &[u64], seats: u32, stands: Stands) -> Vec<u32> {
        let lots = |_| (0.5, 0.5);
        let counted = allocation.district(votes, seats, &stands, &lots, Ties::Refuse);
        counted.unwrap_or_else(|e| panic!("{e}")).0
    }

    fn won(allocation: &Allocation, votes: &[u64], seats: u32) -> Vec<u32> {
        standing(allocation, votes, seats, STANDS)
    }

    /// A law of a case as it is written.
    fn written(text: &str) -> Result<Allocation, Box<Diagnostic>> {
        let head = "id = \"act\"\nname = \"Act\"\nfrom = \"2030-01-01\"\nsource = \"gazette\"\n";
        let law: Law = toml::from_str(&format!("{head}{text}")).unwrap_or_else(|e| panic!("{e}"));
        let names = ["reds", "blues", "greens", "harbour"];
        Allocation::of(&law, names.len(), &|id| names.iter().position(|n| *n == id))
    }

    fn ready(text: &str) -> Allocation {
        written(text).unwrap_or_else(|fault| panic!("{}", fault.message))
    }

    #[test]
    fn every_rule_of_the_theory_can_be_asked_for_and_an_unknown_one_cannot() {
        for rule in theory::electoral::rule::rules() {
            let more = match rule.name {
                "divisors" => "divisors = [1.0, 3.0, 5.0, 7.0, 9.0, 11.0]\n",
                "largest-remainder" => "quota = \"droop\"\n",
                _ => "",
            };
            if ["sntv", "stv"].contains(&rule.name) {
                let bare = format!("method = \"{}\"\ndecimals = 5", rule.name);
                assert!(written(&bare).is_err(), "it lacks its estimates");
                continue;
            }
            let law = ready(&format!("method = \"{}\"\n{more}", rule.name));
            assert_eq!(won(&law, &[530, 240, 160, 70], 6).iter().sum::<u32>(), 6, "{}", rule.name);
        }
        // They are different rules, not one under many names.
        let of = |name: &str| won(&ready(&format!("method = \"{name}\"")), &[600, 280, 90, 30], 7);
        assert_eq!(of("dhondt"), [5, 2, 0, 0]);
        assert_eq!(of("imperiali"), [5, 2, 0, 0]);
        assert_eq!(of("sainte-lague"), [4, 2, 1, 0]);
        assert_eq!(of("adams"), [3, 2, 1, 1]);
        let law =
            "id = \"a\"\nname = \"A\"\nfrom = \"2030-01-01\"\nsource = \"x\"\nmethod = \"hopes\"";
        let fault = toml::from_str::<Law>(law).map(|_| ()).map_err(|e| e.message().to_owned());
        assert!(fault.is_err_and(|e| e.contains("unknown variant `hopes`")));
    }

    #[test]
    fn lists_have_thresholds_of_their_own_agreements_and_candidates_by_the_law() {
        let law = "method = \"dhondt\"\nthreshold = 0.07\n\
                   thresholds = [{ lists = \"greens\", threshold = 0.0 }]\n";
        // Exactly seven in a hundred is enough; the greens are a minority.
        assert_eq!(won(&ready(law), &[200, 60, 19, 21], 30), [21, 6, 1, 2]);
        let more = format!("{law}more_than = true\n");
        assert_eq!(won(&ready(&more), &[200, 60, 19, 21], 30), [22, 6, 2, 0]);
        let together = "method = \"dhondt\"\nagreements = [{ lists = [\"blues\", \"greens\"] }]\n";
        assert_eq!(won(&ready("method = \"dhondt\""), &[49, 33, 18], 3), [2, 1, 0]);
        assert_eq!(won(&ready(together), &[49, 33, 18], 3), [1, 1, 1]);
        let few = "method = \"dhondt\"\ncandidates = [{ list = \"reds\", number = 1 }]\n";
        assert_eq!(won(&ready(few), &[70, 20, 10], 4), [1, 2, 1]);
        let nobody = "method = \"dhondt\"\nagreements = [{ lists = [\"blues\", \"mauves\"] }]\n";
        assert!(written(nobody).is_err_and(|fault| fault.message.contains("mauves")));
    }

    #[test]
    fn lists_below_the_first_quotient_are_out_and_the_rest_share_by_a_second_one() {
        let mut hare = allocation(Formula::LargestRemainder(Quota::Hare));
        hare.law.base = Base::Quotient;
        hare.law.waived_if_none_pass = true;
        hare.law.thresholds = vec![Threshold::at_least(Ratio::new(1, 1))];
        // 100 votes, 5 seats: the first quotient is 20, so 18 and 7 are out; 75 votes make a second one of 15.
        // 43 / 15 = 2 and 13 left, 32 / 15 = 2 and 2 left: the fifth seat goes to the first.
        assert_eq!(won(&hare, &[43, 32, 18, 7], 5), [3, 2, 0, 0]);
        // Without the threshold the third list has a seat by its remainder.
        let plain = allocation(Formula::LargestRemainder(Quota::Hare));
        assert_eq!(won(&plain, &[43, 32, 18, 7], 5), [2, 2, 1, 0]);
        // Where nobody reaches it, it is waived.
        assert_eq!(won(&hare, &[40, 35, 25], 1), [1, 0, 0]);
    }

    #[test]
    fn lists_owe_women_by_the_divisors_of_the_law_and_otherwise_nobody_knows_which() {
        let law = "method = \"dhondt\"\nwomens_quota = 0.25\n";
        assert_eq!(ready(law).women(&[9, 5, 3, 1]), Ok(None));
        let by_lists = ready(&format!("{law}womens_divisors = [4, 3]\n"));
        // Eighteen seats, so four and a half women: five.
        assert_eq!(by_lists.women(&[9, 5, 3, 1]), Ok(Some(vec![3, 1, 1, 0])));
        assert_eq!(by_lists.women(&[8, 4, 4, 2]), Ok(Some(vec![2, 1, 1, 0])));
    }

    #[test]
    fn a_seat_that_nobody_of_a_list_may_hold_goes_to_another() {
        let won = |reserves: &[Reserve]| {
            let seats = Allocation::under_quotas(&[60, 30, 10], vec![4, 2, 0], reserves);
            seats.unwrap_or_else(|e| panic!("{e}"))
        };
        let reserve = |seats, lists: &[ListId]| Reserve { seats, lists: Some(lists.to_vec()) };
        let everybody = Reserve { seats: 4, lists: None };
        assert_eq!(won(std::slice::from_ref(&everybody)), [4, 2, 0]);
        // Three seats are for a community of which only the second list stands somebody.
        assert_eq!(won(&[reserve(3, &[1])]), [3, 3, 0]);
        assert_eq!(won(&[everybody, reserve(2, &[2])]), [4, 0, 2]);
    }

    #[test]
    fn one_vote_for_one_candidate_rewards_who_spreads_it() {
        let sntv = allocation(Formula::Candidates);
        let stands = |nomination, evenness| Stands {
            management: Management { nomination, evenness },
            ..STANDS
        };
        let all = |evenness| standing(&sntv, &[600, 210, 190], 4, stands(1.0, evenness));
        // 600 of 1,000 votes are sure of two seats of four; two candidates at 300 each leave two seats.
        assert_eq!(all(1.0), [2, 1, 1]);
        // A star and his companion: 480 and 120 still make two of four.
        assert_eq!(all(0.25), [2, 1, 1]);
        let eager = standing(&sntv, &[400, 210, 200, 190], 4, stands(2.0, 0.25));
        assert_eq!(eager, [1, 1, 1, 1]);
        // A list of its own way: one star takes one seat with 600 votes.
        let own = vec![Management { nomination: 0.5, evenness: 1.0 }];
        assert_eq!(standing(&sntv, &[600, 210, 190], 4, Stands { own, ..STANDS }), [1, 1, 1]);
    }

    const COUNTED: &str = "nomination = { value = 1.0, judged = \"one a seat\" }\n\
                           evenness = { value = 1.0, judged = \"evenly\" }\n";

    #[test]
    fn a_quota_of_women_moves_seats_once_the_law_says_who_they_are() {
        let sntv = format!("method = \"sntv\"\nwomens_quota = 0.25\n{COUNTED}");
        assert!(ready(&sntv).among_candidates.is_none(), "nobody knows who is a woman");
        let said = "women_candidates = { value = 0.3, judged = \"as the law asks\" }\n\
                    women_behind = { value = 0.9, judged = \"men are better known\" }\n";
        let law = ready(&format!("{sntv}{said}"));
        let stands = Stands { women: Some((0.3, 0.9)), ..STANDS };
        // The lots make women of the third's candidate and the fourth's alone.
        let lots = |list: ListId| if list == 2 || list == 3 { (0.9, 0.5) } else { (0.1, 0.5) };
        let counted = |seats| {
            let counted = law.district(&[450, 250, 180, 120], seats, &stands, &lots, Ties::Refuse);
            counted.unwrap_or_else(|e| panic!("{e}"))
        };
        // A quarter of four is one woman: the third list's wins by her own votes.
        assert_eq!(counted(4), (vec![2, 1, 1, 0], Vec::new()));
        // Half a woman is one, and her 180 votes take the seat of the man with 250.
        let (won, moved) = counted(2);
        assert_eq!(won, [1, 0, 1, 0]);
        let moved: Vec<_> = moved.iter().map(|step| (step.next, step.list)).collect();
        assert_eq!(moved, [(Some(1), 2)]);
        // A quarter of a woman is none.
        assert_eq!(counted(1).0, [1, 0, 0, 0]);
    }

    #[test]
    fn papers_stay_within_a_list_and_pass_on_as_the_law_says() {
        let stv = format!("method = \"stv\"\n{COUNTED}");
        let within = "within_list = { value = 1.0, judged = \"loyal\" }\n";
        assert!(
            written(&format!("{stv}decimals = 5")).is_err_and(|f| f.message.contains("papers"))
        );
        assert!(written(&format!("{stv}{within}")).is_err_and(|f| f.message.contains("decimals")));
        let stv = format!("{stv}{within}decimals = 5\n");
        // Quota 334: the first is in, the third goes, and its papers decide.
        let votes = [400, 230, 160, 210];
        assert_eq!(won(&ready(&stv), &votes, 2), [1, 1, 0, 0]);
        let linked = format!("{stv}transfers = [{{ from = \"greens\", to = [\"harbour\"] }}]\n");
        assert_eq!(won(&ready(&linked), &votes, 2), [1, 0, 0, 1]);
        let nobody = format!("{stv}transfers = [{{ from = \"greens\", to = [\"mauves\"] }}]\n");
        assert!(written(&nobody).is_err_and(|fault| fault.message.contains("mauves")));
        let tier = format!("{stv}national = {{ seats = 5, kind = \"parallel\" }}\n");
        assert!(written(&tier).is_err_and(|fault| fault.message.contains("national seats")));
    }

    #[test]
    fn national_seats_bring_lists_to_their_due_or_go_by_what_they_hold() {
        let law = Written::plain(Formula::HighestAverages(Divisor::SainteLague));
        let with = |kind| {
            let mut allocation = allocation(Formula::Plurality);
            allocation.tier = Some(Tier { seats: 4, kind, law: law.clone() });
            let seats = allocation.national((&[50, 30, 20], 100), &[6, 0, 0], Ties::Refuse);
            seats.unwrap_or_else(|e| panic!("{e}"))
        };
        // Ten seats are due 5, 3, 2; the first holds 6, so one of the others goes short.
        assert_eq!(with(Kind::Compensatory), [0, 2, 2]);
        assert_eq!(with(Kind::Parallel), [2, 1, 1]);
        assert_eq!(with(Kind::Winners), [4, 0, 0]);
        assert_eq!(with(Kind::AdditionalMembers), [0, 2, 2]);
    }

    #[test]
    fn a_threshold_above_the_districts_is_a_share_of_all_valid_votes() {
        let mut law = Written::plain(Formula::HighestAverages(Divisor::SainteLague));
        law.thresholds = vec![Threshold::at_least(Ratio::new(3, 100))];
        let mut allocation = allocation(Formula::Plurality);
        allocation.tier = Some(Tier { seats: 10, kind: Kind::Parallel, law });
        let of = |valid| {
            let seats = allocation.national((&[600, 60], valid), &[0, 0], Ties::Refuse);
            seats.unwrap_or_else(|e| panic!("{e}"))
        };
        // 60 votes are 9 percent of those of the two lists, and less than 3 of all that are valid.
        assert_eq!((of(660)[1], of(2_001)[1]), (1, 0));
    }

    #[test]
    fn a_national_threshold_shuts_out_by_the_votes_of_the_whole_country() {
        let mut law = allocation(Formula::HighestAverages(Divisor::DHondt));
        law.law.thresholds = vec![Threshold::at_least(Ratio::new(1, 20))];
        assert_eq!(law.shut_out(&[90, 4], 100), Ok(None));
        law.law.base = Base::Elsewhere;
        assert_eq!(law.shut_out(&[90, 4], 100), Ok(Some(vec![false, true])));
    }
}
