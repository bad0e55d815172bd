"""Harbouring notices by the command line: which stand, which are about to end, and to whom not a word is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError, NotThisRole
from desktop.cli import parse_arguments
from desktop.flows.child.child_page import child_page
from desktop.flows.desk import Desk
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused
from desktop.flows.signing.copy_log import copies_of
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify
from tests.desktop.flows.due.test_missing_now import become

ADULT, ADDRESS = "Marlon Pryce", "14 Mill Lane"
NOTICE: dict[str, JSON] = {
    "given_to": ADULT, "address": ADDRESS, "relation": "older_friend",
    "issued_on": "2026-03-02", "stands_until": "2026-04-20",
}  # fmt: skip
AWAY: dict[str, JSON] = {"last_seen_at": "2026-03-27T11:25:00+00:00", "reported_at": "2026-03-27T11:52:00+00:00"}


def says(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


@pytest.fixture
def child(desk: Desk) -> str:
    become(desk, "missing_manager")
    return editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})


@pytest.fixture
def notice(desk: Desk, child: str) -> str:
    return editing.new_record(desk, "harbouring_notice", child, NOTICE)


def titles(desk: Desk) -> list[str]:
    return [matter.title for matter in today(desk).matters if matter.kind == "harbouring"]


def test_it_is_listed_stands_on_the_day_and_waits_until_somebody_decides(desk: Desk, clock: Clock, notice: str) -> None:
    """Two weeks ahead, on the day, and still 400 days later; a renewal moves its end, and only a reason ends it."""
    assert "Standing, 1" in says(desk, "harbouring")[1]
    assert says(desk, "harbouring", "--ending-in", "14")[0] == []
    assert titles(desk) == []
    clock.at += timedelta(days=10)
    assert titles(desk) == [f"Harbouring notice against {ADULT}"]
    assert [row.gap for row in team(desk).rows if row.record_id == notice] == [Gap.HARBOURING]
    editing.answer(desk, notice, {"renewals": [{"on": "2026-04-06", "until": "2026-05-31", "why": "Seen there"}]})
    assert titles(desk) == []
    clock.at += timedelta(days=400)
    (late,) = [matter for matter in today(desk).matters if matter.kind == "harbouring"]
    assert late.line == "Ended 345 days ago: renew it, or say how it ended"
    assert (says(desk, "harbouring")[0][0]["stands"], late.waited) == (False, "Waiting 345 days")

    with pytest.raises(LifeRefused, match="Write why it ended; it is kept"):
        editing.answer(desk, notice, {"ended_how": "ran_out"})
    ended: dict[str, JSON] = {"ended_how": "ran_out", "ended_on": "2026-05-31", "ended_by": "Tom Applegarth"}
    editing.answer(desk, notice, {**ended, "ended_why": "She has not gone back."})
    assert titles(desk) == []
    assert "Ran out 31 May 2026" in says(desk, "harbouring")[1]


def test_missing_now_the_page_and_the_card_for_police_say_that_it_stands(
    desk: Desk, child: str, notice: str, tmp_path: Path
) -> None:
    """And the card for whoever else looks, a carer or a parent, says nothing of it."""
    certify(desk)
    editing.new_record(desk, "missing_episode", child, AWAY)
    said = f"Stands against {ADULT}, {ADDRESS}, until 20 April 2026"

    assert f"Harbouring notice: {said}" in says(desk, "missing-now")[1]
    assert [one.record_id for one in child_page(desk, child).notices] == [notice]
    assert says(desk, "find-me", child)[0]["harbouring_notices"] == [said]
    says(desk, "find-me", child, "--pdf", str(tmp_path / "card.pdf"), "--given-to", "Foster carer")
    says(desk, "find-me", child, "--pdf", str(tmp_path / "police.pdf"), "--for-police")
    card, police = ((" ".join(text_of(tmp_path / name).split())) for name in ("card.pdf", "police.pdf"))
    assert ADULT not in card
    assert ADDRESS not in card
    assert said in police
    assert "Give it to no parent, carer or child" in police
    assert {(one.copy, one.to_whom) for one in copies_of(desk, child)} == {
        ("find_me_card", "Foster carer"),
        ("find_me_card_police", "Police"),
    }


def test_the_night_and_the_coordinator_hold_them_and_the_others_are_refused_with_the_true_reason(
    desk: Desk, notice: str
) -> None:
    for role in ("out_of_hours", "missing_coordinator", "allocated_worker"):
        become(desk, role)
        assert [one["notice"] for one in says(desk, "harbouring")[0]] == [notice]
    for role in ("ehe_officer", "cme_officer", "early_help", "mash", "iro", "senior_manager"):
        become(desk, role)
        with pytest.raises(NotThisRole, match="does not hold harbouring notices"):
            says(desk, "harbouring")


def test_days_that_are_none_and_a_table(desk: Desk, notice: str) -> None:
    with pytest.raises(AnswerError, match="a number from 0"):
        says(desk, "harbouring", "--ending-in", "-1")

    head, line = says(desk, "harbouring", "--csv", "-")[1].splitlines()
    assert head.startswith("Child,Given to,")
    assert f"Wren Hollowby,{ADULT},Older friend,{ADDRESS},2026-03-02,2026-04-20,Ends Mon 20 April" in line
    assert "None ends within 3 days" in says(desk, "harbouring", "--ending-in", "3")[1]


def test_it_is_renewed_and_ended_by_the_line_of_the_list(desk: Desk, clock: Clock, notice: str) -> None:
    with pytest.raises(AnswerError, match="a day after 20 April 2026"):
        says(desk, "renew-harbouring", notice, "--until", "2026-04-20")
    assert says(desk, "renew-harbouring", notice, "--until", "2026-07-20", "--why", "He still calls")[1] == (
        "The notice stands until 20 July 2026."
    )
    assert says(desk, "harbouring")[0][0]["until"] == "2026-07-20"
    clock.at += timedelta(days=150)
    assert titles(desk) == [f"Harbouring notice against {ADULT}"]
    with pytest.raises(AnswerError, match="still to come"):
        says(desk, "renew-harbouring", notice, "--until", "2026-08-01")
    with pytest.raises(AnswerError, match="why, and who decided"):
        says(desk, "end-harbouring", notice, "--how", "ran_out", "--why", " ", "--by", "PC Anand")
    said = says(desk, "end-harbouring", notice, "--how", "ran_out", "--why", "She is home", "--by", "PC Anand")[1]
    assert said == "The notice ended on 24 August 2026."
    assert titles(desk) == []
    with pytest.raises(AnswerError, match="has ended"):
        says(desk, "renew-harbouring", notice, "--until", "2026-12-01")
    become(desk, "iro")
    with pytest.raises(NotThisRole):
        says(desk, "end-harbouring", notice, "--how", "withdrawn", "--why", "x", "--by", "y")
