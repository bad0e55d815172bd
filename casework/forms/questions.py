"""One question read from data, with its options, checks and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from casework.forms.conditions import ALWAYS, NEVER, All, Comparison, Condition, Subject
from casework.forms.definition import Check, Option, Question, QuestionSettings, QuestionType, WordingPrompt
from casework.forms.faults import Path, fault, meant
from casework.forms.reading import Table, Text, known, read
from casework.forms.trees import Named, condition
from casework.forms.vocabulary import AUDIENCES, CHECK_KINDS, THIS_RECORD, VOICES

THIS_FORM = "THIS_FORM"  # options that are the sections and questions of the form itself, known once it is whole
_WITH_OPTIONS = (QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.CONSENT, QuestionType.YES_NO)
LONGEST = {QuestionType.TEXT: 500, QuestionType.NARRATIVE: 100_000}


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What forms have in common: option lists by name, and words to think twice about. One text, one of these."""

    lists: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    wording: tuple[WordingPrompt, ...] = ()


NOTHING_SHARED = Shared()


class Inherited(NamedTuple):
    shared: Shared
    named: Named
    audience: frozenset[str]
    voice: str
    source: str


Audience = tuple[Annotated[str, known(AUDIENCES, "a recipient")], ...]


class CheckTable(Table, frozen=True):
    """`blocks`: signing; a contradiction and a missing answer do, unless this says otherwise."""

    when: dict[str, Any]
    say: Text
    kind: Annotated[str, known(CHECK_KINDS)] = "contradiction"
    blocks: bool | None = None
    source: str = ""


class QuestionTable(QuestionSettings, frozen=True):
    """A question, or a column, as it is written. What is not there comes from its surroundings, or from its type."""

    options: Any = None
    required: bool | None = None
    required_when: Any = None
    show_when: Any = None
    checks: tuple[CheckTable, ...] = ()
    source: str | None = None
    audience: Audience | None = None
    voice: Annotated[str, known((*VOICES, ""))] | None = None
    column: tuple[QuestionTable, ...] = ()
    read_only: bool | None = None
    longest: int | None = None


def when(data: object, path: Path, otherwise: Condition, named: Named) -> Condition:
    """A condition, where one is written."""
    return otherwise if data is None else condition(data, path, named)


def _required(table: QuestionTable, path: Path, named: Named) -> Condition:
    if table.required is not None and table.required_when is not None:
        fault((*path, "required"), "say 'required' or 'required_when', not both.")
    return ALWAYS if table.required else when(table.required_when, (*path, "required_when"), NEVER, named)


def checks_of(tables: tuple[CheckTable, ...], path: Path, named: Named) -> tuple[Check, ...]:
    """The checks of a question or a section."""
    return tuple(_check(table, (*path, "checks", place), named) for place, table in enumerate(tables))


def _check(table: CheckTable, path: Path, named: Named) -> Check:
    blocks = table.kind in ("contradiction", "missing") if table.blocks is None else table.blocks
    return Check(condition(table.when, (*path, "when"), named), table.say, table.kind, blocks, table.source)


def question_of(table: QuestionTable, path: Path, inherited: Inherited) -> Question:
    """One question, or one column, in its surroundings."""
    inner = inherited._replace(
        audience=inherited.audience if table.audience is None else frozenset(table.audience),
        voice=inherited.voice if table.voice is None else table.voice,
        source=inherited.source if table.source is None else table.source,
    )
    if not inner.source:
        fault(path, "'source' is missing: say which document this question rests on.")
    settings: dict[str, Any] = {name: getattr(table, name) for name in QuestionSettings.__struct_fields__}
    kind, named = table.type, inherited.named
    return Question(
        **settings | {"short_label": table.short_label or table.label},
        options=_question_options(table, (*path, "options"), inherited.shared),
        list_name=table.options if isinstance(table.options, str) else "",
        show_when=when(table.show_when, (*path, "show_when"), ALWAYS, named),
        required_when=_required(table, path, named),
        checks=checks_of(table.checks, path, named),
        source=inner.source,
        audience=inner.audience,
        voice=inner.voice,
        columns=_columns(table, path, inner),
        read_only=kind is QuestionType.COMPUTED if table.read_only is None else table.read_only,
        longest=LONGEST.get(kind, 0) if table.longest is None else table.longest,
    )


def _question_options(table: QuestionTable, path: Path, shared: Shared) -> tuple[Option, ...]:
    if table.options is None:
        return ()
    if table.type not in _WITH_OPTIONS:
        fault(path, f"a question of type '{table.type}' has no options.")
    return read_options(table.options, path, shared)


def read_options(data: object, path: Path, shared: Shared) -> tuple[Option, ...]:
    """Options by the name of their list, or written out."""
    if data in (THIS_FORM, THIS_RECORD):
        return ()
    if isinstance(data, str):
        if data not in shared.lists:
            fault(path, f"no list is called '{data}'{meant(data, shared.lists)}.")
        return shared.lists[data]
    if not isinstance(data, list) or not data:
        fault(path, "'options' should name a list, or be a list of { code, label }.")
    options = read(tuple[Option, ...], data, path)
    refuse_twins(options, path)
    return options


def refuse_twins(options: tuple[Option, ...], path: Path) -> None:
    """Raises Fault at the second option of the same code."""
    seen: set[str] = set()
    for place, option in enumerate(options):
        if option.code in seen:
            fault((*path, place), f"the option '{option.code}' stands twice, so its second place cannot be reached.")
        seen.add(option.code)


def _columns(table: QuestionTable, path: Path, inherited: Inherited) -> tuple[Question, ...]:
    if table.type is QuestionType.CONSENT:
        return _consent_columns(table, path, inherited)
    columns = tuple(
        question_of(column, (*path, "column", place), inherited) for place, column in enumerate(table.column)
    )
    if table.type is QuestionType.ROWS and not columns:
        fault(path, "a question of type 'rows' needs at least one column.")
    return columns


_DECISIONS = (
    Option("all", "Yes, all of it"),
    Option("some", "Yes, but not everything"),
    Option("no", "No"),
    Option("not_asked", "Not asked"),
)


def _decided(column: str, code: str) -> Condition:
    return Comparison(Subject("column", column), "is", code)


def _consent_columns(table: QuestionTable, path: Path, inherited: Inherited) -> tuple[Question, ...]:
    """The columns every consent question has; what can be kept back is filled in once the form is whole."""
    recipients = read_options(table.options or "RECIP", (*path, "options"), inherited.shared)
    some, not_asked = _decided("decision", "some"), _decided("decision", "not_asked")
    common = {"source": inherited.source, "audience": inherited.audience}

    def column(name: str, label: str, kind: QuestionType, **settings: object) -> Question:
        return Question(id=name, label=label, short_label=label, type=kind, **common, **settings)  # type: ignore[arg-type]

    return (
        column("recipient", "Who", QuestionType.CHOICE, options=recipients, required_when=ALWAYS),
        column("decision", "What may they see?", QuestionType.CHOICE, options=_DECISIONS, required_when=ALWAYS),
        column(
            "keep_back",
            "What is kept back",
            QuestionType.CHOICES,
            list_name=THIS_FORM,
            show_when=some,
            required_when=some,
        ),
        column(
            "why_not_asked",
            "Why {child} was not asked",
            QuestionType.TEXT,
            show_when=not_asked,
            required_when=not_asked,
            longest=500,
        ),
        column("words", "In {child}’s words", QuestionType.TEXT, voice="child", longest=2000, show_when=All(())),
    )
