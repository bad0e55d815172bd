"""Starting: the door stands before what only the pages behind it need, and that comes while somebody types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("sqlite_utils", "PIL", "pi_heif", "httpx", "reportlab", "pyhanko", "holidays", "alembic", "desktop.ui.screens")
STARTED = """
import json, sys
from pathlib import Path
from desktop.compose import build_gate
from desktop.ui import app
gate = build_gate(Path(sys.argv[1]))
application = app.application()
window = app.build_window(gate)
window.show()
at_the_door = sorted(sys.modules)
while "desktop.ui.screens" not in sys.modules:
    application.processEvents()
print(json.dumps([at_the_door, sorted(sys.modules)]))
window.close()
"""


def test_the_door_loads_no_library_that_only_its_pages_need(tmp_path: Path) -> None:
    """It cost four seconds of processor time before anybody saw a box for the passphrase."""
    at_the_door, once_ready = _started(tmp_path)

    assert "desktop.ui.unlock.page" in at_the_door
    assert not at_the_door & set(HEAVY)
    assert not set(HEAVY) - {"alembic"} - once_ready, "and all of it is there before the first page is asked for"


def _started(home: Path) -> tuple[set[str], set[str]]:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    line = [sys.executable, "-c", STARTED, str(home / "home")]
    done = subprocess.run(line, capture_output=True, text=True, env=surroundings, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    door, ready = json.loads(done.stdout)
    return set(door), set(ready)
