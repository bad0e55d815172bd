"""What a group of the missing service asks about a child, from the child's records: a laptop and the service ask the
same, so a chair who holds few children and a manager who holds all get one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from casework.dates_in_words import local, short_length
from casework.forms.moments import day_said, span
from casework.identifiers import RecordId
from casework.practice.groups.agenda_rules import Seen
from casework.practice.groups.group_table import ITEM, GroupKind
from casework.practice.lives.kept_record import ChildFile, KeptRecord
from casework.practice.lives.plan_due import plan_deadline
from casework.practice.lives.states import covers, rows
from casework.practice.lives.undecided_tests import OVERNIGHT, alerts_undecided, meeting_wanted

EPISODE, INTERVIEW, PLAN, ACTION = "missing_episode", "return_home_interview", "find_me_plan", "action"
OVER = ("done", "dropped")
FORMS = (
    "child",
    EPISODE,
    INTERVIEW,
    PLAN,
    ACTION,
    ITEM,
    "strategy_meeting",
    "need_to_know",
    "mash_referral",
    "placement_move",
    "safe_well_visit",
)
"""What the agenda of such a group rests on."""


def seen_missing(file: ChildFile, given: Sequence[tuple[date, date | None]], carried_from: date | None) -> Seen:
    """`given`: the days and the last days of the group's open actions."""
    due = plan_deadline(file) if file.holds(EPISODE, PLAN) else None
    agreed = bool(file.agreed_plans())
    return Seen(
        episodes=file.episodes(),
        has_plan=agreed,
        plan_due=agreed and due is not None and due.due <= file.today,
        undecided=tuple(_undecided(file)),
        referred_to_panel=any(
            one.answers.get("to") == "mavp" and span(one.answers.get("sent_at")) and not one.answers.get("outcome")
            for one in file.of("mash_referral")
        ),
        given=given,
        carried_from=carried_from,
        holds=file.held,
    )


def _undecided(file: ChildFile) -> Iterator[str]:
    episodes = file.episodes() if file.of(EPISODE) else ()
    if episodes:
        wanted = meeting_wanted(file, episodes)
        yield from (wanted.title,) if wanted else ()
        yield from (OVERNIGHT for _one in alerts_undecided(file, episodes))


def open_actions(
    kind: GroupKind, on: date, items: Mapping[RecordId, KeptRecord], actions: Sequence[KeptRecord]
) -> tuple[tuple[date, date | None], ...]:
    """Of those that this group gave until that day. `items`: what the group's meetings spoke of, by id."""
    found = []
    for action in actions:
        item = items.get(RecordId(str(action.answers.get("from_record") or "")))
        given = day_of(item.answers.get("held_at")) if item and item.answers.get("kind") == kind else None
        if given is not None and given <= on and str(action.answers.get("status") or "open") not in OVER:
            found.append((given, day_of(action.answers.get("by_when"))))
    return tuple(sorted(found, key=lambda one: one[0]))


def is_left_over(item: Mapping[str, Any]) -> bool:
    """Not spoken of, or carried over: the next agenda begins with it."""
    return item.get("carried") is True or not item.get("done_at")


def changes_told(file: ChildFile, since: date) -> Iterator[tuple[date, str]]:
    """What happened since, by its day: that it happened, and never a word of what was said or found."""
    for episode in file.episodes():
        until = episode.ended or file.now
        last = local(until).date()
        if last >= since and episode.ended != episode.began:
            length = short_length(timedelta(seconds=until.timestamp() - episode.began.timestamp()))
            began = local(episode.began).date()
            yield began if began >= since else last, f"Away {length}{'' if episode.ended else ', still missing'}"
    plans = enumerate(file.agreed_plans(), 1)
    happened = [
        *((day_of(one.signed_at), "Interview took place") for one in _held_interviews(file)),
        *((day_of(one.signed_at), f"Find Me Plan: version {number}") for number, one in plans),
        *((day_of(knock.get("at")), "Visit") for knock in _knocks(file)),
        *((day_said(one.answers, "held_at"), "Meeting") for one in file.of("strategy_meeting")),
    ]
    yield from ((on, words) for on, words in happened if on is not None and since <= on <= file.today)


def _held_interviews(file: ChildFile) -> Iterator[KeptRecord]:
    known = {episode.id for episode in file.episodes()}
    for one in file.of(INTERVIEW):
        if one.locked and one.answers.get("started_at") and any(covers(one.answers, id_) for id_ in known):
            yield one


def _knocks(file: ChildFile) -> Iterator[Mapping[str, Any]]:
    """Every one counts, not only the one that was opened."""
    for visit in file.of("safe_well_visit"):
        yield from rows(visit.answers, "attempts")


def day_of(value: object) -> date | None:
    found = span(value)
    return local(found.last).date() if found else None
