"""The manager's list: each of Ofsted's gaps stands in it, through the verb that shows it, and leaves when settled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import NotThisRole
from casework.identifiers import OfficerId
from casework.practice.manager_check import Verdict
from desktop.cli import parse_arguments
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.checking import give_check
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock

BACK: dict[str, JSON] = {
    "last_seen_at": "2026-03-10T20:00:00+00:00",
    "found_at": "2026-03-11T09:00:00+00:00",
    "outcome": "real",
    "care_status": "lac",
}


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(("exceptions", *words))
    return DEEDS["exceptions"](args, desk)


def lists(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in run(desk)[0]:
        found.setdefault(row["list"], []).append(row)
    return found


def becomes(desk: Desk, role: str, name: str = "Tom Applegarth") -> None:
    officer = Officer(id=OfficerId(name.casefold().split()[0]), name=name, role=role, council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()


@pytest.fixture
def child(desk: Desk) -> str:
    facts: dict[str, JSON] = {"given_name": "Wren", "family_name": "Hollowby", "allocated_worker": "Imogen Sallow"}
    return editing.new_record(desk, "child", "", facts)


def test_an_interview_is_late_while_open_and_stays_when_it_was_held_late(desk: Desk, child: str, clock: Clock) -> None:
    """F4: with its offers and the reason that is on record, or that none is."""
    episode = editing.new_record(desk, "missing_episode", child, BACK)
    becomes(desk, "missing_manager")
    (late,) = lists(desk)["late"]
    assert (late["what"], late["due"], late["offers"], late["reason"]) == (
        "Open", "2026-03-16", "No offer", "Reason not recorded",
    )  # fmt: skip
    assert late["late_days"] == 9
    assert [row["record"] for row in lists(desk)["no_offer"]] == [episode]

    said: dict[str, JSON] = {"episode_id": episode, "started_at": "2026-03-18T15:00:00+00:00"}
    said |= {"offers": [{"at": "2026-03-12T10:00:00+00:00", "reply": "accepted"}], "offer_decision": "yes"}
    interview = editing.new_record(desk, "return_home_interview", child, {**said, "late_why": "In hospital"})
    signing.lock_record(desk, interview, name="Tom", ink=None)

    (held,) = lists(desk)["late"]
    assert (held["what"], held["late_days"], held["open"]) == ("Held 18 March 2026", 2, False)
    assert (held["offers"], held["reason"], held["record"]) == ("1 offer, next day", "In hospital", interview)
    assert "no_offer" not in lists(desk)


def test_what_nobody_was_told_sent_or_decided_stands_there(desk: Desk, child: str) -> None:
    """F1, F9, F10, F14: and the appointment that says “what” is no action."""
    told: dict[str, JSON] = {**BACK, "la_told_found_at": "2026-03-14T09:00:00+00:00"}
    editing.new_record(desk, "missing_episode", child, told)
    over = editing.new_record(desk, "action", child, {"what": "Ring", "who": "Sam", "by_when": "2026-03-20"})
    editing.new_record(desk, "action", child, {"what": "See her", "by_when": "2026-04-20"})
    editing.new_record(desk, "appointment", child, {"what": "Visit", "at": "2026-03-01T10:00:00+00:00"})
    referral: dict[str, JSON] = {"to": "mash", "sent_at": "2026-03-20T10:00:00+00:00"}
    editing.new_record(desk, "mash_referral", child, referral)
    becomes(desk, "missing_manager")

    found = lists(desk)

    assert found["prevention"][0]["what"] == "Back 11 March 2026, no result from police"
    assert found["told_late"][0]["what"] == "Back 11 March 2026, we were told 72 hours later"
    assert found["chair_untold"][0]["what"] == "Missing from Tue 10 March: not told"
    assert [(row["record"], row["late_days"], row["worker"]) for row in found["action_over"]] == [(over, 7, "Sam")]
    assert [row["what"] for row in found["action_unowned"]] == ["See her"]
    assert found["referral"][0]["what"].startswith("Referral not acknowledged")
    assert found["no_plan"][0]["child_name"].startswith("Wren Hollowby")


def test_a_check_a_double_and_a_notice_wait_until_somebody_acts(desk: Desk, child: str, clock: Clock) -> None:
    """Each leaves when it is settled, and not by growing old."""
    plan = editing.new_record(desk, "find_me_plan", child, {"missing_when": "After nine."})
    signing.lock_record(desk, plan, name="Nadia", ink=None)
    away: dict[str, JSON] = {"last_seen_at": "2026-03-27T11:00:00+00:00", "police_ref": "AP-1", "care_status": "lac"}
    for _ in range(2):
        editing.new_record(desk, "missing_episode", child, away)
    becomes(desk, "missing_manager")
    clock.passes(hours=24 * 400)

    found = lists(desk)

    assert [row["record"] for row in found["check"]] == [plan]
    assert len(found["double"]) == 1
    unread = [row for row in found["notice"] if "Missing team manager" in row["what"]]
    assert unread, "a manager who reads nothing stands in the list too"
    give_check(desk, plan, Verdict.APPROVED, words="", name="Tom", passphrase=PASSPHRASE)
    for row in unread:
        inbox.acknowledge(desk, row["record"])
    found = lists(desk)
    assert "check" not in found
    assert not [row for row in found["notice"] if "Missing team manager" in row["what"]]


def test_it_is_sorted_filtered_and_saved(desk: Desk, child: str, tmp_path: Path) -> None:
    """By worker, by words, one list; the load of each worker counts what stands against them."""
    for who in ("Sam", "Ida", "Sam"):
        editing.new_record(desk, "action", child, {"what": f"Ring {who}", "who": who, "by_when": "2026-03-20"})
    becomes(desk, "missing_manager")

    assert [row["worker"] for row in run(desk, "--list", "action_over", "--sort", "worker")[0]] == ["Ida", "Sam", "Sam"]
    assert len(run(desk, "--list", "action_over", "--of", "Sam")[0]) == 2
    assert len(run(desk, "--list", "action_over", "--words", "ring ida")[0]) == 1
    load = {row["worker"]: row["what"] for row in run(desk, "--list", "load")[0]}
    assert load["Sam"] == "actions 2"
    saved, _said = run(desk, "--list", "action_over", "--csv", str(tmp_path / "t.csv"))
    assert saved["rows"] == 3
    assert "Actions overdue, 3" in run(desk)[1]


def test_an_action_is_taken_to_supervision(desk: Desk, child: str) -> None:
    """F9: and the list says since when."""
    over = editing.new_record(desk, "action", child, {"what": "Ring", "who": "Sam", "by_when": "2026-03-20"})
    becomes(desk, "missing_manager")
    args = parse_arguments(("to-supervision", over))

    DEEDS["to-supervision"](args, desk)

    assert lists(desk)["action_over"][0]["reason"] == "Taken to supervision Fri 27 March"


def test_it_is_the_managers(desk: Desk) -> None:
    """Neither an advocate's nor a senior manager's, who holds no episodes to make it from."""
    for role in ("missing_advocate", "senior_manager", "mash"):
        becomes(desk, role)
        with pytest.raises(NotThisRole, match="manager"):
            run(desk)


def test_the_rates_of_offers_and_of_independence_stand_under_the_list(desk: Desk, child: str) -> None:
    """F5, F6: by a child's first and second episode."""
    days = ("2026-03-01", "2026-03-05")
    episodes = [
        editing.new_record(
            desk,
            "missing_episode",
            child,
            {**BACK, "last_seen_at": f"{day}T20:00:00+00:00", "found_at": f"{day}T23:00:00+00:00"},
        )
        for day in days
    ]
    said: dict[str, JSON] = {"episode_id": episodes[0], "offer_decision": "yes", "independent": True}
    editing.new_record(desk, "return_home_interview", child, said)
    becomes(desk, "missing_manager")

    assert "Offered: first 1 of 1, second 0 of 1. Independent: 1 of 1" in run(desk)[1]
