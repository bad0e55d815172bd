"""The termly returns about home and missing education: counts on the census days, and at any time in the year.

They say every number as it is: these go to the government, which hides the small ones itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from casework.forms.conditions import codes
from casework.forms.moments import span
from casework.identifiers import ChildId
from casework.plain_table import PlainTable
from casework.practice.council import Council, ReturnYear
from central.facts.numbers_of_practice import council_now
from central.figures.periods import school_year
from central.returns.counted_records import (
    CountedRecord,
    Doubt,
    Return,
    born,
    children_by_id,
    missing_education_cases,
    records_of,
)
from central.returns.ssda903 import sorted_doubts

HEADS = ("return", "day", "by", "group", "count")
EHE, CME = "EHE", "CME"
ANY_TIME = "any time in the year"
NOT_IN_LIST, NOT_KNOWN = "reason not in this year's list", "not recorded"
_ENQUIRIES = ("enquiry", "pending", "not_ehe")
_LENGTHS = ((4 * 7, "up to 4 weeks"), (13 * 7, "up to 13 weeks"), (26 * 7, "up to 26 weeks"), (365, "up to 52 weeks"))


@dataclass(frozen=True, slots=True)
class _Stay:
    """One case: of which return, from when until when, and what it is grouped by."""

    of: str
    child_id: ChildId
    first: date
    last: date | None
    sex: str
    born: date | None
    reason: str
    send: tuple[str, ...]

    def goes_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or self.last > day)

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and (self.last is None or self.last >= first)


def census_days(council: Council, year: int) -> tuple[date, ...]:
    """As the council's file has them for the school year; else the first Thursday of October, and the third of January
    and of May."""
    named = _year_of(council, year)
    if named is not None and named.census:
        return named.census
    return (_thursday(year, 10, 1), _thursday(year + 1, 1, 3), _thursday(year + 1, 5, 3))


def ehe_cme(connection: Connection, year: int, today: date) -> Return:
    """Of the school year that begins in `year`; a census day to come is left out."""
    council, period = council_now(connection), school_year(year)
    children, doubts = children_by_id(connection), list[Doubt]()
    stays = [*_home_education(connection, children, doubts), *_missing_education(connection, children, doubts)]
    named = _year_of(council, year)
    rows: list[tuple[object, ...]] = []
    for day in census_days(council, year):
        if day <= today:
            rows += _counts(day.isoformat(), day, [one for one in stays if one.goes_on(day)], named)
    in_year = [one for one in stays if one.touches(period.first, period.last)]
    rows += _counts(ANY_TIME, period.last, in_year, named)
    lists = "with the lists of that year" if named else "no list of that year is in the council’s file"
    rules = f"EHE and CME, school year {year}/{(year + 1) % 100:02}, {lists}"
    return Return(PlainTable(HEADS, rows), rules, sorted_doubts(doubts))


def _home_education(
    connection: Connection, children: Mapping[str, CountedRecord], doubts: list[Doubt]
) -> Iterator[_Stay]:
    for one in records_of(connection, "ehe_case"):
        if one.answer("stage") in _ENQUIRIES:
            continue
        name = "ehe_start" if one.is_said("ehe_start") else "notified_on"
        first, last = _day(one, name), _day(one, "ended_on")
        if first is None or (one.is_said("ended_on") and last is None):
            doubts.append(Doubt(one.reference, "On which day exactly did education at home begin, and end?"))
            continue
        yield _stay(EHE, one, children, (first, last), str(one.answer("main_reason") or ""))


def _missing_education(
    connection: Connection, children: Mapping[str, CountedRecord], doubts: list[Doubt]
) -> Iterator[_Stay]:
    for one in missing_education_cases(connection):
        closing = "closed_on" if one.is_said("closed_on") else "told_referrer_on"
        closed = one.is_said("closed_on") or one.is_said("outcome")
        first, last = _day(one, "logged_on"), _day(one, closing)
        if first is None or (closed and last is None):
            doubts.append(Doubt(one.reference, "On which day exactly was the case opened, and closed?"))
            continue
        reason = str(one.answer("referral_ground") or "")
        yield _stay(CME, one, children, (first, last if closed else None), reason)


def _stay(
    of: str, one: CountedRecord, children: Mapping[str, CountedRecord], days: tuple[date, date | None], reason: str
) -> _Stay:
    child = children.get(one.child_id)
    sex = str(child.answer("sex") or NOT_KNOWN) if child else NOT_KNOWN
    return _Stay(of, one.child_id, *days, sex, born(child), reason, tuple(codes(one.answer("send"))))


def _counts(name: str, day: date, stays: Iterable[_Stay], named: ReturnYear | None) -> Iterator[tuple[object, ...]]:
    """A child once in each return: by the case that began last."""
    for of in (EHE, CME):
        latest: dict[str, _Stay] = {}
        for one in sorted((one for one in stays if one.of == of), key=lambda one: one.first):
            latest[one.child_id] = one
        mine = list(latest.values())
        yield (of, name, "total", "", len(mine))
        groups = [("sex", Counter(one.sex for one in mine)), ("year group", Counter(_group(one, day) for one in mine))]
        groups.append(("main reason", Counter(_reason(one, named) for one in mine)))
        if of == CME:
            groups.append(("time missing", Counter(_length(one, day) for one in mine)))
        else:
            groups.append(("special needs", Counter(need for one in mine for need in one.send or (NOT_KNOWN,))))
        for by, found in groups:
            yield from ((of, name, by, group, found[group]) for group in sorted(found))


def _group(one: _Stay, day: date) -> str:
    """School years begin in September, and so do year groups."""
    if one.born is None:
        return NOT_KNOWN
    begun = day.year - (day.month < 9)
    return str(begun - (one.born.year + (one.born.month >= 9)) - 4).rjust(2)


def _length(one: _Stay, day: date) -> str:
    end = min(day, one.last) if one.last else day
    days = (end - one.first).days
    return next((words for most, words in _LENGTHS if days <= most), "over 52 weeks")


def _reason(one: _Stay, named: ReturnYear | None) -> str:
    if not one.reason:
        return NOT_KNOWN
    listed = (named.ehe_reasons if one.of == EHE else named.cme_reasons) if named else ()
    return one.reason if one.reason in listed else NOT_IN_LIST


def _day(one: CountedRecord, name: str) -> date | None:
    when = span(one.answer(name))
    return when.first.date() if when is not None and when.first.date() == when.last.date() else None


def _thursday(year: int, month: int, place: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (place - 1))


def _year_of(council: Council, year: int) -> ReturnYear | None:
    name = f"{year}/{(year + 1) % 100:02}"
    return next((one for one in council.return_years if one.school_year == name), None)
