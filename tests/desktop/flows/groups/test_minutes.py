"""A group's day through its verbs: the agenda by rule, the meeting, decisions, actions that carry over, the paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError, DocumentError, NotThisRole
from casework.practice.groups.group_table import ITEM, MEETING
from casework.practice.roles import Role
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import forms_to_begin
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from desktop.flows.record.finding import find
from desktop.store.database.remembered import CERTIFICATE, Certificate
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock
from tests.desktop.documents.conformance import text_of as pdf_text
from tests.desktop.documents.council import Council
from tests.desktop.flows.team.test_exceptions import becomes

WEEK = 24 * 7


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


def child_called(desk: Desk, name: str, **episode: JSON) -> str:
    child = editing.new_record(desk, "child", "", {"given_name": name, "allocated_worker": "Imogen Sallow"})
    if episode:
        editing.new_record(desk, "missing_episode", child, {"outcome": "real", **episode})
    return child


@pytest.fixture
def wren(desk: Desk) -> str:
    return child_called(desk, "Wren", last_seen_at="2026-03-26T20:00:00+00:00")


@pytest.fixture
def otis(desk: Desk) -> str:
    times: dict[str, JSON] = {"last_seen_at": "2026-03-24T20:00:00+00:00", "found_at": "2026-03-25T06:00:00+00:00"}
    return child_called(desk, "Otis", **times)


@pytest.fixture
def meeting(desk: Desk, wren: str, otis: str) -> dict[str, Any]:
    child_called(desk, "Kit")
    becomes(desk, "missing_manager")
    found: dict[str, Any] = run(desk, "agenda", "--keep")[0]
    return found


def item(found: dict[str, Any], child: str) -> dict[str, Any]:
    return next(one for one in found["items"] if one["child"] == child)


def test_an_agenda_is_made_by_rule_and_writes_nothing(desk: Desk, wren: str, otis: str) -> None:
    """Who is missing now first; a child of whom there is nothing is not on it."""
    child_called(desk, "Kit")
    becomes(desk, "missing_manager")
    found, said = run(desk, "agenda")

    assert [one["name"] for one in found["children"]] == ["Wren", "Otis"]
    assert found["children"][0]["why"][0] == {"why": "missing_now", "words": "Missing now, 18 hours", "rule": "S0"}
    assert "Back, and no agreed plan" in [why["words"] for why in found["children"][1]["why"]]
    assert {"on": "Tue 24 March", "words": "Away 10 h"} in found["children"][1]["changed"]
    assert "Since 20 March 2026. 2 children" in said
    assert desk.vault.summaries(form_id=MEETING) == []


def test_what_lasts_is_dated_by_what_changed(desk: Desk) -> None:
    """By its beginning, or else by its end; what has gone well since before then is no change."""
    away: dict[str, JSON] = {"last_seen_at": "2026-03-17T20:00:00+00:00", "found_at": "2026-03-21T20:00:00+00:00"}
    child = child_called(desk, "Wren", **away)
    well: list[JSON] = [
        {"id": "w1", "what": "Goes to the choir", "from": "2026-02-01", "goes_on": True},
        {"id": "w2", "what": "Boxing on Mondays", "from": "2026-02-02", "until": "2026-03-23"},
        {"id": "w3", "what": "Back at school", "from": "2026-03-24", "goes_on": True},
    ]
    editing.answer(desk, child, {"going_well": well})
    becomes(desk, "missing_manager")
    changed = run(desk, "agenda")[0]["children"][0]["changed"]

    assert {"on": "Sat 21 March", "words": "Away 4 days"} in changed
    assert [one for one in changed if "well" in one["words"]] == [
        {"on": "Mon 23 March", "words": "Going well: Boxing on Mondays"},
        {"on": "Tue 24 March", "words": "Going well: Back at school"},
    ]


def test_a_meeting_is_kept_and_gone_on_with(desk: Desk, meeting: dict[str, Any]) -> None:
    """Asked for again it is the same one; a child who belongs on it since is added, and no record is nobody's."""
    milo = child_called(desk, "Milo", last_seen_at="2026-03-27T09:00:00+00:00")
    again = run(desk, "agenda", "--keep")[0]

    assert again["meeting"] == meeting["meeting"]
    assert (again["children"], len(again["items"])) == (3, 3)
    assert item(again, milo)["why"] == ["Missing now, 5 hours", "Missing once since 20 March 2026"]
    assert [one["meeting"] for one in run(desk, "meetings")[0]] == [meeting["meeting"]]
    assert all(match.child_id != "group.operational" for match in find(desk, "operational"))


def test_a_child_is_put_on_by_a_person_with_the_reason(desk: Desk, meeting: dict[str, Any]) -> None:
    kit = next(s.record_id for s in desk.vault.summaries(form_id="child") if s.answers["given_name"] == "Kit")
    run(desk, "put-on", meeting["meeting"], kit, "--why", "A new adult with a car")

    found = run(desk, "minutes", meeting["meeting"])[0]
    assert item(found, kit)["why"] == ["Put on by Tom Applegarth: A new adult with a car"]
    with pytest.raises(AnswerError, match="already"):
        run(desk, "put-on", meeting["meeting"], kit, "--why", "Twice")


def test_an_action_is_given_carried_and_found_overdue(
    desk: Desk, clock: Clock, meeting: dict[str, Any], otis: str
) -> None:
    """Given on one meeting, ignored, and on the next with how late it is; it stands in the manager's list as well."""
    its = item(meeting, otis)["item"]
    with pytest.raises(AnswerError, match="a day"):
        run(desk, "give-action", its, "--what", "Ask", "--who", " ", "--by", "2026-04-01")
    words = ("--what", "Ask for the bus station pictures", "--who", "PC Anand", "--by", "2026-04-01")
    given = run(desk, "give-action", its, *words)[0]["action"]
    run(desk, "minute", its, "--decided", "The plan is rewritten with Otis.", "--done")
    run(desk, "end-meeting", meeting["meeting"])
    clock.passes(hours=WEEK)

    late = next(one for one in run(desk, "agenda")[0]["children"] if one["child"] == otis)
    assert late["why"][-1]["words"] == "1 action overdue, the first since 1 April 2026"
    assert late["actions"][0] | {"child": ""} == {
        "action": given, "what": "Ask for the bus station pictures", "who": "PC Anand", "by": "2026-04-01",
        "given": "2026-03-27", "status": "open", "days_over": 2, "carried": 1, "child": "",
    }  # fmt: skip
    over = [row["record"] for row in run(desk, "exceptions", "--list", "action_over")[0]]
    assert over == [given]

    editing.answer(desk, given, {"status": "done", "done_on": "2026-04-03"})
    assert all(one["child"] != otis or not one["actions"] for one in run(desk, "agenda")[0]["children"])


def test_who_was_not_spoken_of_is_carried_over(desk: Desk, clock: Clock, meeting: dict[str, Any], otis: str) -> None:
    run(desk, "minute", item(meeting, otis)["item"], "--carry")
    run(desk, "end-meeting", meeting["meeting"])
    clock.passes(hours=WEEK)

    found = next(one for one in run(desk, "agenda")[0]["children"] if one["child"] == otis)

    assert "Carried over from 27 March 2026" in [why["words"] for why in found["why"]]


def test_the_worker_is_told_when_the_child_was_spoken_of_and_not_before(
    desk: Desk, meeting: dict[str, Any], otis: str
) -> None:
    its = item(meeting, otis)["item"]
    run(desk, "minute", its, "--decided", "A strategy meeting before Wednesday.")
    assert inbox.told_of(desk, its) == ()

    run(desk, "minute", its, "--done")

    assert {(one.kind, one.addressee) for one in inbox.told_of(desk, its)} == {
        ("group_decided", "Allocated worker"),
        ("group_decided", "Missing advocate"),
    }


def test_who_keeps_no_minutes_is_told_who_does(desk: Desk, meeting: dict[str, Any], otis: str) -> None:
    """The true reason: an allocated worker reads what was said of their child, and writes nothing in it."""
    its = item(meeting, otis)["item"]
    becomes(desk, "allocated_worker")

    with pytest.raises(NotThisRole, match="kept by missing advocate or missing team manager"):
        run(desk, "minute", its, "--decided", "No")
    with pytest.raises(NotThisRole):
        run(desk, "agenda", "--keep")
    assert not {MEETING, ITEM} & set(forms_to_begin(desk)), "a meeting begins from its agenda"


@pytest.fixture
def joined(desk: Desk) -> Desk:
    mine = Council().officer("Tom Applegarth")
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    return desk


def words_of_paper(file: Path) -> str:
    return " ".join(pdf_text(file).split())


def test_each_reader_gets_their_own_copy(
    joined: Desk, meeting: dict[str, Any], wren: str, otis: str, tmp_path: Path
) -> None:
    """A partner agency gets no plan and nothing of what changed; a worker nothing of any other child."""
    run(joined, "attends", meeting["meeting"], "PC Anand", "--agency", "police")
    run(joined, "attends", meeting["meeting"], "Ida Moor", "--apology")
    run(joined, "minute", item(meeting, otis)["item"], "--decided", "Rewrite it with Otis.", "--done")
    copies: dict[str, str] = {}
    for copy, more in (("group", ()), ("partner", ()), ("worker", ("--child", otis))):
        file = tmp_path / f"{copy}.pdf"
        run(joined, "minutes", meeting["meeting"], "--pdf", str(file), "--copy", copy, *more)
        copies[copy] = words_of_paper(file)

    assert "Here: PC Anand (Police). Apologies: Ida Moor. 1 of 2 spoken of" in copies["group"]
    assert "Since 20 March 2026. Chair: Tom Applegarth" in copies["group"]
    assert all("Rewrite it with Otis." in said for said in copies.values())
    assert "No agreed plan" in copies["group"]
    assert "Away 10 h" not in copies["partner"]
    assert "Wren" in copies["partner"]
    assert "Wren" not in copies["worker"]
    with pytest.raises(DocumentError, match="--child"):
        run(joined, "minutes", meeting["meeting"], "--pdf", str(tmp_path / "x.pdf"), "--copy", "worker")


def test_a_meeting_is_there_after_a_restart(desk: Desk, meeting: dict[str, Any], reopen: Callable[[], Desk]) -> None:
    """Kept on the laptop, and no network is asked."""
    again = reopen()

    found = run(again, "minutes", meeting["meeting"])[0]
    assert [one["name"] for one in found["items"]] == ["Wren", "Otis"]
    assert Role(again.officer.role) is Role.MISSING_MANAGER


AT_HOME: dict[str, JSON] = {"stage": "current", "ehe_start": "2024-09-02", "last_contact": "2026-03-02"}
FAMILIES: tuple[tuple[str, dict[str, JSON], dict[str, JSON]], ...] = (
    ("Sage", {}, {**AT_HOME, "child_last_seen": "2025-01-10"}),
    ("Ivo", {}, {**AT_HOME, "child_last_seen": "2026-03-02", "s437_served_on": "2026-03-02"}),
    ("Bram", {}, {"stage": "pending", "notified_on": "2026-03-20", "expression": "opposed"}),
    (
        "Dorrie",
        {"known_to_missing": True, "cse_level": "medium"},
        {**AT_HOME, "child_last_seen": "2026-03-02"},
    ),
    ("Elowen", {}, {**AT_HOME, "child_last_seen": "2026-03-02"}),
)


@pytest.fixture
def families(desk: Desk) -> dict[str, str]:
    """A child for each reason of the overview group, and one for none."""
    becomes(desk, "ehe_officer", "Helen Marchbanks")
    found = {}
    for name, facts, case in FAMILIES:
        child = editing.new_record(desk, "child", "", {"given_name": name, **facts})
        editing.new_record(desk, "ehe_case", child, case)
        found[name] = child
    return found


def test_the_overview_group_of_home_education_has_its_agenda_by_rule(desk: Desk, families: dict[str, str]) -> None:
    """S1 EHE 2.4.2, S3: not seen, notice run out, a wish opposed, and what others know as a flag without its level."""
    found, said = run(desk, "agenda")

    why = {one["name"]: [reason["words"] for reason in one["why"]] for one in found["children"]}
    assert why == {
        "Sage": ["Not known to be seen since 10 January 2025"],
        "Ivo": ["Notice (section 437): run out, since 17 March 2026"],
        "Bram": ["The family’s wish to educate at home is opposed for now"],
        "Dorrie": ["Flag: known to the missing team", "Flag: CSE"],
    }
    assert "The case: Current. Notice (section 437) served. Last contact 2 March 2026" in said
    assert "edium" not in said
    assert desk.vault.summaries(form_id=MEETING) == []


def test_the_overview_group_keeps_its_minutes_in_records_of_education(
    desk: Desk, families: dict[str, str], tmp_path: Path
) -> None:
    """With whom the council’s file expects; who came is said; nobody of the missing strand hears of it."""
    found = run(desk, "agenda", "--kind", "ehe_overview", "--keep")[0]
    run(desk, "attends", found["meeting"], "NSPCC", "--agency", "voluntary")
    run(desk, "attends", found["meeting"], "NHS", "--apology")
    sage = item(found, families["Sage"])["item"]
    run(desk, "give-action", sage, "--what", "Ask the GP", "--who", "Helen Marchbanks", "--by", "2026-04-10")
    _done, said = run(desk, "minute", sage, "--decided", "Early Help visits, then social care.", "--done")

    shown, told = run(desk, "minutes", found["meeting"])
    assert said == "In the minutes."
    assert "Here: NSPCC (Voluntary organisation). Apologies: NHS (Health). Expected: Social care" in told
    assert item(shown, families["Sage"])["plan"] == "Current. Last contact 2 March 2026"
    assert {s.strand for s in desk.vault.summaries(form_id=ITEM)} == {"education"}
    assert [one.kind for one in inbox.inbox(desk)] == []
    mine = Council().officer("Helen Marchbanks", "H1")
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    run(desk, "minutes", found["meeting"], "--pdf", str(tmp_path / "group.pdf"))
    assert "The case" in pdf_text(tmp_path / "group.pdf")

    becomes(desk, "missing_manager")
    with pytest.raises(NotThisRole, match="kept by education manager or home education lead or home education officer"):
        run(desk, "agenda", "--kind", "ehe_overview", "--keep")
