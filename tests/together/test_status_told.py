"""Who holds a child's episode and not what was done about it is told how that stands, as the manager's laptop has it:
times and states, each field to the roles it is granted to, and not a word more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product, starmap
from typing import Any

import pytest

from casework.canonical import JSON
from casework.practice.lives.told_table import GRANTED, STANDS_FOR, ToldFact, told_to
from casework.practice.manager_check import CheckState, Verdict
from casework.practice.roles import MISSING, REACHES, Role
from casework.wire.status_messages import EpisodeTold, PlanTold
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import missing_now
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.checking import checking, give_check
from desktop.store.database.remembered import TOLD
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council
from tests.together.laptops import PASSPHRASE, Laptop
from tests.together.test_interviews_told import offer
from tests.together.test_notices import Join, join, officer_of

__all__ = ["join"]
LONG, SHORT = "2026-03-25T20:00:00+00:00", "2026-03-27T09:00:00+00:00"
SECRET = "A SECRET of hers"


def child_away(desk: Desk, name: str, since: str, **known: JSON) -> tuple[str, str]:
    facts: dict[str, JSON] = {"given_name": name, "care_status": "lac", "allocated_worker": "Imogen Sallow"}
    child = editing.new_record(desk, "child", "", facts)
    episode: dict[str, JSON] = {"last_seen_at": since, "reported_at": since, "care_status": "lac", **known}
    return child, editing.new_record(desk, "missing_episode", child, episode)


def alert_sent(desk: Desk, child: str, episode: str) -> None:
    sent: list[JSON] = [{"who": "head_of_service", "name": SECRET, "at": "2026-03-26T07:00:00+00:00"}]
    known: dict[str, JSON] = {"episode_id": episode, "care_status": "lac", "triggered_at": "2026-03-26T06:00:00+00:00"}
    alert = editing.new_record(desk, "need_to_know", child, known)
    director: JSON = {"who": "dcs", "name": SECRET, "at": "2026-03-26T07:10:00+00:00"}
    editing.answer(desk, alert, {"sent_to": [*sent, director]})


@pytest.fixture
def whole(join: Join) -> tuple[Laptop, Desk, dict[str, str]]:
    """Everything done about Ada, a part about Bo and nothing about Cy; Di is back, and her interview waits for its
    check. With the children's ids."""
    worker, ann = join(Role.MISSING_ADVOCATE)
    ada, episode = child_away(ann, "Ada", LONG, told_iro="2026-03-25T21:00:00+00:00")
    steps_of: list[JSON] = [{"after": "At once", "what": SECRET, "who": "Sam Tindle"}]
    plan = editing.new_record(ann, "find_me_plan", ada, {"missing_when": SECRET, "steps": steps_of})
    di, back = child_away(ann, "Di", LONG, found_at="2026-03-26T09:00:00+00:00")
    held: dict[str, JSON] = {"episode_id": back, "interviewer_type": "commissioned_agency", "before": SECRET}
    times: dict[str, JSON] = {**offer("accepted"), "started_at": "2026-03-27T08:00:00+00:00"}
    talk = editing.new_record(ann, "return_home_interview", di, {**held, **times})
    for record in (plan, talk):
        signing.lock_record(ann, record, name="Ann", ink=None)
    worker.synced()

    holder, manager = join(Role.MISSING_MANAGER)
    holder.synced()
    alert_sent(manager, ada, episode)
    meeting: dict[str, JSON] = {"episodes": [{"episode_id": episode}], "held": True, "decision": SECRET}
    editing.new_record(manager, "strategy_meeting", ada, {**meeting, "held_at": "2026-03-26T15:00:00+00:00"})
    bo, second = child_away(manager, "Bo", LONG)
    editing.new_record(manager, "need_to_know", bo, {"episode_id": second})
    editing.new_record(manager, "find_me_plan", bo, {"names": SECRET})
    cy, third = child_away(manager, "Cy", SHORT)
    by_day: dict[str, JSON] = {"held": False, "not_held_on": "2026-03-27", "not_held_why": SECRET}
    links: JSON = [{"episode_id": third}]
    editing.new_record(manager, "strategy_meeting", cy, {"episodes": links, **by_day, "not_held_manager": "Tom"})
    holder.synced()
    return holder, manager, {"Ada": ada, "Bo": bo, "Cy": cy, "Di": di}


def told(desk: Desk) -> dict[str, dict[str, str]]:
    """By child, as `homeward told` says it."""
    values, _said = DEEDS["told"](parse_arguments(["told", "--json"]), desk)
    found: Any = values
    return {one["name"]: {line["what"]: line["stands"] for line in one["told"]} for one in found}


def joined(council: Council, join: Join, role: Role, children: dict[str, str]) -> tuple[Laptop, Desk]:
    laptop, desk = join(role)
    for child in children.values():
        council.allocate(officer_of(role), child)
    laptop.synced()
    laptop.synced()
    return laptop, desk


def steps(desk: Desk) -> Iterator[tuple[str, str, str, str]]:
    for one in missing_now(desk):
        for step in one.steps:
            yield one.child.name, str(step.kind), str(step.state), step.line
        yield one.child.name, "plan", "", dict(one.lines)["Plan"]


SAYS: dict[ToldFact, Callable[[EpisodeTold, PlanTold], bool]] = {
    ToldFact.STRATEGY: lambda episode, _plan: episode.strategy is not None,
    ToldFact.ALERT: lambda episode, _plan: episode.alert is not None,
    ToldFact.INTERVIEW_CHECK: lambda episode, _plan: episode.interview_check != "",
    ToldFact.PLAN: lambda _episode, plan: plan.version is not None,
    ToldFact.PLAN_CHECK: lambda _episode, plan: plan.check != "",
}


def test_missing_now_is_as_on_the_managers_laptop_and_each_field_is_granted(
    council: Council, join: Join, whole: tuple[Laptop, Desk, dict[str, str]]
) -> None:
    """Strategy meeting, need to know, the Director and the plan: done, begun, not begun, and not due yet."""
    _holder, manager, children = whole
    expected = set(steps(manager))
    for role in (*map(Role, GRANTED), Role.SENIOR_MANAGER, Role.EARLY_HELP):
        _laptop, desk = joined(council, join, role, children)
        kept = desk.vault.settings.get(TOLD)
        assert (kept is not None) == (role in GRANTED), role
        if kept is None:
            assert told(desk) == {}, role
            continue
        assert set(steps(desk)) == expected, role
        (ada,) = (one for one in missing_now(desk) if one.child.name == "Ada")
        assert ada.told_line.startswith("From the council, today, "), role
        assert "strategy meeting" in ada.told_line, role
        assert SECRET.encode() not in kept.to_bytes(), role
        pairs = list(product(kept.episodes, kept.plans))
        found = {fact for fact, says in SAYS.items() if any(starmap(says, pairs))}
        assert found == told_to(role) - {ToldFact.INTERVIEW}, role
        with_ids = {one.plan != "" for one in kept.plans if one.check}
        assert with_ids <= {role == Role.OUT_OF_HOURS}, "an id, where it is held"


def test_a_role_is_told_what_it_is_granted_and_nothing_it_holds() -> None:
    """The one table, held against the reach of every role."""
    for role in Role:
        reach = REACHES[role]
        for fact in told_to(role):
            assert reach.opens("missing_episode", MISSING), (role, fact)
            assert not reach.opens(STANDS_FOR[fact], MISSING), (role, fact)
    assert set(GRANTED) == {Role.MISSING_COORDINATOR, Role.IRO, Role.OUT_OF_HOURS, Role.MASH}


def test_what_is_read_and_checked_afterwards_is_told_at_the_next_contact(
    council: Council, join: Join, whole: tuple[Laptop, Desk, dict[str, str]]
) -> None:
    """The Director opens the alert's notice, the manager approves plan and interview; the night's team, which holds the
    plan and no check of it, says neither “waiting” nor nothing."""
    holder, manager, names = whole
    laptop, iro = joined(council, join, Role.IRO, names)
    night, out_of_hours = joined(council, join, Role.OUT_OF_HOURS, names)
    (plan,) = (one for one in manager.vault.summaries(form_id="find_me_plan") if one.locked)
    assert checking(out_of_hours, plan.record_id).state is CheckState.WAITING
    before = told(iro)
    assert before["Ada"]["Need to know"] == "Sent to the Director 26 March 2026, 07:10, not read yet"
    assert before["Ada"]["Strategy meeting"] == "Decided 26 March 2026, 15:00"
    assert before["Ada"]["Find Me Plan"] == "Version 1, agreed 27 March 2026, the live plan"
    assert before["Bo"]["Need to know"] == "Begun, not sent"
    assert before["Bo"]["Strategy meeting"] == "No decision recorded"
    assert before["Bo"]["Find Me Plan"] == "No agreed plan, only a draft"
    assert before["Cy"]["Need to know"] == "None recorded"
    assert before["Cy"]["Strategy meeting"] == "Decided 27 March 2026", "no hour that nobody gave"
    assert before["Di"]["Interview"] == "Waiting for a manager’s check"

    theirs, director = join(Role.SENIOR_MANAGER)
    theirs.synced()
    for notice in inbox.inbox(director):
        inbox.open_notice(director, notice.record_id)
    theirs.synced()
    interviews = [one for one in manager.vault.summaries(form_id="return_home_interview") if one.locked]
    for signed in (plan, *interviews):
        give_check(manager, signed.record_id, Verdict.APPROVED, words="", name="Tom", passphrase=PASSPHRASE)
    holder.synced()
    assert told(iro) == before, "as it was told, of its moment, while there is no network"
    assert CheckState.WAITING is checking(out_of_hours, plan.record_id).state
    for one in (laptop, night):
        one.synced()

    after = told(iro)
    assert after["Ada"]["Need to know"].startswith("Sent to the Director 26 March 2026, 07:10, read 27 March 2026")
    assert after["Ada"]["Check of the plan"] == after["Di"]["Interview"] == "Checked and approved"
    stands = checking(out_of_hours, plan.record_id)
    assert (stands.state, stands.told_at) == (CheckState.APPROVED, council.clock())
    assert told(out_of_hours)["Ada"] == {
        "Strategy meeting": "Decided 26 March 2026, 15:00",
        "Check of the plan": "Checked and approved",
    }
