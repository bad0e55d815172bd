"""What a person decides about a line of the police’s list, or an episode that police do not have; and sign-off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import counted, local, month_and_year
from casework.errors import AnswerError, KnownError, UnknownRecord
from casework.practice.lives.states import rows
from casework.practice.police.police_list_rules import POLICE_LIST, Decided, PoliceLine
from casework.records import Change, cell_path, row_path
from desktop.flows.case_file import EPISODE
from desktop.flows.children import Child, children_like, is_plainly
from desktop.flows.desk import Desk
from desktop.flows.police.police_months import PoliceEntry, PoliceMonth, episodes_here, police_month, police_months
from desktop.flows.record import editing
from desktop.flows.record.answers_to_changes import after, check_value


def entry_of(desk: Desk, row_id: str) -> PoliceEntry:
    """Raises UnknownRecord, and NotThisRole."""
    for month in police_months(desk):
        for one in month.entries:
            if one.row_id == row_id:
                return one
    message = "No such line is in a list on this laptop. Those that are: homeward police-list MONTH"
    raise UnknownRecord(message)


def same_episode(desk: Desk, row_id: str, episode_id: str) -> None:
    """Raises AnswerError for an episode that another line is already."""
    entry = entry_of(desk, row_id)
    if episode_id not in episodes_here(desk):
        message = "No such episode is on this laptop, or it is marked as no episode."
        raise UnknownRecord(message)
    others = (one for month in police_months(desk) for one in month.entries if one.row_id != row_id)
    taken = next((one for one in others if one.episode_id == episode_id), None)
    if taken is not None:
        said = f"{taken.line.name}, {taken.line.reference}".rstrip(", ")
        message = f"Another line is this episode already: {said}. Look at that one first, or say that this is not ours."
        raise AnswerError(message)
    _decide(desk, entry, {"decision": Decided.SAME.value, "episode": episode_id, "why": None})


def not_ours(desk: Desk, row_id: str, why: str) -> None:
    """Raises AnswerError without a reason."""
    entry = entry_of(desk, row_id)
    if not why.strip():
        message = "Write why it is not ours: another council’s child, a person over 18, twice in the police’s list."
        raise AnswerError(message)
    _decide(desk, entry, {"decision": Decided.NOT_OURS.value, "episode": None, "why": why.strip()})


def record_it(desk: Desk, row_id: str, child_id: str = "", *, is_new: bool = False) -> str:
    """The episode that begins from a line, filled in with what police say, and the child’s record where nobody has
    them yet. `child_id`: who it is; `is_new`: none of those on this laptop. Raises MayBeHere."""
    entry = entry_of(desk, row_id)
    if entry.episode_id:
        return entry.episode_id
    line = entry.line
    child = child_id or editing.child_meant(desk, line.name, line.born, is_new=is_new)
    episode = editing.new_record(desk, EPISODE, child, _known(entry.line))
    _decide(desk, entry, {"decision": Decided.RECORDED.value, "episode": episode, "why": None})
    return episode


def undecide(desk: Desk, row_id: str) -> None:
    """Somebody looks again: the line waits for a decision. An episode that began from it stays."""
    _decide(desk, entry_of(desk, row_id), {"decision": None, "episode": None, "why": None})


def police_asked(desk: Desk, month: date, episode_id: str, whom: str) -> None:
    """Of an episode that police do not have: they were asked. Raises AnswerError without whom."""
    if not whom.strip():
        message = "Write who at the police was asked, and how."
        raise AnswerError(message)
    _say_of_ours(desk, month, episode_id, Decided.ASKED, whom)


def not_for_police(desk: Desk, month: date, episode_id: str, why: str) -> None:
    """It was rightly not reported to them. Raises AnswerError without a reason."""
    if not why.strip():
        message = "Write why it was not reported to police."
        raise AnswerError(message)
    _say_of_ours(desk, month, episode_id, Decided.NOT_REPORTED, why)


def sign_off(desk: Desk, month: date) -> PoliceMonth:
    """Raises KnownError while a line or an episode of the month is undecided, or the month is not over."""
    found = police_month(desk, month)
    named = month_and_year(month)
    if not found.lists:
        message = f"The police’s list of {named} has not come. Take it in first."
        raise KnownError(message)
    if month >= local(desk.now()).date().replace(day=1):
        message = f"{named} is not over: more may be reported in it."
        raise KnownError(message)
    if found.undecided:
        message = f"{counted(found.undecided, 'line')} of {named} still to be decided. Then it can be signed off."
        raise KnownError(message)
    if not found.is_settled:
        at = desk.now().isoformat(timespec="seconds")
        sign: dict[str, JSON] = {"at": at, "by": desk.officer.name, "mark": found.mark}
        _write(desk, found.lists[0].record_id, "signed_off", editing.new_row_id(), sign)
    return police_month(desk, month)


def who_must_be_asked(desk: Desk, row_id: str) -> tuple[Child, ...]:
    """The children here already who may be the one on this line; nobody where it is plain who it is."""
    line = entry_of(desk, row_id).line
    like = children_like(desk, line.name, line.born)
    return () if is_plainly(line.name, line.born, like) else tuple(like)


def _known(line: PoliceLine) -> dict[str, JSON]:
    """A day without a time is no answer to when police heard. When a child was last seen, the list does not say."""
    said: dict[str, JSON] = {
        "police_ref": line.reference,
        "police_risk": line.risk,
        "reported_at": line.reported if isinstance(line.reported, str) else None,
        "found_at": line.returned if isinstance(line.returned, (str, dict)) else None,
    }
    return {name: value for name, value in said.items() if value}


def _decide(desk: Desk, entry: PoliceEntry, cells: Mapping[str, JSON]) -> None:
    for record_id in entry.homes:
        _write(desk, record_id, "lines", entry.row_id, cells)


def _say_of_ours(desk: Desk, month: date, episode_id: str, decision: Decided, why: str) -> None:
    found = police_month(desk, month)
    if not any(one.here.episode_id == episode_id for one in found.only_here):
        message = "No such episode of that month is missing from the police’s list. Look: homeward police-list MONTH"
        raise UnknownRecord(message)
    cells: dict[str, JSON] = {"episode": episode_id, "decision": decision.value, "why": why.strip()}
    for one in found.lists:
        here = next((str(r["id"]) for r in rows(one.answers, "only_here") if r.get("episode") == episode_id), "")
        if here or one is found.lists[0]:
            _write(desk, one.record_id, "only_here", here or episode_id, cells)


def _write(desk: Desk, record_id: str, group: str, row_id: str, cells: Mapping[str, JSON]) -> None:
    """Over everything that stands there: what two people said differently is decided by whoever says it again."""
    view, author, definition = desk.vault.view(record_id), desk.author, desk.catalogue.form(POLICE_LIST)
    held = view.rows(group)
    changes: list[Change] = []
    if row_id not in {row.id for row in held}:
        position = after(held[-1].position if held else "")
        changes.append(Change(row_path(group, row_id), {"position": position}))
    for column, value in cells.items():
        path = cell_path(group, row_id, column)
        check_value(definition, path, value)
        changes.append(Change(path, value, view.saw(path)))
    desk.vault.author(lambda stamp: author.say(stamp, view, changes))
