"""Keeping a meeting: the agenda becomes its items, one a child; then what is decided about each, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, local
from casework.errors import AnswerError, NotThisRole
from casework.practice.council import GroupTable
from casework.practice.groups.group_table import GROUPS, ITEM, MEETING, STRAND, GroupKind, home_of, may_keep
from casework.practice.roles import MISSING, role_name
from casework.records import Change, RecordView, cell_path, row_path
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.groups.agenda import AgendaChild, agenda, on_agenda
from desktop.flows.groups.group_actions import GroupAction, actions_of, open_ones
from desktop.flows.groups.meeting_list import Meeting, MeetingItem, item_of, items_of, kind_of, meeting_of, meetings
from desktop.flows.groups.told_agenda import ToldAgenda, ToldChild, children_here, told_agenda, told_line
from desktop.flows.record.answers_to_changes import after
from desktop.flows.record.editing import answer, new_of_no_child, new_record, new_row_id

PAPERS, WITH_PAPERS = "papers", 3  # the question, and the first version of the form that asks it


@dataclass(frozen=True, slots=True)
class Minutes:
    """`actions` by child, those that were open or given at this meeting; `elsewhere`: children on the agenda whom this
    laptop may not hold, without those of `told`, whom the service told its chair of; `told_line`: how whole that makes
    the list, and `told_at` how old it is."""

    meeting: Meeting
    items: tuple[MeetingItem, ...]
    actions: dict[str, tuple[GroupAction, ...]]
    elsewhere: int
    may_write: bool
    told: tuple[ToldChild, ...] = ()
    told_line: str = ""
    told_at: str = ""

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.items)

    @property
    def elsewhere_line(self) -> str:
        return f"{counted(self.elsewhere, 'child', 'children')} you may not see" if self.elsewhere else ""

    @property
    def not_here_line(self) -> str:
        """On paper, and where nobody is told of them by name."""
        number = self.elsewhere + len(self.told)
        if not self.told:
            return self.elsewhere_line
        return f"{counted(number, 'child', 'children')} whose records are not on this laptop"


def keep_agenda(desk: Desk, kind: GroupKind, at: datetime | None = None) -> str:
    """The meeting, with an item for each child of its agenda. One that has not ended is gone on with: children who
    belong on it since it was begun are added, and nobody is taken off."""
    refuse_who_does_not_keep(desk, kind)
    at = at or desk.now()
    found = agenda(desk, kind, local(at).date())
    begun = next((one for one in meetings(desk, kind) if not one.ended and one.on == found.on), None)
    meeting_id = begun.record_id if begun else _begin(desk, kind, at, found.since.isoformat())
    on_it, meeting = {one.child.child_id for one in items_of(desk, meeting_id)}, meeting_of(desk, meeting_id)
    new = [one for one in found.children if one.child.child_id not in on_it]
    for place, child in enumerate(new, len(on_it) + 1):
        _put(desk, meeting, child, place, _by_rule(child))
    _count(desk, meeting_id)
    return meeting_id


def minutes(desk: Desk, meeting_id: str) -> Minutes:
    """Raises UnknownRecord."""
    meeting = meeting_of(desk, meeting_id)
    items, days = items_of(desk, meeting_id), [one.on for one in meetings(desk, meeting.kind)]
    given = actions_of(desk, meeting.kind, meeting.on, days)
    shown = {
        child: tuple(one for one in held if one.is_open or one.given == meeting.on) for child, held in given.items()
    }
    told = _told(desk, meeting)
    others = told.children if told else ()
    elsewhere = max(meeting.children - len(items) - len(others), 0)
    line, at = "" if meeting.ended else told_line(desk, meeting.kind, told), told.moment if told else ""
    return Minutes(meeting, items, shown, elsewhere, may_keep(desk.officer.role, meeting.kind), others, line, at)


def put_on(desk: Desk, meeting_id: str, child_id: str, why: str) -> str:
    """A child whom a person wants spoken of, with the reason. Raises AnswerError without one."""
    meeting = meeting_of(desk, meeting_id)
    refuse_who_does_not_keep(desk, meeting.kind)
    if not why.strip():
        message = "Write why the child is to be spoken of."
        raise AnswerError(message)
    on_it = items_of(desk, meeting_id)
    here = next((one for one in on_it if one.child.child_id == child_id), None)
    if here is not None:
        message = f"{here.child.name} is on this agenda already."
        raise AnswerError(message)
    file = case_file(desk, child_id)
    days = [one.on for one in meetings(desk, meeting.kind)]
    actions = open_ones(actions_of(desk, meeting.kind, meeting.on, days).get(child_id, ()))
    child = on_agenda(desk, meeting.kind, file, meeting.since or meeting.on, actions)
    words: list[JSON] = [{"id": "w0", "words": why.strip(), "put_on_by": desk.officer.name}]
    item = _put(desk, meeting, child, len(on_it) + 1, words)
    _count(desk, meeting_id)
    return item


def decide(desk: Desk, item_id: str, words: str) -> None:
    """What the group decided about a child, in the minutes. Raises UnknownRecord and NotThisRole."""
    _refuse_item(desk, item_id)
    answer(desk, item_id, {"decided": words.strip() or None})


def settle(desk: Desk, item_id: str) -> None:
    """The child has been spoken of: the worker hears of it with a notice."""
    _refuse_item(desk, item_id)
    answer(desk, item_id, {"done_at": desk.now().isoformat(timespec="seconds"), "carried": None})


def carry_over(desk: Desk, item_id: str) -> None:
    """Not today: the next agenda begins with it."""
    _refuse_item(desk, item_id)
    answer(desk, item_id, {"carried": True})


def note_member(desk: Desk, meeting_id: str, name: str, agency: str = "", *, came: bool = True) -> None:
    """Who is there, or sent apologies: said again it counts anew."""
    meeting = meeting_of(desk, meeting_id)
    refuse_who_does_not_keep(desk, meeting.kind)
    agencies = _agencies(desk)
    if not name.strip() or (agency and agency not in agencies):
        message = f"Give a name, and an agency of: {', '.join(agencies)}."
        raise AnswerError(message)
    cells: dict[str, JSON] = {"name": name.strip(), "came": came, **({"agency": agency} if agency else {})}
    _write_member(desk, meeting_id, cells)


def note_paper(desk: Desk, meeting_id: str, title: str) -> bool:
    """Stands among the meeting's papers, once by its title. False for a meeting that was begun before there were any,
    whose record has no place for it."""
    meeting = meeting_of(desk, meeting_id)
    refuse_who_does_not_keep(desk, meeting.kind)
    view = desk.vault.view(meeting_id)
    if view.form_version < WITH_PAPERS:
        return False
    if title not in meeting.papers:
        held, row_id = view.rows(PAPERS), new_row_id()
        said: dict[str, JSON] = {"title": title, "made_at": desk.now().isoformat(timespec="seconds")}
        changes = [Change(row_path(PAPERS, row_id), {"position": after(held[-1].position if held else "")})]
        changes += [Change(cell_path(PAPERS, row_id, column), value) for column, value in said.items()]
        desk.vault.author(lambda stamp: desk.author.say(stamp, view, tuple(changes)))
    return True


def end_meeting(desk: Desk, meeting_id: str) -> None:
    meeting = meeting_of(desk, meeting_id)
    refuse_who_does_not_keep(desk, meeting.kind)
    _say(desk, meeting_id, {"ended_at": desk.now().isoformat(timespec="seconds")})


def refuse_who_does_not_keep(desk: Desk, kind: GroupKind) -> None:
    """Raises NotThisRole, with the true reason."""
    if may_keep(desk.officer.role, kind):
        return
    keepers = " or ".join(sorted(role_name(role).lower() for role in GROUPS[kind].keeps))
    message = f"{GROUPS[kind].title}: its agenda and minutes are kept by {keepers}. You may read what is here."
    raise NotThisRole(message)


def _refuse_item(desk: Desk, item_id: str) -> None:
    item_of(desk, item_id)
    refuse_who_does_not_keep(desk, kind_of(desk, item_id))


def _begin(desk: Desk, kind: GroupKind, at: datetime, since: str) -> str:
    known: dict[str, JSON] = {
        "kind": str(kind),
        "held_at": at.isoformat(timespec="seconds"),
        "since": since,
        "chair": desk.officer.name,
    }
    meeting_id = new_of_no_child(desk, MEETING, home_of(kind), STRAND, known)
    expected = desk.catalogue.council.groups.get(kind, GroupTable()).members
    for one in expected:
        agency = {"agency": one.agency} if one.agency in _agencies(desk) else {}
        _write_member(desk, meeting_id, {"name": one.name, **agency})
    return meeting_id


def _agencies(desk: Desk) -> dict[str, str]:
    column = desk.catalogue.form(MEETING).question("members").column("agency")
    return {option.code: option.label for option in column.options} if column else {}


def _put(desk: Desk, meeting: Meeting, child: AgendaChild, place: int, why: Sequence[JSON]) -> str:
    known: dict[str, JSON] = {
        "meeting": meeting.record_id,
        "kind": str(meeting.kind),
        "held_at": meeting.held_at.isoformat(timespec="seconds"),
        "place": place,
        "why": list(why),
        "changed": [{"id": f"c{n}", "on": on, "words": words} for n, (on, words) in enumerate(child.changed)],
        "plan" if GROUPS[meeting.kind].strand == MISSING else "stands": child.plan,
    }
    return new_record(desk, ITEM, child.child.child_id, known, strand=GROUPS[meeting.kind].strand)


def _by_rule(child: AgendaChild) -> list[JSON]:
    return [{"id": f"w{n}", "words": one.words, "rule": one.rule} for n, one in enumerate(child.reasons)]


def _count(desk: Desk, meeting_id: str) -> None:
    """Never fewer than before: another laptop may hold children that this one does not."""
    known = meeting_of(desk, meeting_id).children
    told = _told(desk, meeting_of(desk, meeting_id))
    here = len(items_of(desk, meeting_id)) + (len(told.children) if told else 0)
    if here > known:
        _say(desk, meeting_id, {"children": here})


def _told(desk: Desk, meeting: Meeting) -> ToldAgenda | None:
    """As long as the meeting goes on, and what was told counts to it: the next agenda begins with its day."""
    if meeting.ended:
        return None
    found = told_agenda(desk, meeting.kind, children_here(desk))
    return found if found is not None and found.since < meeting.on >= local(found.at).date() else None


def _say(desk: Desk, record_id: str, said: dict[str, JSON]) -> None:
    view, author = desk.vault.view(record_id), desk.author
    changes = [Change(f"f/{name}", value, view.saw(f"f/{name}")) for name, value in said.items()]
    desk.vault.author(lambda stamp: author.say(stamp, view, changes))


def _write_member(desk: Desk, meeting_id: str, cells: dict[str, JSON]) -> None:
    view, author = desk.vault.view(meeting_id), desk.author
    held = view.rows("members")
    same = (row.id for row in held if view.row_answers("members", row.id).get("name") == cells["name"])
    row_id = next(same, "")
    new = [] if row_id else [Change(row_path("members", row_id := new_row_id()), {"position": _last(view)})]
    paths = {cell_path("members", row_id, column): value for column, value in cells.items()}
    changes = [*new, *(Change(path, value, view.saw(path)) for path, value in paths.items())]
    desk.vault.author(lambda stamp: author.say(stamp, view, changes))


def _last(view: RecordView) -> str:
    held = view.rows("members")
    return after(held[-1].position if held else "")
