"""The card in the window: with a plan it says which version; without one it still helps; an older plan asks first."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from casework.canonical import JSON
from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.copy_log import copies_of
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.printing.paper_in_a_file import is_written_on, with_a_printer
from tests.desktop.ui.test_access import cut_in

FACTS: dict[str, JSON] = {
    "address": "27 Tannery Court, flat 8",
    "health": "Peanut allergy, carries a pen",
    "adults": [{"name": "Neil Marrable", "relationship": "Dad", "phone": "01632 960155"}],
    "allocated_worker": "Josh Pellow",
    "worker_contact": "01632 960170",
}


def shown(driven: Driven) -> str:
    return "\n".join(w.text() for w in driven.window.findChildren(QLabel) if w.isVisible())


def agree(driven: Driven, day: str) -> str:
    then = back_then(driven.shell.desk, datetime.fromisoformat(f"{day}T10:00:00+00:00"))
    plan = editing.new_record(then, "find_me_plan", driven.planted.child_id, {"looks": "Brown hair"})
    signing.lock_record(then, plan, name="Nadia Brightwater", ink=None)
    return plan


@pytest.mark.parametrize("percent", [100, 200])
def test_without_a_plan_it_still_says_whom_to_ring(driven: Driven, percent: int) -> None:
    who = driven.planted.child_id
    editing.answer(driven.shell.desk, who, FACTS)
    driven.window.resize(1280, 720)
    driven.look("light", percent)
    driven.go("find_me", who)
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"card-{percent}.png"))

    for words in ("No agreed plan.", "Who to ring", "Neil Marrable, Dad", "01632 960155", "27 Tannery Court, flat 8"):
        assert words in shown(driven)
    assert driven.shows("find_me/save")
    assert list(cut_in(driven.window)) == []


def test_the_card_is_printed_on_one_page_and_the_log_keeps_it(
    driven: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = with_a_printer(monkeypatch, tmp_path / "card.pdf")
    plan = agree(driven, "2026-03-20")
    driven.go("find_me", driven.planted.child_id)
    driven.click("find_me/print")

    assert len(tray()) == 1
    assert is_written_on(tray())
    (copy,) = copies_of(driven.shell.desk, plan)
    assert copy.how == "Printed"


def test_an_older_plan_asks_before_it_is_exported(driven: Driven) -> None:
    older, live = agree(driven, "2026-03-02"), agree(driven, "2026-03-20")
    driven.go("find_me", driven.planted.child_id)
    assert "Version 2, agreed 20 March 2026, the live plan" in shown(driven)
    driven.go("form", older)
    assert "replaced on 20 March 2026 by version 2" in shown(driven)

    driven.go("documents", live)
    assert driven.shows("documents/save")
    driven.go("documents", older)
    assert "Version 2 replaced it on 20 March 2026." in shown(driven)
    assert not driven.shows("documents/save")
    driven.click("documents/replaced")
    assert driven.shows("documents/save")


def test_a_notice_stands_on_the_screen_and_is_saved_for_police_alone(
    driven: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, who = driven.shell.desk, driven.planted.child_id
    driven.go("find_me", who)
    assert not driven.shows("find_me/save-police")
    known: dict[str, JSON] = {"given_to": "Marlon Pryce", "issued_on": "2026-03-02", "stands_until": "2026-04-20"}
    editing.new_record(desk, "harbouring_notice", who, known)
    driven.go("today")
    driven.go("find_me", who)
    assert "Stands against Marlon Pryce, until 20 April 2026" in shown(driven)

    certify(desk)
    for button, file in (("find_me/save-police", "police.pdf"), ("find_me/save", "card.pdf")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, _to=str(tmp_path / file), **_k: (_to, ""))
        driven.click(button)
    assert "Marlon Pryce" in text_of(tmp_path / "police.pdf")
    assert "Marlon Pryce" not in text_of(tmp_path / "card.pdf")
