"""Forms as a council publishes them: the form's own text, the lists it was published with, and the council's changes.

A form that a council's file changes is a version of its own, so that whoever has not heard of the change yet is never
told that an answer is none: the file's number times `STEP`, and the form's own version added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from msgspec import structs

from casework.forms import Definition, Shared, load, load_shared
from casework.forms.versions import STEP
from casework.practice.council import Council, load_council, load_published
from casework.practice.figures.figure_cards import Card
from casework.practice.figures.own_figures import check_own_figures
from casework.practice.letters.letter_shelf import LetterShelf
from casework.practice.library import LISTS, Library

COUNCIL_FILE = "council.toml"


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """`council`: the text of the file whose changes are made; empty for a form as it comes with Homeward."""

    id: str
    version: int
    source: str
    shared: str
    council: str = ""

    def definition(self) -> Definition:
        """Read once, for a published version never changes. Raises DefinitionError."""
        return _definition(self)


def check_council_file(
    text: str, own: Iterable[PublishedForm], letters: Mapping[str, str], cards: Mapping[str, Card], *, file: str
) -> Council:
    """The file, when everything it changes is there to be changed. Raises DefinitionError, with its line.

    `letters`: the letters as they ship, which the file may word otherwise; `cards`: the scorecards it may add to."""
    council = load_council(text, file=file)
    forms = list(own)
    texts = {f"{form.id}.toml": form.source for form in forms}
    library = Library({LISTS: forms[-1].shared, **texts} if forms else {}, council)
    if council.letters:
        LetterShelf(letters, library)
    if council.figures:
        definitions = {form.id: library.form(form.id) for form in forms}
        check_own_figures(council.figures, cards, definitions, file=file, text=text)
    return council


def changed_by(
    text: str, number: int, own: Iterable[PublishedForm], standing: Mapping[str, Definition]
) -> Iterator[PublishedForm]:
    """The versions that file number `number` brings: of each form whose newest version, `standing`, asks something
    else than the form does under this file. A file that takes a change back brings one as well."""
    for form in own:
        changed = replace(form, version=number * STEP + form.version, council=text)
        if _asked(changed.definition()) != _asked(standing[form.id]):
            yield changed


def _asked(definition: Definition) -> Definition:
    """Of the shared lists only what its questions took from them."""
    return structs.replace(definition, version=0, source_file="", lists={})


@lru_cache(maxsize=512)
def _definition(form: PublishedForm) -> Definition:
    file = f"{form.id}.toml"
    own = load(form.source, shared=_shared(form.shared), file=file)
    if not form.council:
        return own
    council = load_published(form.council, file=COUNCIL_FILE)
    here = replace(council, changes=tuple(change for change in council.changes if change.form == own.id))
    library = Library({LISTS: form.shared, file: form.source}, here)
    return structs.replace(library.form(own.id), version=form.version)


@lru_cache(maxsize=16)
def _shared(text: str) -> Shared:
    return load_shared(text, file=LISTS)
