"""Police’s results after a return that have not come: who was asked, when, and when to ask again (S4 ¶27; F1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local, near_day
from casework.errors import AnswerError, KnownError, NotThisRole
from casework.forms.moments import span
from casework.plain_table import PlainTable
from casework.practice.calendar import working_days_between
from casework.practice.lives.states import rows
from casework.practice.oversight import unchecked_prevention
from casework.practice.roles import role_name
from desktop.flows.case_file import EPISODE, CaseFile, case_file, every_case_file
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.who_writes import writes_form
from desktop.store.vault import Summary

RESULT = "prevention_interview"
HEADS = ("Child", "Returned", "Asked, times", "Last asked", "Who was asked", "Ask again", "Episode")
_NOT_OWED = "No result is owed for that episode: it has come, there was rightly none, or nobody has returned yet."


@dataclass(frozen=True, slots=True)
class ResultOwed:
    """`is_due`: nobody has asked yet, or the last asking has grown old."""

    episode_id: str
    child: Child
    returned_on: date | None
    asked: tuple[tuple[datetime, str], ...]
    is_due: bool
    result_id: str

    @property
    def last_asked(self) -> datetime | None:
        return self.asked[-1][0] if self.asked else None


def results_owed(desk: Desk) -> tuple[ResultOwed, ...]:
    """Those to be asked for now come first, the longest back before the others."""
    found = [one for file in every_case_file(desk).values() for one in owed_of(file)]
    return tuple(sorted(found, key=lambda one: (not one.is_due, one.returned_on or date.min, one.child.name)))


def owed_of(file: CaseFile) -> Iterator[ResultOwed]:
    """F1, F2: not received, or waived by nobody known. A result that was recorded by itself has come."""
    if not file.holds(EPISODE, RESULT):
        return
    by_id = {episode.record_id: episode for episode in file.real_episodes()}
    about = {str(one.answers.get("episode_id")): one for one in reversed(file.of(RESULT))}
    for episode_id in unchecked_prevention({name: episode.answers for name, episode in by_id.items()}):
        result = about.get(episode_id)
        if result is None or not _has_come(result):
            yield _owed(file, by_id[episode_id], result)


def ask_police(desk: Desk, episode_id: str, whom: str, reply: str = "") -> ResultOwed:
    """Kept with the result that is awaited, which begins with the first asking. Raises AnswerError without whom, and
    KnownError where nothing is owed."""
    if not writes_form(desk, RESULT):
        message = f"The role “{role_name(desk.officer.role)}” does not ask police for results. Your manager does."
        raise NotThisRole(message)
    if not whom.strip():
        message = "Write who at the police was asked, and how."
        raise AnswerError(message)
    owed = _owed_for(desk, episode_id)
    asked: dict[str, JSON] = {"at": desk.now().isoformat(timespec="seconds"), "who": whom.strip()}
    asked |= {"reply": reply.strip()} if reply.strip() else {}
    if owed.result_id:
        editing.answer(desk, owed.result_id, {"chased": [asked]})
    else:
        known: dict[str, JSON] = {"episode_id": episode_id, "status": "not_received", "chased": [asked]}
        editing.new_record(desk, RESULT, owed.child.child_id, known)
    return _owed_for(desk, episode_id)


def asked_said(one: ResultOwed, today: date) -> str:
    """“Asked twice, last Thu 26 November: PC Anand. Ask again”."""
    if not one.asked:
        return "Nobody has asked yet"
    at, whom = one.asked[-1]
    times = {1: "once", 2: "twice"}.get(len(one.asked), f"{len(one.asked)} times")
    again = ". Ask again" if one.is_due else ""
    return f"Asked {times}, last {near_day(local(at).date(), today)}: {whom}{again}"


def back_said(one: ResultOwed) -> str:
    return f"Back {day(one.returned_on)}" if one.returned_on else "Day of return not known"


def as_json(one: ResultOwed) -> JSON:
    return {
        "episode": one.episode_id,
        "child": one.child.child_id,
        "name": one.child.name,
        "returned_on": one.returned_on.isoformat() if one.returned_on else None,
        "asked": [{"at": at.isoformat(), "who": who} for at, who in one.asked],
        "ask_again": one.is_due,
        "result": one.result_id,
    }


def table_of(found: tuple[ResultOwed, ...]) -> PlainTable:
    rows_ = [
        (
            one.child.name, one.returned_on.isoformat() if one.returned_on else "", str(len(one.asked)),
            one.last_asked.isoformat() if one.last_asked else "", one.asked[-1][1] if one.asked else "",
            "yes" if one.is_due else "", one.episode_id,
        )
        for one in found
    ]  # fmt: skip
    return PlainTable(HEADS, rows_)


def told(found: tuple[ResultOwed, ...], today: date) -> str:
    lines = [
        f"{one.episode_id}  {one.child.name_and_age}. {back_said(one)}\n  {asked_said(one, today)}" for one in found
    ]
    due = sum(one.is_due for one in found)
    head = f"{counted(len(found), 'result')} owed by police, {due} to ask for now."
    return "\n".join([head, *lines]) if found else "Police owe no result of those on this laptop."


def _owed_for(desk: Desk, episode_id: str) -> ResultOwed:
    child_id = editing.current_view(desk, episode_id).child_id
    found = next((one for one in owed_of(case_file(desk, child_id)) if one.episode_id == episode_id), None)
    if found is None:
        raise KnownError(_NOT_OWED)
    return found


def _has_come(result: Summary) -> bool:
    said = result.answers
    waived = bool(said.get("waived_by")) and bool(said.get("waived_why"))
    return said.get("status") == "received" or (said.get("status") == "not_done" and waived)


def _owed(file: CaseFile, episode: Summary, result: Summary | None) -> ResultOwed:
    found = span(episode.answers.get("found_at"))
    asked = sorted(
        (
            (when.first, str(row.get("who") or ""))
            for row in rows(result.answers if result else {}, "chased")
            if (when := span(row.get("at")))
        ),
        key=lambda one: one[0].timestamp(),
    )
    days = file.council.number("prevention_ask_again_working_days")
    is_due = not asked or working_days_between(local(asked[-1][0]).date(), file.today, file.council) >= days
    back = local(found.first).date() if found else None
    return ResultOwed(episode.record_id, file.child, back, tuple(asked), is_due, result.record_id if result else "")
