"""Turns the output of `cargo bench -p shatterbelt-theory` into docs/benches.md: median time and peak memory."""

import re
import sys
from pathlib import Path

TREE = re.compile(r"^[│├╰─ ]*")


def rows(lines):
    """Yields bench, argument, median and the most memory held at once."""
    bench, argument, median, held = "", "", None, 0
    for line in lines:
        text = TREE.sub("", line).strip()
        cells = [cell.strip() for cell in text.split("│")]
        if len(cells) >= 6 and re.search(r"\d (ns|µs|ms|s)$", cells[1]):
            if median:
                yield bench, argument, median, memory
            name = re.match(r"(.*?)\s{2,}", cells[0] + "  ").group(1)
            argument, median, memory, held = name, cells[2], "none", 0
        elif text.startswith("max alloc:"):
            held = 2
        elif held:
            held -= 1
            if held == 0 and median:
                memory = cells[0]
        elif re.fullmatch(r"[a-z_]+", cells[0]):
            if median:
                yield bench, argument, median, memory
            bench, median = cells[0], None
    if median:
        yield bench, argument, median, memory


def main():
    page = Path(sys.argv[1])
    machine = next(
        line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")
    )
    table = [f"| {b.replace('_', ' ')} | {a} | {m} | {p} |" for b, a, m, p in rows(sys.stdin)]
    page.write_text(
        "# How long the models take\n\n"
        "Written by `benches/crate/run` from `cargo bench -p shatterbelt-theory`; do not edit. Median time of one answer on one\n"
        f"core ({machine}) and the most memory it held at once beyond its input. Power games have 329 seats and a\n"
        "quota of 165; the argument is the number of parties, actors, draws or events, or lists and seats. Exact\n"
        "means fractions without rounding. Against other packages: [power and seats](peers.md),\n"
        "[sensitivity](peers-sensitivity.md), [the spatial model](peers-spatial-model.md), [an election and a\n"
        "government](peers-simulation.md). Whole runs: [how fast a run is](speed.md).\n\n"
        "| bench | size | median | peak memory |\n|---|---|---|---|\n" + "\n".join(table) + "\n"
    )


main()
