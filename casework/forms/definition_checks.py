"""A whole definition checked: names that exist, types that fit, no circles, nothing out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from casework.forms import reach
from casework.forms.conditions import (
    CODE_OPS,
    NUMBER_OPS,
    TIME_OPS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    RowTest,
    Subject,
)
from casework.forms.definition import FACTS, Definition, Option, Question, QuestionType, Section
from casework.forms.faults import Path, fault, meant
from casework.forms.moments import span
from casework.forms.questions import THIS_FORM
from casework.forms.vocabulary import PREFILL_FROM, THIS_RECORD

_TIMES = frozenset({QuestionType.DATE, QuestionType.DATETIME})
_CHOSEN = frozenset({QuestionType.CHOICE, QuestionType.CHOICES})
_OP_TYPES: dict[str, frozenset[QuestionType]] = {
    **dict.fromkeys(TIME_OPS, _TIMES),
    **dict.fromkeys(NUMBER_OPS, frozenset({QuestionType.NUMBER})),
    "is": frozenset({QuestionType.CHOICE, QuestionType.YES_NO, QuestionType.TEXT}),
    "is_not": frozenset({QuestionType.CHOICE, QuestionType.YES_NO, QuestionType.TEXT}),
    "one_of": frozenset({QuestionType.CHOICE, QuestionType.TEXT}),
    "has": _CHOSEN,
    "says": frozenset({QuestionType.TEXT, QuestionType.NARRATIVE}),
    "answered": frozenset(QuestionType),
    "none": frozenset(QuestionType),
}


class _Where(NamedTuple):
    """A question in its place: the names its conditions may use."""

    question: Question
    path: Path
    group: Question | None


def verified(definition: Definition) -> Definition:
    """The definition with its lookups filled in; raises Fault at the first mistake."""
    by_id = _by_id(definition)
    _check_sections(definition)
    whole = replace(definition, by_id=by_id, section_of=_section_of(definition))
    for where in _everywhere(whole):
        _check_question(where, whole)
    for number, section in enumerate(whole.sections):
        _check_section_conditions(section, ("section", number), by_id)
    whole = replace(whole, order=reach.order(whole))
    reach.check(whole)
    _check_mappings(whole)
    return _with_own_parts(whole)


def _by_id(definition: Definition) -> dict[str, Question]:
    by_id: dict[str, Question] = {}
    for where in _everywhere(definition):
        if where.group is None:
            if where.question.id in by_id:
                fault((*where.path, "id"), f"two questions are called '{where.question.id}'.")
            by_id[where.question.id] = where.question
    return by_id


def _section_of(definition: Definition) -> dict[str, Section]:
    return {question.id: section for section in definition.sections for question in section.questions}


def _everywhere(definition: Definition) -> Iterator[_Where]:
    for number, section in enumerate(definition.sections):
        for place, question in enumerate(section.questions):
            path: Path = ("section", number, "question", place)
            yield _Where(question, path, None)
            for column_place, column in enumerate(question.columns):
                yield _Where(column, (*path, "column", column_place), question)


def _check_sections(definition: Definition) -> None:
    seen: dict[str, int] = {}
    for place, section in enumerate(definition.sections):
        if section.id in seen:
            fault(("section", place, "id"), f"two sections are called '{section.id}'.")
        seen[section.id] = place
        if section.number != place + 1:
            fault(("section", place, "number"), f"this is section {place + 1}, not {section.number}.")


def _check_question(where: _Where, whole: Definition) -> None:
    question, path = where.question, where.path
    _check_options(question, path)
    _check_columns(question, path)
    _check_outward(question, path)
    for key, condition in (("show_when", question.show_when), ("required_when", question.required_when)):
        _check_condition(condition, (*path, key), whole.by_id, where.group)
    for place, check in enumerate(question.checks):
        _check_condition(check.when, (*path, "checks", place), whole.by_id, where.group)


def _check_section_conditions(section: Section, path: Path, by_id: Mapping[str, Question]) -> None:
    _check_condition(section.show_when, (*path, "show_when"), by_id, None)
    for place, check in enumerate(section.checks):
        _check_condition(check.when, (*path, "checks", place), by_id, None)


def _check_options(question: Question, path: Path) -> None:
    known = tuple(option.code for option in question.options)
    if question.type in _CHOSEN and not question.options and question.list_name not in (THIS_FORM, THIS_RECORD):
        fault(path, f"'{question.id}' is a {question.type} and needs options.")
    if question.type is QuestionType.YES_NO and question.options and known != ("yes", "no"):
        fault((*path, "options"), "a yes_no question can only give new labels to 'yes' and 'no', in that order.")
    if question.voices and question.type is not QuestionType.CHOICES:
        fault((*path, "voices"), "only a question of type 'choices' can say whose words each choice is.")
    for code in question.alone:
        if code not in known:
            fault((*path, "alone"), f"no option is called '{code}'{meant(code, known)}.")
    if question.approximate and question.type not in _TIMES:
        fault((*path, "approximate"), "only a date or a time can be approximate.")
    if (question.type is QuestionType.COMPUTED) is not bool(question.computed):
        fault((*path, "computed"), "a computed question, and no other, says what is 'computed'.")


def _check_columns(question: Question, path: Path) -> None:
    names = [column.id for column in question.columns]
    for place, column in enumerate(question.columns):
        if names.index(column.id) != place:
            fault((*path, "column", place, "id"), f"two columns are called '{column.id}'.")
        if column.is_group or column.type is QuestionType.COMPUTED:
            fault((*path, "column", place, "type"), f"a column cannot be of type '{column.type}'.")
    if names and not question.is_group:
        fault((*path, "column", 0), f"a question of type '{question.type}' has no columns.")
    for key, used in (("summary", question.summary), ("carry_columns", tuple(question.carry_columns))):
        for name in used:
            if name not in names and name != "file":
                fault((*path, key), f"'{question.id}' has no column '{name}'{meant(name, tuple(names))}.")
    if question.carry_when and question.carry_when not in names:
        fault((*path, "carry_when"), f"'{question.id}' has no column '{question.carry_when}'.")
    if not 0 <= question.at_least <= (100 if question.is_group else 0):
        fault((*path, "at_least"), "'at_least' is a number of rows, for a repeating group.")


def _check_outward(question: Question, path: Path) -> None:
    if question.prefill and question.prefill.partition(".")[0] not in PREFILL_FROM:
        near = meant(question.prefill, PREFILL_FROM)
        fault((*path, "prefill"), f"'{question.prefill}' comes from nowhere known{near}.")
    if question.carries_to and len(question.carries_to.split(".")) != 2:
        fault((*path, "carries_to"), "'carries_to' should be form.question.")


def _check_condition(condition: Condition, path: Path, by_id: Mapping[str, Question], group: Question | None) -> None:
    match condition:
        case All(inner) | AnyOf(inner):
            for part in inner:
                _check_condition(part, path, by_id, group)
        case Not(part):
            _check_condition(part, path, by_id, group)
        case RowTest():
            _check_rows(condition, path, by_id)
        case Comparison():
            _check_comparison(condition, path, by_id, group)


def _check_rows(test: RowTest, path: Path, by_id: Mapping[str, Question]) -> None:
    group = by_id.get(test.group)
    if group is None or not group.is_group:
        fault(path, f"no repeating group is called '{test.group}'{meant(test.group, tuple(by_id))}.")
    if test.latest:
        column = group.column(test.latest)
        if column is None or column.type not in _TIMES:
            fault(path, f"'{test.group}' has no date or time column '{test.latest}'.")
    _check_condition(test.where, path, by_id, group)


def _check_comparison(test: Comparison, path: Path, by_id: Mapping[str, Question], group: Question | None) -> None:
    kind, options = _kind(test.subject, path, by_id, group)
    if kind not in _OP_TYPES[test.op]:
        fault(path, f"'{test.subject.name}' is of type '{kind}', so it cannot be compared by '{test.op}'.")
    if test.op in CODE_OPS:
        _check_codes(test, path, kind, options)
    elif isinstance(test.operand, Subject):
        other, _ = _kind(test.operand, path, by_id, group)
        if other not in _OP_TYPES[test.op]:
            fault(path, f"'{test.operand.name}' is of type '{other}', so '{test.op}' cannot use it.")
    elif test.op in TIME_OPS and span(test.operand) is None:
        fault(path, f"'{test.operand}' is not a date such as 2026-03-27.")


def _kind(
    subject: Subject, path: Path, by_id: Mapping[str, Question], group: Question | None
) -> tuple[QuestionType, tuple[Option, ...]]:
    if subject.kind == "fact":
        if subject.name not in FACTS:
            fault(path, f"no fact is called '{subject.name}'{meant(subject.name, FACTS)}.")
        return FACTS[subject.name], ()
    if subject.kind == "question":
        question = by_id.get(subject.name)
        known: tuple[str, ...] = tuple(by_id)
    else:
        question = group.column(subject.name) if group else None
        known = tuple(column.id for column in group.columns) if group else ()
    if question is None:
        fault(path, f"no {subject.kind} is called '{subject.name}'{meant(subject.name, known)}.")
    return question.type, question.options


def _check_codes(test: Comparison, path: Path, kind: QuestionType, options: tuple[Option, ...]) -> None:
    wanted = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    for code in wanted:
        if kind is QuestionType.YES_NO:
            if not isinstance(code, bool):
                fault(path, f"'{test.subject.name}' is yes or no: compare it with true or false.")
        elif kind in _CHOSEN and options and code not in {option.code for option in options}:
            known = tuple(option.code for option in options)
            fault(path, f"'{test.subject.name}' has no option '{code}'{meant(code, known)}.")
        elif not isinstance(code, str):
            fault(path, f"'{test.subject.name}' is of type '{kind}': compare it with text in quotes.")


def _check_mappings(whole: Definition) -> None:
    for place, mapping in enumerate(whole.mappings):
        path: Path = ("mapping", place)
        if mapping.from_version >= whole.version:
            fault((*path, "from_version"), "a mapping reads an older version.")
        for old, new in mapping.renamed.items():
            if new not in whole.by_id:
                fault((*path, "renamed"), f"'{old}' cannot become '{new}': no question is called that.")
        if len(set(mapping.renamed.values())) != len(mapping.renamed):
            fault((*path, "renamed"), "two old questions become the same new one, so one answer would be lost.")


def _with_own_parts(whole: Definition) -> Definition:
    """What can be kept back, or shared for a reason: any section, or any one question, of this very form."""
    if not any(column.list_name == THIS_FORM for question in whole.questions() for column in question.columns):
        return whole
    parts = tuple(_own_parts(whole))
    sections = tuple(
        replace(section, questions=tuple(_with_parts(question, parts) for question in section.questions))
        for section in whole.sections
    )
    filled = replace(whole, sections=sections)
    return replace(filled, by_id={q.id: q for q in filled.questions()}, section_of=_section_of(filled))


def _own_parts(whole: Definition) -> Iterator[Option]:
    for section in whole.sections:
        if any(question.type is QuestionType.CONSENT for question in section.questions):
            continue
        yield Option(section.id, section.title)
        for question in section.questions:
            yield Option(question.id, question.short_label, hint=section.title)


def _with_parts(question: Question, parts: tuple[Option, ...]) -> Question:
    columns = tuple(replace(c, options=parts) if c.list_name == THIS_FORM else c for c in question.columns)
    return replace(question, columns=columns)
