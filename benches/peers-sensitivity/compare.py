"""Runs the crate and SALib on the same results of the Ishigami function and writes a table."""

import json
import math
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

INPUTS, RESAMPLES = 3, 100
PRIMES = (2, 3, 5, 7, 11, 13)


def halton(k):
    row = []
    for base in PRIMES:
        left, scale, value = k + 1, 1.0, 0.0
        while left:
            scale /= base
            value += scale * (left % base)
            left //= base
        row.append(value)
    return row


def ishigami(u):
    x = [math.pi * (2 * v - 1) for v in u]
    return math.sin(x[0]) + 7 * math.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * math.sin(x[0])


def results(rows):
    """For each row the results at A, at B, and at A with one number of B."""
    table = []
    for k in range(rows):
        row = halton(k)
        a, b = row[:INPUTS], row[INPUTS:]
        mixed = [a[:i] + [b[i]] + a[i + 1 :] for i in range(INPUTS)]
        table.append([ishigami(a), ishigami(b)] + [ishigami(m) for m in mixed])
    return table


def ours(program, table):
    lines = "\n".join(repr(y) for row in table for y in row) + "\n"
    arguments = [program, str(INPUTS), str(RESAMPLES)]
    done = subprocess.run(arguments, input=lines, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def theirs(table):
    """SALib wants A, the mixed ones, then B."""
    import numpy
    from SALib.analyze import sobol

    problem = {"num_vars": INPUTS, "names": ["a", "b", "c"], "bounds": [[0, 1]] * INPUTS}
    flat = numpy.array([[row[0], *row[2:], row[1]] for row in table]).ravel()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        found = sobol.analyze(
            problem, flat, calc_second_order=False, num_resamples=RESAMPLES, seed=1
        )
        times.append(time.perf_counter() - start)
    return {
        "seconds": statistics.median(times),
        "first": [float(x) for x in found["S1"]],
        "total": [float(x) for x in found["ST"]],
        "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


def main():
    program, page = sys.argv[1:]
    lines = []
    for rows in (1024, 4096, 16384):
        table = results(rows)
        own, peer = ours(program, table), theirs(table)
        apart = {k: max(abs(a - b) for a, b in zip(own[k], peer[k])) for k in ("first", "total")}
        lines.append(
            f"| {rows} | {own['seconds'] * 1e3:.3g} ms, {own['kilobytes'] / 1024:.1f} MB "
            f"| {peer['seconds'] * 1e3:.3g} ms, {peer['kilobytes'] / 1024:.0f} MB "
            f"| {peer['seconds'] / own['seconds']:.1f} | {apart['first']:.1g} | {apart['total']:.1g} |"
        )
        print(lines[-1], file=sys.stderr)
    Path(page).write_text(
        "# Sobol indices against SALib\n\n"
        "Written by `benches/peers-sensitivity/run`; do not edit. Both read first-order and total indices, each with\n"
        f"{RESAMPLES} bootstrap resamples, off the same results of the Ishigami function at Halton points: median of\n"
        "five, and peak memory of the whole process. First-order indices differ as the two centre the results on\n"
        "different means (here that of A and B, there that of all points), which vanishes with more rows.\n\n"
        "| rows | this crate | SALib | ratio | first-order apart | total apart |\n|---|---|---|---|---|---|\n"
        + "\n".join(lines)
        + "\n"
    )


main()
