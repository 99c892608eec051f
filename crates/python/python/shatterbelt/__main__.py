"""The command: ``shatterbelt`` or ``python -m shatterbelt``."""

import signal
import sys

from . import _native


def main() -> int:
    """Does what the command line asks for, and gives the exit code."""
    # The command listens for Ctrl-C itself; Python would only hear of it once the command is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.command([sys.executable, "-m", "shatterbelt"], sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
