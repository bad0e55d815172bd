"""From the text of a letter’s file to a LetterTemplate, or to one sentence that names file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casework.forms.faults import Fault, Path, definition_error, fault
from casework.forms.loading import parse_toml
from casework.forms.reading import Id, Table, Text, Texts, read
from casework.practice.council import Council
from casework.practice.letters.letter_template import (
    CASE,
    CHILD,
    LETTER,
    OF_LETTER,
    SAID,
    SENT,
    Block,
    BlockKind,
    LetterPlace,
    LetterSettings,
    LetterTemplate,
    named_in,
)

_ROOTS = (SAID, CASE, CHILD, SENT, LETTER)
_ALWAYS = frozenset({"to"})  # whoever it goes to is known of every letter


class _OwnWords(Table, frozen=True):
    """What a council may say otherwise; looked over once it stands in the letter."""

    version: int
    subject: Any = None
    greeting: Any = None
    closing: Any = None
    law: Any = None
    block: Any = None


class _BlockTable(Table, frozen=True):
    text: Text | None = None
    facts: Texts | None = None
    points: Texts | None = None


class _LetterTable(LetterSettings, frozen=True, kw_only=True):
    """A letter as it is written; `letter` is its id."""

    letter: Id
    place: tuple[LetterPlace, ...] = ()
    block: tuple[_BlockTable, ...] = ()


def read_letter(text: str, *, file: str, council: Council) -> LetterTemplate:
    """The letter of a file, in the council’s own words where it has some; raises DefinitionError."""
    data = parse_toml(text, file)
    own = council.letters.get(str(data.get("letter")), {})
    try:
        shipped = _letter(data, ())
    except Fault as found:
        raise definition_error(file, text, found) from None
    if not own:
        return shipped
    return _in_own_words(data, own, council)


def _in_own_words(data: Mapping[str, object], own: Mapping[str, object], council: Council) -> LetterTemplate:
    """A council changes what a letter says, never what it may hold, to whom it goes or what it records."""
    path: Path = ("letters", str(data["letter"]))
    try:
        read(_OwnWords, dict(own), path)
        return _letter({**data, **own}, path)
    except Fault as found:
        raise definition_error(council.source_file, council.text, found) from None


def _letter(data: Mapping[str, object], path: Path) -> LetterTemplate:
    table = read(_LetterTable, dict(data), path)
    for number, place in enumerate(table.place):
        _check_source(place, (*path, "place", number, "from"))
    settings: dict[str, Any] = {name: getattr(table, name) for name in LetterSettings.__struct_fields__}
    found = LetterTemplate(
        **settings,
        id=table.letter,
        places=table.place,
        blocks=tuple(_block(block, (*path, "block", number)) for number, block in enumerate(table.block)),
        has_own_words=bool(path),
    )
    _refuse_unknown_places(found, path)
    return found


def _check_source(place: LetterPlace, path: Path) -> None:
    if place.root not in _ROOTS or (place.name == "") != (place.root == SAID):
        fault(path, f"'{place.source}' is no source: write said, or one of case, child, sent, letter and a name.")
    if place.root == LETTER and place.name not in OF_LETTER:
        fault(path, f"a letter has no '{place.name}'. It has {', '.join(sorted(OF_LETTER))}.")


def _block(table: _BlockTable, path: Path) -> Block:
    text = None if table.text is None else (table.text,)
    lines = {BlockKind.TEXT: text, BlockKind.FACTS: table.facts, BlockKind.POINTS: table.points}
    given = [Block(kind, held) for kind, held in lines.items() if held is not None]
    if len(given) != 1:
        fault(path, "a block has one of text, facts and points.")
    return given[0]


def _refuse_unknown_places(letter: LetterTemplate, path: Path) -> None:
    known = {place.id for place in letter.places}
    if len(known) < len(letter.places):
        fault((*path, "place"), "two places have the same id.")
    for key, place_id in _mentioned(letter):
        if place_id not in known | _ALWAYS:
            fault((*path, key), f"no place of this letter is called '{place_id}'.")


def _mentioned(letter: LetterTemplate) -> Iterator[tuple[str, str]]:
    for key, words in (("subject", letter.subject), ("greeting", letter.greeting), ("law", letter.law)):
        yield from ((key, name) for name in named_in(words))
    for block in letter.blocks:
        for line in block.lines:
            names = (line,) if block.kind is BlockKind.FACTS else named_in(line)
            yield from (("block", name) for name in names)
