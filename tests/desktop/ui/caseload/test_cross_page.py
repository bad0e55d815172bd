"""The cross-list in the window: by child, filtered and in another order; each flag opens its record; saved as shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.caseload.case_model import TwoLineModel
from desktop.ui.caseload.case_view import CaseView
from tests.desktop.ui.conftest import Driven

AWAY: dict[str, JSON] = {
    "last_seen_at": "2026-03-20T20:00:00+00:00", "found_at": "2026-03-21T09:00:00+00:00", "outcome": "real",
}  # fmt: skip


def shown(driven: Driven) -> list[str]:
    view = driven.find("cross/table")
    assert isinstance(view, CaseView)
    model = view.model()
    assert isinstance(model, TwoLineModel)
    return [row.child.name for row in model.rows]


def pictured(driven: Driven, name: str) -> str:
    driven.settle()
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


@pytest.fixture
def worker(driven: Driven) -> Driven:
    desk = driven.shell.desk
    known = Officer(id=OfficerId("o1"), name="Imogen Sallow", role="allocated_worker", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    for name in ("Ada", "Kit"):
        child = editing.new_record(desk, "child", "", {"given_name": name, "cse_level": "low", "cce_level": "high"})
        if name == "Kit":
            editing.new_record(desk, "cme_case", child, {"logged_on": "2026-03-10"})
            editing.new_record(desk, "missing_episode", child, AWAY)
    driven.go("children")
    driven.click("children/cross")
    return driven


def test_a_child_is_found_by_lists_and_each_flag_opens_its_record(
    worker: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = pictured(worker, "cross-list")
    assert shown(worker) == ["Kit", "Ada"], "the most first; Wren is in one list alone"
    assert "2 of 3 children in a list. Counted since 27 March 2025." in said
    worker.look("light", 200)
    pictured(worker, "cross-list-200")
    worker.look("light", 100)
    worker.type("cross/words", "kit")
    assert shown(worker) == ["Kit"]

    file = tmp_path / "cross.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    worker.click("cross/save")
    assert [line.split(",")[0] for line in file.read_text("utf-8-sig").splitlines()] == ["Child", "Kit"]
    worker.click("cross/flag/missing_education")
    desk = worker.shell.desk
    assert desk.vault.view(worker.window.where.about).form_id == "cme_case"
