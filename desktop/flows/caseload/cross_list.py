"""Children by the lists they are in: missing, missing education, home education, exclusion, CSE and CCE (S0; S1).

Of what this laptop does not keep nothing is concluded: there only a flag on the child’s own record speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local, month_day
from casework.errors import NotThisRole
from casework.forms.moments import day_said
from casework.identifiers import BucketId, child_named
from casework.plain_table import PlainTable
from casework.practice.calendar import add_months
from casework.practice.lives.case_shapes import CASE as EDUCATION_CASE
from casework.practice.roles import CORE, EDUCATION, MISSING, reach_of
from casework.records import bucket_of
from desktop.flows.case_file import EPISODE, CaseFile, every_case_file
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.due.home_education import CASE

EXCLUSION = "exclusion"
AT_HOME = ("current", "cooling_off")
MONTHS_BACK = 12


class Crossed(StrEnum):
    """The lists, in the order of the table."""

    MISSING = "missing"
    CME = "missing_education"
    EHE = "home_education"
    EXCLUDED = "excluded"
    CSE = "cse"
    CCE = "cce"


class Stands(StrEnum):
    """`FLAG`: the child's own record says so, and no record of it is seen. `NOT_KEPT`: this
    laptop cannot say; `NOT_KNOWN`: nobody has said."""

    YES = "yes"
    FLAG = "flag"
    NO = "no"
    NOT_KEPT = "not_kept"
    NOT_KNOWN = "not_known"


NAMES: Mapping[Crossed, str] = {
    Crossed.MISSING: "Missing",
    Crossed.CME: "Missing education",
    Crossed.EHE: "Home education",
    Crossed.EXCLUDED: "Excluded",
    Crossed.CSE: "CSE",
    Crossed.CCE: "CCE",
}
SAYS: Mapping[Stands, str] = {
    Stands.YES: "Yes",
    Stands.FLAG: "Flag",
    Stands.NO: "No",
    Stands.NOT_KEPT: "Not kept here",
    Stands.NOT_KNOWN: "Not known",
}
_PLACES = {
    Crossed.MISSING: (EPISODE, MISSING),
    Crossed.CME: (EDUCATION_CASE, EDUCATION),
    Crossed.EHE: (CASE, EDUCATION),
    Crossed.EXCLUDED: (EXCLUSION, EDUCATION),
}
_FLAGS = {Crossed.CME: "cme", Crossed.EHE: "ehe", Crossed.EXCLUDED: "excluded"}  # “Education now” of the child
_LEVELS = {Crossed.CSE: "cse_level", Crossed.CCE: "cce_level"}
HEADS = ("Child", "Date of birth", *NAMES.values(), "How many")


@dataclass(frozen=True, slots=True)
class CrossFlag:
    """`record_id` is what it opens; empty where there is nothing to open."""

    stands: Stands
    said: str = ""
    record_id: str = ""

    @property
    def counts(self) -> bool:
        return self.stands in (Stands.YES, Stands.FLAG)


@dataclass(frozen=True, slots=True)
class CrossRow:
    child: Child
    flags: Mapping[Crossed, CrossFlag]

    @property
    def count(self) -> int:
        return sum(flag.counts for flag in self.flags.values())


@dataclass(frozen=True, slots=True)
class CrossList:
    """`elsewhere`: lists of which this officer's role keeps no record."""

    rows: tuple[CrossRow, ...]
    since: date
    elsewhere: tuple[Crossed, ...]

    @property
    def line(self) -> str:
        named = ", ".join(NAMES[one].lower() for one in self.elsewhere)
        not_kept = f" Your role keeps no record of: {named}. There only a flag of the child stands." if named else ""
        return f"Counted since {day(self.since)}.{not_kept}"


@dataclass(frozen=True, slots=True)
class CrossWanted:
    """Which children, and in which order; `both`: in each of these lists."""

    both: tuple[Crossed, ...] = ()
    least: int = 1
    words: str = ""
    order: str = "count"


def may_cross(role: str) -> bool:
    """Whoever holds children's own records, and not one episode."""
    reach = reach_of(role)
    return reach.opens("child", CORE) and not reach.by_commission


def cross_list(desk: Desk, *, since: date | None = None) -> CrossList:
    """Read once. Raises NotThisRole."""
    if not may_cross(desk.officer.role):
        message = "The cross-list is made of children’s own records, which your role does not hold."
        raise NotThisRole(message)
    start = since or add_months(local(desk.now()).date(), -MONTHS_BACK)
    reach, entitled = reach_of(desk.officer.role), desk.vault.feed.standing().entitled
    rows = (_row(file, start, entitled) for file in every_case_file(desk).values())
    found = tuple(row for row in rows if row.count)
    elsewhere = tuple(kind for kind, (form, strand) in _PLACES.items() if not reach.opens(form, strand))
    return CrossList(found, start, elsewhere)


def crossed(found: Iterable[CrossRow], wanted: CrossWanted) -> tuple[CrossRow, ...]:
    words = wanted.words.casefold().split()
    kept = [
        row
        for row in found
        if row.count >= wanted.least
        and all(row.flags[kind].counts for kind in wanted.both)
        and all(word in row.child.name.casefold() for word in words)
    ]
    return tuple(sorted(kept, key=ORDERS[wanted.order]))


def _most_first(row: CrossRow) -> tuple[object, ...]:
    return -row.count, row.child.name.casefold()


def _by(kind: Crossed) -> Callable[[CrossRow], tuple[object, ...]]:
    places = {Stands.YES: 0, Stands.FLAG: 1, Stands.NOT_KEPT: 2, Stands.NOT_KNOWN: 3, Stands.NO: 4}
    return lambda row: (places[row.flags[kind].stands], *_most_first(row))


ORDERS: Mapping[str, Callable[[CrossRow], tuple[object, ...]]] = {
    "count": _most_first,
    "child": lambda row: (row.child.name.casefold(),),
    **{kind.value: _by(kind) for kind in Crossed},
}


def table_of(rows: Sequence[CrossRow]) -> PlainTable:
    found = [
        (
            row.child.name,
            row.child.born.isoformat() if row.child.born else "",
            *(cell_said(row.flags[kind]) for kind in Crossed),
            str(row.count),
        )
        for row in rows
    ]
    return PlainTable(HEADS, found)


def cell_said(flag: CrossFlag) -> str:
    return flag.said if flag.said and flag.stands is Stands.YES else SAYS[flag.stands]


def as_json(row: CrossRow) -> JSON:
    return {
        "child": row.child.child_id,
        "name": row.child.name,
        "count": row.count,
        **{
            kind.value: {"stands": flag.stands.value, "said": flag.said, "record": flag.record_id}
            for kind, flag in row.flags.items()
        },
    }


def told(rows: Sequence[CrossRow], found: CrossList) -> str:
    lines = [f"{row.child.child_id}  {row.child.name_and_age}: {_flags_told(row)}" for row in rows]
    return "\n".join([f"{counted(len(rows), 'child', 'children')}. {found.line}", *lines])


def _flags_told(row: CrossRow) -> str:
    counts = [(kind, flag) for kind, flag in row.flags.items() if flag.counts]
    said = [f"{NAMES[kind]} ({flag.said})" if flag.said else NAMES[kind] for kind, flag in counts]
    unknown = [NAMES[kind].lower() for kind, flag in row.flags.items() if flag.stands is Stands.NOT_KEPT]
    return ", ".join(said) + (f". Not kept here: {', '.join(unknown)}" if unknown else "")


def _row(file: CaseFile, since: date, entitled: frozenset[BucketId]) -> CrossRow:
    flags: dict[Crossed, CrossFlag] = {}
    for kind, (form, strand) in _PLACES.items():
        own = _OWN[kind](file, since) if _is_kept(file, form, strand, entitled) else CrossFlag(Stands.NOT_KEPT)
        flags[kind] = own if own.stands is Stands.YES else _flagged(file, kind) or own
    for kind, question in _LEVELS.items():
        flags[kind] = _level(file, question)
    return CrossRow(file.child, flags)


def _is_kept(file: CaseFile, form: str, strand: str, entitled: frozenset[BucketId]) -> bool:
    """Of this role, and of this child: an officer may be given one strand of a child. A child whom the council has not
    heard of yet is whole here."""
    child = child_named(file.child.child_id)
    return file.holds(form) and (bucket_of(child, strand) in entitled or bucket_of(child, CORE) not in entitled)


def _flagged(file: CaseFile, kind: Crossed) -> CrossFlag | None:
    facts = file.child.facts
    is_missing = kind is Crossed.MISSING and facts.get("known_to_missing") is True
    says = is_missing or (kind in _FLAGS and facts.get("education_status") == _FLAGS[kind])
    return CrossFlag(Stands.FLAG, "By the child’s record", file.child.child_id) if says else None


def _missing(file: CaseFile, since: date) -> CrossFlag:
    real = file.episodes()
    if away := [one for one in real if one.ended is None]:
        return CrossFlag(Stands.YES, "Missing now", away[-1].id)
    late = [one for one in real if local(one.began).date() >= since]
    if not late:
        return CrossFlag(Stands.NO)
    last = month_day(local(late[-1].began).date(), file.today)
    times = {1: "Once", 2: "Twice"}.get(len(late), f"{len(late)} times")
    return CrossFlag(Stands.YES, f"{times}, {'last ' if len(late) > 1 else ''}{last}", late[-1].id)


def _missing_education(file: CaseFile, since: date) -> CrossFlag:
    for case in (*file.missing_education(), *file.waiting_referrals()):
        if not case.answers.get("outcome"):
            came = day_said(case.answers, "submitted_on", "logged_on")
            return CrossFlag(Stands.YES, f"Since {month_day(came, file.today)}" if came else "Open", case.record_id)
    for case in file.missing_education():
        if (end := day_said(case.answers, "outcome_on")) and end >= since:
            return CrossFlag(Stands.YES, f"Until {month_day(end, file.today)}", case.record_id)
    return CrossFlag(Stands.NO)


def _home_education(file: CaseFile, since: date) -> CrossFlag:
    for case in file.of(CASE):
        began = day_said(case.answers, "ehe_start")
        if case.answers.get("stage") in AT_HOME:
            return CrossFlag(Stands.YES, f"Since {month_day(began, file.today)}" if began else "Now", case.record_id)
        end = day_said(case.answers, "ended_on")
        if began and end and end >= since:
            return CrossFlag(Stands.YES, f"Until {month_day(end, file.today)}", case.record_id)
    return CrossFlag(Stands.NO)


def _excluded(file: CaseFile, since: date) -> CrossFlag:
    known = ((day_said(one.answers, "from_day"), one) for one in file.of(EXCLUSION))
    late = sorted(((on, one) for on, one in known if on and on >= since), key=lambda item: item[0])
    if not late:
        return CrossFlag(Stands.NO)
    on, last = next((item for item in late if item[1].answers.get("kind") == "permanent"), late[-1])
    kind = "For good" if last.answers.get("kind") == "permanent" else counted(len(late), "time")
    return CrossFlag(Stands.YES, f"{kind}, {month_day(on, file.today)}", last.record_id)


_OWN: Mapping[Crossed, Callable[[CaseFile, date], CrossFlag]] = {
    Crossed.MISSING: _missing,
    Crossed.CME: _missing_education,
    Crossed.EHE: _home_education,
    Crossed.EXCLUDED: _excluded,
}


def _level(file: CaseFile, question: str) -> CrossFlag:
    """A role of education has the flag and not the level (domain A)."""
    level, child = file.child.facts.get(question), file.child.child_id
    if not isinstance(level, str):
        return CrossFlag(Stands.NOT_KNOWN)
    if level == "none":
        return CrossFlag(Stands.NO)
    known = file.holds(EPISODE)
    return CrossFlag(Stands.YES, level.capitalize(), child) if known else CrossFlag(Stands.FLAG, "", child)
