"""What children said, counted over many interviews; whom and what several of them name (Ofsted's finding F13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.folding import folded
from casework.forms.conditions import codes
from casework.identifiers import ChildId, RecordId
from casework.practice.lives.states import Answers, rows

CHILD, ADULT, WORKER = "child_said", "adult_said", "worker_view"
VOICES = (CHILD, ADULT, WORKER)
VOICED = ("push_factors", "pull_factors")
THEMED = (*VOICED, "harm", "support", "links")
"""Questions of the interview whose coded answers are counted; of the first two it is known who said each."""
SAYS_NOTHING = frozenset({"not_said", "not_asked", "none_said", "none", "none_seen", "nothing_now"})
NAMED = {"places": "name", "people": "name"}
SHORTEST_NAME = 3  # letters, folded: “Jo” is too many people


@dataclass(frozen=True, slots=True)
class Told:
    """One signed interview: whose, on which day it was held, and what it says now."""

    record_id: RecordId
    child_id: ChildId
    on: date
    answers: Answers


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """The interviews that name one coded answer; by voice only where the form asks who said it."""

    question: str
    code: str
    named_in: tuple[str, ...]
    by_voice: Mapping[str, tuple[str, ...]]
    by_month: Mapping[date, int]

    @property
    def count(self) -> int:
        return len(self.named_in)

    def said_by(self, voice: str) -> int | None:
        """None where nobody is asked whose words they are."""
        return len(self.by_voice.get(voice, ())) if self.question in VOICED else None


@dataclass(frozen=True, slots=True)
class NamedBySeveral:
    """A place, or a person, that the interviews of more than one child name; the spelling is the latest."""

    question: str
    name: str
    children: tuple[str, ...]
    named_in: tuple[str, ...]
    last: date


def reasons(told: Sequence[Told], question: str) -> tuple[ThemeCount, ...]:
    """The most named first."""
    named: dict[str, list[Told]] = defaultdict(list)
    voices: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in told:
        value = one.answers.get(question)
        for code in dict.fromkeys(codes(value)):
            if code not in SAYS_NOTHING:
                named[code].append(one)
        for code, voice in _voiced(value):
            if one.record_id not in voices[code][voice]:
                voices[code][voice].append(one.record_id)
    found = (
        ThemeCount(
            question,
            code,
            tuple(one.record_id for one in those),
            {voice: tuple(ids) for voice, ids in voices[code].items()},
            _by_month(those),
        )
        for code, those in named.items()
    )
    return tuple(sorted(found, key=lambda reason: (-reason.count, reason.code)))


def shared_names(told: Iterable[Told], question: str) -> tuple[NamedBySeveral, ...]:
    """Those of most children first. One name may be two people: this finds where to look, and concludes nothing."""
    named: dict[str, list[tuple[Told, str]]] = defaultdict(list)
    for one in told:
        for row in rows(one.answers, question):
            name = str(row.get(NAMED[question]) or "").strip()
            if len(key := folded(name)) >= SHORTEST_NAME:
                named[key].append((one, name))
    found = [_shared(question, those) for those in named.values() if len({one.child_id for one, _ in those}) > 1]
    return tuple(sorted(found, key=lambda shared: (-len(shared.children), shared.name.casefold())))


def may_leave(count: int, of: int, small: int) -> bool:
    """Whether a count may leave the council: neither it nor what is left of the whole is above nought and under
    `small`."""
    return not (0 < count < small or 0 < of - count < small)


def _voiced(value: object) -> Iterable[tuple[str, str]]:
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping) and isinstance(code := item.get("code"), str):
            yield from ((code, voice) for voice in VOICES if voice in (item.get("said_by") or ()))


def _by_month(those: Iterable[Told]) -> Mapping[date, int]:
    found: dict[date, int] = defaultdict(int)
    for one in those:
        found[one.on.replace(day=1)] += 1
    return dict(sorted(found.items()))


def _shared(question: str, those: Sequence[tuple[Told, str]]) -> NamedBySeveral:
    latest = max(those, key=lambda pair: (pair[0].on, pair[0].record_id))
    return NamedBySeveral(
        question,
        latest[1],
        tuple(dict.fromkeys(one.child_id for one, _ in those)),
        tuple(dict.fromkeys(one.record_id for one, _ in those)),
        latest[0].on,
    )
