"""Who has read a notice is told by the roles that the council means, which need not be the usual ones."""

from __future__ import annotations

import pytest

from casework.practice.lives.states import Answers
from casework.practice.notices.addressees import USUAL, Addressees
from casework.practice.notices.first_steps import StepKind
from casework.practice.notices.heard import heard_by
from casework.practice.roles import Role

OURS = Addressees({**USUAL.who, "director": (Role.MISSING_MANAGER,), "iro": (), "cp_chair": (Role.IRO,)}, USUAL.hours)


def notice(kind: str, role: Role, sent: int, *opened: int) -> Answers:
    receipts = [{"opened_at": f"2026-03-25T{hour:02}:00:00+00:00"} for hour in opened]
    sent_at = f"2026-03-25T{sent:02}:00:00+00:00"
    return {"kind": kind, "about": "a1", "to_role": str(role), "sent_at": sent_at, "receipts": receipts}


@pytest.mark.parametrize(
    ("kind", "role", "whom", "step"),
    [
        ("need_to_know", Role.SENIOR_MANAGER, USUAL, StepKind.DIRECTOR),
        ("need_to_know", Role.SENIOR_MANAGER, OURS, None),
        ("need_to_know", Role.MISSING_MANAGER, OURS, StepKind.DIRECTOR),
        ("episode_begun", Role.IRO, USUAL, StepKind.IRO),
        ("episode_begun", Role.IRO, OURS, StepKind.CP_CHAIR),
    ],
)
def test_the_director_and_the_chair_are_whom_the_council_means(
    kind: str, role: Role, whom: Addressees, step: StepKind | None
) -> None:
    found = heard_by([notice(kind, role, 7)], "a1", whom=whom)

    assert (step in found) if step else not found
    assert StepKind.IRO not in found or step is StepKind.IRO


def test_of_several_the_first_that_was_sent_and_the_first_who_read_count() -> None:
    sent = [notice("need_to_know", Role.SENIOR_MANAGER, *hours) for hours in ((9,), (7, 12), (8, 10, 11))]

    heard = heard_by(sent, "a1", whom=USUAL)[StepKind.DIRECTOR]
    assert (heard.sent.hour if heard.sent else 0, heard.read.hour if heard.read else 0) == (7, 10)
    assert not heard_by(sent, "another", whom=USUAL)
