"""Police's results after a return: asked for, chased when the asking has grown old, gone when they have come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError, KnownError, NotThisRole
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock

BACK: dict[str, JSON] = {
    "last_seen_at": "2026-03-20T20:00:00+00:00",
    "found_at": "2026-03-21T09:00:00+00:00",
    "outcome": "real",
}


def says(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


@pytest.fixture
def episode(desk: Desk) -> str:
    known = Officer(id=OfficerId("nadia"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    child = editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
    return editing.new_record(desk, "missing_episode", child, BACK)


def reasons(desk: Desk) -> list[str]:
    return [row.reason for row in team(desk).rows if row.gap is Gap.PREVENTION]


def test_it_is_asked_for_asked_again_and_gone_when_it_has_come(desk: Desk, clock: Clock, episode: str) -> None:
    assert reasons(desk) == ["Nobody has asked yet"]
    with pytest.raises(AnswerError, match="Write who at the police was asked"):
        says(desk, "ask-police", episode, "--whom", " ")
    first = says(desk, "ask-police", episode, "--whom", "PC Anand, by email")[0]
    assert not first["ask_again"]
    clock.at += timedelta(days=1)
    assert "Ask again" not in says(desk, "results-owed")[1]
    clock.at += timedelta(days=4)  # three working days after the asking
    assert reasons(desk)[0].endswith("PC Anand, by email. Ask again")

    again = says(desk, "ask-police", episode, "--whom", "Sgt Oakes", "--reply", "Will look")[0]
    assert (again["result"], [one["who"] for one in again["asked"]]) == (
        first["result"],
        ["PC Anand, by email", "Sgt Oakes"],
    )
    assert reasons(desk)[0].startswith("Asked twice, last ")
    assert not says(desk, "results-owed")[0][0]["ask_again"]

    came: dict[str, JSON] = {"status": "received", "result": "Seen, well", "received_at": clock.at.isoformat()}
    editing.answer(desk, again["result"], came)
    assert (reasons(desk), says(desk, "results-owed")[0]) == ([], [])
    with pytest.raises(KnownError, match="No result is owed for that episode"):
        says(desk, "ask-police", episode, "--whom", "PC Anand")


def test_whoever_does_not_write_the_result_does_not_ask(desk: Desk, episode: str) -> None:
    known = Officer(id=OfficerId("nadia"), name="Iris Moor", role="iro", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()

    assert says(desk, "results-owed")[0] == []
    with pytest.raises(NotThisRole, match="does not ask police for results"):
        says(desk, "ask-police", episode, "--whom", "PC Anand")
