"""Interviews that are due, on the Today of a role that holds none: as the council told it, opening the episode."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QLabel

from casework.identifiers import OfficerId, RecordId, child_named
from casework.wire.status_messages import (
    AlertTold,
    DecidedTold,
    EpisodeTold,
    InterviewTold,
    PlanTold,
    SentTold,
    StatusTold,
)
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, TOLD, Officer
from tests.desktop.ui.conftest import Driven


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def kept(driven: Driven, name: str) -> None:
    """For somebody to look at."""
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_coordinator_sees_what_is_due_and_since_when_it_is_known(driven: Driven) -> None:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, Officer(OfficerId("o2"), "Joy Amadi", "missing_coordinator", "Ashmere Council"))
    desk.joined_anew()
    driven.go("help")
    driven.go("today")
    assert "Interviews are not kept on your laptop, so it cannot say which are due." in words(driven)

    one = InterviewTold(episode=RecordId(driven.planted.episode_id), state="offered", offers=2)
    desk.vault.settings.put(TOLD, StatusTold(at="2026-03-27T14:31:00+00:00", interviews=[one], episodes=[], plans=[]))
    driven.go("help")
    driven.go("today")
    said = words(driven)
    kept(driven, "told-due")
    assert "Offered twice, no reply yet" in said
    assert "1, soonest first. From the council, today, 14:31" in said
    assert "Interviews are not kept" not in said
    driven.click(f"today/start/{driven.planted.episode_id}")
    assert driven.window.where.about == driven.planted.episode_id


def test_when_the_council_told_of_none_a_return_since_then_is_not_concluded_of(driven: Driven) -> None:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, Officer(OfficerId("o2"), "Joy Amadi", "missing_coordinator", "Ashmere Council"))
    desk.joined_anew()
    desk.vault.settings.put(
        TOLD, StatusTold(at="2026-03-27T14:31:00+00:00", interviews=[], episodes=[], plans=[], more=True)
    )
    driven.go("help")
    driven.go("today")
    said = words(driven)
    assert "The council told of none that is still to be had. A return since then is not in this." in said
    assert "From the council, today, 14:31, the latest returns only" in said
    assert "Nothing due" not in said


def test_a_coordinator_reads_what_the_council_told_on_today_and_on_the_childs_page(driven: Driven) -> None:
    """The first steps of a child who is away, the plan, and on the child's page the check too; each with its moment."""
    desk = driven.shell.desk
    known = {"last_seen_at": "2026-03-25T20:00:00+00:00", "care_status": "lac"}
    child = editing.new_record(desk, "child", "", {"given_name": "Ada", "care_status": "lac"})
    episode = editing.new_record(desk, "missing_episode", child, known)
    desk.vault.settings.put(OFFICER, Officer(OfficerId("o2"), "Joy Amadi", "missing_coordinator", "Ashmere Council"))
    desk.joined_anew()
    sent = [SentTold(director=True, at="2026-03-26T07:10:00+00:00", read_at="2026-03-26T07:40:00+00:00")]
    one = EpisodeTold(
        episode=RecordId(episode),
        strategy=DecidedTold(decided=True, on="2026-03-26T15:00:00+00:00"),
        alert=AlertTold(begun=True, sent_to=sent),
    )
    agreed = "2026-03-10T10:00:00+00:00"
    plan = PlanTold(child=child_named(child), version=2, agreed=agreed, check="approved")
    told = StatusTold(at="2026-03-27T14:31:00+00:00", interviews=[], episodes=[one], plans=[plan])
    driven.go("help")
    driven.go("today")
    before = words(driven)
    assert before.count("not kept on this laptop") >= 2
    assert "From the council, today" not in before

    desk.vault.settings.put(TOLD, told)
    driven.go("help")
    driven.go("today")
    said = words(driven)
    kept(driven, "told-missing")
    assert "From the council, today, 14:31: need to know, strategy meeting, plan" in said
    assert "Neither risk nor reference recorded" in said
    assert "Version 2, agreed 10 March 2026, the live plan" in said
    assert "done Thu 26 March, 15:00" in said
    assert "done Thu 26 March, 07:40" in said

    driven.go("child", child)
    said = words(driven)
    kept(driven, "told-child")
    assert "Sent to the Director 26 March 2026, 07:10, read 26 March 2026, 07:40" in said
    assert "Checked and approved" in said
    assert "From the council, today, 14:31" in said
