"""Interviews that are due, on the Today of a role that holds none: as the council told it, opening the episode."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QLabel

from casework.identifiers import OfficerId, RecordId
from casework.wire.status_messages import InterviewTold, OpenInterviews
from desktop.store.database.remembered import OFFICER, TOLD_INTERVIEWS, Officer
from tests.desktop.ui.conftest import Driven


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_a_coordinator_sees_what_is_due_and_since_when_it_is_known(driven: Driven) -> None:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, Officer(OfficerId("o2"), "Joy Amadi", "missing_coordinator", "Ashmere Council"))
    desk.joined_anew()
    driven.go("help")
    driven.go("today")
    assert "Interviews are not kept on your laptop, so it cannot say which are due." in words(driven)

    one = InterviewTold(episode=RecordId(driven.planted.episode_id), state="offered", offers=2)
    desk.vault.settings.put(TOLD_INTERVIEWS, OpenInterviews(at="2026-03-27T14:31:00+00:00", interviews=[one]))
    driven.go("help")
    driven.go("today")
    said = words(driven)
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / "told-due.png"))
    assert "Offered twice, no reply yet" in said
    assert "1, soonest first. From the council, today, 14:31" in said
    assert "Interviews are not kept" not in said
    driven.click(f"today/start/{driven.planted.episode_id}")
    assert driven.window.where.about == driven.planted.episode_id


def test_when_the_council_told_of_none_a_return_since_then_is_not_concluded_of(driven: Driven) -> None:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, Officer(OfficerId("o2"), "Joy Amadi", "missing_coordinator", "Ashmere Council"))
    desk.joined_anew()
    desk.vault.settings.put(TOLD_INTERVIEWS, OpenInterviews(at="2026-03-27T14:31:00+00:00", interviews=[], more=True))
    driven.go("help")
    driven.go("today")
    said = words(driven)
    assert "The council told of none that is still to be had. A return since then is not in this." in said
    assert "From the council, today, 14:31, the latest returns only" in said
    assert "Nothing due" not in said
