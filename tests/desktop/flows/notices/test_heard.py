"""Who has read a notice is told by the roles that the council means, which need not be the usual ones."""

from __future__ import annotations

import pytest

from casework.practice.notices.addressees import USUAL, Addressees
from casework.practice.notices.first_steps import StepKind
from casework.practice.notices.notice_table import NOTICE, NoticeKind
from casework.practice.roles import Role
from desktop.flows.desk import Desk
from desktop.flows.notices.heard import heard_by
from desktop.flows.record import editing
from desktop.flows.record.making_notices import tell_role
from desktop.store.vault import Summary

OURS = Addressees({**USUAL.who, "director": (Role.MISSING_MANAGER,), "iro": (), "cp_chair": (Role.IRO,)}, USUAL.hours)


@pytest.fixture
def sent(desk: Desk) -> list[Summary]:
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    episode = editing.new_record(desk, "missing_episode", child, {"last_seen_at": "2026-03-24T22:20:00+00:00"})
    for role in (Role.MISSING_MANAGER, Role.SENIOR_MANAGER):
        alert = editing.new_record(desk, "need_to_know", child)
        tell_role(desk, alert, NoticeKind.NEED_TO_KNOW, role)
    tell_role(desk, episode, NoticeKind.EPISODE_BEGUN, Role.IRO)
    return desk.vault.summaries(form_id=NOTICE, child_id=child)


def heard(sent: list[Summary], role: Role, whom: Addressees) -> set[StepKind]:
    one = [notice for notice in sent if notice.answers.get("to_role") == role]
    about = [str(notice.answers["about"]) for notice in one]
    return set(heard_by(one, *about, whom=whom))


def test_the_director_is_whom_the_council_means(sent: list[Summary]) -> None:
    assert heard(sent, Role.SENIOR_MANAGER, USUAL) == {StepKind.DIRECTOR}
    assert heard(sent, Role.SENIOR_MANAGER, OURS) == set()
    assert heard(sent, Role.MISSING_MANAGER, OURS) == {StepKind.DIRECTOR}


def test_a_chair_is_not_a_reviewing_officer_unless_the_council_says_so(sent: list[Summary]) -> None:
    assert heard(sent, Role.IRO, USUAL) == {StepKind.IRO, StepKind.CP_CHAIR}
    assert heard(sent, Role.IRO, OURS) == {StepKind.CP_CHAIR}
