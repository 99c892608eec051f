"""Runs the crate and its peers on the same tasks and writes a table."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def assembly(players):
    """A few large parties, a tail of small ones, 329 seats."""
    seats = [1 + 40 // (k + 1) for k in range(players)]
    left, turn = 329 - sum(seats), 0
    while left > 0:
        more = min(left, 1 + turn % 3)
        seats[turn % 12] += more
        left, turn = left - more, turn + 1
    return seats


def votes(lists):
    return [411_300 // (k + 1) + 977 * (k % 5) for k in range(lists)]


TASKS = [
    (kind, f"{players} parties, 329 seats", assembly(players), 165, ["powerindex", "powerindices"])
    for kind in ("shapley_shubik", "banzhaf")
    for players in (31, 40, 76)
] + [
    (kind, f"{lists} lists, {seats} seats", votes(lists), seats, ["apportionment"])
    for kind in ("modified_sainte_lague", "huntington_hill", "hare")
    for lists, seats in ((9, 11), (31, 69))
]


def measure(command, kind, numbers, size):
    """Seconds, values and peak kilobytes of one process; None if it failed."""
    arguments = command + [kind, ",".join(map(str, numbers)), str(size)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stderr.strip().splitlines()[-1:], file=sys.stderr)
        return None
    result = json.loads(done.stdout)
    return result["seconds"], result["values"], result["kilobytes"]


def duration(seconds):
    for unit, worth in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= worth:
            return f"{seconds / worth:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def main():
    ours, page = sys.argv[1:]
    rows = []
    for kind, what, numbers, size, packages in TASKS:
        own = measure([ours], kind, numbers, size)
        if own is None:
            sys.exit(f"the crate failed at {kind}, {what}")
        for package in packages:
            peer = measure([sys.executable, str(HERE / "contender.py"), package], kind, numbers, size)
            name = kind.replace("_", " ")
            start = f"| {name} | {what} | {duration(own[0])}, {own[2] / 1024:.1f} MB | {package} "
            if peer is None:
                rows.append(start + "| fails | | |")
                continue
            apart = max(abs(a - b) for a, b in zip(own[1], peer[1], strict=True))
            agreement = "agrees" if apart < 1e-9 else f"**differs by {apart:.2g}**"
            memory = f"{duration(peer[0])}, {peer[2] / 1024:.1f} MB"
            rows.append(start + f"| {memory} | {peer[0] / own[0]:,.0f} | {agreement} |")
            print(rows[-1], file=sys.stderr)
    Path(page).write_text(
        "# Against what one would use instead\n\n"
        "Written by `benches/peers/run`; do not edit. Each pair ran on the same machine in the same run: the median\n"
        "time of one answer and the peak memory of the whole process, interpreter included. The crate's indices are\n"
        "exact fractions turned into decimals at the end; ratio is the peer's time over the crate's. `apportionment`\n"
        "knows the first divisor 1.4 only, so that is what both compute.\n\n"
        "| what | task | this crate | peer | its time, memory | ratio | answers |\n"
        "|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


main()
