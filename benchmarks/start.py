"""What starting costs, in processor time: the window at its door beside a bare window of Qt, and the line's help.

Each is a process of its own, the two windows in turns. Run: python -m benchmarks.start
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 7
HELP_MS = 200
TIMES_BARE = 2.0  # the limit for the window at its door
TOLD = "import time, sys; print(time.process_time(), file=sys.stderr)"
BARE = f"""
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("Bare"))
window.show()
application.processEvents()
{TOLD}
import os; os._exit(0)
"""
OURS = f"""
import sys
from pathlib import Path
from desktop.compose import build_gate
from desktop.ui import app
gate = build_gate(Path(sys.argv[1]))
application = app.application()
window = app.build_window(gate)
window.show()
application.processEvents()
{TOLD}
import os; os._exit(0)
"""
HELP = f"""
from desktop.__main__ import main
try:
    main(["--help"])
except SystemExit:
    {TOLD}
"""


def spent(program: str, *arguments: str) -> float:
    """Milliseconds of processor time from the start of the interpreter."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, env=surroundings, check=True
    )
    return float(done.stderr.strip().splitlines()[-1]) * 1000


def main() -> int:
    """1 where a limit is missed."""
    with tempfile.TemporaryDirectory() as home:
        rounds = [(spent(BARE), spent(OURS, home), spent(HELP)) for _ in range(ROUNDS)]
    bare, ours, helped = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(
        f"a bare window: {bare:.0f} ms; ours at its door: {ours:.0f} ms, {ours / bare:.1f} times (limit {TIMES_BARE})"
    )
    print(f"homeward --help: {helped:.0f} ms (limit {HELP_MS} ms)")
    return int(ours > TIMES_BARE * bare or helped > HELP_MS)


if __name__ == "__main__":
    sys.exit(main())
