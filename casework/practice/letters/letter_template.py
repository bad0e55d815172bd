"""The text of a letter as data: its places, its blocks, its reader, and what sending it records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import field

from casework.forms.reading import Counting, Id, Table, Text, Texts, known
from casework.forms.vocabulary import RECIPIENTS
from casework.practice.council import THRESHOLDS
from casework.practice.roles import Role

OTHER_COUNCIL = "other_council"
READERS: Mapping[str, str] = {**RECIPIENTS, OTHER_COUNCIL: "another council"}
SAID, CASE, CHILD, SENT, LETTER, CHILD_NAME = "said", "case", "child", "sent", "letter", "child.name"
OF_LETTER = frozenset({"sent_on", "answer_by", "council"})
RECORDED = frozenset({"sent_on", "sent_by", "answer_by"})  # what of a sent letter goes into the case
LITERAL = "="  # before a word that goes into the case as it stands
OF_PLACE = "place."  # before the name of a place: what the letter says there
_NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class BlockKind(StrEnum):
    TEXT = "text"
    FACTS = "facts"
    POINTS = "points"


class LetterPlace(Table, frozen=True):
    """One thing that the text leaves open. `source` says where it comes from: “case.school”, “sent.place_offered”, or
    “said” for what only a person can say."""

    id: Id
    label: Text
    source: Text = field(name="from")
    needed: bool = False
    hint: str = ""

    @property
    def root(self) -> str:
        return self.source.partition(".")[0]

    @property
    def name(self) -> str:
        return self.source.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Block:
    """`lines` are words for text and points, and ids of places for facts."""

    kind: BlockKind
    lines: tuple[str, ...]


class LetterSettings(Table, frozen=True):
    """What a letter takes over from its file as it is written. `answer_by` names the council’s number of days; `fills`
    and `adds` what sending it writes into the case: into its answers, and as a row of a group."""

    version: Counting
    title: Text
    reader: Annotated[str, known(READERS)]
    subject: Text
    source: Text
    about: Texts = ()
    greeting: str = "Dear {to}"
    closing: str = "Yours sincerely"
    law: str = ""
    fills: dict[str, str] = field(default_factory=dict)
    adds: dict[str, dict[str, str]] = field(default_factory=dict)
    answer_by: Annotated[str, known(("", *THRESHOLDS))] = ""
    contact: str = ""
    signed_first: bool = False
    senders: tuple[Annotated[str, known(tuple(Role), "a role")], ...] = ()


class LetterTemplate(LetterSettings, frozen=True, kw_only=True):
    """A letter, whole and looked over."""

    id: str
    places: tuple[LetterPlace, ...]
    blocks: tuple[Block, ...]
    has_own_words: bool = False

    @property
    def wording(self) -> str:
        """“Receipt of a referral, version 2”: which text it was, for ever."""
        own = ", this council’s own" if self.has_own_words else ""
        return f"{self.title}, version {self.version}{own}"

    def place(self, place_id: str) -> LetterPlace:
        return next(place for place in self.places if place.id == place_id)


def named_in(words: str) -> Iterator[str]:
    """The ids of the places that a text leaves open."""
    return (found[1] for found in _NAMED.finditer(words))


def filled_in(words: str, known: Mapping[str, str]) -> str:
    """Each place in its words; one that has none stays as it stands, for whoever looks the text over."""
    return _NAMED.sub(lambda found: known.get(found[1], found[0]), words)
