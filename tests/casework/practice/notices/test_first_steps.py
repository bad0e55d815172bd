"""While a child is missing: which steps her status asks for, by when each is due, and which comes next."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework.dates_in_words import LONDON
from casework.practice.notices.first_steps import Away, Step, StepKind, StepState, first_steps, next_step
from tests.casework.practice.council import rotherham

BEGAN = datetime(2026, 12, 31, 22, 40, tzinfo=LONDON)
TOLD = {"reported_at": "2026-12-31T22:50:00+00:00", "screening": "worker_alerted"}


def away(care: str = "lac", **answers: object) -> Away:
    return Away(answers, care, BEGAN, known=care != "not_a_client", alert={}, decided=())


def steps(found: Away, hours: float) -> dict[StepKind, Step]:
    return {step.kind: step for step in first_steps(found, BEGAN + timedelta(hours=hours), rotherham())}


@pytest.mark.parametrize(
    ("care", "kinds"),
    [
        ("lac", ["police", "worker", "iro", "need_to_know", "director", "strategy"]),
        ("cpp", ["police", "worker", "cp_chair", "need_to_know", "director", "strategy"]),
        ("cin", ["police", "worker", "strategy"]),
        ("not_a_client", ["police", "mash", "strategy"]),
    ],
)
def test_the_status_says_who_is_told(care: str, kinds: list[str]) -> None:
    assert list(steps(away(care), 0.5)) == kinds


def test_what_is_due_comes_before_what_waits_for_its_hour() -> None:
    """At half an hour people are to be told; the night and the day are still ahead."""
    found = steps(away(), 0.5)

    assert [step.state for step in found.values()] == ["due", "due", "due", "ahead", "ahead", "ahead"]
    assert found[StepKind.NEED_TO_KNOW].due == datetime(2027, 1, 1, 5, tzinfo=LONDON), "over the year’s end"
    assert found[StepKind.STRATEGY].due == datetime(2027, 1, 1, 22, 40, tzinfo=LONDON)
    assert next_step(tuple(found.values())) == found[StepKind.POLICE]


def test_sent_and_not_read_is_not_done() -> None:
    """F10: told is a typed time; read is another."""
    told = steps(away(**TOLD, told_iro="2026-12-31T23:05:00+00:00"), 1)[StepKind.IRO]
    read = away(**TOLD, told_iro="2026-12-31T23:05:00+00:00", told_iro_read="2026-12-31T23:20:00+00:00")

    assert told.state is StepState.UNREAD
    assert steps(read, 1)[StepKind.IRO].state is StepState.DONE


def test_the_director_has_read_it_only_when_the_row_says_so() -> None:
    row = {"who": "dcs", "name": "H Quayle", "at": "2027-01-01T05:20:00+00:00"}
    sent = Away(TOLD, "lac", BEGAN, known=True, alert={"sent_to": [row]}, decided=())
    read = Away(TOLD, "lac", BEGAN, known=True, alert={"sent_to": [{**row, "read_at": row["at"]}]}, decided=())

    assert steps(sent, 7)[StepKind.NEED_TO_KNOW].state is StepState.DONE
    assert steps(sent, 7)[StepKind.DIRECTOR].state is StepState.UNREAD
    assert steps(read, 7)[StepKind.DIRECTOR].state is StepState.DONE


@pytest.mark.parametrize("days", [2, 31, 400])
def test_what_was_never_done_stays_late(days: int) -> None:
    found = steps(away(**TOLD, told_iro="2026-12-31T23:05:00+00:00"), days * 24)

    assert found[StepKind.STRATEGY].state is StepState.LATE
    assert next_step(tuple(found.values())) == found[StepKind.NEED_TO_KNOW], "what was due first"


def test_nothing_is_concluded_from_records_that_are_not_held() -> None:
    found = steps(Away(TOLD, "lac", BEGAN, known=True, alert=None, decided=None), 48)

    assert {found[kind].state for kind in (StepKind.NEED_TO_KNOW, StepKind.STRATEGY)} == {StepState.NOT_HELD}
    assert StepKind.DIRECTOR not in found


def test_a_beginning_that_nobody_knows_still_asks_for_every_step() -> None:
    found = first_steps(Away({}, "lac", None, known=True, alert={}, decided=()), BEGAN, rotherham())

    assert {step.state for step in found} == {StepState.DUE}
