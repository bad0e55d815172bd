"""What is due in a whole caseload until a day: what is over apart from what is coming, and that by its months."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import Struct

from casework.canonical import JSON
from casework.dates_in_words import day, local, month_and_year, near_day, near_month
from casework.identifiers import OfficerId
from casework.plain_table import PlainTable
from casework.practice.calendar import add_months
from casework.practice.education_deadlines import movement_return
from casework.practice.roles import EDUCATION, MISSING, strands_of
from casework.practice.school_calendar import knows_school_days
from casework.practice.schools.movement_rules import RETURN, keeps_returns
from desktop.flows.case_file import CaseFile, every_case_file, who_began
from desktop.flows.desk import Desk
from desktop.flows.due.education_matters import education_clocks, is_education
from desktop.flows.due.interviews.danger_untold import DANGER, danger_untold
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import missing_only
from desktop.flows.rule_sources import said_source
from desktop.flows.schools.leavers_followed import leavers_among, owed_among

HEADS = ("Due", "How long over", "What", "Child", "About", "Rule", "Source", "Officer", "Strand", "Record")
_LOOK_AHEAD_MONTHS = 24


class DueItem(Struct, frozen=True):
    """One thing that is due. `matter` is None for what is due of every school and of no child."""

    kind: str
    strand: str
    what: str
    child: str
    line: str
    because: str
    due: date
    officer: str
    record_id: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class DueList:
    """`overdue` oldest first; `coming` soonest first, today's among them."""

    today: date
    until: date
    overdue: tuple[DueItem, ...]
    coming: tuple[DueItem, ...]

    def by_month(self) -> tuple[tuple[str, tuple[DueItem, ...]], ...]:
        """“December 2026”, with what is due in it."""
        groups = itertools.groupby(self.coming, key=lambda item: (item.due.year, item.due.month))
        return tuple((near_month(date(*month, 1), self.today), tuple(items)) for month, items in groups)


def due_list(desk: Desk, *, until: date | None = None, strand: str = "") -> DueList:
    """To the end of this month unless told; of one strand, or of all that the officer may see."""
    return due_among(desk, every_case_file(desk), until=until, strand=strand)


def due_among(
    desk: Desk,
    files: Mapping[str, CaseFile],
    *,
    until: date | None = None,
    strand: str = "",
    with_officers: bool = True,
) -> DueList:
    """`with_officers` asks the store who began each record, which a worker's own day does not show."""
    today = local(desk.now()).date()
    end = until or month_end(today)
    wanted = strands_of(desk.officer.role) & ({strand} if strand else {MISSING, EDUCATION})
    begun_by = who_began(desk, files.values()) if with_officers else {}
    found = list(_items(desk, files, wanted, end, begun_by))
    found.sort(key=lambda item: (item.due, item.child.casefold(), item.kind))
    over = tuple(item for item in found if item.due < today)
    return DueList(today, end, over, tuple(found[len(over) :]))


def month_end(day_: date) -> date:
    return add_months(day_.replace(day=1), 1) - timedelta(days=1)


def how_long_over(due: date, today: date) -> str:
    """“3 days over”, “13 weeks over”; empty for what is not over."""
    days = (today - due).days
    if days <= 0:
        return ""
    number, unit = (days, "day") if days < 21 else (days // 7, "week")
    return f"{number} {unit}{'' if number == 1 else 's'} over"


def as_json(found: DueList) -> JSON:
    return {
        "today": found.today.isoformat(),
        "until": found.until.isoformat(),
        "overdue": [_as_json(item) for item in found.overdue],
        "coming": [_as_json(item) for item in found.coming],
    }


def told(found: DueList) -> str:
    """Overdue first, then each month, and how many each officer has."""
    parts = [_section(f"Overdue, {len(found.overdue)}, oldest first", found.overdue, found.today)]
    parts += [_section(f"{month}, {len(items)}", items, found.today) for month, items in found.by_month()]
    parts.append(_officers([*found.overdue, *found.coming]))
    said = "\n\n".join(part for part in parts if part)
    return said or f"Nothing is due until {day(found.until)}."


def table_of(found: DueList) -> PlainTable:
    """A row for each."""
    rows = [
        (
            item.due.isoformat(),
            how_long_over(item.due, found.today),
            item.what,
            item.child,
            item.line,
            item.matter.rule if item.matter else "",
            item.matter.source if item.matter else item.because,
            item.officer,
            item.strand,
            item.record_id,
        )
        for item in (*found.overdue, *found.coming)
    ]
    return PlainTable(HEADS, rows)


def _items(
    desk: Desk, files: Mapping[str, CaseFile], wanted: frozenset[str], end: date, begun_by: Mapping[str, OfficerId]
) -> Iterator[DueItem]:
    name_of = desk.names()
    for file in files.values():
        for matter in (one for one in matters_in(file, wanted) if one.due <= end):
            yield _item(matter, _strand(file, matter), name_of(begun_by.get(matter.record_id, OfficerId(""))))
    if EDUCATION in wanted and keeps_returns(desk.officer.role):
        yield from (one for one in (*_movement_returns(desk, end), *_of_schools(desk)) if one.due <= end)


def matters_in(file: CaseFile, wanted: frozenset[str]) -> Iterator[Matter]:
    """Danger is of no strand: both are told, once."""
    if EDUCATION in wanted:
        yield from education_clocks(file)
    yield from missing_only(file) if MISSING in wanted else danger_untold(file)


def _strand(file: CaseFile, matter: Matter) -> str:
    """Of danger, the strand of the record that it is written in."""
    if matter.kind == DANGER:
        return next(one.strand for one in file.sorted_out.read if one.record_id == matter.record_id)
    return EDUCATION if is_education(matter) else MISSING


def _item(matter: Matter, strand: str, officer: str) -> DueItem:
    return DueItem(
        matter.kind,
        strand,
        matter.title,
        matter.child.name_and_age,
        matter.line,
        matter.because,
        matter.due,
        officer,
        matter.record_id,
        matter,
    )


def _movement_returns(desk: Desk, end: date) -> Iterator[DueItem]:
    """D10: of every school, once a month in which schools are open; from this month on, since none is kept yet."""
    today, council = local(desk.now()).date(), desk.catalogue.council
    for step in range(_LOOK_AHEAD_MONTHS):
        month = add_months(today.replace(day=1), step)
        if month > end:
            return
        found = movement_return(month.year, month.month, council)
        if found and found.due >= today:
            unsure = "" if knows_school_days(found.due, found.due, council) else ". The school calendar ends before it"
            line = f"Of {month_and_year(month)}{unsure}"
            because = f"Rule: {found.rule}. Source: CME procedure §10."
            yield DueItem("movement_return", EDUCATION, found.what, "Every school", line, because, found.due, "", "")


def _of_schools(desk: Desk) -> Iterator[DueItem]:
    """S2 §10: a school that has not returned is asked; each leaver is followed until arrived safe or referred."""
    held, council = desk.vault.summaries(form_id=RETURN), desk.catalogue.council
    for owed in owed_among(held, council, local(desk.now()).date()):
        line, because = f"Of {month_and_year(owed.month)}", "Rule: D10. Source: CME procedure §10."
        yield DueItem(
            "movement_not_returned", EDUCATION, "Ask for its return", owed.school, line, because, owed.due, "", ""
        )
    for one in leavers_among(held, council, followed=True):
        line = f"Left {one.left_school} for {one.destination or one.country}"
        because = f"Rule: {one.due.rule}. Source: CME procedure §10; {said_source(one.due.source)}."
        what = "Leaver: arrived safe?"
        yield DueItem("leaver_not_arrived", EDUCATION, what, one.name, line, because, one.due.due, "", one.return_id)


def _as_json(item: DueItem) -> JSON:
    return {
        "kind": item.kind,
        "strand": item.strand,
        "what": item.what,
        "child": item.child,
        "line": item.line,
        "because": item.because,
        "due": item.due.isoformat(),
        "officer": item.officer,
        "record": item.record_id,
    }


def _section(head: str, items: Sequence[DueItem], today: date) -> str:
    if not items:
        return ""
    lines = (_line(item, today) for item in items)
    return "\n".join([head, *lines])


def _line(item: DueItem, today: date) -> str:
    over = how_long_over(item.due, today)
    when = f"{near_day(item.due, today)}{f', {over}' if over else ''}"
    return f"  {when}  {item.child}: {item.what}. {item.line}{f'. {item.officer}' if item.officer else ''}"


def _officers(items: Iterable[DueItem]) -> str:
    names = sorted(item.officer for item in items if item.officer)
    counts = [f"{name} {len(list(held))}" for name, held in itertools.groupby(names)]
    return f"By officer: {', '.join(counts)}" if len(counts) > 1 else ""
