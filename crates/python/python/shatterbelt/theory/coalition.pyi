from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Ints = Sequence[int] | NDArray[np.integer[Any]]
_Bools = Sequence[bool] | NDArray[np.bool_]
_Array = NDArray[np.float64]

__all__ = [
    "minimal_winning",
    "smallest_winning",
    "minimal_range",
    "minimal_connected_winning",
    "median_member",
    "gamson_shares",
    "share_posts",
    "recognition",
    "closed_rule",
    "quantal_choice",
    "choice_among",
    "hazard_ratio",
    "delay",
]

def minimal_winning(weights: _Ints, quota: int, *, cap: int = ...) -> list[list[int]]: ...
def smallest_winning(weights: _Ints, quota: int, by: str = ..., *, cap: int = ...) -> list[list[int]]: ...
def minimal_range(weights: _Ints, quota: int, positions: ArrayLike, *, cap: int = ...) -> list[list[int]]: ...
def minimal_connected_winning(weights: _Ints, quota: int, positions: ArrayLike) -> list[list[int]]: ...
def median_member(weights: _Ints, quota: int, positions: ArrayLike) -> int: ...
def gamson_shares(seats: _Ints) -> _Array: ...
def share_posts(seats: _Ints, points: _Ints, wants: ArrayLike | None = None) -> list[tuple[int, int]]: ...
def recognition(
    seats: _Ints, tried: _Ints = ..., by: str = ..., *, incumbent: int | None = None, advantage: float = ...
) -> _Array: ...
def closed_rule(members: int, votes: int, delta: float) -> dict[str, Any]: ...
def quantal_choice(utilities: ArrayLike, precision: float) -> _Array: ...
def choice_among(
    seats: _Ints,
    positions: ArrayLike,
    ties: ArrayLike,
    refuses: Sequence[_Bools],
    former: int,
    coalitions: Sequence[_Ints],
    *,
    weights: tuple[float, float, float, float] = ...,
    precision: float = ...,
) -> _Array: ...
def hazard_ratio(here: Mapping[str, Any], there: Mapping[str, Any], model: str = ...) -> float: ...
def delay(days: ArrayLike, median: float, shape: float = ..., ratio: float = ...) -> _Array: ...
