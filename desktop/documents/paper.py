"""What goes on paper: a record, who signed it, and whose copy this is. Plain data, before any layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework.canonical import JSON
from casework.forms import Definition


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy; `withheld` maps question ids to why they are not in it, never what they said."""

    id: str
    title: str
    withheld: Mapping[str, str] = field(default_factory=dict)

    def holds_back(self, question_id: str) -> bool:
        return question_id in self.withheld

    def lines_out(self, group: str) -> Mapping[str, int]:
        """Why lines of a group are not in it, and how many for each reason; never which."""
        return Counter(why for place, why in self.withheld.items() if place.startswith(f"{group}/"))


@dataclass(frozen=True, slots=True)
class Signer:
    """`signed_at` is by the laptop's own clock, which nobody else vouches for."""

    name: str
    role: str
    council: str
    device: str
    signed_at: datetime


@dataclass(frozen=True)
class Paper:
    """A signed record ready to be laid out. `content_hash` and `audit_head` go into the attached JSON."""

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
    content_hash: str
    audit_head: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # by sha256: JPEGs that may be in print
    facts: tuple[tuple[str, str], ...] = ()  # question ids whose words are worked out: deadlines, linked records

    @property
    def title(self) -> str:
        return f"{self.definition.title}, {self.child_name}"

    def attached(self) -> JSON:
        """The same copy for a computer: what is withheld on paper is withheld here."""
        return {
            "form": self.definition.id,
            "form_version": self.definition.version,
            "record": self.record_id,
            "reference": self.reference,
            "copy": self.copy.id,
            "answers": {q: v for q, v in self.answers.items() if q in self.shown and not self.copy.holds_back(q)},
            "withheld": dict(self.copy.withheld),
            "content_hash": self.content_hash,
            "audit_head": self.audit_head,
            "signed_at": self.signer.signed_at.isoformat(timespec="seconds"),
            "signed_by": self.signer.name,
        }
