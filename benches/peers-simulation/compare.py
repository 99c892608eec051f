"""Runs the program and its peers on the same case in one session and writes a table."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
RUNS = {"shatterbelt": 20_000, "numpy": 4_000, "mesa": 1_000}


def distance(a, b):
    """Kolmogorov and Smirnov's distance of two samples."""
    at = np.concatenate([a, b])
    below = lambda x: np.searchsorted(np.sort(x), at, side="right") / len(x)
    return float(np.abs(below(a) - below(b)).max())


def duration(seconds):
    for unit, worth in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= worth:
            return f"{seconds / worth:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def columns(outcomes):
    """Seats of each list; days to confidence (infinite without a government); head of government (-1 without one)."""
    seats = np.array([o[:-2] for o in outcomes], float)
    days = np.array([np.inf if o[-2] is None else o[-2] for o in outcomes], float)
    heads = np.array([-1 if o[-1] is None else o[-1] for o in outcomes])
    return seats, days, heads


def main():
    ours, case, page = sys.argv[1:]
    commands = {
        "shatterbelt": [ours, case],
        "numpy": [sys.executable, str(HERE / "contender.py"), "numpy", case],
        "mesa": [sys.executable, str(HERE / "contender.py"), "mesa", case],
    }
    results = {}
    for name, command in commands.items():
        done = subprocess.run([*command, str(RUNS[name])], capture_output=True, text=True, check=True)
        results[name] = json.loads(done.stdout)
    own = results["shatterbelt"]
    seats, days, heads = columns(own["outcomes"])
    rows = []
    for name, result in results.items():
        speed = f"{duration(result['cpu'])} | {result['kilobytes'] / 1024:.0f} MB | {result['cpu'] / own['cpu']:,.0f}"
        start = f"| {name} | {RUNS[name]:,} | {speed} "
        if name == "shatterbelt":
            mean = ", ".join(f"{s:.2f}" for s in seats.mean(axis=0))
            rows.append(f"{start}| {mean} | {np.median(days):.0f} | | | |")
            continue
        s, d, h = columns(result["outcomes"])
        apart_seats = max(distance(seats[:, l], s[:, l]) for l in range(seats.shape[1]))
        apart_days = distance(days, d)
        apart_heads = max(abs((heads == c).mean() - (h == c).mean()) for c in set(heads) | set(h))
        # Kolmogorov and Smirnov's bound at one in a thousand: five distances a peer are looked at.
        bound = 1.95 * ((len(d) + len(days)) / (len(d) * len(days))) ** 0.5
        worst = max(apart_seats, apart_days, apart_heads)
        verdict = "agrees" if worst < bound else f"**differs**: {worst:.3f} over {bound:.3f}"
        mean = ", ".join(f"{x:.2f}" for x in s.mean(axis=0))
        rows.append(
            f"{start}| {mean} | {np.median(d):.0f} | {apart_seats:.3f}, {apart_days:.3f} | {apart_heads:.3f} | {verdict} |"
        )
    Path(page).write_text(
        "# An election and a government, against Python\n\n"
        "Written by `benches/peers-simulation/run`; do not edit. The tutorial case with its two processes, election and\n"
        "formation, in this program and written anew in Python with numpy, and as a Mesa model that steps day by day with\n"
        "lists for agents. All on one thread in one session; time is CPU time a run, once the case is read, and memory the\n"
        "peak of the whole process with all outcomes kept. Ratio is the peer's time over this program's. The luck is\n"
        "each program's own, so distributions are compared: the largest Kolmogorov-Smirnov distance of any list's seats and\n"
        "that of the days to confidence, and the largest difference in a candidate's share. They agree if all lie below the\n"
        "bound that two samples of one distribution stay under in 999 of 1,000 cases.\n\n"
        "| what | runs | CPU a run | memory | ratio | mean seats by list | median days | KS: seats, days | heads | verdict |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


main()
