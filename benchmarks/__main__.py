"""`make bench`: every set of figures in turn, each as ratios against a peer or a limit in the same run."""

from __future__ import annotations

import subprocess
import sys

SETS = ("start", "forms", "filling_in", "store", "sync", "caseload", "large", "figures", "documents")


def main() -> int:
    """Each set runs in a process of its own, so that none warms up another; 1 if any fell short."""
    missed = []
    for name in SETS:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            missed.append(name)
    if missed:
        print(f"\nFell short or could not run: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
