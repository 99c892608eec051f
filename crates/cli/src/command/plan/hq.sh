#!/bin/sh
# @RUNS@ futures in @PARTS@ parts on the workers of a HyperQueue server. A part whose worker was lost is given
# to another and goes on where it stood.
set -eu
hq submit --name shatterbelt --array 1-@PARTS@ --cpus 1 --crash-limit 20 --wait \
    --env RAYON_NUM_THREADS=1 -- sh -c @RUN@
@MERGE@
