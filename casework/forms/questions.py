"""One question read from data, with its options, checks and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casework.forms.conditions import ALWAYS, NEVER, All, Comparison, Condition, Subject
from casework.forms.definition import Check, Option, Question, QuestionType, WordingPrompt
from casework.forms.faults import Path, fault, meant
from casework.forms.reading import Reader
from casework.forms.trees import Named, condition
from casework.forms.vocabulary import AUDIENCES, CHECK_KINDS, COMPUTED, NONE_CODES, THIS_RECORD, VOICES

QUESTION_KEYS = frozenset(
    {
        "id",
        "label",
        "short_label",
        "hint",
        "type",
        "options",
        "required",
        "required_when",
        "show_when",
        "checks",
        "source",
        "audience",
        "voice",
        "column",
        "at_least",
        "summary",
        "add_label",
        "prefill",
        "carries_to",
        "carry_when",
        "carry_columns",
        "links_to",
        "computed",
        "voices",
        "ways_to_ask",
        "none_allowed",
        "alone",
        "approximate",
        "read_only",
        "wide",
        "longest",
    }
)
OPTION_KEYS = frozenset({"code", "label", "hint", "retired", "counts_as"})
CHECK_KEYS = frozenset({"when", "say", "kind", "blocks", "source"})
ASKED = tuple(kind for kind in QuestionType if kind is not QuestionType.FILE)
THIS_FORM = "THIS_FORM"  # options that are the sections and questions of the form itself, known once it is whole
_WITH_OPTIONS = (QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.CONSENT, QuestionType.YES_NO)
LONGEST = {QuestionType.TEXT: 500, QuestionType.NARRATIVE: 100_000}


class Shared(NamedTuple):
    """What forms have in common: option lists by name, and words to think twice about."""

    lists: Mapping[str, tuple[Option, ...]] = {}
    wording: tuple[WordingPrompt, ...] = ()


class Inherited(NamedTuple):
    shared: Shared
    named: Named
    audience: frozenset[str]
    voice: str
    source: str


def audience_of(table: Reader, otherwise: frozenset[str]) -> frozenset[str]:
    """Who may ever be given this: its own list, or its surroundings’."""
    if "audience" not in table.table:
        return otherwise
    return frozenset(table.among("audience", AUDIENCES, "a recipient"))


def when(table: Reader, key: str, otherwise: Condition, named: Named) -> Condition:
    """A condition under a key."""
    if key not in table.table:
        return otherwise
    return condition(table.table[key], table.at(key), named)


def _required(table: Reader, named: Named) -> Condition:
    if "required" in table.table and "required_when" in table.table:
        fault(table.at("required"), "say 'required' or 'required_when', not both.")
    return ALWAYS if table.get("required", bool, False) else when(table, "required_when", NEVER, named)


def read_checks(table: Reader, named: Named) -> tuple[Check, ...]:
    """The checks of a question or a section."""
    return tuple(_check(item, path, named) for item, path in table.tables("checks"))


def _check(item: object, path: Path, named: Named) -> Check:
    table = Reader(item, path, CHECK_KEYS)
    kind = table.one_of("kind", CHECK_KINDS, "contradiction")
    table.need("when", dict)
    return Check(
        when(table, "when", NEVER, named),
        table.text("say"),
        kind,
        table.get("blocks", bool, kind in ("contradiction", "missing")),
        table.get("source", str, ""),
    )


def read_question(item: object, path: Path, inherited: Inherited) -> Question:
    """One question, or one column, in its surroundings."""
    table = Reader(item, path, QUESTION_KEYS)
    kind = QuestionType(table.one_of("type", ASKED))
    source = table.get("source", str, inherited.source)
    if not source:
        fault(path, "'source' is missing: say which document this question rests on.")
    audience = audience_of(table, inherited.audience)
    voice = table.one_of("voice", (*VOICES, ""), inherited.voice)
    inner = inherited._replace(audience=audience, voice=voice, source=source)
    question_id = table.id()
    label = table.text("label")
    return Question(
        id=question_id,
        label=label,
        type=kind,
        short_label=table.get("short_label", str, "") or label,
        hint=table.get("hint", str, ""),
        options=_question_options(table, kind, inherited.shared),
        list_name=_list_name(table),
        show_when=when(table, "show_when", ALWAYS, inherited.named),
        required_when=_required(table, inherited.named),
        checks=read_checks(table, inherited.named),
        source=source,
        audience=audience,
        voice=voice,
        columns=_columns(table, kind, inner),
        at_least=table.get("at_least", int, 0),
        summary=table.texts("summary"),
        add_label=table.get("add_label", str, ""),
        prefill=table.get("prefill", str, ""),
        carries_to=table.get("carries_to", str, ""),
        carry_when=table.get("carry_when", str, ""),
        carry_columns=table.renames("carry_columns"),
        links_to=table.get("links_to", str, ""),
        computed=table.one_of("computed", COMPUTED, ""),
        voices=table.get("voices", bool, False),
        ways_to_ask=table.texts("ways_to_ask"),
        none_allowed=table.among("none_allowed", NONE_CODES, "a kind of no answer"),
        alone=table.texts("alone"),
        approximate=table.get("approximate", bool, False),
        read_only=table.get("read_only", bool, kind is QuestionType.COMPUTED),
        wide=table.get("wide", bool, False),
        longest=table.get("longest", int, LONGEST.get(kind, 0)),
    )


def _list_name(table: Reader) -> str:
    options = table.table.get("options")
    return options if isinstance(options, str) else ""


def _question_options(table: Reader, kind: QuestionType, shared: Shared) -> tuple[Option, ...]:
    if "options" not in table.table:
        return ()
    if kind not in _WITH_OPTIONS:
        fault(table.at("options"), f"a question of type '{kind}' has no options.")
    return read_options(table.table["options"], table.at("options"), shared)


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
    options = tuple(_option(item, (*path, place)) for place, item in enumerate(data))
    _no_twins(options, path)
    return options


def _no_twins(options: tuple[Option, ...], path: Path) -> None:
    seen: set[str] = set()
    for place, option in enumerate(options):
        if option.code in seen:
            fault((*path, place), f"the option '{option.code}' stands twice, so its second place cannot be reached.")
        seen.add(option.code)


def _option(item: object, path: Path) -> Option:
    table = Reader(item, path, OPTION_KEYS)
    return Option(
        table.text("code"),
        table.text("label"),
        table.get("hint", str, ""),
        table.get("retired", bool, False),
        table.get("counts_as", str, ""),
    )


def _columns(table: Reader, kind: QuestionType, inherited: Inherited) -> tuple[Question, ...]:
    if kind is QuestionType.CONSENT:
        return _consent_columns(table, inherited)
    columns = tuple(read_question(item, path, inherited) for item, path in table.tables("column"))
    if kind is QuestionType.ROWS and not columns:
        fault(table.path, "a question of type 'rows' needs at least one column.")
    return columns


_DECISIONS = (
    Option("all", "Yes, all of it"),
    Option("some", "Yes, but not everything"),
    Option("no", "No"),
    Option("not_asked", "Not asked"),
)


def _decided(column: str, code: str) -> Condition:
    return Comparison(Subject("column", column), "is", code)


def _consent_columns(table: Reader, inherited: Inherited) -> tuple[Question, ...]:
    """The columns every consent question has; what can be kept back is filled in once the form is whole."""
    recipients = read_options(table.table.get("options", "RECIP"), table.at("options"), inherited.shared)
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
