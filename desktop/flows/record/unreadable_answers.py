"""What was typed and is no answer yet: half a date, a number with a letter, more words than an answer takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casework.forms import Filled, Finding
from casework.records import parse_path
from casework.typed_words import Half


class _Place(NamedTuple):
    group: str
    row: str
    question: str


def unreadable(filled: Filled, halves: Mapping[str, Half]) -> tuple[Finding, ...]:
    """One for each that stands at a question which is asked; nobody signs past half a date."""
    places = {path: _place(path) for path, half in halves.items() if half.problem}
    asked = {path: place for path, place in places.items() if _is_asked(filled, place)}
    return tuple(_finding(filled, place, halves[path].problem) for path, place in asked.items())


def _place(path: str) -> _Place:
    parsed = parse_path(path)
    return _Place(parsed.group, parsed.row, parsed.question)


def _is_asked(filled: Filled, place: _Place) -> bool:
    if not place.group:
        return place.question in filled.shown
    question = filled.definition.by_id.get(place.group)
    row = next((found for found in filled.rows(place.group) if found.get("id") == place.row), None)
    if question is None or row is None or place.group not in filled.shown:
        return False
    return any(column.id == place.question for column in filled.columns(question, row))


def _finding(filled: Filled, place: _Place, problem: str) -> Finding:
    asked = place.group or place.question
    return Finding(
        question_id=asked,
        row_id=place.row or None,
        kind="contradiction",
        text=problem,
        blocks_signing=True,
        source="",
        column_id=place.question if place.group else "",
        section_id=filled.definition.section_of[asked].id,
    )
