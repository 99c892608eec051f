"""`shatterbelt.theory` from Python: published results of the catalog come out as they do in Rust, whatever sort of sequence
goes in, and what is drawn hangs on the seed alone."""

import math
import tomllib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from conftest import ROOT
from shatterbelt.theory import (
    bargaining,
    coalition,
    decision,
    economy,
    electoral,
    escalation,
    influence,
    opinion,
    pooling,
    power,
    score,
    sensitivity,
)


def entry(name):
    """Inputs, expected values and tolerance of an entry of the catalog; fractions as floats."""

    def numbers(value):
        if isinstance(value, dict):
            return {key: numbers(one) for key, one in value.items()}
        if isinstance(value, list):
            return [numbers(one) for one in value]
        return float(Fraction(value)) if isinstance(value, str) and value[:1].isdigit() else value

    told = tomllib.loads((ROOT / "catalog" / f"{name}.toml").read_text())
    return told["inputs"], numbers(told["expected"]), told["tolerance"]


INDICES = {
    "shapley_shubik": power.shapley_shubik,
    "banzhaf": power.banzhaf,
    "penrose": power.penrose,
    "johnston": power.johnston,
    "deegan_packel": power.deegan_packel,
    "holler": power.holler,
}


def test_power_indices_are_those_of_the_catalog():
    found = 0
    for file in sorted((ROOT / "catalog" / "power").glob("*.toml")):
        given, expected, tolerance = entry(f"power/{file.stem}")
        for name in INDICES.keys() & expected.keys():
            index = INDICES[name](np.array(given["weights"]), given["quota"])
            assert index == approx(expected[name], abs=max(tolerance, 1e-12)), (file.stem, name)
            found += 1
    assert found > 40


def test_power_may_be_exact():
    assert power.shapley_shubik([3, 1, 1], exact=True) == [1, 0, 0]
    assert power.penrose((50, 49, 1), 51, exact=True) == [Fraction(3, 4), Fraction(1, 4), Fraction(1, 4)]
    assert power.owen([1, 1, 1], [0, 0, 1], 2, exact=True) == [Fraction(1, 2), Fraction(1, 2), 0]
    told = power.coleman([1, 1, 1], 2)
    assert (
        told["collectivity"] == 0.5 and told["prevent"] == approx([0.5] * 3) and told["initiate"] == approx([0.5] * 3)
    )


def test_power_of_several_bodies():
    # A president who must sign, and a house of three.
    told = power.composed([([1, 1, 1], [2]), ([1], [1])])
    assert [len(row) for row in told["shapley_shubik"]] == [3, 1]
    assert sum(map(sum, told["shapley_shubik"])) == approx(1)
    assert told["prevent"][1] == approx([1]) and told["collectivity"] == 0.25
    assert power.composed([([1, 1, 1], [2]), ([1], [1])], [[1, 1]])["penrose"][1] == approx([0.5])


def test_votes_become_seats():
    given = [53, 24, 23]
    assert electoral.seats(given, 7, "sainte-lague") == [3, 2, 2]
    assert electoral.seats(np.array(given), 7, "dhondt") == [4, 2, 1]
    assert electoral.seats([60, 9, 8], 5, "sainte-lague") == [4, 1, 0]
    assert electoral.seats([60, 9, 8], 5, "sainte-lague", law={"first_divisor": 1.4}) == [5, 0, 0]
    assert electoral.seats(given, 7, "dhondt", law={"threshold": "0.235"}) == [5, 2, 0]
    assert electoral.seats(given, 7, "largest-remainder", law={"quota": "droop", "winner_bonus": 1}) == [4, 2, 1]
    assert electoral.seats(given, 2, "divisors", law={"divisors": [1, 1.5, "3.5"]}) == [2, 0, 0]
    seats, steps = electoral.steps(given, 7, "dhondt")
    assert seats == [4, 2, 1] and sum(step["seats"] for step in steps) == 7
    assert {step["clause"] for step in steps} == {"highest-average"}
    assert electoral.passing(given, 0.24) == [True, True, False]
    needed = electoral.needed_votes(given, 2, 2, 7, "dhondt")
    assert [electoral.seats([53, 24, own], 7, "dhondt")[2] for own in (needed - 1, needed)] == [1, 2]
    assert {"dhondt", "sntv", "residual-seats"} <= electoral.rules().keys()


def test_tiers_and_persons():
    told = electoral.compensate([60, 40], [6, 0], 10, "sainte-lague")
    assert told == {"due": [6, 4], "added": [0, 4], "overhang": [0, 0]}
    assert electoral.tier([60, 40], [6, 0], 4, "additional-members", "dhondt") == [0, 4]
    assert electoral.tier([60, 40], [6, 0], 5, "parallel", "dhondt") == [3, 2]
    elected, stages = electoral.single_transferable_vote([([0, 1], 6), ([1], 2), ([2], 2)], 3, 2)
    assert elected == [0, 1] and stages[0][:2] == ("elected", 0)
    assert electoral.sntv([(60, 2, 1.0), (40, 1, 1.0)], 2) == [1, 1]
    assert electoral.block_vote([([0, 1], 6), ([2, 1], 4)], 3, 2) == [1, 0]
    assert electoral.most_votes([5, 9, 7], 2) == [1, 2]
    assert electoral.open_list([10, 40, 5], 100, "closed") == [0, 1, 2]
    assert electoral.open_list([10, 40, 50], 100, "open") == [2, 1, 0]
    assert electoral.open_list([1, 40, 5], 100, (1, 5)) == [1, 0, 2]
    told = electoral.womens_quota([(0, 9, False), (0, 5, True)], [0], 1)
    assert told == {"elected": [1], "replacements": [(0, 1)], "missing": 0}
    assert electoral.reserved_seats([5, 9, 7], [0, None, 0], [(0, 1)]) == [[2]]


def test_candidates_are_counted():
    assert electoral.candidate_votes(100, 2, 0.25) == [80, 20]
    assert electoral.sure_seats(400, 1000, 2) == 1
    assert electoral.managed_seats(100, [60, 40], 2) == 1
    given, expected, _ = entry("electoral/womens-quota-best-losers")
    lists = given["lists"]
    people = [(lists.index(one["list"]), one["votes"], one["woman"] == 1) for one in given["candidates"]]
    names = [one["name"] for one in given["candidates"]]
    elected = electoral.most_votes([votes for _, votes, _ in people], given["seats"])
    told = electoral.best_losers(people, elected, given["least_women"])
    assert [names[one] for one in told["elected"]] == expected["elected"]
    assert [f"{names[came]} for {names[left]}" for left, came in told["replacements"]] == expected["replacements"]
    assert told["missing"] == 0
    assert electoral.places_of_women(10, 0.3, 1.0) == (7, 10)
    assert electoral.places_of_women(10, 0.3, 0.0, (0.9, 0.0)) == (0, 3)
    women = [(0.5, 1.0, None), (0.0, 1.0, None), (1.0, 0.0, (0.5, 0.5))]
    told = electoral.sntv_with_women([(600, 2, 0.5), (300, 1, 0.5), (250, 1, 0.5)], women, 2, 1)
    assert told == {"seats": [1, 0, 1], "moved": [(1, 2)], "women": [0, 0, 1], "missing": 0}
    with pytest.raises(ValueError, match="elected: there is no candidate 9"):
        electoral.best_losers(people, [9], 1)


def test_papers_pass_on():
    given, expected, _ = entry("electoral/stv-by-slates")
    slates = [(one["votes"], one["candidates"], one["evenness"]) for one in given["slates"]]
    transfers = [[given["lists"].index(name) for name in one["next"]] for one in given["slates"]]
    told = electoral.stv_by_slates(slates, given["within"], given["seats"], transfers, decimals=given["decimals"])
    assert told["seats"] == expected["seats"] and told["owner"] == [0, 0, 1, 1, 2]
    papers, owner = electoral.slate_papers(slates, given["within"], transfers)
    assert sum(count for _, count in papers) == 1000 and owner == told["owner"]
    elected, stages = electoral.single_transferable_vote(papers, 5, 3, decimals=5)
    assert (elected, stages) == (told["elected"], told["stages"])
    law = {"decimals": 5, "within_list": 1.0, "transfers": [[], [], [3]]}
    assert electoral.seats([400, 230, 160, 210], 2, "stv", law=law) == [1, 0, 0, 1]
    _, steps = electoral.steps([400, 230, 160, 210], 2, "stv", law=law)
    assert [step["clause"] for step in steps] == ["quota", "surplus", "exclusion", "quota"]
    with pytest.raises(ValueError, match="decimals"):
        electoral.seats([400, 230], 2, "stv")
    given, expected, _ = entry("electoral/stv-thousandths-by-hand")
    place = given["candidates"].index
    ballots = [([place(name) for name in one["order"]], one["count"]) for one in given["ballots"]]
    elected, _ = electoral.last_parcel(ballots, len(given["candidates"]), given["seats"], "thousandths")
    assert [given["candidates"][one] for one in elected] == expected["elected"]


def test_quotas_districts_and_thresholds():
    assert electoral.women_owed([9, 5, 3, 1], 5, [4, 3]) == [3, 1, 1, 0]
    people = [(0, 9, False), (0, 5, True), (1, 7, False), (1, 2, True)]
    told = electoral.lists_quota(people, [0, 2], 1, [1])
    assert told == {"elected": [1, 3], "replacements": [(0, 1), (2, 3)], "missing": 0}
    told = electoral.fill_quotas([(0, 0, 40, 100), (0, 0, 30, 100), (1, 1, 10, 100), (1, 1, 5, 100)], [2, 1], [1, 2])
    assert told == {"elected": [0, 2, 3], "moved": [3], "empty": 0}
    quotas = [(1, [True, True]), (2, [False, True])]
    assert electoral.seats_under_quotas([60, 40], [2, 1], quotas) == [1, 2]
    rows = electoral.by_district([([60, 40], 5), ([10, 90], 3)], "dhondt")
    assert rows == [[3, 2], [0, 3]] and electoral.totals(rows) == [3, 5]
    assert electoral.discrepancies([3, 5], [4, 4], 1) == [(1, 5, 4)]
    assert electoral.seats_onto([60, 40], [6, 0], 4, "dhondt") == [6, 4]
    assert electoral.quota("droop", 100, 3) == (26, 1) and electoral.quota("hare", 100, 3) == (100, 3)
    assert electoral.passing_votes("0.07", 300) == 21 and electoral.passing_votes("0.07", 300, above=True) == 22
    assert electoral.counted([5, 9], [False, True]) == [0, 9]


def test_power_in_floats_is_the_exact_one():
    weights, quota = [4, 3, 2, 1], 6
    for floats, exact in [
        (power.shapley_shubik_floats, power.shapley_shubik),
        (power.banzhaf_floats, power.banzhaf),
        (power.penrose_floats, power.penrose),
    ]:
        assert floats(weights, quota) == approx(exact(weights, quota), abs=1e-15)
    assert power.is_proper(weights, quota) and not power.is_proper(weights, 5)
    assert power.dual(weights, quota) == (weights, 5)
    assert power.penrose_floats(*power.dual(weights, quota)) == approx(power.penrose(weights, quota))


def test_level_lists_may_be_refused():
    assert electoral.seats([10, 10], 1, "dhondt") == [1, 0]
    with pytest.raises(ValueError, match="tie rule"):
        electoral.seats([10, 10], 1, "dhondt", ties="refuse")
    with pytest.raises(ValueError, match='rule: "dhont"; write one of'):
        electoral.seats([10, 10], 1, "dhont")
    with pytest.raises(ValueError, match='law: no clause "treshold"'):
        electoral.seats([10, 10], 1, "dhondt", law={"treshold": 0.1})


def test_coalitions_of_the_textbook_parliament():
    given, expected, _ = entry("coalition/five-party-parliament")
    seats, positions = given["seats"], given["positions"]
    majority = sum(seats) // 2 + 1
    named = lambda found: sorted("".join("ABCDE"[member] for member in one) for one in found)
    assert named(coalition.minimal_winning(seats, majority)) == expected["minimal_winning"]
    assert named(coalition.smallest_winning(seats, majority)) == expected["minimum_size"]
    assert named(coalition.smallest_winning(seats, majority, "members")) == expected["fewest_members"]
    assert named(coalition.minimal_range(seats, majority, positions)) == expected["minimal_range"]
    connected = coalition.minimal_connected_winning(seats, majority, positions)
    assert named(connected) == expected["minimal_connected_winning"]
    assert coalition.median_member(seats, majority, positions) == 2


def test_who_forms_and_who_gets_what():
    given, expected, _ = entry("coalition/posts-by-points")
    assert coalition.gamson_shares(given["seats"]) == approx(expected["due"])
    turns = [
        f"{given['parties'][m]} {given['posts'][p]}" for m, p in coalition.share_posts(given["seats"], given["points"])
    ]
    assert turns == expected["turns"]
    given, expected, _ = entry("coalition/formateur-by-hand")
    assert coalition.recognition(given["seats"], given["tried"], "seats") == approx(expected["then"])
    assert coalition.recognition([4, 3, 3], by="seats", incumbent=1, advantage=2.0) == approx([4 / 13, 6 / 13, 3 / 13])
    assert coalition.closed_rule(101, 51, 0.8)["proposer"] == approx(0.6039603960396039)
    assert coalition.quantal_choice([1.0, 0.0, -math.inf], 2.0) == approx(
        [1 / (1 + math.exp(-2)), 1 / (1 + math.exp(2)), 0]
    )
    given, expected, tolerance = entry("coalition/stated-utility-by-hand")
    chance = coalition.choice_among(
        given["seats"],
        given["positions"],
        given["ties"],
        np.array(given["refuses"], dtype=bool),
        given["former"],
        given["coalitions"],
        weights=(given["office"], given["distance"], given["ties_weight"], given["members"]),
        precision=given["precision"],
    )
    assert chance == approx(expected["chance"], abs=tolerance)


def test_how_long_it_takes_to_form():
    assert coalition.hazard_ratio({"majority_party": True}, {}) == approx(math.exp(0.82))
    assert coalition.hazard_ratio({"majority_party": True}, {}, "after") == approx(math.exp(0.91))
    assert coalition.delay([0, 30], 30) == approx([1, 0.5])
    with pytest.raises(ValueError, match='no circumstance "majority"'):
        coalition.hazard_ratio({"majority": True}, {})


def test_bargains():
    given, expected, tolerance = entry("bargaining/nash-two-unequal")
    solved = bargaining.nash_solution(given["position"], given["weight"], given["disagreement"])
    assert solved == approx(expected["outcome"], abs=tolerance)
    assert bargaining.nash_split(10, [1, 3], [1, 2]) == approx([3, 7])
    given, expected, _ = entry("bargaining/compromise-by-hand")
    assert bargaining.weighted_mean(given["positions"], given["weights"]) == expected["mean"]
    assert bargaining.weighted_median(given["positions"], given["weights"]) == expected["median"]
    given, expected, _ = entry("bargaining/exchange-two-by-two")
    trade = bargaining.exchange(given["capability"], given["salience"], given["position"])
    assert trade["before"] == approx(expected["before"]) and trade["after"] == approx(expected["after"])
    assert [deal["gain"] for deal in trade["exchanges"]] == approx(expected["gains"])
    given, expected, tolerance = entry("bargaining/scholz-emissions-rounds")
    played = bargaining.expected_utility(given["capability"], given["salience"], given["position"], given["rounds"])
    assert played["positions"].shape == (11, 10) and len(played["moves"]) == 10
    for actor, track in expected["track"].items():
        assert played["positions"][:, int(actor)] == approx(track, abs=tolerance)
    assert played["exponents"][0] == approx(expected["exponents_of_first_round"], abs=tolerance)


def test_the_spatial_model_hangs_on_its_seed_alone():
    field = [60, 30, 30], [[0.4], [0.1], [0.9]], [[0.4], [0.8], [0.9]]
    played = bargaining.smp(*field)
    assert played["positions"][0].tolist() == field[1] and len(played["attitudes"]) == len(played["positions"]) - 1
    drawn = [bargaining.smp(*field, seed=seed)["positions"][-1] for seed in (1, 1, 2)]
    assert np.array_equal(drawn[0], drawn[1])
    assert len(bargaining.smp(*field, most_turns=1)["positions"]) == 2


def test_influence():
    given, expected, tolerance = entry("influence/four-person-group")
    weights = np.array(given["weights"])
    # The group's own reading of it: openness is one less the weight given to oneself.
    open_to = 1 - np.diag(weights)
    between = weights * open_to[:, None] * (1 - np.eye(4)) / np.where(open_to > 0, open_to, 1)[:, None]
    H = between
    V = influence.total_effects(H)
    assert V.shape == (4, 4) and V.sum(axis=1) == approx(np.ones(4))
    assert influence.settle(H, given["start"]) == approx(V @ np.array(given["start"]))
    linked = influence.settle_linked(H, np.eye(2), np.column_stack([given["start"], given["start"]]))
    assert linked[:, 0] == approx(V @ np.array(given["start"]))
    assert influence.first_hops(H, 0, 2).sum() == approx(V[0, 2])
    given, expected, _ = entry("influence/circle-of-two-companies")
    control = [[influence.integrated_control(given["held_by"], on, of) for of in (0, 1)] for on in (0, 1)]
    assert control == [approx(row) for row in expected["control"]]


def ties_of(matrix):
    matrix = np.array(matrix)
    return [(int(i), int(j), bool(matrix[i, j] > 0)) for i, j in zip(*np.nonzero(np.triu(matrix)))]


def test_friends_and_enemies():
    given, expected, tolerance = entry("signed/highland-tribes")
    ties = ties_of(given["matrix"])
    assert influence.triangles(16, ties) == {"all": 68, "balanced": 59, "share": 59 / 68}
    assert influence.frustration(16, ties)["frustrated"] == 7
    assert 0 < influence.walk_balance(16, ties) < 1
    given, expected, tolerance = entry("signed/pn-ten-actors")
    standing = influence.pn_centrality(10, ties_of(given["matrix"]), given["direction"])
    assert standing == approx(expected["standing"], abs=tolerance)
    with pytest.raises(ValueError, match="limit|more"):
        influence.frustration(16, ties, limit=1)


def test_opinions():
    given, expected, _ = entry("opinion/bounded-confidence-by-hand")
    rest = opinion.hegselmann_krause(given["opinion"], given["confidence"])
    assert rest["opinion"] == approx(expected["settled"]) and rest["steps"] == 2 and rest["settled"]
    given, expected, _ = entry("opinion/rally-by-hand")
    support = [opinion.support(given["baseline"], list(map(tuple, given["shocks"])), time) for time in given["times"]]
    assert support == approx(expected["support"])
    start = np.linspace(0, 1, 20)
    met = [opinion.deffuant(start, 0.4, 0.5, 2000, seed=seed) for seed in (3, 3, 4)]
    assert np.array_equal(met[0], met[1]) and not np.array_equal(met[0], met[2])
    assert met[0].mean() == approx(0.5) and np.ptp(met[0]) < np.ptp(start)


PAYOFFS = ["status_quo_a", "victory_a", "concession_b", "war_a", "war_b", "backing_down_a", "victory_b"]


def test_crises():
    given, expected, tolerance = entry("escalation/crisis-three-equilibria")
    payoffs = {name: given[name] for name in PAYOFFS}
    found = escalation.signalling(**payoffs)
    assert [one["resist"] for one in found] == approx(expected["resist"], abs=tolerance)
    assert [one["stable"] for one in found] == [True, False, True]
    assert found[0]["outcomes"].sum() == approx(1)
    _, expected, _ = entry("escalation/quantal-crisis-by-hand")
    played = escalation.quantal_crisis(**payoffs, precision=1)
    assert [played["challenge"], played["resist"], played["fight"]] == approx(expected["played"])
    given, expected, _ = entry("escalation/quantal-dilemma")
    rows, columns = escalation.logit_equilibrium(given["a"], given["b"], given["lambda"])
    assert rows == approx(expected["rows"]) and columns == approx(expected["columns"])
    told = escalation.ladder([0.3], [0.7], 2)
    assert told["chances"] == approx([0.7406005849709838, 0.2593994150290162])
    assert told["standing"] == approx([0.7, 0.3]) and told["mean_time"] == approx([0, 1 / 0.3])


def test_attacks_that_breed_attacks():
    likelihood = escalation.hawkes_log_likelihood([1], [[0.5]], 1, [1, 2], 3)
    assert likelihood == approx(-3.5795450142976666)
    assert escalation.hawkes_mean_rate([1], [[0.5]], 1) == approx([2])
    assert escalation.hawkes_mean_rate([1], [[2]], 1) is None
    times, kinds = escalation.hawkes_simulate([0.5], [[0.4]], 1.0, 4000, seed=1)
    assert np.array_equal(times, escalation.hawkes_simulate([0.5], [[0.4]], 1.0, 4000, seed=1)[0])
    assert set(kinds) == {0} and len(times) / 4000 == approx(0.5 / 0.6, rel=0.1)
    fitted = escalation.hawkes_fit(times, 4000)
    assert fitted["background"] == approx([0.5], rel=0.2) and fitted["decay"] == approx(1, rel=0.4)
    gaps = escalation.hawkes_rescaled_gaps([0.5], [[0.4]], 1.0, times, 4000)
    assert gaps[0].mean() == approx(1, abs=0.1)


def test_counts_that_breed_counts():
    fitted = escalation.counts_fit([[1, 4, 0, 2, 7, 3, 1, 0, 5, 2] * 4, [0, 1, 0, 0, 2, 1, 0, 3, 1, 0] * 4])
    assert set(fitted) == {"background", "lasting", "excitation", "memory", "shape"}
    path = escalation.counts_path(fitted, [3, 1, 4], 12, seed=1)
    assert path.shape == (12,) and (path == np.round(path)).all() and (path >= 0).all()
    assert np.array_equal(path, escalation.counts_path(fitted, [3, 1, 4], 12, seed=1))


def test_trade_under_pressure():
    given, expected, _ = entry("economy/bottleneck-by-hand")
    assert economy.bottleneck(given["depends"], given["cut"]) == approx(expected["left"])
    assert economy.inoperability([[0, 0.4, 0], [0.5, 0, 0], [1, 1, 0]], [0.2, 0, 0.7]) == approx([0.25, 0.125, 1])
    needs, demand = np.array([[0.15, 0.25], [0.2, 0.05]]), np.array([600, 1500])
    assert economy.output(needs, demand) == approx(np.linalg.solve(np.eye(2) - needs, demand))
    assert economy.rounds(needs, demand, 60).sum(axis=0) == approx(economy.output(needs, demand))
    assert economy.sanctions_success(3, 3) == 9
    rates = economy.sanctions_base_rates()
    assert len(rates) == 7 and all(0 <= rate["low"] <= rate["high"] <= 1 for rate in rates)


def test_scores():
    def scored(name, found):
        _, expected, tolerance = entry(f"score/{name}")
        assert found == approx(expected["score"], abs=max(tolerance, 1e-12))

    forecasts, outcomes = np.array([0.9, 0.6, 0.6, 0.2]), np.array([True, True, False, False])
    scored("brier-by-hand", score.brier(forecasts, outcomes))
    parts = score.decompose(forecasts, outcomes)
    assert parts == approx({"reliability": 0.0175, "resolution": 0.125, "uncertainty": 0.25})
    scored("brier-many-by-hand", score.brier_many([0.5, 0.3, 0.2], 1))
    scored("log-by-hand", score.log([0.25, 0.75], 0))
    scored("ranked-by-hand", score.ranked_probability([0.2, 0.5, 0.3], 2))
    scored("ignorance-by-hand", score.ignorance([0, 0.5, 1, 5, 10, 100, 1000], [0, 0.2, 0.7, 3, 20], 0))
    scored("crps-normal-at-mean", score.crps("normal", [0, 1], 0))
    scored("crps-ensemble-by-hand", score.crps_ensemble([4, 1, 2], 3))
    assert score.crps_fair([4, 1, 2], 3) == approx(1 / 3)
    assert score.interval_of_draws(range(11), 0.8) == approx((1, 9))
    assert [score.interval(1, 9, 0.8, y) for y in (5, 12, -1)] == approx([8, 38, 28])
    bins = score.calibration([0.1, 0.15, 0.8, 0.9], [False, True, True, True], 5)
    assert [one["count"] for one in bins] == [2, 0, 0, 0, 2] and bins[1]["share"] is None
    assert bins[0]["wilson"][0] == approx(0.0945, abs=1e-4)
    assert score.skill(3, 4) == 0.25
    with pytest.raises(ValueError, match="known are normal"):
        score.crps("cauchy", [0, 1], 0)


def test_the_outside_view():
    even = [0.5, 0.5]
    assert pooling.log_odds_pool([0.2, 0.8], even) == approx(0.5)
    assert pooling.quantile_pool([[0, 1, 2], [2, 3, 6]], even) == approx([1, 2, 4])
    happened = np.arange(100) < 20
    tilted = pooling.tilt([happened], [0.5])
    assert tilted["weights"] @ happened == approx(0.5) and tilted["taken"] == 1
    assert tilted["effective"] == approx(pooling.effective_sample_size(tilted["weights"]))
    rates = pooling.beta_binomial([1, 9, 5], [10, 10, 10])
    assert 0.1 < rates["chance"][0] < rates["new"] < rates["chance"][1] < 0.9
    rates = pooling.gamma_poisson([2, 20], [10, 10])
    assert 0.2 < rates["mean"][0] < rates["mean"][1] < 2.0
    curve = pooling.kaplan_meier([1, 2, 3], [True, False, True])
    assert curve["time"] == approx([1, 3]) and curve["survival"] == approx([2 / 3, 0])
    found = pooling.location([0, 0, 0, 1, 1, 1], [1.0, 1.2, 0.9, 3.0, 3.1, 2.8])
    assert found.shape == (3, 3) and found[0, 1] < found[2, 1] < found[1, 1]
    assert pooling.student_t([0.975], df=1e6) == approx([1.96], abs=1e-2)


def test_what_drives_a_result():
    rng = np.random.default_rng(1)
    points = sensitivity.sobol_points(rng.random((4096, 4)))
    assert points.shape == (4096 * 4, 2)
    shares = sensitivity.sobol_indices(2, points @ [1, 2], resamples=50)
    assert shares["first"] == approx([0.2, 0.8], abs=0.06) and shares["total_interval"].shape == (2, 2)
    walk = sensitivity.morris_trajectories(2, 500)
    assert walk.shape == (1500, 2)
    x, y = walk.T
    effects = sensitivity.morris_effects(2, 500, x + 2 * y + 3 * x * y)
    assert effects["mean"] == approx([2.5, 3.5], abs=0.12)
    points = rng.random((1000, 3))
    inside = (points[:, 0] > 0.6).astype(float)
    boxes = sensitivity.prim_peel(points, inside)
    assert boxes[-1]["density"] == 1 and boxes[-1]["ends"][0, 0] == approx(0.6, abs=0.02)
    pasted = sensitivity.prim_paste(boxes[-1]["ends"], points, inside)
    assert pasted["density"] == 1 and pasted["coverage"] >= boxes[-1]["coverage"]
    distance, p = sensitivity.apart([1, 2, 3, 4, 5, 6], [False] * 3 + [True] * 3)
    assert distance == 1 and p < 0.2


def test_decisions():
    assert decision.settled_wish([0.2, 0.8], [1.0, 0.5], [1.0, -1.0]) == approx((0.2 - 0.4) / 0.6)
    assert decision.coercive_cost(0.5, 0.5) == 0.25
    chosen = [decision.choose([0.0, 1.0], 2.0, seed=seed) for seed in range(500)]
    assert np.mean(chosen) == approx(1 / (1 + math.exp(-2)), abs=0.05)
    told = decision.reach([([1] * 5, [1.0, 1.0, 0.5, 0.1, 0.0], 4)])
    assert told == approx({"impose": 0.1, "block": 1.0})
    told = decision.success([True, True, False, True], [True, False, False, False])
    assert (told["success"], told["luck"], told["decisiveness"]) == (0.75, 0.25, 0.5)


def test_every_function_is_tried_here():
    text = Path(__file__).read_text()
    subjects = [bargaining, coalition, decision, economy, electoral, escalation]
    subjects += [influence, opinion, pooling, power, score, sensitivity]
    names = [f"{s.__name__.rpartition('.')[2]}.{name}" for s in subjects for name in vars(s) if name[0] != "_"]
    assert len(names) > 90
    assert [name for name in names if name not in text] == []


def test_numbers_of_the_wrong_shape_are_refused():
    with pytest.raises(ValueError, match=r"2 dimension.* shape \[3\]"):
        influence.total_effects([0.1, 0.2, 0.3])
    with pytest.raises((TypeError, ValueError)):
        power.banzhaf([0.5, 1.5])
