"""Agenda and minutes on paper, by who is given them: a signed page for a computer as well."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from casework.dates_in_words import counted, day, day_and_time, local
from casework.errors import DocumentError
from casework.practice.groups.group_table import GROUPS
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.flows.desk import Desk
from desktop.flows.groups.group_actions import action_line
from desktop.flows.groups.meeting_list import MeetingItem, members_line
from desktop.flows.groups.minutes import Minutes, minutes
from desktop.flows.signing.lasting import lasting
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

_HEADS = ("Child", "Why", "What has changed", "", "Decided", "Actions")
_WIDTHS = (0.12, 0.16, 0.22, 0.14, 0.18, 0.18)
_PARTNER = (0, 1, 4, 5)


class MinutesCopy(StrEnum):
    """The group's own has everything; a partner agency's what it needs to act; a worker's is of their child alone."""

    GROUP = "group"
    PARTNER = "partner"
    WORKER = "worker"


TITLES = {
    MinutesCopy.GROUP: "For the group",
    MinutesCopy.PARTNER: "For a partner agency",
    MinutesCopy.WORKER: "For one child’s worker",
}


def print_minutes(desk: Desk, meeting_id: str, file: Path, copy: MinutesCopy, child_id: str = "") -> str:
    """Says what was saved. Raises UnknownRecord, DocumentError where the copy has nobody to be about, NotJoined without
    a certificate."""
    found = minutes(desk, meeting_id)
    items = _items(found, copy, child_id)
    wanted = _PARTNER if copy is MinutesCopy.PARTNER else range(len(_HEADS))
    whole = sum(_WIDTHS[place] for place in wanted)
    paper = TablePaper(
        form="minutes",
        title=f"{found.meeting.title}, {day_and_time(found.meeting.held_at)}",
        line=_line(found, copy),
        heads=tuple(_HEADS[place] or GROUPS[found.meeting.kind].stands for place in wanted),
        widths=tuple(_WIDTHS[place] / whole for place in wanted),
        rows=[[cells[place] for place in wanted] for item in items if (cells := _cells(desk, found, item))],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
    )
    signer = identity(desk)
    data = seal_pdf(table_pdf(paper, fonts()), signer, reason="Minutes", place=paper.council, at=paper.made)
    made = lasting(desk, data)
    write_new(file, made.data)
    desk.vault.audit.add("exported", record=meeting_id, copy=f"minutes {copy}", rows=len(items))
    return f"Saved as {file.name}: {counted(len(items), 'child', 'children')}, {TITLES[copy].lower()}. {made.sentence}"


def suggested_name(found: Minutes, copy: MinutesCopy) -> str:
    """Without a child's name in it."""
    return f"{found.meeting.kind}-{found.meeting.on.isoformat()}-{copy}.pdf"


def _items(found: Minutes, copy: MinutesCopy, child_id: str) -> Sequence[MeetingItem]:
    if copy is not MinutesCopy.WORKER:
        return found.items
    own = [one for one in found.items if one.child.child_id == child_id]
    if not own:
        message = "Say of which child: a worker’s copy holds one child of this agenda and nobody else (--child)."
        raise DocumentError(message)
    return own


def _line(found: Minutes, copy: MinutesCopy) -> str:
    """A worker's copy says nothing of how many others there are."""
    meeting = found.meeting
    since = f"Since {day(meeting.since)}" if meeting.since and copy is MinutesCopy.GROUP else ""
    parts = [since, f"Chair: {meeting.chair}", members_line(meeting)]
    if copy is MinutesCopy.GROUP:
        parts += [f"{found.done} of {len(found.items)} spoken of", found.not_here_line, meeting.own_words]
        parts += [f"Papers: {'; '.join(meeting.papers)}"] if meeting.papers else []
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _cells(desk: Desk, found: Minutes, item: MeetingItem) -> Sequence[str]:
    today = local(desk.now()).date()
    actions = found.actions.get(item.child.child_id, ())
    return (
        item.child.name_and_age,
        "\n".join(item.why),
        "\n".join(f"{on}: {words}" for on, words in item.changed),
        item.plan,
        item.decided or ("Carried over" if item.is_carried else ""),
        "\n".join(action_line(action, today) for action in actions),
    )
