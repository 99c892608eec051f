//! Electoral rules for Python.

use theory::electoral::law::{Base, Formula, Law, Poll, Standing};
use theory::electoral::quota::Quota;
use theory::electoral::rule::{self, Options};
use theory::electoral::stv::{Ranking, Stage, Values};
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;
use theory::electoral::tier::{Tier, TierKind};
use theory::electoral::womens_quota::{self as women, Candidate};
use theory::electoral::{
    block_vote as block, compensatory, divisor, needed_votes as needed, open_list as open, plurality, reserved,
    sntv as single, steps as walked, stv,
};
use num_traits::ToPrimitive;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{dict, one_of, told};
use crate::fault;

/// What a law says beside its rule, as every function here takes it.
#[derive(Debug, Default)]
struct Clauses {
    first_divisor: Option<String>,
    divisors: Vec<String>,
    quota: Option<String>,
    threshold: Option<String>,
    above: bool,
    waived_if_none_pass: bool,
    winner_bonus: u32,
}

impl Clauses {
    const KNOWN: [&str; 7] =
        ["first_divisor", "divisors", "quota", "threshold", "above", "waived_if_none_pass", "winner_bonus"];

    /// Reads a dict whose numbers may be written as numbers or as text.
    fn read(given: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut clauses = Self::default();
        for (key, value) in given.into_iter().flatten() {
            let text = || Ok::<_, PyErr>(value.str()?.to_string());
            match key.extract::<String>()?.as_str() {
                "first_divisor" => clauses.first_divisor = Some(text()?),
                "divisors" => {
                    let each = value.try_iter()?.map(|one| Ok(one?.str()?.to_string()));
                    clauses.divisors = each.collect::<PyResult<_>>()?;
                }
                "quota" => clauses.quota = Some(text()?),
                "threshold" => clauses.threshold = Some(text()?),
                "above" => clauses.above = value.extract()?,
                "waived_if_none_pass" => clauses.waived_if_none_pass = value.extract()?,
                "winner_bonus" => clauses.winner_bonus = value.extract()?,
                other => {
                    let known = Self::KNOWN.join(", ");
                    return Err(fault::value(format!("law: no clause \"{other}\"; known are {known}")));
                }
            }
        }
        Ok(clauses)
    }

    fn law(&self, rule: &str) -> PyResult<Law> {
        let named = rule::named(rule).ok_or_else(|| {
            let names: Vec<&str> = rule::rules().map(|rule| rule.name).collect();
            fault::value(format!("rule: \"{rule}\"; write one of {}", names.join(", ")))
        })?;
        let exact = |text: &String| told(divisor::decimal(text));
        let options = Options {
            first_divisor: self.first_divisor.as_ref().map(exact).transpose()?,
            divisors: self.divisors.iter().map(exact).collect::<PyResult<_>>()?,
            quota: self.quota.as_deref().map(quota).transpose()?,
        };
        let share = self.threshold.as_ref().map(exact).transpose()?;
        let above = self.above;
        Ok(Law {
            thresholds: share.map(|share| Threshold { share, above }).into_iter().collect(),
            waived_if_none_pass: self.waived_if_none_pass,
            winner_bonus: self.winner_bonus,
            base: Base::Valid,
            formula: told((named.formula)(&options))?,
        })
    }
}

/// A quota by its name, or a number of votes.
fn quota(text: &str) -> PyResult<Quota> {
    if let Ok(votes) = text.parse() {
        return Ok(Quota::Fixed(votes));
    }
    let known = [
        ("hare", Quota::Hare),
        ("droop", Quota::Droop),
        ("hagenbach-bischoff", Quota::HagenbachBischoff),
        ("imperiali", Quota::Imperiali),
    ];
    one_of("quota", text, &known)
}

/// A rule for level lists.
fn ties(word: &str) -> PyResult<Ties<'static>> {
    Ok(if one_of("ties", word, &[("written", false), ("refuse", true)])? { Ties::Refuse } else { Ties::WrittenOrder })
}

/// What a poll is: its votes, and what the law may know of lists beside them.
struct Cast {
    votes: Vec<u64>,
    total: u64,
    lists: Vec<Standing>,
}

impl Cast {
    fn of(votes: Vec<u64>, total_valid: Option<u64>, candidates: Option<Vec<u32>>) -> Self {
        let total = total_valid.unwrap_or_else(|| votes.iter().sum());
        let standing = |candidates| Standing { candidates: Some(candidates), ..Standing::default() };
        let lists = candidates.into_iter().flatten().map(standing).collect();
        Self { votes, total, lists }
    }

    fn poll(&self, seats: u32) -> Poll<'_> {
        Poll { lists: &self.lists, ..Poll::new(&self.votes, self.total, seats) }
    }
}

/// The rules that can be asked for: a dict of names, each with what the rule does in a sentence.
#[pyfunction]
pub fn rules(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let all = PyDict::new(py);
    rule::rules().try_for_each(|rule| all.set_item(rule.name, rule.says))?;
    Ok(all)
}

/// Seats of each list: a list of whole numbers that sum to ``seats``.
///
/// ``votes``: whole votes of each list; ``rule``: a name from ``rules()``. ``law`` is a dict of what the law says beside
/// it: ``threshold`` (a share such as 0.05; ``above`` if more than that is needed; ``waived_if_none_pass``),
/// ``winner_bonus`` (seats for the largest list), ``first_divisor``, ``divisors``, ``quota`` ("hare", "droop",
/// "hagenbach-bischoff", "imperiali" or votes). ``total_valid`` are all valid votes (their sum if not given),
/// ``candidates`` how many each list stands, ``ties`` is "written" (the list written first) or "refuse".
#[pyfunction]
#[pyo3(signature = (votes, seats, rule, *, law=None, total_valid=None, candidates=None, ties="written"))]
pub fn seats(
    votes: Vec<u64>,
    seats: u32,
    rule: &str,
    law: Option<&Bound<'_, PyDict>>,
    total_valid: Option<u64>,
    candidates: Option<Vec<u32>>,
    ties: &str,
) -> PyResult<Vec<u32>> {
    let law = Clauses::read(law)?.law(rule)?;
    let cast = Cast::of(votes, total_valid, candidates);
    told(law.apply(&cast.poll(seats), self::ties(ties)?))
}

fn clause(clause: walked::Clause) -> &'static str {
    use walked::Clause;
    match clause {
        Clause::Threshold => "threshold",
        Clause::WinnerBonus => "winner-bonus",
        Clause::OutOfCandidates => "out-of-candidates",
        Clause::WholeQuota => "whole-quota",
        Clause::LargestRemainder => "largest-remainder",
        Clause::HighestAverage => "highest-average",
        Clause::Agreement => "agreement",
        Clause::Formula => "formula",
    }
}

/// The same with every step in the order in which the law takes them: a pair of the seats and a list of dicts with
/// ``clause``, ``list`` (position), ``seats``, ``next`` (who would have taken it), ``short_by`` (votes that one lacked)
/// and ``by_tie_rule``.
#[pyfunction]
#[pyo3(signature = (votes, seats, rule, *, law=None, total_valid=None, candidates=None, ties="written"))]
#[allow(clippy::too_many_arguments)]
pub fn steps<'py>(
    py: Python<'py>,
    votes: Vec<u64>,
    seats: u32,
    rule: &str,
    law: Option<&Bound<'py, PyDict>>,
    total_valid: Option<u64>,
    candidates: Option<Vec<u32>>,
    ties: &str,
) -> PyResult<(Vec<u32>, Vec<Bound<'py, PyDict>>)> {
    let law = Clauses::read(law)?.law(rule)?;
    let cast = Cast::of(votes, total_valid, candidates);
    let (won, steps) = told(law.steps(&cast.poll(seats), self::ties(ties)?))?;
    let step = |step: &walked::Step| {
        Ok(dict!(py,
            "clause": clause(step.clause),
            "list": step.list,
            "seats": step.seats,
            "next": step.next,
            "short_by": step.short_by,
            "by_tie_rule": step.by_tie_rule,
        ))
    };
    Ok((won, steps.iter().map(step).collect::<PyResult<_>>()?))
}

/// Whether each list passes a threshold: a list of bools. Arguments as for ``seats``.
#[pyfunction]
#[pyo3(signature = (votes, threshold, *, above=false, total_valid=None, waived_if_none_pass=false))]
pub fn passing(
    votes: Vec<u64>,
    threshold: &Bound<'_, PyAny>,
    above: bool,
    total_valid: Option<u64>,
    waived_if_none_pass: bool,
) -> PyResult<Vec<bool>> {
    let share = told(divisor::decimal(&threshold.str()?.to_string()))?;
    let thresholds = vec![Threshold { share, above }];
    let law = Law { thresholds, waived_if_none_pass, ..Law::plain(Formula::Plurality) };
    told(law.passing(&Cast::of(votes, total_valid, None).poll(0)))
}

/// The least votes with which a list wins a number of seats by highest averages, all other lists unchanged; None if no
/// number will do.
///
/// ``list``: its position; ``wanted``: its seats; ``seats``: all seats; ``rule``: a rule of divisors, with ``law`` as for
/// ``seats``.
#[pyfunction]
#[pyo3(signature = (votes, list, wanted, seats, rule, *, law=None))]
pub fn needed_votes(
    votes: Vec<u64>,
    list: usize,
    wanted: u32,
    seats: u32,
    rule: &str,
    law: Option<&Bound<'_, PyDict>>,
) -> PyResult<Option<u64>> {
    match Clauses::read(law)?.law(rule)?.formula {
        Formula::HighestAverages(divisor) => told(needed::needed_votes(&votes, list, wanted, seats, &divisor)),
        _ => Err(fault::value(format!("rule: \"{rule}\" has no divisors; take one of highest averages"))),
    }
}

/// Compensatory seats of lists that hold district seats: a dict of ``due``, ``added`` and ``overhang``, each a list.
///
/// ``votes`` of the whole country, ``holds`` the district seats of each list, ``seats`` all seats; the rest as for
/// ``seats``.
#[pyfunction]
#[pyo3(signature = (votes, holds, seats, rule, *, law=None, total_valid=None, ties="written"))]
#[allow(clippy::too_many_arguments)]
pub fn compensate<'py>(
    py: Python<'py>,
    votes: Vec<u64>,
    holds: Vec<u32>,
    seats: u32,
    rule: &str,
    law: Option<&Bound<'py, PyDict>>,
    total_valid: Option<u64>,
    ties: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let law = Clauses::read(law)?.law(rule)?;
    let cast = Cast::of(votes, total_valid, None);
    let found = told(compensatory::compensate(&cast.poll(seats), &holds, &law, self::ties(ties)?))?;
    Ok(dict!(py, "due": found.due, "added": found.added, "overhang": found.overhang))
}

/// Seats of each list in a second tier: a list.
///
/// ``kind`` is "compensatory", "parallel", "winners" or "additional-members"; ``seats`` are those of the tier, ``holds``
/// the seats won below; the rest as for ``seats``.
#[pyfunction]
#[pyo3(signature = (votes, holds, seats, kind, rule, *, law=None, total_valid=None, ties="written"))]
#[allow(clippy::too_many_arguments)]
pub fn tier(
    votes: Vec<u64>,
    holds: Vec<u32>,
    seats: u32,
    kind: &str,
    rule: &str,
    law: Option<&Bound<'_, PyDict>>,
    total_valid: Option<u64>,
    ties: &str,
) -> PyResult<Vec<u32>> {
    let known = [
        ("compensatory", TierKind::Compensatory),
        ("parallel", TierKind::Parallel),
        ("winners", TierKind::Winners),
        ("additional-members", TierKind::AdditionalMembers),
    ];
    let tier = Tier { seats, kind: one_of("kind", kind, &known)?, law: Clauses::read(law)?.law(rule)? };
    let cast = Cast::of(votes, total_valid, None);
    told(tier.apply(&cast.poll(seats), &holds, self::ties(ties)?))
}

/// The single transferable vote (weighted inclusive Gregory): a pair of those elected, in order, and the stages, each a
/// triple (what, candidate, votes) with what "elected", "surplus", "remaining" or "excluded".
///
/// ``ballots``: a list of pairs (candidates, most liked first; number of ballots); ``decimals`` to which values are kept
/// (exact fractions if none is given).
#[pyfunction]
#[pyo3(signature = (ballots, candidates, seats, *, decimals=None, ties="written"))]
#[allow(clippy::type_complexity)]
pub fn single_transferable_vote(
    ballots: Vec<(Vec<usize>, u64)>,
    candidates: usize,
    seats: u32,
    decimals: Option<u32>,
    ties: &str,
) -> PyResult<(Vec<usize>, Vec<(&'static str, usize, f64)>)> {
    let ballots: Vec<Ranking> = ballots.into_iter().map(|(order, count)| Ranking { order, count }).collect();
    let values = decimals.map_or(Values::Exact, Values::Decimals);
    let counted = stv::single_transferable_vote(&ballots, candidates, seats, values, self::ties(ties)?);
    let (elected, stages) = told(counted)?;
    let stage = |stage: Stage| {
        let (what, candidate, votes) = match stage {
            Stage::Elected(candidate, votes) => ("elected", candidate, votes),
            Stage::Surplus(candidate, votes) => ("surplus", candidate, votes),
            Stage::Remaining(candidate, votes) => ("remaining", candidate, votes),
            Stage::Excluded(candidate, votes) => ("excluded", candidate, votes),
        };
        (what, candidate, votes.to_f64().unwrap_or(f64::NAN))
    };
    Ok((elected, stages.into_iter().map(stage).collect()))
}

/// Seats of parties under the single non-transferable vote: a list.
///
/// ``slates``: a list of triples (votes, candidates, evenness in [0, 1]: how evenly its votes spread over them).
#[pyfunction]
#[pyo3(signature = (slates, seats, *, ties="written"))]
pub fn sntv(slates: Vec<(u64, u32, f64)>, seats: u32, ties: &str) -> PyResult<Vec<u32>> {
    let slate = |(votes, candidates, evenness)| single::Slate { votes, candidates, evenness };
    let slates: Vec<single::Slate> = slates.into_iter().map(slate).collect();
    told(single::sntv_by_slates(&slates, seats, self::ties(ties)?))
}

/// Candidates elected when each ballot names as many as there are seats: their positions.
///
/// ``ballots``: a list of pairs (candidates named, number of ballots).
#[pyfunction]
#[pyo3(signature = (ballots, candidates, seats, *, ties="written"))]
pub fn block_vote(
    ballots: Vec<(Vec<usize>, u64)>,
    candidates: usize,
    seats: u32,
    ties: &str,
) -> PyResult<Vec<usize>> {
    told(block::block_vote(&ballots, candidates, seats, self::ties(ties)?))
}

/// The candidates with most votes, by falling votes: their positions.
#[pyfunction]
#[pyo3(signature = (votes, seats, *, ties="written"))]
pub fn most_votes(votes: Vec<u64>, seats: u32, ties: &str) -> PyResult<Vec<usize>> {
    told(plurality::most_votes(&votes, seats, self::ties(ties)?))
}

/// The order in which a list's candidates take seats: their positions.
///
/// ``personal``: personal votes in the order of the list; ``list_votes``: all votes of the list; ``opening``: "closed",
/// "open", or a pair (over, under): those with at least that share of the list's votes go first.
#[pyfunction]
pub fn open_list(personal: Vec<u64>, list_votes: u64, opening: &Bound<'_, PyAny>) -> PyResult<Vec<usize>> {
    let opening = match opening.extract::<(u64, u64)>() {
        Ok((over, under)) => open::Opening::Flexible { over, under },
        Err(_) => {
            let known = [("closed", open::Opening::Closed), ("open", open::Opening::Open)];
            one_of("opening", &opening.extract::<String>()?, &known)?
        }
    };
    told(open::ranking(&personal, list_votes, opening))
}

/// Those elected once a quota of women is met: a dict of ``elected`` (positions), ``replacements`` (pairs of who gives way
/// and who comes in) and ``missing``.
///
/// ``candidates``: a list of triples (list, personal votes, whether a woman); ``elected``: positions; ``least``: women.
#[pyfunction]
pub fn womens_quota(
    py: Python<'_>,
    candidates: Vec<(usize, u64, bool)>,
    elected: Vec<usize>,
    least: u32,
) -> PyResult<Bound<'_, PyDict>> {
    let candidate = |(list, votes, woman)| Candidate { list, votes, woman };
    let candidates: Vec<Candidate> = candidates.into_iter().map(candidate).collect();
    if let Some(at) = elected.iter().find(|at| **at >= candidates.len()) {
        return Err(fault::value(format!("elected: there is no candidate {at}")));
    }
    let found = women::apply_womens_quota(&candidates, &elected, least);
    let replaced: Vec<_> = found.replacements.iter().map(|r| (r.out, r.in_place)).collect();
    Ok(dict!(py, "elected": found.elected, "replacements": replaced, "missing": found.missing))
}

/// Candidates elected to seats set aside for groups: a list of positions for each reservation.
///
/// ``group``: for each candidate the number of its group or None; ``reservations``: a list of pairs (group, seats).
#[pyfunction]
#[pyo3(signature = (votes, group, reservations, *, ties="written"))]
pub fn reserved_seats(
    votes: Vec<u64>,
    group: Vec<Option<usize>>,
    reservations: Vec<(usize, u32)>,
    ties: &str,
) -> PyResult<Vec<Vec<usize>>> {
    let reservation = |(group, seats)| reserved::Reservation { group, seats };
    let reservations: Vec<_> = reservations.into_iter().map(reservation).collect();
    told(reserved::reserved_seats(&votes, &group, &reservations, self::ties(ties)?))
}
