"""Every mistake in a folder of forms and a council's file, one sentence each, with file and line."""

from __future__ import annotations

from pathlib import Path

from casework.errors import DefinitionError
from casework.forms import Shared, load, load_shared
from casework.forms.loading import read_text
from casework.practice.council import load_council
from casework.practice.library import LISTS, Library


def mistakes(folder: Path, council_file: Path) -> tuple[DefinitionError, ...]:
    """The first mistake of every file; when each file is sound, the first between them. Empty when all is well."""
    found = [error for file in sorted(folder.glob("*.toml")) if (error := _mistake(file, folder))]
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
    return load_shared(read_text(lists), file=LISTS) if lists.exists() else Shared()


def _between(folder: Path, council_file: Path) -> tuple[DefinitionError, ...]:
    """What only shows when forms and council meet: a version twice, a change to a question that is not there."""
    try:
        council = load_council(read_text(council_file), file=council_file.name)
        Library({file.name: read_text(file) for file in folder.glob("*.toml")}, council)
    except DefinitionError as error:
        return (error,)
    return ()
