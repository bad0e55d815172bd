"""What a cell of an extract says, as an answer; and an answer as two cells, one for people and one exact.

Raises CentralError or AnswerError in a sentence that names the column. A doubt that stops nothing becomes a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from casework.canonical import JSON, canonical, parse
from casework.dates_in_words import LONDON
from casework.errors import AnswerError
from casework.forms import Question, QuestionType, display
from casework.forms.vocabulary import NONE_CODES
from casework.plain_table import guarded, unguarded
from casework.practice.calendar import london_moment, london_moments
from central.database.errors import CentralError
from central.extracts.columns import EXACT, OFFSET

Note = Callable[[str], None]
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%Y%m%d")
HOURS = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%H.%M")
SUMMER, WINTER = ("bst", "+01:00", "+0100", "+01", "summer", "first"), ("gmt", "utc", "z", "+00:00", "+0000", "second")
WORDED = (QuestionType.TEXT, QuestionType.NARRATIVE)
AS_IS = (*WORDED, QuestionType.CHOICE, QuestionType.DATE, QuestionType.DATETIME)  # whose exact cell is no JSON


def answer_in(
    question: Question, column: str, cells: Mapping[str, str], codes: Mapping[str, str], note: Note
) -> JSON | None:
    """None where the row says nothing. The exact cell wins; it must say the same as the readable one beside it."""
    text = unguarded(cells.get(column, ""))
    exact = unguarded(cells.get(f"{column} {EXACT}", ""))
    if exact:
        value = _from_exact(question, exact, column)
        if text and text != display(question, value).strip():
            message = f"“{column}” says “{text}”, but “{column} {EXACT}” says “{exact}”. Change both, or empty one."
            raise CentralError(message)
        return value
    if not text:
        return None
    for code, label in NONE_CODES.items():
        if question.type not in WORDED and text.casefold() == label.casefold():
            return {"none": code}
    return _read(question, _coded(codes, text), column, cells.get(f"{column} {OFFSET}", ""), note)


def cells_of(question: Question, value: JSON) -> tuple[str, str]:
    """The readable cell, and the exact one: empty where the readable one says it all."""
    if value is None or value == "":
        return "", ""
    if question.type in WORDED and isinstance(value, str):
        return guarded(value), ""
    exact = value if isinstance(value, str) and question.type in AS_IS else canonical(value).decode()
    return guarded(display(question, value)), guarded(exact)


def _from_exact(question: Question, text: str, column: str) -> JSON:
    if question.type in AS_IS and not text.startswith("{"):
        return text
    try:
        return parse(text)
    except AnswerError as error:
        message = f"“{text}” in the column {column} {EXACT} cannot be read."
        raise CentralError(message) from error


def _coded(codes: Mapping[str, str], text: str) -> str:
    plain = {name.casefold(): code for name, code in codes.items()}
    return codes.get(text) or plain.get(text.casefold(), text)


def _read(question: Question, text: str, column: str, clock: str, note: Note) -> JSON:
    match question.type:
        case QuestionType.DATE:
            return _day(text, column).isoformat()
        case QuestionType.DATETIME:
            return _moment(text, column, clock, note)
        case QuestionType.YES_NO:
            return _yes_no(text, column)
        case QuestionType.CHOICE:
            return _option(question, text, column)
        case QuestionType.CHOICES:
            return [_option(question, part.strip(), column) for part in re.split(r"[;|]", text) if part.strip()]
        case _:
            return text


def _option(question: Question, text: str, column: str) -> str:
    for option in question.options:
        if text.casefold() in (option.code.casefold(), option.label.casefold()):
            return option.code
    known = ", ".join(f"“{option.label}”" for option in question.options)
    message = f"“{text}” in the column {column} is none of the answers: {known}. Name it under codes with --columns."
    raise CentralError(message)


def _day(text: str, column: str) -> date:
    """Also with the midnight that databases add to a day."""
    found = _parsed(text, (*DAYS, *(f"{day} {hour}" for day in DAYS for hour in HOURS[:3])))
    found = found or _iso(text)
    if found is None or (found.hour, found.minute, found.second) != (0, 0, 0):
        message = f"“{text}” in the column {column} is not a date such as 27/03/2026."
        raise CentralError(message)
    return found.date()


def _moment(text: str, column: str, clock: str, note: Note) -> str:
    if _parsed(text, DAYS) is not None:
        message = f"“{text}” in the column {column} has no time of day. Write it as 27/03/2026 14:32."
        raise CentralError(message)
    found = _parsed(text, [f"{day} {hour}" for day in DAYS for hour in HOURS]) or _iso(text)
    if found is None:
        message = f"“{text}” in the column {column} is not a time such as 27/03/2026 14:32."
        raise CentralError(message)
    if found.tzinfo is not None:
        return found.astimezone(LONDON).isoformat()
    return _on_the_clock(found, text, column, clock, note).isoformat()


def _on_the_clock(found: datetime, text: str, column: str, clock: str, note: Note) -> datetime:
    meant = london_moments(found)
    if not meant:
        message = f"“{text}” in the column {column} was on no clock: the clocks went forward that night."
        raise CentralError(message)
    said = clock.strip().casefold()
    if said and said not in (*SUMMER, *WINTER):
        message = f"“{clock}” in the column {column} {OFFSET} is neither BST nor GMT."
        raise CentralError(message)
    if len(meant) == 1:
        return meant[0]
    if not said:
        first, second = (f"{moment:%H:%M} {moment:%Z}" for moment in meant)
        note(
            f"“{text}” in the column {column} came twice that night, as {first} and as {second}; {first} was kept. "
            f"Say which in a column “{column} {OFFSET}”: BST or GMT."
        )
    return london_moment(found, second=said in WINTER)


def _parsed(text: str, shapes: tuple[str, ...] | list[str]) -> datetime | None:
    for shape in shapes:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 - London's clock is applied by whoever asked
        except ValueError:
            continue
    return None


def _iso(text: str) -> datetime | None:
    """ISO 8601, with seconds and offset or without."""
    try:
        return datetime.fromisoformat(text) if re.match(r"\d{4}-?\d\d-?\d\d[T ]", text) else None
    except ValueError:
        return None


def _yes_no(text: str, column: str) -> bool:
    known = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
    if text.casefold() not in known:
        message = f"“{text}” in the column {column} is neither yes nor no."
        raise CentralError(message)
    return known[text.casefold()]
