from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Array = NDArray[np.float64]

__all__ = ["hegselmann_krause", "deffuant", "support"]

def hegselmann_krause(opinion: ArrayLike, confidence: ArrayLike, most: int = ...) -> dict[str, Any]: ...
def deffuant(opinion: ArrayLike, confidence: float, pull: float, meetings: int, *, seed: int) -> _Array: ...
def support(baseline: float, shocks: Sequence[tuple[float, float, float, float]], time: float) -> float: ...
