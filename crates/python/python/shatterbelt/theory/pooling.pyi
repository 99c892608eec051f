from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Ints = Sequence[int] | NDArray[np.integer[Any]]
_Bools = Sequence[bool] | NDArray[np.bool_]
_Array = NDArray[np.float64]

__all__ = [
    "log_odds_pool",
    "quantile_pool",
    "tilt",
    "effective_sample_size",
    "beta_binomial",
    "gamma_poisson",
    "kaplan_meier",
    "location",
    "student_t",
]

def log_odds_pool(opinions: ArrayLike, weights: ArrayLike) -> float: ...
def quantile_pool(opinions: ArrayLike, weights: ArrayLike) -> _Array: ...
def tilt(functions: ArrayLike, targets: ArrayLike, floor: float = ...) -> dict[str, Any]: ...
def effective_sample_size(weights: ArrayLike) -> float: ...
def beta_binomial(yes: ArrayLike, trials: ArrayLike) -> dict[str, Any]: ...
def gamma_poisson(count: ArrayLike, exposure: ArrayLike) -> dict[str, Any]: ...
def kaplan_meier(length: ArrayLike, ended: _Bools) -> dict[str, Any]: ...
def location(
    group: _Ints, value: ArrayLike, *, censored: _Bools | None = None, df: float | None = None, shares: ArrayLike = ...
) -> _Array: ...
def student_t(shares: ArrayLike, *, location: float = ..., scale: float = ..., df: float) -> _Array: ...
