"""Every mistake in a folder of forms and a council's file, one sentence each, with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from casework.errors import DefinitionError, FormError
from casework.forms import NOTHING_SHARED, Shared, load, load_shared
from casework.forms.loading import read_text
from casework.practice.calendar import london_day
from casework.practice.council import load_council
from casework.practice.languages.family_words import EVERYWHERE, FOUR_FORMS, family_words
from casework.practice.languages.language_file import (
    Language,
    as_council_has_it,
    read_language,
    unsaid,
    untranslated,
)
from casework.practice.letters.letter_shelf import LetterShelf
from casework.practice.library import LISTS, Library
from casework.practice.school_calendar import calendar_runs_out
from desktop.forms.catalogue import LANGUAGES, LETTERS


def mistakes(folder: Path, council_file: Path) -> tuple[DefinitionError, ...]:
    """The first mistake of every file; when each file is sound, the first between them. Empty when all is well.

    Raises FormError for a folder without forms."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        message = f"There is no form in {folder.name}: a form is a file that ends in .toml."
        raise FormError(message)
    found = [error for file in files if (error := _mistake(file, folder))]
    return tuple(found) or _between(folder, council_file)


def _mistake(file: Path, folder: Path) -> DefinitionError | None:
    try:
        if file.name == LISTS:
            load_shared(read_text(file), file=file.name)
        else:
            load(read_text(file), shared=_shared(folder), file=file.name)
    except DefinitionError as error:
        return error if error.file == file.name else None
    return None


def _shared(folder: Path) -> Shared:
    lists = folder / LISTS
    return load_shared(read_text(lists), file=LISTS) if lists.exists() else NOTHING_SHARED


def _between(folder: Path, council_file: Path) -> tuple[DefinitionError, ...]:
    """What only shows when forms and council meet: a version twice, a change to a question that is not there,
    a letter that would hold what its reader may not have; and a language's file that cannot be read."""
    try:
        council = load_council(read_text(council_file), file=council_file.name)
        library = Library({file.name: read_text(file) for file in folder.glob("*.toml")}, council)
        LetterShelf({file.name: read_text(file) for file in (folder.parent / LETTERS).glob("*.toml")}, library)
        for file in sorted((folder.parent / LANGUAGES).glob("*.toml")):
            read_language(read_text(file), file=file.name)
    except DefinitionError as error:
        return (error,)
    return ()


def runs_out(council_file: Path, now: datetime) -> str:
    """One sentence when the school calendar of a sound council's file is nearly at its end."""
    return calendar_runs_out(london_day(now), load_council(read_text(council_file), file=council_file.name))


def language_notes(folder: Path, council_file: Path, *, every: bool) -> tuple[str, ...]:
    """What translations of sound forms lack, or have of words that no form says; of the languages that the council has
    switched on, or of `every` one. No mistake: where words are missing English stands alone."""
    library = Library(
        {file.name: read_text(file) for file in folder.glob("*.toml")},
        council := load_council(read_text(council_file), file=council_file.name),
    )
    asked = dict.fromkeys(EVERYWHERE, "every form")
    for form_id in (form_id for form_id in FOUR_FORMS if form_id in library.ids()):
        for english, place in family_words(library.form(form_id)).items():
            asked.setdefault(english, f"{form_id}.{place}".rstrip("."))
    files = sorted((folder.parent / LANGUAGES).glob("*.toml"))
    wanted = (file for file in files if every or file.stem in council.languages.on)
    found = (as_council_has_it(read_language(read_text(file), file=file.name), council.languages) for file in wanted)
    return tuple(note for language in found for note in _notes(language, asked))


def _notes(language: Language, asked: Mapping[str, str]) -> Iterator[str]:
    for english in untranslated(language.words, asked):
        yield f"{language.spoken}: “{english}” ({asked[english]}) has no translation, so English stands alone there."
    for english in unsaid(language.words, asked):
        yield f"{language.spoken}: no form says “{english}” any more, so its translation is shown nowhere."
