"""Missing now in the window: first on Today, in the child's header and in Children, and its one filled button."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from casework.canonical import JSON
from desktop.flows.record import editing
from desktop.store.database.remembered import LAST_HEARD
from desktop.ui.kit.basics.clocks import DayBoxes
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.test_access import cut_in

AWAY: dict[str, JSON] = {
    "last_seen_at": "2026-03-26T11:25:00+00:00",
    "reported_at": "2026-03-26T11:52:00+00:00",
    "last_seen_where": "School gate, Brackenford Academy",
    "last_seen_by": "Mrs Tolliver",
    "police_ref": "AP-26-118204",
    "police_risk": "high",
    "screening": "worker_alerted",
    "care_status": "lac",
    "outcome": "real",
}
FACTS: dict[str, JSON] = {
    "given_name": "Milo",
    "family_name": "Fernsby",
    "date_of_birth": "2010-06-09",
    "cse_level": "medium",
    "cce_level": "low",
    "allocated_worker": "Imogen Sallow",
}


@pytest.fixture
def away(driven: Driven) -> str:
    desk = driven.shell.desk
    child = editing.new_record(desk, "child", "", FACTS)
    editing.new_record(desk, "missing_episode", child, AWAY)
    driven.go("today")
    return child


def words_of(widget: QWidget) -> str:
    return "\n".join(found.text() for found in widget.findChildren(QLabel) if found.isVisible())


def picture(driven: Driven, name: str) -> None:
    """Left for whoever looks, when asked for."""
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))


def test_who_is_missing_comes_first_with_the_step_that_is_late(driven: Driven, away: str) -> None:
    """Longer than a day, looked after: the reviewing officer was never told, and it says so before anything else."""
    act = driven.find(f"today/missing/step/{away}")
    shown = words_of(driven.find("today"))
    picture(driven, "today")

    assert "27 h 7 min" in shown
    assert "Since Thu 26 March, 11:25" in shown
    assert "School gate, Brackenford Academy, by Mrs Tolliver" in shown
    assert "High risk, reference AP-26-118204" in shown
    assert "Sexual (CSE): Medium. Criminal (CCE): Low" in shown
    assert "Imogen Sallow" in shown
    assert shown.index("Missing now") < shown.index("Return home interviews due")
    assert isinstance(act, QAbstractButton)
    assert driven.window.focusWidget() is act, "the most pressing step is where the keyboard is"
    driven.click(f"today/missing/step/{away}")
    assert driven.shows("form")


def test_the_child_says_so_before_all_else_and_children_lists_her_first(driven: Driven, away: str) -> None:
    driven.go("child", away)
    header = driven.find("header/subtitle")
    picture(driven, "child")
    assert isinstance(header, QLabel)
    assert header.text().startswith("Missing 27 h 7 min, since Thu 26 March, 11:25. Police: high risk")

    driven.go("children")
    names = [b.objectName() for b in driven.find("children").findChildren(QAbstractButton)]
    assert names[0] == f"children/{away}"
    assert "Missing 27 h 7 min" in driven.find(f"children/{away}").accessibleName()
    picture(driven, "children")


def test_when_she_is_found_she_leaves_the_list(driven: Driven, away: str) -> None:
    desk = driven.shell.desk
    (episode,) = desk.vault.summaries(form_id="missing_episode", child_id=away)
    editing.answer(desk, episode.record_id, {"found_at": "2026-03-27T14:00:00+00:00"})
    driven.go("today")

    assert not driven.shows(f"today/missing/step/{away}")
    assert "No child on this laptop is recorded as missing." in words_of(driven.find("today"))


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_step_has_its_room(driven: Driven, away: str, percent: int) -> None:
    assert away
    driven.window.resize(1280, 720)
    driven.look("dark" if percent == 150 else "light", percent)
    picture(driven, f"today-{percent}")

    assert list(cut_in(driven.window)) == []


def test_after_three_weeks_without_the_council_today_says_so_first(driven: Driven, away: str) -> None:
    """A child who came home on another laptop is missing still on this one: no stale list looks current."""
    driven.shell.desk.vault.settings.put(LAST_HEARD, "2026-03-27T14:00:00+00:00")
    driven.clock.at += timedelta(days=20)
    driven.go("help")
    driven.go("today")
    header = driven.find("header/subtitle")
    assert isinstance(header, QLabel)

    assert header.text() == "Thursday 16 April 2026. Council last heard from: 27 March 2026, 14:00."


def test_a_day_that_is_over_has_its_box_too(driven: Driven) -> None:
    """Three working days and the one that it is over by are four boxes; the fourth was cut in two."""
    driven.clock.at += timedelta(days=20)
    driven.go("help")
    driven.go("today")
    boxes = [found for found in driven.window.findChildren(DayBoxes) if found.isVisible()]

    assert [len(found.boxes()) for found in boxes] == [4]
    assert all(found.boxes()[-1].right() <= found.width() for found in boxes)
    assert all(found.geometry().right() <= found.parentWidget().width() for found in boxes)


def test_what_is_overdue_stands_apart_from_what_is_coming(driven: Driven) -> None:
    desk, who = driven.shell.desk, driven.planted.child_id
    editing.new_record(desk, "mash_referral", who, {"sent_at": "2026-03-24T10:00:00+00:00"})
    driven.go("today")
    shown = words_of(driven.find("today"))
    picture(driven, "overdue")

    assert shown.index("Overdue") < shown.index("Referral not acknowledged") < shown.index("Coming up")
    assert shown.index("Coming up") < shown.index("Find Me Plan: to be made")
    assert "Waiting 2 days" in shown
