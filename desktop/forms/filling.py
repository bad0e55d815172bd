"""Filling in one form: answers in; findings, progress, what is shown, and carried facts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.dates_in_words import LONDON
from casework.forms import Context, Definition, Filled
from casework.forms.carrying import Carried, Offered, carried, offered
from casework.forms.filled import Answers
from casework.forms.findings import Finding, found_in
from casework.forms.moments import span
from casework.forms.progress import progress_of
from casework.practice.computed import computed
from casework.practice.council import Council


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything a screen needs of a form as it stands."""

    definition: Definition
    answers: Answers
    context: Context
    shown: frozenset[str]
    findings: tuple[Finding, ...]
    progress: Mapping[str, str]
    offered: tuple[Offered, ...]
    carried: tuple[Carried, ...]
    computed: Mapping[str, str]


def filling(
    definition: Definition, answers: Answers, sources: Mapping[str, Answers], now: datetime, council: Council
) -> Filling:
    """The form as it stands, among the records around it (`sources`: child, episode, interview, plan, officer …)."""
    context = context_of(sources, now, council)
    filled = Filled(definition, answers, context)
    found = found_in(filled)
    return Filling(
        definition,
        answers,
        context,
        filled.shown,
        found,
        progress_of(filled, found),
        offered(definition, {**sources, "clock": {"now": now.isoformat()}}, answers),
        carried(filled),
        computed(filled, council),
    )


def context_of(sources: Mapping[str, Answers], now: datetime, council: Council) -> Context:
    """The facts forms may ask about, from the records around this one. A fact that is not known is left out."""
    child, episode = sources.get("child", {}), sources.get("episode", {})
    facts = {
        "returned_at": episode.get("found_at"),
        "last_seen_at": episode.get("last_seen_at"),
        "reported_at": episode.get("reported_at"),
        "care_status": episode.get("care_status") or child.get("care_status"),
        "placement_miles": _first(episode.get("placement_miles"), child.get("placement_miles")),
        "plan_reach_miles": council.number("advocate_miles"),
        "child_age": _age(child.get("date_of_birth"), now),
        "year_group": child.get("year_group"),
        "born": child.get("date_of_birth"),
        "trafficking_flag": child.get("trafficking"),
        "cross_boundary": episode.get("other_la"),
        "plan_version": sources.get("plan", {}).get("version"),
        **sources.get("facts", {}),
    }
    name = str(child.get("known_as") or child.get("given_name") or "")
    return Context(now, {key: value for key, value in facts.items() if value is not None}, name)


def _first(*values: object) -> object:
    return next((value for value in values if value is not None), None)


def _age(born: object, now: datetime) -> int | None:
    """Age in whole years; an approximate birth date gives the youngest it can mean."""
    when = span(born)
    return years_between(when.last.date(), now.astimezone(LONDON).date()) if when else None


def years_between(born: date, today: date) -> int:
    """Whole years from a birthday to a day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
