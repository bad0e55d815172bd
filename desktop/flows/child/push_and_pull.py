"""What a child was getting away from and going towards, interview by interview, and who said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.forms.vocabulary import SAID_BY
from casework.forms.wording import worded
from casework.practice.figures.collated_views import VOICED, VOICES, ThemeCount, Told, reasons
from desktop.flows.case_file import INTERVIEW, CaseFile
from desktop.flows.child.told_in_interviews import begun_at, held_on, option_words, told_now
from desktop.flows.desk import Desk

NOT_NOTED = ""  # whose words it was, in an answer that does not say
NOT_NOTED_WORDS = "not noted whose words"


@dataclass(frozen=True, slots=True)
class SaidReason:
    """A reason as one interview names it, by one voice: the child's, another adult's, the worker's, or `NOT_NOTED`."""

    record_id: str
    on: date
    voice: str


@dataclass(frozen=True, slots=True)
class GivenReason:
    """One reason, in the order in which it was said; two voices in one interview are two."""

    head: str
    words: str
    said: tuple[SaidReason, ...]

    def count(self, voice: str) -> int:
        """In how many interviews this voice names it."""
        return sum(one.voice == voice for one in self.said)


@dataclass(frozen=True, slots=True)
class PushAndPull:
    """`interviews`: those that were held and signed, in order of time, also one in which no reason was given.
    `reasons`: push first, of each the most named first. `voices`: how the words of each voice are told."""

    child: str
    interviews: tuple[tuple[str, date], ...]
    reasons: tuple[GivenReason, ...]
    voices: Mapping[str, str]

    def items(self) -> Iterator[tuple[GivenReason, SaidReason]]:
        """As the picture draws them and the table lists them."""
        return ((reason, said) for reason in self.reasons for said in reason.said)


def push_and_pull(desk: Desk, file: CaseFile) -> PushAndPull | None:
    """None where this laptop does not keep interviews: having none would mean nothing."""
    if desk.officer.role and not file.holds(INTERVIEW):
        return None
    signed = (one for one in file.of(INTERVIEW) if one.locked and not one.discarded)
    held = sorted((begun.timestamp(), one.record_id, one) for one in signed if (begun := begun_at(one)) is not None)
    told = [told_now(desk, one, on) for _at, _id, one in held if (on := held_on(one)) is not None]
    name = file.child.first_name
    return PushAndPull(
        name,
        tuple((one.record_id, one.on) for one in told),
        tuple(reason for question in VOICED for reason in _given(desk, told, question, name)),
        {voice: worded(words, name) for voice, words in SAID_BY.items()} | {NOT_NOTED: NOT_NOTED_WORDS},
    )


def _given(desk: Desk, told: Sequence[Told], question: str, child: str) -> Iterator[GivenReason]:
    days = {one.record_id: one.on for one in told}
    labels = option_words(desk, question, child)
    head = desk.catalogue.form(INTERVIEW).by_id[question].label
    for one in reasons(told, question):
        said = (SaidReason(record, days[record], voice) for record in days for voice in _voices(one, record))
        yield GivenReason(head, labels.get(one.code, one.code), tuple(said))


def _voices(reason: ThemeCount, record_id: str) -> Sequence[str]:
    named = [voice for voice in VOICES if record_id in reason.by_voice.get(voice, ())]
    return named or [NOT_NOTED] * (record_id in reason.named_in)
