from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Ints = Sequence[int] | NDArray[np.integer[Any]]
_Array = NDArray[np.float64]

__all__ = [
    "signalling",
    "quantal_crisis",
    "logit_equilibrium",
    "ladder",
    "hawkes_fit",
    "hawkes_simulate",
    "hawkes_log_likelihood",
    "hawkes_mean_rate",
    "hawkes_rescaled_gaps",
    "counts_fit",
    "counts_path",
]

def signalling(
    *,
    status_quo_a: float,
    victory_a: float,
    concession_b: float,
    war_a: float,
    war_b: float,
    backing_down_a: float,
    victory_b: float,
) -> list[dict[str, Any]]: ...
def quantal_crisis(
    *,
    status_quo_a: float,
    victory_a: float,
    concession_b: float,
    war_a: float,
    war_b: float,
    backing_down_a: float,
    victory_b: float,
    precision: float,
) -> dict[str, Any]: ...
def logit_equilibrium(a: ArrayLike, b: ArrayLike, precision: float) -> tuple[_Array, _Array]: ...
def ladder(up: ArrayLike, down: ArrayLike, time: float, start: int = ...) -> dict[str, Any]: ...
def hawkes_fit(times: ArrayLike, until: float) -> dict[str, Any]: ...
def hawkes_simulate(
    background: ArrayLike, excitation: ArrayLike, decay: float, until: float, *, seed: int, most: int = ...
) -> tuple[_Array, list[int]]: ...
def hawkes_log_likelihood(
    background: ArrayLike,
    excitation: ArrayLike,
    decay: float,
    times: ArrayLike,
    until: float,
    kinds: _Ints | None = None,
) -> float: ...
def hawkes_mean_rate(background: ArrayLike, excitation: ArrayLike, decay: float) -> _Array | None: ...
def hawkes_rescaled_gaps(
    background: ArrayLike,
    excitation: ArrayLike,
    decay: float,
    times: ArrayLike,
    until: float,
    kinds: _Ints | None = None,
) -> list[_Array]: ...
def counts_fit(series: Sequence[ArrayLike]) -> dict[str, Any]: ...
def counts_path(process: Mapping[str, Any], history: ArrayLike, steps: int, *, seed: int) -> _Array: ...
