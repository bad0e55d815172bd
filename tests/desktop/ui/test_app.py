"""Starting: the door stands on what it needs and nothing else, and the rest comes while somebody types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from desktop.compose import build_gate
from tests.desktop.doors import set_up_quickly
from tests.journeys.conftest import PASSPHRASE

# What may be loaded before the door is seen: the card that unlocks, the first setting-up, and what both are made of.
# Each costs every start a millisecond or more. A page, a form, a key is imported by the deed that needs it.
THE_DOOR = {
    "casework": "canonical errors part_not_installed typed_words",
    "desktop": "__main__ compose paths",
    "desktop.flows.access": "choosing_a_passphrase errors preset unlocking",
    "desktop.store.disk": "errors files on_failure process_hygiene",
    "desktop.store.unlock": "passphrases two_copies vault_cards",
    "desktop.ui": "app background collecting doorway hidden making_ready messages theme window",
    "desktop.ui.away": "copied here signals",
    "desktop.ui.frame": "brand_mark while_locked window_place",
    "desktop.ui.kit.basics": "buttons directions focus_ring height_for_width initials labels layout panels "
    "screen_reader shortcuts",
    "desktop.ui.kit.boxes": "caret_places dropped line_box long_words",
    "desktop.ui.setup": "page",
    "desktop.ui.theme": "apply fonts icons look style_sheet tokens",
    "desktop.ui.unlock": "door new_passphrase page scene",
}
FROM_OTHERS = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}
if sys.platform != "linux":
    FROM_OTHERS.add("platformdirs")
BEHIND_IT = {
    "desktop.ui.screens", "desktop.ui.today.page", "desktop.flows.access.admission", "msgspec", "cryptography", "PIL",
    "pi_heif", "sqlite_utils", "httpx", "reportlab", "pyhanko", "holidays",
}  # fmt: skip
# The program as the icon starts it; what stands in the place of its event loop says what is there by then.
STARTED = """
import json, sys
before = set(sys.modules)
from PySide6.QtWidgets import QApplication

def turn(*_):
    application = QApplication.instance()
    application.processEvents()
    at_the_door = sorted(set(sys.modules) - before)
    window = next(one for one in application.topLevelWidgets() if hasattr(one, "gate"))
    while "desktop.ui.screens" not in sys.modules or not window.network.idle:
        application.processEvents()
    print(json.dumps([window.windowTitle(), at_the_door, sorted(sys.modules)]))
    window.close()
    return 0

QApplication.exec = turn
from desktop.__main__ import main
sys.exit(main([]))
"""


def test_the_door_is_loaded_alone(tmp_path: Path) -> None:
    """Some 290 modules of ours came before anybody saw a box for the passphrase; all of them are there before the first
    page is asked for."""
    set_up_quickly(build_gate(tmp_path / "homeward"), "Nadia", PASSPHRASE).vault.close()
    title, at_the_door, once_ready = _started(tmp_path)

    assert title == "Unlock – Homeward"
    assert "desktop.ui.unlock.page" in at_the_door
    assert _ours(at_the_door) - _allowed() == set()
    assert _from_others(at_the_door) <= FROM_OTHERS
    assert once_ready >= BEHIND_IT


def test_the_first_door_is_loaded_alone_and_the_list_names_nothing_more(tmp_path: Path) -> None:
    title, first, _ready = _started(tmp_path / "nobody")
    set_up_quickly(build_gate(tmp_path / "homeward"), "Nadia", PASSPHRASE).vault.close()
    _title, second, _ready = _started(tmp_path)

    assert title == "Set up this laptop – Homeward"
    assert _ours(first) - _allowed() == set()
    assert _from_others(first) <= FROM_OTHERS
    if sys.platform == "linux":
        assert _allowed() - first - second == set()


@cache
def _allowed() -> set[str]:
    found = {f"{room}.{name}" for room, names in THE_DOOR.items() for name in names.split()}
    return found | {part for name in found for part in _rooms_above(name)}


def _rooms_above(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts))}


def _ours(loaded: set[str]) -> set[str]:
    return {name for name in loaded if name.partition(".")[0] in {"casework", "judgement", "desktop", "central"}}


def _from_others(loaded: set[str]) -> set[str]:
    """Libraries, without Python's own and the way an unpacked program finds itself."""
    tops = {name.partition(".")[0] for name in loaded - _ours(loaded)}
    return {top for top in tops if top not in sys.stdlib_module_names and not top.startswith("__")}


def _started(data: Path) -> tuple[str, set[str], set[str]]:
    """In the folder that the system gives for a person's data."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(data)}
    line = [sys.executable, "-c", STARTED]
    done = subprocess.run(line, capture_output=True, text=True, env=surroundings, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    title, door, ready = json.loads(done.stdout.splitlines()[-1])
    return title, set(door), set(ready)
