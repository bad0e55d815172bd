"""Saving a PDF: whoever copies what a colleague signed reads beforehand that the copy will say so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import CERTIFICATE, Certificate
from tests.desktop.documents.council import Council
from tests.desktop.flows.colleague import Colleague, arrives
from tests.desktop.ui.conftest import Driven


def test_a_colleagues_record_becomes_a_copy_by_me(driven: Driven) -> None:
    desk, record = driven.shell.desk, driven.planted.interview_id
    arrives(desk, Colleague().signs(desk.vault.view(record)))
    driven.go("documents", record)
    told = driven.find("documents/copied")
    assert isinstance(told, QLabel)

    assert told.text() == "Dele Winterbourne signed this record. The PDF says so, and that you made the copy."


def test_my_own_record_does_not(driven: Driven) -> None:
    signing.lock_record(driven.shell.desk, driven.planted.interview_id, name="Nadia Brightwater", ink=None)
    driven.go("documents", driven.planted.interview_id)

    assert driven.shows("documents/copy")
    assert not driven.shows("documents/copied")


def test_saving_says_to_whom_and_the_page_lists_who_holds_one(driven: Driven, tmp_path: Path) -> None:
    """Then a new version: each holder of the old one stands there with the notice to save."""
    desk, child = driven.shell.desk, driven.planted.child_id
    old = editing.new_record(desk, "find_me_plan", child, {"looks": "Green coat"})
    signing.lock_record(desk, old, name="Nadia Brightwater", ink=None)
    mine = Council().officer("Nadia Brightwater")
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    driven.go("documents", old)
    driven.find("documents/to").setText(str(tmp_path / "plan.pdf"))  # type: ignore[attr-defined]
    driven.type("documents/given_to", "PC Anand")
    driven.click("documents/save")
    driven.settle()
    words = [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]
    assert any(said.startswith("PC Anand, version 1") for said in words)

    driven.clock.passes(hours=1)
    live = editing.new_record(desk, "find_me_plan", child, {"looks": "Blue coat"})
    signing.lock_record(desk, live, name="Nadia Brightwater", ink=None)
    driven.go("documents", live)
    driven.settle()

    (copy,) = desk.vault.summaries(form_id="plan_copy")
    assert driven.shows(f"documents/recall/{copy.record_id}")
