"""Themes as lines, as JSON, and as a table; what leaves the council names nobody and hides what is small."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import counted, month_and_year
from casework.plain_table import PlainTable
from casework.practice.calendar import add_months
from casework.practice.figures.collated_views import ADULT, CHILD, VOICES, WORKER, NamedBySeveral, ThemeCount, may_leave
from desktop.flows.collated.themes import TITLES, Themes
from desktop.flows.figures.figure_tables import HIDDEN
from desktop.flows.figures.periods_offered import period_words

VOICE_WORDS = {CHILD: "children said", ADULT: "adults said", WORKER: "workers’ view"}
BESIDE_A_BAR = {CHILD: "children", ADULT: "adults", WORKER: "workers"}  # where there is little room
HEADS = ("Theme", "Named as", "Interviews", "Children said", "Adults said", "Workers’ view")
SHARED_HEADS = ("Named", "Children", "Interviews", "Last named")


def period_line(found: Themes) -> str:
    """“4 interviews with 3 children, September to November 2026. 1 more is held and not signed, and not counted.”"""
    one = f"{counted(len(found.told), 'signed interview')} with {counted(found.children, 'child', 'children')}"
    left = found.not_signed
    are = "is" if left == 1 else "are"
    more = f" {left} more {are} held and not signed, and not counted." if left else ""
    return f"{one}, {period_words(found.first, found.last)}.{more}"


def interviewing_line(found: Themes) -> str:
    """“12 returns. Offered 10 of 11, accepted 8 of 10, held 7 of 8.”"""
    told = found.interviewing
    return (
        f"{counted(told.returned, 'return')}. Offered {told.offered} of {told.right_for}, "
        f"accepted {told.accepted} of {told.offered}, held {told.held} of {told.accepted}."
    )


def voices_words(reason: ThemeCount, words_of: Mapping[str, str] = VOICE_WORDS) -> str:
    """“children said 3, workers’ view 2”; empty where nobody is asked whose words they are."""
    counts = ((words_of[voice], reason.said_by(voice)) for voice in VOICES)
    return ", ".join(f"{words} {count}" for words, count in counts if count)


def months_of(found: Themes) -> tuple[date, ...]:
    first = found.first.replace(day=1)
    many = (found.last.year - first.year) * 12 + found.last.month - first.month + 1
    return tuple(add_months(first, place) for place in range(many))


def inside_table(found: Themes) -> PlainTable:
    """For those who may read the records: every count, and each by month."""
    months = months_of(found)
    heads = (*HEADS, *map(month_and_year, months))
    rows = [
        (*_cells(found, reason, str), *(str(reason.by_month.get(month, 0)) for month in months))
        for reason in _every(found)
    ]
    return PlainTable(heads, rows)


def outside_table(found: Themes, small: int) -> PlainTable:
    """For whoever is outside: no month, nobody named, nothing small, and no theme that nobody named."""
    return PlainTable(HEADS, [_cells(found, one, lambda count: outside(found, count, small)) for one in _every(found)])


def outside(found: Themes, count: int, small: int, of: int | None = None) -> str:
    """A count as it may leave the council."""
    whole = len(found.told) if of is None else of
    return str(count) if may_leave(count, whole, small) else HIDDEN


def shared_cells(one: NamedBySeveral) -> tuple[str, ...]:
    return (one.name, str(len(one.children)), str(len(one.named_in)), one.last.isoformat())


def told(found: Themes) -> str:
    parts = [f"{period_line(found)} {interviewing_line(found)}"]
    for question, reasons in found.reasons.items():
        if reasons:
            lines = [f"  {one.count:>4}  {found.label(one)}{_beside(one)}" for one in reasons]
            parts.append("\n".join([TITLES[question], *lines]))
    for question, shared in found.shared.items():
        if shared:
            lines = [f"  {one.name}: {counted(len(one.children), 'child', 'children')}" for one in shared]
            parts.append("\n".join([TITLES[question], *lines]))
    return "\n\n".join(parts)


def as_json(found: Themes) -> JSON:
    themes: list[JSON] = [
        {
            "question": one.question,
            "code": one.code,
            "label": found.label(one),
            "count": one.count,
            "said_by": {voice: one.said_by(voice) for voice in VOICES},
            "by_month": {month.isoformat()[:7]: count for month, count in one.by_month.items()},
            "records": list(one.named_in),
        }
        for one in _every(found)
    ]
    named: list[JSON] = [
        {
            "question": one.question,
            "name": one.name,
            "children": list(one.children),
            "records": list(one.named_in),
            "last": one.last.isoformat(),
        }
        for shared in found.shared.values()
        for one in shared
    ]
    told_ = found.interviewing
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "interviews": len(found.told),
        "children": found.children,
        "not_signed": found.not_signed,
        "returned": told_.returned,
        "right_for": told_.right_for,
        "offered": told_.offered,
        "accepted": told_.accepted,
        "held": told_.held,
        "themes": themes,
        "named_by_several": named,
    }


def _every(found: Themes) -> Iterator[ThemeCount]:
    for reasons in found.reasons.values():
        yield from reasons


def _cells(found: Themes, reason: ThemeCount, say: Callable[[int], str]) -> Sequence[str]:
    by_voice = (reason.said_by(voice) for voice in VOICES)
    counts = ("" if count is None else say(count) for count in by_voice)
    return (TITLES[reason.question], found.label(reason), say(reason.count), *counts)


def _beside(reason: ThemeCount) -> str:
    words = voices_words(reason)
    return f" ({words})" if words else ""
