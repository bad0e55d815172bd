"""Whether two children may be one: asked before a child is added, by the laptop and by the service's import alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.canonical import JSON
from casework.folding import folded, is_near, is_same_person, near_keys_of

ASKED = ("given_name", "family_name", "known_as", "date_of_birth")


@dataclass(frozen=True, slots=True)
class ChildSaid:
    """What somebody has said of a child so far."""

    given: str
    family: str
    known_as: str
    born: date | None

    @classmethod
    def of(cls, answers: Mapping[str, JSON]) -> ChildSaid:
        given, family, known_as, born = (_text(answers.get(name)) for name in ASKED)
        return cls(given, family, known_as, _day(born))

    def is_like(self, other: ChildSaid) -> bool:
        """By whole names; or, where the day of birth is the same, by one of them. Another day tells near ones apart."""
        if self.born and other.born and self.born != other.born:
            return bool(self.given) and self._whole() == other._whole()
        if self.given and self.family and is_same_person((self.given, self.family), (other.given, other.family)):
            return True
        same_day = self.born is not None and self.born == other.born
        return same_day and any(is_near(one, there) for one in self.names() for there in other.names())

    def is_named_as(self, other: ChildSaid) -> bool:
        """The same whole name and day of birth: nobody need be asked. Twins have only the day and the family name."""
        same = [folded(f"{one.given} {one.family}") for one in (self, other)]
        return self.born is not None and self.born == other.born and bool(same[0]) and same[0] == same[1]

    def names(self) -> list[str]:
        return [name for name in (self.given, self.family, self.known_as) if name]

    def marks(self) -> set[str]:
        """Children who are like each other have one of these in common."""
        words = {folded(word) for name in self.names() for word in name.split()}
        return words | {key for name in self.names() for key in near_keys_of(name)}

    def _whole(self) -> tuple[str, str]:
        return self.given.casefold(), self.family.casefold()


def _text(value: JSON) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def child_name(facts: Mapping[str, Any]) -> str:
    """“Wren Hollowby (Birdie)”; never empty."""
    given, family = str(facts.get("given_name") or ""), str(facts.get("family_name") or "")
    known_as = str(facts.get("known_as") or "")
    name = f"{given} {family}".strip() or known_as or "Name not known"
    return f"{name} ({known_as})" if known_as and known_as not in name else name
