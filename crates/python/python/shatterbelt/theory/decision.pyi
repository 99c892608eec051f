from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Ints = Sequence[int] | NDArray[np.integer[Any]]
_Bools = Sequence[bool] | NDArray[np.bool_]

__all__ = ["settled_wish", "coercive_cost", "choose", "reach", "success"]

def settled_wish(held: ArrayLike, care: ArrayLike, wishes: ArrayLike) -> float: ...
def coercive_cost(exposure: float, resolve: float) -> float: ...
def choose(utility: ArrayLike, precision: float, *, seed: int) -> int: ...
def reach(bodies: Sequence[tuple[_Ints, ArrayLike, int]]) -> dict[str, Any]: ...
def success(outcomes: _Bools, without: _Bools) -> dict[str, Any]: ...
