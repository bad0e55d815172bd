"""Whether a value can be an answer to a question at all. Saving never needs more than this."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NoReturn

from casework.dates_in_words import YEARS
from casework.errors import AnswerError
from casework.forms.conditions import is_none, number
from casework.forms.definition import Question, QuestionType
from casework.forms.vocabulary import NONE_CODES, SAID_BY, THIS_RECORD

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINE = re.compile(r"[a-z][a-z0-9_]{0,79}/[A-Za-z0-9_-]{1,80}")
_ABOUT = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MOST_STROKES, _MOST_POINTS, _WIDEST = 2_000, 60_000, 20_000


def check_answer(question: Question, value: object) -> None:
    """Raises AnswerError, in one plain sentence, when the value is no answer to the question."""
    answer_check(question)(value)


def answer_check(question: Question) -> Callable[[object], None]:
    """`check_answer` for one question, for whoever has many answers to it."""
    check = _CHECKS.get(question.type, _grouped)

    def checked(value: object) -> None:
        if value is None:
            return
        if type(value) is not str and is_none(value) and check is not _grouped:
            _check_none(question, value)
        else:
            check(question, value)

    return checked


def check_file(value: object) -> None:
    """Raises AnswerError when the value does not describe a stored file."""
    wanted = {"sha256": str, "bytes": int, "type": str, "name": str}
    if not isinstance(value, Mapping) or set(value) != set(wanted):
        msg = "A file needs its sha256, bytes, type and name."
        raise AnswerError(msg)
    if any(not isinstance(value[key], kind) or isinstance(value[key], bool) for key, kind in wanted.items()):
        msg = "A file’s sha256, type and name are text, and its bytes a whole number."
        raise AnswerError(msg)
    if not _SHA256.fullmatch(value["sha256"]) or value["bytes"] < 0:
        msg = "A file’s sha256 is 64 hexadecimal digits, and its size is not below nought."
        raise AnswerError(msg)


def _refuse(question: Question, reason: str) -> NoReturn:
    msg = f"“{question.label}” {reason}."
    raise AnswerError(msg)


def _grouped(question: Question, _value: object) -> NoReturn:
    _refuse(question, "is answered by adding rows")


def _check_none(question: Question, value: object) -> None:
    kind = value["none"] if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in NONE_CODES:
        _refuse(question, "can be not_known, not_said or not_asked, and nothing else, when there is no answer")


def _text(question: Question, value: object) -> None:
    if not isinstance(value, str):
        _refuse(question, "is answered in words")
    if len(value) > question.longest > 0:
        _refuse(question, f"takes {question.longest:,} characters at most; this has {len(value):,}")
    if _CONTROL.search(value):
        _refuse(question, "holds a character that cannot be shown; type that part again")


def _yes_no(question: Question, value: object) -> None:
    if not isinstance(value, bool):
        _refuse(question, "is answered by yes or no")


def _choice(question: Question, value: object) -> None:
    if not isinstance(value, str):
        _refuse(question, "is answered by choosing one answer")
    _known(question, value)


def _known(question: Question, code: object) -> None:
    if not isinstance(code, str) or (question.options and question.option(code) is None):
        _refuse(question, f"has no answer called '{code}'")


def _choices(question: Question, value: object) -> None:
    if not isinstance(value, list):
        _refuse(question, "is answered by choosing from a list")
    chosen = [_voiced(question, item) if question.voices else item for item in value]
    for code in chosen:
        if question.list_name == THIS_RECORD:
            _a_line(question, code)
        else:
            _known(question, code)
    if len(set(chosen)) != len(chosen):
        _refuse(question, "names one answer twice")


def _a_line(question: Question, code: object) -> None:
    """Group and row; whether the row is still there is for whoever reads the whole record."""
    if not isinstance(code, str) or not _LINE.fullmatch(code):
        _refuse(question, "names lines of this record, each as group/row")


def _voiced(question: Question, item: object) -> object:
    if not isinstance(item, Mapping) or set(item) != {"code", "said_by"}:
        _refuse(question, "needs each answer with its code and who said it")
    said_by = item["said_by"]
    if not isinstance(said_by, list) or not all(isinstance(who, str) and who in SAID_BY for who in said_by):
        _refuse(question, "is said by the child, by an adult, or is the worker’s view")
    if len(set(said_by)) != len(said_by):
        _refuse(question, "names one person twice")
    return item["code"]


def _about(question: Question, value: object) -> bool:
    """True for an approximate date that this question may have."""
    if not isinstance(value, Mapping):
        return False
    if not question.approximate:
        _refuse(question, "needs an exact date")
    about = value.get("about")
    if set(value) != {"about"} or not isinstance(about, str) or not _ABOUT.fullmatch(about):
        _refuse(question, "is about a year, a month or a day, such as 2026-03")
    _real(question, (about + "-01-01")[:10] if len(about) == 4 else (about + "-01")[:10])
    return True


def _real(question: Question, text: str) -> None:
    try:
        year = date.fromisoformat(text).year
    except ValueError:
        _refuse(question, f"has no such day as {text}")
    if year not in YEARS:
        _refuse(question, f"needs a year from {YEARS[0]} to {YEARS[-1]}")


def _date(question: Question, value: object) -> None:
    if _about(question, value):
        return
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        _refuse(question, "is a date such as 2026-03-27")
    _real(question, value)


def _datetime(question: Question, value: object) -> None:
    if _about(question, value):
        return
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= 40 else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or "T" not in str(value):
        _refuse(question, "is a date and a time with its offset, such as 2026-03-27T14:32:00+00:00")
    _real(question, moment.date().isoformat())


def _number(question: Question, value: object) -> None:
    found = number(value)
    if found is None or abs(found) > 10**12 or (isinstance(value, str) and len(value) > 30):
        _refuse(question, "is answered by a number")


def _ink(question: Question, value: object) -> None:
    if isinstance(value, Mapping) and set(value) == {"typed"}:
        _typed(question, value["typed"])
    elif isinstance(value, Mapping) and set(value) == {"strokes", "width", "height"}:
        _drawn(question, value)
    else:
        _refuse(question, "is signed in ink or by a typed name")


def _typed(question: Question, name: object) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > 200 or _CONTROL.search(name):
        _refuse(question, "needs a typed name of 1 to 200 characters")


def _drawn(question: Question, value: Mapping[str, object]) -> None:
    sizes, strokes = (value["width"], value["height"]), value["strokes"]
    if any(not _whole(size) or not 0 < int(str(size)) <= _WIDEST for size in sizes):
        _refuse(question, "needs the width and height of its drawing")
    if not isinstance(strokes, list) or len(strokes) > _MOST_STROKES or not all(map(_is_stroke, strokes)):
        _refuse(question, "holds a stroke that is not a list of points")
    if sum(map(len, strokes)) > _MOST_POINTS:
        _refuse(question, "has more points than a signature needs; clear it and sign again")


def _is_stroke(stroke: object) -> bool:
    return isinstance(stroke, list) and all(
        isinstance(point, list) and len(point) == 2 and all(map(_whole, point)) for point in stroke
    )


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _WIDEST


def _computed(question: Question, _value: object) -> None:
    _refuse(question, "is worked out, never typed in")


def _file(_question: Question, value: object) -> None:
    check_file(value)


_CHECKS: dict[QuestionType, Callable[[Question, object], None]] = {
    QuestionType.TEXT: _text,
    QuestionType.NARRATIVE: _text,
    QuestionType.YES_NO: _yes_no,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.DATE: _date,
    QuestionType.DATETIME: _datetime,
    QuestionType.NUMBER: _number,
    QuestionType.INK: _ink,
    QuestionType.COMPUTED: _computed,
    QuestionType.FILE: _file,
}
