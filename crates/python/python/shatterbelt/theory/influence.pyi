from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Array = NDArray[np.float64]

__all__ = [
    "total_effects",
    "settle",
    "settle_linked",
    "first_hops",
    "integrated_control",
    "pn_centrality",
    "triangles",
    "frustration",
    "walk_balance",
]

def total_effects(influence: ArrayLike) -> _Array: ...
def settle(influence: ArrayLike, start: ArrayLike) -> _Array: ...
def settle_linked(influence: ArrayLike, logic: ArrayLike, start: ArrayLike) -> _Array: ...
def first_hops(influence: ArrayLike, on: int, of: int) -> _Array: ...
def integrated_control(influence: ArrayLike, on: int, of: int) -> float: ...
def pn_centrality(actors: int, ties: Sequence[tuple[int, int, bool]], direction: str = ...) -> _Array: ...
def triangles(actors: int, ties: Sequence[tuple[int, int, bool]]) -> dict[str, Any]: ...
def frustration(actors: int, ties: Sequence[tuple[int, int, bool]], *, limit: int = ...) -> dict[str, Any]: ...
def walk_balance(actors: int, ties: Sequence[tuple[int, int, bool]]) -> float: ...
