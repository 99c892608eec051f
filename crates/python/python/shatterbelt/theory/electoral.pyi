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
