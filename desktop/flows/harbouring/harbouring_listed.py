"""The list of harbouring notices: sentences for a person, rows for a spreadsheet, values for another program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local, near_day
from casework.errors import AnswerError, NotThisRole
from casework.plain_table import PlainTable
from casework.practice.roles import role_name
from desktop.flows.case_file import case_files
from desktop.flows.desk import Desk
from desktop.flows.harbouring.harbouring_notices import HARBOURING, HarbouringNotice, holds_harbouring, notices_of
from desktop.store.vault import by_child

HEADS = ("Child", "Given to", "Who they are", "Address", "Given on", "Last day", "Now", "Why it ended", "Record")
LONGEST = 3650


def harbouring_notices(desk: Desk, ending_in: int | None = None) -> Sequence[HarbouringNotice]:
    """Those that end first come first, and those that have ended last. `ending_in`: only those of which nobody has
    said that they ended, and whose last day is so many days away, or past. Raises NotThisRole."""
    if not holds_harbouring(desk):
        message = f"The role “{role_name(desk.officer.role)}” does not hold harbouring notices. The missing team does."
        raise NotThisRole(message)
    if ending_in is not None and not 0 <= ending_in <= LONGEST:
        message = f"Say in how many days with a number from 0 to {LONGEST}."
        raise AnswerError(message)
    wanted = {one.child_id for one in desk.vault.summaries(form_id=HARBOURING)}
    files = case_files(desk, by_child(one for child in wanted for one in desk.vault.summaries(child_id=child)))
    found = [one for file in files.values() for one in notices_of(desk, file)]
    if ending_in is not None:
        until = local(desk.now()).date() + timedelta(days=ending_in)
        found = [one for one in found if one.is_open and one.last is not None and one.last <= until]
    return sorted(found, key=lambda one: (not one.is_open, one.last or date.max, one.child.name.casefold()))


def ending_said(last: date, today: date) -> str:
    """What is to come and what is over never read alike: “Ends Thu 3 December”, “Ended 9 days ago: renew it, or …”."""
    if last < today:
        return f"Ended {counted((today - last).days, 'day')} ago: renew it, or say how it ended"
    return "Ends today" if last == today else f"Ends {near_day(last, today)}"


def standing_said(one: HarbouringNotice, today: date) -> str:
    if one.ended:
        return one.ended
    if one.state == "begun":
        return "Not given yet, or its day is missing"
    if one.last is None:
        return "Stands, no last day recorded"
    return ending_said(one.last, today)


def as_json(one: HarbouringNotice) -> JSON:
    return {
        "notice": one.record_id,
        "child": one.child.child_id,
        "name": one.child.name,
        "given_to": one.given_to,
        "relation": one.relation,
        "address": one.address,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "until": one.last.isoformat() if one.last else None,
        "state": one.state,
        "stands": one.stands,
        "ending": one.is_ending,
    }


def table_of(found: Iterable[HarbouringNotice], today: date) -> PlainTable:
    rows = [
        (
            one.child.name, one.given_to, one.relation, one.address,
            one.issued_on.isoformat() if one.issued_on else "", one.last.isoformat() if one.last else "",
            standing_said(one, today), one.why, one.record_id,
        )
        for one in found
    ]  # fmt: skip
    return PlainTable(HEADS, rows)


def told(found: Sequence[HarbouringNotice], today: date, ending_in: int | None = None) -> str:
    """For a person: what is ending apart from what stands, and what is over last."""
    if not found and ending_in is not None:
        return f"None ends within {counted(ending_in, 'day')}, and none has ended undecided."
    parts = [
        ("About to end, or ended and not decided", [one for one in found if one.is_ending]),
        ("Standing", [one for one in found if one.is_open and not one.is_ending]),
        ("Over", [one for one in found if not one.is_open]),
    ]
    said = ["\n".join([f"{head}, {len(ones)}", *_lines(ones, today)]) for head, ones in parts if ones]
    return "\n\n".join(said) or "No harbouring notice is recorded on this laptop."


def given_said(one: HarbouringNotice) -> str:
    """“Given 3 November 2026. Older friend”."""
    given = f"Given {day(one.issued_on)}" if one.issued_on else "Day it was given not recorded"
    return ". ".join(part for part in (given, one.relation) if part)


def _lines(found: Iterable[HarbouringNotice], today: date) -> Iterator[str]:
    for one in found:
        yield f"  {one.record_id}  {one.child.name_and_age}. {one.against}"
        yield f"    {standing_said(one, today)}. {given_said(one)}"
