"""Saving a PDF: whoever copies what a colleague signed reads beforehand that the copy will say so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from casework.errors import PasswordWanted
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.pdf_check import verify
from desktop.store.database.remembered import CERTIFICATE, SERVICE, Certificate, CouncilService
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


def test_a_password_is_made_shown_once_and_opens_the_copy(driven: Driven, tmp_path: Path) -> None:
    """With a tick that is off at first; it can be marked and copied, and is gone with the page."""
    desk, record, file = driven.shell.desk, driven.planted.interview_id, tmp_path / "copy.pdf"
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    council = Council()
    mine = council.officer("Nadia Brightwater", desk.officer.id)
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    desk.vault.settings.put(SERVICE, CouncilService(ca_pem=council.root_pem))
    desk.now = lambda: datetime.now(UTC)
    driven.go("documents", record)
    tick = driven.find("documents/protect", QCheckBox)
    assert isinstance(tick, QCheckBox)
    assert not tick.isChecked()

    driven.find("documents/to").setText(str(file))  # type: ignore[attr-defined]
    driven.click("documents/protect")
    driven.click("documents/save")
    driven.settle()
    shown = driven.find("documents/password")
    assert isinstance(shown, QLabel)
    password = shown.text()
    told = [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]

    assert len(password.split()) == 5
    assert shown.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert any("by telephone" in words and "never in the message" in words for words in told)
    assert verify(file, desk, (), password).good
    with pytest.raises(PasswordWanted):
        verify(file, desk)
    driven.click("documents/check-it")
    assert driven.shows("verify/password")
    driven.go("documents", record)
    assert not driven.shows("documents/password")
    assert password not in str(list(desk.vault.audit.entries()))
