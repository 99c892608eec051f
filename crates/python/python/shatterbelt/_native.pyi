from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import theory as theory

__all__ = ["Case", "Runs", "Table", "__version__", "command", "theory"]

__version__: str

class _Column(TypedDict):
    name: str
    type: str
    unit: str
    empty: bool
    description: str

class _Problem(TypedDict):
    num_vars: int
    names: list[str]
    bounds: list[list[float]]

_Progress = Callable[[int, int], object]
_Scale = Literal["value", "share"]

@final
class Table:
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> list[str]: ...
    def describe(self) -> list[_Column]: ...
    def to_arrow(self) -> Any: ...
    def to_pandas(self) -> Any: ...
    def to_polars(self) -> Any: ...
    def save(self, path: str | os.PathLike[str]) -> None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, name: str, /) -> Any: ...
    def _repr_html_(self) -> str: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Runs:
    @property
    def wide(self) -> Table: ...
    @property
    def course(self) -> Table: ...
    @property
    def seed(self) -> int: ...
    @property
    def first(self) -> int: ...
    def p(self, question: str) -> float: ...
    def values(self, question: str) -> NDArray[np.float64]: ...
    def summary(self) -> dict[str, Any]: ...
    def __len__(self) -> int: ...
    def _repr_html_(self) -> str: ...

@final
class Case:
    def __new__(
        cls,
        path: str | os.PathLike[str],
        as_of: datetime.date | str | None = None,
        scenarios: Sequence[str] = ...,
        set: Sequence[str] = ...,
    ) -> Case: ...
    @property
    def path(self) -> Path: ...
    @property
    def title(self) -> str: ...
    @property
    def as_of(self) -> datetime.date: ...
    @property
    def until(self) -> datetime.date: ...
    @property
    def scenarios(self) -> list[str]: ...
    @property
    def hash(self) -> str: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def estimates(self) -> Table: ...
    @property
    def ties(self) -> Table: ...
    @property
    def events(self) -> Table: ...
    @property
    def claims(self) -> Table: ...
    def run(self, runs: int = 10_000, *, seed: int = 1, first: int = 0, progress: _Progress | None = None) -> Runs: ...
    def measure(self, *, draws: int = ..., seed: int = 1) -> Table: ...
    def compare(
        self,
        scenario: str | None = None,
        *,
        base: str | None = None,
        set: Sequence[str] = ...,
        runs: int = 10_000,
        seed: int = 1,
        progress: _Progress | None = None,
    ) -> Table: ...
    def influence(
        self,
        actors: Sequence[str] = ...,
        *,
        of: str | None = None,
        by: Literal["channel", "through"] | None = None,
        runs: int = 1000,
        seed: int = 1,
        progress: _Progress | None = None,
    ) -> Table: ...
    def sensitivity(
        self,
        of: str,
        *,
        samples: int = 2048,
        walks: int = 16,
        top: int = 12,
        seed: int = 1,
        progress: _Progress | None = None,
    ) -> dict[str, Any]: ...
    def problem(
        self,
        top: int = 20,
        *,
        of: str = "government.days",
        scale: _Scale = "value",
        walks: int = 16,
        seed: int = 1,
        progress: _Progress | None = None,
    ) -> _Problem: ...
    def evaluate(
        self,
        X: ArrayLike,
        names: Sequence[str],
        of: str | Sequence[str],
        runs: int = 64,
        *,
        scale: _Scale = "value",
        seed: int = 1,
        progress: _Progress | None = None,
    ) -> NDArray[np.float64]: ...
    def _repr_html_(self) -> str: ...

def command(program: Sequence[str], words: Sequence[str]) -> int: ...
