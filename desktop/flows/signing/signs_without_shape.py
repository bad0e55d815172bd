"""Signs in a record that no font of ours draws: said before it is signed, for afterwards nothing can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from casework.canonical import JSON
from casework.forms import Finding, Question, worded
from desktop.documents.lettering.typeface import Typeface, code_point
from desktop.flows.record.editing import OpenRecord
from desktop.paths import fonts

KIND = "no_shape"
_NAMED = 5


def unprintable(record: OpenRecord) -> tuple[Finding, ...]:
    """One for each question whose answer holds some; none of them stops a signature."""
    questions = [question for question in record.definition.questions() if question.id in record.shown]
    found = ((question, _face().missing(" ".join(_texts(record.answers.get(question.id))))) for question in questions)
    return tuple(_finding(record, question, signs) for question, signs in found if signs)


def _finding(record: OpenRecord, question: Question, signs: tuple[str, ...]) -> Finding:
    label = worded(question.short_label or question.label, record.child.first_name)
    text = f"“{label}” {_said(signs)}"
    section = record.definition.section_of[question.id]
    return Finding(question.id, None, KIND, text, False, "", section_id=section.id)


def said_of_words(words: str) -> str:
    """Of a correction while it is written; empty when all of it can be printed."""
    signs = _face().missing(words)
    return f"This {_said(signs)}" if signs else ""


def _said(signs: tuple[str, ...]) -> str:
    listed = ", ".join(f"“{sign}” ({code_point(sign)})" for sign in signs[:_NAMED])
    more = f" and {len(signs) - _NAMED} more" if len(signs) > _NAMED else ""
    return (
        f"has signs that cannot be printed: {listed}{more}. A PDF shows a box with the code instead, "
        "and the record keeps what was written. If a word would say it as well, write the word before you sign."
    )


def _texts(value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


@lru_cache(maxsize=1)
def _face() -> Typeface:
    """Holds fonts and the code points asked for; no words of a record."""
    return Typeface(fonts())
