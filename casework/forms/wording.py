"""Answers as a person reads them, on the screen and in the PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from casework.dates_in_words import MONTHS, day, day_and_time
from casework.forms.conditions import is_none
from casework.forms.definition import Question, QuestionType
from casework.forms.vocabulary import NONE_CODES, SAID_BY

NOT_PROVIDED = "Not provided"


def worded(text: str, child: str = "") -> str:
    """A label with the child’s first name in its place."""
    return text.replace("{child}", child or "the child")


def option_label(question: Question, code: str, child: str = "") -> str:
    """What a code says; a code no longer in the list reads as its own words."""
    option = question.option(code)
    return worded(option.label, child) if option else code.replace("_", " ")


def display(question: Question, value: object, child: str = "") -> str:
    """An answer in words; an empty one reads “Not provided”."""
    if value is None or value in ("", []):
        return NOT_PROVIDED
    if is_none(value) and isinstance(value, Mapping):
        return NONE_CODES.get(str(value["none"]), NOT_PROVIDED)
    say = _SAY.get(question.type)
    return say(question, value, child) if say else str(value)


def _choice_label(question: Question, value: object, child: str) -> str:
    return option_label(question, str(value), child)


def _moment(_question: Question, value: object, _child: str) -> str:
    return say_moment(value)


def _ink(_question: Question, value: object, _child: str) -> str:
    return str(value["typed"]) if isinstance(value, Mapping) and "typed" in value else "Signed in ink"


def _file(_question: Question, value: object, _child: str) -> str:
    return str(value.get("name", "File")) if isinstance(value, Mapping) else NOT_PROVIDED


def _yes_no(question: Question, value: object, child: str) -> str:
    yes = value is True
    option = question.option("yes" if yes else "no")
    return worded(option.label, child) if option else ("Yes" if yes else "No")


def say_moment(value: object) -> str:
    """A stored date or time in words, exact or approximate."""
    if isinstance(value, Mapping):
        return f"about {_say_about(str(value.get('about', '')))}"
    text = str(value)
    try:
        return day_and_time(datetime.fromisoformat(text)) if "T" in text else day(date.fromisoformat(text))
    except ValueError:
        return text


def _say_about(text: str) -> str:
    year, *rest = text.split("-")
    if not rest or not rest[0].isdigit() or not 1 <= int(rest[0]) <= 12:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 and rest[1].isdigit() else month


def _choices(question: Question, value: object, child: str) -> str:
    items = value if isinstance(value, list) else [value]
    return "; ".join(_choice(question, item, child) for item in items)


def _choice(question: Question, item: object, child: str) -> str:
    if not isinstance(item, Mapping):
        return option_label(question, str(item), child)
    said_by = item.get("said_by")
    voices = [worded(SAID_BY[who], child) for who in said_by if who in SAID_BY] if isinstance(said_by, list) else []
    label = option_label(question, str(item.get("code", "")), child)
    return f"{label} ({', '.join(voices)})" if voices else label


def _rows(question: Question, value: object, child: str) -> str:
    rows = value if isinstance(value, list) else []
    return "; ".join(row_summary(question, row, child) for row in rows if isinstance(row, Mapping))


def row_summary(question: Question, row: Mapping[str, object], child: str = "") -> str:
    """One row on one line: its summary columns that have an answer."""
    shown = question.summary or tuple(column.id for column in question.columns)
    columns = [column for name in shown if (column := question.column(name))]
    said = [
        _in_summary(column, row[column.id], child) for column in columns if row.get(column.id) not in (None, "", [])
    ]
    return ". ".join(said) or "Nothing written yet"


def _in_summary(column: Question, value: object, child: str) -> str:
    """A bare “Yes” among other words says nothing: “Seen: yes”."""
    said = display(column, value, child)
    if column.type is not QuestionType.YES_NO or column.options:
        return said
    return f"{worded(column.short_label or column.label, child).rstrip('?')}: {said[:1].lower()}{said[1:]}"


_SAY: dict[QuestionType, Callable[[Question, object, str], str]] = {
    QuestionType.YES_NO: _yes_no,
    QuestionType.CHOICE: _choice_label,
    QuestionType.CHOICES: _choices,
    QuestionType.DATE: _moment,
    QuestionType.DATETIME: _moment,
    QuestionType.INK: _ink,
    QuestionType.FILE: _file,
    QuestionType.ROWS: _rows,
    QuestionType.ATTACHMENTS: _rows,
    QuestionType.CONSENT: _rows,
}
