"""Answers said all at once, as the changes they are: checked against the form, with ids and offsets put in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from casework.canonical import JSON
from casework.errors import AnswerError
from casework.forms import Definition, Question, QuestionType, check_answer
from casework.forms.moments import CameTwice, on_the_clock
from casework.identifiers import OperationId
from casework.records import Change, RecordView, cell_path, field_path, parse_path, row_path
from casework.typed_words import kept_answer

_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


def changes_from(definition: Definition, view: RecordView, answers: Mapping[str, JSON]) -> Iterable[Change]:
    """Answers in the shape of `homeward show --json`; a row without an id is new, {"id", "removed": true} removes."""
    for question_id, value in answers.items():
        question = _question(definition, question_id)
        if question.is_group:
            if not isinstance(value, list):
                message = f"“{question.label}” takes a list of rows."
                raise AnswerError(message)
            yield from _row_changes(definition, view, question, value)
        else:
            value = _with_offset(question, kept_answer(value))  # noqa: PLW2901 - the same answer, whole
            check_answer(question, value)
            yield Change(field_path(question_id), value, seen_at(view, field_path(question_id)))


def after(position: str) -> str:
    """A row position that sorts after this one."""
    return f"{int(position) + 1024 if position.isdigit() else 1024:08d}"


def _row_changes(definition: Definition, view: RecordView, question: Question, rows: list[JSON]) -> Iterable[Change]:
    here = {row.id: row.position for row in view.rows(question.id)}
    last = max(here.values(), default="")
    for given in rows:
        if not isinstance(given, dict):
            message = f"“{question.label}” takes a list of rows, each an object."
            raise AnswerError(message)
        row_id = str(given.get("id") or secrets.token_hex(8))
        mark = row_path(question.id, row_id)
        parse_path(mark)
        if given.get("removed") is True:
            yield Change(mark, {"removed": True}, view.saw(mark))
            continue
        if row_id not in here:
            last = after(last)
            yield Change(mark, {"position": last}, view.saw(mark))
        for column_id, value in given.items():
            if column_id != "id":
                path, column = cell_path(question.id, row_id, column_id), question.column(column_id)
                value = _with_offset(column, kept_answer(value)) if column else value  # noqa: PLW2901 - the same, whole
                check_value(definition, path, value)
                yield Change(path, value, seen_at(view, path))


def _with_offset(question: Question, value: JSON) -> JSON:
    """A time as England’s clocks showed it gets its offset; raises AnswerError where the clocks leave that open."""
    if question.type is not QuestionType.DATETIME or not isinstance(value, str) or not _CLOCK.fullmatch(value):
        return value
    try:
        return on_the_clock(datetime.fromisoformat(value)).isoformat()
    except ValueError:
        return value  # no such day or hour: the check says so
    except AnswerError as error:
        which = ": with +01:00 for before, or +00:00 for after" if isinstance(error, CameTwice) else ""
        message = f"“{question.label}”: {str(error).rstrip('.')}{which}."
        raise AnswerError(message) from error


def seen_at(view: RecordView, path: str) -> tuple[OperationId, ...]:
    """What a form shows at a path: of a conflict one text only, so typing there replaces that one and not both."""
    if path in view.conflicts:
        return (view.values[path][-1].op_id,)
    return view.saw(path)


def check_value(definition: Definition, path: str, value: JSON) -> None:
    parsed = parse_path(path)
    if parsed.is_row:
        _question(definition, parsed.group)
        return
    question = _question(definition, parsed.group or parsed.question)
    if parsed.group:
        column = question.column(parsed.question)
        if column is None:
            message = f"“{question.label}” has no column “{parsed.question}”."
            raise AnswerError(message)
        question = column
    elif question.is_group:
        message = f"“{question.label}” is answered row by row."
        raise AnswerError(message)
    if value is not None:
        check_answer(question, value)


def _question(definition: Definition, question_id: str) -> Question:
    question = definition.by_id.get(question_id)
    if question is None:
        message = f"{definition.title} has no question “{question_id}”."
        raise AnswerError(message)
    return question
