"""@RUNS@ futures in @PARTS@ parts on a Dask cluster: python runs.py tcp://scheduler:8786

A part whose worker was lost is given to another and goes on where it stood.
"""

import os
import subprocess
import sys

from dask.distributed import Client

PARTS = @PARTS@
RUN = @RUN@
MERGE = @MERGE@


def part(k):
    one = dict(os.environ, RAYON_NUM_THREADS="1")
    words = RUN + ["--part", f"{k}/{PARTS}"]
    subprocess.run(words, check=True, env=one, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    with Client(*sys.argv[1:]) as client:
        client.gather(client.map(part, range(1, PARTS + 1), retries=20, pure=False))
    subprocess.run(MERGE, check=True)
