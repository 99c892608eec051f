from ._native import Case as Case, Runs as Runs, Table as Table, __version__ as __version__
from . import theory as theory

__all__ = ["Case", "Runs", "Table", "__version__", "theory"]
