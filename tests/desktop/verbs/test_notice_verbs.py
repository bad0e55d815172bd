"""`homeward notices`, `notice`, `acknowledge` and `ask-again`: the deeds of the inbox on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


@pytest.fixture
def episode(desk: Desk) -> str:
    child = editing.new_record(desk, "child", "", {"given_name": "Milo", "family_name": "Fernsby"})
    record = editing.new_record(desk, "missing_episode", child, {"last_seen_at": "2026-03-26T11:25:00+00:00"})
    officer = Officer(id=OfficerId("o2"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()
    return record


def test_an_inbox_is_listed_read_and_answered(desk: Desk, episode: str, tmp_path: Path) -> None:
    """As the window does it: the states in the machine's answer are words of the program."""
    (listed,), said = run(desk, "notices", "--json")
    assert (listed["kind"], listed["state"], listed["child_name"]) == ("episode_begun", "unread", "Milo Fernsby")
    assert "Not read" in said
    assert json.dumps(listed)

    read, shown = run(desk, "notice", listed["notice"])
    assert read["state"] == "opened"
    assert "Tom Applegarth: read today" in shown

    done, _said = run(desk, "acknowledge", listed["notice"], "--words", "On my way")
    assert done["state"] == "acknowledged"

    saved, _told = run(desk, "notices", "--csv", str(tmp_path / "n.csv"))
    assert saved["rows"] == 1
    assert "Milo Fernsby" in (tmp_path / "n.csv").read_text(encoding="utf-8-sig")


def test_who_has_been_told_and_who_was_asked_again(desk: Desk, episode: str) -> None:
    """Every reader of one record; asking again does not read it for them."""
    told, _said = run(desk, "notices", "--about", episode)
    others = [one for one in told if not one["mine"]]
    assert {one["to"] for one in others} >= {"MASH", "Out of hours team"}

    asked, said = run(desk, "ask-again", others[0]["notice"])

    assert asked["state"] == "unread"
    assert said == f"Noted that you asked {others[0]['to']} again."
