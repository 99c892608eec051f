from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Ints = Sequence[int] | NDArray[np.integer[Any]]

__all__ = [
    "rules",
    "seats",
    "steps",
    "passing",
    "needed_votes",
    "compensate",
    "tier",
    "single_transferable_vote",
    "sntv",
    "block_vote",
    "most_votes",
    "open_list",
    "womens_quota",
    "reserved_seats",
    "last_parcel",
    "slate_papers",
    "stv_by_slates",
    "candidate_votes",
    "managed_seats",
    "sure_seats",
    "places_of_women",
    "sntv_with_women",
    "best_losers",
    "women_owed",
    "lists_quota",
    "fill_quotas",
    "seats_under_quotas",
    "by_district",
    "totals",
    "discrepancies",
    "seats_onto",
    "quota",
    "passing_votes",
    "counted",
]

def rules() -> dict[str, Any]: ...
def seats(
    votes: _Ints,
    seats: int,
    rule: str,
    *,
    law: Mapping[str, Any] | None = None,
    total_valid: int | None = None,
    candidates: _Ints | None = None,
    ties: str = ...,
) -> list[int]: ...
def steps(
    votes: _Ints,
    seats: int,
    rule: str,
    *,
    law: Mapping[str, Any] | None = None,
    total_valid: int | None = None,
    candidates: _Ints | None = None,
    ties: str = ...,
) -> tuple[list[int], list[dict[str, Any]]]: ...
def passing(
    votes: _Ints,
    threshold: Any,
    *,
    above: bool = False,
    total_valid: int | None = None,
    waived_if_none_pass: bool = False,
) -> list[bool]: ...
def needed_votes(
    votes: _Ints, list: int, wanted: int, seats: int, rule: str, *, law: Mapping[str, Any] | None = None
) -> int | None: ...
def compensate(
    votes: _Ints,
    holds: _Ints,
    seats: int,
    rule: str,
    *,
    law: Mapping[str, Any] | None = None,
    total_valid: int | None = None,
    ties: str = ...,
) -> dict[str, Any]: ...
def tier(
    votes: _Ints,
    holds: _Ints,
    seats: int,
    kind: str,
    rule: str,
    *,
    law: Mapping[str, Any] | None = None,
    total_valid: int | None = None,
    ties: str = ...,
) -> list[int]: ...
def single_transferable_vote(
    ballots: Sequence[tuple[_Ints, int]], candidates: int, seats: int, *, decimals: int | None = None, ties: str = ...
) -> tuple[list[int], list[tuple[str, int, float]]]: ...
def sntv(slates: Sequence[tuple[int, int, float]], seats: int, *, ties: str = ...) -> list[int]: ...
def block_vote(ballots: Sequence[tuple[_Ints, int]], candidates: int, seats: int, *, ties: str = ...) -> list[int]: ...
def most_votes(votes: _Ints, seats: int, *, ties: str = ...) -> list[int]: ...
def open_list(personal: _Ints, list_votes: int, opening: Any) -> list[int]: ...
def womens_quota(candidates: Sequence[tuple[int, int, bool]], elected: _Ints, least: int) -> dict[str, Any]: ...
def reserved_seats(
    votes: _Ints, group: Sequence[int | None], reservations: Sequence[tuple[int, int]], *, ties: str = ...
) -> list[list[int]]: ...
def last_parcel(
    ballots: Sequence[tuple[_Ints, int]], candidates: int, seats: int, rule: str = ..., *, ties: str = ...
) -> tuple[list[int], list[tuple[str, int, float]]]: ...
def slate_papers(
    slates: Sequence[tuple[int, int, float]], within: float, transfers: Sequence[_Ints] = ...
) -> tuple[list[tuple[list[int], int]], list[int]]: ...
def stv_by_slates(
    slates: Sequence[tuple[int, int, float]],
    within: float,
    seats: int,
    transfers: Sequence[_Ints] = ...,
    *,
    decimals: int = 5,
    ties: str = ...,
) -> dict[str, Any]: ...
def candidate_votes(votes: int, candidates: int, evenness: float) -> list[int]: ...
def managed_seats(votes: int, rivals: _Ints, seats: int) -> int: ...
def sure_seats(votes: int, total_valid: int, seats: int) -> int: ...
def places_of_women(
    candidates: int, share: float, behind: float, lots: tuple[float, float] | None = None
) -> tuple[int, int]: ...
def sntv_with_women(
    slates: Sequence[tuple[int, int, float]],
    women: Sequence[tuple[float, float, tuple[float, float] | None]],
    seats: int,
    least: int,
    *,
    ties: str = ...,
) -> dict[str, Any]: ...
def best_losers(
    candidates: Sequence[tuple[int, int, bool]], elected: _Ints, least: int, *, ties: str = ...
) -> dict[str, Any]: ...
def women_owed(seats: _Ints, least: int, divisors: _Ints) -> list[int]: ...
def lists_quota(
    candidates: Sequence[tuple[int, int, bool]], elected: _Ints, least: int, divisors: _Ints
) -> dict[str, Any]: ...
def fill_quotas(
    candidates: Sequence[tuple[int, int, int, int]], list_seats: _Ints, quotas: _Ints, *, ties: str = ...
) -> dict[str, Any]: ...
def seats_under_quotas(votes: _Ints, won: _Ints, quotas: Sequence[tuple[int, Sequence[bool]]]) -> list[int]: ...
def by_district(
    districts: Sequence[tuple[_Ints, int]], rule: str, *, law: Mapping[str, Any] | None = None, ties: str = ...
) -> list[list[int]]: ...
def totals(rows: Sequence[_Ints]) -> list[int]: ...
def discrepancies(obtained: _Ints, certified: _Ints, open_seats: int) -> list[tuple[int, int, int]]: ...
def seats_onto(
    votes: _Ints, held: _Ints, seats: int, rule: str, *, law: Mapping[str, Any] | None = None, ties: str = ...
) -> list[int]: ...
def quota(name: str, total_valid: int, seats: int) -> tuple[int, int]: ...
def passing_votes(threshold: Any, total_valid: int, *, above: bool = False) -> int | None: ...
def counted(votes: _Ints, passing: Sequence[bool]) -> list[int]: ...
