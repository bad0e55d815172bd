"""Danger is said on every list there is until somebody who was told is written down, for every role that holds it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.practice.roles import Role
from desktop.cli import parse_arguments
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.due.due_list import due_list
from desktop.flows.due.interviews.danger_untold import DANGER, danger_untold
from desktop.flows.due.missing_matters import matters
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import may_see_team, team
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock
from tests.desktop.flows.due.test_missing_matters import child, three_times
from tests.desktop.flows.due.test_missing_now import become

FORMS = ("return_home_interview", "safe_well_visit")
TOLD = [{"id": "r1", "to": "mash", "at": "2026-03-27T21:05:00+00:00"}]


def written(desk: Desk, form_id: str, said: str = "yes") -> tuple[str, str]:
    who = child(desk)
    return who, editing.new_record(desk, form_id, who, {"immediate_danger": said})


@pytest.mark.parametrize("form_id", FORMS)
def test_an_unfinished_record_says_it_until_somebody_was_told(desk: Desk, form_id: str) -> None:
    """D14: a worker who closed the laptop at nine in the evening found nothing of it on Today."""
    who, record = written(desk, form_id)
    three_times(desk, who)  # a meeting that has been wanted for longer stands below it
    first, *others = matters(case_file(desk, who))

    assert (first.kind, first.title, first.record_id) == (DANGER, "In danger: nobody is recorded as told", record)
    assert others
    assert DANGER in {one.kind for one in today(desk).matters}
    assert DANGER in {one.kind for one in (*due_list(desk).overdue, *due_list(desk).coming)}

    editing.answer(desk, record, {"escalations": [{"id": "r1", "at": "2026-03-27T21:05:00+00:00"}]})
    assert DANGER in {one.kind for one in today(desk).matters}, "a line in which nobody is named tells nobody"

    editing.answer(desk, record, {"escalations": TOLD})
    assert DANGER not in {one.kind for one in today(desk).matters}


@pytest.mark.parametrize(("said", "title"), [("unsure", "May be in danger: nobody is recorded as told"), ("no", "")])
def test_who_is_not_sure_is_told_too(desk: Desk, said: str, title: str) -> None:
    who, _record = written(desk, FORMS[0], said)
    assert [one.title for one in danger_untold(case_file(desk, who))] == ([title] if title else [])


@pytest.mark.parametrize("form_id", FORMS)
def test_it_opens_where_who_was_told_is_asked(desk: Desk, form_id: str) -> None:
    """In every version that a record may be of."""
    who, _record = written(desk, form_id)
    (found,) = danger_untold(case_file(desk, who))
    for version in desk.catalogue.versions(form_id):
        assert desk.catalogue.form(form_id, version).section_of["escalations"].id == found.part


def test_it_waits_and_never_goes_by_itself(desk: Desk, clock: Clock) -> None:
    who, record = written(desk, FORMS[0])
    editing.answer(desk, record, {"started_at": "2026-03-27T13:00:00+00:00"})
    clock.passes(days=400)
    (found,) = danger_untold(case_file(desk, who))

    assert (found.due, found.waited) == (date(2026, 3, 27), "Waiting 400 days")
    assert found in today(desk).matters


@pytest.mark.parametrize("role", [one for one in Role if may_see_team(one)])
def test_a_manager_of_either_half_has_it_in_the_team_list(desk: Desk, role: Role) -> None:
    become(desk, "missing_advocate")
    for form_id in FORMS:
        written(desk, form_id)
    become(desk, role)

    assert team(desk).count(Gap.DANGER) == len(FORMS)
    kinds = [one.kind for one in (*due_list(desk).overdue, *due_list(desk).coming)]
    assert kinds.count(DANGER) == len(FORMS)


@pytest.mark.parametrize(("form_id", "strand"), [(FORMS[0], "missing"), (FORMS[1], "education")])
def test_the_list_of_what_is_due_says_the_strand_of_the_record(desk: Desk, form_id: str, strand: str) -> None:
    """`homeward due` said missing of a child whom nobody missed."""
    _who, record = written(desk, form_id)
    args = parse_arguments(["due", "--until", "2026-04-30"])
    said: Any = DEEDS[args.verb](args, desk)[0]

    listed = [one for one in (*said["overdue"], *said["coming"]) if one["kind"] == DANGER]
    assert [(one["record"], one["strand"]) for one in listed] == [(record, strand)]
