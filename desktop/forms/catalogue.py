"""The forms, the letters and the council on this laptop, read from their folders once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from casework.forms import Definition, display
from casework.forms.loading import read_asks, read_text
from casework.practice.council import Council, load_council
from casework.practice.languages.beside_english import LanguageShelf
from casework.practice.letters.letter_shelf import LetterShelf
from casework.practice.library import Library
from casework.practice.published_forms import PublishedForm

ASKS = Path("problems") / "asks.toml"
LETTERS, LANGUAGES = "letters", "languages"


class Catalogue:
    """Every form by id and version, every letter, the languages that are on, and the council whose changes they
    carry. `languages`: their folder, of which nothing is read until somebody needs one."""

    def __init__(self, texts: Mapping[str, str], library: Library, letters: Mapping[str, str], languages: Path) -> None:
        self._texts, self._letter_texts = texts, letters
        self._library, self._folder = library, languages
        self.letters = LetterShelf(letters, library)
        self.languages = LanguageShelf(lambda tag: read_text(languages / f"{tag}.toml"), library.council.languages)

    @classmethod
    def load(cls, folder: Path, council_file: Path) -> Catalogue:
        """Reads every *.toml of a folder, and of the letters beside it; raises DefinitionError, with file and line, at
        the first mistake."""
        council = load_council(read_text(council_file), file=council_file.name)
        texts = _texts(folder)
        return cls(texts, Library(texts, council), _texts(folder.parent / LETTERS), folder.parent / LANGUAGES)

    def under(self, council: Council, published: Iterable[PublishedForm]) -> Catalogue:
        """The same forms for an officer of this council, with the versions that it published, and its own words for
        letters. Raises DefinitionError.

        What the council changes stands in those versions: a form as it came with Homeward stays as it was signed."""
        own = replace(council, lists={}, changes=())
        library = Library(self._texts, own, [form.definition() for form in published])
        return Catalogue(self._texts, library, self._letter_texts, self._folder)

    @property
    def council(self) -> Council:
        """The council whose file this catalogue was loaded with."""
        return self._library.council

    @cached_property
    def asks(self) -> Mapping[str, str]:
        """By a question’s words, what to say where its answer is missing; read when a form is first looked through."""
        file = self._folder.parent / ASKS
        return read_asks(read_text(file), file=file.name) if file.exists() else {}

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


def _texts(folder: Path) -> dict[str, str]:
    return {file.name: read_text(file) for file in folder.glob("*.toml")}
