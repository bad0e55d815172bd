"""Which month an episode is looked for in, and what becomes of a line whose episode was found to be a double."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.due.doubles import same_as
from desktop.flows.police.police_deciding import same_episode
from desktop.flows.police.police_months import police_month
from desktop.flows.police.police_taking_in import take_in_police_list
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock

OCTOBER = date(2026, 10, 1)
ADA: dict[str, JSON] = {"given_name": "Ada", "family_name": "Brook", "date_of_birth": "2012-02-01"}
LINE = "Reference,Name,Born,Reported,Returned\nR1,Ada Brook,2012-02-01,03/10/2026 22:10,04/10/2026 02:30\n"


def away(began: str, ended: str, **known: JSON) -> dict[str, JSON]:
    return {"last_seen_at": began, "found_at": ended, "outcome": "real", **known}


@pytest.fixture
def manager(desk: Desk, clock: Clock, tmp_path: Path) -> Desk:
    clock.at = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    known = Officer(id=OfficerId("nadia"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    file = tmp_path / "police.csv"
    file.write_text(LINE)
    take_in_police_list(desk, file, "2026-10", keep=True)
    return desk


def only_here(desk: Desk) -> set[str]:
    return {one.here.episode_id for one in police_month(desk, OCTOBER).only_here}


def test_an_episode_is_of_the_month_in_which_police_heard_by_englands_clocks(manager: Desk) -> None:
    """Where nobody wrote when they heard, by when the child was last seen."""
    child = editing.new_record(manager, "child", "", ADA)
    times = {
        "last of September": away("2026-09-30T23:50:00+01:00", "2026-10-01T03:00:00+01:00"),
        "first of October, still September by the world's clock": away(
            "2026-09-30T23:10:00+00:00", "2026-10-01T03:00:00+01:00"
        ),
        "heard in November": away(
            "2026-10-31T23:50:00+00:00", "2026-11-01T03:00:00+00:00", reported_at="2026-11-01T00:05:00+00:00"
        ),
        "last of October": away("2026-10-31T23:59:00+00:00", "2026-11-01T03:00:00+00:00"),
    }
    made = {name: editing.new_record(manager, "missing_episode", child, said) for name, said in times.items()}

    found = {name for name, record_id in made.items() if record_id in only_here(manager)}

    assert found == {"first of October, still September by the world's clock", "last of October"}


def test_a_double_of_the_episode_that_a_line_is_leaves_nothing_over(manager: Desk) -> None:
    child = editing.new_record(manager, "child", "", ADA)
    first = editing.new_record(
        manager, "missing_episode", child, away("2026-10-03T20:00:00+01:00", "2026-10-04T02:40:00+01:00")
    )
    second = editing.new_record(
        manager, "missing_episode", child, away("2026-10-03T21:00:00+01:00", "2026-10-04T02:40:00+01:00")
    )
    (entry,) = police_month(manager, OCTOBER).entries
    assert {hint.episode_id for hint in entry.suggestions} == {first, second}
    same_episode(manager, entry.row_id, second)
    assert only_here(manager) == {first}

    same_as(manager, second, first)

    assert only_here(manager) == set()
    assert police_month(manager, OCTOBER).undecided == 0


def test_a_list_has_a_title_of_its_own_by_its_month_and_names_no_child(manager: Desk) -> None:
    """In `records`, `show` and `history`: the council stands where other records have their child."""

    def said(*words: str) -> tuple[Any, str]:
        args = parse_arguments(words)
        return DEEDS[args.verb](args, manager)

    (listed,), lines = said("records", "--form", "police_list")
    assert (listed["title"], listed["child_name"]) == ("Police list of October 2026", "Ashmere Council")
    assert "Police list of October 2026, Ashmere Council" in lines
    assert said("show", listed["record"])[1].startswith("Police list of October 2026, Ashmere Council\n")
    assert said("history", listed["record"])[1].startswith("Police list of October 2026, Ashmere Council")
