"""One language as data: a file of translations by the English words they stand for, and what a council says of it.

A translation is of a wording. Where a form's English is changed, no translation is of it any more, and English stands
alone until somebody translates the new words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from msgspec import field

from casework.forms.faults import Fault, Path, definition_error, fault
from casework.forms.loading import parse_toml
from casework.forms.reading import Counting, Table, Text, known, read

# By the name that the forms' list of languages has for each, its tag: the name of its file, and what a PDF says of it.
TAGS: Mapping[str, str] = {
    "Arabic": "ar", "Urdu": "ur", "Slovenian": "sl", "Farsi": "fa", "Chinese": "zh", "French": "fr", "Slovak": "sk",
    "Romani": "rom", "Czech": "cs", "Polish": "pl", "Romanian": "ro",
}  # fmt: skip
Tag = Annotated[str, known(tuple(TAGS.values()), "a language")]
_OPEN_PLACE = re.compile(r"\{(?!child\})[^}]*\}?|(?<!\{child)\}")


class LanguageTable(Table, frozen=True):
    """A language’s file as it is written. `draft`: in it, that nobody qualified has checked it."""

    language: Tag
    spoken: Annotated[str, known(TAGS, "a language")]
    name: Text
    version: Counting
    draft: Text
    child: Text
    words: dict[str, Text]
    from_right: bool = False


class CheckedBy(Table, frozen=True):
    """Who checked which version of a language's words for a council, and on which day."""

    by: Text
    on: date
    version: Counting


class CouncilLanguages(Table, frozen=True):
    """A council's say: which languages its workers see, who checked them, and words of its own."""

    on: tuple[Tag, ...] = ()
    checked: dict[Tag, CheckedBy] = field(default_factory=dict)
    words: dict[Tag, dict[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Language:
    """`checked` is None for a draft: also where the words that were checked have been changed since."""

    tag: str
    spoken: str
    name: str
    version: int
    draft: str
    child: str
    words: Mapping[str, str]
    from_right: bool = False
    checked: CheckedBy | None = None


def read_language(text: str, *, file: str) -> Language:
    """As it came with Homeward: a draft. Raises DefinitionError with file and line."""
    data = parse_toml(text, file)
    try:
        table = read(LanguageTable, data)
        refuse_open_places(table.words, ("words",))
        if TAGS[table.spoken] != table.language:
            fault(("spoken",), f"{table.spoken} is the language '{TAGS[table.spoken]}'.")
    except Fault as found:
        raise definition_error(file, text, found) from None
    return Language(
        table.language, table.spoken, table.name, table.version, table.draft, table.child, table.words,
        table.from_right,
    )  # fmt: skip


def as_council_has_it(shipped: Language, council: CouncilLanguages) -> Language:
    """With the council's own words before those that came; a check of another version is none."""
    checked = council.checked.get(shipped.tag)
    words = {**shipped.words, **council.words.get(shipped.tag, {})}
    return replace(shipped, words=words, checked=checked if checked and checked.version == shipped.version else None)


def refuse_open_places(words: Mapping[str, str], path: Path) -> None:
    """A translation may name the child and nothing else. Raises Fault."""
    for english, said in words.items():
        if _OPEN_PLACE.search(said) or ("{child}" in said and "{child}" not in english):
            fault((*path, english), "a translation has {child} where its English has it, and no other braces.")


def unsaid(words: Mapping[str, str], asked: Mapping[str, str]) -> Iterator[str]:
    """Translations of English words that no form says any more."""
    yield from (english for english in words if english not in asked)


def untranslated(words: Mapping[str, str], asked: Mapping[str, str]) -> Iterator[str]:
    """English words of the family’s parts that have no translation, or had one for an older wording."""
    yield from (english for english in asked if english not in words)
