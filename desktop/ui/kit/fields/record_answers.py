"""What the field widgets ask of whatever holds a record's answers while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from casework.canonical import JSON
from casework.forms.definition import Question
from casework.practice.languages.beside_english import SecondLanguage
from casework.typed_words import Half
from desktop.flows.record.carried_over import Told
from desktop.ui.kit.fields.picture_work import Pictures


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as the screen shows it; a removed one stays in sight until the page is left, so it can come back."""

    id: str
    values: Mapping[str, JSON] = field(default_factory=dict)
    removed: bool = False


class Answers(Protocol):
    """Given to every field widget. `put` returns at once; the disk is somebody else's business."""

    @property
    def child(self) -> str:
        """What the child is called, for the words of a question."""

    def beside(self, question: Question) -> SecondLanguage | None:
        """The language that stands beside English at this question of the family’s; none is English alone."""

    @property
    def read_only(self) -> bool: ...

    def now(self) -> datetime:
        """For a day or a time that is put in by one press."""

    def value(self, path: str) -> JSON: ...

    def put(self, path: str, value: JSON) -> None: ...

    def set_aside(self, path: str, raw: JSON, problem: str) -> None:
        """Keeps, as it stands, what cannot be read as an answer yet: half a date, a number with a letter."""

    def aside(self, path: str) -> Half | None: ...

    def lay_under(self, path: str, raw: JSON) -> None:
        """Keeps the words in a box that a tick such as “Chose not to say” stands over."""

    def under(self, path: str) -> JSON: ...

    def rows(self, group: str) -> Sequence[RowState]: ...

    def add_row(self, group: str, values: Mapping[str, JSON] | None = None, *, row_id: str = "") -> str: ...

    def remove_row(self, group: str, row_id: str) -> None: ...

    def restore_row(self, group: str, row_id: str) -> None: ...

    def attach(self, group: str, files: Sequence[Path]) -> None:
        """Takes files into the record; each becomes a row when it is safely kept."""

    def linked(self, form_id: str) -> Sequence[tuple[str, str]]:
        """Records of this child that a question may name, each with words for it."""

    def told(self, path: str) -> Told | None:
        """What another record says to this question, offered and never filled in by itself."""

    @property
    def pictures(self) -> Pictures:
        """Where pictures are worked on before they are kept."""

    def shows(self, path: str) -> bool:
        """Whether the answers so far make this question one to ask."""


def named(words: str, child: str) -> str:
    """A question's words with the child's name in them."""
    return words.replace("{child}", child or "the child")
