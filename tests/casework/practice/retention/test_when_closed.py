"""A record is closed by what it says itself; while it goes on, or two texts stand undecided, its years do not run."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId, OperationId, RecordId
from casework.practice.retention.when_closed import is_closed
from casework.records import RecordView, field_path
from casework.records.content import Standing


def view(
    form_id: str, answers: dict[str, JSON], *, conflicts: tuple[str, ...] = (), discarded: bool = False
) -> RecordView:
    values = {field_path(name): (standing(value),) for name, value in answers.items()}
    return RecordView(RecordId("r"), form_id, values=values, conflicts=conflicts, discarded=discarded)


def standing(value: JSON) -> Standing:
    return Standing(OperationId("op-1"), value, OfficerId("ann"), "2026-01-01T10:00:00+00:00", "1")


@pytest.mark.parametrize(
    ("form", "answers", "closed"),
    [
        ("missing_episode", {"last_seen_at": "2026-01-01"}, False),
        ("missing_episode", {"found_at": "2026-01-02"}, True),
        ("missing_episode", {"outcome": "entered_in_error"}, True),
        ("return_home_interview", {}, False),
        ("return_home_interview", {"offer_decision": "no"}, True),
        ("ehe_case", {"stage": "enquiry"}, False),
        ("action", {"status": "done"}, True),
        ("note", {}, True),
        ("child", {}, True),
    ],
)
def test_by_what_it_says(form: str, answers: dict[str, JSON], closed: bool) -> None:
    assert is_closed(view(form, answers)) is closed


def test_never_while_two_texts_stand_and_always_once_it_was_taken_away() -> None:
    assert not is_closed(view("missing_episode", {"found_at": "2026-01-02"}, conflicts=("f/found_at",)))
    assert is_closed(view("missing_episode", {"last_seen_at": "2026-01-01"}, discarded=True))
