"""Missing now: who is on it, in which order, and what a role that lacks a form is told instead of a conclusion."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec import structs

from casework.canonical import JSON
from casework.practice.notices.first_steps import StepKind, StepState
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.due.missing_listed import as_json, table_of, told
from desktop.flows.due.missing_now import missing_now
from desktop.flows.due.open_matter import open_matter
from desktop.flows.due.today import today
from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import OFFICER
from tests.desktop.clock import Clock


def child(desk: Desk, name: str = "Wren", care: str = "lac", **known: JSON) -> str:
    return editing.new_record(desk, "child", known={"given_name": name, "care_status": care, **known})


def gone(desk: Desk, who: str, since: JSON = "2026-03-26T22:40:00+00:00", **known: JSON) -> str:
    return editing.new_record(desk, "missing_episode", who, {"last_seen_at": since, "outcome": "real", **known})


def become(desk: Desk, role: str) -> None:
    desk.vault.settings.put(OFFICER, structs.replace(desk.officer, role=role))
    desk.joined_anew()


def test_the_longest_comes_first_and_who_is_found_is_not_there(desk: Desk) -> None:
    first, second, back = child(desk), child(desk, "Milo"), child(desk, "Juno")
    gone(desk, second, "2026-03-27T11:30:00+00:00")
    gone(desk, first)
    gone(desk, back, found_at="2026-03-27T09:00:00+00:00")

    assert [(m.child.name, m.how_long) for m in missing_now(desk)] == [("Wren", "15 h 52 min"), ("Milo", "3 h 2 min")]
    assert today(desk).missing == missing_now(desk)


@pytest.mark.parametrize("known", [{"outcome": "entered_in_error"}, {"outcome": "duplicate"}])
def test_an_episode_that_was_none_is_not_there(desk: Desk, known: dict[str, JSON]) -> None:
    gone(desk, child(desk), **known)

    assert missing_now(desk) == ()


@pytest.mark.parametrize("since", [{"none": "not_known"}, None, {"about": "2026-03-26"}])
def test_a_child_nobody_knows_since_when_is_missing_all_the_same(desk: Desk, since: JSON) -> None:
    gone(desk, child(desk), since)

    assert len(missing_now(desk)) == 1


def test_a_return_whose_day_is_not_known_is_a_return(desk: Desk) -> None:
    """No hours are made up for it either: nothing is said to have lasted more than a day."""
    who = child(desk)
    gone(desk, who, "2026-03-20T10:00:00+00:00", found_at={"none": "not_known"})

    assert missing_now(desk) == ()
    assert [matter.kind for matter in today(desk).matters] == ["plan"]


@pytest.mark.parametrize("days", [31, 400])
def test_it_stays_for_as_long_as_she_is_gone(desk: Desk, clock: Clock, days: int) -> None:
    who = child(desk)
    gone(desk, who)
    clock.passes(days=days)
    (found,) = missing_now(desk)

    assert found.headline.startswith(f"Missing {days} days")
    assert found.next is not None
    assert found.next_state is StepState.LATE


def test_the_next_step_opens_where_it_is_recorded(desk: Desk, clock: Clock) -> None:
    """Police, worker and reviewing officer on the episode; then the alert, then the meeting, with what is known."""
    who = child(desk)
    episode = gone(desk, who)
    opened = []
    answers: tuple[dict[str, JSON], ...] = (
        {"reported_at": "2026-03-26T22:50:00+00:00"},
        {"screening": "worker_alerted"},
        {"told_iro": "2026-03-26T23:00:00+00:00"},
        {"sent_to": [{"who": "dcs", "name": "H Quayle", "at": "2026-03-27T05:10:00+00:00"}]},
        {"held": True},
    )
    clock.passes(hours=12)
    for said in answers:
        (found,) = missing_now(desk)
        assert found.next is not None
        record = open_matter(desk, found.next)
        opened.append(desk.vault.view(record).form_id)
        editing.answer(desk, record, said)

    assert opened == ["missing_episode"] * 3 + ["need_to_know", "strategy_meeting"]
    (found,) = missing_now(desk)
    assert found.next is None
    assert {s.kind for s in found.steps if s.state is StepState.UNREAD} == {StepKind.IRO, StepKind.DIRECTOR}
    assert today(desk).matters == (), "what is settled there is settled here"
    (alert,) = desk.vault.summaries(form_id="need_to_know")
    assert alert.answers["episode_id"] == episode


def test_the_plan_on_the_line_is_the_live_one(desk: Desk) -> None:
    """Begun first and signed last: it is the live one."""
    who = child(desk)
    gone(desk, who)
    assert dict(missing_now(desk)[0].lines)["Plan"] == "No agreed plan"
    early = back_then(desk, datetime.fromisoformat("2026-03-01T10:00:00+00:00"))
    begun = editing.new_record(early, "find_me_plan", who, {"names": "Wren"})
    for plan, at in ((editing.new_record(early, "find_me_plan", who, {}), "2026-03-02"), (begun, "2026-03-20")):
        then = back_then(desk, datetime.fromisoformat(f"{at}T10:00:00+00:00"))
        signing.lock_record(then, plan, name="Nadia Brightwater", ink=None)
    (found,) = missing_now(desk)

    assert dict(found.lines)["Plan"] == "Version 2, agreed 20 March 2026, the live plan"
    assert found.plan_id == begun


def test_a_role_without_a_form_is_told_so_and_nothing_is_concluded(desk: Desk) -> None:
    """A coordinator holds episodes, and neither plans, alerts nor meetings."""
    who = child(desk)
    gone(desk, who)
    become(desk, "missing_coordinator")
    (found,) = missing_now(desk)
    states = {step.kind: step.state for step in found.steps}

    assert states[StepKind.NEED_TO_KNOW] == states[StepKind.STRATEGY] == StepState.NOT_HELD
    assert dict(found.lines)["Plan"] == "Plans are not kept on this laptop"
    assert today(desk).matters == ()


@pytest.mark.parametrize(("role", "listed"), [("ehe_officer", False), ("out_of_hours", True), ("mash", True)])
def test_it_is_on_today_of_every_role_that_holds_episodes(desk: Desk, role: str, listed: bool) -> None:
    gone(desk, child(desk))
    become(desk, role)

    assert (today(desk).missing is not None) is listed
    assert today(desk).interviews_known is False
    assert today(desk).due == ()


def test_the_table_the_values_and_the_words_say_the_same(desk: Desk) -> None:
    gone(desk, child(desk), last_seen_where="Canal Street", police_ref="AP-26-118204")
    found = missing_now(desk)
    table = table_of(found, desk.now())
    heads, (row,) = table.heads, table.rows
    line = dict(zip(heads, row, strict=True))

    assert (line["Last seen"], line["Police reference"]) == ("Canal Street", "AP-26-118204")
    assert (line["Missing for"], line["Next step"]) == ("15 h 52 min", "Tell police")
    assert as_json(found[0])["police_reference"] == "AP-26-118204"
    assert told(found, desk).endswith("Council last heard from: not yet.")
    assert case_file(desk, found[0].child.child_id).today.isoformat() == "2026-03-27"
