"""Who holds sway in a contested state, by what channel, and what may come of it.

``Case`` opens a folder of text; its tables, and the runs it makes, go to polars, pandas, pyarrow or duckdb as Arrow.
``theory`` holds the published models that the program rests on. Whatever is at fault is a ``ValueError`` that says what,
where and what would mend it.
"""

from ._native import Case, Runs, Table, __version__, theory

__all__ = ["Case", "Runs", "Table", "__version__", "theory"]
