"""One child as a list names them: status, when last back or met, what is due next, and the latest photograph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from weakref import WeakKeyDictionary

from msgspec import Struct

from casework.dates_in_words import LONDON, clock_time, local, near_day
from casework.folding import folded
from casework.forms.moments import span
from casework.practice.deadlines import Clocks
from casework.practice.lives.states import rows
from casework.practice.roles import EDUCATION, MISSING, strands_of
from desktop.flows.case_file import INTERVIEW, CaseFile, ChildRecords, case_file, every_case_file
from desktop.flows.child.facts import newest_photo
from desktop.flows.children import Child, born_line, children
from desktop.flows.desk import Desk
from desktop.flows.due.due_list import how_long_over, matters_in
from desktop.flows.due.interviews.interviews_due import due_among_files
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_now import is_away, missing_child
from desktop.flows.placements.placement_history import placed_elsewhere
from desktop.store.vault import Summary

SEEN = "child_seen"  # of a visit’s attempts


class ChildOrder(StrEnum):
    NAME = "name"
    DUE = "due"
    CONTACT = "contact"


class LastMet(Struct, frozen=True):
    """`title` is empty for a return: nobody need have met the child then."""

    at: datetime
    title: str
    is_exact: bool


class ChildLine(Struct, frozen=True):
    """`away`: “Missing 4 h 27 min”. `clocks` where an interview is what is due first, else `matter` is; without either
    nothing is concluded. `photo` names the picture, which may not be on this laptop."""

    child: Child
    name: str
    status: str
    placed: str
    last: str
    last_at: datetime | None
    due_at: datetime | None
    away: str = ""
    clocks: Clocks | None = None
    matter: Matter | None = None
    over: str = ""
    photo: str = ""

    @property
    def line(self) -> str:
        """“Looked after child (LAC), Larkfield House. Back Thu 26 November, 21:40”."""
        return ". ".join(part for part in (self.status or born_line(self.child), self.placed, self.last) if part)


class WantedChildren(Struct, frozen=True):
    """Which children, and in which order; an empty text asks for all. `status` is a code of the child’s form."""

    words: str = ""
    status: str = ""
    order: ChildOrder = ChildOrder.NAME


class ChildrenListed(Struct, frozen=True):
    """`held`: how many there are before any were left out. `lines` stand for as many of the first as were asked for,
    or for all where the order needs all of them."""

    held: int
    children: tuple[Child, ...]
    lines: Mapping[str, ChildLine]


def list_name(desk: Desk, child: Child) -> str:
    """“Wren Hollowby, 14”, or as the council’s file has it “Hollowby, Wren, 14”."""
    given, family = (str(child.facts.get(part) or "") for part in ("given_name", "family_name"))
    if not (desk.catalogue.council.family_name_first and given and family):
        return child.name_and_age
    rest = child.name.removeprefix(f"{given} {family}")
    name = f"{family}, {given}{rest}"
    return name if child.age is None else f"{name}, {child.age}"


def listed(desk: Desk, wanted: WantedChildren, *, first: int) -> ChildrenListed:
    """Those who are missing come first, whatever the order: there is nobody to look for before them."""
    held = children(desk)
    kept = [child for child in held if is_wanted(child, wanted)]
    if wanted.order is ChildOrder.NAME:
        away = {one.child_id for one in desk.vault.not_found() if is_away(one)}
        kept.sort(key=lambda child: (child.child_id not in away, *_by_name(desk, child)))
        lines = lines_of(desk, [child.child_id for child in kept[:first]])
    else:
        files = every_case_file(desk)
        lines = _lines(desk, {child.child_id: files[child.child_id] for child in kept if child.child_id in files})
        kept = [line.child for line in sorted(lines.values(), key=lambda line: _place(desk, wanted.order, line))]
    return ChildrenListed(len(held), tuple(kept), lines)


def lines_of(desk: Desk, child_ids: Iterable[str]) -> Mapping[str, ChildLine]:
    return _lines(desk, {child_id: case_file(desk, child_id) for child_id in child_ids})


def statuses(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Code and words of each status that a child may have."""
    question = desk.catalogue.form("child").by_id["care_status"]
    return tuple((option.code, option.label) for option in question.options)


def is_wanted(child: Child, wanted: WantedChildren) -> bool:
    """By the beginnings of names, in whatever letters and order."""
    if wanted.status and child.facts.get("care_status") != wanted.status:
        return False
    names = [folded(part) for part in child.name.split()]
    return all(any(name.startswith(word) for name in names) for word in map(folded, wanted.words.split()) if word)


def _by_name(desk: Desk, child: Child) -> tuple[str, str]:
    given, family = (str(child.facts.get(part) or "").casefold() for part in ("given_name", "family_name"))
    return (family, given) if desk.catalogue.council.family_name_first else (child.name.casefold(), "")


def _place(desk: Desk, order: ChildOrder, line: ChildLine) -> tuple[object, ...]:
    """The longest due, or the longest not met, first; who was never met before all others."""
    never, far = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    when = line.due_at or far if order is ChildOrder.DUE else line.last_at or never
    return not line.away, when, *_by_name(desk, line.child)


def _lines(desk: Desk, files: Mapping[str, CaseFile]) -> Mapping[str, ChildLine]:
    clocks: dict[str, Clocks] = {}
    for due in due_among_files(desk, files):
        if due.child.child_id in files:
            clocks.setdefault(due.child.child_id, due.clocks)
    placed = placed_elsewhere(desk, [file.child for file in files.values()])
    strands = strands_of(desk.officer.role) & {MISSING, EDUCATION}
    return {
        child_id: _line(desk, file, clocks.get(child_id), placed.get(child_id, ""), strands)
        for child_id, file in files.items()
    }


def _line(desk: Desk, file: CaseFile, clocks: Clocks | None, placed: str, strands: frozenset[str]) -> ChildLine:
    child, away, met = file.child, missing_child(desk, file), last_met(desk, file)
    clocks, matter = _first(clocks, min(matters_in(file, strands), key=lambda one: one.due, default=None))
    photo = newest_photo(file)
    kept = photo.get("file") if photo else None
    return ChildLine(
        child=child,
        name=list_name(desk, child),
        status=_status(desk, child),
        placed=placed,
        last=_last_words(met, file.today) if met else "",
        last_at=met.at if met else None,
        due_at=_due_at(clocks, matter),
        away=away.headline if away else "",
        clocks=clocks,
        matter=matter,
        over=how_long_over(matter.due, file.today) if matter else "",
        photo=str(kept.get("sha256", "")) if isinstance(kept, Mapping) else "",
    )


def _first(clocks: Clocks | None, matter: Matter | None) -> tuple[Clocks | None, Matter | None]:
    """The one of both that is due first; an interview whose hours cannot be counted goes before what is not over."""
    interview_at, matter_at = _due_at(clocks, None), _due_at(None, matter)
    if interview_at and matter_at and matter_at < interview_at:
        return None, matter
    return (clocks, None) if clocks else (None, matter)


def _due_at(clocks: Clocks | None, matter: Matter | None) -> datetime | None:
    days = [datetime.combine(matter.due, time.max, LONDON)] if matter else []
    hours = [clocks.h72.due] if clocks and clocks.h72.due else []
    return min([*days, *hours], default=None)


def _status(desk: Desk, child: Child) -> str:
    """“Looked after child (LAC), Larkfield House”. No address stands in a list, nor what of one follows a name."""
    known = child.facts
    said = known.get("care_status")
    care = desk.catalogue.display(desk.catalogue.form("child"), "care_status", said) if said else ""
    return ", ".join(part for part in (care, _text(known, "placement_name").partition(",")[0]) if part)


# What was sorted out of records that have not changed since; what is later than now stands in none of them.
_LAST_MET: WeakKeyDictionary[ChildRecords, tuple[LastMet, ...]] = WeakKeyDictionary()


def last_met(desk: Desk, file: CaseFile) -> LastMet | None:
    """When the child was last back, talked with or visited, as far as records on this laptop say."""
    found = _LAST_MET.get(file.sorted_out)
    if found is None:
        found = _LAST_MET[file.sorted_out] = tuple(sorted(_met(desk, file), key=lambda one: one.at, reverse=True))
    return next((one for one in found if one.at <= file.now), None)


def _met(desk: Desk, file: CaseFile) -> Iterator[LastMet]:
    for episode in file.real_episodes():
        yield from _moments([episode.answers.get("found_at")], "")
    for form, moments in _MOMENTS.items():
        for summary in file.of(form):
            yield from _moments(moments(summary), desk.catalogue.form(form).title)


def _moments(said: Iterable[object], title: str) -> Iterator[LastMet]:
    for known in filter(None, map(span, said)):
        yield LastMet(known.first, title, known.first == known.last)


def _attempts(visit: Summary) -> Sequence[object]:
    return [row.get("at") for row in rows(visit.answers, "attempts") if row.get("result") == SEEN]


_MOMENTS: Mapping[str, Callable[[Summary], Sequence[object]]] = {
    INTERVIEW: lambda summary: [summary.answers.get("started_at")],
    "safe_well_visit": _attempts,
    "ehe_visit": lambda summary: [summary.answers.get("visit_at")],
}


def _last_words(met: LastMet, today: date) -> str:
    said = near_day(local(met.at).date(), today)
    if met.title:
        return f"{met.title} {said}"
    return f"Back {said}, {clock_time(met.at)}" if met.is_exact else f"Back {said}"


def _text(known: Mapping[str, object], name: str) -> str:
    value = known.get(name)
    return value.strip() if isinstance(value, str) else ""
