"""From the text of a definition to a Definition, or to one sentence that names file and line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Annotated, Any

from msgspec import field

from casework.errors import DefinitionError
from casework.forms.conditions import ALWAYS, Condition
from casework.forms.definition import (
    Definition,
    FormSettings,
    Section,
    SectionSettings,
    VersionMapping,
    WordingPrompt,
)
from casework.forms.definition_checks import verified
from casework.forms.faults import Fault, Path, definition_error, fault, toml_error
from casework.forms.questions import (
    NOTHING_SHARED,
    Audience,
    CheckTable,
    Inherited,
    QuestionTable,
    Shared,
    checks_of,
    question_of,
    read_options,
    when,
)
from casework.forms.reading import Id, Table, known, read
from casework.forms.trees import condition
from casework.forms.vocabulary import VOICES


class SectionTable(SectionSettings, frozen=True):
    """A section as it is written."""

    voice: Annotated[str, known(VOICES)] | None = None
    audience: Audience | None = None
    show_when: Any = None
    checks: tuple[CheckTable, ...] = ()
    question: tuple[QuestionTable, ...] = ()


class FormTable(FormSettings, frozen=True, kw_only=True):
    """A form as it is written; `form` is its id."""

    form: Id
    audience: Audience = ("allocated_worker", "manager")
    conditions: dict[str, Any] = field(default_factory=dict)
    section: tuple[SectionTable, ...] = ()
    mapping: tuple[VersionMapping, ...] = ()


class SharedTable(Table, frozen=True):
    """What all forms have in common, as it is written."""

    lists: dict[str, Any] = field(default_factory=dict)
    wording: tuple[WordingPrompt, ...] = ()


MOST_LETTERS = 256 * 1024  # six times the longest form
MOST_DOTS = 100


def load(source: str | FilePath, *, shared: Shared | None = None, file: str = "") -> Definition:
    """The definition in a text or a file; raises DefinitionError with file and line."""
    if isinstance(source, FilePath):
        return load(read_text(source), shared=shared or _beside(source), file=source.name)
    return _load(source, shared or NOTHING_SHARED, file or "this definition")


@lru_cache(maxsize=256)  # some forty forms, and a council's own versions; nothing changes a definition once it is read
def _load(text: str, shared: Shared, name: str) -> Definition:
    data = parse_toml(text, name)
    try:
        return verified(build(data, shared, name))
    except Fault as found:
        raise definition_error(name, text, found) from None


@lru_cache(maxsize=4)  # thirty forms in a row ask for the same one
def load_shared(text: str, *, file: str) -> Shared:
    """The option lists and wording prompts all forms share."""
    data = parse_toml(text, file)
    try:
        return _shared(data)
    except Fault as found:
        raise definition_error(file, text, found) from None


def read_text(path: FilePath) -> str:
    """A definition file as text; one that is not UTF-8 is a mistake on its line."""
    with path.open("rb") as opened:
        content = opened.read(4 * MOST_LETTERS + 1)  # more letters than that are refused as too many
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DefinitionError(path.name, line, "this line is not UTF-8 text.") from None


def read_asks(text: str, *, file: str) -> Mapping[str, str]:
    """Words for missing answers, by the words of the question. Raises DefinitionError."""
    data = parse_toml(text, file)
    for question, words in data.items():
        if not isinstance(words, str):
            raise definition_error(file, text, Fault((question,), "this is the words of a question, and then text."))
    return {question: str(words) for question, words in data.items()}


def parse_toml(text: str, file: str) -> dict[str, object]:
    """The TOML data of a text; every refusal is a DefinitionError."""
    _refuse_endless(text, file)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise toml_error(file, text, error) from None


def _refuse_endless(text: str, file: str) -> None:
    """What would be read for minutes, on each laptop that gets it: the time for a name grows with its parts squared."""
    if len(text) > MOST_LETTERS:
        raise DefinitionError(file, 1, f"this is longer than any form: {MOST_LETTERS} letters are the most.")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > MOST_DOTS:
            raise DefinitionError(file, number, f"this line has more than {MOST_DOTS} full stops.")


def _beside(path: FilePath) -> Shared:
    lists = path.parent / "lists.toml"
    return load_shared(read_text(lists), file=lists.name) if lists.exists() else NOTHING_SHARED


def _shared(data: dict[str, object]) -> Shared:
    table = read(SharedTable, data)
    lists = {name: read_options(listed, ("lists", name), NOTHING_SHARED) for name, listed in table.lists.items()}
    return Shared(lists, table.wording)


def build(data: dict[str, object], shared: Shared, file: str) -> Definition:
    """A definition from its data, its names not yet checked; raises Fault."""
    table = read(FormTable, data)
    inherited = Inherited(shared, _named(table.conditions), frozenset(table.audience), "", "")
    if not table.section:
        fault((), "a form needs at least one [[section]].")
    settings: dict[str, Any] = {name: getattr(table, name) for name in FormSettings.__struct_fields__}
    return Definition(
        **settings | {"short_title": table.short_title or table.title},
        id=table.form,
        sections=tuple(_section(one, ("section", place), inherited) for place, one in enumerate(table.section)),
        lists=shared.lists,
        wording=shared.wording,
        mappings=table.mapping,
        audience=inherited.audience,
        source_file=file,
    )


def _named(conditions: Mapping[str, object]) -> dict[str, Condition]:
    """Conditions with names, each able to use those above it."""
    named: dict[str, Condition] = {}
    for name, data in conditions.items():
        named[name] = condition(data, ("conditions", name), named)
    return named


def _section(table: SectionTable, path: Path, inherited: Inherited) -> Section:
    audience = inherited.audience if table.audience is None else frozenset(table.audience)
    inner = inherited._replace(audience=audience, voice=table.voice or "")
    if not table.question:
        fault(path, "a section needs at least one question.")
    settings: dict[str, Any] = {name: getattr(table, name) for name in SectionSettings.__struct_fields__}
    return Section(
        **settings,
        questions=tuple(
            question_of(question, (*path, "question", place), inner) for place, question in enumerate(table.question)
        ),
        voice=inner.voice,
        show_when=when(table.show_when, (*path, "show_when"), ALWAYS, inherited.named),
        checks=checks_of(table.checks, path, inherited.named),
    )
