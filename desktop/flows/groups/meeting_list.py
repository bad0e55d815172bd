"""The meetings this laptop holds, and the children each spoke of, as far as they are here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import UnknownRecord
from casework.forms.moments import span
from casework.practice.groups.group_table import GROUPS, ITEM, MEETING, GroupKind, groups_of, may_keep
from casework.practice.lives.states import rows
from desktop.flows.children import Child, child_of
from desktop.flows.desk import Desk
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a group; `came` is None while nobody has said."""

    name: str
    agency: str
    came: bool | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """`children`: how many were on its agenda, of whom this laptop may hold fewer; `papers`: by title, as made."""

    record_id: str
    kind: GroupKind
    held_at: datetime
    since: date | None
    chair: str
    members: tuple[Member, ...]
    children: int
    own_words: str
    ended: bool
    papers: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return GROUPS[self.kind].title

    @property
    def on(self) -> date:
        return local(self.held_at).date()


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """`why` and `changed` as they stood when the child was put on, or was spoken of; `stands` is what `plan` tells."""

    record_id: str
    child: Child
    why: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    plan: str
    decided: str
    is_done: bool
    is_carried: bool
    stands: str


def may_see_groups(role: str) -> bool:
    return bool(groups_of(role))


def kinds_kept(role: str) -> tuple[GroupKind, ...]:
    """The groups whose agenda this role makes."""
    return tuple(kind for kind in GroupKind if may_keep(role, kind))


def meetings(desk: Desk, kind: GroupKind | None = None) -> tuple[Meeting, ...]:
    """The newest first."""
    found = (_meeting(desk, summary) for summary in desk.vault.summaries(form_id=MEETING))
    wanted = [one for one in found if one is not None and kind in (None, one.kind)]
    return tuple(sorted(wanted, key=lambda one: (one.held_at.timestamp(), one.record_id), reverse=True))


def meeting_of(desk: Desk, record_id: str) -> Meeting:
    """Raises UnknownRecord."""
    summary = desk.vault.summary(record_id)
    found = _meeting(desk, summary) if summary is not None and summary.form_id == MEETING else None
    if found is None:
        message = "That meeting is not on this laptop. Those that are stand under Groups, or with: homeward meetings"
        raise UnknownRecord(message)
    return found


def last_before(desk: Desk, kind: GroupKind, on: date) -> Meeting | None:
    """The meeting from whose day an agenda counts."""
    return next((one for one in meetings(desk, kind) if one.on < on), None)


def items_of(desk: Desk, meeting_id: str) -> tuple[MeetingItem, ...]:
    """In the order in which they were put on the agenda."""
    held = [s for s in desk.vault.summaries(form_id=ITEM) if s.answers.get("meeting") == meeting_id]
    return tuple(_item(desk, one) for one in sorted(held, key=_place))


def _place(item: Summary) -> tuple[int, str, str]:
    place = item.answers.get("place")
    return (place if isinstance(place, int) else 0), item.created_at, item.record_id


def item_of(desk: Desk, record_id: str) -> MeetingItem:
    """Raises UnknownRecord."""
    summary = desk.vault.summary(record_id)
    if summary is None or summary.form_id != ITEM:
        message = "That child’s item is not on this laptop. A meeting lists its own with: homeward minutes MEETING"
        raise UnknownRecord(message)
    return _item(desk, summary)


def kind_of(desk: Desk, item_id: str) -> GroupKind:
    """Of an item that is here."""
    return GroupKind(str(desk.vault.view(item_id).answer("f/kind")))


def _meeting(desk: Desk, summary: Summary) -> Meeting | None:
    said = summary.answers
    held_at, since = span(said.get("held_at")), span(said.get("since"))
    if said.get("kind") not in set(GroupKind) or held_at is None:
        return None
    return Meeting(
        record_id=summary.record_id,
        kind=GroupKind(str(said["kind"])),
        held_at=held_at.first,
        since=since.last.date() if since else None,
        chair=str(said.get("chair") or ""),
        members=tuple(_member(desk, row) for row in rows(said, "members")),
        children=count if isinstance(count := said.get("children"), int) else 0,
        own_words=str(said.get("own_words") or ""),
        ended=bool(said.get("ended_at")),
        papers=tuple(str(row["title"]) for row in rows(said, "papers") if row.get("title")),
    )


def _member(desk: Desk, row: Mapping[str, object]) -> Member:
    column = desk.catalogue.form(MEETING).question("members").column("agency")
    labels = {option.code: option.label for option in column.options} if column else {}
    came = row.get("came")
    return Member(
        str(row.get("name") or ""),
        labels.get(str(row.get("agency")), ""),
        came if isinstance(came, bool) else None,
    )


def _item(desk: Desk, summary: Summary) -> MeetingItem:
    """With what is typed and not said yet."""
    said = desk.vault.view(summary.record_id, drafts=True).answers() if summary.has_drafts else summary.answers
    return MeetingItem(
        record_id=summary.record_id,
        child=child_of(desk, summary.child_id),
        why=tuple(_why(row) for row in rows(said, "why")),
        changed=tuple((str(row.get("on") or ""), str(row.get("words") or "")) for row in rows(said, "changed")),
        plan=str(said.get("plan") or said.get("stands") or ""),
        stands=GROUPS[GroupKind(str(said["kind"]))].stands if said.get("kind") in set(GroupKind) else "",
        decided=str(said.get("decided") or ""),
        is_done=bool(said.get("done_at")),
        is_carried=said.get("carried") is True,
    )


def _why(row: Mapping[str, object]) -> str:
    by = str(row.get("put_on_by") or "")
    return f"Put on by {by}: {row.get('words')}" if by else str(row.get("words") or "")


def as_json(found: Meeting) -> dict[str, JSON]:
    return {
        "meeting": found.record_id,
        "kind": str(found.kind),
        "held_at": found.held_at.isoformat(),
        "since": found.since.isoformat() if found.since else None,
        "chair": found.chair,
        "members": [{"name": one.name, "agency": one.agency, "came": one.came} for one in found.members],
        "children": found.children,
        "ended": found.ended,
        "papers": list(found.papers),
    }


def members_line(found: Meeting) -> str:
    """“Here: Tom Applegarth, PC Anand (Police). Apologies: Ida Moor. Expected: NSPCC”."""
    said = {True: "Here", False: "Apologies", None: "Expected"}
    named = ((words, _names([one for one in found.members if one.came is came])) for came, words in said.items())
    return ". ".join(f"{words}: {names}" for words, names in named if names)


def _names(members: Sequence[Member]) -> str:
    return ", ".join(f"{one.name} ({one.agency})" if one.agency else one.name for one in members)
