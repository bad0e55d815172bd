"""The manager's check on the signed record's page: offered to the manager, and to nobody who wrote it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from casework.identifiers import OfficerId
from casework.practice.manager_check import CheckState
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.checking import checking
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.ui.conftest import PASSPHRASE, Driven


@pytest.fixture
def plan(driven: Driven) -> str:
    desk = driven.shell.desk
    record = editing.new_record(desk, "find_me_plan", driven.planted.child_id, {"missing_when": "After nine."})
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    return record


def becomes_manager(driven: Driven) -> None:
    officer = Officer(id=OfficerId("o2"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    driven.shell.desk.vault.settings.put(OFFICER, officer)
    driven.shell.desk.joined_anew()


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_the_author_sees_where_it_stands_and_is_offered_nothing(driven: Driven, plan: str) -> None:
    driven.go("sign", plan)

    assert "Waiting for a manager’s check" in words(driven)
    assert not driven.shows("check/approved")


def test_the_manager_returns_it_with_words_and_then_approves(driven: Driven, plan: str) -> None:
    """Without words it is not returned; what was returned may be approved once it is put right."""
    becomes_manager(driven)
    driven.go("sign", plan)
    driven.type("check/passphrase", PASSPHRASE)
    driven.click("check/returned")
    assert checking(driven.shell.desk, plan).state is CheckState.WAITING

    driven.type("check/words", "Who rings the school?")
    driven.click("check/returned")

    assert checking(driven.shell.desk, plan).state is CheckState.RETURNED
    assert "Who rings the school?" in words(driven)
    assert "Returned by Tom Applegarth" in words(driven)
