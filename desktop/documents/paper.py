"""What goes on paper: a record, who signed it, and whose copy this is. Plain data, before any layout.

A copy is a function of what its reader may have: nothing here holds or was worked out from an answer left out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework.canonical import JSON, canonical, digest_bytes
from casework.forms import Definition
from casework.forms.vocabulary import THIS_RECORD
from casework.identifiers import OfficerId
from casework.practice.languages.beside_english import SecondLanguage
from desktop.documents.for_a_computer import for_a_computer


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy. `grounds` are the words for why it was shared without a yes, when it was."""

    id: str
    title: str
    is_full: bool = False
    grounds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """`signed_at` is by the laptop's own clock, which nobody else vouches for; the rest is as it was then."""

    name: str
    role: str
    council: str
    device: str
    signed_at: datetime
    officer_id: OfficerId = OfficerId("")


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a copy of what somebody else signed, and seals it with their own certificate."""

    name: str
    role: str
    council: str
    device: str
    made_at: datetime
    officer_id: OfficerId = OfficerId("")

    def to_json(self) -> dict[str, JSON]:
        return {
            "by": self.name,
            "as": self.role,
            "council": self.council,
            "on": self.device,
            "at": self.made_at.isoformat(),
            "by_officer": self.officer_id,
        }


@dataclass(frozen=True)
class Paper:
    """A signed record ready to be laid out. `checks` go into the council's own copy only: they are of all answers."""

    definition: Definition
    record_id: str
    answers: Mapping[str, JSON]
    shown: frozenset[str]
    child_name: str
    first_name: str
    reference: str
    line: str
    signer: Signer
    copy: Copy
    checks: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # by sha256: JPEGs that may be in print
    facts: tuple[tuple[str, str], ...] = ()  # question ids whose words are worked out: deadlines, linked records
    maker: Maker | None = None  # unless the signer is
    checked: Signer | None = None  # the manager who approved it
    leaves_room: bool = False  # for that manager's signature, which is put into the sealed file
    second: SecondLanguage | None = None  # the family’s language, beside English in the family’s own copies
    is_draft: bool = False  # nobody has signed it: `signer` is who wrote it, as it stood at `signed_at`

    @property
    def title(self) -> str:
        return f"{self.definition.title}, {self.child_name}"

    @property
    def sealed_by(self) -> str:
        return self.maker.name if self.maker else self.signer.name

    @property
    def sealed_at(self) -> datetime:
        return self.maker.made_at if self.maker else self.signer.signed_at

    def said(self) -> dict[str, JSON]:
        """What this reader is given of this record, whoever makes the copy, and when."""
        return {
            "form": self.definition.id,
            "form_version": self.definition.version,
            "record": self.record_id,
            "copy": self.copy.id,
            "answers": for_a_computer(self.definition, self.answers),
            "signed_at": self.signer.signed_at.isoformat(timespec="seconds"),
            "signed_by": self.signer.name,
            "signed_by_officer": self.signer.officer_id,
        }

    def beside(self) -> dict[str, JSON]:
        """What else is drawn, from other records and the form’s own wording: it may move on after the copy is made."""
        language: dict[str, JSON] = {"language": self._language()} if self.second else {}
        return {
            **language,
            "child": self.child_name,
            "line": self.line,
            "reference": self.reference,
            "worked_out": {name: words for name, words in self.facts if name in self.shown},
            "wording": digest_bytes(canonical(self._wording())),
        }

    def attached(self) -> dict[str, JSON]:
        """The same copy for a computer: what is left out on paper is left out here."""
        said = self.said()
        return {
            **said,
            **self.beside(),
            "made": self.maker.to_json() if self.maker else None,
            "checked": _stated(self.checked),
            "leaves_room": self.leaves_room,
            "copy_hash": copy_hash(said),
            "checks": dict(self.checks) if self.copy.is_full else None,
        }

    def _language(self) -> JSON:
        """Which words stand beside English, and whether anybody qualified had checked them."""
        if self.second is None:
            return None
        found = self.second.language
        return {"tag": found.tag, "version": found.version, "checked": found.checked is not None}

    def _wording(self) -> list[JSON]:
        """Every label and option of what this copy shows."""
        asked = [question for question in self.definition.questions() if question.id in self.shown]
        every = [one for question in asked for one in (question, *question.columns)]
        options: list[JSON] = [
            [one.label, *(o.label for o in one.options)] for one in every if one.list_name != THIS_RECORD
        ]
        return [self.definition.title, *(section.title for section in self.definition.sections), *options]


def _stated(checked: Signer | None) -> JSON:
    if checked is None:
        return None
    standing: dict[str, JSON] = {"as": checked.role, "council": checked.council, "on": checked.device}
    return {"by": checked.name, "by_officer": checked.officer_id, "at": checked.signed_at.isoformat(), **standing}


def copy_hash(said: Mapping[str, JSON]) -> str:
    """Over nothing but what the copy says itself: nobody can guess from it what is left out."""
    return digest_bytes(canonical(dict(said)))
