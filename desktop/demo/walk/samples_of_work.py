"""Journey 5: samples of work on the home education officer's laptop, a name hidden before a picture is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.demo import caseload
from desktop.demo.caseload import Council
from desktop.demo.papers import PICTURES
from desktop.demo.walk.closing import RETURN
from desktop.demo.walk.elsewhere import elsewhere
from desktop.demo.walk.hand import Hand
from desktop.flows.access.unlocking import Gate
from desktop.ui.kit.samples.samples_editor import SamplesEditor

TABLE = "f/samples/table"
SHIFT = Qt.KeyboardModifier.ShiftModifier


def look(gate: Gate, service: Council, hand: Hand, tell: Callable[[str], None]) -> None:
    own = Gate(gate.home.parent / "education-laptop", gate.catalogue, gate.now)
    shutil.rmtree(own.home, ignore_errors=True)
    desk = caseload.plant_education(own, service, tell)
    report = next(s for s in desk.vault.summaries(form_id="ehe_visit") if s.answers.get("samples"))
    desk.vault.close()
    with elsewhere(hand, own) as other:
        other.picture("Home education, today")
        _report(other, report.record_id)


def _report(hand: Hand, record_id: str) -> None:
    window = hand.window
    if window.shell is not None:
        window.shell.go("form", record_id, "samples")
    hand.wait_for("f/samples/add")
    hand.picture("Samples of work")
    editor = next(found for found in window.findChildren(SamplesEditor) if found.isVisible())
    editor.take([PICTURES / "river.jpg"])
    hand.click(f"{TABLE}/hide")
    for key, times in ((Qt.Key.Key_Right, 17), (Qt.Key.Key_Up, 18)):
        for _ in range(times):
            hand.key(key)
    for _ in range(2):
        hand.key(Qt.Key.Key_Up, SHIFT)
    hand.key(RETURN)
    hand.picture("Samples of work, a name hidden")
    hand.click(f"{TABLE}/keep")
    hand.picture("Samples of work, described")
