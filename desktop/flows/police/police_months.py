"""The police’s list of a month against what is recorded here: in both, only here, only with police; and sign-off."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.canonical import JSON, canonical
from casework.dates_in_words import local
from casework.forms.moments import span
from casework.practice.calendar import add_months
from casework.practice.lives.real_episodes import NO_EPISODE, began, ended
from casework.practice.lives.states import rows
from casework.practice.police.police_list_rules import POLICE_LIST, Decided, PoliceLine, month_of_episode
from casework.practice.police.police_match import Episodes, Recorded, Suggestion
from casework.records import parse_path
from desktop.flows.case_file import EPISODE
from desktop.flows.children import Child, child_from
from desktop.flows.desk import Desk
from desktop.flows.police.police_taking_in import lists_of, refuse_who_settles_no_lists
from desktop.store.vault import Summary

ONE_SAID = "Somebody decided that it is this one, and somebody otherwise"
_JUDGED = frozenset({"decision", "episode", "why"})


@dataclass(frozen=True, slots=True)
class PoliceEntry:
    """A line of the police’s. `homes`: the records it lies in. `disputed`: two people decided differently, and neither
    counts until somebody decides again."""

    row_id: str
    homes: tuple[str, ...]
    line: PoliceLine
    decision: Decided | None
    episode_id: str
    why: str
    disputed: bool
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def in_both(self) -> bool:
        if self.decision is None:
            return bool(self.suggestions)
        return self.decision in (Decided.SAME, Decided.RECORDED)


@dataclass(frozen=True, slots=True)
class EpisodeHere:
    """An episode recorded here, with the child it is of."""

    summary: Summary
    child: Child
    began: datetime

    @property
    def episode_id(self) -> str:
        return self.summary.record_id


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """An episode recorded here of which the police’s list says nothing."""

    here: EpisodeHere
    decision: Decided | None
    why: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class SignedOff:
    """`stands`: nothing has changed since."""

    at: datetime
    by: str
    stands: bool


@dataclass(frozen=True, slots=True)
class PoliceMonth:
    """`lists` is empty for a month whose list has not come."""

    month: date
    lists: tuple[Summary, ...]
    entries: tuple[PoliceEntry, ...]
    only_here: tuple[OnlyHere, ...]
    signed: SignedOff | None

    @property
    def undecided(self) -> int:
        waiting = [*(one.decision for one in self.entries), *(one.decision for one in self.only_here)]
        return waiting.count(None)

    @property
    def is_settled(self) -> bool:
        return self.signed is not None and self.signed.stands and not self.undecided

    @property
    def mark(self) -> str:
        """Of every line and what was decided about it."""
        lines: list[JSON] = [
            [one.row_id, str(one.line.reported), str(one.line.returned), one.line.risk, *_decided(one)]
            for one in sorted(self.entries, key=lambda one: one.row_id)
        ]
        ours: list[JSON] = [[one.here.episode_id, str(one.decision), one.why] for one in self.only_here]
        return hashlib.sha256(canonical([lines, sorted(ours, key=str)])).hexdigest()


def police_month(desk: Desk, month: date) -> PoliceMonth:
    """Raises NotThisRole."""
    refuse_who_settles_no_lists(desk)
    return _Reckoning(desk).month(month, lists_of(desk, month))


def police_months(desk: Desk) -> tuple[PoliceMonth, ...]:
    """From the first list that came to the last month that is over, the newest first; a month whose list has not come
    is there too. Raises NotThisRole."""
    refuse_who_settles_no_lists(desk)
    return tuple(_months(desk))


def unsettled_months(desk: Desk) -> tuple[PoliceMonth, ...]:
    """Those that are over and are not signed off."""
    over = local(desk.now()).date().replace(day=1)
    return tuple(one for one in _months(desk) if one.month < over and not one.is_settled)


def episodes_here(desk: Desk) -> dict[str, EpisodeHere]:
    """Real ones, whose beginning is known, by id."""
    own, away = desk.vault.summaries(form_id="child"), desk.vault.summaries(form_id=EPISODE)
    facts = {one.record_id: one for one in own}
    children: dict[str, Child] = {}
    found = {}
    for one in away:
        start = began(one)
        if start is None or one.child_id not in facts or one.answers.get("outcome") in NO_EPISODE:
            continue
        if one.child_id not in children:
            children[one.child_id] = child_from(desk, facts[one.child_id])
        found[one.record_id] = EpisodeHere(one, children[one.child_id], start)
    return found


def _months(desk: Desk) -> Iterator[PoliceMonth]:
    lists: dict[date, list[Summary]] = defaultdict(list)
    for one in desk.vault.summaries(form_id=POLICE_LIST):
        if (of := span(one.answers.get("month"))) is not None:
            lists[of.first.date()].append(one)
    if not lists:
        return
    reckoning = _Reckoning(desk)
    last = max(*lists, add_months(local(desk.now()).date().replace(day=1), -1))
    while last >= min(lists):
        yield reckoning.month(last, sorted(lists.get(last, ()), key=lambda one: (one.created_at, one.record_id)))
        last = add_months(last, -1)


class _Reckoning:
    """All episodes here, read once. An episode that a line of any month is, or may be, is not only here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._here = episodes_here(desk)
        self._by_month: dict[date, list[EpisodeHere]] = defaultdict(list)
        for one in self._here.values():
            if (of := month_of_episode(one.summary.answers)) is not None:
                self._by_month[of].append(one)
        lists = desk.vault.summaries(form_id=POLICE_LIST)
        named = {str(row["episode"]) for one in lists for row in rows(one.answers, "lines") if row.get("episode")}
        self._taken = named | set(_counted_as(desk.vault.summaries(form_id=EPISODE), named))
        self._index: Episodes | None = None

    def month(self, month: date, lists: Sequence[Summary]) -> PoliceMonth:
        disputed = _disputes(self._desk, lists)
        entries = tuple(self._entries(lists, disputed))
        said = {str(row.get("episode")): row for one in lists for row in rows(one.answers, "only_here")}
        shown = {found.episode_id for one in entries for found in one.suggestions} | self._taken
        ours = [self._only_here(one, said, disputed) for one in self._by_month[month] if one.episode_id not in shown]
        ours.sort(key=lambda one: (one.decision is not None, one.here.began.timestamp(), one.here.episode_id))
        found = PoliceMonth(month, tuple(lists), entries, tuple(ours) if lists else (), None)
        return replace(found, signed=_signed(found))

    def _entries(self, lists: Sequence[Summary], disputed: set[str]) -> Iterator[PoliceEntry]:
        """What is to be decided first; then as reported."""
        by_row: dict[str, list[tuple[str, Mapping[str, object]]]] = defaultdict(list)
        for one in lists:
            for row in rows(one.answers, "lines"):
                by_row[str(row["id"])].append((one.record_id, row))
        found = [self._entry(row_id, there, disputed) for row_id, there in by_row.items()]
        yield from sorted(found, key=lambda one: (one.decision is not None, str(one.line.reported), one.line.name))

    def _entry(self, row_id: str, there: Sequence[tuple[str, Mapping[str, object]]], disputed: set[str]) -> PoliceEntry:
        decided = {_judgement(row) for _home, row in there if row.get("decision")}
        is_disputed = row_id in disputed or len(decided) > 1
        decision, episode, why = decided.pop() if decided and not is_disputed else ("", "", "")
        line = _line(there[0][1])
        known = Decided(decision) if decision in set(Decided) else None
        suggestions = () if known else self._suggested(line, [row for _home, row in there])
        return PoliceEntry(
            row_id, tuple(home for home, _row in there), line, known, episode, why, is_disputed, suggestions
        )

    def _suggested(self, line: PoliceLine, there: Sequence[Mapping[str, object]]) -> tuple[Suggestion, ...]:
        """What one of two people decided, first."""
        named = sorted({str(row["episode"]) for row in there if row.get("episode")} & self._here.keys())
        return (*(Suggestion(one, ONE_SAID) for one in named), *self._like(line))

    def _like(self, line: PoliceLine) -> tuple[Suggestion, ...]:
        """Of those that no other line is already."""
        if self._index is None:
            free = (one for one in self._here.values() if one.episode_id not in self._taken)
            self._index = Episodes(recorded(one) for one in free)
        return self._index.like(line)

    def _only_here(self, here: EpisodeHere, said: Mapping[str, Mapping[str, object]], disputed: set[str]) -> OnlyHere:
        row = said.get(here.episode_id, {})
        is_disputed = str(row.get("id")) in disputed
        decision = str(row.get("decision") or "")
        known = Decided(decision) if decision in set(Decided) and not is_disputed else None
        return OnlyHere(here, known, str(row.get("why") or "") if known else "", is_disputed)


def recorded(one: EpisodeHere) -> Recorded:
    """As the list is matched against it."""
    facts, answers = one.child.facts, one.summary.answers
    said = (facts.get(name) for name in ("given_name", "family_name", "known_as", "other_names"))
    names = tuple(str(text) for text in said if isinstance(text, str) and text)
    reference = str(answers.get("police_ref") or "").strip()
    return Recorded(one.episode_id, names, one.child.born, reference, one.began, ended(one.summary))


def _counted_as(episodes: Iterable[Summary], named: set[str]) -> Iterator[str]:
    """Where an episode that a line is was found to be a double, the one that counts is that line as well."""
    for one in episodes:
        if one.record_id in named and one.answers.get("outcome") == "duplicate":
            yield str(one.answers.get("duplicate_of"))


def _disputes(desk: Desk, lists: Iterable[Summary]) -> set[str]:
    """Rows of which two people decided differently without having met."""
    found = (parse_path(path) for one in lists if one.conflicts for path in desk.vault.view(one.record_id).conflicts)
    return {path.row for path in found if path.question in _JUDGED}


def _signed(found: PoliceMonth) -> SignedOff | None:
    """By whoever signed off what stands there now; else the last time that somebody did."""
    signs = [row for one in found.lists for row in rows(one.answers, "signed_off")]
    known = [
        SignedOff(when.first, str(row.get("by") or ""), row.get("mark") == found.mark)
        for row in signs
        if (when := span(row.get("at")))
    ]
    return max(known, key=lambda one: (one.stands, one.at.timestamp()), default=None)


def _judgement(row: Mapping[str, object]) -> tuple[str, str, str]:
    return str(row.get("decision") or ""), str(row.get("episode") or ""), str(row.get("why") or "")


def _decided(one: PoliceEntry) -> list[JSON]:
    return [str(one.decision or ""), one.episode_id, one.why]


def _line(row: Mapping[str, object]) -> PoliceLine:
    born = row.get("born")
    return PoliceLine(
        reference=str(row.get("reference") or ""),
        name=str(row.get("name") or ""),
        born=date.fromisoformat(born) if isinstance(born, str) else None,
        reported=row.get("reported"),
        returned=row.get("returned"),
        risk=str(row.get("risk") or ""),
    )
