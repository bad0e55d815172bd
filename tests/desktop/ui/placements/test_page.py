"""A move in the window: half-typed words outlive a lock, it is written down, and the council is told from the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.flows.record import editing
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.notices.test_page import words_of

LEEDS = "Leeds City Council"


def test_a_move_is_written_down_and_the_council_told(
    driven: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, who = driven.shell.desk, driven.planted.child_id
    editing.answer(desk, who, {"care_status": "lac", "placement_name": "Larkfield House"})
    driven.go("child", who)
    driven.click("child/placements")
    driven.type("placements/to", "Beech Gr")
    driven.autosaved()
    driven.window.lock()
    driven.settle()
    driven.unlock()
    driven.go("placements", who)
    box = driven.find("placements/to")
    assert isinstance(box, QLineEdit)
    assert box.text() == "Beech Gr"

    driven.type("placements/to", "Beech Grove")
    driven.type("placements/host", LEEDS)
    driven.type("placements/on", "the day before")
    driven.click("placements/write")
    assert driven.window.messages.history[-1].title == "Write the day of the move as 27/03/2026."
    on = driven.find("placements/on")
    assert isinstance(on, QLineEdit)
    on.clear()
    driven.type("placements/on", "26/03/2026")
    driven.click("placements/write")
    words = words_of(driven.find("placements"))
    assert f"{LEEDS} has not been told" in words
    assert "Beech Grove\nSince 26 March 2026. Ours, placed in the area of" in words

    certify(driven.shell.desk)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "notice.pdf"), ""))
    driven.click("placements/notice/0")
    assert LEEDS in text_of(tmp_path / "notice.pdf")
    assert f"{LEEDS} heard Fri 27 March: By notice" in words_of(driven.find("placements"))
    assert not driven.shows("placements/told/0")
