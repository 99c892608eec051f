__all__ = [
    "power",
    "electoral",
    "coalition",
    "bargaining",
    "influence",
    "opinion",
    "escalation",
    "economy",
    "score",
    "pooling",
    "sensitivity",
    "decision",
]

from . import (
    bargaining as bargaining,
    coalition as coalition,
    decision as decision,
    economy as economy,
    electoral as electoral,
    escalation as escalation,
    influence as influence,
    opinion as opinion,
    pooling as pooling,
    power as power,
    score as score,
    sensitivity as sensitivity,
)
