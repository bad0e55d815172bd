"""The faces of the door come first, and a name in any script is drawn by one of ours wherever it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.compose import build_gate
from tests.desktop.doors import set_up_quickly
from tests.journeys.conftest import PASSPHRASE

LATIN, ARABIC = "Łucja Ιωάννα Юлія", "سارة"
# The program as the icon starts it. `moment`: at the door, or once it has been seen and a worker loads the rest.
STARTED = """
import json, sys
from PySide6.QtWidgets import QApplication
words, moment = sys.argv[1:]

def faces(text):
    from PySide6.QtGui import QTextLayout
    from desktop.ui.theme import look
    drawn = QTextLayout(text, look().font())
    drawn.beginLayout()
    drawn.createLine().setLineWidth(10_000)
    drawn.endLayout()
    return sorted({run.rawFont().familyName() for run in drawn.glyphRuns()})

def turn(*_):
    QApplication.processEvents()
    before = faces(words)
    while moment == "seen" and "desktop.ui.indoors" not in sys.modules:
        QApplication.processEvents()
    print(json.dumps([before, faces(words)]))
    sys.stdout.flush()
    import os
    os._exit(0)

QApplication.exec = turn
from desktop.__main__ import main
main([])
"""


def test_at_the_door_latin_greek_and_cyrillic_are_drawn_by_ours(tmp_path: Path) -> None:
    at_the_door, _ = _faces(tmp_path, LATIN, "door")

    assert set(at_the_door) <= {"Atkinson Hyperlegible Next", "Noto Sans"}


def test_the_others_are_there_once_the_door_was_seen_also_for_a_face_that_was_in_use(tmp_path: Path) -> None:
    _, seen = _faces(tmp_path, ARABIC, "seen")

    assert seen == ["Noto Sans Arabic"]


def test_an_officer_whose_name_needs_them_is_drawn_by_ours_at_the_door(tmp_path: Path) -> None:
    set_up_quickly(build_gate(tmp_path / "homeward"), ARABIC, PASSPHRASE).vault.close()
    at_the_door, _ = _faces(tmp_path, ARABIC, "door")

    assert at_the_door == ["Noto Sans Arabic"]


def _faces(data: Path, words: str, moment: str) -> tuple[list[str], list[str]]:
    """Which faces draw these words as soon as the door is there, and at that moment."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(data)}
    line = [sys.executable, "-c", STARTED, words, moment]
    done = subprocess.run(line, capture_output=True, text=True, env=surroundings, timeout=120, check=True)
    before, then = json.loads(done.stdout.splitlines()[-1])
    return before, then
