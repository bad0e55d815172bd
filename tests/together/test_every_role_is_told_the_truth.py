"""The whole demonstration on a laptop of each role: what it concludes, the manager's laptop concludes too.

Held against the manager's for missing children and the CME officer's for education, at the same point of the feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from casework.practice.manager_check import CheckState
from casework.practice.notices.first_steps import StepState
from casework.practice.roles import EDUCATION, MISSING, REACHES, Role
from desktop.flows.case_file import INTERVIEW, PLAN, CaseFile, every_case_file
from desktop.flows.child.facts import facts
from desktop.flows.child.find_me import find_me
from desktop.flows.child.timeline import timeline
from desktop.flows.desk import Desk
from desktop.flows.due.due_list import due_list
from desktop.flows.due.interviews.interviews_due import due_interviews
from desktop.flows.due.missing_matters import each_rule, matters
from desktop.flows.due.missing_now import missing_child
from desktop.flows.practising import invented_caseload
from desktop.flows.signing.checking import STATE_WORDS, checking
from tests.central.running import Council
from tests.together.laptops import Laptop
from tests.together.test_notices import Join, join, officer_of

__all__ = ["join"]
NOT_KEPT = "not kept on this laptop"
Line = tuple[str, ...]
NOVEMBER = datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture
def demonstration(council: Council, join: Join) -> set[Line]:
    """What the two say who see every child of their strand, and every form of it."""
    council.clock.at = NOVEMBER  # some of the invented days are of a spring that has been
    missing, manager = join(Role.MISSING_MANAGER)
    education, officer = join(Role.CME_OFFICER)
    invented_caseload.fill(manager, lambda _words: None)
    invented_caseload.fill_education(officer)
    for _ in range(2):
        settled(missing)
        settled(education)
    return {*conclusions(manager), *conclusions(officer)}


def settled(laptop: Laptop) -> None:
    laptop.synced()


def conclusions(desk: Desk) -> Iterator[Line]:
    """Every line that says how something stands, as the screens and the verbs show it."""
    for due in due_interviews(desk):
        if due.asked:  # no word on whether somebody else has held one
            continue
        yield "interview due", due.child.child_id, due.episode_id, due.returned_line
        if NOT_KEPT not in due.state_line:
            yield "interview stands", due.child.child_id, due.episode_id, due.state_line
    for item in due_list(desk).overdue:
        yield "overdue", item.child, item.kind, item.what, item.line, str(item.due)
    for child, file in every_case_file(desk).items():
        yield from ((child, *line) for line in _of_child(desk, file))


def _of_child(desk: Desk, file: CaseFile) -> Iterator[Line]:
    for episode in file.every_episode():
        yield "episode", str(episode.began), episode.id
    for matter in matters(file):
        yield "matter", matter.kind, matter.title, matter.line, str(matter.due)
    for test in each_rule(file):
        yield "rule", test.what, str(test.met), test.dates
    for mark in timeline(file, whole=True).marks:
        yield "timeline", mark.lane, mark.kind, mark.words, mark.when
    for fact in facts(desk, file):
        yield "fact", fact.name, fact.value
    missing = missing_child(desk, file)
    if missing is not None:
        yield "missing", missing.headline, missing.status
        yield from (("missing line", *line) for line in missing.lines if "not kept" not in line[1])
        for step in missing.steps:
            if step.state is not StepState.NOT_HELD:
                yield "step", str(step.kind), str(step.state), step.line
    for record in (*file.of(INTERVIEW), *file.of(PLAN)):
        state = checking(desk, record.record_id).state
        if state is not CheckState.NOT_KEPT:
            yield "check", record.record_id, STATE_WORDS[state]
    card = find_me(desk, file.child.child_id)
    yield "card", card.source
    if NOT_KEPT not in card.stale:
        yield "card", card.stale
    yield from (("card", *line) for line in card.lines)


def test_no_role_is_told_what_the_whole_does_not_bear_out(
    council: Council, join: Join, demonstration: set[Line]
) -> None:
    """0 false lines for each role that holds children, all of them allocated to it; or of each the latest episode."""
    children = {line[0] for line in demonstration if line[1] == "fact"}
    assert len(children) > 25
    false: dict[str, list[Line]] = {}
    latest = {line[0]: line[3] for line in sorted(demonstration) if line[1] == "episode"}
    assert len(latest) > 10
    for role in set(REACHES) - {Role.MISSING_MANAGER, Role.CME_OFFICER}:
        laptop, desk = join(role)
        if REACHES[role].by_commission:
            for child, episode in latest.items():
                council.commission(officer_of(role), child, episode, NOVEMBER.date())
        for child in children if _is_given_whole(role) else ():
            council.allocate(officer_of(role), child)
        settled(laptop)
        settled(laptop)
        if lines := sorted(set(conclusions(desk)) - demonstration):
            false[role] = lines

    assert false == {}, "\n".join(f"{role}: {line}" for role, lines in false.items() for line in lines)


def _is_given_whole(role: Role) -> bool:
    return bool(REACHES[role].strands & {MISSING, EDUCATION}) and not REACHES[role].by_commission
