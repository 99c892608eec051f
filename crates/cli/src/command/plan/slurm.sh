#!/bin/sh
# @RUNS@ futures in @PARTS@ parts. A part that was killed is queued again and goes on where it stood; to do
# again what failed, submit this file again: parts that are whole are left.
#SBATCH --job-name=shatterbelt
#SBATCH --array=1-@PARTS@
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu
# The first part asks for the merge, to be made once all parts are.
if [ "$SLURM_ARRAY_TASK_ID" = 1 ] && [ "${SLURM_RESTART_COUNT:-0}" = 0 ]; then
    sbatch --job-name=shatterbelt-merge --dependency="afterok:$SLURM_ARRAY_JOB_ID" --mem=2G \
        --wrap=@MERGE@
fi
export RAYON_NUM_THREADS="${SLURM_CPUS_PER_TASK:-1}"
@RUN@ --part "$SLURM_ARRAY_TASK_ID/@PARTS@" >/dev/null
