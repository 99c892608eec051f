"""Plays runs with one of the peers: prints seconds a run, peak kilobytes and every outcome as JSON."""

import json
import sys
import time

import numpy as np
from model import Case, Run


def main():
    which, folder, runs = sys.argv[1:]
    case = Case(folder)
    if which == "mesa":
        from mesa_model import Republic

        play = lambda rng: Republic(case, rng).play()
    else:
        play = lambda rng: Run(case, rng).play()
    play(np.random.default_rng(0))
    start = time.perf_counter()
    cpu = time.process_time()
    outcomes = [play(np.random.default_rng([1, run])).outcome() for run in range(int(runs))]
    cpu = time.process_time() - cpu
    seconds = time.perf_counter() - start
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(json.dumps({
        "seconds": seconds / int(runs), "cpu": cpu / int(runs), "kilobytes": int(peak.split()[1]), "outcomes": outcomes,
    }))


main()
