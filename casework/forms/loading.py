"""From the text of a definition to a Definition, or to one sentence that names file and line."""

from __future__ import annotations

import tomllib
from pathlib import Path as FilePath

from casework.errors import DefinitionError
from casework.forms.conditions import ALWAYS, Condition
from casework.forms.definition import Definition, Section, VersionMapping, WordingPrompt
from casework.forms.faults import Fault, Path, definition_error, fault, toml_error
from casework.forms.questions import Inherited, Shared, audience_of, read_checks, read_options, read_question, when
from casework.forms.reading import Reader
from casework.forms.trees import condition
from casework.forms.verifying import verified
from casework.forms.vocabulary import RECIPIENTS, STRANDS, VOICES

FORM_KEYS = frozenset(
    {
        "form",
        "version",
        "title",
        "short_title",
        "strand",
        "about",
        "source",
        "audience",
        "recipients",
        "given",
        "conditions",
        "section",
        "mapping",
    }
)
SECTION_KEYS = frozenset({"id", "number", "title", "hint", "voice", "audience", "show_when", "checks", "question"})
MAPPING_KEYS = frozenset({"from_version", "renamed", "recoded"})


def load(source: str | FilePath, *, shared: Shared | None = None, file: str = "") -> Definition:
    """The definition in a text or a file; raises DefinitionError with file and line."""
    if isinstance(source, FilePath):
        return load(read_text(source), shared=shared or _beside(source), file=source.name)
    name = file or "this definition"
    data = parse_toml(source, name)
    try:
        return verified(build(data, shared or Shared(), name))
    except Fault as found:
        raise definition_error(name, source, found) from None


def load_shared(text: str, *, file: str) -> Shared:
    """The option lists and wording prompts all forms share."""
    data = parse_toml(text, file)
    try:
        return _shared(data)
    except Fault as found:
        raise definition_error(file, text, found) from None


def read_text(path: FilePath) -> str:
    """A definition file as text; one that is not UTF-8 is a mistake on its line."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DefinitionError(path.name, line, "this line is not UTF-8 text.") from None


def parse_toml(text: str, file: str) -> dict[str, object]:
    """The TOML data of a text; every refusal is a DefinitionError."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise toml_error(file, text, error) from None


def _beside(path: FilePath) -> Shared:
    lists = path.parent / "lists.toml"
    return load_shared(read_text(lists), file=lists.name) if lists.exists() else Shared()


def _shared(data: dict[str, object]) -> Shared:
    top = Reader(data, (), frozenset({"lists", "wording"}))
    lists = top.get("lists", dict, {})
    return Shared(
        {name: read_options(listed, ("lists", name), Shared()) for name, listed in lists.items()},
        tuple(_wording(item, path) for item, path in top.tables("wording")),
    )


def _wording(item: object, path: Path) -> WordingPrompt:
    table = Reader(item, path, frozenset({"word", "say", "source"}))
    return WordingPrompt(table.text("word"), table.text("say"), table.text("source"))


def build(data: dict[str, object], shared: Shared, file: str) -> Definition:
    """A definition from its data, its names not yet checked; raises Fault."""
    top = Reader(data, (), FORM_KEYS)
    inherited = Inherited(shared, _named(top), audience_of(top, frozenset({"allocated_worker", "manager"})), "", "")
    sections = tuple(_section(item, path, inherited) for item, path in top.tables("section"))
    if not sections:
        fault((), "a form needs at least one [[section]].")
    return Definition(
        id=top.id("form"),
        version=_version(top, "version"),
        title=top.text("title"),
        short_title=top.get("short_title", str, "") or top.text("title"),
        strand=top.one_of("strand", STRANDS),
        about=top.get("about", str, ""),
        source=top.get("source", str, ""),
        sections=sections,
        lists=shared.lists,
        wording=shared.wording,
        mappings=tuple(_mapping(item, path) for item, path in top.tables("mapping")),
        audience=inherited.audience,
        recipients=top.among("recipients", RECIPIENTS, "a recipient"),
        given=_given(top),
        source_file=file,
    )


def _given(top: Reader) -> dict[str, str]:
    """Who is given the form without asking the child, and the reason a copy then states."""
    Reader(top.get("given", dict, {}), ("given",), frozenset(RECIPIENTS))
    return top.renames("given")


def _named(top: Reader) -> dict[str, Condition]:
    """Conditions with names, each able to use those above it."""
    named: dict[str, Condition] = {}
    for name, data in top.get("conditions", dict, {}).items():
        named[name] = condition(data, ("conditions", name), named)
    return named


def _version(table: Reader, key: str) -> int:
    value = table.need(key, int)
    if not 1 <= value <= 9999:
        fault(table.at(key), f"'{key}' should be 1 or more.")
    return value


def _mapping(item: object, path: Path) -> VersionMapping:
    table = Reader(item, path, MAPPING_KEYS)
    recoded = table.get("recoded", dict, {})
    inner = Reader(recoded, table.at("recoded"), frozenset(recoded))
    return VersionMapping(
        _version(table, "from_version"), table.renames("renamed"), {key: inner.renames(key) for key in recoded}
    )


def _section(item: object, path: Path, inherited: Inherited) -> Section:
    table = Reader(item, path, SECTION_KEYS)
    voice = table.one_of("voice", VOICES, "")
    inner = inherited._replace(audience=audience_of(table, inherited.audience), voice=voice)
    questions = tuple(read_question(question, at, inner) for question, at in table.tables("question"))
    if not questions:
        fault(path, "a section needs at least one question.")
    return Section(
        id=table.id(),
        number=_version(table, "number"),
        title=table.text("title"),
        questions=questions,
        hint=table.get("hint", str, ""),
        voice=voice,
        show_when=when(table, "show_when", ALWAYS, inherited.named),
        checks=read_checks(table, inherited.named),
    )
