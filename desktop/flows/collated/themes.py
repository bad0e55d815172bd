"""The themes of a period, from the signed interviews that this laptop holds; each count opens what is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.dates_in_words import local
from casework.errors import NotThisRole
from casework.forms.moments import span
from casework.practice.figures.collated_views import THEMED, NamedBySeveral, ThemeCount, Told, reasons, shared_names
from casework.practice.lives.real_episodes import NO_EPISODE
from casework.practice.lives.states import latest_reply
from casework.practice.roles import MISSING, manages_work
from desktop.flows.case_file import EPISODE, INTERVIEW
from desktop.flows.child.told_in_interviews import held_on, option_words, told_now
from desktop.flows.children import children
from desktop.flows.council.sending import last_heard
from desktop.flows.desk import Desk
from desktop.store.vault import Summary

TITLES: Mapping[str, str] = {
    "push_factors": "Getting away from",
    "pull_factors": "Going towards",
    "harm": "What happened to them",
    "support": "What they would like",
    "links": "Patterns that workers see",
    "places": "Places that several children name",
    "people": "People that several children name",
}
OWN_WORDS = ("main_reason", "help_words")
"""The questions in which a child says why, and what would help, in words of their own."""
YES = frozenset({"accepted", "wants_later"})


@dataclass(frozen=True, slots=True)
class Interviewing:
    """Of the returns in the period: how many were offered an interview, said yes, and had it."""

    returned: int
    right_for: int
    offered: int
    accepted: int
    held: int


@dataclass(frozen=True)
class Themes:
    """`not_signed`: interviews of the period that are held and not signed; they are not counted."""

    first: date
    last: date
    told: Mapping[str, Told]
    reasons: Mapping[str, tuple[ThemeCount, ...]]
    shared: Mapping[str, tuple[NamedBySeveral, ...]]
    labels: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    not_signed: int
    interviewing: Interviewing
    heard: datetime | None

    @property
    def children(self) -> int:
        return len({one.child_id for one in self.told.values()})

    def label(self, reason: ThemeCount) -> str:
        return self.labels[reason.question].get(reason.code, reason.code)


@dataclass(frozen=True, slots=True)
class Voice:
    """One interview behind a count: whose, when, and what the child said in words of their own."""

    record_id: str
    child: str
    on: date
    words: tuple[str, ...]


def may_see_themes(role: str) -> bool:
    """Whoever manages the work holds every interview it rests on."""
    return manages_work(role, MISSING)


def themes(desk: Desk, first: date, last: date) -> Themes:
    """Both days are in it. Raises NotThisRole for whoever does not manage this work."""
    if not may_see_themes(desk.officer.role):
        message = "Themes are read by the manager of the missing service, whose laptop holds every interview."
        raise NotThisRole(message)
    held = [one for one in desk.vault.summaries(form_id=INTERVIEW) if not one.discarded]
    inside = [(one, on) for one in held if (on := held_on(one)) is not None and first <= on <= last]
    told = {one.record_id: told_now(desk, one, on) for one, on in inside if one.locked}
    said = tuple(told.values())
    return Themes(
        first,
        last,
        told,
        {question: reasons(said, question) for question in THEMED},
        {question: shared_names(said, question) for question in ("places", "people")},
        {question: option_words(desk, question) for question in THEMED},
        {child.child_id: child.name_and_age for child in children(desk)},
        sum(not one.locked for one, _on in inside),
        _interviewing(desk, held, first, last),
        last_heard(desk),
    )


def voices(found: Themes, named_in: Sequence[str]) -> tuple[Voice, ...]:
    """What is behind a count, the latest first."""
    those = sorted((found.told[one] for one in named_in), key=lambda one: (one.on, one.record_id), reverse=True)
    return tuple(
        Voice(one.record_id, found.names.get(one.child_id, "A child who is not on this laptop"), one.on, _words(one))
        for one in those
    )


def _words(one: Told) -> tuple[str, ...]:
    said = (one.answers.get(question) for question in OWN_WORDS)
    return tuple(" ".join(words.split()) for words in said if isinstance(words, str) and words.strip())


def _interviewing(desk: Desk, held: Sequence[Summary], first: date, last: date) -> Interviewing:
    by_episode = {str(one.answers.get("episode_id")): one for one in held}
    back = [one for one in desk.vault.summaries(form_id=EPISODE) if _is_back_in(one, first, last)]
    followed = [by_episode.get(one.record_id) for one in back]
    decided = ["" if one is None else str(one.answers.get("offer_decision") or "") for one in followed]
    offered = [one for one, decision in zip(followed, decided, strict=True) if one is not None and decision == "yes"]
    accepted = [one for one in offered if latest_reply(one.answers) in YES]
    return Interviewing(
        len(back),
        sum(decision != "not_applicable" for decision in decided),
        len(offered),
        len(accepted),
        sum(one.locked and held_on(one) is not None for one in accepted),
    )


def _is_back_in(one: Summary, first: date, last: date) -> bool:
    found = span(one.answers.get("found_at"))
    if found is None or one.discarded or one.answers.get("outcome") in NO_EPISODE:
        return False
    return first <= local(found.first).date() <= last
