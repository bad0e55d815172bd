"""A child at rest is one of whom nothing stands: whatever happens, a day read so is the day read whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from casework.canonical import JSON
from casework.records import Change, RecordView, field_path
from desktop.flows.desk import Desk
from desktop.flows.due import at_rest
from desktop.flows.due.missing_now import missing_among, missing_now
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused
from desktop.flows.signing import signing
from desktop.flows.team.exceptions import team
from desktop.store.database.remembered import OFFICER
from desktop.store.records.children_read import ChildrenRead
from tests.desktop.clock import Clock


@pytest.fixture
def manager(desk: Desk) -> Desk:
    desk.vault.settings.put(OFFICER, structs.replace(desk.officer, role="missing_manager"))
    desk.joined_anew()
    return desk


def resting(desk: Desk) -> dict[str, set[str]]:
    """Who is at rest, by place, whatever the clock says."""
    rows = desk.vault._store.readers.rows("SELECT place, child_id FROM at_rest")
    return {place: {str(child) for one, child in rows if one == place} for place in ("today", "team")}


@contextmanager
def nobody_at_rest(desk: Desk) -> Iterator[None]:
    """The store is read whole, and nothing of what was read before; then those who were at rest are so again."""
    write = desk.vault._store.writer.do
    kept = desk.vault._store.readers.rows("SELECT * FROM at_rest")
    write(lambda tx: tx.execute("DELETE FROM at_rest"))
    read, desk.vault.children._read = desk.vault.children._read, ChildrenRead()
    yield
    desk.vault.children._read = read
    write(lambda tx: tx.execute("DELETE FROM at_rest"))
    write(lambda tx: tx.many("INSERT INTO at_rest VALUES {rows}", kept))


def agrees(desk: Desk) -> None:
    """What stands on Today, Team and among the missing, read the short way and the long."""
    short = today(desk), team(desk), missing_now(desk)
    with nobody_at_rest(desk):
        whole = (
            today(desk),
            team(desk),
            missing_among(desk, at_rest.stirred(desk, at_rest.RestPlace.TODAY).files.values()),
        )
    assert short == whole
    finds_what_every_record_says(desk)


def finds_what_every_record_says(desk: Desk) -> None:
    """The indexes of what is undecided, not signed and not found, beside each record asked one by one."""
    vault, held = desk.vault, desk.vault.summaries()
    views = {one.record_id: vault.view(one.record_id) for one in held}
    undecided = {name for name, view in views.items() if view.conflicts or view.proposed}
    away = [one for one in held if one.form_id == "missing_episode" and not one.answers.get("found_at")]
    forms = ["return_home_interview", "find_me_plan", "action"]
    assert {one.record_id for one in vault.undecided()} == undecided
    assert vault.not_found() == away
    assert vault.unsigned(forms, most=4) == [one for one in held if one.form_id in forms and not one.locked][:4]


class Years:
    """Work of some years on a few children, by chance."""

    def __init__(self, desk: Desk, clock: Clock, seed: int) -> None:
        self._desk, self._clock, self._by = desk, clock, random.Random(seed)
        self._children: list[str] = []
        self._episodes: list[str] = []
        self._open: list[str] = []
        self._actions: list[str] = []
        self._new_child()

    def step(self) -> None:
        deeds = [
            self._new_child, self._gone, self._gone, self._found, self._found, self._interview, self._plan, self._sign,
            self._sign, self._act, self._done, self._visit, self._refer, self._later, self._later, self._mistaken,
            self._contradict,
        ]  # fmt: skip
        with suppress(LifeRefused):  # what nobody may write is no part of a history
            self._by.choice(deeds)()

    def _new_child(self) -> None:
        known: dict[str, JSON] = {"given_name": f"Wren{len(self._children)}", "care_status": self._by.choice(_CARE)}
        self._children.append(editing.new_record(self._desk, "child", known=known))

    def _gone(self) -> None:
        known: dict[str, JSON] = {"last_seen_at": self._ago(90), "outcome": "real"}
        if self._by.random() < 0.5:
            known["told_iro"] = self._ago(1)
        self._episodes.append(editing.new_record(self._desk, "missing_episode", self._child(), known))

    def _found(self) -> None:
        if self._episodes:
            said: dict[str, JSON] = {"found_at": self._ago(60), "prevention_interview": "done_shared"}
            if self._by.random() < 0.5:
                said["no_plan_why"] = "It was agreed a week ago."
            editing.answer(self._desk, self._by.choice(self._episodes), said)

    def _interview(self) -> None:
        if self._episodes:
            episode = self._by.choice(self._episodes)
            child = self._desk.vault.view(episode).child_id
            known: dict[str, JSON] = {
                "episode_id": episode,
                "offer_decision": self._by.choice(("yes", "no")),
                "offers": [{"at": self._ago(40), "reply": self._by.choice(("accepted", "declined", "no_reply"))}],
                "independent": True,
            }
            if self._by.random() < 0.6:
                known["started_at"] = self._ago(30)
            self._open.append(editing.new_record(self._desk, "return_home_interview", child, known))

    def _plan(self) -> None:
        known: dict[str, JSON] = {"next_review": self._day(self._by.randint(-10, 90))}
        self._open.append(editing.new_record(self._desk, "find_me_plan", self._child(), known))

    def _sign(self) -> None:
        """Now and then somebody writes in it who has not seen the signature."""
        if self._open:
            record_id = self._open.pop()
            signing.lock_record(self._desk, record_id, name="Nadia Brightwater", ink=None)
            view = self._desk.vault.view(record_id)
            if view.form_id == "return_home_interview" and self._by.random() < 0.6:
                self._say(replace(view, heads=(), signatures=()), "before", "I had a row.")

    def _contradict(self) -> None:
        """Two who did not see each other."""
        if self._episodes:
            view = self._desk.vault.view(self._by.choice(self._episodes))
            self._say(view, "last_seen_where", "School")
            self._say(view, "last_seen_where", "The park")

    def _say(self, view: RecordView, question: str, words: str) -> None:
        path, author = field_path(question), self._desk.author
        self._desk.vault.author(lambda stamp: author.say(stamp, view, [Change(path, words, view.saw(path))]))

    def _act(self) -> None:
        known: dict[str, JSON] = {"what": "Ring", "who": "Sam", "by_when": self._day(self._by.randint(-3, 30))}
        self._actions.append(editing.new_record(self._desk, "action", self._child(), known))

    def _done(self) -> None:
        if self._actions:
            editing.answer(self._desk, self._actions.pop(), {"status": "done"})

    def _visit(self) -> None:
        at = (self._clock() + timedelta(days=self._by.randint(-2, 20))).isoformat()
        editing.new_record(self._desk, "appointment", self._child(), {"at": at, "what": "Visit"})

    def _refer(self) -> None:
        editing.new_record(self._desk, "mash_referral", self._child(), {"sent_at": self._ago(5)})

    def _later(self) -> None:
        self._clock.passes(hours=self._by.choice((1, 5, 30, 24 * 9, 24 * 40)))

    def _mistaken(self) -> None:
        if self._episodes:
            editing.answer(
                self._desk, self._by.choice(self._episodes), {"outcome": "entered_in_error", "outcome_why": "x"}
            )

    def _child(self) -> str:
        return self._by.choice(self._children)

    def _ago(self, days: int) -> str:
        ago = timedelta(hours=self._by.randint(1, days * 24))
        return (self._clock() - ago).isoformat(timespec="seconds")

    def _day(self, ahead: int) -> str:
        return (self._clock() + timedelta(days=ahead)).date().isoformat()


_CARE = ("lac", "cpp", "not_a_client")


@pytest.mark.parametrize("seed", [3, 14, 159])
def test_what_is_read_short_is_what_is_read_whole(manager: Desk, clock: Clock, seed: int) -> None:
    """Through years of random work and of time that only passes; and some child was at rest at some time."""
    years, rested = Years(manager, clock, seed), 0
    for _ in range(45):
        years.step()
        agrees(manager)
        rested += sum(map(len, resting(manager).values()))

    assert rested > 20


def test_a_rest_ends_before_the_day_on_which_something_is_due(manager: Desk, clock: Clock) -> None:
    child = editing.new_record(manager, "child", known={"given_name": "Wren"})
    sent = clock().isoformat()
    editing.new_record(manager, "mash_referral", child, {"sent_at": sent})
    assert today(manager).matters == ()
    assert resting(manager)["today"] == {child}
    clock.passes(days=10)

    assert [one.kind for one in today(manager).matters] == ["referral"]


def test_a_clock_that_is_set_back_wakes_everybody(manager: Desk, clock: Clock) -> None:
    """What was counted on from a day that has not come yet is not believed."""
    child = editing.new_record(manager, "child", known={"given_name": "Wren"})
    editing.new_record(manager, "appointment", child, {"at": "2026-03-30T10:00:00+00:00"})
    clock.passes(days=9)
    assert today(manager).visits == ()
    clock.passes(days=-8)

    assert len(today(manager).visits) == 1


def test_other_rules_wake_everybody(manager: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    editing.new_record(manager, "child", known={"given_name": "Wren"})
    today(manager)
    assert at_rest.stirred(manager, at_rest.RestPlace.TODAY).children == []
    monkeypatch.setattr(at_rest, "EDITION", at_rest.EDITION + 1)

    assert len(at_rest.stirred(manager, at_rest.RestPlace.TODAY).children) == 1


def test_a_day_further_back_is_read_whole(manager: Desk, clock: Clock) -> None:
    """Held late long ago: on no list of these weeks, and on that of a manager who asks further back."""
    child = editing.new_record(manager, "child", known={"given_name": "Wren"})
    gone: dict[str, JSON] = {"last_seen_at": "2026-01-02T20:00:00+00:00", "found_at": "2026-01-03T20:00:00+00:00"}
    done: dict[str, JSON] = {"outcome": "real", "no_plan_why": "Agreed.", "prevention_interview": "done_shared"}
    episode = editing.new_record(manager, "missing_episode", child, {**gone, **done})
    held: dict[str, JSON] = {"episode_id": episode, "started_at": "2026-01-20T10:00:00+00:00"}
    interview = editing.new_record(manager, "return_home_interview", child, held)
    signing.lock_record(manager, interview, name="Nadia Brightwater", ink=None)

    assert team(manager).rows == ()
    assert resting(manager)["team"] == {child}
    assert [row.what for row in team(manager, since=(clock() - timedelta(days=90)).date()).rows] != []
