//! Electoral rules for Python.

use num_traits::ToPrimitive;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use theory::electoral::districts::{self as several, District};
use theory::electoral::last_parcel::{LastParcel, last_parcel as by_last_parcel};
use theory::electoral::law::{Base, Formula, Law, Management, Poll, Standing};
use theory::electoral::quota::Quota;
use theory::electoral::rule::{self, Options};
use theory::electoral::seat_quotas::{self as community, SeatQuota};
use theory::electoral::stv::{Ranking, Stage, Values};
use theory::electoral::stv_by_slates::{self as by_slates, Passing};
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;
use theory::electoral::tier::{Tier, TierKind};
use theory::electoral::womens_quota::{self as women, Candidate};
use theory::electoral::{
    block_vote as block, compensatory, divisor, highest_averages as averages,
    needed_votes as needed, open_list as open, plurality, reserved, sntv as single,
    steps as walked, stv, threshold as least,
};

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
    decimals: Option<u32>,
    nomination: Option<f64>,
    evenness: Option<f64>,
    within_list: Option<f64>,
    transfers: Vec<Vec<usize>>,
}

impl Clauses {
    const KNOWN: [&str; 12] = [
        "first_divisor",
        "divisors",
        "quota",
        "threshold",
        "above",
        "waived_if_none_pass",
        "winner_bonus",
        "decimals",
        "nomination",
        "evenness",
        "within_list",
        "transfers",
    ];

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
                "decimals" => clauses.decimals = Some(value.extract()?),
                "nomination" => clauses.nomination = Some(value.extract()?),
                "evenness" => clauses.evenness = Some(value.extract()?),
                "within_list" => clauses.within_list = Some(value.extract()?),
                "transfers" => clauses.transfers = value.extract()?,
                other => {
                    let known = Self::KNOWN.join(", ");
                    return Err(fault::value(format!(
                        "law: no clause \"{other}\"; known are {known}"
                    )));
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
            quota: self.quota.as_deref().map(of_name).transpose()?,
            decimals: self.decimals,
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
fn of_name(text: &str) -> PyResult<Quota> {
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
    Ok(if one_of("ties", word, &[("written", false), ("refuse", true)])? {
        Ties::Refuse
    } else {
        Ties::WrittenOrder
    })
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
        let standing =
            |candidates| Standing { candidates: Some(candidates), ..Standing::default() };
        let lists = candidates.into_iter().flatten().map(standing).collect();
        Self { votes, total, lists }
    }

    fn poll(&self, seats: u32) -> Poll<'_> {
        Poll { lists: &self.lists, ..Poll::new(&self.votes, self.total, seats) }
    }

    /// The same with what the law says of how lists stand and where papers pass on.
    fn counted<'a>(&'a self, seats: u32, clauses: &'a Clauses) -> Poll<'a> {
        let management = Management {
            nomination: clauses.nomination.unwrap_or(1.0),
            evenness: clauses.evenness.unwrap_or(1.0),
        };
        let passing =
            Passing { within: clauses.within_list.unwrap_or(1.0), next: &clauses.transfers };
        Poll { management, passing, ..self.poll(seats) }
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
/// "hagenbach-bischoff", "imperiali" or votes); for "sntv" and "stv" ``nomination`` (candidates for each seat a list could
/// be sure of) and ``evenness`` (in [0, 1]), 1 if not given; for "stv" ``decimals`` (to 9), ``within_list`` (the share of
/// papers that stay within a list, 1 if not given) and ``transfers`` (for each list the positions of those its papers pass
/// on to). Under these two seats may stay empty for want of candidates. ``total_valid`` are all valid votes (their sum if not given),
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
    let clauses = Clauses::read(law)?;
    let law = clauses.law(rule)?;
    let cast = Cast::of(votes, total_valid, candidates);
    told(law.apply(&cast.counted(seats, &clauses), self::ties(ties)?))
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
        Clause::WomensQuota => "womens-quota",
        Clause::Quota => "quota",
        Clause::LastPlace => "last-place",
        Clause::Surplus => "surplus",
        Clause::Exclusion => "exclusion",
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
    let clauses = Clauses::read(law)?;
    let law = clauses.law(rule)?;
    let cast = Cast::of(votes, total_valid, candidates);
    let (won, steps) = told(law.steps(&cast.counted(seats, &clauses), self::ties(ties)?))?;
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
        Formula::HighestAverages(divisor) => {
            told(needed::needed_votes(&votes, list, wanted, seats, &divisor))
        }
        _ => Err(fault::value(format!(
            "rule: \"{rule}\" has no divisors; take one of highest averages"
        ))),
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
    let tier =
        Tier { seats, kind: one_of("kind", kind, &known)?, law: Clauses::read(law)?.law(rule)? };
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
    let ballots: Vec<Ranking> =
        ballots.into_iter().map(|(order, count)| Ranking { order, count }).collect();
    let values = decimals.map_or(Values::Exact, Values::Decimals);
    let counted =
        stv::single_transferable_vote(&ballots, candidates, seats, values, self::ties(ties)?);
    let (elected, stages) = told(counted)?;
    Ok((elected, stages.into_iter().map(stage).collect()))
}

fn stage(stage: Stage) -> (&'static str, usize, f64) {
    let (what, candidate, votes) = match stage {
        Stage::Elected(candidate, votes) => ("elected", candidate, votes),
        Stage::Surplus(candidate, votes) => ("surplus", candidate, votes),
        Stage::Remaining(candidate, votes) => ("remaining", candidate, votes),
        Stage::Excluded(candidate, votes) => ("excluded", candidate, votes),
    };
    (what, candidate, votes.to_f64().unwrap_or(f64::NAN))
}

/// The single transferable vote where only the last parcel of papers passes on: elected and stages as for
/// ``single_transferable_vote``.
///
/// ``rule``: "hundredths" (a whole quota, values in hundredths of a vote, by falling value) or "thousandths" (every paper is
/// a thousand, parcels in the order they came in).
#[pyfunction]
#[pyo3(signature = (ballots, candidates, seats, rule="hundredths", *, ties="written"))]
#[allow(clippy::type_complexity)]
pub fn last_parcel(
    ballots: Vec<(Vec<usize>, u64)>,
    candidates: usize,
    seats: u32,
    rule: &str,
    ties: &str,
) -> PyResult<(Vec<usize>, Vec<(&'static str, usize, f64)>)> {
    let ballots: Vec<Ranking> =
        ballots.into_iter().map(|(order, count)| Ranking { order, count }).collect();
    let known = [("hundredths", LastParcel::HUNDREDTHS), ("thousandths", LastParcel::THOUSANDTHS)];
    let rule = one_of("rule", rule, &known)?;
    let (elected, stages) =
        told(by_last_parcel(&ballots, candidates, seats, rule, self::ties(ties)?))?;
    Ok((elected, stages.into_iter().map(stage).collect()))
}

fn slates_of(slates: Vec<(u64, u32, f64)>) -> Vec<single::Slate> {
    let slate = |(votes, candidates, evenness)| single::Slate { votes, candidates, evenness };
    slates.into_iter().map(slate).collect()
}

/// The papers of slates whose votes alone are known: a pair of the papers, each a pair (candidates, most liked first; number
/// of papers), and the slate of each candidate.
///
/// ``slates`` as for ``sntv``; ``within``: the share of papers that go on to the slate's other candidates; ``transfers``: for
/// each slate the slates its papers pass on to afterwards, none beyond the end.
#[pyfunction]
#[pyo3(signature = (slates, within, transfers=Vec::new()))]
#[allow(clippy::type_complexity)]
pub fn slate_papers(
    slates: Vec<(u64, u32, f64)>,
    within: f64,
    transfers: Vec<Vec<usize>>,
) -> PyResult<(Vec<(Vec<usize>, u64)>, Vec<usize>)> {
    let passing = Passing { within, next: &transfers };
    let (papers, owner) = told(by_slates::papers(&slates_of(slates), passing))?;
    Ok((papers.into_iter().map(|paper| (paper.order, paper.count)).collect(), owner))
}

/// The single transferable vote on ``slate_papers``: a dict of ``seats`` of each slate, ``elected`` (candidates, in order),
/// ``stages`` as for ``single_transferable_vote`` and ``owner`` (the slate of each candidate).
///
/// ``decimals``: to how many the value of a paper is kept, 9 at most.
#[pyfunction]
#[pyo3(signature = (slates, within, seats, transfers=Vec::new(), *, decimals=5, ties="written"))]
pub fn stv_by_slates<'py>(
    py: Python<'py>,
    slates: Vec<(u64, u32, f64)>,
    within: f64,
    seats: u32,
    transfers: Vec<Vec<usize>>,
    decimals: u32,
    ties: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let passing = Passing { within, next: &transfers };
    let done =
        by_slates::stv_by_slates(&slates_of(slates), passing, seats, decimals, self::ties(ties)?);
    let done = told(done)?;
    let stages: Vec<_> = done.stages.into_iter().map(stage).collect();
    Ok(
        dict!(py, "seats": done.seats, "elected": done.elected, "stages": stages, "owner": done.owner),
    )
}

/// Seats of parties under the single non-transferable vote: a list.
///
/// ``slates``: a list of triples (votes, candidates, evenness in [0, 1]: how evenly its votes spread over them).
#[pyfunction]
#[pyo3(signature = (slates, seats, *, ties="written"))]
pub fn sntv(slates: Vec<(u64, u32, f64)>, seats: u32, ties: &str) -> PyResult<Vec<u32>> {
    told(single::sntv_by_slates(&slates_of(slates), seats, self::ties(ties)?))
}

/// Votes of each candidate of a slate, falling: a list that sums to ``votes``.
///
/// ``evenness`` in [0, 1]: each candidate has as many times the votes of the one before.
#[pyfunction]
pub fn candidate_votes(votes: u64, candidates: u32, evenness: f64) -> PyResult<Vec<u64>> {
    told(single::candidate_votes(single::Slate { votes, candidates, evenness }))
}

/// The most seats that ``votes`` can win against the votes of rival candidates by the best vote management there is.
#[pyfunction]
pub fn managed_seats(votes: u64, rivals: Vec<u64>, seats: u32) -> u32 {
    single::managed_seats(votes, &rivals, seats)
}

/// The seats of which ``votes`` are sure however others vote: one for each time they exceed Droop's quota.
#[pyfunction]
pub fn sure_seats(votes: u64, total_valid: u64, seats: u32) -> u32 {
    single::sure_seats(votes, total_valid, seats)
}

/// What says which candidates of a slate are women: (share, behind), or with the two lots behind them.
fn of_slate((share, behind, lots): (f64, f64, Option<(f64, f64)>)) -> single::SlateWomen {
    single::SlateWomen { share, behind, lots: lots.unwrap_or((0.5, 0.5)) }
}

/// The places of women in a slate's falling order of votes: a pair (first, one beyond the last).
///
/// ``share``: of its candidates who are women; ``behind``: of its men who have more votes than they; ``lots``: two numbers
/// from 0 to below 1 that make whole candidates of both (one half each, which rounds, if none are given).
#[pyfunction]
#[pyo3(signature = (candidates, share, behind, lots=None))]
pub fn places_of_women(
    candidates: u32,
    share: f64,
    behind: f64,
    lots: Option<(f64, f64)>,
) -> PyResult<(u32, u32)> {
    let places = told(single::places_of_women(candidates, of_slate((share, behind, lots))))?;
    Ok((places.start, places.end))
}

/// Seats of parties under the single non-transferable vote where a district must elect ``least`` women: a dict of ``seats``,
/// ``moved`` (pairs of the slate that lost a man and the one that sent a woman), ``women`` of each slate and ``missing``.
///
/// ``slates`` as for ``sntv``; ``women``: for each slate a triple (share, behind, lots or None) as for ``places_of_women``.
#[pyfunction]
#[pyo3(signature = (slates, women, seats, least, *, ties="written"))]
#[allow(clippy::type_complexity)]
pub fn sntv_with_women<'py>(
    py: Python<'py>,
    slates: Vec<(u64, u32, f64)>,
    women: Vec<(f64, f64, Option<(f64, f64)>)>,
    seats: u32,
    least: u32,
    ties: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let women: Vec<single::SlateWomen> = women.into_iter().map(of_slate).collect();
    let done =
        told(single::sntv_with_women(&slates_of(slates), &women, seats, least, self::ties(ties)?))?;
    Ok(
        dict!(py, "seats": done.seats, "moved": done.moved, "women": done.women, "missing": done.missing),
    )
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
pub fn open_list(
    personal: Vec<u64>,
    list_votes: u64,
    opening: &Bound<'_, PyAny>,
) -> PyResult<Vec<usize>> {
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
    let candidates = people(candidates, &elected)?;
    let found = women::apply_womens_quota(&candidates, &elected, least);
    outcome(py, found)
}

fn people(candidates: Vec<(usize, u64, bool)>, elected: &[usize]) -> PyResult<Vec<Candidate>> {
    let candidate = |(list, votes, woman)| Candidate { list, votes, woman };
    let candidates: Vec<Candidate> = candidates.into_iter().map(candidate).collect();
    match elected.iter().find(|at| **at >= candidates.len()) {
        Some(at) => Err(fault::value(format!("elected: there is no candidate {at}"))),
        None => Ok(candidates),
    }
}

fn outcome(py: Python<'_>, found: women::QuotaOutcome) -> PyResult<Bound<'_, PyDict>> {
    let replaced: Vec<_> = found.replacements.iter().map(|r| (r.out, r.in_place)).collect();
    Ok(dict!(py, "elected": found.elected, "replacements": replaced, "missing": found.missing))
}

/// Those elected by their own votes once a quota of women is met: a dict as for ``womens_quota``.
///
/// The women with most votes among those not elected take the places of the men with fewest, whatever their lists.
#[pyfunction]
#[pyo3(signature = (candidates, elected, least, *, ties="written"))]
pub fn best_losers<'py>(
    py: Python<'py>,
    candidates: Vec<(usize, u64, bool)>,
    elected: Vec<usize>,
    least: u32,
    ties: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let candidates = people(candidates, &elected)?;
    outcome(py, told(women::apply_best_losers(&candidates, &elected, least, self::ties(ties)?))?)
}

/// Women that each list owes by the seats it won: its seats over the first divisor, rounded down, and over the next for as
/// many lists as it takes to make ``least`` in all.
#[pyfunction]
pub fn women_owed(seats: Vec<u32>, least: u32, divisors: Vec<u32>) -> PyResult<Vec<u32>> {
    told(women::women_owed(&seats, least, &divisors))
}

/// Those elected once every list has the women it owes (``women_owed``): a dict as for ``womens_quota``.
#[pyfunction]
pub fn lists_quota(
    py: Python<'_>,
    candidates: Vec<(usize, u64, bool)>,
    elected: Vec<usize>,
    least: u32,
    divisors: Vec<u32>,
) -> PyResult<Bound<'_, PyDict>> {
    let candidates = people(candidates, &elected)?;
    outcome(py, told(women::apply_lists_quota(&candidates, &elected, least, &divisors))?)
}

/// Seats of lists filled with candidates under quotas of communities: a dict of ``elected`` (positions, in order), ``moved``
/// (those who took a seat that another list could not fill) and ``empty`` (seats nobody may hold).
///
/// ``candidates``: a list of tuples (list, quota, votes, votes of the small district); ``list_seats``: what each list won;
/// ``quotas``: seats of each quota.
#[pyfunction]
#[pyo3(signature = (candidates, list_seats, quotas, *, ties="written"))]
pub fn fill_quotas<'py>(
    py: Python<'py>,
    candidates: Vec<(usize, usize, u64, u64)>,
    list_seats: Vec<u32>,
    quotas: Vec<u32>,
    ties: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let candidate = |(list, quota, votes, of)| community::Candidate { list, quota, votes, of };
    let candidates: Vec<_> = candidates.into_iter().map(candidate).collect();
    let filled =
        told(community::fill_quotas(&candidates, &list_seats, &quotas, self::ties(ties)?))?;
    Ok(dict!(py, "elected": filled.elected, "moved": filled.moved, "empty": filled.empty))
}

/// Seats that lists can hold under quotas of communities, where nothing is known of persons: a list.
///
/// ``won``: what each list won; ``quotas``: a list of pairs (seats, for each list whether it stands somebody), which hold all
/// seats there are.
#[pyfunction]
pub fn seats_under_quotas(
    votes: Vec<u64>,
    won: Vec<u32>,
    quotas: Vec<(u32, Vec<bool>)>,
) -> PyResult<Vec<u32>> {
    let quota = |(seats, lists)| SeatQuota { seats, lists };
    let quotas: Vec<SeatQuota> = quotas.into_iter().map(quota).collect();
    told(community::seats_under_quotas(&votes, &won, &quotas))
}

/// Seats by district and list under one law: a list of lists, a row a district.
///
/// ``districts``: a list of pairs (votes, seats); ``rule`` and ``law`` as for ``seats``. Thresholds are shares of a
/// district's own votes.
#[pyfunction]
#[pyo3(signature = (districts, rule, *, law=None, ties="written"))]
pub fn by_district(
    districts: Vec<(Vec<u64>, u32)>,
    rule: &str,
    law: Option<&Bound<'_, PyDict>>,
    ties: &str,
) -> PyResult<Vec<Vec<u32>>> {
    let districts: Vec<District> =
        districts.into_iter().map(|(votes, seats)| District { seats, votes }).collect();
    told(several::allocate(&districts, &Clauses::read(law)?.law(rule)?, self::ties(ties)?))
}

/// Each list's seats over all rows of ``by_district``.
#[pyfunction]
pub fn totals(rows: Vec<Vec<u32>>) -> Vec<u32> {
    several::totals(&rows)
}

/// Lists whose certified seats contradict those obtained: a list of triples (list, obtained, certified).
///
/// ``open_seats``: those of districts that are not at hand.
#[pyfunction]
pub fn discrepancies(
    obtained: Vec<u32>,
    certified: Vec<u32>,
    open_seats: u32,
) -> Vec<(usize, u32, u32)> {
    let found = several::discrepancies(&obtained, &certified, open_seats);
    found.into_iter().map(|d| (d.list, d.obtained, d.certified)).collect()
}

/// Seats by highest averages on top of those that lists hold, whose first seats count as won: all seats of each list.
///
/// ``rule``: one of divisors, with ``law`` as for ``seats``.
#[pyfunction]
#[pyo3(signature = (votes, held, seats, rule, *, law=None, ties="written"))]
pub fn seats_onto(
    votes: Vec<u64>,
    mut held: Vec<u32>,
    seats: u32,
    rule: &str,
    law: Option<&Bound<'_, PyDict>>,
    ties: &str,
) -> PyResult<Vec<u32>> {
    let Formula::HighestAverages(divisor) = Clauses::read(law)?.law(rule)?.formula else {
        return Err(fault::value(format!(
            "rule: \"{rule}\" has no divisors; take one of highest averages"
        )));
    };
    told(averages::highest_averages_onto(&votes, seats, &divisor, self::ties(ties)?, &mut held))?;
    Ok(held)
}

/// What a seat costs in votes: a pair (numerator, denominator).
///
/// ``name``: "hare", "droop", "hagenbach-bischoff" or "imperiali".
#[pyfunction]
pub fn quota(name: &str, total_valid: u64, seats: u32) -> PyResult<(u64, u64)> {
    told(of_name(name)?.of(total_valid, seats))
}

/// The least votes that pass a threshold; None if no number does.
#[pyfunction]
#[pyo3(signature = (threshold, total_valid, *, above=false))]
pub fn passing_votes(
    threshold: &Bound<'_, PyAny>,
    total_valid: u64,
    above: bool,
) -> PyResult<Option<u64>> {
    let share = told(divisor::decimal(&threshold.str()?.to_string()))?;
    Ok(Threshold { share, above }.needed(total_valid, 1))
}

/// The votes that count: those of lists that pass, zero for the others.
#[pyfunction]
pub fn counted(votes: Vec<u64>, passing: Vec<bool>) -> PyResult<Vec<u64>> {
    if votes.len() != passing.len() {
        return Err(fault::value(format!(
            "passing: {} rows; must be {}",
            passing.len(),
            votes.len()
        )));
    }
    Ok(least::counted(&votes, &passing))
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
