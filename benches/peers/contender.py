"""One Python package on one task: prints seconds (the median) and the values as JSON."""

import json
import sys
import time


def task(package, kind, numbers, size):
    if package == "powerindex":
        from powerindex import Game

        def answer():
            game = Game(size, numbers)
            getattr(game, "calc_" + kind)()
            return [float(x) for x in getattr(game, kind)]

    elif package == "powerindices":
        import powerindices

        compute = {"shapley_shubik": powerindices.compute_ssi, "banzhaf": powerindices.compute_pbi}

        def answer():
            values = [float(x) for x in compute[kind](size, numbers)]
            if kind == "banzhaf":
                values = [x / sum(values) for x in values]
            return values

    else:
        import apportionment.methods as methods

        names = {
            "modified_sainte_lague": "modified_saintelague",
            "huntington_hill": "huntington",
            "hare": "largest_remainder",
        }

        def answer():
            names_of_lists = [str(i) for i in range(len(numbers))]
            seats = methods.compute(names[kind], numbers, size, parties=names_of_lists)
            return [float(s) for s in seats]

    return answer


def main():
    package, kind, numbers, size = sys.argv[1:]
    answer = task(package, kind, [int(n) for n in numbers.split(",")], int(size))
    times = []
    end = time.perf_counter() + 2.0
    while not times or (len(times) < 200 and time.perf_counter() < end):
        start = time.perf_counter()
        values = answer()
        times.append(time.perf_counter() - start)
    times.sort()
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    kilobytes = int(peak.split()[1])
    seconds = times[len(times) // 2]
    print(json.dumps({"seconds": seconds, "kilobytes": kilobytes, "values": values}))


main()
