"""Where the program and the cases are."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
PROGRAM = os.environ.get("SHATTERBELT", str(ROOT / "target" / "debug" / "shatterbelt"))


def shatterbelt(*words):
    """Runs the program and gives what it prints."""
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
