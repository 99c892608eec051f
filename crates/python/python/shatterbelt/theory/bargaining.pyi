from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Array = NDArray[np.float64]

__all__ = ["nash_split", "nash_solution", "weighted_mean", "weighted_median", "exchange", "expected_utility", "smp"]

def nash_split(pie: float, disagreement: ArrayLike, weight: ArrayLike) -> _Array: ...
def nash_solution(position: ArrayLike, weight: ArrayLike, disagreement: ArrayLike) -> float: ...
def weighted_mean(position: ArrayLike, weight: ArrayLike) -> float: ...
def weighted_median(position: ArrayLike, weight: ArrayLike) -> float: ...
def exchange(capability: ArrayLike, salience: ArrayLike, position: ArrayLike) -> dict[str, Any]: ...
def expected_utility(
    capability: ArrayLike, salience: ArrayLike, position: ArrayLike, rounds: int = ...
) -> dict[str, Any]: ...
def smp(
    capability: ArrayLike,
    position: ArrayLike,
    salience: ArrayLike,
    *,
    most_turns: int | None = None,
    seed: int | None = None,
) -> dict[str, Any]: ...
