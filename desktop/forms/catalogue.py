"""The forms and the council on this laptop, read from their folders once."""

from __future__ import annotations

from pathlib import Path

from casework.forms import Definition, display
from casework.forms.loading import read_text
from casework.practice.council import Council, load_council
from casework.practice.library import Library


class Catalogue:
    """Every form by id and version, and the council whose changes they carry."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @classmethod
    def load(cls, folder: Path, council_file: Path) -> Catalogue:
        """Reads every *.toml of a folder; raises DefinitionError, with file and line, at the first mistake."""
        council = load_council(read_text(council_file), file=council_file.name)
        return cls(Library({file.name: read_text(file) for file in folder.glob("*.toml")}, council))

    @property
    def council(self) -> Council:
        """The council whose file this catalogue was loaded with."""
        return self._library.council

    def form(self, form_id: str, version: int | None = None) -> Definition:
        """One form, at its newest version unless told; raises FormError when it is not here."""
        return self._library.form(form_id, version)

    def ids(self) -> tuple[str, ...]:
        """Every form, by id."""
        return self._library.ids()

    def versions(self, form_id: str) -> tuple[int, ...]:
        """Every version of a form, oldest first."""
        return self._library.versions(form_id)

    def display(self, definition: Definition, question_id: str, value: object, child: str = "") -> str:
        """An answer in words."""
        return display(definition.question(question_id), value, child)
