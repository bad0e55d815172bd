"""When, where and with whom somebody met a child, as the record says: what stands over it before anybody signs.

Whoever reads it here need not have been there, so nobody is named but by the record's own answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from msgspec import Struct

from casework.canonical import JSON
from casework.dates_in_words import clock_time, counted, day, local
from casework.forms.moments import span
from casework.forms.wording import display, say_moment, worded
from casework.practice.lives.states import rows
from desktop.flows.record.editing import OpenRecord

MINUTE = timedelta(minutes=1)


class MetFact(Struct, frozen=True):
    """`question`: where it is changed; `said` is empty while nobody has said it."""

    title: str
    said: str
    note: str
    question: str


def met_when(record: OpenRecord) -> tuple[MetFact, ...]:
    """When, where, who; nothing for a record that is about no meeting, or about one that did not take place."""
    made = _OF.get(record.definition.id)
    return made(record) if made else ()


def _interview(record: OpenRecord) -> tuple[MetFact, ...]:
    if "started_at" not in record.shown:
        return ()
    child, answers = record.child.first_name, record.answers
    alone = answers.get("seen_alone")
    why = _said(record, "seen_alone_why")
    beside = "Seen alone" if alone is True else f"Not alone. {why}".rstrip(". ") if alone is False else ""
    return (
        _times(answers),
        MetFact("Where", _said(record, "place"), _said(record, "mode"), "place"),
        MetFact("Who was there", child, beside, "seen_alone"),
    )


def _visit(record: OpenRecord) -> tuple[MetFact, ...]:
    attempts = [row for row in rows(record.answers, "attempts") if span(row.get("at"))]
    if not attempts:
        return ()
    last = max(attempts, key=lambda row: str(row.get("at")))
    number = counted(len(attempts), "attempt") if len(attempts) > 1 else ""
    seen = _names(row for row in rows(record.answers, "children_seen") if row.get("seen"))
    adults = _names(rows(record.answers, "adults_present"))
    went = str(last.get("who_went") or "")
    return (
        MetFact("When", say_moment(last.get("at")), number, "attempts"),
        MetFact("Where", _said(record, "address"), "", "address"),
        MetFact("Who was there", _named((*seen, *adults, went)), "" if seen else "No child was seen", "children_seen"),
    )


def _report(record: OpenRecord) -> tuple[MetFact, ...]:
    if "visit_at" not in record.shown:
        return ()
    child, answers = record.child.first_name, record.answers
    minutes, at = answers.get("minutes"), answers.get("visit_at")
    there = _names(rows(answers, "present"))
    seen = answers.get("child_seen")
    beside = "" if seen is None else f"{child} was {'seen' if seen is True else 'not seen'}"
    return (
        MetFact("When", say_moment(at) if at else "", f"{minutes} minutes" if minutes else "", "visit_at"),
        MetFact("Where", _said(record, "mode"), "", "mode"),
        MetFact("Who was there", _named(there), beside, "present"),
    )


_OF: Mapping[str, Callable[[OpenRecord], tuple[MetFact, ...]]] = {
    "return_home_interview": _interview,
    "safe_well_visit": _visit,
    "ehe_visit": _report,
}


def _times(answers: Mapping[str, JSON]) -> MetFact:
    """“Saturday 28 November 2026”, then “15:18 to 15:56, 38 minutes”; as far as both are known and in their order."""
    begun, ended = (span(answers.get(name)) for name in ("started_at", "ended_at"))
    if begun is None or begun.first != begun.last:
        said = answers.get("started_at")
        return MetFact("When", say_moment(said) if said else "", "", "started_at")
    from_, on = clock_time(begun.first), day(local(begun.first).date())
    if ended is None or ended.first != ended.last or ended.first < begun.first:
        return MetFact("When", on, f"From {from_}", "started_at")
    minutes = counted((ended.first - begun.first) // MINUTE, "minute")
    same = local(begun.first).date() == local(ended.first).date()
    until = clock_time(ended.first) if same else say_moment(answers.get("ended_at"))
    return MetFact("When", on, f"{from_} to {until}, {minutes}", "started_at")


def _said(record: OpenRecord, name: str) -> str:
    question, value = record.definition.by_id.get(name), record.answers.get(name)
    if question is None or value is None or name not in record.shown:
        return ""
    return worded(display(question, value, record.child.first_name), record.child.first_name)


def _names(people: Iterable[Mapping[str, object]]) -> list[str]:
    return [str(person["name"]) for person in people if person.get("name")]


def _named(people: Iterable[str]) -> str:
    named = list(dict.fromkeys(person for person in people if person))
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
